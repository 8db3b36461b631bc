"""W306: an equals sign for an approximation."""

from errata.reporting.rules.rule import Rule, Severity

LOOSE_EQUALITY = Rule(
    code="W306",
    name="loose-equality",
    severity=Severity.WARNING,
    headline='"=" stands where only "≈" holds',
    what="""
A whole number, which may stand under a square root, is said to equal a value that isn't whole, and it is the correct
rounding of that value. As an approximation the line is right; as an equation it is not.
""",
    why="""
A printed decimal is understood as rounded. A whole number is understood as exact, so the reader can't see that digits
are missing.
""",
    wrong="""
The norm of the vector is

$$\\sqrt{10^7} = 3162$$
""",
    right="""
The norm of the vector is

$$\\sqrt{10^7} \\approx 3162$$
""",
    silent="""
Printed decimals are intervals already and need no other sign. A whole number that is more than one percent away from
the value is no rounding but a wrong value: \\sqrt 2 = 1 is E301.
""",
)

"""E301: a value that doesn't follow."""

from errata.reporting.rules.rule import Rule, Severity

WRONG_VALUE = Rule(
    code="E301",
    name="wrong-value",
    severity=Severity.ERROR,
    headline="the two sides are not equal",
    what="""
The relation was evaluated, and under every admissible reading its two sides lie apart: at a printed witness where the
relation has variables, as they stand where it is between numbers. Each side is enclosed in an interval by ball
arithmetic, at two precisions, so rounding inside errata can't be the reason.
""",
    why="""
A reader who works the line through gets something else and looks for the mistake in their own work. A wrong value also
spreads: later lines that quote it are wrong in turn.
""",
    wrong="""
Take the mean of the three losses:

$$\\frac{1 + 2 + 6}{3} = 4$$
""",
    right="""
Take the mean of the three losses:

$$\\frac{1 + 2 + 6}{3} = 3$$
""",
    silent="""
Where one admissible reading holds (another base of the logarithm, say) the relation is supported under that condition.
A definition can't be wrong in this way, and neither can given data or an equation to be solved. A printed decimal that
is the value, badly rounded, is E302; one that is off by a power of ten is E305.
""",
)

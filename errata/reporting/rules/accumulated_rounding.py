"""W303: a chain of right roundings that ends wrong."""

from errata.reporting.rules.rule import Rule, Severity

ACCUMULATED_ROUNDING = Rule(
    code="W303",
    name="accumulated-rounding",
    severity=Severity.WARNING,
    headline="each printed step is right, the end is not",
    what="""
A value was computed from numbers that had been rounded for print. Every step is right when it is worked out from the
printed numbers before it, but the last decimal isn't the rounding of the exact value. The exact value is given.
""",
    why="""
A reader who computes in one go, or runs code, gets another last digit and doesn't know whose mistake it is. Rounding
once, at the end, avoids it; so does one more digit in between.
""",
    wrong="""
With the natural logarithm,

$$\\ln 6 + \\ln 3 = 1.792 + 1.099 = 2.891$$
""",
    right="""
With the natural logarithm,

$$\\ln 6 + \\ln 3 = 1.7918 + 1.0986 = 2.8904$$
""",
    silent="""
It needs a chain that begins with the exact expression: where the first numbers are printed decimals themselves, nobody
can know the exact value. A number that is off in its last digit, with no printed steps that explain it, is E302.
""",
)

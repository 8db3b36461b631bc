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

$$\\ln 2 + \\ln 2 + \\ln 2 = 0.69 + 0.69 + 0.69 = 2.07$$
""",
    right="""
With the natural logarithm,

$$\\ln 2 + \\ln 2 + \\ln 2 = 0.693 + 0.693 + 0.693 = 2.079$$
""",
    silent="""
It needs the chain: a single number that is off in its last digit, with no printed steps that explain it, is E302.
""",
)

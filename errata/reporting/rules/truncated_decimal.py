"""W308: a decimal whose digits were cut off."""

from errata.reporting.rules.rule import Rule, Severity

TRUNCATED_DECIMAL = Rule(
    code="W308",
    name="truncated-decimal",
    severity=Severity.WARNING,
    headline="the digits of the decimal are cut off, not rounded",
    what="""
Every printed digit is a digit of the value, but the next one would round the last of them up. The line holds if its
author cuts decimals off, which notes hardly ever say.
""",
    why="""
Rounded and cut-off decimals look alike. In notes that round everywhere else, the one that was cut off looks like
a wrong last digit.
""",
    wrong="""
Two of three coins show heads:

$$\\frac{2}{3} = 0.666$$
""",
    right="""
Two of three coins show heads:

$$\\frac{2}{3} = 0.667$$
""",
    silent="""
A number followed by an ellipsis (0.666\\ldots) isn't taken for a rounded one. A last digit that is neither that of the
value nor its rounding is E302.
""",
)

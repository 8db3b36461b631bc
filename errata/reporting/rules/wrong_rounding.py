"""E302: a decimal that is not the rounding of its value."""

from errata.reporting.rules.rule import Rule, Severity

WRONG_ROUNDING = Rule(
    code="E302",
    name="wrong-rounding",
    severity=Severity.ERROR,
    headline="the printed decimal is not the correct rounding of the value",
    what="""
A printed decimal stands for an interval: 0.347 means anything from 0.3465 to 0.3475. The value of the other side is
close to that interval and outside it, so a digit that is printed is wrong.
""",
    why="""
The last digits are what a reader compares when they check their own program or calculator. One that is wrong makes a
right implementation look wrong.
""",
    wrong="""
With the natural logarithm, a fair coin costs

$$-\\ln 0.5 = 0.694$$

nats.
""",
    right="""
With the natural logarithm, a fair coin costs

$$-\\ln 0.5 = 0.693$$

nats.
""",
    silent="""
Truncation instead of rounding of a long decimal that ends in an ellipsis (0.6931…) is accepted. Where the digit follows
from earlier rounded steps that are each right, it is W303. Whole numbers printed for a value that is not whole are
W306, or E301 where they aren't near.
""",
)

"""E302: a decimal that is not the rounding of its value."""

from errata.reporting.rules.rule import Rule, Severity

WRONG_ROUNDING = Rule(
    code="E302",
    name="wrong-rounding",
    severity=Severity.ERROR,
    headline="the printed decimal is not the correct rounding of the value",
    what="""
A printed decimal stands for an interval: 0.347 means anything from 0.3465 to 0.3475. The value of the other side is
outside that interval, though within a dozen units of the last digit, so a digit that is printed is wrong.
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
Decimals on the other side are intervals too: a result that they allow is right. Digits that are cut off instead of
rounded are W308. A count that is rounded up to the next whole number is right, and so is the coarser of two numbers
joined by ≈, on whichever side. Where the digit follows from earlier rounded steps that are each right, it is W303. A
decimal that is further off is E301, or E305 if its digits are right. A whole number for a value that isn't whole is
W306.
""",
)

"""E305: right digits, wrong power of ten."""

from errata.reporting.rules.rule import Rule, Severity

WRONG_MAGNITUDE = Rule(
    code="E305",
    name="wrong-magnitude",
    severity=Severity.ERROR,
    headline="the digits are right, the power of ten is not",
    what="""
The printed number has the digits of the value and lies a power of ten away from it: a decimal point slipped, a zero was
lost, or an exponent is off.
""",
    why="""
The digits look familiar, so proofreading by eye passes over it. In counts of parameters, costs and probabilities the
power of ten is the message.
""",
    wrong="""
A layer that maps 784 pixels to 512 units has

$$784 \\cdot 512 = 4014080$$

weights.
""",
    right="""
A layer that maps 784 pixels to 512 units has

$$784 \\cdot 512 = 401408$$

weights.
""",
    silent="""
After ≈, a bare power of ten states an order of magnitude and is held to nothing more. A number that is off by anything
but a power of ten is E301.
""",
)

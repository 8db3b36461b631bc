"""E304: equality between vectors of different lengths."""

from errata.reporting.rules.rule import Rule, Severity

WRONG_LENGTH = Rule(
    code="E304",
    name="wrong-length",
    severity=Severity.ERROR,
    headline="vectors of different lengths are said to be equal",
    what="""
Both sides are lists, vectors or matrices that are written out, and they don't have the same shape. Such an equation
can't hold under any reading: it is ill-formed, before any value is compared.
""",
    why="""
An entry was lost or added. Which one it is decides every line after it, and a reader can't tell.
""",
    wrong="""
The gradient is

$$2 \\cdot (1, 2, 3) = (2, 4)$$
""",
    right="""
The gradient is

$$2 \\cdot (1, 2, 3) = (2, 4, 6)$$
""",
    silent="""
A list with an ellipsis has no known length. A side whose shape isn't known (a letter that nothing declares) says
nothing either, and a scalar beside a vector may be broadcast by convention.
""",
)

"""E409: a quantity is given a value that it can not have."""

from errata.reporting.rules.rule import Rule, Severity

IMPOSSIBLE_VALUE = Rule(
    code="E409",
    name="impossible-value",
    severity=Severity.ERROR,
    headline="a quantity is given a value that it can not have",
    what="""
The probability of an event is said to be a number below 0 or above 1, a variance is said to be negative, or a case of a
quantile function is given for an argument that is no probability.
""",
    why="""
No law has such a value. A sign, a decimal point or a relation sign is wrong, and everything that is computed from it is
wrong as well.
""",
    wrong="""
The chance of at least one six in two rolls is

$$\\Pr(X \\ge 1) = 1.31$$
""",
    right="""
The chance of at least one six in two rolls is

$$\\Pr(X \\ge 1) = 0.31$$
""",
    silent="""
A density may exceed one, so p(x) and P(x) are let pass; only Pr, ℙ, and P of a written event count. The rule is silent
for expressions without a printed value, and where the text before the formula speaks of what is impossible, wrong or
not a probability.
""",
)

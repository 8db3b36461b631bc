"""E409: a quantity is given a value that it can not have."""

from errata.reporting.rules.rule import Rule, Severity

IMPOSSIBLE_VALUE = Rule(
    code="E409",
    name="impossible-value",
    severity=Severity.ERROR,
    headline="a quantity is given a value that it can not have",
    what="""
The probability of an event is said to be a number below 0 or above 1, a name that the text calls a probability has no
value from 0 to 1 left (p > 1), a variance is said to be negative, a named law has a number that its parameter can't be,
or a case of a quantile function is given for an argument that is no probability.
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
A density may exceed one, so p(x) and P(x) are let pass; only Pr, ℙ, and P of a written event count, and P of letters of
events, P(A | B), where the text speaks of events or probabilities. A bare p counts where the section calls it a
probability or draws from Bern(p), and has no norm, predictor or power that p could be of. The rule is silent for
expressions without a printed value, and where the text beside the formula asks, speaks of percents, or says that the
value is impossible, wrong or not a probability.
""",
)

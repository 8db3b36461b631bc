"""E401: the summand does not depend on the index of its sum."""

from errata.reporting.rules.rule import Rule, Severity

IDLE_INDEX = Rule(
    code="E401",
    name="idle-index",
    severity=Severity.ERROR,
    headline="the summand does not depend on the index of its sum",
    what="""
A sum or product runs over an index that its summand does not contain, and the summand plainly lacks it: a name stands
there bare that carries this index elsewhere in the formula, or it carries another index that nothing binds.
""",
    why="""
Read literally, such a sum is the number of its terms times one term. Who implements it as printed gets a wrong number
or an undefined variable, and the reader can't tell which index was meant.
""",
    wrong="""
The log-likelihood is

$$\\log \\lambda \\sum_{i=1}^{n} y_i - \\sum_{i=1}^{n} \\log y!$$
""",
    right="""
The log-likelihood is

$$\\log \\lambda \\sum_{i=1}^{n} y_i - \\sum_{i=1}^{n} \\log y_i!$$
""",
    silent="""
A summand without any index is a constant, and a sum of constants is meant as one. The rule stays silent where the
summand has dots, words or a matrix in it, and where the other index is bound around the sum or used outside of it.
""",
)

"""E402: a sum binds a variable that the sum around it has bound."""

from errata.reporting.rules.rule import Rule, Severity

REBOUND_VARIABLE = Rule(
    code="E402",
    name="rebound-variable",
    severity=Severity.ERROR,
    headline="a sum binds a variable that the sum around it has bound",
    what="""
A sum stands right under another sum or product over the same variable, so that the outer one runs over nothing.
""",
    why="""
In a double sum the two variables play different parts; with one name for both, the joint term p(x, y) has a variable
that nothing binds, and the value of the sum is not defined.
""",
    wrong="""
The joint entropy is

$$-\\sum_{x \\in A} \\sum_{x \\in B} p(x, y) \\log p(x, y)$$
""",
    right="""
The joint entropy is

$$-\\sum_{x \\in A} \\sum_{y \\in B} p(x, y) \\log p(x, y)$$
""",
    silent="""
Two sums side by side may use one letter, as in a product of two sums; only a sum that is the whole summand of the other
is looked at.
""",
)

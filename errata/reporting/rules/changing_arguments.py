"""W402: one function has different numbers of arguments."""

from errata.reporting.rules.rule import Rule, Severity

CHANGING_ARGUMENTS = Rule(
    code="W402",
    name="changing-arguments",
    severity=Severity.WARNING,
    headline="one function has different numbers of arguments",
    what="""
In one relation a function is called with different numbers of arguments, all of them in plain lists.
""",
    why="""
Either two functions share a name, which a reader sees only from the count, or arguments were not adapted when a formula
was taken over from another model.
""",
    wrong="""
The penalty is

$$c = D(\\theta) - D(\\beta, \\tau)$$
""",
    right="""
The penalty is

$$c = D(\\theta) - D(\\mu)$$
""",
    silent="""
It is a warning, because a name may be overloaded on purpose. Names that always are (p, q, P, E, H, I, f, g, the beta
and gamma functions) are let pass, and so are lists with a semicolon or a bar, which part arguments from parameters.
""",
)

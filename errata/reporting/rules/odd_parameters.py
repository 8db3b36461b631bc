"""W403: a law has one parameter too many."""

from errata.reporting.rules.rule import Rule, Severity

ODD_PARAMETERS = Rule(
    code="W403",
    name="odd-parameters",
    severity=Severity.WARNING,
    headline="a law has one parameter too many",
    what="""
A normal, gamma, beta or binomial law is given three parameters, and laws of that name have two.
""",
    why="""
A comma may stand for a product, or the name of another law was meant: the matrix-normal law has three parameters. The
reader has to find out which.
""",
    wrong="""
The errors are $E \\sim \\mathcal{N}(0, I, S)$ then.
""",
    right="""
The errors are $E \\sim \\mathcal{N}(0, S)$ then.
""",
    silent="""
It is a warning, because some notes write matrix-normal and shifted laws so. Only lists right after ∼, or behind the
semicolon of a density, are counted.
""",
)

"""E410: a law has a wrong number of parameters, or itself for one."""

from errata.reporting.rules.rule import Rule, Severity

WRONG_PARAMETERS = Rule(
    code="E410",
    name="wrong-parameters",
    severity=Severity.ERROR,
    headline="a law has a wrong number of parameters, or itself for one",
    what="""
A law that is called by its name has more parameters than laws of that name have, or a density has nothing but the
inverse of a name where two parameters belong. Or the variable of a law is one of its own parameters: X ∼ N(X, 1).
""",
    why="""
The missing or the right parameter has to be guessed, and code that is written from the formula doesn't run.
""",
    wrong="""
The joint density is

$$c \\cdot \\mathcal{N}(\\mu; \\lambda^{-1})$$
""",
    right="""
The joint density is

$$c \\cdot \\mathcal{N}(\\mu; m, \\lambda^{-1})$$
""",
    silent="""
One name may stand for all parameters, as θ does in 𝒩(x; θ). After ∼ a semicolon may part the parameters themselves.
Three parameters of a normal law are a warning (W403), since matrix-normal laws are written so. Letters that may be
functions, such as a plain N or B, are not taken for laws.
""",
)

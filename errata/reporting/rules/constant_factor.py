"""E408: a convolution lacks its variable in one factor."""

from errata.reporting.rules.rule import Rule, Severity

CONSTANT_FACTOR = Rule(
    code="E408",
    name="constant-factor",
    severity=Severity.ERROR,
    headline="a convolution lacks its variable in one factor",
    what="""
A convolution (f ∗ g)(z) is written as an integral with a factor that is not taken at the variable of integration.
""",
    why="""
A wrong argument slipped in. As printed, the factor can be pulled out and what is left is no convolution, nor a density.
""",
    wrong="""
The density of the sum is

$$h(z) = (f * g)(z) = \\int_{-\\infty}^{\\infty} f(z) \\, g(z - t) \\, dt$$
""",
    right="""
The density of the sum is

$$h(z) = (f * g)(z) = \\int_{-\\infty}^{\\infty} f(t) \\, g(z - t) \\, dt$$
""",
    silent="""
Other integrals may have factors without their variable: proofs pull them out one line later. Only an integral that is
set equal to (f ∗ g)(z), and in which the other factor is shifted by the variable, is looked at.
""",
)

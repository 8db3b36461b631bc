"""E408: an integrand lacks the variable of its integral."""

from errata.reporting.rules.rule import Rule, Severity

CONSTANT_INTEGRAND = Rule(
    code="E408",
    name="constant-integrand",
    severity=Severity.ERROR,
    headline="an integrand lacks the variable of its integral",
    what="""
An integral over an infinite range has an integrand that is a function of other variables alone, so that it is infinite
or zero; or a convolution (f ∗ g)(z) is written with a factor that is not taken at the variable of integration.
""",
    why="""
A wrong argument slipped in. As printed, the formula doesn't give a density or a finite number at all.
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
Constants may stand under an integral with finite limits, and factors without the variable may stand beside others that
have it: proofs pull them out one line later. A number as an integrand (0, 1) is no slip of an argument.
""",
)

"""E412: the variable of a sum or an integral stands outside of it."""

from errata.reporting.rules.rule import Rule, Severity

ESCAPED_VARIABLE = Rule(
    code="E412",
    name="escaped-variable",
    severity=Severity.ERROR,
    headline="the variable of a sum or an integral stands outside of it",
    what="""
A side of an equation has a name both under a sum or an integral over it and outside of them all. The side before it
doesn't depend on this name, and neither does anything else in the formula.
""",
    why="""
Outside of its sum or integral the name has no value. Mostly it is the wrong letter of two (y for x), or a factor that
was pulled out though it depends on the variable.
""",
    wrong="""
The mean is

$$\\mathrm{E}[X] = x \\int_0^1 f(x) \\, dx$$
""",
    right="""
The mean is

$$\\mathrm{E}[X] = \\int_0^1 x f(x) \\, dx$$
""",
    silent="""
A term after a sum may have been meant under it: ∑ x_i + y_i. Nothing is said where the other side is a bare name, which
may depend on anything, where the name stands in an operator of its own (d/dx, E_x[…], […]_a^b, arg max_x, a divergence
or an entropy), or where words, dots or cases are about.
""",
)

"""E312: a density or mass function whose total is not one."""

from errata.reporting.rules.rule import Rule, Severity

WRONG_TOTAL_MASS = Rule(
    code="E312",
    name="wrong-total-mass",
    severity=Severity.ERROR,
    headline="the density does not have total mass one",
    what="""
A density or a mass function is given in closed form together with where it lives, in the formula or in the words after
it, and its integral or sum over that range differs from one at every choice of the parameters that was tried, with
proven error bounds, or is surely infinite. The witness is one of these choices, with the total there. A mixture of what
the text calls densities, whose weights add up to one while one of them stands before no density, is such a formula,
too.
""",
    why="""
A lost exponent or a wrong constant in a density goes into every likelihood, every posterior and every sampler that is
built on it.
""",
    wrong="""
The density of the gamma law is

$$f_X(x) = \\frac{b^a}{\\Gamma(a)} x^{a} \\exp[-b x], \\quad x \\geq 0$$
""",
    right="""
The density of the gamma law is

$$f_X(x) = \\frac{b^a}{\\Gamma(a)} x^{a-1} \\exp[-b x], \\quad x \\geq 0$$
""",
    silent="""
Where the range is not stated (in the formula, in the words after it, or by the one law that the sentence before it
names), something is said only of what the text calls the density of a real variable, which is one slip away from one on
the whole line, and is none on a half of it or on (0, 1). Nothing is said where a name only scales the density and so
may be its normaliser, where the text denies or asks that it is a density, and where names with hats or functions
without a body stand in it.
""",
)

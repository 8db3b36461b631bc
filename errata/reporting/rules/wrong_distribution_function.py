"""E315: a density, a distribution function or a quantile that the named law does not have."""

from errata.reporting.rules.rule import Rule, Severity

WRONG_DISTRIBUTION_FUNCTION = Rule(
    code="E315",
    name="wrong-distribution-function",
    severity=Severity.ERROR,
    headline="the law that is stated does not have this distribution function",
    what="""
A variable is given a law, by name or by the formula of its density, and its density, distribution function, quantile
function, median or generating function is written differently from what follows from the density of that law. A
distribution function is held against the integral of the density, a quantile against the distribution function, at
random parameters and random points. A number that is printed as a probability is held against a law that is stated with
numbers, P(X = 0) under Bin(10, 0.3).
""",
    why="""
A wrong quantile goes into every test and every sampler that is built on it, and a wrong density into every likelihood.
""",
    wrong="""
Let $X \\sim \\mathrm{Exp}(\\lambda)$. Then

$$F_X(x) = 1 - \\exp[-\\lambda x]$$

$$Q_X(p) = -\\frac{\\ln(1+p)}{\\lambda}$$
""",
    right="""
Let $X \\sim \\mathrm{Exp}(\\lambda)$. Then

$$F_X(x) = 1 - \\exp[-\\lambda x]$$

$$Q_X(p) = -\\frac{\\ln(1-p)}{\\lambda}$$
""",
    silent="""
Nothing is said where one parameterisation of the law makes the relation hold, unless the rest of the page holds only
under another, or the sentence of the law fixes another; where the sentence names a law other than that of the variable;
where the text supposes, sets or solves; where a value is given for some points only; and where the document gives a
parameter of the law a value. A printed probability is left alone that is the rounding of the value or near it, and
where the text speaks of approximations, simulations, samples and the like.
""",
)

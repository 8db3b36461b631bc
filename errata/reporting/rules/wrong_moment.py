"""E314: a moment, an entropy or a divergence that the named law does not have."""

from errata.reporting.rules.rule import Rule, Severity

WRONG_MOMENT = Rule(
    code="E314",
    name="wrong-moment",
    severity=Severity.ERROR,
    headline="the law that is stated does not have this moment",
    what="""
A variable is given a law, by name or by the formula of a density whose total mass is one, and a mean, a variance, a
mode, an entropy, a divergence or the expectation of a function of it is said, in a formula or in words, to be something
else than what its density gives. The moment is computed from the density by integrals and sums with proven error
bounds, at random parameters; the witness is one choice of them, with both values. An estimator that its sentence calls
unbiased is averaged over all samples of two and of three values from a law of two outcomes, and held against the mean,
the variance or the covariance of that law.
""",
    why="""
A lost square in a variance or a rate taken for a scale goes into every estimator that is matched to it.
""",
    wrong="""
Let $X \\sim \\mathrm{Gam}(a, b)$. Then

$$\\mathrm{E}(X) = \\frac{a}{b}$$

$$\\mathrm{Var}(X) = \\frac{a}{b}$$
""",
    right="""
Let $X \\sim \\mathrm{Gam}(a, b)$. Then

$$\\mathrm{E}(X) = \\frac{a}{b}$$

$$\\mathrm{Var}(X) = \\frac{a}{b^2}$$
""",
    silent="""
Nothing is said where one parameterisation of the law (a rate or a scale, a variance or a standard deviation) makes the
relation hold, unless the rest of the page holds only under another, or the sentence of the law fixes another ("with
rate $b$"); where the text supposes, sets or solves; where the
document gives a parameter of the law a value; where a name stands on one side only; and where there is no such moment.
""",
)

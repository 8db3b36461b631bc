"""Maximum-likelihood estimators, and the bias of the variance's.

Claim   the coin's heads over tosses; the mean, and the mean square about it; one over the mean; the mean count
Route   the derivative of the log-likelihood changes sign once, from plus to minus: there it is greatest.
"""

from __future__ import annotations

from sympy import Expr, Rational, exp, log, pi

from claims.claim import Claim, Derivation, Source, Step
from claims.domains import Integer, OpenUnit, Positive, Real, Variable, symbols_of
from claims.notation import Argmax, Expectation, Normal

SAMPLE = "independent observations of one law"

WHERE_COIN = (
    Variable("p", OpenUnit(), "the probability of heads"),
    Variable("k", Integer(1), "heads seen, one at least"),
    Variable("f", Integer(1), "tails seen, one at least"),
)
p, k, f = symbols_of(WHERE_COIN)

mle_bernoulli_eq = Derivation(
    claim=Claim(
        "mle_bernoulli_eq",
        Argmax(log(p**k * (1 - p) ** f), p),
        k / (k + f),
        WHERE_COIN,
        convention=(SAMPLE, "0 < p < 1: with heads alone or tails alone the likelihood has no maximum inside"),
        source=Source("soch2020", "proof P381"),
    ),
    steps=(
        Step("the place of the greatest likelihood", Argmax(log(p**k * (1 - p) ** f), p)),
        Step("the log of a product is a sum", Argmax(k * log(p) + f * log(1 - p), p)),
        Step("the slope k/p − f/(1 − p) is zero at k/(k + f) alone, and falls through it", k / (k + f)),
    ),
)

WHERE_NORMAL = (
    Variable("m", Real(), "the mean"),
    Variable("s", Positive(), "standard deviation, known"),
    *(Variable(f"x_{i}", Real(), f"observation {i}") for i in (1, 2, 3)),
)
m, s, x1, x2, x3 = symbols_of(WHERE_NORMAL)
squares = (x1 - m) ** 2 + (x2 - m) ** 2 + (x3 - m) ** 2
likelihood = exp(-squares / (2 * s**2)) / (2 * pi * s**2) ** Rational(3, 2)

mle_normal_mean_eq = Derivation(
    claim=Claim(
        "mle_normal_mean_eq",
        Argmax(log(likelihood), m),
        (x1 + x2 + x3) / 3,
        WHERE_NORMAL,
        convention=(SAMPLE, "three observations", "any known standard deviation"),
        source=Source("soch2020", "proof P207"),
    ),
    steps=(
        Step("the place of the greatest likelihood", Argmax(log(likelihood), m)),
        Step("the log of an exponential", Argmax(-squares / (2 * s**2) - Rational(3, 2) * log(2 * pi * s**2), m)),
        Step("the slope is 3(x̄ − m)/s²", (x1 + x2 + x3) / 3),
    ),
)

WHERE_VARIANCE = (
    Variable("v", Positive(), "the VARIANCE σ²"),
    Variable("n", Integer(1), "the number of observations"),
    Variable("S", Positive(), "the sum of the squared deviations from the mean, Σ (x_i − m)², not all zero"),
)
v, n, S = symbols_of(WHERE_VARIANCE)

mle_normal_var_eq = Derivation(
    claim=Claim(
        "mle_normal_var_eq",
        Argmax(log((2 * pi * v) ** (-n / 2) * exp(-S / (2 * v))), v),
        S / n,
        WHERE_VARIANCE,
        convention=(SAMPLE, "divided by n, not n − 1", "the estimator is of the variance"),
        source=Source("soch2020", "proof P223"),
    ),
    steps=(
        Step(
            "the place of the greatest likelihood",
            Argmax(log((2 * pi * v) ** (-n / 2) * exp(-S / (2 * v))), v),
        ),
        Step("the log of a product is a sum", Argmax(-n * log(2 * pi * v) / 2 - S / (2 * v), v)),
        Step("the slope is n (S/n − v)/(2v²)", S / n),
    ),
)

WHERE_BIAS = (
    Variable("x", Real(), "one observation"),
    Variable("y", Real(), "the mean of n observations"),
    Variable("m", Real(), "the mean"),
    Variable("s", Positive(), "standard deviation of one observation"),
    Variable("n", Integer(1), "the number of observations"),
)
x, y = symbols_of(WHERE_BIAS)[:2]
one, mean_of_n = Normal(m, s**2), Normal(m, s**2 / n)
expected = Expectation(x**2, x, one) - Expectation(y**2, y, mean_of_n)

var_mle_mean_eq = Derivation(
    claim=Claim(
        "var_mle_mean_eq",
        expected,
        (n - 1) / n * s**2,
        WHERE_BIAS,
        convention=(
            "E[Σ (x_i − x̄)²/n] = E[x²] − E[x̄²] by linearity, since Σ (x_i − x̄)²/n = Σ x_i²/n − x̄²",
            "x̄ ~ N(m, s²/n), the law of the mean of n independent normals",
        ),
        source=Source("bishop2006", "section 1.2.4, equation 1.58"),
    ),
    steps=(
        Step("the mean square less the square of the mean, expected", expected),
        Step("E x² = m² + s²", m**2 + s**2 - Expectation(y**2, y, mean_of_n)),
        Step("E x̄² = m² + s²/n", m**2 + s**2 - (m**2 + s**2 / n)),
        Step("m² cancels", (n - 1) / n * s**2),
    ),
)

WHERE_UNBIASED = (
    *(Variable(f"x_{i}", Real(), f"observation {i}") for i in (1, 2)),
    Variable("m", Real(), "the mean"),
    Variable("s", Positive(), "standard deviation"),
)


def over_both(g: Expr) -> Expectation:
    """E over two independent observations of N(m, s²)."""
    return Expectation(Expectation(g, x1, one), x2, one)


around = (x1 - (x1 + x2) / 2) ** 2 + (x2 - (x1 + x2) / 2) ** 2

var_mle_of_two_eq = Derivation(
    claim=Claim(
        "var_mle_of_two_eq",
        over_both(around / 2),
        s**2 / 2,
        WHERE_UNBIASED,
        convention=("two independent observations", "divided by n = 2, not n − 1 = 1"),
        source=Source("bishop2006", "section 1.2.4, equation 1.58"),
    ),
    steps=(
        Step("the mean squared deviation from the mean of the two", over_both(around / 2)),
        Step("both deviations are half the difference", over_both((x1 - x2) ** 2 / 4)),
        Step("the square of the difference, written out", over_both(x1**2 / 4 - x1 * x2 / 2 + x2**2 / 4)),
        Step("E x² = m² + s², E x₁x₂ = m², and (n − 1)/n with n = 2 is left", s**2 / 2),
    ),
)

WHERE_EXPONENTIAL = (
    Variable("rate", Positive(), "the rate, one over the mean"),
    Variable("n", Integer(1), "the number of observations"),
    Variable("T", Positive(), "their sum"),
)
rate, _, T = symbols_of(WHERE_EXPONENTIAL)

mle_exponential_eq = Derivation(
    claim=Claim(
        "mle_exponential_eq",
        Argmax(log(rate**n * exp(-rate * T)), rate),
        n / T,
        WHERE_EXPONENTIAL,
        convention=(SAMPLE, "the density is rate · e^(−rate x): a rate, not a scale"),
        source=Source("sargent2026a", "maximum likelihood estimation, exercise 1"),
    ),
    steps=(
        Step("the place of the greatest likelihood", Argmax(log(rate**n * exp(-rate * T)), rate)),
        Step("the log of a product is a sum", Argmax(n * log(rate) - rate * T, rate)),
        Step("the slope is n/rate − T", n / T),
    ),
)

WHERE_POISSON = (
    Variable("rate", Positive(), "the mean count"),
    Variable("n", Integer(1), "the number of counts"),
    Variable("c", Integer(1), "their total, one at least"),
)
c = symbols_of(WHERE_POISSON)[2]

mle_poisson_eq = Derivation(
    claim=Claim(
        "mle_poisson_eq",
        Argmax(log(rate**c * exp(-n * rate)), rate),
        c / n,
        WHERE_POISSON,
        convention=(SAMPLE, "factorials of the counts do not depend on the rate and are left out"),
        source=Source("soch2020", "proof P27"),
    ),
    steps=(
        Step("the place of the greatest likelihood", Argmax(log(rate**c * exp(-n * rate)), rate)),
        Step("the log of a product is a sum", Argmax(c * log(rate) - n * rate, rate)),
        Step("the slope is c/rate − n", c / n),
    ),
)

DERIVATIONS = (
    mle_bernoulli_eq,
    mle_normal_mean_eq,
    mle_normal_var_eq,
    var_mle_mean_eq,
    var_mle_of_two_eq,
    mle_exponential_eq,
    mle_poisson_eq,
)

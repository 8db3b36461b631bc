"""Learning in sequence, categorical counts, and predictions.

Claim   Dirichlet counts add up; data one after the other lead where data at once do; the next outcome's probability is
        the posterior's mean
Route   the evidence is a standard integral; exponents and precisions add.
"""

from __future__ import annotations

from sympy import Expr, Integral, beta, gamma, log, oo, pi

from claims.claim import Claim, Derivation, Source, Step
from claims.domains import Integer, OpenUnit, Positive, Real, Variable, symbols_of
from claims.laws import Beta, Gamma, NegativeBinomial, Poisson, density_of
from claims.notation import Expectation, Normal

BAYES = "the posterior is prior times likelihood over its integral"

WHERE_TABLE = (
    Variable("p", OpenUnit(), "the probability of class 1"),
    Variable("w", OpenUnit(), "class 2's share of what is left: p_2 = (1 − p)w, p_3 = (1 − p)(1 − w)"),
    Variable("u", OpenUnit(), "a probability integrated over"),
    *(Variable(f"a_{i}", Positive(), f"the prior's α of class {i}") for i in (1, 2, 3)),
    *(Variable(f"n_{i}", Integer(0), f"how often class {i} was seen") for i in (1, 2, 3)),
)
p, w, u, a1, a2, a3, n1, n2, n3 = symbols_of(WHERE_TABLE)
moved = (a1 + n1, a2 + n2, a3 + n3)


def of_first(q: Expr) -> Expr:
    """What prior times likelihood says of class 1, the Jacobian 1 − p of (p_2, p_3) among it."""
    return q ** (moved[0] - 1) * (1 - q) ** (moved[1] + moved[2] - 1)


def of_second(q: Expr) -> Expr:
    """What it says of class 2's share of the rest."""
    return q ** (moved[1] - 1) * (1 - q) ** (moved[2] - 1)


posterior_table = of_first(p) * of_second(w) / (Integral(of_first(u), (u, 0, 1)) * Integral(of_second(u), (u, 0, 1)))

posterior_dirichlet_eq = Derivation(
    claim=Claim(
        "posterior_dirichlet_eq",
        posterior_table,
        Beta(moved[0], moved[1] + moved[2]).density(p) * Beta(moved[1], moved[2]).density(w),
        WHERE_TABLE,
        convention=(
            BAYES,
            "three classes; the right side is Dir(a + n) in the coordinates p and w, where it is two Betas",
        ),
        source=Source("soch2020", "proof P80"),
    ),
    steps=(
        Step("prior Π p_i^(a_i − 1) times likelihood Π p_i^(n_i), in p and w, normalised", posterior_table),
        Step(
            "both integrals are Beta's",
            of_first(p)
            * of_second(w)
            * gamma(moved[0] + moved[1] + moved[2])
            / (gamma(moved[0]) * gamma(moved[1]) * gamma(moved[2])),
        ),
        Step(
            "counts are added to the α",
            Beta(moved[0], moved[1] + moved[2]).density(p) * Beta(moved[1], moved[2]).density(w),
        ),
    ),
)

WHERE_COIN = (
    Variable("p", OpenUnit(), "the probability of heads"),
    Variable("u", OpenUnit(), "the probability integrated over"),
    Variable("a", Positive(), "the prior's α"),
    Variable("b", Positive(), "the prior's β"),
    Variable("k", Integer(0), "heads in the first batch"),
    Variable("f", Integer(0), "tails in the first batch"),
    Variable("j", Integer(0), "heads in the second batch"),
    Variable("g", Integer(0), "tails in the second batch"),
)
_, _, a, b, k, f, j, g = symbols_of(WHERE_COIN)


def renewed(q: Expr) -> Expr:
    """The posterior after the first batch, times the likelihood of the second, at q."""
    return Beta(a + k, b + f).density(q) * q**j * (1 - q) ** g


sequential = renewed(p) / Integral(renewed(u), (u, 0, 1))

sequential_beta_eq = Derivation(
    claim=Claim(
        "sequential_beta_eq",
        sequential,
        Beta(a + k + j, b + f + g).density(p),
        WHERE_COIN,
        convention=(
            BAYES,
            "the first posterior is the second prior; the right side is the posterior of all data at once",
        ),
        source=Source("soch2020", "proof P413"),
    ),
    steps=(
        Step("the first posterior times the second likelihood, normalised", sequential),
        Step(
            "∫ u^(α − 1)(1 − u)^(β − 1) du = Γ(α)Γ(β)/Γ(α + β)",
            p ** (a + k + j - 1)
            * (1 - p) ** (b + f + g - 1)
            * gamma(a + b + k + j + f + g)
            / (gamma(a + k + j) * gamma(b + f + g)),
        ),
        Step("counts have added up", Beta(a + k + j, b + f + g).density(p)),
    ),
)

WHERE_NEXT = (
    Variable("u", OpenUnit(), "the probability integrated over"),
    Variable("a", Positive(), "the prior's α"),
    Variable("b", Positive(), "the prior's β"),
    Variable("k", Integer(0), "heads seen"),
    Variable("f", Integer(0), "tails seen"),
)
heads_next = Integral(u * u ** (a + k - 1) * (1 - u) ** (b + f - 1), (u, 0, 1)) / beta(a + k, b + f, evaluate=False)

predictive_coin_eq = Derivation(
    claim=Claim(
        "predictive_coin_eq",
        heads_next,
        (a + k) / (a + b + k + f),
        WHERE_NEXT,
        convention=(
            "P(next is heads) under the posterior Beta(a + k, b + f)",
            "a = b = 1: Laplace's rule (k + 1)/(n + 2)",
        ),
        source=Source("bishop2006", "section 2.1.1, equation 2.20"),
    ),
    steps=(
        Step("p averaged over the posterior", heads_next),
        Step(
            "B(α + 1, β)/B(α, β) in gammas",
            gamma(a + k + 1) * gamma(a + b + k + f) / (gamma(a + k) * gamma(a + b + k + f + 1)),
        ),
        Step("Γ(α + 1) = αΓ(α)", (a + k) / (a + b + k + f)),
    ),
)

WHERE_COUNT = (
    Variable("x", Integer(0), "the next count"),
    Variable("r", Positive(), "the mean count, integrated over"),
    Variable("a", Positive(), "the posterior's shape"),
    Variable("b", Positive(), "the posterior's RATE"),
)
x, r = symbols_of(WHERE_COUNT)[:2]
next_count = Integral(Poisson(r).density(x) * Gamma(a, b).density(r), (r, 0, oo))

predictive_poisson_eq = Derivation(
    claim=Claim(
        "predictive_poisson_eq",
        next_count,
        NegativeBinomial(a, b / (b + 1)).density(x),
        WHERE_COUNT,
        convention=(
            "Poisson counts whose mean follows Gamma(a, rate b): negative binomial, failures before the a-th success",
        ),
        source=Source("soch2020", "proof P227"),
    ),
    steps=(
        Step("the Poisson mass averaged over the rate", next_count),
        Step(
            "∫ r^(a + x − 1) e^(−(b + 1)r) dr = Γ(a + x)/(b + 1)^(a + x)",
            b**a * gamma(a + x) / (gamma(a) * gamma(x + 1) * (b + 1) ** (a + x)),
        ),
        Step("as a mass in x", NegativeBinomial(a, b / (b + 1)).density(x)),
    ),
)

WHERE_NORMAL = (
    Variable("m", Real(), "the mean, to be learned"),
    Variable("m_0", Real(), "mean of the prior"),
    Variable("t", Positive(), "standard deviation of the prior"),
    Variable("y_1", Real(), "the first observation"),
    Variable("y_2", Real(), "the second observation"),
    Variable("s", Positive(), "standard deviation of one observation"),
)
m, m0, t, y1, y2, s = symbols_of(WHERE_NORMAL)
after_one = Normal((s**2 * m0 + t**2 * y1) / (s**2 + t**2), s**2 * t**2 / (s**2 + t**2))
after_two = Normal((s**2 * m0 + t**2 * (y1 + y2)) / (s**2 + 2 * t**2), s**2 * t**2 / (s**2 + 2 * t**2))
prediction = Normal(after_one.mean, after_one.variance + s**2)
second_update = log(density_of(after_one, m)) + log(density_of(Normal(m, s**2), y2)) - log(density_of(prediction, y2))

sequential_normal_eq = Derivation(
    claim=Claim(
        "sequential_normal_eq",
        second_update,
        log(density_of(after_two, m)),
        WHERE_NORMAL,
        convention=(
            "log posterior after y_1, plus log likelihood of y_2, less the log of its predictive density",
            "N(m, v) has variance v; the precision after both is 1/t² + 2/s², as from both at once",
        ),
        source=Source("soch2020", "proof P413"),
    ),
    steps=(
        Step("Bayes' rule for the second observation, in logs", second_update),
        Step(
            "the square in m completed: precisions add, and so do means weighted by them",
            -((m - after_two.mean) ** 2) / (2 * after_two.variance) - log(2 * pi * after_two.variance) / 2,
        ),
        Step("a normal density", log(density_of(after_two, m))),
    ),
)

WHERE_LAST = (
    Variable("e", Real(), "the noise of the next observation in deviations, integrated over"),
    Variable("h", Real(), "the error in the mean in deviations, integrated over"),
    Variable("t", Positive(), "standard deviation of the posterior of the mean"),
    Variable("s", Positive(), "standard deviation of one observation"),
)
e, h = symbols_of(WHERE_LAST)[:2]
spread = Expectation(Expectation((s * e + t * h) ** 2, e, Normal(0, 1)), h, Normal(0, 1))

predictive_variance_eq = Derivation(
    claim=Claim(
        "predictive_variance_eq",
        spread,
        s**2 + t**2,
        WHERE_LAST,
        convention=("the variance of a prediction: the noise of one observation, and what is not known of the mean",),
        source=Source("soch2020", "proof P130"),
    ),
    steps=(
        Step("the mean square about the posterior's mean", spread),
        Step(
            "the square written out",
            Expectation(Expectation(s**2 * e**2 + 2 * s * t * e * h + t**2 * h**2, e, Normal(0, 1)), h, Normal(0, 1)),
        ),
        Step("independent noises have no cross term", s**2 + t**2),
    ),
)

DERIVATIONS = (
    posterior_dirichlet_eq,
    sequential_beta_eq,
    predictive_coin_eq,
    predictive_poisson_eq,
    sequential_normal_eq,
    predictive_variance_eq,
)

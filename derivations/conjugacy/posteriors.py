"""Conjugate posteriors: Beta-Bernoulli, Gamma-Poisson, Normal-Normal, and where their means lie.

Claim   prior times likelihood over its integral is a law of the prior's family
Route   the evidence is a standard integral; what is left is the density with its parameters moved.
"""

from __future__ import annotations

from sympy import Expr, Integral, beta, exp, gamma, oo

from claims.claim import Claim, Derivation, Source, Step
from claims.domains import Integer, OpenUnit, Positive, Real, Variable, symbols_of
from claims.laws import Beta, Gamma, density_of
from claims.notation import Density, Expectation, Normal

BAYES = "the posterior is prior times likelihood over its integral"

WHERE_COIN = (
    Variable("p", OpenUnit(), "the probability of heads"),
    Variable("u", OpenUnit(), "the probability integrated over"),
    Variable("a", Positive(), "the prior's α: heads imagined"),
    Variable("b", Positive(), "the prior's β: tails imagined"),
    Variable("k", Integer(0), "heads seen"),
    Variable("f", Integer(0), "tails seen"),
)
p, u, a, b, k, f = symbols_of(WHERE_COIN)


def heads_and_tails(q: Expr) -> Expr:
    """Prior density times likelihood at q, up to the prior's constant."""
    return q ** (a + k - 1) * (1 - q) ** (b + f - 1)


posterior_coin = heads_and_tails(p) / Integral(heads_and_tails(u), (u, 0, 1))

posterior_beta_eq = Derivation(
    claim=Claim(
        "posterior_beta_eq",
        posterior_coin,
        Beta(a + k, b + f).density(p),
        WHERE_COIN,
        convention=(BAYES, "the constant 1/B(a, b) of the prior cancels", "the order of the tosses is known"),
        source=Source("soch2020", "proof P30"),
    ),
    steps=(
        Step("prior p^(a − 1)(1 − p)^(b − 1) times likelihood p^k (1 − p)^f, normalised", posterior_coin),
        Step(
            "∫ u^(α − 1)(1 − u)^(β − 1) du = Γ(α)Γ(β)/Γ(α + β)",
            heads_and_tails(p) * gamma(a + b + k + f) / (gamma(a + k) * gamma(b + f)),
        ),
        Step("which is B(α, β)", heads_and_tails(p) / beta(a + k, b + f, evaluate=False)),
    ),
)

WHERE_MEAN = (
    Variable("x", Real(), "the probability of heads, integrated over"),
    Variable("prior", OpenUnit(), "the prior's mean a/(a + b)"),
    Variable("v", Positive(), "the prior's strength a + b: tosses imagined"),
    Variable("seen", OpenUnit(), "the share of heads among the tosses seen, k/n"),
    Variable("n", Integer(1), "tosses seen"),
)
x, prior, strength, seen, tosses = symbols_of(WHERE_MEAN)
coin_mean = Expectation(x, x, Beta(strength * prior + tosses * seen, strength * (1 - prior) + tosses * (1 - seen)))
mixed = strength / (strength + tosses) * prior + tosses / (strength + tosses) * seen

beta_posterior_mean_eq = Derivation(
    claim=Claim(
        "beta_posterior_mean_eq",
        coin_mean,
        mixed,
        WHERE_MEAN,
        convention=(
            "the prior Beta(a, b) is given by its mean a/(a + b) and its strength a + b",
            "the weights are positive and sum to one: the mean lies between the prior's and the share of heads",
        ),
        source=Source("bishop2006", "section 2.1.1, equation 2.20"),
    ),
    steps=(
        Step("the mean of the posterior Beta(a + k, b + f)", coin_mean),
        Step("α/(α + β)", (strength * prior + tosses * seen) / (strength + tosses)),
        Step("the prior's mean and the share of heads, weighted by a + b and n", mixed),
    ),
)

WHERE_COUNT = (
    Variable("r", Positive(), "the mean count"),
    Variable("u", Positive(), "the mean count integrated over"),
    Variable("a", Positive(), "the prior's shape: events imagined"),
    Variable("b", Positive(), "the prior's RATE: counts imagined"),
    Variable("c", Integer(0), "events seen"),
    Variable("n", Integer(1), "counts taken"),
)
r, v, _, _, c, n = symbols_of(WHERE_COUNT)


def events(q: Expr) -> Expr:
    """Prior density times likelihood at q, up to constants."""
    return q ** (a + c - 1) * exp(-(b + n) * q)


posterior_count = events(r) / Integral(events(v), (v, 0, oo))

posterior_gamma_eq = Derivation(
    claim=Claim(
        "posterior_gamma_eq",
        posterior_count,
        Gamma(a + c, b + n).density(r),
        WHERE_COUNT,
        convention=(BAYES, "the second parameter of Gamma is a rate", "constants of prior and likelihood cancel"),
        source=Source("soch2020", "proof P226"),
    ),
    steps=(
        Step("prior r^(a − 1) e^(−b r) times likelihood r^c e^(−n r), normalised", posterior_count),
        Step("∫ u^(α − 1) e^(−βu) du = Γ(α)/β^α", Gamma(a + c, b + n).density(r)),
    ),
)

WHERE_RATE = (
    Variable("x", Real(), "the mean count, integrated over"),
    Variable("prior", Positive(), "the prior's mean a/b"),
    Variable("b", Positive(), "the prior's RATE: counts imagined"),
    Variable("seen", Positive(), "the mean of the counts seen, c/n"),
    Variable("n", Integer(1), "counts seen"),
)
y, guess, _, average, _ = symbols_of(WHERE_RATE)
count_mean = Expectation(y, y, Gamma(b * guess + n * average, b + n))
mixed_count = b / (b + n) * guess + n / (b + n) * average

gamma_posterior_mean_eq = Derivation(
    claim=Claim(
        "gamma_posterior_mean_eq",
        count_mean,
        mixed_count,
        WHERE_RATE,
        convention=(
            "the second parameter of Gamma is a rate; the prior is given by its mean and its rate",
            "the weights are positive and sum to one: the mean lies between the prior's and the mean count",
        ),
        source=Source("soch2020", "proof P226"),
    ),
    steps=(
        Step("the mean of the posterior Gamma(a + c, b + n)", count_mean),
        Step("shape over rate", (b * guess + n * average) / (b + n)),
        Step("the prior's mean and the mean count, weighted by b and n", mixed_count),
    ),
)

WHERE_NORMAL = (
    Variable("m", Real(), "the mean, to be learned"),
    Variable("w", Real(), "the mean integrated over"),
    Variable("m_0", Real(), "mean of the prior"),
    Variable("t", Positive(), "standard deviation of the prior"),
    Variable("y", Real(), "the observation; the mean of n with s/√n for s"),
    Variable("s", Positive(), "standard deviation of the observation"),
)
m, w, m0, t, y, s = symbols_of(WHERE_NORMAL)
moved = (s**2 * m0 + t**2 * y) / (s**2 + t**2)
narrowed = s**2 * t**2 / (s**2 + t**2)


def observed(at: Expr) -> Expr:
    """Prior times likelihood at a mean."""
    return Density(Normal(m0, t**2), at) * Density(Normal(at, s**2), y)


posterior_mean = observed(m) / Integral(observed(w), (w, -oo, oo))
evidence = density_of(Normal(m0, s**2 + t**2), y)

posterior_normal_eq = Derivation(
    claim=Claim(
        "posterior_normal_eq",
        posterior_mean,
        density_of(Normal(moved, narrowed), m),
        WHERE_NORMAL,
        convention=(BAYES, "N(m, v) has variance v", "precisions add: 1/narrowed = 1/s² + 1/t²"),
        source=Source("bishop2006", "section 2.3.6, equations 2.141 and 2.142"),
    ),
    steps=(
        Step("prior times likelihood, normalised", posterior_mean),
        Step("the evidence is N(y; m₀, s² + t²)", observed(m) / evidence),
        Step("the square in m completed", density_of(Normal(moved, narrowed), m)),
    ),
)

predicted = Integral(observed(w), (w, -oo, oo))

predictive_normal_eq = Derivation(
    claim=Claim(
        "predictive_normal_eq",
        predicted,
        evidence,
        WHERE_NORMAL[1:],
        convention=("N(m, v) has variance v", "variances add"),
        source=Source("bishop2006", "section 2.3.3, equation 2.115"),
    ),
    steps=(
        Step("the observation, averaged over the prior", predicted),
        Step("∫ e^(−Aw² + Bw + C) dw = √(π/A) e^(B²/(4A) + C), a normal density again", evidence),
    ),
)

between = s**2 / (s**2 + t**2) * m0 + t**2 / (s**2 + t**2) * y
normal_mean = Expectation(m, m, Normal(moved, narrowed))

normal_posterior_mean_eq = Derivation(
    claim=Claim(
        "normal_posterior_mean_eq",
        normal_mean,
        between,
        (WHERE_NORMAL[0], *WHERE_NORMAL[2:]),
        convention=("the weights are positive and sum to one: the mean lies between m₀ and y",),
        source=Source("bishop2006", "section 2.3.6, equation 2.141"),
    ),
    steps=(
        Step("the mean of the posterior", normal_mean),
        Step("the mean of a normal law", moved),
        Step("the prior's mean and the observation, each weighted by the other's variance", between),
    ),
)

DERIVATIONS = (
    posterior_beta_eq,
    beta_posterior_mean_eq,
    posterior_gamma_eq,
    gamma_posterior_mean_eq,
    posterior_normal_eq,
    predictive_normal_eq,
    normal_posterior_mean_eq,
)

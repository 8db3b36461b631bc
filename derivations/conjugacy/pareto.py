"""The Pareto law as the prior of the end of a uniform law, and the Gamma law as the prior of a Pareto law's shape.

Claim   Uniform(0, θ) data turn a Pareto prior's shape a into a + n and move its start to the largest value seen; Pareto
        data turn a Gamma prior of the shape into Gamma(a + n, b + T), T the sum of the log-ratios to the start
Route   a power integrates to a power, and a power times an exponential to a Gamma function.
"""

from __future__ import annotations

from sympy import Expr, Integral, S, exp, log, oo

from claims.claim import Claim, Derivation, Source, Step
from claims.domains import Integer, Positive, Variable, named, symbols_of
from claims.laws import Gamma
from claims.notation import Argmax

BAYES = "the posterior is prior times likelihood over its integral"
PARETO = "a Pareto law of shape a from m on has the density a m^a/θ^(a + 1) for θ > m"

WHERE = (
    Variable("t", Positive(), "the log of θ/m for the end θ of the uniform law"),
    Variable("m", Positive(), "the largest of the data and of the prior's start: no smaller end is possible"),
    Variable("u", Positive(), "the log of the ratio integrated over"),
    Variable("a", Positive(), "the prior's shape"),
    Variable("n", Integer(1), "data seen"),
)
t, m, u, a, n = symbols_of(WHERE)


def power_of_end(c: Expr, log_ratio: Expr) -> Expr:
    """θ^(−c) for θ = m e^(log ratio)."""
    return m ** (-c) * exp(-c * log_ratio)


def over_ends(f: Expr) -> Integral:
    """∫ f dθ for θ from m on, with θ = m e^u and dθ = m e^u du."""
    return Integral(f * m * exp(u), (u, 0, oo))


posterior_end = power_of_end(a + n + 1, t) / over_ends(power_of_end(a + n + 1, u))
pareto_density = (a + n) * m ** (a + n) * power_of_end(a + n + 1, t)

posterior_pareto_eq = Derivation(
    claim=Claim(
        "posterior_pareto_eq",
        posterior_end,
        pareto_density,
        WHERE,
        convention=(
            BAYES,
            PARETO,
            "data uniform on (0, θ): the likelihood is θ^(−n) where θ lies above all of them, else 0",
            "θ = m e^t: the posterior is Pareto of shape a + n from m on",
        ),
        source=Source("jackbenn2026", "uniform and Pareto distributions"),
    ),
    steps=(
        Step("prior θ^(−a − 1) times likelihood θ^(−n), normalised from m on", posterior_end),
        Step("∫ e^(−cu) du = 1/c, and powers of m", pareto_density),
    ),
)

posterior_of = (a + n) * m ** (a + n) * power_of_end(a + n + 1, u)
chance = over_ends(posterior_of * power_of_end(S.One, u))

predictive_pareto_eq = Derivation(
    claim=Claim(
        "predictive_pareto_eq",
        chance,
        (a + n) / ((a + n + 1) * m),
        named(WHERE, "m u a n"),
        convention=(
            PARETO,
            "the density of the next value anywhere below m: E 1/θ under the posterior",
            "so it lies below m with probability (a + n)/(a + n + 1)",
        ),
        source=Source("jackbenn2026", "uniform and Pareto distributions"),
    ),
    steps=(
        Step("the mean of the density 1/θ under the posterior", chance),
        Step("powers of m out of the integral", (a + n) / m * Integral(exp(-(a + n + 1) * u), (u, 0, oo))),
        Step("∫ e^(−cu) du = 1/c", (a + n) / ((a + n + 1) * m)),
    ),
)

WHERE_SHAPE = (
    Variable("s", Positive(), "the shape of the Pareto law"),
    Variable("u", Positive(), "the shape integrated over"),
    Variable("a", Positive(), "the prior's shape: data imagined"),
    Variable("b", Positive(), "the prior's RATE: log-ratios imagined, summed"),
    Variable("n", Integer(1), "data seen"),
    Variable("T", Positive(), "the sum of log(datum/start) over the data"),
)
s, v, _, b, _, T = symbols_of(WHERE_SHAPE)


def of_shape(shape: Expr) -> Expr:
    """Gamma prior times the likelihood shape^n e^(−shape T), up to constants."""
    return shape ** (a + n - 1) * exp(-(b + T) * shape)


posterior_shape = of_shape(s) / Integral(of_shape(v), (v, 0, oo))

posterior_pareto_shape_eq = Derivation(
    claim=Claim(
        "posterior_pareto_shape_eq",
        posterior_shape,
        Gamma(a + n, b + T).density(s),
        WHERE_SHAPE,
        convention=(
            BAYES,
            PARETO,
            "the start is known; the second parameter of Gamma is a rate",
            "the likelihood Π s/x (start/x)^s is s^n e^(−sT) but for factors without s",
        ),
        source=Source("stackexchange", "mathematics, showing that the posterior is a gamma, the question"),
    ),
    steps=(
        Step("prior s^(a − 1) e^(−bs) times likelihood s^n e^(−sT), normalised", posterior_shape),
        Step("∫ u^(α − 1) e^(−βu) du = Γ(α)/β^α", Gamma(a + n, b + T).density(s)),
    ),
)

likelihood = log(s**n * exp(-s * T))

mle_pareto_shape_eq = Derivation(
    claim=Claim(
        "mle_pareto_shape_eq",
        Argmax(likelihood, s),
        n / T,
        named(WHERE_SHAPE, "s n T"),
        convention=(PARETO, "the start is known", "one over the mean log-ratio"),
        source=Source("sargent2026a", "maximum likelihood estimation, Pareto distribution"),
    ),
    steps=(
        Step("the likelihood in the shape, but for factors without it", Argmax(likelihood, s)),
        Step("the slope n/s − T falls through zero at n/T", n / T),
    ),
)

DERIVATIONS = (posterior_pareto_eq, predictive_pareto_eq, posterior_pareto_shape_eq, mle_pareto_shape_eq)

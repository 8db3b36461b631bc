"""Posteriors by quadrature of prior times likelihood; each stated law must have their mean and variance."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
from scipy import integrate, stats

from errata.worlds.operations import Array
from property_tests.meaning.checks.distributions import gamma
from property_tests.meaning.checks.estimators import COUNTS, NUMBERS
from property_tests.meaning.checks.laws import FUNCTIONS, Values
from property_tests.meaning.checks.stated import Check, Pairs, Stated, sequence

A, B = 2.3, 1.6
TOSSES = [1.0, 0.0, 1.0, 1.0, 0.0]
Family = Callable[[float], Any]
Update = Callable[[], tuple[float, float]]
"""Mean and variance of a posterior."""


def density(law: Any, x: float) -> float:
    """The density or the mass of a law at a point."""
    return float(law.pmf(x) if hasattr(law.dist, "pmf") else law.pdf(x))


def posterior(prior: Any, family: Family, data: Sequence[float], ends: tuple[float, float]) -> Update:
    """By quadrature over a parameter."""

    @cache
    def moments() -> tuple[float, float]:
        def weighted(t: float, power: int) -> float:
            return t**power * float(prior.pdf(t)) * math.prod(density(family(t), x) for x in data)

        low, high = ends
        edges = np.linspace(low, high, 6)
        whole, first, second = (
            sum(
                integrate.quad(weighted, a, b, args=(power,), epsabs=0, epsrel=1e-10)[0]
                for a, b in itertools.pairwise(edges)
            )
            for power in range(3)
        )
        mean = first / whole
        return mean, second / whole - mean**2

    return moments


def _beta_of(mean: float, variance: float) -> Array:
    size = mean * (1 - mean) / variance - 1
    return np.asarray([mean * size, (1 - mean) * size])


def _gamma_of(mean: float, variance: float) -> Array:
    return np.asarray([mean**2 / variance, mean / variance])


def _inverse_gamma_of(mean: float, variance: float) -> Array:
    shape = mean**2 / variance + 2
    return np.asarray([shape, mean * (shape - 1)])


def _listed(*parameters: Any) -> Array:
    """A law by its parameters, which come last."""
    return np.asarray([float(np.squeeze(p)) for p in parameters[-2:]])[:, None]


def law(update: Update, parameters: Callable[[float, float], Array], name: str, **values: Any) -> Check:
    """That a law has the parameters of a posterior."""

    def check(stated: Stated) -> Pairs:
        found = stated.right({**values, name: _listed})
        return [(parameters(*update())[:, None], found)]

    return check


def mean_of(update: Update, **values: Any) -> Check:
    """That a right side is the mean of a posterior."""
    return lambda stated: [(update()[0], stated.right(values))]


def mode_of(parameters: Array, **values: Any) -> Check:
    """That a right side is the mode of a gamma law, which lies one over its rate below its mean."""
    return lambda stated: [((parameters[0] - 1) / parameters[1], stated.right(values))]


def _beta(family: Family, data: Sequence[float]) -> Update:
    return posterior(stats.beta(A, B), family, data, (0, 1))


def _rate(family: Family, data: Sequence[float]) -> Update:
    return posterior(stats.gamma(A, scale=1 / B), family, data, (0, 12))


def _exponential(r: float) -> Any:
    return stats.expon(scale=1 / r)


COIN = _beta(stats.bernoulli, TOSSES)
FLAT = posterior(stats.uniform(), stats.bernoulli, TOSSES, (0, 1))
POISSON = _rate(stats.poisson, COUNTS)
EXPONENTIAL = _rate(_exponential, NUMBERS)
TOSSED: Values = {"a": A, "b": B, "n": 5, "k": 3, "t": 2, "x": sequence(TOSSES), "θ": 0.5, "bar(x)": 0.6}
COUNTED: Values = {"a": A, "b": B, "θ": 1 / B, "n": 4, "x": sequence(COUNTS), "bar(x)": float(np.mean(COUNTS))}
TIMED: Values = {"a": A, "b": B, "n": 5, "x": sequence(NUMBERS), "bar(x)": float(np.mean(NUMBERS))}
CENTRE = 0.4


@cache
def _variance_moments() -> tuple[float, float]:
    """Of the variance, as what one over a precision is: the prior of one is that of the other."""
    prior = stats.invgamma(6.3, scale=B)

    def weighted(v: float, power: int) -> float:
        return v**power * float(prior.pdf(v)) * math.prod(stats.norm(CENTRE, v**0.5).pdf(x) for x in NUMBERS)

    whole, first, second = (
        sum(integrate.quad(weighted, a, b, args=(p,), epsabs=0, epsrel=1e-10, limit=200)[0]
            for a, b in ((0, 0.5), (0.5, 1), (1, 2), (2, 8), (8, math.inf)))
        for p in range(3)
    )  # fmt: skip
    return first / whole, second / whole - (first / whole) ** 2


ALPHAS, SEEN = [1.5, 2.0, 3.0], [2.0, 1.0, 4.0]


def _shares(f: Callable[[Sequence[float]], float]) -> float:
    """The integral over three shares of the density of the prior times the likelihood of the counts times f."""
    prior = stats.dirichlet(ALPHAS)
    raw, w = np.polynomial.legendre.leggauss(60)
    at = np.sin((raw + 1) * math.pi / 4) ** 2
    by = w * math.pi / 4 * np.sin((raw + 1) * math.pi / 2)
    total = 0.0
    for (x, v), (y, u) in itertools.product(zip(at, by, strict=True), repeat=2):
        shares = [x, (1 - x) * y, (1 - x) * (1 - y)]
        likelihood = math.prod(s**c for s, c in zip(shares, SEEN, strict=True))
        total += v * u * (1 - x) * float(prior.pdf(shares)) * likelihood * f(shares)
    return total


def _dirichlet_values() -> dict[str, Any]:
    numbered = sequence(SEEN)
    return {
        **FUNCTIONS, "α": lambda k: [sum(ALPHAS), *ALPHAS][k], "n": lambda *k: numbered(*k) if k else sum(SEEN), "k": 1,
        "K": 3,
    }  # fmt: skip


@cache
def _share_moments() -> tuple[float, float]:
    whole = _shares(lambda _: 1.0)
    mean = _shares(lambda s: s[0]) / whole
    return mean, _shares(lambda s: s[0] ** 2) / whole - mean**2


def _dirichlet_posterior(stated: Stated) -> Pairs:
    """Of the first share, whose law is a beta law."""
    return [(_beta_of(*_share_moments())[0], stated.right(_dirichlet_values()))]


def _dirichlet_mean(stated: Stated) -> Pairs:
    return [(_share_moments()[0], stated.right(_dirichlet_values(), {"j": [1, 2, 3]}))]


def _dirichlet_evidence(stated: Stated) -> Pairs:
    return [(_shares(lambda _: 1.0), stated.right(_dirichlet_values()))]


@cache
def _evidence() -> float:
    prior = stats.beta(A, B)
    return float(integrate.quad(lambda t: prior.pdf(t) * math.prod(stats.bernoulli(t).pmf(x) for x in TOSSES), 0, 1)[0])


def _coin_evidence(arrangements: float) -> Check:
    return lambda s: [(arrangements * _evidence(), s.right({**FUNCTIONS, **TOSSED}))]


def mixed(family: Family, x: float) -> float:
    """The density at a point of a law whose parameter has a gamma law."""
    prior = stats.gamma(A, scale=1 / B)
    return float(integrate.quad(lambda t: prior.pdf(t) * density(family(t), x), 0, math.inf, epsrel=1e-11)[0])


def _count_predictive(stated: Stated) -> Pairs:
    binomial = gamma(3 + A) / (gamma(4) * gamma(A))
    return [(mixed(stats.poisson, 3), stated.right({**FUNCTIONS, "a": A, "b": B, "x": 3, "binomial": binomial}))]


def _time_predictive(stated: Stated) -> Pairs:
    return [(mixed(_exponential, 1.3), stated.right({"a": A, "b": B, "x": 1.3}))]


@cache
def _normal_inverse_gamma() -> tuple[float, float]:
    """The mean of μ, and the rate of the precision: by the joint density on a grid of both."""
    means, precisions = np.linspace(-9, 11, 2001), np.linspace(1e-4, 9, 1500)
    m, t = np.meshgrid(means, precisions)
    logs = stats.gamma(2.3, scale=1 / 1.6).logpdf(t) + 0.5 * np.log(0.7 * t) - 0.35 * t * (m - 0.4) ** 2
    logs = logs + sum(0.5 * np.log(t) - 0.5 * t * (x - m) ** 2 for x in NUMBERS)
    mass = np.exp(logs - logs.max())
    mass /= mass.sum()
    mean, precision = float((mass * m).sum()), float((mass * t).sum())
    variance = float((mass * t**2).sum()) - precision**2
    return mean, precision / variance


def _joint_values() -> dict[str, Any]:
    return {"μ_{0}": 0.4, "κ_{0}": 0.7, "β_{0}": 1.6, "n": 5, "x": sequence(NUMBERS), "bar(x)": float(np.mean(NUMBERS))}


def _joint_mean(stated: Stated) -> Pairs:
    return [(_normal_inverse_gamma()[0], stated.right(_joint_values()))]


TAU, SIGMA = 1.3, 0.8


def _mean_and_variance(n: int) -> tuple[float, float]:
    """Of μ after n observations, one after the other, by the joint covariance of it and them."""
    spread = TAU**2 * np.ones((n + 1, n + 1)) + SIGMA**2 * np.diag([0.0] + [1.0] * n)
    gain = np.linalg.solve(spread[1:, 1:], spread[1:, 0])
    return float(gain.sum()), float(spread[0, 0] - spread[0, 1:] @ gain)


def _weight(n: int, prior: bool = False) -> Check:
    gain = _mean_and_variance(n)[0]
    return lambda s: [(1 - gain if prior else gain, s.right({"n": n, "τ": TAU, "σ": SIGMA}))]


def _predictive_variance(stated: Stated) -> Pairs:
    return [(SIGMA**2 + _mean_and_variance(5)[1], stated.right({"n": 5, "τ": TAU, "σ": SIGMA}))]


def _variance_of_coin(stated: Stated) -> Pairs:
    return [(COIN()[1], stated.right(TOSSED))]


GEOMETRIC: Values = {"a": A, "b": B, "n": 4, "x": sequence(COUNTS), "θ": 0.5, "r": 3}
SPREAD: Values = {"n": 5, "x": sequence(NUMBERS), "μ": CENTRE, "σ": 1.0}

CHECKS: Mapping[str, Check] = {
    "beta_binomial_posterior": law(COIN, _beta_of, "Beta", **{**TOSSED, "x": 1.0}),
    "beta_bernoulli_posterior": law(COIN, _beta_of, "Beta", **TOSSED),
    "beta_geometric_posterior": law(_beta(stats.geom, COUNTS), _beta_of, "Beta", **GEOMETRIC),
    "beta_negative_binomial_posterior": law(_beta(lambda p: stats.nbinom(3, p), COUNTS), _beta_of, "Beta", **GEOMETRIC),
    "inverse_gamma_variance_posterior": law(_variance_moments, _inverse_gamma_of, "IG", a=6.3, b=B, **SPREAD),
    "dirichlet_posterior": _dirichlet_posterior,
    "gamma_poisson_mean": mean_of(POISSON, **COUNTED),
    "gamma_exponential_mean": mean_of(EXPONENTIAL, **TIMED),
    "beta_mean_shrinkage": mean_of(COIN, **TOSSED),
    "beta_posterior_variance": _variance_of_coin,
    "dirichlet_posterior_mean": _dirichlet_mean,
    "coin_evidence": _coin_evidence(1),
    "gamma_poisson_predictive": _count_predictive,
    "gamma_exponential_predictive": _time_predictive,
    "dirichlet_multinomial_evidence": _dirichlet_evidence,
    "normal_inverse_gamma_mean": _joint_mean,
    "shrinkage_weight": _weight(5),
    "normal_predictive_variance": _predictive_variance,
}


def _mode(update: Update, **values: Any) -> Check:
    def check(stated: Stated) -> Pairs:
        return mode_of(_gamma_of(*update()), **values)(stated)

    return check


OTHERS: Mapping[str, Mapping[int, Check | str]] = {
    "beta_binomial_posterior": dict.fromkeys(range(8, 12), law(FLAT, _beta_of, "Beta", **{**TOSSED, "x": 1.0})),
    "beta_geometric_posterior": dict.fromkeys(
        range(4, 8), law(_beta(lambda p: stats.nbinom(1, p), COUNTS), _beta_of, "Beta", **GEOMETRIC)
    ),
    "gamma_poisson_mean": dict.fromkeys(range(12, 15), _mode(POISSON, **COUNTED)),
    "gamma_exponential_mean": dict.fromkeys(range(6, 9), _mode(EXPONENTIAL, **TIMED)),
    "coin_evidence": {2: _coin_evidence(10)},
    "shrinkage_weight": {2: _weight(5, prior=True), 3: _weight(1)},
}
"""Other conventions with a check of their own, by their number among the variants."""

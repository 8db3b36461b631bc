"""Scores as slopes of another implementation's log-densities; information as the mean of their squares."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
from scipy import integrate, stats

from property_tests.meaning.checks.estimators import COUNTS, NUMBERS
from property_tests.meaning.checks.law_likelihoods import CENTRE, VECTORS, log_density, observed
from property_tests.meaning.checks.laws import mean
from property_tests.meaning.checks.stated import Check, Pairs, Stated, gradient, positive_definite, sequence, slope

Family = Callable[[float], Any]
"""A law for each value of one parameter."""
Values = Mapping[str, Any]


def score(family: Family, at: float, data: Sequence[float], **values: Any) -> Check:
    """That a right side is the slope of the log-likelihood of a sample; ``values`` are those of the letters."""
    truth = slope(lambda p: sum(log_density(family(p), x) for x in data), at, 1e-3 * abs(at))
    return lambda stated: [(truth, stated.right({**observed(data), **values}))]


@cache
def _mean_square(family: Family, at: float) -> float:
    """E of the squared slope of the log-density."""

    def squared(x: float) -> float:
        return float(slope(lambda p: log_density(family(p), x), at, 1e-3 * abs(at)) ** 2)

    return float(mean(family(at), squared).real)


def information(family: Family, at: float, **values: Any) -> Check:
    """That a right side is the mean of the squared score."""
    return lambda stated: [(_mean_square(family, at), stated.right(values))]


def _exponential(r: float) -> Any:
    return stats.expon(scale=1 / r)


def _of_mean(m: float) -> Any:
    return stats.expon(scale=m)


def _gamma(b: float) -> Any:
    return stats.gamma(2.3, scale=1 / b)


def _gamma_of_scale(s: float) -> Any:
    return stats.gamma(2.3, scale=s)


def _normal(m: float) -> Any:
    return stats.norm(m, 1.3)


def _centred(s: float) -> Any:
    return stats.norm(0.8, s)


def _laplace(m: float) -> Any:
    return stats.laplace(m, 0.6)


TOSSES = [1.0, 0.0, 1.0, 1.0, 0.0]


def _toss(stated: Stated) -> Pairs:
    truth = slope(lambda p: float(stats.bernoulli(p).logpmf(1)), 0.3, 1e-4)
    return [(truth, stated.right({"x": 1.0, "p": 0.3}))]


@cache
def _centre_slope(one: bool) -> Any:
    spread = positive_definite(2, 3)
    data = VECTORS[:1] if one else VECTORS

    def log_likelihood(m: Any) -> float:
        return float(sum(stats.multivariate_normal(m[:, 0], spread).logpdf(x[:, 0]) for x in data))

    return gradient(log_likelihood, np.asarray([[0.4], [-0.7]]))


def _vector_score(stated: Stated) -> Pairs:
    values = {"Σ": positive_definite(2, 3), "μ": np.asarray([[0.4], [-0.7]]), "n": 4, "bar(x)": CENTRE}
    return [(_centre_slope(False), stated.right({**values, "x": sequence(VECTORS)}))]


def _single_vector_score(stated: Stated) -> Pairs:
    values = {"Σ": positive_definite(2, 3), "μ": np.asarray([[0.4], [-0.7]]), "x": VECTORS[0]}
    return [(_centre_slope(True), stated.right(values))]


CHECKS: Mapping[str, Check] = {
    "exponential_score": score(_exponential, 1.7, NUMBERS, **{"λ": 1.7}),
    "poisson_score": score(stats.poisson, 1.7, COUNTS, **{"λ": 1.7}),
    "coin_score": score(stats.bernoulli, 0.3, TOSSES, p=0.3, k=3),
    "geometric_score": score(stats.geom, 0.3, COUNTS, p=0.3),
    "normal_mean_score": score(_normal, 0.4, NUMBERS, **{"μ": 0.4, "σ": 1.3}),
    "normal_deviation_score": score(_centred, 1.3, NUMBERS, **{"μ": 0.8, "σ": 1.3}),
    "gamma_rate_score": score(_gamma, 1.7, NUMBERS, a=2.3, b=1.7),
    "pareto_score": score(lambda a: stats.pareto(a, scale=0.3), 1.7, NUMBERS, a=1.7, m=0.3),
    "rayleigh_score": score(lambda s: stats.rayleigh(scale=s), 1.7, NUMBERS, **{"σ": 1.7}),
    "laplace_scale_score": score(lambda b: stats.laplace(0.8, b), 0.6, NUMBERS, b=0.6, **{"μ": 0.8}),
    "multivariate_normal_mean_score": _vector_score,
    "poisson_fisher": information(stats.poisson, 2.7, **{"λ": 2.7}),
    "exponential_fisher": information(_exponential, 1.7, **{"λ": 1.7}),
    "geometric_fisher": information(stats.geom, 0.3, p=0.3),
    "binomial_fisher": information(lambda p: stats.binom(7, p), 0.3, n=7, p=0.3),
    "negative_binomial_fisher": information(lambda p: stats.nbinom(3, p), 0.3, r=3, p=0.3),
    "normal_mean_fisher": information(_normal, 0.4, **{"σ": 1.3}),
    "normal_variance_fisher": information(lambda v: stats.norm(0.8, math.sqrt(v)), 1.69, **{"σ": 1.3}),
    "normal_deviation_fisher": information(_centred, 1.3, **{"σ": 1.3}),
    "gamma_rate_fisher": information(_gamma, 1.7, a=2.3, b=1.7),
    "pareto_fisher": information(lambda a: stats.pareto(a, scale=1.7), 6.5, a=6.5),
    "rayleigh_fisher": information(lambda s: stats.rayleigh(scale=s), 1.7, **{"σ": 1.7}),
    "laplace_location_fisher": lambda s: [(_laplace_information(), s.right({"b": 0.6}))],
    "cauchy_location_fisher": information(lambda m: stats.cauchy(m, 0.7), 0.4, **{"γ": 0.7}),
    "logistic_location_fisher": information(lambda m: stats.logistic(m, 0.6), 0.4, s=0.6),
    "weibull_scale_fisher": information(lambda c: stats.weibull_min(1.7, scale=c), 2.2, k=1.7, **{"λ": 2.2}),
}


@cache
def _laplace_information() -> float:
    """The mean of the squared slope, twice that of one half: the density has a corner, which no step may cross."""

    def squared(x: float) -> float:
        return float(slope(lambda m: float(_laplace(m).logpdf(x)), 0.0, x / 4) ** 2 * _laplace(0.0).pdf(x))

    return 2 * float(integrate.quad(squared, 0, 30, epsabs=1e-11, limit=200)[0])


def _of_parameter(first: int, check: Check) -> Mapping[int, Check]:
    """The four forms of one value, from the first of them."""
    return dict.fromkeys(range(first, first + 4), check)


OTHERS: Mapping[str, Mapping[int, Check | str]] = {
    "exponential_score": _of_parameter(8, score(_of_mean, 0.6, NUMBERS, **{"θ": 0.6})),
    "coin_score": _of_parameter(8, _toss),
    "geometric_score": _of_parameter(4, score(lambda p: stats.nbinom(1, p), 0.3, COUNTS, p=0.3)),
    "normal_mean_score": _of_parameter(8, score(lambda m: stats.norm(m, 1), 0.4, NUMBERS, **{"μ": 0.4})),
    "gamma_rate_score": _of_parameter(4, score(_gamma_of_scale, 0.6, NUMBERS, a=2.3, **{"θ": 0.6})),
    "multivariate_normal_mean_score": {3: _single_vector_score},
}
"""Other conventions with a check of their own, by their number among the variants."""

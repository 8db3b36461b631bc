"""Moments by quadrature and summation of another implementation's densities; densities against that implementation."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
from scipy import integrate, special, stats

from property_tests.meaning.checks.stated import Check, Pairs, Stated, column, gradient, positive_definite

Values = Mapping[str, Any]


@cache
def gamma(x: float) -> float:
    """Γ(x) by its integral; infinite where that is."""
    if x <= 0:
        return math.inf
    return float(integrate.quad(lambda t: t ** (x - 1) * math.exp(-t), 0, math.inf, epsabs=1e-12)[0])


@cache
def moment(law: Any, power: int, centre: float = 0.0) -> float:
    """E (X − centre)^power by quadrature of the density, or by summing the masses."""
    low, high = law.support()
    if hasattr(law.dist, "pmf"):
        ks = np.arange(low, min(high, 4000) + 1)
        return float(((ks - centre) ** power * law.pmf(ks)).sum())
    middle = float(law.median())
    parts = [
        integrate.quad(lambda x: (x - centre) ** power * law.pdf(x), a, b, epsabs=1e-13, epsrel=1e-11, limit=400)[0]
        for a, b in ((low, middle), (middle, high))
    ]
    return float(sum(parts))


def mean_of(*cases: tuple[Any, Values]) -> Check:
    """That a right side is the mean of each law at its values."""
    return lambda stated: [(moment(law, 1), stated.right(values)) for law, values in cases]


def variance_of(*cases: tuple[Any, Values]) -> Check:
    """That a right side is the variance of each law at its values."""
    return lambda stated: [(moment(law, 2, moment(law, 1)), stated.right(values)) for law, values in cases]


def density_of(law: Any, at: float, values: Values, variable: str = "x") -> Check:
    """That a right side is the density of a law at a point."""
    return lambda stated: [(law.pdf(at), stated.right({**values, variable: at}))]


def mass_of(law: Any, at: int, values: Values, variable: str = "k") -> Check:
    """That a right side is the mass of a law at a number."""
    return lambda stated: [(law.pmf(at), stated.right({**values, variable: at}))]


LAWS: Mapping[str, tuple[tuple[Any, Values], ...]] = {
    "uniform": ((stats.uniform(-1.2, 3.7), {"a": -1.2, "b": 2.5}),),
    "bernoulli": ((stats.bernoulli(0.3), {"p": 0.3}),),
    "binomial": ((stats.binom(7, 0.3), {"n": 7, "p": 0.3}),),
    "geometric": ((stats.geom(0.3), {"p": 0.3}),),
    "poisson": ((stats.poisson(2.7), {"λ": 2.7}),),
    "exponential": ((stats.expon(scale=1 / 1.7), {"λ": 1.7}),),
    "gamma": ((stats.gamma(2.3, scale=1 / 1.7), {"a": 2.3, "b": 1.7}),),
    "inverse_gamma": ((stats.invgamma(6.5, scale=1.7), {"a": 6.5, "b": 1.7}),),
    "beta": ((stats.beta(2.3, 1.6), {"a": 2.3, "b": 1.6}),),
    "laplace": ((stats.laplace(0.4, 1.7), {"μ": 0.4, "b": 1.7}),),
    "chi_squared": ((stats.chi2(3.5), {"k": 3.5}),),
    "student": ((stats.t(9.5), {"ν": 9.5}),),
    "lognormal": ((stats.lognorm(0.6, scale=math.exp(0.4)), {"μ": 0.4, "σ": 0.6}),),
    "weibull": ((stats.weibull_min(1.7, scale=2.2), {"λ": 2.2, "k": 1.7, "Γ": gamma}),),
    "pareto": ((stats.pareto(6.5, scale=1.7), {"a": 6.5, "m": 1.7}),),
    "negative_binomial": ((stats.nbinom(3, 0.3), {"r": 3, "p": 0.3}),),
    "hypergeometric": ((stats.hypergeom(20, 7, 6), {"N": 20, "K": 7, "n": 6}),),
    "rayleigh": ((stats.rayleigh(scale=1.7), {"σ": 1.7}),),
    "logistic_law": ((stats.logistic(0.4, 1.7), {"μ": 0.4, "s": 1.7}),),
    "gumbel": ((stats.gumbel_r(0.4, 1.7), {"μ": 0.4, "β": 1.7, "γ": -special.digamma(1)}),),
}
"""Laws of the other implementation beside the letters that state them."""


def _dirichlet(order: int) -> Check:
    """Of a Dirichlet, by summing over a grid of the simplex of two free coordinates."""
    a = np.asarray([2.0, 3.0, 4.0])

    def check(stated: Stated) -> Pairs:
        def density(y: float, x: float) -> float:
            return float(x ** (a[0] - 1) * y ** (a[1] - 1) * (1 - x - y) ** (a[2] - 1))

        def integral(power: int) -> float:
            return float(integrate.dblquad(lambda y, x: x**power * density(y, x), 0, 1, 0, lambda x: 1 - x)[0])

        whole = integral(0)
        mean = integral(1) / whole
        truth = mean if order == 1 else integral(2) / whole - mean**2
        numbered = {0: a.sum(), 1: a[0], 2: a[1], 3: a[2]}
        return [(truth, stated.right({"α": lambda k: numbered[k], "k": 1}, {"j": [1, 2, 3]}))]

    return check


def _multivariate_density(stated: Stated) -> Pairs:
    x, mean, cov = column(0.3, -0.2, 1.1), column(0.1, 0.4, 0.2), positive_definite(3)
    law = stats.multivariate_normal(mean[:, 0], cov)
    return [(law.pdf(x[:, 0]), stated.right({"x": x, "μ": mean, "Σ": cov, "d": 3}))]


def _multivariate_log_density(stated: Stated) -> Pairs:
    x, mean, cov = column(0.3, -0.2, 1.1), column(0.1, 0.4, 0.2), positive_definite(3)
    law = stats.multivariate_normal(mean[:, 0], cov)
    return [(law.logpdf(x[:, 0]), stated.right({"x": x, "μ": mean, "Σ": cov, "d": 3}))]


def _log_density(stated: Stated) -> Pairs:
    return [(stats.norm(0.4, 1.7).logpdf(1.1), stated.right({"x": 1.1, "μ": 0.4, "σ": 1.7}))]


def _exponential_median(stated: Stated) -> Pairs:
    return [(stats.expon(scale=1 / 1.7).ppf(0.5), stated.right({"λ": 1.7}))]


def _log_partition_gradient(stated: Stated) -> Pairs:
    """Of a family of three outcomes: the gradient by differences, the mean by summing."""
    eta = column(0.3, -0.7)
    statistic = [column(1.0, 0.2), column(-0.4, 0.9), column(0.3, 1.1)]
    base = [0.2, 0.5, 0.3]

    def log_partition(e: np.ndarray[Any, Any]) -> float:
        return math.log(sum(h * math.exp(float((e.T @ s).item())) for h, s in zip(base, statistic, strict=True)))

    weights = [
        h * math.exp(float((eta.T @ s).item()) - log_partition(eta)) for h, s in zip(base, statistic, strict=True)
    ]
    mean = stated.right({"x": lambda n: n, "T": lambda x: statistic[x]}, {"ω": weights})
    return [(gradient(log_partition, eta), mean), (stated.left({"A": log_partition, "η": eta}), mean)]


CHECKS: Mapping[str, Check] = {
    "log_partition_gradient": _log_partition_gradient,
    **{f"{name}_mean": mean_of(*cases) for name, cases in LAWS.items()},
    **{f"{name}_variance": variance_of(*cases) for name, cases in LAWS.items()},
    "dirichlet_mean": _dirichlet(1),
    "dirichlet_variance": _dirichlet(2),
    "normal_density": density_of(stats.norm(0.4, 1.7), 1.1, {"μ": 0.4, "σ": 1.7}),
    "normal_log_density": _log_density,
    "multivariate_normal_density": _multivariate_density,
    "multivariate_normal_log_density": _multivariate_log_density,
    "exponential_density": density_of(stats.expon(scale=1 / 1.7), 0.8, {"λ": 1.7}),
    "exponential_cdf": lambda s: [(stats.expon(scale=1 / 1.7).cdf(0.8), s.right({"x": 0.8, "λ": 1.7}))],
    "exponential_survival": lambda s: [(stats.expon(scale=1 / 1.7).sf(0.8), s.right({"t": 0.8, "λ": 1.7}))],
    "exponential_quantile": lambda s: [(stats.expon(scale=1 / 1.7).ppf(0.3), s.right({"u": 0.3, "λ": 1.7}))],
    "exponential_median": _exponential_median,
    "poisson_pmf": mass_of(stats.poisson(2.7), 3, {"λ": 2.7}),
    "binomial_pmf": mass_of(stats.binom(7, 0.3), 3, {"n": 7, "p": 0.3}),
    "geometric_pmf": mass_of(stats.geom(0.3), 3, {"p": 0.3}),
    "bernoulli_pmf": lambda s: [(stats.bernoulli(0.3).pmf(x), s.right({"x": x, "θ": 0.3})) for x in (0, 1)],
    "gamma_density": density_of(stats.gamma(2.3, scale=1 / 1.7), 0.8, {"a": 2.3, "b": 1.7, "Γ": gamma}),
    "beta_density": density_of(stats.beta(2.3, 1.6), 0.4, {"a": 2.3, "b": 1.6, "Γ": gamma}),
    "laplace_density": density_of(stats.laplace(0.4, 1.7), 1.1, {"μ": 0.4, "b": 1.7}),
    "cauchy_density": density_of(stats.cauchy(), 1.1, {}),
    "lognormal_density": density_of(stats.lognorm(0.6, scale=math.exp(0.4)), 1.1, {"μ": 0.4, "σ": 0.6}),
    "weibull_cdf": lambda s: [(stats.weibull_min(1.7, scale=2.2).cdf(0.8), s.right({"x": 0.8, "λ": 2.2, "k": 1.7}))],
}

_FAILURES, _NEGATIVE = stats.nbinom(1, 0.3), stats.nbinom(3, 0.3)
_FUNCTION = "r before a bracket is read as a function, in notes as here"

_SCALED_EXPONENTIAL = variance_of((stats.expon(scale=1.7), {"θ": 1.7}))
_SCALED_GAMMA = variance_of((stats.gamma(2.3, scale=1.7), {"a": 2.3, "b": 1.7}))
_LAPLACE_OF_A_RATE = variance_of((stats.laplace(0.4, 1 / 1.7), {"λ": 1.7}))
_COUNTED_FAILURES = variance_of((_NEGATIVE, {"r": 3, "p": 0.7}))

OTHERS: Mapping[str, Mapping[int, Check | str]] = {
    "uniform_mean": {1: mean_of((stats.uniform(0, 2.5), {"θ": 2.5}))},
    "uniform_variance": dict.fromkeys((1, 3), variance_of((stats.uniform(0, 2.5), {"θ": 2.5}))),
    "geometric_mean": {1: mean_of((_FAILURES, {"p": 0.3}))},
    "exponential_mean": {1: mean_of((stats.expon(scale=1.7), {"θ": 1.7}))},
    "exponential_variance": dict.fromkeys((1, 3), _SCALED_EXPONENTIAL),
    "gamma_mean": {1: mean_of((stats.gamma(2.3, scale=1.7), {"a": 2.3, "b": 1.7}))},
    "gamma_variance": dict.fromkeys((1, 3), _SCALED_GAMMA),
    "laplace_variance": dict.fromkeys((1, 3), _LAPLACE_OF_A_RATE),
    "negative_binomial_mean": {
        1: _FUNCTION,
        2: lambda s: [(moment(_NEGATIVE, 1) + 3, s.right({"r": 3, "p": 0.3}))],
        3: mean_of((_NEGATIVE, {"r": 3, "p": 0.7})),
    },
    "negative_binomial_variance": {**dict.fromkeys((1, 4), _FUNCTION), **dict.fromkeys((2, 5), _COUNTED_FAILURES)},
    "normal_density": {1: density_of(stats.norm(), 1.1, {})},
    "exponential_density": {1: density_of(stats.expon(scale=1.7), 0.8, {"θ": 1.7})},
    "exponential_cdf": {1: lambda s: [(stats.expon(scale=1.7).cdf(0.8), s.right({"x": 0.8, "θ": 1.7}))]},
    "poisson_pmf": {1: mass_of(stats.poisson(2.7), 3, {"λ": 2.7}, "x")},
    "binomial_pmf": {1: mass_of(stats.binom(7, 0.3), 3, {"n": 7, "θ": 0.3})},
    "geometric_pmf": {1: mass_of(_FAILURES, 3, {"p": 0.3})},
    "gamma_density": {1: density_of(stats.gamma(2.3, scale=1.7), 0.8, {"a": 2.3, "b": 1.7, "Γ": gamma})},
    "laplace_density": {
        1: density_of(stats.laplace(0, 1 / 1.7), 1.1, {"λ": 1.7}),
        2: density_of(stats.laplace(0, 1.7), 1.1, {"b": 1.7}),
    },
    "cauchy_density": {1: density_of(stats.cauchy(0.4, 1.7), 1.1, {"m": 0.4, "γ": 1.7})},
}  # fmt: skip
"""Other parameterisations with a check of their own, by their number among the variants; or why there is none."""

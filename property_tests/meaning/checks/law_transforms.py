"""Transforms and moments of named laws, by quadrature and summation of another implementation's densities."""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from scipy import integrate, stats

from errata.worlds.operations import Array
from property_tests.meaning.checks import laws
from property_tests.meaning.checks.gaussians import normal_mean
from property_tests.meaning.checks.laws import Case
from property_tests.meaning.checks.stated import Check, Pairs, Stated, column, positive_definite

AT = 0.3
"""Where a transform is taken: small enough for each law to have one there."""
Cases = tuple[tuple[Case, str | None], ...]


@cache
def _generating(law: Any) -> complex:
    return laws.mean(law, lambda x: math.exp(AT * x))


@cache
def _turning(law: Any) -> complex:
    return laws.mean(law, lambda x: cmath.exp(1j * AT * x))


@cache
def _powers(law: Any) -> complex:
    return laws.mean(law, lambda x: AT**x)


def mgf(*cases: tuple[Case, str | None]) -> Check:
    """That a right side is E exp(tX)."""
    return laws.under(*cases, truth=lambda law, _: _generating(law), t=AT)


def characteristic(*cases: tuple[Case, str | None]) -> Check:
    """That a right side is E exp(itX)."""
    return laws.under(*cases, truth=lambda law, _: _turning(law), t=AT)


def pgf(*cases: tuple[Case, str | None]) -> Check:
    """That a right side is E s^X."""
    return laws.under(*cases, truth=lambda law, _: _powers(law), s=AT)


def moment(case: Case, of: Callable[[float], float], **more: Any) -> Check:
    """That a right side is the mean of a function of the variable."""
    return laws.under((case, None), truth=lambda law, _: laws.mean(law, of), **more)


def _power(case: Case, n: int = 3) -> Check:
    return moment(case, lambda x: x**n, n=n)


def _multivariate(stated: Stated) -> Pairs:
    """By quadrature in two dimensions."""
    at, covariance = column(0.3, -0.4), positive_definite(2)
    centre = column(0.2, 0.5) if "μ" in stated.text else column(0.0, 0.0)

    def exponential(x: Array) -> float:
        return math.exp((at.T @ x).item())

    return [(normal_mean(exponential, centre, covariance), stated.right({"t": at, "μ": centre, "Σ": covariance}))]


NORMALS: Cases = ((laws.NORMAL, "μ"), (laws.CENTRED, "σ"), (laws.STANDARD, None))
LAPLACES: Cases = ((laws.LAPLACE, "μ"), (laws.CENTRED_LAPLACE, None))
UNIFORMS: Cases = ((laws.UNIFORM, "a"), (laws.FROM_ZERO, "θ"), (laws.UNIT_INTERVAL, None))
SYMMETRIC: Cases = (
    (laws.UNIFORM, "a"),
    (laws.SYMMETRIC, "θ"),
    ((stats.uniform(-1, 2), {}), None),
)
TRIALS = (stats.nbinom(3, 0.3, loc=3), {"p": 0.3, "r": 3})
"""Trials up to the third success, beside failures before it."""
SUCCESSES = (stats.nbinom(3, 0.7), {"p": 0.3, "r": 3})
"""Successes before the third failure."""


@cache
def _cauchy_cosine(scale: float, centre: float) -> complex:
    """E exp(itX) of a law without moments, by quadrature with the wave as a weight."""
    density = stats.cauchy(0, scale).pdf
    half = integrate.quad(density, 0, math.inf, weight="cos", wvar=AT, epsabs=1e-11, limlst=400)[0]
    return complex(2 * half) * cmath.exp(1j * AT * centre)


def _cauchy(stated: Stated) -> Pairs:
    scale = 0.7 if "γ" in stated.text else 1.0
    centre = 0.4 if "m" in stated.form.sorts and "mul[i,m" in stated.text else 0.0
    return [(_cauchy_cosine(scale, centre), stated.right({"γ": scale, "m": 0.4, "t": AT, "i": 1j}))]


CHECKS: Mapping[str, Check] = {
    "normal_mgf": mgf(*NORMALS),
    "exponential_mgf": mgf((laws.EXPONENTIAL, None)),
    "gamma_mgf": mgf((laws.GAMMA, None)),
    "chi_squared_mgf": mgf((laws.CHI_SQUARED, None)),
    "bernoulli_mgf": mgf((laws.BERNOULLI, None)),
    "binomial_mgf": mgf((laws.BINOMIAL, None)),
    "geometric_mgf": mgf((laws.GEOMETRIC, None)),
    "negative_binomial_mgf": mgf((laws.NEGATIVE_BINOMIAL, None)),
    "poisson_mgf": mgf((laws.POISSON, None)),
    "uniform_mgf": mgf(*UNIFORMS),
    "laplace_mgf": mgf(*LAPLACES),
    "gumbel_mgf": mgf((laws.GUMBEL, "μ"), (laws.STANDARD_GUMBEL, None)),
    "logistic_law_mgf": mgf((laws.LOGISTIC, "μ"), (laws.STANDARD_LOGISTIC, None)),
    "multivariate_normal_mgf": _multivariate,
    "normal_characteristic_function": characteristic(*NORMALS),
    "exponential_characteristic_function": characteristic((laws.EXPONENTIAL, None)),
    "gamma_characteristic_function": characteristic((laws.GAMMA, None)),
    "poisson_characteristic_function": characteristic((laws.POISSON, None)),
    "bernoulli_characteristic_function": characteristic((laws.BERNOULLI, None)),
    "binomial_characteristic_function": characteristic((laws.BINOMIAL, None)),
    "cauchy_characteristic_function": _cauchy,
    "laplace_characteristic_function": characteristic(*LAPLACES),
    "uniform_characteristic_function": characteristic(*SYMMETRIC),
    "chi_squared_characteristic_function": characteristic((laws.CHI_SQUARED, None)),
    "poisson_pgf": pgf((laws.POISSON, None)),
    "binomial_pgf": pgf((laws.BINOMIAL, None)),
    "bernoulli_pgf": pgf((laws.BERNOULLI, None)),
    "geometric_pgf": pgf((laws.GEOMETRIC, None)),
    "normal_fourth_moment": _power(laws.NORMAL, 4),
    "normal_third_moment": _power(laws.NORMAL, 3),
    "normal_mean_absolute_value": moment(laws.CENTRED, abs),
    "exponential_raw_moments": _power(laws.EXPONENTIAL),
    "gamma_raw_moments": _power(laws.GAMMA),
    "beta_raw_moments": _power(laws.BETA),
    "lognormal_raw_moments": _power(laws.LOGNORMAL),
    "weibull_raw_moments": _power(laws.WEIBULL),
    "pareto_raw_moments": _power(laws.PARETO),
    "poisson_second_moment": moment(laws.POISSON, lambda x: x**2),
    "binomial_second_moment": moment(laws.BINOMIAL, lambda x: x**2),
    "gamma_mean_log": moment(laws.GAMMA, math.log),
    "beta_mean_log": moment(laws.BETA, math.log),
}

OTHERS: Mapping[str, Mapping[int, Check | str]] = {
    "geometric_mgf": dict.fromkeys((2, 3), mgf((laws.FAILURES, None))),
    "negative_binomial_mgf": {
        **dict.fromkeys((2, 3), mgf((TRIALS, None))),
        **dict.fromkeys((4, 5), mgf((SUCCESSES, None))),
    },
    "geometric_pgf": dict.fromkeys((2, 3), pgf((laws.FAILURES, None))),
    "normal_fourth_moment": {
        1: _power(laws.CENTRED, 4),
        2: moment(laws.NORMAL, lambda x: (x - 0.4) ** 4),
    },
    "normal_mean_absolute_value": {
        1: moment(laws.STANDARD, abs),
        2: moment(laws.NORMAL, lambda x: abs(x - 0.4)),
        3: moment((stats.halfnorm(scale=1.3), {"σ": 1.3}), lambda x: x),
    },
    "poisson_second_moment": {1: moment(laws.POISSON, lambda x: x * (x - 1))},
    "binomial_second_moment": {1: moment(laws.BINOMIAL, lambda x: x * (x - 1))},
    "beta_mean_log": {1: moment(laws.BETA, lambda x: math.log(1 - x))},
}
"""Other conventions with a check of their own, by their number among the variants."""

"""Skewness, kurtosis, entropies and divergences, by quadrature and summation of another implementation's densities."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from typing import Any

from scipy import integrate, stats

from property_tests.meaning.checks import laws
from property_tests.meaning.checks.laws import Case
from property_tests.meaning.checks.stated import Check, Pairs, Stated, sequence

Cases = tuple[tuple[Case, str | None], ...]


@cache
def _standardised(law: Any, power: int) -> float:
    """E ((X − mean)/deviation)^power."""
    mean = laws.mean(law, lambda x: x).real
    variance = laws.mean(law, lambda x: (x - mean) ** 2).real
    return float(laws.mean(law, lambda x: (x - mean) ** power).real / variance ** (power / 2))


@cache
def _entropy(law: Any) -> float:
    log = law.logpmf if laws.is_discrete(law) else law.logpdf
    return float(-laws.mean(law, log).real)


def skewness(case: Case) -> Check:
    """That a right side is the third standardised moment of a law."""
    return laws.under((case, None), truth=lambda law, _: _standardised(law, 3))


def excess(case: Case) -> Check:
    """That a right side is the fourth standardised moment of a law, less three."""
    return laws.under((case, None), truth=lambda law, _: _standardised(law, 4) - 3)


def whole(case: Case) -> Check:
    """That a right side is the fourth standardised moment of a law."""
    return laws.under((case, None), truth=lambda law, _: _standardised(law, 4))


def entropy(*cases: tuple[Case, str | None], **more: Any) -> Check:
    """That a right side is the mean of minus the log of the density."""
    return laws.under(*cases, truth=lambda law, _: _entropy(law), e=math.e, **more)


@cache
def _kl(p: Any, q: Any) -> float:
    def log(law: Any, x: float) -> float:
        return float(law.logpmf(x) if laws.is_discrete(law) else law.logpdf(x))

    return float(laws.mean(p, lambda x: log(p, x) - log(q, x)).real)


def divergence(p: Any, q: Any, values: laws.Values) -> Check:
    """That a right side is the mean under p of the log of the ratio of two densities."""
    return lambda stated: [(_kl(p, q), stated.right({**laws.FUNCTIONS, **values}))]


def _kl_uniforms(stated: Stated) -> Pairs:
    p, q = stats.uniform(-0.5, 1.2), stats.uniform(-1.2, 3.7)
    truth = integrate.quad(lambda x: p.pdf(x) * math.log(p.pdf(x) / q.pdf(x)), -0.5, 0.7)[0]
    return [(truth, stated.right({"a_{1}": -0.5, "b_{1}": 0.7, "a_{2}": -1.2, "b_{2}": 2.5}))]


SHARES = [0.2, 0.5, 0.3]


def _categorical(unit: float) -> Check:
    truth = -sum(p * math.log(p) for p in SHARES) / unit
    return lambda stated: [(truth, stated.right({"p": sequence(SHARES), "K": 3}))]


SKEWED: Mapping[str, Case] = {
    "bernoulli": laws.BERNOULLI, "binomial": laws.BINOMIAL, "geometric": laws.GEOMETRIC,
    "negative_binomial": laws.NEGATIVE_BINOMIAL, "poisson": laws.POISSON, "gamma": laws.GAMMA,
    "chi_squared": laws.CHI_SQUARED, "lognormal": laws.LOGNORMAL, "beta": laws.BETA, "rayleigh": laws.RAYLEIGH,
}  # fmt: skip
PEAKED: Mapping[str, Case] = {
    "bernoulli": laws.BERNOULLI, "binomial": laws.BINOMIAL, "geometric": laws.GEOMETRIC, "poisson": laws.POISSON,
    "gamma": laws.GAMMA, "chi_squared": laws.CHI_SQUARED, "student": laws.STUDENT,
}  # fmt: skip
SPREAD: Mapping[str, Cases] = {
    "uniform": ((laws.UNIFORM, "a"), (laws.FROM_ZERO, None)), "exponential": ((laws.EXPONENTIAL, None),),
    "gamma": ((laws.GAMMA, None),), "inverse_gamma": ((laws.INVERSE_GAMMA, None),), "beta": ((laws.BETA, None),),
    "laplace": (((laws.CENTRED_LAPLACE), None),), "cauchy": ((laws.CAUCHY, "γ"), ((stats.cauchy(), {}), None)),
    "logistic_law": ((laws.LOGISTIC, None),), "gumbel": ((laws.GUMBEL, None),),
    "rayleigh": (((laws.RAYLEIGH[0], {**laws.RAYLEIGH[1], "γ": laws.GUMBEL[1]["γ"]}), None),),
    "lognormal": ((laws.LOGNORMAL, None),), "pareto": ((laws.PARETO, None),),
    "weibull": (((laws.WEIBULL[0], {**laws.WEIBULL[1], "γ": laws.GUMBEL[1]["γ"]}), None),),
    "geometric": ((laws.GEOMETRIC, None),),
}  # fmt: skip

CHECKS: Mapping[str, Check] = {
    **{f"{name}_skewness": skewness(case) for name, case in SKEWED.items()},
    **{f"{name}_kurtosis": excess(case) for name, case in PEAKED.items()},
    **{f"{name}_entropy": entropy(*cases) for name, cases in SPREAD.items()},
    "categorical_entropy": _categorical(1.0),
    "kl_exponentials": divergence(
        stats.expon(scale=1 / 1.7), stats.expon(scale=1 / 0.6),
        {"λ_{1}": 1.7, "λ_{2}": 0.6, "θ_{1}": 1 / 1.7, "θ_{2}": 1 / 0.6},
    ),
    "kl_poissons": divergence(stats.poisson(2.7), stats.poisson(1.4), {"λ_{1}": 2.7, "λ_{2}": 1.4}),
    "kl_bernoullis": divergence(
        stats.bernoulli(0.3), stats.bernoulli(0.6), {"p": 0.3, "q": 0.6, "p_{1}": 0.3, "p_{2}": 0.6}
    ),
    "kl_binomials": divergence(stats.binom(5, 0.3), stats.binom(5, 0.6), {"p": 0.3, "q": 0.6, "n": 5}),
    "kl_geometrics": divergence(stats.geom(0.3), stats.geom(0.6), {"p": 0.3, "q": 0.6}),
    "kl_gammas": divergence(
        stats.gamma(2.3, scale=1 / 1.7), stats.gamma(3.1, scale=1 / 0.8),
        {"a_{1}": 2.3, "b_{1}": 1.7, "a_{2}": 3.1, "b_{2}": 0.8},
    ),
    "kl_betas": divergence(
        stats.beta(2.3, 1.6), stats.beta(1.4, 2.5), {"a_{1}": 2.3, "b_{1}": 1.6, "a_{2}": 1.4, "b_{2}": 2.5}
    ),
    "kl_laplaces": divergence(
        stats.laplace(0.4, 0.6), stats.laplace(-0.3, 0.9), {"μ_{1}": 0.4, "b_{1}": 0.6, "μ_{2}": -0.3, "b_{2}": 0.9}
    ),
    "kl_uniforms": _kl_uniforms,
    "kl_normals_of_one_variance": divergence(
        stats.norm(0.4, 1.3), stats.norm(-0.2, 1.3), {"μ_{1}": 0.4, "μ_{2}": -0.2, "σ": 1.3}
    ),
}  # fmt: skip

_IN_BITS = _categorical(math.log(2))
OTHERS: Mapping[str, Mapping[int, Check | str]] = {
    **{f"{name}_kurtosis": {2: whole(case)} for name, case in PEAKED.items()},
    "negative_binomial_skewness": dict.fromkeys((2, 3), skewness((stats.nbinom(3, 0.7), {"p": 0.3, "r": 3}))),
    "categorical_entropy": {3: _IN_BITS, 4: _IN_BITS, 5: _IN_BITS},
    "kl_bernoullis": dict.fromkeys((2, 3), "the same in bits"),
}
"""Other conventions with a check of their own, by their number among the variants; or why there is none."""

"""Means that are no moments are what scipy's laws give, and are not given where a parameter may be out of order."""

from __future__ import annotations

import numpy as np
import pytest
import sympy as sp
from scipy import stats

from claims.laws import (
    Beta,
    Binomial,
    ChiSquared,
    Exponential,
    Gamma,
    Geometric,
    InverseGamma,
    Laplace,
    LogNormal,
    NegativeBinomial,
    Pareto,
    Poisson,
    Rayleigh,
    StudentT,
    Weibull,
)
from claims.notation import NamedLaw, Normal
from derivations.mean_values import mean_value
from derivations.moments import moment

x, m = sp.symbols("x m", real=True)
HALF = sp.Rational(1, 2)
ROWS = [
    (sp.log(x), Gamma(HALF, 3), stats.gamma(0.5, scale=1 / 3), np.log),
    (sp.log(x), Exponential(3), stats.expon(scale=1 / 3), np.log),
    (sp.log(x), Beta(2, HALF), stats.beta(2, 0.5), np.log),
    (sp.log(1 - x), Beta(2, HALF), stats.beta(2, 0.5), lambda v: np.log1p(-v)),
    (sp.log(x), LogNormal(1, 4), stats.lognorm(2, scale=np.e), np.log),
    (sp.log(x) ** 2, LogNormal(1, 4), stats.lognorm(2, scale=np.e), lambda v: np.log(v) ** 2),
    (sp.Abs(x - 1), Laplace(1, 3), stats.laplace(1, 3), lambda v: np.abs(v - 1)),
    (sp.Abs(1 - x), Normal(1, 4), stats.norm(1, 2), lambda v: np.abs(v - 1)),
    (sp.Abs(x), Laplace(1, 3), stats.laplace(1, 3), np.abs),
    (sp.Abs(x - 4), Laplace(1, 3), stats.laplace(1, 3), lambda v: np.abs(v - 4)),
    (sp.Abs(x - 2), Normal(1, 4), stats.norm(1, 2), lambda v: np.abs(v - 2)),
    (sp.log(x), InverseGamma(3, 2), stats.invgamma(3, scale=2), np.log),
    (1 / x, InverseGamma(3, 2), stats.invgamma(3, scale=2), lambda v: 1 / v),
    (1 / x, Gamma(3, 2), stats.gamma(3, scale=0.5), lambda v: 1 / v),
    (1 / x**2, Gamma(sp.Rational(7, 2), 2), stats.gamma(3.5, scale=0.5), lambda v: 1 / v**2),
    (1 / x, ChiSquared(5), stats.chi2(5), lambda v: 1 / v),
    (1 / x**2, ChiSquared(7), stats.chi2(7), lambda v: 1 / v**2),
    (sp.log(x), ChiSquared(3), stats.chi2(3), np.log),
    (sp.log(x), Weibull(3, 2), stats.weibull_min(3, scale=2), np.log),
    (x**3, Weibull(3, 2), stats.weibull_min(3, scale=2), lambda v: v**3),
    (sp.log(x), Rayleigh(2), stats.rayleigh(scale=2), np.log),
    (x**2, Rayleigh(2), stats.rayleigh(scale=2), lambda v: v**2),
    (sp.log(x), Pareto(2, 3), stats.pareto(3, scale=2), np.log),
    (sp.log(1 + x**2 / 3), StudentT(3), stats.t(3), lambda v: np.log1p(v**2 / 3)),
    (sp.log(5 + x**2), StudentT(5), stats.t(5), lambda v: np.log(5 + v**2)),
    (sp.exp(-x / 2), Gamma(3, 2), stats.gamma(3, scale=0.5), lambda v: np.exp(-v / 2)),
    (sp.exp(-(x**2) / 3), Normal(1, 4), stats.norm(1, 2), lambda v: np.exp(-(v**2) / 3)),
    (sp.exp(x**2 / 16), Normal(1, 4), stats.norm(1, 2), lambda v: np.exp(min(v**2 / 16, 300))),
    (sp.exp(-x / 2), Normal(1, 4), stats.norm(1, 2), lambda v: np.exp(min(-v / 2, 300))),
    (sp.exp(x), Gamma(3, 2), stats.gamma(3, scale=0.5), lambda v: np.exp(min(v, 300))),
    (x**2 * sp.exp(x), Gamma(3, 2), stats.gamma(3, scale=0.5), lambda v: v**2 * np.exp(min(v, 300))),
    (x * sp.exp(x), Exponential(3), stats.expon(scale=1 / 3), lambda v: v * np.exp(min(v, 300))),
    (x**3 * sp.exp(-x), Normal(1, 4), stats.norm(1, 2), lambda v: v**3 * np.exp(min(-v, 300))),
    (x**2 * sp.exp(x / 2), Poisson(3), stats.poisson(3), lambda k: k**2 * np.exp(k / 2)),
    (sp.exp(2 * x), Binomial(5, HALF), stats.binom(5, 0.5), lambda k: np.exp(2 * k)),
    (x**3 * sp.exp(-x), Binomial(5, HALF), stats.binom(5, 0.5), lambda k: k**3 * np.exp(-k)),
]


@pytest.mark.parametrize(("f", "law", "frozen", "g"), ROWS, ids=lambda v: str(v)[:24])
def test_means_are_those_of_scipys_laws(f, law, frozen, g):
    assert float(mean_value(f, x, law)) == pytest.approx(frozen.expect(g), rel=1e-6)


@pytest.mark.parametrize(
    ("f", "law"),
    [
        (sp.log(x), Gamma(m, 1)),
        (sp.log(x), Beta(1, m)),
        (sp.log(1 - x), Gamma(1, 1)),
        (sp.log(x), Normal(0, 1)),
        (sp.exp(2 * x), Gamma(3, 2)),
        (x * sp.exp(3 * x), Exponential(3)),
        (sp.exp(m * x), Gamma(3, 2)),
        (sp.sqrt(x) * sp.exp(-x), Gamma(3, 2)),
        (sp.exp(x) * sp.log(x), Gamma(3, 2)),
        (1 / x, Gamma(1, 2)),
        (1 / x, Gamma(m, 2)),
        (1 / x**2, Gamma(2, 2)),
        (1 / x, ChiSquared(2)),
        (1 / sp.sqrt(x), Gamma(3, 2)),
        (1 / (1 + x), Gamma(3, 2)),
        (sp.log(1 + x**2), StudentT(3)),
        (sp.log(1 + x**2 / m), StudentT(m)),
        (sp.Abs(x - 1) ** 2, Laplace(1, 3)),
        (sp.Abs(2 * x - 1), Laplace(1, 3)),
        (sp.exp(x**2), Normal(0, 1)),
        (sp.exp(x**2 / 2), Normal(0, 1)),
        (sp.exp(m * x**2), Normal(0, 1)),
        (sp.exp(x), Normal(0, m)),
        (sp.exp(x), NamedLaw("p")),
    ],
    ids=str,
)
def test_without_a_rule_there_is_no_mean(f, law):
    assert mean_value(f, x, law) is None


@pytest.mark.parametrize("power", [1, 2, 3, 4])
def test_moments_of_the_laplace_and_geometric_laws(power):
    assert float(moment(power, Laplace(HALF, 2))) == pytest.approx(stats.laplace(0.5, 2).moment(power))
    assert float(moment(power, Geometric(sp.Rational(1, 3)))) == pytest.approx(stats.geom(1 / 3).moment(power))
    assert float(moment(power, Binomial(7, HALF))) == pytest.approx(stats.binom(7, 0.5).moment(power))
    assert float(moment(power, ChiSquared(3))) == pytest.approx(stats.chi2(3).moment(power))
    assert float(moment(power, StudentT(sp.Rational(9, 2)))) == pytest.approx(stats.t(4.5).moment(power))
    assert float(moment(power, NegativeBinomial(HALF, HALF))) == pytest.approx(stats.nbinom(0.5, 0.5).moment(power))
    assert float(moment(power, LogNormal(HALF, 1))) == pytest.approx(stats.lognorm(1, scale=np.exp(0.5)).moment(power))


def test_the_generating_function_of_counts():
    stated = float(mean_value(sp.exp(x / 2), x, Poisson(3)))
    assert stated == pytest.approx(sum(np.exp(k / 2) * stats.poisson(3).pmf(k) for k in range(80)))

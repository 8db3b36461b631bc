"""Means that are no moments are what scipy's laws give, and are not given where a parameter may be out of order."""

from __future__ import annotations

import numpy as np
import pytest
import sympy as sp
from scipy import stats

from claims.laws import Beta, Exponential, Gamma, Geometric, Laplace, LogNormal
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
    (sp.exp(-x / 2), Normal(1, 4), stats.norm(1, 2), lambda v: np.exp(min(-v / 2, 300))),
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
        (sp.Abs(x), Laplace(1, 3)),
        (sp.Abs(x - 1) ** 2, Laplace(1, 3)),
        (sp.Abs(2 * x - 1), Laplace(1, 3)),
        (sp.exp(x**2), Normal(0, 1)),
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

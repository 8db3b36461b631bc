"""Notation read as numbers meets values that are known without it."""

from __future__ import annotations

import math

import numpy as np
import pytest
import sympy as sp
from scipy import integrate, stats

from claims.notation import (
    KL,
    Covariance,
    CrossEntropy,
    Density,
    Entropy,
    Expectation,
    MutualInformation,
    NamedLaw,
    Normal,
    Variance,
)
from numerics.quadrature import estimated

x, y = sp.symbols("x y", real=True)
law = Normal(1, 4)


@pytest.mark.parametrize(
    ("expr", "known"),
    [
        (Entropy(law), stats.norm(1, 2).entropy()),
        (CrossEntropy(law, law), stats.norm(1, 2).entropy()),
        (Density(law, sp.Integer(3)), stats.norm(1, 2).pdf(3)),
        (Variance(x, x, law), 4),
        (Covariance(x, 3 * x, x, law), 12),
        (Expectation(sp.exp(x), x, Normal(0, 1)), stats.lognorm(1).mean()),
        (Expectation(x * Expectation(y**2 * x, y, Normal(x, 1)), x, Normal(0, 1)), 4),
        (KL(law, law), 0),
        (sp.sqrt(sp.pi) + sp.E, math.sqrt(math.pi) + math.e),
    ],
)
def test_it_is_worth_what_is_known(expr, known):
    ball = estimated(expr)
    assert abs(float(ball.mid()) - known) < 1e-9
    assert float(ball.rad()) < 1e-6


def test_kl_is_the_integral_that_scipy_finds():
    p, q = stats.norm(1, 2), stats.norm(-1, 1)
    value, _ = integrate.quad(lambda t: p.pdf(t) * (p.logpdf(t) - q.logpdf(t)), -20, 22)
    assert np.isclose(float(estimated(KL(law, Normal(-1, 1))).mid()), value, rtol=1e-8)


@pytest.mark.parametrize("expr", [sp.log(-1 - sp.pi), Expectation(sp.log(x), x, law), sp.I * sp.pi])
def test_what_is_not_real_is_not_a_number(expr):
    assert not estimated(expr).is_finite()


@pytest.mark.parametrize("expr", [Entropy(NamedLaw("p")), MutualInformation(x, y, NamedLaw("p"))])
def test_what_has_no_reading_is_refused(expr):
    with pytest.raises(TypeError, match=r"no value|no reading"):
        estimated(expr)


def test_a_rough_integrand_has_a_wide_ball():
    assert float(estimated(Expectation(sp.log(x**2), x, Normal(0, 1))).rad()) > 1e-3

"""Quadrature by family: exact where a Gauss rule must be, within its error elsewhere, silent where it can't tell."""

from __future__ import annotations

from math import e, inf, pi, sqrt

import mpmath
import numpy as np
import pytest
import scipy.stats as st
from hypothesis import given
from hypothesis import strategies as hs

from claims import laws
from claims.notation import Normal
from numerics.bounded import Estimate
from numerics.cubature import between, expected, gauss, over
from numerics.undetermined import Undetermined

ROWS = [
    (Normal(1, 4), st.norm(1, 2), st.norm(1, 4)),
    (laws.Gamma(3, 2), st.gamma(3, scale=0.5), st.gamma(3, scale=2)),
    (laws.Exponential(2), st.expon(scale=0.5), st.expon(scale=2)),
    (laws.ChiSquared(5), st.chi2(5), st.chi2(4)),
    (laws.Uniform(-1, 3), st.uniform(-1, 4), st.uniform(-1, 3)),
    (laws.Beta(2, 5), st.beta(2, 5), st.beta(5, 2)),
    (laws.Wigner(2), st.semicircular(scale=2), st.semicircular(scale=4)),
]
named = pytest.mark.parametrize(("law", "oracle", "mutant"), ROWS, ids=lambda one: str(one)[:20])


@named
def test_moments_are_exact_and_those_of_a_misread_parameter_are_not(law, oracle, mutant):
    for k in (1, 2, 3, 4):
        ball = expected(lambda x, k=k: x**k, law, (4, 6)).ball
        assert abs(float(ball.mid()) - oracle.moment(k)) < 1e-12 * (1 + abs(oracle.moment(k)))
    assert not expected(lambda x: x**2, law).ball.contains(float(mutant.moment(2)))


@named
def test_entropies_lie_within_the_error(law, oracle, mutant):
    ball = expected(lambda x: -oracle.logpdf(x), law, (60, 90)).ball
    assert abs(float(ball.mid()) - oracle.entropy()) <= float(ball.rad()) + 1e-9
    assert abs(float(ball.mid()) - mutant.entropy()) > float(ball.rad()) or law == laws.Beta(2, 5)


@given(hs.lists(hs.integers(-5, 5), min_size=1, max_size=12), hs.floats(0.1, 5), hs.floats(0.1, 5))
def test_n_nodes_are_exact_to_degree_2n_less_1(coefficients, a, b):
    p = np.polynomial.Polynomial(coefficients)
    expectation = sum(c * np.prod([(a + i) / (a + b + i) for i in range(k)]) for k, c in enumerate(coefficients))
    ball = expected(p, laws.Beta(a, b), (6, 8)).ball
    assert abs(float(ball.mid()) - expectation) < 1e-9


def test_an_inverse_gamma_law_and_a_lognormal_one_are_drawn_through_their_kin():
    assert abs(float(expected(lambda x: 1 / x, laws.InverseGamma(3, 2)).ball.mid()) - 1.5) < 1e-12
    assert expected(lambda x: x, laws.LogNormal(0, 1)).ball.contains(np.exp(0.5))


def test_what_comes_back_says_that_it_is_an_estimate():
    for found in (
        expected(np.abs, Normal(0, 1), (6, 9)), between(lambda x: x, 0, 1), over(lambda x: x[:, 0], [0], [1]),
    ):  # fmt: skip
        assert isinstance(found, Estimate)
        assert "nothing is proved" in found.why


def test_too_few_nodes_leave_a_wide_ball_that_holds_the_value():
    ball = expected(np.abs, Normal(0, 1), (6, 9)).ball
    assert ball.contains(sqrt(2 / pi))
    assert ball.rad() > 0.05


def test_tanh_sinh_takes_ends_at_which_the_integrand_runs_off():
    for f, low, high, value in (
        (lambda x: 1 / mpmath.sqrt(x), 0, 1, 2.0),
        (mpmath.log, 0, 1, -1.0),
        (lambda x: mpmath.exp(-(x**2)), -inf, inf, sqrt(pi)),
        (lambda x: mpmath.exp(-x) / mpmath.sqrt(x), 0, inf, sqrt(pi)),
    ):
        assert between(f, low, high).ball.contains(value)
        assert not between(f, low, high).ball.contains(value * (1 + 1e-6))


BOXES = [
    (lambda x: np.exp(-(x**2).sum(1)), [-inf], [inf], sqrt(pi)),
    (lambda x: np.exp(-x.sum(1)), [0, 0], [inf, inf], 1.0),
    (lambda x: np.exp(x.sum(1)), [0] * 3, [1] * 3, (e - 1) ** 3),
    (lambda x: np.sqrt(x[:, 0]) * x[:, 1], [0, 0], [1, 1], 1 / 3),
]


@pytest.mark.parametrize(("f", "low", "high", "value"), BOXES)
def test_boxes_of_one_to_three_dimensions(f, low, high, value):
    assert over(f, low, high).ball.contains(value)
    assert not over(f, low, high).ball.contains(value * (1 + 1e-5))


def test_what_can_not_be_told_is_not_given():
    with pytest.raises(Undetermined):
        between(lambda x: 1 / x, 0, 1)
    with pytest.raises(Undetermined):
        over(lambda x: 1 / x[:, 0], [0], [1])
    with pytest.raises(ValueError, match="1 to 3"):
        over(lambda x: x[:, 0], [0] * 4, [1] * 4)
    with pytest.raises(TypeError, match="no Gauss rule"):
        gauss(laws.Cauchy(0, 1), 8)
    with pytest.raises(Undetermined, match="not finite"):
        expected(lambda x: np.full_like(x, inf), Normal(0, 1))

"""An expectation is differentiated inside where its law stays, and nowhere else; densities change places under E."""

from __future__ import annotations

import pytest
import sympy as sp

from claims.domains import OpenUnit, Positive, Real, Variable, symbols_of
from claims.laws import Bernoulli
from claims.notation import Density, Expectation, NamedLaw, Normal
from derivations.check import Holds, Open, link

WHERE = (Variable("x", Real()), Variable("z", Real()), Variable("m", Real()), Variable("s", Positive()))
COIN = (*WHERE, Variable("t", OpenUnit()))
x, z, m, s, t = symbols_of(COIN)
NOISE, P, Q = Normal(0, 1), NamedLaw("p"), NamedLaw("q")
TRUE = [
    (sp.Derivative(Expectation((m + s * z) ** 2, z, NOISE), m), 2 * m),
    (sp.Derivative(Expectation((m + s * z) ** 2, z, NOISE), s), 2 * s),
    (sp.Derivative(m * Expectation(sp.exp(m * x), x, P), m), Expectation((1 + m * x) * sp.exp(m * x), x, P)),
    (sp.Derivative(Expectation((x - m) ** 2, x, P), m, m), sp.Integer(2)),
    (Expectation(x**2 * Density(Q, x) / Density(P, x), x, P), Expectation(x**2, x, Q)),
    (Expectation(Density(Q, x) / Density(P, x), x, P), sp.Integer(1)),
]
NOT_PROVED = [
    (sp.Derivative(Expectation(x**2, x, Normal(m, s**2)), m), sp.Integer(0)),
    (sp.Derivative(Expectation(t * x, x, Bernoulli(t)), t), t),
    (Expectation(Density(P, x) / Density(Q, x), x, P), sp.Integer(1)),
    (Expectation(x * Density(Q, x), x, P), Expectation(x, x, Q)),
    (Expectation(Density(Q, m) / Density(P, m), x, P), sp.Integer(1)),
]


@pytest.mark.parametrize(("left", "right"), TRUE, ids=str)
def test_what_is_true_is_proved(left, right):
    assert link(left, right, COIN) == Holds()


@pytest.mark.parametrize(("left", "right"), NOT_PROVED, ids=str)
def test_what_is_false_is_not_proved(left, right):
    assert link(left, right, COIN, budget=3.0) != Holds()


def test_a_law_that_moves_with_an_abstract_function_is_left_open():
    moving = sp.Derivative(Expectation(Density(P, x), x, Normal(m, s**2)), m)
    assert isinstance(link(moving, sp.Integer(0), COIN), Open)


@pytest.mark.parametrize(
    "left",
    [
        sp.Derivative(Expectation(Density(P, x), x, Normal(m, s**2)), m),
        sp.Integral(Density(P, z) - Density(Q, z), (z, 0, m)),
        sp.Derivative(Density(P, m), m),
    ],
    ids=str,
)
def test_what_is_left_of_a_slope_or_an_integral_of_notation_is_not_zero(left):
    """As a symbol, the notation would have the slope zero."""
    assert isinstance(link(left, sp.Integer(0), COIN, budget=3.0), Open)

"""Derivatives, limits and determinants as numbers: what the definitions give is what calculus gives."""

from __future__ import annotations

import pytest
import sympy as sp

from claims.domains import Positive, Real, Variable, symbols_of
from claims.laws import Beta, Exponential, Gamma, Uniform
from claims.notation import KL, Covariance, CrossEntropy, Expectation, Normal, Variance
from numerics.undetermined import Undetermined
from numerics.written import SLACK, worth

WHERE = (Variable("x", Real()), Variable("r", Positive()), Variable("n", Positive()))
x, r, n = symbols_of(WHERE)
POINT = {"x": sp.Rational(-2, 3), "r": sp.Rational(5, 4)}
KNOWN = [
    (sp.Derivative(sp.exp(r * x), x, 2), r**2 * sp.exp(r * x)),
    (sp.Derivative(x**3 * r**2, x, r), 6 * x**2 * r),
    (sp.Limit((1 + x / n) ** n, n, sp.oo), sp.exp(x)),
    (sp.Limit((sp.exp(n * x) - 1) / n, n, 0), x),
    (sp.Limit(n * sp.Derivative(sp.log(n**3 + r), n), n, sp.oo), sp.Integer(3)),
    (
        sp.Determinant(sp.Matrix([[x, 1, r], [2, sp.Derivative(x**2, x), 0], [r, 3, x]])),
        2 * x**3 - 2 * x + 6 * r - 2 * x * r**2,
    ),
]


@pytest.mark.parametrize(("written", "value"), KNOWN, ids=lambda e: type(e).__name__)
def test_the_definition_gives_the_value(written, value):
    ball, exact = worth(written, POINT, WHERE), worth(value, POINT, WHERE)
    assert ball.overlaps(exact)
    assert float(ball.rad()) <= 2 * SLACK * (1 + abs(float(exact.mid())))


@pytest.mark.parametrize(("written", "value"), KNOWN, ids=lambda e: type(e).__name__)
def test_a_value_next_to_it_is_told_apart(written, value):
    assert not worth(written, POINT, WHERE).overlaps(worth(value + sp.Rational(1, 10**12), POINT, WHERE))


def test_the_derivative_of_what_is_known_to_few_digits_is_no_number():
    """An integral is enclosed to some forty digits, and a quotient of step 1e-25 has to be right to 1e-18."""
    u = sp.Symbol("u", real=True)
    known = sp.log(Expectation(sp.exp(x * u), u, Uniform(0, 1)))
    try:
        ball = worth(sp.Derivative(known, x), POINT, WHERE)
    except Undetermined as why:
        assert "few digits" in str(why)
    else:
        slope = sp.diff(sp.log((sp.exp(x) - 1) / x), x)
        assert ball.overlaps(worth(slope, POINT, WHERE))


@pytest.mark.parametrize("kind", [KL, CrossEntropy])
@pytest.mark.parametrize(("p", "q"), [(Normal(0, 1), Exponential(1)), (Gamma(2, 1), Beta(1, 2))], ids=str)
def test_a_law_that_reaches_beyond_the_other_has_no_divergence_from_it(kind, p, q):
    with pytest.raises(TypeError, match="has mass where"):
        worth(kind(p, q), {}, ())


def test_variances_and_covariances_are_sums_and_integrals_too():
    assert float(worth(Variance(x**2, x, Gamma(2, 1)), {}, (), 128).mid()) == pytest.approx(120 - 36)
    assert float(worth(Covariance(x, 1 / x, x, Gamma(3, 1)), {}, (), 128).mid()) == pytest.approx(1 - 3 / 2)


def test_a_derivative_of_what_is_averaged_over_is_taken_at_each_place():
    """A letter that is bound in a mean is another than one of the same name outside, whatever value that has."""
    where = (Variable("x", Real()), Variable("m", Real()))
    x, m = symbols_of(where)
    point = {"x": sp.Integer(5), "m": sp.Integer(2)}
    cubic = Expectation(sp.Derivative(m * x**3, x), x, Normal(m, 1))
    assert float(worth(cubic, point, where).mid()) == pytest.approx(3 * 2 * (4 + 1))
    square = x + Expectation(sp.Derivative((x - m) ** 2, m), x, Normal(0, 1))
    assert float(worth(square, point, where).mid()) == pytest.approx(5 + 4)
    with pytest.raises(Undetermined):
        worth(Expectation(sp.Limit(x * m, m, x), x, Normal(0, 1)), point, where)

"""What the engine knows of moments, integrals, extrema and cases is true by quadrature, and it claims no more."""

from __future__ import annotations

import pytest
import sympy as sp
from scipy.integrate import quad

from claims.domains import Integer, OpenUnit, Positive, Real, Variable, symbols_of
from claims.laws import Bernoulli, Beta, Exponential, Gamma, Poisson, Uniform
from claims.notation import Argmax, Argmin, Entropy, Expectation, NamedLaw, Normal
from derivations.check import Holds, link
from derivations.moments import moment
from derivations.signs import by_sign
from derivations.standard_integrals import standard_integral

WHERE = (
    Variable("x", Real()),
    Variable("r", Positive()),
    Variable("p", OpenUnit()),
    Variable("k", Integer(1)),
    Variable("z", Real()),
)
x, r, p, k, z = symbols_of(WHERE)
HALF, THIRD = sp.Rational(1, 2), sp.Rational(1, 3)
LAWS = [
    Normal(THIRD, 2),
    Exponential(sp.Rational(3, 2)),
    Uniform(-HALF, 2),
    Gamma(HALF, 2),
    Beta(sp.Rational(3, 2), 2),
    Poisson(2),
]


@pytest.mark.parametrize("law", LAWS, ids=str)
@pytest.mark.parametrize("power", [0, 1, 2, 3, 5])
def test_moments_are_those_of_scipys_laws(law, power):
    from scipy import stats

    a = [float(v) for v in law.args]
    frozen = {
        "Normal": lambda: stats.norm(a[0], a[1] ** 0.5),
        "Exponential": lambda: stats.expon(scale=1 / a[0]),
        "Uniform": lambda: stats.uniform(a[0], a[1] - a[0]),
        "Gamma": lambda: stats.gamma(a[0], scale=1 / a[1]),
        "Beta": lambda: stats.beta(*a),
        "Poisson": lambda: stats.poisson(*a),
    }[type(law).__name__]()
    expected = 1.0 if power == 0 else frozen.expect(lambda v: v**power)
    assert float(moment(power, law)) == pytest.approx(expected, rel=1e-7)


@pytest.mark.parametrize("law", [NamedLaw("p"), Exponential(x), Normal(0, x), Gamma(r, x), Beta(x, r), Uniform(r, x)])
def test_a_law_whose_parameters_may_be_out_of_order_has_no_moments(law):
    assert moment(1, law) is None


t = sp.Symbol("t", real=True)
INTEGRALS = [
    (t**2 * (1 - t) ** HALF, 0, 1),
    (3 * t ** (-HALF), 0, 1),
    (t**2 * sp.exp(-3 * t), 0, sp.oo),
    (sp.exp(-t / 2) / 7, 0, sp.oo),
    (sp.exp(-2 * t**2 + t - 1), -sp.oo, sp.oo),
    (5 * sp.exp(-((t - 1) ** 2) / 3), -sp.oo, sp.oo),
    (t * sp.exp(1 - 2 * t), 0, sp.oo),
]


@pytest.mark.parametrize(("f", "low", "high"), INTEGRALS)
def test_integrals_are_what_quadrature_gives(f, low, high):
    expected, _ = quad(lambda v: float(f.subs(t, v)), float(low), float(high))
    found = standard_integral(f, t, sp.sympify(low, strict=True), sp.sympify(high, strict=True))
    assert float(found) == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize(
    ("f", "low", "high"),
    [
        (t**-1, 0, 1),
        (t**2 * (1 - t) ** -1, 0, 1),
        (t**x, 0, 1),
        (t * sp.exp(t), 0, sp.oo),
        (t * sp.exp(-x * t), 0, sp.oo),
        (sp.exp(-x * t**2), -sp.oo, sp.oo),
        (sp.exp(t**2), -sp.oo, sp.oo),
        (t * sp.exp(-(t**2)), -sp.oo, sp.oo),
        (sp.exp(-(t**2)), 0, sp.oo),
        (t**2 * (2 - t), 0, 1),
    ],
)
def test_an_integral_that_diverges_or_is_another_has_no_value_here(f, low, high):
    assert standard_integral(f, t, sp.sympify(low, strict=True), sp.sympify(high, strict=True)) is None


PROVED = [
    (Argmin((x - z) ** 2 + 3, x), z),
    (Argmax(k * sp.log(r) - 2 * r, r), k / 2),
    (Argmax(k * sp.log(p) + 2 * k * sp.log(1 - p), p), THIRD),
    (Argmin(sp.exp(x) - 2 * x, x), sp.log(2)),
    (sp.Max(z, 0) - sp.Max(-z, 0), z),
    (sp.Abs(z) * sp.sign(z), z),
    (Expectation(x**2, x, Bernoulli(p)), p),
    (Entropy(Exponential(r)), 1 - sp.log(r)),
    (r * sp.Min(1, k / r), k * sp.Min(1, r / k)),
    (sp.Max(r, 2), r + 2 - 2 * sp.Min(1, r / 2)),
    (sp.Min(r**2, r * k), r * sp.Min(r, k)),
    (sp.Min(1, sp.exp(z)), sp.exp(sp.Min(0, z))),
    (sp.Max(r, r * sp.exp(k)), r * sp.exp(k)),
    (sp.log(sp.exp(x) + sp.exp(z)), z + sp.log(1 + sp.exp(x - z))),
    (sp.Limit((1 - z / k) ** k, k, sp.oo), sp.exp(-z)),
    (sp.Limit((sp.exp(z + r) - sp.exp(z)) / r, r, 0), sp.exp(z)),
    (sp.Determinant(sp.Matrix([[sp.Derivative(x * z, x), x], [r, k]])), z * k - x * r),
    (sp.Derivative(x**3 * z, x, 2), 6 * x * z),
]
NOT_PROVED = [
    (Argmax((x - z) ** 2, x), z),
    (Argmin(x**3, x), sp.Integer(0)),
    (Argmax(sp.log(-r) - r, r), sp.Integer(1)),
    (Argmax(k * sp.log(x) - x, x), k),
    (Argmin(1 / x + x, x), sp.Integer(1)),
    (Argmin((r + 1) ** 2, r), sp.Integer(-1)),
    (Argmin((x**2 - 1) ** 2, x), sp.Integer(1)),
    (Argmax(sp.log(p) * k, p), sp.Integer(1)),
    (sp.Max(z, 0), z),
    (sp.Abs(z), sp.Max(z, 0)),
    (Expectation(x, x, Bernoulli(p)), p**2),
    (Entropy(Exponential(r)), 1 + sp.log(r)),
    (sp.Min(1, k / r), sp.Min(1, r / k)),
    (sp.Min(x, z), x * sp.Min(1, z / x)),
    (sp.Min(1, sp.exp(z)), sp.exp(sp.Max(0, z))),
    (sp.Max(r, r**k), r**k),
    (sp.Max(r, k), r + k + sp.Min(r, k)),
    (sp.log(sp.exp(x) + sp.exp(z)), z + sp.log(1 + sp.exp(z - x))),
    (sp.Limit((1 - z / k) ** k, k, sp.oo), sp.exp(z)),
    (sp.Determinant(sp.Matrix([[x, z], [r, k]])), x * k + z * r),
]


@pytest.mark.parametrize(("left", "right"), PROVED)
def test_what_is_true_is_proved(left, right):
    assert link(left, right, WHERE) == Holds()


@pytest.mark.parametrize(("left", "right"), NOT_PROVED)
def test_what_is_false_is_not_proved(left, right):
    assert link(left, right, WHERE, budget=3.0) != Holds()


def test_cases_cover_every_sign():
    assert set(map(str, by_sign(sp.Abs(z) - z))) == {"0", "2*_z"}
    assert by_sign(sp.Abs(r) + 1) == (r + 1,)

"""Gauss, tanh-sinh and adaptive rules with bounds: each is held to a value that is enclosed without it.

Planted: a pole close to the interval, a bound on the integrand that is too small, a remainder of the wrong degree, and
a law's rule that is turned round. Each gives a ball that misses the enclosure.
"""

from __future__ import annotations

from functools import reduce
from operator import mul

import pytest
import sympy as sp
from flint import acb, arb, ctx, fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from claims import laws
from claims.notation import KL, CrossEntropy, Density, Entropy, Expectation, Normal, Variance
from claims.records import replace
from numerics import adaptive, ellipses, envelopes, growth, means, orthogonal, standard_laws, tanh_sinh
from numerics.balls import enclose, rational
from numerics.bounded import Bounded, Estimate, said_of
from numerics.holomorphic import holomorphic
from numerics.means import averaged
from numerics.orthogonal import LEGENDRE, Hermite, Jacobi, Laguerre, gauss_rule
from numerics.sides import Side
from numerics.undetermined import Undetermined

x, y, z = sp.symbols("x y z", real=True)
half = sp.Rational(1, 2)
WEIGHTS = [
    Hermite(), Laguerre(fmpq(0)), Laguerre(fmpq(-1, 2)), Laguerre(fmpq(7, 3)), LEGENDRE,
    Jacobi(fmpq(1, 2), fmpq(1, 2)), Jacobi(fmpq(-3, 4), fmpq(5, 2)), Jacobi(fmpq(-1, 2), fmpq(-1, 2)),
]  # fmt: skip
named = pytest.mark.parametrize("weight", WEIGHTS, ids=str)


def exactly(e: sp.Basic) -> arb:
    return enclose(sp.sympify(e), 256)


def moment(weight: orthogonal.Weight, k: int) -> sp.Expr:
    """The mean of x^k under a weight, from gamma functions."""
    match weight:
        case Hermite():
            return sp.factorial2(k - 1) if k % 2 == 0 else sp.S.Zero
        case Laguerre(alpha=a):
            a = sp.Rational(int(a.p), int(a.q))
            return sp.gamma(k + 1 + a) / sp.gamma(1 + a)
        case Jacobi(alpha=a, beta=b):
            p, q = (sp.Rational(int(v.p), int(v.q)) for v in (a, b))
            whole = sum(sp.binomial(k, j) * 2**j * (-1) ** (k - j) * sp.beta(q + 1 + j, p + 1) for j in range(k + 1))
            return whole / sp.beta(q + 1, p + 1)


# Rules.


@named
@pytest.mark.parametrize("n", [1, 2, 5, 8])
def test_n_nodes_are_exact_to_degree_2n_less_1_and_not_to_2n(weight, n):
    rule = gauss_rule(weight, n)
    for k in range(2 * n + 1):
        with ctx.workprec(192):
            found, true = sum((w * reduce(mul, [v] * k, arb(1)) for v, w in rule), arb(0)), exactly(moment(weight, k))
        assert found.overlaps(true) == (k < 2 * n), k
        assert found.rad() < arb(10) ** -25 * (1 + abs(true))


@named
def test_a_zero_that_is_only_a_guess_is_refused(weight, monkeypatch):
    """Planted: Newton's method stops next to the zero."""
    right = orthogonal._polished
    monkeypatch.setattr(orthogonal, "_polished", lambda v, steps: right(v, steps) + arb(2) ** -60)
    gauss_rule.cache_clear()
    try:
        with pytest.raises(Undetermined, match="bracketed"):
            gauss_rule(weight, 6)
    finally:
        gauss_rule.cache_clear()


# Bernstein's bound.

ANALYTIC = {
    "exp": (sp.exp(x), (sp.E - 1 / sp.E) / 2),
    "a pole at a distance": (1 / (3 - x), sp.log(2) / 2),
    "a pole close to the interval": (1 / (sp.Rational(21, 20) - x), sp.log(41) / 2),
    "poles beside it": (1 / (sp.Rational(1, 16) + x**2), 4 * sp.atan(4)),
    "a branch close to an end": (sp.sqrt(sp.Rational(11, 10) + x), (sp.Rational(21, 10) ** sp.Rational(3, 2)
                                                                - sp.Rational(1, 10) ** sp.Rational(3, 2)) / 3),
    "a wave": (sp.cos(12 * x), sp.sin(12) / 12),
}  # fmt: skip


def by_rule(f: sp.Expr, nodes: int) -> arb:
    """The mean over (−1, 1), with Bernstein's bound."""
    with ctx.workprec(192):
        on = holomorphic(f, x, exactly)
        found = list(ellipses.ellipses(lambda v: on(v, True), arb(-1), arb(1)))
        total = sum((w * on(acb(v), False).real for v, w in gauss_rule(LEGENDRE, nodes)), arb(0))
        return total + arb(0, ellipses.error_bound(found, nodes))


@pytest.mark.parametrize("name", ANALYTIC)
@pytest.mark.parametrize("nodes", [4, 8, 16, 48])
def test_the_error_of_a_rule_lies_within_bernsteins_bound(name, nodes):
    f, exact = ANALYTIC[name]
    assert by_rule(f, nodes).overlaps(exactly(exact))


def test_the_bound_shrinks_with_the_nodes_and_grows_next_to_a_pole():
    radii = [float(by_rule(ANALYTIC["exp"][0], n).rad()) for n in (4, 8, 16)]
    assert radii[0] > 1e3 * radii[1] > 1e6 * radii[2]
    near, far = (float(by_rule(ANALYTIC[n][0], 16).rad()) for n in ("a pole close to the interval", "exp"))
    assert near > 1e6 * far


@pytest.mark.parametrize("f", [1 / x, sp.sqrt(x), sp.log(1 + x), sp.Abs(x), 1 / (x**2 + sp.Rational(1, 10**6))])
def test_no_ellipse_is_found_where_a_function_is_not_surely_analytic_around_the_interval(f):
    on = holomorphic(f, x, exactly)
    assert list(ellipses.ellipses(lambda v: on(v, True), arb(-1), arb(1))) == []


@pytest.mark.parametrize("name", ["a pole close to the interval", "poles beside it", "a wave"])
def test_a_bound_on_the_integrand_that_is_too_small_is_caught(name, monkeypatch):
    """Planted: M is what f is on the interval itself, on an ellipse that holds the pole."""
    f, exact = ANALYTIC[name]
    monkeypatch.setattr(ellipses, "greatest", lambda *_: arb(20))
    assert not by_rule(f, 8).overlaps(exactly(exact))


# Hermite's remainder.

ENTIRE = [
    (sp.exp(x / 2), Hermite(), sp.exp(sp.Rational(1, 8))),
    (sp.cos(2 * x), Hermite(), sp.exp(-2)),
    (x**2 * sp.exp(x), Hermite(), 2 * sp.exp(half)),
    (sp.exp(-(x**2) / 8), Hermite(), 1 / sp.sqrt(sp.Rational(5, 4))),
    (sp.cosh(x), Hermite(), sp.exp(half)),
    (sp.exp(-x / 2), Laguerre(fmpq(1, 2)), sp.Rational(2, 3) ** sp.Rational(3, 2)),
    (sp.exp(x / 4), Laguerre(fmpq(1, 2)), sp.Rational(4, 3) ** sp.Rational(3, 2)),
    (x * sp.sin(x / 2), Laguerre(fmpq(0)), sp.Rational(16, 25)),
]


@pytest.mark.parametrize(("f", "weight", "exact"), ENTIRE)
@pytest.mark.parametrize("nodes", [3, 6, 12, 24])
def test_the_error_of_a_rule_lies_within_the_remainder(f, weight, exact, nodes):
    with ctx.workprec(192):
        on, bound = holomorphic(f, x, exactly), growth.remainder(f, x, weight, nodes, exactly)
        total = sum((w * on(acb(v), False).real for v, w in gauss_rule(weight, nodes)), arb(0))
        off = abs(total - exactly(exact))
        assert not off > bound
        assert nodes > 6 or off > bound * arb(10) ** -12  # and not far above the error


@pytest.mark.parametrize(("f", "weight", "exact"), ENTIRE)
def test_a_remainder_of_twice_the_degree_is_caught(f, weight, exact, monkeypatch):
    """Planted: r^(−4n) for r^(−2n), as if each node counted four times."""
    right = growth._remainder
    monkeypatch.setattr(growth, "_remainder", lambda of, r, w, n: right(of, r, w, n) * r ** (-2 * n))
    with ctx.workprec(192):
        on, bound = holomorphic(f, x, exactly), growth.remainder(f, x, weight, 6, exactly)
        total = sum((w * on(acb(v), False).real for v, w in gauss_rule(weight, 6)), arb(0))
        assert not abs(total - exactly(exact)) < bound


@pytest.mark.parametrize("weight", [Hermite(), Laguerre(fmpq(1, 2))], ids=str)
def test_the_tilted_norm_is_what_a_larger_rule_gives(weight):
    with ctx.workprec(192):
        rate, inner = arb(1) / 4, gauss_rule(weight, 5)
        total = arb(0)
        for v, w in gauss_rule(weight, 60):
            square = arb(1)
            for node, _ in inner:
                square *= (v - node) ** 2
            tilt = (rate * v).exp() + ((-rate * v).exp() if isinstance(weight, Hermite) else 0)
            total += w * square * tilt
        assert total.overlaps(growth._tilted(weight, 5, rate) + arb(0, 1e-12) * total)


@pytest.mark.parametrize("f", [sp.log(1 + sp.exp(x)), 1 / (1 + x**2), sp.exp(x**2 / 4), sp.Abs(x), sp.tanh(x)])
def test_a_function_with_a_pole_a_crease_or_too_much_growth_has_no_remainder(f):
    with pytest.raises(Undetermined):
        growth.remainder(f, x, Hermite(), 24, exactly)


@given(st.integers(0, 6), st.integers(1, 4), st.integers(0, 3))
def test_degrees_are_never_too_small(a, b, c):
    f = (x**a + 3) ** b * (y * x) ** c - x
    assert growth.degree(f, x) >= sp.degree(sp.expand(f), x)
    assert growth.degree(sp.exp(f), x) is None or not sp.exp(f).has(x)


# Tanh-sinh.

ENDS = {
    "a root under the line": (1 / sp.sqrt(x), 0, 1, 2),
    "a log": (sp.log(x), 0, 1, -1),
    "nearly no integral": (x ** sp.Rational(-9, 10), 0, 1, 10),
    "both ends": (sp.sqrt(x) * (1 - x) ** sp.Rational(-1, 3) * sp.log(1 - x), 0, 1, sp.beta(3 * half, sp.Rational(2, 3))
                  * (sp.digamma(sp.Rational(2, 3)) - sp.digamma(sp.Rational(13, 6)))),
    "a square of a log": (sp.log(x) ** 2 / sp.sqrt(x), 0, 1, 16),
    "a half-line": (sp.exp(-x) / sp.sqrt(x), 0, sp.oo, sp.sqrt(sp.pi)),
    "euler": (sp.exp(-x) * sp.log(x), 0, sp.oo, -sp.EulerGamma),
    "a line": (sp.exp(-(x**2)), -sp.oo, sp.oo, sp.sqrt(sp.pi)),
    "smooth": (1 / (1 + x**2), 0, 1, sp.pi / 4),
    "another slope": (1 / sp.sqrt(6 - 2 * x), 1, 3, 2),
}  # fmt: skip


def by_tanh_sinh(name: str) -> arb:
    f, low, high, _ = ENDS[name]
    return tanh_sinh.integrated(f, x, sp.sympify(low), sp.sympify(high), exactly, rational).ball


@pytest.mark.parametrize("name", ENDS)
def test_tanh_sinh_holds_the_integral_and_nothing_next_to_it(name):
    with ctx.workprec(128):
        ball, true = by_tanh_sinh(name), exactly(ENDS[name][3])
        assert ball.overlaps(true)
        assert ball.rad() < arb(10) ** -16
        assert not ball.overlaps(true + arb(10) ** -15)


@pytest.mark.parametrize(
    ("f", "low", "high"),
    [(1 / x, 0, 1), (1 / (x - half), 0, 1), (sp.sqrt(x - half), 0, 1), (sp.Abs(x - half), 0, 1),
     (1 / x**2, 0, 1), (sp.exp(x), 0, sp.oo), (1 / (x**2 + sp.Rational(1, 10**4)), -1, 1)],
)  # fmt: skip
def test_tanh_sinh_without_a_bound_gives_nothing(f, low, high):
    with pytest.raises(Undetermined):
        tanh_sinh.integrated(f, x, sp.sympify(low), sp.sympify(high), exactly, rational)


def test_a_tail_of_the_sum_that_is_left_out_is_caught(monkeypatch):
    """Planted: the sum is cut off early, and nothing is added for it."""
    right = tanh_sinh._Line._cut
    monkeypatch.setattr(tanh_sinh._Line, "_cut", lambda self, strip, goal: (arb(3) / 2, arb(0)))
    assert not by_tanh_sinh("a log").overlaps(arb(-1))
    monkeypatch.setattr(tanh_sinh._Line, "_cut", right)
    assert by_tanh_sinh("a log").overlaps(arb(-1))


def test_a_strip_whose_bound_is_too_small_is_caught(monkeypatch):
    """Planted: M is a trillionth of what it is; a pole next to the range then asks for too few nodes."""
    right = tanh_sinh._Line._along
    f, low, high = 1 / (sp.Rational(1, 16) + x**2), sp.Integer(-1), sp.Integer(1)
    true = exactly(8 * sp.atan(4))
    assert tanh_sinh.integrated(f, x, low, high, exactly, rational, -24).ball.overlaps(true)
    monkeypatch.setattr(tanh_sinh._Line, "_along", lambda self, d, far: right(self, d, far) and arb(10) ** -7)
    assert not tanh_sinh.integrated(f, x, low, high, exactly, rational, -30).ball.overlaps(true)


# Adaptive product rules.


def side(variable: sp.Symbol, low: object, high: object) -> Side:
    return Side(variable, sp.sympify(low), sp.sympify(high))


def test_a_lying_bound_is_caught_in_two_dimensions(monkeypatch):
    """Planted: the integrand is called at most one on every ellipse, next to a pole."""
    f, sides = 1 / (sp.Rational(11, 10) - x * y), [side(x, 0, 1), side(y, 0, 1)]
    true = enclose(sp.Integral(f, (y, 0, 1), (x, 0, 1)))
    assert adaptive.integrated(f, sides, exactly).ball.overlaps(true)
    monkeypatch.setattr(adaptive, "ellipses", lambda *_: [ellipses.Ellipse(arb(12), arb(1))])
    assert not adaptive.integrated(f, sides, exactly).ball.overlaps(true)


def test_a_crease_is_enclosed_by_ranges_and_not_wrongly():
    f = sp.Abs(x - sp.Rational(1, 3))
    ball = adaptive.integrated(f, [side(x, 0, 1)], exactly).ball
    assert ball.overlaps(exactly(sp.Rational(5, 18)))
    assert ball.rad() < arb(10) ** -9


def test_a_dimension_that_is_left_out_of_the_error_is_caught(monkeypatch):
    """Planted: two nodes in the second variable, whatever its bound."""
    f, sides = sp.exp(3 * x * y), [side(x, 0, 1), side(y, 0, 1)]
    true = enclose(sp.Integral(f, (y, 0, 1), (x, 0, 1)))
    right = adaptive._Box._nodes

    def careless(self, part, goal):
        found = right(self, part, goal)
        return found if isinstance(found, int) else ([found[0][0], 2], found[1])

    assert adaptive.integrated(f, sides, exactly).ball.overlaps(true)
    monkeypatch.setattr(adaptive._Box, "_nodes", careless)
    assert not adaptive.integrated(f, sides, exactly).ball.overlaps(true)


# Means.

MEANS = [
    (KL(Normal(1, 4), Normal(0, 9)), sp.log(sp.Rational(3, 2)) + sp.Rational(5, 18) - half, means.EXACT),
    (Expectation(sp.exp(x / 2), x, Normal(0, 1)), sp.exp(sp.Rational(1, 8)), means.REMAINDER),
    (Expectation(sp.exp(x), x, laws.Uniform(0, 2)), (sp.exp(2) - 1) / 2, means.BERNSTEIN),
    (Expectation(1 / (2 + x), x, laws.Wigner(1)), 4 - 2 * sp.sqrt(3), means.BERNSTEIN),
    (Entropy(laws.Gamma(3, 2)), 3 - sp.log(2) + sp.log(2) - 2 * sp.digamma(3), f"{means.EXACT}, {means.TANH_SINH}"),
    (Expectation(sp.log(x), x, laws.Beta(half, 2)), sp.digamma(half) - sp.digamma(5 * half), means.TANH_SINH),
    (Variance(x, x, laws.ChiSquared(5)), sp.Integer(10), means.EXACT),
    (Expectation(x * y, x, Normal(y, 1)).func(Expectation(x * y, x, Normal(y, 1)), y, Normal(2, 3)), sp.Integer(7),
     means.EXACT),
    (Expectation(Expectation(x, x, Normal(y, 1)) ** 2, y, Normal(1, 1)), sp.Integer(2), means.EXACT),
    (Expectation(sp.exp(-(x - y) ** 2 / 2), x, Normal(0, 1)).func(
        Expectation(sp.exp(-(x - y) ** 2 / 2), x, Normal(0, 1)), y, Normal(0, 1)), 1 / sp.sqrt(3), means.ADAPTIVE),
    (Expectation(x**2, x, laws.LogNormal(0, 1)), sp.exp(2), means.REMAINDER),
    (Expectation(sp.Abs(x), x, laws.Uniform(-1, 2)), sp.Rational(5, 6), means.ADAPTIVE),
]  # fmt: skip


@pytest.mark.parametrize(("expr", "exact", "by"), MEANS)
def test_a_mean_is_bounded_and_says_by_what(expr, exact, by):
    found = averaged(expr)
    assert isinstance(found, Bounded)
    assert found.ball.overlaps(exactly(exact))
    assert found.ball.rad() < arb(10) ** -8
    assert not found.ball.overlaps(exactly(exact) + arb(10) ** -7)
    assert found.by == by


@settings(max_examples=20, deadline=None)
@given(st.fractions(1, 5, max_denominator=4), st.fractions(1, 5, max_denominator=4), st.integers(-2, 2))
def test_bounded_means_hold_what_the_definition_gives(a, b, c):
    first, second = sp.Rational(a.numerator, a.denominator), sp.Rational(b.numerator, b.denominator)
    for law, exact in (
        (laws.Gamma(first, second), (1 - c / (4 * second)) ** -first),
        (Normal(first, second), sp.exp(c * first / 4 + sp.Rational(c**2, 32) * second)),
    ):
        found = averaged(Expectation(sp.exp(c * x / 4), x, law))
        assert isinstance(found, Bounded)
        assert found.ball.overlaps(exactly(exact))


def test_logs_and_ratios_of_exponentials_are_bounded_together():
    """log(1 + eˣ) − log(1 + e⁻ˣ) is x, and tanh is odd: neither half of them is known in closed form."""
    normal, up, down = Normal(1, 2), sp.log(1 + sp.exp(x)), sp.log(1 + sp.exp(-x))
    tanh = (sp.exp(x) - sp.exp(-x)) / (sp.exp(x) + sp.exp(-x))
    for expr, exact in (
        (Expectation(up, x, normal) - Expectation(down, x, normal), 1),
        (Expectation(tanh, x, Normal(1, 1)) + Expectation(tanh, x, Normal(-1, 1)), 0),
        (Expectation(tanh**2, x, Normal(0, 1)) + Expectation(4 / (sp.exp(x) + sp.exp(-x)) ** 2, x, Normal(0, 1)), 1),
    ):
        found = averaged(expr)
        assert isinstance(found, Bounded)
        assert found.ball.overlaps(arb(exact))
        assert found.ball.rad() < arb(10) ** -15
        assert found.by == means.ADAPTIVE


def test_a_range_that_is_cut_off_without_a_bound_on_the_rest_is_caught(monkeypatch):
    """Planted: the line is cut off at 3, and what lies beyond is called nothing."""
    expr = Expectation(sp.log(1 + sp.exp(20 * x)), x, Normal(2, 1))
    right = averaged(expr)
    assert isinstance(right, Bounded)
    monkeypatch.setattr(envelopes.Beyond, "cut_below", lambda self, goal, infinite: (arb(3), arb(0)))
    means.averaged.cache_clear()
    try:
        wrong = averaged(expr)
        assert isinstance(wrong, Bounded)
        assert not wrong.ball.overlaps(right.ball)
    finally:
        means.averaged.cache_clear()


def test_without_a_bound_an_estimate_says_so_and_why():
    for expr, why in (
        (Expectation(sp.log(x**2), x, Normal(0, 1)), "log"),
        (Expectation(sp.log(1 + x**2), x, Normal(0, 1)), "log"),
    ):
        found = averaged(expr)
        assert isinstance(found, Estimate)
        assert why in found.why
        assert said_of([found, found]).startswith("an estimate, not a bound, at 2 of 2 points")
        assert "an estimate, not a bound, at 1 of 2" in said_of([found, averaged(MEANS[0][0])])
    assert said_of([averaged(MEANS[0][0])]) == f"bounded: {means.EXACT}"
    with pytest.raises(TypeError):
        averaged(Expectation(x, x, laws.Cauchy(0, 1)))


def test_a_rule_too_small_for_its_polynomial_is_caught(monkeypatch):
    """Planted: one node fewer than the degree asks for, still called exact."""
    right = means._exactly
    monkeypatch.setattr(means, "_exactly", lambda f, axes, n, said: right(f, axes, [k - 1 for k in n], said))
    means.averaged.cache_clear()
    try:
        found = averaged(Expectation(x**4, x, Normal(0, 1)))
        assert isinstance(found, Bounded)
        assert not found.ball.overlaps(arb(3))
    finally:
        means.averaged.cache_clear()


def test_a_weight_that_is_turned_round_is_caught(monkeypatch):
    """Planted: the powers of the two ends of a beta law swapped."""
    swapped = {laws.Beta: lambda t, a, b: standard_laws._beta(t, b, a)}
    monkeypatch.setattr(standard_laws, "_STANDARD", {**standard_laws._STANDARD, **swapped})
    means.averaged.cache_clear()
    try:
        assert not averaged(Expectation(x, x, laws.Beta(2, 5))).ball.overlaps(exactly(sp.Rational(2, 7)))
    finally:
        means.averaged.cache_clear()


@pytest.mark.parametrize(
    "expr",
    [KL(Normal(0, 1), laws.Exponential(1)), CrossEntropy(Normal(0, 1), laws.Gamma(1, 1)),
     KL(laws.Uniform(0, 2), laws.Beta(1, 1)), Expectation(sp.log(Density(laws.Exponential(2), x)), x, Normal(0, 1)),
     Expectation(Density(laws.Exponential(2), x - 1), x, laws.Gamma(2, 1)),
     Density(laws.Exponential(1), sp.Integer(-1)), Density(laws.Uniform(0, 1), sp.Integer(2))],
)  # fmt: skip
def test_a_density_beyond_its_support_has_neither_bound_nor_estimate(expr):
    """Its formula goes on there, and −log(e^(−x)) is a polynomial: planted by laws that reach further."""
    with pytest.raises(standard_laws.BeyondSupport):
        averaged(expr)


def test_a_density_on_its_support_has_a_bound():
    for expr, exact in (
        (KL(laws.Exponential(1), laws.Gamma(1, 2)), 1 - sp.log(2)),
        (CrossEntropy(laws.Beta(2, 2), laws.Uniform(0, 1)), sp.S.Zero),
        (Expectation(Density(laws.Exponential(2), x), x, laws.Gamma(1, 1)), sp.Rational(2, 3)),
        (Density(laws.Exponential(2), sp.Integer(1)), 2 * sp.exp(-2)),
    ):
        found = averaged(expr)
        assert isinstance(found, Bounded)
        assert found.ball.overlaps(exactly(exact))


def test_an_estimate_is_never_taken_for_a_bound():
    assert not isinstance(Estimate(arb(1), "no bound"), Bounded)
    with pytest.raises(TypeError):
        replace(Estimate(arb(1), "no bound"), by="a theorem")

"""Integrals over boxes are enclosed: the ball holds what calculus gives and excludes what is next to it.

Planted: a quadrature that isn't asked to check analyticity, and inner errors that are dropped, give balls that miss.
"""

from __future__ import annotations

import numpy as np
import pytest
import sympy as sp
from flint import acb, arb
from hypothesis import given, settings
from hypothesis import strategies as st

from numerics import adaptive, boxes, envelopes, holomorphic
from numerics.balls import enclose
from numerics.boxes import enclosed
from numerics.cubature import over
from numerics.sides import Side, reach
from numerics.undetermined import Undetermined

x, y, z = sp.symbols("x y z", real=True)


def reaches_of(sides):
    found = {}
    for one in sides:
        found[one.variable] = reach(one, found, enclose)
    return list(found.values())


def side(variable: sp.Symbol, low: object, high: object) -> Side:
    return Side(variable, sp.sympify(low), sp.sympify(high))


UNIT = [side(v, 0, 1) for v in (x, y, z)]
KNOWN = {
    "one variable": (sp.exp(x), UNIT[:1], sp.E - 1),
    "a product": (sp.exp(x + y), UNIT[:2], (sp.E - 1) ** 2),
    "a triangle": (x * y, [UNIT[0], side(y, 0, x)], sp.Rational(1, 8)),
    "a dilogarithm": (1 / (1 + x * y), UNIT[:2], sp.pi**2 / 12),
    "a bell": (sp.exp(-(x**2) - y**2), [side(x, -6, 6), side(y, -6, 6)], sp.pi * sp.erf(6) ** 2),
    "a disc": (sp.Integer(1), [side(x, -1, 1), side(y, -sp.sqrt(1 - x**2), sp.sqrt(1 - x**2))], sp.pi),
    "a root at a corner": (sp.sqrt(x + y), UNIT[:2], sp.Rational(8, 15) * (2 * sp.sqrt(2) - 1)),
    "a cube": (sp.exp(x + y + z), UNIT, (sp.E - 1) ** 3),
    "a simplex": (x * y * z, [UNIT[0], side(y, 0, 1 - x), side(z, 0, 1 - x - y)], sp.Rational(1, 720)),
    "a side from above": (x * y, [side(x, 1, 0), UNIT[1]], -sp.Rational(1, 4)),
}


PLANE = [side(x, -sp.oo, sp.oo), side(y, -sp.oo, sp.oo)]
QUADRANT = [side(x, 0, sp.oo), side(y, 0, sp.oo)]
UNBOUNDED = {
    "a bell on the plane": (sp.exp(-(x**2) - y**2), PLANE, sp.pi),
    "a tilted bell": (sp.exp(-(x**2) - x * y - y**2), PLANE, 2 * sp.pi / sp.sqrt(3)),
    "a bell off the middle": (
        sp.exp(-((x - 1) ** 2) / 2 - (y + 2) ** 2 / 2 + 1), PLANE, 2 * sp.pi * sp.E,
    ),
    "a moment": (x**2 * y**2 * sp.exp(-(x**2) / 2) * sp.exp(-(y**2) / 2), PLANE, 2 * sp.pi),
    "a quadrant": (sp.exp(-x - 2 * y), QUADRANT, sp.Rational(1, 2)),
    "a half-line from below zero": (sp.exp(-x), [side(x, -2, sp.oo), UNIT[1]], sp.exp(2)),
    "downwards": (y * sp.exp(3 * x), [side(x, -sp.oo, 0), UNIT[1]], sp.Rational(1, 6)),
    "beside a finite side": (sp.exp(-(x**2)) * y, [side(x, -sp.oo, sp.oo), UNIT[1]], sp.sqrt(sp.pi) / 2),
    "a wedge": (sp.exp(-(x**2) - y**2), [side(x, 0, sp.oo), side(y, 0, x)], sp.pi / 8),
    "a wave": (sp.cos(x + y) * sp.exp(-(x**2) / 2 - y**2 / 2), PLANE, 2 * sp.pi / sp.E),
    "a sum": ((1 + x) * sp.exp(-x - y) + sp.exp(-(x**2) - y), QUADRANT, 2 + sp.sqrt(sp.pi) / 2),
    "over a denominator": (sp.exp(-(y**2)) * x / (1 + x**2 + y**2) * sp.exp(-(x**2)), PLANE, sp.Integer(0)),
    "in space, two tied": (
        z**2 * sp.exp(-(x**2) - x * y - y**2 - z**2), [*PLANE, side(z, -sp.oo, sp.oo)],
        2 * sp.pi / sp.sqrt(3) * sp.sqrt(sp.pi) / 2,
    ),
    "in space, one infinite": (
        (z + y * x) * sp.exp(-x), [UNIT[1], side(x, 0, sp.oo), UNIT[2]], sp.Integer(1)
    ),
    "in space, three tied": (
        sp.exp(-(x**2) - y**2 - z**2 - x * y / 2 - y * z / 2), [*PLANE, side(z, -sp.oo, sp.oo)],
        sp.sqrt(sp.pi) ** 3 * 2 * sp.sqrt(2) / sp.sqrt(7),
    ),
    "three tied by a polynomial": (
        sp.exp(-x - y - z) * (x + y + z) ** 2, [*QUADRANT, side(z, 0, sp.oo)], sp.Integer(12)
    ),
    "three tied by their ends": (
        sp.exp(-x - y - z), [side(x, 0, sp.oo), side(y, x, sp.oo), side(z, y, sp.oo)], sp.Rational(1, 6)
    ),
    "a cone": (sp.exp(-x - y - z), [side(x, 0, sp.oo), side(y, 0, x), side(z, 0, y)], sp.Rational(1, 6)),
    "a log of exponentials": (
        y * x * (sp.log(1 + sp.exp(x)) - sp.log(1 + sp.exp(-x))) * sp.exp(-(x**2)),
        [side(x, -sp.oo, sp.oo), UNIT[1]], sp.sqrt(sp.pi) / 4,
    ),
    "a ratio of exponentials": (
        y * (1 + (sp.exp(x / 3) - sp.exp(-x / 3)) / (sp.exp(x / 3) + sp.exp(-x / 3))) * sp.exp(-(x**2)),
        [side(x, -sp.oo, sp.oo), UNIT[1]], sp.sqrt(sp.pi) / 2,
    ),
    "over exponentials": (
        y * x / (2 + sp.exp(x) + sp.exp(-x)) * sp.exp(-(x**2)), [side(x, -sp.oo, sp.oo), UNIT[1]], sp.Integer(0)
    ),
    "in space": (sp.exp(-(x**2) - y**2 - z**2), [*PLANE, side(z, -sp.oo, sp.oo)], sp.pi ** sp.Rational(3, 2)),
}  # fmt: skip


@pytest.mark.parametrize("name", UNBOUNDED)
def test_infinite_sides_are_enclosed_with_what_their_cut_leaves_out(name):
    f, sides, exact = UNBOUNDED[name]
    ball, true = enclosed(f, sides), enclose(exact, 128)
    assert ball.overlaps(true)
    assert not ball.overlaps(true + arb(10) ** -6 * (1 + abs(true)))
    assert ball.rad() < arb(10) ** -7


@pytest.mark.parametrize("name", UNBOUNDED)
def test_an_envelope_lies_above_its_integrand_and_its_tail_above_what_is_left(name):
    f, sides, _ = UNBOUNDED[name]
    letters = [s.variable for s in sides]
    reaches = reaches_of(sides)
    bound = envelopes.left_out(f, letters, reaches, enclose).bound
    rng = np.random.default_rng(5)
    for point in rng.uniform(-8, 8, (200, len(sides))):
        inside = [(v >= 0 or r.downwards or -v <= float(r.near)) and (r.upwards or v <= float(r.near))
                  for v, r in zip(point, reaches, strict=True)]  # fmt: skip
        if all(inside):
            height = abs(float(f.xreplace(dict(zip(letters, map(sp.Float, point), strict=True)))))
            cover = float(bound.factor)
            for v, part in zip(point, bound.along, strict=True):
                cover *= (1 + abs(v)) ** part.power * np.exp(-float(part.rate) * abs(v) ** part.order)
            assert height <= cover * (1 + 1e-9), (point, height, cover)


def test_a_variable_stays_within_the_reach_that_its_ends_give_it():
    for sides, expected in (
        ([side(x, -2, sp.oo), side(y, x, sp.oo)], (True, False, 2)),
        ([side(x, -2, sp.oo), side(y, 1 - 3 * x, 5)], (False, True, 12)),
        ([side(x, -2, 3), side(y, 1 - 3 * x, 5)], (False, False, 25)),
        ([side(x, 0, sp.oo), side(y, 0, x**2)], (True, True, 0)),
        ([side(x, 0, sp.oo), side(y, 0, x)], (True, False, 0)),
        ([side(x, 0, 1), side(y, -sp.oo, 2 * x)], (False, True, 4)),
    ):
        found = reaches_of(sides)[-1]
        assert (found.upwards, found.downwards) == expected[:2]
        assert not found.near < min(expected[2], 2)
        low, high = (float(found.near) * s for s in (-1, 1))
        rng = np.random.default_rng(3)
        for _ in range(50):
            here = {x: float(rng.uniform(-2 if sides[0].low == -2 else 0, 3 if sides[0].high == 3 else 1))}
            ends = [float(e.subs(here)) for e in (sides[1].low, sides[1].high) if not e.is_infinite]
            assert all((found.downwards or v >= low) and (found.upwards or v <= high) for v in ends)


def test_sides_tied_by_their_ends_are_not_taken_to_be_bounded(monkeypatch):
    """Planted: a side that begins at another variable is taken to begin at zero, where its integrand is cut off."""
    f, some, exact = UNBOUNDED["three tied by their ends"]
    monkeypatch.setattr(envelopes.Beyond, "cut_below", lambda self, goal, infinite: (arb(3), arb(0)))
    assert not enclosed(f, some).overlaps(enclose(exact, 128))


def test_three_tied_sides_are_refused_where_so_many_parts_are_not_enough(monkeypatch):
    """Beside the range lie poles of 1/(1 + x² + y² + z²) everywhere: small ellipses, many parts."""
    monkeypatch.setattr(adaptive, "MOST_EVALUATIONS", 5_000)
    octant = [*QUADRANT, side(z, 0, sp.oo)]
    with pytest.raises(Undetermined, match="parts"):
        enclosed(sp.exp(-x - y - z) / (1 + x**2 + y**2 + z**2), octant)


def test_a_tail_that_is_left_out_is_caught(monkeypatch):
    """Planted: the range is cut off at 2, and nothing is added for what lies beyond."""
    f, sides, exact = UNBOUNDED["a bell on the plane"]
    monkeypatch.setattr(envelopes.Beyond, "cut_below", lambda self, goal, infinite: (arb(2), arb(0)))
    assert not enclosed(f, sides).overlaps(enclose(exact, 128))
    monkeypatch.undo()
    halved = envelopes.Falloff.beyond
    monkeypatch.setattr(envelopes.Falloff, "beyond", lambda self, cut: halved(self, cut) * arb(2) ** -60)
    assert not enclosed(f, sides).overlaps(enclose(exact, 128)) or enclosed(f, sides).rad() > arb(10) ** -7


@pytest.mark.parametrize("name", KNOWN)
def test_the_ball_holds_the_integral_and_nothing_a_billionth_off(name):
    f, sides, exact = KNOWN[name]
    ball, true = enclosed(f, sides), enclose(exact, 128)
    assert ball.overlaps(true)
    assert not ball.overlaps(true * (1 + arb(10) ** -7))
    assert ball.rad() < arb(10) ** -8


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.tuples(st.integers(-3, 3), st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=4),
    st.fractions(-2, 2, max_denominator=5),
    st.integers(-1, 1),
)
def test_polynomials_over_triangles_and_trapezia_are_what_symbols_give(terms, high, slope):
    f = sum((c * x**i * y**j for c, i, j in terms), start=sp.Integer(0))
    top = sp.Rational(high.numerator, high.denominator)
    ball = enclosed(f + 1, [side(x, -1, top), side(y, slope * x, 2)])
    exact = sp.integrate(sp.integrate(f + 1, (y, slope * x, 2)), (x, -1, top))
    assert ball.overlaps(enclose(exact, 128))
    assert ball.rad() < arb(10) ** -6


@pytest.mark.parametrize("name", ["a product", "a dilogarithm", "a root at a corner"])
def test_the_estimate_in_floats_lies_next_to_the_enclosure(name):
    f, sides, _ = KNOWN[name]
    letters = [s.variable for s in sides]

    def numeric(points: np.ndarray) -> np.ndarray:
        return np.array([float(f.xreplace(dict(zip(letters, map(sp.Float, p), strict=True)))) for p in points])

    assert over(numeric, [0, 0], [1, 1]).ball.overlaps(enclosed(f, sides))


# Planted mistakes.

RIDGE = (sp.Abs(x - y / 3 - sp.Rational(1, 3)), UNIT[:2])
"""A crease that crosses the box: nothing is analytic along it."""


def crease() -> sp.Expr:
    """∫∫ |x − (1 + y)/3|, with c = (1 + y)/3 between 1/3 and 2/3: (c² + (1 − c)²)/2 over y."""
    c = (1 + y) / 3
    return sp.integrate((c**2 + (1 - c) ** 2) / 2, (y, 0, 1))


def test_a_crease_is_not_enclosed_rather_than_wrongly():
    with pytest.raises(Undetermined):
        enclosed(*RIDGE)


def test_a_quadrature_that_does_not_ask_for_analyticity_misses(monkeypatch):
    rule = dict(holomorphic.RULES)
    rule[sp.Abs] = lambda w, analytic: (w * w).sqrt()
    monkeypatch.setattr(holomorphic, "RULES", rule)
    assert not enclosed(*RIDGE).overlaps(enclose(crease(), 128))


def test_inner_errors_that_are_dropped_are_missed(monkeypatch):
    """An inner quadrature of one midpoint, its bound thrown away."""
    f, sides, exact = KNOWN["a product"]

    calls: list[int] = []
    right = boxes._Box._from

    def careless(self, depth, outside, analytic):
        if depth == 1:
            calls.append(depth)
            return self.integrand((*outside, acb(0.5)), analytic)
        return right(self, depth, outside, analytic)

    monkeypatch.setattr(boxes._Box, "_from", careless)
    assert not enclosed(f, sides).overlaps(enclose(exact, 128))
    assert calls


def test_what_can_not_be_told_is_not_given():
    for f, sides, why in (
        (1 / (x + y - 1), UNIT[:2], "tightly|enough"),
        (sp.exp(x - y), [side(x, 0, sp.oo), UNIT[1]], "may grow"),
        (sp.exp(-(x**2) + 3 * x * y - y**2), PLANE, "positive definite"),
        (sp.exp(-(x**2)) / (1 + y**2), PLANE, "fall off"),
        (sp.exp(-(x**2) * y**2), PLANE, "no bound"),
        (sp.log(x + y) * sp.exp(-x - y), QUADRANT, "log"),
        (sp.exp(-x - y), [side(x, sp.oo, 0), UNIT[1]], "turn it round"),
        (sp.exp(-x), [side(x, 0, sp.oo), side(y, 0, x)], "fall off"),
        (sp.exp(-(x**2) - y**2) / x, PLANE, "lower bound"),
        (sp.sqrt(x - y), UNIT[:2], "not real"),
        (sp.floor(x + y), UNIT[:2], "floor"),
    ):
        with pytest.raises(Undetermined, match=why):
            enclosed(f, sides)
    with pytest.raises(ValueError, match="1 to 3"):
        enclosed(x, [])


def test_expressions_with_double_and_triple_integrals_have_values():
    whole = 1 + 2 * sp.Integral(x * y * z, (z, 0, 1 - x - y), (y, 0, 1 - x), (x, 0, 1))
    assert enclose(whole).overlaps(enclose(1 + sp.Rational(1, 360)))
    assert not enclose(whole).overlaps(enclose(1 + sp.Rational(1, 359)))
    with pytest.raises(Undetermined, match="up to 3"):
        enclose(sp.Integral(x, (x, 0, 1), (y, 0, 1), (z, 0, 1), (sp.Symbol("w"), 0, 1)))

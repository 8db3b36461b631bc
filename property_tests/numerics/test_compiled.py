"""Compiled closed forms: the same balls as walking the expression, held against mpmath; derivatives by series."""

from __future__ import annotations

import mpmath
import pytest
import sympy as sp
from flint import arb, fmpq

from claims.domains import symbol_of
from derivations.catalogue import derivations
from numerics.balls import Undetermined, enclose
from numerics.compiled import by_mpmath, compiled
from numerics.jets import derivatives
from numerics.points import CALM, free_variables, points
from numerics.sampling.route import FEW_WHOLE
from numerics.slips import slips

x, y = sp.symbols("x y", positive=True)


def forms():
    """The closed forms of the catalogue whose variables are all scalars of their own."""
    for derivation in derivations():
        claim = derivation.claim
        free = free_variables(claim.right, claim.where)
        letters = tuple(symbol_of(v) for v in free)
        if letters and not claim.right.free_symbols - set(letters):
            yield claim, free, letters


def places(free, count):
    found = points(free, count, pool=(*CALM, *FEW_WHOLE))
    return [[fmpq(int(p[v.name].p), int(p[v.name].q)) for v in free] for p in found]


def test_every_closed_form_of_the_catalogue_compiles_to_the_ball_that_walking_it_gives_and_mpmath_agrees():
    compared = 0
    for claim, free, letters in forms():
        form = compiled(claim.right, letters)
        if form.call is None:
            continue
        peer = by_mpmath(claim.right, letters)
        for place in places(free, 2):
            try:
                walked = enclose(claim.right, 170, at=dict(zip(letters, place, strict=True)))
            except Undetermined:
                continue
            ball = form(place)
            assert ball.overlaps(walked), claim.name
            assert ball.rel_accuracy_bits() > 140 or abs(ball) < 1e-40, claim.name
            with mpmath.workdps(50):
                value = peer([mpmath.mpf(int(v.p)) / int(v.q) for v in place])
                assert ball.overlaps(arb(mpmath.nstr(value, 50)) + arb(0, 1e-44) * (1 + abs(ball))), claim.name
            compared += 1
    assert compared > 300


def test_a_slip_in_a_closed_form_misses_its_ball():
    missed = 0
    for claim, free, letters in list(forms())[:12]:
        (place,) = places(free, 1)
        for slip in slips(claim.right)[:4]:
            right, wrong = (compiled(e, letters) for e in (claim.right, slip.expression))
            try:
                missed += not right(place).overlaps(wrong(place))
            except Undetermined:
                continue
    assert missed > 20


def test_what_has_no_value_gives_none():
    for e in (sp.log(x - 3), 1 / (x - 1), sp.sqrt(x - 2)):
        form = compiled(e, (x,))
        with pytest.raises(Undetermined):
            form([fmpq(1)])
        assert form.over([[fmpq(1)]]) == [None]
        assert form.over([[fmpq(5)]])[0].is_finite()


def test_precision_is_raised_until_a_question_is_settled():
    """(1 + 10⁻⁵⁰)² − 1 − 2·10⁻⁵⁰ is 10⁻¹⁰⁰: 128 bits see nothing of it."""
    form = compiled(sp.exp(2 * sp.log(x)) - 2 * x + 1, (x,))
    near = [1 + fmpq(1, 10**50)]
    assert form(near, 128).contains(0)
    assert form.decided(near, lambda ball: not ball.contains(0)) > 0
    with pytest.raises(Undetermined, match="don't settle"):
        compiled(sp.log(x**2) - 2 * sp.log(x) + 0 * y, (x,)).decided([fmpq(3)], lambda ball: not ball.contains(0))


def test_what_is_not_compiled_is_asked_of_the_walk():
    form = compiled(sp.Integral(sp.exp(-y * x), (y, 0, sp.oo)), (x,))
    assert form.call is None
    assert form([fmpq(4)]).overlaps(arb(1) / 4)


SMOOTH = [sp.exp(-(x**2) / 2) * sp.cos(x), sp.log(1 + x**3) / sp.sqrt(x), x ** sp.Rational(5, 3), x**x, sp.tanh(x / y),
          sp.gamma(x) * sp.erf(x), (x + 1) ** -3]  # fmt: skip


@pytest.mark.parametrize("e", SMOOTH, ids=str)
def test_series_differentiate_as_sympy_does_and_a_lost_factor_is_seen(e):
    at = {x: fmpq(7, 5), y: fmpq(2, 3)}
    found = derivatives(e, x, at, 3)
    for k, ball in enumerate(found):
        rule = sp.diff(e, x, k)
        assert ball.overlaps(enclose(rule, 170, at=at)), k
        assert not ball.overlaps(enclose(2 * rule, 170, at=at)), k


def test_a_derivative_that_is_not_there_is_not_given():
    with pytest.raises(Undetermined):
        derivatives(sp.sqrt(x), x, {x: fmpq(0)})
    with pytest.raises(Undetermined, match="no series"):
        derivatives(sp.Abs(x - y), x, {x: fmpq(1), y: fmpq(2)})
    with pytest.raises(ValueError, match="order=-1"):
        derivatives(x, x, {x: fmpq(1)}, -1)

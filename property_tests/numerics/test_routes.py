"""A route says no more than its balls do."""

from __future__ import annotations

import pytest
import sympy as sp
from flint import arb

from claims.claim import Claim
from claims.domains import Positive, Real, Variable, symbols_of
from claims.evidence import Agreement, Counterexample, Inconclusive
from claims.notation import Expectation, NamedLaw, Normal
from claims.verdict import Refuted, Supported, Tried, Undecided, decide
from numerics.points import NASTY, free_variables, points
from numerics.routes import Trial, agreed_digits, as_written, compared, route

WHERE = (Variable("x", Real()), Variable("s", Positive()))
x, s = symbols_of(WHERE)
DOUBLE = Claim("double_eq", x + x, 2 * x, WHERE)
POINTS = points(WHERE[:1], 10)


def twice(point, attempt) -> arb:
    return arb(str(2 * float(point["x"]))) + arb(0, 1e-9)


def trial(derived=twice, at=POINTS, least_digits=6) -> Trial:
    return Trial("by hand", at, derived, least_digits, "detail")


def mutant(right) -> Claim:
    return Claim("double_eq", x + x, right, WHERE)


def test_balls_that_meet_everywhere_agree():
    found = route(trial()).run(DOUBLE)
    assert isinstance(found, Agreement)
    assert found.points == 10
    assert found.digits >= 8
    assert isinstance(decide([Tried(None, (found,))]), Supported)


def test_balls_that_miss_are_a_confirmed_witness():
    found = compared(mutant(2 * x + 1), trial())
    assert isinstance(found, Counterexample)
    assert (found.admissible, found.confirmed) == (True, True)
    assert found.witness == (("x", str(POINTS[0]["x"])),)
    assert isinstance(decide([Tried(None, (found,))]), Refuted)


def test_a_miss_that_a_second_attempt_does_not_see_is_not_confirmed():
    found = compared(DOUBLE, trial(lambda p, attempt: twice(p, 0) + (1 if attempt == 0 else 0)))
    assert isinstance(found, Counterexample)
    assert not found.confirmed
    assert isinstance(decide([Tried(None, (found,))]), Undecided)


def test_a_point_outside_the_domain_is_no_witness():
    claim = Claim("root_eq", s, -s, WHERE)
    found = compared(claim, trial(lambda p, _: arb(5), at=({"s": sp.Integer(-1)},)))
    assert isinstance(found, Counterexample)
    assert not found.admissible


@pytest.mark.parametrize("derived", [lambda p, _: arb.nan(), lambda p, _: twice(p, 0) + arb(0, 100)])
def test_a_ball_that_says_nothing_decides_nothing(derived):
    assert isinstance(compared(DOUBLE, trial(derived)), Inconclusive)


def test_a_stated_side_without_a_value_decides_nothing():
    assert isinstance(compared(mutant(2 * sp.log(-1 - x**2)), trial()), Inconclusive)


def test_no_points_decide_nothing():
    assert isinstance(compared(DOUBLE, trial(at=())), Inconclusive)


def test_the_left_side_is_read_as_it_is_written():
    t = sp.Symbol("t", real=True)
    fourth = Claim("fourth_eq", Expectation((t - x) ** 4, t, Normal(x, s**2)), 3 * s**4, WHERE)
    assert isinstance(as_written(points(WHERE, 8)).run(fourth), Agreement)
    wrong = Claim("fourth_eq", fourth.left, 2 * s**4, WHERE)
    assert isinstance(as_written(points(WHERE, 8)).run(wrong), Counterexample)
    unread = Claim("mean_eq", Expectation(t, t, NamedLaw("p")), x, WHERE)
    assert isinstance(as_written(points(WHERE, 8)).run(unread), Inconclusive)


def test_digits_of_a_ball():
    assert agreed_digits(arb(1)) == 300
    assert agreed_digits(arb(0, 1e-10)) in (9, 10)
    assert agreed_digits(arb(1e6, 1)) in (5, 6)
    assert agreed_digits(arb.nan()) == -1


def test_points_are_different_admissible_and_the_same_each_time():
    drawn = points(WHERE, 12)
    assert len({tuple(sorted(p.items())) for p in drawn}) == 12
    assert all(p["s"] > 0 and p["x"] in NASTY for p in drawn)
    assert drawn == points(WHERE, 12) != points(WHERE, 12, seed=1)
    assert points((), 12) == ({},)


def test_only_free_variables_need_values():
    assert free_variables(Expectation(x, x, Normal(0, s)), WHERE) == WHERE[1:]

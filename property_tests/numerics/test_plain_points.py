"""Plainer points: they are where something is told, and plain where that is so there."""

from __future__ import annotations

import sympy as sp
from flint import fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from numerics.identity import plainly, tallies
from numerics.plain_points import plainest

A, B, N = sp.symbols("a b n", real=True)
ODD = {A: fmpq(109, 106), B: fmpq(-87, 97), N: fmpq(5)}


def test_all_values_are_changed_at_once_where_that_will_do():
    assert plainest(ODD, lambda at: "apart") == ({A: fmpq(2), B: fmpq(-1, 2), N: fmpq(5)}, "apart")


def test_a_value_stays_where_no_plainer_one_will_do():
    found = plainest(ODD, lambda at: at[B] if at[B] == ODD[B] else None)
    assert found == ({**ODD, A: fmpq(2)}, ODD[B])


def test_nothing_is_found_where_nothing_is_told():
    assert plainest(ODD, lambda at: None) is None
    assert plainest({N: fmpq(5)}, lambda at: "apart") is None


def test_a_name_that_is_kept_keeps_its_value_and_no_other_has_it():
    found = plainest({A: fmpq(2), B: fmpq(31, 7), N: fmpq(9, 4)}, lambda at: True, keep=[N])
    assert found is not None and found[0] == {A: fmpq(2), B: fmpq(3), N: fmpq(9, 4)}


def test_looks_are_counted():
    looks = []
    plainest(ODD, looks.append, most=2)
    assert len(looks) == 3  # all at once, and two


@settings(max_examples=60)
@given(
    st.dictionaries(st.sampled_from((A, B, N)), st.fractions(-9, 9, max_denominator=99), min_size=1), st.integers(0, 3)
)
def test_what_is_given_is_told_where_it_is_given_on_the_same_side_of_zero_and_one(values, least):
    at = {s: fmpq(v.numerator, v.denominator) for s, v in values.items()}
    told = lambda here: str(here) if sum(abs(v) for v in here.values()) > least else None  # noqa: E731
    found = plainest(at, told)
    if found is not None:
        point, said = found
        assert said == told(point) and point.keys() == at.keys()
        assert all((v > 0, abs(v) < 1) == (at[s] > 0, abs(at[s]) < 1) for s, v in point.items() if at[s] != 0)


def test_the_sides_of_a_wrong_identity_are_apart_at_the_plainer_point():
    """2a = a² holds at a = 2, the plainest value, which must not be shown."""
    for left, right in ((2 * A, A**2), (sp.log(A + B), sp.log(A) + sp.log(B)), (A + B, A - B)):
        first = tallies(left, right, [s for s in (A, B) if s in left.free_symbols], {}, 0)[0].first
        shown = plainly(first, left, right, {})
        at = {sp.Symbol(name, real=True): sp.Rational(value) for name, value in shown.point}
        one, other = left.subs(at), right.subs(at)
        assert (
            one != other
            and abs(float(one) - float(shown.left)) < 1e-6
            and abs(float(other) - float(shown.right)) < 1e-6
        )
        assert all(value.q < 8 for value in shown.at.values())


def test_a_plainer_point_keeps_to_the_bounds_and_means_stay_means():
    ends = {"a": (fmpq(30, 100), fmpq(40, 100))}
    first = tallies(A, 2 * A, [A], {}, 0, ends)[0].first
    assert plainly(first, A, 2 * A, {}, ends).at == {A: fmpq(1, 3)}
    assert plainly(first, A, 2 * A, {}).at == {A: fmpq(1, 2)}
    bar = sp.Symbol("bar", real=True)
    first = tallies(bar, A * B, [A, B], {bar: [A, B]}, 0)[0].first
    at = plainly(first, bar, A * B, {bar: [A, B]}).at
    assert at[bar] == (at[A] + at[B]) / 2 and at[A].q < 8

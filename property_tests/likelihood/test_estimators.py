"""Maximum likelihood: links, routes, planted slips, and estimators against samples."""

from __future__ import annotations

import pytest
import sympy as sp
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.domains import symbols_of
from claims.notation import Argmax, Argmin
from derivations.check import Holds, link
from derivations.likelihood.estimators import (
    DERIVATIONS,
    mle_bernoulli_eq,
    mle_normal_mean_eq,
    var_mle_mean_eq,
    var_mle_of_two_eq,
)
from numerics.written import worth
from property_tests.pages import HeldPage
from property_tests.strategies import points


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 3


def closed(derivation, point) -> float:
    return float(worth(derivation.claim.right, point, derivation.claim.where).mid())


@settings(max_examples=25)
@given(st.integers(1, 40), st.integers(1, 40))
def test_no_other_probability_makes_the_tosses_likelier(k, f):
    point = {"k": sp.Integer(k), "f": sp.Integer(f)}
    best = torch.tensor(closed(mle_bernoulli_eq, point), dtype=torch.float64)
    others = torch.linspace(0.001, 0.999, 999, dtype=torch.float64)
    likelihood = [k * torch.log(p) + f * torch.log1p(-p) for p in (best, others)]
    assert (likelihood[0] >= likelihood[1] - 1e-12 * likelihood[0].abs()).all()


@settings(max_examples=25)
@given(points(mle_normal_mean_eq.claim.where))
def test_the_mean_does_not_depend_on_the_standard_deviation(point):
    wide = {**point, "s": 10 * point["s"]}
    assert closed(mle_normal_mean_eq, point) == closed(mle_normal_mean_eq, wide)


def test_two_observations_are_a_case_of_n():
    point = {"m": sp.Rational(1, 3), "s": sp.Rational(5, 4), "n": sp.Integer(2)}
    assert closed(var_mle_mean_eq, point) == pytest.approx(closed(var_mle_of_two_eq, point), rel=1e-15)


@pytest.mark.parametrize("n", [1, 2, 3, 7])
def test_the_expected_variance_falls_short_by_one_part_in_n(n):
    point = {"m": sp.Integer(3), "s": sp.Integer(2), "n": sp.Integer(n)}
    biased = closed(var_mle_mean_eq, point)
    assert biased == (0 if n == 1 else pytest.approx(4 * (n - 1) / n))


def test_an_extremum_of_the_other_kind_or_at_no_place_is_not_proved():
    where = mle_bernoulli_eq.claim.where
    p, k, f = symbols_of(where)
    height = k * sp.log(p) + f * sp.log(1 - p)
    for wrong in (Argmin(height, p), Argmax(-height, p), Argmax(k * sp.log(p), p), Argmax(p * (1 - p) * height, p)):
        assert link(wrong, k / (k + f), where) != Holds(), wrong

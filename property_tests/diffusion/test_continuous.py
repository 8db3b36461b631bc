"""Continuous time: links, routes, planted slips, and what the limits must do."""

from __future__ import annotations

import pytest
import sympy as sp
from hypothesis import given, settings

from derivations.diffusion.continuous import DERIVATIONS, reverse_sde_variance_eq, tweedie_two_points_eq, vp_limit_eq
from numerics.written import worth
from property_tests.pages import HeldPage
from property_tests.strategies import points


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 2


def closed(derivation, point) -> float:
    return float(worth(derivation.claim.right, point, derivation.claim.where).mid())


@settings(max_examples=25)
@given(points(tuple(v for v in tweedie_two_points_eq.claim.where if v.name in "x k v u_1 u_2 q".split())))
def test_the_denoised_start_lies_between_the_data(point):
    ends = sorted([float(point["u_1"]), float(point["u_2"])])
    assert ends[0] - 1e-12 <= closed(tweedie_two_points_eq, point) <= ends[1] + 1e-12


@settings(max_examples=25)
@given(points(tuple(v for v in vp_limit_eq.claim.where if v.name in ("t", "beta"))))
def test_variance_shares_multiply_over_time(point):
    half = {**point, "t": point["t"] / 2}
    assert closed(vp_limit_eq, half) ** 2 == pytest.approx(closed(vp_limit_eq, point), rel=1e-12)


def test_unit_variance_is_kept():
    point = {"t": sp.Integer(1), "beta": sp.Integer(2), "v_0": sp.Integer(1)}
    assert closed(reverse_sde_variance_eq, point) == 0

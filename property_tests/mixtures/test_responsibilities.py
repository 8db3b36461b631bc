"""Mixtures of two normals: links, routes, planted slips, and what mixing must do."""

from __future__ import annotations

import pytest
import sympy as sp
from hypothesis import given, settings

from derivations.mixtures.responsibilities import (
    DERIVATIONS,
    mixture_bend_eq,
    responsibility_linear_eq,
    total_variance_eq,
)
from numerics.written import worth
from property_tests.pages import HeldPage
from property_tests.strategies import points


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 2


def closed(derivation, point) -> float:
    return float(worth(derivation.claim.right, point, derivation.claim.where).mid())


@settings(max_examples=25)
@given(points(mixture_bend_eq.claim.where[1:]))
def test_two_means_more_than_two_deviations_apart_leave_a_trough_between_them(point):
    bend = closed(mixture_bend_eq, point)
    assert (bend > 0) == (point["d"] > point["s"]) or abs(bend) < 1e-300


def test_there_is_one_mode_up_to_two_deviations():
    """On a grid: ½N(−d, 1) + ½N(d, 1) rises and falls once for d ≤ 1, and twice beyond."""
    import torch

    x = torch.linspace(-5, 5, 4001, dtype=torch.float64)
    for d, modes in ((0.5, 1), (1.0, 1), (1.1, 2), (2.0, 2)):
        density = torch.exp(-((x - d) ** 2) / 2) + torch.exp(-((x + d) ** 2) / 2)
        rising = (density[1:] > density[:-1]).to(torch.int8)
        assert int((rising[:-1] > rising[1:]).sum()) == modes


@settings(max_examples=25)
@given(points(tuple(v for v in total_variance_eq.claim.where if v.name in "w m_1 m_2 s_1 s_2".split())))
def test_mixing_never_narrows_below_the_mean_variance(point):
    within = point["w"] * point["s_1"] ** 2 + (1 - point["w"]) * point["s_2"] ** 2
    assert closed(total_variance_eq, point) >= float(within) * (1 - 1e-15)


@settings(max_examples=25)
@given(points(tuple(v for v in responsibility_linear_eq.claim.where if v.name in "m_1 m_2 s".split())))
def test_even_weights_are_undecided_midway(point):
    midway = {**point, "w": sp.Rational(1, 2), "x": (point["m_1"] + point["m_2"]) / 2}
    assert closed(responsibility_linear_eq, midway) == pytest.approx(0.5, rel=1e-12)

"""Transformed draws: links, routes, planted slips, and what drawing must do."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from derivations.samplers.transforms import (
    DERIVATIONS,
    gumbel_max_eq,
    temperature_entropy_slope_eq,
    top_k_kl_eq,
    top_p_tv_eq,
)
from numerics.points import free_variables
from numerics.written import worth
from property_tests.pages import HeldPage
from property_tests.strategies import points


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 1


def closed(derivation, point) -> float:
    return float(worth(derivation.claim.right, point, derivation.claim.where).mid())


def free(derivation):
    return points(free_variables(derivation.claim.right, derivation.claim.where))


@settings(max_examples=25)
@given(free(gumbel_max_eq))
def test_one_of_three_is_the_greatest(point):
    names = ["a_1", "a_2", "a_3"]
    turns = [dict(zip(names, [point[n] for n in names[k:] + names[:k]], strict=True)) for k in range(3)]
    assert sum(closed(gumbel_max_eq, turn) for turn in turns) == pytest.approx(1, rel=1e-12)


@settings(max_examples=25)
@given(free(temperature_entropy_slope_eq))
def test_heat_never_lowers_the_entropy(point):
    assert closed(temperature_entropy_slope_eq, point) <= 1e-9


@settings(max_examples=25)
@given(free(top_k_kl_eq))
def test_what_truncation_costs_in_nats_bounds_what_it_moves(point):
    """Pinsker: TV² ≤ KL/2."""
    assert closed(top_p_tv_eq, point) ** 2 <= closed(top_k_kl_eq, point) / 2

"""Preferences: links, routes, planted slips, and what an optimum must do."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from sympy import log

from claims.claim import Relation
from claims.notation import KL
from claims.records import replace
from claims.verdict import Refuted, Tried, decide
from derivations.preference.dpo import (
    DERIVATIONS,
    Z,
    best,
    beta,
    bradley_terry_eq,
    dpo_reward_difference_eq,
    kl_objective_is_distance_eq,
    kl_objective_le,
    kl_optimum_two_eq,
    policy,
    r1,
    r2,
)
from numerics.catalogue import evidence
from numerics.written import worth
from property_tests.pages import HeldPage
from property_tests.strategies import points


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 1


WRONG = [
    replace(kl_objective_is_distance_eq.claim, right=beta * log(Z) + beta * KL(policy, best)),
    replace(kl_objective_is_distance_eq.claim, right=beta * log(Z) - beta * KL(best, policy)),
    replace(kl_objective_le.claim, relation=Relation.GE),
    replace(kl_objective_le.claim, right=log(Z)),
    replace(dpo_reward_difference_eq.claim, right=(r1 - r2) / beta),
]


@pytest.mark.parametrize("claim", WRONG, ids=lambda c: f"{c.name}: {c.relation} {c.right}"[:70])
def test_what_is_not_so_is_refuted(claim):
    assert isinstance(decide([Tried(None, evidence(claim))]), Refuted)


def closed(derivation, point) -> float:
    return float(worth(derivation.claim.right, point, derivation.claim.where).mid())


@settings(max_examples=25)
@given(points(bradley_terry_eq.claim.where[:2]))
def test_one_of_the_two_orders_holds(point):
    other = {"r_1": point["r_2"], "r_2": point["r_1"]}
    assert closed(bradley_terry_eq, point) + closed(bradley_terry_eq, other) == pytest.approx(1, rel=1e-12)


@settings(max_examples=25)
@given(points(kl_optimum_two_eq.claim.where[1:]))
def test_the_optimum_moves_from_the_reference_towards_the_reward(point):
    moved = closed(kl_optimum_two_eq, point) - float(point["q"])
    assert moved * float(point["d"]) >= 0
    assert closed(kl_optimum_two_eq, {**point, "d": 0 * point["d"]}) == pytest.approx(float(point["q"]), rel=1e-12)

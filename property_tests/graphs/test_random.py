"""Random graphs: links, routes, planted slips, and what degrees must do."""

from __future__ import annotations

import pytest
import sympy as sp
import torch
from hypothesis import given, settings

from derivations.graphs.random import (
    DERIVATIONS,
    attachment_recursion_eq,
    attachment_tail_eq,
    degree_generating_eq,
    poisson_limit_eq,
)
from numerics.points import free_variables
from numerics.written import worth
from property_tests.pages import HeldPage
from property_tests.strategies import points
from reference_models.graphs.random import shares


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 2


def closed(derivation, point) -> float:
    return float(worth(derivation.claim.right, point, derivation.claim.where).mid())


def free(derivation):
    return points(free_variables(derivation.claim.right, derivation.claim.where))


@pytest.mark.parametrize("m", [1, 2, 5])
def test_the_balance_run_from_the_least_degree_gives_the_shares(m):
    run = shares(torch.tensor(float(m), dtype=torch.float64), 40)
    for place, share in enumerate(run.tolist()):
        point = {"k": sp.Integer(m + place), "m": sp.Integer(m)}
        assert closed(attachment_tail_eq, point) == pytest.approx(share, rel=1e-12)


@settings(max_examples=25)
@given(free(attachment_recursion_eq))
def test_greater_degrees_are_rarer(point):
    assert closed(attachment_recursion_eq, point) < closed(attachment_tail_eq, point)


@settings(max_examples=25)
@given(free(degree_generating_eq))
def test_probabilities_add_up_to_one(point):
    assert closed(degree_generating_eq, {**point, "z": sp.Integer(1)}) == pytest.approx(1, rel=1e-12)


@settings(max_examples=25)
@given(free(poisson_limit_eq))
def test_so_do_those_of_the_limit(point):
    assert closed(poisson_limit_eq, {**point, "z": sp.Integer(1)}) == 1

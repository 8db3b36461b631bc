"""Gaussian processes: links, routes, planted slips, noise that is forgotten, and bounds that are too good."""

from __future__ import annotations

import pytest

from claims.claim import Relation, Step
from claims.evidence import Counterexample
from claims.records import replace
from derivations.check import Holds, link, linked
from derivations.linear_gaussian.processes import (
    DERIVATIONS,
    at_mean,
    c,
    d,
    gp_mean_any_step_eq,
    gp_variance_any_step_eq,
    gp_variance_le,
    h,
    k,
    m,
    q,
    s,
    sparse_bound_le,
    sparse_expected_eq,
    v,
    y,
)
from numerics.catalogue import routes
from property_tests.pages import HeldPage


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 1


WRONG = [
    (gp_mean_any_step_eq, m + c / k * (y - h)),
    (gp_variance_any_step_eq, v + c**2 / k - c**2 / k),
    (sparse_expected_eq, at_mean - d / s**2),
    (sparse_expected_eq, at_mean),
]


@pytest.mark.parametrize(("derivation", "wrong"), WRONG, ids=str)
def test_noise_that_is_forgotten_is_neither_proved_nor_confirmed(derivation, wrong):
    claim = replace(derivation.claim, right=wrong)
    assert link(claim.left, wrong, claim.where) != Holds()
    assert any(isinstance(route.run(claim), Counterexample) for route in routes(claim.name))


@pytest.mark.parametrize(
    ("derivation", "right"),
    [(gp_variance_le, v), (sparse_bound_le, sparse_bound_le.claim.right - d / (2 * (q + s**2)))],
    ids=str,
)
def test_a_bound_that_is_too_good_is_refuted(derivation, right):
    claim = replace(derivation.claim, right=right)
    assert any(isinstance(route.run(claim), Counterexample) for route in routes(claim.name))


def test_without_the_trace_term_it_is_no_bound():
    claim = sparse_bound_le.claim
    step = Step("by the same grounds", claim.right, Relation.LE, sparse_bound_le.steps[-1].grounds)
    assert linked(claim.left + d / (2 * s**2), step, claim.where) != Holds()

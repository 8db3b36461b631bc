"""The evidence lower bound: links, routes, planted slips, and which arg max is which."""

from __future__ import annotations

from claims.records import replace
from claims.verdict import Refuted, Tried, decide
from derivations.variational.elbo import DERIVATIONS, elbo_argmax_theta_eq, gap_argmin_theta_eq
from numerics.catalogue import evidence
from property_tests.pages import HeldPage


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 2


def test_with_theta_free_the_best_bound_and_the_least_gap_are_apart():
    for one, other in ((elbo_argmax_theta_eq, gap_argmin_theta_eq), (gap_argmin_theta_eq, elbo_argmax_theta_eq)):
        mixed_up = replace(one.claim, right=other.claim.right)
        assert isinstance(decide([Tried(None, evidence(mixed_up))]), Refuted)

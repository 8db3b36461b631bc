"""Divergences: links, routes, planted slips, and claims that are not so."""

from __future__ import annotations

import pytest
import sympy as sp

from claims.claim import Relation
from claims.notation import KL
from claims.records import replace
from claims.verdict import Refuted, Tried, decide
from derivations.information.divergences import (
    DERIVATIONS,
    first,
    kl_hellinger_ge,
    kl_nonneg,
    p,
    pinsker_bernoulli_ge,
    q,
    second,
)
from numerics.catalogue import evidence
from property_tests.pages import HeldPage


class TestPage(HeldPage):
    derivations = DERIVATIONS

    def least_of(self, derivation):
        return 1 if derivation.claim.right.free_symbols else 0


WRONG = [
    replace(kl_nonneg.claim, right=sp.Rational(1, 100)),
    replace(kl_nonneg.claim, relation=Relation.LE),
    replace(kl_nonneg.claim, right=KL(second, first), relation=Relation.EQ),
    replace(kl_nonneg.claim, left=-KL(first, second)),
    replace(pinsker_bernoulli_ge.claim, right=sp.Rational(21, 10) * (p - q) ** 2),
    replace(pinsker_bernoulli_ge.claim, right=sp.Abs(p - q)),
    replace(kl_hellinger_ge.claim, right=2 * kl_hellinger_ge.claim.right),
]


@pytest.mark.parametrize("claim", WRONG, ids=lambda c: c.statement[:60])
def test_what_is_not_so_is_refuted(claim):
    assert isinstance(decide([Tried(None, evidence(claim))]), Refuted)

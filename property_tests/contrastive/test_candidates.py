"""InfoNCE for any laws: links, routes, planted slips, and what is no bound."""

from __future__ import annotations

import pytest
from sympy import Integer, log

from claims.claim import Relation
from claims.records import replace
from claims.verdict import Refuted, Tried, decide
from derivations.contrastive.candidates import (
    DERIVATIONS,
    best,
    infonce_any_laws_gap_eq,
    infonce_any_laws_le,
    infonce_share_eq,
    over,
    p,
    ratio,
    share,
    tilted,
    x,
    y,
)
from numerics.catalogue import evidence
from property_tests.pages import HeldPage


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 1


WRONG = [
    replace(infonce_share_eq.claim, left=over(3 * share, p)),
    replace(infonce_share_eq.claim, right=Integer(3)),
    replace(infonce_any_laws_le.claim, relation=Relation.GE),
    replace(infonce_any_laws_le.claim, left=over(log(3 * ratio(p, x) / (ratio(p, x) + ratio(p, y))), p)),
    replace(infonce_any_laws_gap_eq.claim, right=over(log(best / 2), p)),
    replace(infonce_any_laws_gap_eq.claim, right=over(log(best / 3), tilted)),
]


@pytest.mark.parametrize("claim", WRONG, ids=lambda c: f"{c.name}: {c.relation} {c.right}"[:70])
def test_what_is_not_so_is_refuted(claim):
    assert isinstance(decide([Tried(None, evidence(claim))]), Refuted)

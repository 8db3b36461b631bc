"""Variational principles: links, routes, planted slips, and bounds that are none."""

from __future__ import annotations

import pytest
from sympy import exp, log

from claims.claim import Relation
from claims.notation import KL
from claims.records import replace
from claims.verdict import Refuted, Tried, decide
from derivations.information.variational_bounds import (
    DERIVATIONS,
    beta,
    critic,
    donsker,
    donsker_varadhan_gap_eq,
    donsker_varadhan_le,
    gibbs_reached_eq,
    gibbs_variational_eq,
    gibbs_variational_le,
    nwj_le,
    odds,
    p,
    partition,
    q,
    tangent_bound,
    tilted,
    under,
)
from numerics.catalogue import evidence
from property_tests.pages import HeldPage


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 1


WRONG = [
    replace(gibbs_variational_eq.claim, right=beta * log(partition) - KL(q, tilted)),
    replace(gibbs_variational_eq.claim, right=beta * log(partition) - beta * KL(tilted, q)),
    replace(gibbs_variational_le.claim, relation=Relation.GE),
    replace(gibbs_reached_eq.claim, right=log(partition)),
    replace(donsker_varadhan_le.claim, relation=Relation.GE),
    replace(donsker_varadhan_le.claim, left=under(p, critic)),
    replace(donsker_varadhan_gap_eq.claim, right=KL(tilted, p)),
    replace(nwj_le.claim, left=under(p, critic) - under(q, exp(-2) * odds)),
    replace(nwj_le.claim, left=donsker, right=tangent_bound),
]


@pytest.mark.parametrize("claim", WRONG, ids=lambda c: f"{c.name}: {c.relation} {c.right}"[:70])
def test_what_is_not_so_is_refuted(claim):
    assert isinstance(decide([Tried(None, evidence(claim))]), Refuted)

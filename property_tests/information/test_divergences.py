"""Divergences: links, routes, planted slips, and claims that are not so."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sympy as sp

from claims.claim import Relation
from claims.notation import KL
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
from property_tests.pages import (
    each,
    insist_on_failing_steps,
    insist_on_links,
    insist_on_refuted_slips,
    insist_on_routes,
)


@each(DERIVATIONS)
def test_every_link_is_proved(derivation):
    insist_on_links(derivation)


@each(DERIVATIONS)
def test_every_route_agrees(derivation):
    insist_on_routes(derivation)


@each(DERIVATIONS)
def test_every_slip_in_the_closed_form_is_refuted(derivation):
    insist_on_refuted_slips(derivation, least=1 if derivation.claim.right.free_symbols else 0)


@each(DERIVATIONS)
def test_every_slip_in_a_step_fails_there(derivation):
    insist_on_failing_steps(derivation)


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

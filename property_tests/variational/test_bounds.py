"""Bounds that grow: links, routes, planted slips, and more draws than are written out."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given, settings
from sympy import Rational, log

from claims.claim import Relation
from claims.domains import OpenUnit, Positive, Variable
from claims.notation import KL
from claims.records import replace
from claims.verdict import Refuted, Tried, decide
from derivations.variational.bounds import (
    DERIVATIONS,
    e,
    em_ascent_ge,
    em_gain_eq,
    exact,
    iwae_le_log_evidence,
    iwae_one_le_two,
    iwae_two_le_three,
    over,
    pair,
    renewed,
    surrogate,
    z1,
    z2,
)
from numerics.catalogue import evidence
from property_tests.pages import HeldPage
from property_tests.strategies import points
from reference_models.variational.bounds import importance_bound

TWO = (Variable("j_1", Positive()), Variable("j_0", Positive()), Variable("q", OpenUnit()))


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 1


WRONG = [
    replace(iwae_one_le_two.claim, relation=Relation.GE),
    replace(iwae_two_le_three.claim, relation=Relation.GE),
    replace(iwae_le_log_evidence.claim, left=over(log(2 * e * pair), z1, z2)),
    replace(em_ascent_ge.claim, relation=Relation.LE),
    replace(em_gain_eq.claim, right=surrogate + KL(renewed, exact)),
    replace(em_gain_eq.claim, right=surrogate - KL(exact, renewed)),
    replace(em_ascent_ge.claim, right=surrogate + Rational(1, 2)),
]


@pytest.mark.parametrize("claim", WRONG, ids=lambda c: f"{c.name}: {c.relation} {c.right}"[:70])
def test_what_is_not_so_is_refuted(claim):
    assert isinstance(decide([Tried(None, evidence(claim))]), Refuted)


@settings(max_examples=20, deadline=None)
@given(points(TWO))
def test_the_bound_rises_with_every_draw_up_to_the_evidence(point):
    j1, j0, q = (torch.tensor(float(point[n]), dtype=torch.float64) for n in ("j_1", "j_0", "q"))
    bounds = [importance_bound(k, j1, j0, q).item() for k in range(1, 7)]
    assert all(a <= b + 1e-12 for a, b in zip(bounds, [*bounds[1:], torch.log(j1 + j0).item()], strict=True))

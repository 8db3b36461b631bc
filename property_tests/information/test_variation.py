"""Total variation: links, routes, planted slips, and Pinsker with a larger constant."""

from __future__ import annotations

import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.claim import Relation
from claims.notation import KL
from claims.records import replace
from claims.verdict import Refuted, Tried, decide
from derivations.information.variation import (
    DERIVATIONS,
    p,
    pinsker_ge,
    q,
    ratio,
    tv_event_le,
    tv_overlap_eq,
    tv_positive_part_eq,
    under_q,
    variation,
)
from numerics.catalogue import evidence
from property_tests.pages import HeldPage


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 1


WRONG = [
    replace(pinsker_ge.claim, right=sp.Rational(21, 10) * variation**2),
    replace(pinsker_ge.claim, right=2 * variation),
    replace(pinsker_ge.claim, right=KL(q, p)),
    replace(pinsker_ge.claim, relation=Relation.LE),
    replace(tv_overlap_eq.claim, right=under_q(sp.Min(ratio, 1))),
    replace(tv_positive_part_eq.claim, right=under_q(sp.Max(ratio - 1, 0)) / 2),
    replace(tv_event_le.claim, right=tv_event_le.claim.right / 2),
]


@pytest.mark.parametrize("claim", WRONG, ids=lambda c: c.statement[:60])
def test_what_is_not_so_is_refuted(claim):
    assert isinstance(decide([Tried(None, evidence(claim))]), Refuted)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 20), st.integers(1, 20)), min_size=2, max_size=8))
def test_three_forms_of_a_table_are_one_number(weights):
    """Half the distance, the overlap, and the event of all classes with p > q, for any number of classes."""
    total_p, total_q = (sum(w[k] for w in weights) for k in (0, 1))
    pairs = [(sp.Rational(v, total_p), sp.Rational(w, total_q)) for v, w in weights]
    half = sum(abs(a - b) for a, b in pairs) / 2
    assert half == 1 - sum(min(a, b) for a, b in pairs) == sum(max(a - b, 0) for a, b in pairs)
    assert 0 <= half < 1

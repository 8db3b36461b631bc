"""No false step is proved, of many kinds; the true step beside it is, or stays open for a reason that is written."""

from __future__ import annotations

from collections import Counter

import pytest

from claims.claim import Step
from derivations.check import Broken, Holds, Link, Open, linked
from property_tests.derivations.adversarial import algebra, borders, calculus, edges, laws, sums, tails
from property_tests.derivations.adversarial import pairs as written

SECONDS = 3.0
PAIRS = (*algebra.PAIRS, *borders.PAIRS, *calculus.PAIRS, *edges.PAIRS, *laws.PAIRS, *sums.PAIRS, *tails.PAIRS)
LEAST_OF_ALL = 260


def said(step: written.Link) -> str:
    return f"{step.left} {step.relation} {step.right}"


def judged(step: written.Link) -> Link:
    return linked(
        step.left, Step("asked", step.right, step.relation, step.grounds, step.lemmas), written.WHERE, SECONDS
    )


@pytest.mark.parametrize("pair", PAIRS, ids=lambda p: f"{p.kind}: {said(p.false)}")
def test_a_false_step_is_not_proved(pair):
    assert isinstance(judged(pair.false), Open | Broken)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda p: f"{p.kind}: {said(p.twin)}")
def test_its_true_twin_is_proved_or_open_for_a_reason(pair):
    found = judged(pair.twin)
    assert isinstance(found, Open) if pair.unproved else found == Holds(), (found, pair.unproved)


def test_there_are_many_of_each_kind():
    kinds = Counter(pair.kind for pair in PAIRS)
    assert min(kinds.values()) >= 2
    assert len({pair.false for pair in PAIRS}) == len(PAIRS) >= LEAST_OF_ALL

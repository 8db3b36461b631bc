"""Inequalities held against routes: the worst point is found, and laws stand in for names."""

from __future__ import annotations

import pytest
import sympy as sp

from claims.claim import Claim, Relation
from claims.domains import OpenUnit, Positive, Real, Variable, symbols_of
from claims.evidence import Agreement, Counterexample
from claims.notation import KL, CrossEntropy, Entropy, NamedLaw
from numerics.named_laws import PAIRS, interpreted
from numerics.points import NASTY
from numerics.written import as_defined

WHERE = (
    Variable("p", OpenUnit()),
    Variable("q", OpenUnit()),
    Variable("x", Real()),
    Variable("r", Positive()),
)
p, q, x, r = symbols_of(WHERE)
KL_OF_COINS = p * sp.log(p / q) + (1 - p) * sp.log((1 - p) / (1 - q))
SQUARED = (p - q) ** 2
P, Q = NamedLaw("p"), NamedLaw("q")


@pytest.mark.parametrize(
    ("left", "relation", "right"),
    [
        (KL_OF_COINS, Relation.GE, 2 * SQUARED),
        (KL_OF_COINS, Relation.GE, sp.S.Zero),
        (sp.log(r), Relation.LE, r - 1),
        ((x - r) ** 2, Relation.GE, sp.S.Zero),
    ],
)
def test_a_true_inequality_is_supported(left, relation, right):
    found = as_defined(NASTY, 10).run(Claim("bound", left, right, WHERE, relation))
    assert isinstance(found, Agreement) and found.points >= 8


@pytest.mark.parametrize(
    ("left", "relation", "right"),
    [
        (KL_OF_COINS, Relation.GE, sp.Rational(203, 100) * SQUARED),
        (KL_OF_COINS, Relation.LE, 2 * SQUARED),
        (sp.log(r), Relation.LE, r - sp.Rational(101, 100)),
        ((x - r) ** 2, Relation.GE, sp.Rational(1, 10**6)),
    ],
)
def test_an_inequality_that_fails_in_few_places_is_refuted_there(left, relation, right):
    found = as_defined(NASTY, 10).run(Claim("bound", left, right, WHERE, relation))
    assert isinstance(found, Counterexample) and found.admissible and found.confirmed


@pytest.mark.parametrize(
    ("left", "relation", "right", "kind"),
    [
        (KL(P, Q), Relation.GE, sp.S.Zero, Agreement),
        (CrossEntropy(P, Q), Relation.EQ, Entropy(P) + KL(P, Q), Agreement),
        (CrossEntropy(P, Q), Relation.EQ, Entropy(Q) + KL(P, Q), Counterexample),
        (KL(P, Q), Relation.GE, KL(Q, P), Counterexample),
        (Entropy(P), Relation.GE, sp.S.Zero, Counterexample),
    ],
)
def test_a_claim_about_any_two_laws_is_read_with_laws_for_the_names(left, relation, right, kind):
    assert isinstance(interpreted(PAIRS).run(Claim("of_any", left, right, (), relation)), kind)

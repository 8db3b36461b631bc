"""Factorisations that say which law is meant, and those that leave a member out or draw one twice."""

from __future__ import annotations

import pytest

from claims.verdict import NotAClaim, Proved, Supported, Undecided
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document


def verdict(claim, before="Consider the model"):
    return examine(read_document("a.md", f"{before}\n\n$$ {claim} $$\n"), Options()).judged[-1].verdict


GIVEN = [
    (r"q(z_{1:T} \mid x) = q(z_1 \mid x) \times q(z_2 \mid z_1) \times \dots \times q(z_T \mid z_{T-1})",
     r"q(z_1 \mid x) \times ", ""),
    (r"P(X_1, \dots, X_n) = P(X_1) \prod_{i=2}^n P(X_i \mid X_{i-1})", "P(X_1) ", ""),
    (r"P(X_1, \dots, X_n) = P(X_1; a) \prod_{i=2}^n P(X_i \mid X_{i-1}; b_i)", "i=2", "i=1"),
    (r"p(y, w_{1:T}) = p(w_T) \times p(w_{T-1} \mid w_T) \times \dots \times p(y \mid w_1)", r"p(y \mid w_1)",
     r"p(w_1 \mid w_2)"),
    (r"p(w_{1:T}) = p(w_T) \prod_{t=2}^T p(w_{t-1} \mid w_t)", r"p(w_T) ", ""),
    (r"P(X, Z) = \prod_i P(Z_i) P(X_i \mid Z_i)", r"P(X_i \mid Z_i)", r"P(Z_i \mid X_i)"),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "old", "new"), GIVEN)
def test_every_member_is_drawn_once(claim, old, new):
    assert isinstance(verdict(claim), NotAClaim)
    assert claim.count(old) == 1
    assert not isinstance(verdict(claim.replace(old, new)), NotAClaim | Supported | Proved)


def test_fewer_conditions_are_an_assumption():
    assert isinstance(verdict(r"P(X_i \mid X_1, \dots, X_{i-1}) = P(X_i \mid X_{i-1})"), NotAClaim)
    assert isinstance(verdict(r"P(X_i \mid X_1, \dots, X_{i-1}) = P(X_j \mid X_{i-1})"), Undecided)


def test_the_chain_rule_is_an_identity():
    claim = r"p(x_{1:T}) = p(x_1) p(x_2 \mid x_1) \cdots p(x_T \mid x_{1:T-1})"
    assert isinstance(verdict(claim), Supported)
    wrong = r"P(X_1, \dots, X_n) = P(X_1) \prod_{i=2}^n P(X_i \mid X_{i-1})"
    assert not isinstance(verdict(wrong, "By the chain rule, always"), NotAClaim | Supported)
    backwards = r"p(x_1, \dots, x_n) = p(x_n \mid x_{1:n-1}) \cdot \ldots \cdot p(x_2 \mid x_1) \cdot p(x_1)"
    assert not isinstance(verdict(backwards), NotAClaim)

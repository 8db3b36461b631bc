"""An identity of the catalogue is known by its form under any names, and nothing that only has its value is."""

from __future__ import annotations

import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.verdict import Proved, Supported
from derivations.catalogue import derivation, derivations
from errata.checking.catalogued import FORMS
from errata.checking.examine import examine
from errata.checking.identities import forms_of, identity_of
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.reading.sources import read_document

NAMES = sorted(name for name, _ in FORMS.values())


def only(relation: str) -> Judged:
    (found,) = examine(read_document("notes.md", f"Notes\n\n$$ {relation} $$\n"), Options()).judged
    return found


def test_the_forms_are_those_of_the_catalogue():
    """Where this fails after a new page, write ``forms_of`` of all claims to errata/checking/catalogued.py."""
    assert dict(FORMS) == forms_of(d.claim for d in derivations())


@pytest.mark.parametrize(
    ("relation", "name"),
    [
        (r"-\log(p^y (1-p)^{1-y}) = -y \log p - (1-y)\log(1-p)", "nll_bernoulli_eq"),
        (r"-\log((1-r)^{1-k} r^k) = -(1-k)\log(1-r) - k \log r", "nll_bernoulli_eq"),
        (r"-y \log p - (1-y)\log(1-p) = -\log(p^y (1-p)^{1-y})", "nll_bernoulli_eq"),
        (r"\frac{e^a}{e^a + e^b} = \frac{1}{1 + e^{-(a-b)}}", "bradley_terry_eq"),
        (r"\log(e^x + e^y + e^z) = m + \log(e^{x-m} + e^{y-m} + e^{z-m})", "logsumexp_shift_eq"),
    ],
)
def test_an_identity_of_the_catalogue_names_its_derivation(relation, name):
    found = only(relation)
    assert isinstance(found.verdict, Supported | Proved)
    assert found.derived == name


@pytest.mark.parametrize(
    "relation",
    [
        r"-\log(p^y (1-p)^{1-y}) = -y \log p - \log(1-p) + y\log(1-p)",  # the same value in another form
        r"-\log(p^{1-y} (1-p)^y) = -(1-y) \log p - y\log(1-p)",  # another role of y
        r"-\log(p^y (1-p)^{1-y}) = -\log(p^y (1-p)^{1-y})",
        r"\log(p q) = \log p + \log q",
        r"\frac{e^a}{e^a + e^b} = \frac{1}{1 + e^{-a} e^b}",
        r"(a + b)^2 = a^2 + 2 a b + b^2",
        r"-\log(p^y (1-p)^{1-y}) = -y \log p + (1-y)\log(1-p)",  # a slip
    ],
)
def test_what_is_no_claim_of_the_catalogue_names_none(relation):
    assert only(relation).derived is None


@settings(max_examples=12)
@given(st.sampled_from(NAMES), st.permutations("uvwxyzabcde"), st.booleans())
def test_names_and_direction_make_no_difference_and_a_planted_slip_does(name, letters, turned):
    claim = derivation(name).claim
    symbols = sorted(claim.left.free_symbols | claim.right.free_symbols, key=str)
    named = {s: sp.Symbol(letter, real=True) for s, letter in zip(symbols, letters, strict=False)}
    left, right = claim.left.xreplace(named), claim.right.xreplace(named)
    assert identity_of(*((right, left) if turned else (left, right))) == name
    assert identity_of(left, right + named[symbols[0]]) is None
    assert identity_of(left, 2 * right) is None
    if len(symbols) > 1:
        merged = {named[symbols[0]]: named[symbols[1]]}
        assert identity_of(left.xreplace(merged), right.xreplace(merged)) != name

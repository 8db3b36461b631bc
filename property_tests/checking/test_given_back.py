"""Mixtures in weights and components: what holds of the laws that these stand for is supported, slips never are."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted, Supported
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document

PAGE = r"""
The component is drawn first, $$ P(c = m) = w_m, $$ and then
the point, $$ p(t \mid c = m) = \mathcal{N}(t; a_m, b_m). $$
So $$ %s $$
"""
MIXED = r"p(t) = \sum_{m=1}^M w_m \mathcal{N}(t; a_m, b_m)"
SHARE = r"P(c = m \mid t) = \frac{w_m \mathcal{N}(t; a_m, b_m)}{\sum_{l=1}^M w_l \mathcal{N}(t; a_l, b_l)}"
SLIPS = [
    (MIXED, "w_m ", ""),
    (MIXED, r"\sum", r"-\sum"),
    (MIXED, r"\sum_{m=1}^M", r"\frac{1}{M} \sum_{m=1}^M"),
    (MIXED, "w_m", "w_m^2"),
    (MIXED, "t; a_m", "t; a_1"),
    (SHARE, r"\frac{w_m ", r"\frac{"),
    (SHARE, "M w_l", "M "),
    (SHARE, "= m", "= l"),
    (SHARE, r"\mathcal{N}(t; a_m, b_m)", ""),
]


def last(claim: str, page: str = PAGE):
    return examine(read_document("a.md", (page % claim).encode()), Options()).judged[-1].verdict


@pytest.mark.parametrize("claim", [MIXED, SHARE])
def test_what_holds_of_the_laws_is_supported(claim):
    found = last(claim)
    assert isinstance(found, Supported)
    assert "with the laws that line" in found.holds_if


@pytest.mark.parametrize(("claim", "old", "new"), SLIPS)
def test_a_slip_is_never_supported(claim, old, new):
    assert old in claim
    assert not isinstance(last(claim.replace(old, new, 1)), Supported)


@pytest.mark.parametrize("old", [r"P(c = m) = w_m", r"p(t \mid c = m) = \mathcal{N}(t; a_m, b_m)"])
def test_both_laws_must_be_given(old):
    assert not isinstance(last(SHARE, PAGE.replace(old, "u = v")), Supported | Refuted)


def test_weights_of_another_variable_are_not_put_back():
    other = PAGE.replace("P(c = m) = w_m", "P(d = m) = w_m")
    assert not isinstance(last(MIXED, other), Supported)

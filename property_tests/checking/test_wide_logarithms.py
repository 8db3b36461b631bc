"""Logarithms without brackets, which may reach over what stands behind them."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted, Supported
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document

RATIO = r"\frac{p(z)}{q(z \mid x)} p(x \mid z)"
MEAN = r"\mathbb{E}_{q(z \mid x)}"
JENSEN = rf"\log {MEAN}\left[{RATIO}\right] \geq {MEAN}\left[\log {RATIO}\right]"


def judged(claim):
    return (
        examine(read_document("a.md", f"Let $p$ and $q$ be densities. Then\n\n$$ {claim} $$\n"), Options())
        .judged[-1]
        .verdict
    )


def test_a_logarithm_may_reach_over_a_density():
    found = judged(JENSEN)
    assert isinstance(found, Supported) and found.holds_if is not None and "logarithm" in found.holds_if


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (rf"\log {RATIO}", rf"\log \left({RATIO}\right)^{{-2}}"),
        (rf"\log {RATIO}", rf"\log \left({RATIO}\right)^{{-1}}"),
    ],
)
def test_what_fails_however_far_it_reaches_is_refuted(old, new):
    assert JENSEN.count(old) >= 1
    assert isinstance(judged(JENSEN.replace(old, new)), Refuted)

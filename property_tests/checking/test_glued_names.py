"""Names in two signs, Δx and y1, are no products: what holds for products alone is not supported."""

from __future__ import annotations

import pytest

from claims.verdict import Proved, Refuted, Supported, Verdict
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document


def last(text: str) -> Verdict | None:
    return examine(read_document("a.md", text.encode()), Options()).judged[-1].verdict


@pytest.mark.parametrize(
    "text",
    [
        r"The slope is $\frac{\Delta v}{\Delta u} = \frac{v2 - v1}{u2 - u1}$.",
        r"The slope is $\frac{\Delta v}{\Delta u} = \frac{v 3 - v 2}{u 9 - u 8}$.",
        r"The slope is $\frac{\Delta v}{\Delta u} = \frac{v}{u}$.",
        r"It is linear: $\Delta u + \Delta v = \Delta (u + v)$.",
        r"It is $b2 - b1 = b$.",
        r"It is $\Delta u^2 = \Delta u \cdot u$.",
    ],
)
def test_products_lend_no_support_to_names_in_two_signs(text: str) -> None:
    assert not isinstance(last(text), Proved | Supported | Refuted)


@pytest.mark.parametrize(
    ("right", "old", "new"),
    [
        (r"$z = (\Delta u + \Delta v)^2 = \Delta u^2 + 2 \Delta u \Delta v + \Delta v^2$", "+ 2", "+"),
        (r"$z = \frac{\Delta u \Delta v}{\Delta u \Delta w} = \frac{\Delta v}{\Delta w}$", "w} =", "w} = 2"),
        (r"Let $\Delta = b^2$. Then $z = \Delta (u + v) = \Delta u + \Delta v$", r" + \Delta v", ""),
        (r"$z = (n 2 + n 2^k)^2 = 4 n^2 + 4 n^2 2^k + n^2 4^k$", "4 n^2 + ", ""),
    ],
)
def test_what_holds_both_ways_is_supported_and_a_slip_refuted(right: str, old: str, new: str) -> None:
    assert isinstance(last(right), Proved | Supported)
    assert isinstance(last(right.replace(old, new)), Refuted)

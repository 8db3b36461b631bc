"""How far a function without brackets and a slash reach is open: both readings are tried, alone and within a chain."""

from __future__ import annotations

import pytest

from claims.verdict import Proved, Refuted, Supported, Undecided
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document

BOTH = [
    (r"\ln \lambda e^{2 \lambda}", r"\ln\lambda + 2 \lambda", r"\ln\lambda + 3 \lambda"),
    (r"\log \frac{2}{k} \sum_i x_i", r"\log 2 - \log k + \log \sum_i x_i", r"\log 2 + \log k + \log \sum_i x_i"),
    (r"\log \frac{1}{c} e^{-b}", r"-\log c - b", r"-\log c + b"),
    (
        r"\sin\theta (3 \cos\theta - 2)",
        r"3 \sin\theta\cos\theta - 2 \sin\theta",
        r"3 \sin\theta\cos\theta - \sin\theta",
    ),
    (r"1/4 (1 - q)", r"\frac{1 - q}{4}", r"\frac{1 - q}{2}"),
]


def last(latex: str) -> object:
    return examine(read_document("page.md", f"$${latex}$$\n".encode()), Options()).judged[-1].verdict


@pytest.mark.parametrize(("left", "right", "wrong"), BOTH)
def test_alone_and_within_a_chain(left: str, right: str, wrong: str) -> None:
    assert isinstance(last(f"{left} = {right}"), Proved | Supported)
    assert isinstance(last(f"g = {right} = {left}"), Proved | Supported)
    assert isinstance(last(f"g = {left} = {right}"), Proved | Supported)
    found = last(f"g = {wrong} = {left}")
    assert isinstance(found, Undecided if "sum" in left else Refuted)


def test_the_reading_that_saves_it_is_named() -> None:
    found = last(r"g = 3 \sin\theta\cos\theta - 2 \sin\theta = \sin\theta (3 \cos\theta - 2)")
    assert (
        isinstance(found, Supported)
        and found.holds_if == "a function without a bracket ends before the factors behind it"
    )

"""A result in a larger unit, or in millions, is held against what is computed in that unit."""

from __future__ import annotations

import pytest

from claims.verdict import Proved, Refuted, Supported, Undecided
from errata.checking.examine import examine
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.reading.scales import scales_named
from errata.reading.sources import read_document

RIGHT = [
    r"$$3 \times 2.5 \times 10^9 \times 8 = 60 \text{ GFLOPS in all}$$",
    r"$3 \times 2.53 \times 10^9 \times 8 \approx 60.7$ GFLOPS",
    "$7000 \\times 300 = 2.1$ million pairs",
    "$0.5 \\times 0.01 = 5$ ms",
    r"$2048 \times 512 \times 4 = 4$ MB",
    r"$2000 \times 500 \times 4 = 4$ megabytes",
    r"$3 \cdot 4096^2 \cdot 100 \approx 5.0$ GFLOPs",
    r"$4096^2 \approx 17$M 要素",
    "$250 \\times 60000 = 1500$万円",
    "$2 + 2 = 4$ million",  # both sides are in millions
]
WRONG = [
    r"$$3 \times 2.5 \times 10^9 \times 8 = 62 \text{ GFLOPS in all}$$",
    "$7000 \\times 300 = 2.2$ million pairs",
    "$7000 \\times 300 = 2.1$ pairs",
    "$7000 \\times 300 = 2.1$ mistakes",  # a word that begins as a unit does
    "$2 + 2 = 5$ million",
    r"$3 \cdot 4096^2 \cdot 100 \approx 5.6$ GFLOPs",
    r"$4096^2 \approx 19$M 要素",
    r"$4096^2 \approx 17$Mx",
    r"$2.5 \times 4000 = 11.2$ GB",
    r"$3 \times 25 = 85$ ms",
    r"$511 \approx 32$ parts",
    "$7000 \\times 300 = 2.1$\nmillion-fold",  # on another line
]


def judged(notes: str) -> Judged:
    return examine(read_document("notes.md", notes), Options()).judged[-1]


@pytest.mark.parametrize("notes", RIGHT)
def test_a_result_in_its_own_unit_holds(notes: str):
    assert isinstance(judged(notes).verdict, Proved | Supported)


@pytest.mark.parametrize("notes", WRONG)
def test_a_wrong_result_in_any_unit_is_refuted(notes: str):
    assert isinstance(judged(notes).verdict, Refuted)


@pytest.mark.parametrize("notes", [r"$2.5 \times 4000 = 10$ GB", r"$R = 511 \approx 32$ms at 16 kHz"])
def test_a_left_side_may_be_in_a_unit_that_nothing_names(notes: str):
    assert isinstance(judged(notes).verdict, Undecided)


def test_a_result_that_fails_in_its_unit_has_no_repair():
    found = judged("$7000 \\times 300 = 2.2$ million pairs").verdict
    assert isinstance(found, Refuted) and found.repair is None


@pytest.mark.parametrize(
    ("text", "scales"),
    [
        (" GHz", [10**9]),
        ("MB", [10**6, 1024**2]),
        (" kids", []),
        ("", []),
        (" billions", [10**9]),
        ("m", []),
        ("kg", [1000]),
        (" GFLOPs", [10**9]),
        ("M parameters", [10**6]),
        ("K_1", []),
        (" M(x)", []),
    ],
)
def test_scales_by_the_text_after_a_number(text: str, scales: list[int]):
    assert list(scales_named(text)) == scales

"""A function without a bracket may end before a slash, or reach over it; what fails both ways is refuted."""

from __future__ import annotations

import pytest

from claims.verdict import Proved, Refuted, Supported, Verdict
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document


def verdict(latex: str) -> Verdict:
    return examine(read_document("notes.md", f"Then ${latex}$.\n"), Options()).judged[-1].verdict


@pytest.mark.parametrize("latex", [r"\ln 100 / 4 \approx 1.15", r"\ln 100 / 4 \approx 3.22", r"2 \ln 9 / 3 = 1.46"])
def test_either_reading_may_be_meant(latex: str) -> None:
    assert isinstance(verdict(latex), Proved | Supported)


@pytest.mark.parametrize("latex", [r"\ln 100 / 4 \approx 1.25", r"\ln(100 / 4) \approx 1.15", r"2 \ln 9 / 3 = 1.56"])
def test_what_fails_both_ways_is_refuted(latex: str) -> None:
    assert isinstance(verdict(latex), Refuted)

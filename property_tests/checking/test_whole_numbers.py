"""Floors and ceilings of whole numbers, which hold where fractions would refute them; wrong ones beside them."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted, Supported, Undecided
from errata.checking.examine import examine
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.reading.sources import read_document


def judged(latex: str) -> Judged:
    document = read_document("page.md", f"We see that $${latex}$$".encode())
    return examine(document, Options(), lambda *_: None, {}).judged[0]


@pytest.mark.parametrize(
    "latex",
    [
        r"\left\lfloor \frac{3k - 1}{3} \right\rfloor = k - 1",
        r"\left\lfloor \frac{3k - 3}{3} \right\rfloor = \left\lfloor \frac{3k - 2}{3} \right\rfloor",
        r"\lfloor n / 2 \rfloor + \lceil n / 2 \rceil = n",
        r"x \lfloor n / 2 \rfloor + x \lceil n / 2 \rceil = n x",
    ],
)
def test_what_holds_for_whole_numbers_is_supported_so(latex: str) -> None:
    verdict = judged(latex).verdict
    assert isinstance(verdict, Supported)
    assert verdict.holds_if in ("whole k", "whole n")


@pytest.mark.parametrize(
    "latex",
    [r"\left\lfloor \frac{3k - 1}{3} \right\rfloor = k", r"\lfloor n / 2 \rfloor + \lceil n / 2 \rceil = n + 1",
     r"\lceil n / 2 \rceil = \lfloor n / 2 \rfloor + 1",
     r"\lfloor x + y \rfloor = \lfloor x \rfloor + \lfloor y \rfloor"],
)  # fmt: skip
def test_what_fails_for_some_whole_numbers_is_not(latex: str) -> None:
    assert isinstance(judged(latex).verdict, Refuted | Undecided)


def test_the_witness_is_a_whole_number() -> None:
    verdict = judged(r"\lceil k / 2 \rceil + 2 k = 3 k + k + \lceil k / 2 \rceil").verdict
    assert isinstance(verdict, Refuted)
    assert all("/" not in value for _, value in verdict.by.witness)

"""Units behind a number: what stands before them is judged; a wrong number is none the better for its unit."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted, Supported
from errata.checking.examine import examine
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.reading.sources import read_document


def last(latex: str) -> Judged:
    document = read_document("page.md", f"It goes at ${latex}$.".encode())
    return examine(document, Options(), lambda *_: None, {}).judged[-1]


@pytest.mark.parametrize(
    "latex",
    [
        r"v = \frac{10}{100} = 0.1 \mathrm{~m} / \mathrm{s}",
        r"v = \frac{10}{100} = \boxed{0.1} \mathrm{m} / \mathrm{s}^2",
        r"v = \frac{100}{10} = 10\;\mathrm{km}",
    ],
)
def test_a_number_with_its_unit_is_that_number(latex: str) -> None:
    assert isinstance(last(latex).verdict, Supported)


@pytest.mark.parametrize(
    "latex", [r"v = \frac{10}{100} = 0.2 \mathrm{~m} / \mathrm{s}", r"v = \frac{100}{10} = 12 \mathrm{km}"]
)
def test_a_wrong_number_is_refuted(latex: str) -> None:
    assert isinstance(last(latex).verdict, Refuted)


@pytest.mark.parametrize(
    "latex", [r"\frac{5}{100} = 5 \mathrm{cm}", r"2.54 = 1 \mathrm{in}", r"\frac{5}{100} x = 0.2 \mathrm{m}"]
)
def test_a_unit_may_change_the_number(latex: str) -> None:
    assert not isinstance(last(latex).verdict, Refuted)

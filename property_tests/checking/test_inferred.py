"""A display that the text derives from the last one, and a conclusion, are wrong where a slip parts them from it."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document

GIVEN = r"f(x) = \frac{1}{g} x^k e^{-x}"


@pytest.mark.parametrize(
    ("between", "wrong"),
    [
        ("Taking the logarithm, we have", True),
        ("Hence,", True),
        ("In another case, we have", False),
        ("If $k$ is odd, we get", False),
        ("A third one is", False),
    ],
)
def test_a_display_that_the_text_derives_from_the_last_one_is_told_by_its_slip(between: str, wrong: bool) -> None:
    def last(latex: str) -> object:
        notes = f"Here\n\n$$\n{GIVEN}\n$$\n\n{between}\n\n$$\n{latex}\n$$\n"
        return examine(read_document("notes.md", notes), Options()).judged[-1].verdict

    assert isinstance(last(r"\log f(x) = k \log x - x + \log g"), Refuted) is wrong
    assert not isinstance(last(r"\log f(x) = k \log x - x - \log g"), Refuted)
    assert not isinstance(last(r"\log h(x) = k \log x - x + \log g"), Refuted)


@pytest.mark.parametrize(("last", "wrong"), [("2 h = 2 N p", False), ("3 h = 3 N^2 p", True), ("2 h = N p", True)])
def test_what_is_concluded_from_an_equation_follows_from_it(last: str, wrong: bool) -> None:
    notes = f"Thus\n\n$$\nh (1 - p) = (N - h) p\n$$\n\nExpanding, $h - h p = N p - h p \\implies {last}$.\n"
    assert isinstance(examine(read_document("notes.md", notes), Options()).judged[-1].verdict, Refuted) is wrong


def test_differentials_are_not_held_against_what_they_come_from() -> None:
    text = r"Put $$u = \sqrt{\frac{k}{2}} (x - \mu).$$ Then it follows that $$du = \sqrt{\frac{k}{2}} dx.$$"
    assert not any(isinstance(j.verdict, Refuted) for j in examine(read_document("a.md", text), Options()).judged)

"""Slips under the integral sign, found and undone; substitutions and shifts are no slips."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted
from errata.checking.examine import examine
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.reading.sources import read_document

GAMMA = r"\int_{\mathbb{R}} \frac{b^a}{\Gamma(a)} x^{a-1} e^{-(b - t) x} \, \mathrm{d}x"
SCALED = r"\int_{\mathbb{R}} \frac{(b-t)^a}{(b-t)^a} \cdot \frac{b^a}{\Gamma(a)} x^{a-1} e^{-(b - t) x} \, \mathrm{d}x"
NORMAL = r"\int_{-\infty}^{s} \exp \left[ -\frac{1}{2} y^2 - k y + k y + c \right] dy"
SHORT = r"\int_{-\infty}^{s} \exp \left[ -\frac{1}{2} y^2 \right] \cdot e^{c} dy"


def last(first: str, second: str, before: str = "") -> Judged:
    notes = f"{before}We find\n\n$$ \\begin{{split}} Q &= {first} \\\\ &= {second} \\end{{split}} $$\n"
    return examine(read_document("a.md", notes), Options()).judged[-1]


@pytest.mark.parametrize(
    ("first", "second", "old", "new"),
    [
        (GAMMA, SCALED, r"\frac{(b-t)^a}{", r"\frac{(a-t)^a}{"),
        (GAMMA, SCALED, r"\frac{(b-t)^a}{", r"2 \frac{(b-t)^a}{"),
        (NORMAL, SHORT, r"-\frac{1}{2} y^2", "-y^2"),
        (NORMAL, SHORT, r"-\frac{1}{2} y^2", r"-\frac{1}{3} y^2"),
        (NORMAL, SHORT, r"\cdot e^{c}", r"\cdot e^{2 c}"),
    ],
)
def test_a_slip_under_the_integral_is_refuted_and_the_right_step_is_not(
    first: str, second: str, old: str, new: str
) -> None:
    assert not isinstance(last(first, second).verdict, Refuted)
    assert old in second
    found = last(first, second.replace(old, new, 1))
    assert isinstance(found.verdict, Refuted) and found.rule == "E311"


def test_a_name_that_the_document_gives_saves_the_step_where_it_does() -> None:
    wrong = SCALED.replace(r"\frac{(b-t)^a}{", r"\frac{(a-t)^a}{", 1)
    assert isinstance(last(GAMMA, wrong).verdict, Refuted)
    assert not isinstance(last(GAMMA, wrong, "Let $b = a$. ").verdict, Refuted)
    assert isinstance(last(GAMMA, wrong, "Let $x = z - t$ from here on. ").verdict, Refuted)  # x is the variable


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (r"\int_{-\infty}^\infty e^{-(x - m)^2} \, dx", r"\int_{-\infty}^\infty e^{-(x - 2 m)^2} \, dx"),
        (r"\int_{-\infty}^\infty (x - m) f(x) \, dx", r"\int_{-\infty}^\infty (x - k) f(x) \, dx"),
    ],
)
def test_what_may_hold_all_the_same_is_left(first: str, second: str) -> None:
    assert not isinstance(last(first, second).verdict, Refuted)

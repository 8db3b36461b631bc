"""Complex numbers are not judged, and an index named i is no such number."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted, Verdict
from errata.checking.examine import examine
from errata.checking.imaginary import has_imaginary_unit
from errata.checking.options import Options
from errata.reading.parser import parse
from errata.reading.sources import read_document


def last(notes: str) -> Verdict:
    return examine(read_document("a.md", notes), Options()).judged[-1].verdict


def test_oscillations_are_not_refuted() -> None:
    rows = r"$$ y = a e^{i w t} + b e^{-i w t} = a [\cos(w t) + i \sin(w t)] + b [\cos(w t) - i \sin(w t)] $$"
    assert not isinstance(last(rows), Refuted)
    assert isinstance(last(r"$$ y = a e^{2 w t} + b e^{-w t} = a e^{2 w t} - b e^{-w t} $$"), Refuted)


@pytest.mark.parametrize("latex", [r"e^{i x}", r"\exp(-i \omega)", r"\cos x + i \sin x", r"e^{2 \pi i k / n}"])
def test_where_the_unit_stands(latex: str) -> None:
    assert has_imaginary_unit(parse(latex).statements)


@pytest.mark.parametrize("latex", [r"\sum_i e^{a i}", r"e^{-x_i}", r"\exp(x_i + i)", r"e^{t}", r"i + 1"])
def test_where_it_is_an_index_or_a_number(latex: str) -> None:
    assert not has_imaginary_unit(parse(latex).statements)


PRODUCT = r" Then $$(a + b i) (c + d i) = a (c + d i) + b i (c + d i) = a c + a d i + b c i + b d (-1)$$"


@pytest.mark.parametrize("said", [r"Here $i^2 = -1$.", r"Here $i = \sqrt{-1}$.", r"It has $i^{2} = -1$."])
def test_the_text_says_which_letter_is_the_unit(said: str) -> None:
    assert not isinstance(last(said + PRODUCT), Refuted)


@pytest.mark.parametrize("said", [r"Here $i^2 = 1$.", "Here $i$ is a number.", r"Here $j^2 = -1$."])
def test_nothing_else_makes_it_one(said: str) -> None:
    assert isinstance(last(said + PRODUCT), Refuted)


def test_an_index_is_none_though_the_text_speaks_of_the_unit() -> None:
    assert isinstance(last(r"Here $i^2 = -1$. $$\sum_{i=1}^n i = n (n - 1) / 2$$"), Refuted)

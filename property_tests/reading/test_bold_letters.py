"""Several letters in bold are each a bold letter, of which the last one alone has what stands over it."""

from __future__ import annotations

import pytest

from claims.verdict import Supported
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.names import key
from errata.reading.parser import parse
from errata.reading.sources import read_document
from errata.reading.words import words


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"\mathbf{Xdd}^T", "bold X·bold d·bold d^T"),
        (r"\boldsymbol{{Ax}}", "bold A·bold x"),
        (r"\mathbf{Q\Lambda}", "bold Q·bold Λ"),
        (r"\mathbf{A}", "bold A"),
        (r"\mathbf{KL}", "KL"),
        (r"\mathrm{ab}", "ab"),
    ],
)
def test_letters_in_bold(latex: str, expected: str) -> None:
    assert words(parse(latex).statements[0]) == expected


@pytest.mark.parametrize("latex", [r"x^\mathbf{ab}", r"\hat\mathbf{ab}", r"\mathbf{a_1b}", r"\mathbf{", r"\mathbf{ab"])
def test_what_is_one_argument_or_more_than_letters_stays_as_it_is(latex: str) -> None:
    assert "bold a·bold b" not in words(parse(latex).statements[0])


def test_a_product_in_bold_is_that_of_its_letters() -> None:
    text = r"We have $(\mathbf{AB})^T = \mathbf{B}^T\mathbf{A}^T$ and $\mathbf{Xd}^T = \mathbf{X}\mathbf{d}^T$."
    first, _ = examine(read_document("page.md", text.encode()), Options()).judged
    assert isinstance(first.verdict, Supported)


@pytest.mark.parametrize(
    ("group", "parted"),
    [
        (r"\mathbf{B X}^T X", r"\mathbf{B} \mathbf{X}^T X"),
        (r"\mathbf{SF}(0)", r"\mathbf{S} \mathbf{F}(0)"),
        (r"\boldsymbol{\alpha\beta}_i^2", r"\boldsymbol{\alpha} \boldsymbol{\beta}_i^2"),
        (r"\mathbf{ab}^\top", r"\mathbf{a} \mathbf{b}^\top"),
    ],
)
def test_a_script_or_a_bracket_belongs_to_the_last_letter(group: str, parted: str) -> None:
    assert key(parse(group)) == key(parse(parted))


@pytest.mark.parametrize("latex", [r"\mathbf{softmax}(x)", r"\mathbf{x_i}^2", r"\mathbf{loss}^2", r"\mathbf{AB}"])
def test_words_scripts_and_every_letter_stay(latex: str) -> None:
    shown = words(parse(latex))
    assert all(letter in shown for letter in latex.removeprefix(r"\mathbf") if letter.isalpha())
    assert r"\mathbf{softmax}" not in latex or "softmax(x)" in shown

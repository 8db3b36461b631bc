"""What stands alone in an expectation is random, also in small letters; support says so, nothing is refuted by it."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted, Supported
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document


def verdict(latex: str) -> object:
    return examine(read_document("page.md", f"$$ {latex} $$".encode()), Options()).judged[-1].verdict


@pytest.mark.parametrize(
    ("latex", "condition"),
    [
        (r"\mathrm{E}(\sum_{i=1}^n c_i y_i) = \sum_{i=1}^n c_i \mathrm{E}(y_i)", "y_i random"),
        (r"\mathrm{Var}(a + b y) = b^2 \mathrm{Var}(y)", "y random"),
        (r"\mathrm{E}(a + b y) = a + b \, \mathrm{E}(y)", "y random"),
    ],
)
def test_small_letters_are_random_where_they_stand_alone(latex: str, condition: str) -> None:
    found = verdict(latex)
    assert isinstance(found, Supported)
    assert condition in str(found.holds_if)


@pytest.mark.parametrize(
    "latex",
    [
        r"\mathrm{E}(c) = c",
        r"\mathrm{E}(\sum_{i=1}^n c_i y_i) = \sum_{i=1}^n c_i^2 \mathrm{E}(y_i)",
    ],
)
def test_nothing_else_is_said_of_small_letters(latex: str) -> None:
    assert not isinstance(verdict(latex), Supported | Refuted)


def test_a_lost_square_is_told_where_a_variance_says_which_letter_is_random() -> None:
    found = verdict(r"\mathrm{Var}(a + b y) = b \, \mathrm{Var}(y)")
    assert isinstance(found, Refuted) and found.repair is not None and found.repair.slip == "square"
    assert isinstance(verdict(r"\mathrm{Var}(a + b y) = b^2 \, \mathrm{Var}(y)"), Supported)

"""yᵀx of two small letters is a number of which nothing is used."""

from __future__ import annotations

import pytest

from claims.verdict import Proved, Refuted, Supported, Undecided
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document


def verdict(latex: str) -> object:
    step = latex.replace("'", r"^\mathrm{T}")
    return examine(read_document("a.md", f"We find\n\n$$ Q = {step} $$\n"), Options()).judged[-1].verdict


@pytest.mark.parametrize(
    "latex",
    [
        r"\sum_{k=1}^m (a_k + b y' y) = \sum_{k=1}^m a_k + m b y' y",
        r"\frac{\mathrm{d}}{\mathrm{d} m} \log (m + x' y) = \frac{1}{m + x' y}",
        r"\sum_{k=1}^m a_k x' y = y' x \sum_{k=1}^m a_k",
    ],
)
def test_it_is_a_number_in_any_dimension(latex: str) -> None:
    assert isinstance(verdict(latex), Supported | Proved)


@pytest.mark.parametrize(
    "latex",
    [
        r"\frac{\mathrm{d}}{\mathrm{d} x} (x' y + c) = 0",
        r"\sum_{k=1}^m (a_k + b y' y) = \sum_{k=1}^m a_k + b y' y",
        r"\sum_{i=1}^m y_i' y_i = m y_1' y_1",
        r"\sum_{k=1}^m a_k x' y = x y \sum_{k=1}^m a_k",
    ],
)
def test_nothing_else_is_used_of_it(latex: str) -> None:
    assert not isinstance(verdict(latex), Supported | Proved)


def test_what_it_is_may_save_a_relation() -> None:
    assert isinstance(verdict(r"\log (m + y' y) = \log (m + q)"), Undecided)
    assert not isinstance(verdict(r"\sum_{k=1}^m a_k + y' y = \sum_{k=1}^m a_k + c"), Refuted)

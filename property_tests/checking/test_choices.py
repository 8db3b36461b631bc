"""C_n^k as a number of choices: Vandermonde and Pascal hold, and what fails for both readings is refuted."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted, Supported, Verdict
from errata.checking.choices import AS_CHOICES
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document


def last(latex: str) -> Verdict:
    return examine(read_document("a.md", f"$$ {latex} $$"), Options()).judged[-1].verdict


@pytest.mark.parametrize(
    "latex",
    [
        r"v = \sum_{k=1}^y C_{s-1}^{k-1} C_{N-s}^{y-k} = C_{N-1}^{y-1}",
        r"v = \sum_{k=0}^n C_n^k a^k = (1 + a)^n",
    ],
)
def test_numbers_of_choices_hold(latex: str) -> None:
    found = examine(read_document("a.md", f"$$ {latex} $$"), Options()).judged[-1]
    assert isinstance(found.verdict, Supported) and found.verdict.holds_if == AS_CHOICES
    assert "binom" not in found.left + found.right


@pytest.mark.parametrize("latex", [r"v = C_n^k + 1 = C_n^k", r"v = (C_i^2)^2 = C_i^3"])
def test_what_holds_for_neither_reading_is_refuted(latex: str) -> None:
    assert isinstance(last(latex), Refuted)


@pytest.mark.parametrize("latex", [r"v = \sum_{k=0}^n C_n^k a^k = (2 + a)^n", r"v = C_n^T C_k^{-1} = C_{n+k}^T"])
def test_other_sums_and_matrices_are_not_supported(latex: str) -> None:
    assert not isinstance(last(latex), Supported)

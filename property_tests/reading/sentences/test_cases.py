"""Sums over the cases of a partition, which the text need not call one."""

import pytest

from claims.verdict import Refuted, Supported, Undecided
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document


def verdict(latex: str) -> object:
    return examine(read_document("notes.md", f"We have ${latex}$."), Options()).judged[-1].verdict


@pytest.mark.parametrize(
    "latex",
    [
        r"P(A) = \sum_i P(A \cap B_i)",
        r"P(A) = \sum_{i=1}^n P(A \cap B_i)",
        r"P(A) = \sum_B P(A \cap B)",
        r"P(B_j \mid A) = \frac{P(A \cap B_j)}{\sum_i P(A \cap B_i)}",
        r"P(\bigcup_i A_i) \le \sum_i P(A_i)",
    ],
)
def test_what_holds_for_a_partition_is_supported(latex):
    assert isinstance(verdict(latex), Supported)


@pytest.mark.parametrize(
    "latex",
    [
        r"P(A) = \sum_i P(A \cap B_i) P(B_i)",
        r"P(A) = \sum_B P(A \cap B) P(B)",
        r"P(A) = \sum_i P(A \cap B_i) - P(A)",
        r"P(\bigcup_i A_i) = \sum_i P(A_i)",
    ],
)
def test_what_fails_for_a_partition_is_refuted(latex):
    assert isinstance(verdict(latex), Refuted)


@pytest.mark.parametrize(
    "latex", [r"P(A^c) = \sum_i P(A^c \cap B_i)", r"P(\bigcup_i (A \cap B_i)) = \sum_i P(A \cap B_i)"]
)
def test_cases_joined_in_other_ways_are_left_open(latex):
    assert isinstance(verdict(latex), Undecided)

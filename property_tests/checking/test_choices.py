"""C_n^k as a number of choices: Vandermonde and Pascal hold, and what fails for both readings is refuted."""

from __future__ import annotations

import pytest

from claims.verdict import Proved, Refuted, Supported, Verdict
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


COLUMN = r"\left(\begin{array}{c} %s \\ %s \end{array}\right)"


@pytest.mark.parametrize(
    ("column", "right", "wrong"),
    [
        (COLUMN % ("6", "2"), "15", "16"),
        (COLUMN % ("n", "k"), r"\frac{n!}{k! (n - k)!}", r"\frac{n!}{k! (n + k)!}"),
        (
            r"\begin{pmatrix} n + 1 \\ k \end{pmatrix}",
            r"\binom{n}{k} + \binom{n}{k - 1}",
            r"\binom{n}{k} + \binom{n}{k + 1}",
        ),
    ],
)  # fmt: skip
def test_a_column_of_two_counts_may_be_a_number_of_choices(column: str, right: str, wrong: str) -> None:
    assert isinstance(last(f"{column} = {right}"), Supported | Proved)
    assert isinstance(last(f"v = {column} = {wrong}"), Refuted)


@pytest.mark.parametrize(
    "latex", [COLUMN % ("1", "2") + "^T x = 3", r"x = " + COLUMN % ("1", "2"), COLUMN % ("a", "b") + " = 0"]
)
def test_a_vector_is_none(latex: str) -> None:
    found = examine(read_document("a.md", f"$$ {latex} $$"), Options()).judged[-1]
    assert "binom" not in found.read_as


ROUNDED = [
    (r"\lfloor 9 / 2 \rfloor = 4", r"\lfloor 9 / 2 \rfloor = 5"),
    (r"\lceil 9 / 2 \rceil = 5", r"\lceil 9 / 2 \rceil = 4"),
    (r"\left\lfloor \sqrt{20} \right\rfloor = 4", r"\left\lfloor \sqrt{20} \right\rfloor = 5"),
]


@pytest.mark.parametrize(("right", "wrong"), ROUNDED)
def test_brackets_that_round(right: str, wrong: str) -> None:
    assert isinstance(last(right), Supported | Proved)
    assert isinstance(last(wrong), Refuted)

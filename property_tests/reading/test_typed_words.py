"""Words of conditions that are typed as bare letters, and the products of the same letters."""

from __future__ import annotations

import pytest

from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.parser import parse
from errata.reading.sources import read_document
from errata.reading.words import words


def read(latex: str) -> str:
    return words(parse(latex).statements[0])


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        ("f(x) = 0 if x < 0", "f(x) = 0 “if” x < 0"),
        (r"a = b\ if\ n = 1", "a = b “if” n = 1"),
        (r"a = b,if~n \ge 1", "a = b, “if” n ≥ 1"),
        ("a = b iff c = d", "a = b “iff” c = d"),
        (r"\begin{cases} 0 & if x < 0 \\ 1 & otherwise \end{cases}", "cases[0, “if” x < 0; 1, “otherwise”]"),
    ],
)
def test_a_condition_is_a_remark(latex: str, expected: str) -> None:
    assert read(latex) == expected


@pytest.mark.parametrize(
    "latex", ["a = if + b", "x^{if} = 2", "g = if(x) = 3", r"y = e^{if t}", "b = a + if x", "iffy = 1"]
)
def test_a_product_of_letters_stays_one(latex: str) -> None:
    assert "“" not in read(latex) and "i·f" in read(latex)


def codes(latex: str) -> list[str | None]:
    return [j.rule for j in examine(read_document("a.md", f"${latex}$"), Options()).judged]


def test_the_letters_of_a_condition_escape_from_no_sum() -> None:
    summed = r"\frac{1}{n} \sum_{i=1}^n b_i + 1"
    assert "E412" not in codes(rf"{summed} = 1 + \sum_{{i=1}}^n \frac{{b_i}}{{n}} if n > 0")
    assert "E412" in codes(rf"{summed} = i \sum_{{i=1}}^n \frac{{b_i}}{{n}} if n > 0")
    assert "E412" in codes(rf"{summed} = i f \sum_{{i=1}}^n \frac{{b_i}}{{n}}")

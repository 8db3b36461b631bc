"""A blank line within a display parts two statements, and nothing that is one."""

from __future__ import annotations

import pytest

from claims.verdict import Proved, Refuted
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.parser import parse
from errata.reading.sources import read_document
from errata.reading.words import words


def read(latex: str) -> list[str]:
    return [words(one) for one in parse(latex).statements]


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        ("a = b\n\nc = d", ["a = b", "c = d"]),
        ("a = b,\n \n(c + e) = d\n\nf \\ge 1", ["a = b", "(c + e) = d", "f ≥ 1"]),
        ("a = b \\\\\n\nc = d", ["a = b", "c = d"]),
    ],
)
def test_statements_are_parted(latex: str, expected: list[str]) -> None:
    assert read(latex) == expected


@pytest.mark.parametrize(
    "latex",
    [
        "a = b\n\n= d",
        "a =\n\nb = d",
        "a = b +\n\nc = d",
        "a = b\n\n+ c = d",
        "a = b\n\nc",
        "a\n\nb = c",
        "a = (b\n\nc = d)",
        "a = b_{c\n\nd = 1}",
        "a = b\nc = d",
    ],
)
def test_one_statement_stays_one(latex: str) -> None:
    assert len(read(latex)) == 1


def test_a_matrix_keeps_its_rows() -> None:
    assert read("a = \\begin{cases} 1 & b = 1\n\n\\\\ 2 & b = 2\n\n\\end{cases}") == [
        words(parse(r"a = \begin{cases} 1 & b = 1 \\ 2 & b = 2 \end{cases}").statements[0])
    ]


def test_each_statement_is_judged_by_itself() -> None:
    right, wrong = examine(read_document("a.md", "$$\n2 + 3 = 5\n\n4 \\cdot 2 = 9\n$$\n"), Options()).judged
    assert isinstance(right.verdict, Proved) and isinstance(wrong.verdict, Refuted)

"""Functions distributed over sums and products: refuted where they can't be, and left alone where words tell why."""

from __future__ import annotations

import pytest

from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document


def verdict(text: str) -> str:
    return type(examine(read_document("page.md", text), Options()).judged[-1].verdict).__name__


WRONG = [
    r"\log(a + b) = \log a + \log b",
    r"\log(ab) = \log a \log b",
    r"\log\frac{a}{b} = \frac{\log a}{\log b}",
    r"\sqrt{a^2 + b^2} = a + b",
    r"\sqrt{x + y} = \sqrt{x} + \sqrt{y}",
    r"(x - y)^2 = x^2 - y^2",
    r"\frac{1}{a + b} = \frac{1}{a} + \frac{1}{b}",
    r"e^{a + b} = e^a + e^b",
    r"\det(A + B) = \det A + \det B",
    r"\operatorname{tr}(AB) = \operatorname{tr}(A) \operatorname{tr}(B)",
    r"(AB)^\top = A^\top B^\top",
    r"(AB)^{-1} = A^{-1} B^{-1}",
    r"\det(cA) = c \det(A)",
]
RIGHT = [
    r"e^{a + b} = e^a e^b",
    r"(ab)^2 = a^2 b^2",
    r"\operatorname{tr}(A + B) = \operatorname{tr} A + \operatorname{tr} B",
    r"\det(AB) = \det A \det B",
    r"(A + B)^\top = A^\top + B^\top",
]


@pytest.mark.parametrize("formula", WRONG)
def test_what_can_not_be_distributed_is_refuted(formula: str) -> None:
    assert verdict(f"We use that ${formula}$.") == "Refuted"


@pytest.mark.parametrize("formula", RIGHT)
def test_what_can_be_is_held(formula: str) -> None:
    assert verdict(f"We use that ${formula}$.") in ("Supported", "Proved")


@pytest.mark.parametrize(
    "text",
    [
        r"In general it is not true that $(a + b)^2 = a^2 + b^2$.",
        r"A common mistake: $\log(a + b) = \log a + \log b$.",
        r"When is $\frac{1}{a + b} = \frac{1}{a} + \frac{1}{b}$?",
        r"As the cross terms vanish, $(a + b)^2 = a^2 + b^2$.",
        r"Since $A$ and $B$ commute, $(AB)^\top = A^\top B^\top$.",
        r"We set $\det(cA) = c \det(A)$ and solve for $c$.",
    ],
)
def test_words_around_it_take_it_back(text: str) -> None:
    assert verdict(text) == "Undecided"


def test_a_matrix_between_vectors_is_no_number() -> None:
    assert verdict(r"$x^\top A x = \operatorname{tr}(A x^\top x)$") == "Undecided"
    assert verdict(r"$x^\top A x = \operatorname{tr}(A x x^\top)$") == "Supported"

"""Inequalities of norms, inner products and traces: held one way, refuted the other, loose bounds left alone."""

from __future__ import annotations

import pytest

from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document


def verdict(text: str) -> str:
    return type(examine(read_document("page.md", text), Options()).judged[-1].verdict).__name__


BOUNDS = [
    (r"\|x\|_2", r"\|x\|_1"),
    (r"|x^\top y|", r"\|x\| \|y\|"),
    (r"(x^\top y)^2", r"x^\top x \cdot y^\top y"),
    (r"\|x + y\|", r"\|x\| + \|y\|"),
    (r"\|x + y\|^2", r"2 \|x\|^2 + 2 \|y\|^2"),
    (r"\|A B\|_F", r"\|A\|_F \|B\|_F"),
    (r"\operatorname{tr}(A^\top B)^2", r"\operatorname{tr}(A^\top A) \operatorname{tr}(B^\top B)"),
]


@pytest.mark.parametrize(("less", "more"), BOUNDS)
def test_an_inequality_of_vectors_is_held_one_way_and_refuted_the_other(less: str, more: str) -> None:
    assert verdict(rf"Recall that ${less} \le {more}$.") == "Supported"
    assert verdict(rf"Recall that ${less} \ge {more}$.") == "Refuted"


@pytest.mark.parametrize(
    "text",
    [
        r"Recall that $\|x\|_1 \le 2 \|x\|_2$.",  # not in dimension five
        r"Recall that $\|x\|_1 \le 1.7 \|x\|_2$.",
        r"Recall that $\|x\|_1 \le \sqrt{n} \|x\|_2$.",
        r"Recall that $\|x + y\|^2 \le \|x\|^2 + \|y\|^2$.",
        r"It is not true that $\|x + y\| \ge \|x\| + \|y\|$.",
        r"We stop if $\|x - y\| \le \|x\|$.",
    ],
)
def test_loose_bounds_and_conditions_are_left_alone(text: str) -> None:
    assert verdict(text) not in ("Supported", "Proved", "Refuted")


def test_norms_of_products_are_no_products_of_norms() -> None:
    assert verdict(r"We have $\|A B\|_F = \|A\|_F \|B\|_F$.") == "Undecided"
    assert verdict(r"We have $\|a x\|_2 = |a| \|x\|_2$.") == "Supported"

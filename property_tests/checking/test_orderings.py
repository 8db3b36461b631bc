"""Inequalities between numbers: held at all points, refuted where only the other direction holds, and conditions."""

from __future__ import annotations

import pytest

from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document


def judged(text: str):
    return examine(read_document("page.md", text), Options()).judged[-1]


def verdict(text: str) -> str:
    return type(judged(text).verdict).__name__


BOUNDS = [
    (r"\log x", r"x - 1"),
    ("1 + x", "e^x"),
    ("(a + b)^2", "2 (a^2 + b^2)"),
    (r"\left( \sum_{i=1}^n x_i \right)^2", r"n \sum_{i=1}^n x_i^2"),
    ("p (1 - p)", r"\frac{1}{4}"),
    ("|a + b|", "|a| + |b|"),
    ("a b", r"\frac{a^2 + b^2}{2}"),
]


@pytest.mark.parametrize(("less", "more"), BOUNDS)
def test_an_inequality_is_held_one_way_and_refuted_the_other(less: str, more: str) -> None:
    assert verdict(rf"Recall that ${less} \le {more}$.") == "Supported"
    assert verdict(rf"Recall that ${more} \ge {less}$.") == "Supported"
    wrong = judged(rf"Recall that ${less} \ge {more}$.").verdict
    assert type(wrong).__name__ == "Refuted" and wrong.repair.slip == "direction"


def test_where_sides_can_be_equal_a_strict_one_is_not_held() -> None:
    assert verdict(r"Recall that $\log x < x - 1$.") == "Undecided"
    assert verdict(r"Recall that $x^2 + 1 > x$.") == "Supported"


def test_what_holds_for_positive_numbers_only_says_so() -> None:
    found = judged(r"Recall that $\sqrt{a b} \le \frac{a + b}{2}$.").verdict
    assert type(found).__name__ == "Supported" and found.holds_if == "for positive values"


def test_a_violation_far_from_random_points_is_found() -> None:
    assert verdict(r"Recall that $x^2 \ge 2.001 x - 1$.") == "Undecided"  # fails near 1 only


@pytest.mark.parametrize(
    "text",
    [
        r"We need $n p (1 - p) \ge 9 p$.",
        r"It is not true that $e^x \le 1 + x$.",
        r"Suppose that $x - 1 \le \log x$; then $x = 1$.",
        r"The distance is bounded by $\delta^2 + 1 \le -e^{\alpha}$.",  # names that nothing ties
        r"Here $a \le 1.5 a - |a| - 0.5$.",  # decimals tell of a range
        r"With $f$ convex, $f(a + b) \le f(a) + f(b)$.",
    ],
)
def test_conditions_and_what_is_taken_back_are_left_alone(text: str) -> None:
    assert verdict(text) not in ("Supported", "Proved", "Refuted")

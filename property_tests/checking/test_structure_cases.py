"""Rows of case distinctions that hold at one place: different values there are found, and usual notation let pass."""

from __future__ import annotations

import pytest

from errata.checking.structure_cases import overlapping_cases
from errata.reading.parser import parse


def codes(*rows: str) -> list[str]:
    latex = r"u(x) = \begin{cases} " + r" \\ ".join(rows) + r" \end{cases}"
    return [m.rule for m in overlapping_cases(parse(latex))]


WRONG = [
    ("1 & x < 2", "3 & x > 1"),
    ("1 & x > 0", "0 & x = 0", "-1 & x > 0"),
    (r"1 & \text{if } x \ge 0", r"x & \text{if } x \in [0, 1]", "0 & x < 0"),
    (r"a & 0 \le x \le 1", r"a + 1 & \text{for } x > 0"),
    ("1 & x = 1", "0 & x = 1"),
    (r"1 & x > \theta", r"-1 & x > \theta"),
]
SHARED = [
    (r"1 & x \ge 0", r"-1 & x \le 0"),
    (r"0 & x \le \theta", r"1 & x \ge \theta"),
    (r"x^2 & x \le 1", r"2 x & x \ge 1"),
]
RIGHT = [
    (r"x & x \ge 0", r"-x & x \le 0"),
    (r"x^2 & x \le 1", r"x & x \ge 1"),
    ("0 & x < 0", "x & x < 1", r"1 & x < \infty"),
    ("1 & x < 2", r"3 & \text{otherwise}"),
    ("1 & x < 2", r"3 & x > 1 \text{ and it rains}"),
    ("f(x) & x < 2", "g(x) & x > 1"),
    ("1 & x < a", "3 & x > b"),
    ("x^2 & x < 2", r"x \cdot x & x > 1"),
    ("1 & x < 2", "3 & y > 1"),
    ("1 & x = 0", r"x^2 & x \ge 0"),
]


@pytest.mark.parametrize("rows", WRONG)
def test_two_values_in_a_range_are_an_error(rows: tuple[str, ...]) -> None:
    assert codes(*rows) == ["E414"]


@pytest.mark.parametrize("rows", SHARED)
def test_two_values_at_a_common_end_are_a_warning(rows: tuple[str, ...]) -> None:
    assert codes(*rows) == ["W405"]


@pytest.mark.parametrize("rows", RIGHT)
def test_one_value_and_rows_in_order_are_let_pass(rows: tuple[str, ...]) -> None:
    """The same value, the first row that holds, words, unknown functions, ends that may lie either way."""
    assert codes(*rows) == []


def test_whole_numbers_are_counted() -> None:
    rows = (r"1 & k \le 3", r"2 & k > 2"), (r"1 & k \le 2", r"2 & k > 2"), (r"1 & k < 3", r"2 & k > 2")
    assert [codes(*r) for r in rows] == [["W405"], [], []]


def test_the_place_and_both_values_are_told() -> None:
    latex = r"u(x) = \begin{cases} 1 & x < 2 \\ 3 & x > 1 \end{cases}"
    (fault,) = overlapping_cases(parse(latex))
    assert fault.detail == "two rows hold at x = 3/2, where they give 1 and 3"
    assert latex[fault.start : fault.end] == "x > 1"

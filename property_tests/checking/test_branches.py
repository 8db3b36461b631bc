"""Case distinctions as sides of equations: every row has to hold, and what words or wholes may save stays open."""

from __future__ import annotations

import pytest

from claims.verdict import Proved, Refuted, Supported
from errata.checking.examine import examine
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.reading.sources import read_document


def judged(text: str) -> Judged:
    return examine(read_document("a.md", text), Options()).judged[-1]


def cases(*rows: str) -> str:
    return r"\begin{cases} " + r" \\ ".join(rows) + r" \end{cases}"


RIGHT = [
    "|x| = " + cases(r"x & x \ge 0", "-x & x < 0"),
    r"\max(0, z) = " + cases(r"z & \text{if } z > 0", r"0 & \text{otherwise}"),
    r"\frac{x}{|x|} = " + cases("1 & x > 0", "-1 & x < 0"),
    "p^x (1 - p)^{1 - x} = " + cases("p & x = 1", "1 - p & x = 0"),
    cases(r"x & x \ge 0", "-x & x < 0") + " = |x|",
]
WRONG = [
    ("|x| = " + cases(r"x & x \ge 0", "x & x < 0"), "x < 0"),
    (r"\max(0, z) = " + cases(r"z & z \le 0", "0 & z > 0"), r"z \le 0"),
    (r"\theta^{y_i} (1 - \theta)^{y_i} = " + cases(r"\theta & y_i = 1", r"1 - \theta & y_i = 0"), "y_i = 1"),
    (r"\max(0, z) = " + cases(r"-z & \text{if } z > 0", r"0 & \text{otherwise}"), "z > 0"),
    (r"\max(0, z) = " + cases(r"z & \text{if } z > 0", r"1 & \text{otherwise}"), "otherwise"),
    ("p^x (1 - p)^{1 - x} = " + cases("p & x = 0", "1 - p & x = 1"), "x = 0"),
]
SILENT = [
    r"\int_0^{\pi} \cos(m x) \, dx = " + cases(r"\pi & m = 0", r"0 & m \ne 0"),
    "|x| = " + cases("x & \\text{for good } x", "-x & x < 0"),
    "|x| = " + cases(r"y & x \ge 0", "-x & x < 0"),
    r"|w_i - w_j| = " + cases(r"1 & i \neq j", r"0 & \text{otherwise}"),
    r"|\mathbf{w}| = " + cases(r"1 & w > 0", r"w & \text{otherwise}"),
    r"12 t^2 (1 - t) = " + cases(r"12 t^2 (1 - t) & 0 \le t \le 1", r"0 & \text{otherwise}"),
    r"f(x) + x = " + cases(r"x & x \ge 0", "-x & x < 0"),
]


@pytest.mark.parametrize("latex", RIGHT)
def test_a_distinction_that_holds_in_every_row_is_supported(latex: str) -> None:
    found = judged(f"One has ${latex}$.")
    assert isinstance(found.verdict, Supported) and found.verdict.holds_if is None


@pytest.mark.parametrize(("latex", "row"), WRONG)
def test_the_row_that_fails_is_told_with_a_witness(latex: str, row: str) -> None:
    found = judged(f"One has ${latex}$.")
    assert isinstance(found.verdict, Refuted) and found.verdict.by.witness
    assert found.rule == "E311" and found.message is not None and f"in the row {row}," in found.message


@pytest.mark.parametrize("latex", SILENT)
def test_what_words_or_whole_numbers_may_save_is_left_open(latex: str) -> None:
    """The integral is zero for whole m alone; y and f may be anything; w_i is a vector, and zero ends a density."""
    assert not isinstance(judged(f"One has ${latex}$.").verdict, Refuted | Supported)


DEFINED = "Let $f(x) = " + cases(r"x^2 & x \le 1", "3 x & x > 1") + "$. "


@pytest.mark.parametrize(
    ("claim", "holds"),
    [("f(0) = 0", True), ("f(2) = 6", True), ("f(1) = 1", True), ("f(0) = 1", False), ("f(2) = 4", False)],
)
def test_a_function_of_cases_has_the_value_of_the_row_that_holds(claim: str, holds: bool) -> None:
    found = judged(DEFINED + f"So ${claim}$.")
    assert isinstance(found.verdict, Refuted) is not holds and found.rule == (None if holds else "E301")


@pytest.mark.parametrize(
    "rows",
    [
        (r"x^2 & x \le 1", r"3 x & x \ge 1"),
        (r"x^2 & \text{if the coin shows heads}", r"3 x & \text{otherwise}"),
        (r"x^2 & x \le a", "3 x & x > a"),
    ],
)
def test_where_no_row_or_two_hold_there_is_no_value(rows: tuple[str, str]) -> None:
    found = judged(f"Let $f(x) = {cases(*rows)}$. So $f(1) = 7$.")
    assert not isinstance(found.verdict, Refuted)


@pytest.mark.parametrize(("claim", "wrong"), [("g(2) = 5", False), ("g(2) = 4", True), ("g(-1) = 0", False)])
def test_ranges_and_lists_are_conditions_too(claim: str, wrong: bool) -> None:
    rows = cases(r"x^2 + 1 & x \in [1, \infty)", r"7 & x \in \{0, \frac{1}{2}\}", r"0 & \text{else}")
    found = judged(f"Let $g(x) = {rows}$. So ${claim}$.")
    assert isinstance(found.verdict, Refuted) is wrong


def test_a_distinction_itself_is_of_no_value_that_its_name_has() -> None:
    rows = cases(r"1 & \text{if } z \ge 0", r"0 & \text{otherwise}")
    assert not isinstance(
        judged(f"With $z = 3$ one has $y = 1$. Now $y = {rows}$.").verdict, Supported | Refuted | Proved
    )

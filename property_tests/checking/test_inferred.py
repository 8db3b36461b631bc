"""A display that the text derives from the last one, and a conclusion, are wrong where a slip parts them from it."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document

GIVEN = r"f(x) = \frac{1}{g} x^k e^{-x}"


@pytest.mark.parametrize(
    ("between", "wrong"),
    [
        ("Taking the logarithm, we have", True),
        ("Hence,", True),
        ("In another case, we have", False),
        ("If $k$ is odd, we get", False),
        ("A third one is", False),
    ],
)
def test_a_display_that_the_text_derives_from_the_last_one_is_told_by_its_slip(between: str, wrong: bool) -> None:
    def last(latex: str) -> object:
        notes = f"Here\n\n$$\n{GIVEN}\n$$\n\n{between}\n\n$$\n{latex}\n$$\n"
        return examine(read_document("notes.md", notes), Options()).judged[-1].verdict

    assert isinstance(last(r"\log f(x) = k \log x - x + \log g"), Refuted) is wrong
    assert not isinstance(last(r"\log f(x) = k \log x - x - \log g"), Refuted)
    assert not isinstance(last(r"\log h(x) = k \log x - x + \log g"), Refuted)


@pytest.mark.parametrize(("last", "wrong"), [("2 h = 2 N p", False), ("3 h = 3 N^2 p", True), ("2 h = N p", True)])
def test_what_is_concluded_from_an_equation_follows_from_it(last: str, wrong: bool) -> None:
    notes = f"Thus\n\n$$\nh (1 - p) = (N - h) p\n$$\n\nExpanding, $h - h p = N p - h p \\implies {last}$.\n"
    assert isinstance(examine(read_document("notes.md", notes), Options()).judged[-1].verdict, Refuted) is wrong


def test_differentials_are_not_held_against_what_they_come_from() -> None:
    text = r"Put $$u = \sqrt{\frac{k}{2}} (x - \mu).$$ Then it follows that $$du = \sqrt{\frac{k}{2}} dx.$$"
    assert not any(isinstance(j.verdict, Refuted) for j in examine(read_document("a.md", text), Options()).judged)


@pytest.mark.parametrize(("latex", "wrong"), [
    (r"f(x) \, dx = \frac{1}{g} x^{k+1} e^{-x} \frac{dx}{x}", False),
    (r"f(x) \, dx = \frac{2}{g} x^{k+1} e^{-x} \frac{dx}{x}", True),
    (r"f(x) \, dx = \frac{2}{g} x^{k+1} e^{-x} \, du", False),
])  # fmt: skip
def test_both_sides_may_be_multiplied_with_the_same_differential(latex: str, wrong: bool) -> None:
    notes = f"Here\n\n$$\n{GIVEN}\n$$\n\nMultiplying with $dx$, we obtain\n\n$$\n{latex}\n$$\n"
    assert isinstance(examine(read_document("notes.md", notes), Options()).judged[-1].verdict, Refuted) is wrong


def test_another_expression_is_no_slip_of_the_first_one() -> None:
    update = r"w_{k+1} = w_k @ \eta, g(w_k)"  # a comma for a lost space: the step is not read to its end
    notes = (
        f"The update is\n\n$$\n{update.replace('@', '-')}\n$$\n\nEquivalently,\n\n$$\n{update.replace('@', '+')}\n$$\n"
    )
    assert all(j.rule != "E311" for j in examine(read_document("notes.md", notes), Options()).judged)


JOINT = (
    r"p(y, m) = p(y | m) p(m) = (\sqrt{\frac{t}{2\pi}})^n e^{-\frac{t}{2} s} \sqrt{\frac{l}{2\pi}} e^{-\frac{l}{2} m^2}"
)
WHOLE = r"p(y, m) = (\frac{t}{2\pi})^{n/2} \sqrt{\frac{l}{2\pi}} \exp[-\frac{@}{2} s - \frac{l}{2} m^2]"


@pytest.mark.parametrize(("letter", "wrong"), [("t", False), ("l", True)])
def test_a_second_expression_of_a_quantity_is_a_step_from_the_first(letter: str, wrong: bool) -> None:
    notes = f"Here\n\n$$\n{JOINT}\n$$\n\nRearranging the terms, we have\n\n$$\n{WHOLE.replace('@', letter)}\n$$\n"
    found = examine(read_document("notes.md", notes), Options()).judged[-1]
    assert isinstance(found.verdict, Refuted) is wrong
    assert not wrong or found.label == "a wrong name stands here (right side)"

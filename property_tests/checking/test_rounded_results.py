"""A decimal that a step prints stands for what rounds to it; what lies farther away is refuted."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted, Undecided, Verdict
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document


def verdict(latex: str) -> Verdict:
    return examine(read_document("notes.md", f"We get\n\n$$\n{latex}\n$$\n"), Options()).judged[-1].verdict


STEPS = [
    (r"\frac{9 k^2 - 3 k^2}{9 k^2} = %s\%%", "67", "68"),
    (r"A = \mu - 0.71 s - 1.5 \times 1.327 s = \mu - 0.71 s - %s s", "1.99", "2.01"),
    (r"A = \frac{3 (1.44 + 0.7)^2}{d^2} = \frac{%s}{d^2}", "13.7", "13.8"),
    (r"A = \frac{x}{3} + \frac{y}{7} = %s x + 0.143 y", "0.33", "0.34"),
]


@pytest.mark.parametrize(("step", "right", "wrong"), STEPS)
def test_a_rounded_result_is_no_mistake(step: str, right: str, wrong: str) -> None:
    assert not isinstance(verdict(step % right), Refuted)
    assert isinstance(verdict(step % wrong), Refuted)


def test_it_is_left_open() -> None:
    found = verdict(r"A = \frac{x}{3} = 0.33 x")
    assert isinstance(found, Undecided) and found.why == "its decimals may be rounded"
    assert isinstance(verdict(r"A = 0.33 x = \frac{x}{3}"), Undecided)


def test_decimals_of_both_sides_are_data() -> None:
    assert isinstance(verdict(r"A = 0.5 x + 0.5 x = 0.5 x + 0.5"), Refuted)

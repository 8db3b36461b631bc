"""A condition right behind an expression, with nothing but a blank between."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted, Supported, Verdict
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document

MEAN = r"For $X \sim F(n, m)$ we have $$ E[X] = @ $$"


def first(right: str) -> Verdict:
    judged = examine(read_document("a.md", MEAN.replace("@", right)), Options()).judged
    return next(j for j in judged if j.left == "E[X]").verdict


@pytest.mark.parametrize("right", [r"\frac{m}{m - 2} \: m > 2", r"\frac{m}{m - 2} ~ m \geq 3", r"m (m - 2)^{-1} m > 2"])
def test_the_last_name_may_open_a_condition(right: str) -> None:
    assert isinstance(first(right), Supported)
    assert "condition" in str(first(right))


@pytest.mark.parametrize("right", [r"\frac{m}{m - 1} \: m > 2", r"\frac{m}{m - 2} m", r"\frac{m}{m - 2} \cdot m > 2"])
def test_what_fails_without_it_and_what_is_no_condition_is_refuted(right: str) -> None:
    assert isinstance(first(right), Refuted)

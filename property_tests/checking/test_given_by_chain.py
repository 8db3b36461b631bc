"""A chain that gives its own name a value solves an equation for it; its old value isn't what it is held against."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted, Verdict
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document

TEXT = r"""At first we had $m_a = 3$ and $m_b = 4$.

Now one step out of the state gives
$$m_a = 1 + \frac{1}{2} m_a + \frac{1}{4} m_b = %s$$
"""


def verdict(value: str) -> Verdict:
    return examine(read_document("notes.md", TEXT % value), Options()).judged[-1].verdict


@pytest.mark.parametrize("value", ["4", r"\frac{12}{3}"])
def test_a_name_may_have_the_value_that_its_chain_gives_it(value: str) -> None:
    assert not isinstance(verdict(value), Refuted)


def test_a_step_from_the_old_value_may_be_meant() -> None:
    assert not isinstance(verdict(r"\frac{7}{2}"), Refuted)


@pytest.mark.parametrize("value", ["2", r"\frac{9}{2}"])
def test_what_solves_nothing_is_refuted(value: str) -> None:
    assert isinstance(verdict(value), Refuted)

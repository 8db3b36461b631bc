"""What the words before a display call alternatives or definitions isn't held against another row of it."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document

ROWS = r"""
$$\begin{align}
Z_t &= V_t + c V_{t-1} \\
Z_t &= V_t + \frac{1}{c} V_{t-1}
\end{align}$$
"""
SUMS = r"""
$$\begin{align}
(a + M) + (b + M) &= (a + b) + M
\end{align}$$
"""


def refuted(text: str) -> list[bool]:
    return [isinstance(j.verdict, Refuted) for j in examine(read_document("notes.md", text), Options()).judged]


@pytest.mark.parametrize(
    "before", ["We compare the following two processes", "The noise can enter in several possible ways:"]
)
def test_rows_announced_as_several_are_not_held_against_each_other(before: str) -> None:
    assert not any(refuted(before + ROWS))


@pytest.mark.parametrize("before", ["The process is", "There are two ways to see it. The process is"])
def test_rows_that_nothing_announces_are(before: str) -> None:
    assert refuted(before + ROWS)[-1]


@pytest.mark.parametrize("before", ["Sums of cosets are defined as follows", "We define addition by"])
def test_a_sum_that_is_defined_is_no_claim(before: str) -> None:
    assert not any(refuted(before + SUMS))


@pytest.mark.parametrize("before", ["Therefore", "Addition is defined. Then we find"])
def test_a_sum_that_nothing_defines_is_one(before: str) -> None:
    assert any(refuted(before + SUMS))

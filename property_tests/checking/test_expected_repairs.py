"""Relations of expectations of vectors that are one slip away from holding for all laws."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted
from errata.checking.examine import examine
from errata.checking.expected_repairs import refute_expected
from errata.checking.options import Options
from errata.reading.sources import read_document
from property_tests.checking.test_expected import pair


@pytest.mark.parametrize(
    ("latex", "slip"),
    [
        ("E[(X - E[X])(Y - E[Y])'] = E[X Y'] + E(X) E(Y)'", "sign"),
        ("E[A (X - E[X]) (X - E[X])' A'] = A E[(X - E[X])(X + E[X])'] A' A", None),
        ("E[(X - E[X])(Y - E[Y])'] = 2 E[X Y'] - E(X) E(Y)'", "factor-2"),
        ("E[X_1 Y' + X_2 Y'] = E[X_1 Y'] + E[X_1 Y']", "name"),
    ],
)
def test_a_slip_is_refuted_where_its_undoing_holds_for_all_laws(latex: str, slip: str | None) -> None:
    found = refute_expected(pair(latex), 0)
    assert (found is None) is (slip is None)
    assert found is None or (isinstance(found[0].verdict, Refuted) and found[1].repair.slip == slip)


@pytest.mark.parametrize(
    "latex",
    [
        "E[X Y'] = E(X) E(Y)'",  # independent variables
        "E[X' A X] = E[X]' A E[X]",
        "E[(X + Y)(X + Y)'] = E[X X'] + E[Y Y']",
        "E[(X - E[X])(Y - E[Y])'] = E[X Y'] - E(X) E(Y)'",
    ],
)
def test_a_condition_on_the_laws_and_what_holds_are_let_pass(latex: str) -> None:
    assert refute_expected(pair(latex), 0) is None


def test_a_step_is_refuted_in_its_place() -> None:
    steps = r"""$$\begin{split}
\Sigma_{XY} &= \mathrm{E}[(X - \mathrm{E}[X])(Y - \mathrm{E}[Y])^\mathrm{T}] \\
&= \mathrm{E}[X Y^\mathrm{T}] + \mathrm{E}[X] \mathrm{E}[Y]^\mathrm{T}
\end{split}$$"""
    wrong, right = (
        examine(read_document("p.md", t.encode()), Options()) for t in (steps, steps.replace("] + ", "] - "))
    )
    assert [j.rule for j in wrong.judged if j.rule] == ["E311"]
    assert not [j.rule for j in right.judged if j.rule]

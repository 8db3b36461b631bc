"""Operators that stand alone are applied to what they were applied to shortly before."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted, Supported, Undecided
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document

FLOW = r"""
With $x = f_K \circ \dots \circ f_1(z_0)$ each layer gives $%s$.%s It adds up to
$$\log p(x) = \log p_0(z_0) %s \sum_i \log |\det|.$$
"""
SLOPE = r"\log |\det(\partial f_i / \partial z_{i-1})|"
TWO = r"\log |\det(\partial f_i / \partial z_{i-1})| + \log |\det(A)|"


@pytest.mark.parametrize(
    ("before", "between", "sign", "kind"),
    [
        (SLOPE, "", "-", Supported),
        (SLOPE, "", "+", Refuted),
        (SLOPE, " It is long." * 60, "-", Undecided),
        (TWO, "", "-", Undecided),
        (r"\log |\operatorname{tr}(A)|", "", "-", Undecided),
    ],
)
def test_a_determinant_is_the_one_before_it(before: str, between: str, sign: str, kind: type) -> None:
    page = FLOW % (before, between, sign)
    judged = examine(read_document("a.md", page.encode()), Options()).judged[-1]
    assert isinstance(judged.verdict, kind)
    said = r"det stands for \det(\partial f_i / \partial z_{i - 1}) (line 2)"
    if isinstance(judged.verdict, Supported):
        assert judged.verdict.holds_if == said
    if isinstance(judged.verdict, Refuted):
        assert said in judged.where


def test_an_operator_with_an_operand_of_its_own_keeps_it() -> None:
    page = r"Here is $\det(A)$, and $\det(B C) = \det(C) \det(B)$ for square matrices $B$ and $C$."
    judged = examine(read_document("a.md", page.encode()), Options()).judged[-1]
    assert isinstance(judged.verdict, Supported)
    assert "stands for" not in (judged.verdict.holds_if or "")

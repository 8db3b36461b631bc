"""What is marked over a sign of equality says whether it defines."""

from __future__ import annotations

import pytest

from claims.verdict import Undecided
from errata.checking.examine import examine
from errata.checking.judgement import Kind
from errata.checking.options import Options
from errata.reading.sources import read_document


@pytest.mark.parametrize(
    ("sign", "kind"),
    [
        (r"\stackrel{\text{def}}{=}", Kind.DEFINITION),
        (r"\overset{\mathrm{def.}}{=}", Kind.DEFINITION),
        (r"\overset{\triangle}{=}", Kind.DEFINITION),
        (r"\stackrel{\Delta}{=}", Kind.DEFINITION),
        (r"\stackrel{(1)}{=}", Kind.CLAIM),
        (r"\overset{!}{=}", Kind.EQUATION_TO_SOLVE),
        ("=", Kind.CLAIM),
    ],
)
def test_a_mark_of_a_definition_defines(sign: str, kind: Kind) -> None:
    page = f"There is $p(x) = q(x)$ and\n\n$$p(x) {sign} q(x) r(x)$$"
    assert examine(read_document("page.md", page.encode()), Options()).judged[-1].kind is kind


@pytest.mark.parametrize(
    ("latex", "kind"),
    [
        (r"B_i^1(t) = \begin{cases} 1 & a_i \le t < b_i \\ 0 & \text{otherwise} \end{cases}", Kind.DEFINITION),
        (r"B_i^1(t) = 2 t", Kind.CLAIM),
        (r"3^2 (t) = \begin{cases} 9 t & t > 0 \\ 0 & \text{otherwise} \end{cases}", Kind.CLAIM),
    ],
)
def test_a_member_of_a_family_of_functions_is_defined_by_cases(latex: str, kind: Kind) -> None:
    page = f"The functions $B_i^k(t)$ are recursive, with\n\n$$ {latex} $$"
    assert examine(read_document("page.md", page.encode()), Options()).judged[-1].kind is kind


@pytest.mark.parametrize("latex", [r"E[Y^1 \mid D = 0] = E[Y \mid D = 0]", r"E[Y^0 \mid X] = E[Y^0 \mid D = 0, X]"])
def test_what_would_be_under_a_choice_is_no_power(latex: str) -> None:
    judged = examine(read_document("page.md", f"We have\n\n$$ {latex} $$"), Options()).judged
    assert isinstance(judged[-1].verdict, Undecided)

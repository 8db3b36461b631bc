"""A name that stands for the list of its members in a factorisation."""

from __future__ import annotations

import pytest

from claims.verdict import Supported
from errata.checking.examine import examine
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.reading.sources import read_document


def last(latex: str) -> Judged:
    return examine(read_document("page.md", f"$${latex}$$".encode()), Options()).judged[-1]


@pytest.mark.parametrize(
    "latex",
    [
        r"p(\mathbf{x}) = \prod_{i=1}^n p(x_i | \mathbf{x}_{<i})",
        r"\log p(\mathbf{x}) = \sum_{i=1}^n \log p(x_i | x_{<i})",
        r"p(x) = \prod_{i=1}^n p(x_i | x_1, \dots, x_{i-1})",
        r"p(x) = \prod p(x_t | x_{<t})",
        r"p(x) = \prod_t p(x_t | x_{<t})",
        r"p(Z | X) = \prod_i p(z_i | z_{<i}, X)",
        r"p(U | v) = p(u_1 | v) p(u_2 | v, u_1)",
        r"p(u | v) = p(u_1 | v) p(u_2 | u_1, v) p(u_3 | u_1, u_2, v)",
        r"p(U | v) = p(u_1 | v) p(u_2 | u_1, v) \cdots p(u_n | u_{1:n-1}, v)",
    ],
)
def test_the_chain_rule_holds_for_a_list_by_its_name(latex: str) -> None:
    found = last(latex)
    assert isinstance(found.verdict, Supported) and any("is the list of the" in said for said in found.where)


@pytest.mark.parametrize(
    "latex",
    [
        r"p(\mathbf{x}) = \prod_{i=1}^n p(x_i)",
        r"p(x) = \prod_{i=1}^n p(x_i | x_{i-1})",
        r"p(x) = \prod_{i=2}^n p(x_i | x_{<i})",
        r"\log p(x) = \prod_{i=1}^n p(x_i | x_{<i})",
        r"p(x) = \prod_{i=1}^n q(x_i | x_{<i})",
        r"p(U | v) = p(u_1 | v) p(u_2 | v)",
        r"p(U | v) = p(u_1) p(u_2 | v, u_1)",
        r"p(U | v) = p(u_1 | v) p(u_3 | v, u_1)",
        r"p(U | v) = p(u_1 | v) p(u_2 | u_1, v) \cdots p(u_n | u_{n-1}, v)",
        r"p(U | v) = p(u_1 | v) p(u_2 | u_1, v) \cdots p(u_n | u_{1:n}, v)",
    ],
)
def test_what_needs_more_than_the_chain_rule_gets_no_support(latex: str) -> None:
    assert not isinstance(last(latex).verdict, Supported)


def test_factors_that_are_written_out_say_nothing_where_they_need_a_premise() -> None:
    text = b"It is a Markov chain: $$p(U | v) = p(u_1 | v) p(u_2 | u_1) p(u_3 | u_2)$$"
    found = examine(read_document("page.md", text), Options()).judged[-1]
    assert not isinstance(found.verdict, Supported)

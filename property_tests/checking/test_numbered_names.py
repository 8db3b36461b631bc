"""What is said of z_k is put in for z_j as well, and nothing else is."""

from __future__ import annotations

import pytest

from claims.verdict import Proved, Supported
from errata.checking.examine import examine
from errata.checking.numbered_names import pattern, renumbered, said_of_all
from errata.checking.options import Options
from errata.reading.parser import parse
from errata.reading.sources import read_document
from errata.reading.tree import Node
from errata.reading.unparse import to_latex


def node(latex: str) -> Node:
    return parse(latex).statements[0]


PAGE = r"""
Each class $k$ has a score $s_k = u_k + v_k t$.

$$
g_k = \frac{e^{s_k}}{\sum_{j=1}^K e^{s_j}} = \frac{e^{u_k + v_k t}}{\sum_{j=1}^K e^{%s}}
$$
"""


def held(page: str) -> bool:
    judged = examine(read_document("page.md", page.encode()), Options()).judged
    return isinstance(judged[-1].verdict, Supported | Proved)


def test_what_is_said_of_one_number_is_put_in_for_another() -> None:
    assert held(PAGE % "u_j + v_j t")


@pytest.mark.parametrize("slip", ["u_j - v_j t", "u_k + v_k t", "u_j + v_j", "v_j + u_j t"])
def test_a_slip_is_not_supported(slip: str) -> None:
    assert not held(PAGE % slip)


def test_names_with_one_index_have_a_pattern() -> None:
    assert pattern(node("z_k")) == pattern(node("z_1")) == "z_#"
    assert pattern(node("z")) is pattern(node("z_k^2")) is pattern(node(r"z_{\max}")) is None


def test_only_what_has_the_index_is_said_of_each() -> None:
    assert said_of_all(node("z_k"), [node("a_k x")])
    assert not said_of_all(node("z_k"), [node("a x")])
    assert not said_of_all(node("z_1"), [node("a_1 x")])
    assert not said_of_all(node("z_k"), [node("k x")])


def test_what_follows_from_another_one_is_not_said_of_each() -> None:
    assert not said_of_all(node("z_k"), [node("a_k z_{k-1}")])
    assert not said_of_all(node("m_n"), [node("s_n (y + m_0)")])
    assert pattern(node("b_0")) is pattern(node("b_n")) is None


def test_no_index_is_taken_that_is_bound_or_stands_there() -> None:
    assert to_latex(renumbered(node("a_k x"), node("z_k"), node("z_j")) or node("0")) == "a_j x"
    assert renumbered(node("a_k x_j"), node("z_k"), node("z_j")) is None
    assert renumbered(node(r"\sum_k a_k"), node("z_k"), node("z_j")) is None

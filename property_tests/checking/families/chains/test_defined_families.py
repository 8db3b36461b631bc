"""Families of numbers that a document defines, put in for one another."""

from __future__ import annotations

from errata.checking.context import State
from errata.checking.families.chains.defined_families import (
    Body,
    families_of,
    filled,
    renamed,
    same_expression,
    spare_letters,
    unfolded,
)
from errata.checking.options import Options
from errata.reading.parser import parse
from errata.reading.sources import read_document
from errata.reading.tree import Node
from errata.reading.unparse import to_latex


def node(latex: str) -> Node:
    return parse(latex).statements[0]


def families(text: str) -> dict[str, Body]:
    return dict(families_of(State(read_document("a.md", text.encode()), Options())))


def test_what_defines_a_family():
    assert set(families(r"$a_t = 1 - b_t$ and $\bar a_t = \prod_{s=1}^t a_s$")) == {"a", r"\bara"}
    assert set(families(r"$\bar a_t = \prod_{s=1}^t a_s$ and $\bar a_t = \prod_{i=1}^t a_i$")) == {r"\bara"}
    assert set(families(r"$\bar a_t = a_t \bar a_{t-1}$, so $\bar a_t = \prod_{s=1}^t a_s$")) == {r"\bara"}
    assert set(families(r"$a_t = 1 - b_t$, so $b_t = 1 - a_t$")) == {"a"}
    assert set(families(r"$a_t = 1 - b_t$ or $a_t = 2 - b_t$")) == set()
    assert set(families(r"$a_t = 2$, $b_T = 3 c$ and $c = 1 - d_t$")) == set()


def test_what_is_put_in():
    bodies = families(r"$a_t = 1 - b_t$ and $c_t = \prod_{s=1}^t a_s$")
    assert same_expression(unfolded(node("a_{t-1} + 1"), bodies), node("(1 - b_{t-1}) + 1"))
    assert same_expression(unfolded(node("c_r"), bodies), node(r"\prod_{s=1}^r (1 - b_s)"))
    assert same_expression(unfolded(node("c_s"), bodies), node(r"\prod_{r=1}^s (1 - b_r)"))
    assert not same_expression(unfolded(node("c_s"), bodies), node(r"\prod_{r=1}^s (1 - b_s)"))


def test_a_letter_that_runs_stays_apart_from_an_index():
    made = renamed(node(r"\prod_{s=1}^t a_s b_t"), node("t"), node("s"))
    assert same_expression(made, node(r"\prod_{r=1}^s a_r b_s"))


def test_templates_and_letters():
    assert to_latex(filled("A + F", A=node("x y"), F=node("z"))).replace(" ", "") in ("(xy)+z", r"\left(xy\right)+z")
    assert [s.name for s in spare_letters(node("s + k"))] == ["r", "j"]

"""When two pieces of notation are one name, and when a superscript belongs to it."""

from __future__ import annotations

import pytest

from errata.reading.names import is_name, key, unbracketed, unraised
from errata.reading.parser import parse
from errata.reading.tree import Node


def node(latex: str) -> Node:
    return parse(latex).statements[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (r"\mathit{x}", "x"),
        (r"\mathit x_1", "x_1"),
        (r"\boldsymbol{\mathit{z}}", r"\mathbf{z}"),
        (r"\boldsymbol{\mathit{\theta}}", r"\boldsymbol{\theta}"),
        (r"\hat{\mathit{y}}", r"\hat{y}"),
    ],
)
def test_a_letter_in_italics_is_the_letter(one: str, other: str) -> None:
    assert key(node(one)) == key(node(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [(r"\mathbf{x}", "x"), (r"\mathrm{x}", "x"), (r"\mathit{loss}", r"l o s s"), (r"\mathcal{L}", "L")],
)
def test_other_fonts_make_other_names(one: str, other: str) -> None:
    assert key(node(one)) != key(node(other))


@pytest.mark.parametrize("latex", ["x^{(i)}", "x^{(i + 1)}", "W^{(L)}", "x^{(2)}", r"x^{(t - 1)}_j"])
def test_a_number_in_brackets_over_a_name_belongs_to_it(latex: str) -> None:
    assert is_name(node(latex))


@pytest.mark.parametrize("latex", ["q^{(1 - x^{(i)})}", "q^{(n^2 + 1)}", "x^2"])
def test_what_has_a_superscript_itself_is_a_power(latex: str) -> None:
    assert not is_name(node(latex))


def test_a_name_that_stands_alone_in_brackets() -> None:
    assert key(unbracketed(node("(F)"))) == "F"
    assert unbracketed(node("(F + 1)")) == node("(F + 1)")


def test_a_name_in_a_power_is_one_node_with_the_text_of_the_name() -> None:
    raised = node("x_i^2")
    assert unraised(raised) is unraised(node("x_i^2"))
    assert key(unraised(raised)) == key(node("x_i"))

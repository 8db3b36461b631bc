"""Derivatives with a slash are the fractions of differentials that they mean; a d that is a factor stays one."""

from __future__ import annotations

import pytest

from errata.reading.calculus import derivation
from errata.reading.parser import parse
from errata.reading.tree import Factors, Frac, walk
from errata.reading.unparse import to_latex
from errata.reading.words import words

QUOTIENTS = [
    ("dp/dt", "p", "t"),
    (r"d(\log p)/dt", r"(\log p)", "t"),
    (r"d \log p/dt", r"\log p", "t"),
    (r"\partial f / \partial x", "f", "x"),
    ("d f(x) / d x", "f(x)", "x"),
    (r"\mathrm{d}y/\mathrm{d}x", "y", "x"),
]


@pytest.mark.parametrize(("latex", "operand", "variable"), QUOTIENTS)
def test_it_is_the_derivative_of_what_stands_before_the_slash(latex: str, operand: str, variable: str) -> None:
    (node,) = parse(latex).statements
    assert isinstance(node, Frac)
    found = derivation(node)
    assert found is not None and found.operand is not None
    assert to_latex(found.operand).replace(" ", "") == operand.replace(" ", "")
    assert [to_latex(v) for v in found.variables] == [variable]


@pytest.mark.parametrize("latex", [r"\partial^2 f / \partial x^2", "d^2 x / d t^2"])
def test_it_may_be_of_the_second_order(latex: str) -> None:
    (node,) = parse(latex).statements
    found = derivation(node) if isinstance(node, Frac) else None
    assert found is not None and len(found.variables) == 2


def test_it_is_one_factor_among_others() -> None:
    assert words(parse("2 df/dx + 1")) == "2·df/dx + 1"
    assert words(parse("d/dx f(x)")) == "d/dx f(x)"


@pytest.mark.parametrize("latex", ["n d / d_1", "a b / d x", "d / n", "x / d", "2 d / d x", "d + x / d y"])
def test_a_d_that_stands_alone_is_a_factor(latex: str) -> None:
    assert not any(isinstance(n, Frac) for n in walk(parse(latex)))


def test_the_differential_of_an_integral_is_none_of_it() -> None:
    (node,) = parse(r"\int f(x) dx / y").statements
    assert isinstance(node, Factors) and node.signs == ("", "/")

"""How indicators are written, and what is none: a vector of ones, an identity matrix, a probability in brackets."""

from __future__ import annotations

import pytest

from errata.reading.indicators import asked_by, chains, guards, has_indicator, is_set
from errata.reading.parser import parse as parsed
from errata.reading.tree import Node
from errata.reading.unparse import to_latex
from errata.reading.words import words

COMPARING = [
    (r"\mathbb{1}[x > 0]", ["x > 0"]),
    (r"\mathbb 1\{x > 0, y < 1\}", ["x > 0", "y < 1"]),
    (r"\mathbf{1}\left( a \le x \le b \right)", [r"a \le x \le b"]),
    (r"\mathbb{1}_{x < 0}", ["x < 0"]),
    (r"\mathbf 1_{\{x < 0\}}", ["x < 0"]),
    (r"1_{x > 0}", ["x > 0"]),
    (r"1\{y = k\}", ["y = k"]),
    (r"I(x \neq 2)", [r"x \neq 2"]),
    (r"\mathbb{I}[y_i = k]", ["y_i = k"]),
    (r"[x > 0]", ["x > 0"]),
    (r"\mathbf{1}_{[0, 1]}(x)", [r"x \in [0, 1]"]),
    (r"\mathbb{1}_A(x)", [r"x \in A"]),
]
NONE = [
    r"\mathbf{1}_n", r"\mathbf{1}_n (x)", r"\mathbf{I}_{n \times n}", r"\mathbf{I} (x + y)", "P[x > 0]", r"E[X = 1]",
    "1 (x > 0)", "[x + 1]", r"\mathbf{1} [a + b]", "I(X; Y)", r"\mathbb{1}_{i j}",
]  # fmt: skip


def _parse(latex: str) -> Node:
    (statement,) = parsed(latex).statements
    return statement


@pytest.mark.parametrize(("latex", "asked"), COMPARING)
def test_what_is_asked_for(latex: str, asked: list[str]) -> None:
    found = asked_by(_parse(latex))
    assert found is not None
    assert [to_latex(chain).replace(" ", "") for chain in chains(found)] == [a.replace(" ", "") for a in asked]


@pytest.mark.parametrize("latex", NONE)
def test_what_is_no_indicator(latex: str) -> None:
    assert not has_indicator(_parse(latex))


@pytest.mark.parametrize("latex", [r"\mathbb{1}_A", r"\mathbf 1_{A \cup B}", r"\mathbb{1}_{A^c}", r"\mathbb{1}\{A\}"])
def test_a_set_may_be_asked_for(latex: str) -> None:
    node = _parse(latex)
    assert has_indicator(node) and not chains(asked_by(node) or node)


def test_sets_are_joined_by_signs_of_sets_only() -> None:
    assert is_set(_parse(r"A \cup B")) and is_set(_parse("A^c")) and is_set(_parse("A"))
    assert not is_set(_parse("A B")) and not is_set(_parse("A^2")) and not is_set(_parse(r"A \cup b"))


def test_an_indicator_is_read_as_one_thing() -> None:
    assert words(_parse(r"x \mathbb{1}[x > 0]")) == "x·1[x > 0]"


def test_guards_are_the_factors_that_are_indicators() -> None:
    assert len(guards(_parse(r"2 x \mathbb{1}[x > 0] \mathbb{1}_{x < 1}"))) == 2
    assert guards(_parse(r"x \mathbb{1}[x > 0] - x \mathbb{1}[x < 0]")) == ()
    assert guards(_parse(r"\log(x \mathbb{1}[x > 0])")) == ()

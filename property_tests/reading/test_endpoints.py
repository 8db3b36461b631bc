"""Values at places and limits: which notation is taken for one, and which name takes the place."""

from __future__ import annotations

import pytest

from errata.reading.endpoints import approach, differentials_in, evaluation, names_elsewhere, variable_of
from errata.reading.names import key
from errata.reading.parser import parse
from errata.reading.relations import stated
from errata.reading.tree import Big, walk


@pytest.mark.parametrize(
    ("latex", "variable", "low", "high"),
    [
        (r"c \left[ x^2 \right]_a^b = c (b^2 - a^2)", "x", "a", "b"),
        (r"\int_a^b 2x \, dx = [x^2]_a^b", "x", "a", "b"),
        (r"\left. x^2 \right|_{x=1}^{x=2} = 3", "x", "1", "2"),
        (r"a x^2 \Big|_{x=3} = 9a", "x", None, "3"),
        (r"[a x]_0^1 = 1", None, "0", "1"),  # a or x
    ],
)
def test_the_places_and_the_variable(latex: str, variable: str | None, low: str | None, high: str) -> None:
    pair = stated(parse(latex))[0].pairs()[0]
    sides = (pair.left, pair.right)
    [found] = [e for side in sides for n in walk(side) if (e := evaluation(n)) is not None]
    assert (None if found.low is None else key(found.low), key(found.high)) == (low, high)
    assert variable_of(found, differentials_in(*sides), names_elsewhere(*sides)) == variable


@pytest.mark.parametrize("latex", [r"[x + y]^\top_i", r"(x)_i", r"x_a^b", r"\left[ a \right]^2", r"p(x|y)"])
def test_other_brackets_are_none(latex: str) -> None:
    assert [n for n in walk(parse(latex)) if evaluation(n) is not None] == []


def test_limits() -> None:
    [big] = [n for n in walk(parse(r"\lim_{x \to 0^+} x \log x")) if isinstance(n, Big)]
    found = approach(big)
    assert found is not None and found.variable == "x" and key(found.place) == "0"
    assert approach(next(n for n in walk(parse(r"\sum_{x=1}^3 x")) if isinstance(n, Big))) is None

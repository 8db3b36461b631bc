"""Trees that are built alike, and the places in which they differ."""

from __future__ import annotations

import pytest

from errata.checking.slips import slips
from errata.reading.alike import suspects
from errata.reading.names import key
from errata.reading.parser import parse
from errata.reading.relations import stated
from errata.reading.tree import Node


def side(latex: str) -> Node:
    return next(iter(stated(parse(f"{latex} = 0"))[0].pairs())).left


def told(left: str, right: str) -> tuple[set[str], set[str]]:
    one, other = suspects(side(left), side(right))
    return {left[a:b].strip() for a, b in one}, {right[a:b].strip() for a, b in other}


@pytest.mark.parametrize(
    ("left", "right", "differ"),
    [
        ("a + b c", "a + b d", ({"c"}, {"d"})),
        (r"\frac{a}{b + c}", r"\frac{a}{b - c}", ({"c"}, {"c"})),
        (r"\exp(- x^2 / 2) k", r"\exp(- y^2 / 2) k", ({"x"}, {"y"})),
        (r"\sum_{i=1}^n x_i + q", r"q + \sum_{i=1}^n y_i", ({"x_i"}, {"y_i"})),
        (r"\sum_{i=1}^n x_i", r"\sum_{i=1}^m x_i", ({r"\sum_{i=1}^n x_i"}, {r"\sum_{i=1}^m x_i"})),
        ("a + b + c", "a + c", ({"b"}, set())),
        ("a", "a", (set(), set())),
    ],
)
def test_what_stands_on_both_sides_is_left_out(left: str, right: str, differ: tuple[set[str], set[str]]) -> None:
    assert told(left, right) == differ


LONG = r"\frac{n}{2} \log (2 \pi) - \frac{a_0}{b_0} (x - m)^2 + \log \Gamma(a_0) - \sum_{i=1}^n \exp(k x_i + c)"


def test_every_planted_slip_lies_in_the_places_that_differ() -> None:
    right, planted = side(LONG), 0
    for slip in slips(right):
        there, places = suspects(slip.node, right)
        if key(slip.node) != key(right):
            planted += 1
            lost = slip.kind == "lost-term" and not there and places
            assert lost or any(slip.start < end and start < slip.end for start, end in places), key(slip.node)
    assert planted > 100

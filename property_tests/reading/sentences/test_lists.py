"""Products with dots: the factors that the dots leave out are put in, where the one before leads to the one after."""

from __future__ import annotations

import pytest

from claims.sentences import Density, Product
from errata.reading.parser import parse
from errata.reading.relations import stated
from errata.reading.sentences.readings import readings
from errata.reading.vectors import Unlowered


def factors(latex: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """What each factor of the right side draws, given what."""
    pair = stated(parse(latex, {}))[0].pairs()[0]
    right = readings(pair.left, pair.right)[-1].right
    assert isinstance(right, Product)
    found = [p for p in right.factors if isinstance(p, Density)]
    return [(tuple(p.variable for p in f.at), tuple(p.variable for p in f.given)) for f in found]


DOWN = [(("h_3",), ()), (("h_2",), ("h_3",)), (("h_1",), ("h_2",)), (("y",), ("h_1",))]


@pytest.mark.parametrize(
    "right",
    [
        r"p(h_n) \, p(h_{n-1} \mid h_n) \cdots p(y \mid h_1)",
        r"p(h_n) \, p(h_{n-1} \mid h_n) \cdots p(h_1 \mid h_2) \, p(y \mid h_1)",
    ],
)
def test_dots_stand_for_the_factors_between(right):
    assert factors(rf"p(y, h_{{1:n}}) = {right}") == DOWN


def test_dots_between_neighbours_stand_for_nothing():
    assert factors(r"q(h_{1:n} \mid y) = q(h_1 \mid y) \, q(h_2 \mid h_1) \cdots q(h_n \mid h_{n-1})") == [
        (("h_1",), ("y",)), (("h_2",), ("h_1",)), (("h_3",), ("h_2",)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "right",
    [
        r"p(h_n) \, p(h_{n-1} \mid h_n) \cdots p(h_2 \mid h_1)",
        r"p(h_n) \, p(h_{n-1} \mid h_n) \cdots p(y \mid w)",
        r"p(h_n) \, p(h_{n-1} \mid h_n) \cdots q(y \mid h_1)",
    ],
)
def test_dots_that_lead_nowhere_are_not_understood(right):
    with pytest.raises(Unlowered):
        factors(rf"p(y, h_{{1:n}}) = {right}")

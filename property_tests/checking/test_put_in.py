"""A step that puts numbers in for names, and what only looks like one."""

from __future__ import annotations

import pytest
import sympy as sp

from errata.checking.put_in import puts_numbers_in
from errata.reading.parser import parse
from errata.reading.relations import Pair, stated
from errata.reading.scope import Scope, Value


def pair(latex: str) -> Pair:
    return next(iter(stated(parse(latex))[0].pairs()))


KNOWN = Scope().bind(Value("m", "m", sp.Integer(2), sp.Integer(2), 1, True))


@pytest.mark.parametrize(
    "latex",
    [
        r"m v = 2 \cdot 3",
        r"P(A = 1) \cdot P(B = 0) = 0.7 \cdot 0.3",
        r"\hat{\pi} - \mathbf{y} = [0.7, 0.3] - [1, 0]",
        r"\frac{a + b}{2} = \frac{3 + 4}{2}",
        r"a^2 + b^2 = 3^2 + 4^2",
        r"a \cdot a \cdot b = 3 \cdot 3 \cdot 4",
    ],
)
def test_numbers_in_the_places_of_names(latex: str) -> None:
    assert puts_numbers_in(pair(latex), KNOWN)


@pytest.mark.parametrize(
    "latex",
    [
        r"m \cdot v = 4 \cdot 3",
        r"a \cdot a \cdot b = 3 \cdot 5 \cdot 4",
        r"a + b = 3 - 4",
        r"a + b = 7",
        r"a^2 + b^2 = 3^2 + 4^3",
        r"\frac{a + b}{2} = \frac{3 + 4}{3}",
        r"a = 3",
        r"2 \cdot 3 = 2 \cdot 3",
        r"a + b = c + 4",
    ],
)
def test_something_else(latex: str) -> None:
    assert not puts_numbers_in(pair(latex), KNOWN)

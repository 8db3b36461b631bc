"""Conditions that would save refuted relations of numbers, and slips that none of them saves."""

from __future__ import annotations

import pytest

from errata.checking.saving.numbers import saves_numbers
from errata.reading.parser import parse
from errata.reading.relations import stated


def saved(latex):
    return saves_numbers(stated(parse(latex))[0].pairs()[0], "", 0)


@pytest.mark.parametrize(
    ("latex", "condition"),
    [
        (r"\frac{x^2}{2 s^2} = \frac{x^2}{2 s}", "s = 1"),
        (r"(a + b)^2 = a^2 + b^2", "a = 0"),
        (r"\frac{a + b}{2} = a", "b = a"),
        (r"p (1 - p) = p q", "p + q = 1"),
        (r"\sum_{k=1}^K (a + 1) p_k = a + 1", "the p_i sum to one"),
        (r"\sum_{i=1}^n (x_i + c) = \sum_{i=1}^n x_i + c", "n = 1"),
        (r"\prod_{i=1}^n c x_i = c \prod_{i=1}^n x_i", "n = 1"),
        (r"\sum_{i=1}^n x_i^2 = \left(\sum_{i=1}^n x_i\right)^2", "n = 1"),
        (r"p x = (1 - p) x", "p = 1/2"),
    ],
)
def test_the_condition_that_saves_it(latex, condition):
    assert saved(latex) == condition


@pytest.mark.parametrize("latex", ["a = 2 a", r"x^2 + y^2 + 1 = x^2 + y^2 + 2", r"e^x = e^{x + 1}", r"f(x) = 2 f(x)"])
def test_what_no_condition_saves_but_that_both_sides_vanish(latex):
    assert saved(latex) is None

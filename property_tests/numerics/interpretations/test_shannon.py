"""Shannon-type relations: proved with their combination, and never where a law breaks them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.sentences import Entropy, MutualInformation, Number, Product, Sum
from numerics.interpretations.shannon import combination_of, proof


def h(of: str, given: str = "") -> Entropy:
    return Entropy("p", tuple(of), tuple(given))


def i(left: str, right: str, given: str = "") -> MutualInformation:
    return MutualInformation("p", tuple(left), tuple(right), tuple(given))


ZERO = Number(Fraction(0))
MINUS = Number(Fraction(-1))


@pytest.mark.parametrize(
    ("left", "sign", "right"),
    [
        (h("xy"), "≤", Sum((h("x"), h("y")))),
        (h("xy"), "=", Sum((h("x"), h("y", "x")))),
        (i("x", "y"), "=", Sum((h("x"), Product((MINUS, h("x", "y")))))),
        (h("x", "yz"), "≤", h("x", "y")),
        (i("x", "y", "z"), "≥", ZERO),
        (i("x", "yz"), "≥", i("x", "y")),
        (Sum((h("xyz"), h("z"))), "≤", Sum((h("xz"), h("yz")))),
    ],
)
def test_what_follows_is_proved(left, sign, right):
    steps = proof(left, sign, right)
    assert steps is not None and steps[-1]


@pytest.mark.parametrize(
    ("left", "sign", "right"),
    [
        (h("xy"), "≥", Sum((h("x"), h("y")))),
        (h("xy"), "=", Sum((h("x"), h("y")))),
        (i("x", "y", "z"), "≤", i("x", "y")),
        (i("x", "y"), "≤", i("x", "y", "z")),
        (i("x", "y"), "≤", h("x")),  # not for densities
        (h("x"), "≥", ZERO),
        (h("x"), "<", Sum((h("x"), h("y")))),
        (Entropy("p", ("x",)), "≤", Entropy("q", ("x",))),
    ],
)
def test_what_does_not_follow_is_not_proved(left, sign, right):
    assert proof(left, sign, right) is None


@settings(max_examples=25, deadline=None, database=None)
@given(st.lists(st.integers(-2, 2), min_size=4, max_size=4))
def test_a_combination_of_informations_is_proved_exactly_if_its_weights_are_not_negative(weights):
    basic = (i("x", "y"), i("x", "y", "z"), i("x", "z"), i("y", "z", "x"))
    total = Sum(tuple(Product((Number(Fraction(w)), one)) for w, one in zip(weights, basic, strict=True)))
    if combination_of(total) and all(w >= 0 for w in weights):
        assert proof(total, "≥", ZERO) is not None
    if any(weights) and all(w <= 0 for w in weights):
        assert proof(total, "≥", ZERO) is None

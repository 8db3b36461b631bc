"""Inverses that exist at no point, told by sizes alone, against what the values say."""

from __future__ import annotations

from random import Random

import pytest
from flint import fmpq

from numerics.balls import Undetermined
from numerics.matrices import (
    ONE,
    Apply,
    Blocks,
    Constant,
    Dim,
    Identity,
    Name,
    Number,
    Pairwise,
    Power,
    Product,
    Sum,
    Term,
    Total,
    Transpose,
    Zero,
)
from numerics.matrix_values import evaluate
from numerics.random_matrices import Manner
from numerics.ranks import Sized, is_singular
from numerics.spots import Drawn, drawn_spot, sizes_of

R: Dim = (("X.r",),)
C: Dim = (("X.c",),)
SHAPES = {"X": (R, C), "V": (R, R), "x": (R, ONE), "a": (ONE, ONE), "y[]": (R, ONE)}
X, V, VECTOR, NUMBER = Name("X"), Name("V"), Name("x"), Name("a")
WIDE, TALL = 0, 1
"""Turns in which X is 2 × 3 and 3 × 2."""


def inverse(term: Term) -> Term:
    return Power(term, Number(fmpq(-1)))


def gram(middle: Term = V) -> Term:
    return Product((Transpose(X), middle, X))


BESIDE = Blocks(((X, VECTOR),))
OUTER = Product((VECTOR, Transpose(VECTOR)))

SINGULAR_WHERE_WIDE = [
    inverse(gram()),
    Sum((1, -1), (V, Product((X, inverse(gram(inverse(V))), Transpose(X))))),
    Apply("log", Apply("det", gram())),
    inverse(Apply("abs", Apply("det", gram()))),
    Product((NUMBER, inverse(Product((Number(fmpq(1, 2)), gram()))))),
    Total("i", Number(fmpq(2)), Product((inverse(gram()), Transpose(X), Name("y[]", ("i",))))),
    Blocks(((inverse(gram()), Zero()), (Zero(), Identity(C)))),
    inverse(Product((Transpose(BESIDE), V, BESIDE))),
    inverse(Blocks(((gram(), Zero()), (Zero(), V)))),
    Apply("tr", Pairwise("⊙", inverse(gram()), Identity(C))),
    Power(gram(), Number(fmpq(-2))),
    inverse(Sum((1, 1), (gram(), Zero()))),
]
ALWAYS_SINGULAR = [
    inverse(Product((VECTOR, Transpose(VECTOR)))),
    inverse(Constant(1, R, R)),
    inverse(Blocks(((OUTER, Zero()), (Zero(), NUMBER)))),
    inverse(Sum((1, 1), (Product((VECTOR, Transpose(VECTOR))), Constant(0, R, R)))),
    Apply("log", Product((Apply("det", Product((VECTOR, Transpose(VECTOR)))), NUMBER))),
]
NEVER_SINGULAR = [
    inverse(V),
    inverse(Sum((1, 1), (Product((X, Transpose(X))), V))),
    inverse(Sum((1, 1), (Product((VECTOR, Transpose(VECTOR))), Identity(R)))),
    Apply("det", gram()),
    Power(gram(), Number(fmpq(2))),
    inverse(Apply("tr", gram())),
    inverse(Total("i", Number(fmpq(5)), Product((Name("y[]", ("i",)), Transpose(Name("y[]", ("i",))))))),
    inverse(Blocks(((V, Zero()), (Zero(), Identity(C))))),
    inverse(Product((BESIDE, Transpose(BESIDE)))),
    inverse(Blocks(((V, X), (Transpose(X), Identity(C))))),
    inverse(Pairwise("⊙", V, V)),
]


def sized(turn: int) -> Sized:
    return Sized(SHAPES, sizes_of(("X.r", "X.c"), turn), {})


def has_a_value(term: Term, turn: int) -> bool:
    drawn = Drawn(SHAPES, ("X.r", "X.c"), spd=frozenset({"V"}))
    try:
        evaluate(term, drawn_spot(drawn, turn, Manner.POSITIVE, Random(f"a point {turn}")).at(53))
    except (Undetermined, ZeroDivisionError):
        return False
    return True


@pytest.mark.parametrize("term", SINGULAR_WHERE_WIDE)
def test_the_inverse_of_a_product_through_fewer_dimensions_has_no_value(term: Term) -> None:
    assert is_singular((term,), sized(WIDE)) and not has_a_value(term, WIDE)
    assert not is_singular((term,), sized(TALL)) and has_a_value(term, TALL)


@pytest.mark.parametrize("term", ALWAYS_SINGULAR)
@pytest.mark.parametrize("turn", [WIDE, TALL])
def test_outer_products_and_constants_have_rank_one(term: Term, turn: int) -> None:
    assert is_singular((NUMBER, term), sized(turn)) and not has_a_value(term, turn)


@pytest.mark.parametrize("term", NEVER_SINGULAR)
@pytest.mark.parametrize("turn", [WIDE, TALL])
def test_what_may_have_a_value_is_tried(term: Term, turn: int) -> None:
    assert not is_singular((term,), sized(turn)) and has_a_value(term, turn)


def test_of_what_has_no_size_nothing_is_said() -> None:
    unknown = Name("Z")
    odd = (Blocks(((X,), (VECTOR,))), Blocks(((V, unknown),)), Blocks(((Zero(), VECTOR),)))
    for term in (
        *map(inverse, odd),
        inverse(unknown),
        inverse(Sum((1, 1), (unknown, X))),
        Apply("log", unknown),
        inverse(Zero()),
    ):
        assert not is_singular((term,), sized(WIDE))

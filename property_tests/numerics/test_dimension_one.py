"""Terms where every dimension is one: they are apart there only for certain, at a point where both have a value."""

from __future__ import annotations

import pytest
from flint import fmpq

from numerics.dimension_one import is_apart
from numerics.matrices import (
    ONE,
    Apply,
    Blocks,
    Constant,
    Identity,
    Name,
    Number,
    Power,
    Product,
    Sum,
    Term,
    Transpose,
    Zero,
)

A, B, N = Name("A"), Name("B"), Name("n")
DIM = (("#n",),)
MINUS = Number(fmpq(-1))


def apart(left: Term, right: Term, whole: str = "", ones: str = "") -> bool:
    return is_apart(left, right, frozenset(whole.split()), frozenset(ones.split()))


@pytest.mark.parametrize(
    ("left", "right", "said"),
    [
        (Product((A, B)), Product((B, A)), False),
        (Transpose(A), A, False),
        (Product((A, B)), A, True),
        (Sum((1, -1), (A, B)), Sum((1, 1), (A, B)), True),
        (Apply("det", Product((A, B))), Product((Apply("tr", A), Apply("vec", B))), False),
        (Identity(DIM), Power(A, Number(fmpq(0))), False),
        (Sum((1, 1), (A, Zero())), A, False),
        (Apply("log", Product((A, B))), Sum((1, 1), (Apply("log", A), Apply("log", B))), False),
        (Apply("exp", A), Apply("exp", Product((A, A))), True),
    ],
)
def test_a_dimension_of_one_makes_numbers_of_all(left: Term, right: Term, said: bool) -> None:
    assert apart(left, right) is said


@pytest.mark.parametrize(
    "without",
    [
        Power(Sum((1, -1), (A, A)), MINUS),
        Apply("log", Sum((-1,), (A,))),
        Apply("bars", Sum((-1,), (A,))),
        Blocks(((A, B),)),
        Identity(((), ())),
        Constant(1, (("#n",), ()), ONE),
        Apply("unknown", A),
    ],
)
def test_what_has_no_value_there_is_never_apart(without: Term) -> None:
    assert not apart(without, A) and not apart(A, without)


def test_a_point_is_looked_for_at_which_a_function_has_a_value() -> None:
    some = Apply("log", Sum((1, -1), (Power(A, Number(fmpq(2))), Product((N, Power(B, Number(fmpq(2))))))))
    assert apart(some, Sum((1, 1), (some, A)), whole="n")
    assert not apart(some, some, whole="n")


def test_a_number_of_rows_is_one() -> None:
    assert apart(Apply("tr", Identity(DIM)), N)
    assert not apart(Apply("tr", Identity(DIM)), N, ones="n")

"""Products and norms as notes write them."""

from __future__ import annotations

import pytest
from flint import arb, fmpq

from errata.checking.coordinates import operations
from errata.reading.vectors import Unlowered
from numerics import gradient_jets as jets
from numerics.gradient_jets import Array, Misshapen

THREE_FOUR = jets.column([jets.constant(3), jets.constant(4)])


def values(a: Array) -> list[int]:
    return [int(j.value.unique_fmpz()) for j in a.items]


def test_a_dot_between_two_vectors_is_their_inner_product():
    assert values(operations.product_of(THREE_FOUR, r"\cdot", THREE_FOUR)) == [25]
    assert values(operations.product_of(THREE_FOUR, r"\odot", THREE_FOUR)) == [9, 16]
    with pytest.raises(Misshapen):
        operations.product_of(THREE_FOUR, "", THREE_FOUR)
    with pytest.raises(Unlowered):
        operations.product_of(THREE_FOUR, r"\otimes", THREE_FOUR)


def test_norms_entries_and_softmax():
    assert values(operations.norm(THREE_FOUR)) == [5]
    assert values(operations.entry(THREE_FOUR, 2)) == [4]
    with pytest.raises(Misshapen):
        operations.entry(THREE_FOUR, 3)
    assert abs(sum((j.value for j in operations.softmax(THREE_FOUR).items), arb(0)) - 1) < arb("1e-10")
    with pytest.raises(Misshapen):
        operations.softmax(jets.scalar(jets.constant(1)))


def test_printed_numbers_are_exact():
    assert operations.rational_of("14.5") == fmpq(29, 2)
    assert operations.rational_of("1{,}000") == 1000
    with pytest.raises(Unlowered):
        operations.rational_of("1.2.3")

"""A hash that is remembered is the hash of the fields, worked out once, and stays where it was worked out."""

from __future__ import annotations

import pickle
from dataclasses import dataclass, replace

from claims.hashed_once import HashedOnce


class Counted:
    """A field that counts how often it is hashed."""

    def __init__(self) -> None:
        self.asked = 0

    def __hash__(self) -> int:
        self.asked += 1
        return 7


@dataclass(frozen=True, slots=True)
class Leaf(HashedOnce):
    value: object


@dataclass(frozen=True, slots=True)
class Pair(HashedOnce):
    left: object
    right: object


@dataclass(frozen=True, slots=True)
class Own(HashedOnce):
    value: float

    def __hash__(self) -> int:
        return 11


@dataclass(frozen=True, slots=True)
class Plain:
    left: object
    right: object


def test_a_hash_is_that_of_the_fields():
    assert hash(Pair("a", Leaf(3))) == hash(Plain("a", Leaf(3)))
    assert hash(Pair("a", 1)) != hash(Pair("b", 1))
    assert hash(Own(0.5)) == 11


def test_a_hash_is_worked_out_once_for_a_value_and_all_that_hold_it():
    inner = Leaf(Counted())
    assert len({inner, Pair(inner, 1), Pair(inner, 2), Pair(inner, 1)}) == 3
    assert inner.value.asked == 1


def test_a_remembered_hash_is_no_part_of_the_value():
    one, other = Pair("a", 1), Pair("a", 1)
    hash(one)
    assert one == other
    assert not hasattr(replace(one, right=2), "hashed")
    assert hash(replace(one, right=2)) == hash(Pair("a", 2)) != hash(one)


def test_a_remembered_hash_stays_in_its_process():
    one = Pair("a", Leaf("b"))
    hash(one)
    there = pickle.loads(pickle.dumps(one))
    assert there == one
    assert not hasattr(there, "hashed")
    assert not hasattr(there.right, "hashed")

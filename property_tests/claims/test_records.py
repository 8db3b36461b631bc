"""Records don't change, compare by their fields, and remember their hash where they are asked to."""

from __future__ import annotations

import pickle
from dataclasses import dataclass

import pytest

from claims.records import Record, asdict, field, fields, replace


class Counted:
    """A field that counts how often it is hashed."""

    def __init__(self) -> None:
        self.asked = 0

    def __hash__(self) -> int:
        self.asked += 1
        return 7


class Leaf(Record, cache_hash=True):
    value: object


class Pair(Record, cache_hash=True):
    left: object
    right: object = 0


class Plain(Record):
    left: object
    right: dict[str, int] = field(default_factory=dict)


@dataclass
class Changing:
    count: int
    total: int = 0


def test_a_record_does_not_change():
    one = Pair("a", 1)
    with pytest.raises(AttributeError):
        one.left = "b"
    with pytest.raises(AttributeError):
        del one.left
    with pytest.raises(AttributeError):
        one.middle = 1
    assert one.left == "a"


def test_records_are_equal_where_their_fields_and_their_kinds_are():
    assert Pair("a", Leaf(3)) == Pair("a", Leaf(3)) != Pair("a", Leaf(4))
    assert Pair("a", 1) != Plain("a", 1)
    assert hash(Pair("a", 1)) == hash(Pair("a", 1)) != hash(Pair("b", 1))


def test_a_record_has_its_own_defaults():
    assert Plain(1).right == {}
    assert Plain(1).right is not Plain(1).right


def test_a_record_with_other_values_is_another_one():
    one = Pair("a", 1)
    hash(one)
    other = replace(one, right=2)
    assert (one.right, other.left, other.right) == (1, "a", 2)
    assert hash(other) == hash(Pair("a", 2)) != hash(one)
    with pytest.raises(TypeError):
        replace(one, middle=2)


def test_what_replaces_fields_of_records_replaces_those_of_dataclasses():
    assert replace(Changing(1), total=3) == Changing(1, 3)
    with pytest.raises(TypeError):
        replace(Changing(1), mean=2)


def test_fields_are_named_in_order():
    assert fields(Pair) == fields(Pair(1)) == ("left", "right")
    assert asdict(Pair("a", 1)) == {"left": "a", "right": 1}


def test_a_hash_is_worked_out_once_for_a_record_and_all_that_hold_it():
    inner = Leaf(Counted())
    assert len({inner, Pair(inner, 1), Pair(inner, 2), Pair(inner, 1)}) == 3
    assert inner.value.asked == 1


def test_a_remembered_hash_stays_in_its_process():
    one = Pair("a", Leaf("b"))
    hash(one)
    there = pickle.loads(pickle.dumps(one))
    assert there == one
    assert hash(there) == hash(one)

"""The points at which indicators are tried: classes within the range of a sum, both sides of a condition, its edge."""

from __future__ import annotations

from errata.checking.indicator_points import CLASSES, TURNS, Sides, points, sides
from errata.reading.parser import parse as parsed
from errata.reading.tree import Node


def _parse(latex: str) -> Node:
    (statement,) = parsed(latex).statements
    return statement


def of(left: str, right: str, turn: int = 0) -> Sides:
    return sides(_parse(left), _parse(right), turn)


def test_a_class_that_is_compared_with_an_index_is_within_its_range() -> None:
    for turn in range(TURNS):
        found = of(r"\sum_{k=1}^K \mathbb{1}[y = k] a_k", "a_y", turn)
        assert 1 <= found.generic.sizes["y"] <= CLASSES < found.generic.sizes["K"]


def test_a_name_that_is_compared_with_numbers_takes_these() -> None:
    tried = list(points(of(r"\mathbb{1}[y = 0] + \mathbb{1}[y = 1]", "1"), 0, {}))
    assert {dict(p.at)["y"] for p in tried} == {"0", "1"}
    assert not any(p.beyond for p in tried)


def test_other_values_of_a_class_are_marked() -> None:
    tried = list(points(of(r"\mathbb{1}[y = 1]", "y"), 0, {}))
    assert {p.beyond for p in tried} == {True, False}
    assert all((dict(p.at)["y"] == "1") is not p.beyond for p in tried)


def test_conditions_are_met_and_not_met_and_at_their_edge() -> None:
    tried = list(points(of(r"x \mathbb{1}[x \ge a]", r"a \mathbb{1}[x \ge a]"), 0, {}))
    assert {truth for p in tried for _, truth in p.truths} == {True, False}
    assert any(p.on_an_edge and p.apart is None for p in tried)
    assert any(not p.on_an_edge and p.apart is not None for p in tried)


def test_equal_names_are_met_though_they_are_no_edge() -> None:
    tried = list(points(of(r"\mathbb{1}[x = y]", r"\mathbb{1}[y = x]"), 0, {}))
    assert {truth for p in tried for _, truth in p.truths} == {True, False}
    assert not any(p.on_an_edge for p in tried)


def test_an_indicator_before_all_of_a_side_guards_it() -> None:
    guarded = list(points(of(r"2 x \mathbb{1}[x > 0]", "2 x"), 0, {}))
    assert all(p.guarded for p in guarded if p.apart is not None)
    open_ = list(points(of(r"2 x \mathbb{1}[x > 0] + a", "2 x + a"), 0, {}))
    assert not any(p.guarded for p in open_)


def test_sets_are_tried_both_ways() -> None:
    tried = list(points(of(r"\mathbb{1}_A(x) \mathbb{1}_B(x)", r"\mathbb{1}_{A \cap B}(x)"), 0, {}))
    assert len({tuple(truth for _, truth in p.truths) for p in tried}) == 4

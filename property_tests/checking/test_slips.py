"""Slips within some places are those slips of a whole formula that touch the places, in the same order."""

from __future__ import annotations

import pytest

from errata.checking.repairs import suspected
from errata.checking.slips import Rewriting, rewritten, slips
from errata.reading.alike import suspects
from errata.reading.parser import parse
from errata.reading.relations import Pair, stated
from errata.reading.tree import Num, Terms, walk
from errata.reading.unparse import to_latex

RELATIONS = (
    r"\frac{1}{2} \sigma^2 + \log x_1 - 3 y = \frac{1}{2} \sigma^2 - \log x_1 - 3 y",
    r"2 a b + \exp(2 x) - c = 2 a b + \exp(x) - c",
    r"\sum_{i=1}^{n} x_i^2 - n \bar{x}^2 + 3 y = \sum_{i=1}^{n} x_i^2 - n \bar{x} + 3 y",
)


def pair_of(latex: str) -> Pair:
    return stated(parse(latex))[0].pairs()[0]


def shown(found):
    return [(s.kind, to_latex(s.node), s.start, s.end) for s in found]


@pytest.mark.parametrize("latex", RELATIONS)
@pytest.mark.parametrize("on_left", [True, False])
def test_slips_within_places_are_those_of_the_whole_that_touch_them(latex, on_left):
    pair = pair_of(latex)
    side, beside = (pair.left, pair.right) if on_left else (pair.right, pair.left)
    places = suspects(pair.left, pair.right)[0 if on_left else 1]
    everywhere = list(slips(side, beside))
    touching = [s for s in everywhere if any(s.start < end and start < s.end for start, end in places)]
    assert shown(suspected(pair, on_left)) == shown(touching)
    assert 0 < len(touching) < len(everywhere)


def test_no_slip_is_looked_for_where_no_place_is_given():
    pair = pair_of(RELATIONS[0])
    assert list(slips(pair.left, pair.right, [])) == []
    assert list(slips(pair.left, pair.right)) != []


@pytest.mark.parametrize("latex", RELATIONS)
def test_a_tree_is_written_anew_only_above_what_is_replaced(latex):
    root = parse(latex)
    whole, number = Rewriting(root), Num(0, 1, "7")
    for old in walk(root):
        new = whole.of(old, number)
        assert new == rewritten(root, old, number)
        before = {id(n) for n in walk(root)}
        fresh = [n for n in walk(new) if id(n) not in before]
        assert all(any(n is number for n in walk(f)) for f in fresh), "what isn't above it stays the same node"


def test_a_node_that_stands_in_two_places_is_replaced_in_both():
    x = parse("x").statements[0]
    both = Terms(0, 1, ("", "+"), (x, x))
    number = Num(0, 1, "7")
    assert Rewriting(both).of(x, number) == Terms(0, 1, ("", "+"), (number, number))


def test_a_power_within_a_transpose_is_a_quantity():
    squared = next(s.node for s in slips(pair_of(r"c = (x - m)^\mathrm{T} A").right) if "^2}^" in to_latex(s.node))
    assert r"(x - m)^{\mathrm{T}} A" in [to_latex(s.node) for s in slips(squared) if s.kind == "square"]


def test_a_name_up_to_which_a_sum_runs_may_stand_for_one_that_is_missing() -> None:
    (pair,) = stated(parse(r"\prod_{i=1}^n e^{(y_i - m)^2} = \exp[\sum_{i=1}^n (y_i - n)^2]"))[0].pairs()
    mended = {to_latex(s.node) for s in slips(pair.right, pair.left) if s.kind == "name"}
    assert r"\exp[\sum_{i = 1}^n (y_i - m)^2]" in mended


def test_pi_may_stand_for_one_that_is_missing() -> None:
    (pair,) = stated(parse(r"f(x; m) = \frac{1}{\sqrt{\pi}} e^{-(x - \pi)^2}"))[0].pairs()
    mended = {to_latex(s.node) for s in slips(pair.right, pair.left) if s.kind == "name"}
    assert any("x - m" in latex for latex in mended)


@pytest.mark.parametrize(
    ("latex", "twice"),
    [
        (r"\frac{1}{x}", r"\frac{2}{x}"),
        (r"\frac{2 x^3}{5}", r"\frac{4 x^3}{5}"),
        (r"3 x + 1", r"6 x + 1"),
        (r"0.5 x + 1", r"1.0 x + 1"),
        (r"a b + 1", r"2 \cdot a b + 1"),
    ],
)
def test_a_factor_before_a_number_is_multiplied_out(latex, twice):
    doubled = [to_latex(s.node) for s in slips(parse(latex)) if s.kind == "factor-2"]
    assert twice in doubled and not any(f"2 \\cdot {digit}" in one for one in doubled for digit in "0123")

"""Which shapes the names of a relation get, and in which order they are looked at."""

from __future__ import annotations

import pytest

from errata.reading.matrix_notation import Notes, usage
from errata.reading.matrix_terms import read_term
from errata.reading.parser import parse
from errata.reading.relations import stated
from errata.reading.shapes import Readings, candidates, readings


def read(latex: str) -> tuple[Readings, Notes]:
    pair = stated(parse(latex))[0].pairs()[0]
    notes = Notes()
    sides = (pair.left, pair.right)
    left, right = (read_term(side, notes, usage(*sides)) for side in sides)
    return readings(left, right, notes), notes


def test_names_get_their_shapes_in_one_order_so_that_two_runs_draw_the_same_matrices() -> None:
    found, notes = read(r"(A + B - C)^\top (D x - y) + (F - G)^\top z = (A^\top + B^\top - C^\top)(D x - y) + F^\top z")
    order = list(found.ranked[0].kinds)
    assert len(order) == 9
    assert order == sorted(sorted(order), key=lambda name: len(candidates(name, notes)))


@pytest.mark.parametrize(
    ("latex", "fits"),
    [
        (r"A x + b = c", True),
        (r"x^\top A y = n (u + v)^\top u", True),
        (r"f(x) A + g(x) B = C", True),
        (r"(A + B)(C - D) = A C - A D + B C - B D", True),
        (r"x^\top x + A = x x^\top - \mathbf{b} \mathbf{c}", False),
    ],
)
def test_the_likeliest_shapes_are_found_without_those_near_them(latex: str, fits: bool) -> None:
    pair = stated(parse(latex))[0].pairs()[0]
    notes = Notes()
    left, right = (read_term(side, notes, usage(pair.left, pair.right)) for side in (pair.left, pair.right))
    every, likeliest = readings(left, right, notes), readings(left, right, notes, near=0)
    assert bool(every.ranked) is fits
    assert likeliest.ranked == tuple(r for r in every.ranked if r.cost == every.ranked[0].cost)

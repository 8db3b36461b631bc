"""A slip in a relation of vectors and matrices whose undoing makes it hold in every dimension."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice, product
from math import prod

from claims.verdict import Refuted, Repair, Supported
from errata.checking.linear import (
    Relation,
    fails_throughout,
    fits_nothing,
    holds_throughout,
    judge_linear,
    points_of,
    shaped,
    tested,
)
from errata.checking.repairs import MOST_WORK, Repaired, suspected
from errata.checking.slips import Slip
from errata.reading.dimensions import Mismatch
from errata.reading.matrix_notation import Notes, bare_names, usage
from errata.reading.matrix_terms import read_term
from errata.reading.relations import Pair
from errata.reading.shapes import Reading, settled
from errata.reading.substitution import unfolded
from errata.reading.tree import Node, walk
from errata.reading.unparse import to_latex
from errata.reading.vectors import Unlowered
from numerics.drawn import Place, agrees_at, first_place, tally
from numerics.matrices import Term
from numerics.spots import Drawn
from numerics.undetermined import Undetermined

MOST_SHAPED = 60
"""Slips that are tried where no shapes fit."""
MOST_GIVEN = 8
"""Ways to put in what a document says of the names of a relation."""


@dataclass(frozen=True, slots=True)
class _Failed:
    """A relation that fails in every dimension under the likeliest of the ranked shapes."""

    relation: Relation
    ranked: tuple[Reading, ...]
    reading: Reading
    left: Term
    right: Term
    points: Drawn
    place: Place
    """A point at which both sides have a value."""


Frame = Callable[[Pair], Pair | None]
"""What a relation is judged as: itself, or with its expectations written out; None where it can't be."""


def repaired_linear(pair: Pair, seed: int, frame: Frame = lambda pair: pair) -> Repaired | None:
    """The first slip, on either side, whose undoing makes the sides agree in every dimension.

    None where no slip does, or where the relation may hold for special matrices and so needs no mending.
    """
    framed = frame(pair)
    failed = None if framed is None else _failed(framed, seed)
    if framed is None or failed is None:
        return None
    for slip, on_left in _trials(pair):
        edited = replace(pair, left=slip.node) if on_left else replace(pair, right=slip.node)
        tried = frame(edited)
        if tried is None or not _agrees(tried.left if on_left else tried.right, framed, failed, on_left, seed):
            continue
        if not all(tested(failed.relation, r, seed, clean=True, plainly=False).fails for r in failed.ranked):
            return None
        found = judge_linear(tried, seed, plainly=True)
        if found is not None and isinstance(found.verdict, Supported) and not found.verdict.holds_if:
            return Repaired(Repair(to_latex(slip.node), slip.kind), slip.start, slip.end, on_left, edited)
    return None


def repaired_shapes(pair: Pair, seed: int) -> Repaired | None:
    """The slip without which a relation, whose names no shapes fit, holds in every dimension; None where it has shapes.

    A relation that isn't read as one of vectors and matrices, or is too ambiguous, has none either.
    """
    if not fits_nothing(pair):
        return None
    for slip, on_left in islice(_trials(pair), MOST_SHAPED):
        edited = replace(pair, left=slip.node) if on_left else replace(pair, right=slip.node)
        found = judge_linear(edited, seed, plainly=True)
        if found is not None and isinstance(found.verdict, Supported) and not found.verdict.holds_if:
            return Repaired(Repair(to_latex(slip.node), slip.kind), slip.start, slip.end, on_left, edited)
    return None


def fails_as_given(pair: Pair, bodies: Mapping[str, tuple[Node, ...]], seed: int) -> bool:
    """Whether a relation still fails once its names are what the document says they are, in the names that it has.

    ``bodies`` is every expression that the document gives for a name. One in other names says nothing about the
    relation; beyond ``MOST_GIVEN`` ways to put them in, the answer is no.
    """
    names = {*bare_names(pair.left), *bare_names(pair.right)}
    given = {n: [b for b in bodies.get(n, ()) if names.issuperset(bare_names(b))] for n in names}
    ways = [[(name, body) for body in found] for name, found in given.items() if found]
    if prod(len(way) for way in ways) > MOST_GIVEN:
        return False
    for chosen in product(*ways):
        put_in = dict(chosen)
        edited = replace(pair, left=unfolded(pair.left, put_in), right=unfolded(pair.right, put_in))
        found = judge_linear(edited, seed) if put_in else None
        if put_in and (found is None or not isinstance(found.verdict, Refuted)):
            return False
    return True


def _trials(pair: Pair) -> Iterator[tuple[Slip, bool]]:
    size = sum(1 for side in (pair.left, pair.right) for _ in walk(side))
    most = max(1, MOST_WORK // size)
    yield from ((s, False) for s in islice(suspected(pair, on_left=False), most))
    yield from ((s, True) for s in islice(suspected(pair, on_left=True), most))


def _failed(pair: Pair, seed: int) -> _Failed | None:
    relation, found = shaped(pair.left, pair.right)
    if relation is None or found is None or not found.complete:
        return None
    reading = found.ranked[0]
    left, right = settled(relation.left, reading), settled(relation.right, reading)
    points = points_of(relation, reading, left, right)
    place = first_place(left, right, points, seed)
    if place is None or not fails_throughout(tally(left, right, points, seed)):
        return None
    return _Failed(relation, found.ranked, reading, left, right, points, place)


def _agrees(node: Node, pair: Pair, failed: _Failed, on_left: bool, seed: int) -> bool:
    """A quick look: whether an edited side equals the other one at the points of the relation."""
    try:
        term = settled(read_term(node, Notes(), usage(pair.left, pair.right, node)), failed.reading)
        if not agrees_at(failed.place, term, on_left):
            return False
        sides = (term, failed.right) if on_left else (failed.left, term)
        return holds_throughout(tally(*sides, failed.points, seed, until_apart=True))
    except (Unlowered, Undetermined, Mismatch, RecursionError, KeyError, ValueError):
        return False

"""A relation of vectors and matrices as terms, before it is known which names are which; and a first look at it."""

from __future__ import annotations

from functools import lru_cache

from claims.records import Record
from errata.reading.matrix_notation import Notes, usage
from errata.reading.matrix_terms import read_term
from errata.reading.relations import Pair
from errata.reading.tree import Node
from errata.reading.vectors import Unlowered
from numerics.dimension_one import is_apart
from numerics.matrices import Name, Term, Transpose, with_shared_parts

COUNTS = frozenset("n m d p k q v r N D K M J T".split())
"""Letters that may stand for a dimension."""
BARS = (r"\bar", r"\overline")
"""In the name of what may be a mean."""


class Relation(Record):
    """Both sides as terms, and what was met in them."""

    left: Term
    right: Term
    notes: Notes
    same_names: bool


def speaks_of_matrices(pair: Pair) -> bool:
    """Whether the notation of a relation is that of vectors and matrices, so that numbers alone settle nothing."""
    try:
        notes = relation_of(pair.left, pair.right).notes
    except (Unlowered, RecursionError):
        return False
    return notes.linear or notes.suggested


def relation_of(left: Node, right: Node) -> Relation:
    """Both sides as terms of linear algebra. Raises Unlowered."""
    found = _relation_of(left, right)
    if isinstance(found, Unlowered):
        raise Unlowered(str(found))
    return found


@lru_cache(maxsize=256)
def _relation_of(left: Node, right: Node) -> Relation | Unlowered:
    """The same, or why there is none; remembered, since every judge of vectors begins with it."""
    try:
        return _read(left, right)
    except Unlowered as why:
        return Unlowered(str(why))


def _read(left: Node, right: Node) -> Relation:
    applied, notes = usage(left, right), Notes()
    one = read_term(left, notes, applied)
    left_names, notes.names = notes.names, set()
    other = read_term(right, notes, applied)
    if "T" in notes.hints and notes.italic:
        raise Unlowered("T is a name and a transpose")
    if _says_symmetric(one, other) or _says_symmetric(other, one):
        raise Unlowered("it says that a matrix is symmetric")
    one, other = with_shared_parts(one, other)
    return Relation(one, other, notes, left_names - notes.dims == notes.names - notes.dims)


def _says_symmetric(left: Term, right: Term) -> bool:
    return isinstance(left, Transpose) and left.body == right and isinstance(right, Name)


def fails_at_once(left: Node, right: Node, tied: bool = False) -> bool:
    """Whether both sides are terms, and fail in dimension one."""
    try:
        return fails_in_dimension_one(relation_of(left, right), tied)
    except (Unlowered, RecursionError):
        return False


def fails_as_numbers(pair: Pair) -> bool:
    """Whether a relation of matrices fails in dimension one, and so as one of numbers: all in it is looked into, and no
    name with a bar may be the mean of others."""
    try:
        relation = relation_of(pair.left, pair.right)
    except (Unlowered, RecursionError):
        return False
    notes = relation.notes
    if (
        not (notes.linear or notes.suggested)
        or notes.uninterpreted
        or any(bar in name for bar in BARS for name in notes.hints)
    ):
        return False
    return fails_in_dimension_one(relation)


def fails_in_dimension_one(relation: Relation, tied: bool = False) -> bool:
    """Whether a relation fails where all its dimensions are one, so that it needs no shapes to get no support.

    If it is ``tied``, it also does with its numbers that may be dimensions taken for one.
    """
    notes, sides = relation.notes, (relation.left, relation.right)
    counts = frozenset(name for name, hint in notes.hints.items() if hint.letter in COUNTS)
    if not is_apart(*sides, counts, frozenset(notes.dims)):
        return False
    return not (tied and counts) or is_apart(*sides, frozenset(), counts | notes.dims)

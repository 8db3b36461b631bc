"""A relation whose sides the page itself explains, tried in random worlds of the page.

What the page defines is put in; what it declares gives the sorts. Equal in all worlds: supported. Apart in all of them,
and one small edit away from an equation that holds in all: refuted, with the worlds as the witness.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from claims.records import Record
from errata.judging.assertion import Assertion
from errata.judging.slips import Slip, slips
from errata.meaning.elaborate import spelled
from errata.meaning.terms import Bind, Op, Ref, Term, free_heads, heads, walk
from errata.page.definitions import Definition, is_computed, unfolded
from errata.worlds.operations import NoValue, Value, close
from errata.worlds.sorts import Sort, sort_of
from errata.worlds.world import World, world

WORLDS = 9
MATRICES = frozenset({"transpose", "tr", "det", "diag", "identity"})
EDITS = frozenset({"sign", "factor", "power", "inverse", "transpose", "order", "prime", "range", "index"})
"""Kinds of edits that speak for a slip; what only drops a part may be made good by a premise."""


class Identity(Record, frozen=True):
    """What the worlds say: that a relation holds, or that it fails and holds with one slip undone."""

    slip: Slip | None
    left: Value
    right: Value
    worlds: int
    used: tuple[Definition, ...]
    """The definitions that were put in."""


def identity(
    readings: Sequence[Assertion], known: Mapping[str, Definition], declared: Mapping[str, str]
) -> Identity | None:
    """What random worlds of the page say of a relation; None where they say nothing."""
    failed: Identity | None = None
    for reading in readings:
        if reading.sign != "=":
            continue
        left, right = unfolded(reading.left, known), unfolded(reading.right, known)
        if not is_computed(left) or not is_computed(right) or spelled(left) == spelled(right):
            return None
        used = tuple(d for h, d in known.items() if h in heads(reading.left) | heads(reading.right))
        for sorts in _sorts(left, right, declared):
            worlds = _worlds(left, right, sorts)
            if len(worlds) < WORLDS:
                continue
            same = [close(here.value(left), here.value(right)) for here in worlds]
            if all(same):
                return Identity(None, worlds[0].value(left), worlds[0].value(right), WORLDS, used)
            if any(same):
                return None
            found = _edited(reading.right, left, known, worlds)
            if found is None or (isinstance(reading.left, Ref) and reading.left.arguments is None):
                return None  # another equation for a bare name is another case, or another solution
            failed = failed or Identity(found, worlds[0].value(left), worlds[0].value(right), WORLDS, used)
            break
    return failed


def _edited(right: Term, left: Term, known: Mapping[str, Definition], worlds: Sequence[World]) -> Slip | None:
    """The one edit of the right side, as the page writes it, with which the relation holds in all worlds."""
    found: list[Slip] = []
    for slip in slips(right):
        if slip.kind not in EDITS:
            continue
        term = unfolded(slip.term, known)
        if all(_same(here, term, left) for here in worlds):
            found.append(slip)
    return found[0] if found else None


def _same(here: World, a: Term, b: Term) -> bool:
    try:
        return close(here.value(a), here.value(b))
    except NoValue:
        return False


def _worlds(left: Term, right: Term, sorts: Mapping[str, Sort]) -> list[World]:
    found: list[World] = []
    for seed in range(1, 30):
        here = world(seed, sorts)
        try:
            here.value(left)
            here.value(right)
        except NoValue:
            continue
        found.append(here)
        if len(found) == WORLDS:
            break
    return found


def _sorts(left: Term, right: Term, declared: Mapping[str, str]) -> Iterator[dict[str, Sort]]:
    """Sorts of the symbols of both sides: those declared, and for the others numbers; where the notation is one of
    matrices, capital letters are square ones and small ones vectors."""
    names = {h for t in (left, right) for h in heads(t)}
    ends = {
        h for t in (left, right) for b in walk(t) if isinstance(b, Bind) and b.over == "range" for e in b.domain
        for h in free_heads(e)
    }  # fmt: skip
    given = {h: sort_of(text) for h, text in declared.items() if h in names}
    plain: dict[str, Sort] = {h: Sort("natural") for h in ends} | given
    others = {h: Sort("positive") for h in names if h not in plain and h != "I"}
    if not _is_of_matrices(left, right):
        yield {**others, **plain}
        return
    if given:
        yield {**others, **plain}
    vectors = {h: _guess(h) for h in names if h not in plain and h != "I"}
    yield {**vectors, **plain}


def _is_of_matrices(*sides: Term) -> bool:
    return any(isinstance(t, Op) and t.kind in MATRICES for side in sides for t in walk(side))


def _guess(head: str) -> Sort:
    letter = head.split(":")[-1].split("_")[0]
    if len(letter) == 1 and letter.isascii() and letter.isalpha():
        return Sort("spd", ("d",)) if letter.isupper() else Sort("vector", ("d",))
    return Sort("positive")

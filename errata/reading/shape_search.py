"""What the kinds of some names require of the shapes of a relation, kind by kind.

A kind that is added changes the shapes of what its name stands in, and of nothing else, so that the rest is looked at
once for all that is tried further on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from claims.records import Record
from errata.reading.dimensions import Inference, Kind, Mismatch, Shape
from numerics.matrices import Blocks, Dim, Name, Term, Total, Zero, below


class Known(Record):
    """What some kinds require: of dimensions, of their sums and products, and of the shape of each part."""

    bound: Mapping[str, Dim]
    pending: tuple[tuple[Dim, Dim], ...]
    shapes: Mapping[int, Shape | None]


class Search:
    """Both sides of a relation, in which equal parts are one object, with the parts that each name stands in."""

    def __init__(self, left: Term, right: Term) -> None:
        self._sides = left, right
        self._parts: dict[int, Term] = {}
        self._within: dict[str, list[Term]] = {}
        names: dict[int, frozenset[str]] = {}
        for term in (t for side in self._sides for t in _upwards(side, self._parts)):
            below = frozenset().union(*(names[id(t)] for t in _below(term)))
            names[id(term)] = below | {term.key} if isinstance(term, Name) else below
            for name in names[id(term)]:
                self._within.setdefault(name, []).append(term)
        self._plain = [t for place, t in self._parts.items() if not names[place]]

    def start(self) -> Known | None:
        """What is required before any name has a kind; None where nothing fits already."""
        blank: dict[int, Shape | None] = dict.fromkeys(self._parts)
        return self._grown(Known({}, (), blank), {}, self._plain)

    def known(self, before: Known, kinds: Mapping[str, Kind], name: str) -> Known | None:
        """What is required once a name has its kind, the last one in ``kinds``; None where nothing fits any more."""
        return self._grown(before, kinds, self._within.get(name, []))

    def _grown(self, before: Known, kinds: Mapping[str, Kind], parts: list[Term]) -> Known | None:
        met = dict(before.shapes)
        inference = Inference(kinds, dict(before.bound), list(before.pending), met)
        try:
            for part in parts:
                met[id(part)] = inference.inferred(part)
            inference.same(*(met[id(side)] for side in self._sides))
            known = Known(inference.bound, tuple(inference.pending), met)
            if known.pending:
                Inference(kinds, dict(known.bound), list(known.pending)).settle()
        except Mismatch:
            return None
        return known


def _upwards(term: Term, met: dict[int, Term]) -> Iterator[Term]:
    """All of which the shape of a term depends, and the term itself, the inner ones first, but for those in ``met``,
    which takes them in."""
    if id(term) not in met:
        for part in _below(term):
            yield from _upwards(part, met)
        met[id(term)] = term
        yield term


def _below(term: Term) -> tuple[Term, ...]:
    """What is asked for its shape: neither how many terms a sum has, nor a 0 among blocks."""
    if isinstance(term, Total):
        return (term.body,)
    if isinstance(term, Blocks):
        return tuple(cell for cell in below(term) if not isinstance(cell, Zero))
    return below(term)

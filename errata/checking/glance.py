"""A quick look at a relation with one side edited: whether the sides are apart at one of two points.

Most of an edited side is as it was, and the other side is untouched. So what stays is read and evaluated once for all
edits; where an edit changes what the whole numbers are or what the bars mean, everything is looked at anew. The two
are points where both sides have a value before they are edited, as far as such are soon found. Where an edited side
has none at either, everything is looked at anew, too: at the first point where it has one. An integral that an edit
changes means something where it has a value at the first of the two, where it is computed anyway.
"""

from __future__ import annotations

from random import Random

import sympy as sp
from flint import arb, fmpq

from errata.checking.algebra import plainly_differs, sizes_in
from errata.reading.endpoints import differentials_in, names_elsewhere
from errata.reading.generic import Generic, Remembering, counted_families, whole_numbers
from errata.reading.names import key
from errata.reading.relations import Pair
from errata.reading.sides import is_simple, lower_side
from errata.reading.tree import Node
from errata.reading.vectors import Unlowered
from numerics.balls import Point, Undetermined, enclose
from numerics.free_names import free_names
from numerics.identity import KINDS, Kind

MOST_NEEDED = 2
"""Names that only one side has of which it is asked whether that side depends on them."""
MOST_PLACES = 30
"""Points of each kind that are tried for one at which both sides have a value, as log B(y, n − y) has few."""


class Glance:
    """Tells at two points whether a relation with one side edited is apart."""

    def __init__(self, pair: Pair, seed: int) -> None:
        self._seed = seed
        self._shared = _shared(pair)
        self._generic = _generic(pair)
        simple = is_simple(pair.left) and is_simple(pair.right)
        self._lowering = Remembering(self._generic, pair.left, pair.right) if simple else None
        left, right = (self._lowered(side, self._generic) for side in (pair.left, pair.right))
        self._places: tuple[tuple[_Place, dict[sp.Basic, arb]], ...] = tuple(
            (_with_values(left, right, f"{seed} {kind.name}", kind), {}) for kind in KINDS[:2]
        )
        self._plain = not self._generic.means
        self._left, self._right = self._values(left), self._values(right)
        self._lost = {False: self._needed(left, right, pair.left), True: self._needed(right, left, pair.right)}

    def differs(self, edited: Pair, on_left: bool) -> bool:
        """Whether the edited side, the left one or the right one, is apart from the other one. Raises Unlowered."""
        if any(text not in key(edited.left if on_left else edited.right) for text in self._lost[on_left]):
            return True
        if not self._plain or _shared(edited) != self._shared:
            return plainly_differs(edited, self._seed)
        generic = self._generic if self._lowering is not None else _generic(edited, self._places[0][0])
        side = self._lowered(edited.left if on_left else edited.right, generic)
        if generic.means:
            return plainly_differs(edited, self._seed)
        others = self._right if on_left else self._left
        seen = False
        for place, other in zip(self._places, others, strict=True):
            if other is not None and (value := _value(side, place)) is not None:
                seen = True
                if not value.overlaps(other):
                    return True
        return not seen and plainly_differs(edited, self._seed)

    def _needed(self, side: sp.Basic, other: sp.Basic, node: Node) -> list[str]:
        """The texts of some names on which a side depends for sure, and which the other one hasn't: unless an edit
        brings them in, the sides stay apart. A mean of members depends on these, and isn't counted."""
        tied, names = {*self._generic.means, *self._generic.member_means}, free_names(side)
        alone = sorted((s for s in names - free_names(other) if s.name not in tied and "[" not in s.name), key=_length)
        at, met = self._places[0]
        found: list[str] = []
        for symbol in alone[-MOST_NEEDED:]:
            text = symbol.name.partition("@")[0]
            moved = {s: at[s] for s in names} | {symbol: at[symbol] + 1}
            try:
                depends = not enclose(side, at=at, met=met).overlaps(enclose(side, at=moved))
            except Undetermined:
                continue
            if depends and text in key(node):
                found.append(text)
        return found

    def _lowered(self, node: Node, generic: Generic) -> sp.Basic:
        side = lower_side(node, generic) if self._lowering is None else self._lowering.of(node, {}, 0)
        if isinstance(side, sp.Tuple):
            raise Unlowered("vectors of symbols are read but not judged yet")
        return side

    def _values(self, side: sp.Basic) -> list[arb | None]:
        """The value at a positive point and at one between 0 and 1, where every name has the value of its own."""
        return [_value(side, place) for place in self._places]


def _value(side: sp.Basic, place: tuple[_Place, dict[sp.Basic, arb]]) -> arb | None:
    at, met = place
    try:
        return enclose(side, at=at, met=met)
    except Undetermined:
        return None


class _Place(dict[sp.Symbol, fmpq]):
    """A point at which every name has a value of its own, drawn when it is first asked for."""

    def __init__(self, seed: str, kind: Kind) -> None:
        self._seed = seed
        self._kind = kind

    def __contains__(self, symbol: object) -> bool:
        return isinstance(symbol, sp.Symbol)

    def __missing__(self, symbol: sp.Symbol) -> fmpq:
        self[symbol] = value = self._kind.draw(Random(f"{self._seed} {symbol.name}"))
        return value


def _with_values(left: sp.Basic, right: sp.Basic, seed: str, kind: Kind) -> _Place:
    """The first point at which both sides have a value, if it is soon found; else the first of all. No other one is
    looked for where an integral would be computed at each."""
    first = _Place(seed, kind)
    if left.has(sp.Integral) or right.has(sp.Integral):
        return first
    others = (_Place(f"{seed} {n}", kind) for n in range(1, MOST_PLACES))
    places = (p for p in (first, *others) if all(_value(side, (p, {})) is not None for side in (left, right)))
    return next(places, first)


def _length(symbol: sp.Symbol) -> tuple[int, str]:
    """By the length of its name: long ones are those of functions and integrals without a meaning."""
    return len(symbol.name), symbol.name


def _shared(pair: Pair) -> tuple[object, ...]:
    """What is found in both sides before either is read; all that a simple relation needs."""
    return whole_numbers(pair.left, pair.right), counted_families(pair.left, pair.right)


def _generic(pair: Pair, at: Point | None = None) -> Generic:
    sides = (pair.left, pair.right)
    return Generic(
        sizes_in(0, *sides), differentials=differentials_in(*sides), elsewhere=names_elsewhere(*sides),
        counted=counted_families(*sides), at=at,
    )  # fmt: skip

"""A step one side of which has no real value wherever the other one has: ln(−1/2) for ln(1/2).

That alone may be a matter of a domain that the document states elsewhere; it is refuted where both sides are made of
the same names, and the step holds everywhere once a single slip is undone.
"""

from __future__ import annotations

from random import Random

import sympy as sp
from flint import fmpq

from claims.evidence import Counterexample
from claims.records import Record
from claims.verdict import Refuted, Tried, decide
from errata.checking.algebra import Found, lowered
from errata.checking.repairs import QUICKLY, Repaired, is_slip, repaired
from errata.reading.relations import Pair
from errata.reading.vectors import Unlowered
from numerics.balls import Undetermined, enclose
from numerics.identity import KINDS
from numerics.valueless import valueless

POINTS = 4
"""Points of each kind, at all of which one side lacks a value."""
MOST_POINTS = 16
"""Points of each kind that are tried, of which some may be out of the domain of both sides."""


class _Lacking(Record):
    """A point at which one side has no value, and the other one's value there."""

    point: tuple[tuple[str, str], ...]
    on_left: bool
    value: str
    why: str


def refute_undefined(pair: Pair, step: bool, seed: int) -> tuple[Found, Repaired] | None:
    """The refutation of such a relation with its slip; None where both sides have values, or no slip mends it.

    ``step`` says that it is a step of a calculation, and no equation that may be a condition.
    """
    try:
        sides = lowered(pair)
    except (Unlowered, RecursionError):
        return None
    generic = sides.generic
    if generic.uninterpreted or generic.marked or generic.determinants or generic.means or generic.inner:
        return None
    if frozenset(generic.names) != sides.left_names:
        return None
    found = _everywhere(sides.left, sides.right, sides.symbols, seed)
    mended = repaired(pair, seed, QUICKLY) if found else None
    lacking = None if mended is None else next((one for one in found if one.on_left == mended.left), None)
    if mended is None or lacking is None or not is_slip(mended, step):
        return None
    side, other = ("left", "right") if lacking.on_left else ("right", "left")
    message = f"the {side} side has no real value ({lacking.why}) where the {other} side is {lacking.value}"
    shown = ("no real value", lacking.value) if lacking.on_left else (lacking.value, "no real value")
    sizes = tuple((name, str(size)) for name, size in generic.sizes.items())
    by = Counterexample("points", (*sizes, *lacking.point), *shown, message, True, True)
    verdict = decide([Tried(None, (by,))], mended.repair)
    return (Found(verdict, (), True, message, True, True), mended) if isinstance(verdict, Refuted) else None


def _everywhere(left: sp.Basic, right: sp.Basic, symbols: list[sp.Symbol], seed: int) -> list[_Lacking]:
    """The points, where at each of them one of the sides lacks a value and the other one has one; none where both may
    have one somewhere. It need not be the same side everywhere: ln(p − 1) has one where ln(1 − p) has none. Points at
    which both lack one, being out of the domain of all the relation, say nothing.
    """
    found: list[_Lacking] = []
    for kind in KINDS[:2]:
        random = Random(f"{seed} {kind.name} undefined")
        here: list[_Lacking] = []
        for _ in range(MOST_POINTS if symbols else 1):
            at = {s: kind.draw(random) for s in symbols}
            why = [valueless(side, at) for side in (left, right)]
            if None not in why:
                continue
            one = _at((left, right), why, at)
            if one is None:
                return []
            here.append(one)
            if len(here) == POINTS:
                break
        found += here
    return found if not symbols or len(found) >= POINTS else []


def _at(sides: tuple[sp.Basic, sp.Basic], why: list[str | None], at: dict[sp.Symbol, fmpq]) -> _Lacking | None:
    """The side that lacks a value at a point; None where none does, or the other one can't be told."""
    for on_left, other, lack in ((False, sides[0], why[1]), (True, sides[1], why[0])):
        if lack is None:
            continue
        try:
            value = enclose(other, at=at)
        except Undetermined:
            return None
        return _Lacking(tuple((str(s), str(v)) for s, v in at.items()), on_left, value.str(8, radius=False), lack)
    return None

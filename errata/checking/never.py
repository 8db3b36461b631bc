"""Equations that no values of their names can solve: ∫ exp(−(x − m)²) dx = 2, where the left side is √π for every m.

That a relation fails says little where it may be an equation, as 2x = 6 is one. Where one side has one and the same
value whatever its names are, and the other is another number, there is nothing to be solved.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import sympy as sp
from flint import arb

from claims.evidence import Counterexample
from claims.indicators import OF_SIGN
from claims.records import Record
from claims.verdict import Tried, decide
from errata.checking.algebra import EMPTY, Found, Lowered, lowered
from errata.reading.relations import Pair
from errata.reading.tree import Factors, Node, Num, Sym, walk
from errata.reading.vectors import Unlowered
from numerics.balls import Undetermined, enclose
from numerics.free_names import free_names
from numerics.identity import KINDS, NARROW

POINTS = 12
"""Choices of the names of each kind: some of them positive, others not, for which an integral may have no value."""
LEAST = 8
"""Choices at which a side must have a value, always the same one."""
_BENT = (*OF_SIGN, sp.Piecewise, sp.Abs, sp.sign, sp.floor, sp.ceiling, sp.Max, sp.Min, sp.Heaviside, sp.Mod)
"""Functions with a constant piece, which the choices may all fall on."""


class _Values(Record):
    """Both sides at a choice of their names."""

    point: tuple[tuple[str, str], ...]
    left: arb
    right: arb

    def agrees(self, other: _Values) -> bool:
        """Whether each side may have the same value as there."""
        return bool(self.left.overlaps(other.left) and self.right.overlaps(other.right))


def refute_never(pair: Pair, seed: int) -> Found | None:
    """The refutation of an equation that holds for no values of its names; None where it may have a solution.

    Decimals are rounded, so that no relation with them is looked at.
    """
    if pair.relation.sign not in ("=", "≡"):
        return None
    if any(isinstance(side, Sym) for side in (pair.left, pair.right)):
        return None  # e may be the neutral element of a group
    nodes = [n for side in (pair.left, pair.right) for n in walk(side)]
    if any(isinstance(n, Num) and "." in n.text for n in nodes) or any(map(_is_times_zero, nodes)):
        return None
    values: list[_Values] = []
    try:
        for sides in _in_sizes(pair):
            named = [free_names(sides.left), free_names(sides.right)]
            if not _is_plain(sides) or bool(named[0]) == bool(named[1]):
                return None
            values += _values(sides, sorted(named[0] | named[1], key=str), seed)
    except (Unlowered, RecursionError, ZeroDivisionError):
        return None
    if len(values) < LEAST or not all(v.agrees(values[0]) for v in values):
        return None
    if any(v.left.overlaps(v.right) for v in values):
        return None
    left, right = _shown(values[0].left), _shown(values[0].right)
    message = f"whatever its names are, the left side is {left}, and the right side {right}"
    by = Counterexample("points", values[0].point, left, right, message, True, True)
    return Found(decide([Tried(None, (by,))]), (), True, message)


def _is_times_zero(node: Node) -> bool:
    """Whether 0 is a factor: nobody writes 0 f o r, but "≥ 0 for"."""
    return isinstance(node, Factors) and any(isinstance(item, Num) and item.text == "0" for item in node.items)


def _in_sizes(pair: Pair) -> Iterator[Lowered]:
    """Both sides in some choices of the whole numbers that bound their sums, which may be empty, too."""
    first = lowered(pair)
    yield first
    if first.generic.sizes:
        yield lowered(pair, 1)
        yield from (lowered(pair, fixed=dict.fromkeys(first.generic.sizes, size)) for size in EMPTY)


def _is_plain(sides: Lowered) -> bool:
    """Whether both sides are made of known functions of numbers that may be anything."""
    generic = sides.generic
    if any(side.has(*_BENT) for side in (sides.left, sides.right)):
        return False
    loose = generic.uninterpreted or generic.marked or generic.determinants or generic.inner or generic.matrices
    return not (loose or generic.products or generic.approached)


def _values(sides: Lowered, names: list[sp.Basic], seed: int) -> list[_Values]:
    """Both sides at some choices of their names, as far as they are known there."""
    found: list[_Values] = []
    for kind in (KINDS[0], KINDS[2]):
        random = Random(f"{seed} {kind.name} never")
        for _ in range(POINTS):
            at = {name: kind.draw(random) for name in names}
            try:
                left, right = enclose(sides.left, at=at), enclose(sides.right, at=at)
            except Undetermined:
                continue
            if max(left.rad(), right.rad()) < NARROW:
                found.append(_Values(tuple((str(n), str(v)) for n, v in at.items()), left, right))
    return found


def _shown(value: arb) -> str:
    return "0" if value.contains(0) else str(value.str(8, radius=False))

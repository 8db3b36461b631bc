"""Expansions: log(1 + x) = x − x²/2 + O(x³), e^x = 1 + x + x²/2 + ⋯, log n! = n log n − n + O(log n).

What is left of the function once the written terms are taken away is looked at from three distances. It has to stay
below a multiple of g where O(g) is written, and below any part of the last term where dots are. Where n is a number of
things, or g only vanishes far out, the place is infinity, and zero else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice, pairwise
from random import Random

import sympy as sp
from flint import fmpq

from claims.evidence import Agreement
from claims.records import Record, replace
from claims.verdict import Tried, decide
from errata.checking.algebra import lowered, may_be_identity
from errata.checking.context import At, State
from errata.checking.coordinates.findings import Witness, refuted
from errata.checking.families.ruling import wishes
from errata.checking.judgement import Judged
from errata.checking.slips import Slip, slips
from errata.reading.generic import free_names
from errata.reading.names import key
from errata.reading.relations import Pair
from errata.reading.tree import Call, Dots, Factors, Fence, Function, Node, Num, Relation, Sym, Terms, walk
from errata.reading.vectors import Unlowered
from numerics.balls import Undetermined, enclose
from numerics.identity import KINDS

DISTANCES = (6, 9, 12)
"""The powers of ten that stand for a place far out, or for one over the distance to zero."""
BITS = 768
POINTS = 8
MOST_EDITS = 40
BOUNDED, GROWS, SHRINKS, STAYS = 1.05, 10, 0.1, 0.5
"""By what the ratio to g changes from one distance to the next where it is bounded, and where it is not; where it tends
to zero, and where it doesn't."""
CONSTANTS = frozenset({"e", r"\pi", "π"})
LITTLE = 1e-3
"""What g is below where it vanishes."""
_COUNTS = frozenset("n N m M k K T d".split())


class Expansion(Record):
    """A function of a variable, the terms that are written of it, and what the rest is measured by."""

    function: Node
    terms: Node
    rest: Node
    vanishes: bool
    """Whether the rest is less than any part of that, and no multiple of it."""
    variable: str


class _Seen(Record):
    """At how many points the rest is as small as it is said to be, or isn't, with the first such point."""

    right: int
    wrong: int
    first: Witness | None


def judge_expansion(state: State, at: At, judged: Judged, pair: Pair) -> Judged | None:
    """The judgement on an expansion; None for any other relation, or where nothing settles it."""
    found, seed = expansion_of(pair), state.options.seed
    seen = None if found is None else _seen(found, seed)
    if found is None or seen is None:
        return None
    if seen.right >= POINTS and not seen.wrong:
        by = Agreement("limits", seen.right, 5, f"{seen.right} random points, from three distances to the place")
        return replace(judged, verdict=decide([Tried(None, (by,))]), where=("as far as it is written",))
    if seen.right or seen.wrong < POINTS or seen.first is None or wishes(at):
        return None
    if not may_be_identity(pair, at.chain, at.prose):
        return None
    message = f"what is left of the function is {seen.first[1]}, and would be at most of the size of {seen.first[2]}"
    return refuted(at, judged, pair, "limits", "E311", seen.first, message, _mended(found, seed))


def expansion_of(pair: Pair) -> Expansion | None:
    """The parts of f(x) = a + b + O(g) and of f(x) = a + b + ⋯."""
    right = pair.right
    if pair.relation.sign not in ("=", "≡") or not isinstance(right, Terms) or len(right.items) < 2:
        return None
    last, signs, items = right.items[-1], right.signs[:-1], right.items[:-1]
    if any(isinstance(n, Dots) for side in (pair.left, *items) for n in walk(side)):
        return None
    terms = Terms(right.start, items[-1].end, signs, items)
    if isinstance(last, Dots):
        names = _names(pair.left) | _names(terms)
        single = len(names) == 1 and len(items) > 1 and next(iter(names)) in _names(items[-1])
        return Expansion(pair.left, terms, items[-1], True, next(iter(names))) if single else None
    head = last.head if isinstance(last, Call) else None
    if not isinstance(last, Call) or not isinstance(head, Sym) or not _is_order(head) or right.signs[-1] != "+":
        return None
    size = last.fence.body if isinstance(last.fence, Fence) else None
    names = set() if size is None else _names(size)
    if size is None or len(names) != 1 or not names <= _names(pair.left):
        return None
    return Expansion(pair.left, terms, size, head.name == "o", next(iter(names)))


class _Lowered(Record):
    """The rest of an expansion and what it is measured by, in their symbols."""

    rest: sp.Basic
    size: sp.Basic
    symbols: tuple[sp.Symbol, ...]
    variable: sp.Symbol


def has_order(pair: Pair) -> bool:
    """Whether O(g) or o(g), which stand for anything so small, are in a relation."""
    nodes = [n for side in (pair.left, pair.right) for n in walk(side)]
    called = any(isinstance(n, Call) and _is_order(n.head) for n in nodes)
    beside = (zip(n.items, n.items[1:], strict=False) for n in nodes if isinstance(n, Factors))
    return called or any(_is_order(a) and isinstance(b, Fence) for pairs in beside for a, b in pairs)


def _is_order(node: Node) -> bool:
    return isinstance(node, Sym) and node.name in ("O", "o")


def _names(node: Node) -> set[str]:
    """The names in a node, also in its exponents, but for those of functions and constants."""
    heads = {key(n.head) for n in walk(node) if isinstance(n, Call | Function)}
    return free_names(node) - heads - CONSTANTS


def _seen(one: Expansion, seed: int) -> _Seen | None:
    """What points say of an expansion; None where it has no numbers."""
    sides = _lowered(one)
    far = None if sides is None else _is_far(sides)
    if sides is None or far is None:
        return None
    places = [fmpq(10**power) if far else fmpq(1, 10**power) for power in DISTANCES]
    right = wrong = 0
    first: Witness | None = None
    for point in islice(_points(sides, seed), POINTS):
        try:
            looks = [_look(sides, {**point, sides.variable: place}) for place in places]
        except (Undetermined, ZeroDivisionError, OverflowError):
            return None
        ratios = [ratio for ratio, _ in looks]
        change = [b / a if a else 0.0 for a, b in pairwise(ratios)]
        fails = ratios[-1] > 0 and all(c >= (STAYS if one.vanishes else GROWS) for c in change)
        right += all(c <= (SHRINKS if one.vanishes else BOUNDED) for c in change)
        wrong += fails
        first = first or (looks[0][1] if fails else None)
    return _Seen(right, wrong, first)


def _lowered(one: Expansion) -> _Lowered | None:
    sign = Relation(0, 0, "=", "=")
    try:
        sides = lowered(Pair(one.function, sign, one.terms, 0))
        size = lowered(Pair(one.rest, sign, Num(0, 0, "0"), 0))
    except (Unlowered, RecursionError):
        return None
    generic = sides.generic
    if generic.matrices or generic.uninterpreted or generic.marked or generic.sizes or sides.means:
        return None
    variable = next((s for s in size.symbols if s.name == one.variable), None)
    if variable is None:
        return None
    return _Lowered(sides.left - sides.right, size.left, tuple(sides.symbols), variable)


def _look(sides: _Lowered, here: Mapping[sp.Symbol, fmpq]) -> tuple[float, Witness]:
    """How many times what it is measured by the rest is at a point, and both there. Raises Undetermined."""
    rest, size = enclose(sides.rest, BITS, at=here), enclose(sides.size, BITS, at=here)
    names = tuple((str(s), str(v)) for s, v in here.items())
    shown = (names, str(rest.str(5, radius=False)), str(size.str(5, radius=False)))
    return float(abs(rest / size).mid()), shown


def _is_far(sides: _Lowered) -> bool | None:
    """Whether the place is infinity: g vanishes there, or the variable counts things; None where g vanishes nowhere."""
    others = {s: fmpq(2, 3) for s in sides.symbols}
    try:
        near, far = (
            float(abs(enclose(sides.size, BITS, at={**others, sides.variable: place})).mid())
            for place in (fmpq(1, 10**6), fmpq(10**6))
        )
    except Undetermined:
        return None
    if sides.variable.name in _COUNTS or far < LITTLE:
        return True
    return False if near < LITTLE else None


def _points(sides: _Lowered, seed: int) -> Iterator[dict[sp.Symbol, fmpq]]:
    """Positive values for the other names."""
    random = Random(f"{seed} expansion")
    for _ in range(POINTS):
        yield {s: KINDS[0].draw(random) for s in sides.symbols if s != sides.variable}


def _mended(one: Expansion, seed: int) -> Slip | None:
    """The first slip in the terms whose undoing makes the expansion right."""
    for slip in islice(slips(one.terms, one.function), MOST_EDITS):
        seen = _seen(replace(one, terms=slip.node), seed)
        if seen is not None and seen.right >= POINTS and not seen.wrong:
            return slip
    return None

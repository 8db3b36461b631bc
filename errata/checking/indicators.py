"""A relation with indicators, max(x, 0) = x 1[x > 0], judged at points on both sides of each condition.

It is supported only where every condition was met and was not, and refuted only where no point of its kind agrees: not
on the edge of a comparison, not for a class that the relation doesn't name, not where an indicator only says where a
formula holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

import sympy as sp

from claims.evidence import Agreement, Counterexample
from claims.indicators import said
from claims.records import Record, replace
from claims.verdict import LEAST_POINTS, Repair, Tried, Undecided, decide
from errata.checking.algebra import may_be_identity
from errata.checking.context import At, State, span_of
from errata.checking.indicator_points import TURNS, Sides, points, sides
from errata.checking.indicator_points import Tried as Point
from errata.checking.judgement import Judged, Kind
from errata.checking.slips import Slip, slips
from errata.reading.indicators import asked_by, condition, has_indicator
from errata.reading.relations import Pair
from errata.reading.tree import Node, Script
from errata.reading.unparse import to_latex
from errata.reading.vectors import Unlowered
from numerics.identity import KINDS, Bounds

ENOUGH_APART = 4
"""Points at which the sides must differ, none of their kind agreeing."""
MOST_REPAIRS = 150
"""Slips of a side that are tried."""
MOST_SAID = 3
"""Conditions that are named in a message."""
AWAY = "away from the edges of its conditions"
_SETS = re.compile(
    r"\b(?:disjoint|exclusive|subsets?|contained|nested|partition\w*|cover\w*)\b|\\subset|\\emptyset|\\varnothing"
)
"""Words by which sets depend on each other."""


class Look(Record):
    """What the points said of two sides, in every choice of whole numbers."""

    sides: tuple[Sides, ...]
    points: tuple[tuple[int, Point], ...]
    """Each with the number of its choice."""

    def of_kind(self, kind: str) -> Look:
        return replace(self, points=tuple((n, p) for n, p in self.points if p.kind == kind))

    def inner(self) -> Look:
        """The points away from edges."""
        return replace(self, points=tuple((n, p) for n, p in self.points if not p.on_an_edge))

    @property
    def agrees(self) -> bool:
        """Whether the sides agree at enough points, each condition met at some and not at others."""
        if len(self.points) < LEAST_POINTS or any(p.apart for _, p in self.points):
            return False
        seen = {(n, c, truth) for n, p in self.points for c, truth in p.truths}
        return all(
            {(n, c, True), (n, c, False)} <= seen for n, found in enumerate(self.sides) for c in found.conditions
        )

    @property
    def sound(self) -> bool:
        """Whether nothing outside the relation could save it."""
        return all(_is_sound(found) for found in self.sides)


def judge_indicators(state: State, at: At, judged: Judged, pair: Pair) -> Judged | None:
    """The judgement on an equation with indicators; None where it can't be told."""
    if pair.relation.sign not in ("=", "≡") or judged.kind is not Kind.CLAIM:
        return None
    if not (has_indicator(pair.left) or has_indicator(pair.right)):
        return None
    try:
        look = _looked(pair.left, pair.right, state.options.seed, state.bounds)
    except Unlowered:
        return None
    if (under := _agreement(look)) is not None:
        by = Agreement("indicators", len(look.points), 12, f"{len(look.points)} points, each condition met and not met")
        return replace(judged, verdict=decide([Tried(under or None, (by,))]))
    return _ruled(state, at, judged, pair, look)


def _looked(left: Node, right: Node, seed: int, bounds: Bounds) -> Look:
    """Raises Unlowered."""
    found: list[Sides] = []
    tried: list[tuple[int, Point]] = []
    for turn in range(TURNS):
        one = sides(left, right, turn)
        if not found or (one.left, one.right) != (found[-1].left, found[-1].right):
            found.append(one)
        for point in points(found[-1], seed + turn, bounds):
            tried.append((len(found) - 1, point))
            hopeless = point.apart is not None and not (point.on_an_edge or point.kind != KINDS[0].name)
            if hopeless and not _is_sound(found[-1]):
                raise Unlowered("what may be said elsewhere could save it")
    return Look(tuple(found), tuple(tried))


def _agreement(look: Look) -> str | None:
    """The condition under which the sides agree, "" for none; None where they don't."""
    if any(found.generic.matrices or found.generic.means or found.generic.inner for found in look.sides):
        return None
    if look.agrees:
        return ""
    if look.inner().agrees:
        return AWAY
    kinds = [kind.name for kind in KINDS if look.of_kind(kind.name).inner().agrees]
    return f"for {kinds[0]}" if kinds else None


def _is_sound(found: Sides) -> bool:
    generic = found.generic
    unknown = generic.uninterpreted or generic.marked or generic.determinants or generic.matrices or generic.means
    sizes = generic.sizes.keys()
    return not unknown and not generic.inner and found.left_names - sizes == found.right_names - sizes


def _against(look: Look) -> Sequence[Point]:
    """The points that count against a relation; none where a point of the same kind agrees."""
    counted = [(n, p) for n, p in look.points if not (p.on_an_edge or p.beyond or p.guarded)]
    agreeing = {(n, p.truths) for n, p in counted if p.apart is None}
    wrong = [(n, p) for n, p in counted if p.apart is not None]
    return [] if any((n, p.truths) in agreeing for n, p in wrong) else [p for _, p in wrong]


def _ruled(state: State, at: At, judged: Judged, pair: Pair, look: Look) -> Judged | None:
    wrong = _against(look)
    if len(wrong) < ENOUGH_APART or not look.sound or not may_be_identity(pair, at.chain, at.prose):
        return None
    if _may_name(pair.left, pair.right) or _may_name(pair.right, pair.left):
        return replace(judged, verdict=Undecided((), "it may be what a name means"))
    if any(found.generic.truths for found in look.sides) and _SETS.search(state.document.text):
        return replace(judged, verdict=Undecided((), "its sets may depend on each other"))
    first = next((p for p in wrong if p.apart is not None), wrong[0])
    assert first.apart is not None
    left, right = first.apart
    where = ", ".join(_said(first))
    where = f"where {where}, " if where else ""
    message = f"{where}the left side is {left}, the right side {right}"
    counter = Counterexample("indicators", first.at, left, right, message, True, True)
    slip = _slip(pair, state.options.seed, state.bounds)
    repair = None if slip is None else Repair(to_latex(slip.node), slip.kind)
    focus = span_of(at.formula, *((pair.right.start, pair.right.end) if slip is None else (slip.start, slip.end)))
    label = "the sides differ" if repair is None else f"should be {repair.latex}"
    return replace(
        judged, verdict=decide([Tried(None, (counter,))], repair), rule="E311", message=message, focus=focus,
        label=label,
    )  # fmt: skip


def _may_name(name: Node, other: Node) -> bool:
    """y_i^k = [y_i = k]: a name, its upper index no power, and the indicator that it means."""
    return isinstance(name, Script) and condition(name) is None and asked_by(other) is not None


def _said(point: Point) -> Iterator[str]:
    for c, truth in point.truths[:MOST_SAID]:
        yield said(c, truth) if isinstance(c, sp.Function) else f"{c} is {int(truth)}"


def _slip(pair: Pair, seed: int, bounds: Bounds) -> Slip | None:
    """The first slip of the right side, then of the left one, that makes the sides agree."""
    for on_left, side, other in ((False, pair.right, pair.left), (True, pair.left, pair.right)):
        for slip in islice(slips(side, other), MOST_REPAIRS):
            edited = (slip.node, other) if on_left else (other, slip.node)
            try:
                if any(p.apart for p in islice(points(sides(*edited, 0), seed, bounds), 6)):
                    continue
                if _agreement(_looked(*edited, seed, bounds)) == "":
                    return slip
            except Unlowered:
                continue
    return None

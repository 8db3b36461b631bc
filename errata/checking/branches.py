"""A relation with a case distinction on one side, |x| = {x for x ≥ 0, −x for x < 0}, judged row by row.

Points are drawn for all names; at each of them the other side must have the value of the row that holds there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from random import Random

from flint import fmpq

from claims.evidence import Agreement, Counterexample
from claims.records import Record, replace
from claims.verdict import Tried, Undecided, decide
from errata.checking.algebra import may_be_identity, sizes_in
from errata.checking.case_points import At as Point
from errata.checking.case_points import CasePoints, compared, parts_of
from errata.checking.context import At, State, span_of
from errata.checking.judgement import Judged, Kind
from errata.reading.families.cases import Case
from errata.reading.families.deciding import holding, plain_cases
from errata.reading.generic import free_names
from errata.reading.names import key
from errata.reading.relations import Pair
from errata.reading.tree import Grid, Node, Num, Script, Sym, walk
from errata.reading.unparse import to_latex
from errata.reading.vectors import Unlowered
from numerics.balls import PRECISIONS, Undetermined

DRAWS, MOST_OF_A_ROW = 160, 12
"""Points that are drawn, and how many of them are looked at in one row."""
LEAST, LEAST_OF_A_ROW = 8, 4
"""Points that must have a value on both sides, and those of a row alone at which it must fail."""
_RANGES = ((1, 9, 1), (-9, 9, 1), (1, 60, 13), (-60, 60, 7))
"""Least and greatest numerator and the denominator, in turn: what holds for whole numbers only is refuted by none."""


class _Tried(Record):
    """One point: the row that holds there, and the values of both sides where they differ."""

    row: Case
    at: Point
    at_an_end: bool
    apart: tuple[str, str] | None


def judge_branches(state: State, at: At, judged: Judged, pair: Pair) -> Judged | None:
    """The judgement on an equation of an expression with a case distinction; None where it can't be told."""
    if pair.relation.sign not in ("=", "≡") or judged.kind is not Kind.CLAIM:
        return None
    sides = (pair.left, pair.right)
    other, cases = next(((o, c) for o, s in (sides, sides[::-1]) if (c := plain_cases(s))), (pair.left, ()))
    if not cases or any(isinstance(n, Grid) for n in walk(other)) or not may_be_identity(pair, at.chain, at.prose):
        return None
    try:
        tried = list(_tried(other, cases, state.options.seed))
    except Unlowered:
        return None
    return _ruled(at, judged, pair, cases, tried)


def _tried(other: Node, cases: Sequence[Case], seed: int) -> Iterator[_Tried]:
    """Points at which one row holds, ends of ranges among them. Raises Unlowered."""
    names = {name for part in parts_of(cases) for name in free_names(part)}
    if not names <= free_names(other):
        raise Unlowered("a row has a name that the other side lacks")
    if any(isinstance(n, Sym) and n.font == "bold" for n in walk(other)) or _bounds_an_index(other, cases):
        raise Unlowered("its names may be vectors, or differ by what the conditions say")
    parts = [other, *parts_of(cases)]
    points, random = CasePoints(parts, sizes_in(0, *parts)), Random(f"{seed} {key(other)}")
    ends = [w for n in _bounds(cases) if (w := points.worth({})(n)) is not None]
    seen: Counter[int] = Counter()
    for turn in range(DRAWS):
        low, high, denominator = _RANGES[turn % len(_RANGES)]
        at = {s: fmpq(random.randint(low, high), denominator) for s in points.symbols}
        if at and turn < 2 * len(ends) * len(at):
            at[points.symbols[turn % len(at)]] = ends[turn // len(at) % len(ends)]
        at_an_end = not set(ends).isdisjoint(at.values())
        rows = holding(cases, points.worth(at))
        if rows is None or len(rows) != 1 or seen[id(rows[0])] == MOST_OF_A_ROW:
            continue
        try:
            yield _Tried(rows[0], at, at_an_end, _apart(points, other, rows[0], at))
        except Undetermined:
            continue
        seen[id(rows[0])] += not at_an_end


def _bounds_an_index(other: Node, cases: Sequence[Case]) -> bool:
    """Whether a condition compares indices of names, as i ≠ j does beside x_i: the names may be others in each row."""
    letters = {key(n) for n in _bounds(cases) if isinstance(n, Sym)}
    subs = [n.sub for n in walk(other) if isinstance(n, Script) and n.sub is not None]
    return any(isinstance(n, Sym) and key(n) in letters for sub in subs for n in walk(sub))


def _bounds(cases: Sequence[Case]) -> Iterator[Node]:
    return (n for case in cases for n in compared(case.conditions))


def _apart(points: CasePoints, other: Node, row: Case, at: Point) -> tuple[str, str] | None:
    """The value of the other side and of the row, where they differ at two precisions. Raises Undetermined."""
    a, b = points.ball(other, at), points.ball(row.value, at)
    if a.overlaps(b):
        return None
    again = points.ball(other, at, PRECISIONS[1]), points.ball(row.value, at, PRECISIONS[1])
    if again[0].overlaps(again[1]):
        raise Undetermined("the values can't be told apart")
    return a.str(8, radius=False), b.str(8, radius=False)


def _ruled(at: At, judged: Judged, pair: Pair, cases: Sequence[Case], tried: Sequence[_Tried]) -> Judged | None:
    """Supported where every row holds, refuted where one fails wherever it is tried; None between these."""
    of_rows = {id(case): [t for t in tried if t.row is case] for case in cases}
    wrong = [t for found in of_rows.values() for t in found if t.apart is not None]
    if not wrong:
        if len(tried) < LEAST or not all(of_rows.values()):
            return None
        by = Agreement("cases", len(tried), 12, f"both sides agree at {len(tried)} points, in every row")
        return replace(judged, verdict=decide([Tried(None, (by,))]))
    first = next((t for t in wrong if not t.at_an_end), wrong[0])
    if _is_zero(first.row.value) and any(f and all(t.apart is None for t in f) for f in of_rows.values()):
        return replace(judged, verdict=Undecided((), "the other side may be meant where it is not zero"))
    of_row = [t for t in of_rows[id(first.row)] if t.at_an_end is first.at_an_end]
    if any(t.apart is None for t in of_row) or (len(of_row) < LEAST_OF_A_ROW and not first.at_an_end):
        why = "the sides agree at some points of a row and differ at others"
        return replace(judged, verdict=Undecided((), why))
    assert first.apart is not None
    return _refuted(at, judged, pair, first.row, first.at, first.apart)


def _is_zero(node: Node) -> bool:
    return isinstance(node, Num) and node.text == "0"


def _refuted(at: At, judged: Judged, pair: Pair, row: Case, point: Point, values: tuple[str, str]) -> Judged:
    said = ", ".join(to_latex(c) for c in row.conditions) or "otherwise"
    shown = tuple((str(s), str(v)) for s, v in point.items())
    left, right = values if any(row.value is n for n in walk(pair.right)) else values[::-1]
    message = f"in the row {said}, the left side is {left}, the right side {right}"
    counter = Counterexample("cases", shown, left, right, message, True, True)
    focus = span_of(at.formula, row.value.start, row.value.end)
    return replace(
        judged, verdict=decide([Tried(None, (counter,))]), rule="E311", message=message, focus=focus,
        label="wrong where this row holds",
    )  # fmt: skip

"""Relations of matrices of which the text says what they are: det(Q)² = 1 of an orthogonal Q, QᵀQ = I.

Both sides are taken at exact random points of several dimensions, an orthogonal matrix once as a rotation and once as
its negative, a symmetric one also indefinite. What holds at all of them is supported by what the text says. Refuted is
what an orthogonal matrix never fulfils, as long as nothing around the relation takes it back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from claims.evidence import Agreement, Counterexample
from claims.records import Record, replace
from claims.verdict import LEAST_POINTS, Refuted, Tried, decide
from errata.checking.algebra import Found
from errata.checking.context import At, State, roots_of
from errata.checking.families.ruling import wishes
from errata.checking.indefinite import ANOTHER, made_indefinite, turned
from errata.checking.linear import fails_throughout, holds_throughout, points_of, tied_points
from errata.checking.linear_relation import Relation, relation_of
from errata.reading.dimensions import Kind
from errata.reading.gloss import glossed
from errata.reading.matrix_notation import bare_names
from errata.reading.names import is_name, key
from errata.reading.relations import Pair
from errata.reading.said_matrices import SaidMatrix, Sort, said_matrices
from errata.reading.shapes import Reading, readings, settled
from errata.reading.tree import Fence, Group, Num, Script, Terms, walk
from errata.reading.vectors import Unlowered
from numerics.drawn import Apart, Tally, tally
from numerics.matrices import ONE, Dim, Name, Product, Term, rebuilt
from numerics.random_matrices import Structure
from numerics.spots import Drawn

BEFORE, AFTER = 240, 200
"""Characters around a relation that may take it back."""
_DOUBTED = re.compile(
    r"\b(?:not|never|unlike|wrong\w*|false|mistake\w*|error|incorrect\w*|in general|if|when\w*|unless|only|suppos\w*|"
    r"commut\w*|tempt\w*|beware|careful|warning|would|which|find|does|true or false|special case|contrary|"
    r"counter-?example\w*|fails?|assum\w*|approximat\w*|cannot|impossible|might|could|claims?|naive\w*|hop\w+)\b|"
    r"n['’]t\b|\\neq?\b|\?",
    re.I,
)
"""Words beside a relation by which it may be no claim for all matrices."""
_COMMUTES = re.compile(r"\bcommut\w*|\bdiagonal\w*", re.I)


class Met(Record):
    """A relation under one reading of its shapes, with what its matrices are said to be."""

    left: Term
    right: Term
    drawn: Drawn
    orthogonal: frozenset[str]
    symmetric: frozenset[str]


def judge_said_matrices(state: State, at: At, pair: Pair) -> Found | None:
    """What follows for a relation from what the text says of its matrices; None where that settles nothing."""
    if pair.relation.sign not in ("=", "≡"):
        return None
    pair = _squared(pair)
    said = said_of(state, at, pair)
    special = {n: one for n, one in said.items() if one.sorts & {Sort.ORTHOGONAL, Sort.SYMMETRIC}}
    found = _of_special(state, at, pair, special) if special else None
    return found


def supported_as_said(state: State, at: At, pair: Pair, of: Pair) -> Found | None:
    """The support of a relation that stands for another one, by what the text says of the matrices of that one."""
    said = said_of(state, at, of)
    special = {n: one for n, one in said.items() if one.sorts & {Sort.ORTHOGONAL, Sort.SYMMETRIC}}
    found = _of_special(state, at, pair, special) if special else None
    return found if found is not None and not isinstance(found.verdict, Refuted) else None


def _squared(pair: Pair) -> Pair:
    """det(Q) = ±1 as det(Q)² = 1²; any other relation as it is."""
    right = pair.right
    while isinstance(right, Group):
        right = right.body
    if not isinstance(right, Terms) or right.signs != (r"\pm",):
        return pair
    two, at = Num(right.start, right.end, "2"), (right.start, right.end)
    left, value = (Script(*at, Fence(*at, "(", n, ")"), None, two) for n in (pair.left, right.items[0]))
    return replace(pair, left=left, right=value)


def said_of(state: State, at: At, pair: Pair) -> dict[str, SaidMatrix]:
    """What the section says last before a relation of each name in it, or right after it."""
    names = {key(n) for side in (pair.left, pair.right) for n in walk(side) if is_name(n)}
    if state.matrices is None:
        state.matrices = tuple(said_matrices(state.document, roots_of(state)))
    here = at.formula.span
    edges = [h.span.start for h in state.document.headings if h.span.start <= here.start]
    first = max(edges, default=0)
    out: dict[str, SaidMatrix] = {}
    for one in state.matrices:
        follows = here.end <= one.start <= here.end + AFTER and "\n\n" not in state.document.text[here.end : one.start]
        if one.name in names and (first <= one.start < here.start or (follows and one.name not in out)):
            out[one.name] = one
    return out


def _of_special(state: State, at: At, pair: Pair, said: dict[str, SaidMatrix]) -> Found | None:
    """The verdict on a relation with orthogonal or symmetric matrices, by points at which they are."""
    try:
        relation = relation_of(pair.left, pair.right)
        relation = replace(relation, notes=replace(relation.notes, linear=True))
        ranked = readings(relation.left, relation.right, relation.notes)
    except (Unlowered, RecursionError):
        return None
    fitting = [square for r in ranked.ranked if (square := _made_square(r, said)) is not None]
    if not fitting or not ranked.complete or relation.notes.uninterpreted:
        return None
    likely = [r for r in fitting if r.cost == fitting[0].cost]
    seed = state.options.seed
    held = [next((d for d in _ways(relation, r, said) if _holds(d, seed)), None) for r in likely]
    if all(h is not None for h in held) and held[0] is not None:
        best = held[0]
        told = [_told(state, one) for one in said.values()]
        told += [f"{name} the number of its rows" for name in best.drawn.tied if name not in relation.notes.dims]
        points = tally(best.left, best.right, best.drawn, seed).agree
        by = Agreement("matrices", points, 30, f"{points} points in several dimensions")
        return Found(decide([Tried("; ".join(told), (by,))]), (), True)
    if not all(one.sorts >= {Sort.ORTHOGONAL} for one in said.values()) or _may_hold(state, at, pair, said):
        return None
    apart = _never(relation, fitting, said, seed)
    return None if apart is None else _refuted(apart, tuple(_told(state, one) for one in said.values()))


def _may_hold(state: State, at: At, pair: Pair, said: dict[str, SaidMatrix]) -> bool:
    """Whether a relation may be a condition, or one that the text takes back."""
    left, right = ({name for name in bare_names(side)} - said.keys() for side in (pair.left, pair.right))
    return left != right or is_name(pair.left) or is_name(pair.right) or wishes(at) or is_doubted(state, at)


def is_doubted(state: State, at: At) -> bool:
    """Whether words around a relation may take it back, or make it a case."""
    text, span = state.document.text, at.formula.span
    near = text[max(0, span.start - BEFORE) : span.start] + " … " + text[span.end : span.end + AFTER]
    return _DOUBTED.search(glossed(near)) is not None


def _told(state: State, one: SaidMatrix) -> str:
    sort = Sort.ORTHOGONAL if Sort.ORTHOGONAL in one.sorts else Sort.SYMMETRIC
    name = one.name.removeprefix(r"\mathbf")
    return f"{name} {sort.value}, as line {state.document.place(one.start).line} says"


def _made_square(reading: Reading, names: Iterable[str]) -> Reading | None:
    """The reading with these names as square matrices; None where they can't be."""
    for name in names:
        if reading.kinds.get(name) is not Kind.MATRIX:
            return None
        rows, columns = reading.shape(name)
        if rows == columns:
            continue
        free, other = (rows, columns) if _is_free(rows) else (columns, rows)
        if ONE in (rows, columns) or not _is_free(free):
            return None
        reading = replace(reading, bound={**reading.bound, free[0][0]: other})
    return reading


def _is_free(dim: Dim) -> bool:
    """Whether a dimension is a single name that may be any."""
    return len(dim) == 1 and len(dim[0]) == 1 and not dim[0][0].startswith("#")


def _ways(relation: Relation, reading: Reading, said: dict[str, SaidMatrix]) -> Iterator[Met]:
    """The relation at points of this kind, its numbers any, or taken for dimensions."""
    left, right = settled(relation.left, reading), settled(relation.right, reading)
    base = points_of(relation, reading, left, right)
    orthogonal = frozenset(n for n, one in said.items() if Sort.ORTHOGONAL in one.sorts)
    symmetric = frozenset(n for n, one in said.items() if Sort.SYMMETRIC in one.sorts)
    if orthogonal & symmetric:
        return
    if orthogonal:
        base = replace(base, structure=Structure.ORTHOGONAL, firm=frozenset(base.shapes) - orthogonal)
    base = base.with_spd(base.spd | symmetric)
    for drawn in (base, *tied_points(relation, reading, base)):
        yield Met(left, right, drawn, orthogonal, symmetric)


def _holds(met: Met, seed: int) -> bool:
    """Whether the sides agree at all points, also for reflections and indefinite matrices."""
    return all(
        found.differ == 0 and holds_throughout(found)
        for found in (tally(left, right, drawn, seed) for left, right, drawn in _variants(met))
    )


def _variants(met: Met) -> Iterator[tuple[Term, Term, Drawn]]:
    """The sides as they stand; with each −Q for Q; and with A − A′ for A."""
    yield met.left, met.right, met.drawn
    left, right = turned(met.orthogonal, met.left, met.right)
    yield made_indefinite(met.symmetric, left, right, met.drawn)


def _never(relation: Relation, fitting: list[Reading], said: dict[str, SaidMatrix], seed: int) -> Apart | None:
    """A point at which a relation fails that fails at all, for each reading, and whatever its numbers are, though its
    sides are the same for all such matrices, so that it is no condition on these."""
    first: Apart | None = None
    for met in (way for reading in fitting for way in _ways(relation, reading, said)):
        tallies: list[Tally] = [tally(left, right, drawn, seed) for left, right, drawn in _variants(met)]
        if not all(map(fails_throughout, tallies)) or not all(
            _is_constant(side, met, seed) for side in (met.left, met.right)
        ):
            return None
        first = first or tallies[0].first
    return first


def _is_constant(side: Term, met: Met, seed: int) -> bool:
    """Whether the square of a side is the same for any two choices of its orthogonal matrices."""
    others = {name + ANOTHER: met.drawn.shapes[name] for name in sorted(met.orthogonal)}
    drawn = replace(met.drawn, shapes={**met.drawn.shapes, **others})

    def other(t: Term) -> Term:
        return Name(t.key + ANOTHER, t.indices) if isinstance(t, Name) and t.key in met.orthogonal else t

    again = rebuilt(side, other)
    if again == side:
        return True
    found = tally(Product((side, side)), Product((again, again)), drawn, seed)
    return found.differ == 0 and found.agree >= LEAST_POINTS


def _refuted(apart: Apart, where: tuple[str, ...]) -> Found:
    by = Counterexample(
        "matrices", apart.point, apart.left, apart.right, f"left {apart.left}, right {apart.right}", True, True
    )
    message = f"at a random point the left side is {apart.left}, the right side {apart.right}"
    return Found(decide([Tried(None, (by,))]), where, True, message)

"""Entries of Jacobians: [J_g]_ij = ∂g_i/∂y_j, and ∂g_i/∂y_j = ∂x_i/∂y_j where x is g(y).

The map is interpreted by random smooth invertible ones in two and three dimensions, and both entries are compared for
all their indices. Which point a map leads to is what a formula near by says: x = g(y), or p_X(g(y)).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from random import Random

from flint import arb, ctx

from claims.evidence import Agreement
from claims.records import Record, replace
from claims.verdict import Tried, decide
from errata.checking.context import At, State, roots_of
from errata.checking.coordinates.bodies import indices_of
from errata.checking.coordinates.roles import bare, index_in, jacobian_of, map_at, plain, point_of
from errata.checking.coordinates.slopes import slope_of
from errata.checking.judgement import Judged, Kind
from errata.checking.kinds import is_law_of
from errata.reading.names import is_name, key
from errata.reading.relations import Pair
from errata.reading.tree import Call, Chain, Fence, Lines, Node, Script, walk
from numerics.gradient_jets import Array
from numerics.images import affine_image, jacobian, triangular_image
from numerics.undetermined import Undetermined

REACH = 12
"""Formulas before a relation in which it is looked for what a map makes."""
BITS = 120
WORLDS = 6
_DENSITIES = frozenset({"p", "q", "f", "ρ", "π"})


class Entry(Record):
    """∂(top)_row/∂(bottom)_column; in the matrix of a map, whose argument is not named, ``bottom`` is None."""

    top: str
    bottom: str | None
    row: str
    column: str


class Made(Record):
    """result = map(argument), by their letters."""

    result: str
    map: str
    argument: str


def judge_entries(state: State, at: At, judged: Judged, pair: Pair) -> Judged | None:
    """The support for a relation between entries of Jacobians; None where it gets none."""
    sides = (entry_of(pair.left), entry_of(pair.right)) if pair.relation.sign in ("=", "≡") else (None, None)
    left, right = sides
    if left is None or right is None or left == right:
        return None
    roots = roots_of(state)
    for made in _made(roots[max(0, at.index - REACH) : at.index + 1]):
        points = _agreeing(left, right, made, state.options.seed)
        if points >= 8:
            by = Agreement("images", points, 20, f"{points} random maps in two and three dimensions, for all indices")
            where = (f"{made.result} is {made.map}({made.argument})",)
            return replace(judged, kind=Kind.CLAIM, verdict=decide([Tried(None, (by,))]), where=where)
    return None


def entry_of(node: Node) -> Entry | None:
    """The entry of a Jacobian that a node writes."""
    node = plain(node)
    slope = slope_of(node)
    if slope is not None:
        top, bottom = plain(slope[0]), slope[1]
        row, column = index_in(top), index_in(bottom)
        named = isinstance(top, Script) and is_name(top) and row is not None and column is not None
        return Entry(bare(top), bare(bottom), row or "", column or "") if named else None
    if isinstance(node, Script) and node.sub is not None and node.sup is None and isinstance(node.base, Fence):
        of = jacobian_of(node.base.body) if node.base.body is not None else None
        indices = indices_of(node.sub)
        given = map_at(of[0]) if of is not None else None
        if given is not None and len(indices) == 2 and not given[2]:
            return Entry(given[0], None, key(indices[0]), key(indices[1]))
    return None


def _made(roots: Sequence[Lines]) -> Iterator[Made]:
    """What maps make of what, the nearest formula first."""
    for root in reversed(roots):
        for node in walk(root):
            if isinstance(node, Chain):
                for left, relation, right in zip(node.items, node.relations, node.items[1:], strict=False):
                    if relation.sign == "=" and is_name(left) and (made := _of(bare(left), right)) is not None:
                        yield made
            elif isinstance(node, Call) and isinstance(node.head, Script) and is_law_of(node.head, _DENSITIES):
                point, of = point_of(node), node.head.sub
                if point is not None and of is not None and (made := _of(bare(of), point)) is not None:
                    yield replace(made, result=made.result.lower())


def _of(result: str, node: Node) -> Made | None:
    given = map_at(node) if isinstance(node, Call) else None
    if given is None or given[1] is None or given[2] or not is_name(given[1]) or bare(given[1]) == result:
        return None
    return Made(result, given[0], bare(given[1]))


def _agreeing(left: Entry, right: Entry, made: Made, seed: int) -> int:
    """In how many worlds both are equal for all indices; 0 where they differ in one, or are about something else."""
    agreed = 0
    with ctx.workprec(BITS):
        for n, dim, make in product(range(WORLDS), (2, 3), (affine_image, triangular_image)):
            world = make(Random(f"{seed} entries {n} {dim}"), dim, 1)
            forth, back = jacobian(world.forth[0], world.points[0]), jacobian(world.back[0], world.points[1])
            for i, j in product(range(dim), repeat=2):
                at = dict(zip(sorted({left.row, left.column}), (i, j), strict=False))
                try:
                    a, b = (_value(one, made, at, forth, back) for one in (left, right))
                except (Undetermined, KeyError):
                    return 0
                if not a.overlaps(b):
                    return 0
            agreed += 1
    return agreed


def _value(entry: Entry, made: Made, at: dict[str, int], forth: Array, back: Array) -> arb:
    """An entry in a world. Raises Undetermined for one that is about something else."""
    row, column = at[entry.row], at[entry.column]
    whole = forth.shape[1]
    if entry.top in (made.map, made.result) and entry.bottom in (made.argument, None):
        return forth.items[row * whole + column].value
    if entry.top == made.argument and entry.bottom == made.result:
        return back.items[row * whole + column].value
    raise Undetermined("an entry of another matrix")

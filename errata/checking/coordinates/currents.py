"""Densities carried along by a field: d log p(z(t))/dt = −tr(∂f/∂z) where dz/dt = f(z, t).

The field is interpreted by random linear ones that carry a normal law; how fast the density grows along a trajectory
comes from the rates of the mean and the covariance.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from random import Random

from flint import arb, ctx

from claims.evidence import Agreement
from claims.records import Record, replace
from claims.verdict import Tried, decide
from errata.checking.context import At, State, roots_of
from errata.checking.coordinates.findings import Witness, refuted
from errata.checking.coordinates.indexing import Bound
from errata.checking.coordinates.roles import LAWS, bare, plain
from errata.checking.coordinates.values import Values
from errata.checking.coordinates.world import Drawn, Extents, Plan
from errata.checking.families.ruling import supposes
from errata.checking.judgement import Judged, Kind
from errata.checking.kinds import is_law_of
from errata.checking.slips import Slip, slips
from errata.reading.calculus import derivation
from errata.reading.lowering import operator_parts
from errata.reading.names import is_name, key
from errata.reading.relations import Pair
from errata.reading.tree import Call, Chain, Factors, Fence, Frac, Function, Lines, Node, Prefix, Sym, walk
from errata.reading.vectors import Unlowered
from numerics import gradient_jets as jets
from numerics.gradient_jets import Array, Misshapen
from numerics.images import Current, linear_current
from numerics.undetermined import Undetermined

BITS = 200
DIMS = (1, 2, 3)
SOME = 5
"""Fields of each dimension."""
REACH = 40
"""Formulas around a relation in which the field is looked for."""
MOST_EDITS = 40
_OPERATORS = frozenset({"d", "∂", "∇", "tr", "Tr", "trace", "div", "det", "log", "ln", "exp"})
CARRIED = "along a trajectory of the field"


class Rate(Record):
    """d X/dt: what is derived, by which name, and whether with ∂."""

    of: Node
    by: Node
    partial: bool


@dataclass
class Outcome:
    """What the fields said."""

    agree: int = 0
    differ: int = 0
    first: Witness | None = None


def judge_current(state: State, at: At, judged: Judged, pair: Pair) -> Judged | None:
    """The judgement on how fast a carried density grows; None where a relation is about anything else."""
    rate = rate_of(pair.left) if pair.relation.sign in ("=", "≡") else None
    density = None if rate is None else _in_log(rate.of)
    if rate is None or density is None:
        return None
    field = _field(roots_of(state), at.index, key(rate.by))
    if field is None:
        return None
    out = _tried(pair.right, field, state.options.seed)
    if out.agree >= 2 * len(DIMS) and not out.differ:
        by = Agreement("fields", out.agree, 30, f"{out.agree} random linear fields in dimensions up to 3")
        open_ = rate.partial and not _moves(density, rate.by)
        verdict = decide([Tried(CARRIED if open_ else None, (by,))])
        return replace(judged, kind=Kind.CLAIM, verdict=verdict, where=(f"the law is carried by {field[0]}",))
    if not _is_of_any(pair.right, field, key(rate.by)):
        return None
    may = not (at.chain.implies or at.chain.concluded or supposes(at)) and not (
        rate.partial and not _moves(density, rate.by)
    )
    if not may or out.differ < 2 * SOME or out.first is None:
        return None
    slip = _mended(pair.right, field, state.options.seed)
    message = f"for a law that a linear field carries, the left side is {out.first[1]}, the right side {out.first[2]}"
    return refuted(at, judged, pair, "fields", "E313", out.first, message, slip)


def _is_of_any(side: Node, field: tuple[str, str], time: str) -> bool:
    """Whether a side speaks of the field and of nothing else, and so of any: −tr(∂f/∂z), and not the D that a certain
    field makes of it."""
    inside = {bare(n) for n in walk(side) if is_name(n)}
    return field[0] in inside and inside <= {*field, time, *_OPERATORS}


def rate_of(node: Node) -> Rate | None:
    """What dX/dt is the rate of, as a fraction or with a slash; None where a node is none."""
    node = plain(node)
    if isinstance(node, Frac):
        found = derivation(node)
        if found is None or found.operand is None or len(found.variables) != 1 or found.squared:
            return None
        return Rate(found.operand, found.variables[0], _is_partial(node))
    if not isinstance(node, Factors) or "/" not in node.signs:
        return None
    cut = node.signs.index("/")
    above, below = _of_d(node.items[:cut]), _of_d(node.items[cut:])
    if above is None or below is None or not is_name(below):
        return None
    return Rate(above, below, _is_partial(node))


def _is_partial(node: Node) -> bool:
    return any(isinstance(n, Sym) and n.name == "∂" for n in walk(node))


def _of_d(items: Sequence[Node]) -> Node | None:
    """X of d X, d(X) or ∂X."""
    match items:
        case (Prefix(sign=Sym(name="∂"), operand=operand),):
            return operand
        case (Call(head=Sym(name="d" | "∂"), fence=Fence(body=body)),):
            return body
        case (Sym(name="d" | "∂"), operand):
            return operand
    return None


def _in_log(node: Node) -> Node | None:
    """The density of log p(z(t)) or log p."""
    node = plain(node)
    inside = node.body if isinstance(node, Fence) else node
    if isinstance(inside, Function | Call) and operator_parts(inside.head)[0] in ("log", "ln"):
        argument = inside.argument if isinstance(inside, Function) else inside.fence
        bare_argument = argument.body if isinstance(argument, Fence) else argument
        head = bare_argument.head if isinstance(bare_argument, Call) else bare_argument
        if bare_argument is not None and head is not None and is_law_of(head, LAWS):
            return bare_argument
    return None


def _moves(density: Node, time: Node) -> bool:
    """Whether a density is taken at a point that moves: p(z(t))."""
    inside = (n for n in walk(density) if isinstance(n, Call) and n is not density and isinstance(n.fence, Fence))
    return any(
        n.fence.body is not None and key(n.fence.body) == key(time) for n in inside if isinstance(n.fence, Fence)
    )


def _field(roots: Sequence[Lines], place: int, time: str) -> tuple[str, str] | None:
    """The letters of f and z in the nearest dz/dt = f(z, t)."""
    near = range(max(0, place - REACH), min(len(roots), place + REACH))
    for number in sorted(near, key=lambda n: abs(n - place)):
        for left, call in _rates(roots[number]):
            point = left.of.head if isinstance(left.of, Call) else left.of
            if key(left.by) != time or not is_name(point) or _in_log(left.of) is not None:
                continue
            inside = {bare(n) for n in walk(call.fence) if is_name(n)}
            if bare(point) in inside:
                return bare(call.head), bare(point)
    return None


def _rates(root: Lines) -> Iterator[tuple[Rate, Call]]:
    for chain in (n for n in walk(root) if isinstance(n, Chain)):
        for left, relation, right in zip(chain.items, chain.relations, chain.items[1:], strict=False):
            found = rate_of(left) if relation.sign in ("=", ":=", "≡") and isinstance(right, Call) else None
            if found is not None and isinstance(right, Call):
                yield found, right


class Carried(Values):
    """Evaluates formulas in the slope ∂f/∂z of one field."""

    def __init__(self, current: Current, field: tuple[str, str]) -> None:
        none: frozenset[str] = frozenset()
        super().__init__(Plan(Extents({}, {}, 1, 1), {}, {}, none, {}, frozenset(), none), Drawn("", 0, 1))
        self.current = current
        self.field = field

    def slope(self, function: Node, variable: Node, bound: Bound) -> Array:
        head = function.head if isinstance(function, Call) else function
        point = variable.head if isinstance(variable, Call) else variable
        if (bare(head), bare(point)) != self.field:
            raise Unlowered("a derivative of something else")
        return self.current.slope

    def of(self, node: Node, bound: Bound) -> Array:
        match node:
            case Factors(items=(Sym(name="∇"), field), signs=("", r"\cdot")) if bare(field) == self.field[0]:
                return jets.trace(self.current.slope)
            case Frac(top=top, bottom=bottom) if (above := _of_d((plain(top),))) is not None:
                below = _of_d((plain(bottom),))
                if below is not None:
                    return self.slope(above, below, bound)
        return super().of(node, bound)


def _tried(right: Node, field: tuple[str, str], seed: int, most: int = SOME) -> Outcome:
    out = Outcome()
    with ctx.workprec(BITS):
        for dim in DIMS:
            for n in range(most):
                current = linear_current(Random(f"{seed} {dim} {n}"), dim)
                try:
                    found = Carried(current, field).number(right, Bound()).value
                except (Unlowered, Misshapen, Undetermined, RecursionError):
                    return Outcome()
                _count(out, current, found)
    return out


def _count(out: Outcome, current: Current, found: arb) -> None:
    rate = current.carried.value
    if rate.overlaps(found):
        out.agree += 1
        return
    out.differ += 1
    out.first = out.first or (current.told, rate.str(8, radius=False), found.str(8, radius=False))


def _mended(right: Node, field: tuple[str, str], seed: int) -> Slip | None:
    for slip in islice(slips(right), MOST_EDITS):
        found = _tried(slip.node, field, seed, 1)
        if found.agree and not found.differ:
            return slip
    return None

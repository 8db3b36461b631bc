"""A gradient at the numbers of an example: ∇_θ MSE(θ̂) = −2 · 14 · (θ̂ − 14.5/14), with the data and θ̂ given before.

Everything has one value, so that there is one point. Where a name has several values, exact and rounded, or a loss
several customary forms, each is a reading; a printed decimal is anything that rounds to it where that could save the
relation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from flint import arb, ctx

from claims.evidence import Agreement
from claims.records import Record, replace
from claims.verdict import Tried, decide
from errata.checking.context import At, State, roots_of
from errata.checking.coordinates.bodies import AFTER, REACH, Bodies, Body, bodies_near, bodies_of, use_of
from errata.checking.coordinates.findings import refuted
from errata.checking.coordinates.indexing import Bound
from errata.checking.coordinates.losses import standard_losses
from errata.checking.coordinates.slopes import slope_of
from errata.checking.coordinates.values import Values
from errata.checking.coordinates.world import Drawn, Extents, Place, Plan
from errata.checking.judgement import Judged, Kind
from errata.reading.names import is_name, key
from errata.reading.relations import Pair, stated
from errata.reading.tree import Call, Chain, Fence, Lines, Node, Num, Phrase, walk
from errata.reading.unparse import to_latex
from errata.reading.vectors import Unlowered
from numerics import gradient_jets as jets
from numerics.gradient_jets import Array, Jet, Misshapen
from numerics.undetermined import Undetermined

BITS = 200
MOST_VALUES = 3
"""Values of one name that are tried, the nearest first."""
MOST_FORMS = 4
NARROW = 1e-20
"""The radius of a ball up to which the value in it counts as known."""
_LIMITS = ("N", "n", "m")
"""Letters of the number of examples."""


class Reading(Record):
    """A form of the loss, and a value of the point that its gradient is taken at."""

    body: Body
    point: Node


class Data(Record):
    """The numbers that the document gives to members, how many there are, and the values of the point."""

    numbers: Mapping[Place, Node]
    count: int
    points: tuple[Node, ...]


class AtData(Values):
    """Evaluates formulas where names have the numbers of an example; a name without one raises Unlowered. With
    ``rounded``, a printed decimal is anything that rounds to it."""

    def __init__(
        self, plan: Plan, numbers: Mapping[Place, arb], rounded: bool = False, along: Mapping[Place, int] | None = None
    ) -> None:
        super().__init__(plan, Drawn("", 0, 1), along)
        self.numbers = numbers
        self.rounded = rounded

    def jet(self, letter: str, places: tuple[int, ...]) -> Jet:
        value = self.numbers.get((letter, places))
        if value is None:
            raise Unlowered(f"{letter} has no value here")
        return Jet(value, tuple(arb(1) for place in self.along if place == (letter, places)))

    def of(self, node: Node, bound: Bound) -> Array:
        found = super().of(node, bound)
        if self.rounded and isinstance(node, Num) and "." in node.text:
            half = arb(10) ** -len(node.text.rpartition(".")[2]) / 2
            return jets.scalar(Jet(found.items[0].value + arb(0, half.upper())))
        return found

    def slope(self, function: Node, variable: Node, bound: Bound) -> Array:
        use = use_of(variable)
        if use is None or use.indices or self.along:
            raise Unlowered("a derivative that is not judged yet")
        inside = AtData(self.plan, self.numbers, self.rounded, {(use.letter, ()): 0})
        return jets.gradient(inside.of(function, bound), ())


def judge_at_data(state: State, at: At, judged: Judged, pair: Pair) -> Judged | None:
    """The judgement on a gradient at a point with a value; None where a number is missing."""
    slope = slope_of(pair.left) if pair.relation.sign in ("=", "≡") else None
    function, variable = slope if slope is not None else (None, None)
    use = use_of(function) if isinstance(function, Call) else None
    if slope is None or use is None or variable is None or not use.arguments or len(use.arguments) != 1:
        return None
    point = use.arguments[0]
    if not is_name(point) or key(point) == key(variable):
        return None
    roots, bodies = roots_of(state), bodies_near(roots_of(state), at.index)
    given = bodies.get(use.letter) or standard_losses(use.letter, bodies)
    _, forms = bodies_of(use, slope[0], given)
    data = _data(roots, at.index, point)
    readings = [Reading(b, p) for b, p in product(forms[:MOST_FORMS], data.points)]
    tried = [(r, _sides(pair, r, variable, point, data, bodies, False)) for r in readings]
    found = [(r, sides) for r, sides in tried if sides is not None]
    held = [
        (r, left) for r, (left, right) in found if left.rad() < NARROW and right.rad() < NARROW and left.overlaps(right)
    ]
    if held:
        return _supported(judged, [r for r, _ in held], forms[:MOST_FORMS], point, held[0][1].contains(0))
    if not found or len(found) != len(tried) or at.chain.implies:
        return None
    loosely = [_sides(pair, r, variable, point, data, bodies, True) for r in readings]
    if any(sides is None or sides[0].overlaps(sides[1]) for sides in loosely):
        return None
    reading, (left, right) = found[0]
    shown = (_shown(left), _shown(right))
    witness = (((key(point), to_latex(reading.point)),), *shown)
    message = f"with the numbers of the example the left side is {shown[0]}, the right side {shown[1]}"
    return refuted(at, judged, pair, "example", "E311", witness, message)


def _supported(judged: Judged, held: Sequence[Reading], forms: Sequence[Body], point: Node, zero: bool) -> Judged:
    """The support, with the value of the point, and with the form of the loss where not every form holds."""
    by = Agreement("example", 1, 25, "the numbers of the example", exhaustive=True)
    condition = f"at {to_latex(point)} = {to_latex(held[0].point)}"
    body = held[0].body
    at_it = [r for r in held if r.point is held[0].point]
    if body.custom is not None and len(at_it) < len(forms):
        condition += f"; {body.head.letter} = {body.custom}"
    where = ("both sides are 0 there",) if zero else ()
    return replace(judged, kind=Kind.CLAIM, verdict=decide([Tried(condition, (by,))]), where=where)


def _shown(value: arb) -> str:
    return "0" if value.contains(0) else str(value.str(8, radius=False))


def _sides(
    pair: Pair, reading: Reading, variable: Node, point: Node, data: Data, bodies: Bodies, rounded: bool
) -> tuple[arb, arb] | None:
    """The gradient and the other side; None where a number is missing."""
    named, moved = use_of(variable), use_of(point)
    if named is None or moved is None:
        return None
    limits = dict.fromkeys(_LIMITS, data.count)
    lifted = frozenset((letter, 0) for letter, _ in data.numbers)
    held = frozenset({named.letter, moved.letter})
    plan = Plan(Extents(limits, {}, data.count, 1), {}, bodies, held, {}, lifted, frozenset())
    try:
        with ctx.workprec(BITS):
            plainly = AtData(plan, {}, rounded)
            numbers = {place: plainly.number(node, Bound()).value for place, node in data.numbers.items()}
            at = plainly.number(reading.point, Bound()).value
            evaluated = AtData(plan, {**numbers, (named.letter, ()): at, (moved.letter, ()): at}, rounded)
            left = evaluated.slope(reading.body.node, variable, Bound())
            right = evaluated.number(pair.right, Bound())
    except (Unlowered, Misshapen, Undetermined, RecursionError):
        return None
    return (left.items[0].value, right.value) if left.is_number else None


def _data(roots: Sequence[Lines], place: int, point: Node) -> Data:
    """The numbers near a place: of members, x_1 = 1 and (x_1, y_1) = (1, 1.1), and of the point. The members of a
    family stand in formulas that follow each other: those beyond belong to another example."""
    numbers: dict[Place, Node] = {}
    points: dict[str, Node] = {}
    last: dict[str, int] = {}
    for number, name, value in _given(roots, place):
        use = use_of(name)
        if use is None or use.arguments is not None:
            continue
        indices = tuple(int(i.text) for i in use.indices if isinstance(i, Num) and i.text.isdigit())
        if use.indices and len(indices) == len(use.indices) == 1:
            if abs(last.setdefault(use.letter, number) - number) <= 1:
                last[use.letter] = number
                numbers.setdefault((use.letter, indices), value)
        elif key(name) == key(point):
            points.setdefault(key(value), value)
    values = sorted(points.values(), key=_is_rounded)[:MOST_VALUES]
    return Data(numbers, max((indices[0] for _, indices in numbers), default=0), tuple(values))


def _is_rounded(node: Node) -> bool:
    """Whether a number is a bare decimal: what it was computed from counts first."""
    return any(isinstance(n, Num) and key(n) == key(node) for n in walk(node)) and "." in key(node)


def _given(roots: Sequence[Lines], place: int) -> Iterator[tuple[int, Node, Node]]:
    """Each name with a number that a formula near a place gives it, the nearest before it first."""
    for number in [*range(place - 1, max(-1, place - 1 - REACH), -1), *range(place, min(place + AFTER, len(roots)))]:
        for chain in (s.chain for s in stated(roots[number])):
            yield from ((number, name, value) for name, value in _in_chain(chain))


def _in_chain(chain: Chain) -> Iterator[tuple[Node, Node]]:
    first = chain.items[0]
    for member, relation in zip(chain.items[1:], chain.relations, strict=True):
        if relation.sign not in ("=", "≈", "≡"):
            return
        if is_name(first) and _is_numeric(member):
            yield first, member
        elif isinstance(first, Fence) and isinstance(first.body, Phrase) and isinstance(member, Fence):
            names, values = first.body.items, member.body.items if isinstance(member.body, Phrase) else ()
            if len(names) == len(values):
                yield from ((n, v) for n, v in zip(names, values, strict=True) if is_name(n) and _is_numeric(v))


def _is_numeric(node: Node) -> bool:
    """Whether a node is made of printed numbers alone."""
    return (
        any(isinstance(n, Num) for n in walk(node))
        and use_of(node) is None
        and not any(use_of(n) is not None for n in walk(node))
    )

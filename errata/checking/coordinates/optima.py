"""The best function of an objective: D*(x) = p(x)/(p(x) + q(x)) for E_{x∼p} log D(x) + E_{x∼q} log(1 − D(x)).

At each point the objective is the sum of the densities times what is expected there; the value of the function at which
its derivative vanishes is found by bisection, and held against the formula.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from random import Random

from flint import arb, ctx, fmpq

from claims.evidence import Agreement
from claims.records import Record, replace
from claims.verdict import Tried, decide
from errata.checking.context import At, State, roots_of
from errata.checking.coordinates.findings import Witness, refuted
from errata.checking.coordinates.indexing import Bound
from errata.checking.coordinates.roles import LAWS, bare, point_of
from errata.checking.coordinates.values import Values
from errata.checking.coordinates.world import Drawn, Extents, Plan
from errata.checking.families.ruling import supposes
from errata.checking.judgement import Judged, Kind
from errata.checking.kinds import is_law_of
from errata.checking.slips import Slip, slips
from errata.reading.names import key
from errata.reading.relations import Pair
from errata.reading.tree import Call, Chain, Fence, Group, Lines, Node, Script, Sym, Terms, walk
from errata.reading.vectors import Unlowered
from numerics import gradient_jets as jets
from numerics.gradient_jets import Array, Jet, Misshapen
from numerics.undetermined import Undetermined

BITS = 200
HALVINGS = 120
POINTS = 12
REACH = 40
"""Formulas around a relation in which the objective is looked for."""
BRACKETS = ((fmpq(1, 10**6), fmpq(10**6 - 1, 10**6)), (fmpq(-64), fmpq(64)))
"""Where the best value is looked for: a probability, or any number."""
MOST_EDITS = 40
CLOSE = 1e-25


class Term(Record):
    """One expectation of an objective: the law that it is under, by its name, and what is expected. The law is None
    where the function is applied to what a map makes of a variable."""

    law: str | None
    body: Node
    sign: int


class Question(Record):
    """An objective in a function, and the densities that its best value is made of."""

    function: str
    terms: tuple[Term, ...]
    densities: tuple[str, ...]
    images: str | None
    """The density that stands for the law of what a map makes of a variable."""


@dataclass
class Outcome:
    """What the points said."""

    agree: int = 0
    differ: int = 0
    first: Witness | None = None


def judge_optimum(state: State, at: At, judged: Judged, pair: Pair) -> Judged | None:
    """The judgement on what the best function of an objective is; None where nothing says that it is one."""
    function = _starred(pair.left) if pair.relation.sign in ("=", "≡") and not pair.position else None
    question = None if function is None else _question(function, pair.right, roots_of(state), at.index)
    if question is None or not _at_one_point(pair):
        return None
    out = _tried(question, pair.right, state.options.seed)
    where = () if question.images is None else (f"{question.images} is the density of what the map makes",)
    if out.agree >= POINTS and not out.differ:
        by = Agreement("optima", out.agree, 25, f"{out.agree} random values of the densities at a point")
        return replace(judged, kind=Kind.CLAIM, verdict=decide([Tried(None, (by,))]), where=where)
    if out.agree or out.first is None or at.chain.implies or at.chain.concluded or supposes(at):
        return None
    slip = _mended(question, pair.right, state.options.seed)
    message = f"the objective is stationary at {out.first[1]} for these densities, and the formula gives {out.first[2]}"
    return refuted(at, replace(judged, where=where), pair, "optima", "E313", out.first, message, slip)


def _at_one_point(pair: Pair) -> bool:
    """Whether the function is taken where the densities are: D*(x) for p(x), not D*(x²)."""
    point = point_of(pair.left)
    return point is None or all(
        key(other) == key(point)
        for n in walk(pair.right)
        if isinstance(n, Call) and is_law_of(n.head, LAWS) and (other := point_of(n)) is not None
    )


def _starred(node: Node) -> str | None:
    """D of D*(x) and D*."""
    head = node.head if isinstance(node, Call) else node
    starred = isinstance(head, Script) and isinstance(head.sup, Sym) and head.sup.name in ("*", "⋆", "★")
    return bare(head) if starred and not is_law_of(head, LAWS) else None


def _question(function: str, right: Node, roots: Sequence[Lines], place: int) -> Question | None:
    """The nearest objective in the function, by the densities that the formula speaks of."""
    densities = {key(n): n for n in walk(right) if isinstance(n, Call) and is_law_of(n.head, LAWS)}
    if not densities or len({key(p) for n in densities.values() if (p := point_of(n)) is not None}) != 1:
        return None
    by_law = {key(n.head): name for name, n in densities.items() if isinstance(n, Call)}
    for terms in _objectives(function, roots, place):
        laws = [t.law for t in terms]
        rest = [name for law, name in by_law.items() if law not in laws]
        known = all(law is None or law in by_law for law in laws)
        if known and laws.count(None) <= 1 and len(rest) == laws.count(None) and len(set(laws)) == len(laws):
            placed = tuple(replace(t, law=rest[0] if t.law is None else by_law[t.law]) for t in terms)
            return Question(function, placed, tuple(densities), rest[0] if rest else None)
    return None


def _objectives(function: str, roots: Sequence[Lines], place: int) -> Iterator[tuple[Term, ...]]:
    """Every sum of expectations of the function, the nearest first."""
    near = range(max(0, place - REACH), min(len(roots), place + REACH))
    for number in sorted(near, key=lambda n: abs(n - place)):
        for node in walk(roots[number]):
            if isinstance(node, Terms) and len(node.items) > 1:
                terms = [_term(s, i, function) for s, i in zip(node.signs, node.items, strict=True)]
                if all(terms):
                    yield tuple(t for t in terms if t is not None)


def _term(sign: str, node: Node, function: str) -> Term | None:
    """E_{x∼p}[…D(x)…] as a term."""
    if not isinstance(node, Call) or bare(node.head) not in ("E", "𝔼") or not isinstance(node.head, Script):
        return None
    sub = node.head.sub.body if isinstance(node.head.sub, Group) else node.head.sub
    if not isinstance(sub, Chain) or len(sub.items) != 2 or sub.relations[0].sign != "∼":
        return None
    body = node.fence.body if isinstance(node.fence, Fence) else None
    calls = [n for n in walk(node.fence) if isinstance(n, Call) and bare(n.head) == function]
    points = {key(p) for n in calls if (p := point_of(n)) is not None}
    if body is None or len(points) != 1 or sign not in ("", "+", "-"):
        return None
    law = sub.items[1].head if isinstance(sub.items[1], Call) else sub.items[1]
    plainly = points == {key(sub.items[0])}
    return Term(key(law) if plainly else None, body, -1 if sign == "-" else 1)


class AtPoint(Values):
    """Evaluates formulas in the densities and in the function at one point."""

    def __init__(self, question: Question, densities: Mapping[str, fmpq], value: Jet | None) -> None:
        none: frozenset[str] = frozenset()
        super().__init__(Plan(Extents({}, {}, 1, 1), {}, {}, none, {}, frozenset(), none), Drawn("", 0, 1))
        self.question = question
        self.densities = densities
        self.value = value

    def function_at(self, node: Call, bound: Bound) -> Array | None:
        if key(node) in self.densities:
            return jets.scalar(jets.constant(self.densities[key(node)]))
        if self.value is not None and bare(node.head) == self.question.function:
            return jets.scalar(self.value)
        return super().function_at(node, bound)

    def slope_of_objective(self) -> arb:
        """How fast the objective grows with the value of the function here. Raises Undetermined beyond its range."""
        parts = [
            jets.times(jets.constant(t.sign * self.densities[t.law or ""]), self.number(t.body, Bound()))
            for t in self.question.terms
        ]
        slopes = jets.total(parts).slopes
        if not slopes:
            raise Unlowered("an objective without the function")
        return slopes[0]


def _best(question: Question, densities: Mapping[str, fmpq]) -> arb | None:
    """The value of the function at which the objective stops growing; None where none is found."""
    for low, high in BRACKETS:
        try:
            first = _slope(question, densities, arb(low))
            if not first * _slope(question, densities, arb(high)) < 0:
                continue
            a, b = arb(low), arb(high)
            for _ in range(HALVINGS):
                middle = ((a + b) / 2).mid()
                a, b = (middle, b) if first * _slope(question, densities, middle) > 0 else (a, middle)
        except Undetermined:
            continue
        return (a + b) / 2
    return None


def _slope(question: Question, densities: Mapping[str, fmpq], value: arb) -> arb:
    return AtPoint(question, densities, Jet(value, (arb(1),))).slope_of_objective()


def _tried(question: Question, right: Node, seed: int, most: int = POINTS) -> Outcome:
    out = Outcome()
    with ctx.workprec(BITS):
        for n in range(most):
            random = Random(f"{seed} optimum {n}")
            densities = {name: fmpq(random.randint(1, 40), random.randint(5, 29)) for name in question.densities}
            try:
                best = _best(question, densities)
                found = AtPoint(question, densities, None).number(right, Bound()).value
            except (Unlowered, Misshapen, RecursionError):
                return Outcome()
            except Undetermined:
                continue
            if best is None:
                continue
            if abs(best - found) < CLOSE:
                out.agree += 1
                continue
            out.differ += 1
            witness = tuple((name, str(value)) for name, value in densities.items())
            out.first = out.first or (witness, best.str(8, radius=False), found.str(8, radius=False))
    return out


def _mended(question: Question, right: Node, seed: int) -> Slip | None:
    for slip in islice(slips(right), MOST_EDITS):
        found = _tried(question, slip.node, seed, 2)
        if found.agree == 2:
            return slip
    return None

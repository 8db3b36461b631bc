"""Points for relations with indicators: on both sides of each condition and on its edge, whole numbers for classes.

A class y that is compared with an index of a sum is a whole number within its range; one that is compared with numbers
takes these. Whether something is in a set is tried both ways.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

import sympy as sp
from flint import fmpq

from claims.indicators import OF_SIGN, IsZero
from claims.records import Record
from errata.checking.algebra import sizes_in
from errata.reading.endpoints import differentials_in, names_elsewhere
from errata.reading.generic import Generic, GenericLowering, counted_families, whole_numbers
from errata.reading.indicators import asked_by, chains, guards, has_indicator
from errata.reading.names import key
from errata.reading.tree import Big, Chain, Group, Node, Script, Sym, walk
from errata.reading.vectors import Unlowered
from numerics.balls import PRECISIONS, Undetermined, enclose, rational
from numerics.identity import KINDS, Bounds, Kind, drawn

TURNS = 4
"""Choices of whole numbers."""
DRAWS = 12
"""Points of each kind in a turn."""
LEAST_LIMIT, CLASSES = 4, 3
"""The least limit of a sum, and the classes that a name takes which is compared with its index."""

At = dict[sp.Symbol, fmpq]


class Tried(Record):
    """Both sides at a point: their values where they are apart, and which conditions hold there."""

    kind: str
    at: tuple[tuple[str, str], ...]
    truths: tuple[tuple[sp.Basic, bool], ...]
    """Each condition in free symbols, with whether it holds."""
    on_an_edge: bool
    """Whether a comparison stands at its edge: x ≥ 0 at x = 0."""
    beyond: bool
    """Whether a class has a value that the relation doesn't name."""
    guarded: bool
    """Whether an indicator before all of a side, which the other side lacks, is 0."""
    apart: tuple[str, str] | None


class Sides(Record):
    """Both sides of a relation in one choice of whole numbers."""

    left: sp.Expr
    right: sp.Expr
    left_names: frozenset[str]
    right_names: frozenset[str]
    generic: Generic
    guards: tuple[sp.Expr, ...]

    @property
    def comparisons(self) -> list[sp.Function]:
        found = self.left.atoms(*OF_SIGN) | self.right.atoms(*OF_SIGN)
        return sorted((c for c in found if c.free_symbols), key=str)

    @property
    def conditions(self) -> list[sp.Basic]:
        """All that may hold or not: comparisons, and whether something is in a set."""
        names = sorted(self.left.free_symbols | self.right.free_symbols, key=str)
        return [*self.comparisons, *(s for s in names if s.name in self.generic.truths)]


def sides(left: Node, right: Node, turn: int) -> Sides:
    """Both sides in free symbols. Raises Unlowered."""
    generic = Generic(
        _sizes(left, right, turn), of_indicators=True, differentials=differentials_in(left, right),
        elsewhere=names_elsewhere(left, right), counted=counted_families(left, right),
    )  # fmt: skip
    first = _scalar(left, generic)
    names, generic.names = frozenset(generic.names), set()
    second = _scalar(right, generic)
    both = (left, right)
    alone = [one for one, other in (both, both[::-1]) if has_indicator(one) and not has_indicator(other)]
    before = tuple(_scalar(factor, generic) for side in alone for factor in guards(side))
    return Sides(first, second, names, frozenset(generic.names), generic, before)


def _scalar(node: Node, generic: Generic) -> sp.Expr:
    value = GenericLowering(generic).of(node, {}, 0)
    if isinstance(value, sp.Tuple) or not isinstance(value, sp.Expr):
        raise Unlowered("vectors of symbols are read but not judged yet")
    return value


def _sizes(left: Node, right: Node, turn: int) -> dict[str, int]:
    """What whole numbers stand for: limits that leave room for all classes, and classes."""
    limits, _ = whole_numbers(left, right)
    found = {n: max(v, LEAST_LIMIT) if n in limits else v for n, v in sizes_in(turn, left, right).items()}
    for i, name in enumerate(sorted(_classes(left, right, found))):
        found[name] = 1 + (turn + i) % CLASSES
    return found


def _classes(left: Node, right: Node, sizes: dict[str, int]) -> set[str]:
    """The names that an indicator compares with the index of a sum."""
    met = [n for node in (left, right) for n in walk(node)]
    bound = {key(letter) for n in met if isinstance(n, Big) and (letter := _index(n)) is not None}
    asked = [c for n in met if (found := asked_by(n)) is not None for c in chains(found)]
    pairs = [(a, b) for c in asked for a, b in zip(c.items, c.items[1:], strict=False)]
    out: set[str] = set()
    for _ in range(2):
        for a, b in (*pairs, *((b, a) for a, b in pairs)):
            known = key(a) in bound | out or key(a) in sizes
            if known and isinstance(b, Sym) and key(b) not in bound and b.name.isalpha():
                out.add(key(b))
    return out


def _index(node: Big) -> Node | None:
    sub = node.head.sub if isinstance(node.head, Script) else None
    sub = sub.body if isinstance(sub, Group) else sub
    return sub.items[0] if isinstance(sub, Chain) else sub


def points(found: Sides, seed: int, bounds: Bounds) -> Iterator[Tried]:
    """Both sides at points of every kind."""
    symbols = sorted(found.left.free_symbols | found.right.free_symbols, key=str)
    random = Random(f"{seed} {found.left} {found.right}")
    for kind in KINDS:
        for turn in range(DRAWS if symbols else 1):
            at, beyond = _point(found, symbols, kind, random, bounds, turn)
            try:
                yield _tried(found, kind, at, beyond)
            except Undetermined:
                continue


def _point(
    found: Sides, symbols: Sequence[sp.Symbol], kind: Kind, random: Random, bounds: Bounds, turn: int
) -> tuple[At, bool]:  # fmt: skip
    """A point, and whether a class has a value there that the relation doesn't name; every second one on an edge."""
    at = {s: drawn(s, kind, random, bounds) for s in symbols}
    for s in symbols:
        if s.name in found.generic.truths:
            at[s] = fmpq(random.randint(0, 1))
    comparisons = found.comparisons
    named = _named(comparisons)
    beyond = False
    for s, values in named.items():
        at[s] = random.choice(sorted(values))
        if len(values) == 1 and random.random() < 0.5:
            at[s], beyond = at[s] + random.choice((-2, -1, 1, 2)), True
    open_ = [c for c in comparisons if c.free_symbols - named.keys()]
    if turn % 2 and open_:
        chosen = random.choice(open_)
        free = random.choice(sorted(chosen.free_symbols - named.keys(), key=str))
        root = _root(chosen.args[0], free, at)
        if root is not None and free.name not in found.generic.truths:
            at[free] = root
    return at, beyond


def _named(conditions: Sequence[sp.Basic]) -> dict[sp.Symbol, set[fmpq]]:
    """The numbers that names are said to be equal to."""
    out: dict[sp.Symbol, set[fmpq]] = {}
    for c in conditions:
        if isinstance(c, IsZero) and len(c.free_symbols) == 1:
            (s,) = c.free_symbols
            if (root := _root(c.args[0], s, {})) is not None:
                out.setdefault(s, set()).add(root)
    return out


def _root(e: sp.Expr, s: sp.Symbol, at: At) -> fmpq | None:
    """The value of a name at which an expression that is linear in it is zero; None where it isn't, or has none."""
    try:
        worth = [rational(e, {**at, s: fmpq(x)}) for x in (0, 1, 2)]
    except Undetermined:
        return None
    a, b, c = worth
    if a is None or b is None or c is None or b == a or c - b != b - a:
        return None
    return -a / (b - a)


def _tried(found: Sides, kind: Kind, at: At, beyond: bool) -> Tried:
    """Raises Undetermined."""
    truths = tuple((c, _is_one(c, at)) for c in found.conditions)
    edge = any(not isinstance(c, IsZero) and rational(c.args[0], at) == 0 for c in found.comparisons)
    guarded = any(not _is_one(guard, at) for guard in found.guards)
    shown = tuple((n, str(v)) for n, v in found.generic.sizes.items()) + tuple((str(s), str(v)) for s, v in at.items())
    return Tried(kind.name, shown, truths, edge, beyond, guarded, _apart(found.left, found.right, at))


def _is_one(e: sp.Expr, at: At) -> bool:
    """Whether an expression that is 0 or 1 is 1. Raises Undetermined."""
    ball = enclose(e, at=at)
    if not (ball.contains(0) or ball.contains(1)) or (ball.contains(0) and ball.contains(1)):
        raise Undetermined("a condition that can't be told")
    return bool(ball.contains(1))


def _apart(left: sp.Expr, right: sp.Expr, at: At) -> tuple[str, str] | None:
    """Both values where they differ at two precisions; None where they agree. Raises Undetermined."""
    a, b = enclose(left, at=at), enclose(right, at=at)
    if a.overlaps(b):
        if a.rad() > 1e-12 or b.rad() > 1e-12:
            raise Undetermined("the value could not be enclosed tightly")
        return None
    a, b = enclose(left, PRECISIONS[1], at=at), enclose(right, PRECISIONS[1], at=at)
    if a.overlaps(b):
        raise Undetermined("the values can't be told apart")
    return a.str(8, radius=False), b.str(8, radius=False)

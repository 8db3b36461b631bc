"""An equation that follows from the one before it: terms moved across, both sides scaled, a name solved for.

The earlier equation is solved for one name in which it is linear, or the later one gives a name outright; with that
put in, the two sides must agree at random points. So nothing but the earlier equation is used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, islice

import sympy as sp

from claims.evidence import Agreement, Counterexample
from claims.records import Record, replace
from claims.verdict import LEAST_POINTS, Repair, Supported, Tried, decide
from errata.checking.algebra import Found, sizes_in
from errata.checking.glance import Glance
from errata.checking.linear_relation import speaks_of_matrices
from errata.checking.repairs import QUICKLY, Repaired, repaired
from errata.checking.restored import restored
from errata.checking.slips import Slip, slips
from errata.reading.generic import Generic
from errata.reading.names import key, names_in
from errata.reading.relations import Pair, Stated
from errata.reading.sides import lower_side
from errata.reading.tree import Gap, Node, walk
from errata.reading.unparse import to_latex
from errata.reading.vectors import Unlowered
from numerics.free_names import free_names
from numerics.identity import Apart, Bounds, Tally, apart_at_a_zero, apart_at_once, tallies

MOST_NAMES = 4
"""Names for which the earlier equation is tried to be solved."""
MOST_PARTS = 150
"""Parts of an earlier equation beyond which it isn't."""
FEW = 6
"""Points that differ for each one at which no difference is seen, as where erf is close to 1."""
MOST_WORK = 15_000
"""Nodes of all edited equations together in the search for a slip."""
TURNS = 2
SYMPY_FAULTS = (ValueError, ArithmeticError, TypeError, NotImplementedError)
"""What SymPy raises where it can't differentiate, or meets a pole when it puts a value in."""


class Equation(Record):
    """An equation that the notes state, its line and the number of its formula."""

    pair: Pair
    line: int
    formula: int = -1


REACH = 3
"""Equations back that one may follow from."""


def stated_last(
    stated: Stated, line: int, before: tuple[Equation, ...], formula: int = -1
) -> tuple[Equation, ...]:  # fmt: skip
    """The last equations of a document after a chain, the latest first."""
    first, last = stated.chain.items[0], stated.chain.items[-1]
    if any(r.sign != "=" for r in stated.chain.relations) or isinstance(first, Gap) or isinstance(last, Gap):
        return before
    equation = Equation(Pair(first, stated.chain.relations[0], last, 0), line, formula)
    return (equation, *before)[:REACH]


def judge_rearranged(pair: Pair, before: Sequence[Equation], seed: int, bounds: Bounds | None = None) -> Found | None:
    """The support that one of the equations before gives; None where none does. What was stated before gets none: the
    others may have been found from it."""
    if not before or speaks_of_matrices(pair) or any(_same(pair, equation.pair) for equation in before):
        return None
    for equation in before:
        if speaks_of_matrices(equation.pair):
            continue
        try:
            points = _points(pair, equation.pair, seed, bounds)
        except (Unlowered, *SYMPY_FAULTS):
            continue
        if points >= LEAST_POINTS:
            by = Agreement("points", points, 38, f"{points} random points at which line {equation.line} holds")
            return Found(Supported((by,), None), (f"given what line {equation.line} says",), True)
    return None


def _same(a: Pair, b: Pair) -> bool:
    return {key(a.left), key(a.right)} == {key(b.left), key(b.right)}


def _points(pair: Pair, given: Pair, seed: int, bounds: Bounds | None) -> int:
    """At how many points of the given equation the other one holds; 0 where it fails at any."""
    total = 0
    for turn in range(TURNS):
        left, right, one, other = _lowered(pair, given, turn)
        if not (free_names(left) | free_names(right)) & (free_names(one) | free_names(other)):
            return 0
        found = next((n for n in _agreeing((left, right), (one, other), seed + turn, bounds)), 0)
        if not found:
            return 0
        total += found
    return total


def _lowered(pair: Pair, given: Pair, turn: int) -> list[sp.Basic]:
    sides = (pair.left, pair.right, given.left, given.right)
    generic = Generic(sizes_in(turn, *sides))
    out = [lower_side(side, generic) for side in sides]
    if generic.matrices or generic.means or any(side.has(sp.Tuple) for side in out):
        raise Unlowered("not an equation of numbers")
    return out


def _agreeing(
    new: tuple[sp.Basic, sp.Basic], given: tuple[sp.Basic, sp.Basic], seed: int, bounds: Bounds | None
) -> Iterator[int]:
    """How many points agree, for each way to put one equation into the other in which none differs.

    Where both give the value of one name, the values agree or they don't: no other name shows more.
    """

    def hopeless(difference: sp.Basic, name: sp.Symbol) -> bool:
        names = free_names(difference) | free_names(new[0]) | free_names(new[1])
        return apart_at_a_zero(*new, difference, name, sorted(names - {name}, key=str), seed)

    ways = _solutions(new, given, hopeless)
    for name, value in islice(ways, 1) if _named_outright(new, given) else ways:
        target = given if name in new and value in new else new
        points = _agree(target, {name: value}, seed, bounds)
        if not points or _agree(given, {}, seed, bounds):  # from what holds anyway nothing follows
            continue
        if target is given or not _is_lost_factor(given, name, value, seed):
            yield points


def _is_lost_factor(given: tuple[sp.Basic, sp.Basic], name: sp.Basic, value: sp.Basic, seed: int) -> bool:
    """Whether an equation holds at the value of a name because a factor vanishes there that a reader divides by:
    c = 0 in c ∑ w = c, which says that ∑ w is one."""
    others = sorted(free_names(given[0]) | free_names(given[1]) - {name}, key=str)
    if name not in free_names(given[0]) | free_names(given[1]) or len(others) < 2:
        return False
    slope = sp.diff(sp.Add(given[0], sp.Mul(-1, given[1], evaluate=False), evaluate=False), name)
    return bool(free_names(slope)) and (value == 0 or _agree((value, sp.Integer(0)), {}, seed, None) > 0)


def _named_outright(*equations: tuple[sp.Basic, sp.Basic]) -> sp.Symbol | None:
    """The name of which each of some equations gives the value: it stands alone on a side, and nowhere else in them."""
    for name in equations[0]:
        others = [right if left == name else left for left, right in equations if name in (left, right)]
        if isinstance(name, sp.Symbol) and len(others) == len(equations):
            return None if any(name in free_names(other) for other in others) else name
    return None


def _solutions(
    new: tuple[sp.Basic, sp.Basic],
    given: tuple[sp.Basic, sp.Basic],
    hopeless: Callable[[sp.Basic, sp.Symbol], bool] = lambda difference, name: False,
) -> Iterator[tuple[sp.Basic, sp.Basic]]:
    """A name and what it equals: as the new equation says, or as the given one does where it is linear in it.

    ``hopeless`` says of the sides of the given one, subtracted, and a name that it needn't be solved for.
    """
    for name, value in (new, new[::-1]):
        if isinstance(name, sp.Symbol) and name not in free_names(value):
            yield name, value
    difference = sp.Add(given[0], sp.Mul(-1, given[1], evaluate=False), evaluate=False)
    if sum(1 for _ in sp.preorder_traversal(difference)) > MOST_PARTS:
        return
    shared = (free_names(new[0]) | free_names(new[1])) & free_names(difference)
    for name in sorted(shared, key=str)[:MOST_NAMES]:
        value = None if hopeless(difference, name) else _root(difference, name)
        if value is not None:
            yield name, value


@lru_cache(maxsize=128)
def _root(difference: sp.Basic, name: sp.Basic) -> sp.Basic | None:
    """The name at which an expression vanishes that is linear in it; None for any other. It is asked for each edit."""
    slope = sp.diff(difference, name)
    if slope == 0 or name in free_names(slope):
        return None
    return -difference.xreplace({name: sp.Integer(0)}) / slope


def _agree(
    sides: tuple[sp.Basic, sp.Basic], put_in: Mapping[sp.Basic, sp.Basic], seed: int, bounds: Bounds | None
) -> int:
    if put_in and _apart_by_value(sides, put_in, seed):
        return 0
    left, right = (side.xreplace(dict(put_in)) for side in sides)
    symbols = sorted(free_names(left) | free_names(right), key=str)
    if not symbols or apart_at_once(left, right, symbols, {}, seed):
        return 0
    tallied = tallies(left, right, symbols, {}, seed, bounds, until_apart=True)
    return 0 if any(t.differ for t in tallied) else sum(t.agree for t in tallied)


def _apart_by_value(sides: tuple[sp.Basic, sp.Basic], put_in: Mapping[sp.Basic, sp.Basic], seed: int) -> bool:
    """Whether the sides are apart at a point, the values of what is put in put in, which is quickly seen."""
    names = frozenset[sp.Basic]().union(*map(free_names, (*sides, *put_in.values())))
    return apart_at_once(*sides, sorted(names - put_in.keys(), key=str), {}, seed, put_in)


def refute_rearranged(
    pair: Pair, given: Equation, seed: int, bounds: Bounds | None = None
) -> tuple[Found, Repaired] | None:
    """The refutation of an equation in the names of the one right before it, and the slip; None where there is none.

    Where the earlier one holds, the later one fails; once a single slip is undone, it follows: it was meant to.
    """
    if speaks_of_matrices(pair) or speaks_of_matrices(given.pair) or _same(pair, given.pair):
        return None
    try:
        apart = _apart(pair, given.pair, seed, bounds)
    except (Unlowered, *SYMPY_FAULTS):
        return None
    mended = (
        None if apart is None else _mended(pair, given.pair, seed, bounds) or _mended_member(pair, given.pair, seed)
    )
    if apart is None or mended is None:
        return None
    detail = f"left {apart.left}, right {apart.right}"
    by = Counterexample("points", apart.point, apart.left, apart.right, detail, True, True)
    where = f"given what line {given.line} says"
    message = f"{where}, the sides are {apart.left} and {apart.right} at a random point"
    return Found(decide([Tried(None, (by,))], mended.repair), (where,), True, message), mended


def _apart(pair: Pair, given: Pair, seed: int, bounds: Bounds | None) -> Apart | None:
    """A point at which one of the equations holds and the other fails, if it is so at nearly all points."""
    first: Apart | None = None
    for turn in range(TURNS):
        left, right, one, other = _lowered(pair, given, turn)
        if not free_names(left) ^ free_names(right) <= free_names(one) | free_names(other):
            return None  # both sides may be multiplied with something new
        failed: Apart | None = None
        for name, value in _solutions((left, right), (one, other)):
            target = (one, other) if {name, value} == {left, right} else (left, right)
            found = _tallied(target, name, value, seed + turn, bounds)
            agree, differ = sum(t.agree for t in found), sum(t.differ for t in found)
            if FEW * agree > differ:
                return None
            if differ >= LEAST_POINTS:
                failed = failed or next(t.first for t in found if t.first is not None)
        if failed is None:
            return None
        first = first or failed
    return first


def _tallied(
    sides: tuple[sp.Basic, sp.Basic], name: sp.Basic, value: sp.Basic, seed: int, bounds: Bounds | None
) -> tuple[Tally, ...]:
    left, right = (side.xreplace({name: value}) for side in sides)
    symbols = sorted(free_names(left) | free_names(right), key=str)
    return tallies(left, right, symbols, {}, seed, bounds) if symbols else ()


def _mended(pair: Pair, given: Pair, seed: int, bounds: Bounds | None) -> Repaired | None:
    """The first slip on either side without which the equation follows from the given one."""
    size = sum(1 for side in (pair.left, pair.right) for _ in walk(side))
    most = max(1, MOST_WORK // size)
    right = ((s, False) for s in islice(chain(_restored(pair.right, given), slips(pair.right, given.right)), most))
    left = ((s, True) for s in islice(chain(_restored(pair.left, given), slips(pair.left, given.right)), most))
    glance = _beside(pair, given, seed)
    for slip, on_left in (*right, *left):
        edited = replace(pair, left=slip.node) if on_left else replace(pair, right=slip.node)
        if _same(edited, given):
            continue
        try:
            named = glance is not None and not on_left and key(pair.left) not in names_in(slip.node)
            if named and glance is not None and glance.differs(replace(edited, left=given.right), on_left=False):
                continue
            points = _points(edited, given, seed, bounds)
        except (Unlowered, *SYMPY_FAULTS):
            continue
        if points >= LEAST_POINTS:
            return Repaired(Repair(to_latex(slip.node), slip.kind), slip.start, slip.end, on_left, edited)
    return None


def _beside(pair: Pair, given: Pair, seed: int) -> Glance | None:
    """A look at the values that both equations give one name on their left: an edit after which they differ doesn't
    follow. None where they give none."""
    try:
        left, right, one, other = _lowered(pair, given, 0)
        named = left == one and _named_outright((left, right), (one, other)) == left
        return Glance(replace(pair, left=given.right), seed) if named else None
    except (Unlowered, *SYMPY_FAULTS):
        return None


def _mended_member(pair: Pair, given: Pair, seed: int) -> Repaired | None:
    """The slip in the right side, where both equations give an expression for the same left side; none that only makes
    them the same text."""
    if key(pair.left) != key(given.left):
        return None
    found = repaired(replace(pair, left=given.right), seed, QUICKLY)
    if found is None or found.left or key(found.mended.right) == key(given.right):
        return None
    return replace(found, mended=replace(found.mended, left=pair.left))


def _restored(side: Node, given: Pair) -> Iterator[Slip]:
    """The edits of a side by what stands in the earlier equation."""
    return chain.from_iterable(restored(side, one) for one in (given.right, given.left))

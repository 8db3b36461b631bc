"""Steps that rest on an equation beside them: ∑_i α_i (y_i + c) loses a term where ∑_i α_i = 0 is said.

The equation gives a number to a sum and is linear in a name of the step. It is solved for this name, and what it gives
is put into both sides. A step that fails in general and holds at all points of such an equation was made with it: to
hold there by chance, the difference of its sides would have to be a multiple of that of the equation.
"""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from claims.evidence import Agreement
from claims.records import replace
from claims.verdict import Refuted, Supported
from errata.checking.algebra import TURNS, Lowered, lowered
from errata.checking.context import At, State, root_of
from errata.checking.customary_conditions import points_in_common
from errata.checking.judgement import Judged
from errata.reading.relations import Pair, stated
from errata.reading.sides import lower_side
from errata.reading.tree import Big, Chain, Node, Num, Terms
from errata.reading.vectors import Unlowered
from numerics.free_names import free_names

REACH = 1200
"""Characters on either side of a step in which such an equation may stand."""


def with_stated_condition(state: State, at: At, pair: Pair, judged: Judged) -> Judged | None:
    """A step that fails, where it holds under an equation that stands near it; None where there is none."""
    if not isinstance(judged.verdict, Refuted) or judged.rule != "E311" or pair.relation.sign not in ("=", "≡"):
        return None
    if isinstance(pair.left, Num) or isinstance(pair.right, Num):
        return None  # it may be such an equation itself
    for line, of, value in _equations(state, at):
        points = _points_under(pair, of, value, state.options.seed)
        if points:
            by = Agreement("points", points, 30, f"{points} random points where what line {line} says holds")
            plain = replace(judged, rule=None, message=None, label=None, focus=None)
            return replace(plain, verdict=Supported((by,), f"given what line {line} says"))
    return None


def _equations(state: State, at: At) -> Iterator[tuple[int, Node, Num]]:
    """The sums that are said to be a number near a step, the nearest first, with the line of each."""
    place, formulas = at.formula.span.start, state.document.formulas
    near = [n for n, f in enumerate(formulas) if abs(f.span.start - place) <= REACH and "=" in f.latex]
    for number in sorted(near, key=lambda n: abs(formulas[n].span.start - place)):
        for chain in (s.chain for s in stated(root_of(state, number))):
            if number == at.index and chain.start == at.chain.chain.start:
                continue
            if (found := _sum_and_number(chain)) is not None:
                offset = formulas[number].offset(chain.start)
                yield state.document.place(offset).line, *found


def _sum_and_number(chain: Chain) -> tuple[Node, Num] | None:
    """The sum and the number on either side of the last sign of a chain: ∂L/∂b = −∑_i α_i y_i = 0."""
    of, value = chain.items[-2:]
    if chain.relations[-1].sign != "=" or not isinstance(value, Num):
        return None
    is_sum = isinstance(of, Terms) or (isinstance(of, Big) and of.body is not None)
    return (of, value) if is_sum else None


def _points_under(pair: Pair, of: Node, value: Num, seed: int) -> int:
    """At how many points the sides agree where a sum has a value; 0 where they differ at one, or it settles nothing."""
    turns: list[tuple[Lowered, dict[sp.Symbol, sp.Expr]]] = []
    try:
        for turn in range(TURNS):
            sides = lowered(pair, turn)
            put_in = None if sides.means else _solved(sides, of, value)
            if put_in is None:
                return 0
            turns.append((sides, put_in))
    except (Unlowered, RecursionError):
        return 0
    return points_in_common(turns, seed)


def _solved(sides: Lowered, of: Node, value: Num) -> dict[sp.Symbol, sp.Expr] | None:
    """What an equation gives the last of its names in which it is linear; None where a name of it is not in the sides,
    or it has one name only. Raises Unlowered."""
    known = set(sides.symbols)
    left, right = lower_side(of, sides.generic), lower_side(value, sides.generic)
    if not isinstance(left, sp.Expr) or not isinstance(right, sp.Expr):
        return None
    zero = sp.expand(left - right)
    names = sorted(free_names(zero), key=str)
    if len(names) < 2 or not known.issuperset(names):
        return None
    for name in reversed(names):
        slope = sp.diff(zero, name)
        if slope != 0 and name not in free_names(slope):
            return {name: -(zero - slope * name).expand() / slope}
    return None

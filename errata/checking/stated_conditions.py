"""Steps that rest on equations of their section: (x + y)² = 1 + 2xy where x² + y² = 1 is said.

What a page states, and what isn't refuted itself, holds wherever a step is tried: one that fails for numbers of any
kind, and holds at the points of one or two of these equations, was made with them. To hold there by chance, the
difference of its sides would have to be a multiple of those of the equations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, combinations

import sympy as sp

from claims.evidence import Agreement
from claims.records import replace
from claims.verdict import IllFormed, Proved, Refuted, Supported, Undecided, Unread
from errata.checking.algebra import TURNS, lowered
from errata.checking.context import At, State, root_of
from errata.checking.judgement import Judged
from errata.checking.kinds import is_number
from errata.checking.linear_relation import speaks_of_matrices
from errata.checking.rearranged import Equation
from errata.reading.examples import is_of_another_example
from errata.reading.generic import Generic
from errata.reading.names import is_name, key, names_in
from errata.reading.relations import Pair, Stated, stated
from errata.reading.sides import lower_side
from errata.reading.tree import Big, Chain, Gap, Num, Terms
from errata.reading.vectors import Unlowered
from numerics.on_equations import POINTS, Points, Sides, names_of, points_where

REACH = 1200
"""Characters on either side of a step in which a sum may be given a number."""
MOST = 8
"""Equations, the nearest ones, that are tried."""
FEWEST = 3
"""Points from which on a step isn't refuted; more are needed for its support."""
_STOP = re.compile(r"[.;!?]\s|\n\s*\n")
_SUPPOSING = re.compile(r"\b(?:if|when|whenever|unless|suppose|assum\w*|case)\b", re.I)
EQUATES = frozenset("= ≡ :=".split())


def stated_by(chained: Stated, judged: Sequence[Judged], line: int, formula: int) -> tuple[Equation, ...]:
    """The equations of a chain that nothing speaks against, and that say more than their sides do."""
    known = (Refuted, IllFormed, Unread, Proved)
    return tuple(
        Equation(pair, line, formula)
        for pair, found in zip(chained.pairs(), judged, strict=False)
        if pair.relation.sign in EQUATES and not isinstance(found.verdict, known)
        and not isinstance(pair.left, Gap) and not isinstance(pair.right, Gap)
    )  # fmt: skip


def is_said_before(state: State, index: int, pair: Pair) -> bool:
    """Whether a formula of an open section says the same before, and nothing speaks against it there."""
    said = {key(pair.left), key(pair.right)}
    return any(one.formula < index and {key(one.pair.left), key(one.pair.right)} == said for _, one in state.stated)


def with_stated_condition(state: State, at: At, pair: Pair, judged: Judged) -> Judged | None:
    """A step that fails, or isn't told from one that does, where it holds under equations that stand near it; None
    where there are none."""
    if isinstance(judged.verdict, Refuted) and judged.rule != "E311":
        return None
    if not isinstance(judged.verdict, Refuted | Undecided) or pair.relation.sign not in ("=", "≡"):
        return None
    if isinstance(pair.left, Num) or isinstance(pair.right, Num):
        return None  # it may be such an equation itself
    equations = list(_equations(state, at, pair))[:MOST]
    two = (some for some in combinations(equations, 2) if key(some[0].pair.left) != key(some[1].pair.left))
    for some in chain(((one,) for one in equations), two):  # of two values of one name one may be wrong
        found = _points_under(pair, some, state.options.seed)
        if found.agree < FEWEST:
            continue
        lines = sorted({one.line for one in some})
        said = f"what line{'s' if len(lines) > 1 else ''} {' and '.join(map(str, lines))} say{'s' * (len(lines) == 1)}"
        plain = replace(judged, rule=None, message=None, label=None, focus=None)
        unsure = any(map(speaks_of_matrices, (pair, *(one.pair for one in some))))
        unsure = unsure or any(_is_supposed(state, one) for one in some)
        if unsure or found.bare or found.agree < POINTS:
            tried = (judged.verdict.by,) if isinstance(judged.verdict, Refuted) else judged.verdict.tried
            return replace(plain, verdict=Undecided(tried, f"it may follow from {said}"))
        by = Agreement("points", found.agree, 18, f"{found.agree} random points where {said} holds")
        return replace(plain, verdict=Supported((by,), f"given {said}"))
    return None


def _is_supposed(state: State, equation: Equation) -> bool:
    """Whether an equation is said under a supposition, which may not be that of a later step: F(y) = 1 if y > b."""
    formula = state.document.formulas[equation.formula]
    before = state.document.text[max(0, formula.span.start - REACH) : formula.span.start]
    sentence = _STOP.split(before)[-1]
    return _SUPPOSING.search(f"{sentence} {formula.latex}") is not None


def _equations(state: State, at: At, pair: Pair) -> Iterator[Equation]:
    """The sums around a step that are said to be a number, and the equations of the open sections before it, the
    nearest first. What gives a name a number is put in elsewhere; what says the same as the step gives no support."""
    text, place = state.document.text, at.formula.span.start
    said = {key(pair.left), key(pair.right)}
    names = names_in(pair.left) | names_in(pair.right)
    met: set[tuple[str, str]] = set()
    for equation in chain(_around(state, at), (one for _, one in reversed(state.stated))):
        left, right = equation.pair.left, equation.pair.right
        if (key(left), key(right)) in met or {key(left), key(right)} == said:
            continue
        if (is_name(left) and is_number(right)) or not (names_in(left) | names_in(right)) & names:
            continue
        start = state.document.formulas[equation.formula].span.end
        if start < place and is_of_another_example(text, start, place):
            continue
        met.add((key(left), key(right)))
        yield equation


def _around(state: State, at: At) -> Iterator[Equation]:
    """The sums that the section says to be a number around a step, before it and after it, the nearest first."""
    place, formulas = at.formula.span.start, state.document.formulas
    edges = [h.span.start for h in state.document.headings]
    low, high = (
        max([e for e in edges if e <= place], default=0),
        min([e for e in edges if e > place], default=place + REACH),
    )
    low, high = max(low, place - REACH), min(high, place + REACH)
    near = [n for n, f in enumerate(formulas) if low <= f.span.start <= high and "=" in f.latex]
    for number in sorted(near, key=lambda n: abs(formulas[n].span.start - place)):
        for one in stated(root_of(state, number)):
            if number == at.index and one.chain.start == at.chain.chain.start:
                continue
            if _gives_a_number(one.chain):
                offset = formulas[number].offset(one.chain.start)
                yield Equation(one.pairs()[-1], state.document.place(offset).line, number)


def _gives_a_number(chained: Chain) -> bool:
    """Whether the last sign of a chain stands between a sum and a number: ∂L/∂b = −∑_i α_i y_i = 0."""
    of, value = chained.items[-2:]
    if chained.relations[-1].sign != "=" or not isinstance(value, Num):
        return False
    return isinstance(of, Terms) or (isinstance(of, Big) and of.body is not None)


def _points_under(pair: Pair, given: Sequence[Equation], seed: int) -> Points:
    """At how many points of the equations the sides of a step agree; none where a name of an equation stands nowhere
    else, so that the equation says of nothing but this name."""
    found: list[Points] = []
    try:
        for turn in range(TURNS):
            step = lowered(pair, turn)
            if step.means or not (isinstance(step.left, sp.Expr) and isinstance(step.right, sp.Expr)):
                return Points()
            sides = [_sides(one.pair, step.generic) for one in given]
            if not _all_bear(sides, {*names_of((step.left, step.right))}):
                return Points()
            found.append(points_where((step.left, step.right), sides, seed + turn))
            if not found[-1].agree:
                return Points()
    except (Unlowered, RecursionError):
        return Points()
    return min(found, key=lambda points: points.agree - points.bare)


def _all_bear(given: Sequence[Sides], names: set[sp.Symbol]) -> bool:
    """Whether each equation has names, all of which stand in the step or in another one of them."""
    for number, one in enumerate(given):
        elsewhere = names.union(*(names_of(other) for other in (*given[:number], *given[number + 1 :])))
        if not names_of(one) or not names_of(one) <= elsewhere:
            return False
    return True


def _sides(pair: Pair, generic: Generic) -> Sides:
    left, right = lower_side(pair.left, generic), lower_side(pair.right, generic)
    if not isinstance(left, sp.Expr) or not isinstance(right, sp.Expr) or generic.means:
        raise Unlowered("not an equation of numbers")
    return left, right

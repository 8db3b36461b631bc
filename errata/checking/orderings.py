"""Inequalities between numbers for all values of their names: log x ≤ x − 1, (a + b)² ≤ 2 (a² + b²).

Both sides are taken at random points of each kind, at plain ones, where equality is often met, far out and near zero,
and downhill from where they are nearest to each other. What fails nowhere is supported. Refuted is only what would hold
everywhere the other way round, as long as no word around it takes it back: any other failure may be a condition.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from random import Random

import sympy as sp
from flint import arb, fmpq

from claims.evidence import Agreement
from claims.records import replace
from claims.verdict import Refuted, Repair, Tried, decide
from errata.checking.algebra import TURNS, Lowered, lowered, may_be_identity
from errata.checking.context import At, State, span_of
from errata.checking.coordinates.findings import Witness, refuted
from errata.checking.families.ruling import wishes
from errata.checking.judgement import Judged
from errata.checking.linear_relation import speaks_of_matrices
from errata.checking.said_matrices import is_doubted
from errata.reading.generic import free_names
from errata.reading.relations import Pair
from errata.reading.tree import Num, walk
from errata.reading.unparse import to_latex
from errata.reading.vectors import Unlowered
from numerics.balls import Undetermined, enclose
from numerics.identity import KINDS

Place = Mapping[sp.Symbol, fmpq]
RANDOM, MIXED, SCALED = 10, 16, 6
"""How many points there are of each kind, of plain values, and far out or near zero."""
LEAST, LEAST_APART = 24, 16
"""Points that have to have values, and of these that have to be apart."""
PLAIN = tuple(fmpq(p, q) for p, q in ((0, 1), (1, 1), (1, 2), (2, 1), (-1, 1), (-2, 1), (3, 1), (10, 1), (1, 10)))
STARTS, STEPS = 3, 12
"""From how many points the nearest one is looked for, and how often a step is halved."""
_OTHER = {"<": ">", ">": "<", "≤": "≥", "≥": "≤"}
_LATEX = {"<": "<", ">": ">", "≤": r"\le", "≥": r"\ge"}


@dataclass
class _Tally:
    """At how many points an inequality holds, fails, or has equal sides; also at points without negative values."""

    holds: int = 0
    fails: int = 0
    equal: int = 0
    fails_positive: int = 0
    holds_positive: int = 0
    first: Witness | None = None
    near: list[tuple[float, Place]] = field(default_factory=list)


def judge_ordering(state: State, at: At, judged: Judged, pair: Pair) -> Judged | None:
    """The judgement on an inequality between numbers; None where its points disagree, or it has none."""
    if pair.relation.sign not in _OTHER or speaks_of_matrices(pair):
        return None
    tally = _tallied(state, pair)
    if tally is None or tally.holds + tally.fails < LEAST_APART:
        return None
    strict = pair.relation.sign in ("<", ">")
    tried = tally.holds + tally.fails + tally.equal
    if tried >= LEAST and not (strict and tally.equal):
        by = Agreement("inequality", tried, 30, f"{tried} points, plain, random and nearest to equality")
        if not tally.fails:
            return replace(judged, verdict=decide([Tried(None, (by,))]))
        if not tally.fails_positive and tally.holds_positive >= LEAST_APART:
            return replace(judged, verdict=decide([Tried("for positive values", (by,))]))
    turned = (
        _is_of_the_same(pair)
        and not tally.holds
        and tally.fails >= LEAST_APART
        and tried >= LEAST
        and tally.first is not None
    )
    if not turned or wishes(at) or is_doubted(state, at) or not may_be_identity(pair, at.chain, at.prose):
        return None
    return _turned_round(at, judged, pair, tally)


def _is_of_the_same(pair: Pair) -> bool:
    """Whether one side has the names of the other, and no decimal tells of a range that they stay in."""
    left, right = (free_names(side) for side in (pair.left, pair.right))
    decimals = any(isinstance(n, Num) and "." in n.text for side in (pair.left, pair.right) for n in walk(side))
    return bool(left) and bool(right - left == set() or left - right == set()) and not decimals


def _turned_round(at: At, judged: Judged, pair: Pair, tally: _Tally) -> Judged:
    """The refutation of an inequality that goes the other way."""
    assert tally.first is not None
    _, left, right = tally.first
    message = f"at a random point the left side is {left}, the right side {right}; nowhere is it the other way round"
    found = refuted(at, judged, pair, "inequality", "E311", tally.first, message)
    sign = _LATEX[_OTHER[pair.relation.sign]]
    repair = Repair(f"{to_latex(pair.left)} {sign} {to_latex(pair.right)}", "direction")
    verdict = replace(found.verdict, repair=repair) if isinstance(found.verdict, Refuted) else found.verdict
    focus = span_of(at.formula, pair.relation.start, pair.relation.end)
    return replace(found, verdict=verdict, focus=focus, label="the comparison goes the other way")


def _tallied(state: State, pair: Pair) -> _Tally | None:
    """What points say in all sizes of the whole numbers; None where a side has no numbers."""
    tally = _Tally()
    for turn in range(TURNS):
        try:
            sides = lowered(pair, turn)
        except (Unlowered, RecursionError, ZeroDivisionError):
            return None
        generic = sides.generic
        odd = generic.matrices or generic.uninterpreted or generic.marked or generic.approached or generic.inner
        if odd or sides.means or sides.left.has(sp.Integral) or sides.right.has(sp.Integral) or not sides.symbols:
            return None
        _look_around(tally, sides, pair.relation.sign, state)
        if tally.holds and tally.fails and tally.fails_positive:
            return tally  # it is a condition
    return tally


def _look_around(tally: _Tally, sides: Lowered, sign: str, state: State) -> None:
    tally.near.clear()
    for place in _places(sides.symbols, state.options.seed):
        if _is_allowed(place, state):
            _look(tally, sides, sign, place)
    for _, start in sorted(tally.near, key=lambda one: one[0])[:STARTS]:
        _downhill(tally, sides, sign, start, state)


def _places(symbols: list[sp.Symbol], seed: int) -> Iterator[Place]:
    random = Random(" ".join([str(seed), "order", *sorted(s.name for s in symbols)]))
    yield from ({s: value for s in symbols} for value in PLAIN)
    for kind in KINDS:
        yield from ({s: kind.draw(random) for s in symbols} for _ in range(RANDOM))
    yield from ({s: random.choice(PLAIN) for s in symbols} for _ in range(MIXED))
    for scale in (fmpq(1000), fmpq(1, 1000), fmpq(10**9), fmpq(1, 10**9)):
        yield from ({s: KINDS[0].draw(random) * scale for s in symbols} for _ in range(SCALED))


def _is_allowed(place: Place, state: State) -> bool:
    """Whether a point lies in the ranges that the text has stated."""
    for symbol, value in place.items():
        low, high = state.bounds.get(symbol.name, (None, None))
        if (low is not None and value < low) or (high is not None and value > high):
            return False
    return True


def _look(tally: _Tally, sides: Lowered, sign: str, place: Place) -> float | None:
    """Adds what a point says; how much of the size of the sides is between them there, negative where it fails."""
    try:
        left, right = enclose(sides.left, at=place), enclose(sides.right, at=place)
    except Undetermined:
        return None
    between = right - left if sign in ("<", "≤") else left - right
    positive = all(value >= 0 for value in place.values())
    if between > 0:
        tally.holds += 1
        tally.holds_positive += positive
    elif between < 0:
        tally.fails += 1
        tally.fails_positive += positive
        names = tuple((str(s), str(v)) for s, v in place.items())
        tally.first = tally.first or (names, _shown(left), _shown(right))
    else:
        tally.equal += 1
        return 0.0
    share = float(between.mid()) / max(float(abs(left).mid()) + float(abs(right).mid()), 1e-300)
    tally.near.append((abs(share), place))
    return share


def _shown(value: arb) -> str:
    return str(value.str(8, radius=False))


def _downhill(tally: _Tally, sides: Lowered, sign: str, start: Place, state: State) -> None:
    """Goes from a point to where the sides are nearer, one name at a time."""
    here, best, step = dict(start), _look(tally, sides, sign, start), fmpq(1, 4)
    for _ in range(STEPS):
        moved = False
        for symbol in sides.symbols:
            for factor in (1 + step, 1 - step):
                other = {**here, symbol: here[symbol] * factor}
                found = _look(tally, sides, sign, other) if _is_allowed(other, state) else None
                if found is not None and best is not None and found < best:
                    here, best, moved = other, found, True
        if not moved:
            step = step / 2

"""Closed forms at fifty digits: compiled balls beside mpmath and beside walking the expression each time.

Every route starts from the same exact fractions. Balls carry an error bound, mpmath none. The peer is what SymPy's own
``lambdify`` makes for mpmath, which is quicker than most would write by hand.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

import mpmath
import sympy as sp
from flint import arb, fmpq

from claims.domains import symbol_of
from claims.records import replace
from derivations.catalogue import derivations
from numerics.balls import Undetermined, enclose
from numerics.compiled import FIFTY_DIGITS, compiled
from numerics.points import CALM, free_variables, points

DIGITS = 50
POINTS = 6
REPEATS = 15
"""Of which the median counts: a busy machine takes its time from single ones."""


@dataclass(frozen=True, slots=True)
class Row:
    """Microseconds for a value of one closed form."""

    name: str
    compiled: float
    walked: float
    mpmath: float

    @property
    def ratio(self) -> float:
        return self.mpmath / self.compiled


def measured(most: int | None = None) -> list[Row]:
    """A row for each closed form of the catalogue that has something to compute at its points."""
    rows = []
    for derivation in derivations()[:most]:
        claim = derivation.claim
        free = free_variables(claim.right, claim.where)
        if not claim.right.is_Symbol and free and not claim.right.free_symbols - {symbol_of(v) for v in free}:
            row = _row(claim.name, claim.right, free)
            rows += [row] if row else []
    return rows


def _row(name: str, e: sp.Expr, free: Sequence[Any]) -> Row | None:
    letters = tuple(symbol_of(v) for v in free)
    drawn = points(tuple(free), POINTS, pool=CALM)
    places = [[fmpq(int(p[v.name].p), int(p[v.name].q)) for v in free] for p in drawn]
    balls = compiled(e, letters)
    if balls.call is None:
        return None
    places = [place for place, ball in zip(places, balls.over(places), strict=True) if ball is not None]
    fractions = [[(int(v.p), int(v.q)) for v in place] for place in places]
    peer = sp.lambdify(letters, e, modules="mpmath")
    with mpmath.workdps(DIGITS):
        for place, given in zip(places, fractions, strict=True):
            _insist_on_agreement(name, balls(place), peer(*(mpmath.mpf(p) / q for p, q in given)))
        if not places:
            return None
        return Row(
            name,
            _microseconds(lambda: balls.over(places), len(places)),
            _microseconds(
                lambda: [_walked(e, dict(zip(letters, place, strict=True))) for place in places], len(places)
            ),
            _microseconds(lambda: [peer(*(mpmath.mpf(p) / q for p, q in given)) for given in fractions], len(places)),
        )


def _insist_on_agreement(name: str, ball: arb, value: Any) -> None:
    near = arb(mpmath.nstr(value, DIGITS)) + arb(0, 1e-44) * (1 + abs(ball))
    if not near.overlaps(ball):
        raise RuntimeError(f"{name}: mpmath gives {value}, which the ball {ball} doesn't hold")


def _walked(e: sp.Expr, at: dict[sp.Symbol, fmpq]) -> arb | None:
    try:
        return enclose(e, FIFTY_DIGITS, at=at)
    except Undetermined:
        return None


def _microseconds(run: Callable[[], object], values: int) -> float:
    seconds = []
    for _ in range(REPEATS):
        before = time.process_time_ns()
        for _ in range(4):
            run()
        seconds.append((time.process_time_ns() - before) / 4000 / values)
    return median(seconds)


def of_balls(rows: Sequence[Row]) -> str:
    """A Markdown table: over all forms together, the middle one, and the extremes."""
    ordered = sorted(rows, key=lambda row: row.ratio)
    whole = Row(f"all {len(rows)}, sum", *(sum(getattr(row, way) for row in rows) for way in WAYS))
    shown = (
        whole,
        *(replace(row, name=f"{words}: {row.name}") for words, row in zip(PLACES, _ends(ordered), strict=True)),
    )
    lines = ["| closed forms | compiled balls | walked balls | mpmath | ratio to mpmath |", "|---" * 5 + "|"]
    lines += [
        f"| {row.name} | {row.compiled:.1f} µs | {row.walked:.1f} µs | {row.mpmath:.1f} µs | {row.ratio:.1f} |"
        for row in shown
    ]
    return "\n".join(lines)


WAYS = ("compiled", "walked", "mpmath")
PLACES = ("least ratio", "median ratio", "greatest ratio")


def _ends(ordered: Sequence[Row]) -> tuple[Row, Row, Row]:
    return ordered[0], ordered[len(ordered) // 2], ordered[-1]

"""Two integrals over the same range of which one has the larger integrand everywhere: they can't be equal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from random import Random

import sympy as sp
from flint import arb, fmpq

from claims.evidence import Counterexample
from claims.records import Record
from claims.verdict import Tried, decide
from errata.checking.algebra import Found, sizes_in
from errata.checking.integrands import ATTEMPTS, lowered_side, outside, same_range, side_of
from errata.reading.generic import Generic, symbol_of
from errata.reading.names import key
from errata.reading.relations import Pair
from errata.reading.vectors import Unlowered
from numerics.balls import Undetermined, enclose
from numerics.identity import KINDS

PLACED = (1, 11, 29, 47, 83, 149, 307, 613)
"""Values of the variable in 41sts, where one side may be larger than the other."""
SPREAD = 2 * len(PLACED)
LEAST = 3
"""Choices of the other names at which one integrand must be the larger one; one would do, were it proved."""


class Row(Record):
    """The other names, and left over right at each place."""

    names: tuple[tuple[str, str], ...]
    ratios: tuple[tuple[arb, fmpq], ...]


def judge_order(pair: Pair, seed: int) -> Found | None:
    """The refutation of two multiples of integrals of which one is larger at every point that was tried, for the same
    values of the other names; None where neither is. It is evidence, and no proof: it counts where a slip explains
    the difference."""
    left, right = side_of(pair.left), side_of(pair.right)
    if left is None or right is None or not same_range(left, right):
        return None
    nodes = [n for n in (left.factors, left.integrand, right.factors, right.integrand) if n is not None]
    generic = Generic(sizes_in(0, *nodes) | {name: 1 for name in left.dimensions})
    try:
        f, g = (lowered_side(side, generic)[0] for side in (left, right))
        variable = symbol_of(left.variable, generic)
        if variable in outside(left, generic) | outside(right, generic):
            return None
    except Unlowered:
        return None
    if generic.uninterpreted:
        return None
    rows = _rows(f, g, variable, _reach(left.limits), seed)
    apart = list(islice((row for row in rows if _larger(row) is not None), LEAST))
    if len(apart) < LEAST:
        return None
    where = ("in dimension one",) if generic.matrices or left.dimensions else ()
    return _refuted(apart[0], key(left.variable), where)


def _larger(row: Row) -> bool | None:
    """Whether the left integrand is the larger one wherever they differ; None where they cross, or never differ."""
    differ = [ratio for ratio, _ in row.ratios if not ratio.contains(1)]
    if len(row.ratios) < SPREAD or not differ:
        return None
    if all(ratio > 1 for ratio in differ):
        return True
    return False if all(ratio < 1 for ratio in differ) else None


def _refuted(row: Row, variable: str, where: tuple[str, ...]) -> Found:
    ratio, place = next((r.str(8, radius=False), str(x)) for r, x in row.ratios if not r.contains(1))
    detail = f"under the integral the left side is {'larger' if _larger(row) else 'smaller'} at every {variable} tried"
    detail += f", {ratio} times the right side at {place}"
    witness = (*row.names, (variable, place))
    counter = Counterexample("integrands", witness, ratio, "1", detail, True, True)
    return Found(decide([Tried(None, (counter,))]), where, False, detail)


def _rows(f: sp.Expr, g: sp.Expr, variable: sp.Symbol, reach: Sequence[fmpq], seed: int) -> Iterator[Row]:
    """For each choice of the other names, left over right at values of the variable from small to large."""
    random = Random(f"{seed} order")
    symbols = sorted((f.free_symbols | g.free_symbols) - {variable}, key=str)
    for _ in range(ATTEMPTS):
        at = {s: KINDS[0].draw(random) for s in symbols}
        ratios: list[tuple[arb, fmpq]] = []
        for x in reach:
            at[variable] = x
            met: dict[sp.Basic, arb] = {}
            try:
                above, below = (enclose(side, 256, at=at, met=met) for side in (f, g))
            except Undetermined:
                break
            if below.contains(0) or not above / below > 0:
                break
            ratios.append((above / below, x))
        yield Row(tuple((str(s), str(at[s])) for s in symbols), tuple(ratios))


def _reach(limits: str) -> tuple[fmpq, ...]:
    """Values of the variable of integration: on both sides of zero, unless the range begins there."""
    positive = tuple(fmpq(n, 41) for n in PLACED)
    return positive + positive if limits.startswith(r"\int_0") else (*(-x for x in positive), *positive)

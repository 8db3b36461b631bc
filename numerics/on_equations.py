"""Whether two expressions agree wherever given equations hold: points of these are found by Newton's method.

All names but one for each equation are drawn at random, and those are solved for. A wrong identity agrees at such a
point only where its difference is a multiple of what the equations say, so one point where it fails tells that it
doesn't follow from them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, permutations
from random import Random

import sympy as sp
from flint import arb, fmpq, fmpq_mat, fmpz

from claims.records import Record
from numerics.balls import Undetermined, enclose
from numerics.free_names import free_names
from numerics.identity import KINDS

Sides = tuple[sp.Expr, sp.Expr]
POINTS = 8
"""Points that are looked for."""
TRIES = 16
"""Starts for each choice of the names that are solved for."""
CHOICES = 4
"""Choices of these names that are tried."""
STEPS = 40
"""Steps of Newton's method from one start."""
GRID = fmpz(2) ** 100
"""Values are kept to multiples of one over this."""
NUDGE = fmpq(1, 2**50)
SOLVED = fmpq(1, 10**24)
"""What may be left of an equation at a point of it, as a part of its sides."""
CLOSE = fmpq(1, 10**18)
"""How near the sides have to be, as a part of their size, to agree."""
MOST_BITS = 4_000
"""The exponent of two of a value beyond which no point is looked for."""
LEAST = fmpq(1, 10**9)
"""The size of a value below which it is taken for zero."""


class Points(Record):
    """What was found where the equations hold: ``agree`` of the points let the sides agree, and at ``bare`` of those a
    name had to be zero. None agrees where one differs."""

    agree: int = 0
    bare: int = 0


def points_where(sides: Sides, given: Sequence[Sides], seed: int) -> Points:
    """At how many points of the given equations the sides agree; none where they differ at one of them.

    At a point where a name is zero a factor of an equation vanishes, mostly; such points count where there are no
    others.
    """
    names = sorted({*names_of(sides), *(n for one in given for n in names_of(one))}, key=str)
    shared = [n for n in names if any(n in names_of(one) for one in given)]
    random = Random(f"{seed} {len(given)} {names}")
    agree = bare = 0
    for chosen in islice(permutations(reversed(shared), len(given)), CHOICES):
        if not all(n in names_of(one) for n, one in zip(chosen, given, strict=True)):
            continue
        for at, is_bare in _points(chosen, names, given, random):
            met = _agree(sides, at)
            if met is None or (is_bare and agree):
                continue
            if not met and not is_bare:
                return Points()
            agree, bare = agree + (met and not is_bare), bare + (met and is_bare)
            if agree >= POINTS:
                return Points(agree)
    return Points(agree or bare, 0 if agree else bare)


def _points(
    chosen: Sequence[sp.Symbol], names: Sequence[sp.Symbol], given: Sequence[Sides], random: Random
) -> Iterator[tuple[dict[sp.Symbol, fmpq], bool]]:
    """Points of the equations, each with whether a name is zero there."""
    for turn in range(TRIES):
        at = {name: KINDS[turn % len(KINDS)].draw(random) for name in names}
        if (found := _solved(chosen, at, given)) is not None:
            yield found, len(names) > 1 and any(abs(found[n]) < LEAST for n in chosen)


def _solved(
    chosen: Sequence[sp.Symbol], start: dict[sp.Symbol, fmpq], given: Sequence[Sides]
) -> dict[sp.Symbol, fmpq] | None:
    """A point of the equations near a start, the chosen names moved; None where Newton's method finds none."""
    at = dict(start)
    try:
        for _ in range(STEPS):
            left = [_difference(one, at) for one in given]
            if all(abs(value) <= SOLVED * size for value, size in left):
                return at
            slopes = [[(_difference(one, {**at, n: at[n] + NUDGE})[0] - value) / NUDGE for n in chosen]
                      for one, (value, _) in zip(given, left, strict=True)]  # fmt: skip
            moves = fmpq_mat(slopes).solve(fmpq_mat([[value] for value, _ in left]))
            at |= {n: _kept(at[n] - moves[row, 0]) for row, n in enumerate(chosen)}
    except (Undetermined, ZeroDivisionError):
        return None
    return None


def _difference(sides: Sides, at: dict[sp.Symbol, fmpq]) -> tuple[fmpq, fmpq]:
    """The difference of the sides at a point and their size, one at least. Raises Undetermined."""
    first, second = (_middle(enclose(side, 512, at=at)) for side in sides)
    return first - second, max(abs(first), abs(second), fmpq(1))


def _agree(sides: Sides, at: dict[sp.Symbol, fmpq]) -> bool | None:
    """Whether the sides agree at a point; None where one has no value."""
    try:
        difference, size = _difference(sides, at)
    except Undetermined:
        return None
    return bool(abs(difference) <= CLOSE * size)


def _middle(ball: arb) -> fmpq:
    if not ball.rad() < arb(2) ** -100 * (1 + abs(ball)):
        raise Undetermined("the value is not known well enough")
    mantissa, exponent = ball.mid().man_exp()
    if abs(exponent) > MOST_BITS:
        raise Undetermined("the value is too large or too small")
    return fmpq(mantissa) * fmpq(2) ** int(exponent)


def _kept(value: fmpq) -> fmpq:
    return fmpq((value * GRID).floor(), GRID)


def names_of(sides: Sides) -> set[sp.Symbol]:
    """The names that stand on either side."""
    return {n for side in sides for n in free_names(side) if isinstance(n, sp.Symbol)}

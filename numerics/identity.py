"""Whether two expressions in free symbols agree: exact random points, evaluated in balls.

A wrong identity between elementary expressions differs at almost every point. So it is refuted only where it fails at
every finite point that was tried, of every kind; where it fails at some kinds only, the kinds are named.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

import sympy as sp
from flint import fmpq

from numerics.balls import PRECISIONS, Undetermined, enclose

POINTS = 5
"""Points of each kind."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of point: where each symbol is drawn from."""

    name: str
    draw: Callable[[Random], fmpq]


def _fraction(random: Random, low: int, high: int) -> fmpq:
    bottom = random.randint(2, 97)
    return fmpq(random.randint(low * bottom + 1, high * bottom - 1), bottom)


KINDS = (
    Kind("positive values", lambda r: _fraction(r, 0, 4)),
    Kind("values between 0 and 1", lambda r: _fraction(r, 0, 1)),
    Kind("values of both signs", lambda r: _fraction(r, -3, 3)),
)


@dataclass(frozen=True, slots=True)
class Tally:
    """What the points of one kind said. ``first`` is the first point at which the sides are apart."""

    kind: str
    agree: int
    differ: int
    undefined: int
    first: Apart | None


@dataclass(frozen=True, slots=True)
class Apart:
    """A point where the sides differ at two precisions, and both values there."""

    point: tuple[tuple[str, str], ...]
    left: str
    right: str


def tallies(
    left: sp.Basic,
    right: sp.Basic,
    symbols: Sequence[sp.Symbol],
    means: Mapping[sp.Symbol, Sequence[sp.Symbol]],
    seed: int,
) -> tuple[Tally, ...]:
    """Both sides at random points of each kind. ``means`` holds symbols that are the mean of others."""
    random = Random(f"{seed} {left} {right}")
    return tuple(_tally(left, right, symbols, means, kind, random) for kind in KINDS)


def _tally(
    left: sp.Basic,
    right: sp.Basic,
    symbols: Sequence[sp.Symbol],
    means: Mapping[sp.Symbol, Sequence[sp.Symbol]],
    kind: Kind,
    random: Random,
) -> Tally:
    agree = differ = undefined = 0
    first: Apart | None = None
    for _ in range(POINTS if symbols else 1):
        at = {s: kind.draw(random) for s in symbols}
        for mean, members in means.items():
            at[mean] = sum((at[m] for m in members), fmpq(0)) / len(members)
        try:
            a, b = enclose(left, at=at), enclose(right, at=at)
            if a.overlaps(b):
                agree += 1
                continue
            a, b = enclose(left, PRECISIONS[1], at=at), enclose(right, PRECISIONS[1], at=at)
        except Undetermined:
            undefined += 1
            continue
        if a.overlaps(b):
            undefined += 1
            continue
        differ += 1
        if first is None:
            point = tuple((str(s), str(v)) for s, v in at.items())
            first = Apart(point, a.str(8, radius=False), b.str(8, radius=False))
    return Tally(kind.name, agree, differ, undefined, first)

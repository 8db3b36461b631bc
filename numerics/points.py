"""Exact points of a claim's variables: where a route evaluates both sides."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

import sympy as sp

from claims.domains import Variable, contains, symbol_of

Point = Mapping[str, sp.Rational]
"""The exact value of each scalar variable, by name."""


def _ratios(text: str) -> tuple[sp.Rational, ...]:
    return tuple(sp.Rational(*map(int, word.split("/"))) for word in text.split())


NASTY = _ratios("0/1 1/1 -1/1 1/2 -1/2 2/1 7/3 -5/7 10/1 -10/1 1/10 99/100 22/7 3/1 1/3 4/1 -2/1 1/100")
"""Zero, one, signs, ties, near the ends of the unit interval, large and small."""

CALM = _ratios("0/1 1/2 -1/2 2/3 1/1 -1/1 4/5 3/2 1/3 -4/5 5/4 3/4")
"""Values near one, for routes whose error grows with the spread."""


@lru_cache(maxsize=1024)
def points(
    variables: tuple[Variable, ...], count: int, *, pool: tuple[sp.Rational, ...] = NASTY, seed: int = 0
) -> tuple[Point, ...]:
    """``count`` different points, drawn from the part of ``pool`` that lies in each domain.

    Fewer come back where there are fewer (claims without variables have one). Raises ValueError for a variable that no
    value of the pool suits: a vector, say, whose points are another matter.
    """
    pools = {v.name: _inside(v, pool) for v in variables}
    draw = random.Random(seed)
    distinct: dict[tuple[tuple[str, sp.Rational], ...], dict[str, sp.Rational]] = {}
    for point in _draws(pools, 20 * count, draw):
        if len(distinct) == count:
            break
        distinct.setdefault(tuple(point.items()), point)
    return tuple(MappingProxyType(p) for p in distinct.values())


def at(expr: sp.Basic, point: Point, variables: tuple[Variable, ...]) -> sp.Basic:
    """``expr`` with every variable replaced by its value."""
    return expr.subs({symbol_of(v): point[v.name] for v in variables if v.name in point})


def free_variables(expr: sp.Basic, where: tuple[Variable, ...]) -> tuple[Variable, ...]:
    """The variables of ``where`` that ``expr`` depends on: what is bound in it has no value to give."""
    names = {s.name for s in expr.free_symbols}
    return tuple(v for v in where if v.name in names)


def _draws(pools: dict[str, list[sp.Rational]], count: int, draw: random.Random) -> Iterator[dict[str, sp.Rational]]:
    for _ in range(count):
        yield {name: draw.choice(values) for name, values in pools.items()}


def _inside(variable: Variable, pool: tuple[sp.Rational, ...]) -> list[sp.Rational]:
    values = [r for r in pool if contains(variable.domain, r)]
    if not values:
        raise ValueError(f"{variable.name} ranges over {variable.domain}: no value of the pool lies in it")
    return values

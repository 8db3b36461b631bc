"""All small joint laws of one, two or three real random variables, and what holds in them.

A world gives each cell of a small grid a whole-numbered weight, zero included. A statement is a function from worlds to
truth values; it is asked in all of them at once in floating point, where different values of these statements lie far
apart, and a world that refutes something is asked again in exact fractions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
TOLERANCE = 1e-9
"""Values that differ at all differ by more: weights are small whole numbers."""
GRIDS: Mapping[int, tuple[tuple[int, ...], int]] = {1: ((-2, -1, 0, 1, 2, 3), 2), 2: ((-1, 0, 1), 2), 3: ((0, 1), 3)}
"""By the number of variables: the values that each takes, and the greatest weight of a cell."""


@dataclass(frozen=True)
class Worlds:
    """Joint laws on one grid: ``values`` of each variable at each cell, ``weights`` of each world at each cell."""

    values: Mapping[str, Array]
    weights: Array

    def mean(self, f: Array) -> Array:
        """E[f] in each world, for a value at each cell."""
        total: Array = (self.weights @ f) / self.weights.sum(1)
        return total

    def probability(self, event: Array) -> Array:
        """The probability of a set of cells in each world."""
        return self.mean(np.where(event, 1, 0))

    def number(self, value: int | Fraction) -> Array:
        """A number, exact where the weights are."""
        return np.array(value if isinstance(value, int) or self.weights.dtype == object else float(value))

    def equal(self, a: Array, b: Array) -> Array:
        """Elementwise; within the tolerance for floating point, exactly for fractions."""
        gap = np.abs(a - b)
        return np.asarray(gap <= TOLERANCE if gap.dtype != object else gap == 0, dtype=bool)

    def greater(self, a: Array, b: Array) -> Array:
        """Elementwise a > b."""
        gap = a - b
        return np.asarray(gap > (TOLERANCE if gap.dtype != object else 0), dtype=bool)

    def all_of(self, parts: Sequence[Array]) -> Array:
        """In which worlds all of these hold; one that is the same in each world is a single truth value."""
        found = np.ones(len(self.weights), dtype=bool)
        for part in parts:
            found &= part
        return found

    def is_sure(self, event: Array) -> Array:
        """In which worlds a set of cells has probability 1."""
        return self.equal(self.probability(event), np.array(1))

    def independent(self, x: str, y: str) -> Array:
        """In which worlds two variables are independent."""
        a, b = self.values[x], self.values[y]
        found = np.ones(len(self.weights), dtype=bool)
        for u, v in product(sorted(set(a.tolist())), sorted(set(b.tolist()))):
            joint = self.probability((a == u) & (b == v))
            found &= self.equal(joint, self.probability(a == u) * self.probability(b == v))
        return found


Statement = Callable[[Worlds], Array]
"""Whether it holds, for each world."""


@lru_cache(maxsize=3)
def _weights(count: int) -> Array:
    grid, most = GRIDS[count]
    cells = len(grid) ** count
    whole = np.array(list(product(range(most + 1), repeat=cells))[1:])
    every = whole[np.gcd.reduce(whole, axis=1) == 1].astype(np.float64)  # each law once
    found: Array = every[np.argsort((every > 0).sum(1), kind="stable")]
    return found


def worlds_of(names: Sequence[str]) -> Worlds:
    """All worlds over up to three variables, those with few outcomes first. Raises KeyError for more."""
    grid, _ = GRIDS[len(names)]
    cells = np.array(list(product(grid, repeat=len(names))))
    return Worlds({name: cells[:, i] for i, name in enumerate(names)}, _weights(len(names)))


@dataclass(frozen=True)
class Implied:
    """In how many worlds an implication could fail, and the law of the first in which it does.

    It could fail where the premise holds, and, read from its end, where the conclusion fails.
    """

    premises: int
    failures: int
    """Worlds in which the conclusion fails."""
    world: tuple[tuple[tuple[int, ...], Fraction], ...]
    """Outcomes with their probabilities; empty where the conclusion fails nowhere."""


def implied(names: Sequence[str], premise: Statement, conclusion: Statement) -> Implied:
    """Whether a conclusion holds wherever a premise does, a failure confirmed in fractions."""
    worlds = worlds_of(names)
    given, follows = premise(worlds), conclusion(worlds)
    for index in np.flatnonzero(given & ~follows)[:20]:
        exact = Worlds(worlds.values, np.array([[Fraction(int(w)) for w in worlds.weights[index]]], dtype=object))
        if bool(premise(exact)[0]) and not bool(conclusion(exact)[0]):
            return Implied(int(given.sum()), int((~follows).sum()), _outcomes(names, exact))
    return Implied(int(given.sum()), int((~follows).sum()), ())


def _outcomes(names: Sequence[str], exact: Worlds) -> tuple[tuple[tuple[int, ...], Fraction], ...]:
    weights = exact.weights[0]
    return tuple(
        (tuple(int(exact.values[name][cell]) for name in names), weight / weights.sum())
        for cell, weight in enumerate(weights)
        if weight
    )

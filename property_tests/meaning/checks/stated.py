"""What a check is given: a relation of a result, whose sides it may evaluate; and what it hands back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from claims.records import Record
from errata.meaning.elaborate import spelled
from errata.meaning.results.forms import Form
from errata.meaning.terms import Term
from errata.worlds.operations import Array
from errata.worlds.sorts import Sort
from errata.worlds.world import Given, value_at

Pair = tuple[Any, Any]
"""A value from definitions, and that of the statement."""
Pairs = list[Pair]
Points = Mapping[str, Sequence[Any]]


class Stated(Record, frozen=True):
    """A relation whose right side, and left side where it isn't only a name, may be evaluated at given values."""

    form: Form
    right_side: Term

    def right(self, values: Mapping[str, Given], points: Points | None = None, random: Sequence[str] = ()) -> Any:
        """The value of the right side, see ``value_at``; where some symbols are random beyond those that are anyway."""
        sorts = {**self.form.sorts, **{head: Sort("real", (), True) for head in random}}
        return value_at(self.right_side, sorts, values, points)

    @property
    def text(self) -> str:
        """The relation's right side, for telling forms apart."""
        return spelled(self.form.right)

    def left(self, values: Mapping[str, Given], points: Points | None = None) -> Any:
        """The value of the left side."""
        return value_at(self.form.left, self.form.sorts, values, points)


Check = Callable[[Stated], Pairs]


def column(*numbers: float) -> Array:
    """A vector."""
    return np.asarray(numbers, dtype=float)[:, None]


def random(*shape: int, seed: int = 0) -> Array:
    """An array of normal numbers."""
    return np.asarray(np.random.default_rng(seed).normal(size=shape))


def positive_definite(n: int, seed: int = 0) -> Array:
    """A covariance matrix."""
    a = random(n, n + 2, seed=seed)
    return np.asarray(a @ a.T / n + 0.3 * np.eye(n))


def sequence(items: Sequence[Any], first: int = 1) -> Callable[..., Any]:
    """Numbered items as what a symbol with one index stands for; the first has the number ``first``."""
    return lambda i: items[i - first]


def slope(f: Callable[[float], Any], x: float, step: float = 1e-3) -> Any:
    """A derivative by differences of the sixth order."""
    return sum(
        w * (np.asarray(f(x + n * step)) - np.asarray(f(x - n * step))) for n, w in ((1, 45), (2, -9), (3, 1))
    ) / (60 * step)


def gradient(f: Callable[[Array], float], at: Array, step: float = 1e-3) -> Array:
    """The slopes of a number in each entry of an array."""
    found = np.zeros(at.shape)
    for place in np.ndindex(at.shape):

        def along(s: float, place: tuple[int, ...] = place) -> float:
            moved = np.array(at, dtype=float)
            moved[place] += s
            return f(moved)

        found[place] = slope(along, 0.0, step)
    return found


def jacobian(f: Callable[[Array], Array], at: Array) -> Array:
    """The slopes of each entry of a vector in each of another."""
    rows = [gradient(lambda x, r=r: float(f(x)[r, 0]), at)[:, 0] for r in range(f(at).shape[0])]
    return np.asarray(rows)

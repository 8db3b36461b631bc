"""One interpretation of a relation of slopes: a dimension, coordinates for its points, random values for its names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from random import Random

from flint import arb, fmpq

from claims.records import Record
from errata.checking.scores.shaped import Shaped, column, matrix, number
from errata.checking.scores.stated import Density
from errata.reading.tree import Node
from numerics.taylor import Taylor, coordinate

TIME = "t"
"""The name of the coordinate that densities move with."""


class Sort(Enum):
    """What a name stands for."""

    NUMBER = "a number"
    VECTOR = "a vector"
    MATRIX = "a matrix"
    FIELD = "a vector at each point"
    FUNCTION = "a number at each point"


class Plan(Record):
    """What is the same at every point. ``dim`` 0 stands for plain numbers, to which no shape belongs."""

    dim: int
    order: int
    """How many derivatives stand in each other."""
    sorts: Mapping[str, Sort]
    functions: Mapping[str, Sort]
    """What the names that are applied to something have for values."""
    points: tuple[str, ...]
    """What has coordinates; the first is meant where no point is written."""
    along: tuple[str, ...]
    """What something is derived by."""
    densities: tuple[Density, ...]
    """What the document states of the densities in the relation; none where they may be anything."""
    bodies: Mapping[str, Node]
    """The expressions that names stand for."""
    moved: Mapping[str, Node]
    """Those that points stand for, once everything is derived."""
    summed: bool
    """Whether ∇² is the sum of the second slopes."""
    tight: bool
    """Whether a logarithm reaches no further than the density after it."""

    @property
    def size(self) -> int:
        """How many entries a vector has."""
        return self.dim or 1

    @property
    def numbers(self) -> Mapping[str, tuple[int, ...]]:
        """The numbers of the coordinates of each name that something is derived by."""
        out: dict[str, tuple[int, ...]] = {}
        for name in self.along:
            start = sum(map(len, out.values()))
            single = name == TIME or self.sorts.get(name) is Sort.NUMBER
            out[name] = tuple(range(start, start + (1 if single else self.size)))
        return out


@dataclass
class World:
    """The values at one point, drawn as they are asked for."""

    plan: Plan
    seed: str
    places: Mapping[str, Shaped] = field(default_factory=dict)
    """Where points lie that are given in terms of others."""
    drawn: dict[str, fmpq] = field(default_factory=dict)
    """The numbers drawn so far, for a witness."""
    approximate: bool = False
    """Whether a mean was computed, to some digits only."""

    @property
    def one(self) -> Taylor:
        """The number 1, beside the coordinates of this world."""
        count = sum(map(len, self.plan.numbers.values()))
        return Taylor(count, self.plan.order, {(0,) * count: arb(1)})

    def constant(self, value: fmpq | int) -> Shaped:
        """A number that is the same everywhere."""
        return number(self.one.constant(value))

    def value(self, name: str, sort: Sort) -> Shaped:
        """The value of a name: coordinates for what something is derived by, else a random number, vector or matrix."""
        if sort is Sort.MATRIX and self.plan.dim:
            return self._matrix(name)
        entries = [self._entry(name, k, sort) for k in range(self.plan.size if sort is not Sort.NUMBER else 1)]
        return number(entries[0]) if sort is Sort.NUMBER or not self.plan.dim else column(entries)

    def _entry(self, name: str, k: int, sort: Sort) -> Taylor:
        random = Random(f"{self.seed} {name} {k}")
        signed = sort is Sort.VECTOR
        drawn = fmpq(random.randint(-97, 97), 61) if signed else fmpq(random.randint(11, 89), 97)
        coordinates = self.plan.numbers.get(name)
        if name in self.places:
            entries = self.places[name].entries
            at = entries[k if len(entries) > 1 else 0].value
        else:
            at = drawn
            self.drawn[name if self.plan.size == 1 or sort is Sort.NUMBER else f"{name}[{k + 1}]"] = drawn
        if coordinates is None:
            return self.one.constant(at)
        return coordinate(self.one.count, self.plan.order, coordinates[k], at)

    def _matrix(self, name: str) -> Shaped:
        """A positive definite one."""
        random = Random(f"{self.seed} {name}")
        across = range(self.plan.dim)
        root = [[fmpq(random.randint(-30, 30), 37) for _ in across] for _ in across]
        product = [[sum((a * b for a, b in zip(r, s, strict=True)), fmpq(i == j, 3)) for j, s in enumerate(root)]
                   for i, r in enumerate(root)]  # fmt: skip
        return matrix([[self.one.constant(e) for e in row] for row in product])

"""One interpretation of a relation in coordinates: how many members there are, what shapes names have, their values.

Every name without a body is a leaf: a number, a vector or a matrix whose entries are drawn when they are first asked
for, each by its letter and its place, so that x_{i,k} is the k-th entry of the vector x_i.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from random import Random

from flint import fmpq

from claims.records import Record
from errata.checking.coordinates.bodies import Bodies


class Sort(Enum):
    """What a leaf with so many indices is."""

    NUMBER = "a number"
    COLUMN = "a vector"
    STACK = "the column of its members"
    MATRIX = "the matrix of the rows"
    SQUARE = "a square matrix"
    SYMMETRIC = "a symmetric matrix"


Place = tuple[str, tuple[int, ...]]
"""A letter and its indices."""
Spot = tuple[str, int]
"""A letter and how many indices it has."""


class Extents(Record):
    """How far indices run: the number that each limit stands for, the limit of each index, and what the rest get."""

    limits: Mapping[str, int]
    ends: Mapping[str, str]
    others: int
    features: int

    def of(self, index: str) -> int:
        """How many values an index takes."""
        end = self.ends.get(index)
        return self.limits.get(end, self.others) if end is not None else self.others


class Plan(Record):
    """What is the same at every point of an interpretation."""

    extents: Extents
    sorts: Mapping[Spot, Sort]
    bodies: Bodies
    held: frozenset[str]
    """Letters that something is derived by: these stand for themselves."""
    lengths: Mapping[Spot, str]
    """The index of the entries of each leaf whose entries are written out."""
    lifted: frozenset[Spot]
    """What occurs with one more index in front, too: it belongs to an example."""
    labels: frozenset[str]
    """Letters of whole numbers that serve as indices."""
    one_hot: frozenset[str] = frozenset()
    """Families whose last index picks one member that is 1, all the others being 0."""
    turn: int = 0
    """Which of the bodies of a name is taken, the nearest first."""


@dataclass
class Drawn:
    """The values of the leaves at one point, drawn as they are asked for."""

    seed: str
    low: int
    high: int
    values: dict[Place, fmpq] = field(default_factory=dict)
    used: dict[str, tuple[str, int]] = field(default_factory=dict)
    """The bodies that were put in: the formula that gives each, or what the name stands for by custom."""
    leaves: set[Spot] = field(default_factory=set)
    """The leaves of which values were asked for, each with how many indices its entries have; labels have none."""
    spots: set[Spot] = field(default_factory=set)
    """The leaves that were met, each with how many indices it has."""
    sigmoid: bool = False
    """Whether σ was taken for the logistic function without the document defining it."""

    def value(self, place: Place, plan: Plan) -> fmpq:
        """The value of a leaf. A label is a whole number; a member of a one-hot family is 1 at its label."""
        self.leaves.add((place[0], 0 if place[0] in plan.labels | plan.one_hot else len(place[1])))
        found = self.values.get(place)
        if found is None:
            found = self.values[place] = self._draw(place, plan)
        return found

    def label(self, place: Place, plan: Plan) -> int:
        """Which member a label picks."""
        letter, indices = place
        self.leaves.add((letter, 0))
        most = min([plan.extents.others, *plan.extents.limits.values()])
        return Random(f"{self.seed} label {letter} {indices}").randint(1, most)

    def _draw(self, place: Place, plan: Plan) -> fmpq:
        letter, indices = place
        if letter in plan.one_hot and indices:
            return fmpq(int(self.label((letter, indices[:-1]), plan) == indices[-1]))
        if letter in plan.labels:
            return fmpq(self.label(place, plan))
        random = Random(f"{self.seed} {letter} {indices}")
        below = random.randint(5, 97)
        above = random.randint(self.low * below + 1, self.high * below - 1)
        while above % below == 0:
            above = random.randint(self.low * below + 1, self.high * below - 1)
        return fmpq(above, below)

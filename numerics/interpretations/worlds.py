"""Worlds: what the variables, laws, functions and parameters of sentences are, drawn at random and exact.

A world with ``weights`` gives each value of a variable a positive measure of its own, so that a density is a mass per
measure and may exceed one, as densities do; sums over values that count have measure one everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import prod
from random import Random

from flint import fmpq

from claims.records import Record
from numerics.interpretations.signature import Factor, Signature
from numerics.interpretations.tables import Outcome, Table, drawn_table
from numerics.undetermined import Undetermined

Evaluate = Callable[["World", object, dict[str, fmpq]], fmpq]


MOVED = 6
"""How many values a variable has over which something is made largest."""


class Kind(Record):
    """How worlds are drawn: ``size`` values for each variable, and ``weight`` for the shape of the tables."""

    name: str
    size: int
    weight: Callable[[Random], int]
    positive: bool = False
    """Whether values are positive."""
    weighted: bool = False
    """Whether values have measures other than one."""
    plain: bool = False
    """Whether values are 1, 2, 3, as in an example made by hand."""
    centred: bool = False
    """Whether means are zero."""
    corners: bool = False
    """Whether, in each world in turn, another outcome is nearly sure."""
    small: bool = False
    """Whether values are between 0 and 1."""


def _even(random: Random) -> int:
    return random.randint(1, 30)


def _sparse(random: Random) -> int:
    return random.choice((0, 0, 1, 2, 5, 9))


def _skewed(random: Random) -> int:
    return random.choice((1, 1, 2, 5, 60, 900))


TWO = Kind("two values", 2, _even)
THREE = Kind("three values", 3, _even)
POSITIVE = Kind("positive values", 2, _even, positive=True)
DENSITIES = Kind("densities", 2, _even, weighted=True)
POSITIVE_DENSITIES = Kind("positive values with densities", 3, _even, positive=True, weighted=True)
SMALL = Kind("values between 0 and 1", 3, _skewed, positive=True, small=True)
SKEWED = Kind("nearly sure outcomes", 2, _skewed)
ZEROS = Kind("impossible outcomes", 3, _sparse)
CORNERS = Kind("one outcome nearly sure", 2, _even, corners=True)
POSITIVE_CORNERS = Kind("one outcome nearly sure, of positive values", 2, _even, positive=True, corners=True)
"""For inequalities, which random laws seldom break: worlds of these kinds are taken in order of their number, and their
values are of all sizes."""
KINDS = (TWO, THREE, POSITIVE, DENSITIES, POSITIVE_DENSITIES, SMALL, SKEWED, ZEROS)


PLAIN = Kind("the values 1 and 2", 2, lambda random: random.randint(1, 3), plain=True)
EVEN_TWO = Kind("two values, all equally likely", 2, lambda random: 1, weighted=True)
EVEN_THREE = Kind("three values, all equally likely", 3, lambda random: 1)
CENTRED = Kind("means of zero", 3, _even, centred=True)


class Parameters(Record):
    """The range of free numbers, and how it is called."""

    name: str
    low: int
    high: int

    def draw(self, random: Random) -> fmpq:
        bottom = random.randint(5, 37)
        top = random.randint(self.low * bottom + 1, self.high * bottom - 1)
        while top % bottom == 0:
            top = random.randint(self.low * bottom + 1, self.high * bottom - 1)
        return fmpq(top, bottom)


ANY = Parameters("numbers of both signs", -3, 3)
ABOVE_ZERO = Parameters("positive numbers", 0, 3)
UNIT = Parameters("numbers between 0 and 1", 0, 1)


def _between(low: fmpq | None, high: fmpq | None, random: Random) -> fmpq:
    """A number between two ends, of which either may be missing."""
    if low is not None and high is not None:
        return low + (high - low) * UNIT.draw(random)
    if low is not None:
        return low + ABOVE_ZERO.draw(random)
    return ANY.draw(random) if high is None else high - ABOVE_ZERO.draw(random)


@dataclass
class World:
    """One interpretation of a signature; everything in it is drawn when it is first asked for, from ``seed``."""

    kind: Kind
    signature: Signature
    seed: str
    parameters: Parameters = ANY
    number: int = 0
    """Which world of its kind this is."""
    loose: bool = False
    """Whether the marginals and conditionals of a law are unrelated numbers, so that only algebra still holds."""
    evaluate: Evaluate | None = None
    supports: dict[str, tuple[fmpq, ...]] = field(default_factory=dict)
    measures: dict[str, tuple[fmpq, ...]] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    numbers: dict[object, fmpq] = field(default_factory=dict)

    def support(self, variable: str) -> tuple[fmpq, ...]:
        """The values of a variable."""
        if variable not in self.supports:
            self.supports[variable] = self._drawn_support(variable)
        return self.supports[variable]

    def measure(self, variable: str, index: int) -> fmpq:
        """The measure of a value: one where the variable is counted."""
        if not self.kind.weighted or variable in self.signature.counted:
            return fmpq(1)
        if variable not in self.measures:
            random = self._random("measure", variable)
            scale = random.choice((fmpq(1, 50), fmpq(1, 5), fmpq(1), fmpq(8)))
            self.measures[variable] = tuple(scale * fmpq(random.randint(1, 40), 20) for _ in self.support(variable))
        return self.measures[variable][index]

    def index(self, variable: str, value: fmpq) -> int | None:
        """Which value of a variable this is; None where it has no such value."""
        try:
            return self.support(variable).index(value)
        except ValueError:
            return None

    def table(self, law: str) -> Table:
        """The joint law of the variables that a law is used with."""
        if law not in self.tables:
            self.tables[law] = self._drawn_table(law)
        return self.tables[law]

    def moves(self, law: str, by: str) -> bool:
        """Whether a law depends on a number: p_θ does on θ."""
        return law.partition("_")[2] == by

    def slopes(self, law: str, by: str) -> Table:
        """How fast the mass of each outcome of a law changes with a number: any rates that add up to zero.

        Raises Undetermined for laws with variables that are functions of others.
        """
        at = f"{law} by {by}"
        if at not in self.tables:
            table = self.table(law)
            if any(v in self.signature.maps for v in table.variables):
                raise Undetermined("a law whose rates of change are not any numbers")
            random = self._random("slopes", at)
            possible = [o for o, mass in table.masses.items() if mass != 0]
            rates = [fmpq(random.randint(-9, 9), random.choice((5, 7))) for _ in possible]
            if not self.loose:
                rates[-1] -= sum(rates, fmpq(0))
            self.tables[at] = Table(table.variables, dict(zip(possible, rates, strict=True)))
        return self.tables[at]

    def parameter(self, name: str) -> fmpq:
        """The value of a free number."""
        at = ("parameter", name)
        if at not in self.numbers:
            random = self._random(*at)
            if name in self.signature.met:
                self.numbers[at] = random.choice(self.support(self.signature.met[name]))
            elif name in self.signature.whole:
                self.numbers[at] = fmpq(random.choice((2, 3)))
            elif name in self.signature.bounds:
                self.numbers[at] = _between(*self.signature.bounds[name], random)
            else:
                self.numbers[at] = self.parameters.draw(random)
        return self.numbers[at]

    def function(self, name: str, arguments: tuple[fmpq, ...]) -> fmpq:
        """The value of a function that may be anything; a convex one is a square and a kink, beside a line."""
        if name in self.signature.bent and len(arguments) == 1:
            return self._bent(name, arguments[0])
        at = (name, arguments)
        if at not in self.numbers:
            random = self._random("function", f"{name}{arguments}")
            variable = self.signature.codomains.get(name)
            self.numbers[at] = (
                self.parameters.draw(random) if variable is None else random.choice(self.support(variable))
            )
        return self.numbers[at]

    def _bent(self, name: str, x: fmpq) -> fmpq:
        random = self._random("bent", name)
        square, kink = (fmpq(random.randint(1, 30), 17) for _ in range(2))
        slope, place = (fmpq(random.randint(-60, 60), 13) for _ in range(2))
        return self.signature.bent[name] * (square * x * x / 20 + kink * abs(x - place)) + slope * x

    def _random(self, *what: str) -> Random:
        return Random(self._seed(*what))

    def _seed(self, *what: str) -> str:
        return f"{self.seed} {self.kind.name} {' '.join(what)}"

    def _drawn_support(self, variable: str) -> tuple[fmpq, ...]:
        if variable in self.signature.events:
            return (fmpq(0), fmpq(1))
        if variable in self.signature.maps:
            for law, variables in self.signature.laws.items():
                if variable in variables:
                    self.table(law)
            return self.supports[variable]
        random = self._random("support", variable)
        low, high = 1 if self.kind.positive else -40, 6 if self.kind.small else 60
        if self.kind.plain and variable not in self.signature.required:
            size = MOVED if variable in self.signature.moved else self.kind.size
            return tuple(fmpq(i + 1) for i in range(size))
        values = {fmpq(x.numerator, x.denominator) for x in self.signature.required.get(variable, ())}
        size = max(self.kind.size, len(values) + 1 if values else 0, MOVED if variable in self.signature.moved else 0)
        while len(values) < size:
            values.add(fmpq(random.randint(low, high), random.choice((7, 11, 13))))
        scale = random.choice((fmpq(1, 1000), fmpq(1, 10), fmpq(1), fmpq(40))) if self.kind.corners else fmpq(1)
        fixed = variable in self.signature.required
        found = tuple(sorted(x if fixed else x * scale for x in values))
        return self._centred(variable, found) if self.kind.centred else found

    def _centred(self, variable: str, values: tuple[fmpq, ...]) -> tuple[fmpq, ...]:
        """Values moved so that the mean of their variable is zero under the first law that has it."""
        law = next((law for law, variables in self.signature.laws.items() if variable in variables), None)
        if law is None:
            return values
        self.supports[variable] = values
        marginal = self.table(law).marginal((variable,))
        mean = sum((values[i] * mass for (i,), mass in marginal.items()), fmpq(0))
        return tuple(x - mean for x in values)

    def _drawn_table(self, law: str) -> Table:
        variables = self.signature.laws[law]
        base = tuple(v for v in variables if v not in self.signature.maps)
        sizes = {v: len(self.support(v)) for v in base}
        corner = self._corner(law, sizes) if self.kind.corners else None
        factors = self.signature.factors(law)
        table = _table(base, factors, tuple(sizes.items()), self.kind, self._seed("law", law), corner)
        for v in variables:
            if v in self.signature.maps:
                table = self._extended(table, v)
        if table.variables != variables:
            at = [table.variables.index(v) for v in variables]
            table = Table(variables, {tuple(o[i] for i in at): m for o, m in table.masses.items()})
        if self.loose:
            table = Table(variables, table.masses)
            table.loose = lambda head, given, outcome: self._loose_mass(law, head, given, outcome)
        return table

    def _corner(self, law: str, sizes: Mapping[str, int]) -> int:
        """The outcome that is nearly sure under a law, so that worlds in turn pair the outcomes of two laws."""
        outcomes = prod(sizes.values())
        before: int = outcomes ** sorted(self.signature.laws).index(law)
        return self.number // before

    def _extended(self, table: Table, variable: str) -> Table:
        """A table with one more variable that is a function of those in it."""
        assert self.evaluate is not None
        images: dict[Outcome, fmpq] = {}
        for outcome in table.masses:
            at = {v: self.support(v)[i] for v, i in zip(table.variables, outcome, strict=True)}
            names = {n: at[v] for n, v in self.signature.names.items() if v in at}
            images[outcome] = self.evaluate(self, self.signature.maps[variable], names)
        known = self.supports.get(variable, ())
        self.supports[variable] = tuple(sorted({*known, *images.values()}))
        where = {value: i for i, value in enumerate(self.supports[variable])}
        masses = {(*o, where[images[o]]): m for o, m in table.masses.items()}
        return Table((*table.variables, variable), masses)

    def _loose_mass(self, law: str, head: tuple[str, ...], given: tuple[str, ...], outcome: Outcome) -> fmpq:
        at = dict(zip((*head, *given), outcome, strict=True))
        shown = f"{law} {sorted((v, at[v]) for v in head)} {sorted((v, at[v]) for v in given)}"
        return fmpq(self._random("loose", shown).randint(1, 60), 61)


@lru_cache(maxsize=256)
def _table(
    variables: tuple[str, ...], factors: tuple[Factor, ...], sizes: tuple[tuple[str, int], ...], kind: Kind, seed: str,
    corner: int | None,
) -> Table:  # fmt: skip
    """A law that is drawn from a seed, with the marginals that were asked of it: one relation after the other, each an
    edit of the last, is tried under it."""
    return drawn_table(variables, factors, dict(sizes), kind.weight, Random(seed), corner)

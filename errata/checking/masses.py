"""The total mass of a density at random parameters: integrated, or summed, over its support.

A parameter that only scales the density may be its normaliser, so then no other total is held against it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from random import Random

import sympy as sp
from flint import arb, fmpq

from claims.evidence import Agreement, Counterexample
from errata.reading.generic import Generic, lower_generic, whole_numbers
from errata.reading.names import is_name, key
from errata.reading.supports import Support
from errata.reading.tree import Node
from errata.reading.vectors import Unlowered
from numerics.balls import PRECISIONS, Undetermined, enclose
from numerics.identity import KINDS
from numerics.masses import finite_sum, infinite_sum, is_infinite

POINTS = 12
LEAST = 8
"""Choices of parameters that must have a total before anything is said."""
MOST_MISSES = 4
"""Choices in a row without a total, after which none is expected."""


@dataclass(frozen=True, slots=True)
class Closed:
    """A closed form, its variable and its support; ``dimension`` is the letter of that of a vector, which is one."""

    variable: Node
    body: Node
    support: Support
    dimension: str | None = None
    varies: bool = False
    """Whether it is said to be the density of a law, so that it varies with its variable."""


Totals = list[tuple["Point", arb]]
"""Choices of the parameters, each with the total mass there."""


def total_mass(closed: Closed, firm: bool, seed: int) -> Agreement | Counterexample | None:
    """What the totals at random parameters say; a total other than 1 counts only where the support is ``firm``.

    Raises Unlowered where the density has no closed form.
    """
    totals = totals_of(closed, seed)
    only_refute = closed.dimension is not None
    if firm and not totals:
        totals, only_refute = totals_of(closed, seed, whole=True), True
    found = ruled(totals, firm)
    return found if not only_refute or isinstance(found, Counterexample) else None


def totals_of(closed: Closed, seed: int, whole: bool = False) -> Totals:
    """The totals at random parameters, or at ``whole`` ones, as far as they can be told: (−x)^{b − 1} has a value for
    whole b alone. Raises Unlowered."""
    totals: Totals = []
    misses = 0
    for point in points_of(closed, seed, whole):
        try:
            totals.append((point, point.total()))
            misses = 0
        except Undetermined:
            misses += 1
            if misses == MOST_MISSES:
                break
        if not point.parameters and not point.sizes:
            break
    return totals


def points_of(closed: Closed, seed: int, whole: bool = False) -> Iterator[Point]:
    """The density at one choice of its parameters after the other. Raises Unlowered."""
    random = Random(f"{seed} {key(closed.body)}")
    points = (_point(closed, turn, random) for turn in range(POINTS))
    return (replace(p, at={s: fmpq(random.randint(2, 8)) for s in p.at}) for p in points) if whole else points


@dataclass(frozen=True, slots=True)
class Point:
    """A density at one choice of its parameters."""

    term: sp.Basic
    variable: sp.Symbol
    low: sp.Basic
    high: sp.Basic
    whole: bool
    at: Mapping[sp.Symbol, fmpq]
    sizes: Mapping[str, int]
    doubtful: bool

    @property
    def parameters(self) -> list[sp.Symbol]:
        return sorted((self.term.free_symbols | self.low.free_symbols | self.high.free_symbols) & {*self.at}, key=str)

    @property
    def shown(self) -> tuple[tuple[str, str], ...]:
        """The choice, as a witness shows it."""
        named = ((str(s), str(self.at[s])) for s in self.parameters)
        return (*((n, str(v)) for n, v in self.sizes.items()), *named)

    def total(self, bits: int = PRECISIONS[0]) -> arb:
        """The total mass. Raises Undetermined."""
        if not self.whole:
            if (kink := self._kink()) is not None:
                return self._in_two(kink, bits)
            integral = sp.Integral(self.term, (self.variable, self.low, self.high))
            try:
                return enclose(integral, bits, at=self.at)
            except Undetermined:
                if is_infinite(integral, self.at):
                    return arb.pos_inf()
                raise
        low = _whole(self.low)
        if self.high is sp.oo:
            return infinite_sum(self.term, self.variable, low, self.at)
        return finite_sum(self.term, self.variable, low, _whole(self.high), self.at)

    def is_infinite_anyway(self) -> bool:
        """Whether no other signs of the parameters are found to make the total finite."""
        flips = [[s] for s in self.parameters] + [self.parameters]
        return not any(self._is_finite({**self.at, **{s: -self.at[s] for s in flipped}}) for flipped in flips)

    def _is_finite(self, at: Mapping[sp.Symbol, fmpq]) -> bool:
        try:
            return bool(replace(self, at=at).total().is_finite())
        except Undetermined:
            return False

    def _kink(self) -> sp.Abs | None:
        """|x − m|, where it stands in the density and no other absolute value of the variable does."""
        inside = [a for a in self.term.atoms(sp.Abs) if a.has(self.variable)]
        return inside[0] if len(inside) == 1 and sp.diff(inside[0].args[0], self.variable) == 1 else None

    def _in_two(self, kink: sp.Abs, bits: int) -> arb:
        """The total below and above the point where an absolute value has its corner."""
        corner = self.variable - kink.args[0]
        if (self.low, self.high) != (-sp.oo, sp.oo):
            raise Undetermined("a corner that may lie outside of the support")
        below, above = (self.term.xreplace({kink: sign * kink.args[0]}) for sign in (-1, 1))
        halves = [(below, -sp.oo, corner), (above, corner, sp.oo)]
        found = (replace(self, term=term, low=low, high=high).total(bits) for term, low, high in halves)
        return sum(found, arb(0))

    def only_scales(self, s: sp.Symbol) -> bool:
        """Whether a parameter changes the density by the same factor everywhere, so that it may be the normaliser."""
        if s in self.low.free_symbols | self.high.free_symbols:
            return False
        places = [fmpq(1), fmpq(2)] if self.whole else [fmpq(2, 7), fmpq(5, 7)]
        moved = {**self.at, s: self.at[s] + 1 if self.at[s].q == 1 else self.at[s] * fmpq(3, 4)}
        try:
            (a, b), (c, d) = [[enclose(self.term, at={**at, self.variable: x}) for x in places]
                              for at in (self.at, moved)]  # fmt: skip
        except Undetermined:
            return True
        return bool((a * d).overlaps(b * c))


def _point(closed: Closed, turn: int, random: Random) -> Point:
    """The density with parameters drawn at random: positive numbers, in turn also below one; whole ones that count."""
    body, support, dimension = closed.body, closed.support, closed.dimension
    limits = [n for n in (support.low, support.high) if n is not None]
    name = key(closed.variable)
    counted = [n for n in whole_numbers(body)[0] if n != name]
    if support.whole:
        counted += [key(n) for n in limits if is_name(n) and key(n) not in counted]
    sizes = {n: random.randint(2, 6) for n in counted}
    if dimension is not None:
        sizes[dimension] = 1
    generic = Generic(sizes)
    term = lower_generic(body, generic)
    symbol = generic.symbol(name)
    low = lower_generic(support.low, generic) if support.low is not None else -sp.oo
    high = lower_generic(support.high, generic) if support.high is not None else sp.oo
    matrices = generic.matrices and dimension is None
    if generic.uninterpreted or matrices or generic.means or isinstance(term, sp.Tuple):
        raise Unlowered("a density with unknown parts")
    constant = symbol not in term.free_symbols and not isinstance(term, sp.Rational) and not limits
    if constant and not closed.varies:
        raise Unlowered("the density does not vary")
    free = sorted((term.free_symbols | low.free_symbols | high.free_symbols) - {symbol}, key=str)
    at = {s: KINDS[turn % 2].draw(random) for s in free}
    return Point(term, symbol, low, high, support.whole, at, sizes, bool(generic.marked))


def ruled(totals: Totals, firm: bool) -> Agreement | Counterexample | None:
    closed = len(totals) == 1 and not totals[0][0].parameters and not totals[0][0].sizes
    if len(totals) < LEAST and not closed:
        return None
    ones = [t.overlaps(arb(1)) for _, t in totals]
    if all(ones):
        detail = "the total mass is 1" + ("" if closed else f" at {len(totals)} random choices of the parameters")
        return Agreement("total mass", len(totals), 12, detail, exhaustive=closed)
    first = totals[0][0]
    if any(ones) or not firm or first.doubtful:
        return None
    if not any(t.is_finite() for _, t in totals):
        return apart(totals) if first.is_infinite_anyway() else None
    return None if any(first.only_scales(s) for s in first.parameters) else apart(totals)


def apart(totals: Totals) -> Counterexample:
    """The first of some totals as the witness that they are not one."""
    first, total = totals[0]
    again = first.total(PRECISIONS[1])
    shown = "infinite" if not total.is_finite() else total.str(8, radius=False)
    return Counterexample(
        "total mass", first.shown, shown, "1", f"the total mass is {shown}", True, not again.overlaps(arb(1))
    )


def _whole(e: sp.Basic) -> int:
    if not isinstance(e, sp.Integer):
        raise Undetermined("the limits of a sum are not whole numbers")
    return int(e)

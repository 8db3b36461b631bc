"""The total mass of a density at random parameters: integrated, or summed, over its support.

A parameter that only scales the density may be its normaliser, so then no other total is held against it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random

import sympy as sp
from flint import arb, fmpq

from claims.evidence import Agreement, Counterexample
from claims.records import Record, replace
from errata.reading.generic import Generic, lower_generic, symbol_of, whole_numbers
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


class Closed(Record):
    """A closed form, its variable and its support; ``dimension`` is the letter of that of a vector, which is one."""

    variable: Node
    body: Node
    support: Support
    dimension: str | None = None
    varies: bool = False
    """Whether it is said to be the density of a law, so that it varies with its variable."""
    others: tuple[tuple[Node, Support], ...] = ()
    """Its further pieces, each with its range."""


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


class Point(Record):
    """A density at one choice of its parameters."""

    term: sp.Basic
    variable: sp.Symbol
    low: sp.Basic
    high: sp.Basic
    whole: bool
    at: Mapping[sp.Symbol, fmpq]
    sizes: Mapping[str, int]
    doubtful: bool
    others: tuple[Point, ...] = ()
    """Its further pieces, at the same parameters."""

    @property
    def parameters(self) -> list[sp.Symbol]:
        names = self.term.free_symbols | self.low.free_symbols | self.high.free_symbols
        return sorted((names & {*self.at}).union(*(p.parameters for p in self.others)), key=str)

    @property
    def shown(self) -> tuple[tuple[str, str], ...]:
        """The choice, as a witness shows it."""
        named = ((str(s), str(self.at[s])) for s in self.parameters)
        return (*((n, str(v)) for n, v in self.sizes.items()), *named)

    def total(self, bits: int = PRECISIONS[0]) -> arb:
        """The total mass. Raises Undetermined."""
        return sum((p.total(bits) for p in self.others), self._piece(bits))

    def _piece(self, bits: int) -> arb:
        """The mass of the first piece. Raises Undetermined."""
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
        if self.others:
            return False
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
        if not all(p.only_scales(s) for p in self.others):
            return False
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
    pieces, dimension = ((closed.body, closed.support), *closed.others), closed.dimension
    sizes = _sizes(closed, random)
    generic = Generic(sizes)
    terms = [lower_generic(body, generic) for body, _ in pieces]
    symbol = symbol_of(closed.variable, generic)
    ends = [_ends(support, generic) for _, support in pieces]
    matrices = generic.matrices and dimension is None
    if generic.uninterpreted or matrices or generic.means or any(isinstance(t, sp.Tuple) for t in terms):
        raise Unlowered("a density with unknown parts")
    term, limits = terms[0], (closed.support.low, closed.support.high) != (None, None)
    constant = symbol not in term.free_symbols and not isinstance(term, sp.Rational) and not limits
    if constant and not closed.varies:
        raise Unlowered("the density does not vary")
    free = sorted(
        set().union(*(e.free_symbols for e in (*terms, *(e for pair in ends for e in pair)))) - {symbol}, key=str
    )
    at = {s: KINDS[turn % 2].draw(random) for s in free}
    first, *others = (
        Point(t, symbol, low, high, support.whole, at, sizes, bool(generic.marked))
        for t, (low, high), (_, support) in zip(terms, ends, pieces, strict=True)
    )
    return replace(first, others=tuple(others))


def _sizes(closed: Closed, random: Random) -> dict[str, int]:
    """What the whole numbers of a density are drawn to be, its dimension among them."""
    pieces, name = ((closed.body, closed.support), *closed.others), key(closed.variable)
    counted = list(dict.fromkeys(n for body, _ in pieces for n in whole_numbers(body)[0] if n != name))
    for support in (s for _, s in pieces if s.whole):
        limits = [n for n in (support.low, support.high) if n is not None]
        counted += [key(n) for n in limits if is_name(n) and key(n) not in counted]
    sizes = {n: random.randint(2, 6) for n in counted}
    return sizes if closed.dimension is None else sizes | {closed.dimension: 1}


def _ends(support: Support, generic: Generic) -> tuple[sp.Basic, sp.Basic]:
    """The limits of a range. Raises Unlowered."""
    low = lower_generic(support.low, generic) if support.low is not None else -sp.oo
    return low, lower_generic(support.high, generic) if support.high is not None else sp.oo


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

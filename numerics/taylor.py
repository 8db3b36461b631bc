"""Truncated Taylor series in several coordinates at a point, in balls: numbers that know all their slopes up to an
order.

A derivative takes one order away: of a series to order K the value of a K-th derivative is right, and no further one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from flint import arb, arb_series, ctx, fmpq

from claims.records import Record

Powers: TypeAlias = tuple[int, ...]
"""How often each coordinate stands in a monomial."""
Number: TypeAlias = int | fmpq | arb


class Taylor(Record):
    """The coefficients of the monomials in the steps from the point; ``count`` coordinates, up to ``order`` of them."""

    count: int
    order: int
    terms: Mapping[Powers, arb]

    @property
    def value(self) -> arb:
        """The value at the point."""
        return self.terms.get((0,) * self.count, arb(0))

    @property
    def is_constant(self) -> bool:
        """Whether it is the same wherever the coordinates are, as far as its terms tell."""
        return all(not any(powers) for powers in self.terms)

    def constant(self, value: Number) -> Taylor:
        """A number beside this series."""
        return Taylor(self.count, self.order, {(0,) * self.count: arb(value)})

    def __add__(self, other: Taylor) -> Taylor:
        terms = dict(self.terms)
        for powers, c in other.terms.items():
            terms[powers] = terms[powers] + c if powers in terms else c
        return Taylor(self.count, self.order, terms)

    def __neg__(self) -> Taylor:
        return self.scaled(-1)

    def __sub__(self, other: Taylor) -> Taylor:
        return self + other.scaled(-1)

    def scaled(self, by: Number) -> Taylor:
        """A multiple."""
        return Taylor(self.count, self.order, {p: c * by for p, c in self.terms.items()})

    def __mul__(self, other: Taylor) -> Taylor:
        terms: dict[Powers, arb] = {}
        small = [(q, sum(q), d) for q, d in other.terms.items()]
        for p, c in self.terms.items():
            left = self.order - sum(p)
            for q, size, d in small:
                if size <= left:
                    powers = tuple(map(int.__add__, p, q))
                    terms[powers] = terms[powers] + c * d if powers in terms else c * d
        return Taylor(self.count, self.order, terms)

    def __truediv__(self, other: Taylor) -> Taylor:
        return self * other.mapped(lambda s: 1 / s)

    def mapped(self, function: Callable[[arb_series], arb_series]) -> Taylor:
        """A function of one number, given on series, at this one. Its value need not be finite."""
        before, ctx.cap = ctx.cap, self.order + 1
        try:
            coefficients = function(arb_series([self.value, 1]))
            found = [coefficients[k] for k in range(self.order + 1)]
        finally:
            ctx.cap = before
        step = Taylor(self.count, self.order, {p: c for p, c in self.terms.items() if any(p)})
        out = self.constant(found[-1])
        for c in reversed(found[:-1]):
            out = out * step + self.constant(c)
        return out

    def exponential(self) -> Taylor:
        """e to the power of it."""
        return self.mapped(lambda s: s.exp())

    def logarithm(self) -> Taylor:
        """Its natural logarithm."""
        return self.mapped(lambda s: s.log())

    def root(self) -> Taylor:
        """Its square root."""
        return self.mapped(lambda s: s.sqrt())

    def power(self, exponent: Taylor) -> Taylor:
        """It to a power: a whole number, or any other one over a positive base."""
        whole = exponent.value.unique_fmpz() if exponent.is_constant else None
        if whole is not None and 0 <= int(whole) <= 12:
            out = self.constant(1)
            for _ in range(int(whole)):
                out = out * self
            return out
        if whole is not None and -12 <= int(whole) < 0:
            return self.constant(1) / self.power(exponent.scaled(-1))
        return (exponent * self.logarithm()).exponential()

    def slope(self, coordinate: int) -> Taylor:
        """Its derivative in one coordinate."""
        terms = {
            (*p[:coordinate], p[coordinate] - 1, *p[coordinate + 1 :]): c * p[coordinate]
            for p, c in self.terms.items()
            if p[coordinate]
        }
        return Taylor(self.count, self.order, terms)


def coordinate(count: int, order: int, number: int, at: Number) -> Taylor:
    """One of ``count`` coordinates, at its value."""
    terms = {(0,) * count: arb(at)}
    if order:
        terms[tuple(int(n == number) for n in range(count))] = arb(1)
    return Taylor(count, order, terms)

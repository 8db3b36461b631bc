"""What an integrand of several variables is at most, far out: a product over its variables, whose tails are known.

|f(x)| ≤ factor · Π (1 + |x_i|)^{k_i} exp(−c_i |x_i|^{o_i}), with o_i = 1 or 2, for every x in the range; c_i is 0 where
nothing falls off. The exponent of an exponential must be a polynomial: a positive definite quadratic form, bounded
below by its least eigenvalue, and terms that are linear. All numbers are balls, so what is left out is surely bounded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import reduce

import sympy as sp
from flint import arb, arb_mat

from claims.records import Record, field, replace
from numerics.exponential_sums import least, ratio, sum_of
from numerics.undetermined import Undetermined

Constant = Callable[[sp.Basic], arb]
SHARE = (9, 10)
"""The part of the least eigenvalue that is aimed at, so that its bound can be proved."""
MOST_CUTS = 60


class Reach(Record):
    """Where a variable may be. ``near`` bounds |x| at its finite ends, and all of it where no end is infinite."""

    upwards: bool
    downwards: bool
    near: arb

    @property
    def is_bounded(self) -> bool:
        return not (self.upwards or self.downwards)


class Falloff(Record):
    """(1 + |x|)^power exp(−rate |x|^order)."""

    power: int = 0
    rate: arb = field(default_factory=arb)
    order: int = 1

    def beyond(self, cut: arb) -> arb:
        """A bound on the integral over x > cut, for cut ≥ 1: there 1 + x ≤ 2x. Raises Undetermined where it is none."""
        if not self.rate > 0:
            raise Undetermined("the integrand may not fall off far out")
        s = arb(self.power + 1) / self.order
        tail = (self.rate * cut**self.order).gamma_upper(s)
        return arb(2) ** self.power / self.order * self.rate ** (-s) * tail

    def times(self, other: Falloff) -> Falloff:
        order = max((f.order for f in (self, other) if f.rate > 0), default=1)
        rate = sum((f.rate for f in (self, other) if f.order == order), arb(0))
        return Falloff(self.power + other.power, rate, order)

    def plus(self, other: Falloff) -> Falloff:
        """What bounds both: the slower of them, below an order of 1 where the orders differ."""
        power = max(self.power, other.power)
        if not (self.rate > 0 and other.rate > 0):
            return Falloff(power)
        if self.order == other.order:
            return Falloff(power, self.rate.min(other.rate), self.order)
        slow, fast = sorted((self, other), key=lambda f: f.order)
        return Falloff(power, slow.rate.min(fast.rate), 1)  # e^{−c x²} ≤ e^{c} e^{−c x}: see ``_plus``


class Envelope(Record):
    """The bound: a factor, and how each variable falls off."""

    factor: arb
    along: tuple[Falloff, ...]


def left_out(f: sp.Expr, variables: Sequence[sp.Symbol], reaches: Sequence[Reach], constant: Constant) -> Beyond:
    """What lies beyond a cut of each infinite end, as a function of the cut. Raises Undetermined where no bound is
    known.
    """
    made = _Maker(tuple(variables), tuple(reaches), constant)
    return Beyond(made.envelope(f), tuple(reaches))


class Beyond(Record):
    """The tails of an envelope."""

    bound: Envelope
    reaches: tuple[Reach, ...]

    def at(self, cut: arb, infinite: Sequence[bool]) -> arb:
        """A bound on what lies beyond ``cut`` (at least 1) in any of the variables with an infinite end."""
        whole = [self._whole(i) for i in range(len(self.reaches))]
        total = arb(0)
        for i, ends in enumerate(infinite):
            if ends:
                others = reduce(lambda a, b: a * b, (w for j, w in enumerate(whole) if j != i), arb(1))
                total += self._tails(i, cut) * others
        return self.bound.factor * total

    def cut_below(self, goal: arb, infinite: Sequence[bool]) -> tuple[arb, arb]:
        """The first of growing cuts beyond which less than ``goal`` lies, and what lies there. Raises Undetermined."""
        cut = 2 + sum((reach.near for reach in self.reaches), arb(0))
        for _ in range(MOST_CUTS):
            rest = self.at(cut, infinite)
            if rest < goal:
                return cut, rest
            cut = cut * 5 / 4
        raise Undetermined("the integrand falls off too slowly")

    def _tails(self, i: int, cut: arb) -> arb:
        reach = self.reaches[i]
        return self.bound.along[i].beyond(cut) * (int(reach.upwards) + int(reach.downwards))

    def _whole(self, i: int) -> arb:
        """A bound on the integral of one variable's part over all of its range: near zero, then the tails."""
        reach, part = self.reaches[i], self.bound.along[i]
        if reach.is_bounded:
            return 2 * reach.near * (1 + reach.near) ** part.power
        within = reach.near.max(arb(1))
        return 2 * within * (1 + within) ** part.power + self._tails(i, arb(1))


class _Maker(Record):
    variables: tuple[sp.Symbol, ...]
    reaches: tuple[Reach, ...]
    constant: Constant

    def envelope(self, e: sp.Basic) -> Envelope:
        if not any(e.has(v) for v in self.variables):
            return self._flat(abs(self.constant(e)))
        if e in self.variables:
            return self._power_of(self.variables.index(e), 1)
        if isinstance(e, sp.Mul):
            bound, others = self._bounded_ratios(e)
            if len(others) < len(e.args):
                return reduce(_times, map(self.envelope, others), self._flat(bound))
            exponents = [a.args[0] for a in e.args if isinstance(a, sp.exp)]
            if len(exponents) > 1:
                rest = (a for a in e.args if not isinstance(a, sp.exp))
                return reduce(_times, map(self.envelope, rest), self._exponential(sp.Add(*exponents)))
            return reduce(_times, map(self.envelope, e.args))
        if isinstance(e, sp.Add):
            return reduce(_plus, map(self.envelope, e.args))
        if isinstance(e, sp.exp) or (isinstance(e, sp.Pow) and e.base is sp.E):
            return self._exponential(e.args[0] if isinstance(e, sp.exp) else e.exp)
        if isinstance(e, sp.Abs):
            return self.envelope(e.args[0])
        if isinstance(e, sp.sin | sp.cos | sp.tanh | sp.erf):
            return self._flat(arb(1))
        if isinstance(e, sp.Pow) and e.exp.is_Integer and e.exp > 0:
            return reduce(_times, [self.envelope(e.base)] * int(e.exp))
        if isinstance(e, sp.Pow) and e.exp.is_Rational and e.exp < 0:
            return self._flat(self._least(e.base) ** self.constant(e.exp))
        if isinstance(e, sp.log):
            return self._logarithm(e.args[0])
        raise Undetermined(f"no bound on {type(e).__name__} of several variables far out is known")

    def _logarithm(self, y: sp.Basic) -> Envelope:
        """log of a sum of exponentials with positive factors, or of a power of one."""
        if isinstance(y, sp.Pow) and y.exp.is_Integer and y.base is not sp.E:
            return _times(self._flat(arb(abs(int(y.exp)))), self._logarithm(y.base))
        terms = sum_of(y, self.variables, self.constant)
        if terms is None or not all(factor > 0 for factor in terms.values()):
            raise Undetermined("no bound on the log of such a sum far out is known")
        bound = self._flat(arb(len(terms)).log() + sum((abs(c.log()) for c in terms.values()), arb(0)))
        return reduce(_plus, (self.envelope(g) for g in terms if g != 0), bound)

    def _bounded_ratios(self, e: sp.Mul) -> tuple[arb, list[sp.Basic]]:
        """A bound on the ratios N^k/D^k of sums of exponentials among the factors, and the other factors."""
        bound, left = arb(1), [_powered(a) for a in e.args]
        for base, k in [pair for pair in left if pair[1] < 0]:
            below = sum_of(base, self.variables, self.constant) if isinstance(base, sp.Add) else None
            above = next((pair for pair in left if pair[1] == -k and isinstance(pair[0], sp.Add)), None)
            over = None if below is None or above is None else sum_of(above[0], self.variables, self.constant)
            if below is not None and above is not None and over is not None and all(g in below for g in over):
                bound *= ratio(over, below) ** above[1]
                left = [pair for pair in left if pair not in ((base, k), above)]
        return bound, [a for a in e.args if _powered(a) in left]

    def _flat(self, factor: arb) -> Envelope:
        return Envelope(factor, tuple(Falloff() for _ in self.variables))

    def _power_of(self, i: int, power: int) -> Envelope:
        along = tuple(Falloff(power) if j == i else Falloff() for j in range(len(self.variables)))
        return Envelope(arb(1), along)

    def _least(self, e: sp.Basic) -> arb:
        """A positive bound from below: of exponentials; of a positive constant and squares, with factors ≥ 0."""
        exponentials = sum_of(e, self.variables, self.constant)
        if exponentials is not None:
            return least(exponentials)
        total = arb(0)
        for part in sp.Add.make_args(e):
            if not any(part.has(v) for v in self.variables):
                total += self.constant(part)
                continue
            number, rest = part.as_independent(*self.variables)
            squares = all(isinstance(f, sp.Pow) and f.exp.is_even and f.exp > 0 for f in sp.Mul.make_args(rest))
            if not squares or not self.constant(number) >= 0:
                raise Undetermined("no lower bound on a denominator of several variables is known")
        if not total > 0:
            raise Undetermined("a denominator may vanish")
        return total

    def _exponential(self, g: sp.Basic) -> Envelope:
        """exp of a polynomial of degree two: the form, then each linear term against it or along a half-line."""
        poly = sp.Poly(g, *self.variables) if g.is_polynomial(*self.variables) else None
        if poly is None or poly.total_degree() > 2:
            raise Undetermined("no bound on such an exponential of several variables is known")
        terms: Mapping[tuple[int, ...], sp.Expr] = dict(poly.terms())
        n = len(self.variables)
        curved = [i for i in range(n) if any(sum(m) == 2 and m[i] for m in terms)]
        eigenvalue = self._least_eigenvalue(terms, curved) if curved else arb(0)
        factor, along = arb(0), []
        for i in range(n):
            slope = self.constant(terms.get(tuple(int(j == i) for j in range(n)), sp.S.Zero))
            added, part = self._straight(i, slope, eigenvalue if i in curved else arb(0))
            factor += added
            along.append(part)
        factor += self.constant(terms.get((0,) * n, sp.S.Zero))
        return Envelope(factor.exp(), tuple(along))

    def _straight(self, i: int, slope: arb, curve: arb) -> tuple[arb, Falloff]:
        """A constant and a falloff above −curve x²/2 + slope x on the range of a variable."""
        reach = self.reaches[i]
        if curve > 0:
            if slope.is_zero():
                return arb(0), Falloff(0, curve / 2, 2)
            return 2 * slope**2 / curve, Falloff(0, 3 * curve / 8, 2)  # as |slope x| ≤ curve x²/8 + 2 slope²/curve
        if reach.is_bounded:
            return abs(slope) * reach.near, Falloff()
        if slope.is_zero():
            return arb(0), Falloff()
        if reach.downwards == reach.upwards or not (slope < 0 if reach.upwards else slope > 0):
            raise Undetermined("an exponential may grow")
        return 2 * abs(slope) * reach.near, Falloff(0, abs(slope), 1)  # its finite end may lie beyond zero

    def _least_eigenvalue(self, terms: Mapping[tuple[int, ...], sp.Expr], curved: Sequence[int]) -> arb:
        """A number below every eigenvalue of minus the second derivatives: what it leaves has positive minors."""
        n = len(self.variables)

        def entry(i: int, j: int) -> arb:
            monomial = tuple(int(k == i) + int(k == j) for k in range(n))
            return -self.constant(terms.get(monomial, sp.S.Zero)) * (2 if i == j else 1)

        rows = [[entry(i, j) for j in curved] for i in curved]
        near = min(abs(float(row[i].mid())) for i, row in enumerate(rows))
        value = arb(near) * SHARE[0] / SHARE[1]
        for _ in range(MOST_CUTS):
            if _is_positive_definite([[r - (value if i == j else 0) for j, r in enumerate(row)]
                                      for i, row in enumerate(rows)]):  # fmt: skip
                return value
            value = value * 4 / 5
        raise Undetermined("an exponential may grow: its form is not surely positive definite")


def _powered(e: sp.Basic) -> tuple[sp.Basic, int]:
    """Base and whole exponent; anything else to the power of one."""
    return (e.base, int(e.exp)) if isinstance(e, sp.Pow) and e.exp.is_Integer else (e, 1)


def _is_positive_definite(rows: Sequence[Sequence[arb]]) -> bool:
    """By Sylvester's minors, each surely above zero."""
    return all(arb_mat([list(row[:k]) for row in rows[:k]]).det() > 0 for k in range(1, len(rows) + 1))


def _times(a: Envelope, b: Envelope) -> Envelope:
    return Envelope(a.factor * b.factor, tuple(p.times(q) for p, q in zip(a.along, b.along, strict=True)))


def _plus(a: Envelope, b: Envelope) -> Envelope:
    """A bound on a sum. Where orders differ, e^{−c x²} ≤ e^{c} e^{−c |x|} pays a factor."""
    pay = sum(
        ((p.rate if p.order == 2 else q.rate) for p, q in zip(a.along, b.along, strict=True)
         if p.rate > 0 and q.rate > 0 and p.order != q.order),
        arb(0),
    )  # fmt: skip
    along = tuple(p.plus(q) for p, q in zip(a.along, b.along, strict=True))
    return replace(a, factor=(a.factor + b.factor) * pay.exp(), along=along)

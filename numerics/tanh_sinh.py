"""Tanh-sinh with a bound: ∫ f over an interval at whose ends f may run off like a power and a logarithm.

x = a + w/(1 + e^(−2u)) with u = (π/2) sinh t and w = b − a makes of the integral one of F over the line, and the sum
h Σ F(kh) is off by at most 2M/(e^(2πd/h) − 1), where F is analytic in the strip |Im t| < d and M bounds ∫ |F| along
each line in it. Terms of f are a product of powers and logarithms of the distances A = x − a and B = b − x, and of a
rest. log A and log B are functions of t that are analytic in all of the strip, where x itself winds around the ends;
the rest must be analytic near the ends and wherever x goes. Balls cover the strip up to |Re t| = T. Beyond, with
v = e^|Re t|,

    |A| ≤ 2 w e^(2 Re u),   |dx/dt| = π |cosh t| |A B|/w,   2 Re u ≤ (π/2)(1 − v cos d),   |log A| ≤ |log w| + 1 + π v

at the end where A is small, and so at the other one: the tails of the integrals, and of the sum, are incomplete gamma
functions. An infinite end is cut off first, and what lies beyond it bounded (``tails``).

Source   Takahasi and Mori 1974 (the substitution); Trefethen and Weideman, "The exponentially convergent trapezoidal
         rule" (2014), theorem 5.1 (the error).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from itertools import pairwise

import sympy as sp
from flint import acb, arb, ctx, fmpq

from claims.records import Record
from numerics.bounded import Bounded
from numerics.holomorphic import Constant, Holomorphic, holomorphic
from numerics.integrals import Exact, far_out
from numerics.tails import Integrand
from numerics.undetermined import Undetermined

BITS = 192
GOAL = -60
"""The error aimed at is 2 to this power."""
LOOSEST = -24
WIDTHS = tuple(arb(p) / q for p, q in ((6, 5), (9, 10), (3, 5), (2, 5), (1, 4), (3, 20), (2, 25)))
"""Half-widths of the strip that are tried."""
FARTHEST = tuple(arb(k) / 4 for k in range(8, 29))
"""Where the strip is cut."""
COLUMNS, ROWS, DEEPEST = 48, 4, 5
MOST_NODES = 4_000
BOTH = (0, 1)
TURNED = arb(2)
"""How large e^(−2|u|) may come out on a ball; 1 + it has no branch there, since |Im 2u| < π next to Re t = 0."""


class _Term(Record):
    """A^power_0 B^power_1 Π (log A + c) Π (log B + c) rest(x): ``logs`` has the constants c at each end."""

    powers: tuple[arb, arb]
    logs: tuple[tuple[arb, ...], tuple[arb, ...]]
    rest: Holomorphic


def integrated(
    f: sp.Expr, variable: sp.Symbol, low: sp.Expr, high: sp.Expr, constant: Constant, exact: Exact, goal: int = GOAL
) -> Bounded:
    """∫ f from low to high, low < high, either end infinite or not. Raises Undetermined where no bound is found."""
    with ctx.workprec(BITS):
        aim = arb(2) ** goal
        ends, beyond = [], arb(0)
        for end, sign in ((low, -1), (high, 1)):
            if end in (sp.oo, -sp.oo):
                other = next((abs(constant(e)) for e in (low, high) if e not in (sp.oo, -sp.oo)), arb(0))
                along = Integrand(variable, {fmpq(1): arb(sign)}, constant, exact)
                place, rest = far_out(f, along, other + 1, aim / 4)
                ends.append(sp.Integer(sign * int(place.upper().ceil().unique_fmpz())))
                beyond += rest
            else:
                ends.append(end)
        ball, nodes, strip = _line(f, variable, ends, constant).value(aim / 2)
        ball += arb(0, beyond.upper())
    if not ball.is_finite() or not (ball.rad() < arb(2) ** LOOSEST * abs(ball) or ball.rad() < arb(2) ** LOOSEST):
        raise Undetermined("tanh-sinh has no tight bound there")
    return Bounded(ball, f"tanh-sinh with {nodes} nodes, bounded in the strip of half-width {float(strip):.2g}")


class _Plan(Record):
    """A strip, the step and the nodes on each side, a bound on ∫ |F| along the strip, and one on both tails."""

    strip: arb
    step: arb
    count: int
    most: arb
    tail: arb


class _Line(Record):
    """F as a function on the strip."""

    terms: tuple[_Term, ...]
    low: arb
    high: arb
    width: arb

    def value(self, goal: arb) -> tuple[arb, int, arb]:
        """The integral, the nodes, and the half-width of the strip. Raises Undetermined."""
        if not self.width > 0:
            raise Undetermined("the range of the integral is too short to be told from none")
        found = [plan for strip in WIDTHS if (plan := self._plan(strip, goal)) is not None]
        if not found:
            raise Undetermined("the integrand is not surely analytic on any of the strips, or has no bound at an end")
        plan = min(found, key=lambda one: one.count)
        if plan.count > MOST_NODES:
            raise Undetermined("tanh-sinh takes too many nodes there")
        step = plan.step
        error = 2 * plan.most / ((2 * arb.pi() * plan.strip / step).exp() - 1) + plan.tail
        total = sum((self.at(acb(step * k), False) for k in range(-plan.count, plan.count + 1)), acb(0))
        if not total.imag.contains(0):
            raise Undetermined("the integrand is not real everywhere")
        return step * total.real + arb(0, error.upper()), 2 * plan.count + 1, plan.strip

    def _plan(self, strip: arb, goal: arb) -> _Plan | None:
        """Where to cut a strip, and the nodes that the goal takes; None where F is not surely analytic on it."""
        found = self._cut(strip, goal)
        along = None if found is None else self._along(strip, found[0])
        if found is None or along is None:
            return None
        far, tail = found
        step = 2 * arb.pi() * strip / (4 * (along + tail) / goal + 2).log()
        count = int((far / step).upper().ceil().unique_fmpz())
        # the step goes a whole number of times into what is left of the cut; the tails of sum and integral begin there
        return _Plan(strip, (far / count), count, along + tail, 2 * tail)

    def at(self, t: acb, analytic: bool) -> acb:
        """F(t) = f(x) dx/dt."""
        u, whole = t.sinh() * arb.pi(), self.width.log()  # u is twice that of the docstring
        is_left = bool(t.real.mid() <= 0)
        small = (u if is_left else -u).exp()
        if not small.abs_upper() < TURNED:
            return acb("nan")
        near, far = whole - (1 + small).log(analytic=True), (u if is_left else -u)
        logs = (near + far, near) if is_left else (near, near + far)
        x = self.low + logs[0].exp() if is_left else self.high - logs[1].exp()
        jacobian = t.cosh() * arb.pi() / self.width
        total = acb(0)
        for term in self.terms:
            value = sum(((p + 1) * log for p, log in zip(term.powers, logs, strict=True)), acb(0)).exp()
            for constants, log in zip(term.logs, logs, strict=True):
                value = reduce(lambda a, b: a * b, (log + c for c in constants), value)
            total += value * term.rest(x, analytic)
        return total * jacobian

    def _along(self, strip: arb, far: arb) -> arb | None:
        """A bound on ∫ |F| along each line of the strip up to where it is cut; None where it is not surely analytic."""
        ends = [-far + 2 * far * arb(k) / COLUMNS for k in range(COLUMNS + 1)]
        rows = [strip * arb(k) / ROWS for k in range(ROWS + 1)]
        total = arb(0)
        for left, right in pairwise(ends):
            most = arb(0)
            for bottom, top in pairwise(rows):
                found = self._on(left, right, bottom, top, DEEPEST)
                if found is None:
                    return None
                most = most.max(found)
            total += most * (right - left)
        return total.upper()

    def _on(self, left: arb, right: arb, bottom: arb, top: arb, deeper: int) -> arb | None:
        value = self.at(acb(left.union(right), bottom.union(top)), True)
        if value.is_finite():
            return value.abs_upper()
        if deeper == 0:
            return None
        across, up = ((left + right) / 2).mid(), ((bottom + top) / 2).mid()
        most = arb(0)
        for a, b in ((left, across), (across, right)):
            for c, d in ((bottom, up), (up, top)):
                found = self._on(a, b, c, d, deeper - 1)
                if found is None:
                    return None
                most = most.max(found)
        return most

    def _cut(self, strip: arb, goal: arb) -> tuple[arb, arb] | None:
        """Where both tails are below a share of the goal, and a bound on both."""
        for far in FARTHEST:
            tails = [self._tail(term, end, strip, far) for term in self.terms for end in BOTH]
            known = [t for t in tails if t is not None]
            if len(known) == len(tails) and (total := sum(known, arb(0))) < goal / 8:
                return far, total.upper()
        return None

    def _tail(self, term: _Term, end: int, strip: arb, far: arb) -> arb | None:
        """A bound on ∫ |F| beyond ``far`` along any line of the strip, at one end; and on what the sum leaves there."""
        s, logs = term.powers[end] + 1, term.logs[end]
        if not s > 0:
            raise Undetermined("the integrand may have no integral at an end")
        v, slope = far.exp(), arb.pi() / 2 * strip.cos()
        size = (arb.pi() / 2 - slope * v).exp()  # e^{2 Re u} beyond the cut
        if not (size * 3 <= 1 and s * slope * v > len(logs) + 1):
            return None
        radius = (2 * self.width * size).upper()
        near = acb(arb(0, radius), arb(0, radius))
        x, other = (self.low + near, self.width - near) if end == 0 else (self.high - near, self.width - near)
        value = other.pow(acb(term.powers[1 - end] + 1), analytic=True) * term.rest(x, True) / self.width
        value = reduce(lambda a, b: a * b, (other.log(analytic=True) + c for c in term.logs[1 - end]), value)
        if not value.is_finite():
            return None
        slow = reduce(lambda a, b: a * b, (abs(c) + abs(self.width.log()) + 1 + arb.pi() for c in logs), arb(1))
        k, rate = len(logs), s * slope
        factor = value.abs_upper() * arb.pi() * (2 * self.width) ** s * slow * (s * arb.pi() / 2).exp()
        return factor * rate ** (-(k + 1)) * (rate * v).gamma_upper(arb(k + 1))


def _line(f: sp.Expr, x: sp.Symbol, ends: Sequence[sp.Expr], constant: Constant) -> _Line:
    terms = tuple(_term(part, x, ends, constant) for part in sp.Add.make_args(sp.expand_mul(f)))
    low, high = constant(ends[0]), constant(ends[1])
    return _Line(terms, low, high, high - low)


def _term(e: sp.Expr, x: sp.Symbol, ends: Sequence[sp.Expr], constant: Constant) -> _Term:
    powers, factor = [arb(0), arb(0)], arb(1)
    logs: tuple[list[arb], list[arb]] = ([], [])
    rest: list[sp.Expr] = []
    for part in sp.Mul.make_args(e):
        base, exponent = (part.base, part.exp) if isinstance(part, sp.Pow) else (part, sp.S.One)
        is_log = isinstance(base, sp.log) and exponent.is_Integer and exponent > 0
        inside = base.args[0] if is_log else base
        end = None if exponent.has(x) or not inside.has(x) else _vanishes(inside, x, ends)
        slope = None if end is None else constant(sp.diff(inside, x) * (-1) ** end)
        if end is None or slope is None or not slope > 0:
            rest.append(part)
        elif is_log:
            logs[end].extend([slope.log()] * int(exponent))
        else:
            power = constant(exponent)
            powers[end], factor = powers[end] + power, factor * slope**power
    function = holomorphic(sp.Mul(*rest), x, constant)
    return _Term((powers[0], powers[1]), (tuple(logs[0]), tuple(logs[1])), lambda z, a: function(z, a) * factor)


def _vanishes(inside: sp.Expr, x: sp.Symbol, ends: Sequence[sp.Expr]) -> int | None:
    """The end at which a linear expression is zero."""
    if not inside.is_polynomial(x) or sp.degree(inside, x) != 1:
        return None
    return next((i for i, end in enumerate(ends) if inside.subs(x, end) == 0), None)

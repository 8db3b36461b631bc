"""Infinite sums of fractions of polynomials, enclosed: ∑ 1/k² = π²/6, ∑ (−1)^k/(2k + 1) = π/4.

The first terms are added. Far out, R(k) = c_2 k⁻² + … + c_J k⁻ᴶ + rest, and the sums of k⁻ʲ are Hurwitz zeta functions.
With |R(1/w)| ≤ M on the disc |w| ≤ r, Cauchy's bound |c_j| ≤ M r⁻ʲ encloses the rest. An alternating sum is one of the
differences of neighbours.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

import sympy as sp
from flint import arb, fmpq, fmpq_poly

from claims.records import Record
from numerics.undetermined import Undetermined

ORDERS = 40
"""How many powers of 1/k are summed."""
FAR = 8
"""How many times further out than 1/r they are."""
FEWEST, MOST = 40, 4_000
"""Terms that are added one by one."""
MOST_DEGREE = 12
Constant = Callable[[sp.Basic], arb]
_K = fmpq_poly([0, 1])


class Quotient(Record):
    """``constant`` times ``top`` over ``bottom``, polynomials in the index; times (−1)ᵏ where it ``alternates``."""

    constant: arb
    top: fmpq_poly
    bottom: fmpq_poly
    alternates: bool = False


def sum_of_quotients(quotient: Quotient, low: int) -> arb:
    """The sum over all whole numbers from ``low``. Raises Undetermined where it doesn't converge, or has a pole."""
    top, bottom = quotient.top, quotient.bottom
    if bottom.degree() - top.degree() < (1 if quotient.alternates else 2) and top != 0:
        raise Undetermined("the terms of the sum fall off too slowly")
    if max(top.degree(), bottom.degree()) > MOST_DEGREE:
        raise Undetermined("the terms of the sum are of a high degree")
    if not quotient.alternates:
        return quotient.constant * _sum(top, bottom, low)
    here, after = (p(2 * _K + low) for p in (top, bottom)), (p(2 * _K + low + 1) for p in (top, bottom))
    (p, q), (r, s) = here, after
    sign = -1 if low % 2 else 1
    return sign * quotient.constant * _sum(p * s - r * q, q * s, 0)


def _sum(top: fmpq_poly, bottom: fmpq_poly, low: int) -> arb:
    """∑ top(k)/bottom(k) over k ≥ low, counted from the middle of the poles: 1/(k + 18)⁶ settles as soon as 1/k⁶."""
    if top == 0:
        return arb(0)
    middle = _middle(bottom)
    top, bottom, low = top(_K + middle), bottom(_K + middle), low - middle
    radius, most = _disc(top, bottom)
    start = max(low, FEWEST, int(FAR / radius) + 1)
    if start - low > MOST:
        raise Undetermined("a sum of too many terms")
    total = arb(0)
    for k in range(low, start):
        below = bottom(fmpq(k))
        if below == 0:
            raise Undetermined("a term of the sum has no value")
        total += arb(top(fmpq(k)) / below)
    for j, coefficient in enumerate(_far_out(top, bottom), start=2):
        if coefficient:
            total += arb(coefficient) * arb(j).zeta(arb(start))
    ratio = 1 / (arb(fmpq(radius.numerator, radius.denominator)) * start)
    rest = arb(fmpq(most.numerator, most.denominator)) * (1 + start) * ratio ** (ORDERS + 2) / (1 - ratio)
    return total + arb(0, rest.upper())


def _middle(bottom: fmpq_poly) -> int:
    """The whole number next to the mean of all zeros of a polynomial."""
    degree = bottom.degree()
    if degree < 1:
        return 0
    mean = -bottom[degree - 1] / (degree * bottom[degree])
    return round(Fraction(int(mean.p), int(mean.q)))


def _disc(top: fmpq_poly, bottom: fmpq_poly) -> tuple[Fraction, Fraction]:
    """r, and a bound of |R(1/w)| for |w| ≤ r, where the leading term of the bottom outweighs all others twice."""
    p, q = ([Fraction(int(c.p), int(c.q)) for c in reversed(f.coeffs())] for f in (top, bottom))
    radius = Fraction(1)
    while 2 * sum((abs(c) * radius**i for i, c in enumerate(q) if i), Fraction(0)) > abs(q[0]):
        radius /= 2
        if radius * MOST < 1:
            raise Undetermined("the terms of the sum settle too late")
    above = sum((abs(c) * radius**i for i, c in enumerate(p)), Fraction(0))
    return radius, 2 * above / abs(q[0]) * radius ** (len(q) - len(p))


def _far_out(top: fmpq_poly, bottom: fmpq_poly) -> list[fmpq]:
    """The coefficients of k⁻², …, k^{−J−1} in top(k)/bottom(k)."""
    p, q = list(reversed(top.coeffs())), list(reversed(bottom.coeffs()))
    gap = len(q) - len(p)
    series: list[fmpq] = []
    for n in range(ORDERS + 2 - gap):
        known = sum((q[i] * series[n - i] for i in range(1, min(n, len(q) - 1) + 1)), fmpq(0))
        series.append(((p[n] if n < len(p) else fmpq(0)) - known) / q[0])
    return [fmpq(0)] * (gap - 2) + series


def quotient_of(e: sp.Basic, index: sp.Symbol, at: Mapping[sp.Symbol, fmpq], constant: Constant) -> Quotient | None:
    """A term as a quotient of polynomials in the index; None where it is none. ``constant`` encloses what is free of
    the index."""
    found = _exact(e, index, at)
    if found is not None:
        return found
    if not e.has(index):
        return Quotient(constant(e), fmpq_poly([1]), fmpq_poly([1]))
    if isinstance(e, sp.Mul):
        out: Quotient | None = Quotient(arb(1), fmpq_poly([1]), fmpq_poly([1]))
        for part in e.args:
            one = quotient_of(part, index, at, constant)
            out = None if one is None or out is None else _times(out, one)
        return out
    if isinstance(e, sp.Pow) and isinstance(e.exp, sp.Integer):
        base = quotient_of(e.base, index, at, constant)
        return None if base is None else _raised(base, int(e.exp))
    return None


def _exact(e: sp.Basic, index: sp.Symbol, at: Mapping[sp.Symbol, fmpq]) -> Quotient | None:
    """The same with all coefficients known exactly."""
    if e == index:
        return Quotient(arb(1), _K, fmpq_poly([1]))
    if isinstance(e, sp.Rational):
        return Quotient(arb(1), fmpq_poly([fmpq(int(e.p), int(e.q))]), fmpq_poly([1]))
    if isinstance(e, sp.Symbol):
        return None if e not in at else Quotient(arb(1), fmpq_poly([at[e]]), fmpq_poly([1]))
    if isinstance(e, sp.Add | sp.Mul):
        parts = [_exact(part, index, at) for part in e.args]
        known = [p for p in parts if p is not None]
        if len(known) < len(parts) or not known:
            return None
        out: Quotient | None = known[0]
        for one in known[1:]:
            out = None if out is None else _plus(out, one) if isinstance(e, sp.Add) else _times(out, one)
        return out
    if isinstance(e, sp.Pow) and isinstance(e.exp, sp.Integer):
        base = _exact(e.base, index, at)
        return None if base is None else _raised(base, int(e.exp))
    return _sign(e, index)


def _sign(e: sp.Basic, index: sp.Symbol) -> Quotient | None:
    """(−1)^{ak + b} with whole a and b."""
    if not isinstance(e, sp.Pow) or _exact_number(e.base) != -1:
        return None
    power = _exact(e.exp, index, {})
    if power is None or power.alternates or power.bottom.degree() or power.top.degree() > 1:
        return None
    line = power.top / power.bottom[0]
    if any(c.q != 1 for c in line.coeffs()):
        return None
    return Quotient(arb(1), fmpq_poly([(-1) ** (int(line[0].p) % 2)]), fmpq_poly([1]), bool(int(line[1].p) % 2))


def _exact_number(e: sp.Basic) -> fmpq | None:
    found = _exact(e, sp.Dummy(), {})
    return None if found is None or found.top.degree() or found.bottom.degree() else found.top[0] / found.bottom[0]


def _plus(a: Quotient, b: Quotient) -> Quotient | None:
    if a.alternates is not b.alternates:
        return None
    return Quotient(arb(1), a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom, a.alternates)


def _times(a: Quotient, b: Quotient) -> Quotient:
    return Quotient(a.constant * b.constant, a.top * b.top, a.bottom * b.bottom, a.alternates is not b.alternates)


def _raised(base: Quotient, power: int) -> Quotient | None:
    if abs(power) > MOST_DEGREE or (power < 0 and base.top == 0):
        return None
    top, bottom = (base.top, base.bottom) if power >= 0 else (base.bottom, base.top)
    n = abs(power)
    return Quotient(base.constant**power, top**n, bottom**n, base.alternates and n % 2 == 1)

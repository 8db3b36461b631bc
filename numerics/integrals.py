"""Definite integrals, enclosed: Gauss-Legendre quadrature with error bounds between finite limits, and a bound on the
tail beyond them where a limit is infinite. Those in two or three variables, over a finite box, are left to ``boxes``.

The work on one integral is bounded by a number of evaluations, so that the answer does not depend on the machine. An
enclosure too wide to tell two values apart is not given out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import sympy as sp
from flint import acb, arb, ctx, fmpq

from claims.records import Record
from numerics.boxes import MOST_VARIABLES, enclosed
from numerics.holomorphic import Holomorphic, holomorphic
from numerics.sides import Side
from numerics.tails import Decay, Integrand, Powers, decay, decay_near, powers_of
from numerics.undetermined import Undetermined

BITS = 160
"""Precision of the quadrature."""
GOAL = -40
"""Quadrature and tails aim at errors below 2 to this power."""
LEAST_BITS = 24
"""Relative accuracy below which an enclosure is not given out, unless it is this narrow in absolute terms."""
MOST_EVALUATIONS = 4_000
FEW_EVALUATIONS = 600
"""What an integral takes that needs no logarithmic scale."""
FARTHEST = 4_000
"""Binary order of the farthest point at which a range is cut."""
PROBES = (fmpq(1, 7), fmpq(2, 5), fmpq(5, 8), fmpq(8, 9))
"""Where in a finite range an integrand is checked to be real."""

Evaluate = Callable[[sp.Basic, Mapping[sp.Symbol, fmpq]], arb]
Exact = Callable[[sp.Basic], "fmpq | None"]


def enclose_integral(e: sp.Integral, evaluate: Evaluate, exact: Exact) -> arb:
    """A ball that holds the integral. ``evaluate`` encloses expressions without the variable. Raises Undetermined."""
    if not 1 <= len(e.limits) <= MOST_VARIABLES or any(len(limit) != 3 for limit in e.limits):
        raise Undetermined(f"only integrals between limits, in up to {MOST_VARIABLES} variables, are evaluated")
    if len(e.limits) > 1:
        sides = [Side(*limit) for limit in reversed(e.limits)]
        ends = ((n, end) for n, side in enumerate(sides) for end in (side.low, side.high))
        if any(end.has(*(side.variable for side in sides[n:])) for n, end in ends):
            raise Undetermined("a limit depends on a variable that is bound further in")
        return enclosed(e.function, sides, lambda part: evaluate(part, {}))
    variable, low, high = e.limits[0]
    before = ctx.prec
    ctx.prec = BITS
    try:
        return _between(e.function, variable, low, high, evaluate, exact)
    finally:
        ctx.prec = before


class _Range(Record):
    """An integrand over a range; an end is None where it is infinite."""

    f: sp.Basic
    variable: sp.Symbol
    low: arb | None
    high: arb | None
    evaluate: Evaluate
    exact: Exact

    def constant(self, part: sp.Basic) -> arb:
        return self.evaluate(part, {})

    @property
    def middle(self) -> arb:
        if self.low is not None and self.high is not None:
            return (self.low + self.high) / 2
        if self.low is not None:
            return self.low + 1
        return self.high - 1 if self.high is not None else arb(0)


def _between(f: sp.Basic, variable: sp.Symbol, low: sp.Basic, high: sp.Basic, evaluate: Evaluate, exact: Exact) -> arb:
    """The integral; first over the range as it is, then with each half seen from its end on a logarithmic scale."""
    if low is sp.oo or high is -sp.oo:
        return -_between(f, variable, high, low, evaluate, exact)
    a, b = (None if end in (sp.oo, -sp.oo) else evaluate(end, {}) for end in (low, high))
    ends = [exact(end) for end in (low, high)]
    if ends[0] is not None and ends[0] == ends[1]:
        return arb(0)
    if a is not None and b is not None and a.is_exact() and b.is_exact() and a == b:
        return arb(0)
    if a is not None and b is not None and a.overlaps(b):
        raise Undetermined("the range of the integral is too short to be told from none")
    if a is not None and b is not None and a > b:
        return -_between(f, variable, high, low, evaluate, exact)
    over = _Range(f, variable, a, b, evaluate, exact)
    _check_real(over)
    if not _branches(f, variable):
        try:
            return _directly(over)
        except Undetermined:
            pass
    return _half(over, over.high, 1) + _half(over, over.low, -1)


def _branches(f: sp.Basic, variable: sp.Symbol) -> bool:
    """Whether a power with a broken exponent makes an end of the range hard for a plain quadrature."""
    return any(not p.exp.is_Integer and p.base is not sp.E and p.base.has(variable) for p in f.atoms(sp.Pow))


def _directly(over: _Range) -> arb:
    """The quadrature over a finite part of the range, and what lies beyond."""
    error = arb(0)
    ends: list[arb] = []
    for end, sign in ((over.low, -1), (over.high, 1)):
        if end is None:
            cut, bound = _cut(over, {1: arb(sign)}, abs(over.middle) + 1, decay)
            error += arb(0, bound.upper())
            end = sign * cut
        ends.append(end)
    function = holomorphic(over.f, over.variable, over.constant)
    return _usable(_quadrature(function, ends[0], ends[1], FEW_EVALUATIONS) + error)


def _half(over: _Range, end: arb | None, sign: int) -> arb:
    """The integral between the middle and an end, on a logarithmic scale of the distance from that end.

    An infinite end is approached from one before the middle, so that distances start at 1. A finite end near which
    nothing is known to fall off may be harmless: then the stretch is integrated as it is.
    """
    if end is None:
        origin = over.middle - sign
        cut, bound = _cut(over, {1: arb(sign)}, abs(origin) + 2, decay)
        first, last = arb(0), (cut - sign * origin).log()
    else:
        origin, sign = end, -sign
        width = abs(over.middle - end)
        try:
            cut, bound = _cut(over, {0: end, -1: arb(sign)}, 2 / width, decay_near)
        except Undetermined:
            function = holomorphic(over.f, over.variable, over.constant)
            return sign * _usable(_quadrature(function, end, over.middle, FEW_EVALUATIONS))
        first, last = -cut.log(), width.log()
    found = _parted(over, origin, sign, end is None)
    rest = holomorphic(found.rest, over.variable, over.constant)
    power, factor = acb(found.power + 1), acb(found.factor)

    def scaled(t: acb, analytic: bool) -> acb:
        value = rest(origin + sign * t.exp(), analytic) * (power * t).exp() * factor
        for around_one in found.around_one:
            value *= around_one(t, analytic)
        return value

    return _usable(_quadrature(scaled, first, last, MOST_EVALUATIONS) + arb(0, bound.upper()))


class _Parted(Record):
    """An integrand as factor · distance^power · rest, times powers of what is near one at the end of a range."""

    factor: arb
    power: arb
    rest: sp.Basic
    around_one: tuple[Holomorphic, ...]
    """These are functions of the logarithm of the distance."""


def _parted(over: _Range, origin: arb, sign: int, far: bool) -> _Parted:
    """The powers of the distance from a place apart from the rest: on a logarithmic scale these are exponentials.

    They have no branch there, so that a long stretch is integrated in a few pieces. A power counts where its base is a
    sum of powers of the distance, the leading one of which, the largest ``far`` out and else the least, is surely
    positive: (c dᵖ + …)ʳ = cʳ dᵖʳ (1 + …)ʳ wherever the left side is real.
    """
    along = Integrand(over.variable, {0: origin, 1: arb(sign)}, over.constant, over.exact)
    factor, power = arb(1), arb(0)
    rest: list[sp.Basic] = []
    around_one: list[Holomorphic] = []
    for part in _factors(over.f):
        base, exponent = (part.base, part.exp) if isinstance(part, sp.Pow) else (part, sp.Integer(1))
        inside = base.has(over.variable) and not exponent.has(over.variable) and base is not sp.E
        powers = powers_of(base, along) if inside else None
        lead = (max if far else min)(powers) if powers else 0
        if not powers or not (powers[lead] > 0) or (len(powers) > 1 and exponent.is_Integer) or powers.keys() == {0}:
            rest.append(part)
            continue
        multiple, raised = powers.pop(lead), over.constant(exponent)
        factor *= multiple**raised
        power += arb(lead) * raised
        if powers:
            others = [(acb(arb(q - lead)), acb(c / multiple)) for q, c in powers.items()]
            around_one.append(_near_one(others, acb(raised)))
    return _Parted(factor, power, sp.Mul(*rest, evaluate=False) if len(rest) != 1 else rest[0], tuple(around_one))


def _near_one(others: Sequence[tuple[acb, acb]], power: acb) -> Holomorphic:
    """(1 + ∑ c exp(q t))^power for pairs (q, c)."""

    def value(t: acb, analytic: bool) -> acb:
        return sum((c * (q * t).exp() for q, c in others), acb(1)).pow(power, analytic=analytic)

    return value


def _factors(e: sp.Basic, whole: int = 1) -> Iterator[sp.Basic]:
    """The factors of a product, through whole powers of products and of powers."""
    if isinstance(e, sp.Mul):
        for a in e.args:
            yield from _factors(a, whole)
    elif isinstance(e, sp.Pow) and isinstance(e.base, sp.Mul | sp.Pow) and e.exp.is_Integer:
        yield from _factors(e.base, whole * int(e.exp))
    elif whole == 1:
        yield e
    elif isinstance(e, sp.Pow):
        exponent = e.exp * whole if e.exp.is_Rational else sp.Mul(e.exp, whole, evaluate=False)
        yield sp.Pow(e.base, exponent, evaluate=False)
    else:
        yield sp.Pow(e, whole, evaluate=False)


def _quadrature(function: Holomorphic, low: arb, high: arb, most: int) -> arb:
    goal = arb(2) ** GOAL
    value = acb.integral(function, acb(low), acb(high), rel_tol=goal, abs_tol=goal, eval_limit=most)
    if not value.imag.contains(0):
        raise Undetermined("the integrand is not real everywhere")
    return value.real


def _usable(ball: arb) -> arb:
    """The ball, where it is tight enough to tell values apart."""
    if not ball.is_finite():
        raise Undetermined("the integral may not exist")
    if is_loose(ball):
        raise Undetermined("the integral could not be enclosed tightly")
    return ball


def is_loose(ball: arb) -> bool:
    """Whether a ball is too wide to tell values apart, relatively and absolutely."""
    return not (ball.rad() < arb(2) ** -LEAST_BITS * abs(ball) or ball.rad() < arb(2) ** (GOAL + 6))


def _cut(over: _Range, path: Powers, least: arb, falls: Callable[[sp.Basic, Integrand], Decay]) -> tuple[arb, arb]:
    """A point at or after ``least`` beyond which next to nothing of the integral lies, and a bound on what does."""
    return far_out(over.f, Integrand(over.variable, path, over.constant, over.exact), least, arb(2) ** GOAL, falls)


def far_out(
    f: sp.Basic, along: Integrand, least: arb, goal: arb, falls: Callable[[sp.Basic, Integrand], Decay] = decay
) -> tuple[arb, arb]:
    """A point at or after ``least`` beyond which less than ``goal`` lies, and a bound on that. Raises Undetermined."""
    tail = falls(f, along)
    start = tail.start.max(least)
    order = 1
    while order < FARTHEST:
        point = arb(2) ** order
        if point > start and (bound := tail.beyond(point)) < goal:
            return point, bound
        order += max(1, order // 8)
    raise Undetermined("the integrand falls off too slowly")


def _check_real(over: _Range) -> None:
    """The integrand has a real value at points in the range, so that no complex branch is taken for it."""
    low = over.low if over.low is not None else over.middle - 2
    high = over.high if over.high is not None else over.middle + 2
    a, b = _near(low), _near(high)
    for part in PROBES:
        if not over.evaluate(over.f, {over.variable: a + part * (b - a)}).is_finite():
            raise Undetermined("the integrand is not defined everywhere")


def _near(x: arb) -> fmpq:
    mantissa, exponent = x.mid().man_exp()
    return fmpq(mantissa) * fmpq(2) ** int(exponent)

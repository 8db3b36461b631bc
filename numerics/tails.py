"""How much of an integral can lie beyond a point: rigorous bounds on the tail of an integrand.

An envelope bounds |f(x)| for all x from a start on by factor · x^power · exp(p(x)), p a sum of powers. Envelopes of
the parts of f give that of f. The tail beyond T of the simplified envelope C · x^a · exp(−c x^q) is an incomplete gamma
function, or a power where nothing decays exponentially.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from typing import TypeAlias

import sympy as sp
from flint import arb, fmpq

from claims.indicators import OF_SIGN
from claims.records import Record
from numerics.undetermined import Undetermined

Exponent: TypeAlias = "int | fmpq"
"""Whole ones are plain numbers, since a fraction is slow to look up."""
Powers = Mapping[Exponent, arb]
"""A sum of powers of x: exponent and coefficient."""
MOST_POWERS = 40
SLOWNESS = 16
"""A logarithm is bounded by this many times the root of this degree."""


class Integrand(Record):
    """A function of ``variable``, which runs as ``path`` says while x grows: x or −x, or a + 1/x towards an end a."""

    variable: sp.Symbol
    path: Powers
    constant: Callable[[sp.Basic], arb]
    exact: Callable[[sp.Basic], fmpq | None]


class Envelope(Record):
    """|f(x)| ≤ factor · x^power · exp(exponent(x)) for all x ≥ start ≥ 1."""

    factor: arb
    power: arb
    exponent: Powers
    start: arb


class Decay(Record):
    """|f(x)| ≤ factor · x^power · exp(−rate · x^order) for all x ≥ start; the rate is 0 or surely positive."""

    factor: arb
    power: arb
    rate: arb
    order: Exponent
    start: arb

    def beyond(self, point: arb) -> arb:
        """A bound on the integral of |f| from ``point`` (at or after the start) to infinity."""
        if self.rate > 0:
            order = arb(self.order)
            s = (self.power + 1) / order
            return self.factor / order * self.rate ** (-s) * (self.rate * point**order).gamma_upper(s)
        if not self.power < -1:
            raise Undetermined("the integrand may not fall off fast enough")
        return self.factor * point ** (self.power + 1) / (-self.power - 1)


def decay(e: sp.Basic, of: Integrand) -> Decay:
    """How fast the integrand falls off as x grows. Raises Undetermined where that isn't known."""
    return _settled(_envelope(e, of))


def decay_near(e: sp.Basic, of: Integrand) -> Decay:
    """The same for f(a + 1/x) / x², whose integral from T on is that of f between a and a + 1/T."""
    return _settled(_times(_envelope(e, of), Envelope(arb(1), arb(-2), {}, arb(1))))


def never_falls_off(e: sp.Basic, of: Integrand) -> bool:
    """Whether |f(x)| is at least a positive multiple of 1/x far out, so that its integral to infinity has no value."""
    try:
        factor, power, _ = _least(e, of)
    except Undetermined:
        return False
    return bool(factor > 0) and bool(power >= -1)


def _envelope(e: sp.Basic, of: Integrand) -> Envelope:
    powers = powers_of(e, of)
    if powers is not None:
        return Envelope(sum(map(abs, powers.values()), arb(0)), arb(max(powers)), {}, arb(1))
    if isinstance(e, sp.Mul):
        return reduce(_times, (_envelope(a, of) for a in e.args))
    if isinstance(e, sp.Add):
        return reduce(_plus, (_settled(_envelope(a, of)) for a in e.args[1:]), _envelope(e.args[0], of))
    if isinstance(e, sp.exp) or (isinstance(e, sp.Pow) and e.base is sp.E):
        return _exponential(e.args[0] if isinstance(e, sp.exp) else e.exp, arb(1), of)
    if isinstance(e, sp.Pow):
        return _raised(e, of)
    if isinstance(e, sp.Abs):
        return _envelope(e.args[0], of)
    if isinstance(e, sp.log):
        return _logarithm(e.args[0], of)
    if isinstance(e, (sp.sin, sp.cos, sp.tanh, sp.erf, *OF_SIGN)):
        return Envelope(arb(1), arb(0), {}, arb(1))
    raise Undetermined(f"no bound on {type(e).__name__} far out is known")


def _exponential(g: sp.Basic, times: arb, of: Integrand) -> Envelope:
    powers = powers_of(g, of)
    if powers is None:
        raise Undetermined("no bound on an exponential far out is known")
    return Envelope(arb(1), arb(0), {q: c * times for q, c in powers.items()}, arb(1))


def _raised(e: sp.Pow, of: Integrand) -> Envelope:
    """A power with a constant exponent, or a constant to a power."""
    if not e.base.has(of.variable):
        return _exponential(e.exp, of.constant(e.base).log(), of)
    if e.exp.has(of.variable):
        raise Undetermined("no bound on such a power far out is known")
    r = of.constant(e.exp)
    if isinstance(e.base, sp.exp):
        return _exponential(e.base.args[0], r, of)
    if r >= 0:
        base = _envelope(e.base, of)
        exponent = {q: c * r for q, c in base.exponent.items()}
        return Envelope(base.factor**r, base.power * r, exponent, base.start)
    if not r < 0:
        raise Undetermined("the sign of an exponent is not known")
    factor, power, start = _least(e.base, of)
    return Envelope(factor**r, power * r, {}, start)


def _logarithm(inner: sp.Basic, of: Integrand) -> Envelope:
    """|log y| ≤ (|log C| + |log c| + 16 |p| + 16 |q|) · x^(1/16) where c x^q ≤ |y| ≤ C x^p: log x ≤ 16 x^(1/16)."""
    above = _envelope(inner, of)
    if above.exponent:
        raise Undetermined("no bound on a logarithm far out is known")
    factor, power, start = _least(inner, of)
    slow = arb(1) / SLOWNESS
    total = abs(above.factor.log()) + abs(factor.log()) + (abs(above.power) + abs(power)) * SLOWNESS
    return Envelope(total, slow, {}, above.start.max(start))


def _times(a: Envelope, b: Envelope) -> Envelope:
    return Envelope(a.factor * b.factor, a.power + b.power, _summed(a.exponent, b.exponent), a.start.max(b.start))


def _plus(a: Envelope, d: Decay) -> Envelope:
    """The bound on a sum: factors add, and the slower decay counts."""
    c = _settled(a)
    both = c.rate > 0 and d.rate > 0
    exponent = {min(c.order, d.order): -c.rate.min(d.rate)} if both else {}
    return Envelope(c.factor + d.factor, c.power.max(d.power), exponent, c.start.max(d.start))


def _settled(a: Envelope) -> Decay:
    """The envelope with a single decaying power: half the leading one outgrows the others."""
    growing = {q: c for q, c in a.exponent.items() if q > 0 and not c.is_zero()}
    bounded = sum((abs(c) for q, c in a.exponent.items() if q <= 0), arb(0))
    factor = a.factor * bounded.exp()
    if not growing:
        return Decay(factor, a.power, arb(0), 1, a.start)
    order = max(growing)
    lead = growing.pop(order)
    if not lead < 0:
        raise Undetermined("the integrand may grow")
    rest = {q: abs(c) for q, c in growing.items() if not c <= 0}
    if not rest:
        return Decay(factor, a.power, -lead, order, a.start)
    return Decay(factor, a.power, -lead / 2, order, a.start.max(_overtakes(-lead / 2, order, rest)))


def _overtakes(lead: arb, order: Exponent, rest: Powers) -> arb:
    """From where on lead · x^order outweighs the sum of the rest."""
    starts = [(len(rest) * c.upper() / lead) ** (1 / arb(order - q)) for q, c in rest.items()]
    return reduce(lambda a, b: a.max(b), starts, arb(1))


def _least(e: sp.Basic, of: Integrand) -> tuple[arb, arb, arb]:
    """(c, q, start) such that |e| ≥ c · x^q for x ≥ start, with c > 0."""
    powers = powers_of(e, of)
    if powers is not None:
        order = max(powers)
        lead = abs(powers[order])
        if not lead > 0:
            raise Undetermined("a denominator may vanish far out")
        rest = {q: abs(c) for q, c in powers.items() if q != order}
        if not rest:
            return lead, arb(order), arb(1)
        return lead / 2, arb(order), _overtakes(lead / 2, order, rest)
    if isinstance(e, sp.Mul):
        parts = [_least(a, of) for a in e.args]
        starts = reduce(lambda a, b: a.max(b), (s for _, _, s in parts))
        return reduce(lambda a, b: a * b, (c for c, _, _ in parts)), sum((q for _, q, _ in parts), arb(0)), starts
    if isinstance(e, sp.Pow) and not e.exp.has(of.variable) and (r := of.constant(e.exp)) >= 0:
        factor, power, start = _least(e.base, of)
        return factor**r, power * r, start
    if isinstance(e, sp.Pow) and not e.exp.has(of.variable) and (r := of.constant(e.exp)) < 0:
        above = _settled(_envelope(e.base, of))
        if above.factor > 0:
            return above.factor**r, above.power * r, above.start
    if isinstance(e, sp.Add):
        return _least_of_sum(e, of)
    if isinstance(e, sp.exp):
        return _least_of_exponential(e.args[0], of)
    raise Undetermined("no lower bound on a denominator far out is known")


def _least_of_exponential(g: sp.Basic, of: Integrand) -> tuple[arb, arb, arb]:
    """exp of a sum of powers that is a constant, or grows: e^{c x − d} ≥ 1 where c x ≥ 2 d."""
    powers = powers_of(g, of)
    if powers is None:
        raise Undetermined("no lower bound on an exponential far out is known")
    moving = {q: c for q, c in powers.items() if q > 0 and not (c.is_exact() and c == 0)}
    rest = {q: abs(c) for q, c in powers.items() if q not in moving}
    if not moving:
        return sum((-c for c in rest.values()), arb(0)).exp(), arb(0), arb(1)
    order = max(moving)
    lead = moving.pop(order)
    if not lead > 0:
        raise Undetermined("an exponential that falls off")
    others = {**{q: abs(c) for q, c in moving.items()}, **rest}
    return arb(1), arb(0), _overtakes(lead / 2, order, others) if others else arb(1)


def _least_of_sum(e: sp.Add, of: Integrand) -> tuple[arb, arb, arb]:
    """A sum of powers with a positive leading one, and exponentials with positive factors, which only add."""
    plain = [a for a in e.args if powers_of(a, of) is not None]
    if not plain or not all(_surely_positive(a, of) for a in e.args if a not in plain):
        raise Undetermined("no lower bound on a sum far out is known")
    total = sp.Add(*plain, evaluate=False) if len(plain) > 1 else plain[0]
    powers = powers_of(total, of)
    if powers is None or not powers[max(powers)] > 0:
        raise Undetermined("no lower bound on a sum far out is known")
    return _least(total, of)


def _surely_positive(e: sp.Basic, of: Integrand) -> bool:
    if not e.has(of.variable):
        return bool(of.constant(e) > 0)
    if isinstance(e, sp.Mul):
        return all(_surely_positive(a, of) for a in e.args)
    return isinstance(e, sp.exp) or (isinstance(e, sp.Pow) and e.base is sp.E)


def powers_of(e: sp.Basic, of: Integrand) -> dict[Exponent, arb] | None:
    """The expression as a sum of powers of x; None where it isn't one."""
    if not e.has(of.variable):
        return {0: of.constant(e)}
    if e == of.variable:
        return _kept(dict(of.path))
    if not isinstance(e, sp.Add | sp.Mul | sp.Pow):
        return None
    if isinstance(e, sp.Pow):
        return _powers_of_power(e, of)
    parts: list[dict[Exponent, arb]] = []
    for a in e.args:
        part = powers_of(a, of)
        if part is None:
            return None
        parts.append(part)
    return reduce(_summed if isinstance(e, sp.Add) else _multiplied, parts)


def _powers_of_power(e: sp.Pow, of: Integrand) -> dict[Exponent, arb] | None:
    if e.exp.has(of.variable):
        return None
    base, r = powers_of(e.base, of), of.exact(e.exp)
    if base is None or r is None:
        return None
    whole = int(r.p) if r.q == 1 else None
    if len(base) == 1:
        ((q, c),) = base.items()
        if whole is not None:
            return {q * whole: c**whole}
        return {q * r: c ** arb(r)} if c > 0 else None
    if whole is None or not 0 < whole <= 8:
        return None
    return reduce(_multiplied, [base] * whole)


def _summed(a: Powers, b: Powers) -> dict[Exponent, arb]:
    out = dict(a)
    for q, c in b.items():
        before = out.get(q)
        out[q] = c if before is None else before + c
    return _kept(out)


def _kept(powers: dict[Exponent, arb]) -> dict[Exponent, arb]:
    """The powers without those that cancel exactly."""
    if powers and not any(c.is_zero() for c in powers.values()):
        return powers
    return {q: c for q, c in powers.items() if not c.is_zero()} or {0: arb(0)}


def _multiplied(a: Powers, b: Powers) -> dict[Exponent, arb]:
    out: dict[Exponent, arb] = {}
    for q, c in a.items():
        for r, d in b.items():
            power = q + r
            before = out.get(power)
            out[power] = c * d if before is None else before + c * d
    if len(out) > MOST_POWERS:
        raise Undetermined("too many powers to bound")
    return _kept(out)

"""Rigorous numbers: a SymPy expression without free symbols, enclosed in a ball that surely holds its value.

Every operation rounds outwards, so a ball that misses a number is a proof that the value differs from it. Nothing here
ever decides from a float.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from functools import lru_cache, reduce
from math import prod
from operator import add, mul

import sympy as sp
from flint import acb, arb, ctx, fmpq, fmpz

from claims.indicators import OF_SIGN, IsNonNegative, IsPositive, IsZero
from claims.printed import Printed
from numerics.free_names import free_names
from numerics.integrals import enclose_integral, is_loose
from numerics.undetermined import Undetermined

__all__ = [
    "PRECISIONS", "Decimals", "Point", "Undetermined", "enclose", "free_of_decimals", "power", "rational", "rules",
]  # fmt: skip
PRECISIONS = (128, 512, 2048)
"""Bits, tried in turn until a comparison is settled; the second confirms what the first refuted."""
MOST_BITS = 40_000
"""Exact rationals longer than this are left to balls."""
MOST_REPEATED = 24
"""Powers up to this one are multiplied out where the base may be zero."""
MOST_ARGUMENT = 10**7
"""Factorials and gamma functions beyond this argument are not attempted."""
MOST_LISTED = 2000
"""The largest number whose double factorial is multiplied out."""


class Decimals(Enum):
    """How printed decimals are meant: as exact data; as anything that rounds to them, where they are long enough to be
    results; or as anything that rounds to them, however short.
    """

    EXACT = "exact"
    ROUNDED = "rounded"
    RESULTS = "results"


Point = Mapping[sp.Symbol, fmpq]
"""Exact values for the free symbols of an expression."""


Met = dict[sp.Basic, arb]
"""The balls of parts that have been enclosed at a point, at one precision."""


def enclose(
    expression: sp.Basic,
    bits: int = PRECISIONS[0],
    decimals: Decimals = Decimals.EXACT,
    at: Point | None = None,
    met: Met | None = None,
) -> arb:
    """A ball that holds the value of a real expression, its free symbols as given by ``at``. Raises Undetermined.

    ``met`` holds what was enclosed before with the same bits, decimals and point, and takes in what is now: sides of a
    relation share parts.
    """
    before = ctx.prec
    ctx.prec = bits
    try:
        ball = _Enclosing(decimals, {} if at is None else at, {} if met is None else met).ball(expression)
    except (ZeroDivisionError, ValueError, OverflowError) as fault:
        raise Undetermined(f"{expression} has no value: {fault}") from None
    finally:
        ctx.prec = before
    if not ball.is_finite():
        raise Undetermined("the value is undefined or not finite")
    if is_loose(ball) and expression.has(sp.Integral):
        raise Undetermined("the value could not be enclosed tightly")
    return ball


def rational(expression: sp.Basic, at: Point | None = None) -> fmpq | None:
    """The exact value of an expression made of rationals and + − · / and whole powers; None for any other."""
    try:
        return _rational(expression, {} if at is None else at)
    except ZeroDivisionError:
        raise Undetermined("a division by zero") from None


def free_of_decimals(expression: sp.Basic) -> bool:
    """Whether no printed decimal occurs."""
    return not expression.has(Printed)


def _rational(e: sp.Basic, at: Point) -> fmpq | None:
    if isinstance(e, sp.Symbol):
        return at.get(e)
    if isinstance(e, sp.Rational):
        return fmpq(int(e.p), int(e.q))
    if isinstance(e, Printed):
        return fmpq(int(e.value.p), int(e.value.q))
    if isinstance(e, sp.Add | sp.Mul):
        parts = [_rational(a, at) for a in e.args]
        if any(p is None for p in parts):
            return None
        total: fmpq = reduce(add if isinstance(e, sp.Add) else mul, parts)
        return total if _bits(total) <= MOST_BITS else None
    if isinstance(e, sp.Pow):
        base, exponent = _rational(e.base, at), _rational(e.exp, at)
        if base is None or exponent is None or exponent.q != 1:
            return None
        if base == 0 and exponent.p < 0:
            raise ZeroDivisionError
        if abs(int(exponent.p)) * max(_bits(base), 1) > MOST_BITS:
            return None
        return base ** int(exponent.p)
    if isinstance(e, sp.Abs):
        inner = _rational(e.args[0], at)
        return None if inner is None else abs(inner)
    if isinstance(e, sp.Max | sp.Min):
        found = [q for a in e.args if (q := _rational(a, at)) is not None]
        return None if len(found) < len(e.args) else (max if isinstance(e, sp.Max) else min)(found)
    if isinstance(e, OF_SIGN):
        inner = _rational(e.args[0], at)
        return None if inner is None else fmpq(inner == 0 if isinstance(e, IsZero) else _is_above(e, inner))
    return None


def _is_above(e: sp.Basic, inner: fmpq) -> bool:
    return inner > 0 or (inner == 0 and isinstance(e, IsNonNegative))


def _bits(q: fmpq) -> int:
    return max(int(q.p).bit_length(), int(q.q).bit_length())


class _Enclosing:
    """Encloses expressions at one point and one precision, each part of them once."""

    def __init__(self, decimals: Decimals, at: Point, met: Met) -> None:
        self.decimals = decimals
        self.at = at
        self.met = met

    def ball(self, e: sp.Basic) -> arb:
        """The ball of an expression. Sums and products are gone through at once: there are more of them than of all
        else."""
        found = self.met.get(e)
        if found is None:
            kind = e.__class__
            if kind is sp.Mul:
                first, *others = e.args
                found = self.ball(first)
                for other in others:
                    found = found * self.ball(other)
            elif kind is sp.Add:
                first, *others = e.args
                found = self.ball(first)
                for other in others:
                    found = found + self.ball(other)
            else:
                found = self.fresh(e)
            self.met[e] = found
        return found

    def fresh(self, e: sp.Basic) -> arb:
        kind = e.__class__
        if kind is sp.Pow:
            return self.power(e)
        if kind in OF_SIGN and (exact := None if e.has(Printed) else _rational(e, self.at)) is not None:
            return arb(exact)  # x − x is zero, which a ball of it doesn't show
        rule = _RULES.get(kind)
        if rule is not None:
            return rule(*map(self.ball, e.args))
        if isinstance(e, sp.Symbol):
            if e not in self.at:
                raise Undetermined(f"{e} has no value")
            return arb(self.at[e])
        if isinstance(e, sp.Rational):
            return arb(int(e.p)) if e.q == 1 else arb(fmpq(int(e.p), int(e.q)))
        if isinstance(e, Printed):
            return self.printed(e)
        if kind in _CONSTANTS:
            return _CONSTANTS[kind]()
        if isinstance(e, sp.Max | sp.Min):
            balls = [self.ball(a) for a in e.args]
            return reduce(lambda a, b: a.max(b) if isinstance(e, sp.Max) else a.min(b), balls)
        if isinstance(e, sp.Integral):
            return _integral(e, self.decimals, self.at)
        if isinstance(e, sp.Sum):
            return _sum(e, self.at)
        raise Undetermined(f"{kind.__name__} is not evaluated")

    def printed(self, e: Printed) -> arb:
        centre = arb(fmpq(int(e.value.p), int(e.value.q)))
        if self.decimals is Decimals.EXACT:
            return centre
        if self.decimals is Decimals.ROUNDED and not e.is_long and not e.about:
            return centre
        return centre + arb(0, arb(fmpq(int(e.half.p), int(e.half.q))))

    def power(self, e: sp.Pow) -> arb:
        base, exponent = e.args
        if base is sp.E:
            return self.ball(exponent).exp()
        return power(self.ball(base), exponent, lambda: self.ball(exponent))


_CONSTANTS: Mapping[type, Callable[[], arb]] = {
    type(sp.pi): arb.pi,
    type(sp.E): lambda: arb(1).exp(),
    type(sp.EulerGamma): arb.const_euler,
}


@lru_cache(maxsize=2_000)
def _names_in(e: sp.Integral | sp.Sum) -> tuple[sp.Basic, ...]:
    """The free names of an integral or a sum, in a fixed order; it is asked for its value at many points."""
    return tuple(sorted(free_names(e), key=str))


Here = tuple[tuple[sp.Symbol, int, int], ...]
"""A point as what is quick to look up: the hash of a fraction takes longer than its numerator and denominator."""


def _here(e: sp.Integral | sp.Sum, at: Point) -> Here:
    """The point as far as the names of an expression go."""
    values = ((s, at[s]) for s in _names_in(e) if s in at)
    return tuple((s, int(v.p), int(v.q)) for s, v in values)


def _point(here: Here) -> Point:
    return {s: fmpq(p, q) for s, p, q in here}


def _integral(e: sp.Integral, decimals: Decimals, at: Point) -> arb:
    """The integral over its own variable, which hides one of the same name outside."""
    ball = _remembered_integral(e, decimals, _here(e, at))
    if isinstance(ball, Undetermined):
        raise ball
    return ball


@lru_cache(maxsize=2_000)
def _remembered_integral(e: sp.Integral, decimals: Decimals, here: Here) -> arb | Undetermined:
    """The integral at a point, or why it has no value there; the precision of the quadrature is its own."""
    at = _point(here)
    constants = _Enclosing(decimals, at, {})

    def evaluate(part: sp.Basic, more: Point) -> arb:
        return _Enclosing(decimals, {**at, **more}, {}).ball(part) if more else constants.ball(part)

    try:
        return enclose_integral(e, evaluate, lambda part: _rational(part, at))
    except Undetermined as why:
        return why


def _sum(e: sp.Sum, at: Point) -> arb:
    """The sum over its own index, which hides a symbol of the same name outside."""
    ball = _remembered_sum(e, _here(e, at), ctx.prec)
    if isinstance(ball, Undetermined):
        raise ball
    return ball


@lru_cache(maxsize=2_000)
def _remembered_sum(e: sp.Sum, here: Here, bits: int) -> arb | Undetermined:
    from numerics.masses import enclose_sum  # it encloses its terms with what is defined here

    try:
        return enclose_sum(e, _point(here))
    except Undetermined as why:
        return why


def power(base: arb, exponent: sp.Expr, exponent_ball: Callable[[], arb]) -> arb:
    """A ball to a power: exactly by the kind of its exponent, else by the ball that the exponent is asked for."""
    if isinstance(exponent, sp.Rational):
        if exponent == sp.Rational(1, 2):
            return base.sqrt()
        if exponent.q == 1:
            return _whole_power(base, int(exponent.p))
        if exponent.q % 2 == 1 and base < 0:
            root = (-base) ** arb(fmpq(int(exponent.p), int(exponent.q)))
            return -root if exponent.p % 2 else root
    return base ** exponent_ball()


def _whole_power(base: arb, n: int) -> arb:
    if n < 0 and base.contains(0):
        raise Undetermined("a division by zero")
    if base.contains(0) and 0 < n <= MOST_REPEATED:  # a power of a ball around zero is not finite in arb
        return reduce(mul, [base] * n)
    return base ** fmpz(n)


def _gamma(x: arb) -> arb:
    if not abs(x) < MOST_ARGUMENT:
        raise Undetermined("an argument too large for a factorial")
    return x.gamma()


def _double_factorial(x: arb) -> arb:
    """n (n − 2) (n − 4) … down to 1 or 2; of −1 and of 0 it is 1."""
    n = x.unique_fmpz()
    if n is None or not -1 <= n <= MOST_LISTED:
        raise Undetermined("the double factorial of something other than a whole number from −1 on")
    return arb(prod(range(int(n), 0, -2)))


def _log(x: arb) -> arb:
    if x <= 0:
        raise Undetermined("the logarithm of a number that is not positive")
    return x.log()


def _polygamma(n: arb, x: arb) -> arb:
    return acb(x).polygamma(acb(n)).real


def _incomplete_beta(a: arb, b: arb, low: arb, high: arb, regularised: bool = False) -> arb:
    """The incomplete beta function between two points of [0, 1]."""
    if not (min(low, high) >= 0 and max(low, high) <= 1 and a > 0 and b > 0):
        raise Undetermined("an incomplete beta function outside of its domain")
    return high.beta_lower(a, b, regularised) - low.beta_lower(a, b, regularised)


def _lower_gamma(s: arb, x: arb) -> arb:
    if not (s > 0 and x >= 0):
        raise Undetermined("an incomplete gamma function outside of its domain")
    return x.gamma_lower(s)


def _upper_gamma(s: arb, x: arb) -> arb:
    if not (s > 0 and x >= 0):
        raise Undetermined("an incomplete gamma function outside of its domain")
    return x.gamma_upper(s)


def _sign(x: arb) -> arb:
    if x > 0 or x < 0:
        return arb(1 if x > 0 else -1)
    raise Undetermined("the sign of a number that may be zero")


def _step(at_zero: int | None) -> Callable[..., arb]:
    """1 for what is surely positive, 0 for what is surely negative, and what is given for what is surely zero."""

    def step(x: arb, *_: arb) -> arb:
        if x > 0 or x < 0:
            return arb(1 if x > 0 else 0)
        if at_zero is None or not x.is_exact():
            raise Undetermined("the sign of a number that may be zero")
        return arb(at_zero)

    return step


def _is_zero(x: arb) -> arb:
    if x.contains(0) and not x.is_exact():
        raise Undetermined("whether a number is zero that may be")
    return arb(0 if not x.contains(0) else 1)


def _slope_of_a_step(x: arb) -> arb:
    """0 wherever a step has a slope."""
    if x > 0 or x < 0:
        return arb(0)
    raise Undetermined("a slope at an edge")


_RULES: dict[type, Callable[..., arb]] = {
    sp.log: _log,
    sp.exp: lambda x: x.exp(),
    sp.sin: lambda x: x.sin(),
    sp.cos: lambda x: x.cos(),
    sp.tan: lambda x: x.tan(),
    sp.sinh: lambda x: x.sinh(),
    sp.cosh: lambda x: x.cosh(),
    sp.tanh: lambda x: x.tanh(),
    sp.asin: lambda x: x.asin(),
    sp.acos: lambda x: x.acos(),
    sp.atan: lambda x: x.atan(),
    sp.Abs: abs,
    sp.gamma: _gamma,
    sp.loggamma: lambda x: x.lgamma(),
    sp.digamma: lambda x: x.digamma(),
    sp.factorial: lambda x: _gamma(x + 1),
    sp.factorial2: _double_factorial,
    sp.binomial: lambda n, k: _gamma(n + 1) / (_gamma(k + 1) * _gamma(n - k + 1)),
    sp.beta: lambda a, b: _gamma(a) * _gamma(b) / _gamma(a + b),
    sp.betainc: _incomplete_beta,
    sp.betainc_regularized: lambda a, b, low, high: _incomplete_beta(a, b, low, high, True),
    sp.lowergamma: _lower_gamma,
    sp.uppergamma: _upper_gamma,
    sp.polygamma: _polygamma,
    sp.sign: _sign,
    sp.Heaviside: _step(None),
    sp.DiracDelta: _slope_of_a_step,
    IsPositive: _step(0),
    IsNonNegative: _step(1),
    IsZero: _is_zero,
    sp.erf: lambda x: x.erf(),
    sp.erfc: lambda x: x.erfc(),
    sp.erfinv: lambda x: x.erfinv(),
    sp.floor: lambda x: x.floor(),
    sp.ceiling: lambda x: x.ceil(),
}


def rules() -> Mapping[type, Callable[..., arb]]:
    """How each function is enclosed: balls of its arguments to a ball of its value."""
    return _RULES

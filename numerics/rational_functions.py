"""Identities of rational functions, proved: both sides as a quotient of polynomials over the rationals.

What is no rational operation (a logarithm, a root, an integral) becomes a generator of its own. Two such parts are the
same generator where their arguments are the same rational functions, so a proof holds whatever the generators stand
for; an identity that needs a law of logarithms or of powers is left unproved. Where the polynomials grow too long, both
sides are evaluated modulo large primes instead: by the Schwartz-Zippel lemma a false identity survives a random point
with probability at most degree / prime.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

import sympy as sp
from flint import Ordering, fmpq, fmpq_mpoly, fmpq_mpoly_ctx

from claims.evidence import Agreement, Proof
from claims.printed import Printed
from claims.records import Record

MOST_GENERATORS = 24
MOST_TERMS = 3_000
"""Terms of a polynomial beyond which primes are asked instead."""
MOST_POWER = 16
PRIMES = (2**61 - 1, 2**89 - 1, 2**107 - 1)
ROUNDS = 3
"""Random points modulo each prime."""
MOST_DEGREE = 10_000


class NotRational(Exception):
    """An expression without the form that was asked for; says why."""


class Quotient(Record):
    """A rational function of the generators."""

    top: fmpq_mpoly
    bottom: fmpq_mpoly


@dataclass(slots=True)
class Generators:
    """The names and the parts that are no rational operation, numbered in the order in which they were met."""

    numbers: dict[object, int] = field(default_factory=dict)
    context: fmpq_mpoly_ctx = field(
        default_factory=lambda: fmpq_mpoly_ctx.get(tuple(f"x{i}" for i in range(MOST_GENERATORS)), Ordering.lex)
    )

    def of(self, key: object) -> fmpq_mpoly:
        number = self.numbers.setdefault(key, len(self.numbers))
        if number >= MOST_GENERATORS:
            raise NotRational("too many parts")
        return self.context.gens()[number]

    def constant(self, value: fmpq) -> fmpq_mpoly:
        return self.context.constant(value)


def proved_equal(left: sp.Basic, right: sp.Basic) -> Proof | Agreement | None:
    """A proof that two expressions are equal wherever both are defined, or Schwartz-Zippel evidence; None for neither.

    None says nothing: the expressions may be equal all the same.
    """
    generators = Generators()
    try:
        a, b = quotient(left, generators), quotient(right, generators)
        if a.top * b.bottom != b.top * a.bottom:
            return None
    except NotRational:
        return agree_modulo_primes(left, right)
    terms = max(len(a.top) + len(a.bottom), len(b.top) + len(b.bottom))
    return Proof("canonical form", (f"both sides are the same quotient of polynomials, of {terms} terms",))


def quotient(e: sp.Basic, generators: Generators) -> Quotient:
    """An expression as a quotient of polynomials in its generators. Raises NotRational where that grows too long."""
    one = generators.constant(fmpq(1))
    match e:
        case sp.Rational():
            return Quotient(generators.constant(fmpq(int(e.p), int(e.q))), one)
        case Printed():
            return Quotient(generators.constant(fmpq(int(e.value.p), int(e.value.q))), one)
        case sp.Symbol():
            return Quotient(generators.of(e), one)
        case sp.Add():
            total = quotient(e.args[0], generators)
            for part in e.args[1:]:
                q = quotient(part, generators)
                same = q.bottom == total.bottom
                top = total.top + q.top if same else total.top * q.bottom + q.top * total.bottom
                total = _checked(top, total.bottom if same else total.bottom * q.bottom)
            return total
        case sp.Mul():
            total = Quotient(one, one)
            for part in e.args:
                q = quotient(part, generators)
                total = _checked(total.top * q.top, total.bottom * q.bottom)
            return total
        case sp.Pow():
            return _power(e, generators)
        case _:
            return Quotient(generators.of(_part(e, generators)), one)


def _power(e: sp.Pow, generators: Generators) -> Quotient:
    """A whole power of a quotient; a root is a generator, of which p/q is the power p."""
    exponent = _rational(e.exp)
    if exponent is None:
        return Quotient(generators.of(_part(e, generators)), generators.constant(fmpq(1)))
    power = int(exponent.p)
    if abs(power) > MOST_POWER:
        raise NotRational("a high power")
    if exponent.q == 1:
        base = quotient(e.base, generators)
    else:
        root = ("root", int(exponent.q), _key(quotient(e.base, generators)))
        base = Quotient(generators.of(root), generators.constant(fmpq(1)))
    if power < 0 and not base.top:
        raise NotRational("a division by zero")
    top, bottom = (base.top, base.bottom) if power >= 0 else (base.bottom, base.top)
    if len(top) > 1 and len(top) ** abs(power) > 50 * MOST_TERMS:
        raise NotRational("a long power")
    return _checked(top ** abs(power), bottom ** abs(power))


def _rational(e: sp.Basic) -> fmpq | None:
    """The value of an exponent that is a number: 2, −1/2, also as a product that was left as written."""
    try:
        found = quotient(e, Generators())
    except NotRational:
        return None
    if not found.top.is_constant() or not found.bottom.is_constant() or not found.bottom:
        return None
    value: fmpq = (found.top.to_dict() or {None: fmpq(0)}).popitem()[1] / found.bottom.to_dict().popitem()[1]
    return value


def _part(e: sp.Basic, generators: Generators) -> object:
    """What makes two parts that are no rational operation the same."""
    if not e.args or isinstance(e, sp.Integral | sp.Sum | sp.Product | sp.Derivative | sp.Limit):
        return e
    return (e.func.__name__, tuple(_key(quotient(a, generators)) for a in e.args))


def _key(q: Quotient) -> tuple[str, str]:
    common = q.top.gcd(q.bottom)
    top, bottom = (q.top / common, q.bottom / common) if common else (q.top, q.bottom)
    scale = bottom.leading_coefficient() if bottom else fmpq(1)
    return str(top / scale), str(bottom / scale)


def _checked(top: fmpq_mpoly, bottom: fmpq_mpoly) -> Quotient:
    if len(top) > MOST_TERMS or len(bottom) > MOST_TERMS:
        raise NotRational("too many terms")
    return Quotient(top, bottom)


def agree_modulo_primes(left: sp.Basic, right: sp.Basic) -> Agreement | None:
    """Schwartz-Zippel evidence for an identity of rational functions of symbols alone; None for others, and for unequal
    sides.
    """
    symbols = sorted(left.free_symbols | right.free_symbols, key=str)
    random = Random("schwartz-zippel")
    try:
        degree = max(_degree(left), _degree(right))
        for prime in PRIMES:
            for _ in range(ROUNDS):
                at = {s: random.randrange(1, prime) for s in symbols}
                if _modulo(left, prime, at) != _modulo(right, prime, at):
                    return None
    except (NotRational, ValueError):
        return None
    points = len(PRIMES) * ROUNDS
    bound = ROUNDS * sum(p.bit_length() - 1 - (2 * degree).bit_length() for p in PRIMES)
    detail = f"equal at {points} points modulo primes; a false identity would pass with probability below 2^-{bound}"
    return Agreement("Schwartz-Zippel", points, 0, detail)


def _degree(e: sp.Basic) -> int:
    """A bound on the degrees of the top and the bottom of a rational function. Raises NotRational."""
    if isinstance(e, sp.Rational | Printed):
        return 0
    if isinstance(e, sp.Symbol):
        return 1
    if isinstance(e, sp.Add | sp.Mul):
        total = sum(_degree(a) for a in e.args)
    elif isinstance(e, sp.Pow) and (power := _rational(e.exp)) is not None and power.q == 1:
        total = abs(int(power.p)) * _degree(e.base)
    else:
        raise NotRational("no rational function of symbols")
    if total > MOST_DEGREE:
        raise NotRational("a high degree")
    return total


def _modulo(e: sp.Basic, prime: int, at: dict[sp.Symbol, int]) -> int:
    """The value modulo a prime. Raises ValueError where a denominator vanishes there."""
    match e:
        case sp.Rational():
            return int(e.p) * pow(int(e.q), -1, prime) % prime
        case Printed():
            return int(e.value.p) * pow(int(e.value.q), -1, prime) % prime
        case sp.Symbol():
            return at[e]
        case sp.Add():
            return sum(_modulo(a, prime, at) for a in e.args) % prime
        case sp.Mul():
            product = 1
            for a in e.args:
                product = product * _modulo(a, prime, at) % prime
            return product
        case sp.Pow():
            power = _rational(e.exp)
            assert power is not None
            return pow(_modulo(e.base, prime, at), int(power.p), prime)
        case _:
            raise NotRational("no rational function of symbols")

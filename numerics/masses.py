"""Sums over whole numbers, enclosed: all terms of a finite sum; of an infinite one those up to where the rest is
bounded, for terms of a kind whose ratio settles.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sympy as sp
from flint import arb, fmpq

from numerics.balls import enclose, rational
from numerics.rational_series import quotient_of, sum_of_quotients
from numerics.tails import Integrand, never_falls_off
from numerics.undetermined import Undetermined

FEWEST, MOST = 40, 640
"""Terms that are summed before the rest is bounded."""
GOAL = arb(2) ** -40
MOST_TERMS = 5_000
"""Terms of a finite sum."""
_TERMS = (sp.factorial, sp.gamma, sp.binomial, sp.beta)
_SLOW = (sp.log, sp.loggamma, sp.digamma)


def enclose_sum(e: sp.Sum, at: Mapping[sp.Symbol, fmpq]) -> arb:
    """The sum over its own index, which hides a symbol of the same name. Raises Undetermined."""
    if len(e.limits) != 1 or len(e.limits[0]) != 3:
        raise Undetermined("only sums over one index between limits are evaluated")
    index, low, high = e.limits[0]
    first = _whole(low, at)
    if high is sp.oo:
        return infinite_sum(e.function, index, first, at)
    last = _whole(high, at)
    if last - first >= MOST_TERMS:
        raise Undetermined("a sum of too many terms")
    return finite_sum(e.function, index, first, last, at)


def is_infinite(e: sp.Integral, at: Mapping[sp.Symbol, fmpq]) -> bool:
    """Whether an integral over one variable surely grows without bound towards an infinite end of its range."""
    if len(e.limits) != 1:
        return False
    ((variable, low, high),) = e.limits

    def constant(part: sp.Basic) -> arb:
        return enclose(part, at=at)

    paths = [fmpq(sign) for end, sign in ((high, 1), (low, -1)) if end in (sp.oo, -sp.oo)]
    return any(
        never_falls_off(e.function, Integrand(variable, {1: arb(p)}, constant, lambda part: rational(part, at)))
        for p in paths
    )


def _whole(e: sp.Basic, at: Mapping[sp.Symbol, fmpq]) -> int:
    if isinstance(e, sp.Integer):
        return int(e)
    found = enclose(e, at=at).unique_fmpz()
    if found is None:
        raise Undetermined("the limits of a sum are not whole numbers")
    return int(found)


def finite_sum(term: sp.Basic, index: sp.Symbol, low: int, high: int, at: Mapping[sp.Symbol, fmpq]) -> arb:
    """The sum of a term over an index from ``low`` to ``high``. Raises Undetermined."""
    return sum((enclose(term, at={**at, index: fmpq(i)}) for i in range(low, high + 1)), arb(0))


def infinite_sum(term: sp.Basic, index: sp.Symbol, low: int, at: Mapping[sp.Symbol, fmpq]) -> arb:
    """The sum of a term over all whole numbers from ``low``; of a quotient of polynomials by its expansion far out.

    For terms made of powers, factorials and binomials the ratio of neighbours is a rational function of the index, and
    factors that grow as slowly as a polynomial or a logarithm only bring it nearer to its limit: it is taken to have
    settled where it is below 9/10 and does not grow from one stretch to the next, three times, or grows by less and
    less: as 1 − 1/k does, whose steps halve from k to 2k to 4k.
    """
    quotient = quotient_of(term, index, at, lambda part: enclose(part, at=at))
    if quotient is not None:
        return sum_of_quotients(quotient, low)
    if not _hypergeometric(term, index):
        raise Undetermined("the sum of such terms is not bounded")
    total, done = arb(0), low
    for count in (FEWEST, 160, MOST):
        total += finite_sum(term, index, done, low + count - 1, at)
        done = low + count
        last = abs(enclose(term, at={**at, index: fmpq(done)}))
        ratios = [_ratio(term, index, done * k, at) for k in (1, 2, 4)]
        worst = _limit(ratios)
        if worst is not None and worst < arb(9) / 10 and (rest := last / (1 - worst)) < GOAL:
            return total + arb(0, rest.upper())
    raise Undetermined("the terms of the sum fall off too slowly")


def _limit(ratios: Sequence[arb]) -> arb | None:
    """What the ratios of neighbours stay below from here on, as far as three of them tell."""
    first, second, third = ratios
    if first * arb("1.001") >= third:
        return max(ratios, key=float)
    shrinks = third - second < (second - first) * arb("0.75")
    return third + 3 * (third - second) if shrinks else None


def _ratio(term: sp.Basic, index: sp.Symbol, i: int, at: Mapping[sp.Symbol, fmpq]) -> arb:
    here = enclose(term, at={**at, index: fmpq(i)})
    if here.contains(0):
        raise Undetermined("the terms of the sum vanish")
    return abs(enclose(term, at={**at, index: fmpq(i + 1)}) / here)


def _hypergeometric(e: sp.Basic, index: sp.Symbol) -> bool:
    if not e.has(index) or _linear(e, index):
        return True
    if isinstance(e, sp.Mul | sp.Add):
        return all(_hypergeometric(a, index) for a in e.args)
    if isinstance(e, _SLOW):
        return _hypergeometric(e.args[0], index)
    if isinstance(e, sp.exp):
        return _linear(e.args[0], index)
    if isinstance(e, sp.Pow):
        return _hypergeometric(e.base, index) if not e.exp.has(index) else _power_of_index(e, index)
    return isinstance(e, _TERMS) and all(_linear(a, index) for a in e.args)


def _power_of_index(e: sp.Pow, index: sp.Symbol) -> bool:
    return not e.base.has(index) and _linear(e.exp, index)


def _linear(e: sp.Basic, index: sp.Symbol) -> bool:
    if e == index or not e.has(index):
        return True
    if isinstance(e, sp.Add):
        return all(_linear(a, index) for a in e.args)
    return isinstance(e, sp.Mul) and sum(a.has(index) for a in e.args) == 1 and all(_linear(a, index) for a in e.args)

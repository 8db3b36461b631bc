"""Finite sums in another order: Σ_i f(i) Σ_j g(i, j) = Σ_j Σ_i f(i) g(i, j) where neither range depends on the other.

Terms of sums over the same ranges are one sum over them all, in which indices of one range may change places, so what
is summed may be averaged over their orders: the whole is zero where that vanishes. A product of two sums is a sum over
both. Nothing is said of a range that depends on another index, or of one that may have less than no terms.
"""

from __future__ import annotations

from itertools import permutations

import sympy as sp

from derivations.canonical import vanishes
from derivations.sums import has_terms

MOST_INDICES = 4
"""Indices whose orders are gone through."""

Ranges = tuple[tuple[sp.Symbol, sp.Expr, sp.Expr], ...]


def sums_out(expr: sp.Expr) -> bool:
    """Whether a canonical expression is zero as a sum of what vanishes when indices of one range change places."""
    found = [_flat(term) for term in sp.Add.make_args(sp.expand(expr))]
    flat = [term for term in found if term is not None]
    if len(flat) < len(found) or len(flat) < 2 or not 2 <= len(flat[0][1]) <= MOST_INDICES:
        return False
    ends = flat[0][1][0][1:]
    if any(limit[1:] != ends for _, ranges in flat for limit in ranges):
        return False
    if len({len(ranges) for _, ranges in flat}) != 1:
        return False
    flags = flat[0][1][0][0].assumptions0
    places = tuple(sp.Dummy("i", **flags) for _ in flat[0][1])
    return vanishes(sp.Add(*(_over_orders(f, ranges, places) for f, ranges in flat)))


def _flat(term: sp.Expr) -> tuple[sp.Expr, Ranges] | None:
    """A term as one sum: what is summed, with indices of its own, and their ranges; None where it isn't one."""
    factors = sp.Mul.make_args(term)
    whole: sp.Expr = sp.Mul(*(f for f in factors if not f.has(sp.Sum)))
    ranges: Ranges = ()
    for factor in (f for f in factors if f.has(sp.Sum)):
        base, power = factor.as_base_exp()
        if not isinstance(base, sp.Sum) or not (power.is_Integer and 0 < power <= MOST_INDICES):
            return None
        for _ in range(int(power)):
            opened = _opened(base)
            if opened is None:
                return None
            whole, ranges = whole * opened[0], (*ranges, *opened[1])
    return whole, ranges


def _opened(total: sp.Sum) -> tuple[sp.Expr, Ranges] | None:
    """A sum, and the sums in it, as one."""
    *within, limit = total.limits
    if not has_terms(limit):
        return None
    i, low, high = limit
    own = sp.Dummy("i", **i.assumptions0)
    inner = _flat((sp.Sum(total.function, *within) if within else total.function).subs(i, own))
    if inner is None or any(end.has(own) for _, *ends in inner[1] for end in ends):
        return None
    return inner[0], ((own, low, high), *inner[1])


def _over_orders(f: sp.Expr, ranges: Ranges, places: tuple[sp.Symbol, ...]) -> sp.Expr:
    """The mean of what is summed over all orders of the places."""
    ways = list(permutations(places))
    names = [i for i, *_ in ranges]
    return sp.Add(*(f.subs(dict(zip(names, way, strict=True)), simultaneous=True) for way in ways)) / len(ways)

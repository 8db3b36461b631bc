"""Means of functions that are no powers, under the laws where they have a closed form.

E log X     of Gamma(a, r): ψ(a) − log r, the slope in a of log ∫ x^(a−1) e^(−rx) dx; of Exp(r): −γ − log r
            of Beta(a, b): ψ(a) − ψ(a + b), the slope in a of log B(a, b); E log(1 − X) with a and b exchanged
            of LogN(m, v): m, and E log²X = m² + v, for log X is normal
E |X − c|   of Laplace(c, b): b; of N(c, v): √(2v/π)
E e^(tX)    of N(m, v): e^(tm + t²v/2), by completing the square
"""

from __future__ import annotations

import sympy as sp

from claims.domains import Positive
from claims.laws import Beta, Exponential, Family, Gamma, Laplace, LogNormal, parameters_of
from claims.notation import Law, Normal


def mean_value(f: sp.Expr, x: sp.Symbol, law: Law) -> sp.Expr | None:
    """E f(x) under ``law``; None where there is no rule, or where a sign that it needs is not known."""
    if isinstance(law, Family | Normal) and not all(_is_in_order(a, d) for a, d in _parameters(law)):
        return None
    match law:
        case Gamma(args=(a, r)) if f == sp.log(x):
            return sp.digamma(a) - sp.log(r)
        case Exponential(args=(r,)) if f == sp.log(x):
            return -sp.EulerGamma - sp.log(r)
        case Beta(args=(a, b)) if f == sp.log(x):
            return sp.digamma(a) - sp.digamma(a + b)
        case Beta(args=(a, b)) if f == sp.log(1 - x):
            return sp.digamma(b) - sp.digamma(a + b)
        case LogNormal(args=(m, v)) if f in (sp.log(x), sp.log(x) ** 2):
            return m if f == sp.log(x) else m**2 + v
        case Laplace(args=(m, b)) if _is_distance(f, x, m):
            return b
        case Normal(mean=m, variance=v) if _is_distance(f, x, m):
            return sp.sqrt(2 * v / sp.pi)
        case Normal(mean=m, variance=v) if isinstance(f, sp.exp):
            return _exponential(f.args[0], x, m, v)
    return None


def _is_distance(f: sp.Expr, x: sp.Symbol, centre: sp.Expr) -> bool:
    return isinstance(f, sp.Abs) and sp.expand(f.args[0] - (x - centre)) in (0, sp.expand(2 * (centre - x)))


def _exponential(exponent: sp.Expr, x: sp.Symbol, m: sp.Expr, v: sp.Expr) -> sp.Expr | None:
    t = sp.cancel(exponent / x)
    return None if t.has(x) or not t.is_real else sp.exp(t * m + t**2 * v / 2)


def _parameters(law: Family | Normal) -> list[tuple[sp.Expr, bool]]:
    """Each argument, and whether it must be positive."""
    domains = (domain for _, domain in parameters_of(law))
    return [(a, isinstance(d, Positive)) for a, d in zip(law.args, domains, strict=True)]


def _is_in_order(argument: sp.Expr, positive: bool) -> bool:
    return bool(argument.is_positive if positive else argument.is_real)

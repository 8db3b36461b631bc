"""Means of functions that are no powers, under the laws where they have a closed form.

E log X     of Gamma(a, r): ψ(a) − log r, the slope in a of log ∫ x^(a−1) e^(−rx) dx; of Exp(r): −γ − log r
            of Beta(a, b): ψ(a) − ψ(a + b), the slope in a of log B(a, b); E log(1 − X) with a and b exchanged
            of LogN(m, v): m, and E log²X = m² + v, for log X is normal
            of InvGamma(a, c): log c − ψ(a), for 1/X follows Gamma(a, c); of χ²(k): log 2 + ψ(k/2)
            of Weibull(k, c): log c − γ/k, for (X/c)^k follows Exp(1); of Rayleigh(c): log c + (log 2 − γ)/2
            of Pareto(l, a): log l + 1/a, for log(X/l) follows Exp(a)
E log(1 + X²/ν)  of t(ν): ψ((ν + 1)/2) − ψ(ν/2), for 1/(1 + X²/ν) follows Beta(ν/2, 1/2)
E 1/X       of InvGamma(a, c): a/c
E X^(−k)    of Gamma(a, r), a > k: r^k/((a − 1) … (a − k)), as Γ(a − k)/Γ(a); of χ²(n) as of Gamma(n/2, 1/2)
E |X − c|   with d = m − c, of Laplace(m, b): |d| + b e^(−|d|/b); of N(m, v): √(2v/π) e^(−d²/(2v)) + d erf(d/√(2v))
E e^(tX)    of N(m, v): e^(tm + t²v/2), by completing the square; of Poisson(r): exp(r (e^t − 1))
            of Gamma(a, r), t < r: (r/(r − t))^a; of Exp(r), t < r: r/(r − t); of Bin(n, p): (1 − p + p e^t)^n
E X^k e^(tX)  that times E X^k under the law whose density is e^(tx) times that of X, over its integral, which is one of
            the same family: N(m + tv, v), Poisson(r e^t), Gamma(a, r − t), Exp(r − t), Bin(n, p e^t/(1 − p + p e^t))
E e^(sX²)   of N(m, v), 2sv < 1: e^(sm²/(1 − 2sv))/√(1 − 2sv), by completing the square
"""

from __future__ import annotations

import sympy as sp

from claims.domains import Positive
from claims.laws import (
    Beta,
    Binomial,
    ChiSquared,
    Exponential,
    Family,
    Gamma,
    InverseGamma,
    Laplace,
    LogNormal,
    Pareto,
    Poisson,
    Rayleigh,
    StudentT,
    Weibull,
    Written,
    parameters_of,
)
from claims.notation import Law, Normal
from derivations.moments import MOST_MOMENTS, binomial_moment, moment


def mean_value(f: sp.Expr, x: sp.Symbol, law: Law) -> sp.Expr | None:
    """E f(x) under ``law``; None where there is no rule, or where a sign that it needs is not known."""
    if isinstance(law, Written):
        return None
    if isinstance(law, Family | Normal) and not all(_is_in_order(a, d) for a, d in _parameters(law)):
        return None
    match law:
        case Gamma(args=(a, r)) if (k := _power_below(f, x)) and (a - k).is_positive:
            return _inverse_moment(k, a, r)
        case ChiSquared(args=(n,)) if (k := _power_below(f, x)) and (n / 2 - k).is_positive:
            return _inverse_moment(k, n / 2, sp.Rational(1, 2))
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
        case InverseGamma(args=(a, c)) if f in (sp.log(x), 1 / x):
            return sp.log(c) - sp.digamma(a) if f == sp.log(x) else a / c
        case ChiSquared(args=(k,)) if f == sp.log(x):
            return sp.log(2) + sp.digamma(k / 2)
        case Weibull(args=(k, c)) if f in (sp.log(x), x**k):
            return sp.log(c) - sp.EulerGamma / k if f == sp.log(x) else c**k
        case Rayleigh(args=(c,)) if f in (sp.log(x), x**2):
            return sp.log(c) + (sp.log(2) - sp.EulerGamma) / 2 if f == sp.log(x) else 2 * c**2
        case Pareto(args=(least, a)) if f == sp.log(x):
            return sp.log(least) + 1 / a
        case StudentT(args=(nu,)) if isinstance(f, sp.log) and (c := _spread(f.args[0], x, nu)) is not None:
            return sp.log(c) + sp.digamma((nu + 1) / 2) - sp.digamma(nu / 2)
        case Laplace(args=(m, b)) if (d := _distance(f, x, m)) is not None:
            return sp.Abs(d) + b * sp.exp(-sp.Abs(d) / b)
        case Normal(mean=m, variance=v) if (d := _distance(f, x, m)) is not None:
            return sp.sqrt(2 * v / sp.pi) * sp.exp(-(d**2) / (2 * v)) + d * sp.erf(d / sp.sqrt(2 * v))
        case Normal() if isinstance(f, sp.exp) and not (s := sp.cancel(f.args[0] / x**2)).has(x):
            return _squared_exponential(s, law)
        case Normal() | Poisson() | Gamma() | Exponential() | Binomial():
            return _weighed(f, x, law)
    return None


def _power_below(f: sp.Expr, x: sp.Symbol) -> int:
    """k where ``f`` is x^(−k) for a whole k above 0 that is not too great; 0 for anything else."""
    base, power = f.as_base_exp()
    return -int(power) if base == x and power.is_Integer and -MOST_MOMENTS <= power < 0 else 0


def _inverse_moment(power: int, shape: sp.Expr, rate: sp.Expr) -> sp.Expr:
    """E x^(−power) of Gamma(shape, rate), where the shape is above the power."""
    return rate**power / sp.Mul(*(shape - j for j in range(1, power + 1)))


def _distance(f: sp.Expr, x: sp.Symbol, mean: sp.Expr) -> sp.Expr | None:
    """mean − c where ``f`` is |x − c|, with real c; None for anything else."""
    if not isinstance(f, sp.Abs):
        return None
    for inside in (f.args[0], -f.args[0]):
        centre = sp.expand(x - inside)
        if not centre.has(x) and centre.is_real:
            return sp.expand(mean - centre)
    return None


def _spread(inside: sp.Expr, x: sp.Symbol, nu: sp.Expr) -> sp.Expr | None:
    """c where ``inside`` is c (1 + x²/ν), with positive c; None for anything else."""
    c = inside.subs(x, 0)
    return c if c.is_positive and sp.expand(inside - c * (1 + x**2 / nu)) == 0 else None


def _weighed(f: sp.Expr, x: sp.Symbol, law: Family | Normal) -> sp.Expr | None:
    """E of e^(tx), or of x^k e^(tx), where that is finite; None for anything else."""
    weight = next((part for part in sp.Mul.make_args(f) if isinstance(part, sp.exp)), None)
    if weight is None:
        return None
    t, (base, power) = sp.cancel(weight.args[0] / x), (f / weight).as_base_exp()
    if t.has(x) or not t.is_real or not (f == weight or (base == x and power.is_Integer and power.is_positive)):
        return None
    total, tilted = _tilted(t, law)
    k = 0 if f == weight else int(power)
    mean = _tilted_moment(k, tilted) if total is not None and k <= MOST_MOMENTS else None
    return None if mean is None else total * mean


def _tilted(t: sp.Expr, law: Family | Normal) -> tuple[sp.Expr | None, Law]:
    """E e^(tX), None where it isn't known to be finite, and the law of density e^(tx) p(x) over it."""
    match law:
        case Normal(mean=m, variance=v):
            return sp.exp(t * m + t**2 * v / 2), Normal(m + t * v, v)
        case Poisson(args=(rate,)):
            return sp.exp(rate * (sp.exp(t) - 1)), Poisson(rate * sp.exp(t))
        case Gamma(args=(a, r)) if (r - t).is_positive:
            return (r / (r - t)) ** a, Gamma(a, r - t)
        case Exponential(args=(r,)) if (r - t).is_positive:
            return r / (r - t), Exponential(r - t)
        case Binomial(args=(n, p)) if n.is_integer and n.is_nonnegative:
            one = 1 - p + p * sp.exp(t)
            return one**n, Binomial(n, p * sp.exp(t) / one)
    return None, law


def _tilted_moment(power: int, law: Law) -> sp.Expr | None:
    """E x^power. The p of a binomial law lies in its place, though its flags may not tell."""
    return binomial_moment(power, *law.args) if isinstance(law, Binomial) else moment(power, law)


def _squared_exponential(s: sp.Expr, law: Normal) -> sp.Expr | None:
    """E e^(sX²), where it is known to be finite."""
    left = 1 - 2 * s * law.variance
    return sp.exp(s * law.mean**2 / left) / sp.sqrt(left) if left.is_positive else None


def _parameters(law: Family | Normal) -> list[tuple[sp.Expr, bool]]:
    """Each argument, and whether it must be positive."""
    domains = (domain for _, domain in parameters_of(law))
    return [(a, isinstance(d, Positive)) for a, d in zip(law.args, domains, strict=True)]


def _is_in_order(argument: sp.Expr, positive: bool) -> bool:
    return bool(argument.is_positive if positive else argument.is_real)

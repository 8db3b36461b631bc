"""E x^k under laws whose moments have a closed form, and expectations under a law with two values.

Normal       Stein's identity E[(x − m) f(x)] = v E[f′(x)] gives E x^(k+1) = m E x^k + k v E x^(k−1)
Exponential  ∫ x^k r e^(−r x) dx = k!/r^k, by k integrations by parts
Uniform      ∫_a^b x^k dx/(b − a) = (a^k + a^(k−1) b + … + b^k)/(k + 1)
Gamma        Γ(a + k)/(Γ(a) r^k) = a (a + 1) … (a + k − 1)/r^k
Beta         B(a + k, b)/B(a, b) = a … (a + k − 1)/((a + b) … (a + b + k − 1))
Poisson      E[x f(x)] = r E[f(x + 1)] gives E x^(k+1) = r Σ_j C(k, j) E x^j
Laplace      E (x − m)^k = k! b^k for even k and 0 for odd k
χ²(k)        that of Gamma(k/2, 1/2)
LogNormal    E e^(kz) of normal z: e^(km + k²v/2)
Binomial     E x(x − 1)…(x − j + 1) = n(n − 1)…(n − j + 1) p^j, and x^k as a sum of these
Geometric    E f(x) = p f(1) + (1 − p) E f(x + 1), by the first trial, gives p E x^k from the moments below k
t(ν)         0 for odd k < ν, and ν^(k/2) Π (2i − 1)/(ν − 2i) over i = 1 … k/2 for even k < ν
NegBin       E x f(x) = (1 − p) E (x + r) f(x + 1) gives p E x^(k+1) from the moments below k + 1
"""

from __future__ import annotations

import sympy as sp
from sympy.functions.combinatorial.numbers import stirling

from claims.laws import (
    Bernoulli,
    Beta,
    Binomial,
    ChiSquared,
    Exponential,
    Gamma,
    Geometric,
    Laplace,
    LogNormal,
    NegativeBinomial,
    Poisson,
    StudentT,
    Uniform,
)
from claims.notation import Law, Normal

_X = sp.Dummy("x")
MOST_MOMENTS = 64
"""The highest power whose moment is worked out; a polynomial beyond it is left as it stands."""


def moment(power: int, law: Law) -> sp.Expr | None:
    """E x^power under ``law``; None where it has no rule, or where SymPy doesn't know its parameters to be in order."""
    if power > MOST_MOMENTS:
        return None
    match law:
        case Normal(mean=mean, variance=variance) if variance.is_nonnegative:
            return normal_moment(power, mean, variance)
        case Exponential(args=(rate,)) if rate.is_positive:
            return sp.factorial(power) / rate**power
        case Uniform(args=(a, b)) if (b - a).is_positive:
            return sp.Add(*(a**j * b ** (power - j) for j in range(power + 1))) / (power + 1)
        case Gamma(args=(shape, rate)) if shape.is_positive and rate.is_positive:
            return _rising(shape, power) / rate**power
        case ChiSquared(args=(k,)) if k.is_positive:
            return 2**power * _rising(k / 2, power)
        case LogNormal(args=(m, v)) if m.is_real and v.is_nonnegative:
            return sp.exp(power * m + power**2 * v / 2)
        case Binomial(args=(n, p)) if n.is_integer and n.is_nonnegative and p.is_positive:
            return binomial_moment(power, n, p)
        case Beta(args=(a, b)) if a.is_positive and b.is_positive:
            return _rising(a, power) / _rising(a + b, power)
        case Poisson(args=(rate,)) if rate.is_positive:
            return poisson_moment(power, rate)
        case Laplace(args=(mean, scale)) if scale.is_positive:
            return laplace_moment(power, mean, scale)
        case Geometric(args=(p,)) if p.is_positive and (1 - p).is_positive:
            return geometric_moment(power, p)
        case NegativeBinomial(args=(r, p)) if r.is_positive and p.is_positive and (1 - p).is_positive:
            return negative_binomial_moment(power, r, p)
        case StudentT(args=(nu,)) if (nu - power).is_positive:
            return student_moment(power, nu)
    return None


def normal_moment(power: int, mean: sp.Expr, variance: sp.Expr) -> sp.Expr:
    """E x^power for x ~ N(mean, variance)."""
    below, moment = sp.Integer(0), sp.Integer(1)
    for k in range(power):
        below, moment = moment, sp.expand(mean * moment + k * variance * below)
    return moment


def poisson_moment(power: int, rate: sp.Expr) -> sp.Expr:
    """E x^power for x ~ Poisson(rate)."""
    known = [sp.Integer(1)]
    for k in range(power):
        known.append(sp.expand(rate * sp.Add(*(sp.binomial(k, j) * known[j] for j in range(k + 1)))))
    return known[power]


def binomial_moment(power: int, n: sp.Expr, p: sp.Expr) -> sp.Expr:
    """E x^power for x ~ Bin(n, p), by the factorial moments."""
    falling = [sp.Mul(*(n - i for i in range(j))) * p**j for j in range(power + 1)]
    return sp.expand(sp.Add(*(stirling(power, j) * falling[j] for j in range(power + 1))))


def laplace_moment(power: int, mean: sp.Expr, scale: sp.Expr) -> sp.Expr:
    """E x^power for x ~ Laplace(mean, scale)."""
    even = range(0, power + 1, 2)
    return sp.Add(*(sp.binomial(power, k) * mean ** (power - k) * sp.factorial(k) * scale**k for k in even))


def geometric_moment(power: int, p: sp.Expr) -> sp.Expr:
    """E x^power for x the number of trials up to and with the first success."""
    known = [sp.Integer(1)]
    for k in range(1, power + 1):
        known.append(sp.expand((p + (1 - p) * sp.Add(*(sp.binomial(k, j) * known[j] for j in range(k)))) / p))
    return known[power]


def negative_binomial_moment(power: int, r: sp.Expr, p: sp.Expr) -> sp.Expr:
    """E x^power for x the number of failures before the r-th success."""
    known = [sp.Integer(1)]
    for k in range(power):
        ahead = sp.Poly((_X + r) * (_X + 1) ** k - _X ** (k + 1), _X).all_coeffs()[::-1]
        known.append(sp.factor((1 - p) / p * sp.Add(*(c * m for c, m in zip(ahead, known, strict=True)))))
    return known[power]


def student_moment(power: int, nu: sp.Expr) -> sp.Expr:
    """E x^power for x ~ t(nu), nu > power."""
    if power % 2:
        return sp.Integer(0)
    return sp.Mul(*(nu * sp.Rational(2 * i - 1) / (nu - 2 * i) for i in range(1, power // 2 + 1)))


def _rising(start: sp.Expr, power: int) -> sp.Expr:
    """start (start + 1) … (start + power − 1)."""
    return sp.Mul(*(start + j for j in range(power)))


def two_valued(f: sp.Expr, x: sp.Symbol, law: Law) -> sp.Expr | None:
    """E f(x) as the sum over the two values of a Bernoulli law; None for any other law."""
    if not isinstance(law, Bernoulli):
        return None
    (p,) = law.args
    return (1 - p) * f.subs(x, 0) + p * f.subs(x, 1)

"""Named laws put onto the weights of Gauss rules, and notation as means over independent axes of those weights.

A mean of a mean becomes one over two axes, since a normal law that depends on the axis outside is m + √v t with t
standard normal. A product of means becomes a mean over the axes of each, a whole power of one a mean over copies.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import sympy as sp
from flint import fmpq

from claims import laws
from claims.laws import Family, support_of
from claims.notation import KL, Covariance, CrossEntropy, Density, Entropy, Expectation, Law, Normal, Variance
from claims.records import Record
from numerics.balls import rational
from numerics.orthogonal import LEGENDRE, Hermite, Jacobi, Laguerre, Weight


class BeyondSupport(TypeError):
    """A density is asked for where it has no formula: what goes on as if it had would be wrong, not rough."""


MEANS = (Expectation, KL, Entropy, CrossEntropy, Variance, Covariance, Density)
MOST_COPIES = 4


class Axis(Record):
    """A variable of integration and the weight it is averaged under."""

    variable: sp.Symbol
    weight: Weight

    @property
    def range(self) -> tuple[sp.Expr, sp.Expr]:
        """The ends of the weight's range."""
        match self.weight:
            case Hermite():
                return -sp.oo, sp.oo
            case Laguerre():
                return sp.S.Zero, sp.oo
            case Jacobi():
                return -sp.S.One, sp.S.One

    @property
    def density(self) -> sp.Expr:
        """The weight as a formula."""
        t = self.variable
        match self.weight:
            case Hermite():
                return sp.exp(-(t**2) / 2) / sp.sqrt(2 * sp.pi)
            case Laguerre(alpha=a):
                power = _number(a)
                return t**power * sp.exp(-t) / sp.gamma(power + 1)
            case Jacobi(alpha=a, beta=b):
                p, q = _number(a), _number(b)
                mass = sp.Integer(2) ** (p + q + 1) * sp.beta(p + 1, q + 1)
                return (1 - t) ** p * (1 + t) ** q / mass


def is_mean(e: sp.Basic) -> bool:
    """Whether an expression is, as a whole, an average or a density of a named law."""
    return isinstance(e, MEANS)


def as_means(e: sp.Expr) -> tuple[sp.Expr, tuple[Axis, ...]]:
    """The integrand and the axes over which it is averaged. Raises TypeError for what has no reading."""
    axes: list[Axis] = []
    return _lifted(e, axes), tuple(axes)


def _lifted(e: sp.Expr, axes: list[Axis]) -> sp.Expr:
    if not e.has(*MEANS):
        return e
    match e:
        case Expectation(inside=(f,), variable=x, law=law):
            return _lifted(_put(f, x, law, axes), axes)
        case KL(args=(p, q)):
            _insist_within(p, q)
            return _along(p, lambda x: _log_density(p, x) - _log_density(q, x), axes)
        case Entropy(args=(p,)):
            return -_along(p, lambda x: _log_density(p, x), axes)
        case CrossEntropy(args=(p, q)):
            _insist_within(p, q)
            return -_along(p, lambda x: _log_density(q, x), axes)
        case Variance(args=(f, x, law)):
            return _lifted(_covariance(f, f, x, law), axes)
        case Covariance(args=(f, g, x, law)):
            return _lifted(_covariance(f, g, x, law), axes)
        case Density(law=law, point=point):
            _insist_on_number(e)
            return sp.exp(_log_density(law, point))
        case sp.log():
            return _lifted_log(e.args[0], axes)
        case sp.Pow() if e.exp.is_Integer and 0 < e.exp <= MOST_COPIES and not e.exp.has(*MEANS):
            return sp.Mul(*(_lifted(e.base, axes) for _ in range(int(e.exp))))
        case sp.Add() | sp.Mul():
            return e.func(*(_lifted(a, axes) for a in e.args))
    if e.has(*(m for m in MEANS if m is not Density)):
        raise TypeError(f"{type(e).__name__} of a mean inside of a mean has no reading")
    return e.func(*(_lifted(a, axes) for a in e.args))


def _lifted_log(e: sp.Expr, axes: list[Axis]) -> sp.Expr:
    """log of a product of densities as a sum."""
    match e:
        case Density(law=law, point=point):
            _insist_on_number(e)
            return _log_density(law, point)
        case sp.Mul():
            return sp.Add(*(_lifted_log(a, axes) for a in e.args))
        case sp.Pow(base=Density() as base, exp=power):
            return power * _lifted_log(base, axes)
    if e.has(*(m for m in MEANS if m is not Density)):
        raise TypeError("the log of a mean inside of a mean has no reading")
    return sp.log(_lifted(e, axes))


def _covariance(f: sp.Expr, g: sp.Expr, x: sp.Symbol, law: Law) -> sp.Expr:
    """E (f(X) − f(Y)) (g(X) − g(Y))/2 for independent X and Y."""
    y = sp.Dummy(f"{x}_2", real=True)
    half = (f - f.subs(x, y)) * (g - g.subs(x, y)) / 2
    return Expectation(Expectation(half, y, law), x, law)


def _along(law: Law, f: Callable[[sp.Expr], sp.Expr], axes: list[Axis]) -> sp.Expr:
    x = sp.Dummy("x", real=True)
    return _put(f(x), x, law, axes)


def _put(f: sp.Expr, x: sp.Symbol, law: Law, axes: list[Axis]) -> sp.Expr:
    """f with its variable as a function of a new axis."""
    t = sp.Dummy("t", real=True)
    made = _STANDARD.get(type(law))
    if made is None:
        raise TypeError(f"{law} has no Gauss rule")
    for density in f.atoms(Density):
        if density.point.has(x):
            _insist_on_support(density, x, law)
    place, weight = made(t, *law.args)
    axes.append(Axis(t, weight))
    return f.subs(x, place)


def _insist_within(p: Law, q: Law) -> None:
    """Raises BeyondSupport where p may have mass beyond the support of q, whose formula would go on as if it held."""
    if not isinstance(p, Family | Normal) or not isinstance(q, Family | Normal):
        raise TypeError(f"{p} or {q} has no density here")
    here, there = support_of(p), support_of(q)
    if there.whole or not (here.low >= there.low) == sp.true or not (here.high <= there.high) == sp.true:
        raise BeyondSupport(f"{p} may have mass where {q} has none")


def _insist_on_number(density: Density) -> None:
    """Raises BeyondSupport for a density at a number not surely in its support; letters were looked at before."""
    if density.point.free_symbols or not isinstance(density.law, Family):
        return
    support = support_of(density.law)
    if support.whole or not all(c == sp.true for c in (density.point >= support.low, density.point <= support.high)):
        raise BeyondSupport(f"{density} is asked for where its formula may not hold")


def _insist_on_support(density: Density, x: sp.Symbol, law: Law) -> None:
    """Raises BeyondSupport for a density at a place that may lie beyond its support."""
    of = density.law
    if not isinstance(of, Family | Normal):
        raise TypeError(f"{of} has no density here")
    support = support_of(of)
    if (support.low, support.high, support.whole) == (-sp.oo, sp.oo, False):
        return
    if density.point != x:
        raise BeyondSupport(f"{density} is asked for where its formula may not hold")
    _insist_within(law, of)


def _log_density(law: Law, x: sp.Expr) -> sp.Expr:
    """The log of a density as a sum, at a point of its support."""
    if isinstance(law, Normal):
        return -((x - law.mean) ** 2) / (2 * law.variance) - sp.log(2 * sp.pi * law.variance) / 2
    if not isinstance(law, Family):
        raise TypeError(f"{law} has no density here")
    y = sp.Dummy("y", positive=True)
    return sp.expand_log(sp.log(law.density(y)), force=True).subs(y, x)


Standard = tuple[sp.Expr, Weight]


def _normal(t: sp.Symbol, mean: sp.Expr, variance: sp.Expr) -> Standard:
    return mean + sp.sqrt(variance) * t, Hermite()


def _gamma(t: sp.Symbol, shape: sp.Expr, rate: sp.Expr) -> Standard:
    return t / rate, Laguerre(_fraction(shape) - 1)


def _beta(t: sp.Symbol, alpha: sp.Expr, beta: sp.Expr) -> Standard:
    return (1 + t) / 2, Jacobi(_fraction(beta) - 1, _fraction(alpha) - 1)


def _lognormal(t: sp.Symbol, mean: sp.Expr, variance: sp.Expr) -> Standard:
    place, weight = _normal(t, mean, variance)
    return sp.exp(place), weight


def _inverse_gamma(t: sp.Symbol, shape: sp.Expr, scale: sp.Expr) -> Standard:
    return scale / t, Laguerre(_fraction(shape) - 1)


def _fraction(e: sp.Expr) -> fmpq:
    found = rational(e)
    if found is None:
        raise TypeError(f"the weight of a rule needs a fraction, not {e}")
    return found


def _number(q: fmpq) -> sp.Rational:
    return sp.Rational(int(q.p), int(q.q))


_STANDARD: Mapping[type, Callable[..., Standard]] = {
    Normal: _normal,
    laws.LogNormal: _lognormal,
    laws.Gamma: _gamma,
    laws.Exponential: lambda t, rate: (t / rate, Laguerre(fmpq(0))),
    laws.ChiSquared: lambda t, dof: (2 * t, Laguerre(_fraction(dof) / 2 - 1)),
    laws.InverseGamma: _inverse_gamma,
    laws.Uniform: lambda t, a, b: (a + (b - a) * (1 + t) / 2, LEGENDRE),
    laws.Beta: _beta,
    laws.Wigner: lambda t, radius: (radius * t, Jacobi(fmpq(1, 2), fmpq(1, 2))),
}

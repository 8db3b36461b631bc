"""What each node of the notation means, as rewriting: from the outside in, until only E and abstract densities stay.

KL(p ‖ q), H(p) and H(p, q) become expectations of log-densities, Var and Cov expectations of products, and the density
of a normal law its formula (where SymPy knows the variance to be positive). Under a named law, the density of a law of
the same support is its formula too: E only sees where there is mass. log p(x)/q(x) is later split into
log p(x) − log q(x), which supposes p ≪ q. Derivatives and limits are taken, determinants expanded, finite sums written
out, and the integrals that are standard get their value.
"""

from __future__ import annotations

from sympy import (
    Basic,
    Derivative,
    Determinant,
    Dummy,
    Expr,
    Integral,
    Limit,
    Product,
    Sum,
    Symbol,
    exp,
    log,
    pi,
    sqrt,
)

from claims.laws import Family
from claims.notation import KL, Covariance, CrossEntropy, Density, Entropy, Expectation, Law, Normal, Variance
from derivations.in_order import holds_mass_of
from derivations.limits import limit_of
from derivations.slopes import slope
from derivations.standard_integrals import standard_integral
from derivations.sums import log_of_product


def unfolded(expr: Basic) -> Basic:
    """``expr`` with every node that has a definition replaced by it; what has none (an abstract p(x)) stays."""
    if not expr.args:
        return expr
    meaning = _meaning(expr)
    if meaning is not None:
        return unfolded(meaning)
    return expr.func(*(unfolded(a) for a in expr.args))


def normal_density(point: Expr, mean: Expr, variance: Expr) -> Expr:
    """N(point; mean, variance), Bishop 2006 (1.46)."""
    return exp(-((point - mean) ** 2) / (2 * variance)) / sqrt(2 * pi * variance)


def _meaning(expr: Basic) -> Expr | None:
    x = _fresh()
    match expr:
        case KL(args=(p, q)):
            return Expectation(log(_density(p, p, x) / _density(q, p, x)), x, p)
        case Entropy(args=(p,)):
            return -Expectation(log(_density(p, p, x)), x, p)
        case CrossEntropy(args=(p, q)):
            return -Expectation(log(_density(q, p, x)), x, p)
        case Variance(args=(f, v, p)) | Covariance(args=(f, _, v, p)) if p.has(v):
            w = Dummy(v.name, **v.assumptions0)
            return expr.func(*(a.subs(v, w) for a in expr.inside), w, p)
        case Variance(args=(f, v, p)):
            return Expectation((f - Expectation(f, v, p)) ** 2, v, p)
        case Covariance(args=(f, g, v, p)):
            return Expectation((f - Expectation(f, v, p)) * (g - Expectation(g, v, p)), v, p)
        case Density(law=Normal() as law, point=point) if law.variance.is_positive:
            return normal_density(point, law.mean, law.variance)
        case Derivative(expr=f, variables=variables):
            found = slope(unfolded(f), variables)
            return None if found == expr else found
        case Determinant(arg=matrix):
            return matrix.det(method="berkowitz")
        case Limit(args=(f, v, place, side)):
            return limit_of(unfolded(f), v, place, str(side))
        case log(args=(Product() as product,)):
            return log_of_product(product)
        case Sum() if all(_is_finite(limit) for limit in expr.limits):
            return _if_changed(expr, expr.doit())
        case Integral(function=f, limits=limits) if len(limits) == 1 and len(limits[0]) == 3:
            return standard_integral(unfolded(f), *limits[0])
        case _:
            return None


def _density(law: Law, under: Law, x: Symbol) -> Expr:
    """The density of ``law`` at x where ``under`` has its mass: a formula for named laws, if its support is there."""
    if isinstance(law, Family) and isinstance(under, Family | Normal) and holds_mass_of(law, under):
        return law.density(x)
    return Density(law, x)


def _if_changed(before: Expr, after: Expr) -> Expr | None:
    return None if after.has(type(before)) else after


def _is_finite(limit: Basic) -> bool:
    """Whether a range lies between two numbers, and has at least no terms."""
    return len(limit) == 3 and bool(limit[1].is_Integer and limit[2].is_Integer and limit[2] - limit[1] >= -1)


def _fresh() -> Symbol:
    return Dummy("x", real=True)

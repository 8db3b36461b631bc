"""The notation read as numbers: what an expression with KL, H, E and densities of normal laws is worth at a point.

Expectations are Gauss sums under the law, one axis for each, nested ones included, by the rule of its family: Hermite
for normal laws, Laguerre, Legendre or Jacobi for others of fixed parameters (``cubature``). float64. The error is an
estimate, not a bound: the difference between two numbers of nodes, and rounding.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache, reduce

import numpy as np
import sympy as sp
from flint import arb
from numpy.typing import NDArray

from claims.laws import Family
from claims.notation import KL, Covariance, CrossEntropy, Density, Entropy, Expectation, Law, Normal, Variance
from numerics.balls import enclose
from numerics.cubature import gauss
from numerics.lawful import insist_on_laws
from numerics.undetermined import Undetermined

Array = NDArray[np.float64]
Values = Mapping[sp.Symbol, Array]
NODES = (24, 36)
ROUNDING = 1e-11


def estimated(expr: sp.Expr, attempt: int = 0) -> arb:
    """The value of a closed expression as a ball of its estimated error; NaN where it has none.

    ``attempt`` 1 uses twice the nodes. Raises TypeError for notation that has no reading here.
    """
    try:
        insist_on_laws(expr)
    except Undetermined:
        return arb("nan")
    fewer, more = (float(value(expr, {}, (1 + attempt) * nodes)) for nodes in NODES)
    return arb(more, 10 * abs(more - fewer) + ROUNDING * (10 + abs(more)))


def value(expr: sp.Expr, values: Values, nodes: int) -> Array:
    """``expr`` with ``values`` for its free symbols, elementwise; NaN where it is not a real number."""
    with np.errstate(all="ignore"):
        return _value(expr, values, nodes)


def _value(expr: sp.Expr, values: Values, nodes: int) -> Array:
    def go(e: sp.Expr) -> Array:
        return _value(e, values, nodes)

    match expr:
        case sp.Symbol():
            return values[expr]
        case sp.S.ImaginaryUnit | sp.S.ComplexInfinity:
            return np.asarray(np.nan)
        case sp.Number() | sp.NumberSymbol():
            return np.asarray(float(expr))
        case sp.Add():
            return reduce(np.add, map(go, expr.args))
        case sp.Mul():
            return reduce(np.multiply, map(go, expr.args))
        case sp.exp():
            return np.exp(go(expr.args[0]))
        case sp.Pow(base=base, exp=power):
            return np.power(go(base), go(power))
        case sp.log():
            return _log(expr.args[0], values, nodes)
        case Density():
            return np.exp(_log(expr, values, nodes))
        case sp.gamma() | sp.beta() | sp.loggamma() if not expr.free_symbols:
            return np.asarray(float(enclose(expr).mid()))
        case Expectation(inside=(f,), variable=x, law=law):
            return _mean(f, x, law, values, nodes)
        case _:
            return go(_as_expectation(expr))


def _log(expr: sp.Expr, values: Values, nodes: int) -> Array:
    """log of a product as a sum, so that the ratio of two tiny densities keeps its digits."""
    match expr:
        case Density(law=Normal(mean=mean, variance=variance), point=point):
            x, m, v = (_value(e, values, nodes) for e in (point, mean, variance))
            return -((x - m) ** 2 / v + np.log(2 * np.pi * v)) / 2
        case Density(law=Family() as law, point=point):
            return _log(law.density(point), values, nodes)
        case sp.exp():
            return _value(expr.args[0], values, nodes)
        case sp.Mul():
            return reduce(np.add, (_log(a, values, nodes) for a in expr.args))
        case sp.Pow(base=sp.Symbol() | sp.Add() as base, exp=power) if not power.is_Integer:
            return _value(power, values, nodes) * np.log(_value(base, values, nodes))
        case sp.Pow(base=Density() as base, exp=power):
            return _value(power, values, nodes) * _log(base, values, nodes)
        case _:
            return np.log(_value(expr, values, nodes))


def _mean(f: sp.Expr, x: sp.Symbol, law: Law, values: Values, nodes: int) -> Array:
    if not isinstance(law, Normal):
        return _mean_by_family(f, x, law, values, nodes)
    t, w = _rule(nodes)
    m, v = (_value(e, values, nodes)[..., None] for e in (law.mean, law.variance))
    inner = {s: a[..., None] for s, a in values.items()} | {x: m + np.sqrt(2 * v) * t}
    spread = np.broadcast_arrays(_value(f, inner, nodes), t)[0]
    return np.asarray((w * spread).sum(-1) / np.sqrt(np.pi))


def _mean_by_family(f: sp.Expr, x: sp.Symbol, law: Law, values: Values, nodes: int) -> Array:
    """By the Gauss rule of the family: Laguerre, Legendre or Jacobi. Raises TypeError where it has none, or where the
    law depends on what is integrated outside of it.
    """
    if not isinstance(law, Family) or law.free_symbols:
        raise TypeError(f"an expectation under {law} has no value here: its parameters are no numbers")
    t, w = gauss(law, nodes)
    inner = {s: a[..., None] for s, a in values.items()} | {x: t}
    spread = np.broadcast_arrays(_value(f, inner, nodes), t)[0]
    return np.asarray((w * spread).sum(-1))


@lru_cache(maxsize=16)
def _rule(nodes: int) -> tuple[Array, Array]:
    t, w = np.polynomial.hermite.hermgauss(nodes)
    return t, w


def _as_expectation(expr: sp.Expr) -> sp.Expr:
    x = sp.Dummy("x", real=True)
    match expr:
        case KL(args=(p, q)):
            return Expectation(sp.log(Density(p, x)), x, p) - Expectation(sp.log(Density(q, x)), x, p)
        case Entropy(args=(p,)):
            return -Expectation(sp.log(Density(p, x)), x, p)
        case CrossEntropy(args=(p, q)):
            return -Expectation(sp.log(Density(q, x)), x, p)
        case Variance(args=(f, v, p)):
            return Expectation(f**2, v, p) - Expectation(f, v, p) ** 2
        case Covariance(args=(f, g, v, p)):
            return Expectation(f * g, v, p) - Expectation(f, v, p) * Expectation(g, v, p)
    raise TypeError(f"{expr} ({type(expr).__name__}) has no reading as a number")

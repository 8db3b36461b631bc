"""The notation read as numbers: what an expression with KL, H, E and densities of normal laws is worth at a point.

Expectations are Gauss-Hermite sums under the law, one axis for each, nested ones included. float64. The error is an
estimate, not a bound: the difference between two numbers of nodes, and rounding.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache, reduce

import numpy as np
import sympy as sp
from flint import arb
from numpy.typing import NDArray

from claims.notation import KL, Covariance, CrossEntropy, Density, Entropy, Expectation, Law, Normal, Variance

Array = NDArray[np.float64]
Values = Mapping[sp.Symbol, Array]
NODES = (24, 36)
ROUNDING = 1e-11


def estimated(expr: sp.Expr, attempt: int = 0) -> arb:
    """The value of a closed expression as a ball of its estimated error; NaN where it has none.

    ``attempt`` 1 uses twice the nodes. Raises TypeError for notation that has no reading here.
    """
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
        case sp.Mul():
            return reduce(np.add, (_log(a, values, nodes) for a in expr.args))
        case sp.Pow(base=Density() as base, exp=power):
            return _value(power, values, nodes) * _log(base, values, nodes)
        case _:
            return np.log(_value(expr, values, nodes))


def _mean(f: sp.Expr, x: sp.Symbol, law: Law, values: Values, nodes: int) -> Array:
    if not isinstance(law, Normal):
        raise TypeError(f"an expectation under {law} has no value: only normal laws are read as numbers here")
    t, w = _rule(nodes)
    m, v = (_value(e, values, nodes)[..., None] for e in (law.mean, law.variance))
    inner = {s: a[..., None] for s, a in values.items()} | {x: m + np.sqrt(2 * v) * t}
    spread = np.broadcast_arrays(_value(f, inner, nodes), t)[0]
    return np.asarray((w * spread).sum(-1) / np.sqrt(np.pi))


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

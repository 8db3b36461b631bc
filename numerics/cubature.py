"""Averages and integrals by quadrature, each rule where it is at home.

A Gauss rule belongs to a weight: Hermite to normal laws, Laguerre to gamma laws and their kin, Legendre to uniform
laws, Jacobi to beta laws; n nodes are exact for polynomials up to degree 2n − 1 under the law. Integrands with trouble
at an end of their range go to tanh-sinh, those in two or three dimensions to an adaptive rule. Integrands are any
functions in Python, of which nothing can be proved: what comes back is an ``Estimate`` with a margin. Of a formula more
is known: ``means``, ``tanh_sinh`` and ``adaptive`` are the same rules with bounds.

Source   Golub and Welsch 1969 (Gauss rules), Takahasi and Mori 1974 (tanh-sinh), Genz and Malik 1980 (adaptive rules);
         the rules are SciPy's, and mpmath's for tanh-sinh: in float64 the nodes next to an end of the range are lost,
         and with them 1e-8 of an integral of x^(−1/2), which no error estimate in float64 sees.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import mpmath
import numpy as np
from flint import arb
from numpy.typing import NDArray
from scipy import special
from scipy.integrate import cubature

from claims import laws
from claims.notation import Law, Normal
from numerics.bounded import Estimate
from numerics.undetermined import Undetermined

Array = NDArray[np.float64]
Rule = tuple[Array, Array]
"""Nodes and weights that sum to one."""
NODES = (24, 36)
UNKNOWN = "a function in Python, of which nothing is proved"
MARGIN = 10
"""How many times the estimated error a ball is given."""
ROUNDING = 1e-13
GOAL = 1e-8
MOST_PARTS = 10_000
MOST_DIMENSIONS = 3


def gauss(law: Law, nodes: int) -> Rule:
    """The Gauss rule of a law with numbers for parameters. Raises TypeError for a law that has none here."""
    made = _RULES.get(type(law))
    if made is None:
        raise TypeError(f"{law} has no Gauss rule here: its quantile function and tanh-sinh will do")
    x, w = made(nodes, *map(float, law.args))
    return x, w / w.sum()


def expected(f: Callable[[Array], Array], law: Law, nodes: tuple[int, int] = NODES) -> Estimate:
    """E f under a law by its Gauss rule; the error is what two numbers of nodes differ by, with a margin."""
    fewer, more = (float(np.dot(w, f(x))) for x, w in (gauss(law, n) for n in nodes))
    return _ball(more, more - fewer)


def between(f: Callable[[Any], Any], low: float, high: float, digits: int = 30) -> Estimate:
    """∫ f from low to high by tanh-sinh in mpmath's numbers; either end may be infinite, and f may run off there.

    Raises Undetermined where the rule doesn't converge.
    """
    with mpmath.workdps(digits):
        try:
            value, error = mpmath.quad(f, [low, high], error=True, maxdegree=8)
        except (ZeroDivisionError, ValueError, OverflowError) as fault:
            raise Undetermined(f"the integrand has no value somewhere: {fault}") from None
        if not mpmath.isfinite(value) or error > GOAL * (1 + abs(value)):
            raise Undetermined("tanh-sinh does not converge there")
        return _ball(float(value), float(error))


def over(f: Callable[[Array], Array], low: Sequence[float], high: Sequence[float]) -> Estimate:
    """∫ f over a box of one to three dimensions, infinite sides allowed, split where the error is largest.

    ``f`` takes points (count, dims) and gives (count,). Raises ValueError for other numbers of dimensions, Undetermined
    where so many parts are not enough.
    """
    if not 1 <= len(low) == len(high) <= MOST_DIMENSIONS:
        raise ValueError(
            f"a box has as many lower as upper ends, 1 to {MOST_DIMENSIONS}: it has {len(low)}, {len(high)}"
        )
    found = cubature(f, low, high, rtol=GOAL, atol=GOAL / 100, max_subdivisions=MOST_PARTS)
    if found.status != "converged":
        raise Undetermined(f"{MOST_PARTS} parts are not enough for the integrand")
    return _ball(float(found.estimate), float(found.error))


def _ball(value: float, error: float) -> Estimate:
    if not np.isfinite(value):
        raise Undetermined("the integral is not finite")
    return Estimate(arb(value, MARGIN * abs(error) + ROUNDING * (1 + abs(value))), UNKNOWN)


def _hermite(n: int, mean: float, variance: float) -> Rule:
    x, w = special.roots_hermitenorm(n)
    return mean + variance**0.5 * x, w


def _laguerre(n: int, shape: float, rate: float) -> Rule:
    x, w = special.roots_genlaguerre(n, shape - 1)
    return x / rate, w


def _jacobi(n: int, alpha: float, beta: float) -> Rule:
    x, w = special.roots_jacobi(n, beta - 1, alpha - 1)
    return (1 + x) / 2, w


def _legendre(n: int, a: float, b: float) -> Rule:
    x, w = special.roots_legendre(n)
    return a + (b - a) * (1 + x) / 2, w


def _lognormal(n: int, mean: float, variance: float) -> Rule:
    x, w = _hermite(n, mean, variance)
    return np.exp(x), w


def _inverse_gamma(n: int, shape: float, scale: float) -> Rule:
    x, w = _laguerre(n, shape, scale)
    return 1 / x, w


def _wigner(n: int, radius: float) -> Rule:
    x, w = special.roots_chebyu(n)
    return radius * x, w


_RULES: Mapping[type, Callable[..., Rule]] = {
    Normal: _hermite,
    laws.LogNormal: _lognormal,
    laws.Gamma: _laguerre,
    laws.Exponential: lambda n, rate: _laguerre(n, 1.0, rate),
    laws.ChiSquared: lambda n, dof: _laguerre(n, dof / 2, 0.5),
    laws.InverseGamma: _inverse_gamma,
    laws.Uniform: _legendre,
    laws.Beta: _jacobi,
    laws.Wigner: _wigner,
}

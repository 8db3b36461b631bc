"""Means whose sum over n draws follows a law that is known: their intervals lean on no central limit theorem.

What is drawn must be one law with numbers for parameters, and what is averaged a + b x of it (for a normal law also
a + b (x − mean)²), or take two values only. The parameter that the mean turns on is taken for unknown, and the interval
is that of the exact law of the sum:

    two values, Bernoulli, binomial   a count, whose chance Clopper and Pearson enclose
    Poisson                           a count, whose mean Garwood encloses
    exponential, gamma, chi-squared   a gamma law of known shape and unknown scale
    normal, x                         a normal law of known deviation
    normal, (x − mean)²               a chi-squared law of n degrees of freedom and unknown scale

Each holds at one n that is fixed before looking.

Source   Clopper and Pearson 1934 (Biometrika 26); Garwood 1936, "Fiducial limits for the Poisson distribution"
         (Biometrika 28).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt

import sympy as sp
import torch
from torch import Tensor

from claims import laws
from claims.notation import Density, Law, Normal
from numerics.balls import Undetermined, enclose
from numerics.sampling.moments import Moments
from numerics.sampling.sequences import binomial_interval, poisson_interval, scale_interval, two_sided

CLOPPER_PEARSON = "Clopper and Pearson's law of a count"
GARWOOD = "Garwood's law of a Poisson count"
GAMMA = "the gamma law of a sum"
NORMAL = "the normal law of a sum"
CHI_SQUARED = "the chi-squared law of a sum of squares"
SAME = 1e-12
"""Values that differ by less, beside the largest, are one value and its rounding."""
WHOLE = 1e-3
"""How far a sum of counts may be from a whole number."""

Interval = Callable[[float, int, float], tuple[float, float]]
"""From the mean of n draws of X, and n, to the ends for its expectation, missed with chance alpha at most."""


@dataclass(frozen=True, slots=True)
class ExactLaw:
    """What is averaged is start + slope · X, and the mean of n draws of X has the named law."""

    name: str
    start: float
    slope: float
    interval: Interval

    def ends(self, found: Moments, alpha: float) -> tuple[float, float] | None:
        """The interval for the mean; None where the draws are no such sum after all."""
        if self.slope == 0:
            return None
        try:
            ends = self.interval((found.mean - self.start) / self.slope, found.n, alpha)
        except ValueError:
            return None
        low, high = sorted(self.start + self.slope * end for end in ends)
        return low, high


def of_outcomes(values: Tensor) -> ExactLaw | None:
    """The law of a count, where what is averaged takes two values over a list of outcomes; None elsewhere."""
    if not bool(values.isfinite().all()):
        return None
    low, high = float(values.min()), float(values.max())
    room = SAME * max(abs(low), abs(high))
    two = torch.minimum((values - low).abs(), (values - high).abs()) <= room
    if high - low <= room or not bool(two.all()):
        return None
    return ExactLaw(CLOPPER_PEARSON, low, high - low, _share(1))


@lru_cache(maxsize=1024)
def of_law(integrand: sp.Expr, variable: sp.Symbol, law: Law) -> ExactLaw | None:
    """The law of a sum of what is averaged under one law; None where it isn't known."""
    known = _KNOWN.get(type(law))
    if known is None or law.free_symbols:
        return None
    try:
        coefficients = _polynomial(integrand, variable)
        if coefficients is None:
            return None
        made = known(*law.args, *coefficients)
        if made is None:
            return None
        name, start, slope, interval = made
        return ExactLaw(name, _float(start), _float(slope), interval)
    except (TypeError, Undetermined, ValueError):
        return None


def _polynomial(e: sp.Expr, x: sp.Symbol) -> tuple[sp.Expr, sp.Expr, sp.Expr] | None:
    """The coefficients of 1, x and x²; None for anything of another form. Logs of densities are spelt out."""
    y = sp.Dummy("y", positive=True)
    plain = e.replace(lambda part: isinstance(part, Density), _density)
    if plain.has(sp.log):
        plain = sp.expand_log(plain.xreplace({x: y}), force=True).xreplace({y: x})
    poly = sp.Poly(plain, x) if plain.is_polynomial(x) else None
    if poly is None or not 1 <= poly.degree() <= 2:
        return None
    return poly.coeff_monomial(1), poly.coeff_monomial(x), poly.coeff_monomial(x**2)


def _density(e: Density) -> sp.Expr:
    law, at = e.law, e.point
    if isinstance(law, Normal):
        return sp.exp(-((at - law.mean) ** 2) / (2 * law.variance)) / sp.sqrt(2 * sp.pi * law.variance)
    if isinstance(law, laws.Family):
        found: sp.Expr = law.density(at)
        return found
    raise TypeError(f"{e} is known by its name alone")


Made = tuple[str, sp.Expr, sp.Expr, Interval] | None


def _linear(name: str, interval: Interval, a: sp.Expr, b: sp.Expr, c: sp.Expr) -> Made:
    return (name, a, b, interval) if c == 0 else None


def _of_normal(mean: sp.Expr, variance: sp.Expr, a: sp.Expr, b: sp.Expr, c: sp.Expr) -> Made:
    if c == 0:
        deviation = sqrt(_float(variance))
        return NORMAL, a, b, lambda m, n, alpha: _beside(m, two_sided(alpha) * deviation / sqrt(n))
    if sp.simplify(b + 2 * c * mean) != 0:
        return None
    return CHI_SQUARED, a - c * mean**2, c, lambda m, n, alpha: scale_interval(m, n / 2, alpha)


def _scaled(shape: sp.Expr) -> Interval:
    of_one = _float(shape)
    return lambda m, n, alpha: scale_interval(m, n * of_one, alpha)


def _share(trials: int) -> Interval:
    def interval(mean: float, n: int, alpha: float) -> tuple[float, float]:
        low, high = binomial_interval(_counted(mean * n), n * trials, alpha)
        return low * trials, high * trials

    return interval


def _rate(mean: float, n: int, alpha: float) -> tuple[float, float]:
    low, high = poisson_interval(_counted(mean * n), alpha)
    return low / n, high / n


def _beside(mean: float, far: float) -> tuple[float, float]:
    return mean - far, mean + far


def _counted(total: float) -> int:
    """A sum of counts. Raises ValueError for a sum that isn't whole."""
    hits = round(total)
    if abs(total - hits) > WHOLE:
        raise ValueError(f"{total} is no count")
    return hits


def _float(e: sp.Expr) -> float:
    return float(enclose(e).mid())


_KNOWN: Mapping[type, Callable[..., Made]] = {
    Normal: _of_normal,
    laws.Bernoulli: lambda p, *e: _linear(CLOPPER_PEARSON, _share(1), *e),
    laws.Binomial: lambda n, p, *e: _linear(CLOPPER_PEARSON, _share(int(n)), *e),
    laws.Poisson: lambda rate, *e: _linear(GARWOOD, _rate, *e),
    laws.Exponential: lambda rate, *e: _linear(GAMMA, _scaled(sp.S.One), *e),
    laws.Gamma: lambda shape, rate, *e: _linear(GAMMA, _scaled(shape), *e),
    laws.ChiSquared: lambda dof, *e: _linear(GAMMA, _scaled(dof / 2), *e),
}

"""An integral as an average of weights: points drawn from a proposal that resembles the integrand, f over its density.

The proposal is one of a few named laws put where the size of f is, its mean and variance taken from a grid and the
variance widened. A pilot of draws decides among them: the one whose weights vary least. Weights with too heavy a tail
are refused; where all proposals are, so is the integral.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import pi, sqrt

import sympy as sp
import torch
from torch import Tensor

from claims.laws import Beta, Cauchy, Exponential, Gamma, Logistic, LogNormal, Uniform
from claims.notation import Density, Expectation, Law, Normal
from numerics.balls import Undetermined
from numerics.sampling.averages import average
from numerics.sampling.heavy_tails import KEPT, too_heavy
from numerics.sampling.program import program

GRID = 4001
FARTHEST = 12.0
"""The grid reaches to ± sinh of this on the line, and to e to this on the half-line."""
BEYOND = 1e-4
"""What may lie beyond the grid, as a part of the whole: f at its end times the distance."""
LARGEST = 1e3
"""How many times their mean a weight may be anywhere on the grid."""
WIDER = 1.5
"""By which the variance of a proposal exceeds what the grid shows."""
PILOT = 2**13
LEAST = 1e-9
"""A place nearer to zero than this is zero."""
COST: Mapping[type, float] = {Beta: 10, Gamma: 5}
"""What a draw takes, beside one of a law that is a transformation of a uniform number."""


def as_average(e: sp.Integral) -> Expectation:
    """A closed integral of one variable as the mean of its weights under the best proposal.

    Raises Undetermined where every proposal leaves weights with too heavy a tail, or none fits; TypeError for an
    integrand that can't be evaluated at draws.
    """
    variable, low, high = e.limits[0]
    x = sp.Symbol("placed", real=True)
    f, (low, high) = e.function.xreplace({variable: x}), map(sp.sympify, (low, high))
    if low is -sp.oo and high is not sp.oo:
        f, low, high = f.xreplace({x: -x}), -high, sp.oo
    best: tuple[float, Expectation] | None = None
    why = "no proposal fits the integrand"
    for law, point, scale in _proposals(f, x, low, high):
        wanted = Expectation(scale * f.xreplace({x: point}) / Density(law, x), x, law)
        weights = average(f"pilot of {e}", wanted.inside[0], {x: law}).values(0, PILOT)
        heavy = _refused(weights) or _unbounded(wanted.inside[0], x, _grid(low, high), weights)
        if heavy is not None:
            why = heavy
            continue
        price = float(weights.var()) * COST.get(type(law), 1)
        if best is None or price < best[0]:
            best = price, wanted
    if best is None:
        raise Undetermined(why)
    return best[1]


def _refused(weights: Tensor) -> str | None:
    if not bool(weights.isfinite().all()):
        return "a weight has no finite value"
    sizes = weights.abs()
    if float(sizes.std()) <= 1e-12 * float(sizes.max()):
        return None
    return too_heavy(torch.topk(sizes, KEPT).values.tolist())


def _unbounded(weight: sp.Expr, x: sp.Symbol, grid: Tensor, drawn: Tensor) -> str | None:
    """Why weights seem to grow without bound beyond the draws: one on the grid is so many times their mean."""
    there = torch.broadcast_to(program(weight, (x,))(grid), grid.shape).abs()
    most = float(there[~there.isnan()].max())  # NaN stands where both f and the density are too small to tell
    if most <= LARGEST * float(drawn.abs().mean()):
        return None
    return "the weights have a tail of shape unknown: they grow beyond what is drawn"


def _grid(low: sp.Expr, high: sp.Expr) -> Tensor:
    """Places of x for a range of that kind: the line, the half-line from its end, and the unit interval."""
    if low is -sp.oo:
        return torch.sinh(torch.linspace(-FARTHEST, FARTHEST, GRID, dtype=torch.float64))
    if high is sp.oo:
        return torch.exp(torch.linspace(-FARTHEST, FARTHEST, GRID, dtype=torch.float64))
    return (torch.arange(GRID, dtype=torch.float64) + 0.5) / GRID


def _proposals(f: sp.Expr, x: sp.Symbol, low: sp.Expr, high: sp.Expr) -> Iterator[tuple[Law, sp.Expr, sp.Expr]]:
    """Laws, the point of the range that a draw x stands for, and how much range a unit of x is."""
    if low is -sp.oo:
        middle, variance = _where(f, x, _grid(low, high))
        spread = sqrt(WIDER * variance)
        yield Normal(_short(middle), _short(WIDER * variance)), x, sp.S.One
        yield Logistic(_short(middle), _short(spread * sqrt(3) / pi)), x, sp.S.One
        yield Cauchy(_short(middle), _short(spread)), x, sp.S.One
    elif high is sp.oo:
        there = low + x
        middle, variance = _where(f.xreplace({x: there}), x, _grid(low, high))
        variance *= WIDER
        yield Gamma(_short(middle**2 / variance), _short(middle / variance)), there, sp.S.One
        yield Exponential(_short(1 / middle)), there, sp.S.One
        yield LogNormal(_short(float(torch.tensor(middle).log())), sp.S.One), there, sp.S.One
    else:
        there, width = low + (high - low) * x, high - low
        middle, variance = _where(f.xreplace({x: there}), x, _grid(low, high))
        more = middle * (1 - middle) / min(WIDER * variance, 0.99 * middle * (1 - middle)) - 1
        yield Uniform(0, 1), there, width
        yield Beta(_short(middle * more), _short((1 - middle) * more)), there, width


def _where(f: sp.Expr, x: sp.Symbol, grid: Tensor) -> tuple[float, float]:
    """Mean and variance of the size of f over a grid."""
    sizes = torch.broadcast_to(program(f, (x,))(grid), grid.shape).abs()
    mass = torch.nan_to_num(sizes, 0.0, 0.0, 0.0) * torch.gradient(grid)[0]
    total = float(mass.sum())
    if not total > 0 or total == float("inf"):
        raise Undetermined("the integrand is nothing, or without bounds, on the whole grid")
    if float((sizes * grid.abs())[[0, -1]].max()) > BEYOND * total and float(grid.abs().max()) > 1:
        raise Undetermined("the integrand does not fall off within the grid")
    middle = float((mass * grid).sum()) / total
    return middle, float((mass * (grid - middle) ** 2).sum()) / total


def _short(value: float) -> sp.Rational:
    """A parameter as a fraction of few digits."""
    return sp.Rational(f"{value:.3g}") if abs(value) > LEAST else sp.S.Zero

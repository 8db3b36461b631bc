"""Samplers behind one interface: a draw is a function of (stream, sample), whatever the law.

Continuous laws are drawn by a transformation of uniforms or normals, gamma laws by counted rejection (an attempt is a
word of the counter), whole-number laws by inverting their distribution function. Parameters are named, and mean what
``claims.laws`` says: N(mean, VARIANCE), Gamma(shape, RATE). They are numbers, or tensors of one entry for each sample.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import pi

import sympy as sp
import torch
from torch import Tensor

from claims import laws
from claims.notation import Law, Normal
from numerics.sampling.streams import Stream

Number = float | Tensor
Draw = Callable[[Stream, Tensor, int], Tensor]
"""A stream, sample numbers (count,) and the first dimension to use, to the draws: (count,), or (count, coordinates)."""
MOST_ATTEMPTS = 1000
LEAST_MASS = 1e-18
"""What a table of a whole-number law may leave out."""
MOST_LISTED = 10_000_000


@dataclass(frozen=True, slots=True)
class Sampler:
    """How a law is drawn, and how many dimensions of a stream a draw takes (an even number)."""

    dims: int
    draw: Draw


def sampler(law: Law, *parameters: Number) -> Sampler:
    """The sampler of a named law, its parameters as given, or those of the law itself where they are numbers.

    Raises TypeError for a law that has none.
    """
    maker = _MAKERS.get(type(law))
    if maker is None and isinstance(law, laws.Family) and law.support.whole and not parameters:
        return counted(law)
    if maker is None:
        raise TypeError(f"{law} has no sampler")
    return maker(*(parameters or map(float, law.args)))


def must_be_listed(law: Law) -> bool:
    """Whether a law is drawn from a list of its masses, since no transformation gives it."""
    return type(law) not in _MAKERS


def by_uniform(transform: Callable[[Tensor], Tensor]) -> Sampler:
    """One uniform for each draw."""
    return Sampler(2, lambda stream, samples, first: transform(stream.uniforms_at(samples, 1, 0, first)[:, 0]))


def by_normal(transform: Callable[[Tensor], Tensor]) -> Sampler:
    """One standard normal for each draw."""

    def draw(stream: Stream, samples: Tensor, first: int) -> Tensor:
        return transform(stream.normals_at(samples, 1, 0, first)[:, 0])

    return Sampler(2, draw)


def normal(mean: Number, variance: Number) -> Sampler:
    return by_normal(lambda z: mean + variance**0.5 * z)


def lognormal(mean: Number, variance: Number) -> Sampler:
    return by_normal(lambda z: torch.exp(mean + variance**0.5 * z))


def logistic_normal(mean: Number, variance: Number) -> Sampler:
    """The logistic function of a normal draw: on (0, 1)."""
    return by_normal(lambda z: torch.sigmoid(mean + variance**0.5 * z))


def uniform(a: Number, b: Number) -> Sampler:
    return by_uniform(lambda u: a + (b - a) * u)


def exponential(rate: Number) -> Sampler:
    return by_uniform(lambda u: -torch.log(u) / rate)


def laplace(mean: Number, scale: Number) -> Sampler:
    return by_uniform(lambda u: mean - scale * torch.sign(u - 0.5) * torch.log(2 * torch.minimum(u, 1 - u)))


def logistic(mean: Number, scale: Number) -> Sampler:
    return by_uniform(lambda u: mean + scale * (torch.log(u) - torch.log1p(-u)))


def cauchy(location: Number, scale: Number) -> Sampler:
    return by_uniform(lambda u: location + scale * torch.tan(pi * (u - 0.5)))


def pareto(least: Number, shape: Number) -> Sampler:
    return by_uniform(lambda u: least * u ** (-1 / shape))


def weibull(shape: Number, scale: Number) -> Sampler:
    return by_uniform(lambda u: scale * (-torch.log(u)) ** (1 / shape))


def rayleigh(scale: Number) -> Sampler:
    return by_uniform(lambda u: scale * torch.sqrt(-2 * torch.log(u)))


def bernoulli(p: Number) -> Sampler:
    return by_uniform(lambda u: (u < p).to(torch.float64))


def discrete_uniform(a: Number, b: Number) -> Sampler:
    return by_uniform(lambda u: a + torch.floor(u * (b - a + 1)))


def geometric(p: Number) -> Sampler:
    """Trials up to and with the first success: 1, 2, …"""
    return by_uniform(lambda u: torch.ceil(torch.log(u) / torch.log1p(-torch.as_tensor(p, dtype=torch.float64))))


def geometric_failures(p: Number) -> Sampler:
    trials = geometric(p)
    return Sampler(trials.dims, lambda stream, samples, first: trials.draw(stream, samples, first) - 1)


def standard_gamma(stream: Stream, samples: Tensor, first: int, shape: Number) -> Tensor:
    """Gamma(shape, rate 1): Marsaglia and Tsang 2000, "A simple method for generating gamma variables".

    A shape below 1 is drawn at shape + 1 and multiplied by u^(1/shape). Six dimensions.
    """
    a = torch.broadcast_to(torch.as_tensor(shape, dtype=torch.float64, device=samples.device), samples.shape)
    d = torch.where(a < 1, a + 1, a) - 1 / 3
    found = torch.full(samples.shape, torch.nan, dtype=torch.float64, device=samples.device)
    waiting = torch.arange(len(samples), device=samples.device)
    for attempt in range(MOST_ATTEMPTS):
        here, scale = samples[waiting], d[waiting]
        z = stream.normals_at(here, 1, attempt, first)[:, 0]
        u = stream.uniforms_at(here, 1, attempt, first + 2)[:, 0]
        v = (1 + z / torch.sqrt(9 * scale)) ** 3
        kept = (v > 0) & (torch.log(u) < z**2 / 2 + scale - scale * v + scale * torch.log(v))
        found[waiting[kept]] = (scale * v)[kept]
        waiting = waiting[~kept]
        if not len(waiting):
            break
    if not bool((a < 1).any()):
        return found
    boost = stream.uniforms_at(samples, 1, 0, first + 4)[:, 0]
    return torch.where(a < 1, found * boost ** (1 / a), found)


GAMMA_DIMS = 6


def gamma(shape: Number, rate: Number) -> Sampler:
    return Sampler(GAMMA_DIMS, lambda stream, samples, first: standard_gamma(stream, samples, first, shape) / rate)


def inverse_gamma(shape: Number, scale: Number) -> Sampler:
    return Sampler(GAMMA_DIMS, lambda stream, samples, first: scale / standard_gamma(stream, samples, first, shape))


def chi_squared(dof: Number) -> Sampler:
    return Sampler(GAMMA_DIMS, lambda stream, samples, first: 2 * standard_gamma(stream, samples, first, dof / 2))


def two_gammas(a: Number, b: Number, join: Callable[[Tensor, Tensor], Tensor]) -> Sampler:
    def draw(stream: Stream, samples: Tensor, first: int) -> Tensor:
        x = standard_gamma(stream, samples, first, a)
        return join(x, standard_gamma(stream, samples, first + GAMMA_DIMS, b))

    return Sampler(2 * GAMMA_DIMS, draw)


def beta(alpha: Number, beta: Number) -> Sampler:
    return two_gammas(alpha, beta, lambda x, y: x / (x + y))


def f(dof_top: Number, dof_bottom: Number) -> Sampler:
    return two_gammas(dof_top / 2, dof_bottom / 2, lambda x, y: (x / dof_top) / (y / dof_bottom))


def wigner(radius: Number) -> Sampler:
    return two_gammas(1.5, 1.5, lambda x, y: radius * (x - y) / (x + y))


def student_t(dof: Number) -> Sampler:
    """A standard normal over the root of a mean square."""

    def draw(stream: Stream, samples: Tensor, first: int) -> Tensor:
        z = stream.normals_at(samples, 1, 0, first + GAMMA_DIMS)[:, 0]
        return z / torch.sqrt(2 * standard_gamma(stream, samples, first, dof / 2) / dof)

    return Sampler(GAMMA_DIMS + 2, draw)


def inverse_gaussian(mean: Number, shape: Number) -> Sampler:
    """Michael, Schucany and Haas 1976: the smaller root, or its partner with the chance that belongs to it."""

    def draw(stream: Stream, samples: Tensor, first: int) -> Tensor:
        y = mean * stream.normals_at(samples, 1, 0, first)[:, 0] ** 2
        root = mean * (1 + y / (2 * shape) - torch.sqrt(4 * shape * y + y**2) / (2 * shape))
        u = stream.uniforms_at(samples, 1, 0, first + 2)[:, 0]
        return torch.where(u <= mean / (mean + root), root, mean**2 / root)

    return Sampler(4, draw)


def listed(low: int, masses: Tensor) -> Sampler:
    """The whole numbers from ``low`` on with the given masses (float64, one after the other, of total 1)."""
    steps = torch.cumsum(masses, 0)

    def transform(u: Tensor) -> Tensor:
        place = torch.searchsorted(steps.to(u.device), u.contiguous(), right=True).clamp(max=len(steps) - 1)
        return low + place.to(torch.float64)

    return by_uniform(transform)


@lru_cache(maxsize=256)
def counted(law: laws.Family) -> Sampler:
    """A whole-number law of exact parameters, its masses listed until next to nothing is left out.

    The list is made once: the law is drawn for every part of a sample.
    """
    from numerics.sampling.program import program

    low, high = law.support.low, law.support.high
    k = sp.Dummy("k", integer=True)
    masses = program(sp.exp(sp.log(law.density(k))), (k,))
    size = 64 if high is sp.oo else int(high - low) + 1
    while size <= MOST_LISTED:
        found = masses(torch.arange(size, dtype=torch.float64) + float(low))
        if high is not sp.oo or float(found[-1]) < LEAST_MASS * float(found.max()):
            return listed(int(low), found / found.sum())
        size *= 2
    raise TypeError(f"{law} has too long a tail to be listed")


_MAKERS: Mapping[type, Callable[..., Sampler]] = {
    Normal: normal, laws.LogNormal: lognormal, laws.Uniform: uniform, laws.Exponential: exponential,
    laws.Laplace: laplace, laws.Logistic: logistic, laws.Cauchy: cauchy, laws.Pareto: pareto, laws.Weibull: weibull,
    laws.Rayleigh: rayleigh, laws.Bernoulli: bernoulli, laws.DiscreteUniform: discrete_uniform,
    laws.Geometric: geometric, laws.GeometricFailures: geometric_failures, laws.Gamma: gamma,
    laws.InverseGamma: inverse_gamma, laws.ChiSquared: chi_squared, laws.Beta: beta, laws.F: f, laws.Wigner: wigner,
    laws.StudentT: student_t, laws.InverseGaussian: inverse_gaussian,
}  # fmt: skip
"""By kind of law. A whole-number law that is missing here is drawn from a list, which needs fixed parameters."""

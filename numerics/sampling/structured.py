"""Samplers of laws over vectors and finite sets: the rows of MODELS that no scalar family covers. The same interface.

Rows 3 and 4 (categorical, multinomial), 10 (multivariate normal), 13 (Dirichlet), 17 (Boltzmann), 18 (exponential
family on a finite set) and 19 (empirical). Draws are (count, coordinates), or (count,) for the number of an outcome.
"""

from __future__ import annotations

import torch
from torch import Tensor

from numerics.sampling.samplers import GAMMA_DIMS, Sampler, listed, standard_gamma
from numerics.sampling.streams import Stream


def categorical(probabilities: Tensor) -> Sampler:
    """The number of an outcome, from 0: (count,). Raises ValueError for what is no list of probabilities."""
    if probabilities.dim() != 1 or not bool((probabilities >= 0).all()) or abs(float(probabilities.sum()) - 1) > 1e-9:
        raise ValueError(f"{probabilities} must be a list of probabilities that sum to 1")
    return listed(0, probabilities.double())


def multinomial(trials: int, probabilities: Tensor) -> Sampler:
    """How often each outcome comes up in so many trials: (count, outcomes)."""
    one = categorical(probabilities)

    def draw(stream: Stream, samples: Tensor, first: int) -> Tensor:
        each = [one.draw(stream, samples, first + 2 * trial) for trial in range(trials)]
        outcomes = torch.arange(len(probabilities), device=samples.device, dtype=torch.float64)
        hits: Tensor = torch.stack(each, -1)[..., None] == outcomes
        return hits.sum(1).double()

    return Sampler(2 * trials, draw)


def multivariate_normal(mean: Tensor, cov: Tensor) -> Sampler:
    """N(mean, cov), mean (d,), cov (d, d): (count, d), by the Cholesky factor."""
    factor, d = torch.linalg.cholesky(cov), len(mean)

    def draw(stream: Stream, samples: Tensor, first: int) -> Tensor:
        return mean + torch.matmul(stream.normals_at(samples, d, 0, first), factor.T)

    return Sampler(d + d % 2, draw)


def dirichlet(alpha: Tensor) -> Sampler:
    """Gamma draws over their sum: (count, len(alpha))."""

    def draw(stream: Stream, samples: Tensor, first: int) -> Tensor:
        parts = [standard_gamma(stream, samples, first + GAMMA_DIMS * k, float(a)) for k, a in enumerate(alpha)]
        together = torch.stack(parts, -1)
        total: Tensor = together.sum(-1, keepdim=True)
        return together / total

    return Sampler(GAMMA_DIMS * len(alpha), draw)


def boltzmann(energies: Tensor, temperature: float) -> Sampler:
    """p ∝ exp(−energy/temperature) over a finite set of states: the number of a state."""
    return categorical(torch.softmax(-energies.double() / temperature, 0))


def exponential_family(base: Tensor, statistics: Tensor, natural: Tensor) -> Sampler:
    """p(k) ∝ base(k) exp(natural · statistics(k)) on outcomes 0, 1, …; base (K,), statistics (K, d), natural (d,)."""
    return categorical(torch.softmax(torch.log(base.double()) + statistics.double() @ natural.double(), 0))


def empirical(data: Tensor) -> Sampler:
    """One of the rows of ``data``, each with the same chance: (count,) or (count, coordinates)."""
    place = categorical(torch.full((len(data),), 1 / len(data), dtype=torch.float64))
    return Sampler(place.dims, lambda stream, samples, first: data[place.draw(stream, samples, first).long()])

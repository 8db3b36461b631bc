"""Named laws as tables, by their masses at nodes, for the reference models of laws on finite sets.

A sum over outcomes, and the trapezoid rule on the line, after x = e^u on the half-line and x = 1/(1 + e^(−u)) between 0
and 1, where it converges as fast as the integrand falls off: below 1e-9 (1 + |value|) for densities that fall off on
both sides within e^60. The lengths of nodes cancel from divergences, and an entropy is a cross-entropy of densities.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor
from torch.distributions import Distribution, constraints

from reference_models.divergences.kullback_leibler import kl_of_densities

LEAST = -600.0
"""Logarithm of a density below which a node is left out."""
LogProb = Callable[[Tensor], Tensor]


def coin(p: Tensor) -> Tensor:
    """1 first: () -> (2,)."""
    return torch.stack([p, 1 - p])


def shares(*weights: Tensor) -> Tensor:
    """Weights over their sum: (classes,)."""
    table = torch.stack(weights)
    return table / table.sum()


def line(step: float = 1 / 64, reach: float = 60.0) -> tuple[Tensor, Tensor]:
    """Nodes on the line and their lengths: (nodes,), (nodes,)."""
    u = torch.arange(-reach, reach, step, dtype=torch.float64)
    return u, torch.full_like(u, step)


def half_line(scale: Tensor, step: float = 1 / 32) -> tuple[Tensor, Tensor]:
    """Nodes above 0, from e^(−150) to 1000 scales, and their lengths: (nodes,), (nodes,)."""
    x = scale * torch.exp(torch.arange(-150.0, 7.0, step, dtype=torch.float64))
    return x, x * step


def lower_half(step: float = 1 / 32, reach: float = 150.0) -> tuple[Tensor, Tensor]:
    """Nodes from e^(−reach) to 1/2 and their lengths, the last of which is halved: the rest mirrors it."""
    x = torch.sigmoid(torch.arange(-reach, step / 2, step, dtype=torch.float64))
    lengths = x * (1 - x) * step
    lengths[-1] /= 2
    return x, lengths


def nodes(law: Distribution, step: float = 1 / 64) -> tuple[Tensor, Tensor]:
    """Points of the law's support and the lengths they stand for, 1 for outcomes: (nodes,), (nodes,)."""
    if law.has_enumerate_support:
        listed: Tensor = law.enumerate_support()
        return listed, torch.ones_like(listed)
    support = law.support
    u, lengths = line(step)
    if support is constraints.real:
        return u, lengths
    if isinstance(support, constraints.interval):
        x = torch.sigmoid(u[u.abs() < 34])
        width = support.upper_bound - support.lower_bound
        return support.lower_bound + width * x, width * x * (1 - x) * step
    x = torch.exp(u[u < 7])
    return x, x * step


def masses(law: Distribution) -> Tensor:
    """Of a law of few outcomes: (outcomes,)."""
    return torch.exp(_log_prob(law, law.enumerate_support()))


def tables(*laws: Distribution) -> list[Tensor]:
    """The masses of laws at the nodes of the first, where none is negligible: each (nodes,)."""
    x, lengths = nodes(laws[0])
    logs = torch.stack([_log_prob(law, x) for law in laws])
    kept = (logs > LEAST).all(0)
    return list(torch.exp(logs[:, kept]) * lengths[kept])


def densities(*laws: Distribution) -> tuple[Tensor, ...]:
    """The masses of the first law at its nodes, then the densities of all of them there: each (nodes,)."""
    x, lengths = nodes(laws[0])
    logs = torch.stack([_log_prob(law, x) for law in laws])
    kept = (logs > LEAST).all(0)
    found = torch.exp(logs[:, kept])
    return found[0] * lengths[kept], *found


def entropy_at(log_prob: LogProb, x: Tensor, lengths: Tensor) -> Tensor:
    """−∫ p log p of a model's log-density, nodes of no density left out: (nodes,) twice -> ()."""
    log_p = log_prob(x)
    kept = log_p > LEAST
    return -kl_of_densities(log_p[kept], torch.zeros_like(log_p[kept]), lengths[kept])


def _log_prob(law: Distribution, x: Tensor) -> Tensor:
    value: Tensor = law.log_prob(x)
    return value

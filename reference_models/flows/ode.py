"""Neural ODEs, continuous flows and Hutchinson's trace. Standalone: imports math, torch; nothing of ours.

Source   Chen et al. 2018, section 4 (instantaneous change of variables); Grathwohl et al. 2019, section 3 (FFJORD).
Shapes   z is (*batch, d), a field maps (t, z) to (*batch, d); log-densities and traces are (*batch,). float64, nats.
Here     time runs from 0 (noise) to 1 (data): ż = f(t, z), d log p/dt = −tr ∂f/∂z. Steps are classical Runge-Kutta of
         order 4, of equal size. Probe vectors are given: signs (Rademacher) or normals.
"""

import math
from collections.abc import Callable

import torch
from torch import Tensor

Field = Callable[[Tensor, Tensor], Tensor]


def trace(field: Field, t: Tensor, z: Tensor) -> Tensor:
    """tr ∂f/∂z, one derivative along each axis: (*batch, d) -> (*batch,)."""
    eye = torch.eye(z.shape[-1], dtype=z.dtype, device=z.device)
    total = torch.zeros(z.shape[:-1], dtype=z.dtype, device=z.device)
    for axis in eye:
        total = total + (torch.func.jvp(lambda at: field(t, at), (z,), (axis.expand_as(z),))[1] * axis).sum(-1)
    return total


def hutchinson(field: Field, t: Tensor, z: Tensor, probe: Tensor) -> Tensor:
    """vᵀ (∂f/∂z) v with E v vᵀ = I: its mean is the trace. probe is as z."""
    pushed: Tensor = torch.func.jvp(lambda at: field(t, at), (z,), (probe,))[1]  # J v
    return (pushed * probe).sum(-1)


def integrated(
    rate: Callable[[Tensor, Tensor, Tensor], tuple[Tensor, Tensor]], z: Tensor, start: float, end: float, steps: int
) -> tuple[Tensor, Tensor]:
    """z(end) and the integral of the second rate from start to end, both from (ż, l̇) = rate(t, z, l)."""
    step, log_p = (end - start) / steps, torch.zeros(z.shape[:-1], dtype=z.dtype, device=z.device)
    for i in range(steps):
        t = torch.tensor(start + i * step, dtype=z.dtype, device=z.device)
        a, u = rate(t, z, log_p)
        b, v = rate(t + step / 2, z + step / 2 * a, log_p)
        c, w = rate(t + step / 2, z + step / 2 * b, log_p)
        d, x = rate(t + step, z + step * c, log_p)
        z, log_p = z + step * (a + 2 * b + 2 * c + d) / 6, log_p + step * (u + 2 * v + 2 * w + x) / 6
    return z, log_p


def flow(field: Field, z: Tensor, start: float, end: float, steps: int) -> tuple[Tensor, Tensor]:
    """z(end) and log |det ∂z(end)/∂z(start)| = ∫ tr ∂f/∂z dt."""
    return integrated(lambda t, at, _: (field(t, at), trace(field, t, at)), z, start, end, steps)


def log_prob(field: Field, x: Tensor, steps: int) -> Tensor:
    """log p(x) = log N(z(0) | 0, I) − ∫₀¹ tr ∂f/∂z dt, back along the path that ends in x."""
    z, log_det = flow(field, x, 1.0, 0.0, steps)  # the log-det of x -> z(0)
    return -(z**2).sum(-1) / 2 - x.shape[-1] * math.log(2 * math.pi) / 2 + log_det


def sample(field: Field, noise: Tensor, steps: int) -> Tensor:
    """Draws from standard normal noise: (*batch, d)."""
    return flow(field, noise, 0.0, 1.0, steps)[0]


def ffjord(field: Field, z: Tensor, probe: Tensor, start: float, end: float, steps: int) -> tuple[Tensor, Tensor]:
    """As ``flow`` with Hutchinson's estimate of the trace, one probe for the whole path."""
    return integrated(lambda t, at, _: (field(t, at), hutchinson(field, t, at, probe)), z, start, end, steps)

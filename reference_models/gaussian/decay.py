"""What normal chains keep of their start, from how their state depends on each noise. Standalone: imports torch.

Idea     a state is linear in the start and in the noises: autograd gives its coefficients, and covariances are sums of
         their products. The variance of a continuous process is the integral of what each moment's noise has left.
Source   Ho, Jain and Abbeel 2020, section 2.
Shapes   every argument is a scalar tensor; results are scalars. float64.
Here     s is a STANDARD DEVIATION or a diffusion coefficient, v a VARIANCE, a an autoregressive coefficient.
"""

from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor


def coefficients(state: Callable[[Tensor], Tensor], noises: int) -> Tensor:
    """How a state that is linear in its noises depends on each of them: (noises,)."""
    jacobian = torch.func.jacrev(state)
    found: Tensor = jacobian(torch.zeros(noises, dtype=torch.float64))
    return found


def variance_after_step(a: Tensor, s: Tensor) -> Tensor:
    """Var(a x + s e) for x of the variance that a chain of noise s settles at, a sum over all earlier noises."""
    ages = torch.arange(4000, dtype=torch.float64)
    settled = s * a**ages
    kept = coefficients(lambda noise: (a * settled * noise[1:]).sum() + s * noise[0], len(ages) + 1)
    return torch.dot(kept, kept)


def correlation(a: Tensor, c: Tensor) -> Tensor:
    """Correlation with the start after a step from the correlation c."""

    def later(noise: Tensor) -> Tensor:
        now = c * noise[0] + torch.sqrt(1 - c**2) * noise[1]
        return a * now + torch.sqrt(1 - a**2) * noise[2]

    kept = coefficients(later, 3)
    return kept[0] / torch.sqrt(torch.dot(kept, kept))


def nodes(low: Tensor, high: Tensor) -> tuple[Tensor, Tensor]:
    """Gauss-Legendre nodes and weights between two times: (40,), (40,)."""
    u, w = (torch.as_tensor(v) for v in np.polynomial.legendre.leggauss(40))
    return low + (high - low) * (u + 1) / 2, w * (high - low) / 2


def noise_variance(k: Tensor, t: Tensor, s: Tensor) -> Tensor:
    """∫ σ² e^(−2k(t − u)) du: what the noise of each moment has left at time t."""
    u, w = nodes(torch.zeros_like(t), t)
    return (w * s**2 * torch.exp(-2 * k * (t - u))).sum()


def covariance_with_start(k: Tensor, t: Tensor, v: Tensor, steps: int = 2048) -> Tensor:
    """Cov(x_0, x_t) for the start's variance v: the drift in steps of (1 − kh/2)/(1 + kh/2), extrapolated."""

    def stepped(n: int) -> Tensor:
        half = k * t / (2 * n)
        return v * ((1 - half) / (1 + half)) ** n

    return (4 * stepped(2 * steps) - stepped(steps)) / 3


def variance_slope(k: Tensor, t: Tensor, s: Tensor, v: Tensor) -> Tensor:
    """The slope in time of the variance of the start and of the noise, by autograd."""
    at = t.clone().requires_grad_()
    whole = v * torch.exp(-2 * k * at) + noise_variance(k, at, s)
    (slope,) = torch.autograd.grad(whole, at)
    return slope


def two_stretches(k: Tensor, t: Tensor, h: Tensor, s: Tensor) -> Tensor:
    """The variance of the noise of a stretch t, damped over h, and of the noise of h."""
    return noise_variance(k, t, s) * torch.exp(-k * h) ** 2 + noise_variance(k, h, s)


def signal(x0: Tensor, *keeps: Tensor) -> Tensor:
    """The mean of the state after steps x ← √a x + √(1 − a) e: its value where all noises are 0."""
    state = x0
    for keep in keeps:
        state = torch.sqrt(keep) * state
    return state


if __name__ == "__main__":
    half, one = torch.tensor([0.5, 1.0], dtype=torch.float64)
    print(variance_after_step(half, one), correlation(half, half))  # 4/3 and 1/4

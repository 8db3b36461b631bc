"""Diffusions in continuous time: VP, VE, way back, probability-flow ODE, Langevin steps. Standalone: imports torch.

Source   Song et al. 2021, sections 3 and 4, appendix B; Song and Ermon 2019, section 4.
Shapes   x is (*batch, d), t a scalar tensor in [0, 1]; log-densities are (*batch,). float64, nats.
Here     time runs from 0 (data) to 1 (noise), dx = f dt + g dw; the way back has the same clock and negative steps.
         VP: β(t) = b_0 + t (b_1 − b_0); VE: σ(t) = s_0 (s_1/s_0)^t, standard deviations. A score is ∇ log p_t.
"""

import math
from collections.abc import Callable

import torch
from torch import Tensor

Field = Callable[[Tensor, Tensor], Tensor]


def vp_drift(x: Tensor, t: Tensor, b0: float, b1: float) -> Tensor:
    """f = −½ β(t) x."""
    return -(b0 + t * (b1 - b0)) * x / 2


def vp_diffusion(t: Tensor, b0: float, b1: float) -> Tensor:
    """g = √β(t)."""
    return torch.sqrt(b0 + t * (b1 - b0))


def vp_kernel(t: Tensor, b0: float, b1: float) -> tuple[Tensor, Tensor]:
    """x_t | x_0 ~ N(e^{−½∫β} x_0, 1 − e^{−∫β}): the factor and the VARIANCE."""
    area = b0 * t + (b1 - b0) * t**2 / 2
    return torch.exp(-area / 2), -torch.expm1(-area)


def ve_diffusion(t: Tensor, s0: float, s1: float) -> Tensor:
    """g = √(dσ²/dt) = σ(t) √(2 log(s_1/s_0)); the drift is 0."""
    return s0 * (s1 / s0) ** t * math.sqrt(2 * math.log(s1 / s0))


def ve_kernel(t: Tensor, s0: float, s1: float) -> tuple[Tensor, Tensor]:
    """x_t | x_0 ~ N(x_0, σ²(t) − σ²(0)): the factor 1 and the VARIANCE."""
    variance = s0**2 * ((s1 / s0) ** (2 * t) - 1)
    return torch.ones_like(variance), variance


def reverse_drift(f: Tensor, g: Tensor, score: Tensor) -> Tensor:
    """f − g² ∇ log p_t, of the way back with noise."""
    return f - g**2 * score


def ode_drift(f: Tensor, g: Tensor, score: Tensor) -> Tensor:
    """f − ½ g² ∇ log p_t, of the probability-flow ODE."""
    return f - g**2 * score / 2


def euler_maruyama(x: Tensor, drift: Tensor, g: Tensor, dt: float, noise: Tensor) -> Tensor:
    """x + drift dt + g √|dt| ξ; dt < 0 on the way back."""
    return x + drift * dt + g * math.sqrt(abs(dt)) * noise


def ode_path(velocity: Field, x: Tensor, start: float, end: float, steps: int) -> tuple[Tensor, Tensor]:
    """x(end), and ∫ div dt, by Runge-Kutta steps of order 4: (*batch, d), (*batch,)."""

    def rate(at: Tensor, t: float) -> tuple[Tensor, Tensor]:
        point, eye = torch.tensor(t, dtype=x.dtype, device=x.device), torch.eye(x.shape[-1]).to(x)
        pushed = [torch.func.jvp(lambda v: velocity(v, point), (at,), (e.repeat(*at.shape[:-1], 1),))[1] for e in eye]
        return velocity(at, point), torch.stack([p[..., i] for i, p in enumerate(pushed)]).sum(0)

    h, total = (end - start) / steps, torch.zeros_like(x[..., 0])
    for i in range(steps):
        t = start + i * h
        a, u = rate(x, t)
        b, v = rate(x + h / 2 * a, t + h / 2)
        c, w = rate(x + h / 2 * b, t + h / 2)
        d, z = rate(x + h * c, t + h)
        x, total = x + h * (a + 2 * b + 2 * c + d) / 6, total + h * (u + 2 * v + 2 * w + z) / 6
    return x, total


def ode_log_prob(velocity: Field, x: Tensor, end_log_prob: Callable[[Tensor], Tensor], steps: int) -> Tensor:
    """log p_0(x) = log p_1(x(1)) + ∫₀¹ div dt along the ODE."""
    end, total = ode_path(velocity, x, 0.0, 1.0, steps)
    return end_log_prob(end) + total


def langevin(x: Tensor, score: Tensor, h: float, noise: Tensor) -> Tensor:
    """x + h ∇ log p + √(2h) ξ."""
    return x + h * score + math.sqrt(2 * h) * noise


def ascent(x: Tensor, score: Tensor, h: float) -> Tensor:
    """x + h ∇ log p: no noise, so it climbs to a mode."""
    return x + h * score


def denoising_loss(score: Tensor, std: Tensor, noise: Tensor) -> Tensor:
    """½ |s + ε/σ|² for x = x_0 + σ ε: (*batch, d) -> (*batch,). The target is ∇ log q(x | x_0) = −ε/σ."""
    return ((score + noise / std) ** 2).sum(-1) / 2


def predictor_corrector(
    x: Tensor, t: Tensor, dt: float, f: Field, g: Tensor, score: Field, h: float, noise: Tensor
) -> Tensor:
    """One step back of the SDE from t to t − dt, then one Langevin step at t − dt. noise is (2, *batch, d)."""
    x = euler_maruyama(x, reverse_drift(f(x, t), g, score(x, t)), g, -dt, noise[0])
    return langevin(x, score(x, t - dt), h, noise[1])

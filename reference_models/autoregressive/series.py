"""Linear autoregression of order p, AR(p). Standalone: imports math, torch; nothing of ours.

Source   Hamilton 1994, chapter 3 (stationarity, Yule-Walker) and section 5.3 (conditional likelihood).
Shapes   a series is (T,), φ is (p,) with φ_1 first, the weight of the latest value. float64, nats.
Here     x_t = c + φ_1 x_{t−1} + … + φ_p x_{t−p} + ε_t, ε_t ~ N(0, v) with v a VARIANCE. The likelihood is that of
         x_{p+1} … x_T given the first p values.
"""

import math

import torch
from torch import Tensor


def lags(x: Tensor, p: int) -> Tensor:
    """Row t holds x_{t−1} … x_{t−p}, for t = p + 1 … T: (T,) -> (T − p, p)."""
    return x.unfold(0, p, 1)[:-1].flip(-1)


def log_likelihood(x: Tensor, c: Tensor, phi: Tensor, v: Tensor) -> Tensor:
    """Σ_{t > p} log N(x_t | c + Σ φ_i x_{t−i}, v)."""
    error = x[phi.numel() :] - c - lags(x, phi.numel()) @ phi
    return (-(error**2) / (2 * v) - torch.log(2 * math.pi * v) / 2).sum()


def fit(x: Tensor, p: int) -> tuple[Tensor, Tensor, Tensor]:
    """The c, φ and v of greatest conditional likelihood: least squares of x_t on its lags, v = RSS/(T − p)."""
    past = lags(x, p)
    design = torch.cat([torch.ones_like(past[:, :1]), past], 1)
    best = torch.linalg.pinv(design) @ x[p:]
    return best[0], best[1:], ((x[p:] - design @ best) ** 2).mean()


def companion(phi: Tensor) -> Tensor:
    """F with (x_t, …, x_{t−p+1}) = F (x_{t−1}, …, x_{t−p}) + (c + ε_t, 0, …): (p,) -> (p, p)."""
    p = phi.numel()
    shift = torch.eye(p, dtype=phi.dtype, device=phi.device)[: p - 1]
    return torch.cat([phi[None], shift])


def is_stationary(phi: Tensor) -> Tensor:
    """Whether every eigenvalue of the companion matrix lies inside the unit circle."""
    inside: Tensor = torch.linalg.eigvals(companion(phi)).abs() < 1
    return inside.all()


def autocovariances(phi: Tensor, v: Tensor, count: int) -> Tensor:
    """γ_0 … γ_{count−1} by Yule-Walker: γ_k = Σ φ_i γ_{|k−i|} + v [k = 0], the first p + 1 solved together."""
    p = phi.numel()
    system = torch.eye(p + 1, dtype=phi.dtype, device=phi.device)
    for k in range(p + 1):
        for i in range(1, p + 1):
            system[k, abs(k - i)] -= phi[i - 1]
    right = torch.zeros(p + 1, dtype=phi.dtype, device=phi.device)
    right[0] = v
    gamma = list(torch.linalg.solve(system, right))
    while len(gamma) < count:
        gamma.append(sum(phi[i] * gamma[-1 - i] for i in range(p)))
    return torch.stack(gamma[:count])


def simulate(c: Tensor, phi: Tensor, v: Tensor, start: Tensor, noise: Tensor) -> Tensor:
    """Values that follow ``start`` (*batch, p), oldest first, driven by standard normals (*batch, n): (*batch, n)."""
    past = start
    for t in range(noise.shape[-1]):
        mean = c + (past[..., -phi.numel() :].flip(-1) * phi).sum(-1)
        past = torch.cat([past, (mean + torch.sqrt(v) * noise[..., t])[..., None]], -1)
    return past[..., start.shape[-1] :]

"""DDIM steps and guidance, by nodes, Newton steps and autograd. Standalone: imports numpy, torch; nothing of ours.

Idea     a variance is a sum over pairs of nodes; the mean of a normal law is where its log-density is flat; a score is
         autograd's slope of torch's own log-densities.
Source   Song, Meng and Ermon 2020, sections 3 and 4; Dhariwal and Nichol 2021, section 4; Ho and Salimans 2022.
Shapes   every argument is a scalar tensor; results are scalars. float64, nats.
Here     a = α_t keeps a share of VARIANCE, b = ᾱ_{t−1}, c = ᾱ_t; s and r are STANDARD DEVIATIONS.
"""

from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor
from torch.distributions import Distribution, Normal


def log_normal(x: Tensor, mean: Tensor, std: Tensor) -> Tensor:
    """torch's log-density, given a STANDARD DEVIATION."""
    law: Distribution = Normal(mean, std)
    value: Tensor = law.log_prob(x)
    return value


def step(x: Tensor, x0: Tensor, z: Tensor, b: Tensor, c: Tensor, h: Tensor) -> Tensor:
    """x_{t−1} of a DDIM step from x_t = x with fresh noise z of variance h (1 − b)."""
    fresh = h * (1 - b)
    noise = (x - torch.sqrt(c) * x0) / torch.sqrt(1 - c)
    return torch.sqrt(b) * x0 + torch.sqrt(1 - b - fresh) * noise + torch.sqrt(fresh) * z


def step_variance(x0: Tensor, b: Tensor, c: Tensor, h: Tensor) -> Tensor:
    """Var(x_{t−1}) given the start: both noises on Gauss-Hermite nodes, all pairs."""
    t, w = (torch.as_tensor(v) for v in np.polynomial.hermite_e.hermegauss(4))
    weights = torch.outer(w, w) / w.sum() ** 2
    after = step(torch.sqrt(c) * x0 + torch.sqrt(1 - c) * t[:, None], x0, t[None, :], b, c, h)  # (4, 4)
    return (weights * (after - (weights * after).sum()) ** 2).sum()


def peak(log_density: Callable[[Tensor], Tensor], like: Tensor) -> Tensor:
    """Where a parabola is greatest: one Newton step."""
    u = torch.zeros_like(like).requires_grad_()
    (slope,) = torch.autograd.grad(log_density(u), u, create_graph=True)
    (bend,) = torch.autograd.grad(slope, u)
    return (u - slope / bend).detach()


def noiseless(x: Tensor, e: Tensor, b: Tensor, c: Tensor) -> Tensor:
    """x_{t−1}/√ᾱ_{t−1} where the same start and noise that make x_t make x_{t−1}: two equations solved in turn."""
    start_and_noise = torch.stack([torch.sqrt(c), torch.sqrt(1 - c)])
    matrix = torch.stack([start_and_noise, torch.tensor([0.0, 1.0], dtype=c.dtype)])  # (x_t, ε) from (x_0, ε)
    solved: Tensor = torch.linalg.solve(matrix, torch.stack([x, e]))
    return torch.dot(torch.stack([torch.sqrt(b), torch.sqrt(1 - b)]), solved) / torch.sqrt(b)


def slope(f: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    """The derivative of f at x, by autograd."""
    at = x.detach().clone().requires_grad_()
    return torch.autograd.grad(f(at), at)[0]


def guided_score(x: Tensor, m: Tensor, s: Tensor, k: Tensor, w: Tensor) -> Tensor:
    """The slope of log p(x) + w log p(y | x) with a logistic classifier."""
    return slope(lambda at: log_normal(at, m, s) + w * torch.nn.functional.logsigmoid(k * at), x)


def guided_noise(x: Tensor, x0: Tensor, c: Tensor, k: Tensor, w: Tensor) -> Tensor:
    """−√(1 − ᾱ) times the guided score of the jump."""
    return -torch.sqrt(1 - c) * guided_score(x, torch.sqrt(c) * x0, torch.sqrt(1 - c), k, w)


def guided_peak(m: Tensor, s: Tensor, y: Tensor, r: Tensor, w: Tensor) -> Tensor:
    """Where p(x) N(y; x, r²)^w is greatest."""
    return peak(lambda at: log_normal(at, m, s) + w * log_normal(y, at, r), m)


def free_score(x: Tensor, m: Tensor, s: Tensor, n: Tensor, r: Tensor, w: Tensor) -> Tensor:
    """The slope of log of p(x)^(1 − w) p(x | y)^w."""
    return slope(lambda at: torch.lerp(log_normal(at, m, s), log_normal(at, n, r), w), x)


def extrapolated(u: Tensor, g: Tensor, w: Tensor) -> Tensor:
    """From u to g and w times as far again, by torch's own linear interpolation."""
    return torch.lerp(u, g, 1 + w)


if __name__ == "__main__":
    one, half = torch.tensor([1.0, 0.5], dtype=torch.float64)
    print(step_variance(one, half, half / 2, half))  # 1/2

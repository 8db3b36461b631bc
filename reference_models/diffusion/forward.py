"""The forward process on the line, by integrating and by solving. Standalone: imports numpy, torch; nothing of ours.

Idea     a chain of steps is an integral over what lies between; a posterior is Bayes' rule with that integral; the
         score is autograd's; a parameterisation is the solution of a linear system of two equations.
Source   Ho, Jain and Abbeel 2020, section 2 (the process); Salimans and Ho 2022, section 4 (v).
Shapes   every argument is a scalar tensor; results are scalars. float64.
Here     a = α_t keeps a share of VARIANCE, b = ᾱ_{t−1}, c = ᾱ_t; x is x_t, u is x_{t−1}.
Error    the trapezoidal rule on ±14 standard deviations of x_{t−1} given x_0, with steps of 1/2000 of that, is right to
         1e-11 relative where the step's own width is above a fiftieth of it.
"""

import numpy as np
import torch
from torch import Tensor
from torch.distributions import Distribution, Normal


def log_normal(x: Tensor, mean: Tensor, variance: Tensor) -> Tensor:
    """torch's log-density, given a VARIANCE."""
    law: Distribution = Normal(mean, torch.sqrt(variance))
    value: Tensor = law.log_prob(x)
    return value


def log_step(x: Tensor, u: Tensor, a: Tensor) -> Tensor:
    """log q(x_t | x_{t−1}) = log N(√a u, 1 − a)."""
    return log_normal(x, torch.sqrt(a) * u, 1 - a)


def log_start(u: Tensor, x0: Tensor, b: Tensor) -> Tensor:
    """log q(x_{t−1} | x_0) = log N(√b x_0, 1 − b)."""
    return log_normal(u, torch.sqrt(b) * x0, 1 - b)


def log_composed(x: Tensor, x0: Tensor, a: Tensor, b: Tensor) -> Tensor:
    """log ∫ q(x_t | u) q(u | x_0) du, by the trapezoidal rule."""
    t = torch.linspace(-14, 14, 56001, dtype=x.dtype)
    u = torch.sqrt(b) * x0 + torch.sqrt(1 - b) * t
    width = torch.sqrt(1 - b) * (t[1] - t[0])
    return torch.logsumexp(log_step(x, u, a) + log_start(u, x0, b), 0) + torch.log(width)


def composed(x: Tensor, x0: Tensor, a: Tensor, b: Tensor) -> Tensor:
    """∫ q(x_t | u) q(u | x_0) du."""
    return torch.exp(log_composed(x, x0, a, b))


def log_posterior(x: Tensor, u: Tensor, x0: Tensor, a: Tensor, b: Tensor) -> Tensor:
    """log q(x_{t−1} | x_t, x_0) by Bayes' rule."""
    return log_step(x, u, a) + log_start(u, x0, b) - log_composed(x, x0, a, b)


def spread(x0: Tensor, a: Tensor, b: Tensor) -> Tensor:
    """Var(x_t) given x_0: two steps with noises on Gauss-Hermite nodes, all pairs."""
    t, w = (torch.as_tensor(v) for v in np.polynomial.hermite_e.hermegauss(4))
    before = torch.sqrt(b) * x0 + torch.sqrt(1 - b) * t[:, None]  # (4, 1)
    after = torch.sqrt(a) * before + torch.sqrt(1 - a) * t[None, :]  # (4, 4)
    weights = torch.outer(w, w) / w.sum() ** 2
    mean = (weights * after).sum()
    return (weights * (after - mean) ** 2).sum()


def score(x: Tensor, x0: Tensor, c: Tensor) -> Tensor:
    """The slope of log q(x_t | x_0) in x_t, by autograd."""
    at = x.detach().clone().requires_grad_()
    return torch.autograd.grad(log_start(at, x0, c), at)[0]


def mixed(x0: Tensor, e: Tensor, c: Tensor) -> tuple[Tensor, Tensor]:
    """x_t and v as one matrix on (x_0, ε): the matrix (2, 2) and the result (2,)."""
    keep, noise = torch.sqrt(c), torch.sqrt(1 - c)
    matrix = torch.stack([torch.stack([keep, noise]), torch.stack([-noise, keep])])
    return matrix, matrix @ torch.stack([x0, e])


def start(x0: Tensor, e: Tensor, c: Tensor) -> Tensor:
    """x_0 again, from x_t and v, by solving the two equations."""
    solved: Tensor = torch.linalg.solve(*mixed(x0, e, c))
    return solved[0]


def noise(x0: Tensor, e: Tensor, c: Tensor) -> Tensor:
    """ε again, from x_t and v, by solving the two equations."""
    solved: Tensor = torch.linalg.solve(*mixed(x0, e, c))
    return solved[1]


def velocity(x0: Tensor, e: Tensor, c: Tensor) -> Tensor:
    """v: the slope of x_t in the angle φ with cos φ = √c, by autograd."""
    angle = torch.arccos(torch.sqrt(c)).detach().requires_grad_()
    x_t = torch.cos(angle) * x0 + torch.sin(angle) * e
    return torch.autograd.grad(x_t, angle)[0]


def posterior_mean(x: Tensor, e: Tensor, a: Tensor, b: Tensor) -> Tensor:
    """Where log q(x_{t−1} | x_t, x_0) is greatest, for the x_0 that x_t and ε give: one Newton step on a parabola."""
    x0 = (x - torch.sqrt(1 - a * b) * e) / torch.sqrt(a * b)
    u = torch.zeros_like(x).requires_grad_()
    (slope,) = torch.autograd.grad(log_step(x, u, a) + log_start(u, x0, b), u, create_graph=True)
    (bend,) = torch.autograd.grad(slope, u)
    return (u - slope / bend).detach()


if __name__ == "__main__":
    one, half = torch.tensor([1.0, 0.5], dtype=torch.float64)
    print(composed(one, one, half, half), torch.exp(log_start(one, one, half * half)))  # the same, twice

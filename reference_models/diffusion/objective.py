"""What a diffusion model is trained on, by quadrature and autograd. Standalone: imports numpy, torch; nothing of ours.

Idea     a variance is a sum over all triples of nodes, or one over the bend of a log-density; a KL term is a quadrature
         of the log-ratio; a weight is half the bend of that KL in the prediction; v is the slope of x_t in its angle.
Source   Ho, Jain and Abbeel 2020, sections 2 and 3; Salimans and Ho 2022, section 4 (v).
Shapes   every argument is a scalar tensor; nodes are (nodes,); results are scalars. float64, nats.
Here     a = α_t keeps a share of VARIANCE, b = ᾱ_{t−1}, c = ᾱ_t; s is a STANDARD DEVIATION.
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


def nodes(count: int = 8) -> tuple[Tensor, Tensor]:
    """Gauss-Hermite nodes and weights of the standard normal law: (count,) each."""
    t, w = (torch.as_tensor(v) for v in np.polynomial.hermite_e.hermegauss(count))
    return t, w / w.sum()


def added_variance(a1: Tensor, a2: Tensor, a3: Tensor) -> Tensor:
    """Var(x_3) from x_0 = 0: three steps of the chain on all triples of nodes."""
    t, w = nodes(4)
    x1 = torch.sqrt(1 - a1) * t[:, None, None]  # (4, 1, 1)
    x2 = torch.sqrt(a2) * x1 + torch.sqrt(1 - a2) * t[None, :, None]  # (4, 4, 1)
    x3 = torch.sqrt(a3) * x2 + torch.sqrt(1 - a3) * t[None, None, :]  # (4, 4, 4)
    weights = w[:, None, None] * w[None, :, None] * w[None, None, :]
    return (weights * x3**2).sum() - (weights * x3).sum() ** 2


def log_joint(u: Tensor, x: Tensor, x0: Tensor, a: Tensor, b: Tensor) -> Tensor:
    """log q(x_t | x_{t−1}) + log q(x_{t−1} | x_0), as a function of x_{t−1} = u."""
    return log_normal(x, torch.sqrt(a) * u, 1 - a) + log_normal(u, torch.sqrt(b) * x0, 1 - b)


def way_back(x: Tensor, x0: Tensor, a: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    """Mean and variance of q(x_{t−1} | x_t, x_0): the top of the log-density and one over its bend, by autograd."""
    u = torch.zeros((), dtype=a.dtype, requires_grad=True)
    (slope,) = torch.autograd.grad(log_joint(u, x, x0, a, b), u, create_graph=True)
    (bend,) = torch.autograd.grad(slope, u, create_graph=True)
    return u - slope / bend, -1 / bend


def posterior_variance(a: Tensor, b: Tensor) -> Tensor:
    """Var(x_{t−1} | x_t, x_0)."""
    return way_back(torch.ones_like(a), torch.ones_like(a), a, b)[1].detach()


def kl(m1: Tensor, m2: Tensor, variance: Tensor) -> Tensor:
    """KL between two normals of one variance: the log-ratio, a polynomial, on Gauss-Hermite nodes of the first."""
    t, w = nodes()
    x = m1 + torch.sqrt(variance) * t
    return (w * (log_normal(x, m1, variance) - log_normal(x, m2, variance))).sum()


def start_of(x: Tensor, e: Tensor, c: Tensor) -> Tensor:
    """The start from which the jump with noise e leads to x: the root of a line through two of its points."""
    here, there = (torch.sqrt(c) * start + torch.sqrt(1 - c) * e - x for start in (0.0, 1.0))
    return here / (here - there)


def kl_by_noise(a: Tensor, b: Tensor, e: Tensor, g: Tensor, x: Tensor, s: Tensor) -> Tensor:
    """KL between the steps back to x_{t−1} for two noises, both with variance s²."""
    means = [way_back(x, start_of(x, noise, a * b), a, b)[0] for noise in (e, g)]
    return kl(means[0], means[1], s**2)


def kl_by_start(a: Tensor, b: Tensor, x: Tensor, x0: Tensor, y: Tensor) -> Tensor:
    """KL between the steps back for two starts, both with the posterior's variance."""
    (m1, variance), (m2, _) = (way_back(x, start, a, b) for start in (x0, y))
    return kl(m1, m2, variance)


def weight(a: Tensor, b: Tensor) -> Tensor:
    """Half the bend of that KL in the predicted noise, where prediction and truth agree."""
    e, x = torch.zeros_like(a), torch.ones_like(a)
    g = torch.zeros_like(a).requires_grad_()
    value = kl_by_noise(a, b, e, g, x, torch.sqrt(posterior_variance(a, b)))
    (slope,) = torch.autograd.grad(value, g, create_graph=True)
    (bend,) = torch.autograd.grad(slope, g)
    return bend / 2


def velocity(x: Tensor, e: Tensor, c: Tensor) -> Tensor:
    """The slope of x_t in the angle φ with cos φ = √ᾱ, for the start that x_t and e give."""
    x0 = start_of(x, e, c)
    angle = torch.arccos(torch.sqrt(c)).detach().requires_grad_()
    return torch.autograd.grad(torch.cos(angle) * x0 + torch.sin(angle) * e, angle)[0]


def velocity_error(x: Tensor, e: Tensor, g: Tensor, c: Tensor) -> Tensor:
    """(v − v̂)² at one x_t."""
    return (velocity(x, e, c) - velocity(x, g, c)) ** 2


def score(x: Tensor, x0: Tensor, c: Tensor) -> Tensor:
    """The slope of log q(x_t | x_0) in x_t, by autograd."""
    at = x.detach().clone().requires_grad_()
    return torch.autograd.grad(log_normal(at, torch.sqrt(c) * x0, 1 - c), at)[0]


def start_by_score(x: Tensor, x0: Tensor, c: Tensor) -> Tensor:
    """The start at which the mean of the jump is x_t moved by (1 − ᾱ) times the score."""
    return start_of(x + (1 - c) * score(x, x0, c), torch.zeros_like(x), c)


def noise_by_score(x: Tensor, x0: Tensor, c: Tensor) -> Tensor:
    """−√(1 − ᾱ) times the score, which autograd takes in units of the standard deviation of the jump."""
    scale = torch.sqrt(1 - c)
    at = (x / scale).detach().requires_grad_()
    return -torch.autograd.grad(log_normal(at * scale, torch.sqrt(c) * x0, 1 - c), at)[0]


def elbo(p: Tensor, prior: Tensor, jumps: Tensor, back: Tensor) -> Tensor:
    """log p(x_0, …, x_3)/q(x_1, x_2, x_3 | x_0), forward steps by Bayes' rule: (3,), (), (3,), (2,) -> ()."""
    forward = torch.cat([jumps[:1], back * jumps[1:] / jumps[:-1]])
    return torch.log(prior * p.prod() / forward.prod())


if __name__ == "__main__":
    one, half = torch.tensor([1.0, 0.5], dtype=torch.float64)
    print(added_variance(half, half, half))  # 7/8
    print(weight(half, half))  # 1

"""Diffusion in continuous time, by many steps, autograd and Bayes' rule. Standalone: imports torch; nothing of ours.

Idea     a limit is many small steps; scores are autograd's slopes of torch's log-densities; posterior means are
         weighted sums over the starts.
Source   Song et al. 2021, sections 3 and 4; Efron 2011, section 2.
Shapes   every argument is a scalar tensor; nodes are (nodes,); results are scalars. float64.
Here     x_t = k x_0 + √v ε; v and v_0 are VARIANCES, s and s_0 are STANDARD DEVIATIONS; time runs from data to noise.
Error    n steps are off by (βt)²/(2n), n = 10¹²; the grid over starts by less than 1e-10.
"""

import torch
from torch import Tensor
from torch.distributions import Distribution, Normal

STEPS = 1e12


def log_normal(x: Tensor, mean: Tensor, std: Tensor) -> Tensor:
    """torch's log-density, given a STANDARD DEVIATION."""
    law: Distribution = Normal(mean, std)
    value: Tensor = law.log_prob(x)
    return value


def kept(beta: Tensor, t: Tensor) -> Tensor:
    """The product of n shares 1 − βt/n, in logs."""
    return torch.exp(STEPS * torch.log1p(-beta * t / STEPS))


def noise_speed(s0: Tensor, k: Tensor, t: Tensor) -> Tensor:
    """The slope of σ(t)² in time, σ growing from s_0 by a factor e^k in a unit of time."""
    at = t.detach().clone().requires_grad_()
    return torch.autograd.grad((s0 * torch.exp(k) ** at) ** 2, at)[0]


def variance(v0: Tensor, beta: Tensor, t: Tensor) -> Tensor:
    """Var(x_t) for data of variance v_0 whose share e^(−βt) is kept."""
    share = torch.exp(-beta * t)
    return v0 * share + (1 - share)


def density_speed(x: Tensor, v0: Tensor, beta: Tensor, t: Tensor) -> Tensor:
    """−∂(f p) + ½β ∂²p with f = −½βx, all slopes in x by autograd."""
    at = x.detach().clone().requires_grad_()
    density = torch.exp(log_normal(at, torch.zeros_like(x), torch.sqrt(variance(v0, beta, t))))
    (slope,) = torch.autograd.grad(density, at, create_graph=True)
    (bend,) = torch.autograd.grad(slope, at)
    return beta / 2 * (density + at * slope) + beta / 2 * bend


def score(x: Tensor, v: Tensor) -> Tensor:
    """The slope of log N(x; 0, v), kept differentiable."""
    at = x if x.requires_grad else x.detach().clone().requires_grad_()
    return torch.autograd.grad(log_normal(at, torch.zeros_like(v), torch.sqrt(v)), at, create_graph=True)[0]


def flow_speed(x0: Tensor, v0: Tensor, beta: Tensor, t: Tensor) -> Tensor:
    """f − ½β score at the place that keeps x_0's number of standard deviations."""
    v = variance(v0, beta, t)
    x = x0 / torch.sqrt(v0) * torch.sqrt(v)
    return -beta * x / 2 - beta / 2 * score(x, v)


def variance_speed(v0: Tensor, beta: Tensor, t: Tensor) -> Tensor:
    """Minus the speed of the variance of the reverse process: 2v times the slope of its drift, and β."""
    v = variance(v0, beta, t)
    x = torch.zeros_like(v).requires_grad_()
    drift = beta * x / 2 + beta * score(x, v)
    return -(2 * v * torch.autograd.grad(drift, x)[0] + beta)


def posterior_mean(starts: Tensor, log_prior: Tensor, x: Tensor, k: Tensor, v: Tensor) -> Tensor:
    """E[x_0 | x_t] over a list of starts: (starts,), (starts,), (), (), () -> ()."""
    log_joint = log_prior + log_normal(x, k * starts, torch.sqrt(v))
    return (torch.softmax(log_joint, 0) * starts).sum()


def denoised_normal(x: Tensor, m: Tensor, s: Tensor, k: Tensor, v: Tensor) -> Tensor:
    """E[x_0 | x_t] for data N(m, s²), on a grid of ±14 standard deviations."""
    starts = m + s * torch.linspace(-14, 14, 20001, dtype=x.dtype)
    return posterior_mean(starts, log_normal(starts, m, s), x, k, v)


def denoised_two(x: Tensor, u1: Tensor, u2: Tensor, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
    """E[x_0 | x_t] for two data."""
    return posterior_mean(torch.stack([u1, u2]), torch.log(torch.stack([q, 1 - q])), x, k, v)


if __name__ == "__main__":
    one, half = torch.tensor([1.0, 0.5], dtype=torch.float64)
    print(kept(one, one), torch.exp(-one))
    print(denoised_two(0 * one, -one, one, half, half, half))  # 0

"""Sigmoid belief network, Helmholtz machine, Gaussian belief network. Standalone: imports math, torch; nothing of ours.

Source   Neal 1992; Dayan et al. 1995; Hinton et al. 1995; Frey and Hinton 1999.
Shapes   states s are (*batch, d) of zeros and ones; weights (d, d), row i the parents of unit i, strictly lower
         triangular; biases (d,). The Helmholtz machine has one hidden layer: h (*batch, m), v (*batch, d), W (m, d),
         R (d, m). float64, nats.
Here     units are ordered, each after its parents. Updates ascend: wake adds to the generative weights what makes the
         data likelier, sleep adds to the recognition weights what makes dreams' causes likelier.
"""

import math
from collections.abc import Callable

import torch
from torch import Tensor


def bernoulli_log_prob(s: Tensor, logits: Tensor) -> Tensor:
    """Σ_i s_i a_i − log(1 + e^a_i): log-probability of independent units with P(s_i = 1) = σ(a_i)."""
    return (s * logits - torch.nn.functional.softplus(logits)).sum(-1)


def sigmoid_log_joint(s: Tensor, weights: Tensor, bias: Tensor) -> Tensor:
    """log p(s) with P(s_i = 1 | parents) = σ(Σ_j w_ij s_j + b_i)."""
    return bernoulli_log_prob(s, s @ weights.mT + bias)


def sigmoid_sample(weights: Tensor, bias: Tensor, n: int, generator: torch.Generator) -> Tensor:
    """Parents first: (n, d)."""
    s = torch.zeros((n, len(bias)), dtype=bias.dtype, device=bias.device)
    u = torch.rand(s.shape, generator=generator, dtype=bias.dtype, device=bias.device)
    for i in range(len(bias)):
        s[:, i] = (u[:, i] < torch.sigmoid(s @ weights[i] + bias[i])).to(s.dtype)
    return s


def helmholtz_log_joint(v: Tensor, h: Tensor, prior: Tensor, weights: Tensor, bias: Tensor) -> Tensor:
    """log p(v, h) with P(h_j = 1) = σ(prior_j), P(v_i = 1 | h) = σ((hW + b)_i)."""
    return bernoulli_log_prob(h, prior.expand_as(h)) + bernoulli_log_prob(v, h @ weights + bias)


def recognition_log_prob(h: Tensor, v: Tensor, weights: Tensor, bias: Tensor) -> Tensor:
    """log q(h | v) with q(h_j = 1 | v) = σ((vR + r)_j)."""
    return bernoulli_log_prob(h, v @ weights + bias)


def wake_update(v: Tensor, h: Tensor, prior: Tensor, weights: Tensor, bias: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """∇ log p(v, h) by (prior, W, b) at data v with h drawn from q(h | v): the delta rule, one row for each pair."""
    missed = v - torch.sigmoid(h @ weights + bias)
    return h - torch.sigmoid(prior), h[..., :, None] * missed[..., None, :], missed


def sleep_update(v: Tensor, h: Tensor, weights: Tensor, bias: Tensor) -> tuple[Tensor, Tensor]:
    """∇ log q(h | v) by (R, r) at a dream (h, v) drawn from p: one row for each pair."""
    missed = h - torch.sigmoid(v @ weights + bias)
    return v[..., :, None] * missed[..., None, :], missed


def gaussian_network(noise: Tensor, weights: Tensor, f: Callable[[Tensor], Tensor], std: Tensor) -> Tensor:
    """x_i = f(Σ_(j<i) w_ij x_j) + std_i ε_i, in order: (*batch, d) -> (*batch, d)."""
    x: list[Tensor] = []
    for i in range(noise.shape[-1]):
        drive = sum((weights[i, j] * x[j] for j in range(i)), torch.zeros_like(noise[..., 0]))
        x.append(f(drive) + std[i] * noise[..., i])
    return torch.stack(x, -1)


def gaussian_network_log_prob(x: Tensor, weights: Tensor, f: Callable[[Tensor], Tensor], std: Tensor) -> Tensor:
    """Σ_i log N(x_i; f(Σ_(j<i) w_ij x_j), std_i²): (*batch, d) -> (*batch,)."""
    mean = f(x @ torch.tril(weights, -1).mT)
    return (-(((x - mean) / std) ** 2) / 2 - torch.log(std) - math.log(2 * math.pi) / 2).sum(-1)

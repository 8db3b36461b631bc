"""Classifiers: two normals with Bayes' rule, softmax cross-entropy, and a new head on frozen features. Imports torch.

Source   Bishop 2006, sections 4.2 (generative) and 4.3.4 (softmax regression).
Shapes   x is (n, d), class labels y int64 (n,) from 0, logits (n, K). One-dimensional GDA takes x (*batch,).
Here     var is a variance; logarithms are natural; losses are means over examples.
"""

import math

import torch
from torch import Tensor


def gda_fit(x: Tensor, y: Tensor, k: int) -> tuple[Tensor, Tensor, Tensor]:
    """Shares, means and variances of each class by maximum likelihood: (n,), (n,) -> three (k,)."""
    member = torch.nn.functional.one_hot(y, k).to(x.dtype)  # (n, k)
    n = member.sum(0)
    mean = (member * x[:, None]).sum(0) / n
    return n / len(x), mean, (member * (x[:, None] - mean) ** 2).sum(0) / n


def gda_posterior(x: Tensor, prior: Tensor, mean: Tensor, var: Tensor) -> Tensor:
    """p(y | x) = p(y) N(x | μ_y, σ_y²) / Σ_c p(c) N(x | μ_c, σ_c²): (*batch,) -> (*batch, K)."""
    off = x[..., None] - mean
    joint = torch.log(prior) - off**2 / (2 * var) - torch.log(2 * math.pi * var) / 2
    return torch.softmax(joint, -1)


def cross_entropy(logits: Tensor, y: Tensor) -> Tensor:
    """(1/n) Σ_i −log softmax(l_i)_{y_i}: (n, K), (n,) -> ()."""
    return (torch.logsumexp(logits, -1) - logits.gather(-1, y[:, None])[:, 0]).mean()


def risk(joint: Tensor, logits: Tensor) -> Tensor:
    """E[−log softmax(l(x))_y] under a table of p(x, y): (N, K), (N, K) -> ()."""
    return -(joint * torch.log_softmax(logits, -1)).sum()


def head_logits(features: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    """W z + b: (n, d), (K, d), (K,) -> (n, K)."""
    return features @ weight.mT + bias


def head_loss(features: Tensor, y: Tensor, weight: Tensor, bias: Tensor, penalty: float = 0.0) -> Tensor:
    """Mean cross-entropy of the head plus penalty |W|²/2; the features are frozen: no gradient reaches them."""
    logits = head_logits(features.detach(), weight, bias)
    return cross_entropy(logits, y) + penalty * (weight**2).sum() / 2


def head_gradient(features: Tensor, y: Tensor, weight: Tensor, bias: Tensor) -> tuple[Tensor, Tensor]:
    """∂/∂W and ∂/∂b of the mean cross-entropy: (1/n) Σ (p_i − e_{y_i}) z_iᵀ and its sum without z."""
    p = torch.softmax(head_logits(features, weight, bias), -1)
    error = (p - torch.nn.functional.one_hot(y, len(bias)).to(p.dtype)) / len(y)
    return error.mT @ features, error.sum(0)


def head_fit(features: Tensor, y: Tensor, k: int, penalty: float, steps: int = 30) -> tuple[Tensor, Tensor]:
    """W and b that minimise the penalised loss, by Newton's method from 0; the mean of b stays 0."""
    z = torch.cat([features, torch.ones_like(features[:, :1])], 1)  # (n, d + 1), the bias last
    ridge = torch.full((k, z.shape[1]), penalty, dtype=z.dtype, device=z.device)
    ridge[:, -1] = 0.0
    w = torch.zeros_like(ridge)
    target = torch.nn.functional.one_hot(y, k).to(z.dtype)
    for _ in range(steps):
        p = torch.softmax(z @ w.mT, -1)
        gradient = (p - target).mT @ z / len(y) + ridge * w
        curvature = torch.einsum("na,ab,nd,ne->adbe", p, torch.eye(k).to(p), z, z)
        curvature = (curvature - torch.einsum("na,nb,nd,ne->adbe", p, p, z, z)) / len(y)
        size = k * z.shape[1]
        system = curvature.reshape(size, size) + torch.diag(ridge.flatten())
        shared = torch.zeros_like(w)
        shared[:, -1] = 1.0  # a constant added to every bias changes nothing: pin it
        system = system + shared.flatten()[:, None] * shared.flatten()
        step: Tensor = torch.linalg.solve(system, gradient.flatten())
        w = w - step.reshape(w.shape)
    return w[:, :-1], w[:, -1]

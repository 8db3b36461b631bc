"""Priors with more than normal tails: Laplace and Student's t. Standalone: imports math, torch; nothing of ours.

Source   Murphy 2022, sections 2.7 (laws) and 11.4 (the lasso's soft threshold).
Shapes   everything broadcasts to (*batch,). float64, nats.
Here     b is Laplace's scale; Student's t has ν degrees of freedom, location 0 and scale 1.
"""

import math

import torch
from torch import Tensor


def laplace_log_prob(x: Tensor, b: Tensor) -> Tensor:
    """log e^(−|x|/b) / 2b."""
    return -x.abs() / b - torch.log(2 * b)


def soft_threshold(x: Tensor, var: Tensor, b: Tensor) -> Tensor:
    """argmax_θ log N(x | θ, var) + log Laplace(θ | b) = sign(x) max(|x| − var/b, 0)."""
    return torch.sign(x) * (x.abs() - var / b).clamp_min(0)


def student_log_prob(x: Tensor, nu: Tensor) -> Tensor:
    """log Γ((ν + 1)/2) / (√(νπ) Γ(ν/2)) (1 + x²/ν)^(−(ν + 1)/2)."""
    constant = torch.lgamma((nu + 1) / 2) - torch.lgamma(nu / 2) - torch.log(nu * math.pi) / 2
    return constant - (nu + 1) / 2 * torch.log1p(x**2 / nu)


def student_sample(nu: int, n: int, generator: torch.Generator) -> Tensor:
    """z/√w, z normal and w the mean of ν squared normals: -> (n,)."""
    z = torch.randn((n, nu + 1), generator=generator, dtype=torch.float64, device=generator.device)
    return z[:, 0] / torch.sqrt((z[:, 1:] ** 2).mean(1))

"""Variational autoencoders: ELBO, its parts and relatives. Standalone: imports math, torch; nothing of ours.

Source   Kingma and Welling 2014, sections 2 and 3; Rezende et al. 2014; Burda et al. 2016 (IWAE); Higgins et al. 2017.
Shapes   x is (*batch, D), z, μ and log σ² are (*batch, d); densities and bounds are (*batch,). float64, nats.
Here     an encoder gives the mean and the log of the VARIANCE. ELBOs are per datum, sums over coordinates. The decoder
         is normal with a variance s² unless said. ε ~ N(0, I) is given.
"""

import math
from collections.abc import Callable

import torch
from torch import Tensor

Decoder = Callable[[Tensor], Tensor]


def kl(mu: Tensor, log_var: Tensor) -> Tensor:
    """KL(N(μ, diag σ²) ‖ N(0, I)) = ½ Σ (μ² + σ² − 1 − log σ²)."""
    return (mu**2 + torch.exp(log_var) - 1 - log_var).sum(-1) / 2


def reparameterised(mu: Tensor, log_var: Tensor, eps: Tensor) -> Tensor:
    """z = μ + σ ⊙ ε."""
    return mu + torch.exp(log_var / 2) * eps


def log_normal(x: Tensor, mean: Tensor, variance: Tensor) -> Tensor:
    """Σ_i log N(x_i | mean_i, variance)."""
    return (-((x - mean) ** 2) / (2 * variance) - torch.log(2 * math.pi * variance) / 2).sum(-1)


def elbo(x: Tensor, mu: Tensor, log_var: Tensor, decode: Decoder, variance: Tensor, eps: Tensor) -> Tensor:
    """One draw of log p(x | z) − KL(q(z | x) ‖ N(0, I)); its mean over ε is the ELBO."""
    z = reparameterised(mu, log_var, eps)
    return log_normal(x, decode(z), variance.expand_as(x)) - kl(mu, log_var)


def log_weight(x: Tensor, mu: Tensor, log_var: Tensor, decode: Decoder, variance: Tensor, eps: Tensor) -> Tensor:
    """log p(x, z)/q(z | x) at z = μ + σ ε, of which E e^w = p(x)."""
    z = reparameterised(mu, log_var, eps)
    prior = log_normal(z, torch.zeros_like(z), torch.ones_like(z))
    return log_normal(x, decode(z), variance.expand_as(x)) + prior - log_normal(z, mu, torch.exp(log_var).expand_as(z))


def beta_loss(x: Tensor, reconstruction: Tensor, mu: Tensor, log_var: Tensor, beta: Tensor) -> Tensor:
    """|x − x̂|² + β KL: β times the negative ELBO at s² = β/2, but for a constant."""
    return ((x - reconstruction) ** 2).sum(-1) + beta * kl(mu, log_var)


def floored(log_var: Tensor, floor: float) -> Tensor:
    """σ² = floor + e^{log σ²}: without it the likelihood has no bound where x = D(z)."""
    return floor + torch.exp(log_var)


def average_kl(q: Tensor, prior: Tensor, data: Tensor) -> Tensor:
    """Σ_x p(x) KL(q(z | x) ‖ p(z)): tables q (X, Z), prior (Z,), data (X,)."""
    return data @ (q * torch.log(q / prior)).sum(1)


def code_information(q: Tensor, data: Tensor) -> Tensor:
    """I_q(x; z) = Σ p(x) q(z | x) log q(z | x)/q(z)."""
    return data @ (q * torch.log(q / (data @ q))).sum(1)


def aggregate_kl(q: Tensor, prior: Tensor, data: Tensor) -> Tensor:
    """KL(q(z) ‖ p(z)) of the aggregate q(z) = Σ p(x) q(z | x)."""
    marginal = data @ q
    return (marginal * torch.log(marginal / prior)).sum()


def dlgm_layer(mean: Tensor, root: Tensor, noise: Tensor) -> Tensor:
    """h_l = T_l(h_{l+1}) + G_l ξ_l, with T_l(h_{l+1}) = mean (*batch, d) and G_l = root (d, d)."""
    return mean + noise @ root.mT


def bonnet(f: Callable[[Tensor], Tensor], mu: Tensor, root: Tensor, noise: Tensor, weights: Tensor) -> Tensor:
    """∇_μ E f(μ + R ξ) = E ∇f, by weighted noise (n, d): f maps (d,) to a scalar -> (d,)."""
    slopes: Tensor = torch.func.vmap(torch.func.grad(f))(mu + noise @ root.mT)
    return weights @ slopes


def price(f: Callable[[Tensor], Tensor], mu: Tensor, root: Tensor, noise: Tensor, weights: Tensor) -> Tensor:
    """∇_C E f = ½ E ∇²f for C = R Rᵀ: (d, d)."""
    bends = torch.func.vmap(torch.func.hessian(f))(mu + noise @ root.mT)
    return torch.einsum("n,nij->ij", weights, bends) / 2

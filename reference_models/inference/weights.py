"""Simple Monte Carlo, importance sampling, annealed importance sampling, IWAE, DReG. Standalone: math, torch.

Source   Owen 2013, chapter 9; Neal 2001, sections 2 and 3; Burda et al. 2016, section 3; Shi 2020, section 5.
Shapes   samples lie along the last axis: log-weights are (*batch, k), estimates (*batch,). A path of AIS over n + 1
         laws is x_0 … x_(n−1), (*batch, n); its laws are rows of log f, (n + 1, states). float64, nats.
Here     weights are logarithmic and unnormalised. In AIS f_0 is the start and f_n the target: x_0 ~ f_0, then x_j comes
         from a kernel that keeps f_j, and log w = Σ_k log f_k(x_(k−1)) − log f_(k−1)(x_(k−1)).
"""

import math
from collections.abc import Callable

import torch
from torch import Tensor


def log_mean_exp(log_w: Tensor) -> Tensor:
    """log (1/k) Σ w_i: (*batch, k) -> (*batch,)."""
    return torch.logsumexp(log_w, -1) - math.log(log_w.shape[-1])


def simple_estimate(values: Tensor) -> Tensor:
    """(1/k) Σ f(z_i), z_i ~ p: (*batch, k) -> (*batch,)."""
    return values.mean(-1)


def log_weights(log_p: Tensor, log_q: Tensor) -> Tensor:
    """log p(z) − log q(z) at draws of q."""
    return log_p - log_q


def importance_estimate(values: Tensor, log_w: Tensor) -> Tensor:
    """(1/k) Σ w_i f(z_i), z_i ~ q."""
    return (torch.exp(log_w) * values).mean(-1)


def self_normalised_estimate(values: Tensor, log_w: Tensor) -> Tensor:
    """Σ w_i f(z_i)/Σ w_i: free of the normalisers, and biased."""
    return (torch.softmax(log_w, -1) * values).sum(-1)


def effective_size(log_w: Tensor) -> Tensor:
    """(Σ w)²/Σ w²."""
    return torch.exp(2 * torch.logsumexp(log_w, -1) - torch.logsumexp(2 * log_w, -1))


def annealed_log_weight(path: Tensor, log_f: Tensor) -> Tensor:
    """Σ_(k=1)^n log f_k(x_(k−1)) − log f_(k−1)(x_(k−1)): (*batch, n), (n + 1, states) -> (*batch,)."""
    ratio = log_f[1:] - log_f[:-1]  # row k − 1 is f_k over f_(k−1)
    return ratio[torch.arange(path.shape[-1], device=path.device), path].sum(-1)


def annealed_path_log_prob(path: Tensor, log_f: Tensor, kernels: Tensor) -> Tensor:
    """log f_0(x_0)/Z_0 + Σ_j log K_j(x_(j−1) → x_j); kernels[j − 1] keeps f_j: (n − 1, states, states)."""
    start = torch.log_softmax(log_f[0], -1)[path[..., 0]]
    steps = torch.arange(path.shape[-1] - 1, device=path.device)
    return start + torch.log(kernels[steps, path[..., :-1], path[..., 1:]]).sum(-1)


def iwae_bound(log_w: Tensor) -> Tensor:
    """log (1/k) Σ w_i with w_i = p(x, z_i)/q(z_i | x), whose mean is a bound on log p(x)."""
    return log_mean_exp(log_w)


def weight_less_slope(log_w: Tensor, by: int) -> Tensor:
    """w̃ − ∂w̃/∂ log w of sample ``by``, counted from 1, by autograd: (k,) -> ()."""
    at = log_w.detach().clone().requires_grad_()
    share = torch.softmax(at, -1)[by - 1]
    return share.detach() - torch.autograd.grad(share, at)[0][by - 1]


def latent_path(eps: Tensor, mean: Tensor, std: Tensor, rates: Tensor, phi: Tensor) -> Tensor:
    """z = μ + σε, where φ moves μ by rates[0] and σ by rates[1]."""
    return mean + rates[0] * phi + (std + rates[1] * phi) * eps


def latent_law(mean: Tensor, std: Tensor, rates: Tensor, phi: Tensor) -> torch.distributions.Normal:
    """The law of that latent, for standard normal ε."""
    return torch.distributions.Normal(mean + rates[0] * phi, std + rates[1] * phi)


def bound_slope(
    log_w: Callable[[Tensor], Tensor], others: Tensor, z: Tensor, mean: Tensor, std: Tensor, rates: Tensor
) -> Tensor:
    """∂/∂φ log (w + others) at φ = 0 for a latent that goes along its path: all scalars, ``log_w`` at φ = 0."""
    phi = torch.zeros_like(z).requires_grad_()
    eps, here = (z - mean) / std, latent_law(mean, std, rates, torch.zeros_like(z))
    moved = latent_path(eps, mean, std, rates, phi)
    log_joint = log_w(moved) + here.log_prob(moved)
    log_weight = log_joint - latent_law(mean, std, rates, phi).log_prob(moved)
    return torch.autograd.grad(torch.logaddexp(log_weight, torch.log(others)), phi)[0]


def score_less_path(g: Callable[[Tensor], Tensor], z: Tensor, mean: Tensor, std: Tensor, rates: Tensor) -> Tensor:
    """g ∂ log q/∂φ − ∂g/∂φ along the path, at φ = 0: scalars."""
    phi = torch.zeros_like(z).requires_grad_()
    (score,) = torch.autograd.grad(latent_law(mean, std, rates, phi).log_prob(z), phi)
    (slope,) = torch.autograd.grad(g(latent_path((z - mean) / std, mean, std, rates, phi)), phi)
    return g(z) * score - slope


def doubly_reparameterised(log_w: Tensor, along: Tensor) -> Tensor:
    """Σ w̃_i² ∂ log w_i/∂z_i ∂z_i/∂φ, the last two multiplied as ``along``: (*batch, k), (*batch, k) -> (*batch,)."""
    return (torch.softmax(log_w, -1) ** 2 * along).sum(-1)

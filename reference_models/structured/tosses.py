"""A Bayesian mixture of Bernoullis: the program, its factors and its Gibbs conditionals. Imports math, torch.

Source   Murphy 2023, section 12.3 (Gibbs sampling); Bishop 2006, section 9.3.3.
Shapes   x are N zeros and ones, float64; z are N components, int64; theta and pi are (K,).
Here     θ_k ~ Beta(a, b), π ~ Dirichlet(c, …, c), z_j ~ Cat(π), x_j ~ Bernoulli(θ_{z_j}). Nats.
"""

import math

import torch
from torch import Tensor


def prior_log_prob(theta: Tensor, pi: Tensor, a: float, b: float, c: float) -> Tensor:
    """Σ_k log Beta(θ_k | a, b) + log Dirichlet(π | c, …, c): -> ()."""
    beta: Tensor = (a - 1) * torch.log(theta) + (b - 1) * torch.log1p(-theta)
    log_beta = math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)
    simplex = (c - 1) * torch.log(pi).sum() + math.lgamma(c * len(pi)) - len(pi) * math.lgamma(c)
    return beta.sum() - len(theta) * log_beta + simplex


def program_log_prob(x: Tensor, z: Tensor, theta: Tensor, pi: Tensor, a: float, b: float, c: float) -> Tensor:
    """log P(π) Π P(θ_k) Π P(z_j | π) P(x_j | θ_{z_j}): -> ()."""
    chosen = theta[z]
    toss: Tensor = torch.xlogy(x, chosen) + torch.special.xlog1py(1 - x, -chosen)
    return prior_log_prob(theta, pi, a, b, c) + (torch.log(pi)[z] + toss).sum()


def run_program(u: Tensor, theta: Tensor, pi: Tensor) -> tuple[Tensor, Tensor]:
    """The inner loop from two uniforms a toss: (N, 2) -> components and tosses, (N,) each."""
    z = (u[:, :1] >= torch.cumsum(pi, -1)[:-1]).sum(-1)
    return z, (u[:, 1] < theta[z]).to(theta.dtype)


def component_given(x: Tensor, theta: Tensor, pi: Tensor) -> Tensor:
    """P(z_j = k | x_j, θ, π) ∝ π_k θ_k^x_j (1 − θ_k)^(1 − x_j): (N,) -> (N, K)."""
    weight = pi * theta ** x[:, None] * (1 - theta) ** (1 - x[:, None])
    return weight / weight.sum(-1, keepdim=True)


def theta_given(x: Tensor, z: Tensor, k: int, a: float, b: float) -> tuple[Tensor, Tensor]:
    """Parameters of θ_k | x, z, a Beta law: a + ones in component k, b + zeros in it; (K,) each."""
    member = torch.nn.functional.one_hot(z, k).to(x.dtype)
    return a + x @ member, b + (1 - x) @ member


def pi_given(z: Tensor, k: int, c: float) -> Tensor:
    """Parameters of π | z, a Dirichlet law: c + counts of components."""
    return c + torch.bincount(z, minlength=k).to(torch.float64)

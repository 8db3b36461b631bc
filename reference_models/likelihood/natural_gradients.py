"""Natural gradients, by autograd and matrices. Standalone: imports torch; nothing of ours.

Idea     divergences of two softmax laws and their second slope by autograd; information as a matrix of mean products of
         scores; steps by torch's solver.
Source   Kristiadi 2018, Fisher and KL-divergence, and steepest descent in distribution space.
Shapes   a law is given by its masses (K,), a function of the draw by its values (K,); information and Jacobians are
         (2, 2), gradients (2,); other arguments and results are scalars. float64.
Here     s is a STANDARD DEVIATION; the price of a step is lam times KL(old ‖ new).
"""

import torch
from torch import Tensor
from torch.distributions import Normal, kl_divergence


def kl_bend(masses: Tensor, score: Tensor, v: Tensor) -> Tensor:
    """∂²/∂v² KL(p ‖ p_v), p_v in proportion to p e^(v score): (K,), (K,), () -> ()."""
    at = v.detach().clone().requires_grad_()
    moved = torch.log_softmax(torch.log(masses) + at * score, 0)
    (slope,) = torch.autograd.grad((masses * (torch.log(masses) - moved)).sum(), at, create_graph=True)
    return torch.autograd.grad(slope, at)[0]


def information(masses: Tensor, scores: Tensor) -> Tensor:
    """E s sᵀ: (K,), (K, d) -> (d, d)."""
    return scores.T @ (masses[:, None] * scores)


def step_gain(masses: Tensor, along: Tensor, other: Tensor, lam: Tensor) -> Tensor:
    """∇·d − λ/2 dᵀFd, the scores being both functions, ∇ = F e₁ and d = e₂: (K,), (K,), (K,), () -> ()."""
    fisher = information(masses, torch.stack([along, other], 1))
    gradient, step = fisher[:, 0], torch.tensor([0.0, 1.0], dtype=torch.float64)
    return gradient @ step - lam / 2 * step @ fisher @ step


def step_in_other_parameters(fisher: Tensor, jacobian: Tensor, gradient: Tensor) -> Tensor:
    """J (JᵀFJ)⁻¹ Jᵀ∇: the natural gradient of η, as a step in θ: (2, 2), (2, 2), (2,) -> (2,)."""
    return jacobian @ torch.linalg.solve(jacobian.T @ fisher @ jacobian, jacobian.T @ gradient)


def priced_loss(lam: Tensor, d: Tensor, g: Tensor, m: Tensor, s: Tensor) -> Tensor:
    """g d + λ KL(N(m, s²) ‖ N(m + d, s²)): scalars."""
    return g * d + lam * kl_divergence(Normal(m, s), Normal(m + d, s))

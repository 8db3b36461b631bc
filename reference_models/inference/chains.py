"""Metropolis-Hastings and Gibbs sampling. Standalone: imports torch; nothing of ours.

Source   Hastings 1970; Geman and Geman 1984; Bishop 2006, sections 11.2 and 11.3.
Shapes   laws are (states,), proposals and kernels (states, states); points of a continuous chain (n, d). float64.
Here     row i of a kernel holds the probabilities of going from i, so a law moves as p K. Targets need no normaliser.
"""

from collections.abc import Callable

import torch
from torch import Tensor


def acceptance(p: Tensor, q: Tensor) -> Tensor:
    """α_ij = min(1, p_j q_ji/(p_i q_ij)), and 1 where nothing is proposed: (states,), (states, states)."""
    flow = p[:, None] * q  # p_i q_ij
    return torch.where(flow > 0, torch.clamp(flow.mT / flow, max=1), 1.0)


def metropolis_hastings_kernel(p: Tensor, q: Tensor) -> Tensor:
    """K_ij = q_ij α_ij for i ≠ j; what is rejected stays: (states, states)."""
    moves = q * acceptance(p, q)
    moves = moves - torch.diag(moves.diagonal())
    return moves + torch.diag(1 - moves.sum(-1))


def random_walk_step(
    x: Tensor, log_density: Callable[[Tensor], Tensor], noise: Tensor, u: Tensor
) -> tuple[Tensor, Tensor]:
    """Metropolis: to x + noise with probability min(1, p(x + noise)/p(x)); points and whether they moved."""
    proposal = x + noise
    moved = torch.log(u) < log_density(proposal) - log_density(x)
    return torch.where(moved[:, None], proposal, x), moved


def gibbs_kernel(joint: Tensor, axis: int) -> Tensor:
    """The kernel on all states of a joint table that draws one variable from its conditional: (states, states)."""
    conditional = joint / joint.sum(axis, keepdim=True)  # p(x_axis | the rest)
    states = torch.cartesian_prod(*[torch.arange(k, device=joint.device) for k in joint.shape])
    others = [a for a in range(joint.ndim) if a != axis]
    same = (states[:, None, others] == states[None, :, others]).all(-1)
    return torch.where(same, conditional.flatten(), 0.0)


def systematic_scan(joint: Tensor) -> Tensor:
    """One sweep: every variable in turn, each given the newest values of the others."""
    kernel = gibbs_kernel(joint, 0)
    for axis in range(1, joint.ndim):
        kernel = kernel @ gibbs_kernel(joint, axis)
    return kernel


def random_scan(joint: Tensor) -> Tensor:
    """One variable chosen at random."""
    return torch.stack([gibbs_kernel(joint, axis) for axis in range(joint.ndim)]).mean(0)


def gaussian_gibbs_sweep(x: Tensor, precision: Tensor, noise: Tensor) -> Tensor:
    """A sweep over the coordinates of N(0, precision⁻¹): x_i = −Σ_(j≠i) Λ_ij x_j/Λ_ii + ε_i/√Λ_ii, (n, d)."""
    for i in range(x.shape[-1]):
        rest = x @ precision[i] - x[:, i] * precision[i, i]
        drawn = (-rest + noise[:, i] * torch.sqrt(precision[i, i])) / precision[i, i]
        x = torch.cat([x[:, :i], drawn[:, None], x[:, i + 1 :]], -1)
    return x

"""Energy-based models. Standalone: imports math, torch; nothing of ours.

Source   LeCun et al. 2006, section 1; Song and Kingma 2021, sections 2 and 3.
Shapes   energies on k states are (*batch, k), joint energies (k, m); parameters (p,); results (*batch,). On a line,
         energies are given at nodes with quadrature weights. float64, nats.
Here     p ∝ e^(−E) at temperature 1. Gradients are of the negative log-likelihood, by parameters.
"""

from collections.abc import Callable

import torch
from torch import Tensor


def log_partition(energy: Tensor, weights: Tensor) -> Tensor:
    """log Z = log ∫ e^(−E(x)) dx at nodes with weights; weights 1 sum over states: (*batch, k) -> (*batch,)."""
    return torch.logsumexp(-energy + torch.log(weights), -1)


def log_prob(energy: Tensor, weights: Tensor) -> Tensor:
    """log p = −E − log Z at every state or node."""
    return -energy - log_partition(energy, weights)[..., None]


def log_partition_gradient(energy: Callable[[Tensor], Tensor], theta: Tensor, weights: Tensor) -> Tensor:
    """∂ log Z/∂θ = −E_p ∂E/∂θ: (p,)."""
    law = weights * torch.exp(log_prob(energy(theta), weights))
    slopes: Tensor = torch.func.jacrev(energy)(theta)
    return -(law[:, None] * slopes).sum(0)


def contrastive_gradient(
    data_energy: Callable[[Tensor], Tensor], model_energy: Callable[[Tensor], Tensor], theta: Tensor
) -> Tensor:
    """∂NLL/∂θ ≈ mean ∂E(data) − mean ∂E(draws of the model); energies of both samples are (n,) and (m,)."""
    data: Tensor = torch.func.jacrev(data_energy)(theta)
    model: Tensor = torch.func.jacrev(model_energy)(theta)
    return data.mean(0) - model.mean(0)


def conditional_log_prob(joint_energy: Tensor) -> Tensor:
    """log p(y | x) = −E(x, y) − log Σ_y′ e^(−E(x, y′)): the sum is over y alone, (k, m) -> (k, m)."""
    return torch.log_softmax(-joint_energy, -1)


def marginal_energy(joint_energy: Tensor) -> Tensor:
    """E(x) = −log Σ_y e^(−E(x, y)): (k, m) -> (k,)."""
    return -torch.logsumexp(-joint_energy, -1)

"""Slopes of a softmax of any number of classes, by autograd. Standalone: imports torch; nothing of ours.

Source   Bishop 2006, section 4.3.4; Zhang et al. 2023, softmax and cross-entropy loss.
Shapes   logits z and targets y are (K,); places are counted from 1; results are scalars. float64, nats.
"""

import torch
from torch import Tensor
from torch.nn.functional import log_softmax


def probability_slope(z: Tensor, of: int, by: int) -> Tensor:
    """∂p_of/∂z_by of torch's softmax."""
    at = z.detach().clone().requires_grad_()
    return torch.autograd.grad(torch.softmax(at, 0)[of - 1], at)[0][by - 1]


def loss_slope(z: Tensor, y: Tensor, by: int) -> Tensor:
    """∂/∂z_by of −Σ y log p."""
    at = z.detach().clone().requires_grad_()
    return torch.autograd.grad(-(y * log_softmax(at, 0)).sum(), at)[0][by - 1]

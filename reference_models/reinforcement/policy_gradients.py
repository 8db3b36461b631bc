"""Slopes of what policies earn, by autograd. Standalone: imports torch; nothing of ours.

Source   Sutton and Barto 2018, section 2.8; Goodfellow, Bengio and Courville 2016, section 20.9.1.
Shapes   logits, worths and drifts are (actions,); a base law's outcomes and log-masses (outcomes,); what is seen and
         done along a path (steps,); results are scalars. float64. Places are counted from 1.
Here     a drift is how fast the worth of an action itself grows as the logit does.
"""

import torch
from torch import Tensor
from torch.nn.functional import logsigmoid


def worth_slope(logits: Tensor, worths: Tensor, drifts: Tensor, shift: Tensor, by: int) -> Tensor:
    """∂/∂v Σ π_a (worth_a + v drift_a), v being added to logit ``by``, at v = ``shift``."""
    v = shift.detach().clone().requires_grad_()
    moved = logits + v * torch.nn.functional.one_hot(torch.tensor(by - 1), len(logits))
    mean = (torch.softmax(moved, 0) * (worths + v * drifts)).sum()
    return torch.autograd.grad(mean, v)[0]


def tilted_slope(outcomes: Tensor, log_masses: Tensor, worths: Tensor, theta: Tensor) -> Tensor:
    """∂/∂θ of the mean worth under the masses e^(θ outcome), tilted from the base law."""
    at = theta.detach().clone().requires_grad_()
    mean = (torch.softmax(log_masses + at * outcomes, 0) * worths).sum()
    return torch.autograd.grad(mean, at)[0]


def path_slope(seen: Tensor, done: Tensor, dynamics: Tensor, theta: Tensor) -> Tensor:
    """∂/∂θ of the log-probability of a path: an action is done with probability σ(θ seen), dynamics have no θ."""
    at = theta.detach().clone().requires_grad_()
    logits = at * seen
    log_prob = (torch.log(dynamics) + done * logsigmoid(logits) + (1 - done) * logsigmoid(-logits)).sum()
    return torch.autograd.grad(log_prob, at)[0]

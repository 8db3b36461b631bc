"""Adversarial objectives by bisection and autograd. Standalone: imports torch; nothing of ours.

Idea     the best discriminator is where autograd's slope changes sign, found by bisection; slopes are autograd's.
Source   Goodfellow et al. 2014, sections 3 and 4.
Shapes   every argument is a scalar tensor; results are scalars. float64, nats.
Here     D is the probability of real.
"""

import torch
from torch import Tensor
from torch.nn.functional import logsigmoid


def best_discriminator(p: Tensor, q: Tensor) -> Tensor:
    """The D at which p log D + q log(1 − D) stops rising."""
    low, high = torch.zeros_like(p), torch.ones_like(p)
    for _ in range(60):
        middle = ((low + high) / 2).requires_grad_()
        (slope,) = torch.autograd.grad(p * torch.log(middle) + q * torch.log1p(-middle), middle)
        low, high = (middle.detach(), high) if slope > 0 else (low, middle.detach())
    return (low + high) / 2


def game_value(p: Tensor, q: Tensor) -> Tensor:
    """E_p log D + E_q log(1 − D) over two outcomes, with the best discriminator at each."""
    value = torch.zeros_like(p)
    for data, fake in ((p, q), (1 - p, 1 - q)):
        best = best_discriminator(data, fake)
        value = value + data * torch.log(best) + fake * torch.log1p(-best)
    return value


def saturating_slope(a: Tensor) -> Tensor:
    """The slope of log(1 − D) in the logit of D."""
    at = a.detach().clone().requires_grad_()
    return torch.autograd.grad(logsigmoid(-at), at)[0]


def non_saturating_slope(a: Tensor) -> Tensor:
    """The slope of −log D in the logit of D."""
    at = a.detach().clone().requires_grad_()
    return torch.autograd.grad(-logsigmoid(at), at)[0]


if __name__ == "__main__":
    half = torch.tensor(0.5, dtype=torch.float64)
    print(game_value(half, half))  # −log 4

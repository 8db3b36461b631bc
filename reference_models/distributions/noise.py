"""Models by external noise: y = f(u) + ε, and argmax of logits and Gumbel noise. Standalone: imports math, torch.

Source   Maddison, Mnih and Teh 2017, section 2 (Gumbel-max); Murphy 2022, section 2.6 (additive noise).
Shapes   y and the prediction f are (*batch, m); logits are (*batch, K); u are uniforms in (0, 1) of the same shape.
Here     s is a standard deviation; Gumbel(0, 1) has cdf e^(−e^(−g)). float64, nats.
"""

import math

import torch
from torch import Tensor


def additive_log_prob(y: Tensor, f: Tensor, s: Tensor) -> Tensor:
    """log p_ε(y − f), ε ~ N(0, s² I): (*batch, m) -> (*batch,)."""
    squared = ((y - f) ** 2).sum(-1) / (2 * s**2)
    return -squared - y.shape[-1] * (torch.log(s) + math.log(2 * math.pi) / 2)


def additive_sample(f: Tensor, s: Tensor, noise: Tensor) -> Tensor:
    """f + s ε from standard normal noise of any leading shape."""
    return f + s * noise


def gumbel(u: Tensor) -> Tensor:
    """−log(−log u), the inverse of the cdf e^(−e^(−g))."""
    return -torch.log(-torch.log(u))


def gumbel_argmax(logits: Tensor, u: Tensor) -> Tensor:
    """argmax_k (l_k + g_k), exactly Categorical(softmax(l)): (..., K) -> (...,) int64."""
    return torch.argmax(logits + gumbel(u), -1)

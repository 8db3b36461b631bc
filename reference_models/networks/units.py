"""Parts of networks that keep signals at one scale. Standalone: imports torch; nothing of ours.

Source   Vaswani et al. 2017, section 3.2.1; He et al. 2015, section 2; Srivastava et al. 2014; Ba et al. 2016,
         section 3; Zhang and Sennrich 2019, section 4.
Shapes   queries and keys are (*batch, d); activations (*batch, n). float64.
Here     dropout is inverted: what is kept is divided by the probability of KEEPING it. Normalisations have no gain and
         no offset; a variance is divided by n, and ε is added to it before the root.
"""

import math

import torch
from torch import Tensor


def scaled_score(q: Tensor, k: Tensor) -> Tensor:
    """q · k/√d: (*batch, d) twice -> (*batch,)."""
    return (q * k).sum(-1) / math.sqrt(q.shape[-1])


def leaky_relu(x: Tensor, c: Tensor) -> Tensor:
    """x above zero, c x below."""
    return torch.where(x > 0, x, c * x)


def dropped_out(x: Tensor, kept: Tensor, keep: Tensor) -> Tensor:
    """x where ``kept`` is 1, over the probability of that; 0 where it is 0."""
    return x * kept / keep


def layer_norm(x: Tensor, eps: Tensor) -> Tensor:
    """(x − mean)/√(variance + ε), over the last axis."""
    centred = x - x.mean(-1, keepdim=True)
    return centred / torch.sqrt((centred**2).mean(-1, keepdim=True) + eps)


def rms_norm(x: Tensor, eps: Tensor) -> Tensor:
    """x/√(mean square + ε), over the last axis."""
    return x / torch.sqrt((x**2).mean(-1, keepdim=True) + eps)

"""Guidance of diffusion by a classifier, and without one. Standalone: imports torch; nothing of ours.

Source   Dhariwal and Nichol 2021, section 4; Ho and Salimans 2022, section 3.
Shapes   x and scores are (*batch, d). float64, nats.
Here     s is the scale in ε_u + s (ε_c − ε_u): s = 0 is without the condition, 1 with it, above 1 stresses it.
         (Ho and Salimans write w = s − 1.)
"""

from collections.abc import Callable

import torch
from torch import Tensor


def classifier_guided(score: Tensor, log_classifier: Callable[[Tensor], Tensor], x: Tensor, w: Tensor) -> Tensor:
    """∇ log p(x) + w ∇ log p(y | x); ``log_classifier`` maps (*batch, d) to log p(y | x), (*batch,)."""
    at = x.detach().clone().requires_grad_(True)
    slope: Tensor = torch.autograd.grad(log_classifier(at).sum(), at)[0]
    return score + w * slope


def guided_noise(eps: Tensor, log_classifier: Callable[[Tensor], Tensor], x: Tensor, bar: Tensor, w: Tensor) -> Tensor:
    """ε − w √(1 − ᾱ) ∇ log p(y | x): the same in terms of predicted noise."""
    return classifier_guided(eps, log_classifier, x, -w * torch.sqrt(1 - bar))


def free(unconditional: Tensor, conditional: Tensor, s: Tensor) -> Tensor:
    """ε_u + s (ε_c − ε_u), for noise or for scores alike."""
    return unconditional + s * (conditional - unconditional)


def free_noise(network: Callable[[Tensor, Tensor | None], Tensor], x: Tensor, c: Tensor, s: Tensor) -> Tensor:
    """The same from a network (x, condition or None): two evaluations."""
    return free(network(x, None), network(x, c), s)


def dropped(c: Tensor, null: Tensor, u: Tensor, rate: float) -> Tensor:
    """The condition (*batch, k), or the null one where u (*batch,) uniform falls below the rate of dropping."""
    return torch.where((u < rate)[..., None], null, c)

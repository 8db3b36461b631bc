"""Learning by a discriminator: the game's value, its best play, and the generator's loss. Standalone: imports torch.

Source   Goodfellow et al. 2014, section 4.
Shapes   laws on k outcomes are (*batch, k); losses (*batch,). float64, nats.
Here     D is the probability of data; the generator's loss is the non-saturating one, which is not −V.
"""

import torch
from torch import Tensor


def adversarial_value(d: Tensor, data: Tensor, model: Tensor) -> Tensor:
    """V(D) = E_data log D + E_model log(1 − D): three (*batch, k) -> (*batch,)."""
    return torch.xlogy(data, d).sum(-1) + torch.xlogy(model, 1 - d).sum(-1)


def best_discriminator(data: Tensor, model: Tensor) -> Tensor:
    """D*(x) = p_data(x)/(p_data(x) + p_model(x))."""
    return data / (data + model)


def generator_loss(d: Tensor, model: Tensor) -> Tensor:
    """The non-saturating loss −E_model log D, which is not −V."""
    return -torch.xlogy(model, d).sum(-1)

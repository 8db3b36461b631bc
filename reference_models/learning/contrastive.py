"""Adversarial and contrastive objectives. Standalone: imports torch; nothing of ours.

Source   Goodfellow et al. 2014, section 4; van den Oord et al. 2018, section 2; Radford et al. 2021, section 2.
Shapes   laws on k outcomes are (*batch, k); scores of n pairs are (*batch, n, n), row i against column j; losses
         (*batch,). float64, nats.
Here     a positive pair stands on the diagonal and is one of the n that the denominator sums; losses are means over
         rows. ``temperature`` divides; CLIP's loss is the mean of both directions, not their sum.
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


def infonce(scores: Tensor) -> Tensor:
    """(1/n) Σ_i [log Σ_j e^(s_ij) − s_ii]."""
    positive = scores.diagonal(dim1=-2, dim2=-1)
    return (torch.logsumexp(scores, -1) - positive).mean(-1)


def cosine_scores(x: Tensor, y: Tensor, temperature: Tensor) -> Tensor:
    """s_ij = ⟨x_i/|x_i|, y_j/|y_j|⟩/τ: two (n, d) -> (n, n)."""
    return torch.nn.functional.normalize(x, dim=-1) @ torch.nn.functional.normalize(y, dim=-1).mT / temperature


def clip_loss(x: Tensor, y: Tensor, temperature: Tensor) -> Tensor:
    """The mean of both directions' InfoNCE: rows against columns and columns against rows."""
    scores = cosine_scores(x, y, temperature)
    return (infonce(scores) + infonce(scores.mT)) / 2

"""Cross-attention from image places to text tokens; DALL-E's tokens. Standalone: imports math, torch; nothing of ours.

Source   Xu et al. 2015 (Show, attend and tell), section 3; Vaswani et al. 2017, section 3.2; Ramesh et al. 2021,
         section 2.
Shapes   image features (*batch, P, d_x), text features (*batch, T, d_y); tables have one axis per variable. nats.
Here     queries come from the image and keys and values from the text: the text's own features stay as they are. A mask
         is True at tokens that count. In the tables all rows are laws.
"""

import math

import torch
from torch import Tensor


def attention_weights(image: Tensor, text: Tensor, w_q: Tensor, w_k: Tensor, mask: Tensor) -> Tensor:
    """softmax(Q_I K_Tᵀ/√d) over the tokens that count: (*batch, P, T); w_q (d, d_x), w_k (d, d_y), mask (*batch, T)."""
    s = (image @ w_q.mT) @ (text @ w_k.mT).mT / math.sqrt(w_q.shape[0])
    return torch.softmax(torch.where(mask[..., None, :], s, -torch.inf), -1)


def cross_attention(image: Tensor, text: Tensor, w_q: Tensor, w_k: Tensor, w_v: Tensor, mask: Tensor) -> Tensor:
    """image + softmax(Q_I K_Tᵀ/√d) V_T: (*batch, P, d_x); w_v (d_x, d_y)."""
    return image + attention_weights(image, text, w_q, w_k, mask) @ (text @ w_v.mT)


def soft_context(weights: Tensor, features: Tensor) -> Tensor:
    """ẑ = Σ_i α_i a_i: (*batch, P), (*batch, P, d) -> (*batch, d)."""
    return (weights[..., None] * features).sum(-2)


def hard_context(weights: Tensor, features: Tensor, generator: torch.Generator) -> Tensor:
    """a_i of a place i drawn with probability α_i; its mean is ``soft_context``."""
    place = torch.multinomial(weights, 1, generator=generator)
    return features.gather(-2, place[..., None].expand(*place.shape, features.shape[-1]))[..., 0, :]


def token_log_prob(text_law: Tensor, image_law: Tensor) -> Tensor:
    """log p(y, z) = log p(y) + log p(z | y) of text y, then image codes z: (Y,), (Y, Z) -> (Y, Z)."""
    return torch.log(text_law)[:, None] + torch.log(image_law)


def joint_bound(q: Tensor, text_law: Tensor, image_law: Tensor, decoder: Tensor, beta: float) -> Tensor:
    """E_q log p(x | z) − β KL(q(z | x) ‖ p(z | y)) + log p(y) for all x and y: (X, Y).

    q (X, Z) is the dVAE's encoder, decoder (Z, X), the prior p(y) p(z | y) that of the Transformer.
    """
    fit = (q * torch.log(decoder).mT).sum(1)
    gap = (q[:, None] * (torch.log(q)[:, None] - torch.log(image_law))).sum(-1)
    return fit[:, None] - beta * gap + torch.log(text_law)

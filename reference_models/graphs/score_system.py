"""GDSS: diffusion of node features and of the adjacency together, a score for each. Standalone: imports torch.

Source   Jo, Lee and Hwang 2022, sections 3.1 to 3.3.
Shapes   features x (*batch, n, f), symmetric a (*batch, n, n) with a zero diagonal; times, means and deviations
         (*batch,). Weights are a dictionary of (out, in). float64.
Here     time runs from data (0) to noise (1); dX = −β/2 X dt + √β dW for both: mean and std are its. A pair is
         ONE coordinate: its noise stands on both sides, and its score is the slope in it. The networks predict what is
         clean, zeros and ones; Tweedie's formula, s = (m Ĝ − G)/σ², turns that into a score.
"""

from collections.abc import Mapping

import torch
from torch import Tensor

Weights = Mapping[str, Tensor]


def mirrored(noise: Tensor) -> Tensor:
    """What stands above the diagonal, on both sides; zero on it: (*batch, n, n)."""
    upper = torch.triu(noise, 1)
    return upper + upper.mT


def perturbed(x: Tensor, a: Tensor, mean: Tensor, std: Tensor, ex: Tensor, ea: Tensor) -> tuple[Tensor, Tensor]:
    """m X + σ ε and m A + σ ε, one noise a pair."""
    m, s = mean[..., None, None], std[..., None, None]
    return m * x + s * ex, m * a + s * mirrored(ea)


def clean(x: Tensor, a: Tensor, t: Tensor, w: Weights) -> tuple[Tensor, Tensor]:
    """X̂ and Â, chances of ones before the noise: messages along A, then pairs see A, A² and their two nodes.

    w: "in" (d, f + 3), "own", "near" (d, d), "node" (f, d), "pair" (d, 2 d + 4), "mid" (d, d), "edge" (1, d).
    """
    time = t[..., None, None].expand(*x.shape[:-1], 1)
    h = torch.tanh(torch.cat([x, a.sum(-1, keepdim=True), time, torch.ones_like(time)], -1) @ w["in"].mT)
    h = h + torch.tanh(h @ w["own"].mT + a @ h @ w["near"].mT)
    both = h[..., :, None, :] + h[..., None, :, :]
    product = h[..., :, None, :] * h[..., None, :, :]
    known = torch.stack([a, a @ a, time.expand_as(a), torch.ones_like(a)], -1)
    pair = torch.tanh(torch.cat([both, product, known], -1) @ w["pair"].mT)
    pair = pair + torch.tanh(pair @ w["mid"].mT)
    off = 1 - torch.eye(a.shape[-1]).to(a)
    return torch.sigmoid(h @ w["node"].mT), torch.sigmoid((pair @ w["edge"].mT)[..., 0]) * off


def scores(x: Tensor, a: Tensor, guess: tuple[Tensor, Tensor], mean: Tensor, std: Tensor) -> tuple[Tensor, Tensor]:
    """(m X̂ − X)/σ² and (m Â − A)/σ²: the slopes of log p_t where the guess is the mean of the clean graph."""
    m, s = mean[..., None, None], std[..., None, None]
    return (m * guess[0] - x) / s**2, (m * guess[1] - a) / s**2


def loss(score_x: Tensor, score_a: Tensor, std: Tensor, ex: Tensor, ea: Tensor) -> Tensor:
    """|σ s_X + ε|² + Σ_{i<j} (σ s_ij + ε_ij)²: the denoising loss times σ², (*batch,)."""
    s = std[..., None, None]
    of_pairs = torch.triu((s * score_a + mirrored(ea)) ** 2, 1)
    return ((s * score_x + ex) ** 2).sum((-2, -1)) + of_pairs.sum((-2, -1))


def reverse_step(
    x: Tensor, a: Tensor, score_x: Tensor, score_a: Tensor, beta: Tensor, dt: Tensor, ex: Tensor, ea: Tensor
) -> tuple[Tensor, Tensor]:
    """One Euler step back in time: X + (β/2 X + β s) dt + √(β dt) ε, for both; one noise a pair."""
    back_x = x + (beta / 2 * x + beta * score_x) * dt + torch.sqrt(beta * dt) * ex
    return back_x, a + (beta / 2 * a + beta * score_a) * dt + torch.sqrt(beta * dt) * mirrored(ea)

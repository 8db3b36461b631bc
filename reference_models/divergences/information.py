"""Fisher divergence, entropies and information, rate-distortion, free energy. Standalone: imports math, torch.

Source   Hyvärinen 2005; Cover and Thomas 2006, chapters 2, 5, 8 and 10; Neal and Hinton 1998; Blahut 1972.
Shapes   laws on k outcomes are (*batch, k), joint laws (k, m); scores at nodes (nodes, d) with weights that sum to 1
         under p; results (*batch,). float64, nats, but code lengths in bits.
Here     the Fisher divergence carries no ½. The distortion of the Gaussian source is squared error. The variational
         free energy is E_q E − H(q) at temperature 1.
"""

import math

import torch
from torch import Tensor


def fisher_divergence(score_p: Tensor, score_q: Tensor, weights: Tensor) -> Tensor:
    """E_p |∇log p − ∇log q|²."""
    return (weights * ((score_p - score_q) ** 2).sum(-1)).sum()


def mutual_information(joint: Tensor) -> Tensor:
    """I = Σ p(x, y) log p(x, y)/(p(x) p(y)): (k, m) -> ()."""
    product = joint.sum(1, keepdim=True) * joint.sum(0)
    return (torch.xlogy(joint, joint) - torch.xlogy(joint, product)).sum()


def gaussian_rate(var: Tensor, distortion: Tensor) -> Tensor:
    """R(D) = max(0, ½ log(σ²/D))."""
    return torch.clamp(torch.log(var / distortion) / 2, min=0)


def blahut_arimoto(p: Tensor, distortion: Tensor, slope: float, steps: int = 300) -> tuple[Tensor, Tensor]:
    """A point of the rate-distortion curve with slope −s: rate and distortion; p (k,), distortions (k, m)."""
    q = torch.full_like(distortion[0], 1 / distortion.shape[1])
    for _ in range(steps):
        channel = torch.softmax(torch.log(q) - slope * distortion, -1)  # q(y) e^(−s d(x, y)), normalised
        q = p @ channel
    return mutual_information(p[:, None] * channel), (p[:, None] * channel * distortion).sum()


def shannon_lengths(p: Tensor) -> Tensor:
    """⌈−log₂ p⌉ bits for each outcome."""
    return torch.ceil(-torch.log2(p))


def huffman_lengths(p: Tensor) -> Tensor:
    """Code lengths of the best prefix code: the two least likely groups are merged, again and again."""
    groups = [(float(mass), [i]) for i, mass in enumerate(p)]
    lengths = torch.zeros_like(p)
    while len(groups) > 1:
        (a, first), (b, second), *groups = sorted(groups, key=lambda g: g[0])
        lengths[first + second] += 1  # a bit for each of both
        groups.append((a + b, first + second))
    return lengths


def free_energy(q: Tensor, energy: Tensor) -> Tensor:
    """E_q E − H(q)."""
    return (q * energy + torch.xlogy(q, q)).sum(-1)


def gaussian_entropy(var: Tensor) -> Tensor:
    """½ log(2πe σ²)."""
    return torch.log(2 * math.pi * math.e * var) / 2

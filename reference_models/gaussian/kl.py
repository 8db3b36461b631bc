"""Univariate normal KL as torch code. Standalone: imports math, numpy, torch; nothing of ours.

Source   Bishop 2006: normal density (1.46), KL divergence (1.113).
Shapes   x is (*batch, nodes); m, s are (*batch, 1); results are (*batch,). float64, nats.
Here     m is a mean and s a STANDARD DEVIATION (not a variance); p = N(m1, s1²) comes first, q = N(m2, s2²) second.
Error    the log-ratio of two normals is a quadratic in x, and n nodes integrate polynomials up to degree 2n − 1
         exactly: what is left is rounding, below 1e-12 (10 + KL).
"""

import math

import numpy as np
import torch
from torch import Tensor


def log_normal(x: Tensor, m: Tensor, s: Tensor) -> Tensor:
    """log N(x | m, s²): (*batch, nodes), (*batch, 1), (*batch, 1) -> (*batch, nodes)."""
    return -((x - m) ** 2) / (2 * s**2) - torch.log(s) - math.log(2 * math.pi) / 2  # log of (1.46)


def kl(m1: Tensor, s1: Tensor, m2: Tensor, s2: Tensor, nodes: int = 32) -> Tensor:
    """KL(p ‖ q) by Gauss-Hermite quadrature under p: four (*batch, 1) -> (*batch,)."""
    t, w = (torch.as_tensor(a, device=m1.device) for a in np.polynomial.hermite.hermgauss(nodes))
    x = m1 + math.sqrt(2) * s1 * t  # x = m₁ + √2 s₁ t
    log_ratio = log_normal(x, m1, s1) - log_normal(x, m2, s2)  # integrand of (1.113)
    return (w * log_ratio).sum(-1) / math.sqrt(math.pi)  # ∫ e^(−t²) f dt ≈ Σ w f


if __name__ == "__main__":
    zero, one = torch.zeros(1, 1, dtype=torch.float64), torch.ones(1, 1, dtype=torch.float64)
    print(kl(zero, one, one, one))  # two unit normals one apart: half a nat

"""Score matching and Langevin steps, by nodes and autograd. Standalone: imports numpy, torch; nothing of ours.

Idea     means under normal laws are sums over Gauss-Hermite nodes, exact for polynomials; scores and slopes are
         autograd's, of torch's own log-densities where there is one.
Source   Hyvärinen 2005, section 2; Vincent 2011, section 4; Song and Ermon 2019, sections 2.2 and 4.3.
Shapes   every argument is a scalar tensor; nodes are (nodes,); results are scalars. float64.
Here     s and r are STANDARD DEVIATIONS; Langevin dynamics is dx = score dt + √2 dw.
"""

import numpy as np
import torch
from torch import Tensor
from torch.distributions import Distribution, Normal


def log_normal(x: Tensor, mean: Tensor, std: Tensor) -> Tensor:
    """torch's log-density, given a STANDARD DEVIATION."""
    law: Distribution = Normal(mean, std)
    value: Tensor = law.log_prob(x)
    return value


def nodes(count: int = 8) -> tuple[Tensor, Tensor]:
    """Gauss-Hermite nodes and weights of the standard normal law: (count,) each."""
    t, w = (torch.as_tensor(v) for v in np.polynomial.hermite_e.hermegauss(count))
    return t, w / w.sum()


def slope(f: Tensor, x: Tensor) -> Tensor:
    """The derivative of each f at its x, by autograd; it can be derived again."""
    return torch.autograd.grad(f.sum(), x, create_graph=True)[0]


def score(x: Tensor, mean: Tensor, std: Tensor) -> Tensor:
    """The slope of torch's log-density in x."""
    at = x.detach().clone().requires_grad_()
    return slope(log_normal(at, mean, std), at).detach()


def explicit_less_implicit(m: Tensor, s: Tensor, k0: Tensor, k1: Tensor, k2: Tensor) -> Tensor:
    """E½(ψ − score)² − E[½ψ² + ψ′] under N(m, s²), ψ = k_0 + k_1 x + k_2 x²."""
    t, w = nodes()
    x = (m + s * t).requires_grad_()
    psi = k0 + k1 * x + k2 * x**2
    explicit = (psi - score(x, m, s)) ** 2 / 2
    return (w * (explicit - psi**2 / 2 - slope(psi, x))).sum()


def flux_slope(x: Tensor, a: Tensor, b: Tensor, d: Tensor, e: Tensor) -> Tensor:
    """Minus the slope of p ψ, p = e^(b x² − a x⁴), ψ = d x + e x³."""
    at = x.detach().clone().requires_grad_()
    return -slope(torch.exp(b * at**2 - a * at**4) * (d * at + e * at**3), at)


def denoising_less_explicit(m: Tensor, s: Tensor, r: Tensor, k0: Tensor, k1: Tensor) -> Tensor:
    """E½(ψ − score of the noise)² − E½(ψ − score of the noisy law)² over data and noise, all pairs of nodes."""
    t, w = nodes()
    weights = torch.outer(w, w)
    clean = (m + s * t)[:, None].expand(len(t), len(t))
    noisy = clean + r * t[None, :]
    psi = k0 + k1 * noisy
    denoising = (psi - score(noisy, clean, r)) ** 2
    explicit = (psi - score(noisy, m, torch.hypot(s, r))) ** 2
    return (weights * (denoising - explicit)).sum() / 2


def spread_of_scores(j1: Tensor, j2: Tensor, g1: Tensor, g2: Tensor) -> Tensor:
    """The least that any one score misses the two by: half the weighted variance, by torch's softmax of the weights."""
    weights, scores = torch.stack([j1, j2]), torch.stack([g1, g2])
    shares = torch.softmax(torch.log(weights), 0)
    return weights.sum() * (shares * (scores - (shares * scores).sum()) ** 2).sum() / 2


def drift_takes(x: Tensor, a: Tensor, b: Tensor) -> Tensor:
    """Minus the slope of U′ p with p = e^(−U), U = a x⁴ − b x²."""
    at = x.detach().clone().requires_grad_()
    energy = a * at**4 - b * at**2
    return -slope(slope(energy, at) * torch.exp(-energy), at)


def variance_after(s: Tensor, h: Tensor) -> Tensor:
    """The variance to which steps x + h s² score + √(2h) s z settle: 4,000 of them on moments, from the target's."""
    pull = 1 + h * s**2 * score(torch.ones_like(s), torch.zeros_like(s), s)  # the factor of a linear step
    v = s**2
    for _ in range(4000):
        v = pull**2 * v + 2 * h * s**2
    return v


def drift_over_noise(s: Tensor, eps: Tensor, t: Tensor) -> Tensor:
    """E of the squared drift over the squared size of the noise, at noise level s with step ε s²/t²."""
    z, w = nodes()
    alpha = eps * s**2 / t**2
    drift = alpha / 2 * score(s * z, torch.zeros_like(s), s)
    return (w * drift**2).sum() / alpha


if __name__ == "__main__":
    one, half = torch.tensor([1.0, 0.5], dtype=torch.float64)
    print(variance_after(one, half))  # 4/3, not 1

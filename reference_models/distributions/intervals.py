"""Laws on intervals and on the simplex: Uniform, Beta, Dirichlet, Logistic-Normal. Standalone: imports math, torch.

Source   Murphy 2022, sections 2.7 and 4.6; Aitchison and Shen 1980 (Logistic-Normal).
Shapes   x and the parameters broadcast to (*batch,); of Dirichlet x and a are (*batch, K). float64, nats.
Here     the Logistic-Normal takes the standard deviation s of the logit; −inf outside the interval.
"""

import math

import torch
from torch import Tensor


def uniform_log_prob(x: Tensor, low: Tensor, high: Tensor) -> Tensor:
    """log 1/(b − a) on [a, b]."""
    return torch.where((x >= low) & (x <= high), -torch.log(high - low), -torch.inf)


def uniform_sample(low: Tensor, high: Tensor, n: int, generator: torch.Generator) -> Tensor:
    """a + (b − a) u: (*batch,) -> (n, *batch)."""
    u = torch.rand((n, *low.shape), generator=generator, dtype=low.dtype, device=low.device)
    return low + (high - low) * u


def beta_log_prob(x: Tensor, a: Tensor, b: Tensor) -> Tensor:
    """log x^(a − 1) (1 − x)^(b − 1) / B(a, b), for 0 < x < 1."""
    log_beta = torch.lgamma(a) + torch.lgamma(b) - torch.lgamma(a + b)
    right: Tensor = torch.special.xlog1py(b - 1, -x)
    return torch.xlogy(a - 1, x) + right - log_beta


def beta_mean(a: Tensor, b: Tensor) -> Tensor:
    """E X = a/(a + b)."""
    return a / (a + b)


def beta_posterior(a: Tensor, b: Tensor, flips: Tensor) -> tuple[Tensor, Tensor]:
    """Parameters given zeros and ones along the first axis: a + Σ x, b + Σ (1 − x)."""
    return a + flips.sum(0), b + (1 - flips).sum(0)


def beta_sample(a: int, b: int, n: int, generator: torch.Generator) -> Tensor:
    """X/(X + Y), X and Y Gamma of whole shapes a and b: -> (n,)."""
    u = torch.rand((n, a + b), generator=generator, dtype=torch.float64, device=generator.device)
    waits = -torch.log1p(-u)
    return waits[:, :a].sum(1) / waits.sum(1)


def dirichlet_log_prob(x: Tensor, a: Tensor) -> Tensor:
    """log Γ(Σ a)/Π Γ(a_i) Π x_i^(a_i − 1), the density in the first K − 1 coordinates: (*batch, K) -> (*batch,)."""
    return torch.lgamma(a.sum(-1)) - torch.lgamma(a).sum(-1) + torch.xlogy(a - 1, x).sum(-1)


def dirichlet_posterior(a: Tensor, counts: Tensor) -> Tensor:
    """Parameters given counts of categories: a + n."""
    return a + counts


def dirichlet_sample(a: list[int], n: int, generator: torch.Generator) -> Tensor:
    """Gamma draws of whole shapes a_i over their sum: -> (n, K)."""
    u = torch.rand((n, sum(a)), generator=generator, dtype=torch.float64, device=generator.device)
    draws = torch.stack([part.sum(1) for part in torch.split(-torch.log1p(-u), a, 1)], 1)
    return draws / draws.sum(1, keepdim=True)


def logistic_normal_log_prob(p: Tensor, m: Tensor, s: Tensor) -> Tensor:
    """log e^(−(logit p − m)²/2s²) / (s √(2π) p (1 − p)), for 0 < p < 1."""
    z = torch.log(p) - torch.log1p(-p)
    jacobian = torch.log(p) + torch.log1p(-p)  # log dp/dz = log p(1 − p)
    return -((z - m) ** 2) / (2 * s**2) - torch.log(s) - math.log(2 * math.pi) / 2 - jacobian


def logistic_normal_sample(m: Tensor, s: Tensor, n: int, generator: torch.Generator) -> Tensor:
    """1/(1 + e^(−z)), z ~ N(m, s²): (*batch,) -> (n, *batch)."""
    noise = torch.randn((n, *m.shape), generator=generator, dtype=m.dtype, device=m.device)
    return 1 / (1 + torch.exp(-(m + s * noise)))

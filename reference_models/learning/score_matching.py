"""Score matching: explicit, implicit, denoising, conditional. Standalone: imports torch; nothing of ours.

Source   Hyvärinen 2005, section 2; Vincent 2011, section 4.
Shapes   x is (n, d), weights (n,) sum to 1 and say what law the means are taken under; scores are (n, d); losses ().
Here     a score is ∇_x log p, by x and not by a parameter. Explicit and implicit losses carry the factor 1/2; the
         denoising loss carries λ(t) = 1 and no 1/2. Noised points are x_t = alpha x_0 + sigma ε with a standard ε.
"""

from collections.abc import Callable

import torch
from torch import Tensor

Score = Callable[[Tensor], Tensor]


def score(log_density: Score, x: Tensor) -> Tensor:
    """∇_x log p(x) by autograd, from an unnormalised log-density (n, d) -> (n,): (n, d)."""
    point = x.detach().clone().requires_grad_(True)
    found: Tensor = torch.autograd.grad(log_density(point).sum(), point)[0]
    return found


def divergence(s: Score, x: Tensor) -> Tensor:
    """Σ_j ∂s_j/∂x_j at each row: (n, d) -> (n,)."""
    one = torch.func.jacrev(lambda row: s(row[None])[0])
    jacobian: Tensor = torch.func.vmap(one)(x)
    return jacobian.diagonal(dim1=-2, dim2=-1).sum(-1)


def explicit(s: Score, data_score: Score, x: Tensor, weights: Tensor) -> Tensor:
    """The Fisher divergence F = ½ E|s − ∇log p|²."""
    return (weights * ((s(x) - data_score(x)) ** 2).sum(-1)).sum() / 2


def implicit(s: Score, x: Tensor, weights: Tensor) -> Tensor:
    """J = E[½|s|² + ∇·s], which needs no score of the data."""
    return (weights * ((s(x) ** 2).sum(-1) / 2 + divergence(s, x))).sum()


def sliced(jacobian: Tensor, score: Tensor, direction: Tensor) -> Tensor:
    """vᵀ ∇s v + ½ (v · s)² in the direction v: (d, d), (d,), (d,) -> ()."""
    return direction @ jacobian @ direction + (direction @ score) ** 2 / 2


def noised(x0: Tensor, noise: Tensor, alpha: Tensor, sigma: Tensor) -> Tensor:
    """x_t = alpha x_0 + sigma ε."""
    return alpha * x0 + sigma * noise


def conditional_score(x0: Tensor, noise: Tensor, alpha: Tensor, sigma: Tensor) -> Tensor:
    """∇ log q(x_t | x_0) = −(x_t − alpha x_0)/sigma² = −ε/sigma."""
    return -noise / sigma


def denoising(s: Score, x0: Tensor, noise: Tensor, alpha: Tensor, sigma: Tensor, weights: Tensor) -> Tensor:
    """E|s(x_t) − ∇ log q(x_t | x_0)|²; x0 and noise are (n, d)."""
    target = conditional_score(x0, noise, alpha, sigma)
    return (weights * ((s(noised(x0, noise, alpha, sigma)) - target) ** 2).sum(-1)).sum()


def marginal_score(x: Tensor, points: Tensor, weights: Tensor, alpha: Tensor, sigma: Tensor) -> Tensor:
    """∇ log Σ_k w_k N(x; alpha points_k, sigma² I), the score of noised finite data: (n, d), (k, d), (k,) -> (n, d)."""
    gaps = alpha * points - x[:, None]  # (n, k, d)
    own = torch.softmax(torch.log(weights) - (gaps**2).sum(-1) / (2 * sigma**2), -1)  # p(k | x)
    return (own[..., None] * gaps).sum(1) / sigma**2


def tweedie(x: Tensor, s: Tensor, alpha: Tensor, sigma: Tensor) -> Tensor:
    """E[x_0 | x_t] = (x_t + sigma² ∇ log q(x_t))/alpha."""
    return (x + sigma**2 * s) / alpha


def class_score(
    x: Tensor, points: Tensor, weights: Tensor, labels: Tensor, c: int, alpha: Tensor, sigma: Tensor
) -> Tensor:
    """∇ log q(x_t | c): the marginal score of the points with label c, their weights renormalised."""
    of = labels == c
    return marginal_score(x, points[of], weights[of] / weights[of].sum(), alpha, sigma)

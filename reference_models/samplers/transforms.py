"""Drawing by transforming, from quantiles, Jacobians and torch's own laws. Standalone: imports torch; nothing of ours.

Idea     the density of a transformed draw is one over the slope, or the determinant, of the map that makes it; who
         wins a race is an integral on a grid; entropies and divergences are torch's.
Source   Devroye 1986, chapters II and III; Box and Muller 1958; Maddison, Tarlow and Minka 2014; Holtzman et al. 2019.
Shapes   every argument is a scalar tensor, stacked to (classes,); grids are (nodes,); results are scalars. float64.
Here     r and w are RATES; b is one over the temperature.
Error    the grids below 1e-12 for scores and logs of rates between −4 and 4.
"""

from collections.abc import Callable

import torch
from torch import Tensor
from torch.distributions import Categorical, Distribution, Gumbel, kl_divergence


def density_by_quantile(quantile: Callable[[Tensor], Tensor], u: Tensor) -> Tensor:
    """The density at quantile(u): one over the quantile's slope, by autograd."""
    at = u.detach().clone().requires_grad_()
    return 1 / torch.autograd.grad(quantile(at), at)[0]


def exponential_density(x: Tensor, r: Tensor) -> Tensor:
    """Of −log(1 − u)/r, at the u that gives x."""
    return density_by_quantile(lambda u: -torch.log1p(-u) / r, -torch.expm1(-r * x))


def logistic_density(y: Tensor) -> Tensor:
    """Of log u/(1 − u), at the u that gives y."""
    return density_by_quantile(lambda u: torch.log(u) - torch.log1p(-u), torch.sigmoid(y))


def pair_density(u: Tensor, v: Tensor) -> Tensor:
    """Of Box and Muller's pair: one over the determinant of autograd's Jacobian."""

    def pair(uv: Tensor) -> Tensor:
        angle = 2 * torch.pi * uv[1]
        return torch.sqrt(-2 * torch.log(uv[0])) * torch.stack([torch.cos(angle), torch.sin(angle)])

    volume: Tensor = torch.linalg.det(torch.func.jacrev(pair)(torch.stack([u, v])))
    return 1 / abs(volume)


def gumbel_density(g: Tensor, a: Tensor) -> Tensor:
    """torch's Gumbel density with location a and scale 1."""
    law: Distribution = Gumbel(a, torch.ones_like(a))
    value: Tensor = law.log_prob(g)
    return torch.exp(value)


def first_is_greatest(a1: Tensor, a2: Tensor, a3: Tensor) -> Tensor:
    """P(score 1 with its noise is above the others), by the trapezoidal rule."""
    g = torch.linspace(-12, 48, 12001, dtype=a1.dtype)
    log_below = [-torch.exp(-(g - a)) for a in (a2, a3)]
    return torch.trapezoid(gumbel_density(g, a1) * torch.exp(log_below[0] + log_below[1]), g)


def first_is_soonest(w1: Tensor, w2: Tensor, w3: Tensor) -> Tensor:
    """P(time 1 is the least), by the trapezoidal rule in log t."""
    s = torch.linspace(-40, 8, 12001, dtype=w1.dtype)
    t = torch.exp(s)
    return torch.trapezoid(w1 * torch.exp(-(w1 + w2 + w3) * t) * t, s)


def entropy_slope(b: Tensor, a1: Tensor, a2: Tensor, a3: Tensor) -> Tensor:
    """The slope of torch's entropy of softmax(b × scores) in b, by autograd."""
    at = b.detach().clone().requires_grad_()
    law: Distribution = Categorical(logits=at * torch.stack([a1, a2, a3]))
    value: Tensor = law.entropy()
    return torch.autograd.grad(value, at)[0]


def laws(w1: Tensor, w2: Tensor, w3: Tensor) -> tuple[Tensor, Tensor]:
    """The first two classes kept, and all three: (3,) each, normalised."""
    full = torch.stack([w1, w2, w3])
    kept = torch.stack([w1, w2, torch.zeros_like(w3)])
    return kept / kept.sum(), full / full.sum()


def truncated_divergence(w1: Tensor, w2: Tensor, w3: Tensor) -> Tensor:
    """torch's KL(truncated ‖ full)."""
    kept, full = laws(w1, w2, w3)
    value: Tensor = kl_divergence(Categorical(probs=kept), Categorical(probs=full))
    return value


def truncated_distance(w1: Tensor, w2: Tensor, w3: Tensor) -> Tensor:
    """Half the sum of absolute differences."""
    kept, full = laws(w1, w2, w3)
    return (kept - full).abs().sum() / 2


if __name__ == "__main__":
    one = torch.tensor(1.0, dtype=torch.float64)
    print(first_is_greatest(one, one, one), first_is_soonest(one, one, one))  # a third, twice

"""Mixtures of two normals with torch's own laws. Standalone: imports numpy, torch; nothing of ours.

Idea     the mixture is torch's; responsibilities are a softmax of joint log-densities; slopes and bends are autograd's;
         means over a component are sums over Gauss-Hermite nodes.
Source   Bishop 2006, sections 4.2 and 9.2.
Shapes   every argument is a scalar tensor; components are stacked to (2,); results are scalars. float64, nats.
Here     s, s_1 and s_2 are STANDARD DEVIATIONS; w weighs component 1.
"""

import numpy as np
import torch
from torch import Tensor
from torch.distributions import Categorical, Distribution, MixtureSameFamily, Normal


def log_prob(law: Distribution, x: Tensor) -> Tensor:
    """torch's log-density."""
    value: Tensor = law.log_prob(x)
    return value


def weights_of(w: Tensor) -> Tensor:
    """(w, 1 − w)."""
    return torch.stack([w, 1 - w])


def variance(w: Tensor, m1: Tensor, m2: Tensor, s1: Tensor, s2: Tensor) -> Tensor:
    """The variance of all nodes of both components, weighted."""
    t, node_weights = (torch.as_tensor(v) for v in np.polynomial.hermite_e.hermegauss(4))
    x = torch.stack([m1, m2])[:, None] + torch.stack([s1, s2])[:, None] * t  # (2, nodes)
    weights = weights_of(w)[:, None] * node_weights / node_weights.sum()
    return (weights * (x - (weights * x).sum()) ** 2).sum()


def responsibility(x: Tensor, w: Tensor, m1: Tensor, m2: Tensor, s1: Tensor, s2: Tensor) -> Tensor:
    """The probability of component 1 given x."""
    joint = torch.log(weights_of(w)) + log_prob(Normal(torch.stack([m1, m2]), torch.stack([s1, s2])), x)
    return torch.softmax(joint, 0)[0]


def responsibility_alike(x: Tensor, w: Tensor, m1: Tensor, m2: Tensor, s: Tensor) -> Tensor:
    """The same with one standard deviation."""
    return responsibility(x, w, m1, m2, s, s)


def slope_of_mean(x: Tensor, w: Tensor, m1: Tensor, m2: Tensor, s1: Tensor, s2: Tensor) -> Tensor:
    """The slope of torch's mixture log-density in the first mean, by autograd."""
    at = m1.detach().clone().requires_grad_()
    parts = Normal(torch.stack([at, m2]), torch.stack([s1, s2]))
    return torch.autograd.grad(log_prob(MixtureSameFamily(Categorical(weights_of(w)), parts), x), at)[0]


def weighted_peak(x1: Tensor, x2: Tensor, r1: Tensor, r2: Tensor, s: Tensor) -> Tensor:
    """Where Σ r log N(x | m, s²) is greatest: one Newton step on a parabola."""
    m = torch.zeros_like(x1).requires_grad_()
    expected = r1 * log_prob(Normal(m, s), x1) + r2 * log_prob(Normal(m, s), x2)
    (slope,) = torch.autograd.grad(expected, m, create_graph=True)
    (bend,) = torch.autograd.grad(slope, m)
    return (m - slope / bend).detach()


def middle_bend(d: Tensor, s: Tensor) -> Tensor:
    """The second derivative of ½N(d, s²) + ½N(−d, s²) at 0, by autograd twice."""
    x = torch.zeros_like(d).requires_grad_()
    parts = Normal(torch.stack([d, -d]), torch.stack([s, s]))
    halves = Categorical(torch.ones(2, dtype=d.dtype))
    density = torch.exp(log_prob(MixtureSameFamily(halves, parts), x))
    (slope,) = torch.autograd.grad(density, x, create_graph=True)
    return torch.autograd.grad(slope, x)[0]


def even_log_density(x: Tensor, d: Tensor, s: Tensor) -> Tensor:
    """torch's log-density of ½N(d, s²) + ½N(−d, s²)."""
    parts = Normal(torch.stack([d, -d]), torch.stack([s, s]))
    return log_prob(MixtureSameFamily(Categorical(torch.ones(2, dtype=d.dtype)), parts), x)


def even_score(x: Tensor, d: Tensor, s: Tensor) -> Tensor:
    """Its slope in x, by autograd."""
    at = x.detach().clone().requires_grad_()
    return torch.autograd.grad(even_log_density(at, d, s), at)[0]


def falling(t: Tensor, s: Tensor, kappa: Tensor) -> Tensor:
    """s² times that slope for means κ s from the middle, at the x where e^(2 d x/s²) is 1 + t."""
    return s**2 * even_score(s / kappa * torch.log1p(t) / 2, kappa * s, s)


if __name__ == "__main__":
    one, half = torch.tensor([1.0, 0.5], dtype=torch.float64)
    print(variance(half, one, -one, one, one))  # 2
    print(middle_bend(one, one))  # 0: means two standard deviations apart

"""Gradients of expectations by autograd through quadrature and enumeration. Standalone: imports numpy, torch.

Idea     E under a normal law by Gauss-Hermite nodes, whose places or weights carry the parameter; then autograd.
Source   Kingma and Welling 2013, sections 2.1 and 2.4.
Shapes   every argument is a scalar tensor; results are scalars. float64.
Here     s is a STANDARD DEVIATION; f(x) = ax³ + bx².
Error    the integrands are polynomials: rounding alone, below 1e-10 (1 + |value|).
"""

import numpy as np
import torch
from torch import Tensor
from torch.distributions import Bernoulli, Distribution, Normal


def log_prob(law: Distribution, x: Tensor) -> Tensor:
    """torch's log-density."""
    value: Tensor = law.log_prob(x)
    return value


def nodes() -> tuple[Tensor, Tensor]:
    """Standard normal nodes and weights: (12,), (12,)."""
    t, w = (torch.as_tensor(v) for v in np.polynomial.hermite_e.hermegauss(12))
    return t, w / w.sum()


def cubic(x: Tensor, a: Tensor, b: Tensor) -> Tensor:
    """ax³ + bx² by Horner's rule."""
    return (a * x + b) * x * x


def mean(m: Tensor, s: Tensor, a: Tensor, b: Tensor) -> Tensor:
    """E f(m + sz)."""
    z, w = nodes()
    return (w * cubic(m + s * z, a, b)).sum()


def mean_slope(m: Tensor, s: Tensor, a: Tensor, b: Tensor) -> Tensor:
    """∂/∂m of the mean, by autograd through the nodes' places."""
    place = m.clone().requires_grad_()
    (found,) = torch.autograd.grad(mean(place, s, a, b), place)
    return found


def weighted_slope(m: Tensor, s: Tensor, a: Tensor, b: Tensor, c: Tensor) -> Tensor:
    """∂/∂m of E[f − c] by autograd through torch's log-density alone, the nodes held fixed."""
    z, w = nodes()
    place, x = m.clone().requires_grad_(), m + s * z
    ratio = torch.exp(log_prob(Normal(place, s), x) - log_prob(Normal(m, s), x))
    (found,) = torch.autograd.grad((w * ratio * (cubic(x, a, b) - c)).sum(), place)
    return found


def score_slope(m: Tensor, s: Tensor, a: Tensor, b: Tensor) -> Tensor:
    """The same without a baseline."""
    return weighted_slope(m, s, a, b, torch.zeros_like(m))


def coin_slope(t: Tensor, u: Tensor, v: Tensor, w: Tensor) -> Tensor:
    """∂/∂θ of E f_θ over both outcomes, θ in law and function."""
    place, x = t.clone().requires_grad_(), torch.tensor([0.0, 1.0], dtype=torch.float64)
    f = u * x + v * (1 - x) + w * place
    (found,) = torch.autograd.grad((torch.exp(log_prob(Bernoulli(place), x)) * f).sum(), place)
    return found


def missed(t: Tensor, u: Tensor, v: Tensor, w: Tensor) -> Tensor:
    """What remains of the slope when the mean slope of f at fixed samples is taken off."""
    place, x = t.clone().requires_grad_(), torch.tensor([0.0, 1.0], dtype=torch.float64)
    f = u * x + v * (1 - x) + w * place
    (naive,) = torch.autograd.grad((torch.exp(log_prob(Bernoulli(t), x)) * f).sum(), place)
    return coin_slope(t, u, v, w) - naive


if __name__ == "__main__":
    zero, one = torch.tensor([0.0, 1.0], dtype=torch.float64)
    print(mean_slope(one, one, one, zero), score_slope(one, one, one, zero))  # 6 twice

"""The objective of a variational autoencoder by quadrature and enumeration. Standalone: imports numpy, torch.

Idea     E over the encoder by Gauss-Hermite nodes, torch's own divergence of normals; both layers of latents listed.
Source   Kingma and Welling 2013, section 3; Hoffman and Johnson 2016, section 2.
Shapes   every argument is a scalar tensor; results are scalars. float64, nats.
Here     s is a STANDARD DEVIATION of the encoder, v a VARIANCE of the decoder.
Error    below 1e-9 (1 + |value|).
"""

import numpy as np
import torch
from torch import Tensor
from torch.distributions import Bernoulli, Distribution, Normal, kl_divergence


def log_prob(law: Distribution, x: Tensor) -> Tensor:
    """torch's log-density."""
    value: Tensor = law.log_prob(x)
    return value


def negative_elbo(x: Tensor, w: Tensor, m: Tensor, s: Tensor, v: Tensor) -> Tensor:
    """−E log p(x | z) + KL(q ‖ p(z))."""
    t, weights = (torch.as_tensor(a) for a in np.polynomial.hermite_e.hermegauss(12))
    decoded = log_prob(Normal(w * (m + s * t), v.sqrt()), x)
    value: Tensor = kl_divergence(Normal(m, s), Normal(torch.zeros_like(m), torch.ones_like(s)))
    return value - (weights / weights.sum() * decoded).sum()


def scaled_loss(x: Tensor, w: Tensor, m: Tensor, s: Tensor, v: Tensor) -> Tensor:
    """The negative ELBO times twice the decoder's variance."""
    return 2 * v * negative_elbo(x, w, m, s, v)


def best_variance(e: Tensor, turns: int = 60) -> Tensor:
    """The decoder variance of the least Gaussian NLL of torch at the squared error e, by bisection on its slope."""
    low, high = torch.tensor(1e-6, dtype=torch.float64), torch.tensor(1e3, dtype=torch.float64)
    for _ in range(turns):
        middle = ((low + high) / 2).requires_grad_()
        loss = torch.nn.functional.gaussian_nll_loss(e.sqrt(), torch.zeros_like(e), middle, eps=0.0)
        (slope,) = torch.autograd.grad(loss, middle)
        low, high = (low, middle.detach()) if slope > 0 else (middle.detach(), high)
    return (low + high) / 2


def two_layers(*numbers: Tensor) -> Tensor:
    """E_q[log p(x, z₁, z₂) − log q(z₁, z₂)], z₁ down and z₂ across: a (2), b (4), c (2), q, r (2), value 1 first."""
    a, b, c = torch.stack(numbers[:2]), torch.stack(numbers[2:6]).reshape(2, 2), torch.stack(numbers[6:8])
    q, r = numbers[8], torch.stack(numbers[9:])
    law = torch.stack([q, 1 - q])[:, None] * torch.stack([r, 1 - r], 1)
    joint = a[None, :] * b * c[:, None]
    return (law * (torch.log(joint) - torch.log(law))).sum()


def mean_divergence(q: Tensor, r: Tensor, c: Tensor) -> Tensor:
    """The mean of torch's divergences of two coins from the prior's."""
    value: Tensor = kl_divergence(Bernoulli(torch.stack([q, r])), Bernoulli(c)).mean()
    return value


if __name__ == "__main__":
    zero, one = torch.tensor([0.0, 1.0], dtype=torch.float64)
    print(negative_elbo(zero, one, zero, one, one), best_variance(4 * one))  # ½ log 2π + ½, and 4

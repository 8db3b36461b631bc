"""Likelihoods of whole models by torch's laws, losses and autograd. Standalone: imports torch; nothing of ours.

Idea     torch's own log-densities and losses, and autograd's slopes; outcomes are listed.
Source   Bishop 2006, sections 2.2, 2.4 and 3.1; Kendall and Gal 2017, section 2.2; Murphy 2022, chapter 12.
Shapes   every argument is a scalar tensor; results are scalars. float64, nats.
Here     s is a STANDARD DEVIATION; k are counts and w weights that need not sum to one.
Error    rounding alone, below 1e-11 (1 + |value|).
"""

from collections.abc import Callable

import torch
from torch import Tensor
from torch.distributions import Categorical, Distribution, MultivariateNormal


def log_prob(law: Distribution, x: Tensor) -> Tensor:
    """torch's log-density."""
    value: Tensor = law.log_prob(x)
    return value


def nll_normal(y1: Tensor, y2: Tensor, m1: Tensor, m2: Tensor, s1: Tensor, s2: Tensor) -> Tensor:
    """Minus torch's bivariate log-density with a diagonal covariance."""
    law = MultivariateNormal(torch.stack([m1, m2]), torch.diag(torch.stack([s1, s2]) ** 2))
    value: Tensor = -log_prob(law, torch.stack([y1, y2]))
    return value


def nll_isotropic(y1: Tensor, y2: Tensor, m1: Tensor, m2: Tensor, s: Tensor) -> Tensor:
    """The same with one deviation."""
    return nll_normal(y1, y2, m1, m2, s, s)


def slope(f: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    """f′(x) by autograd."""
    place = x.clone().requires_grad_()
    (found,) = torch.autograd.grad(f(place), place)
    return found


def residual_slope(w1: Tensor, w2: Tensor, *numbers: Tensor) -> Tensor:
    """The slope in w1 of torch's sum of squared errors: three targets, then three rows of inputs."""
    y, x = torch.stack(numbers[:3]), torch.stack(numbers[3:]).reshape(3, 2)
    return slope(lambda w: torch.nn.functional.mse_loss(x @ torch.stack([w, w2]), y, reduction="sum"), w1)


def table_likelihood(*numbers: Tensor) -> Tensor:
    """Σ k log p for three counts and the table of three weights, by torch's Categorical."""
    log_p = Categorical(torch.stack(numbers[3:])).logits
    return (torch.stack(numbers[:3]) * torch.log_softmax(log_p, 0)).sum()


def lagrangian_slope(p: Tensor, k: Tensor, multiplier: Tensor) -> Tensor:
    """The slope of k log p − λp."""
    return slope(lambda q: k * torch.log(q) - multiplier * q, p)


def log_normaliser_slope(eta: Tensor, *numbers: Tensor) -> Tensor:
    """The slope of log Σ h e^(ηT) by autograd of torch's logsumexp: three values of T, then three of h."""
    t, h = torch.stack(numbers[:3]), torch.stack(numbers[3:])
    return slope(lambda e: torch.logsumexp(torch.log(h) + e * t, 0), eta)


def poisson_slope(w: Tensor, x: Tensor, y: Tensor) -> Tensor:
    """The slope in w of torch's Poisson loss at the log-rate wx."""
    return slope(lambda v: torch.nn.functional.poisson_nll_loss(v * x, y, log_input=True, full=False), w)


if __name__ == "__main__":
    one, two = torch.tensor([1.0, 2.0], dtype=torch.float64)
    print(table_likelihood(two, one, one, two, one, one), poisson_slope(one, one, two))

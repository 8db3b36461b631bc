"""Sums over a sample as torch code. Standalone: imports torch; nothing of ours.

Idea     write the definition down: deviations from torch's mean, log-probabilities of torch's own laws, and for a slope
         autograd; where something is least or likeliest, halve an interval until autograd's slope is zero.
Source   Soch et al. 2020, proofs P61, P223, P271; Zhang et al. 2023, the normal distribution and squared loss.
Shapes   x, y, w, k are samples (n,); all else is a scalar; results are scalars. float64.
Here     v is a VARIANCE, r a RATE of waiting times, or the mean of counts.
Error    a place is found to 1e-12 relative: the slope is rounded at 1e-15 of its terms.
"""

from collections.abc import Callable

import torch
from torch import Tensor
from torch.distributions import Bernoulli, Distribution, Exponential, Normal, Poisson

HALVINGS = 120


def peak(f: Callable[[Tensor], Tensor], low: float, high: float) -> Tensor:
    """Where the slope of a function with one maximum between ``low`` and ``high`` is zero, by bisection."""
    left, right = torch.tensor([low, high], dtype=torch.float64)
    for _ in range(HALVINGS):
        middle = ((left + right) / 2).requires_grad_()
        (slope,) = torch.autograd.grad(f(middle), middle)
        left, right = (middle.detach(), right) if slope > 0 else (left, middle.detach())
    found: Tensor = (left + right) / 2
    return found


def slope(f: Callable[[Tensor], Tensor], at: Tensor) -> Tensor:
    """The slope of a function of one number, by autograd."""
    place = at.detach().clone().requires_grad_()
    (found,) = torch.autograd.grad(f(place), place)
    return found


def log_likelihood(law: Distribution, x: Tensor) -> Tensor:
    """The sum of the log-probabilities of independent observations: (n,) -> ()."""
    values: Tensor = law.log_prob(x)
    return values.sum()


def deviations(x: Tensor, c: Tensor) -> Tensor:
    """Σ (x_i − c)."""
    return (x - c).sum()


def squares_about_mean(x: Tensor) -> Tensor:
    """Σ (x_i − x̄)², n times torch's variance with n below."""
    return len(x) * x.var(correction=0)


def squares_about(x: Tensor, c: Tensor) -> Tensor:
    """Σ (x_i − c)²."""
    return torch.nn.functional.mse_loss(x, c.expand_as(x), reduction="sum")


def products_about_means(x: Tensor, y: Tensor) -> Tensor:
    """Σ (x_i − x̄)(y_i − ȳ), n times torch's covariance with n below."""
    return len(x) * torch.cov(torch.stack([x, y]), correction=0)[0, 1]


def nearest(x: Tensor) -> Tensor:
    """The number from which the squared distances to a sample are least."""
    return peak(lambda c: -squares_about(x, c), -1000, 1000)


def squared_residuals(x: Tensor, y: Tensor, a: Tensor, b: Tensor) -> Tensor:
    """Σ (y_i − a − b x_i)²."""
    return torch.nn.functional.mse_loss(a + b * x, y, reduction="sum")


def intercept_slope(x: Tensor, y: Tensor, a: Tensor, b: Tensor) -> Tensor:
    """The slope of the squared residuals in the intercept."""
    return slope(lambda moved: squared_residuals(x, y, moved, b), a)


def weight_slope(x: Tensor, y: Tensor, a: Tensor, b: Tensor) -> Tensor:
    """The slope of the squared residuals in the weight of x."""
    return slope(lambda moved: squared_residuals(x, y, a, moved), b)


def residuals(x: Tensor, y: Tensor, a: Tensor, b: Tensor) -> Tensor:
    """Σ (y_i − a − b x_i)."""
    return (y - a - b * x).sum()


def nll_of_line(x: Tensor, y: Tensor, a: Tensor, b: Tensor, v: Tensor) -> Tensor:
    """−Σ log N(y_i | a + b x_i, v)."""
    return -log_likelihood(Normal(a + b * x, v.sqrt()), y)


def likeliest_mean(x: Tensor, v: Tensor) -> Tensor:
    """The mean of N(m, v) that makes a sample likeliest."""
    return peak(lambda m: log_likelihood(Normal(m, v.sqrt()), x), -1000, 1000)


def variance_score(x: Tensor, m: Tensor, v: Tensor) -> Tensor:
    """The slope of Σ log N(x_i | m, v) in v."""
    return slope(lambda moved: log_likelihood(Normal(m, moved.sqrt()), x), v)


def likeliest_rate(w: Tensor) -> Tensor:
    """The rate that makes waiting times likeliest, found among the logs."""
    return torch.exp(peak(lambda z: log_likelihood(Exponential(torch.exp(z)), w), -30, 30))


def count_score(k: Tensor, r: Tensor) -> Tensor:
    """The slope of Σ log Poisson(k_i | r) in r."""
    return slope(lambda moved: log_likelihood(Poisson(moved), k), r)


def coin_score(x: Tensor, p: Tensor) -> Tensor:
    """The slope of Σ log Bernoulli(x_i | p) in p."""
    return slope(lambda moved: log_likelihood(Bernoulli(moved, validate_args=False), x), p)


if __name__ == "__main__":
    print(squares_about_mean(torch.tensor([1.0, 2.0, 6.0])))  # deviations −2, −1, 3: 14

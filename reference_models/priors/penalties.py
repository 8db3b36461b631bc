"""MAP estimates as torch code. Standalone: imports torch; nothing of ours.

Idea     the joint density is made of torch's own laws; a slope is autograd's, and a place is where the slope changes
         sign, by bisection. Nothing is completed, solved or collected by hand.
Source   Bishop 2006, sections 1.2.5 and 3.1.4; Tibshirani 1996, section 2.2.
Shapes   every argument is a scalar tensor; results are scalars. float64, nats.
Here     s and t are STANDARD DEVIATIONS of noise and prior, b a scale, lam the penalty beside the SUM of squares
         (beside half of it in ``excess``).
Error    a place is found to 1e-12 relative; values are rounded at 1e-15 of their terms.
"""

from collections.abc import Callable

import torch
from torch import Tensor
from torch.distributions import Distribution, Laplace, Normal

HALVINGS = 120


def log_prob(law: Distribution, x: Tensor) -> Tensor:
    """torch's log-density."""
    value: Tensor = law.log_prob(x)
    return value


def crossing(f: Callable[[Tensor], Tensor], low: float, high: float) -> Tensor:
    """Where the slope of a function with one maximum between ``low`` and ``high`` is zero."""
    left, right = torch.tensor([low, high], dtype=torch.float64)
    for _ in range(HALVINGS):
        middle = ((left + right) / 2).requires_grad_()
        (slope,) = torch.autograd.grad(f(middle), middle)
        left, right = (middle.detach(), right) if slope > 0 else (left, middle.detach())
    found: Tensor = (left + right) / 2
    return found


def joint_normal(y: Tensor, x: Tensor, w: Tensor, s: Tensor, t: Tensor) -> Tensor:
    """−log p(y | w) p(w) with a normal prior."""
    return -log_prob(Normal(w * x, s), y) - log_prob(Normal(torch.zeros_like(t), t), w)


def joint_laplace(y: Tensor, x: Tensor, w: Tensor, s: Tensor, b: Tensor) -> Tensor:
    """−log p(y | w) p(w) with a Laplace prior."""
    return -log_prob(Normal(w * x, s), y) - log_prob(Laplace(torch.zeros_like(b), b), w)


def ridge(c: Tensor, x: Tensor, lam: Tensor) -> Tensor:
    """The weight with the least penalised error for sums Σ x_i y_i = c and Σ x_i² = x."""
    return crossing(lambda w: 2 * w * c - w**2 * x - lam * w**2, -4096.0, 4096.0)


def ridge_gradient(weights: Tensor, targets: Tensor, inputs: Tensor, lam: Tensor) -> Tensor:
    """The slope in the first weight of ‖y − Xw‖² + λ‖w‖²: (2,), (2,), (2, 2), () -> ()."""
    w = weights.detach().clone().requires_grad_()
    loss = ((targets - inputs @ w) ** 2).sum() + lam * (w**2).sum()
    return torch.autograd.grad(loss, w)[0][0]


def objective(v: Tensor, z: Tensor, lam: Tensor) -> Tensor:
    """½(v − z)² + λ|v|."""
    return (v - z) ** 2 / 2 + lam * v.abs()


def excess(v: Tensor, z: Tensor, lam: Tensor) -> Tensor:
    """How much above its value at torch's own soft threshold the objective lies at v."""
    best = torch.sign(z) * torch.relu(z.abs() - lam)
    return objective(v, z, lam) - objective(best, z, lam)


def excess_over_zero(v: Tensor, z: Tensor, lam: Tensor) -> Tensor:
    """How much above its value at zero the objective lies at v."""
    return objective(v, z, lam) - objective(torch.zeros_like(v), z, lam)


def log_density(logit: Tensor, a: Tensor, b: Tensor) -> Tensor:
    """a log p + b log(1 − p) at a logit of p."""
    return a * torch.nn.functional.logsigmoid(logit) + b * torch.nn.functional.logsigmoid(-logit)


def mode_in_probability(a: Tensor, b: Tensor) -> Tensor:
    """Where the density p^a (1 − p)^b is greatest."""
    return torch.sigmoid(crossing(lambda f: log_density(f, a, b), -40.0, 40.0))


def mode_in_logit(a: Tensor, b: Tensor) -> Tensor:
    """Where the same law has its greatest density per unit of the logit: dp/df comes from autograd."""

    def pulled_back(f: Tensor) -> Tensor:
        (jacobian,) = torch.autograd.grad(torch.sigmoid(f), f, create_graph=True)
        return log_density(f, a, b) + torch.log(jacobian)

    return crossing(pulled_back, -20.0, 20.0)


if __name__ == "__main__":
    two, one = torch.tensor([2.0, 1.0], dtype=torch.float64)
    print(mode_in_probability(two, one), torch.sigmoid(mode_in_logit(two, one)))  # 2/3 and 3/5

"""Penalised least squares in several conventions, by torch's losses and autograd. Standalone: imports torch.

Idea     data are made with the sums named, so that torch's own losses see N observations; the least place is where
         autograd's slope changes its sign, found by bisection.
Source   Bishop 2006, sections 3.1 and 3.3; the documentation of scikit-learn's linear models for its objectives.
Shapes   every argument is a scalar tensor; results are scalars. float64.
Here     Y, C, X are Σy², Σxy, Σx²; s and t are STANDARD DEVIATIONS; alpha and l1_ratio are scikit-learn's.
Error    below 1e-9 (1 + |value|).
"""

from collections.abc import Callable

import torch
from torch import Tensor
from torch.distributions import Distribution, Normal, StudentT


def log_prob(law: Distribution, x: Tensor) -> Tensor:
    """torch's log-density."""
    value: Tensor = law.log_prob(x)
    return value


def squares(w: Tensor, Y: Tensor, C: Tensor, X: Tensor) -> Tensor:
    """Σ(y − wx)² for any data of these sums, by its quadratic form."""
    v = torch.stack([torch.ones_like(w), -w])
    form: Tensor = v @ torch.stack([torch.stack([Y, C]), torch.stack([C, X])]) @ v
    return form


def slope(f: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    """f′(x) by autograd."""
    place = x.clone().requires_grad_()
    (found,) = torch.autograd.grad(f(place), place)
    return found


def least(f: Callable[[Tensor], Tensor], reach: float = 2000.0, turns: int = 70) -> Tensor:
    """Where autograd's slope of f turns from below zero to above it, by bisection."""
    a, b = torch.tensor(-reach, dtype=torch.float64), torch.tensor(reach, dtype=torch.float64)
    for _ in range(turns):
        middle = (a + b) / 2
        a, b = (a, middle) if slope(f, middle) > 0 else (middle, b)
    return (a + b) / 2


def half(Y: Tensor, C: Tensor, X: Tensor, lam: Tensor) -> Tensor:
    """The weight of least ½Σ + ½λw²."""
    return least(lambda w: squares(w, Y, C, X) / 2 + lam * w**2 / 2)


def mean(Y: Tensor, C: Tensor, X: Tensor, N: Tensor, lam: Tensor) -> Tensor:
    """The weight of least Σ/N + λw²."""
    return least(lambda w: squares(w, Y, C, X) / N + lam * w**2)


def half_mean(Y: Tensor, C: Tensor, X: Tensor, N: Tensor, lam: Tensor) -> Tensor:
    """The weight of least Σ/(2N) + λw²."""
    return least(lambda w: squares(w, Y, C, X) / (2 * N) + lam * w**2)


def most_probable(Y: Tensor, C: Tensor, X: Tensor, s: Tensor, t: Tensor) -> Tensor:
    """The weight of the greatest posterior: normal errors by their sum of squares, torch's normal prior."""
    return least(lambda w: squares(w, Y, C, X) / (2 * s**2) - log_prob(Normal(torch.zeros_like(t), t), w))


def flat(Y: Tensor, C: Tensor, X: Tensor, c: Tensor) -> Tensor:
    """The weight of least squares under a constant prior."""
    return least(lambda w: squares(w, Y, C, X) - torch.log(c))


def lasso(w: Tensor, Y: Tensor, C: Tensor, X: Tensor, lam: Tensor) -> Tensor:
    """Σ + λ|w|."""
    return squares(w, Y, C, X) + lam * torch.abs(w)


def elastic_net(w: Tensor, Y: Tensor, C: Tensor, X: Tensor, a: Tensor, b: Tensor) -> Tensor:
    """Σ + λ₁|w| + λ₂w²."""
    return lasso(w, Y, C, X, a) + b * torch.square(w)


def decayed(w: Tensor, g: Tensor, h: Tensor, lam: Tensor) -> Tensor:
    """The weight after one step of torch's SGD, whose weight_decay adds a multiple of w to the slope: 2λ here."""
    place = torch.nn.Parameter(w.clone())
    place.grad = g.clone()
    torch.optim.SGD([place], lr=float(h), weight_decay=2 * float(lam)).step()
    return place.detach()


def student_penalty(w: Tensor, n: Tensor) -> Tensor:
    """Minus torch's log-density of the Student-t law at w, less that at 0."""
    law = StudentT(n)
    value: Tensor = log_prob(law, torch.zeros_like(w)) - log_prob(law, w)
    return value


def student_slope(w: Tensor, n: Tensor) -> Tensor:
    """The slope of the penalty by autograd."""
    return slope(lambda v: student_penalty(v, n), w)


def soft(v: Tensor, z: Tensor, d: Tensor) -> Tensor:
    """½(v − z)² + (|z| + d)|v|."""
    return torch.nn.functional.mse_loss(v, z) / 2 + (z.abs() + d) * v.abs()


if __name__ == "__main__":
    Y, C, X, N, lam = torch.tensor([5.0, 2.0, 1.0, 4.0, 0.5], dtype=torch.float64)
    print(half(Y, C, X, 4 * lam), mean(Y, C, X, N, lam), half_mean(Y, C, X, N, lam / 2))  # the same weight thrice

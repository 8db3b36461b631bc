"""The routes of what stays normal: integrals as written, and models of normal laws."""

from __future__ import annotations

import torch
from torch import Tensor

from numerics.nodes import line
from numerics.points import CALM
from numerics.written import standing_on, torch_model
from reference_models.distributions import normal
from reference_models.learning.estimation import log_evidence

POOL = (*CALM, *(2 * r for r in CALM if r >= 1))
TWO, LOWER = ("m", "s", "n", "t"), ("a", "c", "d")


def row(*entries: Tensor) -> Tensor:
    """Numbers as a vector: (d,)."""
    return torch.stack(entries)


def square(size: int, *entries: Tensor) -> Tensor:
    """Numbers as a square matrix, row by row: (size, size)."""
    return torch.stack(entries).reshape(size, size)


def log_normal(x: Tensor, mean: Tensor, std: Tensor) -> Tensor:
    """The model's log-density on the line, given a STANDARD DEVIATION: (*batch,), (), () -> (*batch,)."""
    return normal.log_prob(x[..., None], mean[None], std[None, None] ** 2)


def _summed(y: Tensor, m: Tensor, s: Tensor, t: Tensor) -> Tensor:
    """The law of the sum of N(0, s²) and N(m, t²): a map of the pair."""
    zero, one = torch.zeros_like(s), torch.ones_like(s)
    cov = square(2, s**2, zero, zero, t**2)
    return torch.exp(normal.log_prob(row(y), *normal.affine(row(zero, m), cov, row(one, one)[None], row(zero))))


def _affine(y: Tensor, a: Tensor, b: Tensor, m: Tensor, s: Tensor) -> Tensor:
    return torch.exp(normal.log_prob(row(y), *normal.affine(row(m), square(1, s**2), square(1, a), row(b))))


def _pair(m: Tensor, n: Tensor, a: Tensor, c: Tensor, d: Tensor) -> tuple[Tensor, Tensor]:
    """Mean and covariance LLᵀ with L = [[a, 0], [c, d]]."""
    factor = square(2, a, 0 * a, c, d)
    return row(m, n), factor @ factor.T


def _marginal(x: Tensor, m: Tensor, a: Tensor, c: Tensor, d: Tensor) -> Tensor:
    return torch.exp(normal.log_prob(row(x), *normal.marginal(*_pair(m, 0 * m, a, c, d), [0])))


def conditional(x: Tensor, y: Tensor, m: Tensor, n: Tensor, a: Tensor, c: Tensor, d: Tensor) -> Tensor:
    """log p(y | x)."""
    return normal.log_prob(row(y), *normal.conditional(*_pair(m, n, a, c, d), [0], row(x)))


def _product(x: Tensor, m: Tensor, s: Tensor, n: Tensor, t: Tensor) -> Tensor:
    return log_normal(x, m, s) + log_normal(x, n, t)


def _quadratic(x: Tensor, a: Tensor, b: Tensor, c: Tensor) -> Tensor:
    """By Horner's rule."""
    return (a * x + b) * x + c


def fallen(m: Tensor, s: Tensor, k: Tensor) -> Tensor:
    """The density k deviations out over that at the mean."""
    return torch.exp(log_normal(m + k * s, m, s) - log_normal(m, m, s))


def _generating(u: Tensor, m: Tensor, s: Tensor) -> Tensor:
    """E e^(ux), at nodes about the place where the integrand is greatest."""
    t, lengths = line(1 / 100, 40.0)
    x = m + u * s**2 + s * t
    return torch.exp(log_evidence(log_normal(x, m, s) + torch.log(s * lengths), (u * x)[None]))


ROUTES = {
    "sum_normal_eq": standing_on(torch_model(_summed, "y", "m", "s", "t"), 1e-9, POOL),
    "affine_normal_eq": standing_on(torch_model(_affine, "y", "a", "b", "m", "s"), 1e-9, POOL),
    "marginal_normal_eq": standing_on(torch_model(_marginal, "x", "m", *LOWER), 1e-9, POOL),
    "conditional_normal_eq": standing_on(torch_model(conditional, "x", "y", "m", "n", *LOWER), 1e-9, POOL),
    "product_normal_eq": standing_on(torch_model(_product, "x", *TWO), 1e-9, POOL),
    "complete_square_eq": standing_on(torch_model(_quadratic, "x", "a", "b", "c")),
    "decay_normal_eq": standing_on(torch_model(fallen, "m", "s", "k"), 1e-9, POOL),
    "generating_normal_eq": standing_on(torch_model(_generating, "u", "m", "s"), 1e-9, POOL),
}

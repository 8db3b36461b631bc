"""The routes of two variables: sums as written, and models of tables."""

from __future__ import annotations

import sympy as sp
import torch
from torch import Tensor

from numerics.nodes import coin
from numerics.points import NASTY
from numerics.written import standing_on, torch_model
from reference_models.distributions import normal
from reference_models.divergences import information, kullback_leibler

COINS = (*NASTY, *(sp.Rational(k, 11) for k in range(1, 11)))
THREE = ("a", "b", "c")


def table(a: Tensor, b: Tensor, c: Tensor) -> Tensor:
    """P(X, Y) for P(X = 1) = a, P(Y = 1 | X = 1) = b and P(Y = 1 | X = 0) = c, ones first: (2, 2), X down."""
    return coin(a)[:, None] * channel(b, c)


def channel(b: Tensor, c: Tensor) -> Tensor:
    """The law of the second variable for each value of the first: (2, 2)."""
    return torch.stack([coin(b), coin(c)])


def _joint_entropy(a: Tensor, b: Tensor, c: Tensor) -> Tensor:
    return kullback_leibler.entropy(table(a, b, c).flatten())


def _information(a: Tensor, b: Tensor, c: Tensor) -> Tensor:
    return information.mutual_information(table(a, b, c))


def _conditional_entropy(a: Tensor, b: Tensor, c: Tensor) -> Tensor:
    return coin(a) @ kullback_leibler.entropy(channel(b, c))


def _joint_kl(a: Tensor, b: Tensor, c: Tensor, d: Tensor, e: Tensor, f: Tensor) -> Tensor:
    return kullback_leibler.kl(table(a, b, c).flatten(), table(d, e, f).flatten())


def _passed_kl(p: Tensor, q: Tensor, g: Tensor, h: Tensor) -> Tensor:
    """Of the laws of Z, which one channel makes of Y."""
    return kullback_leibler.kl(coin(p) @ channel(g, h), coin(q) @ channel(g, h))


def _passed_information(a: Tensor, b: Tensor, c: Tensor, m: Tensor, g: Tensor, h: Tensor) -> Tensor:
    """Σ p(x, z) log p(z | x)/p(z), with P(Y = 1) = m in p(z)."""
    of_z = kullback_leibler.kl(channel(b, c) @ channel(g, h), coin(m) @ channel(g, h))
    return coin(a) @ of_z


def _normal_information(s: Tensor, r: Tensor) -> Tensor:
    """Of a pair of correlation r and deviations 1 and s: both entropies less that of the pair."""
    one = torch.ones_like(s)
    cov = torch.stack([torch.stack([one, r * s]), torch.stack([r * s, s**2])])
    return normal.entropy(cov[:1, :1]) + normal.entropy(cov[1:, 1:]) - normal.entropy(cov)


ROUTES = {
    "entropy_chain_eq": standing_on(torch_model(_joint_entropy, *THREE), pool=COINS),
    "mi_entropies_eq": standing_on(torch_model(_information, *THREE), pool=COINS),
    "mi_conditional_eq": standing_on(torch_model(_information, *THREE), pool=COINS),
    "mi_mean_kl_eq": standing_on(torch_model(_information, *THREE), pool=COINS),
    "mi_nonneg": standing_on(torch_model(_information, *THREE), pool=COINS),
    "conditioning_entropy_le": standing_on(torch_model(_conditional_entropy, *THREE), pool=COINS),
    "kl_chain_eq": standing_on(torch_model(_joint_kl, *THREE, "d", "e", "f"), pool=COINS),
    "data_processing_le": standing_on(torch_model(_passed_kl, "p", "q", "g", "h"), pool=COINS),
    "mi_data_processing_le": standing_on(torch_model(_passed_information, *THREE, "m", "g", "h"), pool=COINS),
    "mi_normal_eq": standing_on(torch_model(_normal_information, "s", "r"), 1e-9, COINS),
}

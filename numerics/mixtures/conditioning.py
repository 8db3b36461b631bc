"""The routes of conditional moments and EM updates: both sides as written; torch's tables of pairs and gradients."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.distributions import Distribution

from numerics.information.conditional_laws import PAIRS, Channel, table
from numerics.likelihood.samples import SAMPLES, SIZES
from numerics.named_laws import by_cast, interpreted, of_channels, of_sequences
from reference_models.distributions import normal

TURNS = 80
REACH = 1e4


def _outputs(law: Distribution, channel: Channel) -> tuple[Tensor, Tensor]:
    """The outcomes of both variables: (values,), (outputs,)."""
    listed: Tensor = law.enumerate_support()
    outputs: Tensor = channel(float(listed[0])).enumerate_support()
    return listed, outputs


def _variance(law: Distribution, channel: Channel) -> Tensor:
    """Of the second variable, from its own law."""
    marginal, (_, outputs) = table(law, channel).sum(0), _outputs(law, channel)
    return marginal @ (outputs - marginal @ outputs) ** 2


def _covariance(law: Distribution, channel: Channel) -> Tensor:
    """Of both, from their joint law."""
    joint, (values, outputs) = table(law, channel), _outputs(law, channel)
    first, second = values - joint.sum(1) @ values, outputs - joint.sum(0) @ outputs
    return (joint * torch.outer(first, second)).sum()


def _expected(x: Tensor, w: Tensor, m: Tensor, v: Tensor) -> Tensor:
    """The log-likelihood, weighted."""
    return w @ normal.log_prob(x[:, None], m.reshape(1, 1), v.reshape(1, 1, 1))


def _likeliest(x: Tensor, w: Tensor, v: Tensor) -> Tensor:
    """The mean at which its slope is zero, by halving."""
    low, high = -REACH, REACH
    for _ in range(TURNS):
        at = torch.tensor((low + high) / 2, dtype=torch.float64).requires_grad_()
        (slope,) = torch.autograd.grad(_expected(x, w, at, v), at)
        low, high = (low, (low + high) / 2) if slope < 0 else ((low + high) / 2, high)
    return torch.tensor((low + high) / 2, dtype=torch.float64)


def _slope(x: Tensor, w: Tensor, m: Tensor, v: Tensor) -> Tensor:
    """Its slope in the variance."""
    at = v.requires_grad_()
    (slope,) = torch.autograd.grad(_expected(x, w, m, at), at)
    return slope


ROUTES = {
    "total_variance_any_eq": (interpreted(PAIRS), by_cast(of_channels(_variance, "p", "s"), PAIRS, 1e-10)),
    "covariance_by_conditional_mean_eq": (
        interpreted(PAIRS),
        by_cast(of_channels(_covariance, "p", "s"), PAIRS, 1e-10),
    ),
    "em_mean_any_eq": (
        interpreted(SAMPLES, SIZES),
        by_cast(of_sequences(_likeliest, "x", "w", at=("v",)), SAMPLES, 1e-8, SIZES),
    ),
    "em_variance_slope_any_eq": (
        interpreted(SAMPLES, SIZES),
        by_cast(of_sequences(_slope, "x", "w", at=("m", "v")), SAMPLES, 1e-9, SIZES),
    ),
}

"""The routes of the penalties: the joint density as written, searches and difference quotients; torch with autograd."""

from __future__ import annotations

import torch
from torch import Tensor

from numerics.points import CALM
from numerics.written import standing_on, torch_model
from reference_models.priors import penalties as model


def _gradient(*scalars: Tensor) -> Tensor:
    """w_1, w_2, y_1, y_2, x_11, x_12, x_21, x_22, λ."""
    w1, w2, y1, y2, x11, x12, x21, x22, lam = scalars
    inputs = torch.stack([torch.stack([x11, x12]), torch.stack([x21, x22])])
    return model.ridge_gradient(torch.stack([w1, w2]), torch.stack([y1, y2]), inputs, lam)


def _above(v: Tensor, lam: Tensor, d: Tensor) -> Tensor:
    return model.excess(v, lam + d, lam)


TWO = ("w_1", "w_2", "y_1", "y_2", "x_11", "x_12", "x_21", "x_22", "lam")

ROUTES = {
    "map_normal_prior_eq": standing_on(torch_model(model.joint_normal, "y", "x", "w", "s", "t")),
    "map_laplace_prior_eq": standing_on(torch_model(model.joint_laplace, "y", "x", "w", "s", "b")),
    "ridge_eq": standing_on(torch_model(model.ridge, "C", "X", "lam"), pool=CALM, count=8),
    "ridge_gradient_of_two_eq": standing_on(torch_model(_gradient, *TWO), pool=CALM),
    "soft_threshold_above_eq": standing_on(torch_model(_above, "v", "lam", "d")),
    "soft_threshold_within_eq": standing_on(torch_model(model.excess_over_zero, "v", "z", "lam")),
    "map_beta_eq": standing_on(torch_model(model.mode_in_probability, "a", "b"), pool=CALM, count=8),
    "map_beta_logit_eq": standing_on(torch_model(model.mode_in_logit, "a", "b"), pool=CALM, count=8),
}

"""The routes of the gradients: difference quotients of the loss as written, and autograd on the models' losses."""

from __future__ import annotations

import torch
from torch import Tensor

from numerics.likelihood.losses import LOGITS, cross_entropy_of_logits
from numerics.points import CALM
from numerics.slopes import slope
from numerics.written import standing_on, torch_model
from reference_models.distributions.categories import softmax
from reference_models.structured.heads import bernoulli_nll


def _logistic(w: Tensor, x: Tensor, y: Tensor) -> Tensor:
    """The loss of the logit w x."""
    return bernoulli_nll(y[None], (w * x)[None])


def _sigmoid(z: Tensor) -> Tensor:
    """The first of two classes."""
    return softmax(torch.stack([z, 0 * z]))[0]


def _first(*logits: Tensor) -> Tensor:
    return softmax(torch.stack(logits))[0]


ROUTES = {
    "logistic_gradient_eq": standing_on(torch_model(slope(_logistic), "w", "x", "y"), pool=CALM),
    "sigmoid_slope_eq": standing_on(torch_model(slope(_sigmoid), "z")),
    "softmax_jacobian_diag_eq": standing_on(torch_model(slope(_first), *LOGITS), pool=CALM),
    "softmax_jacobian_off_eq": standing_on(torch_model(slope(_first, 1), *LOGITS), pool=CALM),
    "ce_logit_gradient_eq": standing_on(torch_model(slope(cross_entropy_of_logits), *LOGITS, "y_1", "y_2"), pool=CALM),
}

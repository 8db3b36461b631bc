"""The routes of the gradients: difference quotients of the loss as written, and autograd on torch's own losses."""

from __future__ import annotations

from numerics.points import CALM
from numerics.written import standing_on, torch_model
from reference_models.likelihood import gradients as model

LOGITS = ("z_1", "z_2", "z_3")

ROUTES = {
    "logistic_gradient_eq": standing_on(torch_model(model.logistic, "w", "x", "y"), pool=CALM),
    "sigmoid_slope_eq": standing_on(torch_model(model.sigmoid, "z")),
    "softmax_jacobian_diag_eq": standing_on(torch_model(model.softmax_own, *LOGITS), pool=CALM),
    "softmax_jacobian_off_eq": standing_on(torch_model(model.softmax_other, *LOGITS), pool=CALM),
    "ce_logit_gradient_eq": standing_on(torch_model(model.cross_entropy, *LOGITS, "y_1", "y_2"), pool=CALM),
}

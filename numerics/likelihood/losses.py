"""The routes of the losses: the density as written in rigorous balls, and torch models that find the normaliser.

s is a standard deviation, b a scale, r a log-variance; log is natural.
"""

from __future__ import annotations

import sympy as sp

from numerics.points import CALM
from numerics.written import standing_on, torch_model
from reference_models.likelihood import losses as model

CLASSES = ("w_1", "w_2", "w_3", "k_1", "k_2", "k_3")
COUNTS = (*CALM, *map(sp.Integer, (2, 3, 5)))
BATCH = ("s", "y_1", "y_2", "y_3", "m_1", "m_2", "m_3")

ROUTES = {
    "nll_normal_eq": standing_on(torch_model(model.nll_normal, "y", "m", "s")),
    "nll_normal_mse_eq": standing_on(torch_model(model.nll_normal_batch, *BATCH)),
    "nll_normal_logvar_eq": standing_on(torch_model(model.nll_normal_logvar, "y", "m", "r"), pool=CALM),
    "nll_laplace_eq": standing_on(torch_model(model.nll_laplace, "y", "m", "b")),
    "nll_bernoulli_eq": standing_on(torch_model(model.nll_bernoulli, "y", "p")),
    "nll_categorical_eq": standing_on(torch_model(model.nll_classes, *CLASSES), pool=COUNTS),
    "bce_logits_eq": standing_on(torch_model(model.nll_two_classes, "y", "z")),
    "ce_logits_eq": standing_on(torch_model(model.cross_entropy, "z_1", "z_2", "z_3", "y_1", "y_2")),
    "logsumexp_shift_eq": standing_on(torch_model(model.log_partition, "z_1", "z_2", "z_3")),
    "nll_poisson_eq": standing_on(torch_model(model.nll_poisson, "y", "rate")),
}

"""The routes of mixed and heavy-tailed priors: the joint density as written, and torch's own laws and losses.

s is a standard deviation; log is natural.
"""

from __future__ import annotations

from numerics.points import CALM
from numerics.written import standing_on, torch_model
from reference_models.priors import mixed as model

ROUTES = {
    "map_elastic_net_prior_eq": standing_on(torch_model(model.elastic_net, *"yxwsabZ"), pool=CALM),
    "map_student_prior_eq": standing_on(torch_model(model.student, *"yxwsd"), pool=CALM),
    "logistic_sklearn_eq": standing_on(torch_model(model.logistic, "z_1", "z_2", "w", "lam"), pool=CALM),
}

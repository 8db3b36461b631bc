"""The routes of scores: Gauss-Hermite sums for nested means, the rest as written, and torch's laws and losses."""

from __future__ import annotations

import sympy as sp

from derivations.metrics.scores import WHERE
from numerics.points import CALM, points
from numerics.routes import as_written
from numerics.written import by_model, standing_on, torch_model
from reference_models.metrics import scores as model

MIDDLE = (*CALM, sp.Rational(7, 3), sp.Rational(1, 5))
LAWS = ("m_1", "m_2", "s_1", "s_2")
PLANE = ("l_1", "l_2", "l", "k_1", "k_2", "k")
ROUNDING = 1e-9

ROUTES = {
    "coupling_cost_eq": (
        as_written(points(tuple(v for v in WHERE if v.name in (*LAWS, "r")), 10, pool=MIDDLE)),
        by_model(torch_model(model.coupled_cost, *LAWS, "r"), ROUNDING, MIDDLE, 10),
    ),
    "frechet_is_w2_eq": standing_on(torch_model(model.sorted_cost, *LAWS), ROUNDING, MIDDLE),
    "frechet_map_cost_eq": standing_on(torch_model(model.map_cost, *PLANE), ROUNDING, MIDDLE),
    "frechet_root_trace_eq": standing_on(torch_model(model.squared_root_trace, *PLANE), ROUNDING, MIDDLE),
    "inception_information_eq": standing_on(torch_model(model.log_inception_score, "a", "b"), ROUNDING, MIDDLE),
    "perplexity_eq": standing_on(torch_model(model.log_perplexity, "p_1", "p_2", "p_3")),
    "brevity_penalty_eq": standing_on(torch_model(model.brevity_penalty, "c", "d"), ROUNDING, MIDDLE),
}

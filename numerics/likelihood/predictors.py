"""The routes of the best predictors: laws in the place of any law, sums as written; torch's quadrature and losses."""

from __future__ import annotations

import sympy as sp
import torch

from numerics.casts import Cast
from numerics.named_laws import ON_THE_LINE, by_cast, interpreted, torch_law
from numerics.points import NASTY, Point
from numerics.routes import Route
from numerics.written import standing_on, torch_model
from reference_models.likelihood import predictors as model

COINS = (*NASTY, *(sp.Rational(k, 11) for k in range(1, 11)))


def _risk(cast: Cast, point: Point) -> float:
    """The mean squared error of c; of 0 where a slip has lost c."""
    c = torch.tensor(float(point.get("c", sp.Integer(0))), dtype=torch.float64)
    return float(model.squared_risk(torch_law(cast["p"]), c))


def _of_any(left: Route) -> tuple[Route, Route]:
    return interpreted(ON_THE_LINE), left


ROUTES = {
    "squared_risk_eq": _of_any(by_cast(_risk, ON_THE_LINE, 1e-8)),
    "squared_risk_ge": _of_any(by_cast(_risk, ON_THE_LINE, 1e-8)),
    "median_risk_ge": standing_on(torch_model(model.distances, "m", "a", "b", "c")),
    "mode_risk_ge": standing_on(torch_model(model.error_rate, "d", "c"), pool=COINS),
    "brier_eq": standing_on(torch_model(model.brier, "p", "c"), pool=COINS),
    "empirical_risk_eq": standing_on(torch_model(model.mean_of_two, "p"), pool=COINS),
}

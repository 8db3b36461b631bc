"""The routes of critics that reach their bounds: families in the place of names, and models of tables at nodes."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor
from torch.distributions import Distribution

from numerics.information.variational_bounds import LAWS, log_mean_exp
from numerics.named_laws import by_cast, interpreted, of_laws
from numerics.nodes import tables
from numerics.points import CALM
from numerics.routes import Route
from reference_models.divergences.f_divergences import dual_value, kl_conjugate


def _donsker_varadhan(p: Distribution, q: Distribution, c: Tensor) -> Tensor:
    at_p, at_q = tables(p, q)
    critic = torch.log(at_p / at_q) + c
    return at_p @ critic - log_mean_exp(at_q, critic)


def _tangent(p: Distribution, q: Distribution, c: Tensor) -> Tensor:
    at_p, at_q = tables(p, q)
    return dual_value(torch.log(at_p / at_q) + c, at_p, at_q, kl_conjugate)


def _routes(value: Callable[..., Tensor]) -> tuple[Route, Route]:
    return interpreted(LAWS, CALM), by_cast(of_laws(value, *"pq", at=("c",)), LAWS, 1e-8, CALM)


ROUTES = {
    "donsker_varadhan_reached_eq": _routes(_donsker_varadhan),
    "nwj_any_constant_eq": _routes(_tangent),
    "nwj_best_constant_le": _routes(_tangent),
}

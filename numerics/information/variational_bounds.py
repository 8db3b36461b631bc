"""The routes of the variational principles: families in the place of names, and torch's sums over their nodes."""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp
from torch import Tensor

from claims.laws import Bernoulli, Beta, Exponential, Gamma, Uniform
from claims.notation import Normal
from numerics.casts import Cast
from numerics.named_laws import HALF, THIRD, by_cast, interpreted, of_laws
from numerics.points import CALM
from numerics.routes import Route
from reference_models.information import variational_bounds as model

LAWS: tuple[Cast, ...] = tuple(
    {"p": p, "q": q, "t": t}
    for p, q, t in (
        (Normal(0, 1), Normal(1, 2), Normal(HALF, HALF)),
        (Normal(HALF, 1), Normal(0, 2), Normal(1, THIRD)),
        (Normal(-1, 3), Normal(0, 4), Normal(HALF, 1)),
        (Exponential(1), Exponential(THIRD), Exponential(2)),
        (Exponential(HALF), Exponential(THIRD), Gamma(2, 1)),
        (Uniform(0, 1), Uniform(0, 1), Beta(2, 3)),
        (Beta(2, 2), Uniform(0, 1), Beta(3, 3)),
        (Bernoulli(THIRD), Bernoulli(HALF), Bernoulli(sp.Rational(1, 5))),
        (Bernoulli(HALF), Bernoulli(THIRD), Bernoulli(sp.Rational(9, 10))),
        (Bernoulli(sp.Rational(49, 100)), Bernoulli(HALF), Bernoulli(THIRD)),
    )
)
"""Two laws, and a tilted one with bounded t/p and t/q."""


def _of_laws(value: Callable[..., Tensor], names: str, *at: str) -> tuple[Route, Route]:
    return interpreted(LAWS, CALM), by_cast(of_laws(value, *names, at=at), LAWS, 1e-8, CALM)


ROUTES = {
    "gibbs_partition_eq": _of_laws(model.tilted_mass, "pt", "Z"),
    "gibbs_variational_eq": _of_laws(model.objective, "qpt", "beta", "Z"),
    "gibbs_variational_le": _of_laws(model.objective, "qpt", "beta", "Z"),
    "gibbs_reached_eq": _of_laws(model.best_objective, "pt", "beta", "Z"),
    "donsker_varadhan_le": _of_laws(model.donsker_varadhan, "pqt", "Z"),
    "donsker_varadhan_gap_eq": _of_laws(model.gap, "pqt", "Z"),
    "nwj_le": _of_laws(model.tangent_bound, "pqt", "Z"),
}

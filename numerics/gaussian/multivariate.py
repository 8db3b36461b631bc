"""The routes of normal laws in two and three dimensions: nested quadrature of the left side; torch's own laws."""

from __future__ import annotations

from collections.abc import Callable

from torch import Tensor

from claims.claim import Claim
from claims.evidence import Evidence
from numerics.points import CALM
from numerics.routes import Route, as_written
from numerics.written import by_model, places, torch_model
from reference_models.gaussian import multivariate as model

COUNT = 9


def _nested(value: Callable[..., Tensor], *names: str) -> tuple[Route, Route]:
    """Gauss-Hermite quadrature of whatever left side is given, and the model."""

    def run(claim: Claim) -> Evidence:
        return as_written(places(claim, CALM, COUNT)).run(claim)

    return Route("as written", run), by_model(torch_model(value, *names), 1e-9, CALM, COUNT)


def _entropy(a: Tensor, c: Tensor) -> Tensor:
    """At an L_21 that the claim says doesn't matter."""
    return model.entropy(a, 2 * a - c, c)


FIRST, SECOND = ("m_1", "m_2", "a", "b", "c"), ("n_1", "n_2", "f", "g", "h")

ROUTES = {
    "kl_normal_of_two_eq": _nested(model.kl, *FIRST, *SECOND),
    "kl_normal_of_two_std_eq": _nested(model.kl_std, *FIRST),
    "entropy_normal_of_two_eq": _nested(_entropy, "a", "c"),
    "kl_normal_diagonal_eq": _nested(model.kl_diagonal, "m_1", "m_2", "m_3", "s_1", "s_2", "s_3"),
    "linear_map_cov_eq": _nested(model.mapped_covariance, "a", "b", "c", "A_1", "A_2", "B_1", "B_2"),
}

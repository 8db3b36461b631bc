"""The routes of normal laws in two and three dimensions: nested quadrature of the left side; models of normal laws."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor

from claims.claim import Claim
from claims.evidence import Evidence
from numerics.gaussian.closure import row, square
from numerics.points import CALM
from numerics.routes import Route, as_written
from numerics.written import by_model, places, torch_model
from reference_models.autoencoders.variational import kl
from reference_models.distributions import normal

COUNT = 9


def of_two(m1: Tensor, m2: Tensor, a: Tensor, b: Tensor, c: Tensor) -> tuple[Tensor, Tensor]:
    """Mean and covariance LLᵀ, L = [[a, 0], [b, c]]."""
    factor = square(2, a, 0 * a, b, c)
    return row(m1, m2), factor @ factor.T


def mean_difference(p: tuple[Tensor, Tensor], q: tuple[Tensor, Tensor]) -> Tensor:
    """E_p[log p − log q], at nodes of the first law: a polynomial, so that few of them are exact."""
    mean, cov = p
    t, w = (torch.as_tensor(v) for v in np.polynomial.hermite_e.hermegauss(4))
    grid = torch.cartesian_prod(*[t] * len(mean)).reshape(-1, len(mean))
    weights = torch.cartesian_prod(*[w / w.sum()] * len(mean)).reshape(-1, len(mean)).prod(1)
    root: Tensor = torch.linalg.cholesky(cov)
    x = mean + grid @ root.T
    return weights @ (normal.log_prob(x, *p) - normal.log_prob(x, *q))


def _kl(*numbers: Tensor) -> Tensor:
    return mean_difference(of_two(*numbers[:5]), of_two(*numbers[5:]))


def _kl_std(*numbers: Tensor) -> Tensor:
    p = of_two(*numbers)
    return mean_difference(p, (0 * p[0], torch.eye(2, dtype=torch.float64)))


def _kl_diagonal(*numbers: Tensor) -> Tensor:
    """From N(0, I): three means, then three standard deviations."""
    return kl(row(*numbers[:3]), torch.log(row(*numbers[3:]) ** 2))


def _mapped_covariance(a: Tensor, b: Tensor, c: Tensor, *rows: Tensor) -> Tensor:
    """Of two rows of A x: a, b and c make the factor of the covariance."""
    return normal.affine(*of_two(a, a, a, b, c), square(2, *rows), row(a, a))[1][0, 1]


def _nested(value: Callable[..., Tensor], *names: str) -> tuple[Route, Route]:
    """Gauss-Hermite quadrature of whatever left side is given, and the model."""

    def run(claim: Claim) -> Evidence:
        return as_written(places(claim, CALM, COUNT)).run(claim)

    return Route("as written", run), by_model(torch_model(value, *names), 1e-9, CALM, COUNT)


def _entropy(a: Tensor, c: Tensor) -> Tensor:
    """At an L_21 that the claim says doesn't matter."""
    return normal.entropy(of_two(a, a, a, 2 * a - c, c)[1])


FIRST, SECOND = ("m_1", "m_2", "a", "b", "c"), ("n_1", "n_2", "f", "g", "h")

ROUTES = {
    "kl_normal_of_two_eq": _nested(_kl, *FIRST, *SECOND),
    "kl_normal_of_two_std_eq": _nested(_kl_std, *FIRST),
    "entropy_normal_of_two_eq": _nested(_entropy, "a", "c"),
    "kl_normal_diagonal_eq": _nested(_kl_diagonal, "m_1", "m_2", "m_3", "s_1", "s_2", "s_3"),
    "linear_map_cov_eq": _nested(_mapped_covariance, "a", "b", "c", "A_1", "A_2", "B_1", "B_2"),
}

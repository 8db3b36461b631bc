"""The routes of the fits: integrals and searches as written; models of estimates and of mixtures."""

from __future__ import annotations

import sympy as sp
import torch
from torch import Tensor
from torch.distributions import Distribution

from numerics.named_laws import PAIRS, by_cast, interpreted, of_laws
from numerics.nodes import coin, densities
from numerics.points import CALM, NASTY
from numerics.written import standing_on, torch_model
from reference_models.divergences.kullback_leibler import cross_entropy, forward_gaussian_fit
from reference_models.learning import estimation
from reference_models.structured import mixtures

COINS = (*NASTY, *(sp.Rational(k, 11) for k in range(1, 11)))
FEW = (*CALM, *(sp.Integer(k) for k in (2, 3, 4)))
MODES = ("w", "c_1", "c_2", "s")


def _of_laws(p: Distribution, q: Distribution) -> Tensor:
    at_p, _, of_q = densities(p, q)
    return cross_entropy(at_p, of_q)


def _mean_nll(q: Tensor, k: Tensor, f: Tensor) -> Tensor:
    return estimation.categorical_nll(torch.stack([k, f]), coin(q))


def _nearest_coin(k: Tensor, f: Tensor) -> Tensor:
    return estimation.categorical_mle(torch.stack([k, f]))[0]


def _mean_posterior_nll(q: Tensor, k: Tensor, f: Tensor, a: Tensor, b: Tensor) -> Tensor:
    """A prior of Beta(a + 1, b + 1) counts as a heads and b tails more."""
    return _mean_nll(q, k + a, f + b)


def _smoothed_loss(e: Tensor, *q: Tensor) -> Tensor:
    """The target is the label 1 mixed with an even table."""
    label = torch.tensor([1.0, 0.0, 0.0], dtype=torch.float64)
    return cross_entropy((1 - e) * label + e / 3, torch.stack(q))


def log_mixture(x: Tensor, w: Tensor, c1: Tensor, c2: Tensor, s: Tensor) -> Tensor:
    """Of two normals of deviation s: (*batch,) -> (*batch,)."""
    means, covs = torch.stack([c1, c2])[:, None], (s**2).expand(2, 1, 1)
    return mixtures.log_prob(x.reshape(-1, 1), torch.stack([w, 1 - w]), means, covs).reshape(x.shape)


def _at_nodes(w: Tensor, c1: Tensor, c2: Tensor, s: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """The mixture's log-density, on a grid to 40 deviations beyond either mode, and its lengths: three (nodes,)."""
    low, high = torch.minimum(c1, c2) - 40 * s, torch.maximum(c1, c2) + 40 * s
    x = low + (high - low) * torch.linspace(0, 1, 8001, dtype=torch.float64)
    return log_mixture(x, w, c1, c2, s), x, (high - low).expand(8001) / 8000


def forward_loss(w: Tensor, c1: Tensor, c2: Tensor, s: Tensor, m: Tensor, v: Tensor) -> Tensor:
    """The cross-entropy of a mixture and a normal law of mean m and variance v."""
    log_p, x, lengths = _at_nodes(w, c1, c2, s)
    return -(torch.exp(log_p) * lengths) @ estimation.normal_log_prob(x, m, v)


def _forward_variance(w: Tensor, c1: Tensor, c2: Tensor, s: Tensor) -> Tensor:
    return forward_gaussian_fit(*_at_nodes(w, c1, c2, s))[1]


def _two_modes(z: Tensor, m: Tensor, c: Tensor) -> Tensor:
    return torch.exp(log_mixture(m + z, torch.full_like(c, 0.5), -c, c, torch.ones_like(c)))


ROUTES = {
    "cross_entropy_eq": (interpreted(PAIRS), by_cast(of_laws(_of_laws, "p", "q"), PAIRS, 1e-8)),
    "mle_forward_kl_eq": standing_on(torch_model(_mean_nll, "q", "k", "f"), pool=COINS),
    "mle_forward_kl_argmin_eq": standing_on(torch_model(_nearest_coin, "k", "f"), 1e-9, FEW, 8),
    "map_forward_kl_eq": standing_on(torch_model(_mean_posterior_nll, "q", "k", "f", "a", "b"), 1e-10, FEW),
    "one_hot_cross_entropy_eq": standing_on(torch_model(_smoothed_loss, "e", "q_1", "q_2", "q_3"), pool=COINS),
    "forward_kl_loss_eq": standing_on(torch_model(forward_loss, *MODES, "m", "v"), 1e-9, FEW),
    "forward_kl_var_eq": standing_on(torch_model(_forward_variance, *MODES), 1e-9, FEW),
    "two_modes_eq": standing_on(torch_model(_two_modes, "z", "m", "c"), 1e-10, FEW),
}

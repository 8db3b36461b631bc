"""The routes of the information quantities: sums and integrals as written, and models of laws and of tables."""

from __future__ import annotations

import torch
from torch import Tensor

from numerics.information.divergences import of_coins
from numerics.nodes import coin
from numerics.points import NASTY
from numerics.written import standing_on, torch_model
from reference_models.distributions import intervals, normal, waiting
from reference_models.divergences import kullback_leibler
from reference_models.learning.estimation import log_evidence

THREE = ("p_1", "p_2", "p_3", "q_1", "q_2", "q_3")
ELEVENTHS = tuple(r / 11 for r in NASTY if r.is_integer and r > 0)
"""For laws of one probability, of which the common pool holds few."""


def of_coin(p: Tensor) -> Tensor:
    """The entropy of a coin."""
    return kullback_leibler.entropy(coin(p))


def _of_normal(s: Tensor) -> Tensor:
    return normal.entropy(s.reshape(1, 1) ** 2)


def _of_uniform(w: Tensor) -> Tensor:
    """Minus the log-density, which is the same everywhere."""
    return -intervals.uniform_log_prob(w / 2, 0 * w, w)


def _cross_entropy_of_coins(p: Tensor, q: Tensor) -> Tensor:
    return kullback_leibler.cross_entropy(coin(p), coin(q))


def _cross_entropy(*weights: Tensor) -> Tensor:
    return kullback_leibler.cross_entropy(torch.stack(weights[:3]), torch.stack(weights[3:]))


def _log_evidence(j1: Tensor, j2: Tensor) -> Tensor:
    """Over two values of what is not seen, as likely; the likelihoods are twice the joint."""
    half = torch.full_like(j1, 0.5)
    return log_evidence(torch.log(torch.stack([half, half])), torch.log(2 * torch.stack([j1, j2]))[None])


ROUTES = {
    "entropy_bernoulli_eq": standing_on(torch_model(of_coin, "p"), pool=(*NASTY, *ELEVENTHS)),
    "entropy_exponential_eq": standing_on(torch_model(waiting.exponential_entropy, "r")),
    "entropy_normal_eq": standing_on(torch_model(_of_normal, "s")),
    "entropy_uniform_eq": standing_on(torch_model(_of_uniform, "w")),
    "kl_bernoulli_eq": standing_on(torch_model(of_coins, "p", "q")),
    "cross_entropy_bernoulli_eq": standing_on(torch_model(_cross_entropy_of_coins, "p", "q")),
    "cross_entropy_categorical_eq": standing_on(torch_model(_cross_entropy, *THREE)),
    "log_evidence_two_eq": standing_on(torch_model(_log_evidence, "j_1", "j_2")),
}

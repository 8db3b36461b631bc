"""The routes of the losses: the density as written in rigorous balls, and the heads that ``errata run`` holds.

s is a standard deviation, b a scale, r a log-variance; log is natural.
"""

from __future__ import annotations

import sympy as sp
import torch
from torch import Tensor

from numerics.nodes import shares
from numerics.points import CALM
from numerics.written import standing_on, torch_model
from reference_models.distributions import categories, counts, families, trials
from reference_models.divergences.kullback_leibler import cross_entropy
from reference_models.structured import heads

CLASSES = ("w_1", "w_2", "w_3", "k_1", "k_2", "k_3")
COUNTS = (*CALM, *map(sp.Integer, (2, 3, 5)))
BATCH = ("s", "y_1", "y_2", "y_3", "m_1", "m_2", "m_3")
LOGITS = ("z_1", "z_2", "z_3")


def _normal_batch(s: Tensor, *pairs: Tensor) -> Tensor:
    """Targets, and then predictions."""
    half = len(pairs) // 2
    return heads.normal_nll(torch.stack(pairs[:half]), torch.stack(pairs[half:]), s)


def _normal(y: Tensor, m: Tensor, s: Tensor) -> Tensor:
    return _normal_batch(s, y, m)


def _normal_logvar(y: Tensor, m: Tensor, r: Tensor) -> Tensor:
    return heads.heteroscedastic_nll(y[None], m[None], r[None])


def _laplace(y: Tensor, m: Tensor, b: Tensor) -> Tensor:
    return heads.laplace_nll(y[None], m[None], b)


def _bernoulli(y: Tensor, p: Tensor) -> Tensor:
    return -trials.bernoulli_log_prob(y, p)


def _classes(*numbers: Tensor) -> Tensor:
    """Three weights of classes, then how often each was seen."""
    return cross_entropy(torch.stack(numbers[3:]), shares(*numbers[:3]))


def _two_classes(y: Tensor, z: Tensor) -> Tensor:
    return heads.bernoulli_nll(y[None], z[None])


def cross_entropy_of_logits(z1: Tensor, z2: Tensor, z3: Tensor, t1: Tensor, t2: Tensor) -> Tensor:
    """With the target (t1, t2, 1 − t1 − t2)."""
    return cross_entropy(torch.stack([t1, t2, 1 - t1 - t2]), categories.softmax(torch.stack([z1, z2, z3])))


def _log_partition(*logits: Tensor) -> Tensor:
    """Of Boltzmann's law with the energies −z at temperature 1."""
    return families.boltzmann_log_partition(-torch.stack(logits), torch.ones_like(logits[0]))


def _poisson(y: Tensor, rate: Tensor) -> Tensor:
    return -counts.poisson_log_prob(y, rate)


ROUTES = {
    "nll_normal_eq": standing_on(torch_model(_normal, "y", "m", "s")),
    "nll_normal_mse_eq": standing_on(torch_model(_normal_batch, *BATCH)),
    "nll_normal_logvar_eq": standing_on(torch_model(_normal_logvar, "y", "m", "r"), pool=CALM),
    "nll_laplace_eq": standing_on(torch_model(_laplace, "y", "m", "b")),
    "nll_bernoulli_eq": standing_on(torch_model(_bernoulli, "y", "p")),
    "nll_categorical_eq": standing_on(torch_model(_classes, *CLASSES), pool=COUNTS),
    "bce_logits_eq": standing_on(torch_model(_two_classes, "y", "z")),
    "ce_logits_eq": standing_on(torch_model(cross_entropy_of_logits, *LOGITS, "y_1", "y_2")),
    "logsumexp_shift_eq": standing_on(torch_model(_log_partition, *LOGITS)),
    "nll_poisson_eq": standing_on(torch_model(_poisson, "y", "rate")),
}

"""Steps of algorithms as exercises: Kalman's, EM's for a normal mixture, attention with any mask."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor

from numerics.conformance.exercise import Argument, Convention, Covariances, Exercise, OnSimplex, Reals, Whole
from numerics.specifications.catalogue import specification
from reference_models.structured.filters import gain, predict, update

em = specification("em").model
gmm = specification("gmm").model
attention_of = specification("attention").model.attention

Moments = tuple[Tensor, Tensor]


def kalman_step(mean: Tensor, cov: Tensor, y: Tensor, f: Tensor, h: Tensor, q: Tensor, r: Tensor) -> Moments:
    """Predict with F and Q, then update on y with H and R."""
    return update(*predict(mean, cov, f, q), y, h, r)


def _written_step(mean: Tensor, cov: Tensor, y: Tensor, f: Tensor, h: Tensor, q: Tensor, r: Tensor) -> Moments:
    mean, cov = f @ mean, f @ cov @ f.mT + q
    gain = cov @ h.mT @ torch.linalg.inv(h @ cov @ h.mT + r)
    return mean + gain @ (y - h @ mean), cov - gain @ h @ cov


def _factored_step(mean: Tensor, cov: Tensor, y: Tensor, f: Tensor, h: Tensor, q: Tensor, r: Tensor) -> Moments:
    m, ahead = f @ mean, f @ cov @ f.mT + q
    gain = ahead @ h.mT @ torch.linalg.inv(h @ ahead @ h.mT + r)
    return m + gain @ (y - h @ m), (torch.eye(len(m)).to(m) - gain @ h) @ ahead


def _not_predicted(mean: Tensor, cov: Tensor, y: Tensor, f: Tensor, h: Tensor, q: Tensor, r: Tensor) -> Moments:
    return update(mean, cov, y, h, r)


def _not_updated(mean: Tensor, cov: Tensor, y: Tensor, f: Tensor, h: Tensor, q: Tensor, r: Tensor) -> Moments:
    return predict(mean, cov, f, q)


def _updated_first(mean: Tensor, cov: Tensor, y: Tensor, f: Tensor, h: Tensor, q: Tensor, r: Tensor) -> Moments:
    return predict(*update(mean, cov, y, h, r), f, q)


def _without_state_noise(mean: Tensor, cov: Tensor, y: Tensor, f: Tensor, h: Tensor, q: Tensor, r: Tensor) -> Moments:
    return kalman_step(mean, cov, y, f, h, torch.zeros_like(q), r)


def _without_noise(mean: Tensor, cov: Tensor, y: Tensor, f: Tensor, h: Tensor, q: Tensor, r: Tensor) -> Moments:
    mean, cov = predict(mean, cov, f, q)
    k = cov @ h.mT @ torch.linalg.pinv(h @ cov @ h.mT)
    return mean + k @ (y - h @ mean), cov - k @ h @ cov


def _without_gain_noise(mean: Tensor, cov: Tensor, y: Tensor, f: Tensor, h: Tensor, q: Tensor, r: Tensor) -> Moments:
    new, _ = kalman_step(mean, cov, y, f, h, q, r)
    _, ahead = predict(mean, cov, f, q)
    kept = torch.eye(len(mean)).to(mean) - gain(ahead, h, r) @ h
    return new, kept @ ahead @ kept.mT


KALMAN = Exercise(
    model="kalman_filter",
    function="step",
    right=kalman_step,
    arguments=(
        Argument("mean", ("d",), Reals(-2, 2), "the mean of the state before the step"),
        Argument("cov", ("d", "d"), Covariances(), "its covariance"),
        Argument("y", ("m",), Reals(-2, 2), "the observation after the step"),
        Argument("f", ("d", "d"), Reals(-2, 2), "F, the transition matrix"),
        Argument("h", ("m", "d"), Reals(-2, 2), "H, the observation matrix"),
        Argument("q", ("d", "d"), Covariances(), "Q, the covariance of the noise of the state"),
        Argument("r", ("m", "m"), Covariances(), "R, the covariance of the noise of the observation"),
    ),
    returns="mean (d,) and covariance (d, d) of the state given y: predict, then update",
    conventions=(
        Convention("nothing is predicted: the update alone", _not_predicted),
        Convention("nothing is updated: the prediction alone", _not_updated),
        Convention("the update comes before the prediction", _updated_first),
        Convention("Q is left out", _without_state_noise),
        Convention("(I − K H) P (I − K H)ᵀ without K R Kᵀ", _without_gain_noise),
        Convention("R is left out: the gain is P Hᵀ (H P Hᵀ)⁻¹", _without_noise),
    ),
    sizes={"d": (2, 3), "m": (1, 2)},
    gradient_in=("mean",),
    written=(_written_step, _factored_step),
)

Mixture = tuple[Tensor, Tensor, Tensor]


def _old_means(x: Tensor, weights: Tensor, means: Tensor, covs: Tensor) -> Mixture:
    gamma = gmm.responsibilities(x, weights, means, covs)
    off = x[:, None] - means
    n = gamma.sum(0)
    about_old = torch.einsum("nk,nka,nkb->kab", gamma, off, off) / n[:, None, None]
    return n / len(x), gamma.mT @ x / n[:, None], about_old


def _by_points(x: Tensor, weights: Tensor, means: Tensor, covs: Tensor) -> Mixture:
    new, middle, spread = em.em_step(x, weights, means, covs)
    return new, middle, spread * new[:, None, None]


def _sums_for_weights(x: Tensor, weights: Tensor, means: Tensor, covs: Tensor) -> Mixture:
    new, middle, spread = em.em_step(x, weights, means, covs)
    return new * len(x), middle, spread


def _means_by_points(x: Tensor, weights: Tensor, means: Tensor, covs: Tensor) -> Mixture:
    gamma = gmm.responsibilities(x, weights, means, covs)
    middle = gamma.mT @ x / len(x)
    off = x[:, None] - middle
    n = gamma.sum(0)
    return n / len(x), middle, torch.einsum("nk,nka,nkb->kab", gamma, off, off) / n[:, None, None]


def _weights_kept(x: Tensor, weights: Tensor, means: Tensor, covs: Tensor) -> Mixture:
    _, middle, spread = em.em_step(x, weights, means, covs)
    return weights, middle, spread


def _hard(x: Tensor, weights: Tensor, means: Tensor, covs: Tensor) -> Mixture:
    gamma = gmm.responsibilities(x, weights, means, covs)
    found: Mixture = em.m_step(x, torch.nn.functional.one_hot(gamma.argmax(-1), len(weights)).to(gamma))
    return found


def _density(x: Tensor, mean: Tensor, cov: Tensor) -> Tensor:
    off = x - mean
    quadratic = (off @ torch.linalg.inv(cov) * off).sum(-1)
    return torch.exp(-quadratic / 2) / torch.sqrt(torch.linalg.det(2 * math.pi * cov))


def _written_em(x: Tensor, weights: Tensor, means: Tensor, covs: Tensor) -> Mixture:
    densities = [_density(x, mean, cov) for mean, cov in zip(means, covs, strict=True)]
    joint = weights * torch.stack(densities, -1)
    gamma = joint / joint.sum(-1, keepdim=True)
    n = gamma.sum(0)
    middle = gamma.mT @ x / n[:, None]
    off = x[:, None] - middle
    return n / len(x), middle, torch.einsum("nk,nka,nkb->kab", gamma, off, off) / n[:, None, None]


EM = Exercise(
    model="em",
    function="em_step",
    right=em.em_step,
    arguments=(
        Argument("x", ("n", "d"), Reals(-2, 2), "points"),
        Argument("weights", ("k",), OnSimplex(), "the weights of the components"),
        Argument("means", ("k", "d"), Reals(-2, 2), "their means"),
        Argument("covs", ("k", "d", "d"), Covariances(), "their covariances"),
    ),
    returns="weights (k,), means (k, d), covariances (k, d, d) after one E-step and one M-step",
    conventions=(
        Convention("the covariances are about the old means", _old_means),
        Convention("the covariances are divided by n, not by Σ γ", _by_points),
        Convention("the means are divided by n, not by Σ γ", _means_by_points),
        Convention("the weights are not divided by n", _sums_for_weights),
        Convention("the weights are not updated", _weights_kept),
        Convention("points are assigned to one component each (hard EM)", _hard),
    ),
    sizes={"n": (3, 5), "k": (2, 3), "d": (1, 2)},
    written=(_written_em,),
)


def masked(q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tensor:
    """softmax(Q Kᵀ/√d + M) V with M = −∞ where the mask is 0: (t, d), (s, d), (s, e), (t, s) -> (t, e)."""
    hidden = torch.zeros(mask.shape, dtype=q.dtype).masked_fill(mask == 0, -math.inf)
    found: Tensor = attention_of(q, k, v, hidden)
    return found


def _written_attention(q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tensor:
    scores = (q @ k.mT / math.sqrt(q.shape[-1])).masked_fill(mask == 0, -math.inf)
    return torch.softmax(scores, -1) @ v


def _unmasked(q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tensor:
    return masked(q, k, v, torch.ones_like(mask))


def _hidden_after(q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tensor:
    return (torch.softmax(q @ k.mT / math.sqrt(q.shape[-1]), -1) * mask) @ v


def _counted_as_zero(q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tensor:
    return torch.softmax(q @ k.mT / math.sqrt(q.shape[-1]) * mask, -1) @ v


def _unscaled(q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tensor:
    return masked(q * math.sqrt(q.shape[-1]), k, v, mask)


def _one_each(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """The same with the first key allowed to a row that may look at none."""
    rows = [row if any(row) else [1, *row[1:]] for row in inputs["mask"]]
    return {**inputs, "mask": rows}


MASKED = Exercise(
    model="attention",
    function="masked",
    right=masked,
    arguments=(
        Argument("q", ("t", "d"), Reals(-2, 2), "queries"),
        Argument("k", ("s", "d"), Reals(-2, 2), "keys"),
        Argument("v", ("s", "e"), Reals(-2, 2), "values"),
        Argument("mask", ("t", "s"), Whole(0, 1), "1 where row i may look at key j, else 0; at least one 1 in a row"),
    ),
    returns="(t, e)",
    conventions=(
        Convention("the mask is left out", _unmasked),
        Convention("the mask comes after the softmax: rows don't sum to 1", _hidden_after),
        Convention("hidden scores are 0, not −∞", _counted_as_zero),
        Convention("the scores are not divided by √d", _unscaled),
    ),
    sizes={"t": (2, 3), "s": (2, 4), "d": (2, 4), "e": (1, 3)},
    gradient_in=("q", "k", "v"),
    arranged=_one_each,
    written=(_written_attention,),
    wide={"q": 2000.0},
)

EXERCISES = (KALMAN, EM, MASKED)

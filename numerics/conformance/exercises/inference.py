"""Inference as exercises: divergences, bounds, responsibilities, filters, attention, acceptance."""

from __future__ import annotations

import math

import torch
from torch import Tensor

from numerics.conformance.exercise import Argument, Convention, Covariances, Exercise, OnSimplex, Reals, Whole
from numerics.specifications.catalogue import specification

kl = specification("forward_kl").model.kl
iwae_bound = specification("iwae_bound").model.iwae_bound
responsibilities = specification("gmm").model.responsibilities
log_evidence = specification("hmm").model.log_evidence
viterbi = specification("hmm").model.viterbi
gain = specification("kalman_filter").model.gain
attention = specification("attention").model.attention
causal_mask = specification("attention").model.causal_mask
acceptance = specification("metropolis_hastings").model.acceptance


def _reversed(p: Tensor, q: Tensor) -> Tensor:
    return kl(q, p)


def _cross_entropy(p: Tensor, q: Tensor) -> Tensor:
    return -(p * torch.log(q)).sum(-1)


def _under_q(p: Tensor, q: Tensor) -> Tensor:
    return (q * torch.log(p / q)).sum(-1)


KL = Exercise(
    model="forward_kl",
    function="kl",
    right=kl,
    arguments=(
        Argument("p", ("n", "k"), OnSimplex(), "the law that is averaged over"),
        Argument("q", ("n", "k"), OnSimplex(), "the other law"),
    ),
    returns="(n,) nats",
    conventions=(
        Convention("the arguments are swapped", _reversed),
        Convention("the entropy is left out: a cross-entropy", _cross_entropy),
        Convention("the log-ratio is averaged under q", _under_q),
    ),
    sizes={"k": (2, 4)},
    edges=({"p": [[0.0, 1.0]], "q": [[0.5, 0.5]]}, {"p": [[0.5, 0.5]], "q": [[0.0, 1.0]]}),
    gradient_in=("q",),
    logarithmic=True,
)


def _mean_of_logs(log_w: Tensor) -> Tensor:
    return log_w.mean(-1)


def _sum_of_weights(log_w: Tensor) -> Tensor:
    return torch.logsumexp(log_w, -1)


def _greatest(log_w: Tensor) -> Tensor:
    return log_w.max(-1).values


IWAE = Exercise(
    model="iwae_bound",
    function="iwae_bound",
    right=iwae_bound,
    arguments=(Argument("log_w", ("n", "k"), Reals(-8, 2), "log p(x, z_i)/q(z_i | x) of k samples"),),
    returns="(n,) nats",
    conventions=(
        Convention("a mean of logarithms, which is an ELBO", _mean_of_logs),
        Convention("a sum of the weights: log k is missing", _sum_of_weights),
        Convention("the greatest weight only", _greatest),
    ),
    sizes={"k": (2, 5)},
    gradient_in=("log_w",),
    logarithmic=True,
    wide={"log_w": 2000.0},
)


def _without_weights(x: Tensor, weights: Tensor, means: Tensor, covs: Tensor) -> Tensor:
    return responsibilities(x, torch.ones_like(weights), means, covs)


def _over_points(x: Tensor, weights: Tensor, means: Tensor, covs: Tensor) -> Tensor:
    found = responsibilities(x, weights, means, covs)
    joint = torch.log(found) + specification("gmm").model.log_prob(x, weights, means, covs)[:, None]
    return torch.softmax(joint, 0)


def _of_precisions(x: Tensor, weights: Tensor, means: Tensor, covs: Tensor) -> Tensor:
    return responsibilities(x, weights, means, torch.linalg.inv(covs))


def _no_determinant(x: Tensor, weights: Tensor, means: Tensor, covs: Tensor) -> Tensor:
    return responsibilities(x, weights * torch.exp(torch.linalg.slogdet(covs)[1] / 2), means, covs)


RESPONSIBILITIES = Exercise(
    model="gmm",
    function="responsibilities",
    right=responsibilities,
    arguments=(
        Argument("x", ("n", "d"), Reals(-2, 2), "points"),
        Argument("weights", ("k",), OnSimplex(), "the weights of the components"),
        Argument("means", ("k", "d"), Reals(-2, 2), "their means"),
        Argument("covs", ("k", "d", "d"), Covariances(), "their covariances"),
    ),
    returns="(n, k), rows sum to 1",
    conventions=(
        Convention("the weights of the components are left out", _without_weights),
        Convention("normalised over the points, not the components", _over_points),
        Convention("the covariances are taken for precisions", _of_precisions),
        Convention("|Σ_k| is left out of the densities", _no_determinant),
    ),
    sizes={"n": (2, 4), "k": (2, 3), "d": (1, 2)},
    gradient_in=("x",),
    wide={"x": 60.0},
)


def _transposed(y: Tensor, start: Tensor, transition: Tensor, emission: Tensor) -> Tensor:
    return log_evidence(y, start, transition.mT, emission)


def _first_lost(y: Tensor, start: Tensor, transition: Tensor, emission: Tensor) -> Tensor:
    a = start
    for t in y[1:]:
        a = emission[:, t] * (a @ transition)
    return torch.log(a.sum())


def _best_path(y: Tensor, start: Tensor, transition: Tensor, emission: Tensor) -> Tensor:
    a = start * emission[:, y[0]]
    for t in y[1:]:
        a = emission[:, t] * (a[:, None] * transition).max(0).values
    return torch.log(a.max())


def _moves_first(y: Tensor, start: Tensor, transition: Tensor, emission: Tensor) -> Tensor:
    return log_evidence(y, start @ transition, transition, emission)


def _emits_before_moving(y: Tensor, start: Tensor, transition: Tensor, emission: Tensor) -> Tensor:
    a = start * emission[:, y[0]]
    for t in y[1:]:
        a = (a * emission[:, t]) @ transition
    return torch.log(a.sum())


EVIDENCE = Exercise(
    model="hmm",
    function="log_evidence",
    right=log_evidence,
    arguments=(
        Argument("y", ("t",), Whole(0, "m"), "observations, from 0"),
        Argument("start", ("k",), OnSimplex(), "the law of the first state"),
        Argument("transition", ("k", "k"), OnSimplex(), "row i is the law of the next state after i"),
        Argument("emission", ("k", "m"), OnSimplex(), "row i is the law of an observation in state i"),
    ),
    returns="(), nats",
    conventions=(
        Convention("the transition matrix is transposed", _transposed),
        Convention("the first observation is left out", _first_lost),
        Convention("the best path, not the sum over paths", _best_path),
        Convention("a transition is made before the first observation", _moves_first),
        Convention("each observation is weighed before the transition to its time", _emits_before_moving),
    ),
    sizes={"t": (2, 4), "k": (2, 3), "m": (2, 3)},
    gradient_in=("start",),
    logarithmic=True,
)


def _state_space(cov: Tensor, h: Tensor, r: Tensor) -> Tensor:
    return torch.linalg.solve(h @ cov @ h.mT + r, h @ cov)


def _not_inverted(cov: Tensor, h: Tensor, r: Tensor) -> Tensor:
    return cov @ h.mT @ (h @ cov @ h.mT + r)


def _inverse_of_noise(cov: Tensor, h: Tensor, r: Tensor) -> Tensor:
    return cov @ h.mT @ torch.linalg.inv(r)


def _without_noise(cov: Tensor, h: Tensor, r: Tensor) -> Tensor:
    return cov @ h.mT @ torch.linalg.pinv(h @ cov @ h.mT)


def _inverse_covariance(cov: Tensor, h: Tensor, r: Tensor) -> Tensor:
    return cov @ h.mT @ torch.linalg.inv(h @ torch.linalg.inv(cov) @ h.mT + r)


def _without_cross(cov: Tensor, h: Tensor, r: Tensor) -> Tensor:
    return h.mT @ torch.linalg.inv(h @ cov @ h.mT + r)


GAIN = Exercise(
    model="kalman_filter",
    function="gain",
    right=gain,
    arguments=(
        Argument("cov", ("d", "d"), Covariances(), "P, the predicted covariance"),
        Argument("h", ("m", "d"), Reals(-2, 2), "H, the observation matrix"),
        Argument("r", ("m", "m"), Covariances(), "R, the covariance of the observation noise"),
    ),
    returns="K = P Hᵀ (H P Hᵀ + R)⁻¹, (d, m)",
    conventions=(
        Convention("K is returned transposed", _state_space),
        Convention("H P Hᵀ + R is not inverted", _not_inverted),
        Convention("P Hᵀ R⁻¹, which is the gain of the updated covariance", _inverse_of_noise),
        Convention("R is left out: P Hᵀ (H P Hᵀ)⁻¹", _without_noise),
        Convention("P is taken for a precision inside the inverse", _inverse_covariance),
        Convention("the first P is left out: Hᵀ (H P Hᵀ + R)⁻¹", _without_cross),
    ),
    sizes={"d": (2, 3), "m": (1, 2)},
)


def causal(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
    """softmax(Q Kᵀ/√d + M) V with M = −∞ above the diagonal: three (t, d) -> (t, d)."""
    found: Tensor = attention(q, k, v, causal_mask(q.shape[-2]))
    return found


def _unscaled(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
    return causal(q * math.sqrt(q.shape[-1]), k, v)


def _over_d(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
    return causal(q / math.sqrt(q.shape[-1]), k, v)


def _unmasked(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
    return attention(q, k, v, torch.zeros(q.shape[-2], q.shape[-2], dtype=q.dtype))


def _sees_the_future(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
    return attention(q, k, v, causal_mask(q.shape[-2]).mT)


def _by_queries(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
    t = q.shape[-2]
    scores = q @ k.mT / math.sqrt(q.shape[-1]) + causal_mask(t)
    return torch.softmax(scores, -2) @ v


ATTENTION = Exercise(
    model="attention",
    function="causal",
    right=causal,
    arguments=(
        Argument("q", ("t", "d"), Reals(-2, 2), "queries"),
        Argument("k", ("t", "d"), Reals(-2, 2), "keys"),
        Argument("v", ("t", "d"), Reals(-2, 2), "values"),
    ),
    returns="(t, d); row i attends to rows 0 … i",
    conventions=(
        Convention("the scores are not divided by √d", _unscaled),
        Convention("the scores are divided by d, not √d", _over_d),
        Convention("the mask is missing", _unmasked),
        Convention("the mask hides the past instead of the future", _sees_the_future),
        Convention("the softmax runs over the queries", _by_queries),
    ),
    sizes={"t": (2, 4), "d": (2, 4)},
    gradient_in=("q", "k", "v"),
    wide={"q": 2000.0},
)


def _upside_down(p: Tensor, q: Tensor) -> Tensor:
    return torch.clamp((p[:, None] * q) / (p * q.mT), max=1)


def _without_hastings(p: Tensor, q: Tensor) -> Tensor:
    return torch.clamp(p / p[:, None], max=1)


def _not_capped(p: Tensor, q: Tensor) -> Tensor:
    return (p * q.mT) / (p[:, None] * q)


def _wrong_correction(p: Tensor, q: Tensor) -> Tensor:
    return torch.clamp((p * q) / (p[:, None] * q.mT), max=1)


def _barker(p: Tensor, q: Tensor) -> Tensor:
    forth, back = p[:, None] * q, p * q.mT
    return back / (forth + back)


def _no_stay(p: Tensor, q: Tensor) -> Tensor:
    return acceptance(p, q) * (1 - torch.eye(len(p)).to(p))


ACCEPTANCE = Exercise(
    model="metropolis_hastings",
    function="acceptance",
    right=acceptance,
    arguments=(
        Argument("p", ("k",), OnSimplex(), "the target over k states, or any multiple of it"),
        Argument("q", ("k", "k"), OnSimplex(), "row i is the law of the proposal from i"),
    ),
    returns="(k, k), α_ij of a move from i to j",
    conventions=(
        Convention("the ratio stands upside down", _upside_down),
        Convention("the ratio of the proposals is left out", _without_hastings),
        Convention("the ratio is not capped at 1", _not_capped),
        Convention("the ratio of the proposals stands upside down", _wrong_correction),
        Convention("Barker's rule, r/(1 + r), for min(1, r)", _barker),
        Convention("the diagonal is 0: staying is always accepted", _no_stay),
    ),
    sizes={"k": (2, 4)},
)

EXERCISES = (KL, IWAE, RESPONSIBILITIES, EVIDENCE, GAIN, ATTENTION, ACCEPTANCE)

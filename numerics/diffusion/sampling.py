"""The routes of sampling: Gauss-Hermite sums for nested means, the rest as written, and models of diffusion."""

from __future__ import annotations

import sympy as sp
import torch
from torch import Tensor
from torch.nn.functional import logsigmoid

from derivations.diffusion.sampling import WHERE
from numerics.diffusion.forward import noise_of
from numerics.points import CALM, points
from numerics.routes import as_written
from numerics.slopes import log_normal, noised, root, slope
from numerics.written import by_model, standing_on, torch_model
from reference_models.diffusion import chain, guidance, implicit

MIDDLE = (*CALM, sp.Rational(9, 10), sp.Rational(1, 5))
SPREAD = ("x_0", "b", "c", "h")
ROUNDING = 1e-9


def _step_variance(x0: Tensor, b: Tensor, c: Tensor, h: Tensor) -> Tensor:
    """Var(x_{t−1}) given the start, the share h of its noise being fresh."""
    return noised(lambda e, z: implicit.moved(chain.jump(x0, c, e), e, c, b, h * (1 - b), z), 2, c).variance


def _way_back_mean(x: Tensor, x0: Tensor, a: Tensor, b: Tensor) -> Tensor:
    return chain.posterior(x, x0, a * b, b)[0]


def _noiseless(x: Tensor, e: Tensor, b: Tensor, c: Tensor) -> Tensor:
    return implicit.step(x, e, c, b, 0 * c, 0 * x) / torch.sqrt(b)


def _score(x: Tensor, mean: Tensor, std: Tensor) -> Tensor:
    """Of torch's own normal law."""
    return slope(log_normal)(x, mean, std)


def _guided_score(x: Tensor, m: Tensor, s: Tensor, k: Tensor, w: Tensor) -> Tensor:
    """With a logistic classifier."""
    return guidance.classifier_guided(_score(x, m, s), lambda at: logsigmoid(k * at), x, w)


def _guided_noise(x: Tensor, x0: Tensor, c: Tensor, k: Tensor, w: Tensor) -> Tensor:
    return guidance.guided_noise(noise_of(x, x0, c), lambda at: logsigmoid(k * at), x, c, w)


def _guided_peak(m: Tensor, s: Tensor, y: Tensor, r: Tensor, w: Tensor) -> Tensor:
    """Where the guided score is 0."""
    return root(lambda x: guidance.classifier_guided(_score(x, m, s), lambda at: log_normal(y, at, r), x, w), like=m)


def _free_score(x: Tensor, m: Tensor, s: Tensor, n: Tensor, r: Tensor, w: Tensor) -> Tensor:
    return guidance.free(_score(x, m, s), _score(x, n, r), w)


def _extrapolated(u: Tensor, g: Tensor, w: Tensor) -> Tensor:
    """The scale of the model is 1 for the conditional prediction."""
    return guidance.free(u, g, 1 + w)


ROUTES = {
    "ddim_variance_eq": (
        as_written(points(tuple(v for v in WHERE if v.name in SPREAD), 10, pool=MIDDLE)),
        by_model(torch_model(_step_variance, *SPREAD), ROUNDING, MIDDLE, 10),
    ),
    "ddim_eta_one_eq": standing_on(torch_model(_way_back_mean, "x", "x_0", "a", "b"), ROUNDING),
    "ddim_eta_zero_eq": standing_on(torch_model(_noiseless, "x", "e", "b", "c"), ROUNDING),
    "classifier_guidance_eq": standing_on(torch_model(_guided_score, "x", "m", "s", "k", "w"), pool=MIDDLE),
    "guided_noise_eq": standing_on(torch_model(_guided_noise, "x", "x_0", "c", "k", "w"), pool=MIDDLE),
    "guided_peak_eq": standing_on(torch_model(_guided_peak, "m", "s", "y", "r", "w"), pool=MIDDLE),
    "classifier_free_score_eq": standing_on(torch_model(_free_score, "x", "m", "s", "n", "r", "w"), ROUNDING, MIDDLE),
    "classifier_free_conventions_eq": standing_on(torch_model(_extrapolated, "u", "g", "w")),
}

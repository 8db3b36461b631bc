"""The routes of the objective: Gauss-Hermite sums for nested means, the rest as written, and models of diffusion."""

from __future__ import annotations

import sympy as sp
import torch
from torch import Tensor

from derivations.diffusion.objective import WHERE, WHERE_STEPS
from numerics.diffusion.forward import jumped
from numerics.points import CALM, points
from numerics.routes import as_written
from numerics.slopes import log_normal, slope
from numerics.written import by_model, standing_on, torch_model
from reference_models.autoencoders import hierarchical
from reference_models.diffusion import chain
from reference_models.gaussian.kl import kl

MIDDLE = (*CALM, sp.Rational(9, 10), sp.Rational(1, 5))
SHARES = ("a_1", "a_2", "a_3")
NOISE = ("a", "b", "e", "g", "x", "s")
PATH = ("p_1", "p_2", "p_3", "p_T", "j_1", "j_2", "j_3", "r_2", "r_3")
ROUNDING = 1e-9


def _added_variance(*shares: Tensor) -> Tensor:
    return 1 - chain.bars_of(1 - torch.stack(shares))[-1]


def _posterior_variance(a: Tensor, b: Tensor) -> Tensor:
    return chain.posterior(a, a, a * b, b)[1]


def _apart(m1: Tensor, m2: Tensor, std: Tensor) -> Tensor:
    """KL of two normal laws of one deviation."""
    return kl(m1[None, None], std[None, None], m2[None, None], std[None, None])[0]


def _kl_by_noise(a: Tensor, b: Tensor, e: Tensor, g: Tensor, x: Tensor, s: Tensor) -> Tensor:
    return _apart(chain.reverse_mean(x, e, a * b, b), chain.reverse_mean(x, g, a * b, b), s)


def _kl_by_start(a: Tensor, b: Tensor, x: Tensor, x0: Tensor, y: Tensor) -> Tensor:
    (m1, variance), (m2, _) = (chain.posterior(x, start, a * b, b) for start in (x0, y))
    return _apart(m1, m2, torch.sqrt(variance))


def _weight(a: Tensor, b: Tensor) -> Tensor:
    return chain.loss_weight(a * b, b)


def _velocity_error(x: Tensor, e: Tensor, g: Tensor, c: Tensor) -> Tensor:
    v, guess = (chain.velocity_of(chain.start_of(x, noise, c), noise, c) for noise in (e, g))
    return (v - guess) ** 2


def _noise_by_score(x: Tensor, x0: Tensor, c: Tensor) -> Tensor:
    """The noise whose score is the slope of the jump's log-density."""
    law = jumped(x0, c)
    return slope(log_normal)(x, law.mean, law.stddev) / chain.score_of(torch.ones_like(x), c)


def _start_by_score(x: Tensor, x0: Tensor, c: Tensor) -> Tensor:
    return chain.start_of(x, _noise_by_score(x, x0, c), c)


def _elbo(*values: Tensor) -> Tensor:
    """Of the only path there is, forward steps by Bayes' rule, over its probability: (9,) -> ()."""
    p, prior, jumps, back = torch.split(torch.stack(values), [3, 1, 3, 2])
    forward = torch.cat([jumps[:1], back * jumps[1:] / jumps[:-1]])
    return hierarchical.path_elbo(forward[:, None, None], prior, p[:, None, None])[0] / forward.prod()


ROUTES = {
    "jump_of_three_variance_eq": (
        as_written(points(WHERE_STEPS[3:], 10, pool=MIDDLE)),
        by_model(torch_model(_added_variance, *SHARES), ROUNDING, MIDDLE, 10),
    ),
    "posterior_variance_eq": standing_on(torch_model(_posterior_variance, "a", "b")),
    "kl_term_noise_eq": (
        as_written(points(tuple(v for v in WHERE if v.name in NOISE), 10, pool=MIDDLE)),
        by_model(torch_model(_kl_by_noise, *NOISE), ROUNDING, MIDDLE, 10),
    ),
    "kl_term_start_eq": standing_on(torch_model(_kl_by_start, "a", "b", "x", "x_0", "y"), ROUNDING, MIDDLE),
    "simple_loss_drops_eq": standing_on(torch_model(_weight, "a", "b"), ROUNDING, MIDDLE),
    "velocity_loss_eq": standing_on(torch_model(_velocity_error, "x", "e", "g", "c"), ROUNDING, MIDDLE),
    "start_of_score_eq": standing_on(torch_model(_start_by_score, "x", "x_0", "c"), ROUNDING),
    "noise_of_score_eq": standing_on(torch_model(_noise_by_score, "x", "x_0", "c"), ROUNDING),
    "elbo_telescoped_eq": standing_on(torch_model(_elbo, *PATH)),
}

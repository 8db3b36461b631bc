"""The routes of the forward process: the chain as written in rigorous quadrature, and ``errata run ddpm``'s model."""

from __future__ import annotations

import sympy as sp
import torch
from torch import Tensor
from torch.distributions import Normal

from claims.domains import OpenUnit, Real, Variable
from numerics.points import CALM, NASTY, points
from numerics.routes import as_written
from numerics.slopes import log_normal, noised
from numerics.written import by_model, standing_on, torch_model
from reference_models.diffusion import chain

CHAIN = ("x", "x_0", "a", "b")
KEPT = ("x_0", "e", "c")
MIDDLE = (*CALM, sp.Rational(9, 10), sp.Rational(1, 5))
SPREAD = points((Variable("x_0", Real()), Variable("a", OpenUnit()), Variable("b", OpenUnit())), 10, pool=MIDDLE)
ROUNDING = 1e-9


def jumped(x0: Tensor, c: Tensor) -> Normal:
    """The law of x_t given the start, ᾱ_t = c."""
    return noised(lambda e: chain.jump(x0, c, e), 1, c)


def noise_of(x: Tensor, x0: Tensor, c: Tensor) -> Tensor:
    """The noise that the jump takes from x_0 to x."""
    law = jumped(x0, c)
    return (x - law.mean) / law.stddev


def _stepped(x0: Tensor, a: Tensor, b: Tensor) -> Normal:
    """The law of x_t given the start: a jump to t − 1, then a step that keeps the share a."""
    return noised(lambda e, z: chain.step(chain.jump(x0, b, e), 1 - a, z), 2, a)


def _composed(x: Tensor, x0: Tensor, a: Tensor, b: Tensor) -> Tensor:
    law = _stepped(x0, a, b)
    return torch.exp(log_normal(x, law.mean, law.stddev))


def _spread(x0: Tensor, a: Tensor, b: Tensor) -> Tensor:
    return _stepped(x0, a, b).variance


def _log_posterior(x: Tensor, u: Tensor, x0: Tensor, a: Tensor, b: Tensor) -> Tensor:
    mean, variance = chain.posterior(x, x0, a * b, b)
    return log_normal(u, mean, torch.sqrt(variance))


def _score(x: Tensor, x0: Tensor, c: Tensor) -> Tensor:
    return chain.score_of(noise_of(x, x0, c), c)


def _turned_back(x0: Tensor, e: Tensor, c: Tensor) -> tuple[Tensor, Tensor]:
    """(x_0, ε) from (x_t, v): what turned the one into the other, run the other way."""
    x_t, v = chain.jump(x0, c, e), chain.velocity_of(x0, e, c)
    return chain.jump(x_t, c, -v), chain.velocity_of(-x_t, v, c)


def _start(x0: Tensor, e: Tensor, c: Tensor) -> Tensor:
    return _turned_back(x0, e, c)[0]


def _noise(x0: Tensor, e: Tensor, c: Tensor) -> Tensor:
    return _turned_back(x0, e, c)[1]


def _posterior_mean(x: Tensor, e: Tensor, a: Tensor, b: Tensor) -> Tensor:
    return chain.reverse_mean(x, e, a * b, b)


ROUTES = {
    "jump_step_eq": standing_on(torch_model(_composed, *CHAIN), ROUNDING, MIDDLE),
    "jump_variance_eq": (as_written(SPREAD), by_model(torch_model(_spread, "x_0", "a", "b"), ROUNDING, MIDDLE, 10)),
    "log_posterior_eq": standing_on(torch_model(_log_posterior, "x", "u", "x_0", "a", "b"), ROUNDING, MIDDLE),
    "score_of_jump_eq": standing_on(torch_model(_score, "x", "x_0", "c"), pool=NASTY),
    "velocity_of_start_eq": standing_on(torch_model(chain.velocity_of, *KEPT), ROUNDING),
    "start_of_velocity_eq": standing_on(torch_model(_start, *KEPT), ROUNDING),
    "noise_of_velocity_eq": standing_on(torch_model(_noise, *KEPT), ROUNDING),
    "posterior_mean_of_noise_eq": standing_on(torch_model(_posterior_mean, "x", "e", "a", "b"), ROUNDING),
}

"""The routes of continuous time: limits next to their place and quotients as written; models of diffusion."""

from __future__ import annotations

import sympy as sp
import torch
from torch import Tensor

from numerics.points import CALM
from numerics.slopes import bend, log_normal, slope
from numerics.written import standing_on, torch_model
from reference_models.diffusion import sde
from reference_models.learning import score_matching

MIDDLE = (*CALM, sp.Rational(9, 10), sp.Rational(1, 5))
PROCESS = ("v_0", "beta", "t")
ROUNDING = 1e-9


def _kept(beta: Tensor, t: Tensor) -> Tensor:
    """The share of variance: the rate is the same at all times."""
    return sde.vp_kernel(t, float(beta), float(beta))[0] ** 2


def _noise_speed(s0: Tensor, k: Tensor, t: Tensor) -> Tensor:
    """dσ²/dt, σ growing from s_0 by a factor e^k in a unit of time."""
    return sde.ve_diffusion(t, float(s0), float(s0 * torch.exp(k))) ** 2


def _variance(v0: Tensor, beta: Tensor, t: Tensor) -> Tensor:
    """Var(x_t) for data of variance v_0."""
    factor, added = sde.vp_kernel(t, float(beta), float(beta))
    return factor**2 * v0 + added


def _score(x: Tensor, v: Tensor) -> Tensor:
    return score_matching.score(lambda at: log_normal(at, torch.zeros_like(at), torch.sqrt(v))[..., 0], x[..., None])[0]


def _density_speed(x: Tensor, v0: Tensor, beta: Tensor, t: Tensor) -> Tensor:
    """−∂(f p) + ½ g² ∂²p."""
    std, rate = torch.sqrt(_variance(v0, beta, t)), float(beta)

    def density(at: Tensor) -> Tensor:
        return torch.exp(log_normal(at, torch.zeros_like(at), std))

    def flux(at: Tensor) -> Tensor:
        return sde.vp_drift(at, t, rate, rate) * density(at)

    return -slope(flux)(x) + sde.vp_diffusion(t, rate, rate) ** 2 / 2 * bend(density)(x)


def _flow_speed(x0: Tensor, v0: Tensor, beta: Tensor, t: Tensor) -> Tensor:
    """At the place that keeps x_0's number of standard deviations."""
    v, rate = _variance(v0, beta, t), float(beta)
    x = x0 / torch.sqrt(v0) * torch.sqrt(v)
    return sde.ode_drift(sde.vp_drift(x, t, rate, rate), sde.vp_diffusion(t, rate, rate), _score(x, v))


def _variance_speed(v0: Tensor, beta: Tensor, t: Tensor) -> Tensor:
    """Of the way back, as its clock runs: −2v times the slope of its drift, which is linear, less g²."""
    v, rate, one = _variance(v0, beta, t), float(beta), torch.ones_like(v0)
    g = sde.vp_diffusion(t, rate, rate)
    return 2 * v * sde.reverse_drift(sde.vp_drift(one, t, rate, rate), g, _score(one, v)) - g**2


def _denoised_normal(x: Tensor, m: Tensor, s: Tensor, k: Tensor, v: Tensor) -> Tensor:
    """E[x_0 | x_t] for data N(m, s²), by its score."""
    found = slope(log_normal)(x, k * m, torch.sqrt(k**2 * s**2 + v))
    return score_matching.tweedie(x, found, k, torch.sqrt(v))


def _denoised_two(x: Tensor, u1: Tensor, u2: Tensor, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
    """For two data."""
    points, weights = torch.stack([u1, u2])[:, None], torch.stack([q, 1 - q])
    found = score_matching.marginal_score(x.reshape(1, 1), points, weights, k, torch.sqrt(v))
    return score_matching.tweedie(x.reshape(1, 1), found, k, torch.sqrt(v)).reshape(())


ROUTES = {
    "vp_limit_eq": standing_on(torch_model(_kept, "beta", "t"), ROUNDING, MIDDLE),
    "ve_limit_eq": standing_on(torch_model(_noise_speed, "s_0", "k", "t"), ROUNDING, MIDDLE),
    "fokker_planck_eq": standing_on(torch_model(_density_speed, "x", *PROCESS), pool=MIDDLE),
    "probability_flow_path_eq": standing_on(torch_model(_flow_speed, "x_0", *PROCESS), pool=MIDDLE),
    "reverse_sde_variance_eq": standing_on(torch_model(_variance_speed, *PROCESS), pool=MIDDLE),
    "tweedie_normal_eq": standing_on(torch_model(_denoised_normal, "x", "m", "s", "k", "v"), ROUNDING, MIDDLE),
    "tweedie_two_points_eq": standing_on(
        torch_model(_denoised_two, "x", "u_1", "u_2", "q", "k", "v"), ROUNDING, MIDDLE
    ),
}

"""Additive noise and the Gumbel sampler: row 204."""

from __future__ import annotations

import math

import numpy as np
import torch
from torch import Tensor

from numerics.specifications.contract import Model, Mutant, Outcome, Property, Specification
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import equal, frequencies_are, mean_is, worst
from reference_models.distributions import noise

PAGE = "reference_models.distributions.noise"


def _noise_density(model: Model, draw: Draw) -> Outcome:
    f, s = draw.normal(3, 1), draw.uniform(0.3, 2)
    t, w = (draw.tensor(a) for a in np.polynomial.legendre.leggauss(60))
    at = f + 10 * s * t  # (3, nodes)
    mass = 10 * s * w * torch.exp(model.additive_log_prob(at[..., None], f[..., None], s))
    return worst(
        equal(mass.sum(-1), 1.0, 1e-9),
        equal((mass * at).sum(-1), f[:, 0], 1e-9),
        equal((mass * (at - f) ** 2).sum(-1), s**2, 1e-9),
    )


def _moved_noise(model: Model, draw: Draw) -> Outcome:
    f, y, s = draw.normal(4, 3), draw.normal(4, 3), draw.uniform(0.3, 2)
    by_part = sum(model.additive_log_prob(y[:, i : i + 1] - f[:, i : i + 1], torch.zeros(1).to(f), s) for i in range(3))
    return equal(model.additive_log_prob(y, f, s), by_part)


def _noisy_draws(model: Model, draw: Draw) -> Outcome:
    f, s = draw.normal(2), draw.uniform(0.3, 0.8)
    y = model.additive_sample(f, s, draw.normal(20_000, 2))
    return worst(mean_is(y, f), mean_is((y - f) ** 2, s**2))


def _gumbel_cdf(model: Model, draw: Draw) -> Outcome:
    u = draw.uniform(0.001, 0.999, 9)
    return equal(torch.exp(-torch.exp(-model.gumbel(u))), u)


def _argmax_law(model: Model, draw: Draw) -> Outcome:
    logits = draw.tensor([-1.0, 0.0, 1.0, 2.0]) + 0.3 * draw.normal(4)
    x = model.gumbel_argmax(logits, draw.uniform(0, 1, 40_000, 4))
    return frequencies_are(x, torch.exp(logits) / torch.exp(logits).sum())


def _variance_scale(y: Tensor, f: Tensor, s: Tensor) -> Tensor:
    return noise.additive_log_prob(y, f, s) + (1 - 1 / s**2) * ((y - f) ** 2).sum(-1) / (2 * s**2)


def _one_constant(y: Tensor, f: Tensor, s: Tensor) -> Tensor:
    return -((y - f) ** 2).sum(-1) / (2 * s**2) - torch.log(s) - math.log(2 * math.pi) / 2


def _variance_noise(f: Tensor, s: Tensor, eps: Tensor) -> Tensor:
    return f + s**2 * eps


def _other_tail(u: Tensor) -> Tensor:
    return torch.log(-torch.log(u))


def _single_log(logits: Tensor, u: Tensor) -> Tensor:
    return torch.argmax(logits - torch.log(u), -1)


ADDITIVE_NOISE = Specification(
    name="external_noise",
    family="distributions",
    systems=(204,),
    title="Additive noise and the Gumbel-max sampler",
    statement="y = f(u) + ε, ε ~ N(0, s² I); y = argmax_k (l_k + g_k), g ~ Gumbel(0, 1)",
    page=PAGE,
    functions={
        "additive_log_prob": noise.additive_log_prob,
        "additive_sample": noise.additive_sample,
        "gumbel": noise.gumbel,
        "gumbel_argmax": noise.gumbel_argmax,
    },
    properties=(
        Property(
            "mass 1, mean f, variance s²",
            _noise_density,
            Mutant("s⁴ under the square", {"additive_log_prob": _variance_scale}),
        ),
        Property(
            "p_ε(y − f), independent in each coordinate",
            _moved_noise,
            Mutant("one normalising constant", {"additive_log_prob": _one_constant}),
        ),
        Property("draws have mean f, variance s²", _noisy_draws, Mutant("s² ε", {"additive_sample": _variance_noise})),
        Property("gumbel inverts e^(−e^(−g))", _gumbel_cdf, Mutant("the sign", {"gumbel": _other_tail})),
        Property("Gumbel-max is Categorical", _argmax_law, Mutant("Exponential noise", {"gumbel_argmax": _single_log})),
    ),
    source="Maddison, Mnih and Teh 2017, section 2",
    conventions=("s is a standard deviation",),
)

SPECIFICATIONS = (ADDITIVE_NOISE,)

"""The routes of score matching: Gauss-Hermite sums for nested means, the rest as written, and models of scores."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import sympy as sp
import torch
from torch import Tensor

from derivations.score.matching import WHERE, WHERE_STEP
from numerics.nodes import shares
from numerics.points import CALM, points
from numerics.routes import as_written
from numerics.slopes import bend, log_normal
from numerics.written import by_model, standing_on, torch_model
from reference_models.inference import dynamics
from reference_models.learning import score_matching
from reference_models.structured.operations import mixture_variance

Score = Callable[[Tensor], Tensor]
MIDDLE = (*CALM, sp.Rational(9, 10), sp.Rational(1, 5))
ROUNDING = 1e-9
QUADRATIC, LINE, STEP = ("m", "s", "k_0", "k_1", "k_2"), ("m", "s", "r", "k_0", "k_1"), ("s", "h")


def _nodes(count: int = 8) -> tuple[Tensor, Tensor]:
    """Gauss-Hermite nodes of the standard normal law, exact for what is a polynomial here: (count,) each."""
    t, w = (torch.as_tensor(v) for v in np.polynomial.hermite_e.hermegauss(count))
    return t, w / w.sum()


def _normal_score(m: Tensor, s: Tensor) -> Score:
    return lambda x: score_matching.score(lambda at: log_normal(at, m, s)[..., 0], x)


def _explicit_less_implicit(m: Tensor, s: Tensor, k0: Tensor, k1: Tensor, k2: Tensor) -> Tensor:
    """Of ψ = k_0 + k_1 x + k_2 x² under N(m, s²)."""
    t, w = _nodes()
    x = (m + s * t)[:, None]

    def psi(at: Tensor) -> Tensor:
        return k0 + k1 * at + k2 * at**2

    return score_matching.explicit(psi, _normal_score(m, s), x, w) - score_matching.implicit(psi, x, w)


def _flux_slope(x: Tensor, a: Tensor, b: Tensor, d: Tensor, e: Tensor) -> Tensor:
    """Minus the slope of p ψ, p = e^(b x² − a x⁴), ψ = d x + e x³: the divergence and the score of p, weighed by ψ."""
    at = x.reshape(1, 1)
    score = score_matching.score(lambda y: (b * y**2 - a * y**4)[..., 0], at)
    spread = score_matching.divergence(lambda y: d * y + e * y**3, at)[0]
    return -torch.exp(b * x**2 - a * x**4) * (spread + score[0, 0] * (d * x + e * x**3))


def _denoising_less_explicit(m: Tensor, s: Tensor, r: Tensor, k0: Tensor, k1: Tensor) -> Tensor:
    """Half the denoising loss, and the explicit one of the noisy law, over data and noise: all pairs of nodes."""
    t, w = _nodes()
    pairs, weights, one = torch.cartesian_prod(t, t), torch.outer(w, w).flatten(), torch.ones_like(s)
    clean, noise = (m + s * pairs[:, :1]), pairs[:, 1:]

    def psi(at: Tensor) -> Tensor:
        return k0 + k1 * at

    noisy = score_matching.noised(clean, noise, one, r)
    explicit = score_matching.explicit(psi, _normal_score(m, torch.hypot(s, r)), noisy, weights)
    return score_matching.denoising(psi, clean, noise, one, r, weights) / 2 - explicit


def _spread_of_scores(j1: Tensor, j2: Tensor, g1: Tensor, g2: Tensor) -> Tensor:
    """The least that any one score misses the two by: half of what is between them."""
    scores = torch.stack([g1, g2])
    return (j1 + j2) * mixture_variance(shares(j1, j2), scores, 0 * scores) / 2


def _drift_takes(x: Tensor, a: Tensor, b: Tensor) -> Tensor:
    """Minus the slope of U′ p with p = e^(−U), U = a x⁴ − b x²: U′ p is minus the slope of p."""
    return bend(lambda at: torch.exp(b * at**2 - a * at**4))(x)


def variance_after(s: Tensor, h: Tensor) -> Tensor:
    """The variance to which steps x + h s² score + √(2h) s z settle: 4,000 of them on moments, from the target's."""
    step, zero, one = float(2 * h * s**2), torch.zeros(1, dtype=s.dtype), torch.ones(1, dtype=s.dtype)
    score = _normal_score(0 * s, s)
    pull, noise = dynamics.langevin_step(one, score, step, zero), dynamics.langevin_step(zero, score, step, one)
    v = (s**2).reshape(1)
    for _ in range(4000):
        v = pull**2 * v + noise**2
    return v[0]


def _drift_over_noise(s: Tensor, eps: Tensor, t: Tensor) -> Tensor:
    """E of the squared drift over the squared size of the noise, at noise level s, the last level being t."""
    z, w = _nodes()
    step = dynamics.annealed_step_size([float(s), float(t)], 0, float(eps))
    x = (s * z)[:, None]
    drift = dynamics.langevin_step(x, _normal_score(0 * s, s), step, 0 * x) - x
    return (w * drift[:, 0] ** 2).sum() / step


ROUTES = {
    "hyvarinen_normal_eq": (
        as_written(points(tuple(v for v in WHERE if v.name in QUADRATIC), 10, pool=MIDDLE)),
        by_model(torch_model(_explicit_less_implicit, *QUADRATIC), ROUNDING, MIDDLE, 10),
    ),
    "hyvarinen_integrand_eq": standing_on(torch_model(_flux_slope, "x", "a", "b", "d", "e"), pool=MIDDLE),
    "denoising_normal_eq": (
        as_written(points(tuple(v for v in WHERE if v.name in LINE), 10, pool=MIDDLE)),
        by_model(torch_model(_denoising_less_explicit, *LINE), ROUNDING, MIDDLE, 10),
    ),
    "denoising_two_points_eq": standing_on(torch_model(_spread_of_scores, "j_1", "j_2", "g_1", "g_2")),
    "langevin_stationary_eq": standing_on(torch_model(_drift_takes, "x", "a", "b"), pool=MIDDLE),
    "ula_variance_eq": (
        as_written(points(tuple(v for v in WHERE_STEP if v.name in STEP), 10, pool=MIDDLE)),
        by_model(torch_model(variance_after, *STEP), ROUNDING, MIDDLE, 10),
    ),
    "annealed_step_eq": standing_on(torch_model(_drift_over_noise, "s", "eps", "t"), ROUNDING, MIDDLE),
}

"""The routes of distances: sums and quadrature as written, and models of tables."""

from __future__ import annotations

import sympy as sp
import torch
from torch import Tensor

from numerics.casts import GIVEN, Cast
from numerics.information.jensen_shannon import FINITE
from numerics.named_laws import by_cast, interpreted, torch_law
from numerics.nodes import coin, line, masses
from numerics.points import CALM, NASTY, Point
from numerics.slopes import log_normal
from numerics.written import standing_on, torch_model
from reference_models.divergences.transport import dual_value, wasserstein_of_laws_on_line
from reference_models.divergences.two_samples import gaussian_kernel, mmd_of_laws

MIDDLE = (*CALM, sp.Rational(9, 10), sp.Rational(1, 5))
APART = tuple(r for r in NASTY if r != 0)
"""Without zero, where the sign of a difference is not ±1."""
ROUNDING = 1e-9


def _difference(c1: Tensor, c2: Tensor) -> Tensor:
    """p − q at three points where the distribution functions differ by c₁ and c₂."""
    return torch.stack([c1, c2 - c1, -c2])


def _wasserstein(c1: Tensor, c2: Tensor, w1: Tensor, w2: Tensor) -> Tensor:
    difference = _difference(c1, c2)
    return wasserstein_of_laws_on_line(difference, 0 * difference, torch.stack([0 * w1, w1, w1 + w2]))


def _critics_gap(f: Tensor, c1: Tensor, c2: Tensor, w1: Tensor, w2: Tensor, h1: Tensor, h2: Tensor) -> Tensor:
    """Of a critic with slopes 2h − 1."""
    critic = torch.cumsum(torch.stack([f, (2 * h1 - 1) * w1, (2 * h2 - 1) * w2]), 0)
    return dual_value(critic, _difference(c1, c2), torch.zeros_like(critic))


def _one_more_point(so_far: Tensor, c: Tensor, d: Tensor, f: Tensor, w: Tensor, h: Tensor) -> Tensor:
    """Over the points so far, merged into the last, and at one more, where the critic has fallen."""
    masses = torch.stack([c, d])
    return so_far + dual_value(torch.stack([f, f - (2 * h - 1) * w]), masses, 0 * masses)


def _steepest_point(so_far: Tensor, c: Tensor, d: Tensor, f: Tensor, w: Tensor) -> Tensor:
    """The same with the slope that brings the most of c times the fall."""
    return _one_more_point(so_far, c, d, f, w, (1 + torch.sign(c)) / 2)


def _of_coins(p: Tensor, q: Tensor, k00: Tensor, k01: Tensor, k11: Tensor) -> Tensor:
    """MMD² from the kernel of 0 and 1."""
    return mmd_of_laws(coin(1 - p), coin(1 - q), torch.stack([k00, k01, k01, k11]).reshape(2, 2))


def kernel_mean(m: Tensor, s: Tensor, ell: Tensor) -> Tensor:
    """E k(x, y), x ~ N(m, s²) and y ~ N(0, s²) independent: all pairs of a grid of ±9 s."""
    t, lengths = line(9 / 200, 9.0)
    masses = torch.exp(log_normal(t, torch.zeros_like(t), torch.ones_like(t))) * lengths
    return masses @ gaussian_kernel((m + s * t)[:, None], (s * t)[:, None], float(ell)) @ masses


FEATURES: tuple[Cast, ...] = tuple({**cast, "g": GIVEN**2 / (k + 2) - GIVEN + 1} for k, cast in enumerate(FINITE))
"""Two laws of few values, and a feature."""


def _by_feature(cast: Cast, place: Point) -> float:
    """MMD² from the table of the kernel."""
    p, q = (masses(torch_law(cast[name])) for name in "pq")
    values = [float(cast["g"].xreplace({GIVEN: sp.Integer(k)})) for k in range(len(p))]
    feature = torch.tensor(values, dtype=torch.float64)
    return float(mmd_of_laws(p, q, torch.outer(feature, feature)))


ROUTES = {
    "wasserstein_dual_eq": standing_on(torch_model(_wasserstein, "c_1", "c_2", "w_1", "w_2"), pool=APART),
    "wasserstein_dual_le": standing_on(
        torch_model(_critics_gap, "f", "c_1", "c_2", "w_1", "w_2", "h_1", "h_2"), pool=APART
    ),
    "wasserstein_step_le": standing_on(torch_model(_one_more_point, "B", "c", "d", "f", "w", "h"), pool=APART),
    "wasserstein_step_eq": standing_on(torch_model(_steepest_point, "B", "c", "d", "f", "w"), pool=APART),
    "mmd_coins_eq": standing_on(torch_model(_of_coins, "p", "q", "k_00", "k_01", "k_11"), pool=MIDDLE),
    "mmd_feature_any_eq": (interpreted(FEATURES), by_cast(_by_feature, FEATURES, 1e-9)),
    "mmd_kernel_mean_eq": standing_on(torch_model(kernel_mean, "m", "s", "ell"), ROUNDING, MIDDLE),
}

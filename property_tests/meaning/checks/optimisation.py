"""Minima by search, steps of descent on bowls, averages by adding up."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from scipy import optimize

from property_tests.meaning.checks.probability import holds
from property_tests.meaning.checks.stated import Check, Pairs, Stated, random


def _soft_threshold(stated: Stated) -> Pairs:
    """What makes (w − x)²/2 + λ |w| least, above the threshold, below it and on the other side."""
    found: Pairs = []
    for x, lam in ((1.3, 0.4), (0.2, 0.5), (-2.0, 0.7)):
        grid = np.linspace(-4, 4, 8001)
        start = float(grid[np.argmin((grid - x) ** 2 / 2 + lam * np.abs(grid))])
        near = optimize.minimize_scalar(
            lambda w, x=x, lam=lam: (w - x) ** 2 / 2 + lam * abs(w),
            bounds=(start - 1e-3, start + 1e-3),
            method="bounded",
            options={"xatol": 1e-12},
        ).x
        found.append((round(float(near), 4) + 0.0, round(float(stated.right({"x": x, "λ": lam})), 4) + 0.0))
    return found


def _exponentiated_gradient(stated: Stated) -> Pairs:
    """What makes η g·w + KL(w, w_t) least on the simplex, of three weights."""
    before, slope, eta = np.array([0.2, 0.5, 0.3]), np.array([0.4, -1.1, 0.7]), 0.6

    def objective(free: np.ndarray) -> float:
        w = np.append(free, 1 - free.sum())
        if (w <= 0).any():
            return 1e6
        return float(eta * slope @ w + (w * np.log(w / before)).sum())

    least = optimize.minimize(objective, before[:2], method="Nelder-Mead", options={"xatol": 1e-12, "fatol": 1e-16}).x
    values = {
        "w": lambda t, i: before[int(i) - 1],
        "g": lambda t, i: slope[int(i) - 1],
        "η": eta,
        "d": 3,
        "i": 2,
        "t": 1,
    }
    return [(round(float(least[1]), 5), round(float(stated.right(values)), 5))]


def _gradient_step_decrease(stated: Stated) -> Pairs:
    """Attained by a step of 1/L on a bowl whose curvature is L, an upper bound on a flatter one."""
    x, top = random(2, 1), 1.7
    found = []
    for bend in (np.diag([top, top]), np.diag([0.3, top])):
        slope = bend @ x
        after = x - slope / top

        def value(v: np.ndarray, bend: np.ndarray = bend) -> float:
            return float((v.T @ bend @ v).item()) / 2

        values = {"f": lambda v, value=value: value(v), "x": lambda *_, x=x: x, "L": top, "k": 1,
                  "gradient<:at:>[f(x_{k})]": slope}  # fmt: skip
        found.append((value(after), stated.right(values)))
    return [found[0], (True, holds(stated, *found[1]))]


def _incremental_mean(stated: Stated) -> Pairs:
    """The mean of one number more, where the mean of those before is known."""
    numbers = [0.3, 1.9, -0.7, 2.2]
    before, after = sum(numbers[:3]) / 3, sum(numbers) / 4
    return [(after, stated.right({"Q": lambda _: before, "R": lambda _: numbers[3], "n": 4}))]


def _hyperbolic_tangent(stated: Stated) -> Pairs:
    return [(math.tanh(0.7), stated.right({"x": 0.7})), (math.tanh(-1.2), stated.right({"x": -1.2}))]


CHECKS: Mapping[str, Check] = {
    "soft_threshold": _soft_threshold,
    "exponentiated_gradient": _exponentiated_gradient,
    "gradient_step_decrease": _gradient_step_decrease,
    "incremental_mean": _incremental_mean,
    "hyperbolic_tangent": _hyperbolic_tangent,
}
OTHERS: Mapping[str, Mapping[int, Check | str]] = {}

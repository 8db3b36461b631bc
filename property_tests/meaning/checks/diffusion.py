"""The step back by densities on a grid, velocities by slopes along the path, Boltzmann machines by counting states."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
from scipy import integrate, stats

from property_tests.meaning.checks.generative import BETAS, DIFFUSION, EPS, X0, XT, T, added, kept
from property_tests.meaning.checks.stated import Check, Pairs, Stated, slope


@cache
def _step_back() -> tuple[float, float]:
    """Mean and variance of x_{t−1} given x_t and x_0, on a fine grid."""
    xs = np.linspace(-9, 9, 6001)
    before = stats.norm(math.sqrt(kept(T - 1)) * X0, math.sqrt(added(T - 1))).pdf(xs)
    density = before * stats.norm(math.sqrt(1 - BETAS[T - 1]) * xs, math.sqrt(BETAS[T - 1])).pdf(XT)
    mean = float((xs * density).sum() / density.sum())
    return mean, float(((xs - mean) ** 2 * density).sum() / density.sum())


ANGLE = math.asin(math.sqrt(added(T)))
"""Signal and noise left are the cosine and the sine of one angle."""
VELOCITY = slope(lambda a: math.cos(a) * X0 + math.sin(a) * EPS, ANGLE)
"""How x_t moves where this angle grows, for the same start and noise."""
ROTATED: dict[str, Any] = {
    **DIFFUSION, "α": lambda _: math.sqrt(kept(T)), "σ_{t}": math.sqrt(added(T)), "v": VELOCITY,
    "v_{θ}": lambda *_: VELOCITY, "ϵ": EPS,
}  # fmt: skip


def _noise_from_start(stated: Stated) -> Pairs:
    values = ROTATED if "σ" in stated.text else {**DIFFUSION, "x_{θ}": lambda *_: X0}
    return [(EPS, stated.right(values))]


def _score_from_denoiser(stated: Stated) -> Pairs:
    """Where the start is known, the denoiser gives it, and x_t is normal."""
    shrunk = "bar(α)" in stated.text
    factor, sd = (math.sqrt(kept(T)), math.sqrt(added(T))) if shrunk else (1.0, 0.8)
    own: dict[str, Any] = {} if shrunk else {"σ_{t}": sd}
    if "D" in stated.text:
        own = {"σ": sd, "D": lambda *_: X0, "x": XT}
    return [(slope(stats.norm(factor * X0, sd).logpdf, XT), stated.right({**DIFFUSION, **own}))]


def _rate(t: float) -> float:
    return 0.5 + t


MOMENT = 0.8
INTEGRAL = integrate.quad(_rate, 0, MOMENT)[0]


def _moment_of_process(start: float, noise: float, decay: float) -> float:
    """A moment at t = 0.8 of dx = −½ β x dt + √β dw: it falls by ``decay`` β, and ``noise`` β comes in."""
    found = integrate.solve_ivp(
        lambda t, m: _rate(t) * (noise - decay * m), (0, MOMENT), [start], rtol=1e-10, atol=1e-12
    )
    return float(found.y[0, -1])


def _factor(stated: Stated) -> Pairs:
    return [(_moment_of_process(1.0, 0.0, 0.5), _of_integral(stated))]


def _variance(stated: Stated) -> Pairs:
    return [(_moment_of_process(0.0, 1.0, 1.0), _of_integral(stated))]


def _of_integral(stated: Stated) -> Any:
    nodes, weights = np.polynomial.legendre.leggauss(6)
    places = [float(MOMENT * (n + 1) / 2) for n in nodes]
    steps = [float(MOMENT * w / 2) for w in weights]
    return stated.right({"β": _rate, "t": MOMENT}, {"s": places, "ds": steps})


def _conditional_velocity(stated: Stated) -> Pairs:
    """The slope in t of the straight path from 0.4 to −1.1, at a point of it."""
    start, end, t = 0.4, -1.1, 0.3

    def place(t: float) -> float:
        return start + t * (end - start)

    values: dict[str, Any] = {"t": t, "x_{1}": end, "x_{t}": place(t), "x": place(t)}
    if "x_{t}" not in stated.text:
        values["x"] = lambda *i: end if i else place(t)
    return [(slope(place, t), stated.right(values))]


def _logistic(x: float) -> float:
    return math.exp(x) / (1 + math.exp(x))


def _hidden(stated: Stated) -> Pairs:
    """Of a machine with three visible and two hidden units, whose states are counted."""
    a, b = [0.2, -0.4, 0.7], [0.3, -0.6]
    w, seen = [[0.5, -1.1], [0.8, 0.4], [-0.3, 0.9]], [1, 0, 1]
    mass = {
        h: math.exp(
            sum(x * y for x, y in zip(a, seen, strict=True))
            + sum(x * y for x, y in zip(b, h, strict=True))
            + sum(seen[i] * w[i][j] * h[j] for i in range(3) for j in range(2))
        )
        for h in itertools.product((0, 1), repeat=2)
    }
    truth = sum(m for h, m in mass.items() if h[1]) / sum(mass.values())
    values = {
        "σ": _logistic, "b": lambda j: b[int(j) - 1], "W": lambda i, j: w[int(i) - 1][int(j) - 1],
        "v": lambda i: seen[int(i) - 1], "j": 2, "d": 3,
    }  # fmt: skip
    return [(truth, stated.right(values, {"i": [1, 2, 3]}))]


def _ising(stated: Stated) -> Pairs:
    """Of three spins whose states are counted, the last two being known."""
    j, beta, others = [[0.0, 0.6, -1.3], [0.6, 0.0, 0.2], [-1.3, 0.2, 0.0]], 0.7, (1, -1)
    mass = {
        s: math.exp(beta * sum(j[a][b] * x[a] * x[b] for a in range(3) for b in range(a)))
        for s in (1, -1)
        for x in [(s, *others)]
    }
    spins = (0, *others)
    values = {
        "σ": _logistic, "β": beta, "J": lambda a, b: j[int(a) - 1][int(b) - 1],
        "s": lambda b: spins[int(b) - 1], "i": 1,
    }  # fmt: skip
    return [(mass[1] / sum(mass.values()), stated.right(values, {"j": [1, 2, 3]}))]


CHECKS: Mapping[str, Check] = {
    "ddpm_posterior_variance": lambda s: [(_step_back()[1], s.right(DIFFUSION))],
    "ddpm_posterior_mean": lambda s: [(_step_back()[0], s.right(DIFFUSION))],
    "ddpm_reverse_mean": lambda s: [(_step_back()[0], s.right(DIFFUSION))],
    "start_from_velocity": lambda s: [(X0, s.right(ROTATED))],
    "noise_from_velocity": lambda s: [(EPS, s.right(ROTATED))],
    "noise_from_start": _noise_from_start,
    "score_from_denoiser": _score_from_denoiser,
    "variance_preserving_factor": _factor,
    "variance_preserving_variance": _variance,
    "conditional_velocity": _conditional_velocity,
    "boltzmann_machine_hidden": _hidden,
    "ising_conditional": _ising,
}
OTHERS: Mapping[str, Mapping[int, Check | str]] = {}

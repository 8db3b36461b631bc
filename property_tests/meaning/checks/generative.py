"""Diffusion by its steps and by densities on a grid; flows by Jacobians; games and policies by maximising."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
from scipy import integrate, linalg, optimize, stats

from errata.worlds.operations import Array
from property_tests.meaning.checks.estimators import root_of_slope, stationary
from property_tests.meaning.checks.information import information, kl
from property_tests.meaning.checks.probability import TABLE, holds
from property_tests.meaning.checks.stated import (
    Check,
    Pairs,
    Stated,
    column,
    gradient,
    jacobian,
    positive_definite,
    random,
    slope,
)

BETAS = [0.1, 0.25, 0.3, 0.2]
"""The variances of the noise that each step adds, from t = 1."""
T = 3


def kept(t: int) -> float:
    """What is left of the squared signal after t steps, one step after the other."""
    signal = 1.0
    for beta in BETAS[:t]:
        signal *= math.sqrt(1 - beta)
    return signal**2


def added(t: int) -> float:
    """The variance of the noise after t steps, one step after the other."""
    variance = 0.0
    for beta in BETAS[:t]:
        variance = (1 - beta) * variance + beta
    return variance


X0, XT = 0.7, -0.4
EPS = (XT - math.sqrt(kept(T)) * X0) / math.sqrt(added(T))
"""The noise that leads from x_0 to x_t."""
DIFFUSION: dict[str, Any] = {
    "t": T, "bar(α)": lambda t: kept(int(t)), "α": lambda t: 1 - BETAS[int(t) - 1], "β": lambda t: BETAS[int(t) - 1],
    "x": lambda t: {0: X0, T: XT}[int(t)], "ϵ": lambda *_: EPS, "ϵ_{θ}": lambda *_: EPS, "hat(x)": lambda _: X0,
    "z": lambda *_: 0.0, "σ_{t}": 0.0,
}  # fmt: skip


def _jump(stated: Stated) -> Pairs:
    """Without noise the signal is left, without a signal the noise."""
    quiet = stated.right({**DIFFUSION, "ϵ": 0.0})
    loud = stated.right({**DIFFUSION, "ϵ": 1.0, "x": lambda _: 0.0})
    return [(math.sqrt(kept(T)) * X0, quiet), (math.sqrt(added(T)), loud)]


def _own_schedule(stated: Stated) -> Pairs:
    """A jump whose α_t and σ_t are the signal and the noise left."""
    values = {
        **DIFFUSION,
        "α": lambda _: math.sqrt(kept(T)),
        "σ": lambda _: math.sqrt(added(T)),
        "σ_{t}": math.sqrt(added(T)),
    }
    quiet = stated.right({**values, "ϵ": 0.0})
    loud = stated.right({**values, "ϵ": 1.0, "x": lambda _: 0.0})
    return [(math.sqrt(kept(T)) * X0, quiet), (math.sqrt(added(T)), loud)]


def _marginal(stated: Stated) -> Pairs:
    def density(*parts: Any) -> float:
        mean, spread = parts[-2:]
        return float(stats.norm(mean, math.sqrt(spread.factor)).pdf(XT))

    truth = stats.norm(math.sqrt(kept(T)) * X0, math.sqrt(added(T))).pdf(XT)
    own = {"α_{t}": math.sqrt(kept(T)), "σ_{t}": math.sqrt(added(T))} if "σ_{t}" in stated.text else {}
    return [(truth, stated.right({**DIFFUSION, "cal:N": density, **own}))]


def _denoised(stated: Stated) -> Pairs:
    return [(X0, stated.right(DIFFUSION))]


def _ddim_step(stated: Stated) -> Pairs:
    """With the noise that is in x_t as it is drawn, x_{t−1} has the mean and the spread of the forward process."""
    found = [stated.right({**DIFFUSION, "ϵ_{θ}": lambda *_, e=e: e, "ϵ": lambda *_, e=e: e}) for e in (1.0, -1.0)]
    return [(math.sqrt(kept(T - 1)) * X0, np.mean(found)), (math.sqrt(added(T - 1)), np.std(found))]


def _score_from_noise(stated: Stated) -> Pairs:
    law = stats.norm(math.sqrt(kept(T)) * X0, math.sqrt(added(T)))
    values = {**DIFFUSION, "σ_{t}": math.sqrt(added(T))}
    return [(slope(law.logpdf, XT), stated.right(values))]


def _joint(x: float, y: float) -> float:
    return math.exp(-(x**2) / 2 - (y - math.sin(x)) ** 2)


def _classifier_guidance(stated: Stated) -> Pairs:
    """Of a joint density in closed form; y is one of a grid of values."""
    ys = np.linspace(-8, 8, 2001)
    step = ys[1] - ys[0]

    def of_x(x: float) -> float:
        return float(sum(_joint(x, float(y)) for y in ys) * step)

    values: dict[str, Any] = {"y": 0.4}
    for x in ("x", "x_{t}"):
        values |= {x: 0.3, f"p({x})": of_x, f"p(y|{x})": lambda y, x: _joint(x, y) / of_x(x)}
    return [(slope(lambda x: math.log(_joint(x, 0.4)), 0.3), stated.right(values))]


def _tweedie(stated: Stated) -> Pairs:
    """Of a start with three values; y is the start, shrunk where it is, with noise."""
    starts, masses = [-1.0, 0.4, 2.0], [0.2, 0.5, 0.3]
    shrunk = "bar(α)" in stated.text
    factor, sd = (math.sqrt(kept(T)), math.sqrt(added(T))) if shrunk else (1.0, 0.8)
    at = 0.3

    def density(y: float) -> float:
        return float(sum(m * stats.norm(factor * x, sd).pdf(y) for m, x in zip(masses, starts, strict=True)))

    truth = sum(m * x * stats.norm(factor * x, sd).pdf(at) for m, x in zip(masses, starts, strict=True)) / density(at)
    values = {**DIFFUSION, "y": at, "x_{t}": at, "σ": lambda *_: sd, "σ_{t}": sd, "p": density}
    return [(truth, stated.right({**values, "x": lambda _: at}))]


MEAN, COVARIANCE, POINT = random(2, 1), positive_definite(2), random(2, 1, seed=3)


def _gaussian_score(stated: Stated) -> Pairs:
    spread = COVARIANCE if "Σ" in stated.text else 0.49 * np.eye(2)
    law = stats.multivariate_normal(MEAN[:, 0], spread)
    moved = "tilde(x)" in stated.text
    values = {"x": MEAN if moved else POINT, "tilde(x)": POINT, "μ": MEAN, "Σ": COVARIANCE, "σ": 0.7}
    return [(gradient(lambda x: float(law.logpdf(x[:, 0])), POINT), stated.right(values))]


def _energy_score(stated: Stated) -> Pairs:
    def energy(x: float) -> float:
        return x**4 / 4 - math.sin(x)

    xs = np.linspace(-6, 6, 4001)
    whole = float(sum(math.exp(-energy(float(x))) for x in xs) * (xs[1] - xs[0]))
    values = {"x": 0.7, "E<:law:θ>[x]": lambda env: energy(env.get("x", 0.7))}
    return [(slope(lambda x: math.log(math.exp(-energy(x)) / whole), 0.7), stated.right(values))]


@cache
def _spread_at(t: float) -> float:
    """The variance of dx = −0.4 x dt + (1 + t/2) dw from variance 0.3, by integrating what each moment adds."""
    grid = np.linspace(0, t, 2001)
    drift = np.exp(-0.8 * (t - grid)) * (1 + grid / 2) ** 2
    return float(0.3 * math.exp(-0.8 * t) + integrate.simpson(drift, x=grid))


def _flow_values(t: float, x: float) -> dict[str, Any]:
    return {
        "x": x, "t": t, "d": 1.0, "bar(w)": 0.0, "w": 0.0, "f": lambda x, _t: -0.4 * x, "g": lambda t: 1 + t / 2,
        "p": lambda t, x: stats.norm(0, math.sqrt(_spread_at(t))).pdf(x),
    }  # fmt: skip


def _probability_flow(stated: Stated) -> Pairs:
    """Carried along it, the densities change as the process changes them: ∂p/∂t = −∂(p · velocity)/∂x."""
    t, x = 1.0, 0.6

    def density(t: float, x: float) -> float:
        return float(stats.norm(0, math.sqrt(_spread_at(t))).pdf(x))

    def flux(x: float) -> float:
        return density(t, x) * float(stated.right(_flow_values(t, x)))

    return [(slope(lambda s: density(s, x), t), -slope(flux, x, 1e-2))]


def _reverse_sde(stated: Stated) -> Pairs:
    """Run backwards it undoes the process: ∂p/∂t = −∂(p · drift)/∂x − ½ g² ∂²p/∂x², at t = 1 with dt = 1."""
    t, x, g = 1.0, 0.6, 1.5

    def density(t: float, x: float) -> float:
        return float(stats.norm(0, math.sqrt(_spread_at(t))).pdf(x))

    def flux(x: float) -> float:
        return density(t, x) * float(stated.right(_flow_values(t, x)))

    bend = slope(lambda v: slope(lambda u: density(t, u), v, 1e-2), x, 1e-2)
    noise = stated.right({**_flow_values(t, x), "bar(w)": 1.0, "w": 1.0}) - stated.right(_flow_values(t, x))
    return [(slope(lambda s: density(s, x), t), -slope(flux, x, 1e-2) - g**2 / 2 * bend), (g, noise)]


def _flow_change(stated: Stated) -> Pairs:
    """x = sinh z of a normal z, whose distribution function is known."""
    at = 0.7
    law = stats.norm(0.2, 1.3)
    truth = slope(lambda v: law.cdf(math.asinh(v)), at)
    inward, outward = 1 / math.sqrt(1 + at**2), math.sqrt(1 + at**2)
    z = math.asinh(at)
    values = {
        "x": at, "z": z, "p_{Z}": law.pdf, "f": math.asinh, "derivative[f,x]": inward, "derivative[z,x]": inward,
        "derivative[x,z]": outward, "derivative[f,z]": outward, "J_{f}(x)": inward, "J_{f}(z)": outward,
    }  # fmt: skip
    logged = "log" in stated.text
    return [(math.log(truth) if logged else truth, stated.right(values))]


def _coupling_inverse(stated: Stated) -> Pairs:
    x1, x2 = 0.3, 1.1
    y2 = x2 * math.exp(math.sin(x1)) + math.cos(x1)
    return [(x2, stated.right({"y": lambda k: [x1, y2][int(k) - 1], "s": math.sin, "t": math.cos}))]


def _coupling_log_det(stated: Stated) -> Pairs:
    """Of a map that keeps the first entry and scales and shifts the others by what it is."""

    def scales(x: Array) -> list[float]:
        return [math.sin(x[0, 0]), math.cos(2 * x[0, 0])]

    def image(x: Array) -> Array:
        s = scales(x)
        return column(x[0, 0], x[1, 0] * math.exp(s[0]) + x[0, 0], x[2, 0] * math.exp(s[1]) - 1)

    at = column(0.3, 1.1, -0.4)
    truth = math.log(abs(np.linalg.det(jacobian(image, at))))
    values = {"s": lambda j, _x: scales(at)[int(j) - 1], "x": lambda *_: at, "d": 2}
    return [(truth, stated.right(values, {"j": [1, 2]}))]


def _planar(stated: Stated) -> Pairs:
    w, u, z, b = random(2, 1, seed=5), random(2, 1, seed=6), random(2, 1, seed=7), 0.3
    truth = np.linalg.det(jacobian(lambda v: v + u * math.tanh((w.T @ v).item() + b), z))
    values = {"h′": lambda s: 1 / math.cosh(s) ** 2, "w": w, "u": u, "z": z, "b": b}
    return [(abs(truth) if stated.text.startswith("abs") else truth, stated.right(values))]


def _continuous_flow(stated: Stated) -> Pairs:
    """Of dx/dt = A x, along a path, from a normal start."""
    a, start = random(2, 2, seed=8), random(2, 1, seed=9)

    def log_density(t: float) -> float:
        move = linalg.expm(a * t)
        return float(stats.multivariate_normal([0, 0], move @ COVARIANCE @ move.T).logpdf((move @ start)[:, 0]))

    return [(slope(log_density, 0.3), stated.right({"derivative[f,x]": a}))]


DATA, MODEL = 0.7, 0.4


@cache
def _best_discriminator() -> float:
    return root_of_slope(lambda d: DATA * math.log(d) + MODEL * math.log(1 - d), 0.05, 0.95)


def _optimal_discriminator(stated: Stated) -> Pairs:
    values = {"p_data": lambda _: DATA, "p_{g}": lambda _: MODEL, "p": lambda *_: DATA, "q": lambda _: MODEL}
    return [(_best_discriminator(), stated.right(values))]


def _density_ratio(stated: Stated) -> Pairs:
    truth = math.log(DATA / MODEL) if "log" in stated.text else DATA / MODEL
    return [(truth, stated.right({"D": lambda _: _best_discriminator()}))]


P, Q = [0.2, 0.5, 0.3], [0.6, 0.1, 0.3]


def _gan_global_optimum(stated: Stated) -> Pairs:
    """What the best discriminator gets of two tables."""
    best = [
        root_of_slope(lambda d, a=a, b=b: a * math.log(d) + b * math.log(1 - d), 0.02, 0.98)
        for a, b in zip(P, Q, strict=True)
    ]
    truth = sum(a * math.log(d) + b * math.log(1 - d) for a, b, d in zip(P, Q, best, strict=True))
    middle = [(a + b) / 2 for a, b in zip(P, Q, strict=True)]
    return [(truth, stated.right({"JS[p,q]": kl(P, middle) / 2 + kl(Q, middle) / 2}))]


REWARDS, BETA = [0.3, -0.8, 1.1], 0.7


@cache
def _best_policy() -> tuple[list[float], float]:
    """The policy of the greatest E r − β KL(policy ‖ reference), and that greatest value."""

    def worth(logits: Array) -> float:
        policy = np.exp([*logits, 0.0])
        policy = policy / policy.sum()
        return float(np.dot(policy, REWARDS)) - BETA * kl([float(x) for x in policy], Q)

    near = optimize.minimize(lambda x: -worth(x), [0.0, 0.0], method="Nelder-Mead").x
    logits = stationary(worth, [float(x) for x in near])
    policy = np.exp([*logits, 0.0])
    return [float(x) for x in policy / policy.sum()], worth(logits)


def _policy_values(y: int) -> dict[str, Any]:
    policy, worth = _best_policy()
    return {
        "y": float(y), "x": 0.0, "π_ref": lambda y, _x: Q[int(y)], "π": lambda y, _x: policy[int(y)], "β": BETA,
        "r": lambda _x, y: REWARDS[int(y)], "Z": lambda _: math.exp(worth / BETA),
    }  # fmt: skip


def _kl_regularised_policy(stated: Stated) -> Pairs:
    policy, _ = _best_policy()
    found = [stated.right(_policy_values(y)) for y in range(3)]
    if "Z" not in stated.text:
        return [(policy[0] / policy[1], found[0] / found[1]), (policy[2] / policy[1], found[2] / found[1])]
    return [(policy[y], found[y]) for y in range(3)]


def _infonce_bound(stated: Stated) -> Pairs:
    """Of pairs from a table, one wrong candidate, the best critic; attained where the pair is independent."""

    def loss(joint: Array) -> float:
        rows, columns = joint.sum(axis=1), joint.sum(axis=0)
        ratio = joint / np.outer(rows, columns)
        return -float(
            sum(
                joint[i, j] * columns[k] * math.log(ratio[i, j] / (ratio[i, j] + ratio[i, k]))
                for i in range(2)
                for j in range(3)
                for k in range(3)
            )
        )

    alone = np.outer(TABLE.sum(axis=1), TABLE.sum(axis=0))
    bound = stated.right({"L": lambda *_: loss(TABLE), "L_NCE": loss(TABLE), "cal:L_NCE": loss(TABLE), "N": 2})
    tight = stated.right({"L": lambda *_: loss(alone), "L_NCE": loss(alone), "cal:L_NCE": loss(alone), "N": 2})
    return [(1.0 + information(alone), 1.0 + tight), (True, holds(stated, information(TABLE), bound))]


CHECKS: Mapping[str, Check] = {
    "infonce_bound": _infonce_bound,
    "ddpm_jump": _jump,
    "ddpm_denoised": _denoised,
    "ddim_step": _ddim_step,
    "score_from_noise": _score_from_noise,
    "classifier_guidance": _classifier_guidance,
    "tweedie": _tweedie,
    "gaussian_score": _gaussian_score,
    "energy_score": _energy_score,
    "probability_flow_ode": _probability_flow,
    "reverse_sde": _reverse_sde,
    "flow_change_of_variables": _flow_change,
    "affine_coupling_inverse": _coupling_inverse,
    "coupling_log_det": _coupling_log_det,
    "planar_flow_determinant": _planar,
    "continuous_flow": _continuous_flow,
    "optimal_discriminator": _optimal_discriminator,
    "density_ratio": _density_ratio,
    "gan_global_optimum": _gan_global_optimum,
    "kl_regularised_policy": _kl_regularised_policy,
    "implicit_reward": lambda s: [(REWARDS[y], s.right(_policy_values(y))) for y in range(3)],
}

_INDEXED = "the slope is taken in x_t, which a world does not vary"

OTHERS: Mapping[str, Mapping[int, Check | str]] = {
    "ddpm_jump": {
        1: _own_schedule, 2: "α_t is what ᾱ_t is elsewhere", 3: "without shrinking: σ_t is the noise added so far",
    },
    "classifier_guidance": {1: _INDEXED},
    "tweedie": dict.fromkeys((1, 2), _INDEXED),
    "ddim_step": {2: "with new noise: see ddim_eta_zero_eq for the share of it"},
    "flow_change_of_variables": {8: "of maps one after the other"},
}  # fmt: skip
"""Other forms with a check of their own, by their number among the variants; or why there is none."""

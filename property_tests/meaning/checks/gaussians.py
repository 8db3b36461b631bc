"""Normal laws: conditioned through the precision of the whole, by quadrature, by outcomes that have the moments."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
from scipy import integrate, optimize, stats

from errata.worlds.operations import Array
from property_tests.meaning.checks.stated import Check, Pairs, Stated, column, positive_definite, random, slope

JOINT, MEAN = positive_definite(4, seed=3), random(4, 1, seed=4)
NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(20)
WEIGHTS = WEIGHTS / WEIGHTS.sum()


def normal_mean(f: Any, mean: Array, covariance: Array) -> float:
    """E f(x) under a normal law of two dimensions, by Gauss-Hermite quadrature."""
    root = np.linalg.cholesky(covariance)
    pairs = itertools.product(zip(NODES, WEIGHTS, strict=True), repeat=2)
    return float(sum(w * v * f(mean + root @ column(z, y)) for (z, w), (y, v) in pairs))


def blocks(joint: Array, letter: str) -> dict[str, Any]:
    """The blocks of a matrix of four rows, under their names."""
    cut = {"a": slice(0, 2), "b": slice(2, 4), "1": slice(0, 2), "2": slice(2, 4)}
    pairs = [("a", "a"), ("a", "b"), ("b", "a"), ("b", "b"), ("1", "1"), ("1", "2"), ("2", "1"), ("2", "2")]
    named = {f"{letter}_{{{i},{j}}}": joint[cut[i], cut[j]] for i, j in pairs}
    return {**named, **{name.replace(",", ""): block for name, block in named.items() if "1" in name or "2" in name}}


def _conditional_mean(stated: Stated) -> Pairs:
    """The mode of the joint density along the first block, from the precision of the whole."""
    x = column(0.3, -0.9)
    precision = np.linalg.inv(JOINT)
    truth = MEAN[:2] - np.linalg.solve(precision[:2, :2], precision[:2, 2:] @ (x - MEAN[2:]))
    values = {**blocks(JOINT, "Σ"), **blocks(precision, "Λ"), "x_{b}": x, "x_{2}": x}
    return [
        (truth, stated.right({**values, "μ_{a}": MEAN[:2], "μ_{b}": MEAN[2:], "μ_{1}": MEAN[:2], "μ_{2}": MEAN[2:]}))
    ]


def _conditional_covariance(stated: Stated) -> Pairs:
    return [(np.linalg.inv(np.linalg.inv(JOINT)[:2, :2]), stated.right(blocks(JOINT, "Σ")))]


def _bivariate(order: int) -> Check:
    """Moments of the joint density along y at one x, by summing over a fine grid."""
    sx, sy, rho, mx, my, x = 1.3, 0.8, 0.6, 0.4, -0.2, 1.1
    joint = stats.multivariate_normal([mx, my], [[sx**2, rho * sx * sy], [rho * sx * sy, sy**2]])
    ys = np.linspace(-9, 9, 4001)
    density = joint.pdf(np.column_stack([np.full_like(ys, x), ys]))
    mean = float((ys * density).sum() / density.sum())
    truth = mean if order == 1 else float(((ys - mean) ** 2 * density).sum() / density.sum())
    values = {"σ_{X}": sx, "σ_{Y}": sy, "ρ": rho, "μ_{X}": mx, "μ_{Y}": my, "x": x}
    return lambda stated: [(truth, stated.right(values))]


A, MU, B = random(2, 2), column(0.3, -0.2), column(0.1, 0.5)
R, PRIOR, AT = positive_definite(2), positive_definite(2, 7), column(0.8, 0.4)


def _density(at: Array, mean: Array, covariance: Array) -> float:
    return float(stats.multivariate_normal(mean[:, 0], covariance).pdf(at[:, 0]))


@cache
def _marginal_density() -> float:
    return normal_mean(lambda x: _density(AT, A @ x + B, R), MU, PRIOR)


def _linear_gaussian_marginal(stated: Stated) -> Pairs:
    values = {"A": A, "μ": MU, "b": B, "L": np.linalg.inv(R), "Λ": np.linalg.inv(PRIOR), "R": R, "Σ": PRIOR, "y": AT}
    law = {"cal:N": lambda *parts: _density(*parts) if len(parts) == 3 else _density(AT, *parts)}
    return [(_marginal_density(), stated.right({**values, **law}))]


def kl(p: Any, q: Any) -> float:
    """KL of two laws of one dimension by quadrature."""
    xs = np.linspace(p.mean() - 12 * p.std(), p.mean() + 12 * p.std(), 8001)
    return float(np.trapezoid(p.pdf(xs) * (p.logpdf(xs) - q.logpdf(xs)), xs))


def _kl_normals(stated: Stated) -> Pairs:
    truth = kl(stats.norm(0.4, 1.3), stats.norm(-0.2, 0.8))
    return [(truth, stated.right({"σ_{1}": 1.3, "σ_{2}": 0.8, "μ_{1}": 0.4, "μ_{2}": -0.2}))]


def _kl_standard_normal(stated: Stated) -> Pairs:
    """Of one dimension; for a sum over dimensions, of one dimension too, and of two."""
    means, sds = [0.4, -0.9], [1.3, 0.6]
    each = [kl(stats.norm(m, s), stats.norm(0, 1)) for m, s in zip(means, sds, strict=True)]

    def values(d: int) -> dict[str, Any]:
        return {"μ": lambda *j: means[j[0] - 1 if j else 0], "σ": lambda *j: sds[j[0] - 1 if j else 0], "d": d}

    is_sum = "sum" in stated.text
    return [(each[0], stated.right(values(1))), (sum(each) if is_sum else each[0], stated.right(values(2)))]


@cache
def _kl_of_two(is_standard: bool) -> float:
    first, second, m1, m2 = PRIOR, np.eye(2) if is_standard else R, MU, 0 * B if is_standard else B
    p, q = stats.multivariate_normal(m1[:, 0], first), stats.multivariate_normal(m2[:, 0], second)
    return normal_mean(lambda x: p.logpdf(x[:, 0]) - q.logpdf(x[:, 0]), m1, first)


def _kl_multivariate(stated: Stated) -> Pairs:
    names = ("0", "1") if "Σ_{0}" in stated.text else ("1", "2")
    values = dict(zip((f"{x}_{{{n}}}" for n in names for x in ("Σ", "μ")), (PRIOR, MU, R, B), strict=True))
    return [(_kl_of_two("Σ_" not in stated.text), stated.right({**values, "Σ": PRIOR, "μ": MU, "d": 2}))]


def best_coupling(first: Array, second: Array) -> float:
    """The least E‖x − y‖² over joint normal laws with two covariance matrices and equal means, by all rotations."""
    one, two = np.linalg.cholesky(first), np.linalg.cholesky(second)

    def cost(angle: float, turn: float) -> float:
        c, s = math.cos(angle), math.sin(angle)
        rotation = np.asarray([[c, -s * turn], [s, c * turn]])
        return float(np.trace(first + second) - 2 * np.trace(one @ rotation @ two.T))

    grid = np.linspace(0, 2 * math.pi, 721)
    found = [
        optimize.minimize_scalar(lambda a, t=t: cost(a, t), bracket=(best - 0.01, best, best + 0.01), tol=1e-12).fun
        for t in (1.0, -1.0)
        for best in [min(grid, key=lambda a, t=t: cost(a, t))]
    ]
    return float(min(found))


def _wasserstein(stated: Stated) -> Pairs:
    """The coupling of equal ranks, in one dimension; the best linear one, in two."""
    if "tr" in stated.text:
        first, second, m1, m2 = positive_definite(2), positive_definite(2, 7), column(0.3, -0.2), column(0.1, 0.5)
        truth = float(((m1 - m2) ** 2).sum()) + best_coupling(first, second)
        return [(truth, stated.right({"Σ_{1}": first, "Σ_{2}": second, "μ_{1}": m1, "μ_{2}": m2}))]
    p, q = stats.norm(0.4, 1.3), stats.norm(-0.2, 0.8)
    zs = np.linspace(-9, 9, 4001)
    ranks = stats.norm.cdf(zs[np.abs(zs) < 7])
    gaps = (p.ppf(ranks) - q.ppf(ranks)) ** 2 * stats.norm.pdf(zs[np.abs(zs) < 7])
    truth = float(gaps.sum() * (zs[1] - zs[0]))
    return [(truth, stated.right({"σ_{1}": 1.3, "σ_{2}": 0.8, "μ_{1}": 0.4, "μ_{2}": -0.2}))]


def _bhattacharyya(stated: Stated) -> Pairs:
    p, q = stats.norm(0.4, 1.3), stats.norm(-0.2, 0.8)
    overlap = integrate.quad(lambda x: math.sqrt(p.pdf(x) * q.pdf(x)), -12, 12, epsabs=1e-13)[0]
    return [(-math.log(overlap), stated.right({"σ_{1}": 1.3, "σ_{2}": 0.8, "μ_{1}": 0.4, "μ_{2}": -0.2}))]


def _product(order: int) -> Check:
    xs = np.linspace(-12, 12, 8001)
    density = stats.norm(0.4, 1.3).pdf(xs) * stats.norm(-0.2, 0.8).pdf(xs)
    mean = float((xs * density).sum() / density.sum())
    variance = float(((xs - mean) ** 2 * density).sum() / density.sum())
    values = {"σ_{1}": 1.3, "σ_{2}": 0.8, "μ_{1}": 0.4, "μ_{2}": -0.2}
    if order == 1:
        return lambda stated: [(mean, stated.right(values))]
    return lambda stated: [(stated.left({"σ": math.sqrt(variance)}), stated.right(values))]


def signs(d: int) -> list[Array]:
    """Equally likely vectors of mean 0 and covariance I."""
    return [s * math.sqrt(d) * np.eye(d)[:, [k]] for k in range(d) for s in (1, -1)]


def _affine_sample(stated: Stated) -> Pairs:
    covariance, mean = positive_definite(2), column(0.3, -0.2)
    found = [stated.right({"μ": mean, "L": np.linalg.cholesky(covariance), "z": z}) for z in signs(2)]
    return [(mean, np.mean(found, axis=0)), (covariance, np.mean([(x - mean) @ (x - mean).T for x in found], axis=0))]


def _reparameterisation(stated: Stated) -> Pairs:
    mean, sd = 0.3, 1.7
    values = {"μ": lambda *_: mean, "σ": lambda *_: sd, "s": 2 * math.log(sd)}
    found = [stated.right({**values, "ϵ": e}) for e in (1.0, -1.0)]
    return [(mean, np.mean(found)), (sd, np.std(found))]


KERNEL, CROSS, SELF, TARGETS, NOISE = positive_definite(3), column(0.3, 0.2, -0.4), 2.1, column(0.5, -1.0, 0.7), 0.6


def _gp(noise: float) -> tuple[float, float]:
    """Mean and variance at a new point given the targets, from the precision of all of them."""
    joint = np.block([[KERNEL + noise**2 * np.eye(3), CROSS], [CROSS.T, np.asarray([[SELF]])]])
    precision = np.linalg.inv(joint)
    return float(-(precision[3:, :3] @ TARGETS).item() / precision[3, 3]), float(1 / precision[3, 3])


GP: dict[str, Any] = {
    "k_*": CROSS, "K": KERNEL, "σ": NOISE, "y": TARGETS, "k": lambda *_: SELF, "k_**": SELF, "K_*": CROSS.T, "n": 3,
    "x_*": 0.0,
}  # fmt: skip


def _noise(stated: Stated) -> tuple[float, dict[str, Any]]:
    """The noise that a form has, and the values of its letters."""
    return (NOISE if "σ" in stated.text else 0.0), {**GP, "σ_{n}": NOISE}


def _gp_mean(stated: Stated) -> Pairs:
    noise, values = _noise(stated)
    return [(_gp(noise)[0], stated.right(values))]


def _gp_variance(stated: Stated) -> Pairs:
    noise, values = _noise(stated)
    return [(_gp(noise)[1], stated.right(values))]


def _gp_log_evidence(stated: Stated) -> Pairs:
    noise, values = _noise(stated)
    law = stats.multivariate_normal(np.zeros(3), KERNEL + noise**2 * np.eye(3))
    return [(law.logpdf(TARGETS[:, 0]), stated.right(values))]


def _gp_evidence_gradient(stated: Stated) -> Pairs:
    change = positive_definite(3, 5)

    def evidence(theta: float) -> float:
        return float(stats.multivariate_normal(np.zeros(3), KERNEL + theta * change).logpdf(TARGETS[:, 0]))

    values = {"α": np.linalg.solve(KERNEL, TARGETS), "K": KERNEL, "y": TARGETS, "derivative[K,θ_{j}]": change}
    return [(slope(evidence, 0.0), stated.right(values))]


def _kernel_ridge(stated: Stated) -> Pairs:
    """The least squares of the stacked problem ‖y − Kα‖² + λ αᵀKα."""
    weight = 0.7
    if "n" in stated.form.sorts and "mul[n,λ" in stated.text:
        stacked = np.vstack([KERNEL, math.sqrt(3 * weight) * np.linalg.cholesky(KERNEL).T])
    else:
        stacked = np.vstack([KERNEL, math.sqrt(weight) * np.linalg.cholesky(KERNEL).T])
    truth = np.linalg.lstsq(stacked, np.vstack([TARGETS, np.zeros((3, 1))]), rcond=None)[0]
    return [(truth, stated.right({"K": KERNEL, "λ": weight, "σ": math.sqrt(weight), "y": TARGETS, "n": 3}))]


def _mmd(stated: Stated) -> Pairs:
    """The distance of mean features, for a kernel that is a product of features."""
    features = [random(2, 1, seed=n) for n in range(3)]
    p, q = [0.2, 0.5, 0.3], [0.6, 0.1, 0.3]
    gap = sum((a - b) * f for a, b, f in zip(p, q, features, strict=True))

    def mean(one: list[float], two: list[float]) -> float:
        return sum(
            a * b * (f.T @ g).item()
            for a, f in zip(one, features, strict=True)
            for b, g in zip(two, features, strict=True)
        )

    x, y = ("X", "Y") if "X" in stated.form.sorts else ("x", "y")
    values = {
        f"E<:law:any>[k({x},{x}′)]": mean(p, p), f"E<:law:any>[k({x},{y})]": mean(p, q),
        f"E<:law:any>[k({y},{y}′)]": mean(q, q), "E<x,x′:law:P>[k(x,x′)]": mean(p, p),
        "E<x,y:law:P,Q>[k(x,y)]": mean(p, q), "E<y,y′:law:Q>[k(y,y′)]": mean(q, q),
    }  # fmt: skip
    return [(float((gap.T @ gap).item()), stated.right(values))]


def _gp_weight_space(stated: Stated) -> Pairs:
    """The covariance of two values of wᵀφ, by equally likely weights."""
    covariance, features = positive_definite(2), {0.3: column(0.3, 1.2), 0.9: column(-0.7, 0.4)}
    weights = [np.linalg.cholesky(covariance) @ z for z in signs(2)]
    truth = np.mean([(w.T @ features[0.3]).item() * (w.T @ features[0.9]).item() for w in weights])
    return [(truth, stated.right({"ϕ": lambda x: features[x], "Σ": covariance, "x": 0.3, "x′": 0.9}))]


CHECKS: Mapping[str, Check] = {
    "conditional_normal_mean": _conditional_mean,
    "conditional_normal_covariance": _conditional_covariance,
    "bivariate_conditional_variance": _bivariate(2),
    "bivariate_conditional_mean": _bivariate(1),
    "linear_gaussian_marginal": _linear_gaussian_marginal,
    "kl_normals": _kl_normals,
    "kl_standard_normal": _kl_standard_normal,
    "kl_multivariate_normals": _kl_multivariate,
    "wasserstein_normals": _wasserstein,
    "bhattacharyya_normals": _bhattacharyya,
    "product_of_normals_variance": _product(2),
    "product_of_normals_mean": _product(1),
    "affine_normal_sample": _affine_sample,
    "reparameterisation": _reparameterisation,
    "gp_mean": _gp_mean,
    "gp_variance": _gp_variance,
    "gp_log_evidence": _gp_log_evidence,
    "gp_evidence_gradient": _gp_evidence_gradient,
    "kernel_ridge": _kernel_ridge,
    "mmd_squared": _mmd,
    "gp_weight_space": _gp_weight_space,
}

OTHERS: Mapping[str, Mapping[int, Check | str]] = {
    "bivariate_conditional_variance": {1: _bivariate(2), 2: "both of variance 1"},
    "linear_gaussian_marginal": {3: "without an offset, with equal noise in each direction"},
}
"""Other forms with a check of their own, by their number among the variants; or why there is none."""

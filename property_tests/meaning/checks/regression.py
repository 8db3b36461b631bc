"""Least squares by another solver; losses, gradients and curvatures by differences; classifiers from densities."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
from scipy import optimize, special, stats

from errata.worlds.operations import Array
from property_tests.meaning.checks.stated import (
    Check,
    Pairs,
    Stated,
    gradient,
    jacobian,
    positive_definite,
    random,
    sequence,
    slope,
)

X, Y, WEIGHTS = random(6, 2), random(6, 1, seed=1), positive_definite(6, 2)
LAMBDA, SIGMA = 0.7, 1.3
DATA: dict[str, Any] = {"X": X, "y": Y, "λ": LAMBDA, "n": 6, "σ": SIGMA, "W": WEIGHTS}


def solved(x: Array, y: Array) -> Array:
    """The least squares solution by the singular values."""
    return np.asarray(np.linalg.lstsq(x, y, rcond=None)[0])


def shrunk(strength: float) -> Array:
    """The least squares solution with rows added that draw it to zero."""
    return solved(np.vstack([X, math.sqrt(strength) * np.eye(2)]), np.vstack([Y, np.zeros((2, 1))]))


def _ridge(strength: float = LAMBDA) -> Check:
    return lambda stated: [(shrunk(strength), stated.right({**DATA, "X": X}))]


def _weighted(weights: Array) -> Check:
    root = np.linalg.cholesky(weights).T
    return lambda stated: [(solved(root @ X, root @ Y), stated.right(DATA))]


def _normal_equations(stated: Stated) -> Pairs:
    found = stated.right(DATA)
    return [(stated.left({**DATA, "β": solved(X, Y)}), found)]


def projector() -> Array:
    """Onto the columns of X, by an orthonormal basis of them."""
    q = np.linalg.qr(X)[0]
    return np.asarray(q @ q.T)


def _least_squares_covariance(stated: Stated) -> Pairs:
    """Over equally likely errors of variance σ², each in one place."""
    errors = [s * SIGMA * math.sqrt(6) * np.eye(6)[:, [k]] for k in range(6) for s in (1, -1)]
    found = [solved(X, X @ np.asarray([[0.4], [-1.0]]) + e) for e in errors]
    centre = sum(found) / len(found)
    return [(sum((b - centre) @ (b - centre).T for b in found) / len(found), stated.right(DATA))]


POINTS, VALUES = [0.3, 1.2, 2.5, 3.1], [0.8, 0.1, 1.9, 2.2]


@cache
def _line() -> tuple[float, float]:
    slope_, intercept = np.polyfit(POINTS, VALUES, 1)
    return float(slope_), float(intercept)


def _simple_slope(stated: Stated) -> Pairs:
    values = {
        "n": 4, "x": sequence(POINTS), "y": sequence(VALUES), "bar(x)": np.mean(POINTS), "bar(y)": np.mean(VALUES),
        "Cov[x,y]": float(np.cov(POINTS, VALUES)[0, 1]), "Var<:law:any>[x]": float(np.var(POINTS, ddof=1)),
        "r": float(np.corrcoef(POINTS, VALUES)[0, 1]), "s_{y}": np.std(VALUES), "s_{x}": np.std(POINTS),
    }  # fmt: skip
    return [(_line()[0], stated.right(values))]


def _simple_intercept(stated: Stated) -> Pairs:
    return [(_line()[1], stated.right({"b": _line()[0], "bar(x)": np.mean(POINTS), "bar(y)": np.mean(VALUES)}))]


def _log_posterior(w: Array, prior: Array, centre: Array, precision: float) -> float:
    fit = Y - X @ w
    return float((-0.5 * precision * fit.T @ fit - 0.5 * (w - centre).T @ prior @ (w - centre)).item())


ALPHA, BETA, START, CENTRE = 0.7, 1.9, positive_definite(2, 5), random(2, 1, seed=6)


def _posterior(stated: Stated) -> tuple[Array, Array]:
    """Mean and covariance by the slopes of the log-posterior, under the prior that the form has."""
    own = "S_{0}" in stated.text
    prior = np.linalg.inv(START) if own else ALPHA * np.eye(2)
    centre = CENTRE if "m_{0}" in stated.text else np.zeros((2, 1))

    def grad(w: Array) -> Array:
        return gradient(lambda v: _log_posterior(v, prior, centre, BETA), w)

    curvature = jacobian(grad, np.zeros((2, 1)))
    mean = np.linalg.solve(-curvature, grad(np.zeros((2, 1))))
    return mean, np.linalg.inv(-curvature)


def _bayesian_values() -> dict[str, Any]:
    return {
        "X": X, "y": Y, "α": ALPHA, "β": BETA, "τ": ALPHA**-0.5, "σ": BETA**-0.5, "S_{0}": START, "m_{0}": CENTRE
    }  # fmt: skip


def _bayesian_covariance(stated: Stated) -> Pairs:
    _, covariance = _posterior(stated)
    return [(stated.left({"S_{N}": covariance}), stated.right(_bayesian_values()))]


def _bayesian_mean(stated: Stated) -> Pairs:
    mean, covariance = _posterior(stated)
    return [(mean, stated.right({**_bayesian_values(), "S_{N}": covariance}))]


def _residual_variance(stated: Stated) -> Pairs:
    """It is unbiased: over equally likely errors of variance σ² its mean is σ²."""
    errors = [s * SIGMA * math.sqrt(6) * np.eye(6)[:, [k]] for k in range(6) for s in (1, -1)]
    found = []
    for e in errors:
        fit = X @ solved(X, e)
        values = {
            "y": lambda *i, e=e: e[i[0] - 1, 0] if i else e,
            "hat(y)": lambda i, f=fit: f[i - 1, 0],
            "n": 6,
            "p": 2,
        }
        found.append(stated.right({**values, "X": X, "hat(β)": solved(X, e)}))
    return [(SIGMA**2, np.mean(found))]


W = random(2, 1, seed=4)


def _squares(factor: float) -> Check:
    truth = factor * gradient(lambda w: float(((X @ w - Y) ** 2).sum()), W)
    return lambda stated: [(truth, stated.right({**DATA, "w": W}))]


LABELS, CHANCES = [1.0, 0.0, 1.0], [0.7, 0.4, 0.2]


def _binary_cross_entropy(stated: Stated) -> Pairs:
    logs = [stats.bernoulli(q).logpmf(int(y)) for y, q in zip(LABELS, CHANCES, strict=True)]
    first = "sum" not in stated.text
    truth = -logs[0] if first else -sum(logs) / (3 if "pow[n,-1]" in stated.text else 1)
    values = {
        "n": 3, "y": lambda *i: LABELS[i[0] - 1 if i else 0], "hat(y)": lambda *i: CHANCES[i[0] - 1 if i else 0]
    }  # fmt: skip
    return [(truth, stated.right(values))]


def _bernoulli_log_likelihood(stated: Stated) -> Pairs:
    truth = sum(stats.bernoulli(q).logpmf(int(y)) for y, q in zip(LABELS, CHANCES, strict=True))
    return [(truth, stated.right({"n": 3, "y": sequence(LABELS), "p": sequence(CHANCES)}))]


LOGITS = random(3, 1, seed=3)


def _softmax_jacobian(stated: Stated) -> Pairs:
    truth = jacobian(lambda z: np.asarray(special.softmax(z, axis=0)), LOGITS)
    s = special.softmax(LOGITS, axis=0)
    if "diag" in stated.text:
        return [(truth, stated.right({"s": s}))]
    return [
        (truth[i, j], stated.right({"s": lambda k: s[k, 0], "δ": lambda a, b: float(a == b), "i": i, "j": j}))
        for i, j in itertools.product(range(2), repeat=2)
    ]


def _softmax_cross_entropy_gradient(stated: Stated) -> Pairs:
    y = np.asarray([[0.0], [1.0], [0.0]])
    truth = gradient(lambda z: -float((y * np.log(special.softmax(z, axis=0))).sum()), LOGITS)
    s = special.softmax(LOGITS, axis=0)
    whole = "_{j}" not in stated.text
    values = {"hat(y)": s, "y": y} if whole else {"hat(y)": lambda j: s[j, 0], "y": lambda j: y[j, 0], "j": 1}
    return [(truth if whole else truth[1, 0], stated.right(values))]


BITS = np.asarray([[1.0], [0.0], [0.0], [1.0], [1.0], [0.0]])


def _negative_log_likelihood(w: Array) -> float:
    p = special.expit(X @ w)
    return -float((BITS * np.log(p) + (1 - BITS) * np.log(1 - p)).sum())


def _logistic_gradient(stated: Stated) -> Pairs:
    truth = gradient(_negative_log_likelihood, W) / (6 if "pow[n,-1]" in stated.text else 1)
    fit = special.expit(X @ W)
    single = "_{i}" in stated.text
    values = {
        "n": 6, "w": W, "x": lambda i: X[[i - 1]].T, "σ": lambda z: float(special.expit(z)), "X": X,
        "y": (lambda i: BITS[i - 1, 0]) if single else BITS, "hat(y)": (lambda i: fit[i - 1, 0]) if single else fit,
    }  # fmt: skip
    return [(truth, stated.right(values))]


def _logistic_hessian(stated: Stated) -> Pairs:
    truth = jacobian(lambda w: gradient(_negative_log_likelihood, w), W)
    fit = special.expit(X @ W)
    values = {
        "X": X, "S": np.diag((fit * (1 - fit))[:, 0]), "x": lambda i: X[[i - 1]].T, "μ": lambda i: fit[i - 1, 0], "n": 6
    }  # fmt: skip
    return [(truth, stated.right(values, {"i": [1, 2, 3, 4, 5, 6]}))]


def _margin(stated: Stated) -> Pairs:
    """How far apart wᵀx = 1 and wᵀx = −1 are: the least step from a point of one to the other."""
    foot = 1 / float((W.T @ W).item()) * W
    step = optimize.minimize_scalar(
        lambda t: float(np.linalg.norm(2 * foot + t * np.asarray([[-W[1, 0]], [W[0, 0]]]))), tol=1e-12
    )
    return [(float(step.fun), stated.right({"w": W}))]


def _lda_direction(stated: Stated) -> Pairs:
    """The slope of the log-ratio of two normal densities with one covariance matrix."""
    covariance, one, two = positive_definite(2, 3), random(2, 1, seed=1), random(2, 1, seed=2)

    def ratio(x: Array) -> float:
        laws = (stats.multivariate_normal(m[:, 0], covariance).logpdf(x[:, 0]) for m in (one, two))
        return float(next(laws) - next(laws))

    return [(gradient(ratio, W), stated.right({"S_{W}": covariance, "m_{1}": one, "m_{2}": two}))]


def _logistic_derivative(stated: Stated) -> Pairs:
    truth = slope(lambda z: 1 / (1 + math.exp(-z)), 0.4)
    s = 1 / (1 + math.exp(-0.4))
    return [(truth, stated.right({"z": 0.4, "σ": lambda *_: s}))]


CHECKS: Mapping[str, Check] = {
    "least_squares_estimator": lambda s: [(solved(X, Y), s.right(DATA))],
    "normal_equations": _normal_equations,
    "ridge_estimator": _ridge(),
    "ridge_push_through": _ridge(),
    "weighted_least_squares": _weighted(WEIGHTS),
    "hat_matrix": lambda s: [(projector(), s.right(DATA))],
    "residual_maker": lambda s: [(np.eye(6) - projector(), s.right(DATA))],
    "least_squares_covariance": _least_squares_covariance,
    "simple_regression_slope": _simple_slope,
    "simple_regression_intercept": _simple_intercept,
    "bayesian_regression_covariance": _bayesian_covariance,
    "bayesian_regression_mean": _bayesian_mean,
    "residual_variance": _residual_variance,
    "least_squares_gradient": _squares(1.0),
    "logistic_derivative": _logistic_derivative,
    "binary_cross_entropy": _binary_cross_entropy,
    "bernoulli_log_likelihood": _bernoulli_log_likelihood,
    "softmax_jacobian": _softmax_jacobian,
    "softmax_cross_entropy_gradient": _softmax_cross_entropy_gradient,
    "logistic_gradient": _logistic_gradient,
    "logistic_hessian": _logistic_hessian,
    "margin": _margin,
    "lda_direction": _lda_direction,
}

OTHERS: Mapping[str, Mapping[int, Check | str]] = {
    "ridge_estimator": {1: _ridge(6 * LAMBDA), 3: _ridge(SIGMA**2 * LAMBDA), 4: _ridge(LAMBDA**2)},
    "weighted_least_squares": {1: _weighted(np.linalg.inv(WEIGHTS))},
    "residual_variance": {
        2: "p counts the predictors, without the intercept", 3: "of a line: slope and intercept",
        4: "the maximum of the likelihood, which is biased",
    },
    "least_squares_gradient": {1: _squares(1 / 2), 2: _squares(1 / 12), 3: _squares(1 / 6)},
    "margin": {1: lambda s: [(_margin(s)[0][0] / 2, s.right({"w": W}))]},
    "lda_direction": {1: lambda s: [(-_lda_direction(s)[0][0], _lda_direction(s)[0][1])]},
}  # fmt: skip
"""Other forms with a check of their own, by their number among the variants; or why there is none."""

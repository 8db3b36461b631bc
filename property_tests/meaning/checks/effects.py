"""Slopes through instruments from how data are made; fits anew without each point; sums over all lengths."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from scipy import optimize, stats

from property_tests.meaning.checks.stated import Check, Pairs, Stated, random

X, Y = np.hstack([np.ones((6, 1)), random(6, 1, seed=2)]), random(6, 1, seed=3)
LEVERAGE = [float(X[i] @ np.linalg.solve(X.T @ X, X[i])) for i in range(6)]
FITTED = X @ np.linalg.lstsq(X, Y, rcond=None)[0]


def _without(i: int) -> float:
    """What the other points predict there."""
    kept = [k for k in range(6) if k != i]
    return float((X[i] @ np.linalg.lstsq(X[kept], Y[kept], rcond=None)[0]).item())


LEFT_OUT = [float(Y[i, 0]) - _without(i) for i in range(6)]
FIT = {
    "y": lambda i: Y[int(i) - 1, 0], "hat(y)": lambda i: FITTED[int(i) - 1, 0], "h": lambda i, _: LEVERAGE[int(i) - 1],
    "e": lambda i: Y[int(i) - 1, 0] - FITTED[int(i) - 1, 0], "n": 6, "i": 3,
}  # fmt: skip
POINTS = {"i": [1, 2, 3, 4, 5, 6]}


def _sum_of_squares(divisor: float) -> Check:
    return lambda stated: [(sum(e**2 for e in LEFT_OUT) / divisor, stated.right(FIT, POINTS))]


def _two_stage(stated: Stated) -> Pairs:
    """Each regressor is regressed on the instruments, and y on what these say of it."""
    z, x, y = random(7, 3, seed=4), random(7, 2, seed=5), random(7, 1, seed=6)
    told = z @ np.linalg.lstsq(z, x, rcond=None)[0]
    projection = z @ np.linalg.solve(z.T @ z, z.T)
    return [(np.linalg.lstsq(told, y, rcond=None)[0], stated.right({"X": x, "P": projection, "y": y}))]


def _instruments(stated: Stated) -> Pairs:
    """The coefficients whose residuals have nothing in common with the instruments."""
    z, x, y = random(7, 2, seed=4), random(7, 2, seed=5), random(7, 1, seed=6)
    found = optimize.root(lambda b: z.T @ (y[:, 0] - x @ b), np.zeros(2), tol=1e-13).x
    return [(found[:, None], stated.right({"Z": z, "X": x, "y": y}))]


def _wald(stated: Stated) -> Pairs:
    """Y = 1.7 X + U, X = Z + U, where U is hidden and independent of Z: five outcomes of Z by two of U."""
    outcomes = [(z, u) for z in (-1.0, 0.0, 2.0, 3.0, 5.0) for u in (-1.0, 1.0)]
    x = [z + u for z, u in outcomes]
    values = {
        "Z": lambda o: outcomes[int(o)][0], "X": lambda o: x[int(o)],
        "Y": lambda o: 1.7 * x[int(o)] + outcomes[int(o)][1],
    }  # fmt: skip
    return [(1.7, stated.right(values, {"ω": [0.1] * 10}))]


SIZES, MASSES = [-0.4, 1.1, 2.5], [0.3, 0.5, 0.2]
MEAN = float(np.dot(SIZES, MASSES))
SQUARE = float(np.dot(np.square(SIZES), MASSES))


def _moments(lengths: Mapping[int, float]) -> tuple[float, float]:
    """Mean and variance of a sum of as many terms as its length says, by the law of each length."""
    first = sum(mass * n * MEAN for n, mass in lengths.items())
    second = sum(mass * (n * SQUARE + n * (n - 1) * MEAN**2) for n, mass in lengths.items())
    return first, second - first**2


LENGTHS = {0: 0.2, 1: 0.3, 4: 0.5}
POISSON = {n: float(stats.poisson(1.4).pmf(n)) for n in range(60)}


def _random_sum(which: int) -> Check:
    def check(stated: Stated) -> Pairs:
        mean = sum(n * m for n, m in LENGTHS.items())
        spread = sum(n**2 * m for n, m in LENGTHS.items()) - mean**2
        known = {"N": mean, "X": MEAN}
        values = {f"E<:law:any>[{name}]": value for name, value in known.items()}
        values |= {"E<:law:any>[X_{1}]": MEAN, "E<:law:any>[pow[X,2]]": SQUARE, "λ": mean}
        values |= {f"Var<:law:any>[{name}]": SQUARE - MEAN**2 for name in ("X", "X_{1}")}
        values["Var<:law:any>[N]"] = spread
        return [(_moments(LENGTHS)[which], stated.right(values))]

    return check


def _compound_poisson(stated: Stated) -> Pairs:
    return [(_moments(POISSON)[1], stated.right({"λ": 1.4, "E<:law:any>[pow[X,2]]": SQUARE}))]


def _support_vectors(stated: Stated) -> Pairs:
    """The slope of the Lagrangian in w is none there: for one multiplier and label at each of four points."""
    x, y, a = [random(2, 1, seed=n) for n in range(4)], [1, -1, 1, -1], [0.3, 0.8, 0.6, 0.1]

    def slope(w: np.ndarray) -> np.ndarray:
        return np.asarray(w - sum(b * t * v[:, 0] for b, t, v in zip(a, y, x, strict=True)))

    found = optimize.root(slope, np.zeros(2), tol=1e-13).x[:, None]
    values = {"α": lambda i: a[int(i) - 1], "y": lambda i: y[int(i) - 1], "x": lambda i: x[int(i) - 1], "n": 4}
    return [(found, stated.right(values, {"i": [1, 2, 3, 4]}))]


CHECKS: Mapping[str, Check] = {
    "left_out_residual": lambda s: [(LEFT_OUT[2], s.right(FIT))],
    "leave_one_out_error": _sum_of_squares(6.0),
    "press_statistic": _sum_of_squares(1.0),
    "two_stage_least_squares": _two_stage,
    "instrumental_variables_estimator": _instruments,
    "wald_estimator": _wald,
    "random_sum_mean": _random_sum(0),
    "random_sum_variance": _random_sum(1),
    "compound_poisson_variance": _compound_poisson,
    "support_vector_weights": _support_vectors,
}
OTHERS: Mapping[str, Mapping[int, Check | str]] = {}

"""Identities of matrices with numbers in them; derivatives by differences; transforms by their sums."""

from __future__ import annotations

import cmath
import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from errata.worlds.operations import Array
from property_tests.meaning.checks.gaussians import best_coupling
from property_tests.meaning.checks.stated import (
    Check,
    Pairs,
    Stated,
    column,
    positive_definite,
    random,
    sequence,
    slope,
)

A, U, V, C = positive_definite(3), random(3, 2, seed=1), random(2, 3, seed=2), positive_definite(2, 3)
u, v = random(3, 1, seed=4), random(3, 1, seed=5)
SQUARE, OTHER, X, B = random(3, 3, seed=6), random(3, 3, seed=7), random(3, 1, seed=8), random(3, 1, seed=9)
inv, det = np.linalg.inv, np.linalg.det


def _woodbury(stated: Stated) -> Pairs:
    low = "transpose" in stated.text
    inner = U @ U.T if low else U @ C @ V if "C" in stated.form.left.__repr__() else U @ V
    return [(inv(A + inner), stated.right({"A": A, "U": U, "C": C, "V": V}))]


def _identity(truth: Any, values: Mapping[str, Any]) -> Check:
    return lambda stated: [(truth, stated.right(values)), (truth, stated.left(values))]


def _determinant_lemma(stated: Stated) -> Pairs:
    base = A if "A" in stated.text else np.eye(3)
    return [(det(base + u @ v.T), stated.right({"A": A, "u": u, "v": v}))]


def _trace_cyclic(stated: Stated) -> Pairs:
    a, b, c = random(3, 2), random(2, 4, seed=1), random(4, 3, seed=2)
    truth = sum(a[i, j] * b[j, k] * c[k, i] for i in range(3) for j in range(2) for k in range(4))
    return [(truth, stated.right({"A": a, "B": b, "C": c}))]


def _transpose_of_product(stated: Stated) -> Pairs:
    a, b = random(3, 2), random(2, 4, seed=1)
    truth = [[sum(a[i, k] * b[k, j] for k in range(2)) for i in range(3)] for j in range(4)]
    return [(truth, stated.right({"A": a, "B": b}))]


def _derivative_of_inverse(stated: Stated) -> Pairs:
    change = SQUARE + SQUARE.T
    return [(slope(lambda t: inv(A + t * change), 0.0), stated.right({"K": A, "derivative[K,θ]": change}))]


def _derivative_of_log_det(stated: Stated) -> Pairs:
    change = SQUARE + SQUARE.T
    return [(slope(lambda t: math.log(det(A + t * change)), 0.0), stated.right({"K": A, "derivative[K,θ]": change}))]


def _pseudo_inverse(stated: Stated) -> Pairs:
    tall = random(3, 2)
    a = tall if stated.text.startswith("mul[pow") else tall.T
    return [(np.linalg.pinv(a), stated.right({"A": a}))]


SIGNAL = [0.7, -1.2, 0.4, 2.0, 0.1]


def spectrum() -> list[complex]:
    """The transform of the signal, by its definition."""
    size = len(SIGNAL)
    return [sum(x * cmath.exp(-2j * math.pi * k * n / size) for n, x in enumerate(SIGNAL)) for k in range(size)]


def _inverse_dft(stated: Stated) -> Pairs:
    values = {"X": sequence(spectrum(), 0), "N": 5}
    return [(SIGNAL[n], stated.right({**values, "n": n})) for n in (0, 3)]


def _parseval(stated: Stated) -> Pairs:
    values = {"X": sequence(spectrum(), 0), "N": 5}
    return [
        (sum(x * x for x in SIGNAL), stated.right(values)),
        (stated.left({"x": sequence(SIGNAL, 0), "N": 5}), stated.right(values)),
    ]


def _projection_onto_vector(stated: Stated) -> Pairs:
    factor = np.linalg.lstsq(u, X, rcond=None)[0].item()
    return [(factor * u, stated.right({"a": u, "x": X}))]


def _stable_log_sum_exp(stated: Stated) -> Pairs:
    truth = math.log(sum(math.exp(x) for x in SIGNAL))
    return [(truth, stated.right({"n": 5, "x": sequence(SIGNAL), "m": 1.3}))]


def _frechet_distance(stated: Stated) -> Pairs:
    """The squared distance of the means, and the cost of the best linear coupling."""
    one, two, m, n = positive_definite(2), positive_definite(2, 7), column(0.3, -0.2), column(0.1, 0.5)
    truth = float(((m - n) ** 2).sum()) + best_coupling(one, two)
    return [(truth, stated.right({"Σ_{r}": one, "Σ_{g}": two, "μ_{r}": m, "μ_{g}": n}))]


def block(a: Array, b: Array, c: Array, d: Array) -> Array:
    """Four blocks as one matrix."""
    return np.block([[a, b], [c, d]])


CHECKS: Mapping[str, Check] = {
    "woodbury": _woodbury,
    "sherman_morrison": _identity(inv(A + u @ v.T), {"A": A, "u": u, "v": v}),
    "determinant_lemma": _determinant_lemma,
    "sylvester": lambda s: [(det(np.eye(3) + U @ V), s.right({"A": U, "B": V, "I": np.eye(2)}))],
    "schur_determinant": _identity(det(block(A, U, V, C)), {"A": A, "B": U, "C": V, "D": C}),
    "trace_cyclic": _trace_cyclic,
    "inverse_of_product": _identity(inv(SQUARE @ OTHER), {"A": SQUARE, "B": OTHER}),
    "transpose_of_product": _transpose_of_product,
    "derivative_of_inverse": _derivative_of_inverse,
    "derivative_of_log_det": _derivative_of_log_det,
    "pseudo_inverse": _pseudo_inverse,
    "inverse_dft": _inverse_dft,
    "parseval": _parseval,
    "projection_onto_vector": _projection_onto_vector,
    "stable_log_sum_exp": _stable_log_sum_exp,
    "frechet_distance": _frechet_distance,
}

OTHERS: Mapping[str, Mapping[int, Check | str]] = {"pseudo_inverse": {3: "by the singular values"}}
"""Other forms with a check of their own, by their number among the variants; or why there is none."""

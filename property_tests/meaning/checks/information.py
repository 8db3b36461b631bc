"""Entropies and divergences by summing tables and integrating; channels by the best input; bounds where attained."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
from scipy import integrate, optimize, stats

from errata.worlds.operations import Array
from property_tests.meaning.checks.gaussians import normal_mean
from property_tests.meaning.checks.probability import TABLE, holds
from property_tests.meaning.checks.stated import Check, Pairs, Stated, column, positive_definite, slope

P, Q = [0.2, 0.5, 0.3], [0.6, 0.1, 0.3]
ROWS, COLUMNS = TABLE.sum(axis=1), TABLE.sum(axis=0)


def entropy(masses: Any) -> float:
    """In nats."""
    flat = np.asarray(masses).reshape(-1)
    return -sum(float(m) * math.log(float(m)) for m in flat if m > 0)


def kl(p: list[float], q: list[float]) -> float:
    """Σ p log p/q."""
    return sum(a * math.log(a / b) for a, b in zip(p, q, strict=True))


def information(joint: Array) -> float:
    """Σ p(x, y) log p(x, y)/(p(x) p(y))."""
    outer = np.outer(joint.sum(axis=1), joint.sum(axis=0))
    return float(sum(j * math.log(j / o) for j, o in zip(joint.reshape(-1), outer.reshape(-1), strict=True) if j > 0))


def conditional(joint: Array) -> float:
    """The mean entropy of the columns given the row."""
    return float(sum(row.sum() * entropy(row / row.sum()) for row in joint))


def _cross_entropy_split(stated: Stated) -> Pairs:
    truth = -sum(a * math.log(b) for a, b in zip(P, Q, strict=True))
    return [(truth, stated.right({"H[p]": entropy(P), "KL[p,q]": kl(P, Q)}))]


ENTROPIES: dict[str, Any] = {
    "H[X]": entropy(ROWS), "H[Y]": entropy(COLUMNS), "H[X,Y]": entropy(TABLE), "H[Y,given[X]]": conditional(TABLE),
    "H[X,given[Y]]": conditional(TABLE.T),
}  # fmt: skip


def differential(law: Any) -> float:
    """−∫ f log f."""
    middle = law.median()
    parts = (
        integrate.quad(lambda x: -law.pdf(x) * law.logpdf(x), a, b, epsabs=1e-12, epsrel=1e-11)[0]
        for a, b in ((middle - 12 * law.std(), middle), (middle, middle + 12 * law.std()))
    )
    return float(sum(parts))


@cache
def _entropy_of_two() -> float:
    covariance = positive_definite(2)
    law = stats.multivariate_normal([0, 0], covariance)
    return normal_mean(lambda x: -float(law.logpdf(x[:, 0])), column(0, 0), covariance)


def _multivariate_gaussian_entropy(stated: Stated) -> Pairs:
    return [(_entropy_of_two(), stated.right({"d": 2, "Σ": positive_definite(2), "e": math.e}))]


def _gaussian_channel(stated: Stated) -> Pairs:
    """h(Y) − h(Y | X) for a normal input of the given power; in bits where the form is."""
    power, noise = 1.7, 0.6
    nats = differential(stats.norm(0, math.sqrt(power + noise))) - differential(stats.norm(0, math.sqrt(noise)))
    unit = math.log(2) if "log[2]" in stated.text else 1.0
    values = {"P": power, "S": power, "N": noise, "σ": math.sqrt(noise), "SNR": power / noise}
    values |= {"B": 0.5, "N_{0}": noise / 0.5}  # half a hertz: one use of the channel in a second
    return [(nats / unit, stated.right(values))]


def best_input(channel: Array) -> float:
    """The greatest mutual information of a channel of two inputs, in bits."""

    def bits(p: float) -> float:
        return information(np.asarray([[p], [1 - p]]) * channel) / math.log(2)

    p = optimize.brentq(lambda x: slope(bits, x, 1e-4), 0.02, 0.98, xtol=1e-13)
    return bits(p)


def _binary_symmetric(stated: Stated) -> Pairs:
    p = 0.13
    bits = entropy([p, 1 - p]) / math.log(2)
    values: dict[str, Any] = {
        "H[p]": bits,
        "h": lambda *_: bits,
        "H_{2}[p]": bits,
        "H_{b}[p]": bits,
        "H": lambda *_: bits,
        "p": p,
    }
    values |= {"H[p,under[2]]": bits, "H[p,under[b]]": bits}
    return [(best_input(np.asarray([[1 - p, p], [p, 1 - p]])), stated.right(values))]


def _binary_erasure(stated: Stated) -> Pairs:
    e = 0.23
    return [(best_input(np.asarray([[1 - e, e, 0.0], [0.0, e, 1 - e]])), stated.right({"ϵ": e}))]


def _pinsker(stated: Stated) -> Pairs:
    """Attained in the limit by coins that are nearly alike."""
    h = 1e-4
    near = 0.5 * math.log1p(2 * h) + h * math.log1p(2 * h) + 0.5 * math.log1p(-2 * h) - h * math.log1p(-2 * h)
    variation = 0.5 * sum(abs(a - b) for a, b in zip(P, Q, strict=True))
    return [(h, stated.right({"KL[p,q]": near})), (True, holds(stated, variation, stated.right({"KL[p,q]": kl(P, Q)})))]


def _data_processing(stated: Stated) -> Pairs:
    merged = TABLE @ np.asarray([[1.0, 0.0], [0.0, 1.0], [0.0, 1.0]])
    known = np.diag(COLUMNS) @ np.asarray([[1.0, 0.0], [0.0, 1.0], [0.0, 1.0]])
    values = {"I[X,Y]": information(TABLE), "I[X,Z]": information(merged), "I[Y,Z]": information(known)}
    left, right = stated.left(values), stated.right(values)
    return [(values[stated.text], right), (True, holds(stated, left, right))]


def _fano(stated: Stated) -> Pairs:
    """Attained where all wrong values are equally likely."""
    error, size = 0.3, 4
    truth = entropy([1 - error, *[error / (size - 1)] * (size - 1)])
    coin = entropy([error, 1 - error])
    other = {"H[P_{e}]": coin, "M": size}
    values = {"P_{e}": error, "|cal:X|": size, "h": lambda _: coin, **other}
    return [(truth, stated.right(values)), ("≤", stated.form.sign)]


BITS = 30
UNSURE = 1 + 0.5 * math.log2(2**BITS - 1)
"""The entropy, in bits, of what is guessed rightly half of the time and is else any of the 2³⁰ − 1 others."""


def _fano_weak(stated: Stated) -> Pairs:
    """Attained by it, but for a billionth; the logarithm of what stands for |X| is its logarithm in bits."""
    return [(UNSURE, stated.right({"P_{e}": 0.5, "|cal:X|": math.exp(BITS)})), ("≤", stated.form.sign)]


def _fano_error(stated: Stated) -> Pairs:
    found = stated.right({"H[X,given[Y]]": UNSURE, "|cal:X|": math.exp(BITS)})
    return [(0.5, found), ("≥", stated.form.sign)]


def _jensen_shannon(stated: Stated) -> Pairs:
    middle = [(a + b) / 2 for a, b in zip(P, Q, strict=True)]
    truth = kl(P, middle) / 2 + kl(Q, middle) / 2
    mixed = entropy(middle)
    values = {"H[p]": entropy(P), "H[q]": entropy(Q), "H[m]": mixed, "H[mul[1/2,add[p,q]]]": mixed}
    return [(truth, stated.right(values))]


def _entropy_of_linear_map(stated: Stated) -> Pairs:
    """Of a normal vector, whose entropies before and after are worked out by integrating."""
    a, covariance = np.asarray([[1.2, 0.3], [-0.4, 0.9]]), positive_definite(2)
    image = stats.multivariate_normal([0, 0], a @ covariance @ a.T)
    truth = normal_mean(lambda x: -float(image.logpdf(x[:, 0])), column(0, 0), a @ covariance @ a.T)
    return [(truth, stated.right({"h": lambda *_: _entropy_of_two(), "A": a}))]


CUBE = np.random.default_rng(4).dirichlet(np.ones(12)).reshape(2, 3, 2)
"""A table of X, Y, Z."""


def _conditional_information(stated: Stated) -> Pairs:
    """The mean over Z of the information in each of its tables."""
    truth = sum(CUBE[:, :, z].sum() * information(CUBE[:, :, z] / CUBE[:, :, z].sum()) for z in range(2))
    h = _entropies_of_three()
    values = {
        "H[X,given[Z]]": h["XZ"] - h["Z"], "H[Y,given[Z]]": h["YZ"] - h["Z"],
        "H[X,given[Y],given[Z]]": h["XYZ"] - h["YZ"],
        "H[X,Y,given[Z]]": h["XYZ"] - h["Z"],
    }  # fmt: skip
    return [(truth, stated.right(values))]


def _entropies_of_three() -> dict[str, float]:
    parts = {"X": (1, 2), "Y": (0, 2), "Z": (0, 1), "XY": (2,), "XZ": (1,), "YZ": (0,), "XYZ": ()}
    return {name: entropy(CUBE.sum(axis=axes)) for name, axes in parts.items()}


def _kraft(stated: Stated) -> Pairs:
    """Attained by a full tree; one leaf less stays below."""
    base = {"D": 2.0, "m": 4}
    full = stated.left({**base, "l": lambda i: [1, 2, 3, 3][i - 1]}, {"i": [1, 2, 3, 4]})
    less = stated.left({**base, "l": lambda i: [1, 2, 3, 4][i - 1]}, {"i": [1, 2, 3, 4]})
    return [(full, stated.right({})), (True, holds(stated, less, stated.right({})))]


def _rate_distortion(stated: Stated) -> Pairs:
    """I(X; X̂) of the test channel X = X̂ + noise of variance D."""
    nats = differential(stats.norm(0, 1.7)) - differential(stats.norm(0, math.sqrt(0.6)))
    return [(nats / (math.log(2) if "log[2]" in stated.text else 1.0), stated.right({"σ": 1.7, "D": 0.6}))]


CHECKS: Mapping[str, Check] = {
    "cross_entropy_split": _cross_entropy_split,
    "mutual_information_entropies": lambda s: [(information(TABLE), s.right(ENTROPIES))],
    "entropy_chain_rule": lambda s: [(entropy(TABLE), s.right(ENTROPIES))],
    "gaussian_entropy": lambda s: [(differential(stats.norm(0.4, 1.7)), s.right({"σ": 1.7, "e": math.e}))],
    "multivariate_gaussian_entropy": _multivariate_gaussian_entropy,
    "gaussian_channel_capacity": _gaussian_channel,
    "binary_symmetric_capacity": _binary_symmetric,
    "binary_erasure_capacity": _binary_erasure,
    "pinsker": _pinsker,
    "data_processing": _data_processing,
    "fano": _fano,
    "fano_weak": _fano_weak,
    "fano_error": _fano_error,
    "jensen_shannon_by_entropies": _jensen_shannon,
    "entropy_of_linear_map": _entropy_of_linear_map,
    "conditional_mutual_information": _conditional_information,
    "kraft": _kraft,
    "rate_distortion_gaussian": _rate_distortion,
}

OTHERS: Mapping[str, Mapping[int, Check | str]] = {}
"""Other forms with a check of their own, by their number among the variants; or why there is none."""

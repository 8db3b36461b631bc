"""Hidden chains and pairs of ranks by counting; filters by conditioning; processes by their recursions."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np

from property_tests.meaning.checks.stated import Check, Pairs, Stated, positive_definite, random, sequence

START, STEP = [0.6, 0.4], [[0.7, 0.3], [0.2, 0.8]]
EMITTED = [[0.9, 0.1], [0.25, 0.75]]
SEEN = [0, 1, 1, 0]
T = len(SEEN)


@cache
def _paths() -> Mapping[tuple[int, ...], float]:
    """The joint masses of all hidden paths with what is seen."""
    found = {}
    for path in itertools.product((0, 1), repeat=T):
        mass = START[path[0]] * math.prod(STEP[a][b] for a, b in itertools.pairwise(path))
        found[path] = mass * math.prod(EMITTED[z][x] for z, x in zip(path, SEEN, strict=True))
    return found


def _posterior(t: int, *states: int) -> float:
    """The mass of the paths that have these states from time t on, among all."""
    paths = _paths()
    return sum(m for p, m in paths.items() if p[t - 1 : t - 1 + len(states)] == states) / sum(paths.values())


def _forward(t: int, i: int) -> float:
    return sum(
        START[p[0]] * math.prod(STEP[a][b] for a, b in itertools.pairwise(p)) * math.prod(map(_emission, p, SEEN))
        for p in itertools.product((0, 1), repeat=t)
        if p[-1] == i - 1
    )


def _backward(t: int, i: int) -> float:
    return sum(
        math.prod(STEP[a][b] for a, b in itertools.pairwise((i - 1, *p))) * math.prod(map(_emission, p, SEEN[t:]))
        for p in itertools.product((0, 1), repeat=T - t)
    )


def _emission(z: int, x: int) -> float:
    return EMITTED[z][x]


HIDDEN: dict[str, Any] = {
    "α": _forward, "β": _backward, "A": lambda i, j: STEP[int(i) - 1][int(j) - 1],
    "b": lambda j, x: EMITTED[int(j) - 1][int(x)], "x": sequence(SEEN), "i": 2, "j": 1, "t": 2, "N": 2, "T": T,
    "ξ": lambda t, i, j: _posterior(int(t), int(i) - 1, int(j) - 1), "γ": lambda t, i: _posterior(int(t), int(i) - 1),
}  # fmt: skip
STATES = {name: [1, 2] for name in ("i", "j", "k", "l")}


def _transition_update(stated: Stated) -> Pairs:
    """Of how often, over all paths by their masses, the second state is left for the first."""
    moves = sum(m * sum(s == (1, 0) for s in itertools.pairwise(p)) for p, m in _paths().items())
    stays = sum(m * sum(a == 1 for a in p[:-1]) for p, m in _paths().items())
    return [(moves / stays, stated.right(HIDDEN))]


def _smoother_gain(stated: Stated) -> Pairs:
    """How the mean of a state moves with the next one: their covariance by the variance of the next one."""
    before, noise, f = positive_definite(2), positive_definite(2, seed=5), random(2, 2, seed=6)
    spread = np.block([[before, before @ f.T], [f @ before, f @ before @ f.T + noise]])
    gain = spread[:2, 2:] @ np.linalg.inv(spread[2:, 2:])
    values = {"F": f, "F_{t}": f, "P_{t}": before, "P_{slice|[t,t]}": before, "P_{slice|[add[t,1],t]}": spread[2:, 2:]}
    return [(gain, stated.right(values))]


THETA, SIGMA, PHI = 0.6, 1.3, 0.55


def _moving_average(lag: int) -> float:
    """The covariance of x_t and x_{t+lag}, from the weights of each noise in both."""
    weights = np.zeros(6)
    weights[2], weights[1] = 1.0, THETA
    return float(weights @ np.roll(weights, lag)) * SIGMA**2


PROCESS = {"σ": SIGMA, "θ": THETA}


def _autoregression_mean(stated: Stated) -> Pairs:
    mean = 0.0
    for _ in range(200):
        mean = 0.8 + PHI * mean
    return [(mean, stated.right({"c": 0.8, "ϕ": PHI}))]


def _autoregression_spectrum(stated: Stated) -> Pairs:
    """The autocovariances, worked out from the weights of the noises, summed with their waves."""
    weights = PHI ** np.arange(300)
    lags = [float(weights[k:] @ weights[: 300 - k]) * SIGMA**2 for k in range(120)]
    omega = 0.9
    truth = (lags[0] + 2 * sum(g * math.cos(omega * k) for k, g in enumerate(lags) if k)) / (2 * math.pi)
    return [(truth, stated.right({"σ": SIGMA, "ϕ": PHI, "ω": omega}))]


def _auc_from_rank_sum(stated: Stated) -> Pairs:
    """The share of pairs in which the positive is higher."""
    positive, negative = [0.9, 0.35, 0.6], [0.1, 0.5, 0.4, 0.7]
    order = sorted(positive + negative)
    share = sum(a > b for a in positive for b in negative) / 12
    return [(share, stated.right({"R": sum(order.index(a) + 1 for a in positive), "m": 3, "n": 4}))]


def _dice_from_jaccard(stated: Stated) -> Pairs:
    """Of two sets, by counting."""
    a, b = set(range(7)), set(range(4, 13))
    jaccard = len(a & b) / len(a | b)
    return [(2 * len(a & b) / (len(a) + len(b)), stated.right({"J": jaccard, "IoU": jaccard}))]


def _bellman_in_vectors(stated: Stated) -> Pairs:
    """What is collected on the way, step by step."""
    p, r, gamma = np.asarray(STEP), np.asarray([[0.5], [-1.2]]), 0.6
    value, reach = np.zeros((2, 1)), np.eye(2)
    for k in range(200):
        value, reach = value + gamma**k * reach @ r, reach @ p
    return [(value, stated.right({"P": p, "r": r, "γ": gamma, "v": value}))]


CHECKS: Mapping[str, Check] = {
    "hmm_transition_posterior": lambda s: [(_posterior(2, 1, 0), s.right(HIDDEN, STATES))],
    "hmm_transition_update": _transition_update,
    "hmm_state_from_transitions": lambda s: [(_posterior(2, 1), s.right(HIDDEN, STATES))],
    "smoother_gain": _smoother_gain,
    "moving_average_variance": lambda s: [(_moving_average(0), s.right(PROCESS))],
    "moving_average_autocovariance": lambda s: [(_moving_average(1), s.right(PROCESS))],
    "moving_average_autocorrelation": lambda s: [(_moving_average(1) / _moving_average(0), s.right(PROCESS))],
    "autoregression_mean": _autoregression_mean,
    "autoregression_spectrum": _autoregression_spectrum,
    "auc_from_rank_sum": _auc_from_rank_sum,
    "dice_from_jaccard": _dice_from_jaccard,
    "bellman_in_vectors": _bellman_in_vectors,
}
OTHERS: Mapping[str, Mapping[int, Check | str]] = {}

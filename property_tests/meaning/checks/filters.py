"""State spaces by the precision of the whole or by all paths; samplers by the balance of flows; means by summing."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from property_tests.meaning.checks.estimators import root_of_slope
from property_tests.meaning.checks.gaussians import signs
from property_tests.meaning.checks.latent_variables import UNNAMED
from property_tests.meaning.checks.probability import OUTCOMES, TABLE, TWO, XS, YS, W, draws, variance
from property_tests.meaning.checks.stated import Check, Pairs, Stated, positive_definite, random

P, H, R = positive_definite(2), random(3, 2, seed=1), positive_definite(3, 2)
F, Q = random(2, 2, seed=3), positive_definite(2, 4)
PRIOR_MEAN, SEEN = random(2, 1, seed=5), random(3, 1, seed=6)
PRECISION = np.linalg.inv(P) + H.T @ np.linalg.inv(R) @ H
"""Of the state given the measurement: the log-densities added."""
GAIN = np.linalg.solve(PRECISION, H.T @ np.linalg.inv(R))


def _spread_of_measurement() -> Any:
    """The covariance of H x + noise, over equally likely states and noises."""
    states = [np.linalg.cholesky(P) @ z for z in signs(2)]
    noises = [np.linalg.cholesky(R) @ z for z in signs(3)]
    found = [H @ x + e for x in states for e in noises]
    return sum(y @ y.T for y in found) / len(found)


KALMAN: dict[str, Any] = {
    "P": lambda *_: P, "H": H, "R": R, "S": _spread_of_measurement(), "K": lambda *_: GAIN, "F": F, "Q": Q,
    "x": PRIOR_MEAN,
    "y": lambda *_: SEEN, "P^-": lambda *_: P, "hat(x)": lambda *_: PRIOR_MEAN, "hat(x)^-": lambda *_: PRIOR_MEAN,
}  # fmt: skip


def _kalman_state_update(stated: Stated) -> Pairs:
    mean = np.linalg.solve(PRECISION, np.linalg.solve(P, PRIOR_MEAN) + H.T @ np.linalg.solve(R, SEEN))
    return [(mean, stated.right(KALMAN))]


def _kalman_prediction_covariance(stated: Stated) -> Pairs:
    found = [F @ np.linalg.cholesky(P) @ z + np.linalg.cholesky(Q) @ e for z in signs(2) for e in signs(2)]
    return [(sum(x @ x.T for x in found) / len(found), stated.right(KALMAN))]


START, MOVES = [0.3, 0.7], [[0.6, 0.4], [0.25, 0.75]]
EMITS = [[0.5, 0.2, 0.3], [0.1, 0.6, 0.3]]
SIGNAL = [2, 0, 1, 1]
"""What is seen, from t = 1."""


def path_mass(path: tuple[int, ...], first: int = 1) -> float:
    """The joint mass of states at times from ``first`` and of what is seen at them."""
    mass = START[path[0]] if first == 1 else 1.0
    for n, state in enumerate(path):
        mass *= EMITS[state][SIGNAL[first - 1 + n]] * (MOVES[path[n - 1]][state] if n else 1.0)
    return mass


def forward(t: int, j: int) -> float:
    """p(x_1 … x_t, state j at t), over all paths. States are numbered from 1."""
    return sum(path_mass((*path, j - 1)) for path in itertools.product((0, 1), repeat=t - 1))


def backward(t: int, i: int) -> float:
    """p(x_{t+1} … | state i at t), over all paths."""
    later = itertools.product((0, 1), repeat=len(SIGNAL) - t)
    return sum(MOVES[i - 1][path[0]] * path_mass(path, t + 1) if path else 1.0 for path in later)


def best(t: int, j: int) -> float:
    """The mass of the likeliest path to j at t."""
    return max(path_mass((*path, j - 1)) for path in itertools.product((0, 1), repeat=t - 1))


HMM: dict[str, Any] = {
    "x": lambda t: SIGNAL[int(t) - 1], "b": lambda j, x: EMITS[j - 1][x], "A": lambda i, j: MOVES[i - 1][j - 1],
    "a": lambda i, j: MOVES[i - 1][j - 1], "α": forward, "β": backward, "δ": best, "j": 2, "i": 1, "N": 2, "t": 3,
    "p(x_{t}|j)": lambda x, j: EMITS[j - 1][x],
}  # fmt: skip
STATES = {"i": [1, 2], "j": [1, 2]}


def _hmm_forward(stated: Stated) -> Pairs:
    later = "add[t,1]" in stated.text
    return [(forward(3, 2), stated.right({**HMM, "t": 2 if later else 3}, {"i": [1, 2]}))]


def _hmm_backward(stated: Stated) -> Pairs:
    return [(backward(2, 1), stated.right({**HMM, "t": 2}, {"j": [1, 2]}))]


def _hmm_posterior(stated: Stated) -> Pairs:
    paths = list(itertools.product((0, 1), repeat=4))
    own = sum(path_mass(path) for path in paths if path[1] == 0)
    return [(own / sum(map(path_mass, paths)), stated.right({**HMM, "t": 2}, {"j": [1, 2]}))]


def _viterbi(stated: Stated) -> Pairs:
    return [(best(3, 2), stated.right(HMM, {"i": [1, 2]}))]


TARGET = {0.0: 0.4, 1.0: 1.3}
STEP = {(0.0, 1.0): 0.7, (1.0, 0.0): 0.2}
"""The mass of a proposal, from and to."""


def _balance(stated: Stated, proposal: Any, values: Any) -> Pairs:
    """What flows from x to x′ flows back, and one of both is always accepted."""
    there, back = stated.right(values(0.0, 1.0)), stated.right(values(1.0, 0.0))
    return [
        (TARGET[0.0] * proposal(0.0, 1.0) * there, TARGET[1.0] * proposal(1.0, 0.0) * back),
        (1.0, max(there, back)),
    ]


def _metropolis_hastings(stated: Stated) -> Pairs:
    def values(x: float, y: float) -> dict[str, Any]:
        return {"π": lambda v: TARGET[v], "q": lambda to, start: STEP[start, to], "x": x, "x′": y}

    return _balance(stated, lambda x, y: STEP[x, y], values)


def energy(x: float) -> float:
    """The energy under which the target is a Boltzmann law at temperature 1."""
    return -math.log(TARGET[x])


def _metropolis(stated: Stated) -> Pairs:
    def values(x: float, y: float) -> dict[str, Any]:
        change = energy(y) - energy(x)
        own = {"E<:law:any>[x]": energy(x), "E<:law:any>[x′]": energy(y), "E": energy}
        return {"π": lambda v: TARGET[v], "x": x, "x′": y, "T": 1.0, "β": 1.0, "mul[Δ,E]": change, "ΔE": change, **own}

    return _balance(stated, lambda _x, _y: 0.5, values)


def _hmc_acceptance(stated: Stated) -> Pairs:
    def values(x: float, y: float) -> dict[str, Any]:
        entropies = {"H[q,p]": energy(x), "H[q^*,p^*]": energy(y), "H": lambda q, _p: energy(q)}
        return {"q": x, "p": 0.3, "q^*": y, "p^*": 0.3, **entropies}

    return _balance(stated, lambda _x, _y: 0.5, values)


LAW, OTHER = {0.0: 0.2, 1.0: 0.5, 2.0: 0.3}, {0.0: 0.6, 1.0: 0.1, 2.0: 0.3}
MEAN = sum(m * (math.cos(x) + x) for x, m in LAW.items())
WEIGHED: dict[str, Any] = {"p": lambda x: LAW[x], "q": lambda x: OTHER[x], "f": lambda x: math.cos(x) + x}


def _importance_sampling(stated: Stated) -> Pairs:
    """Under q itself; for a sample, under one that has each value as often as q."""
    sample = [0.0] * 6 + [1.0] + [2.0] * 3
    values = {
        **WEIGHED, "n": 10, "x": lambda i: sample[i - 1], "w": lambda i: LAW[sample[i - 1]] / OTHER[sample[i - 1]]
    }  # fmt: skip
    if "E<" in stated.text:
        values = WEIGHED
    return [(MEAN, stated.right(values, {"x": list(LAW)}))]


def _self_normalised(stated: Stated) -> Pairs:
    """With weights up to a factor, on all values of the law, each once."""
    points = list(LAW)
    return [
        (MEAN, stated.right({**WEIGHED, "n": 3, "x": lambda i: points[i - 1], "w": lambda i: 4.2 * LAW[points[i - 1]]}))
    ]


def _effective_sample_size_chain(stated: Stated) -> Pairs:
    """The variance of the mean of a long stationary chain with correlations ρ^k, beside that of independent draws."""
    rho, size = 0.3, 10_000_000
    of_mean = (size + 2 * sum((size - k) * rho**k for k in range(1, 100))) / size**2
    return [(1 / of_mean, stated.right({"N": size, "ρ": lambda k: rho**k}))]


def _rejection_sampling(stated: Stated) -> Pairs:
    """The mass of what is drawn and accepted is proportional to the target."""
    bound = 6.0
    accepted = {x: OTHER[x] * stated.right({**WEIGHED, "M": bound, "x": x}) for x in LAW}
    whole = sum(accepted.values())
    return [*((LAW[x], accepted[x] / whole) for x in LAW), (1 / bound, whole), ("≤", stated.form.sign)]


def _monte_carlo_error(stated: Stated) -> Pairs:
    centre = sum(w * x for w, x in zip(W, XS, strict=True))
    truth = sum(mass * (float(np.mean(xs)) - centre) ** 2 for mass, xs in draws(3))
    return [(truth, stated.right({"σ": math.sqrt(variance(XS)), "n": 3}))]


def _control_variate(stated: Stated) -> Pairs:
    truth = root_of_slope(lambda c: -variance([x - c * y for x, y in zip(XS, YS, strict=True)]), -9, 9)
    return [(truth, stated.right(TWO, OUTCOMES))]


def _backdoor(stated: Stated) -> Pairs:
    """In a model in which z moves x and y: x is set, all else keeps its law."""
    of_z = [float(m) for m in TABLE.sum(axis=0)]
    of_y = {(x, z): 0.1 + 0.2 * x + 0.15 * z for x in (0, 1) for z in range(3)}
    x = 1
    truth = sum(mass * of_y[x, z] for z, mass in enumerate(of_z))
    values: dict[str, Any] = {"y": 1.0, "x": float(x)}
    for p in "pP":
        values[f"{p}(z)"] = lambda z: of_z[int(z)]
        values[f"{p}(y|x,z)"] = lambda _y, x, z: of_y[int(x), int(z)]
    values["P[z]"] = lambda env: of_z[int(env["z"])]
    values["P[y,given[x],given[z]]"] = lambda env: of_y[x, int(env["z"])]
    return [(truth, stated.right(values, {"z": [0.0, 1.0, 2.0]}))]


CHECKS: Mapping[str, Check] = {
    "kalman_gain": lambda s: [(GAIN, s.right(KALMAN))],
    "kalman_innovation_covariance": lambda s: [(_spread_of_measurement(), s.right(KALMAN))],
    "kalman_covariance_update": lambda s: [(np.linalg.inv(PRECISION), s.right(KALMAN))],
    "kalman_state_update": _kalman_state_update,
    "kalman_prediction_covariance": _kalman_prediction_covariance,
    "hmm_forward": _hmm_forward,
    "hmm_backward": _hmm_backward,
    "hmm_posterior": _hmm_posterior,
    "viterbi": _viterbi,
    "metropolis_hastings": _metropolis_hastings,
    "metropolis": _metropolis,
    "hmc_acceptance": _hmc_acceptance,
    "importance_sampling": _importance_sampling,
    "self_normalised_importance": _self_normalised,
    "effective_sample_size_chain": _effective_sample_size_chain,
    "rejection_sampling": _rejection_sampling,
    "monte_carlo_error": _monte_carlo_error,
    "control_variate": _control_variate,
    "backdoor": _backdoor,
}

OTHERS: Mapping[str, Mapping[int, Check | str]] = {
    "hmm_forward": {5: "the states are their own names, numbered by time"},
    "metropolis": {2: "the change of the energy has a name of its own, of two letters"},
    "hmc_acceptance": {1: "the change of the energy has a name of its own, of two letters"},
    "importance_sampling": {1: UNNAMED, 3: "the weights themselves"},
    "control_variate": {1: "the factor that is added, not taken away: the other sign"},
    "self_normalised_importance": {1: "the weights themselves"},
}
"""Other forms with a check of their own, by their number among the variants; or why there is none."""

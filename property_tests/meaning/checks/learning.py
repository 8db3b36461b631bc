"""Gradients by differences; values of policies by solving; what an estimate is of, by enumeration."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from errata.worlds.operations import Array
from property_tests.meaning.checks.latent_variables import UNNAMED
from property_tests.meaning.checks.probability import holds
from property_tests.meaning.checks.stated import Check, Pairs, Stated, gradient, random, slope

X, DELTA, WEIGHTS = random(2, 1), random(3, 1, seed=1), random(3, 2, seed=2)


def _adam_correction(stated: Stated) -> Pairs:
    """Of averages of gradients that all are 1."""
    average, beta = 0.0, 0.9
    for _ in range(4):
        average = beta * average + (1 - beta) * 1.0
    values = {"m_{t}": average, "v_{t}": average, "β_{1}": beta, "β_{2}": beta, "t": 4}
    return [(1.0, stated.right(values))]


def _weight_decay_step(stated: Stated) -> Pairs:
    """A gradient step on the loss with λ/2 w² added."""
    w, eta, lam = 0.7, 0.2, 0.3

    def loss(v: float) -> float:
        return math.sin(v) + v**4

    truth = w - eta * slope(lambda v: loss(v) + lam / 2 * v**2, w)
    values = {"w": lambda _: w, "η": eta, "λ": lam, "gradient<:at:>[L(w_{t})]": slope(loss, w)}
    return [(truth, stated.right(values))]


def _descent_lemma(stated: Stated) -> Pairs:
    """Attained where the curvature is L everywhere; above a function that bends less."""
    y, top = random(2, 1, seed=3), 1.7

    def values(f: Any) -> dict[str, Any]:
        return {"f": f, "x": X, "y": y, "L": top, "gradient<:at:>[f(x)]": gradient(f, X)}

    def bowl(v: Array) -> float:
        return top / 2 * float((v.T @ v).item())

    def flat(v: Array) -> float:
        return float(np.sin(v).sum())

    return [(bowl(y), stated.right(values(bowl))), (True, holds(stated, flat(y), stated.right(values(flat))))]


def _gradient_descent_rate(stated: Stated) -> Pairs:
    """Steps of 1/L on a bowl stay within it; where all curvatures are L, one step arrives."""
    found = []
    for least, most in ((0.4, 1.7), (1.7, 1.7)):
        bend = np.diag([least, most])
        x = X.copy()
        for _ in range(3):
            x = x - bend @ x / most
        values = {"μ": least, "L": most, "k": 3, "x_{0}": X, "x^*": np.zeros((2, 1))}
        found.append((float((x**2).sum()), stated.right(values)))
    return [(True, all(holds(stated, reached, bound) for reached, bound in found)), (1.0, 1.0 + found[1][1])]


def _backpropagation(stated: Stated) -> Pairs:
    """Through two layers; the loss is a sum of sines of the last pre-activations."""
    after, z = random(2, 2, seed=4), random(2, 1, seed=5)

    def loss(v: Array) -> float:
        return float(np.sin(after @ np.tanh(v)).sum())

    error = np.cos(after @ np.tanh(z))
    values = {
        "W": lambda *_: after, "δ": lambda *_: error, "z": lambda *_: z,
        "σ′": lambda v: 1 / np.cosh(v) ** 2,
    }  # fmt: skip
    return [(gradient(loss, z), stated.right(values))]


def _linear_layer(of: str) -> Check:
    """The gradient of a loss of W x, in W or in x; δ is the gradient in the product."""

    def loss(w: Array, x: Array) -> float:
        return float(np.sin(w @ x).sum())

    error = np.cos(WEIGHTS @ X)
    truth = gradient(lambda w: loss(w, X), WEIGHTS) if of == "W" else gradient(lambda x: loss(WEIGHTS, x), X)
    values = {
        "W": WEIGHTS, "x": X, "δ": lambda *_: error, "a": lambda *_: X, "derivative[L,z]": error
    }  # fmt: skip
    return lambda stated: [(truth, stated.right(values))]


def _inverted_dropout(stated: Stated) -> Pairs:
    """Its mean is what it is applied to."""
    keep = 0.8
    found = [
        mass * stated.right({"m": lambda *_, m=m: m, "a": lambda *_: 1.7, "q": keep, "p": 1 - keep})
        for m, mass in ((1.0, keep), (0.0, 1 - keep))
    ]
    return [(1.7, sum(found))]


def _he_initialisation(stated: Stated) -> Pairs:
    """n weights of this variance times rectified normal inputs add up to the variance that the inputs had."""
    zs = np.linspace(-9, 9, 6001)
    density = np.exp(-(zs**2) / 2)
    rectified = float((np.maximum(zs, 0) ** 2 * density).sum() / density.sum())
    return [(1.0, 7 * stated.right({"n": 7}) * rectified)]


def _convolution_size(stated: Stated) -> Pairs:
    """How many places a filter can stand at, counted."""

    def places(n: int, p: int, k: int, s: int) -> int:
        return sum(1 for start in range(0, n + 2 * p, s) if start + k <= n + 2 * p)

    cases = [(11, 1, 3, 2), (12, 2, 5, 3), (7, 0, 3, 1)]
    if "floor" not in stated.text:
        cases = [(7, 0, 3, 1)] if "p" not in stated.form.right.__repr__().replace("spelled", "") else [(11, 1, 3, 2)]
    if "s" not in stated.text:
        cases = [(7, 0, 3, 1)]
    return [(places(*case), stated.right(dict(zip("npks", case, strict=True)))) for case in cases]


def _tanh_derivative(stated: Stated) -> Pairs:
    values = {"x": 0.4, "f": math.tanh}
    return [(slope(math.tanh, 0.4), stated.right(values))]


def _dot_product_variance(stated: Stated) -> Pairs:
    """Over all pairs of vectors of signs."""
    products = [
        float(np.dot(q, k)) for q in itertools.product((1, -1), repeat=3) for k in itertools.product((1, -1), repeat=3)
    ]
    return [(float(np.var(products)), stated.right({"d": 3}))]


REWARDS = np.asarray([[1.0, 0.3], [-0.4, 0.8], [0.2, 1.1]])
"""Of each state, of each action."""
MOVES = np.asarray(
    [[[0.2, 0.5, 0.3], [0.6, 0.1, 0.3]], [[0.1, 0.1, 0.8], [0.3, 0.4, 0.3]], [[0.5, 0.2, 0.3], [0.1, 0.8, 0.1]]]
)
POLICY = np.asarray([[0.3, 0.7], [0.9, 0.1], [0.5, 0.5]])
GAMMA = 0.8


def _policy_values() -> Array:
    """By adding up what is expected at each later time."""
    step = np.einsum("sa,sat->st", POLICY, MOVES)
    reward = (POLICY * REWARDS).sum(axis=1)
    total, now = np.zeros(3), np.eye(3)
    for t in range(400):
        total = total + GAMMA**t * now @ reward
        now = now @ step
    return np.asarray(total)


def _best_values() -> Array:
    """The greatest value of any fixed choice of actions."""
    values = []
    for choice in itertools.product(range(2), repeat=3):
        step = np.asarray([MOVES[s, a] for s, a in enumerate(choice)])
        reward = np.asarray([REWARDS[s, a] for s, a in enumerate(choice)])
        values.append(np.linalg.solve(np.eye(3) - GAMMA * step, reward))
    return np.asarray(np.max(values, axis=0))


def _decisions(values: Array) -> dict[str, Any]:
    q = REWARDS + GAMMA * MOVES @ values
    transition = {
        "P[s′,given[s],given[a]]": lambda env: MOVES[int(env.get("s", 1)), int(env.get("a", 1)), int(env["s′"])],
        "P": lambda t, s, a: MOVES[int(s), int(a), int(t)],
    }
    named = {name: (lambda s: values[int(s)]) for name in ("V", "V^*", "V^π")}
    named |= {name: (lambda s, a: q[int(s), int(a)]) for name in ("Q", "Q^*", "Q^π")}
    return {
        **transition, **named, "π": lambda a, s: POLICY[int(s), int(a)], "γ": GAMMA, "s": 1.0, "a": 1.0,
        "r": lambda s, a, *_: REWARDS[int(s), int(a)], "V_{k}": lambda s: values[int(s)],
    }  # fmt: skip


MDP = {"s′": [0.0, 1.0, 2.0], "a": [0.0, 1.0], "a′": [0.0, 1.0]}


def _bellman(stated: Stated) -> Pairs:
    values = _policy_values()
    return [(values[1], stated.right(_decisions(values), MDP))]


def _bellman_expectation_q(stated: Stated) -> Pairs:
    values = _policy_values()
    return [(REWARDS[1, 1] + GAMMA * MOVES[1, 1] @ values, stated.right(_decisions(values), MDP))]


def _bellman_optimality_v(stated: Stated) -> Pairs:
    values = _best_values()
    return [(values[1], stated.right(_decisions(values), MDP))]


def _bellman_optimality_q(stated: Stated) -> Pairs:
    values = _best_values()
    return [(REWARDS[1, 1] + GAMMA * MOVES[1, 1] @ values, stated.right(_decisions(values), MDP))]


def _choice(theta: float, action: float, state: float) -> float:
    """The mass of an action in a state under a policy of one parameter."""
    one = 1 / (1 + math.exp(0.3 - theta * (1 + state)))
    return one if action else 1 - one


def _policy_gradient(stated: Stated) -> Pairs:
    """Over both steps of all trajectories: the first action is the second state."""
    theta, paths = 0.4, list(itertools.product((0, 1), repeat=2))

    def masses(at: float) -> list[float]:
        return [_choice(at, a, 0) * _choice(at, b, a) for a, b in paths]

    gains = [REWARDS[0, a] + REWARDS[a, b] for a, b in paths]
    truth = slope(lambda at: float(np.dot(masses(at), gains)), theta)
    later = [[REWARDS[0, a] + REWARDS[a, b], REWARDS[a, b]] for a, b in paths]
    values = {
        "π": _choice, "θ": theta, "T": 1, "G": lambda n, t: later[n][int(t)],
        "a": lambda n, t: paths[n][int(t)], "s": lambda n, t: [0, paths[n][0]][int(t)],
    }  # fmt: skip
    return [(truth, stated.right(values, {"ω": masses(theta)}, random=("G", "a", "s")))]


def _performance_difference(stated: Stated) -> Pairs:
    """Between the values of two policies, solved for each; the new one's discounted share of visits by powers."""
    new = np.asarray([[0.2, 0.8], [0.9, 0.1], [0.5, 0.5]])
    step = np.einsum("sa,sat->st", new, MOVES)
    worth = np.linalg.solve(np.eye(3) - GAMMA * step, (new * REWARDS).sum(1))
    old = _policy_values()
    visits, reach = np.zeros(3), np.eye(3)[0]
    for k in range(400):
        visits, reach = visits + (1 - GAMMA) * GAMMA**k * reach, reach @ step
    advantage = REWARDS + GAMMA * MOVES @ old - old[:, None]
    values = {
        "γ": GAMMA, "A": lambda s, a: advantage[int(s), int(a)],
        "d": lambda s, _: visits[int(s)], "π′": lambda s, a: new[int(s), int(a)],
    }  # fmt: skip
    return [(worth[0] - old[0], stated.right(values, {"s": [0.0, 1.0, 2.0], "a": [0.0, 1.0]}))]


def _gae(stated: Stated) -> Pairs:
    """(1 − λ) Σ λ^{n−1} of the n-step advantages."""
    lam, gamma, steps = 0.5, 0.7, 40
    rewards = [math.sin(1.0 + t) for t in range(steps + 3)]
    values = [math.cos(2.0 * t) for t in range(steps + 4)]
    errors = [rewards[t] + gamma * values[t + 1] - values[t] for t in range(steps + 3)]

    def after(n: int, t: int) -> float:
        return sum(gamma**k * rewards[t + k] for k in range(n)) + gamma**n * values[t + n] - values[t]

    def advantage(t: int) -> float:
        return (1 - lam) * sum(lam ** (n - 1) * after(n, t) for n in range(1, steps + 1))

    found = stated.right({
        "γ": gamma, "λ": lam, "t": 0, "δ": lambda t: errors[int(t)] if t < len(errors) else 0.0,
        "hat(A)": lambda t: advantage(int(t)),
    })  # fmt: skip
    return [(advantage(0), found)]


CHECKS: Mapping[str, Check] = {
    "adam_correction": _adam_correction,
    "weight_decay_step": _weight_decay_step,
    "descent_lemma": _descent_lemma,
    "gradient_descent_rate": _gradient_descent_rate,
    "backpropagation": _backpropagation,
    "weight_gradient": _linear_layer("W"),
    "input_gradient": _linear_layer("x"),
    "inverted_dropout": _inverted_dropout,
    "he_initialisation": _he_initialisation,
    "convolution_size": _convolution_size,
    "tanh_derivative": _tanh_derivative,
    "dot_product_variance": _dot_product_variance,
    "bellman_expectation": _bellman,
    "bellman_expectation_q": _bellman_expectation_q,
    "bellman_optimality_v": _bellman_optimality_v,
    "bellman_optimality_q": _bellman_optimality_q,
    "policy_gradient": _policy_gradient,
    "performance_difference": _performance_difference,
    "gae": _gae,
    "discounted_sum": lambda s: [(sum(0.7**k for k in range(200)), s.right({"γ": 0.7}))],
}

_SWALLOWED = "the reader takes a factor after a log for a part of it, in notes too"

OTHERS: Mapping[str, Mapping[int, Check | str]] = {
    "policy_gradient": {
        1: _SWALLOWED,
        **dict.fromkeys((2, 3, 4, 11, 12), "of T steps from 0 to T − 1, or of one step with its own weight"),
        **dict.fromkeys((5, 6), "the return written out, over trajectories that have a name"),
        **dict.fromkeys(range(7, 11), _SWALLOWED),
    },
    "gae": {2: "of an episode that ends at T, after which no error comes"},
    "weight_gradient": {1: "the reader takes the bracket for an argument here, in notes too"},
    "bellman_expectation": {1: UNNAMED, 2: "of a chain of rewards, without actions"},
    "bellman_optimality_q": {2: UNNAMED},
}
"""Other forms with a check of their own, by their number among the variants; or why there is none."""

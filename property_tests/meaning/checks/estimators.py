"""Estimators as roots of the slope of a log-likelihood or a log-posterior; their moments by enumeration."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from typing import Any

import numpy as np
from scipy import integrate, optimize, stats

from errata.meaning.terms import heads
from errata.worlds.operations import Array, Token
from property_tests.meaning.checks.stated import (
    Check,
    Pairs,
    Stated,
    gradient,
    positive_definite,
    random,
    sequence,
    slope,
)

COUNTS = [3.0, 1.0, 4.0, 2.0]
NUMBERS = [0.7, 2.1, 1.3, 0.4, 1.9]


def root_of_slope(f: Callable[[float], float], low: float, high: float) -> float:
    """Where a concave function is greatest."""
    return float(optimize.brentq(lambda x: slope(f, x, 1e-4), low, high, xtol=1e-13, rtol=1e-13))


def stationary(f: Callable[[Array], float], start: Sequence[float]) -> Array:
    """Where the gradient of a function vanishes."""
    found = optimize.fsolve(lambda x: gradient(f, np.asarray(x)), start, xtol=1e-12)
    return np.asarray(found)


def likeliest(law: Callable[[float], Any], data: Sequence[float], low: float, high: float) -> float:
    """The parameter of a law under which data are likeliest."""

    def log_likelihood(parameter: float) -> float:
        here = law(parameter)
        score = here.logpmf if hasattr(here.dist, "pmf") else here.logpdf
        return float(sum(score(x) for x in data))

    return root_of_slope(log_likelihood, low, high)


def mle(law: Callable[[float], Any], data: Sequence[float], low: float, high: float, **more: Any) -> Check:
    """That a right side is the likeliest parameter, data being x."""
    values = {"n": len(data), "x": sequence(data), "bar(x)": float(np.mean(data)), **more}
    truth = cache(lambda: likeliest(law, data, low, high))
    return lambda stated: [(truth(), stated.right(values))]


CENTRE = float(np.mean(NUMBERS))


@cache
def _likeliest_variance() -> float:
    return likeliest(lambda v: stats.norm(CENTRE, math.sqrt(v)), NUMBERS, 0.05, 3)


def _normal_variance_mle(stated: Stated) -> Pairs:
    return [(_likeliest_variance(), stated.right({"n": len(NUMBERS), "x": sequence(NUMBERS), "hat(μ)": CENTRE}))]


def likeliest_covariance(data: Sequence[Array], mean: Array, weights: Sequence[float]) -> Array:
    """The covariance matrix of two dimensions under which weighted data are likeliest, by its precision."""

    def log_likelihood(p: Array) -> float:
        precision = np.asarray([[p[0], p[1]], [p[1], p[2]]])
        logs = [
            0.5 * math.log(max(np.linalg.det(precision), 1e-9)) - 0.5 * ((x - mean).T @ precision @ (x - mean)).item()
            for x in data
        ]
        return float(np.dot(weights, logs))

    start = np.linalg.inv(
        sum(w * (x - mean) @ (x - mean).T for w, x in zip(weights, data, strict=True)) / sum(weights) * 1.2
    )
    p = stationary(log_likelihood, [start[0, 0], start[0, 1], start[1, 1]])
    return np.linalg.inv(np.asarray([[p[0], p[1]], [p[1], p[2]]]))


@cache
def _scatter() -> tuple[list[Array], Array, Array]:
    data = [random(2, 1, seed=n) for n in range(4)]
    mean = np.mean(data, axis=0)
    return data, mean, likeliest_covariance(data, mean, [1.0] * 4)


def _normal_covariance_mle(stated: Stated) -> Pairs:
    data, mean, truth = _scatter()
    return [(truth, stated.right({"n": 4, "x": sequence(data), "hat(μ)": mean}))]


def _uniform_mle(stated: Stated) -> Pairs:
    candidates = sorted({*NUMBERS, 2.5, 3.0, 2.2})
    truth = max(candidates, key=lambda top: math.prod(stats.uniform(0, top).pdf(x) for x in NUMBERS))
    return [(truth, stated.right({"n": len(NUMBERS), "x": sequence(NUMBERS)}, {"i": [1, 2, 3, 4, 5]}))]


def likeliest_masses(weights: Sequence[float]) -> Array:
    """The probabilities that make Σ weight · log probability greatest."""

    def score(logits: Array) -> float:
        full = np.asarray([*logits, 0.0])
        return float(np.dot(weights, full - np.log(np.exp(full).sum())))

    logits = np.asarray([*stationary(score, [0.0] * (len(weights) - 1)), 0.0])
    return np.exp(logits) / np.exp(logits).sum()


def _categorical_mle(stated: Stated) -> Pairs:
    counts = [5.0, 2.0, 4.0]
    numbered = sequence(counts)
    values = {"n": lambda *i: numbered(*i) if i else 11.0, "k": 1, "N_{k}": 5.0, "N": 11.0}
    found = stated.right(values, {"j": [1, 2, 3]})
    return [(likeliest_masses(counts)[0], found)]


def _normal_log_likelihood(stated: Stated) -> Pairs:
    truth = sum(stats.norm(0.8, 1.7).logpdf(x) for x in NUMBERS)
    return [(truth, stated.right({"n": len(NUMBERS), "x": sequence(NUMBERS), "μ": 0.8, "σ": 1.7}))]


def _normal_without_constant(stated: Stated) -> Pairs:
    """By how much two parameters differ."""
    truth, found = (
        [value(m, s) for m, s in ((0.8, 1.7), (-0.3, 0.9))]
        for value in (
            lambda m, s: sum(stats.norm(m, s).logpdf(x) for x in NUMBERS),
            lambda m, s: stated.right({"n": len(NUMBERS), "x": sequence(NUMBERS), "μ": m, "σ": s}),
        )
    )
    return [(truth[0] - truth[1], found[0] - found[1])]


def _normal_of_unit_variance(stated: Stated) -> Pairs:
    truth = sum(stats.norm(0.8, 1).logpdf(x) for x in NUMBERS)
    return [(truth, stated.right({"n": len(NUMBERS), "x": sequence(NUMBERS), "μ": 0.8}))]


def bernoulli_information(p: float) -> float:
    """E (d/dp log mass)², by summing over both outcomes."""
    return sum(
        float(stats.bernoulli(p).pmf(x)) * slope(lambda s, x=x: stats.bernoulli(s).logpmf(x), p, 1e-4) ** 2
        for x in (0, 1)
    )


def _cramer_rao(stated: Stated) -> Pairs:
    """The mean of n tosses attains it; the first toss alone, unbiased too, stays above."""
    p, n = 0.3, 3
    tosses = list(itertools.product((0, 1), repeat=n))
    mass = [math.prod(p if t else 1 - p for t in toss) for toss in tosses]
    means = [sum(toss) / n for toss in tosses]
    variance = sum(m * (x - p) ** 2 for m, x in zip(mass, means, strict=True))
    bound = stated.right({"n": n, "I[θ]": bernoulli_information(p)})
    return [(variance, bound), ("≥", stated.form.sign), (True, p * (1 - p) >= bound)]


def _map_objective(stated: Stated) -> Pairs:
    prior, likelihood = {0.0: 0.2, 1.0: 0.5, 2.0: 0.3}, {0.0: 0.9, 1.0: 0.1, 2.0: 0.5}
    joint = {t: prior[t] * likelihood[t] for t in prior}
    best = max(joint, key=lambda t: joint[t] / sum(joint.values()))
    values = {"p(x|θ)": lambda x, t: likelihood[t], "p(θ)": lambda t: prior[t], "x": 1.0}
    return [(Token(repr([best])), stated.right(values, {"θ": list(prior)}))]


A, B, K, N = 2.3, 1.6, 3, 7


def _posterior(theta: float) -> float:
    return float(stats.beta(A, B).pdf(theta) * stats.binom(N, theta).pmf(K))


@cache
def _posterior_mode(data: bool) -> float:
    prior = stats.beta(A, B)
    return root_of_slope(lambda t: math.log(_posterior(t)) if data else prior.logpdf(t), 0.05, 0.95)


@cache
def _mean_of_posterior(a: float, b: float) -> float:
    thetas, weights = np.polynomial.legendre.leggauss(400)
    thetas = np.sin((thetas + 1) * math.pi / 4) ** 2
    weights = weights * np.sqrt(thetas * (1 - thetas))
    density = weights * stats.beta(a, b).pdf(thetas) * stats.binom(N, thetas).pmf(K)
    return float((thetas * density).sum() / density.sum())


def _beta_map(stated: Stated) -> Pairs:
    truth = _posterior_mode("k" in stated.text)
    return [(truth, stated.right({"k": K, "n": N, "a": A, "b": B}))]


def _beta_posterior_mean(stated: Stated) -> Pairs:
    truth = _mean_of_posterior(A, B) if "a" in heads(stated.form.right) else _mean_of_posterior(1, 1)
    return [(truth, stated.right({"k": K, "n": N, "a": A, "b": B}))]


ALPHA, SEEN = [1.5, 2.0, 3.0], [2.0, 1.0, 4.0]


def _dirichlet_posterior(x: float, y: float) -> float:
    masses = (x, y, 1 - x - y)
    return math.prod(m ** (a - 1) * m**c for m, a, c in zip(masses, ALPHA, SEEN, strict=True))


def _dirichlet_values() -> dict[str, Any]:
    total, seen = sum(ALPHA), sum(SEEN)
    return {
        "α": lambda k: ([total, *ALPHA])[k], "n": lambda *k: SEEN[k[0] - 1] if k else seen, "k": 1, "K": 3
    }  # fmt: skip


@cache
def _mean_of_masses() -> float:
    whole, mean = (
        integrate.dblquad(lambda y, x, w=w: x**w * _dirichlet_posterior(x, y), 0, 1, 0, lambda x: 1 - x, epsabs=1e-14)[
            0
        ]
        for w in (0, 1)
    )
    return float(mean / whole)


def _dirichlet_predictive(stated: Stated) -> Pairs:
    return [(_mean_of_masses(), stated.right(_dirichlet_values()))]


def _dirichlet_map(stated: Stated) -> Pairs:
    best = stationary(lambda m: math.log(max(_dirichlet_posterior(m[0], m[1]), 1e-300)), [0.25, 0.2])
    return [(best[0], stated.right(_dirichlet_values(), {"j": [1, 2, 3]}))]


@cache
def _normal_posterior(order: int) -> tuple[float, dict[str, Any]]:
    """The mean or the variance of μ given normal data, on a fine grid; and the values of the letters."""
    noise = 0.8
    grid = np.linspace(-8, 10, 6001)
    logs = stats.norm(0.4, 1.3).logpdf(grid) + sum(stats.norm(x, noise).logpdf(grid) for x in NUMBERS)
    whole, first, second = (float((grid**power * np.exp(logs)).sum()) for power in range(3))
    mean = first / whole
    variance = second / whole - mean**2
    values = {
        "σ_{0}": 1.3, "τ_{0}": 1.3, "τ": 1.3, "σ": noise, "n": len(NUMBERS), "bar(x)": float(np.mean(NUMBERS)),
        "μ_{0}": 0.4, "m_{0}": 0.4, "σ_{n}": math.sqrt(variance), "λ_{0}": 1 / 1.3**2, "λ": 1 / noise**2,
    }  # fmt: skip
    return (mean if order == 1 else variance), values


def _normal_posterior_precision(stated: Stated) -> Pairs:
    variance, values = _normal_posterior(2)
    found = stated.right(values)
    left = stated.left({"σ_{n}": math.sqrt(variance), "τ_{n}": math.sqrt(variance), "λ_{n}": 1 / variance})
    return [(left, found)]


def _normal_posterior_mean(stated: Stated) -> Pairs:
    mean, values = _normal_posterior(1)
    return [(mean, stated.right(values))]


def _pooled_variance(stated: Stated) -> Pairs:
    """The residual variance of a regression on who is in which group."""
    one, two = [0.7, 2.1, 1.3], [0.4, 1.9, 3.3, 2.2]
    design = np.asarray([[1, 0]] * 3 + [[0, 1]] * 4)
    y = np.asarray(one + two)
    residual = y - design @ np.linalg.lstsq(design, y, rcond=None)[0]
    s = [float(np.std(g, ddof=1)) for g in (one, two)]
    values = {"n_{1}": 3, "n_{2}": 4, "s_{1}": s[0], "s_{2}": s[1], "n": 3, "m": 4, "s_{x}": s[0], "s_{y}": s[1]}
    return [(residual @ residual / (7 - 2), stated.right(values))]


def _proportion_variance() -> float:
    law = stats.binom(7, 0.3)
    return float(sum(law.pmf(k) * (k / 7 - 0.3) ** 2 for k in range(8)))


def _proportion(stated: Stated) -> Pairs:
    return [(math.sqrt(_proportion_variance()), stated.right({"hat(p)": 0.3, "n": 7}))]


def _needed(sigma: float) -> float:
    """How many make z standard errors as small as the margin."""
    return float(optimize.brentq(lambda n: 1.96 * stats.norm(0, sigma).std() / math.sqrt(n) - 0.3, 1, 1e4, xtol=1e-11))


def _sample_size(stated: Stated) -> Pairs:
    return [(_needed(1.7), stated.right({"z": 1.96, "σ": 1.7, "m": 0.3}))]


def _laplace_approximation(stated: Stated, factors: int = 1) -> Pairs:
    """It is exact for a multiple of a normal density; the whole is summed on a fine grid. Its height at the top is the
    product of one factor or of two equal ones."""
    a = positive_definite(2)
    top = 0.7
    xs = np.linspace(-14, 14, 701)
    x, y = np.meshgrid(xs, xs)
    heights = top * np.exp(-0.5 * (a[0, 0] * x**2 + 2 * a[0, 1] * x * y + a[1, 1] * y**2))
    whole = float(heights.sum() * (xs[1] - xs[0]) ** 2)

    def height(*_: object) -> float:
        return top ** (1 / factors)

    values = {"f": height, "p": height, "d": 2, "A": a, "θ^*": 0.0, "hat(θ)": 0.0, "D": 0.0}
    return [(math.log(whole), stated.right(values))]


def _delta_method(stated: Stated) -> Pairs:
    """An estimate that is off by ±h, for small h."""
    theta, h = 0.7, 1e-4
    ends = [math.exp(math.sin(theta + s)) for s in (h, -h)]
    variance = float(np.var(ends))
    g_slope = slope(lambda t: math.exp(math.sin(t)), theta)
    return [(variance, stated.right({"g′": lambda _: g_slope, "Var<:law:any>[hat(θ)]": h**2, "θ": theta}))]


CHECKS: Mapping[str, Check] = {
    "poisson_mle": mle(stats.poisson, COUNTS, 0.5, 9),
    "exponential_mle": mle(lambda r: stats.expon(scale=1 / r), NUMBERS, 0.1, 5),
    "bernoulli_mle": mle(stats.bernoulli, [1, 0, 1, 1, 0], 0.05, 0.95, k=3),
    "normal_mean_mle": mle(lambda m: stats.norm(m, 1.3), NUMBERS, -3, 5),
    "normal_variance_mle": _normal_variance_mle,
    "normal_covariance_mle": _normal_covariance_mle,
    "laplace_scale_mle": mle(lambda b: stats.laplace(1.3, b), NUMBERS, 0.1, 5, m=1.3),
    "uniform_mle": _uniform_mle,
    "categorical_mle": _categorical_mle,
    "geometric_mle": mle(stats.geom, COUNTS, 0.05, 0.95),
    "normal_log_likelihood": _normal_log_likelihood,
    "bernoulli_fisher": lambda s: [(bernoulli_information(0.3), s.right({"p": 0.3}))],
    "cramer_rao": _cramer_rao,
    "map_objective": _map_objective,
    "beta_map": _beta_map,
    "beta_posterior_mean": _beta_posterior_mean,
    "dirichlet_predictive": _dirichlet_predictive,
    "dirichlet_map": _dirichlet_map,
    "normal_posterior_precision": _normal_posterior_precision,
    "normal_posterior_mean": _normal_posterior_mean,
    "pooled_variance": _pooled_variance,
    "proportion_standard_error": _proportion,
    "sample_size": _sample_size,
    "laplace_approximation": _laplace_approximation,
    "delta_method": _delta_method,
}


UNBIASED = "divided by n − 1, as notes often do under the same name: see sample_variance"

OTHERS: Mapping[str, Mapping[int, Check | str]] = {
    "exponential_mle": {n: mle(lambda m: stats.expon(scale=m), NUMBERS, 0.1, 5) for n in (2, 3)},
    "normal_variance_mle": {1: UNBIASED},
    "normal_covariance_mle": {1: UNBIASED},
    "normal_log_likelihood": {3: _normal_without_constant, 4: _normal_of_unit_variance},
    "geometric_mle": {2: mle(lambda p: stats.nbinom(1, p), COUNTS, 0.05, 0.95)},
    "bernoulli_fisher": {1: lambda s: [(7 * bernoulli_information(0.3), s.right({"p": 0.3, "n": 7}))]},
    "laplace_approximation": {n: partial(_laplace_approximation, factors=f) for n, f in enumerate((1, 2, 1, 2), 1)},
    "cramer_rao": {1: "the information of all n observations, not of one"},
    "proportion_standard_error": {1: lambda s: [(_proportion_variance(), s.right({"p": 0.3, "n": 7}))]},
    "sample_size": {1: lambda s: [(_needed(math.sqrt(0.3 * 0.7)), s.right({"z": 1.96, "p": 0.3, "m": 0.3}))]},
}
"""Other forms with a check of their own, by their number among the variants; or why there is none."""

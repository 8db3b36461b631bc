"""Estimators as roots of slopes of log-likelihoods; those by moments as the law whose moments are the sample's."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import numpy as np
from scipy import optimize, stats

from property_tests.meaning.checks.estimators import COUNTS, NUMBERS, likeliest, likeliest_masses, mle, root_of_slope
from property_tests.meaning.checks.stated import Check, Pairs, Stated, random, sequence, slope

SHAPE, LEAST = 1.7, 0.3
EULER = 0.5772156649015329
SHARES, SMALL = [0.2, 0.7, 0.4, 0.45], [3.0, 4.0, 4.0, 3.0, 5.0]
LOGS = [math.log(x) for x in NUMBERS]


def matched(
    law: Callable[[Any], Any], start: tuple[float, ...], of: Callable[[Any], float], data: list[float] = NUMBERS
) -> Check:
    """That a right side is a parameter of the law that has the mean and the variance of a sample."""
    mean, square = float(np.mean(data)), float(np.mean(np.square(data)))
    variance = square - mean**2

    @cache
    def truth() -> float:
        def off(parameters: Any) -> list[float]:
            here = law(parameters)
            return [float(here.mean()) - mean, float(here.var()) - variance][: len(start)]

        return of(optimize.fsolve(off, start, xtol=1e-13))

    def check(stated: Stated) -> Pairs:
        values = {
            "bar(x)": mean, "s": math.sqrt(variance), "m": LEAST, "m_{1}": mean, "m_{2}": square, "γ": EULER,
            "n": len(data), "x": sequence(data),
        }  # fmt: skip
        more = {"hat(β)": scale_of_gumbel(), "hat(σ)": deviation_of_logs()}
        return [(truth() ** _power(stated), stated.right({**values, **more}))]

    return check


def _power(stated: Stated) -> int:
    """Where a statement gives a square, σ̂² = …"""
    return 2 if "pow" in repr(stated.form.left) else 1


@cache
def scale_of_gumbel() -> float:
    """By the variance of the sample."""
    spread = float(np.std(NUMBERS))
    return float(optimize.brentq(lambda b: stats.gumbel_r(0, b).std() - spread, 0.01, 9, xtol=1e-13))


@cache
def deviation_of_logs() -> float:
    """σ of the log-normal law with the sample's coefficient of variation."""
    ratio = float(np.std(NUMBERS) / np.mean(NUMBERS))
    return float(
        optimize.brentq(lambda s: stats.lognorm(s).std() / stats.lognorm(s).mean() - ratio, 0.01, 3, xtol=1e-13)
    )


def _squared(check: Check) -> Check:
    return lambda stated: [(truth**2, found) for truth, found in check(stated)]


def _lognormal_variance(stated: Stated) -> Pairs:
    centre = float(np.mean(LOGS))
    deviation = likeliest(lambda s: stats.lognorm(s, scale=math.exp(centre)), NUMBERS, 0.1, 3)
    return [(deviation**2, stated.right({"n": len(NUMBERS), "x": sequence(NUMBERS), "hat(μ)": centre}))]


def _power_law(stated: Stated) -> Pairs:
    """Of the density proportional to x^(−a) above the least."""
    truth = likeliest(lambda a: stats.pareto(a - 1, scale=LEAST), NUMBERS, 1.05, 9)
    return [(truth, stated.right({"n": len(NUMBERS), "x": sequence(NUMBERS), "m": LEAST}))]


def _known_mean(centre: float) -> Check:
    variance = cache(lambda: likeliest(lambda v: stats.norm(centre, math.sqrt(v)), NUMBERS, 0.05, 9))
    return lambda s: [(variance(), s.right({"n": len(NUMBERS), "x": sequence(NUMBERS), "μ": centre}))]


def _transition(stated: Stated) -> Pairs:
    rows = [[5.0, 2.0, 4.0], [1.0, 3.0, 2.0]]
    total = sum(rows[0])
    values = {
        "n": lambda i, *j: rows[i - 1][j[0] - 1] if j else total, "K": 3, "i": 1, "j": 2,
    }  # fmt: skip
    return [(likeliest_masses(rows[0])[1], stated.right(values))]


SERIES = [float(x) for x in random(6, 1, seed=4)[:, 0]]


def _autoregression(first: int) -> Check:
    """The least squares fit of each value to the one before."""
    now, before = np.asarray(SERIES[1:]), np.asarray(SERIES[:-1])[:, None]
    truth = float(np.linalg.lstsq(before, now, rcond=None)[0][0])
    return lambda s: [(truth, s.right({"n": 6 if first else 5, "x": sequence(SERIES, first)}))]


def _unbiased(stated: Stated) -> Pairs:
    """Its mean over samples of three from [0, θ] is θ, by the density of the greatest."""
    nodes, weights = np.polynomial.legendre.leggauss(8)
    tops = [((x + 1) / 2 * 2.5, w / 2 * 2.5) for x, w in zip(nodes, weights, strict=True)]
    below = stats.uniform(0, 2.5)

    def greatest(x: float) -> float:
        return float(slope(lambda y: float(below.cdf(y)) ** 3, x))

    def found(x: float) -> float:
        data = [x, x / 2, x / 3]
        values = {"n": 3, "x": lambda i: x if i == 3 and "max" not in stated.text else data[i - 1]}
        return float(stated.right(values, {"i": [1, 2, 3]}))

    return [(2.5, sum(w * found(x) * greatest(x) for x, w in tops))]


def _tanks(stated: Stated) -> Pairs:
    """Its mean over all samples of three of nine numbers is nine."""
    samples = list(itertools.combinations(range(1, 10), 3))
    return [(9.0, sum(stated.right({"m": max(s), "k": 3}) for s in samples) / len(samples))]


def _negative_binomial(p: Any) -> Any:
    return stats.nbinom(3, p)


def _size_and_chance(data: list[float], which: int) -> Check:
    """The two parameters of a binomial law, which need not be whole: by n p and n p (1 − p)."""

    class Law:
        def __init__(self, parameters: Any) -> None:
            self.n, self.p = parameters

        def mean(self) -> float:
            return float(self.n * self.p)

        def var(self) -> float:
            return float(self.n * self.p * (1 - self.p))

    return matched(Law, (6.0, 0.6), lambda found: float(found[which]), data)


def _counts(which: int) -> Check:
    spread = [0.0, 1.0, 7.0, 4.0, 2.0]
    return matched(lambda v: stats.nbinom(v[0], v[1]), (2.0, 0.4), lambda v: float(v[which]), spread)


def _gamma(which: Callable[[Any], float]) -> Check:
    return matched(lambda v: stats.gamma(v[0], scale=v[1]), (2.0, 0.5), which)


def _beta(which: int) -> Check:
    return matched(lambda v: stats.beta(v[0], v[1]), (2.0, 2.0), lambda v: float(v[which]), SHARES)


def _weibull(stated: Stated) -> Pairs:
    truth = root_of_slope(
        lambda c: sum(float(stats.weibull_min(SHAPE, scale=c).logpdf(x)) for x in NUMBERS), 0.2, 5
    )  # fmt: skip
    whole = truth**SHAPE if "pow" in repr(stated.form.left) else truth
    return [(whole, stated.right({"n": len(NUMBERS), "x": sequence(NUMBERS), "k": SHAPE}))]


def _known_shape(rate: bool) -> Check:
    family = (lambda b: stats.gamma(2.3, scale=1 / b)) if rate else (lambda b: stats.gamma(2.3, scale=b))
    return mle(family, NUMBERS, 0.1, 9, a=2.3)


CHECKS: Mapping[str, Check] = {
    "rayleigh_mle": _squared(mle(lambda s: stats.rayleigh(scale=s), NUMBERS, 0.2, 5)),
    "pareto_shape_mle": mle(lambda a: stats.pareto(a, scale=LEAST), NUMBERS, 0.05, 9, m=LEAST),
    "power_law_exponent_mle": _power_law,
    "lognormal_location_mle": mle(lambda m: stats.lognorm(0.7, scale=math.exp(m)), NUMBERS, -2, 3),
    "lognormal_scale_mle": _lognormal_variance,
    "gamma_rate_mle": _known_shape(True),
    "negative_binomial_mle": mle(_negative_binomial, COUNTS, 0.05, 0.95, r=3),
    "weibull_scale_mle": _weibull,
    "normal_variance_mle_of_known_mean": _known_mean(0.0),
    "transition_mle": _transition,
    "autoregression_estimator": _autoregression(1),
    "uniform_unbiased": _unbiased,
    "german_tank": _tanks,
    "gamma_shape_by_moments": _gamma(lambda v: float(v[0])),
    "gamma_rate_by_moments": _gamma(lambda v: 1 / float(v[1])),
    "beta_first_by_moments": _beta(0),
    "beta_second_by_moments": _beta(1),
    "uniform_by_moments": matched(lambda v: stats.uniform(0, v[0]), (2.0,), lambda v: float(v[0])),
    "pareto_by_moments": matched(lambda v: stats.pareto(v[0], scale=LEAST), (1.5,), lambda v: float(v[0])),
    "negative_binomial_probability_by_moments": _counts(1),
    "negative_binomial_size_by_moments": _counts(0),
    "binomial_size_by_moments": _size_and_chance(SMALL, 0),
    "binomial_probability_by_moments": _size_and_chance(SMALL, 1),
    "gumbel_scale_by_moments": matched(lambda v: stats.gumbel_r(v[0], v[1]), (1.0, 0.5), lambda v: float(v[1])),
    "gumbel_location_by_moments": matched(lambda v: stats.gumbel_r(v[0], v[1]), (1.0, 0.5), lambda v: float(v[0])),
    "lognormal_scale_by_moments": matched(
        lambda v: stats.lognorm(v[1], scale=math.exp(v[0])), (0.1, 0.5), lambda v: float(v[1])
    ),
    "lognormal_location_by_moments": matched(
        lambda v: stats.lognorm(v[1], scale=math.exp(v[0])), (0.1, 0.5), lambda v: float(v[0])
    ),
    "rayleigh_by_moments": matched(lambda v: stats.rayleigh(scale=v[0]), (1.0,), lambda v: float(v[0])),
    "laplace_by_moments": matched(lambda v: stats.laplace(v[0], v[1]), (1.0, 0.5), lambda v: float(v[1])),
}

OTHERS: Mapping[str, Mapping[int, Check | str]] = {
    "lognormal_scale_mle": {1: "divided by n − 1, as notes often do under the same name: see sample_variance"},
    "gamma_rate_mle": dict.fromkeys((2, 3), _known_shape(False)),
    "negative_binomial_mle": {
        2: "the number of trials, not of failures, is counted: r more than x, see geometric_mle",
        3: mle(lambda p: stats.nbinom(3, 1 - p), COUNTS, 0.05, 0.95, r=3),
    },
    "normal_variance_mle_of_known_mean": {1: _known_mean(0.8)},
    "autoregression_estimator": {1: _autoregression(0)},
    "gamma_rate_by_moments": dict.fromkeys((2, 3), _gamma(lambda v: float(v[1]))),
    "negative_binomial_probability_by_moments": {
        1: lambda s: [(1 - truth, found) for truth, found in _counts(1)(s)],
    },
}
"""Other conventions with a check of their own, by their number among the variants; or why there is none."""

"""Rules and inequalities on finite tables, with the case that attains a bound; densities as slopes of masses."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from scipy import integrate, optimize, stats

from errata.meaning.elaborate import spelled
from errata.worlds.operations import Array
from property_tests.meaning.checks.stated import Check, Pairs, Stated, column, random, slope

TABLE = np.asarray([[0.10, 0.25, 0.05], [0.20, 0.12, 0.28]])
"""A joint law of two variables: rows, columns."""
W = [0.2, 0.35, 0.1, 0.35]
XS, YS = [0.5, -1.2, 2.0, 0.3], [1.1, 0.4, -0.6, -2.0]
TWO: dict[str, Any] = {"X": lambda n: XS[n], "Y": lambda n: YS[n], "a": 1.7, "b": -0.6, "μ": float(np.dot(W, XS))}
OUTCOMES = {"ω": W}


def mean(values: Any) -> Any:
    """The mean over the outcomes."""
    return sum(w * v for w, v in zip(W, values, strict=True))


def variance(values: Any) -> float:
    """The mean squared distance from the mean."""
    centre = mean(values)
    return float(mean([(v - centre) ** 2 for v in values]))


def covariance(one: Any, two: Any) -> float:
    """The mean product of the distances from the means."""
    a, b = mean(one), mean(two)
    return float(mean([(x - a) * (y - b) for x, y in zip(one, two, strict=True)]))


def holds(stated: Stated, value: float, bound: float) -> bool:
    """Whether a value stands to a bound as the statement says, but for rounding."""
    slack = 1e-9 * max(abs(value), abs(bound))
    return value <= bound + slack if stated.form.sign == "≤" else value >= bound - slack


def _bayes_rule(stated: Stated) -> Pairs:
    a, b = TABLE[0].sum(), TABLE[:, 1].sum()
    values = {"P[B,given[A]]": TABLE[0, 1] / a, "P[A]": a, "P[B]": b}
    return [(TABLE[0, 1] / b, stated.right(values))]


def _laws() -> dict[str, Any]:
    """The joint law of the table as densities p of θ (rows) and x (columns)."""
    rows, columns = TABLE.sum(axis=1), TABLE.sum(axis=0)
    return {
        "p(x|θ)": lambda x, t: TABLE[int(t), int(x)] / rows[int(t)], "p(θ)": lambda t: rows[int(t)],
        "p(x|θ′)": lambda x, t: TABLE[int(t), int(x)] / rows[int(t)], "p(θ′)": lambda t: rows[int(t)],
        "p(x)": lambda x: columns[int(x)], "x": 1.0, "θ": 0.0,
    }  # fmt: skip


def _bayes_densities(stated: Stated) -> Pairs:
    both = {"θ": [0.0, 1.0], "θ′": [0.0, 1.0], "dθ": [1.0, 1.0], "dθ′": [1.0, 1.0]}
    return [(TABLE[0, 1] / TABLE[:, 1].sum(), stated.right(_laws(), both))]


def _posterior_proportional(stated: Stated) -> Pairs:
    there = stated.right({**_laws(), "θ": 1.0})
    return [(TABLE[0, 1] / TABLE[1, 1], stated.right(_laws()) / there)]


def _total_probability(stated: Stated) -> Pairs:
    rows = TABLE.sum(axis=1)
    values = {
        "p(x|z)": lambda x, z: TABLE[int(z), int(x)] / rows[int(z)], "p(z)": lambda z: rows[int(z)],
        "p(x,z)": lambda x, z: TABLE[int(z), int(x)], "x": 1.0,
    }  # fmt: skip
    return [(TABLE[:, 1].sum(), stated.right(values, {"z": [0.0, 1.0], "dz": [1.0, 1.0]}))]


def _moments(truth: float) -> Check:
    return lambda stated: [(truth, stated.right(TWO, OUTCOMES)), (truth, stated.left(TWO, OUTCOMES))]


MATRIX, SHIFT, VECTORS = random(3, 2), random(3, 1, seed=1), [random(2, 1, seed=n) for n in range(4)]
MAP: dict[str, Any] = {"A": MATRIX, "b": SHIFT, "x": lambda n: VECTORS[n]}


def spread(vectors: list[Array]) -> Array:
    """The covariance matrix over the outcomes."""
    centre = mean(vectors)
    return np.asarray(mean([(v - centre) @ (v - centre).T for v in vectors]))


def _variance_of_sum(stated: Stated) -> Pairs:
    """Of outcomes that depend on one another; of independent ones, where no covariance is stated."""
    both = list(zip(XS, YS, strict=True)) if "Cov" in stated.text else [(x, y) for x in (0.5, 2.0) for y in (-0.6, 1.1)]
    weights = W if "Cov" in stated.text else [0.3 * 0.6, 0.3 * 0.4, 0.7 * 0.6, 0.7 * 0.4]
    a, b = (1.7, -0.6) if "mul[a,X]" in spelled(stated.form.left) else (1.0, 1.0)
    b = -1.0 if "mul[-1,Y]" in spelled(stated.form.left) else b
    sums = [a * x + b * y for x, y in both]
    centre = sum(w * s for w, s in zip(weights, sums, strict=True))
    truth = sum(w * (s - centre) ** 2 for w, s in zip(weights, sums, strict=True))
    values = {"X": lambda n: both[n][0], "Y": lambda n: both[n][1], "a": a, "b": b}
    return [(truth, stated.right(values, {"ω": weights}))]


def _linear_map_mean(stated: Stated) -> Pairs:
    return [(mean([MATRIX @ v + SHIFT for v in VECTORS]), stated.right(MAP, OUTCOMES))]


def _linear_map_covariance(stated: Stated) -> Pairs:
    truth = spread([MATRIX @ v + SHIFT for v in VECTORS])
    return [(truth, stated.right({**MAP, "Σ": spread(VECTORS)}, OUTCOMES))]


def _quadratic_form_mean(stated: Stated) -> Pairs:
    form = np.asarray([[1.3, 0.4], [0.4, -0.8]]) if "A" in stated.text else np.eye(2)
    truth = mean([(v.T @ form @ v).item() for v in VECTORS])
    return [(truth, stated.right({"A": form, "Σ": spread(VECTORS), "μ": mean(VECTORS)}))]


def _given(values: list[float]) -> tuple[list[float], list[float]]:
    """Conditional means and variances, outcome by outcome, given which half an outcome is in."""
    means, variances = [], []
    for n in range(4):
        half = [m for m in range(4) if (m < 2) == (n < 2)]
        whole = sum(W[m] for m in half)
        centre = sum(W[m] * values[m] for m in half) / whole
        means.append(centre)
        variances.append(sum(W[m] * (values[m] - centre) ** 2 for m in half) / whole)
    return means, variances


def _total_variance(stated: Stated) -> Pairs:
    means, variances = _given(YS)
    values = {
        "Var<:law:any,given[X]>[Y]": lambda env: variances[env["ω"]],
        "E<:law:any,given[X]>[Y]": lambda env: means[env["ω"]]
    }  # fmt: skip
    return [(variance(YS), stated.right({**TWO, **values}, OUTCOMES))]


def _total_expectation(stated: Stated) -> Pairs:
    means, _ = _given(YS)
    return [(mean(YS), stated.right({"E<:law:any>[E<:law:any,given[X]>[Y]]": mean(means)}))]


def _total_covariance(stated: Stated) -> Pairs:
    (xs, _), (ys, _) = _given(XS), _given(YS)
    within = [
        a - x * y for a, x, y in zip(_given([x * y for x, y in zip(XS, YS, strict=True)])[0], xs, ys, strict=True)
    ]
    values = {
        "E<:law:any>[Cov[X,Y,given[Z]]]": mean(within),
        "Cov[E<:law:any,given[Z]>[X],E<:law:any,given[Z]>[Y]]": covariance(xs, ys),
    }
    return [(covariance(XS, YS), stated.right(values))]


def draws(n: int) -> list[tuple[float, list[float]]]:
    """All ways to draw n times from the outcomes, each with its probability."""
    picks = itertools.product(range(4), repeat=n)
    return [(math.prod(W[i] for i in pick), [XS[i] for i in pick]) for pick in picks]


def _variance_of_mean() -> float:
    centre = mean(XS)
    return sum(mass * (float(np.mean(xs)) - centre) ** 2 for mass, xs in draws(3))


def _mean_of_sample_mean(stated: Stated) -> Pairs:
    return [(_variance_of_mean(), stated.right({"σ": math.sqrt(variance(XS)), "n": 3}))]


def _standard_error(stated: Stated) -> Pairs:
    return [(math.sqrt(_variance_of_mean()), stated.right({"σ": math.sqrt(variance(XS)), "n": 3}))]


def _sample_variance(stated: Stated) -> Pairs:
    """It is unbiased: its mean over all samples of three is the variance."""
    found = sum(
        mass * stated.right({"n": 3, "x": lambda i, xs=xs: xs[i - 1], "bar(x)": float(np.mean(xs))})
        for mass, xs in draws(3)
    )
    return [(variance(XS), found)]


def _markov_inequality(stated: Stated) -> Pairs:
    """Attained by a variable that is 0 or a."""
    values = {"X": lambda n: [0.0, 1.7][n], "a": 1.7}
    other = stated.right({"X": lambda n: [0.4, 2.7][n], "a": 1.7}, {"ω": [0.7, 0.3]})
    return [(0.3, stated.right(values, {"ω": [0.7, 0.3]})), (True, holds(stated, 0.3, other))]


def _chebyshev_inequality(stated: Stated) -> Pairs:
    """Attained by a variable that stands still or is kσ off, either way."""
    p, gap = 0.2, 1.7
    sd = math.sqrt(p * gap**2)
    values = {"k": gap / sd, "σ": sd, "t": gap, "n": 1, "ϵ": gap, "μ": 0.0, "X": lambda n: [0.0, gap, -gap][n]}
    return [(p, stated.right(values, {"ω": [1 - p, p / 2, p / 2]}))]


def _hoeffding_inequality(stated: Stated) -> Pairs:
    """The bound is the best that e^{s²(b − a)²/8} per term gives; and it holds for coins."""
    n, t, width = 12, 0.2, 2.5 if "b" in stated.text.replace("bar", "") else 1.0
    best = math.exp(float(optimize.minimize_scalar(lambda s: n * (s**2 * width**2 / 8 - s * t), tol=1e-12).fun))
    sides = 2 if stated.text.startswith("mul[2,") else 1
    coin = stats.binom(n, 0.5)
    tail = sum(float(coin.pmf(k)) for k in range(n + 1) if width * (k / n - 0.5) >= t - 1e-12)
    bound = stated.right({"n": n, "t": t, "a": -1.0, "b": 1.5})
    both = "abs" in repr(stated.form.left)
    return [
        ((2 if both else 1) * best, bound),
        (both, sides == 2),
        (True, holds(stated, tail * (2 if both else 1), bound)),
    ]


def _hoeffding_lemma(stated: Stated) -> Pairs:
    """Close to s = 0 a fair coin on a and b attains it; it holds further out."""
    a, b = -1.3, 1.3

    def log_mgf(s: float) -> float:
        return math.log1p((math.exp(s * a) + math.exp(s * b)) / 2 - 1)

    s = 1e-3
    bound = math.log(stated.right({"s": s, "a": a, "b": b}))
    return [
        (log_mgf(s) / s**2, bound / s**2),
        (True, holds(stated, math.exp(log_mgf(2.0)), stated.right({"s": 2.0, "a": a, "b": b}))),
    ]


def _jensen_inequality(stated: Stated) -> Pairs:
    """On a line both sides are one; for exp the mean of the images is above, for log below."""
    if "log" in stated.text:
        values, logs = {"X": lambda n: [0.5, 1.2, 2.0, 0.3][n]}, [math.log(x) for x in (0.5, 1.2, 2.0, 0.3)]
        left, right = stated.left(values, OUTCOMES), stated.right(values, OUTCOMES)
        return [(float(mean(logs)), right), (True, holds(stated, left, right) and left > right)]
    line, bent = {**TWO, "f": lambda x: 2 * x - 1}, {**TWO, "f": math.exp}
    image = float(mean([math.exp(x) for x in XS]))
    return [
        (2 * mean(XS) - 1, stated.right(line, OUTCOMES)), (image, stated.right(bent, OUTCOMES)),
        (math.exp(mean(XS)), stated.left(bent, OUTCOMES)), (True, holds(stated, math.exp(mean(XS)), image)),
    ]  # fmt: skip


def _cauchy_schwarz(stated: Stated) -> Pairs:
    """Attained by proportional variables."""
    along = {**TWO, "Y": lambda n: -1.4 * XS[n], "x": column(0.3, -0.7), "y": column(0.6, -1.4)}
    apart = {**TWO, "x": column(0.3, -0.7), "y": column(0.6, 1.4)}
    left, right = stated.left(apart, OUTCOMES), stated.right(apart, OUTCOMES)
    return [
        (stated.left(along, OUTCOMES), stated.right(along, OUTCOMES)),
        (True, holds(stated, left, right) and left < right),
    ]


def _chernoff_bound(stated: Stated) -> Pairs:
    """Attained by a variable that is a, or far below."""
    values = {"X": lambda n: [0.8, -60.0][n], "a": 0.8, "t": 1.3}
    other = stated.right({**TWO, "a": 0.4, "t": 0.7}, OUTCOMES)
    tail = sum(w for w, x in zip(W, XS, strict=True) if x >= 0.4)
    return [(0.3, stated.right(values, {"ω": [0.3, 0.7]})), (True, holds(stated, tail, other))]


EVENTS = [{0, 1}, {2}, {3}]


def _mass(event: set[int]) -> float:
    return sum(W[n] for n in event)


def _union_bound(stated: Stated) -> Pairs:
    """Attained by events that exclude one another."""
    apart = stated.right({"n": 3, "P[A_{i}]": lambda env: _mass(EVENTS[env["i"] - 1])})
    over = stated.right({"n": 3, "P[A_{i}]": lambda env: _mass({0, env["i"]})})
    return [(_mass(set().union(*EVENTS)), apart), (True, holds(stated, _mass({0, 1, 2, 3}), over))]


def _inclusion_exclusion(stated: Stated) -> Pairs:
    a, b = {0, 1}, {1, 2}
    return [(_mass(a | b), stated.right({"P[A]": _mass(a), "P[B]": _mass(b), "P[∩[A,B]]": _mass(a & b)}))]


def _change_of_variables(stated: Stated) -> Pairs:
    """Y = e^{−X}, whose distribution function is known."""
    y, law = 0.6, stats.norm(0.2, 1.3)
    truth = slope(lambda v: law.sf(-math.log(v)), y)
    values = {
        "p_{X}": law.pdf, "g^-1": lambda v: -math.log(v), "y": y, "g′": lambda x: -math.exp(-x), "x": -math.log(y),
        "derivative[x,y]": -1 / y, "det[derivative[x,y]]": -1 / y,
    }  # fmt: skip
    return [(truth, stated.right(values))]


def _affine_density(stated: Stated) -> Pairs:
    law = stats.expon(scale=1.3)
    pairs = []
    for a, y in ((-1.7, -1.1), (1.7, 1.1)):
        truth = slope(lambda v, a=a: law.sf((v - 0.4) / a) if a < 0 else law.cdf((v - 0.4) / a), y)
        pairs.append((truth, stated.right({"p_{X}": law.pdf, "a": a, "b": 0.4, "y": y})))
    return pairs


def _convolution(stated: Stated) -> Pairs:
    one, two, z = stats.gamma(3, scale=0.7), stats.gamma(4, scale=1.2), 2.5
    nodes, weights = np.polynomial.legendre.leggauss(60)
    xs, ws = (nodes + 1) * z / 2, weights * z / 2
    truth = slope(lambda v: integrate.quad(lambda x: one.pdf(x) * two.cdf(v - x), 0, v, epsabs=1e-13)[0], z, 3e-3)
    if stated.text.startswith("sum"):
        counts = {"p_{X}": stats.binom(3, 0.3).pmf, "p_{Y}": stats.binom(4, 0.3).pmf, "z": 3.0}
        return [(stats.binom(7, 0.3).pmf(3), stated.right(counts, {"x": [0.0, 1.0, 2.0, 3.0]}))]
    return [(truth, stated.right({"p_{X}": one.pdf, "p_{Y}": two.pdf, "z": z}, {"x": list(xs), "dx": list(ws)}))]


def _inverse_cdf_exponential(stated: Stated) -> Pairs:
    """X is above its value with the probability U, or 1 − U."""
    law, u = stats.expon(scale=1 / 1.7), 0.3
    tail = law.cdf if "add[1" in stated.text else law.sf
    return [(u, float(tail(stated.right({"U": u, "λ": 1.7}))))]


def _gumbel_max(stated: Stated) -> Pairs:
    """The greatest of n exponentials, less log n, falls below it with the probability u."""
    u = 0.3
    g = stated.right({"u": u})
    n = 10**9
    return [(u, math.exp(n * math.log1p(-math.exp(-(g + math.log(n))))))]


def _bias_variance(stated: Stated) -> Pairs:
    aim = 0.7
    error = float(mean([(x - aim) ** 2 for x in XS]))
    values = {"b": mean(XS) - aim, "v": variance(XS), "hat(θ)": lambda n: XS[n], "θ": aim}
    sorts = {"Var<:law:any>[hat(θ)]": variance(XS), "E<:law:any>[hat(θ)]": mean(XS)}
    return [(error, stated.right({**values, **sorts}))]


def _geometric_tail(stated: Stated) -> Pairs:
    return [(1 - sum(stats.geom(0.3).pmf(k) for k in range(1, 5)), stated.right({"p": 0.3, "m": 4}))]


def _birthday(stated: Stated) -> Pairs:
    """By how many different days there are after each guest."""
    different = {0: 1.0}
    for _ in range(5):
        after: dict[int, float] = {}
        for k, mass in different.items():
            after[k] = after.get(k, 0.0) + mass * k / 365
            after[k + 1] = after.get(k + 1, 0.0) + mass * (365 - k) / 365
        different = after
    return [(sum(mass for k, mass in different.items() if k < 5), stated.right({"n": 5}))]


CHECKS: Mapping[str, Check] = {
    "bayes_rule": _bayes_rule,
    "bayes_densities": _bayes_densities,
    "posterior_proportional": _posterior_proportional,
    "total_probability": _total_probability,
    "variance_shortcut": _moments(variance(XS)),
    "covariance": _moments(covariance(XS, YS)),
    "variance_of_sum": _variance_of_sum,
    "variance_of_linear_sum": _variance_of_sum,
    "variance_affine": _moments(variance([1.7 * x - 0.6 for x in XS])),
    "linear_map_mean": _linear_map_mean,
    "linear_map_covariance": _linear_map_covariance,
    "quadratic_form_mean": _quadratic_form_mean,
    "total_variance": _total_variance,
    "total_expectation": _total_expectation,
    "total_covariance": _total_covariance,
    "mean_of_sample_mean": _mean_of_sample_mean,
    "standard_error": _standard_error,
    "sample_variance": _sample_variance,
    "markov_inequality": _markov_inequality,
    "chebyshev_inequality": _chebyshev_inequality,
    "hoeffding_inequality": _hoeffding_inequality,
    "hoeffding_lemma": _hoeffding_lemma,
    "jensen_inequality": _jensen_inequality,
    "cauchy_schwarz": _cauchy_schwarz,
    "chernoff_bound": _chernoff_bound,
    "union_bound": _union_bound,
    "inclusion_exclusion": _inclusion_exclusion,
    "change_of_variables": _change_of_variables,
    "affine_density": _affine_density,
    "convolution": _convolution,
    "inverse_cdf_exponential": _inverse_cdf_exponential,
    "gumbel_max": _gumbel_max,
    "bias_variance": _bias_variance,
    "geometric_tail": _geometric_tail,
    "birthday": _birthday,
}

OTHERS: Mapping[str, Mapping[int, Check | str]] = {
    "sample_variance": {1: "divided by n: the variance of the sample itself, which goes by this name too"},
    "change_of_variables": {2: "the reader takes the prime for a factor here, in notes too"},
    "affine_density": {1: lambda s: _affine_density(s)[1:]},
}
"""Other forms with a check of their own, by their number among the variants; or why there is none."""

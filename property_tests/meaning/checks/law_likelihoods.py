"""Log-likelihoods as sums of another implementation's log-densities, at two parameters; likelihoods as their ratio."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from scipy import special, stats

from errata.meaning.terms import heads
from errata.worlds.operations import Array
from property_tests.meaning.checks.estimators import COUNTS, NUMBERS
from property_tests.meaning.checks.laws import FUNCTIONS, Values
from property_tests.meaning.checks.stated import (
    Check,
    Pairs,
    Stated,
    column,
    positive_definite,
    random,
    sequence,
)

Points = tuple[Values, Values]
"""Two parameters, each in the letters of all conventions."""
SHARES = [0.2, 0.7, 0.4]
TOSSES = [1.0, 0.0, 1.0, 1.0, 0.0]
RATES: Points = ({"λ": 1.7, "θ": 1 / 1.7}, {"λ": 0.6, "θ": 1 / 0.6})
CHANCES: Points = ({"p": 0.3}, {"p": 0.55})
SCALES: Points = ({"σ": 1.7}, {"σ": 0.8})
NORMALS: Points = ({"μ": 0.8, "σ": 1.7}, {"μ": -0.2, "σ": 0.9})
GAMMAS: Points = ({"a": 2.3, "b": 1.7, "θ": 1 / 1.7}, {"a": 1.4, "b": 0.7, "θ": 1 / 0.7})
PARETOS: Points = ({"a": 2.3, "m": 0.3, "s": 3.3}, {"a": 1.1, "m": 0.2, "s": 2.1})
WEIBULLS: Points = ({"k": 1.7, "λ": 2.2}, {"k": 0.8, "λ": 1.1})
LAPLACES: Points = ({"μ": 1.1, "b": 0.6, "λ": 1 / 0.6}, {"μ": 0.3, "b": 1.6, "λ": 1 / 1.6})


def log_density(law: Any, x: Any) -> float:
    """The log-density of a law at a point, or its log-mass."""
    return float(law.logpmf(x) if hasattr(law, "dist") and hasattr(law.dist, "pmf") else law.logpdf(x))


def observed(data: Sequence[float]) -> Values:
    """A sample in the letters that statements use."""
    return {"n": len(data), "x": sequence(data), "bar(x)": float(np.mean(data)), "S": sum(data)}


def compared(truth: Callable[[Values], float], at: Points, whole: bool, found: Callable[[Values], Any]) -> Pairs:
    """By how much two parameters differ: what they don't touch drops out; of what is whole, the value too."""
    one, two = at
    differences = (truth(one) - truth(two), found(one) - found(two))
    return [differences, (truth(one), found(one))] if whole else [differences]


def log_likelihood(law: Callable[[Values], Any], data: Sequence[float], at: Points, **more: Any) -> Check:
    """That a right side is the log-likelihood of a sample, but for a constant where it isn't the main statement."""
    known = {**FUNCTIONS, **observed(data), **more}

    def truth(values: Values) -> float:
        return sum(log_density(law(values), x) for x in data)

    return lambda s: compared(truth, at, s.form.is_main, lambda v: s.right({**known, **v}))


def likelihood(law: Callable[[Values], Any], data: Sequence[float], at: Points, **more: Any) -> Check:
    """That a right side is the likelihood of a sample, but for a factor where it isn't the main statement."""
    known = {**FUNCTIONS, **observed(data), **more}

    def truth(values: Values) -> float:
        return sum(log_density(law(values), x) for x in data)

    return lambda s: compared(truth, at, s.form.is_main, lambda v: np.log(s.right({**known, **v})))


def exponential(v: Values) -> Any:
    """The exponential law of a rate."""
    return stats.expon(scale=1 / v["λ"])


def failures(v: Values) -> Any:
    """How many failures there are before the first success."""
    return stats.nbinom(1, v["p"])


def _standard_normal(v: Values) -> Any:
    return stats.norm(v["μ"], 1)


def _counted(successes: float) -> Check:
    """Of five tosses."""
    more = {"k": successes, "n_{1}": successes, "n_{0}": 5 - successes}
    return log_likelihood(lambda v: stats.bernoulli(v["p"]), TOSSES, CHANCES, **more)


def _binomial(s: Stated) -> Pairs:
    def truth(v: Values) -> float:
        return float(stats.binom(7, v["p"]).logpmf(3))

    return compared(truth, CHANCES, s.form.is_main, lambda v: s.right({"n": 7, "k": 3, **v}))


NEGATIVE: Points = ({"p": 0.3, "r": 3}, {"p": 0.6, "r": 3})


def _negative_binomial(turned: bool) -> Check:
    def law(v: Values) -> Any:
        return stats.nbinom(3, 1 - v["p"] if turned else v["p"])

    return log_likelihood(law, COUNTS, NEGATIVE)


def _trials(s: Stated) -> Pairs:
    """Counted with the successes."""

    def truth(v: Values) -> float:
        return sum(float(stats.nbinom(3, v["p"]).logpmf(x)) for x in COUNTS)

    known = observed([x + 3 for x in COUNTS])
    return compared(truth, NEGATIVE, False, lambda v: s.right({**known, **v}))


def _categorical(s: Stated) -> Pairs:
    draws, masses = [0, 1, 1, 2, 0, 1], ([0.2, 0.5, 0.3], [0.4, 0.25, 0.35])
    counts = sequence([draws.count(k) for k in range(3)])
    known = {
        "n": lambda *k: counts(*k) if k else 6, "K": 3, "N": 6,
        "y": lambda i, k: float(draws[i - 1] == k - 1),
    }  # fmt: skip

    def truth(v: Values) -> float:
        return sum(math.log(v["masses"][d]) for d in draws)

    def found(v: Values) -> Any:
        return s.right({**known, "π": sequence(v["masses"])})

    return compared(truth, ({"masses": masses[0]}, {"masses": masses[1]}), s.form.is_main, found)


def _multinomial(s: Stated) -> Pairs:
    counts, masses = [2, 3, 1], [0.2, 0.5, 0.3]
    numbered = sequence(counts)
    values = {"n": lambda *k: numbered(*k) if k else 6, "K": 3, "π": sequence(masses)}
    return [(float(stats.multinomial(6, masses).logpmf(counts)), s.right(values))]


VECTORS = [random(2, 1, seed=n) for n in range(4)]
CENTRE = np.asarray(np.mean(VECTORS, axis=0))


def _multivariate_normal(s: Stated) -> Pairs:
    """At the mean of the sample, which is where its covariance matrix is enough."""
    spread = sum((x - CENTRE) @ (x - CENTRE).T for x in VECTORS) / 4
    known = {"n": 4, "d": 2, "x": sequence(VECTORS), "μ": CENTRE, "S": spread}

    def truth(v: Values) -> float:
        law = stats.multivariate_normal(CENTRE[:, 0], v["Σ"])
        return float(sum(law.logpdf(x[:, 0]) for x in VECTORS))

    one, two = positive_definite(2, 3), positive_definite(2, 5)
    at = {"Σ": one, "Λ": np.linalg.inv(one)}, {"Σ": two, "Λ": np.linalg.inv(two)}
    return compared(truth, at, s.form.is_main, lambda v: s.right({**known, **v}))


X, Y, BITS, SEEN = random(5, 2), random(5, 1, seed=1), [1.0, 0.0, 0.0, 1.0, 1.0], [2.0, 0.0, 1.0, 4.0, 1.0]
SLOPES = (column(0.4, -1.1), column(-0.3, 0.5))


def _linear_regression(s: Stated) -> Pairs:
    """Where σ stands only as a factor of the squares, of the weights alone."""
    whole = "log" in s.text
    deviations = (1.3, 0.8) if whole else (1.3, 1.3)
    one, two = ({"w": w, "σ": d, "β": d**-2} for w, d in zip(SLOPES, deviations, strict=True))
    known = {"n": 5, "X": X, "x": lambda i: X[[i - 1]].T, "t": lambda i: Y[i - 1, 0], "y": Y}

    def truth(v: Values) -> float:
        return float(stats.norm((X @ v["w"])[:, 0], v["σ"]).logpdf(Y[:, 0]).sum())

    return compared(truth, (one, two), s.form.is_main, lambda v: s.right({**known, **v}))


def _regressed(law: Callable[[Array], Any], seen: Sequence[float], shown: Sequence[float]) -> Check:
    """Of counts or labels whose law is that of a linear predictor."""
    known = {
        "n": 5, "x": lambda i: X[[i - 1]].T, "y": sequence(shown), "σ": lambda z: float(special.expit(z)),
    }  # fmt: skip

    def truth(v: Values) -> float:
        return float(law((X @ v["w"])[:, 0]).logpmf(np.asarray(seen)).sum())

    one, two = ({"w": w} for w in SLOPES)
    return lambda s: compared(truth, (one, two), s.form.is_main, lambda v: s.right({**known, **v}))


def _logistic(z: Array) -> Any:
    return stats.bernoulli(special.expit(z))


def _poisson_of(z: Array) -> Any:
    return stats.poisson(np.exp(z))


def _markov_chain(s: Stated) -> Pairs:
    walk, start = [0, 1, 1, 0, 0, 1, 0], [0.4, 0.6]
    steps = list(itertools.pairwise(walk))
    first, second = [[0.7, 0.3], [0.2, 0.8]], [[0.5, 0.5], [0.6, 0.4]]

    def truth(v: Values) -> float:
        return sum(math.log(v["rows"][a][b]) for a, b in steps)

    def found(v: Values) -> Any:
        return s.right({
            "K": 2, "P": lambda i, j: v["rows"][i - 1][j - 1], "n": lambda i, j: steps.count((i - 1, j - 1)),
            "π": lambda _: start[0], "x": lambda _: 1,
        })  # fmt: skip

    return compared(truth, ({"rows": first}, {"rows": second}), s.form.is_main, found)


def _rayleigh(v: Values) -> Any:
    return stats.rayleigh(scale=v["σ"])


def _uniform(stated: Stated) -> Pairs:
    """On an interval that holds the sample."""
    law = stats.uniform(0, 2.5) if "θ" in heads(stated.form.right) else stats.uniform(-1.2, 3.7)
    truth = sum(log_density(law, x) for x in NUMBERS)
    return [(truth, stated.right({"n": len(NUMBERS), "a": -1.2, "b": 2.5, "θ": 2.5}))]


CAUCHYS: Points = ({"m": 0.4, "γ": 0.7}, {"m": 1.1, "γ": 1.9})
CENTRED: Points = ({"m": 0.4, "γ": 1}, {"m": 1.1, "γ": 1})
BETAS: Points = ({"a": 2.3, "b": 1.6}, {"a": 0.8, "b": 3.1})
PRECISIONS: Points = ({"μ": 0.8, "τ": 0.6}, {"μ": -0.2, "τ": 1.9})


def _cauchy(at: Points) -> Check:
    return log_likelihood(lambda v: stats.cauchy(v["m"], v["γ"]), NUMBERS, at)


CHECKS: Mapping[str, Check] = {
    "exponential_log_likelihood": log_likelihood(exponential, NUMBERS, RATES),
    "poisson_log_likelihood": log_likelihood(lambda v: stats.poisson(v["λ"]), COUNTS, RATES),
    "coin_log_likelihood": _counted(3),
    "binomial_log_likelihood": _binomial,
    "geometric_log_likelihood": log_likelihood(lambda v: stats.geom(v["p"]), COUNTS, CHANCES),
    "negative_binomial_log_likelihood": _negative_binomial(False),
    "categorical_log_likelihood": _categorical,
    "multivariate_normal_log_likelihood": _multivariate_normal,
    "normal_precision_log_likelihood": log_likelihood(
        lambda v: stats.norm(v["μ"], v["τ"] ** -0.5), NUMBERS, PRECISIONS
    ),
    "gamma_log_likelihood": log_likelihood(lambda v: stats.gamma(v["a"], scale=v["θ"]), NUMBERS, GAMMAS),
    "beta_log_likelihood": log_likelihood(lambda v: stats.beta(v["a"], v["b"]), SHARES, BETAS),
    "pareto_log_likelihood": log_likelihood(lambda v: stats.pareto(v["a"], scale=v["m"]), NUMBERS, PARETOS),
    "laplace_log_likelihood": log_likelihood(lambda v: stats.laplace(v["μ"], v["b"]), NUMBERS, LAPLACES),
    "rayleigh_log_likelihood": log_likelihood(_rayleigh, NUMBERS, SCALES),
    "weibull_log_likelihood": log_likelihood(lambda v: stats.weibull_min(v["k"], scale=v["λ"]), NUMBERS, WEIBULLS),
    "lognormal_log_likelihood": log_likelihood(
        lambda v: stats.lognorm(v["σ"], scale=math.exp(v["μ"])), NUMBERS, NORMALS
    ),
    "cauchy_log_likelihood": _cauchy(CAUCHYS),
    "uniform_log_likelihood": _uniform,
    "linear_regression_log_likelihood": _linear_regression,
    "logistic_regression_log_likelihood": _regressed(_logistic, BITS, BITS),
    "poisson_regression_log_likelihood": _regressed(_poisson_of, SEEN, SEEN),
    "markov_chain_log_likelihood": _markov_chain,
    "coin_likelihood": likelihood(lambda v: stats.bernoulli(v["p"]), TOSSES, CHANCES, k=3),
    "exponential_likelihood": likelihood(exponential, NUMBERS, RATES),
    "poisson_likelihood": likelihood(lambda v: stats.poisson(v["λ"]), COUNTS, RATES),
    "normal_likelihood": likelihood(lambda v: stats.norm(v["μ"], v["σ"]), NUMBERS, NORMALS),
    "geometric_likelihood": likelihood(lambda v: stats.geom(v["p"]), COUNTS, CHANCES),
}

OTHERS: Mapping[str, Mapping[int, Check | str]] = {
    "geometric_log_likelihood": dict.fromkeys((2, 3, 6, 7), log_likelihood(failures, COUNTS, CHANCES)),
    "negative_binomial_log_likelihood": {2: _trials, 3: _negative_binomial(True)},
    "categorical_log_likelihood": {1: _multinomial, 4: _multinomial},
    "cauchy_log_likelihood": dict.fromkeys((1, 2), _cauchy(CENTRED)),
    "logistic_regression_log_likelihood": dict.fromkeys((2, 5), _regressed(_logistic, BITS, [2 * b - 1 for b in BITS])),
    "normal_likelihood": {1: likelihood(_standard_normal, NUMBERS, NORMALS)},
    "geometric_likelihood": {1: likelihood(failures, COUNTS, CHANCES)},
}
"""Other conventions with a check of their own, by their number among the variants."""

"""Random variables of a page: finite experiments whose outcomes have the moments, or the law, that the page gives them.

A named law becomes nodes and weights that give the moments of its polynomials exactly; a variable of which only the
mean or the variance is told takes skewed values that have these.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from errata.worlds.laws import FAMILIES
from errata.worlds.operations import Array, Eye, NoValue

MOST = 4096
"""Outcomes of an experiment of several independent variables."""
NODES = (24, 10, 5, 4, 4, 3, 3)
"""Nodes of each law for one, two, three … variables."""
JOINTLY = 7
"""Outcomes of an experiment whose variables may depend on each other."""


def _normal(n: int, mean: float, variance: float) -> tuple[Array, Array]:
    nodes, weights = np.polynomial.hermite_e.hermegauss(n)
    return mean + math.sqrt(variance) * nodes, weights / weights.sum()


def _bernoulli(n: int, p: float) -> tuple[Array, Array]:
    return np.asarray([0.0, 1.0]), np.asarray([1 - p, p])


def _binomial(n: int, trials: float, p: float) -> tuple[Array, Array]:
    count = round(trials)
    weights = [math.comb(count, k) * p**k * (1 - p) ** (count - k) for k in range(count + 1)]
    return np.arange(count + 1.0), np.asarray(weights)


def _poisson(n: int, rate: float) -> tuple[Array, Array]:
    weights = [math.exp(-rate) * rate**k / math.factorial(k) for k in range(60)]
    return np.arange(60.0), np.asarray(weights)


def _exponential(n: int, rate: float) -> tuple[Array, Array]:
    nodes, weights = np.polynomial.laguerre.laggauss(n)
    return nodes / rate, weights / weights.sum()


def _uniform(n: int, low: float, high: float) -> tuple[Array, Array]:
    nodes, weights = np.polynomial.legendre.leggauss(n)
    return low + (high - low) * (nodes + 1) / 2, weights / 2


def _gamma(n: int, shape: float, rate: float) -> tuple[Array, Array]:
    from scipy import special  # slow to import, and only gamma laws need it

    nodes, weights = special.roots_genlaguerre(n, shape - 1)
    return nodes / rate, weights / weights.sum()


MAKERS: Mapping[str, Callable[..., tuple[Array, Array]]] = {
    "normal": _normal, "bernoulli": _bernoulli, "binomial": _binomial, "poisson": _poisson,
    "exponential": _exponential, "uniform": _uniform,
}  # fmt: skip


def nodes_of(family: str, parameters: Sequence[float], variables: int) -> tuple[Array, Array]:
    """The values and the weights of a named law in an experiment of so many variables. Raises NoValue."""
    if len(parameters) != FAMILIES[family]:
        raise NoValue(f"{family} with {len(parameters)} parameters")
    if not _admits(family, *parameters):
        raise NoValue(f"parameters of {family} that it can't have")
    return MAKERS[family](NODES[min(variables, len(NODES)) - 1], *parameters)


def _admits(family: str, first: float, second: float = 0.0) -> bool:
    match family:
        case "normal":
            return second > 0
        case "bernoulli":
            return 0 < first < 1
        case "binomial":
            return 0 < second < 1 and 0 < first < 30
        case "poisson":
            return 0 < first < 12
        case "uniform":
            return first < second
    return first > 0


def skewed(mean: float, variance: float, key: np.random.Generator) -> tuple[Array, Array]:
    """Three values with a mean and a variance, and nothing else that is special."""
    if variance < 0:
        raise NoValue("a negative variance")
    weights = key.dirichlet(np.ones(3) * 3)
    raw = key.normal(size=3)
    raw = raw - weights @ raw
    spread = math.sqrt(float(weights @ raw**2))
    return mean + math.sqrt(variance) * raw / spread, weights


def independent(laws: Sequence[tuple[Array, Array]]) -> tuple[list[tuple[float, ...]], Array]:
    """All outcomes of independent variables, with their probabilities. Raises NoValue where there are too many."""
    if math.prod(len(values) for values, _ in laws) > MOST:
        raise NoValue("an experiment with too many outcomes")
    outcomes = list(itertools.product(*(values.tolist() for values, _ in laws)))
    weights = np.asarray([math.prod(ws) for ws in itertools.product(*(w.tolist() for _, w in laws))])
    return outcomes, weights / weights.sum()


def jointly(rng: np.random.Generator, weights: Array, mean: float | None, variance: float | None) -> Array:
    """The values of a variable in outcomes of these probabilities, with the mean and the variance asked for."""
    values: Array = rng.normal(size=len(weights))
    if variance is not None:
        if variance < 0:
            raise NoValue("a negative variance")
        middle = float(weights @ values)
        spread = math.sqrt(float(weights @ (values - middle) ** 2))
        values = middle + (values - middle) * math.sqrt(variance) / spread
    return values if mean is None else values - float(weights @ values) + mean


def columns_with(rng: np.random.Generator, weights: Array, n: int, mean: object, covariance: object) -> list[Array]:
    """Columns of n numbers in outcomes of these probabilities, with a mean and a covariance where these are given."""
    values = rng.normal(size=(len(weights), n))
    values = values - weights @ values
    if covariance is not None:
        matrix = covariance.factor * np.eye(n) if isinstance(covariance, Eye) else np.asarray(covariance, dtype=float)
        if matrix.shape != (n, n):
            raise NoValue("a covariance of another size")
        try:
            white = values @ np.linalg.inv(np.linalg.cholesky((values.T * weights) @ values)).T
            values = white @ np.linalg.cholesky(matrix).T
        except np.linalg.LinAlgError as error:
            raise NoValue("no covariance") from error
    middle = rng.normal(size=(1, n)) if mean is None else np.asarray(mean, dtype=float)
    if middle.size not in (1, n):
        raise NoValue("a mean of another size")
    values = values + middle.reshape(1, -1)
    return [row[:, None] for row in values]

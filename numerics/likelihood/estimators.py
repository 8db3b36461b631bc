"""The routes of the estimators: a search on the likelihood as written, and the models' estimates.

The bias has expectations by quadrature on one side and by listing all samples on the other.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import torch
from torch import Tensor

from claims.domains import Positive, Real, Variable
from numerics.points import CALM, NASTY, points
from numerics.routes import Route, as_written
from numerics.written import by_model, standing_on, torch_model
from reference_models.distributions.families import plug_in_mean
from reference_models.learning import estimation


def _parts(n: Tensor, total: Tensor) -> Tensor:
    """n unequal numbers with a sum: (n,)."""
    parts = torch.arange(1, int(n) + 1, dtype=torch.float64)
    return total * parts / parts.sum()


def _coin(k: Tensor, f: Tensor) -> Tensor:
    return estimation.categorical_mle(torch.stack([k, f]))[0]


def _normal_mean(_: Tensor, *observations: Tensor) -> Tensor:
    """Whatever the standard deviation."""
    return estimation.normal_mle(torch.stack(observations))[0]


def _normal_variance(n: Tensor, total: Tensor) -> Tensor:
    """From deviations with a sum of squares, and their negatives, so that their mean is 0."""
    deviations = torch.sqrt(_parts(n, total))
    return estimation.normal_mle(torch.cat([deviations, -deviations]))[1]


def expected_variance(m: Tensor, s: Tensor, n: Tensor) -> Tensor:
    """The mean estimate of the variance over samples of N(m, s²): m ± s for each observation, all combinations.

    Exact but for rounding: the estimate is of degree two in each observation, and two Hermite nodes bear degree three.
    """
    samples = torch.tensor(list(product((-1.0, 1.0), repeat=int(n))), dtype=torch.float64) * s + m  # (2^n, n)
    return estimation.normal_mle(samples.mT)[1].mean()


def _of_two(m: Tensor, s: Tensor) -> Tensor:
    return expected_variance(m, s, torch.tensor(2))


def _exponential_rate(n: Tensor, total: Tensor) -> Tensor:
    return estimation.exponential_mle(_parts(n, total))


def _poisson_rate(n: Tensor, total: Tensor) -> Tensor:
    """A Poisson law of the greatest likelihood has the mean of the counts."""
    return plug_in_mean(_parts(n, total))


COUNTS = (*CALM, *(r for r in NASTY if r.is_integer and 1 < r < 5))
"""For searches that start from a fixed range, and for samples that are listed one by one."""


BOTH = points((Variable("m", Real()), Variable("s", Positive())), 8, pool=CALM)


def _searched(value: Callable[..., Tensor], *names: str) -> tuple[Route, Route]:
    return standing_on(torch_model(value, *names), pool=COUNTS, count=8)


ROUTES = {
    "mle_bernoulli_eq": _searched(_coin, "k", "f"),
    "mle_normal_mean_eq": _searched(_normal_mean, "s", "x_1", "x_2", "x_3"),
    "mle_normal_var_eq": _searched(_normal_variance, "n", "S"),
    "var_mle_mean_eq": _searched(expected_variance, "m", "s", "n"),
    "var_mle_of_two_eq": (as_written(BOTH), by_model(torch_model(_of_two, "m", "s"), 1e-10, CALM, 8)),
    "mle_exponential_eq": _searched(_exponential_rate, "n", "T"),
    "mle_poisson_eq": _searched(_poisson_rate, "n", "c"),
}

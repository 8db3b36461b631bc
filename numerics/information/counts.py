"""The routes of the entropies of counts: the sums of −p log p as written, and the models' masses, listed."""

from __future__ import annotations

from itertools import combinations_with_replacement

import sympy as sp
import torch
from torch import Tensor

from numerics.nodes import LogProb, entropy_at, shares
from numerics.points import NASTY
from numerics.written import standing_on, torch_model
from reference_models.distributions import categories, counts, trials
from reference_models.divergences.kullback_leibler import entropy

TOSSES = (*(sp.Integer(k) for k in range(1, 9)), *(sp.Rational(k, 11) for k in (1, 3, 5, 6, 8, 10)))
COINS = (*(sp.Rational(k, 11) for k in range(4, 11)), *(sp.Rational(k, 2) for k in (1, 3, 4, 5)))
"""Above 1/3, so that the terms of a geometric tail fall off in time; without 1, for which there is one way each."""
FEW = tuple(r for r in NASTY if r <= 4)
MOST, MOST_ARRIVALS = 4000, 400


def _with_mean(log_prob: LogProb, log_ways: LogProb, outcomes: Tensor) -> Tensor:
    """The entropy, and the mean of something, over the outcomes listed."""
    found = entropy_at(log_prob, outcomes, torch.ones_like(outcomes))
    return found + (torch.exp(log_prob(outcomes)) * log_ways(outcomes)).sum()


def _listed(most: float) -> Tensor:
    return torch.arange(most + 1, dtype=torch.float64)


def _binomial(n: Tensor, p: Tensor) -> Tensor:
    """With the mean of the log of the number of orders of x successes in n tosses."""
    ways = torch.lgamma(n + 1)
    return _with_mean(
        lambda x: trials.binomial_log_prob(x, n, p),
        lambda x: ways - torch.lgamma(x + 1) - torch.lgamma(n - x + 1),
        _listed(float(n)),
    )


def _negative_binomial(m: Tensor, p: Tensor) -> Tensor:
    """With that of x failures before the m-th success; the model counts the trials."""
    return _with_mean(
        lambda x: counts.negative_binomial_log_prob(x + m, m, p),
        lambda x: torch.lgamma(x + m) - torch.lgamma(x + 1) - torch.lgamma(m),
        _listed(MOST),
    )


def _poisson(r: Tensor) -> Tensor:
    """Less the mean of log x!."""
    return _with_mean(lambda x: counts.poisson_log_prob(x, r), lambda x: -torch.lgamma(x + 1), _listed(MOST_ARRIVALS))


def _uniform(n: Tensor) -> Tensor:
    return entropy(shares(*torch.ones(int(n), dtype=torch.float64)))


def _multinomial_of_two(*weights: Tensor) -> Tensor:
    """Of the tables of counts that two draws may give."""
    p, eye = shares(*weights), torch.eye(len(weights), dtype=torch.float64)
    tables = torch.stack([eye[i] + eye[j] for i, j in combinations_with_replacement(range(len(weights)), 2)])
    return entropy(torch.exp(categories.multinomial_log_prob(tables, p)))


ROUTES = {
    "entropy_binomial_eq": standing_on(torch_model(_binomial, "n", "p"), pool=TOSSES),
    "entropy_negative_binomial_eq": standing_on(torch_model(_negative_binomial, "m", "p"), 1e-9, COINS),
    "entropy_poisson_eq": standing_on(torch_model(_poisson, "r"), 1e-9, FEW),
    "entropy_discrete_uniform_eq": standing_on(torch_model(_uniform, "n"), pool=TOSSES),
    "entropy_multinomial_of_two_eq": standing_on(torch_model(_multinomial_of_two, "w_1", "w_2", "w_3")),
}

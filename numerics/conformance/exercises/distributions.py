"""Laws of trials as exercises."""

from __future__ import annotations

import torch
from torch import Tensor

from numerics.conformance.exercise import Argument, Convention, Exercise, Probabilities, Whole
from reference_models.distributions.trials import bernoulli_log_prob, binomial_log_prob


def _of_failure(x: Tensor, p: Tensor) -> Tensor:
    return bernoulli_log_prob(x, 1 - p)


def _from_logits(x: Tensor, p: Tensor) -> Tensor:
    return bernoulli_log_prob(x, torch.sigmoid(p))


BERNOULLI = Exercise(
    model="bernoulli",
    function="log_prob",
    right=bernoulli_log_prob,
    arguments=(
        Argument("x", ("n",), Whole(0, 1, as_float=True), "outcomes, 0 or 1"),
        Argument("p", ("n",), Probabilities(), "the probability of 1"),
    ),
    returns="(n,) nats",
    conventions=(
        Convention("p is taken for the probability of 0", _of_failure),
        Convention("p is taken for a logit", _from_logits),
    ),
    edges=(
        {"x": [0.0, 1.0], "p": [0.0, 1.0]},
        {"x": [1.0, 0.0], "p": [0.0, 1.0]},
    ),
    gradient_in=("p",),
    logarithmic=True,
)


def _without_ways(k: Tensor, n: Tensor, p: Tensor) -> Tensor:
    return torch.xlogy(k, p) + torch.special.xlog1py(n - k, -p)


def _binomial_of_failure(k: Tensor, n: Tensor, p: Tensor) -> Tensor:
    return binomial_log_prob(k, n, 1 - p)


def _ordered(k: Tensor, n: Tensor, p: Tensor) -> Tensor:
    return binomial_log_prob(k, n, p) + torch.lgamma(k + 1)


BINOMIAL = Exercise(
    model="binomial",
    function="log_prob",
    right=binomial_log_prob,
    arguments=(
        Argument("k", ("batch",), Whole(0, 4, as_float=True), "successes"),
        Argument("n", (), Whole(4, 9, as_float=True), "trials"),
        Argument("p", ("batch",), Probabilities(), "the probability of a success"),
    ),
    returns="(batch,) nats",
    conventions=(
        Convention("C(n, k) is missing", _without_ways),
        Convention("p is taken for the probability of a failure", _binomial_of_failure),
        Convention("n!/(n − k)! for C(n, k): k! is not divided by", _ordered),
    ),
    edges=({"k": [0.0, 4.0], "n": 4.0, "p": [0.0, 1.0]}, {"k": [5.0], "n": 4.0, "p": [0.5]}),
    gradient_in=("p",),
    logarithmic=True,
)

EXERCISES = (BERNOULLI, BINOMIAL)

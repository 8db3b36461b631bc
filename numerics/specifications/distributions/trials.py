"""Bernoulli and Binomial: rows 1 and 2."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor

from numerics.specifications.contract import Answers, Model, Mutant, Oracle, Outcome, Property, Specification
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import close, equal, gradient, mean_is, worst
from reference_models.distributions import trials

SOURCE = "Casella and Berger 2002, section 3.2"


def _masses(model: Model, draw: Draw) -> Outcome:
    p = draw.uniform(0, 1, 7)
    return equal(torch.exp(model.log_prob(draw.tensor([[0], [1]]), p)).sum(0), 1.0)


def _moments(model: Model, draw: Draw) -> Outcome:
    p, x = draw.uniform(0, 1, 5), draw.tensor([[0], [1]])
    mass = torch.exp(model.log_prob(x, p))
    mean = (mass * x).sum(0)
    return worst(equal(mean, p), equal((mass * (x - mean) ** 2).sum(0), p * (1 - p)))


def _score(model: Model, draw: Draw) -> Outcome:
    p = draw.uniform(0.05, 0.95, 5)
    zero, one = draw.tensor([0, 1])
    at_zero = torch.exp(model.log_prob(zero, p)) * gradient(lambda q: model.log_prob(zero, q), p)
    at_one = torch.exp(model.log_prob(one, p)) * gradient(lambda q: model.log_prob(one, q), p)
    return equal(at_zero + at_one, 0.0)


def _mle(model: Model, draw: Draw) -> Outcome:
    x = torch.cat([draw.bits(9), draw.tensor([0, 1])])
    at = model.mle(x)
    return equal(gradient(lambda q: model.log_prob(x, q).sum(), at), 0.0, 1e-8)


def _draws(model: Model, draw: Draw) -> Outcome:
    p = draw.uniform(0.1, 0.9, 3)
    return mean_is(model.sample(p, 20_000, draw.generator()), p)


def _wrong_bernoulli(x: Tensor, p: Tensor) -> Tensor:
    return torch.xlogy(1 - x, p) + torch.special.xlog1py(x, -p)


def _unnormalised(x: Tensor, p: Tensor) -> Tensor:
    return torch.xlogy(x, p)


def _late_draws(p: Tensor, n: int, generator: torch.Generator) -> Tensor:
    return 1 - trials.bernoulli_sample(p, n, generator)


def _smoothed(x: Tensor) -> Tensor:
    return (x.sum(0) + 1) / (x.shape[0] + 2)


def _from_scipy(inputs: Mapping[str, Any]) -> Answers:
    from scipy.stats import bernoulli

    return {"log_prob": bernoulli.logpmf(inputs["x"], inputs["p"]).tolist()}


def _ours(model: Model, inputs: Mapping[str, Any]) -> Answers:
    x, p = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("x", "p"))
    return {"log_prob": model.log_prob(x, p)}


BERNOULLI = Specification(
    name="bernoulli",
    family="distributions",
    systems=(1,),
    title="Bernoulli",
    statement="P(x) = p^x (1 − p)^(1 − x)",
    page="reference_models.distributions.trials",
    functions={
        "log_prob": trials.bernoulli_log_prob,
        "sample": trials.bernoulli_sample,
        "mle": trials.bernoulli_mle,
    },
    properties=(
        Property("the masses sum to 1", _masses, Mutant("log(1 − p) is missing at 0", {"log_prob": _unnormalised})),
        Property("mean p, variance p(1 − p)", _moments, Mutant("0 and 1 are swapped", {"log_prob": _wrong_bernoulli})),
        Property("the score has mean 0", _score, Mutant("log(1 − p) is missing at 0", {"log_prob": _unnormalised})),
        Property("the MLE is stationary", _mle, Mutant("a count is added to each outcome", {"mle": _smoothed})),
        Property("draws have mean p", _draws, Mutant("zeros are drawn for ones", {"sample": _late_draws})),
    ),
    source=SOURCE,
    oracles=(
        Oracle(
            package="scipy",
            inputs={"x": [0.0, 1.0, 1.0, 2.0], "p": [0.25, 0.25, 1.0, 0.5]},
            ask=_from_scipy,
            tell=_ours,
            tolerance=1e-14,
            conversion="the same parameter; both give −inf outside the support",
        ),
    ),
    conventions=("p is the probability of 1",),
)


def _binomial_convolution(model: Model, draw: Draw) -> Outcome:
    n, p = draw.whole(2, 6), draw.uniform(0.05, 0.95)
    one = torch.stack([1 - p, p])
    law = draw.tensor([1.0])
    for _ in range(n):
        law = torch.nn.functional.conv1d(law[None, None], one.flip(0)[None, None], padding=1)[0, 0]
    k = draw.tensor(range(n + 1))
    return close(torch.exp(model.log_prob(k, draw.tensor(n), p)), law)


def _without_ways(k: Tensor, n: Tensor, p: Tensor) -> Tensor:
    return torch.xlogy(k, p) + torch.special.xlog1py(n - k, -p) + 0 * n


def _binomial_draws(model: Model, draw: Draw) -> Outcome:
    p = draw.uniform(0.1, 0.9, 2)
    return mean_is(model.sample(5, p, 20_000, draw.generator()), 5 * p)


def _one_trial_less(n: int, p: Tensor, draws: int, generator: torch.Generator) -> Tensor:
    return trials.binomial_sample(n - 1, p, draws, generator)


def _binom(inputs: Mapping[str, Any]) -> Answers:
    from scipy.stats import binom

    return {f"n = {n}": [binom.logpmf(range(n + 1), n, p).tolist() for p in inputs["p"]] for n in inputs["n"]}


def _our_binomial(model: Model, inputs: Mapping[str, Any]) -> Answers:
    p = torch.tensor(inputs["p"], dtype=torch.float64)[:, None]
    totals = [torch.tensor(float(n), dtype=torch.float64) for n in inputs["n"]]
    return {
        f"n = {n}": model.log_prob(torch.arange(n + 1, dtype=torch.float64), total, p)
        for n, total in zip(inputs["n"], totals, strict=True)
    }


BINOMIAL = Specification(
    name="binomial",
    family="distributions",
    systems=(2,),
    title="Binomial",
    statement="P(k) = C(n, k) p^k (1 − p)^(n − k)",
    page="reference_models.distributions.trials",
    functions={"log_prob": trials.binomial_log_prob, "sample": trials.binomial_sample},
    properties=(
        Property(
            "the n-fold convolution of Bernoulli",
            _binomial_convolution,
            Mutant("C(n, k) is missing", {"log_prob": _without_ways}),
        ),
        Property("draws have mean n p", _binomial_draws, Mutant("one trial is lost", {"sample": _one_trial_less})),
    ),
    source=SOURCE,
    oracles=(
        Oracle(
            package="scipy",
            inputs={"n": [1, 5, 30], "p": [0.05, 0.5, 0.93]},
            ask=_binom,
            tell=_our_binomial,
            tolerance=1e-12,
            conversion="the same parameters",
        ),
    ),
)

SPECIFICATIONS = (BERNOULLI, BINOMIAL)

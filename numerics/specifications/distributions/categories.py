"""Categorical and Multinomial: rows 3 and 4."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import Any

import torch
from torch import Tensor

from numerics.specifications.contract import Answers, Model, Mutant, Oracle, Outcome, Property, Specification
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import equal, frequencies_are, gradient, mean_is, worst
from reference_models.distributions import categories

SOURCE = "Bishop 2006, section 2.2"


def _shifts(model: Model, draw: Draw) -> Outcome:
    logits, shift = draw.normal(4, 3), draw.uniform(-900, 900, 4, 1)
    return equal(model.softmax(logits + shift), model.softmax(logits), 1e-9)


def _two_are_bernoulli(model: Model, draw: Draw) -> Outcome:
    log_odds = draw.normal(6)
    p = model.softmax(torch.stack([torch.zeros_like(log_odds), log_odds], -1))
    return equal(p[:, 1], 1 / (1 + torch.exp(-log_odds)))


def _category_masses(model: Model, draw: Draw) -> Outcome:
    logits = 3 * draw.normal(3, 5)
    masses = torch.stack(
        [torch.exp(model.log_prob(torch.full((3,), k, device=logits.device), logits)) for k in range(5)]
    )
    return worst(equal(masses.sum(0), 1.0), equal(masses.mT, model.softmax(logits)))


def _category_mle(model: Model, draw: Draw) -> Outcome:
    x = torch.cat([draw.integers(0, 1, 20), torch.arange(4, device=draw.device)])
    at = torch.log(model.mle(x, 4))
    return equal(gradient(lambda v: model.log_prob(x, v.expand(24, 4)).sum(), at), 0.0, 1e-9)


def _category_draws(model: Model, draw: Draw) -> Outcome:
    logits = draw.normal(4)
    p = torch.exp(logits) / torch.exp(logits).sum()
    return frequencies_are(model.sample(logits, 40_000, draw.generator()), p)


def _first_axis(logits: Tensor) -> Tensor:
    return torch.softmax(logits, 0)


def _bits(logits: Tensor) -> Tensor:
    return torch.softmax(logits / torch.log(torch.tensor(2.0)), -1)


def _by_the_largest(x: Tensor, logits: Tensor) -> Tensor:
    return logits.gather(-1, x[..., None])[..., 0] - logits.max(-1).values


def _smoothed(x: Tensor, k: int) -> Tensor:
    return (torch.nn.functional.one_hot(x, k).to(torch.float64).sum(0) + 1) / (x.shape[0] + k)


def _next_category(logits: Tensor, n: int, generator: torch.Generator) -> Tensor:
    return (categories.categorical_sample(logits, n, generator) + 1) % logits.shape[-1]


def _categorical_asked(inputs: Mapping[str, Any]) -> Answers:
    from torch.distributions import Categorical

    law = Categorical(logits=torch.tensor(inputs["logits"], dtype=torch.float64))
    return {"log_prob": law.log_prob(torch.tensor(inputs["x"])).tolist(), "softmax": law.probs.tolist()}


def _categorical_told(model: Model, inputs: Mapping[str, Any]) -> Answers:
    logits = torch.tensor(inputs["logits"], dtype=torch.float64)
    return {"log_prob": model.log_prob(torch.tensor(inputs["x"]), logits), "softmax": model.softmax(logits)}


CATEGORICAL = Specification(
    name="categorical",
    family="distributions",
    systems=(3,),
    title="Categorical",
    statement="P(x = k) = π_k = e^(l_k) / Σ_j e^(l_j)",
    page="reference_models.distributions.categories",
    functions={
        "softmax": categories.softmax,
        "log_prob": categories.categorical_log_prob,
        "sample": categories.categorical_sample,
        "mle": categories.categorical_mle,
    },
    properties=(
        Property(
            "softmax keeps its value under shifts",
            _shifts,
            Mutant("the wrong axis sums to 1", {"softmax": _first_axis}),
        ),
        Property(
            "two categories are Bernoulli",
            _two_are_bernoulli,
            Mutant("powers of 2 for powers of e", {"softmax": _bits}),
        ),
        Property(
            "the masses are the softmax and sum to 1",
            _category_masses,
            Mutant("the largest logit stands for log Σ e^l", {"log_prob": _by_the_largest}),
        ),
        Property("the MLE is stationary", _category_mle, Mutant("a count is added to each", {"mle": _smoothed})),
        Property("draws have the masses", _category_draws, Mutant("categories off by one", {"sample": _next_category})),
    ),
    source=SOURCE,
    oracles=(
        Oracle(
            package="torch",
            inputs={"x": [0, 2, 1], "logits": [[0.3, -1.0, 2.0], [0.0, 5.0, -3.0], [1.0, 1.0, 1.0]]},
            ask=_categorical_asked,
            tell=_categorical_told,
            tolerance=1e-13,
            conversion="the same logits",
        ),
    ),
    conventions=("categories count from 0", "natural logarithms"),
)


def _compositions(draw: Draw, n: int, k: int) -> Tensor:
    return draw.tensor([c for c in product(range(n + 1), repeat=k) if sum(c) == n])


def _two_are_binomial(model: Model, draw: Draw) -> Outcome:
    n, p = draw.whole(2, 6), draw.uniform(0, 1)
    law = draw.tensor([1.0])
    for _ in range(n):
        law = torch.cat([law * (1 - p), draw.tensor([0.0])]) + torch.cat([draw.tensor([0.0]), law * p])
    k = draw.tensor(range(n + 1))
    return equal(torch.exp(model.log_prob(torch.stack([k, n - k], -1), torch.stack([p, 1 - p]))), law)


def _count_moments(model: Model, draw: Draw) -> Outcome:
    n, p = draw.whole(2, 5), draw.simplex(3)
    x = _compositions(draw, n, 3)
    mass = torch.exp(model.log_prob(x, p))
    mean = mass @ x
    covariance = (x - mean).mT @ (mass[:, None] * (x - mean))
    return worst(equal(mass.sum(), 1.0), equal(mean, n * p), equal(covariance, n * (torch.diag(p) - p[:, None] * p)))


def _sum_of_one_hot(model: Model, draw: Draw) -> Outcome:
    p, n = draw.simplex(3), 4
    words = torch.cartesian_prod(*[torch.arange(3)] * n)
    chances, counts = p[words].prod(1), torch.nn.functional.one_hot(words, 3).sum(1)
    x = _compositions(draw, n, 3)
    same = (counts.to(x) == x[:, None]).all(-1).to(torch.float64)
    return equal(torch.exp(model.log_prob(x, p)), same @ chances)


def _count_draws(model: Model, draw: Draw) -> Outcome:
    p = draw.simplex(3) * 0.7 + 0.1
    x = model.sample(6, p, 20_000, draw.generator())
    off = x - 6 * p
    return worst(mean_is(x, 6 * p), mean_is(off[:, 0] * off[:, 1], -6 * p[0] * p[1]))


def _as_poisson(counts: Tensor, p: Tensor) -> Tensor:
    return torch.xlogy(counts, p).sum(-1) - torch.lgamma(counts + 1).sum(-1)


def _one_way(counts: Tensor, p: Tensor) -> Tensor:
    return torch.xlogy(counts, p).sum(-1)


def _off_factorial(counts: Tensor, p: Tensor) -> Tensor:
    return categories.multinomial_log_prob(counts, p) - torch.log(counts.sum(-1))


def _independent(n: int, p: Tensor, draws: int, generator: torch.Generator) -> Tensor:
    u = torch.rand((draws, n, p.shape[-1]), generator=generator, dtype=p.dtype, device=p.device)
    return (u < p).to(p.dtype).sum(1)


def _from_scipy(inputs: Mapping[str, Any]) -> Answers:
    from scipy.stats import multinomial

    return {"log_prob": multinomial.logpmf(inputs["x"], n=4, p=inputs["p"]).tolist()}


def _ours(model: Model, inputs: Mapping[str, Any]) -> Answers:
    x, p = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("x", "p"))
    return {"log_prob": model.log_prob(x, p)}


MULTINOMIAL = Specification(
    name="multinomial",
    family="distributions",
    systems=(4,),
    title="Multinomial",
    statement="P(x) = n!/(Π x_k!) Π π_k^(x_k), n = Σ x_k",
    page="reference_models.distributions.categories",
    functions={"log_prob": categories.multinomial_log_prob, "sample": categories.multinomial_sample},
    properties=(
        Property("two categories are Binomial", _two_are_binomial, Mutant("n! is missing", {"log_prob": _as_poisson})),
        Property(
            "mass 1, mean nπ, covariance n(diag π − ππᵀ)",
            _count_moments,
            Mutant("(n − 1)! for n!", {"log_prob": _off_factorial}),
        ),
        Property(
            "the law of a sum of one-hot categories",
            _sum_of_one_hot,
            Mutant("the coefficient is missing", {"log_prob": _one_way}),
        ),
        Property(
            "draws have covariance −nπᵢπⱼ", _count_draws, Mutant("counts are independent", {"sample": _independent})
        ),
    ),
    source=SOURCE,
    oracles=(
        Oracle(
            package="scipy",
            inputs={"x": [[4, 0, 0], [2, 1, 1], [0, 4, 0]], "p": [0.5, 0.3, 0.2]},
            ask=_from_scipy,
            tell=_ours,
            tolerance=1e-13,
            conversion="n is the sum of the counts",
        ),
    ),
)

SPECIFICATIONS = (CATEGORICAL, MULTINOMIAL)

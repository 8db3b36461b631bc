"""Poisson, Geometric and Negative Binomial: rows 5, 6 and 8."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import torch
from torch import Tensor

from numerics.specifications.contract import Answers, Model, Mutant, Oracle, Outcome, Property, Specification
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import at_most, equal, mean_is, worst
from reference_models.distributions import counts

SOURCE = "Casella and Berger 2002, section 3.2"
PAGE = "reference_models.distributions.counts"


def _convolve(left: Tensor, right: Tensor) -> Tensor:
    """The law of a sum, cut to the length of the left law."""
    n = left.shape[0]
    return torch.stack([(left[: k + 1] * right[: k + 1].flip(0)).sum() for k in range(n)])


def _poisson_moments(model: Model, draw: Draw) -> Outcome:
    rate, k = draw.uniform(0.3, 6, 4), draw.tensor(range(90))[:, None]
    mass = torch.exp(model.log_prob(k, rate))
    mean = (mass * k).sum(0)
    return worst(equal(mass.sum(0), 1.0), equal(mean, rate), equal((mass * (k - mean) ** 2).sum(0), rate))


def _poisson_sum(model: Model, draw: Draw) -> Outcome:
    one, two, k = draw.uniform(0.3, 4), draw.uniform(0.3, 4), draw.tensor(range(25))
    left, right = torch.exp(model.log_prob(k, one)), torch.exp(model.log_prob(k, two))
    return equal(_convolve(left, right), torch.exp(model.log_prob(k, one + two)))


def _poisson_limit(model: Model, draw: Draw) -> Outcome:
    rate, n, k = draw.uniform(0.5, 4), 1000, draw.tensor(range(60))
    ways = torch.lgamma(draw.tensor(n + 1)) - torch.lgamma(k + 1) - torch.lgamma(n - k + 1)
    binomial = torch.exp(ways + k * torch.log(rate / n) + (n - k) * torch.log1p(-rate / n))
    distance = (torch.exp(model.log_prob(k, rate)) - binomial).abs().sum() / 2
    return at_most(distance, rate**2 / n, detail="total variation is at most λ²/n (Le Cam)")


def _poisson_draws(model: Model, draw: Draw) -> Outcome:
    rate = draw.uniform(0.5, 4, 2)
    x = model.sample(rate, 20_000, draw.generator())
    return worst(mean_is(x, rate), mean_is((x - rate) ** 2, rate))


def _stirling(k: Tensor, rate: Tensor) -> Tensor:
    factorial = torch.xlogy(k, k) - k + torch.log(2 * torch.pi * k.clamp_min(0.5)) / 2
    return torch.xlogy(k, rate) - rate - factorial


def _late(k: Tensor, rate: Tensor) -> Tensor:
    return counts.poisson_log_prob(k + 1, rate)


def _by_scale(k: Tensor, rate: Tensor) -> Tensor:
    return counts.poisson_log_prob(k, 1 / rate)


def _next_arrival(rate: Tensor, n: int, generator: torch.Generator) -> Tensor:
    return counts.poisson_sample(rate, n, generator) + 1


def _poisson_scipy(inputs: Mapping[str, Any]) -> Answers:
    from scipy.stats import poisson

    return {"log_prob": poisson.logpmf(inputs["k"], inputs["rate"]).tolist()}


def _poisson_ours(model: Model, inputs: Mapping[str, Any]) -> Answers:
    k, rate = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("k", "rate"))
    return {"log_prob": model.log_prob(k, rate)}


POISSON = Specification(
    name="poisson",
    family="distributions",
    systems=(5,),
    title="Poisson",
    statement="P(k) = e^(−λ) λ^k / k!",
    page=PAGE,
    functions={"log_prob": counts.poisson_log_prob, "sample": counts.poisson_sample},
    properties=(
        Property(
            "mass 1, mean λ, variance λ", _poisson_moments, Mutant("Stirling's formula for k!", {"log_prob": _stirling})
        ),
        Property("sums add rates", _poisson_sum, Mutant("λ is taken for a scale", {"log_prob": _by_scale})),
        Property("the limit of Binomial(n, λ/n)", _poisson_limit, Mutant("k is off by one", {"log_prob": _late})),
        Property(
            "counts of Exponential arrivals have mean and variance λ",
            _poisson_draws,
            Mutant("the arrival after the end counts", {"sample": _next_arrival}),
        ),
    ),
    source=SOURCE,
    oracles=(
        Oracle(
            package="scipy",
            inputs={"k": [0.0, 1.0, 4.0, 30.0, 1.5, -1.0], "rate": [0.25, 1.0, 2.5, 7.0, 1.0, 1.0]},
            ask=_poisson_scipy,
            tell=_poisson_ours,
            tolerance=1e-13,
            conversion="scipy's mu is λ; both give −inf outside the support",
        ),
    ),
    conventions=("λ is a rate, the mean of k",),
)


def _geometric_masses(model: Model, draw: Draw) -> Outcome:
    p, k = draw.uniform(0.05, 0.95, 5), draw.tensor(range(1, 30))[:, None]
    seen = torch.cumsum(torch.exp(model.log_prob(k, p)), 0)
    return equal(1 - seen, torch.exp(k * torch.log1p(-p)))


def _geometric_memory(model: Model, draw: Draw) -> Outcome:
    p, s, t = draw.uniform(0.05, 0.95), draw.whole(1, 5), draw.whole(1, 5)
    k = draw.tensor(range(1, 12))
    beyond = 1 - torch.cumsum(torch.exp(model.log_prob(k, p)), 0)
    tail = model.survival(draw.tensor(range(1, 12)), p)
    return worst(equal(tail, beyond), equal(tail[s + t - 1], tail[s - 1] * tail[t - 1]))


def _geometric_mean(model: Model, draw: Draw) -> Outcome:
    p, k = draw.uniform(0.1, 0.95, 4), draw.tensor(range(1, 800))[:, None]
    mass = torch.exp(model.log_prob(k, p))
    return worst(equal((mass * k).sum(0), 1 / p), equal((mass * k**2).sum(0) - 1 / p**2, (1 - p) / p**2, 1e-9))


def _geometric_draws(model: Model, draw: Draw) -> Outcome:
    p = draw.uniform(0.1, 0.9, 2)
    return mean_is(model.sample(p, 20_000, draw.generator()), 1 / p)


def _aging(k: Tensor, p: Tensor) -> Tensor:
    return (1 - p) ** (k - 1)


def _failures(k: Tensor, p: Tensor) -> Tensor:
    return torch.special.xlog1py(k, -p) + torch.log(p)


def _swapped_odds(k: Tensor, p: Tensor) -> Tensor:
    return counts.geometric_log_prob(k, 1 - p)


def _rounded_down(p: Tensor, n: int, generator: torch.Generator) -> Tensor:
    u = torch.rand((n, *p.shape), generator=generator, dtype=p.dtype, device=p.device)
    return torch.floor(torch.log1p(-u) / torch.log1p(-p))


def _geometric_asked(inputs: Mapping[str, Any]) -> Answers:
    from scipy.stats import geom

    k, p = inputs["k"], inputs["p"]
    return {"log_prob": geom.logpmf(k, p).tolist(), "survival": geom.sf(k, p).tolist()}


def _geometric_told(model: Model, inputs: Mapping[str, Any]) -> Answers:
    k, p = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("k", "p"))
    return {"log_prob": model.log_prob(k, p), "survival": model.survival(k, p)}


GEOMETRIC = Specification(
    name="geometric",
    family="distributions",
    systems=(6,),
    title="Geometric",
    statement="P(k) = (1 − p)^(k − 1) p, k = 1, 2, …",
    page=PAGE,
    functions={
        "log_prob": counts.geometric_log_prob,
        "survival": counts.geometric_survival,
        "sample": counts.geometric_sample,
    },
    properties=(
        Property(
            "masses to k leave (1 − p)^k",
            _geometric_masses,
            Mutant("failures are counted, from 0", {"log_prob": _failures}),
        ),
        Property(
            "P(X > s + t) = P(X > s) P(X > t)", _geometric_memory, Mutant("P(X ≥ k) for P(X > k)", {"survival": _aging})
        ),
        Property(
            "mean 1/p, variance (1 − p)/p²",
            _geometric_mean,
            Mutant("p is the chance of a failure", {"log_prob": _swapped_odds}),
        ),
        Property("draws have mean 1/p", _geometric_draws, Mutant("rounded down", {"sample": _rounded_down})),
    ),
    source=SOURCE,
    oracles=(
        Oracle(
            package="scipy",
            inputs={"k": [1.0, 2.0, 7.0, 0.0], "p": [0.3, 0.9, 0.05, 0.5]},
            ask=_geometric_asked,
            tell=_geometric_told,
            tolerance=1e-13,
            conversion="scipy counts trials from 1 too (torch counts failures)",
        ),
    ),
    conventions=("k counts trials, from 1 (torch counts failures)",),
)


def _negative_convolution(model: Model, draw: Draw) -> Outcome:
    r, p = draw.whole(1, 5), draw.uniform(0.2, 0.9)
    k = draw.tensor(range(30))
    one = torch.where(k >= 1, (1 - p) ** (k - 1) * p, 0.0)
    law = one
    for _ in range(r - 1):
        law = _convolve(law, one)
    return equal(torch.exp(model.log_prob(k, draw.tensor(r), p)), law)


def _poisson_gamma(model: Model, draw: Draw) -> Outcome:
    r, p, j = draw.whole(1, 5), draw.uniform(0.2, 0.8), draw.tensor(range(12))[:, None]
    nodes, weights = (draw.tensor(a) for a in np.polynomial.laguerre.laggauss(30))
    rate = p / (1 - p)  # of the Gamma law of λ
    at = nodes / (1 + rate)
    inside = j * torch.log(at) - torch.lgamma(j + 1) + r * torch.log(rate) + (r - 1) * torch.log(at)
    mixture = (weights * torch.exp(inside - torch.lgamma(draw.tensor(r)))).sum(1) / (1 + rate)
    return equal(torch.exp(model.log_prob(j[:, 0] + r, draw.tensor(r), p)), mixture)


def _negative_draws(model: Model, draw: Draw) -> Outcome:
    p = draw.uniform(0.2, 0.9, 2)
    return mean_is(model.sample(3, p, 20_000, draw.generator()), 3 / p)


def _any_order(k: Tensor, r: Tensor, p: Tensor) -> Tensor:
    ways = torch.lgamma(k + 1) - torch.lgamma(r + 1) - torch.lgamma((k - r).clamp_min(0) + 1)
    value = ways + r * torch.log(p) + torch.special.xlog1py(k - r, -p)
    return torch.where(k >= r, value, -torch.inf)


def _swapped(k: Tensor, r: Tensor, p: Tensor) -> Tensor:
    return counts.negative_binomial_log_prob(k, r, 1 - p)


def _without_successes(r: int, p: Tensor, n: int, generator: torch.Generator) -> Tensor:
    return counts.negative_binomial_sample(r, p, n, generator) - r


def _negative_scipy(inputs: Mapping[str, Any]) -> Answers:
    from scipy.stats import nbinom

    return {"log_prob": nbinom.logpmf(np.array(inputs["k"]) - inputs["r"], inputs["r"], inputs["p"]).tolist()}


def _negative_ours(model: Model, inputs: Mapping[str, Any]) -> Answers:
    k, r, p = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("k", "r", "p"))
    return {"log_prob": model.log_prob(k, r, p)}


NEGATIVE_BINOMIAL = Specification(
    name="negative_binomial",
    family="distributions",
    systems=(8,),
    title="Negative Binomial",
    statement="P(k) = C(k − 1, r − 1) p^r (1 − p)^(k − r), k = r, r + 1, …",
    page=PAGE,
    functions={"log_prob": counts.negative_binomial_log_prob, "sample": counts.negative_binomial_sample},
    properties=(
        Property(
            "the r-fold convolution of Geometric (r = 1 included)",
            _negative_convolution,
            Mutant("C(k, r) for C(k − 1, r − 1)", {"log_prob": _any_order}),
        ),
        Property(
            "k − r is a Gamma(r, p/(1 − p)) mixture of Poisson",
            _poisson_gamma,
            Mutant("p is the chance of a failure", {"log_prob": _swapped}),
        ),
        Property(
            "draws have mean r/p", _negative_draws, Mutant("failures are counted", {"sample": _without_successes})
        ),
    ),
    source=SOURCE,
    oracles=(
        Oracle(
            package="scipy",
            inputs={"k": [3.0, 5.0, 9.0, 2.0], "r": 3.0, "p": [0.4, 0.25, 0.75, 0.5]},
            ask=_negative_scipy,
            tell=_negative_ours,
            tolerance=1e-13,
            conversion="scipy counts failures: its k is k − r",
        ),
    ),
    conventions=("k counts trials up to the r-th success",),
)

SPECIFICATIONS = (POISSON, GEOMETRIC, NEGATIVE_BINOMIAL)

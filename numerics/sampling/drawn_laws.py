"""Samplers of the reference models of laws: each draw held against the specification's own density or mass."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from numerics.sampling.models import ModelSampler, Stated, generated, moved
from numerics.specifications.contract import Model, Mutant

COUNTS = torch.arange(200, dtype=torch.float64)


def tensor(*values: float) -> Tensor:
    """Numbers as float64; one number as a scalar."""
    return torch.tensor(values if len(values) > 1 else values[0], dtype=torch.float64)


def ratio(what: str, log_ratio: Callable[[Model, Tensor], Tensor]) -> Stated:
    """E p'(x)/p(x) = 1 for any other law p' on the same support."""
    return Stated(f"{what}: a ratio of densities has mean 1", lambda m, x: torch.exp(log_ratio(m, x)), lambda m: 1.0)


def counted(log_mass: Callable[[Model, Tensor], Tensor], power: int) -> Stated:
    """E x^power is what the masses give."""

    def mean(model: Model) -> float:
        return float((COUNTS**power * torch.exp(log_mass(model, COUNTS))).nan_to_num(0.0).sum())

    return Stated(f"E x^{power} is that of the masses", lambda m, x: x.reshape(-1) ** power, mean)


def mass_of(outcome: int, log_mass: Callable[[Model, Tensor], Tensor]) -> Stated:
    """The share of draws of an outcome is its mass."""
    return Stated(
        f"P(x = {outcome}) is its mass",
        lambda m, x: (x.reshape(-1) == outcome).double(),
        lambda m: float(torch.exp(log_mass(m, torch.tensor(outcome)))),
    )


def slip(name: str, words: str, wrong: Callable[..., Any]) -> Mutant:
    """A mistake in one function."""
    return Mutant(words, {name: wrong})


# Each planted mistake is a sampler of another law, by the generator that it is given.


def _ones_too_often(p: Tensor, n: int, generator: torch.Generator) -> Tensor:
    return (torch.rand((n, *p.shape), generator=generator, dtype=p.dtype) < p.sqrt()).to(p.dtype)


def _one_trial_less(n: int, p: Tensor, draws: int, generator: torch.Generator) -> Tensor:
    return (torch.rand((draws, n - 1), generator=generator, dtype=p.dtype) < p).to(p.dtype).sum(1)


def _logits_as_weights(logits: Tensor, n: int, generator: torch.Generator) -> Tensor:
    return torch.multinomial(logits.abs(), n, True, generator=generator)


def _one_trial(n: int, p: Tensor, draws: int, generator: torch.Generator) -> Tensor:
    u = torch.rand((draws, 1), generator=generator, dtype=p.dtype)
    return n * torch.nn.functional.one_hot((u >= torch.cumsum(p, -1)[:-1]).sum(-1), len(p)).to(p.dtype)


def _first_too(rate: Tensor, n: int, generator: torch.Generator) -> Tensor:
    waits = -torch.log1p(-torch.rand((60, n), generator=generator, dtype=rate.dtype)) / rate
    return 1 + (torch.cumsum(waits, 0) <= 1).to(rate.dtype).sum(0)


def _failures(p: Tensor, n: int, generator: torch.Generator) -> Tensor:
    u = torch.rand((n, *p.shape), generator=generator, dtype=p.dtype)
    return torch.floor(torch.log1p(-u) / torch.log1p(-p))


def _one_success_less(r: int, p: Tensor, n: int, generator: torch.Generator) -> Tensor:
    u = torch.rand((n, r - 1), generator=generator, dtype=p.dtype)
    return torch.ceil(torch.log1p(-u) / torch.log1p(-p)).clamp_min(1).sum(1)


def _rate_for_scale(rate: Tensor, n: int, generator: torch.Generator) -> Tensor:
    return -torch.log1p(-torch.rand((n, *rate.shape), generator=generator, dtype=rate.dtype)) * rate


def _shape_less(shape: int, rate: Tensor, n: int, generator: torch.Generator) -> Tensor:
    u = torch.rand((n, shape - 1), generator=generator, dtype=rate.dtype)
    return -torch.log1p(-u).sum(1) / rate


def _cov_for_root(mean: Tensor, cov: Tensor, n: int, generator: torch.Generator) -> Tensor:
    return mean + torch.randn((n, len(mean)), generator=generator, dtype=mean.dtype) @ cov.mT


def _high_for_width(low: Tensor, high: Tensor, n: int, generator: torch.Generator) -> Tensor:
    return low + high * torch.rand((n, *low.shape), generator=generator, dtype=low.dtype)


def _swapped(a: int, b: int, n: int, generator: torch.Generator) -> Tensor:
    waits = -torch.log1p(-torch.rand((n, a + b), generator=generator, dtype=torch.float64))
    return waits[:, :b].sum(1) / waits.sum(1)


def _even(a: list[int], n: int, generator: torch.Generator) -> Tensor:
    waits = -torch.log1p(-torch.rand((n, len(a)), generator=generator, dtype=torch.float64))
    return waits / waits.sum(1, keepdim=True)


def _variance_for_deviation(m: Tensor, s: Tensor, n: int, generator: torch.Generator) -> Tensor:
    return torch.sigmoid(m + s**2 * torch.randn((n, *m.shape), generator=generator, dtype=m.dtype))


def _sum_for_mean(nu: int, n: int, generator: torch.Generator) -> Tensor:
    z = torch.randn((n, nu + 1), generator=generator, dtype=torch.float64)
    return z[:, 0] / torch.sqrt((z[:, 1:] ** 2).sum(1))


P, RATE, LOW, HIGH = tensor(0.3), tensor(2.5), tensor(-1.0), tensor(3.0)
LOGITS, CHANCES = tensor(0.5, -1.0, 1.5), tensor(0.2, 0.5, 0.3)
MEAN, COV = tensor(1.0, -2.0), torch.tensor([[2.0, 0.6], [0.6, 0.5]], dtype=torch.float64)
OTHER_COV = torch.tensor([[1.6, 0.3], [0.3, 0.4]], dtype=torch.float64)
M, S = tensor(0.3), tensor(0.6)


def _log_prob(*parameters: object) -> Callable[[Model, Tensor], Tensor]:
    return lambda model, x: model.log_prob(x, *moved(parameters, x.device))


def _apart(other: tuple[object, ...], own: tuple[object, ...]) -> Callable[[Model, Tensor], Tensor]:
    return lambda model, x: model.log_prob(x, *moved(other, x.device)) - model.log_prob(x, *moved(own, x.device))


def _second_moment(model: Model) -> float:
    """∫ x² p(x) dx by the midpoint rule."""
    grid = LOW + (HIGH - LOW) * (torch.arange(10_000, dtype=torch.float64) + 0.5) / 10_000
    return float((grid**2 * torch.exp(model.log_prob(grid, LOW, HIGH))).mean() * (HIGH - LOW))


_five = tensor(5.0)
LAWS: tuple[ModelSampler, ...] = (
    ModelSampler("bernoulli", generated("sample")(P), (counted(lambda m, x: m.log_prob(x, P), 1),),
                 slip("sample", "√p for p", _ones_too_often)),
    ModelSampler("binomial", generated("sample")(5, P),
                 (counted(lambda m, x: m.log_prob(x, _five, P), 1), counted(lambda m, x: m.log_prob(x, _five, P), 2)),
                 slip("sample", "a trial less", _one_trial_less)),
    ModelSampler("categorical", generated("sample")(LOGITS), tuple(mass_of(k, _log_prob(LOGITS)) for k in range(3)),
                 slip("sample", "logits as weights", _logits_as_weights)),
    ModelSampler("multinomial", generated("sample")(4, CHANCES),
                 (ratio("other chances", _apart((tensor(0.25, 0.4, 0.35),), (CHANCES,))),
                  Stated("Var x_0 = n p (1 − p)", lambda m, x: (x[:, 0] - 4 * 0.2) ** 2, lambda m: 4 * 0.2 * 0.8)),
                 slip("sample", "one category n times over", _one_trial)),
    ModelSampler("poisson", generated("sample")(RATE),
                 (counted(_log_prob(RATE), 1), counted(_log_prob(RATE), 2)),
                 slip("sample", "counted from one", _first_too)),
    ModelSampler("geometric", generated("sample")(P), (counted(_log_prob(P), 1), counted(_log_prob(P), 2)),
                 slip("sample", "failures for trials", _failures)),
    ModelSampler("negative_binomial", generated("sample")(3, P),
                 (counted(_log_prob(tensor(3.0), P), 1), counted(_log_prob(tensor(3.0), P), 2)),
                 slip("sample", "a success less", _one_success_less)),
    ModelSampler("exponential", generated("sample")(RATE),
                 (ratio("a larger rate", _apart((1.25 * RATE,), (RATE,))),
                  Stated("P(x > 1/2) is the survival", lambda m, x: (x > 0.5).double(),
                         lambda m: float(m.survival(tensor(0.5), RATE)))),
                 slip("sample", "a rate for a scale", _rate_for_scale)),
    ModelSampler("gamma", generated("sample")(3, RATE),
                 (ratio("a larger rate", _apart((tensor(3.0), 1.25 * RATE), (tensor(3.0), RATE))),),
                 slip("sample", "a shape less", _shape_less)),
    ModelSampler("normal", generated("sample")(MEAN, COV),
                 (ratio("another covariance", _apart((MEAN, OTHER_COV), (MEAN, COV))),
                  Stated("Cov(x_0, x_1)", lambda m, x: (x[:, 0] - 1) * (x[:, 1] + 2), lambda m: float(COV[0, 1]))),
                 slip("sample", "the covariance for its root", _cov_for_root)),
    ModelSampler("uniform", generated("sample")(LOW, HIGH),
                 (Stated("E x² is that of the density", lambda m, x: x**2, _second_moment),
                  Stated("E x", lambda m, x: x, lambda m: 1.0)),
                 slip("sample", "the end for the width", _high_for_width)),
    ModelSampler("beta", generated("sample")(2, 4),
                 (ratio("other shapes", _apart((tensor(3.0), tensor(4.0)), (tensor(2.0), tensor(4.0)))),
                  Stated("E x", lambda m, x: x, lambda m: float(m.mean(tensor(2.0), tensor(4.0))))),
                 slip("sample", "the shapes swapped", _swapped)),
    ModelSampler("dirichlet", generated("sample")([2, 3, 4]),
                 (ratio("other shapes", _apart((tensor(3.0, 3.0, 4.0),), (tensor(2.0, 3.0, 4.0),))),),
                 slip("sample", "all shapes one", _even)),
    ModelSampler("logistic_normal", generated("sample")(M, S),
                 (ratio("a smaller deviation", _apart((M, 0.8 * S), (M, S))),),
                 slip("sample", "the variance for the deviation", _variance_for_deviation)),
    ModelSampler("student_t", generated("sample")(8),
                 (ratio("more degrees of freedom", _apart((tensor(16.0),), (tensor(8.0),))),),
                 slip("sample", "a sum for a mean of squares", _sum_for_mean)),
)  # fmt: skip
"""Rows of laws; what each is held against is its own log_prob, at other parameters too."""

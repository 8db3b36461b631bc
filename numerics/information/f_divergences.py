"""The routes of f-divergences: both sides by definition under named laws, and ``errata run f_divergences``."""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp
import torch
from torch import Tensor
from torch.distributions import Distribution

from claims.laws import Bernoulli, Beta, Binomial, Uniform
from claims.notation import Normal
from numerics.casts import Cast
from numerics.named_laws import HALF, THIRD, by_cast, interpreted, of_laws
from numerics.nodes import tables
from numerics.points import CALM, NASTY
from numerics.routes import Route
from numerics.written import standing_on, torch_model
from reference_models.divergences import f_divergences as model

COINS = (*NASTY, *(sp.Rational(k, 11) for k in range(1, 11)))

ON_COUNTS: tuple[Cast, ...] = tuple(
    {"p": Binomial(n, p), "q": Binomial(n, q)}
    for n, p, q in (
        (1, THIRD, HALF), (1, HALF, THIRD), (1, HALF, sp.Rational(9, 10)), (2, THIRD, HALF), (2, HALF, THIRD),
        (2, sp.Rational(1, 10), HALF), (2, HALF, sp.Rational(51, 100)), (3, THIRD, HALF), (4, HALF, THIRD),
    )
)  # fmt: skip
"""Pairs of laws on the same few whole numbers, one pair of near equals among them."""

BOUNDED: tuple[Cast, ...] = tuple(
    {"p": p, "q": q}
    for p, q in (
        (Normal(0, 1), Normal(1, 2)),
        (Normal(HALF, HALF), Normal(0, 1)),
        (Normal(2, HALF), Normal(2, sp.Rational(51, 100))),
        (Beta(2, 3), Uniform(0, 1)),
        (Beta(3, 3), Beta(2, 2)),
        (Beta(2, 2), Uniform(0, 1)),
        (Bernoulli(THIRD), Bernoulli(HALF)),
        (Bernoulli(HALF), Bernoulli(THIRD)),
        (Bernoulli(sp.Rational(9, 10)), Bernoulli(HALF)),
        (Bernoulli(sp.Rational(49, 100)), Bernoulli(HALF)),
    )
)
"""Pairs of laws with p/q bounded, for which every divergence here is finite."""


def _divergence(generator: Callable[..., Tensor], scale: float = 1.0) -> Callable[..., Tensor]:
    """D_f of two laws at their nodes; f may have a number beside its argument."""

    def value(p: Distribution, q: Distribution, *numbers: Tensor) -> Tensor:
        at_p, at_q = tables(p, q)
        return scale * model.f_divergence(at_p, at_q, lambda u: generator(u, *numbers))

    return value


def _hellinger_and_line(u: Tensor, s: Tensor) -> Tensor:
    return 2 * model.squared_hellinger_generator(u) + s * (u - 1)


def _power(u: Tensor, a: Tensor) -> Tensor:
    return u ** (1 + a)


def _of_classes(q: Tensor, d: Tensor, s: Tensor, r: Tensor) -> Tensor:
    """Classes with p = q + d and f(u) = s(u − 1) + r, each with a height of its own above the line."""
    return model.f_divergence(q + d, q, lambda u: s * (u - 1) + r)


def _of_class(b: Tensor, d: Tensor, s: Tensor, r: Tensor) -> Tensor:
    return _of_classes(b.reshape(1), d.reshape(1), s, r.reshape(1))


def _of_three(*numbers: Tensor) -> Tensor:
    """Three of q, two of p − q, the slope, three heights above the line."""
    d = torch.stack(numbers[3:5])
    return _of_classes(
        torch.stack(numbers[:3]), torch.cat([d, -d.sum().reshape(1)]), numbers[5], torch.stack(numbers[6:])
    )


def _routes(value: Callable[..., Tensor], *names: str) -> tuple[Route, Route]:
    return interpreted(ON_COUNTS, CALM), by_cast(of_laws(value, "p", "q", at=names), BOUNDED, 1e-8, CALM)


THREE = ("b_1", "b_2", "b_3", "d_1", "d_2", "s", "r_1", "r_2", "r_3")

ROUTES = {
    "f_divergence_kl_eq": _routes(_divergence(model.kl_generator)),
    "f_divergence_reverse_kl_eq": _routes(_divergence(model.reverse_kl_generator)),
    "f_divergence_chi_squared_eq": _routes(_divergence(model.chi_square_generator)),
    "f_divergence_hellinger_eq": _routes(_divergence(model.squared_hellinger_generator, 2.0)),
    "f_divergence_line_eq": _routes(_divergence(_hellinger_and_line), "s"),
    "f_divergence_power_ge": _routes(_divergence(_power), "a"),
    "f_divergence_class_ge": standing_on(torch_model(_of_class, "b", "d", "s", "r"), pool=COINS),
    "f_divergence_of_three_ge": standing_on(torch_model(_of_three, *THREE), pool=COINS),
}

"""The routes of the total variation: sums and integrals as written, with laws for the names, and models of tables."""

from __future__ import annotations

import sympy as sp
import torch
from torch import Tensor
from torch.distributions import Distribution

from claims.laws import Bernoulli, Beta, Binomial, Exponential, Gamma, Uniform
from claims.notation import Normal
from numerics.casts import Cast
from numerics.information.divergences import of_laws_at_nodes
from numerics.named_laws import HALF, THIRD, by_cast, interpreted, of_laws
from numerics.nodes import masses
from numerics.points import NASTY
from numerics.written import standing_on, torch_model
from reference_models.divergences.f_divergences import total_variation
from reference_models.divergences.transport import dual_value

COINS = (*NASTY, *(sp.Rational(k, 11) for k in range(1, 11)))
TABLES = ("d_1", "d_2", "h_1", "h_2", "h_3")

ON_COUNTS: tuple[Cast, ...] = tuple(
    {"p": Binomial(n, p), "q": Binomial(n, q)}
    for n, p, q in (
        (1, THIRD, HALF), (1, HALF, THIRD), (1, HALF, sp.Rational(9, 10)), (2, THIRD, HALF), (2, HALF, THIRD),
        (2, sp.Rational(1, 10), HALF), (2, HALF, sp.Rational(51, 100)), (3, THIRD, HALF), (4, HALF, THIRD),
    )
)  # fmt: skip
"""Pairs of laws on the same few whole numbers, one pair of near equals among them."""

ON_DENSITIES: tuple[Cast, ...] = tuple(
    {"p": p, "q": q}
    for p, q in (
        (Normal(0, 1), Normal(1, 2)),
        (Normal(2, HALF), Normal(2, sp.Rational(51, 100))),
        (Normal(-1, 1), Normal(3, 4)),
        (Exponential(2), Exponential(THIRD)),
        (Gamma(2, 1), Exponential(HALF)),
        (Beta(2, 3), Uniform(0, 1)),
        (Uniform(0, 1), Beta(2, 2)),
        (Beta(3, 1), Beta(1, 2)),
        (Bernoulli(THIRD), Bernoulli(HALF)),
        (Bernoulli(sp.Rational(49, 100)), Bernoulli(HALF)),
    )
)
"""Pairs of laws of one support; the last is nearly as close to the bound as any."""


def _variation(p: Distribution, q: Distribution) -> Tensor:
    return total_variation(masses(p), masses(q))


def _event_difference(d1: Tensor, d2: Tensor, h1: Tensor, h2: Tensor, h3: Tensor) -> Tensor:
    """P − Q of a randomised test on three classes, given p − q at the first two."""
    d = torch.stack([d1, d2, -d1 - d2])
    return dual_value(torch.stack([h1, h2, h3]), d, 0 * d)


def _class_difference(a: Tensor, b: Tensor, h: Tensor) -> Tensor:
    """What a class adds to that."""
    return dual_value(h.reshape(1), a.reshape(1), b.reshape(1))


def _positive_part(d: Tensor) -> Tensor:
    """Half of d and half of |d|, which is what a class adds to the total variation."""
    return d / 2 + total_variation(d.reshape(1), 0 * d.reshape(1))


ROUTES = {
    "tv_positive_part_eq": (interpreted(ON_COUNTS), by_cast(of_laws(_variation, "p", "q"), ON_COUNTS, 1e-10)),
    "tv_overlap_eq": (interpreted(ON_COUNTS), by_cast(of_laws(_variation, "p", "q"), ON_COUNTS, 1e-10)),
    "tv_class_le": standing_on(torch_model(_class_difference, "a", "b", "h"), pool=COINS),
    "tv_class_eq": standing_on(torch_model(_positive_part, "d"), pool=COINS),
    "tv_event_le": standing_on(torch_model(_event_difference, *TABLES), pool=COINS),
    "pinsker_ge": (interpreted(ON_DENSITIES), by_cast(of_laws(of_laws_at_nodes, "p", "q"), ON_DENSITIES, 1e-8)),
}

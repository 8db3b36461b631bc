"""The routes of the total variation: sums and integrals as written, with laws for the names; torch by all events."""

from __future__ import annotations

import sympy as sp
import torch
from torch.distributions import Binomial as TorchBinomial

from claims.laws import Bernoulli, Beta, Binomial, Exponential, Gamma, Uniform
from claims.notation import Normal
from numerics.casts import Cast
from numerics.named_laws import HALF, THIRD, by_cast, interpreted, of_laws
from numerics.points import NASTY, Point
from numerics.written import standing_on, torch_model
from reference_models.information import variation as model

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


def _by_events(cast: Cast, _: Point) -> float:
    laws = (TorchBinomial(int(law.args[0]), torch.tensor(float(law.args[1]), dtype=torch.float64)) for law in
            (cast["p"], cast["q"]))  # fmt: skip
    return float(model.variation(*laws))


ROUTES = {
    "tv_positive_part_eq": (interpreted(ON_COUNTS), by_cast(_by_events, ON_COUNTS, 1e-10)),
    "tv_overlap_eq": (interpreted(ON_COUNTS), by_cast(_by_events, ON_COUNTS, 1e-10)),
    "tv_class_le": standing_on(torch_model(model.class_difference, "a", "b", "h"), pool=COINS),
    "tv_class_eq": standing_on(torch_model(model.positive_part, "d"), pool=COINS),
    "tv_event_le": standing_on(torch_model(model.event_difference, *TABLES), pool=COINS),
    "pinsker_ge": (interpreted(ON_DENSITIES), by_cast(of_laws(model.kl, "p", "q"), ON_DENSITIES, 1e-8)),
}

"""The routes of the hierarchical ELBO's forms: sums as written; torch's tables of both latents."""

from __future__ import annotations

import sympy as sp
import torch
from torch import Tensor

from claims.laws import Binomial
from numerics.casts import GIVEN, Cast
from numerics.expected import scalar
from numerics.information.conditional_laws import table
from numerics.named_laws import HALF, THIRD, by_cast, interpreted, torch_law
from numerics.points import NASTY, Point
from numerics.written import standing_on, torch_model
from reference_models.variational import hierarchy as model

COINS = (*NASTY, *(sp.Rational(k, 11) for k in range(1, 11)))
LAYERS = ("a", "b_1", "b_0", "c_1", "c_0", "q", "r_1", "r_0")


def _law(n: int, *chances: sp.Expr) -> tuple[Binomial, ...]:
    return tuple(Binomial(n, chance) for chance in chances)


RISING, FALLING, BENT = (1 + GIVEN) / 5, (4 - GIVEN) / 5, HALF + (GIVEN - 1) ** 2 / 10
FIFTH = sp.Rational(1, 5)
LATENTS: tuple[Cast, ...] = tuple(
    dict(zip("prqstb", (*_law(n, p, r, q), *_law(m, s, t, b)), strict=True))
    for n, m, p, r, q, s, t, b in (
        (1, 1, THIRD, HALF, THIRD, RISING, FALLING, BENT), (1, 1, HALF, THIRD, HALF, FALLING, RISING, BENT),
        (1, 2, THIRD, HALF, FIFTH, RISING, BENT, FALLING), (2, 1, HALF, THIRD, HALF, BENT, RISING, FALLING),
        (2, 2, THIRD, THIRD, HALF, RISING, FALLING, BENT), (1, 1, HALF, HALF, THIRD, RISING, RISING, RISING),
        (3, 1, THIRD, HALF, FIFTH, FALLING, BENT, RISING), (1, 3, HALF, THIRD, THIRD, BENT, FALLING, RISING),
        (2, 1, FIFTH, HALF, THIRD, RISING, BENT, FALLING), (3, 2, HALF, THIRD, HALF, FALLING, RISING, BENT),
    )
)  # fmt: skip
"""The guide p and s, the posterior r and t, the prior q and b: of the first latent, and of the second given it."""


def _joint(cast: Cast, first: str, second: str) -> Tensor:
    """The table of both latents."""
    return table(torch_law(cast[first]), lambda at: torch_law(cast[second].xreplace({GIVEN: sp.Rational(at)})))


def _bound(cast: Cast, place: Point) -> float:
    """E[log p(x, z) − log q(z)] over the whole table."""
    guide, exact = _joint(cast, "p", "s"), _joint(cast, "r", "t")
    return float((guide * (torch.log(scalar(place, "v") * exact) - torch.log(guide))).sum())


def _gap(cast: Cast, place: Point) -> float:
    return float(torch.log(scalar(place, "v"))) - _bound(cast, place)


ROUTES = {
    "hierarchical_gap_eq": standing_on(torch_model(model.gap, *LAYERS), pool=COINS),
    "hierarchical_entropy_eq": standing_on(torch_model(model.bottom_up, *LAYERS), pool=COINS),
    "hierarchical_joint_kl_eq": standing_on(torch_model(model.bottom_up, *LAYERS), pool=COINS),
    "hierarchical_top_down_eq": standing_on(torch_model(model.top_down, *LAYERS), pool=COINS),
    "hierarchical_gap_any_eq": (interpreted(LATENTS, COINS), by_cast(_gap, LATENTS, 1e-9, COINS)),
    "hierarchical_elbo_any_le": (interpreted(LATENTS, COINS), by_cast(_bound, LATENTS, 1e-9, COINS)),
    "hierarchical_top_down_any_eq": (interpreted(LATENTS, COINS), by_cast(_bound, LATENTS, 1e-9, COINS)),
}

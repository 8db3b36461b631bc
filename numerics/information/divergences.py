"""The routes of the divergences: sums as written, and models of tables; families stand for laws that are names."""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp
from torch import Tensor
from torch.distributions import Distribution

from numerics.named_laws import PAIRS, by_cast, interpreted, of_laws
from numerics.nodes import coin, shares, tables
from numerics.points import NASTY
from numerics.routes import Route
from numerics.written import standing_on, torch_model
from reference_models.divergences import f_divergences, kullback_leibler

CLASSES = ("v_1", "v_2", "v_3", "w_1", "w_2", "w_3")
COINS = (*NASTY, *(sp.Rational(k, 11) for k in range(1, 11)))
Divergence = Callable[[Tensor, Tensor], Tensor]


def of_laws_at_nodes(p: Distribution, q: Distribution) -> Tensor:
    """KL of two laws of one support."""
    return kullback_leibler.kl(*tables(p, q))


def of_coins(p: Tensor, q: Tensor) -> Tensor:
    """KL of two coins."""
    return kullback_leibler.kl(coin(p), coin(q))


def _asymmetry(p: Tensor, q: Tensor) -> Tensor:
    return of_coins(p, q) - of_coins(q, p)


def _tables(divergence: Divergence = kullback_leibler.kl) -> tuple[Route, Route]:
    def value(*weights: Tensor) -> Tensor:
        return divergence(shares(*weights[:3]), shares(*weights[3:]))

    return standing_on(torch_model(value, *CLASSES), 1e-9)


ROUTES = {
    "kl_nonneg": (interpreted(PAIRS), by_cast(of_laws(of_laws_at_nodes, "p", "q"), PAIRS, 1e-8)),
    "kl_nonneg_of_jensen": _tables(),
    "kl_hellinger_ge": _tables(),
    "chi_squared_eq": _tables(f_divergences.chi_square),
    "kl_chi_squared_le": _tables(),
    "kl_merged_ge": _tables(),
    "pinsker_bernoulli_ge": standing_on(torch_model(of_coins, "p", "q"), pool=COINS),
    "kl_asymmetry_eq": standing_on(torch_model(_asymmetry, "p", "q"), pool=COINS),
}

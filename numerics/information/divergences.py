"""The routes of the divergences: sums as written, torch's tables; for laws that are names, families in their place."""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp
from torch import Tensor

from numerics.named_laws import PAIRS, by_cast, interpreted, of_laws
from numerics.points import NASTY
from numerics.routes import Route
from numerics.written import standing_on, torch_model
from reference_models.information import divergences as model

CLASSES = ("v_1", "v_2", "v_3", "w_1", "w_2", "w_3")
COINS = (*NASTY, *(sp.Rational(k, 11) for k in range(1, 11)))


def _tables(value: Callable[..., Tensor] = model.kl_tables) -> tuple[Route, Route]:
    return standing_on(torch_model(value, *CLASSES), 1e-9)


ROUTES = {
    "kl_nonneg": (interpreted(PAIRS), by_cast(of_laws(model.kl, "p", "q"), PAIRS, 1e-8)),
    "kl_nonneg_of_jensen": _tables(),
    "kl_hellinger_ge": _tables(),
    "chi_squared_eq": _tables(model.chi_squared),
    "kl_chi_squared_le": _tables(),
    "kl_merged_ge": _tables(),
    "pinsker_bernoulli_ge": standing_on(torch_model(model.kl_coins, "p", "q"), pool=COINS),
    "kl_asymmetry_eq": standing_on(torch_model(model.asymmetry, "p", "q"), pool=COINS),
}

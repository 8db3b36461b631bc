"""The routes of maximum entropy: families in the place of any law, searches as written; torch's quadrature."""

from __future__ import annotations

import sympy as sp

from claims.laws import Beta, Uniform
from numerics.casts import Cast
from numerics.named_laws import ON_THE_HALF_LINE, ON_THE_LINE, by_cast, interpreted, of_laws
from numerics.points import CALM, NASTY
from numerics.written import standing_on, torch_model
from reference_models.information import maxent as model

COINS = (*NASTY, *(sp.Rational(k, 11) for k in range(1, 11)))
HALF = sp.Rational(1, 2)
ON_THE_UNIT: tuple[Cast, ...] = tuple(
    {"p": p}
    for p in (
        Beta(2, 3), Beta(1, 2), Beta(3, 1), Beta(2, 2), Beta(4, 2), Beta(HALF, 2), Beta(HALF, HALF), Beta(1, 5),
        Uniform(0, HALF), Uniform(HALF, 1), Uniform(0, 1),
    )
)  # fmt: skip
"""Laws between 0 and 1."""

ROUTES = {
    "maxent_bernoulli_le": standing_on(torch_model(model.entropy_coin, "p"), pool=COINS),
    "boltzmann_bernoulli_eq": standing_on(torch_model(model.best_coin, "u"), 1e-8, CALM),
    "maxent_uniform_le": (interpreted(ON_THE_UNIT), by_cast(of_laws(model.entropy, "p"), ON_THE_UNIT, 1e-8)),
    "maxent_exponential_le": (
        interpreted(ON_THE_HALF_LINE),
        by_cast(of_laws(model.entropy, "p"), ON_THE_HALF_LINE, 1e-8),
    ),
    "maxent_exponential_rate_eq": standing_on(torch_model(model.best_rate, "m"), 1e-9, CALM),
    "maxent_normal_le": (
        interpreted(ON_THE_LINE),
        by_cast(of_laws(model.entropy, "p"), ON_THE_LINE, 1e-8),
    ),
    "maxent_normal_var_le": standing_on(torch_model(model.entropy_normal, "w"), 1e-9),
}

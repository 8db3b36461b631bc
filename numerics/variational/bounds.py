"""The routes of the bounds: laws of few values in the place of names; sums and searches as written; torch's lists."""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp
from torch import Tensor

from claims.laws import Bernoulli, Beta, Binomial, Uniform
from claims.notation import Normal
from numerics.casts import Cast
from numerics.named_laws import HALF, THIRD, by_cast, interpreted, of_laws
from numerics.points import CALM
from numerics.routes import Route
from numerics.written import standing_on, torch_model
from reference_models.variational import bounds as model

COUNTS: tuple[Cast, ...] = tuple(
    {"q": Binomial(n, q), "r": Binomial(n, r), "s": Binomial(n, s), "m": Binomial(n, s)}
    for n, q, r, s in (
        (1, THIRD, HALF, sp.Rational(1, 5)), (1, HALF, THIRD, HALF), (1, HALF, sp.Rational(9, 10), THIRD),
        (1, sp.Rational(49, 100), HALF, HALF), (2, THIRD, HALF, THIRD), (2, HALF, THIRD, sp.Rational(3, 4)),
        (2, sp.Rational(1, 10), HALF, THIRD), (2, HALF, sp.Rational(51, 100), HALF), (3, THIRD, HALF, HALF),
        (3, HALF, THIRD, THIRD),
    )
)  # fmt: skip
"""q, and the posterior under old and new parameters, on the same few whole numbers."""

LAWS: tuple[Cast, ...] = tuple(
    {"q": q, "r": r, "s": s, "m": s}
    for q, r, s in (
        (Normal(0, 1), Normal(1, HALF), Normal(HALF, 1)),
        (Normal(1, 2), Normal(HALF, 1), Normal(0, 2)),
        (Normal(-HALF, 3), Normal(0, THIRD), Normal(1, THIRD)),
        (Uniform(0, 1), Beta(2, 3), Beta(3, 2)),
        (Beta(2, 2), Beta(3, 3), Uniform(0, 1)),
        (Beta(3, 1), Beta(2, 2), Beta(1, 2)),
        (Bernoulli(HALF), Bernoulli(THIRD), Bernoulli(sp.Rational(1, 5))),
        (Bernoulli(THIRD), Bernoulli(sp.Rational(9, 10)), Bernoulli(HALF)),
    )
)
"""The same with densities."""


def _of_draws(value: Callable[..., Tensor]) -> tuple[Route, Route]:
    return interpreted(COUNTS, CALM), by_cast(of_laws(value, "q", "r", at=("e",)), COUNTS, 1e-10, CALM)


ROUTES = {
    "iwae_one_le_two": _of_draws(model.first_bound),
    "iwae_two_le_three": _of_draws(model.second_bound),
    "iwae_le_log_evidence": _of_draws(model.second_bound),
    "iwae_three_le_log_evidence": _of_draws(model.third_bound),
    "em_gain_eq": (
        interpreted(LAWS, CALM),
        by_cast(of_laws(model.gained, "r", "s", at=("e", "f")), LAWS, 1e-9, CALM),
    ),
    "em_ascent_ge": (
        interpreted(LAWS, CALM),
        by_cast(of_laws(model.gained, "r", "s", at=("e", "f")), LAWS, 1e-9, CALM),
    ),
    "mean_field_bound_eq": (
        interpreted(COUNTS, CALM),
        by_cast(of_laws(model.factored_bound, "q", "m", "s", at=("C",)), COUNTS, 1e-9, CALM),
    ),
    "mean_field_update_eq": standing_on(torch_model(model.best_factor, "s", "l_1", "l_0"), 1e-7, CALM, 8),
    "mean_field_var_eq": standing_on(torch_model(model.narrow_variance, "a", "c", "d"), 1e-7, CALM, 8),
    "mean_field_var_le": standing_on(torch_model(model.conditional_variance, "a", "c", "d"), 1e-9),
}

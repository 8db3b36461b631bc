"""The routes of inverses: sums and permutations as written; torch's solver on matrices that are made."""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp
from torch import Tensor

from numerics.casts import GIVEN, Cast
from numerics.likelihood.samples import SAMPLES, SIZES
from numerics.named_laws import by_cast, interpreted, of_sequences
from numerics.points import CALM
from numerics.routes import Route
from numerics.written import standing_on, torch_model
from reference_models.linear_gaussian import inverses as model

ROWS: tuple[Cast, ...] = tuple({**cast, "z": GIVEN / 3 - sp.Rational(k, 4) + 3} for k, cast in enumerate(SAMPLES))
"""A formula for each row and each solution."""
MIDDLE = (*CALM, sp.Rational(7, 3), sp.Rational(1, 5), sp.Rational(2))


def _routes(value: Callable[..., Tensor], names: str, *at: str) -> tuple[Route, Route]:
    return interpreted(ROWS, SIZES), by_cast(of_sequences(value, *names, at=at), ROWS, 1e-8, SIZES)


def _entries(name: str, count: int) -> tuple[str, ...]:
    return tuple(f"{name}_{k}" for k in range(1, count + 1))


ROUTES = {
    "sherman_morrison_any_eq": standing_on(torch_model(model.rank_one_row, "b", "u", "q", "h"), 1e-9, MIDDLE),
    "woodbury_any_eq": _routes(model.rank_n_row, "xyzw", "b"),
    "push_through_any_eq": _routes(model.pushed_row, "xyzw"),
    "block_inverse_any_eq": _routes(model.lower_row, "xyz", "r"),
    "schur_determinant_eq": standing_on(torch_model(model.determinant, *_entries("a", 9)), 1e-9, tuple(CALM)),
    "sylvester_determinant_eq": standing_on(
        torch_model(model.product_determinant, *_entries("u", 6), *_entries("v", 6)), 1e-9, tuple(CALM)
    ),
    "determinant_lemma_any_step_eq": standing_on(torch_model(model.grown_determinant, "d", "f", "g"), 1e-9, MIDDLE),
}

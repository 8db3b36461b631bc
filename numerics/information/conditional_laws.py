"""The routes of chain rules: laws of few values in the place of names, and torch's tables of pairs."""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp
from torch import Tensor

from claims.laws import Binomial
from numerics.casts import GIVEN, Cast
from numerics.named_laws import HALF, THIRD, by_cast, interpreted, of_channels
from numerics.routes import Route
from reference_models.information import conditional_laws as model


def _cast(n: int, p: sp.Rational, q: sp.Rational, m: int, s: sp.Expr, t: sp.Expr, r: sp.Rational) -> Cast:
    return {
        "p": Binomial(n, p),
        "q": Binomial(n, q),
        "s": Binomial(m, s),
        "t": Binomial(m, t),
        "r": Binomial(m, r),
        "b": Binomial(m, q),
    }


FIFTH = sp.Rational(1, 5)
RISING, FALLING, BENT = (1 + GIVEN) * FIFTH, (4 - GIVEN) * FIFTH, HALF + (GIVEN - 1) ** 2 / 10
PAIRS: tuple[Cast, ...] = (
    _cast(1, THIRD, HALF, 1, RISING, FALLING, HALF),
    _cast(1, HALF, THIRD, 1, FALLING, RISING, FIFTH),
    _cast(1, FIFTH, sp.Rational(9, 10), 1, BENT, RISING, THIRD),
    _cast(1, HALF, sp.Rational(49, 100), 1, RISING, RISING + sp.Rational(1, 100), THIRD),
    _cast(2, THIRD, HALF, 1, RISING, BENT, HALF),
    _cast(2, HALF, FIFTH, 2, FALLING, RISING, THIRD),
    _cast(2, sp.Rational(3, 4), THIRD, 2, BENT, FALLING, HALF),
    _cast(3, THIRD, FIFTH, 1, RISING, FALLING, FIFTH),
    _cast(3, HALF, THIRD, 2, FALLING, BENT, sp.Rational(3, 4)),
    _cast(1, THIRD, FIFTH, 3, BENT, FALLING, HALF),
)
"""Two laws of the first variable, two of the second at each value of it, and two that know nothing of it."""


def _routes(value: Callable[..., Tensor], names: str, channels: str) -> tuple[Route, Route]:
    return interpreted(PAIRS), by_cast(of_channels(value, names, channels), PAIRS, 1e-10)


ROUTES = {
    "kl_chain_any_eq": _routes(model.kl_of_pairs, "pq", "st"),
    "entropy_chain_any_eq": _routes(model.entropy_of_pair, "p", "s"),
    "kl_part_le": _routes(model.kl_of_first, "pq", "st"),
    "kl_same_channel_eq": _routes(model.kl_of_one_channel, "pq", "s"),
    "mi_mean_kl_any_eq": _routes(model.kl_from_independent, "pr", "s"),
    "mi_nonneg_any": _routes(model.mean_kl, "pr", "s"),
    "barber_agakov_ge": _routes(model.mean_kl, "pr", "s"),
    "mean_kl_any_eq": _routes(model.mean_kl, "pb", "s"),
}

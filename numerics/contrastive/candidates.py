"""The routes of InfoNCE for any laws: laws of few outcomes in the place of names, and torch's sums over triples."""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp
from torch import Tensor

from claims.laws import Bernoulli, Binomial
from numerics.casts import Cast
from numerics.named_laws import HALF, THIRD, by_cast, interpreted, of_laws
from numerics.routes import Route
from reference_models.contrastive import candidates as model

FIFTH = sp.Rational(1, 5)
LAWS: tuple[Cast, ...] = tuple(
    {"p": p, "q": q, "t": t}
    for p, q, t in (
        *((Bernoulli(p), Bernoulli(q), Bernoulli(t)) for p, q, t in ((THIRD, HALF, FIFTH), (HALF, FIFTH, 4 * FIFTH))),
        *((Bernoulli(p), Bernoulli(q), Bernoulli(t)) for p, q, t in ((4 * FIFTH, THIRD, HALF), (FIFTH, HALF, FIFTH))),
        *((Binomial(2, p), Binomial(2, q), Binomial(2, t)) for p, q, t in ((HALF, THIRD, FIFTH), (FIFTH, HALF, HALF))),
        *(
            (Binomial(2, p), Binomial(2, q), Binomial(2, t))
            for p, q, t in ((THIRD, 3 * FIFTH, HALF), (HALF, HALF, THIRD))
        ),
        (Binomial(3, HALF), Binomial(3, THIRD), Binomial(3, 2 * FIFTH)),
        (Bernoulli(2 * FIFTH), Bernoulli(FIFTH / 4), Bernoulli(2 * FIFTH)),
        (Binomial(3, FIFTH), Binomial(3, HALF), Binomial(3, FIFTH)),
    )
)
"""The positive's law, the negatives', and the critic's."""


def _of_laws(value: Callable[..., Tensor], names: str) -> tuple[Route, Route]:
    return interpreted(LAWS), by_cast(of_laws(value, *names), LAWS, 1e-9)


ROUTES = {
    "infonce_share_eq": _of_laws(model.share, "qt"),
    "infonce_any_laws_le": _of_laws(model.bound, "pqt"),
    "infonce_any_laws_gap_eq": _of_laws(model.gap, "pq"),
}

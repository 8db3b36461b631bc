"""The routes of normal noise on any law: both sides as written under laws with few outcomes; torch's autograd."""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp
import torch
from torch import Tensor

from claims.laws import Bernoulli, Binomial
from derivations.gaussian.stein import WHERE
from numerics.casts import GIVEN, Cast
from numerics.named_laws import HALF, THIRD, by_cast, interpreted, of_values
from numerics.points import CALM, Point, points
from numerics.routes import Route, as_written
from numerics.written import by_model, standing_on, torch_model
from reference_models.gaussian import smoothing as model

PAIR = ("m", "v", "u", "a", "b")
SMALL = tuple(sp.Rational(k, 6) for k in (-5, -4, -3, -2, -1, 1, 2, 3, 4, 5))
MIDDLE = (*CALM, sp.Rational(7, 3), sp.Rational(1, 5))
LISTED: tuple[Cast, ...] = tuple(
    {"p": law, "g": GIVEN}
    for law in (
        Bernoulli(THIRD), Binomial(2, HALF), Binomial(3, THIRD), Bernoulli(HALF), Binomial(4, sp.Rational(1, 10)),
        Bernoulli(sp.Rational(9, 10)), Binomial(2, sp.Rational(3, 4)), Binomial(5, HALF), Bernoulli(sp.Rational(2, 5)),
        Binomial(3, sp.Rational(4, 5)),
    )
)  # fmt: skip
"""Laws of X with few outcomes; g is the outcome itself."""
TESTS: tuple[Cast, ...] = tuple(
    {"g": GIVEN**3 / k - 2 * GIVEN**2 + sp.Rational(k, 3) * GIVEN + 1} for k in range(1, 11)
)
"""Test functions."""


def _routes(value: Callable[..., Tensor]) -> tuple[Route, Route]:
    return interpreted(LISTED, CALM), by_cast(of_values(value, "p", "g", at=("x", "t")), LISTED, 1e-9, CALM)


def _stein(cast: Cast, place: Point) -> float:
    coefficients = [float(c) for c in sp.Poly(cast["g"], GIVEN).all_coeffs()]
    letters = (torch.tensor(float(place[n]), dtype=torch.float64) for n in "xmv")
    return float(model.stein_difference(torch.tensor(coefficients, dtype=torch.float64), *letters))


ROUTES = {
    "stein_integrand_eq": (interpreted(TESTS, CALM), by_cast(_stein, TESTS, 1e-9, CALM)),
    "stein_exponential_eq": standing_on(torch_model(model.tilted_deviation, "m", "v", "u"), 1e-8, MIDDLE),
    "stein_covariance_eq": (
        as_written(points(tuple(v for v in WHERE if v.name in PAIR), 8, pool=SMALL)),
        by_model(torch_model(model.tilted_product, *PAIR), 1e-8, SMALL, 10),
    ),
    "tweedie_any_law_eq": _routes(model.posterior_mean),
    "heat_equation_eq": _routes(model.density_growth),
    "de_bruijn_integrand_eq": _routes(model.content_growth),
    "de_bruijn_normal_eq": standing_on(torch_model(model.entropy_growth, "m", "v", "t"), 1e-9, MIDDLE),
}

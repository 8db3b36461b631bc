"""The routes of bias and variance: both sides by definition; torch's sums over outcomes, and hat matrices."""

from __future__ import annotations

import sympy as sp
import torch
from torch import Tensor

from claims.laws import Bernoulli, Binomial
from numerics.casts import GIVEN, Cast
from numerics.named_laws import HALF, THIRD, by_cast, interpreted, torch_law
from numerics.points import CALM, Point
from numerics.written import standing_on, torch_model
from reference_models.likelihood import bias_variance as model

MIDDLE = (*CALM, sp.Rational(7, 3), sp.Rational(1, 5), sp.Rational(3), sp.Rational(2))
LISTED: tuple[Cast, ...] = tuple(
    {"p": p, "q": q, "g": GIVEN**2 / (k + 2) - GIVEN + sp.Rational(k, 4)}
    for k, (p, q) in enumerate(
        (
            (Binomial(2, HALF), Bernoulli(THIRD)), (Binomial(3, THIRD), Binomial(2, HALF)),
            (Bernoulli(THIRD), Binomial(4, THIRD)), (Binomial(5, HALF), Bernoulli(HALF)),
            (Binomial(4, sp.Rational(1, 10)), Bernoulli(sp.Rational(9, 10))), (Bernoulli(HALF), Bernoulli(HALF)),
            (Binomial(2, sp.Rational(3, 4)), Binomial(3, HALF)), (Binomial(6, THIRD), Bernoulli(THIRD)),
            (Binomial(3, sp.Rational(4, 5)), Binomial(2, THIRD)), (Bernoulli(sp.Rational(1, 100)), Bernoulli(HALF)),
        )
    )
)  # fmt: skip
"""Laws of the data and of the noise, and an estimate."""


def _error(cast: Cast, place: Point) -> float:
    data, noise = torch_law(cast["p"]), torch_law(cast["q"])
    outcomes: Tensor = data.enumerate_support()
    noises: Tensor = noise.enumerate_support()
    values = [float(cast["g"].xreplace({GIVEN: sp.Rational(float(x))})) for x in outcomes]
    return float(
        model.expected_error(
            torch.exp(data.log_prob(outcomes)),
            torch.tensor(values, dtype=torch.float64),
            torch.exp(noise.log_prob(noises)),
            noises,
            torch.tensor(float(place["f"]), dtype=torch.float64),
        )
    )


ROUTES = {
    "bias_variance_any_eq": (interpreted(LISTED, CALM), by_cast(_error, LISTED, 1e-9, CALM)),
    "ridge_bias_variance_eq": standing_on(torch_model(model.ridge_risk, "w", "X", "l", "s"), 1e-9, MIDDLE),
    "ridge_best_penalty_eq": standing_on(torch_model(model.best_penalty, "w", "X", "s"), 1e-7, MIDDLE),
    "least_squares_fit_eq": standing_on(torch_model(model.residual, "d", "k", "s"), 1e-9, MIDDLE),
    "optimism_eq": standing_on(torch_model(model.optimism, "d", "k", "s"), 1e-9, MIDDLE),
}

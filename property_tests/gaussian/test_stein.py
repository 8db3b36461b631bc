"""Normal noise on any law: links, routes, planted slips, and the variance taken for the standard deviation."""

from __future__ import annotations

import pytest
import torch
from sympy import Derivative, log

from claims.evidence import Counterexample
from claims.records import replace
from derivations.check import Holds, link
from derivations.gaussian.stein import (
    DERIVATIONS,
    de_bruijn_integrand_eq,
    de_bruijn_normal_eq,
    g,
    heat_equation_eq,
    m,
    shape,
    smoothed,
    stein_exponential_eq,
    stein_integrand_eq,
    t,
    tweedie_any_law_eq,
    u,
    v,
    x,
)
from numerics.catalogue import routes
from property_tests.pages import HeldPage
from reference_models.gaussian.smoothing import density_growth, posterior_mean


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 1


WRONG = [
    (stein_integrand_eq, v * Derivative(g * shape, x)),
    (stein_exponential_eq, u * stein_exponential_eq.claim.right / v),
    (tweedie_any_law_eq, x + t**2 * Derivative(log(smoothed), x)),
    (heat_equation_eq, Derivative(smoothed, (x, 2))),
    (de_bruijn_integrand_eq, Derivative(smoothed * log(smoothed), t)),
    (de_bruijn_normal_eq, 1 / (v + t)),
]


@pytest.mark.parametrize(("derivation", "wrong"), WRONG, ids=lambda w: str(w)[:30])
def test_a_wrong_identity_is_neither_proved_nor_confirmed(derivation, wrong):
    claim = replace(derivation.claim, right=wrong)
    assert link(claim.left, wrong, claim.where) != Holds()
    assert any(isinstance(route.run(claim), Counterexample) for route in routes(claim.name))


def test_the_mean_of_the_test_function_is_not_enough():
    """E (X − m) g = v E g would hold for g′ = g alone."""
    claim = stein_integrand_eq.claim
    assert link((x - m) * g * shape - v * g * shape, claim.right, claim.where) != Holds()


MASSES = torch.tensor([0.3, 0.7], dtype=torch.float64)
OUTCOMES = torch.tensor([-1.0, 2.0], dtype=torch.float64)


@pytest.mark.parametrize("at", [-2.0, 0.5, 3.0])
def test_noise_lowers_hills_and_the_posterior_mean_lies_between_the_outcomes(at):
    x_, t_ = (torch.tensor(value, dtype=torch.float64) for value in (at, 0.8))
    assert -1 < posterior_mean(MASSES, OUTCOMES, x_, t_) < 2
    top = torch.tensor(2.0, dtype=torch.float64)
    assert density_growth(MASSES, OUTCOMES, top, t_) < 0

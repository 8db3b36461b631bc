"""The forward process: links, routes, planted slips, and what a diffusion must do."""

from __future__ import annotations

from math import exp

import pytest
import sympy as sp
import torch
from hypothesis import given, settings

from derivations.diffusion.forward import (
    DERIVATIONS,
    jump_step_eq,
    jump_variance_eq,
    log_posterior_eq,
    posterior_mean_of_noise_eq,
    velocity_of_start_eq,
)
from numerics.written import worth
from property_tests.pages import HeldPage
from property_tests.strategies import points


def log_normal(x, mean, variance) -> torch.Tensor:
    return torch.distributions.Normal(mean, variance.sqrt()).log_prob(x)


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 3


def closed(derivation, point) -> float:
    return float(worth(derivation.claim.right, point, derivation.claim.where).mid())


@given(points(jump_variance_eq.claim.where[3:]))
def test_variance_kept_and_variance_added_make_one(point):
    assert closed(jump_variance_eq, point) + float(point["a"] * point["b"]) == pytest.approx(1, rel=1e-15)


@settings(max_examples=30)
@given(points(log_posterior_eq.claim.where))
def test_bayes_rule_holds_between_the_closed_forms(point):
    """Posterior times jump to t is step times jump to t − 1; torch's normal law gives the last two."""
    x, u, x0, a, b = (torch.tensor(float(point[n]), dtype=torch.float64) for n in ("x", "u", "x_0", "a", "b"))
    joint = (log_normal(x, a.sqrt() * u, 1 - a) + log_normal(u, b.sqrt() * x0, 1 - b)).item()
    jumped = log_normal(x, (a * b).sqrt() * x0, 1 - a * b).item()
    assert closed(log_posterior_eq, point) + jumped == pytest.approx(joint, rel=1e-9, abs=1e-9)


@settings(max_examples=30)
@given(points(jump_step_eq.claim.where))
def test_the_jump_is_torchs_normal_law(point):
    x, x0, a, b = (torch.tensor(float(point[n]), dtype=torch.float64) for n in ("x", "x_0", "a", "b"))
    assert closed(jump_step_eq, point) == pytest.approx(
        exp(log_normal(x, (a * b).sqrt() * x0, 1 - a * b).item()), rel=1e-9, abs=1e-300
    )


@given(points(velocity_of_start_eq.claim.where))
def test_data_noise_and_velocity_keep_their_length(point):
    """(x_t, v) is (x_0, ε) turned: the squares add up to the same."""
    x0, e, c = (float(point[n]) for n in ("x_0", "e", "c"))
    x_t = c**0.5 * x0 + (1 - c) ** 0.5 * e
    assert x_t**2 + closed(velocity_of_start_eq, point) ** 2 == pytest.approx(x0**2 + e**2, rel=1e-12)


def test_without_noise_the_posterior_mean_undoes_the_step():
    point = {"x": sp.Integer(3), "e": sp.Integer(0), "a": sp.Rational(1, 4), "b": sp.Rational(1, 2)}
    assert closed(posterior_mean_of_noise_eq, point) == pytest.approx(6)

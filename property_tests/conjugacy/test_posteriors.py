"""Conjugate posteriors: links, routes, planted slips, and what learning must do."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given, settings

from derivations.conjugacy.posteriors import (
    DERIVATIONS,
    beta_posterior_mean_eq,
    gamma_posterior_mean_eq,
    normal_posterior_mean_eq,
    posterior_beta_eq,
)
from numerics.points import free_variables
from numerics.written import worth
from property_tests.pages import HeldPage
from property_tests.strategies import points


class TestPage(HeldPage):
    derivations = DERIVATIONS


def closed(derivation, point) -> float:
    return float(worth(derivation.claim.right, point, derivation.claim.where).mid())


def free(derivation):
    return points(free_variables(derivation.claim.right, derivation.claim.where))


@given(free(beta_posterior_mean_eq))
def test_the_coins_mean_lies_between_prior_and_frequency(point):
    ends = sorted([float(point["prior"]), float(point["seen"])])
    assert ends[0] - 1e-15 <= closed(beta_posterior_mean_eq, point) <= ends[1] + 1e-15


@given(free(gamma_posterior_mean_eq))
def test_the_counts_mean_lies_between_prior_and_mean_count(point):
    ends = sorted([float(point["prior"]), float(point["seen"])])
    assert ends[0] * (1 - 1e-14) <= closed(gamma_posterior_mean_eq, point) <= ends[1] * (1 + 1e-14)


@given(free(normal_posterior_mean_eq))
def test_the_normals_mean_lies_between_prior_and_observation(point):
    ends = sorted([float(point["m_0"]), float(point["y"])])
    assert ends[0] - 1e-13 <= closed(normal_posterior_mean_eq, point) <= ends[1] + 1e-13


@given(free(beta_posterior_mean_eq))
def test_the_mean_is_that_of_torchs_own_beta_law(point):
    prior, v, seen, n = (float(point[name]) for name in ("prior", "v", "seen", "n"))
    heads, tails = v * prior + n * seen, v * (1 - prior) + n * (1 - seen)
    law = torch.distributions.Beta(*torch.tensor([heads, tails], dtype=torch.float64))
    assert closed(beta_posterior_mean_eq, point) == pytest.approx(law.mean.item(), rel=1e-12)


@settings(max_examples=30)
@given(free(posterior_beta_eq))
def test_two_batches_one_after_the_other_are_one_batch(point):
    """The posterior of the first heads, taken as the prior of the tails, is the posterior of all."""
    later = {**point, "a": point["a"] + point["k"], "k": 0 * point["k"]}
    assert closed(posterior_beta_eq, later) == closed(posterior_beta_eq, point)

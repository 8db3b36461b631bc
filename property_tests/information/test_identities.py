"""Information: links, routes, planted slips, and the laws of entropy and divergence."""

from __future__ import annotations

from math import log

import pytest
import torch
from hypothesis import given

from derivations.information.identities import (
    DERIVATIONS,
    entropy_bernoulli_eq,
    entropy_exponential_eq,
    entropy_normal_eq,
    entropy_uniform_eq,
    kl_bernoulli_eq,
    log_evidence_two_eq,
)
from numerics.points import free_variables
from numerics.written import worth
from property_tests.pages import HeldPage
from property_tests.strategies import points
from reference_models.inference.variational import elbo


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 3


def closed(derivation, point) -> float:
    return float(worth(derivation.claim.right, point, derivation.claim.where).mid())


@given(points(kl_bernoulli_eq.claim.where))
def test_a_divergence_is_never_negative_and_zero_between_equals(point):
    """Fractions with denominators up to 12 are 1/132 apart or more, and KL ≥ 2(p − q)² by Pinsker's inequality."""
    gap = float(point["p"] - point["q"])
    assert closed(kl_bernoulli_eq, point) >= 2 * gap**2 * (1 - 1e-12) - 1e-100
    assert abs(closed(kl_bernoulli_eq, {**point, "q": point["p"]})) < 1e-100


@given(points(entropy_bernoulli_eq.claim.where))
def test_a_coin_has_at_most_one_bit_and_the_same_from_either_side(point):
    found = closed(entropy_bernoulli_eq, point)
    assert 0 < found <= log(2)
    assert found == closed(entropy_bernoulli_eq, {"p": 1 - point["p"]})


@given(points(free_variables(entropy_normal_eq.claim.right, entropy_normal_eq.claim.where)))
def test_the_normal_has_more_entropy_than_others_of_its_variance(point):
    """The exponential law of rate 1/s and the uniform law of width √12 s have the same variance s²."""
    normal = closed(entropy_normal_eq, point)
    assert closed(entropy_exponential_eq, {"r": 1 / point["s"]}) < normal
    width = float(point["s"]) * 12**0.5
    assert closed(entropy_uniform_eq, {"w": point["s"]}) + log(width / float(point["s"])) < normal


@given(points(log_evidence_two_eq.claim.where))
def test_the_elbo_is_a_lower_bound_that_touches_at_the_posterior(point):
    j1, j2, q = (torch.tensor(float(point[n]), dtype=torch.float64) for n in ("j_1", "j_2", "q"))
    top = closed(log_evidence_two_eq, point)
    joint = torch.log(torch.stack([j1, j2]))
    assert elbo(torch.stack([q, 1 - q]), joint).item() <= top + 1e-12
    assert elbo(torch.softmax(joint, 0), joint).item() == pytest.approx(top, abs=1e-12)

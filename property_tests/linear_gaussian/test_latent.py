"""Linear-Gaussian latents: links, routes, planted slips, and what shrinking must do."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from derivations.linear_gaussian.latent import DERIVATIONS, factor_posterior_mean_eq, ppca_shrinkage_eq
from numerics.points import free_variables
from numerics.written import worth
from property_tests.pages import HeldPage
from property_tests.strategies import points


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 2


def closed(derivation, point) -> float:
    return float(worth(derivation.claim.right, point, derivation.claim.where).mid())


def free(derivation):
    return points(free_variables(derivation.claim.right, derivation.claim.where))


@settings(max_examples=25)
@given(free(ppca_shrinkage_eq))
def test_a_reconstruction_lies_between_the_mean_and_the_point(point):
    share = closed(ppca_shrinkage_eq, {**point, "y": point["y"] ** 0})
    assert 0 < share < 1
    assert closed(ppca_shrinkage_eq, point) == pytest.approx(share * float(point["y"]), rel=1e-12)


@settings(max_examples=25)
@given(free(factor_posterior_mean_eq))
def test_the_sign_of_a_factor_is_not_determined(point):
    mirrored = {**point, "w_1": -point["w_1"], "w_2": -point["w_2"]}
    assert closed(factor_posterior_mean_eq, mirrored) == pytest.approx(-closed(factor_posterior_mean_eq, point))

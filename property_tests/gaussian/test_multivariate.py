"""Normal laws in more dimensions: links, routes, planted slips, and torch's own divergence."""

from __future__ import annotations

import pytest
import torch
from torch.distributions import kl_divergence

from derivations.gaussian.multivariate import DERIVATIONS, kl_normal_of_two_eq
from numerics.points import CALM
from numerics.written import places, worth
from property_tests.pages import (
    each,
    insist_on_failing_steps,
    insist_on_links,
    insist_on_refuted_slips,
    insist_on_routes,
)
from reference_models.gaussian.multivariate import of_two


@each(DERIVATIONS)
def test_every_link_is_proved(derivation):
    insist_on_links(derivation)


@each(DERIVATIONS)
def test_every_route_agrees(derivation):
    insist_on_routes(derivation)


@each(DERIVATIONS)
def test_every_slip_in_the_closed_form_is_refuted(derivation):
    insist_on_refuted_slips(derivation, least=3)


@each(DERIVATIONS)
def test_every_slip_in_a_step_fails_there(derivation):
    insist_on_failing_steps(derivation)


@pytest.mark.parametrize(
    "point", places(kl_normal_of_two_eq.claim, CALM, 5), ids=lambda p: str(sorted(p.values()))[:24]
)
def test_the_divergence_is_torchs_own(point):
    first, second = (
        of_two(*(torch.tensor(float(point[n]), dtype=torch.float64) for n in names))
        for names in (("m_1", "m_2", "a", "b", "c"), ("n_1", "n_2", "f", "g", "h"))
    )
    closed = float(worth(kl_normal_of_two_eq.claim.right, point, kl_normal_of_two_eq.claim.where).mid())
    assert closed == pytest.approx(kl_divergence(first, second).item(), rel=1e-9, abs=1e-9)

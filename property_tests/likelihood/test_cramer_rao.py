"""The bound of Cramér and Rao: links, routes, planted slips, bounds that are too good, and when it is reached."""

from __future__ import annotations

import pytest
import torch

from claims.claim import Relation, Step
from claims.evidence import Counterexample
from claims.records import replace
from derivations.check import Holds, linked
from derivations.likelihood.cramer_rao import (
    DERIVATIONS,
    T,
    covariance_squared_le,
    cramer_rao_le,
    efficient_exponential_eq,
    information,
    n,
    score_covariance_eq,
    spread,
    variance,
    weighted,
    x,
)
from numerics.catalogue import routes
from property_tests.pages import HeldPage
from reference_models.likelihood.cramer_rao import covariance, mean_slope, time_efficiency


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 1


WRONG = [
    (covariance_squared_le, spread / 2),
    (cramer_rao_le, variance * information / 2),
    (score_covariance_eq, weighted(T(x)) * information),
    (efficient_exponential_eq, n),
]


@pytest.mark.parametrize(("derivation", "wrong"), WRONG, ids=lambda v: str(v)[:30])
def test_a_bound_that_is_too_good_is_refuted(derivation, wrong):
    claim = replace(derivation.claim, right=wrong)
    assert any(isinstance(route.run(claim), Counterexample) for route in routes(claim.name))


def test_the_square_is_needed_as_its_ground():
    before, last = covariance_squared_le.steps[-2:]
    bare = Step(last.reason, last.expression, Relation.LE)
    assert linked(before.expression, bare, covariance_squared_le.claim.where) != Holds()
    assert linked(before.expression, last, covariance_squared_le.claim.where) == Holds()


MASSES = torch.tensor([0.2, 0.5, 0.3], dtype=torch.float64)
SCORE = torch.tensor([-1.0, 0.5, 2.0], dtype=torch.float64)
ZERO = torch.tensor(0.0, dtype=torch.float64)


@pytest.mark.parametrize(("statistic", "is_reached"), [(3 * SCORE - 1, True), (SCORE**2, False)])
def test_the_bound_is_reached_by_lines_in_the_score_alone(statistic, is_reached):
    slope = mean_slope(MASSES, statistic, SCORE, ZERO)
    bound = covariance(MASSES, statistic, statistic) * covariance(MASSES, SCORE, SCORE)
    assert slope**2 <= bound + 1e-12
    assert (abs(slope**2 - bound) < 1e-12) == is_reached


def test_the_efficiency_of_a_mean_does_not_depend_on_how_many_are_drawn():
    r = torch.tensor(1.7, dtype=torch.float64)
    few, many = (time_efficiency(torch.tensor(k, dtype=torch.float64), r) for k in (2.0, 50.0))
    assert few == pytest.approx(1, rel=1e-8)
    assert many == pytest.approx(1, rel=1e-8)

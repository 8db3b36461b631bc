"""The plan keeps its promise: n is fixed beforehand, holds what it says, and is no larger than it needs to be."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from numerics.monte_carlo import Plan, generator, radius

plans = st.builds(
    Plan,
    alpha=st.sampled_from([1e-2, 1e-6, 1e-9]),
    discrepancy=st.floats(0.01, 1),
    false_pass=st.sampled_from([0.1, 1e-3]),
    scale=st.sampled_from([0.0, 0.5, sqrt(2)]),
)


def radii(plan: Plan, n: int) -> float:
    """The two error bounds, one for alpha and one for the false passes, summed."""
    logs = [np.log(2 / chance) for chance in (plan.alpha, plan.false_pass)]
    return sum(sqrt(2 * t / n) + plan.scale * t / n for t in logs)


@given(plans)
def test_n_is_the_fewest_draws_that_keep_the_promise(plan):
    assert radii(plan, plan.n) <= plan.discrepancy * (1 + 1e-9)
    assert plan.n == 1 or radii(plan, plan.n - 1) > plan.discrepancy * (1 - 1e-9)


def test_the_mean_of_a_chi_square_stays_within_the_radius_as_often_as_promised():
    """(t² − 1)/√2 has variance 1 and scale √2. At alpha = 0.05, 2000 runs; more than 5 % + 5 sd outside would be a bug.

    The bound is not sharp, so far fewer fall outside; the mutant, a radius a third as wide, must be caught.
    """
    plan = Plan(alpha=0.05, discrepancy=0.5, false_pass=0.05, scale=sqrt(2))
    draws = generator("chi-square", (), 0).standard_normal((2000, plan.n))
    means = ((draws**2 - 1) / sqrt(2)).mean(axis=1)
    allowed = 0.05 + 5 * sqrt(0.05 * 0.95 / 2000)
    assert (abs(means) > radius(plan, 1.0)).mean() <= allowed
    assert (abs(means) > radius(plan, 1.0) / 3).mean() > allowed


@pytest.mark.parametrize("wrong", [{"alpha": 0.0}, {"false_pass": 1.0}, {"discrepancy": 0.0}, {"scale": -1.0}])
def test_a_plan_that_promises_nothing_is_refused(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Plan(**{"alpha": 0.1, "discrepancy": 0.1, "false_pass": 0.1, "scale": 1.0} | wrong)


def test_streams_are_told_apart_and_repeat():
    first = generator("a check", (1, 2), 0).standard_normal(4)
    assert (generator("a check", (1, 2), 0).standard_normal(4) == first).all()
    for other in (("a check", (1, 2), 1), ("a check", (1, 3), 0), ("another", (1, 2), 0)):
        assert (generator(*other).standard_normal(4) != first).all()

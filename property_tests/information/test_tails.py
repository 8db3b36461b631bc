"""Bounds of tails: links, routes, planted slips, bounds that are too good, and what the indicator must not be."""

from __future__ import annotations

import pytest
import torch
from sympy import exp

from claims.claim import Relation, Step
from claims.evidence import Counterexample
from claims.grounds import Mean, Sign
from claims.records import replace
from derivations.check import Holds, linked
from derivations.information.tails import (
    DERIVATIONS,
    W,
    a,
    c,
    chernoff,
    chernoff_le,
    hoeffding_binomial_le,
    hoeffding_coin_le,
    hoeffding_lemma_le,
    hoeffding_mean_le,
    law,
    markov_le,
    mean,
    n,
    p,
    reached,
    t,
    u,
    x,
)
from numerics.catalogue import routes
from property_tests.pages import HeldPage
from reference_models.likelihood.tails import generated, ones_beyond
from reference_models.likelihood.tails import reached as mass_beyond


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 1


TOO_GOOD = [
    (markov_le, mean(W) / (2 * a)),
    (hoeffding_coin_le, exp(u**2 / 16)),
    (hoeffding_lemma_le, exp(u * mean(c * W / (1 + W)) + u**2 * c**2 / 8)),
    (hoeffding_binomial_le, exp(-8 * n * t**2)),
    (hoeffding_binomial_le, exp(-2 * n * t**2) * p),
    (hoeffding_mean_le, exp(-8 * n * t**2 / c**2)),
]


@pytest.mark.parametrize(("derivation", "right"), TOO_GOOD, ids=str)
def test_a_bound_that_is_too_good_is_refuted(derivation, right):
    claim = replace(derivation.claim, right=right)
    assert any(isinstance(route.run(claim), Counterexample) for route in routes(claim.name))


def test_the_level_must_be_above_zero_and_the_variable_positive():
    below = Mean(Sign(W / a - 2 * reached(W - a)), x, law)
    step = Step("twice the probability", mean(W) / a, Relation.LE, (below,))
    assert linked(2 * mean(reached(W - a)), step, markov_le.claim.where) != Holds()


def test_a_negative_exponent_bounds_no_upper_tail():
    first, second, *_ = chernoff_le.steps
    by_minus = chernoff(-first.expression.inside[0].args[0], -1)
    assert linked(first.expression, replace(second, grounds=by_minus), chernoff_le.claim.where) != Holds()


@pytest.mark.parametrize("k", [1, 5, 20])
def test_hoeffding_bounds_the_share_of_ones_and_chebyshev_is_looser_far_out(k):
    n_, p_, t_ = (torch.tensor(v, dtype=torch.float64) for v in (10.0 * k, 0.3, 0.25))
    found = ones_beyond(n_, p_, p_ + t_)
    hoeffding, chebyshev = torch.exp(-2 * n_ * t_**2), p_ * (1 - p_) / (n_ * t_**2)
    assert found <= hoeffding
    assert found <= chebyshev
    assert (hoeffding < chebyshev) == (k > 1) or k == 1


def test_a_fair_coin_at_the_ends_of_the_range_comes_nearest_to_the_lemma():
    masses = torch.tensor([0.5, 0.5], dtype=torch.float64)
    ends = torch.tensor([-0.5, 0.5], dtype=torch.float64)
    small = torch.tensor(0.1, dtype=torch.float64)
    assert torch.log(generated(masses, ends, small)) / small**2 == pytest.approx(1 / 8, rel=1e-3)
    assert mass_beyond(masses, ends) == 0.5

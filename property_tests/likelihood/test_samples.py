"""Sums over a sample: links, routes, planted slips; the estimators against torch's, and what is false for most n."""

from __future__ import annotations

import pytest
import sympy as sp
import torch

from claims.evidence import Counterexample
from claims.records import replace
from derivations.check import Holds, link
from derivations.likelihood.samples import (
    DERIVATIONS,
    mle_exponential_any_eq,
    mle_normal_mean_any_eq,
    n,
    nll_line_any_eq,
    over,
    score_bernoulli_any_eq,
    score_normal_var_any_eq,
    squares_about_mean_eq,
    v,
    x,
    x_mean,
    y,
)
from numerics.casts import GIVEN
from numerics.catalogue import routes
from numerics.named_laws import of_sequences
from property_tests.pages import HeldPage
from reference_models.likelihood import samples as model


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 1


WRONG = [
    (squares_about_mean_eq, over(x**2) - x_mean**2),
    (squares_about_mean_eq, over(x**2) - (n - 1) * x_mean**2),
    (mle_normal_mean_any_eq, over(x) / (n + 1)),
    (mle_exponential_any_eq, x_mean),
    (score_normal_var_any_eq, score_normal_var_any_eq.claim.right.subs(v, v + 1)),
    (nll_line_any_eq, nll_line_any_eq.claim.right.subs(n, 1)),
    (score_bernoulli_any_eq, over(x - y)),
]


@pytest.mark.parametrize(("derivation", "wrong"), WRONG, ids=str)
def test_what_is_off_by_a_count_is_neither_proved_nor_confirmed(derivation, wrong):
    claim = replace(derivation.claim, right=wrong)
    assert link(claim.left, wrong, claim.where) != Holds()
    for route in routes(claim.name):
        assert isinstance(route.run(claim), Counterexample), route.name


@pytest.mark.parametrize("size", [1, 2, 5])
def test_the_likeliest_parameters_of_a_sample_have_no_better_neighbours(size):
    sample = torch.tensor([0.5, 2.5, 1.0, 4.0, 0.25], dtype=torch.float64)[:size]
    one = torch.tensor(1.0, dtype=torch.float64)
    assert model.likeliest_mean(sample, one) == pytest.approx(float(sample.mean()), abs=1e-9)
    assert model.likeliest_rate(sample) == pytest.approx(1 / float(sample.mean()), abs=1e-9)
    spread = sample.var(correction=0) + 1
    about = sample.mean() + 1
    assert model.variance_score(sample, about, spread) == pytest.approx(0, abs=1e-9)
    assert model.variance_score(sample, about, spread / 2) > 0 > model.variance_score(sample, about, 2 * spread)


def test_members_are_counted_from_one_to_n():
    left = of_sequences(lambda t, c: t[-1] * 10 + len(t) + 0 * c, "x", at=("c",), more=1)
    assert left({"x": GIVEN**2}, {"n": sp.Integer(2), "c": sp.Integer(7)}) == 9 * 10 + 3

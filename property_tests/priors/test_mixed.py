"""Mixed and heavy-tailed priors: links, routes, planted slips, and what the penalties charge."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from sympy import Rational

from derivations.priors.mixed import DERIVATIONS, map_elastic_net_prior_eq, map_student_prior_eq
from numerics.written import worth
from property_tests.pages import HeldPage
from reference_models.priors import mixed as model


class TestPage(HeldPage):
    derivations = DERIVATIONS


def closed(derivation, **values: float) -> float:
    point = {name: Rational(value) for name, value in values.items()}
    return float(worth(derivation.claim.right, point, derivation.claim.where).mid())


@given(st.floats(0.25, 4), st.floats(0.25, 4), st.floats(0.5, 2))
def test_the_penalty_of_the_net_is_that_of_scikit_learns_form(a, b, s):
    """What a weight adds: λ₁|w| + λ₂w² over 2s², with λ₁ = 2s²a and λ₂ = 2s²b."""
    known = {"y": 0.0, "x": 0.0, "s": s, "a": a, "b": b, "Z": 1.0}
    added = closed(map_elastic_net_prior_eq, w=-1.5, **known) - closed(map_elastic_net_prior_eq, w=0.0, **known)
    assert added == pytest.approx((2 * s**2 * a * 1.5 + 2 * s**2 * b * 2.25) / (2 * s**2), rel=1e-9)


@given(st.floats(1, 50))
def test_a_heavy_tail_charges_little_for_a_large_weight(d):
    """Its penalty is below the normal prior's w²/2 (d + 1)/d, and comes near it with the degrees of freedom."""
    known = {"y": 0.0, "x": 0.0, "s": 1.0, "d": d}
    added = closed(map_student_prior_eq, w=3.0, **known) - closed(map_student_prior_eq, w=0.0, **known)
    assert 0 < added < 4.5 * (d + 1) / d


def test_the_loss_turns_where_c_is_one_over_lambda():
    """The slope of λ times scikit-learn's loss is that of the plain form, and it is zero at the same weight."""
    lam, z = torch.tensor(0.5, dtype=torch.float64), torch.tensor([1.0, -3.0], dtype=torch.float64)
    w = torch.linspace(-4, 4, 801, dtype=torch.float64)
    plain = torch.stack([model.logistic(z[0], z[1], one, lam) for one in w])
    sklearn = torch.nn.functional.softplus(-z[:, None] * w).sum(0) / lam + w.square() / 2
    assert plain.argmin() == sklearn.argmin()
    assert torch.allclose(plain, lam * sklearn)

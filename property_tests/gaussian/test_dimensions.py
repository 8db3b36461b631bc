"""Normal laws in any dimension: links, routes, planted slips, and torch's laws of one to six dimensions."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Integer, Rational
from torch.distributions import MultivariateNormal, kl_divergence

from derivations.gaussian.dimensions import DERIVATIONS, kl_normal_any_step_eq
from numerics.written import worth
from property_tests.pages import HeldPage


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 3


QUARTERS = st.tuples(st.integers(-8, 8), st.integers(1, 12))


@settings(max_examples=20, deadline=None)
@given(st.lists(QUARTERS, min_size=2, max_size=6))
def test_one_coordinate_after_another_comes_to_torchs_divergence(coordinates):
    """The induction, run: whatever the dimension and the eigenvalues, with a rotation of the coordinates."""
    means, variances = ([Rational(c[k], 4) for c in coordinates] for k in (0, 1))
    stated = 0.0
    trace, square, log_det = Integer(0), Integer(0), 0.0
    for d, (m, v) in enumerate(zip(means, variances, strict=True)):
        point = {"d": Integer(d), "T": trace, "M": square, "L": Rational(log_det), "m": m, "l": v}
        stated = float(worth(kl_normal_any_step_eq.claim.right, point, kl_normal_any_step_eq.claim.where).mid())
        trace, square, log_det = trace + v, square + m**2, log_det + float(torch.tensor(float(v)).double().log())
    turn, _ = torch.linalg.qr(torch.arange(len(means) ** 2, dtype=torch.float64).reshape(len(means), -1).cos())
    covariance = turn @ torch.diag(torch.tensor([float(v) for v in variances]).double()) @ turn.T
    mean = turn @ torch.tensor([float(m) for m in means]).double()
    law = MultivariateNormal(mean, (covariance + covariance.T) / 2)
    standard = MultivariateNormal(0 * mean, torch.eye(len(means), dtype=torch.float64))
    assert float(kl_divergence(law, standard)) == pytest.approx(stated, rel=1e-6, abs=1e-6)

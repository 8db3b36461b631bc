"""Conventions of λ: links, routes, planted slips, and scikit-learn's own weights where it is installed."""

from __future__ import annotations

import numpy as np
import pytest

from derivations.priors.conventions import DERIVATIONS
from property_tests.pages import HeldPage


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 1


def test_the_conversions_are_scikit_learns():
    linear_model = pytest.importorskip("sklearn.linear_model", reason="scikit-learn is an optional oracle")
    draw = np.random.default_rng(0)
    x, lam = draw.normal(size=(12, 1)), 0.7
    y = 1.5 * x[:, 0] + draw.normal(size=12)
    c, big, n = float(x[:, 0] @ y), float(x[:, 0] @ x[:, 0]), len(y)
    ridge = linear_model.Ridge(alpha=lam, fit_intercept=False).fit(x, y).coef_[0]
    assert ridge == pytest.approx(c / (big + lam))
    lasso = linear_model.Lasso(alpha=lam / (2 * n), fit_intercept=False, tol=1e-12).fit(x, y).coef_[0]
    assert lasso == pytest.approx((c - lam / 2) / big, rel=1e-6)

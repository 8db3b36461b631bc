"""Importance-weighted gradients: links, routes, planted slips, and weights that are not normalised."""

from __future__ import annotations

import pytest
import sympy as sp

from claims.evidence import Counterexample
from claims.records import replace
from derivations.check import Holds, link
from derivations.variational.importance_gradients import (
    DERIVATIONS,
    X,
    i,
    iwae_gradient_any_eq,
    n,
    total,
    weighed,
)
from numerics.catalogue import routes
from property_tests.pages import HeldPage


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 1


WRONG = [
    (iwae_gradient_any_eq, weighed(X(i))),
    (iwae_gradient_any_eq, sp.Sum(X(i), (i, 1, n)) / n),
    (iwae_gradient_any_eq, weighed(X(i) / total) / n),
]


@pytest.mark.parametrize(("derivation", "wrong"), WRONG, ids=str)
def test_a_gradient_of_other_weights_is_neither_proved_nor_confirmed(derivation, wrong):
    claim = replace(derivation.claim, right=wrong)
    assert link(claim.left, wrong, claim.where) != Holds()
    assert any(isinstance(route.run(claim), Counterexample) for route in routes(claim.name))

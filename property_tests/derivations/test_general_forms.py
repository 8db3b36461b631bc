"""General forms beside their cases: a planted mistake in each is neither proved nor confirmed by all routes."""

from __future__ import annotations

import pytest
from sympy import Integer, log

from claims.claim import Relation
from claims.evidence import Counterexample
from claims.notation import KL, Entropy, Expectation
from claims.records import replace
from derivations.adversarial.distances import mmd_feature_any_eq, of_one, p_any, q_any
from derivations.check import Holds, link
from derivations.information.coding import kraft, law, source_coding_any_ge
from derivations.information.conditional_laws import (
    conditioning_entropy_any_le,
    log_marginal,
    mi_entropies_any_eq,
    over_first,
    s,
)
from derivations.information.entropies import WEIGHT, entropy_categorical_any_eq, over
from derivations.information.jensen_shannon import js_any_le, js_any_nonneg
from derivations.information.maxent import maxent_discrete_uniform_le
from derivations.linear_gaussian.processes import HELD, fitted, sparse_bound_any_step_le, sparse_expected_any_eq
from derivations.linear_gaussian.processes import over as over_data
from derivations.linear_gaussian.processes import s as noise
from derivations.linear_gaussian.smoothing import GAIN, SMOOTHED, c, m, q, r, rts_mean_any_eq, rts_variance_any_eq
from derivations.linear_gaussian.smoothing import over as over_coordinates
from derivations.samplers.weights import drawn, importance_any_eq, importance_variance_any_eq, target, worth
from derivations.variational.hierarchy import (
    evidence_of,
    exact,
    guide,
    hierarchical_elbo_any_le,
    hierarchical_gap_any_eq,
    hierarchical_top_down_any_eq,
    likelihood,
    prior,
)
from numerics.catalogue import routes

EQUAL = [
    (mi_entropies_any_eq, -log_marginal + over_first(Entropy(s))),
    (entropy_categorical_any_eq, log(over(WEIGHT)) - over(WEIGHT * log(WEIGHT))),
    (hierarchical_gap_any_eq, KL(guide, exact)),
    (hierarchical_top_down_any_eq, likelihood - KL(guide, prior)),
    (importance_any_eq, Expectation(worth, drawn, target) ** 2),
    (importance_variance_any_eq, Expectation(worth**2, drawn, target) - Expectation(worth, drawn, target) ** 2),
    (mmd_feature_any_eq, of_one(p_any) ** 2 - of_one(q_any) ** 2),
    (rts_mean_any_eq, m + over_coordinates(GAIN * SMOOTHED)),
    (rts_variance_any_eq, (q + c) + r),
    (sparse_expected_any_eq, fitted),
    (sparse_expected_any_eq, fitted - over_data(HELD) / noise**2),
]


@pytest.mark.parametrize(("derivation", "wrong"), EQUAL, ids=range(len(EQUAL)))
def test_a_wrong_general_form_is_neither_proved_nor_confirmed(derivation, wrong):
    claim = replace(derivation.claim, right=wrong)
    assert link(claim.left, wrong, claim.where) != Holds()
    assert any(isinstance(route.run(claim), Counterexample) for route in routes(claim.name))


BOUNDS = [
    replace(js_any_nonneg.claim, right=Integer(1) / 10),
    replace(js_any_le.claim, right=log(2) / 3),
    replace(conditioning_entropy_any_le.claim, relation=Relation.GE),
    replace(maxent_discrete_uniform_le.claim, right=log(2) / 2),
    replace(source_coding_any_ge.claim, right=Entropy(law) + kraft),
    replace(hierarchical_elbo_any_le.claim, right=log(evidence_of) - 1),
    replace(sparse_bound_any_step_le.claim, left=sparse_bound_any_step_le.claim.left + 1),
]


@pytest.mark.parametrize("claim", BOUNDS, ids=lambda claim: claim.name)
def test_a_bound_that_is_too_good_is_refuted(claim):
    assert any(isinstance(route.run(claim), Counterexample) for route in routes(claim.name))

"""Densities of images: links, routes, planted slips, and what probes must do."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from derivations.flows.densities import (
    DERIVATIONS,
    hutchinson_variance_normal_eq,
    hutchinson_variance_sign_eq,
    trace_formula_eq,
)
from numerics.written import worth
from property_tests.pages import HeldPage
from property_tests.strategies import points


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 1


MATRIX = points(tuple(v for v in trace_formula_eq.claim.where if v.name in "abcd"))


def closed(derivation, point) -> float:
    return float(worth(derivation.claim.right, point, derivation.claim.where).mid())


@settings(max_examples=25)
@given(MATRIX)
def test_random_signs_never_vary_more_than_normal_probes(point):
    assert closed(hutchinson_variance_sign_eq, point) < closed(hutchinson_variance_normal_eq, point)


@settings(max_examples=25)
@given(MATRIX)
def test_only_the_symmetric_part_of_a_matrix_matters(point):
    """What the probes see of b and c is their sum."""
    middle = (point["b"] + point["c"]) / 2
    same = {**point, "b": middle, "c": middle}
    for derivation in (trace_formula_eq, hutchinson_variance_sign_eq, hutchinson_variance_normal_eq):
        assert closed(derivation, same) == pytest.approx(closed(derivation, point), rel=1e-12)

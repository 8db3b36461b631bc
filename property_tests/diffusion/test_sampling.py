"""DDIM and guidance: links, routes, planted slips, and what a guided sampler must do."""

from __future__ import annotations

import pytest
import sympy as sp
from hypothesis import given, settings

from derivations.diffusion.sampling import (
    DERIVATIONS,
    classifier_free_conventions_eq,
    classifier_guidance_eq,
    guided_peak_eq,
)
from numerics.written import worth
from property_tests.pages import HeldPage
from property_tests.strategies import points


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 1


def closed(derivation, point) -> float:
    return float(worth(derivation.claim.right, point, derivation.claim.where).mid())


@settings(max_examples=25)
@given(points(tuple(v for v in guided_peak_eq.claim.where if v.name in "m s y r w".split())))
def test_a_guided_peak_lies_between_the_mean_and_what_was_seen(point):
    ends = sorted([float(point["m"]), float(point["y"])])
    assert ends[0] - 1e-12 <= closed(guided_peak_eq, point) <= ends[1] + 1e-12


@settings(max_examples=25)
@given(points(tuple(v for v in classifier_guidance_eq.claim.where if v.name in "x m s k w".split())))
def test_guidance_pushes_where_the_class_grows_likelier(point):
    pushed = closed(classifier_guidance_eq, point) - float((point["m"] - point["x"]) / point["s"] ** 2)
    assert pushed * float(sp.sign(point["k"])) >= -1e-9 * (1 + abs(pushed))


@settings(max_examples=25)
@given(points(tuple(v for v in classifier_free_conventions_eq.claim.where if v.name in "u g w".split())))
def test_where_the_class_changes_nothing_no_weight_does(point):
    same = {**point, "g": point["u"]}
    assert closed(classifier_free_conventions_eq, same) == pytest.approx(float(point["u"]), rel=1e-12, abs=1e-12)

"""The telescoped bound: links, routes, planted slips, and steps that are counted one off."""

from __future__ import annotations

import pytest
from sympy import log

from claims.evidence import Counterexample
from claims.notation import KL, Expectation
from claims.records import replace
from claims.verdict import Refuted, Tried, decide
from derivations.check import Holds, link
from derivations.diffusion.telescoped import (
    DERIVATIONS,
    back,
    diffusion_elbo_any_laws_eq,
    elbo_telescoped_any_eq,
    end,
    jump,
    n,
    over,
    prior,
    reverse,
    second,
    second_of_model,
    sorted_by_step,
    t,
    z,
)
from numerics.catalogue import evidence, routes
from property_tests.pages import HeldPage


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 1


@pytest.mark.parametrize(
    "wrong",
    [
        sorted_by_step - log(jump(n)) + log(jump(n - 1)),
        log(back(1)) - over(log(reverse(t) / back(t)), 1) - log(jump(n)),
        sorted_by_step + log(back(1)),
    ],
    ids=str,
)
def test_a_step_more_or_less_is_neither_proved_nor_confirmed(wrong):
    claim = replace(elbo_telescoped_any_eq.claim, right=wrong)
    assert link(claim.left, wrong, claim.where) != Holds()
    assert any(isinstance(route.run(claim), Counterexample) for route in routes(claim.name))


WITHOUT_END = diffusion_elbo_any_laws_eq.claim.right + KL(end, prior)
TURNED = diffusion_elbo_any_laws_eq.claim.right + Expectation(
    KL(second, second_of_model) - KL(second_of_model, second), z, end
)


@pytest.mark.parametrize("wrong", [WITHOUT_END, TURNED], ids=["without the end", "a KL turned round"])
def test_a_term_left_out_or_turned_round_is_refuted(wrong):
    claim = replace(diffusion_elbo_any_laws_eq.claim, right=wrong)
    assert link(claim.left, wrong, claim.where) != Holds()
    assert isinstance(decide([Tried(None, evidence(claim))]), Refuted)

"""Natural gradients: links, routes, planted slips, and what a step gains against any other of its length."""

from __future__ import annotations

import math

import pytest
import torch

from claims.claim import Relation, Step
from claims.evidence import Counterexample
from claims.records import replace
from derivations.check import Holds, link, linked
from derivations.likelihood.natural_gradients import (
    DERIVATIONS,
    D,
    F,
    U,
    g,
    gradient,
    kl_bend_eq,
    lam,
    natural_gradient_ball_le,
    natural_gradient_invariant_eq,
    natural_gradient_normal_eq,
    natural_gradient_steepest_eq,
    s,
    size,
    sizes,
    tilted,
    turned,
    under,
    x,
)
from derivations.likelihood.natural_gradients import (
    square as normal_square,
)
from numerics.catalogue import routes
from property_tests.pages import HeldPage
from reference_models.likelihood.natural_gradients import information, kl_bend, step_in_other_parameters


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 1


square = under((D(x) - U(x) / lam) ** 2)
WRONG = [
    (kl_bend_eq, tilted / 2),
    (natural_gradient_steepest_eq, under(U(x) ** 2) / lam - lam / 2 * square),
    (natural_gradient_steepest_eq, under(U(x) ** 2) / (2 * lam) - lam / 2 * under((D(x) - lam * U(x)) ** 2)),
    (natural_gradient_invariant_eq, size**2 * (F * gradient)[0]),
    (natural_gradient_invariant_eq, size * (turned(F) * gradient)[0]),
    (natural_gradient_normal_eq, normal_square),
    (natural_gradient_normal_eq, normal_square.subs(g, -g) - s**2 * g**2 / (2 * lam)),
]


@pytest.mark.parametrize(("derivation", "wrong"), WRONG, ids=lambda v: str(v)[:30])
def test_a_gradient_of_another_metric_is_neither_proved_nor_confirmed(derivation, wrong):
    claim = replace(derivation.claim, right=wrong)
    assert link(claim.left, wrong, claim.where) != Holds()
    assert any(isinstance(route.run(claim), Counterexample) for route in routes(claim.name))


def test_a_ball_that_is_too_small_is_refuted_and_the_square_is_needed():
    claim = replace(natural_gradient_ball_le.claim, right=sizes / 2)
    assert any(isinstance(route.run(claim), Counterexample) for route in routes(claim.name))
    before, last = natural_gradient_ball_le.steps[-2:]
    bare = Step(last.reason, last.expression, Relation.LE)
    assert linked(before.expression, bare, natural_gradient_ball_le.claim.where) != Holds()


MASSES = torch.tensor([0.1, 0.4, 0.3, 0.2], dtype=torch.float64)
RAW = torch.tensor([[1.0, 0.5], [-0.5, 2.0], [0.25, -1.0], [2.0, 1.5]], dtype=torch.float64)
SCORES = RAW - MASSES @ RAW
LOSS = torch.tensor([0.7, -1.2], dtype=torch.float64)


def test_no_step_of_its_divergence_gains_more_than_the_natural_gradient():
    fisher = information(MASSES, SCORES)
    natural = torch.linalg.solve(fisher, LOSS)
    best = math.sqrt(LOSS @ natural)
    for turn in range(24):
        angle = math.tau * turn / 24
        step = torch.tensor([math.cos(angle), math.sin(angle)], dtype=torch.float64)
        gained = LOSS @ step / torch.sqrt(step @ fisher @ step)
        assert gained <= best + 1e-12
    assert LOSS @ natural / torch.sqrt(natural @ fisher @ natural) == pytest.approx(best, rel=1e-12)


def test_the_divergence_bends_as_the_information_along_any_step():
    step = torch.tensor([0.3, -0.8], dtype=torch.float64)
    along = kl_bend(MASSES, SCORES @ step, torch.tensor(0.0, dtype=torch.float64))
    assert along == pytest.approx(float(step @ information(MASSES, SCORES) @ step), rel=1e-12)


def test_the_plain_gradient_depends_on_the_parameters_and_the_natural_one_does_not():
    fisher = information(MASSES, SCORES)
    jacobian = torch.tensor([[2.0, 1.0], [0.0, 0.5]], dtype=torch.float64)
    moved = step_in_other_parameters(fisher, jacobian, LOSS)
    assert torch.allclose(moved, torch.linalg.solve(fisher, LOSS), rtol=1e-12)
    assert not torch.allclose(jacobian @ jacobian.T @ LOSS, LOSS)

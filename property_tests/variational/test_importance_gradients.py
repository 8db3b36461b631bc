"""Importance-weighted gradients: links, routes, planted slips, weights that are not normalised, and draws."""

from __future__ import annotations

import math

import pytest
import sympy as sp
import torch

from claims.evidence import Counterexample
from claims.records import replace
from derivations.check import Holds, link
from derivations.variational.importance_gradients import (
    DERIVATIONS,
    G,
    X,
    dreg_integrand_eq,
    dreg_weight_any_eq,
    i,
    iwae_gradient_any_eq,
    n,
    own,
    path,
    q,
    score_as_path_integrand_eq,
    share,
    total,
    twice,
    weighed,
    x,
)
from numerics.catalogue import routes
from property_tests.pages import HeldPage
from reference_models.inference.weights import doubly_reparameterised, iwae_bound, latent_law, latent_path


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 1


left_over = sp.Derivative(share * path * q, x)
WRONG = [
    (iwae_gradient_any_eq, weighed(X(i))),
    (iwae_gradient_any_eq, sp.Sum(X(i), (i, 1, n)) / n),
    (iwae_gradient_any_eq, weighed(X(i) / total) / n),
    (dreg_weight_any_eq, own),
    (dreg_weight_any_eq, own * (1 - own)),
    (score_as_path_integrand_eq, sp.Derivative(G * path * q, x)),
    (score_as_path_integrand_eq, -sp.Derivative(G * q, x)),
    (dreg_integrand_eq, twice / share + left_over),
    (dreg_integrand_eq, twice * (1 - share) / share + left_over),
    (dreg_integrand_eq, twice),
]


@pytest.mark.parametrize(("derivation", "wrong"), WRONG, ids=lambda v: str(v)[:30])
def test_a_gradient_of_other_weights_is_neither_proved_nor_confirmed(derivation, wrong):
    claim = replace(derivation.claim, right=wrong)
    assert link(claim.left, wrong, claim.where) != Holds()
    assert any(isinstance(route.run(claim), Counterexample) for route in routes(claim.name))


SAMPLES, DRAWS = 3, 40_000
MEAN, STD = (torch.tensor(value, dtype=torch.float64) for value in (0.4, 0.8))
RATES = torch.tensor([0.7, -0.3], dtype=torch.float64)
HERE = latent_law(MEAN, STD, RATES, torch.zeros((), dtype=torch.float64))
ERRORS = 5.0
"""Standard errors that two means may lie apart: 1 in 1.7 million where they are equal; the mutant lies 20 apart."""


def log_joint(z: torch.Tensor) -> torch.Tensor:
    """log p(x, z): a normal prior, and what was seen pulls to one side."""
    return -(z**2) / 2 + torch.log(torch.sigmoid(2 * z - 1))


def gradients() -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Of each draw of K samples: the bound's slope at a held ε, the doubly reparameterised one, and that with w̃."""
    eps = torch.randn(DRAWS, SAMPLES, generator=torch.Generator().manual_seed(7), dtype=torch.float64)
    phi = torch.zeros(DRAWS, 1, dtype=torch.float64, requires_grad=True)
    moved = latent_path(eps, MEAN, STD, RATES, phi)
    log_q = latent_law(MEAN, STD, RATES, phi).log_prob(moved)
    (plain,) = torch.autograd.grad(iwae_bound(log_joint(moved) - log_q).sum(), phi)
    z = (MEAN + STD * eps).requires_grad_()
    log_w = log_joint(z) - HERE.log_prob(z)
    (slope,) = torch.autograd.grad(log_w.sum(), z)
    along = slope * (RATES[0] + RATES[1] * eps)
    log_w = log_w.detach()
    return plain[:, 0], doubly_reparameterised(log_w, along), (torch.softmax(log_w, -1) * along).sum(-1)


def errors_apart(a: torch.Tensor, b: torch.Tensor) -> float:
    """How many standard errors the mean difference of pairs lies from zero."""
    gap = a - b
    return float(abs(gap.mean()) / gap.std() * math.sqrt(len(gap)))


def test_the_doubly_reparameterised_gradient_has_the_mean_of_the_plain_one_and_a_smaller_spread():
    plain, doubly, undivided = gradients()
    assert errors_apart(plain, doubly) < ERRORS
    assert errors_apart(plain, undivided) > 4 * ERRORS
    assert doubly.var() < plain.var()

"""Boltzmann machine: row 112."""

from __future__ import annotations

import itertools

import torch
from torch import Tensor

from numerics.specifications.contract import (
    Model,
    Mutant,
    Outcome,
    Property,
    Specification,
)
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import equal, gradient
from reference_models.energy import boltzmann as bz

PAGE = "reference_models.energy.boltzmann"


def _states(draw: Draw, d: int) -> Tensor:
    return draw.tensor(list(itertools.product((0, 1), repeat=d)))


def _machine(draw: Draw, n: int = 4) -> tuple[Tensor, Tensor]:
    w = draw.normal(n, n)
    w = (w + w.mT) / 2
    return w - torch.diag(w.diagonal()), draw.normal(n)


def _gibbs_law(draw: Draw, w: Tensor, b: Tensor) -> Tensor:
    """e^(Σ_(i<j) w_ij s_i s_j + Σ b_i s_i), normalised, pair by pair."""
    s = _states(draw, len(b))
    total = s @ b
    for i, j in itertools.combinations(range(len(b)), 2):
        total = total + w[i, j] * s[:, i] * s[:, j]
    return torch.exp(total) / torch.exp(total).sum()


def _machine_law(model: Model, draw: Draw) -> Outcome:
    w, b = _machine(draw)
    return equal(torch.exp(model.machine_log_prob(_states(draw, 4), w, b)), _gibbs_law(draw, w, b))


def _machine_slope(model: Model, draw: Draw) -> Outcome:
    """A pair's weight stands in both w_ij and w_ji: autograd by the upper triangle."""
    w, b = _machine(draw)
    data = draw.bits(7, 4)
    i, j = torch.triu_indices(4, 4, 1, device=w.device)

    def likelihood(pairs: Tensor) -> Tensor:
        upper = torch.zeros_like(w).index_put((i, j), pairs)
        s = _states(draw, 4)

        def score(x: Tensor) -> Tensor:
            return ((x @ upper) * x).sum(-1) + x @ b

        return score(data).mean() - torch.logsumexp(score(s), 0)

    return equal(model.machine_gradient(data, w, b)[i, j], gradient(likelihood, w[i, j]))


def _machine_conditionals(model: Model, draw: Draw) -> Outcome:
    w, b = _machine(draw)
    law = _gibbs_law(draw, w, b).reshape(2, 2, 2, 2)
    s = _states(draw, 4)
    wanted = torch.stack(
        [(law / law.sum(i, keepdim=True)).select(i, 1).unsqueeze(i).expand_as(law).flatten() for i in range(4)], -1
    )
    return equal(model.machine_conditional(s, w, b), wanted)


MACHINE = Specification(
    name="boltzmann_machine",
    family="energy",
    systems=(112,),
    title="Boltzmann machine",
    statement="p(s) ∝ e^(½sᵀWs + bᵀs)",
    page=PAGE,
    functions={
        "machine_log_prob": bz.machine_log_prob,
        "machine_gradient": bz.machine_gradient,
        "machine_conditional": bz.machine_conditional,
    },
    properties=(
        Property(
            "each pair counts once: all 16 states",
            _machine_law,
            Mutant("the ½ is left out", {"machine_log_prob": lambda s, w, b: bz.machine_log_prob(s, 2 * w, b)}),
        ),
        Property(
            "the gradient is ⟨ss⟩_data − ⟨ss⟩_model",
            _machine_slope,
            Mutant(
                "data and model are swapped",
                {"machine_gradient": lambda x, w, b: -bz.machine_gradient(x, w, b)},
            ),
        ),
        Property(
            "a unit given the others is a sigmoid of its field",
            _machine_conditionals,
            Mutant("spins ±1: σ(2 field)", {"machine_conditional": lambda s, w, b: torch.sigmoid(2 * (s @ w + b))}),
        ),
    ),
    source="Ackley et al. 1985",
    conventions=("units in {0, 1}", "W symmetric without a diagonal"),
)


SPECIFICATIONS = (MACHINE,)

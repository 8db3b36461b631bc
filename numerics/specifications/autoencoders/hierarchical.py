"""Hierarchical VAE: row 226."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

from numerics.specifications.autoencoders import trainings
from numerics.specifications.contract import (
    Model,
    Mutant,
    Outcome,
    Property,
    Result,
    Specification,
    Task,
)
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import at_most, close, worst
from reference_models.autoencoders import hierarchical


def _tables(draw: Draw) -> tuple[Tensor, Tensor, Tensor]:
    k, steps = draw.whole(2, 3), draw.whole(2, 3)
    q, p = draw.simplex(steps, k, k), draw.simplex(steps, k, k)
    return q, draw.simplex(k), p


def _second(model: Model, draw: Draw) -> Outcome:
    at = _tables(draw)
    return close(model.elbo_by_layer(*at), model.path_elbo(*at))


def _third(model: Model, draw: Draw) -> Outcome:
    at = _tables(draw)
    return close(model.telescoped_elbo(*at), model.path_elbo(*at))


def _fourth(model: Model, draw: Draw) -> Outcome:
    at = _tables(draw)
    return close(model.elbo_by_step(*at), model.path_elbo(*at))


def _kl_of_marginal(q: Tensor, prior: Tensor, p: Tensor) -> Tensor:
    at = hierarchical.marginals(q)
    inner = at[-2] @ (q[-1] * torch.log(q[-1] / prior)).sum(1)
    return hierarchical.elbo_by_layer(q, prior, p) + inner - (at[-1] * torch.log(at[-1] / prior)).sum(1)


def _bayes_without_x(q: Tensor, prior: Tensor, p: Tensor) -> Tensor:
    """q(z_{t−1} | z_t) from Bayes' rule with the law of z over all x, where q(z_{t−1} | z_t, x) is needed."""
    at = hierarchical.marginals(q)
    total = (at[1] * torch.log(p[0]).mT).sum(1)
    for t in range(2, len(q) + 1):
        margin = at[t - 1].mean(0)
        back = margin[:, None] * q[t - 1] / (margin @ q[t - 1])
        total = total - at[t] @ (back * (torch.log(back) - torch.log(p[t - 1]).mT)).sum(0)
    return total - (at[-1] * torch.log(at[-1] / prior)).sum(1)


def _transposed(q: Tensor, prior: Tensor, p: Tensor) -> Tensor:
    at = hierarchical.marginals(q)
    total = (at[1] * torch.log(p[0].mT / q[0])).sum(1)
    for t in range(2, len(q) + 1):
        total = total + at[t - 1] @ (q[t - 1] * torch.log(p[t - 1] / q[t - 1])).sum(1)
    return total + at[-1] @ torch.log(prior)


def _below(model: Model, draw: Draw) -> Outcome:
    """ELBO ≤ log p(x), and equal where q is the exact posterior, for which every x has its own chain (x fixed)."""
    q, prior, p = _tables(draw)
    evidence = model.log_evidence(prior, p)
    k, steps = len(prior), len(p)
    laws = [prior]
    for kernel in p.flip(0):
        laws.insert(0, laws[0] @ kernel)  # p(z_t), t = 0 … T
    exact = torch.stack([(laws[t + 1][:, None] * p[t]).mT / laws[t][:, None] for t in range(steps)])
    return worst(
        at_most(model.path_elbo(q, prior, p), evidence),
        close(model.path_elbo(exact, prior, p), evidence),
        close(torch.exp(evidence).sum(), 1.0, detail=f"{k} states, {steps} layers"),
    )


def _entropy_lost(q: Tensor, prior: Tensor, p: Tensor) -> Tensor:
    at = hierarchical.marginals(q)
    return hierarchical.path_elbo(q, prior, p) - (at[-2] @ torch.xlogy(q[-1], q[-1]).sum(1)) * 0.5


def _fit(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    """Words of three pixels of digits, three latents of eight states: the ELBO comes up to −H of the words' law."""
    return trainings.hvae(model, draw, progress, (27, 28, 36), depth=3, steps=1500)


HVAE = Specification(
    name="hvae",
    family="autoencoders",
    systems=(226,),
    title="Hierarchical VAE",
    statement="ELBO = E_q log p(x, z_1 … z_T)/q(z_1 … z_T | x), in four forms",
    page="reference_models.autoencoders.hierarchical",
    functions={
        name: getattr(hierarchical, name)
        for name in ("path_elbo", "elbo_by_layer", "telescoped_elbo", "elbo_by_step", "log_evidence")
    },
    properties=(
        Property(
            "layer by layer, what it is over all paths",
            _second,
            Mutant("the last KL is that of q(z_T | x)", {"elbo_by_layer": _kl_of_marginal}),
        ),
        Property(
            "telescoped, what it is over all paths",
            _third,
            Mutant("Bayes' rule without x", {"telescoped_elbo": _bayes_without_x}),
        ),
        Property(
            "step by step, what it is over all paths",
            _fourth,
            Mutant("p is read with its axes swapped", {"elbo_by_step": _transposed}),
        ),
        Property(
            "below log p(x), and equal at the posterior",
            _below,
            Mutant("half of the last entropy is counted again", {"path_elbo": _entropy_lost}),
        ),
    ),
    source="Luo 2022, sections on hierarchical VAEs; Sønderby et al. 2016",
    task=Task("three pixels of scikit-learn's digits, binarised", _fit, training=True),
    conventions=("z_0 = x", "finite states"),
)

SPECIFICATIONS = (HVAE,)

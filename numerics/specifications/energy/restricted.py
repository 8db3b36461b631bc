"""Restricted Boltzmann machine: row 113."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor

from numerics.specifications.contract import (
    Answers,
    Model,
    Mutant,
    Oracle,
    Outcome,
    Property,
    Specification,
)
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import close, equal, mean_is, worst
from reference_models.energy import boltzmann as bz

PAGE = "reference_models.energy.boltzmann"


def _states(draw: Draw, d: int) -> Tensor:
    return draw.tensor(list(itertools.product((0, 1), repeat=d)))


def _rbm(draw: Draw, d: int = 3, m: int = 2) -> bz.RBM:
    return draw.normal(d, m), draw.normal(d), draw.normal(m)


def _joint(draw: Draw, rbm: bz.RBM) -> Tensor:
    """The joint law of an RBM, pair by pair: (2^d, 2^m)."""
    w, b, c = rbm
    v, h = _states(draw, len(b)), _states(draw, len(c))
    weight = torch.exp(torch.einsum("ai,ij,bj->ab", v, w, h) + (v @ b)[:, None] + h @ c)
    return weight / weight.sum()


def _free(model: Model, draw: Draw) -> Outcome:
    rbm = _rbm(draw)
    v, h = _states(draw, 3), _states(draw, 2)
    found = torch.exp(-model.free_energy(v, rbm) - model.log_partition(rbm))
    whole = torch.exp(-model.energy(v[:, None], h, rbm) - model.log_partition(rbm))
    return worst(equal(found, _joint(draw, rbm).sum(1)), equal(whole, _joint(draw, rbm)))


def _given(model: Model, draw: Draw) -> Outcome:
    rbm = _rbm(draw)
    joint = _joint(draw, rbm)
    v, h = _states(draw, 3), _states(draw, 2)
    hidden, visible = joint / joint.sum(1, keepdim=True), joint / joint.sum(0)
    p, q = model.hidden_prob(v, rbm), model.visible_prob(h, rbm)
    product = (p[:, None] * h + (1 - p[:, None]) * (1 - h)).prod(-1)
    back = (q * v[:, None] + (1 - q) * (1 - v[:, None])).prod(-1)
    return worst(equal(product, hidden), equal(back, visible))


def _smaller_layer(model: Model, draw: Draw) -> Outcome:
    """Turned round, summing over the other layer, it is the same log Z."""
    w, b, c = _rbm(draw, 5, 3)
    found = model.log_partition((w, b, c))
    brute = torch.logsumexp(-bz.energy(_states(draw, 5)[:, None], _states(draw, 3), (w, b, c)).flatten(), 0)
    return worst(close(found, model.log_partition((w.mT, c, b))), close(found, brute))


def _invariant(model: Model, draw: Draw) -> Outcome:
    rbm = _rbm(draw)
    p, kernel = _joint(draw, rbm).sum(1), model.block_kernel(rbm)
    flow = p[:, None] * kernel
    return worst(equal(p @ kernel, p), equal(kernel.sum(1), 1.0), equal(flow, flow.mT))


def _steps(model: Model, draw: Draw) -> Outcome:
    """A step from a given state has the kernel's row as its law: mean of every state's indicator."""
    sign, n = draw.tensor([[1, -1], [1, 1], [-1, 1]]), 20_000
    w = sign * draw.uniform(2, 4, 3, 2)
    rbm = (w, -w.sum(1) / 2, 0.2 * draw.normal(2))
    start = draw.tensor([0, 0, 0])  # the hidden units are nearly fair, the visible ones nearly follow them
    after = model.gibbs_step(start.expand(n, 3), rbm, draw.uniform(0, 1, n, 5))
    code = (after @ draw.tensor([4, 2, 1])).to(torch.int64)
    return mean_is(torch.nn.functional.one_hot(code, 8).double(), bz.block_kernel(rbm)[0])


def _mean_field_kernel(rbm: bz.RBM) -> Tensor:
    v = bz.states(len(rbm[1]), rbm[1])
    p = bz.visible_prob(bz.hidden_prob(v, rbm), rbm)[:, None]
    return (p * v + (1 - p) * (1 - v)).prod(-1)


def _sklearn_rbm(inputs: Mapping[str, Any]) -> Answers:
    import numpy as np
    from sklearn.neural_network import BernoulliRBM

    made = BernoulliRBM(n_components=2)
    made.components_ = np.array(inputs["w"]).T
    made.intercept_hidden_, made.intercept_visible_ = np.array(inputs["c"]), np.array(inputs["b"])
    v = np.array(inputs["v"])
    return {"free energy": made._free_energy(v), "hidden": made.transform(v)}


def _our_rbm(model: Model, inputs: Mapping[str, Any]) -> Answers:
    v, w, b, c = (torch.tensor(inputs[k], dtype=torch.float64) for k in ("v", "w", "b", "c"))
    return {"free energy": model.free_energy(v, (w, b, c)), "hidden": model.hidden_prob(v, (w, b, c))}


RESTRICTED = Specification(
    name="restricted_boltzmann_machine",
    family="energy",
    systems=(113,),
    title="Restricted Boltzmann machine",
    statement="E = −vᵀWh − bᵀv − cᵀh, F(v) = −bᵀv − Σ log(1 + e^(vW + c))",
    page=PAGE,
    functions={
        "energy": bz.energy,
        "hidden_prob": bz.hidden_prob,
        "visible_prob": bz.visible_prob,
        "free_energy": bz.free_energy,
        "log_partition": bz.log_partition,
        "gibbs_step": bz.gibbs_step,
        "block_kernel": bz.block_kernel,
    },
    properties=(
        Property(
            "the free energy sums the hidden layer out: all states",
            _free,
            Mutant(
                "the visible bias is left out", {"free_energy": lambda v, r: bz.free_energy(v, (r[0], 0 * r[1], r[2]))}
            ),
        ),
        Property(
            "a layer given the other factorises into sigmoids",
            _given,
            Mutant("the hidden bias is left out", {"hidden_prob": lambda v, r: torch.sigmoid(v @ r[0])}),
        ),
        Property(
            "log Z is the same whichever layer is summed",
            _smaller_layer,
            Mutant(
                "the hidden bias is inside the product",
                {
                    "log_partition": lambda r: torch.logsumexp(
                        torch.nn.functional.softplus(
                            bz.states(len(r[2]), r[2]) @ r[0].mT + r[1] + (bz.states(len(r[2]), r[2]) @ r[2])[:, None]
                        ).sum(-1),
                        0,
                    )
                },
            ),
        ),
        Property(
            "block Gibbs leaves p(v) as it is, reversibly",
            _invariant,
            Mutant(
                "the hidden units' probabilities stand for their states",
                {"block_kernel": _mean_field_kernel},
            ),
        ),
        Property(
            "a step has the kernel's law",
            _steps,
            Mutant(
                "the hidden units' probabilities stand for their states",
                {
                    "gibbs_step": lambda v, r, u: (u[..., len(r[2]) :] < bz.visible_prob(bz.hidden_prob(v, r), r)).to(
                        v.dtype
                    )
                },
            ),
        ),
    ),
    source="Hinton 2002",
    oracles=(
        Oracle(
            package="scikit-learn",
            inputs={
                "w": [[0.5, -1.0], [1.2, 0.3], [-0.7, 0.8]],
                "b": [0.1, -0.4, 0.6],
                "c": [-0.2, 0.9],
                "v": [[0, 1, 1], [1, 0, 0], [1, 1, 1]],
            },
            ask=_sklearn_rbm,
            tell=_our_rbm,
            tolerance=1e-13,
            conversion="components_ is Wᵀ; _free_energy in nats; transform gives P(h = 1 | v)",
        ),
    ),
    conventions=("units in {0, 1}", "W is visible by hidden"),
)

SPECIFICATIONS = (RESTRICTED,)

"""Deep belief network (115) and deep Boltzmann machine (116)."""

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
from numerics.specifications.outcomes import at_most, equal, gradient, true, worst
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


def _stack(draw: Draw) -> tuple[bz.RBM, bz.RBM]:
    """An RBM, and the same turned round as a top layer over its hidden units."""
    w, b, c = _rbm(draw, 3, 2)
    return (w, b, c), (w.mT, c, b)


def _tied(model: Model, draw: Draw) -> Outcome:
    """With the first RBM turned round on top, the deep network is that RBM, and the bound is tight."""
    (w, b, c), top = _stack(draw)
    v, h = _states(draw, 3), _states(draw, 2)
    wanted = torch.log(_joint(draw, (w, b, c)))
    found = model.dbn_log_joint(v[:, None], h, w, b, top)
    return worst(equal(found, wanted), equal(model.dbn_bound(v, w, b, c, top), torch.logsumexp(wanted, 1)))


def _improves(model: Model, draw: Draw) -> Outcome:
    """A small step of the top machine uphill on the bound raises log p(v) by no less, from the tied start."""
    (w, b, c), top = _stack(draw)
    v, h, law = _states(draw, 3), _states(draw, 2), draw.simplex(8)

    def bound(parts: bz.RBM) -> Tensor:
        return (law * model.dbn_bound(v, w, b, c, parts)).sum()

    slope = torch.func.grad(bound)(top)
    better = tuple(a + 0.02 * g for a, g in zip(top, slope, strict=True))
    likelihood = [(law * torch.logsumexp(model.dbn_log_joint(v[:, None], h, w, b, t), 1)).sum() for t in (top, better)]
    gain, tied = bound(better) - bound(top), (law * torch.log(_joint(draw, (w, b, c)).sum(1))).sum()
    return worst(true(gain > 0, "uphill"), at_most(gain, likelihood[1] - likelihood[0]), equal(likelihood[0], tied))


def _total(model: Model, draw: Draw) -> Outcome:
    w, b, top = draw.normal(3, 2), draw.normal(3), _rbm(draw, 2, 3)
    joint = torch.exp(model.dbn_log_joint(_states(draw, 3)[:, None], _states(draw, 2), w, b, top))
    return worst(equal(joint.sum(), 1.0), equal(joint.sum(0), _joint(draw, top).sum(1)))


BELIEF = Specification(
    name="deep_belief_network",
    family="energy",
    systems=(115,),
    title="Deep belief network",
    statement="p(v, h) = p(v | h) p_RBM(h)",
    page=PAGE,
    functions={"dbn_log_joint": bz.dbn_log_joint, "dbn_bound": bz.dbn_bound},
    properties=(
        Property(
            "with tied weights it is the first RBM, and the bound is tight",
            _tied,
            Mutant(
                "the entropy of q is left out",
                {"dbn_bound": lambda v, w, b, c, t: bz.dbn_bound(v, w, b, c, t) - _recognition_entropy(v, w, c)},
            ),
        ),
        Property(
            "raising the bound by the top layer raises log p(v) by no less",
            _improves,
            Mutant(
                "the top layer's partition function is left out",
                {"dbn_log_joint": lambda v, h, w, b, t: bz.dbn_log_joint(v, h, w, b, t) + bz.log_partition(t)},
            ),
        ),
        Property(
            "it sums to 1 by the top layer's partition function alone",
            _total,
            Mutant(
                "the top energy stands for its free energy",
                {
                    "dbn_log_joint": lambda v, h, w, b, t: (
                        bz.dbn_log_joint(v, h, w, b, t) + bz.free_energy(h, t) + h @ t[1]
                    )
                },
            ),
        ),
    ),
    source="Hinton et al. 2006",
    conventions=("one directed layer under an RBM",),
)


def _recognition_entropy(v: Tensor, w: Tensor, c: Tensor) -> Tensor:
    p = torch.sigmoid(v @ w + c)
    return -(torch.xlogy(p, p) + torch.xlogy(1 - p, 1 - p)).sum(-1)


def _deep(draw: Draw) -> tuple[Tensor, Tensor, Tensor]:
    """Weights of a machine of 2, 3 and 2 units, and its joint law (4, 8, 4), layer by layer."""
    w1, w2 = 1.5 * draw.normal(2, 3), 1.5 * draw.normal(3, 2)
    v, a, b = _states(draw, 2), _states(draw, 3), _states(draw, 2)
    weight = torch.exp((v @ w1 @ a.mT)[:, :, None] + (a @ w2 @ b.mT)[None])
    return w1, w2, weight / weight.sum()


def _deep_law(model: Model, draw: Draw) -> Outcome:
    w1, w2, joint = _deep(draw)
    v, a, b = _states(draw, 2), _states(draw, 3), _states(draw, 2)
    found = torch.exp(-model.dbm_energy(v[:, None, None], a[:, None], b, w1, w2))
    return equal(found / found.sum(), joint)


def _middle(model: Model, draw: Draw) -> Outcome:
    """Given both neighbours the middle layer factorises; given v alone it doesn't."""
    w1, w2, joint = _deep(draw)
    v, a, b = _states(draw, 2), _states(draw, 3), _states(draw, 2)
    p = model.dbm_middle(v[:, None, None], b, w1, w2)
    product = (p * a[:, None] + (1 - p) * (1 - a[:, None])).prod(-1)
    given = joint.sum(2) / joint.sum((1, 2))[:, None]
    alone = given @ a
    independent = (alone[:, None] * a + (1 - alone[:, None]) * (1 - a)).prod(-1)
    return worst(equal(product, joint / joint.sum(1, keepdim=True)), true((given - independent).abs().max() > 1e-6))


def _mean_field(model: Model, draw: Draw) -> Outcome:
    """The fixed point is stationary for the ELBO over products of units, and below log p(v) + log Z."""
    w1, w2, _ = _deep(draw)
    w1, w2 = w1 / 3, w2 / 3
    v, a, b = draw.bits(2), _states(draw, 3), _states(draw, 2)
    score = (a @ w1.mT @ v)[:, None] + a @ w2 @ b.mT

    def elbo(logits: Tensor) -> Tensor:
        p, q = torch.sigmoid(logits[:3]), torch.sigmoid(logits[3:])
        first = (p * a + (1 - p) * (1 - a)).prod(-1)
        second = (q * b + (1 - q) * (1 - b)).prod(-1)
        law = first[:, None] * second
        return (law * (score - torch.log(law))).sum()

    mu1, mu2 = model.dbm_mean_field(v, w1, w2, 60)
    at = torch.logit(torch.cat([mu1, mu2]))
    return worst(equal(gradient(elbo, at), 0.0, 1e-8), at_most(elbo(at), torch.logsumexp(score.flatten(), 0)))


DEEP = Specification(
    name="deep_boltzmann_machine",
    family="energy",
    systems=(116,),
    title="Deep Boltzmann machine",
    statement="E = −vᵀW₁h₁ − h₁ᵀW₂h₂",
    page=PAGE,
    functions={"dbm_energy": bz.dbm_energy, "dbm_middle": bz.dbm_middle, "dbm_mean_field": bz.dbm_mean_field},
    properties=(
        Property(
            "layer by layer, e^(−E) normalised is the joint law",
            _deep_law,
            Mutant("the energy has the wrong sign", {"dbm_energy": lambda *x: -bz.dbm_energy(*x)}),
        ),
        Property(
            "the middle layer factorises given both neighbours, not given v alone",
            _middle,
            Mutant("the layer above is left out", {"dbm_middle": lambda v, h, w1, w2: bz.dbm_middle(v, 0 * h, w1, w2)}),
        ),
        Property(
            "the mean-field equations are stationary points of the ELBO",
            _mean_field,
            Mutant(
                "a bottom-up pass without feedback",
                {
                    "dbm_mean_field": lambda v, w1, w2, n: (
                        torch.sigmoid(v @ w1),
                        torch.sigmoid(torch.sigmoid(v @ w1) @ w2),
                    )
                },
            ),
        ),
    ),
    source="Salakhutdinov and Hinton 2009",
    conventions=("no biases", "units in {0, 1}"),
)

SPECIFICATIONS = (BELIEF, DEEP)

"""Contrastive divergence: row 114."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import torch
from torch import Tensor

from numerics.specifications.contract import (
    Figure,
    Model,
    Mutant,
    Outcome,
    Panel,
    Property,
    Result,
    Specification,
    Task,
)
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import equal, true, worst
from numerics.specifications.training import sheet
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


def _expected(model: Model, rbm: bz.RBM, law: Tensor, k: int) -> tuple[Tensor, ...]:
    """E of the CD-k update over data from a law and k steps of the chain."""
    v = bz.states(len(rbm[1]), rbm[1])
    moved = torch.linalg.matrix_power(bz.block_kernel(rbm), k)
    first = v.repeat_interleave(len(v), 0)
    chance = (law[:, None] * moved).flatten()
    rows = [model.contrastive_gradient(a[None], b[None], rbm) for a, b in zip(first, v.repeat(len(v), 1), strict=True)]
    return tuple(
        (chance.reshape(-1, *[1] * parts[0].ndim) * torch.stack(parts)).sum(0) for parts in zip(*rows, strict=True)
    )


def _exact(draw: Draw, rbm: bz.RBM, law: Tensor) -> tuple[Tensor, ...]:
    v = _states(draw, len(rbm[1]))

    def likelihood(parts: bz.RBM) -> Tensor:
        w, b, c = parts
        free = v @ b + torch.nn.functional.softplus(v @ w + c).sum(-1)
        return (law * free).sum() - torch.logsumexp(free, 0)

    found: tuple[Tensor, ...] = torch.func.grad(likelihood)(rbm)
    return found


def _many_steps(model: Model, draw: Draw) -> Outcome:
    rbm, law = _rbm(draw, 3, 2), draw.simplex(8)
    return worst(
        *[equal(a, b, 1e-6) for a, b in zip(_expected(model, rbm, law, 400), _exact(draw, rbm, law), strict=True)]
    )


def _biased(model: Model, draw: Draw) -> Outcome:
    """One step isn't enough, and is nearer the gradient than none: W's update shrinks to the exact one as k grows."""
    rbm, law = _rbm(draw, 3, 2), draw.simplex(8)
    exact = _exact(draw, rbm, law)[0]
    gaps = torch.stack([(_expected(model, rbm, law, k)[0] - exact).abs().max() for k in (1, 3, 30)])
    return worst(true(gaps[0] > 1e-4, "biased"), true(gaps[2] < 0.7 * gaps[0], "less so later"))


def _at_rest(model: Model, draw: Draw) -> Outcome:
    rbm = _rbm(draw, 3, 2)
    law = _joint(draw, rbm).sum(1)
    return worst(*[equal(part, 0.0) for part in _expected(model, rbm, law, 1)])


def _log_likelihood(rbm: bz.RBM, data: Tensor) -> float:
    return float(-bz.free_energy(data, rbm).mean() - bz.log_partition(rbm))


def _digits(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    """16 hidden units on binary 8 × 8 digits: exact log-likelihoods, and AIS against the exact log Z."""
    from sklearn.datasets import load_digits

    data = draw.tensor((load_digits().data > 7).astype(float))
    n, d, m, size, epochs = len(data), 64, 16, 50, 30
    rate = data.mean(0).clamp(0.01, 0.99)
    rbm: bz.RBM = (0.01 * draw.normal(d, m), torch.logit(rate), torch.zeros(m, dtype=data.dtype, device=data.device))
    curve = [_log_likelihood(rbm, data)]
    for epoch in range(epochs):
        for batch in data[draw.permutation(n)].split(size):
            after = bz.gibbs_step(batch, rbm, draw.uniform(0, 1, len(batch), d + m))
            step = model.contrastive_gradient(batch, after, rbm)
            rbm = (rbm[0] + 0.1 * step[0], rbm[1] + 0.1 * step[1], rbm[2] + 0.1 * step[2])
        if epoch % 5 == 4:
            curve.append(_log_likelihood(rbm, data))
        progress(0.8 * (epoch + 1) / epochs)
    exact = float(bz.log_partition(rbm))
    found, error = _ais(rbm, draw, torch.logit(rate), 500, 300)
    progress(1.0)
    v = draw.bits(32, d)
    for _ in range(1000):
        v = bz.gibbs_step(v, rbm, draw.uniform(0, 1, 32, d + m))
    chances = bz.visible_prob(bz.hidden_prob(v, rbm), rbm)
    rises = sum(b > a for a, b in itertools.pairwise(curve))
    return Result(
        (
            Figure("checkpoints at which the log-likelihood rose", rises, len(curve) - 1, 0),
            Figure("log-likelihood of independent pixels", curve[0], unit="nats a digit"),
            Figure("log-likelihood after training", curve[-1], unit="nats a digit"),
            Figure("log Z by annealed importance sampling", found, exact, 6 * error, "nats"),
        ),
        (
            sheet("1000 steps from noise", chances),
            Panel("log-likelihood", "lines", {"every five epochs": (list(range(len(curve))), curve)}),
            Panel("a hidden unit's weights", "image", {"unit 0": _shades(rbm[0][:, 0])}),
        ),
    )


def _shades(w: Tensor) -> list[list[float]]:
    grey = (w - w.min()) / (w.max() - w.min())
    rows: list[list[float]] = grey.reshape(8, 8).tolist()
    return rows


def _ais(rbm: bz.RBM, draw: Draw, base: Tensor, n: int, levels: int) -> tuple[float, float]:
    """log Z and its standard error, from independent pixels with logits ``base`` to the machine."""
    w, b, c = rbm
    v = (draw.uniform(0, 1, n, len(b)) < torch.sigmoid(base)).double()
    log_w = torch.zeros(n, dtype=torch.float64, device=v.device)
    for level in range(levels):
        low, high = level / levels, (level + 1) / levels
        between = [-bz.free_energy(v, (t * w, (1 - t) * base + t * b, t * c)) for t in (low, high)]
        log_w = log_w + between[1] - between[0]
        at = (high * w, (1 - high) * base + high * b, high * c)
        v = bz.gibbs_step(v, at, draw.uniform(0, 1, n, len(b) + len(c)))
    start = torch.nn.functional.softplus(base).sum() + len(c) * torch.log(torch.tensor(2.0, dtype=torch.float64))
    mean = torch.exp(log_w - log_w.max())
    found = start + log_w.max() + torch.log(mean.mean())
    return float(found), float(mean.std() / mean.mean() / n**0.5)


CONTRASTIVE = Specification(
    name="contrastive_divergence",
    family="energy",
    systems=(114,),
    title="Contrastive divergence",
    statement="ΔW = ⟨v h⟩_0 − ⟨v h⟩_k",
    page=PAGE,
    functions={"contrastive_gradient": bz.contrastive_gradient},
    properties=(
        Property(
            "for k → ∞ its mean is the gradient of the log-likelihood: all states and paths",
            _many_steps,
            Mutant(
                "the sign of the negative phase",
                {"contrastive_gradient": lambda a, b, r: bz.contrastive_gradient(a, -b, r)},
            ),
        ),
        Property(
            "biased for finite k, less so for larger k",
            _biased,
            Mutant("no negative phase", {"contrastive_gradient": lambda a, b, r: bz.contrastive_gradient(a, 0 * b, r)}),
        ),
        Property(
            "its mean is 0 where the data have the model's law",
            _at_rest,
            Mutant(
                "the data's hidden units are kept in the negative phase",
                {
                    "contrastive_gradient": lambda a, b, r: (
                        (a - b).mT @ bz.hidden_prob(a, r) / len(a),
                        (a - b).mean(0),
                        0 * r[2],
                    )
                },
            ),
        ),
    ),
    source="Hinton 2002",
    task=Task("scikit-learn's digits, 8 × 8, binarised", _digits, training=True),
    conventions=("hidden probabilities in both phases", "means over the data"),
)

SPECIFICATIONS = (CONTRASTIVE,)

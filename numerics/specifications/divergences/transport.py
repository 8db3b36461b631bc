"""Wasserstein distance: row 102."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from typing import Any

import torch
from torch import Tensor

from numerics.specifications.contract import (
    Answers,
    Figure,
    Model,
    Mutant,
    Oracle,
    Outcome,
    Panel,
    Property,
    Result,
    Specification,
    Task,
)
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import at_most, close, equal, worst
from reference_models.divergences import transport

PAGE = "reference_models.divergences.transport"


def _sorted_is_best(model: Model, draw: Draw) -> Outcome:
    """On a line no matching beats the sorted one: all 120 matchings of five points."""
    return worst(*[_best_matching(model, draw.normal(5), draw.normal(5), float(draw.uniform(1, 3))) for _ in range(3)])


def _best_matching(model: Model, x: Tensor, y: Tensor, r: float) -> Outcome:
    cost = (x[:, None] - y).abs() ** r
    orders = torch.tensor(list(itertools.permutations(range(5))), device=x.device)
    best = cost[torch.arange(5, device=x.device), orders].mean(-1).min() ** (1 / r)
    return worst(close(model.wasserstein_on_line(x, y, r), best), close(model.wasserstein_by_matching(cost), best**r))


def _points(model: Model, draw: Draw) -> Outcome:
    """Two unit masses are their distance apart; a shift moves every law by its length."""
    a, b, shift, x = draw.normal(1), draw.normal(1), draw.normal(), draw.normal(7)
    return worst(
        equal(model.wasserstein_on_line(a, b, 2.0), (a - b).abs()[0]),
        close(model.wasserstein_on_line(x, x + shift, 2.0), shift.abs()),
        close(model.wasserstein_on_line(3 * a, 3 * b, 1.0), 3 * (a - b).abs()[0]),
    )


def _kantorovich(model: Model, draw: Draw) -> Outcome:
    """The best 1-Lipschitz function has slope ±1 between neighbours: all 2^(k−1) of them."""
    p, q = draw.simplex(6), draw.simplex(6)
    x = draw.uniform(0.1, 1, 6).cumsum(0)
    signs = torch.tensor(list(itertools.product((-1.0, 1.0), repeat=5)), dtype=torch.float64, device=x.device)
    f = torch.nn.functional.pad((signs * (x[1:] - x[:-1])).cumsum(-1), (1, 0))
    found = model.wasserstein_of_laws_on_line(p, q, x)
    return worst(equal(model.dual_value(f, p, q).max(), found), at_most(model.dual_value(torch.sin(x), p, q), found))


def _normals(model: Model, draw: Draw) -> Outcome:
    """The linear map C₁^(−½)(C₁^½ C₂ C₁^½)^½ C₁^(−½) carries one law to the other; its mean square is W₂²."""
    m1, m2, c1, c2 = draw.normal(3), draw.normal(3), draw.spd(3), draw.spd(3)
    values, vectors = torch.linalg.eigh(c1)
    half, back = (vectors @ torch.diag(values**s) @ vectors.mT for s in (0.5, -0.5))
    inner = half @ c2 @ half
    w, u = torch.linalg.eigh(inner)
    move = back @ (u @ torch.diag(torch.sqrt(w)) @ u.mT) @ back
    gap = move - torch.eye(3, dtype=c1.dtype, device=c1.device)
    square = ((m1 - m2) ** 2).sum() + torch.trace(gap @ c1 @ gap.mT)
    return worst(
        close(model.gaussian_w2(m1, c1, m2, c2) ** 2, square, 1e-8),
        close(move @ c1 @ move.mT, c2, 1e-8),
        equal(model.gaussian_w2(m1, c1, m1, c1), 0.0, 1e-6),
    )


def _commuting(model: Model, draw: Draw) -> Outcome:
    """On one axis: W₂² = (m₁ − m₂)² + (σ₁ − σ₂)²."""
    m, s = draw.normal(2, 1), draw.uniform(0.3, 2, 2)
    found = model.gaussian_w2(m[0], s[0].reshape(1, 1) ** 2, m[1], s[1].reshape(1, 1) ** 2)
    return close(found**2, (m[0] - m[1]).square().sum() + (s[0] - s[1]) ** 2, 1e-7)


def _plan(model: Model, draw: Draw) -> Outcome:
    p, q = draw.simplex(3) + 0.2, draw.simplex(4) + 0.2
    p, q = p / p.sum(), q / q.sum()
    cost = (draw.uniform(-1, 1, 3, 1) - draw.uniform(-1, 1, 4)) ** 2
    plan = model.sinkhorn(p, q, cost, 0.5, 200)
    odds = torch.log(plan) + cost / 0.5  # of a plan f_i + g_j − C_ij over ε
    apart = odds[1:, 1:] - odds[1:, :1] - odds[:1, 1:] + odds[0, 0]
    return worst(equal(plan.sum(1), p, 1e-8), equal(plan.sum(0), q, 1e-8), equal(apart, 0.0, 1e-8))


def _pot(inputs: Mapping[str, Any]) -> Answers:
    import numpy as np
    import ot

    x, y, p, q = (np.array(inputs[k]) for k in ("x", "y", "p", "q"))
    a, b, c1, c2 = (np.array(inputs[k]) for k in ("m1", "m2", "c1", "c2"))
    cost = np.abs(np.array(inputs["support"])[:, None] - np.array(inputs["support"])) ** 2
    return {
        "w2 of samples": np.sqrt(ot.wasserstein_1d(x, y, p=2)),
        "w1 of laws": ot.emd2_1d(np.array(inputs["support"]), np.array(inputs["support"]), p, q, metric="euclidean"),
        "w2 of normal laws": ot.gaussian.bures_wasserstein_distance(a, b, c1, c2),
        "sinkhorn": ot.sinkhorn(p, q, cost, inputs["regularisation"], stopThr=1e-14, numItermax=100_000),
    }


def _ours(model: Model, inputs: Mapping[str, Any]) -> Answers:
    x, y, p, q, a, b, c1, c2, z = (
        torch.tensor(inputs[k], dtype=torch.float64) for k in ("x", "y", "p", "q", "m1", "m2", "c1", "c2", "support")
    )
    return {
        "w2 of samples": model.wasserstein_on_line(x, y, 2.0),
        "w1 of laws": model.wasserstein_of_laws_on_line(p, q, z),
        "w2 of normal laws": model.gaussian_w2(a, c1, b, c2),
        "sinkhorn": model.sinkhorn(p, q, (z[:, None] - z) ** 2, inputs["regularisation"]),
    }


def _scipy(inputs: Mapping[str, Any]) -> Answers:
    from scipy.stats import wasserstein_distance

    x, p, q = inputs["x"], inputs["p"], inputs["q"]
    return {"w1 of laws": wasserstein_distance(x, x, p, q), "w1 of samples": wasserstein_distance(x, inputs["y"])}


def _our_line(model: Model, inputs: Mapping[str, Any]) -> Answers:
    x, y, p, q = (torch.tensor(inputs[k], dtype=torch.float64) for k in ("x", "y", "p", "q"))
    return {
        "w1 of laws": model.wasserstein_of_laws_on_line(p, q, x),
        "w1 of samples": model.wasserstein_on_line(x, y, 1.0),
    }


def _unsorted(x: Tensor, y: Tensor, r: float) -> Tensor:
    return ((x - y).abs() ** r).mean() ** (1 / r)


def _simple_trace(m1: Tensor, c1: Tensor, m2: Tensor, c2: Tensor) -> Tensor:
    """tr C₁^½ C₂^½ for tr (C₁^½ C₂ C₁^½)^½: right only where the two commute."""
    inner = transport.symmetric_root(c1) @ transport.symmetric_root(c2)
    square = ((m1 - m2) ** 2).sum(-1) + (c1 + c2 - 2 * inner).diagonal(dim1=-2, dim2=-1).sum(-1)
    return torch.sqrt(square.clamp_min(0))


def _samples(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    """W₂ of samples of N(0, 1) and N(1, 2²) on a line at growing n, against √(1 + 1)."""
    counts, found = (100, 1000, 10_000, 100_000), []
    for i, n in enumerate(counts):
        found.append(float(model.wasserstein_on_line(draw.normal(n), 1 + 2 * draw.normal(n), 2.0)))
        progress((i + 1) / len(counts))
    return Result(
        (Figure("W₂ at n = 100 000", found[-1], 2**0.5, 0.05),),
        (Panel("W₂", "lines", {"samples": (list(counts), found), "laws": (list(counts), [2**0.5] * 4)}),),
    )


WASSERSTEIN = Specification(
    name="wasserstein",
    family="divergences",
    systems=(102,),
    title="Wasserstein distance",
    statement="W_r = (inf_γ E d(x, y)^r)^(1/r)",
    page=PAGE,
    functions={
        "wasserstein_on_line": transport.wasserstein_on_line,
        "wasserstein_of_laws_on_line": transport.wasserstein_of_laws_on_line,
        "wasserstein_by_matching": transport.wasserstein_by_matching,
        "dual_value": transport.dual_value,
        "gaussian_w2": transport.gaussian_w2,
        "sinkhorn": transport.sinkhorn,
    },
    properties=(
        Property(
            "on a line the sorted matching is best: all matchings tried",
            _sorted_is_best,
            Mutant("samples aren't sorted", {"wasserstein_on_line": _unsorted}),
        ),
        Property(
            "unit masses are their distance apart, shifts move by their length",
            _points,
            Mutant(
                "the root is left out",
                {"wasserstein_on_line": lambda x, y, r: transport.wasserstein_on_line(x, y, r) ** r},
            ),
        ),
        Property(
            "Kantorovich-Rubinstein: the best 1-Lipschitz function's mean difference",
            _kantorovich,
            Mutant(
                "gaps between points are taken as 1",
                {"wasserstein_of_laws_on_line": lambda p, q, x: (p - q).cumsum(-1)[:-1].abs().sum()},
            ),
        ),
        Property(
            "between normal laws it is the cost of the optimal linear map",
            _normals,
            Mutant("tr C₁^½C₂^½ for tr (C₁^½C₂C₁^½)^½", {"gaussian_w2": _simple_trace}),
        ),
        Property(
            "on one axis (m₁ − m₂)² + (σ₁ − σ₂)²",
            _commuting,
            Mutant(
                "variances stand for standard deviations",
                {"gaussian_w2": lambda m, c, n, d: torch.sqrt(((m - n) ** 2).sum() + ((c - d) ** 2).sum())},
            ),
        ),
        Property(
            "Sinkhorn's plan has the marginals, and cross-ratios e^(−C/ε)",
            _plan,
            Mutant(
                "ε multiplies the cost",
                {"sinkhorn": lambda p, q, c, e, n: transport.sinkhorn(p, q, c * e * e, e, n)},
            ),
        ),
    ),
    source="Peyré and Cuturi 2019, chapters 2 and 4",
    oracles=(
        Oracle(
            "scipy",
            {
                "x": [0.0, 0.5, 1.5, 3.0],
                "y": [2.0, -1.0, 0.3, 1.0],
                "p": [0.1, 0.4, 0.3, 0.2],
                "q": [0.3, 0.2, 0.1, 0.4],
            },
            _scipy,
            _our_line,
            1e-13,
            "wasserstein_distance is W₁, weights are normalised",
        ),
        Oracle(
            package="POT",
            inputs={
                "x": [0.3, -1.2, 2.0, 0.7],
                "y": [1.1, 0.2, -0.5, 1.9],
                "support": [0.0, 0.5, 1.5, 3.0],
                "p": [0.1, 0.4, 0.3, 0.2],
                "q": [0.3, 0.2, 0.1, 0.4],
                "m1": [0.0, 1.0],
                "m2": [0.5, -0.5],
                "c1": [[1.0, 0.3], [0.3, 0.8]],
                "c2": [[0.6, -0.2], [-0.2, 1.4]],
                "regularisation": 1.0,
            },
            ask=_pot,
            tell=_ours,
            tolerance=1e-8,
            conversion="wasserstein_1d(p=2) is W₂², rooted here; the Bures distance is rooted; plans are compared",
        ),
    ),
    task=Task("samples of two normal laws", _samples),
    conventions=("W₂ is not squared",),
)

SPECIFICATIONS = (WASSERSTEIN,)

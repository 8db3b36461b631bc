"""Fréchet inception distance: row 178."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import torch

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
from reference_models.evaluation import features

PAGE = "reference_models.evaluation.features"


def _distance(model: Model, draw: Draw) -> Outcome:
    """The cost of the optimal linear map between the two normal laws."""
    m1, m2, c1, c2 = draw.normal(3), draw.normal(3), draw.spd(3), draw.spd(3)
    values, vectors = torch.linalg.eigh(c1)
    half, back = (vectors @ torch.diag(values**s) @ vectors.mT for s in (0.5, -0.5))
    w, u = torch.linalg.eigh(half @ c2 @ half)
    move = back @ (u @ torch.diag(torch.sqrt(w)) @ u.mT) @ back - torch.eye(3, dtype=c1.dtype, device=c1.device)
    found = model.frechet_distance(m1, c1, m2, c2)
    return worst(
        close(found, ((m1 - m2) ** 2).sum() + torch.trace(move @ c1 @ move.mT), 1e-8),
        close(found, model.frechet_distance(m2, c2, m1, c1), 1e-8),
    )


def _only_moments(model: Model, draw: Draw) -> Outcome:
    """Signs and a normal sample with the same first two moments are at 0, and rotations change nothing."""
    signs = torch.cartesian_prod(*[draw.tensor([-1, 1])] * 3)
    z = draw.normal(8, 3)
    z = z - z.mean(0)
    white = z @ torch.linalg.inv(torch.linalg.cholesky(z.mT @ z / 8)).mT
    a, b, turn = draw.normal(9, 3), draw.normal(7, 3) + 1, draw.orthogonal(3)
    return worst(equal(model.fid(signs, white), 0.0, 1e-7), close(model.fid(a @ turn, b @ turn), model.fid(a, b), 1e-7))


def _finite_bias(model: Model, draw: Draw) -> Outcome:
    """Two small samples of one law are far apart; the mean over draws falls as 1/n, and is above 0."""
    sizes = []
    for n in (20, 160):
        sizes.append(torch.stack([model.fid(draw.normal(n, 3), draw.normal(n, 3)) for _ in range(25)]).mean())
    gap = sizes[0] / sizes[1]
    return worst(at_most(0.05, sizes[0]), at_most(3.0, gap))


def _torchmetrics_fid(inputs: Mapping[str, Any]) -> Answers:
    import numpy as np
    from torchmetrics.image.fid import _compute_fid

    stats = []
    for name in ("real", "fake"):
        x = np.array(inputs[name])
        stats += [torch.tensor(x.mean(0)), torch.tensor(np.cov(x, rowvar=False))]
    return {"fid": _compute_fid(*stats)}


def _our_fid(model: Model, inputs: Mapping[str, Any]) -> Answers:
    return {"fid": model.fid(*(torch.tensor(inputs[k], dtype=torch.float64) for k in ("real", "fake")))}


def _bias_task(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    """FID of two samples of N(0, I) in 8 dimensions at growing n: n times the mean tends to a constant.

    Means contribute 2d/n, covariances d(d + 1)/(2n) to first order.
    """
    d, found = 8, []
    counts = (50, 100, 200, 400, 800)
    for i, n in enumerate(counts):
        found.append(float(torch.stack([model.fid(draw.normal(n, d), draw.normal(n, d)) for _ in range(100)]).mean()))
        progress((i + 1) / len(counts))
    first_order = 2 * d + d * (d + 1) / 2
    return Result(
        (
            Figure("n times FID at n = 800", found[-1] * counts[-1], first_order, 0.12 * first_order),
            Figure("FID of equal laws at n = 50", found[0]),
        ),
        (
            Panel(
                "FID of equal laws",
                "lines",
                {"found": (list(counts), found), "first order": (list(counts), [first_order / n for n in counts])},
            ),
        ),
    )


FID = Specification(
    name="frechet_inception_distance",
    family="evaluation",
    systems=(178,),
    title="Fréchet inception distance",
    statement="FID = |m₁ − m₂|² + tr(C₁ + C₂ − 2(C₁C₂)^½)",
    page=PAGE,
    functions={"frechet_distance": features.frechet_distance, "fid": features.fid},
    properties=(
        Property(
            "it is W₂² of the two normal laws, symmetric",
            _distance,
            Mutant("the root", {"frechet_distance": lambda *x: torch.sqrt(features.frechet_distance(*x))}),
        ),
        Property(
            "0 for equal moments, whatever the laws; rotations change nothing",
            _only_moments,
            Mutant(
                "only variances count, not covariances",
                {"fid": lambda a, b: ((a.mean(0) - b.mean(0)) ** 2).sum() + ((a.std(0) - b.std(0)) ** 2).sum()},
            ),
        ),
        Property(
            "samples of one law are above 0, by about 1/n",
            _finite_bias,
            Mutant(
                "a sum over samples stands for the covariance",
                {
                    "fid": lambda a, b: features.frechet_distance(
                        a.mean(0), len(a) * features.moments(a)[1], b.mean(0), len(b) * features.moments(b)[1]
                    )
                },
            ),
        ),
    ),
    source="Heusel et al. 2017",
    oracles=(
        Oracle(
            package="torchmetrics",
            inputs={
                "real": [[0.1, 0.5], [-1.0, 0.3], [0.7, 1.2], [0.2, -0.4], [1.1, 0.9]],
                "fake": [[1.1, 0.0], [0.4, -0.8], [-0.6, 0.9], [0.3, 0.3]],
            },
            ask=_torchmetrics_fid,
            tell=_our_fid,
            tolerance=1e-10,
            conversion="its own formula on given features' moments, covariances over n − 1",
        ),
    ),
    task=Task("pairs of samples of one normal law in 8 dimensions", _bias_task),
    conventions=("squared", "covariances over n − 1", "features are given"),
)

SPECIFICATIONS = (FID,)

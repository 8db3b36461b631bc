"""Score matching, explicit and implicit: rows 59 and 211."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
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
from numerics.specifications.outcomes import close, equal, gradient, worst
from reference_models.learning import score_matching as sm

PAGE = "reference_models.learning.score_matching"


def _hermite(draw: Draw, nodes: int, d: int) -> tuple[Tensor, Tensor]:
    """Nodes (n, d) and weights (n,) that integrate polynomials under N(0, I)."""
    t, w = (draw.tensor(a) for a in np.polynomial.hermite_e.hermegauss(nodes))
    x = torch.cartesian_prod(*[t] * d).reshape(-1, d)
    return x, torch.cartesian_prod(*[w / w.sum()] * d).reshape(-1, d).prod(-1)


def _difference(model: Model, draw: Draw) -> Outcome:
    x, w = _hermite(draw, 8, 2)
    root, shift, bent = draw.normal(2, 2), draw.normal(2), draw.normal(2, 2)
    points = x @ root.mT + shift
    precision = torch.linalg.inv(root @ root.mT)

    def s(at: Tensor) -> Tensor:
        return at @ bent.mT + 0.1 * at**2

    def data(at: Tensor) -> Tensor:
        return -(at - shift) @ precision

    gap = model.implicit(s, points, w) - model.explicit(s, data, points, w)
    return close(gap, -(w * (data(points) ** 2).sum(-1)).sum() / 2, 1e-8)


def _free_of_z(model: Model, draw: Draw) -> Outcome:
    x, c, k = draw.normal(6, 2), draw.uniform(0.5, 3), draw.uniform(0.3, 2)
    plain = model.score(lambda at: -k * (at**2).sum(-1), x)
    shifted = model.score(lambda at: -k * (at**2).sum(-1) + c, x)
    return worst(equal(plain, shifted), equal(plain, -2 * k * x))


def _recovers(model: Model, draw: Draw) -> Outcome:
    x = draw.normal(12, 2) @ draw.normal(2, 2)
    w = torch.full((12,), 1 / 12, dtype=x.dtype, device=x.device)
    mean = x.mean(0)
    precision = torch.linalg.inv((x - mean).mT @ (x - mean) / 12)

    def loss(theta: Tensor) -> Tensor:
        return model.implicit(lambda at: -(at - theta[:2]) @ theta[2:].reshape(2, 2).mT, x, w)

    at = torch.cat([mean, precision.flatten()])
    slope = gradient(loss, at)
    return equal(slope / torch.linalg.norm(precision).clamp_min(1), 0.0, 1e-8)


def _iris(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    """A normal model of iris fitted by the implicit loss alone, in one step of Newton's: the sample's precision."""
    from sklearn.datasets import load_iris

    x = draw.tensor(load_iris().data)
    n, d = x.shape
    w = torch.full((n,), 1 / n, dtype=x.dtype, device=x.device)
    mean = x.mean(0)
    wanted = torch.linalg.inv((x - mean).mT @ (x - mean) / n)
    theta = torch.zeros(d + d * d, dtype=x.dtype, device=x.device)  # s(x) = b − Ax, quadratic in (b, A)

    def loss(t: Tensor) -> Tensor:
        return model.implicit(lambda at: t[:d] - at @ t[d:].reshape(d, d).mT, x, w)

    slope = gradient(loss, theta)
    progress(0.2)
    curve = torch.func.hessian(loss)(theta)
    theta = theta - torch.linalg.solve(curve, slope)
    found = theta[d:].reshape(d, d)
    centre = torch.linalg.solve(found, theta[:d])
    progress(1.0)
    apart = (found - wanted).abs().max() / wanted.abs().max()
    pair = (wanted.flatten().tolist(), found.flatten().tolist())
    return Result(
        (
            Figure("largest error of the precision, relative", float(apart), 0.0, 1e-8),
            Figure("largest error of the mean", float((centre - mean).abs().max()), 0.0, 1e-8, "cm"),
            Figure("loss at the optimum", float(loss(theta)), float(-torch.trace(wanted) / 2), 1e-8),
        ),
        (Panel("found against inverse covariance", "points", {"precisions": pair}),),
    )


MATCHING = Specification(
    name="score_matching",
    family="learning",
    systems=(59, 211),
    title="Score matching, explicit and implicit",
    statement="J = E[½|s|² + ∇·s] = ½ E|s − ∇log p|² − ½ E|∇log p|²",
    page=PAGE,
    functions={"score": sm.score, "divergence": sm.divergence, "explicit": sm.explicit, "implicit": sm.implicit},
    properties=(
        Property(
            "implicit − explicit is −½ E|∇log p|², whatever the model: Gauss-Hermite",
            _difference,
            Mutant(
                "the ½ stands before the divergence too",
                {"implicit": lambda s, x, w: (w * ((s(x) ** 2).sum(-1) + sm.divergence(s, x))).sum() / 2},
            ),
        ),
        Property(
            "the score is free of the normaliser",
            _free_of_z,
            Mutant(
                "the density's gradient, not its logarithm's", {"score": lambda f, x: sm.score(lambda v: f(v).exp(), x)}
            ),
        ),
        Property(
            "the implicit loss is stationary at the sample's mean and precision",
            _recovers,
            Mutant(
                "the divergence has the wrong sign",
                {"implicit": lambda s, x, w: (w * ((s(x) ** 2).sum(-1) / 2 - sm.divergence(s, x))).sum()},
            ),
        ),
    ),
    source="Hyvärinen 2005, section 2",
    task=Task("scikit-learn's iris", _iris),
    conventions=("½ in both losses", "∇ is by x"),
)

SPECIFICATIONS = (MATCHING,)

"""Multi-view learning: row 173."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import Any

import torch
from torch import Tensor

from numerics.specifications.contract import Answers, Model, Mutant, Oracle, Outcome, Property, Specification
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import at_most, close, equal, worst
from reference_models.multimodal import views
from reference_models.structured import linear_latent


def _pair(draw: Draw) -> tuple[Tensor, Tensor]:
    z = draw.normal(60, 2)
    return z @ draw.normal(2, 3) + 0.5 * draw.normal(60, 3), z @ draw.normal(2, 4) + 0.5 * draw.normal(60, 4)


def _likeliest(model: Model, draw: Draw) -> Outcome:
    """The likelihood of the two-view factor model is flat at the canonical solution, in every entry of W and Ψ."""
    x, y = _pair(draw)
    w1, w2, psi1, psi2 = model.likeliest_factors(x, y, 2)

    def fit(at: tuple[Tensor, Tensor, Tensor, Tensor]) -> Tensor:
        return model.mean_log_likelihood(x, y, model.joint_covariance(*at))

    slopes = torch.func.grad(fit)((w1, w2, psi1, psi2))
    return worst(*(equal(s, 0.0, 1e-7) for s in slopes))


def _whole_correlations(x: Tensor, y: Tensor, k: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    xx, _, yy = views.covariances(x, y)
    r, u, v = linear_latent.canonical_correlations(x, y)
    w1, w2 = xx @ u[:, :k] * r[:k], yy @ v[:, :k]  # R and 1 for R^{1/2} twice: the same cross-covariance
    return w1, w2, xx - w1 @ w1.mT, yy - 0.9 * w2 @ w2.mT


def _no_better(model: Model, draw: Draw) -> Outcome:
    """By brute force: of all pairs of canonical directions the first two are likeliest."""
    x, y = _pair(draw)
    top = model.mean_log_likelihood(x, y, model.joint_covariance(*model.likeliest_factors(x, y, 2)))
    xx, _, yy = views.covariances(x, y)
    r, u, v = model.canonical(x, y)
    others = []
    for pair in combinations(range(3), 2):
        w1, w2 = (c @ w[:, list(pair)] * torch.sqrt(r[list(pair)]) for c, w in ((xx, u), (yy, v)))
        others.append(model.mean_log_likelihood(x, y, model.joint_covariance(w1, w2, xx - w1 @ w1.mT, yy - w2 @ w2.mT)))
    return at_most(torch.stack(others), top, 1e-9)


def _smallest(x: Tensor, y: Tensor, k: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    xx, _, yy = views.covariances(x, y)
    r, u, v = linear_latent.canonical_correlations(x, y)
    w1, w2 = xx @ u[:, -k:] * torch.sqrt(r[-k:]), yy @ v[:, -k:] * torch.sqrt(r[-k:])
    return w1, w2, xx - w1 @ w1.mT, yy - w2 @ w2.mT


def _directions(model: Model, draw: Draw) -> Outcome:
    """Uᵀ C_xx U = I, Uᵀ C_xy V = diag r; correlations in [0, 1] and unchanged by a linear map of each view."""
    x, y = _pair(draw)
    r, u, v = model.canonical(x, y)
    xx, xy, yy = views.covariances(x, y)
    eye = torch.eye(3, dtype=x.dtype, device=x.device)
    moved = model.canonical(x @ draw.spd(3) + 1, y @ draw.spd(4) - 2)[0]
    return worst(
        close(u.mT @ xx @ u, eye, 1e-8),
        close(v.mT @ yy @ v, eye, 1e-8),
        close(u.mT @ xy @ v, torch.diag(r), 1e-8),
        at_most(r, 1.0),
        close(moved, r, 1e-7),
    )


def _unwhitened(x: Tensor, y: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    xx, xy, yy = views.covariances(x, y)
    left, correlations, right = torch.linalg.svd(views.inverse_root(xx) @ xy, full_matrices=False)
    return correlations, views.inverse_root(xx) @ left, views.inverse_root(yy) @ right.mT


def _information(model: Model, draw: Draw) -> Outcome:
    """½ log |C_xx||C_yy|/|C| of the whole covariance."""
    x, y = _pair(draw)
    cov = torch.cov(torch.cat([x, y], 1).mT, correction=0)
    parts = torch.linalg.slogdet(cov[:3, :3])[1] + torch.linalg.slogdet(cov[3:, 3:])[1]
    return close(model.gaussian_information(model.canonical(x, y)[0]), (parts - torch.linalg.slogdet(cov)[1]) / 2, 1e-8)


def _from_statsmodels(inputs: Mapping[str, Any]) -> Answers:
    import numpy as np
    from statsmodels.multivariate.cancorr import CanCorr

    return {"correlations": CanCorr(np.array(inputs["y"]), np.array(inputs["x"])).cancorr.tolist()}


def _ours(model: Model, inputs: Mapping[str, Any]) -> Answers:
    x, y = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("x", "y"))
    return {"correlations": model.canonical(x, y)[0]}


VIEWS = Specification(
    name="multi_view",
    family="multimodal",
    systems=(173,),
    title="Multi-view learning: a latent shared by two views",
    statement="z ~ N(0, I), x_i | z ~ N(W_i z + μ_i, Ψ_i); the likeliest W_i are C_ii U_i R^{1/2} of CCA",
    page="reference_models.multimodal.views",
    functions={
        "canonical": linear_latent.canonical_correlations,
        "likeliest_factors": views.likeliest_factors,
        "joint_covariance": views.joint_covariance,
        "mean_log_likelihood": views.mean_log_likelihood,
        "gaussian_information": views.gaussian_information,
    },
    properties=(
        Property(
            "the likelihood is flat at the canonical solution",
            _likeliest,
            Mutant("a tenth of Ψ_2 is off", {"likeliest_factors": _whole_correlations}),
        ),
        Property(
            "no other canonical directions are likelier",
            _no_better,
            Mutant("the least correlations", {"likeliest_factors": _smallest}),
        ),
        Property(
            "directions whiten each view; linear maps change no correlation",
            _directions,
            Mutant("the second view isn't whitened", {"canonical": _unwhitened}),
        ),
        Property(
            "information by determinants",
            _information,
            Mutant("r for r²", {"gaussian_information": lambda r: -torch.log1p(-r).sum() / 2}),
        ),
    ),
    source="Bach and Jordan 2005",
    oracles=(
        Oracle(
            package="statsmodels",
            inputs={
                "x": [[0.1, 1.0], [0.9, -0.3], [-1.1, 0.4], [0.5, 0.7], [-0.2, -1.3], [1.4, 0.2]],
                "y": [[0.3, 0.8], [0.7, -0.9], [-0.6, 0.1], [0.9, 0.2], [-0.5, -0.4], [0.8, 0.9]],
            },
            ask=_from_statsmodels,
            tell=_ours,
            tolerance=1e-9,
            conversion="CanCorr centres the data; correlations don't depend on the divisor",
        ),
    ),
    conventions=("covariances divide by n", "greatest correlation first"),
)

SPECIFICATIONS = (VIEWS,)

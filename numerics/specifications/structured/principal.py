"""Probabilistic PCA and canonical correlations: rows 31 and 32."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
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
from numerics.specifications.outcomes import at_most, equal, gradient, worst
from numerics.specifications.structured.linear_latent import PAGE, dense_log_prob, invertible, standardised_wine
from reference_models.structured import linear_latent


def _cloud(draw: Draw) -> Tensor:
    return draw.normal(30, 4) @ torch.diag(draw.tensor([2.0, 1.4, 0.8, 0.4])) @ draw.orthogonal(4) + draw.normal(4)


def _least_error(model: Model, draw: Draw) -> Outcome:
    x = _cloud(draw)
    off = x - x.mean(0)
    axes, values = model.axes(x, 2)
    other = draw.orthogonal(4)[:, :2]

    def error(u: Tensor) -> Tensor:
        return ((off - off @ u @ u.mT) ** 2).sum() / len(x)

    return worst(
        equal(error(axes), values[2:].sum(), 1e-9),
        equal(((off @ axes) ** 2).sum() / len(x), values[:2].sum(), 1e-9),
        at_most(error(axes), error(other)),
    )


def _ppca_stationary(model: Model, draw: Draw) -> Outcome:
    x = _cloud(draw)
    w, var = model.ppca(x, 2)

    def likelihood(v: Tensor, noise: Tensor) -> Tensor:
        return dense_log_prob(x, x.mean(0), v @ v.mT + noise * torch.eye(4).to(x)).mean()

    return worst(
        equal(gradient(lambda v: likelihood(v, var), w), 0.0, 1e-8),
        equal(gradient(lambda v: likelihood(w, v), var), 0.0, 1e-8),
    )


def _linear_vae(model: Model, draw: Draw) -> Outcome:
    x = _cloud(draw)
    w, var = model.ppca(x, 2)
    off = x - x.mean(0)
    z, g = linear_latent.fa_posterior(x, w, x.mean(0), var.expand(4))
    spread = torch.diagonal(g)  # the encoder's diagonal covariance
    squared = ((off - z @ w.mT) ** 2).sum(-1) + (w**2 * spread).sum()
    elbo = (
        -squared / (2 * var) - 2 * torch.log(2 * torch.pi * var) - (z**2 + spread - 1 - torch.log(spread)).sum(-1) / 2
    )
    best = dense_log_prob(x, x.mean(0), w @ w.mT + var * torch.eye(4).to(x))
    axes = linear_latent.principal_axes(x, 2)[0]
    return worst(equal(elbo, best, 1e-8), equal(w - axes @ (axes.mT @ w), 0.0, 1e-9))


def _uncentred(x: Tensor, d: int) -> tuple[Tensor, Tensor]:
    values, vectors = torch.linalg.eigh(x.mT @ x / len(x))
    return vectors.flip(1)[:, :d], values.flip(0)


def _unreduced(x: Tensor, d: int) -> tuple[Tensor, Tensor]:
    axes, values = linear_latent.principal_axes(x, d)
    return axes * torch.sqrt(values[:d]), values[d:].mean()


def _turned(x: Tensor, d: int) -> tuple[Tensor, Tensor]:
    w, var = linear_latent.ppca_mle(x, d)
    return w @ torch.tensor([[0.8, -0.6], [0.6, 0.8]]).to(w), var


def _from_pca(inputs: Mapping[str, Any]) -> Answers:
    from sklearn.decomposition import PCA

    x = np.array(inputs["x"])
    fit, n = PCA(1).fit(x), len(x)
    return {
        "eigenvalue": (fit.explained_variance_ * (n - 1) / n).tolist(),
        "projection": np.outer(fit.components_[0], fit.components_[0]).tolist(),
        "covariance": (fit.get_covariance() * (n - 1) / n).tolist(),
    }


def _pca_ours(model: Model, inputs: Mapping[str, Any]) -> Answers:
    x = torch.tensor(inputs["x"], dtype=torch.float64)
    axes, values = model.axes(x, 1)
    w, var = model.ppca(x, 1)
    eye = torch.eye(x.shape[1], dtype=torch.float64)
    return {"eigenvalue": values[:1], "projection": axes @ axes.mT, "covariance": w @ w.mT + var * eye}


def _wine_ppca(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    x, steps = standardised_wine(draw), 600
    w, var, seen = draw.normal(13, 2), torch.ones(()).to(x), []
    for step in range(steps):
        if step % 50 == 0:
            seen.append(float(linear_latent.fa_log_prob(x, w, x.mean(0), var.expand(13)).mean()))
            progress(step / steps)
        w, psi = linear_latent.fa_em_step(x, w, var.expand(13))
        var = psi.mean()  # one variance for all coordinates
    found = float(linear_latent.fa_log_prob(x, w, x.mean(0), var.expand(13)).mean())
    best, noise = model.ppca(x, 2)
    closed = float(linear_latent.fa_log_prob(x, best, x.mean(0), noise.expand(13)).mean())
    axes, _ = model.axes(x, 2)
    outside = float((w - axes @ (axes.mT @ w)).abs().max())
    progress(1.0)
    points = (x - x.mean(0)) @ axes
    return Result(
        (
            Figure("mean log-likelihood after EM, the closed form's", found, closed, 1e-6, "nats"),
            Figure("noise variance after EM, the closed form's", float(var), float(noise), 1e-4),
            Figure("largest part of W outside the principal subspace", outside, 0.0, 1e-4),
        ),
        (
            Panel("Mean log-likelihood by EM step", "lines", {"wine": (list(range(0, steps, 50)), seen)}),
            Panel("Two principal coordinates", "points", {"wine": (points[:, 0].tolist(), points[:, 1].tolist())}),
        ),
    )


PPCA = Specification(
    name="ppca",
    family="structured",
    systems=(31,),
    title="Principal components, plain and probabilistic",
    statement="W = U_d (Λ_d − σ² I)^(1/2), σ² = mean of the D − d smallest eigenvalues",
    page=PAGE,
    functions={"axes": linear_latent.principal_axes, "ppca": linear_latent.ppca_mle},
    properties=(
        Property("most variance is least error", _least_error, Mutant("data aren't centred", {"axes": _uncentred})),
        Property("the closed form is stationary", _ppca_stationary, Mutant("Λ for Λ − σ²", {"ppca": _unreduced})),
        Property(
            "the ELBO of a linear VAE reaches it, in the same subspace",
            _linear_vae,
            Mutant("W is rotated", {"ppca": _turned}),
        ),
    ),
    source="Bishop 2006, section 12.2.1",
    oracles=(
        Oracle(
            package="scikit-learn",
            inputs={"x": [[0.9, 1.1, 0.2], [-0.5, -0.9, 0.4], [1.8, 1.2, 1.0], [-1.1, -0.3, -1.4], [0.3, 0.6, 0.9]]},
            ask=_from_pca,
            tell=_pca_ours,
            tolerance=1e-12,
            conversion="its eigenvalues divide by n − 1: times (n − 1)/n; signs of axes cancel in projections",
        ),
    ),
    task=Task("scikit-learn's wine, standardised, two components", _wine_ppca, training=True),
    conventions=("sample covariances divide by n", "no rotation: R = I"),
)


def _views(draw: Draw) -> tuple[Tensor, Tensor]:
    shared = draw.normal(40, 1)
    return torch.cat([shared + 0.7 * draw.normal(40, 1), draw.normal(40, 2)], 1) + 1.0, shared + draw.normal(40, 2)


def _correlation(a: Tensor, b: Tensor) -> Tensor:
    a, b = a - a.mean(0), b - b.mean(0)
    return (a * b).sum(0) / torch.sqrt((a**2).sum(0) * (b**2).sum(0))


def _correlations(model: Model, draw: Draw) -> Outcome:
    x, y = _views(draw)
    values, left, right = model.correlations(x, y)
    return worst(
        at_most(values, 1.0),
        at_most(-values, 0.0),
        equal(_correlation(x @ left, y @ right), values, 1e-9),
        equal((x @ left).mT.cov(correction=0), torch.eye(2).to(x), 1e-9),
    )


def _largest_correlation(model: Model, draw: Draw) -> Outcome:
    x, y = _views(draw)
    values, left, right = model.correlations(x, y)
    tried = _correlation(x @ draw.normal(3, 200), y @ draw.normal(2, 200))
    slope = gradient(lambda v: _correlation(x @ v, y @ right[:, :1]), left[:, :1])
    return worst(at_most(tried.abs(), values[0]), equal(slope, 0.0, 1e-9))


def _linear_maps(model: Model, draw: Draw) -> Outcome:
    x, y = _views(draw)
    a, b = invertible(draw, 3), invertible(draw, 2)
    return equal(model.correlations(x @ a + 1, y @ b)[0], model.correlations(x, y)[0], 1e-8)


def _full_inverse(x: Tensor, y: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    cx, cy = x.mT.cov(correction=0), y.mT.cov(correction=0)
    across = (x - x.mean(0)).mT @ (y - y.mean(0)) / len(x)
    u, values, vh = torch.linalg.svd(torch.linalg.inv(cx) @ across @ torch.linalg.inv(cy), full_matrices=False)
    return values, linear_latent.inverse_root(cx) @ u, linear_latent.inverse_root(cy) @ vh.mT


def _off_centre(x: Tensor, y: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    left, right = linear_latent.inverse_root(x.mT @ x / len(x)), linear_latent.inverse_root(y.mT @ y / len(x))
    u, values, vh = torch.linalg.svd(left @ (x.mT @ y / len(x)) @ right, full_matrices=False)
    return values, left @ u, right @ vh.mT


def _covariances(x: Tensor, y: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    u, values, vh = torch.linalg.svd((x - x.mean(0)).mT @ (y - y.mean(0)) / len(x), full_matrices=False)
    return values, u, vh.mT


def _from_statsmodels(inputs: Mapping[str, Any]) -> Answers:
    from statsmodels.multivariate.cancorr import CanCorr

    return {"correlations": CanCorr(np.array(inputs["y"]), np.array(inputs["x"])).cancorr.tolist()}


def _cca_ours(model: Model, inputs: Mapping[str, Any]) -> Answers:
    x, y = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("x", "y"))
    return {"correlations": model.correlations(x, y)[0]}


CCA = Specification(
    name="cca",
    family="structured",
    systems=(32,),
    title="Canonical correlation analysis",
    statement="singular values of Σ_xx^(−1/2) Σ_xy Σ_yy^(−1/2)",
    page=PAGE,
    functions={"correlations": linear_latent.canonical_correlations},
    properties=(
        Property(
            "singular values are correlations in [0, 1]",
            _correlations,
            Mutant("views aren't centred", {"correlations": _off_centre}),
        ),
        Property(
            "no directions correlate more", _largest_correlation, Mutant("covariances", {"correlations": _covariances})
        ),
        Property(
            "linear maps of a view change nothing",
            _linear_maps,
            Mutant("Σ⁻¹ for Σ^(−1/2)", {"correlations": _full_inverse}),
        ),
    ),
    source="Hotelling 1936",
    oracles=(
        Oracle(
            package="statsmodels",
            inputs={
                "x": [[0.9, 1.1], [-0.5, -0.9], [1.8, 1.2], [-1.1, -0.3], [0.3, 0.6], [0.1, -1.2]],
                "y": [[0.2, 1.0], [0.4, -0.5], [1.0, 0.9], [-1.4, 0.1], [0.9, 0.3], [-0.2, -0.8]],
            },
            ask=_from_statsmodels,
            tell=_cca_ours,
            tolerance=1e-10,
            conversion="both centre the views",
        ),
    ),
)

SPECIFICATIONS = (PPCA, CCA)

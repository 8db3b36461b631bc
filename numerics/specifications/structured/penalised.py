"""MAP estimation, ridge and lasso: row 202."""

from __future__ import annotations

import math
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
from numerics.specifications.structured.estimators import PAGE, diabetes
from reference_models.learning import estimation
from reference_models.structured import estimators


def _design(draw: Draw) -> tuple[Tensor, Tensor, float, float]:
    return draw.normal(10, 3), draw.normal(10), float(draw.uniform(0.3, 2)), float(draw.uniform(0.3, 0.9))


def _ridge(model: Model, draw: Draw) -> Outcome:
    x, y, var, prior = _design(draw)
    w = model.ridge(x, y, var, prior)
    slope = gradient(lambda v: model.objective(x, y, v, var, model.normal_prior(v, prior)), w)
    cov = prior * x @ x.mT + var * torch.eye(10).to(x)  # of the data
    return worst(equal(slope, 0.0, 1e-8), equal(w, prior * x.mT @ torch.linalg.solve(cov, y), 1e-9))


def _lasso(model: Model, draw: Draw) -> Outcome:
    x, y, var, b = _design(draw)
    b = 5 * b  # few weights are zero
    w = model.lasso(x, y, var, b)
    pull = x.mT @ (y - x @ w) / var
    on = w != 0
    return worst(equal(torch.where(on, pull - torch.sign(w) / b, 0.0), 0.0, 1e-7), at_most(pull.abs(), 1 / b, 1e-7))


def _log_posterior(model: Model, draw: Draw) -> Outcome:
    x, y, var, prior = _design(draw)
    w, v, b = draw.normal(3), draw.normal(3), prior
    normal = model.objective(x, y, w, var, model.normal_prior(w, prior)) - model.objective(
        x, y, v, var, model.normal_prior(v, prior)
    )
    laplace = model.laplace_prior(w, b) - model.laplace_prior(v, b)
    fit = (((y - x @ w) ** 2).sum() - ((y - x @ v) ** 2).sum()) / (2 * var)
    return worst(
        equal(normal, fit + ((w**2).sum() - (v**2).sum()) / (2 * prior), 1e-9),
        equal(laplace, -(w.abs().sum() - v.abs().sum()) / b, 1e-9),
    )


def _proper(model: Model, draw: Draw) -> Outcome:
    scale = float(draw.uniform(0.3, 1.5))
    t = torch.linspace(0, 60, 60_001, dtype=torch.float64, device=draw.device)
    one = torch.stack([model.normal_prior(v[None], scale) for v in t[:12_001:100]])
    two = torch.stack([model.laplace_prior(v[None], scale) for v in t[:12_001:100]])
    halves = [2 * torch.trapezoid(torch.exp(p), t[:12_001:100]) for p in (one, two)]
    return worst(equal(halves[0], 1.0, 1e-6), equal(halves[1], 1.0, 0.01))


def _flat(model: Model, draw: Draw) -> Outcome:
    x, y, var, _ = _design(draw)
    best = torch.linalg.lstsq(x, y[:, None]).solution[:, 0]
    return worst(
        equal(model.ridge(x, y, var, 1e12), best, 1e-8),
        equal(model.lasso(x, y, var, 1e12), best, 1e-6),
        equal(model.lasso(x, y, var, 1e-6), 0.0),
    )


def _inverted(x: Tensor, y: Tensor, var: float, prior_var: float) -> Tensor:
    return estimation.ridge(x, y, prior_var, var)


def _without_variance(x: Tensor, y: Tensor, var: float, b: float, sweeps: int = 200) -> Tensor:
    return estimation.lasso(x, y, 2 * var, b, sweeps)


def _not_halved(w: Tensor, prior_var: float) -> Tensor:
    return -(w**2).sum() / prior_var - len(w) / 2 * math.log(math.pi * prior_var)


def _one_sided(w: Tensor, b: float) -> Tensor:
    return estimators.laplace_log_prior(w, b) + math.log(2)


def _shrunken(x: Tensor, y: Tensor, var: float, b: float, sweeps: int = 200) -> Tensor:
    return 0.99 * estimation.lasso(x, y, var, b, sweeps)


def _from_sklearn(inputs: Mapping[str, Any]) -> Answers:
    from sklearn.linear_model import Lasso, Ridge

    x, y = np.array(inputs["x"]), np.array(inputs["y"])
    var, prior, b = inputs["var"], inputs["prior"], inputs["b"]
    return {
        "ridge": Ridge(var / prior, fit_intercept=False).fit(x, y).coef_.tolist(),
        "lasso": Lasso(var / (len(y) * b), fit_intercept=False, tol=1e-14, max_iter=100_000).fit(x, y).coef_.tolist(),
    }


def _map_ours(model: Model, inputs: Mapping[str, Any]) -> Answers:
    x, y = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("x", "y"))
    return {
        "ridge": model.ridge(x, y, inputs["var"], inputs["prior"]),
        "lasso": model.lasso(x, y, inputs["var"], inputs["b"]),
    }


def _map_task(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    from sklearn.linear_model import Lasso, Ridge

    x, y = diabetes(draw)
    x, y = x[:, :-1], y - y.mean()
    ridge = model.ridge(x, y, 3000.0, 100.0)
    progress(0.3)
    lasso = model.lasso(x, y, 3000.0, 1.0, 3000)
    progress(0.9)
    a, b = x.cpu().numpy(), y.cpu().numpy()
    gap = np.abs(ridge.cpu().numpy() - Ridge(30.0, fit_intercept=False).fit(a, b).coef_).max()
    sparse = Lasso(3000.0 / len(b), fit_intercept=False, tol=1e-12, max_iter=100_000).fit(a, b).coef_
    pull = (x.mT @ (y - x @ lasso) / 3000.0).abs().max()
    progress(1.0)
    places = list(range(10))
    return Result(
        (
            Figure("ridge: largest difference from scikit-learn", float(gap), 0.0, 1e-9),
            Figure(
                "lasso: largest difference from scikit-learn",
                float(np.abs(lasso.cpu().numpy() - sparse).max()),
                0.0,
                1e-5,
            ),
            Figure("lasso: largest |Xᵀr|/σ², at most 1/b", float(pull), 1.0, 1e-9),
            Figure("lasso: weights that are zero", float((lasso == 0).sum())),
        ),
        (Panel("Weights", "bars", {"ridge": (places, ridge.tolist()), "lasso": (places, lasso.tolist())}),),
    )


def _not_halved_fit(x: Tensor, y: Tensor, w: Tensor, var: float, log_prior: Tensor) -> Tensor:
    return estimators.map_objective(x, y, w, var, log_prior) + ((y - x @ w) ** 2).sum() / (2 * var)


MAP = Specification(
    name="map_regression",
    family="structured",
    systems=(202,),
    title="MAP estimation",
    statement="θ_MAP = argmin −Σ log p(y_k | u_k, θ) − log P(θ): |θ|²/2τ² or |θ|₁/b",
    page=PAGE,
    functions={
        "ridge": estimation.ridge,
        "lasso": estimation.lasso,
        "objective": estimators.map_objective,
        "normal_prior": estimators.normal_log_prior,
        "laplace_prior": estimators.laplace_log_prior,
    },
    properties=(
        Property("a normal prior: ridge, the posterior mean", _ridge, Mutant("τ²/σ² for σ²/τ²", {"ridge": _inverted})),
        Property(
            "a Laplace prior: lasso, its subgradient",
            _lasso,
            Mutant("2σ² in the threshold", {"lasso": _without_variance}),
        ),
        Property("the penalties", _log_posterior, Mutant("|w|²/τ²", {"normal_prior": _not_halved})),
        Property("the fit is halved", _ridge, Mutant("|y − Xw|²/σ²", {"objective": _not_halved_fit})),
        Property("priors have mass 1", _proper, Mutant("1/b for 1/2b", {"laplace_prior": _one_sided})),
        Property("a flat prior: least squares", _flat, Mutant("shrunk by 1 %", {"lasso": _shrunken})),
    ),
    source="Bishop 2006, sections 1.2.5 and 3.1.4",
    oracles=(
        Oracle(
            package="scikit-learn",
            inputs={
                "x": [[0.9, 1.1, 0.2], [-0.5, -0.9, 0.4], [1.8, 1.2, 1.0], [-1.1, -0.3, -1.4], [0.3, 0.6, 0.9]],
                "y": [1.2, -0.6, 2.9, -1.9, 0.8],
                "var": 0.5,
                "prior": 0.8,
                "b": 0.6,
            },
            ask=_from_sklearn,
            tell=_map_ours,
            tolerance=1e-9,
            conversion="Ridge: alpha = σ²/τ²; Lasso divides the residual by 2N: alpha = σ²/(N b)",
        ),
    ),
    task=Task("scikit-learn's diabetes, ridge and lasso", _map_task, training=True),
    conventions=("sums over the data", "var and prior_var are variances, b a scale"),
)

SPECIFICATIONS = (MAP,)

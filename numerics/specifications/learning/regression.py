"""MAP estimation (56) and least squares (57)."""

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
from numerics.specifications.outcomes import at_most, close, equal, gradient, worst
from reference_models.learning import estimation

PAGE = "reference_models.learning.estimation"


def _design(draw: Draw) -> tuple[Tensor, Tensor]:
    mixed = torch.eye(3, dtype=torch.float64, device=draw.device) + draw.uniform(-0.15, 0.15, 3, 3)
    X = 3 * torch.linalg.qr(draw.normal(9, 3))[0] @ mixed  # columns that are neither orthogonal nor nearly dependent
    w = (2 * draw.bits(3) - 1) * draw.uniform(1, 2, 3)
    return X, X @ w + 0.5 * draw.normal(9)


def _ridge_stationary(model: Model, draw: Draw) -> Outcome:
    X, y = _design(draw)
    var, tau2 = draw.uniform(0.2, 0.9), draw.uniform(1.2, 3)
    w = model.ridge(X, y, var, tau2)
    return equal(gradient(lambda v: model.negative_log_posterior(X, y, v, var, tau2), w), 0.0)


def _ridge_conditional(model: Model, draw: Draw) -> Outcome:
    X, y = _design(draw)
    var, tau2 = draw.uniform(0.2, 0.9), draw.uniform(1.2, 3)
    cov = tau2 * X @ X.mT + var * torch.eye(9, dtype=X.dtype, device=X.device)
    return equal(model.ridge(X, y, var, tau2), tau2 * X.mT @ torch.linalg.solve(cov, y))


def _lasso_kkt(model: Model, draw: Draw) -> Outcome:
    X, y = _design(draw)
    var, b = draw.uniform(0.2, 1), draw.uniform(0.2, 1)
    w = model.lasso(X, y, var, b, 100)
    slope = X.mT @ (y - X @ w) / var
    on = equal(torch.where(w != 0, slope - torch.sign(w) / b, 0.0), 0.0, 1e-8)
    return worst(on, at_most(slope.abs(), 1 / b, 1e-8))


def _flat(model: Model, draw: Draw) -> Outcome:
    X, y = _design(draw)
    return close(
        model.ridge(X, y, draw.tensor(0.5), draw.tensor(1e12)), torch.linalg.lstsq(X, y[:, None])[0][:, 0], 1e-8
    )


def _not_invariant(model: Model, draw: Draw) -> Outcome:
    s, f, a, b = draw.uniform(1, 5, 4)

    def log_density_of_logit(u: Tensor) -> Tensor:
        p = torch.sigmoid(u)
        return (a + s - 1) * torch.log(p) + (b + f - 1) * torch.log(1 - p) + torch.log(p * (1 - p))

    p = model.beta_map(a, b, s, f)
    by_p = gradient(lambda q: (a + s - 1) * torch.log(q) + (b + f - 1) * torch.log(1 - q), p)
    return worst(
        equal(by_p, 0.0), equal(gradient(log_density_of_logit, torch.logit(model.beta_map_of_logit(a, b, s, f))), 0.0)
    )


def _sklearn_map(inputs: Mapping[str, Any]) -> Answers:
    from sklearn.linear_model import Lasso, Ridge

    X, y = np.array(inputs["X"]), np.array(inputs["y"])
    var, tau2, b = inputs["var"], inputs["tau2"], inputs["b"]
    lasso = Lasso(alpha=var / (len(y) * b), fit_intercept=False, tol=1e-14, max_iter=100_000).fit(X, y)
    return {"ridge": Ridge(alpha=var / tau2, fit_intercept=False).fit(X, y).coef_, "lasso": lasso.coef_}


def _our_map(model: Model, inputs: Mapping[str, Any]) -> Answers:
    X, y, var, tau2, b = (torch.tensor(inputs[n], dtype=torch.float64) for n in ("X", "y", "var", "tau2", "b"))
    return {"ridge": model.ridge(X, y, var, tau2), "lasso": model.lasso(X, y, var, b)}


DESIGN = {
    "X": [[1.0, 0.5, -0.3], [0.2, -1.1, 0.8], [-0.7, 0.4, 1.5], [1.3, 0.9, 0.1], [-0.2, -0.6, -1.2], [0.5, 1.4, 0.6]],
    "y": [1.2, -0.4, -1.9, 1.1, 0.9, 0.3],
}


def _leave_one_out(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    """Ridge on scikit-learn's diabetes: leaving out each patient by refitting, and by the hat matrix's formula."""
    from sklearn.datasets import load_diabetes

    X, y = (draw.tensor(a) for a in load_diabetes(return_X_y=True))
    y, X, var, tau2 = (y - y.mean()) / y.std(), X / X.std(0), draw.tensor(0.5), draw.tensor(0.05)
    errors = []
    for i in range(len(y)):
        others = torch.arange(len(y), device=y.device) != i
        errors.append(y[i] - X[i] @ model.ridge(X[others], y[others], var, tau2))
        progress((i + 1) / len(y))
    hat = X @ torch.linalg.solve(X.mT @ X + var / tau2 * torch.eye(X.shape[1], dtype=X.dtype, device=X.device), X.mT)
    quick = (y - hat @ y) / (1 - hat.diagonal())
    refit = torch.stack(errors)
    w = model.lasso(X, y, var, draw.tensor(0.02))
    return Result(
        (
            Figure("leave-one-out mean square", float((refit**2).mean()), float((quick**2).mean()), 1e-10),
            Figure("coefficients that lasso leaves", float((w != 0).sum())),
        ),
        (Panel("left-out errors", "points", {"refitted against formula": (quick.tolist(), refit.tolist())}),),
    )


MAP = Specification(
    name="map_estimation",
    family="learning",
    systems=(56,),
    title="Maximum a posteriori estimation",
    statement="θ̂ = argmax Σ log p(x_i | θ) + log p(θ); ridge (XᵀX + (σ²/τ²) I)⁻¹Xᵀy",
    page=PAGE,
    functions={
        "negative_log_posterior": estimation.negative_log_posterior,
        "ridge": estimation.ridge,
        "lasso": estimation.lasso,
        "beta_map": estimation.beta_map,
        "beta_map_of_logit": estimation.beta_map_of_logit,
    },
    properties=(
        Property(
            "ridge is stationary for the negative log-posterior",
            _ridge_stationary,
            Mutant("λ = var · tau2", {"ridge": lambda X, y, v, t: estimation.ridge(X, y, v, 1 / t)}),
        ),
        Property(
            "ridge is the mean of the Gaussian posterior, by conditioning on y",
            _ridge_conditional,
            Mutant(
                "λ = 1/tau2: the noise variance is lost", {"ridge": lambda X, y, v, t: estimation.ridge(X, y, v / v, t)}
            ),
        ),
        Property(
            "lasso meets the conditions of Karush, Kuhn and Tucker",
            _lasso_kkt,
            Mutant("the penalty is halved", {"lasso": lambda X, y, v, b, n: estimation.lasso(X, y, v / 2, b, n)}),
        ),
        Property(
            "a flat prior gives the MLE",
            _flat,
            Mutant(
                "the prior's variance is taken for its precision",
                {"ridge": lambda X, y, v, t: estimation.ridge(X, y, v, 1 / t)},
            ),
        ),
        Property(
            "the mode moves with the parameterisation, by the Jacobian",
            _not_invariant,
            Mutant("the mode in p is taken for that in logit p", {"beta_map_of_logit": estimation.beta_map}),
        ),
    ),
    source="Bishop 2006, section 3.1.4",
    oracles=(
        Oracle(
            package="scikit-learn",
            inputs={**DESIGN, "var": 0.7, "tau2": 1.9, "b": 0.6},
            ask=_sklearn_map,
            tell=_our_map,
            tolerance=1e-10,
            conversion="Ridge alpha = var/tau2; Lasso divides the squares by 2n, so alpha = var/(n b); no intercept",
        ),
    ),
    task=Task("scikit-learn's diabetes, standardised", _leave_one_out),
    conventions=("tau2 is a variance, b a scale", "no intercept"),
)


def _orthogonal(model: Model, draw: Draw) -> Outcome:
    X, y = _design(draw)
    return equal(X.mT @ (y - X @ model.least_squares(X, y)), 0.0)


def _gaussian_mle(model: Model, draw: Draw) -> Outcome:
    X, y = _design(draw)
    var = draw.uniform(0.3, 2)
    w = model.least_squares(X, y)
    return equal(gradient(lambda v: estimation.normal_log_prob(y, X @ v, var).sum(), w), 0.0)


def _statsmodels(inputs: Mapping[str, Any]) -> Answers:
    from statsmodels.api import OLS

    return {"w": OLS(np.array(inputs["y"]), np.array(inputs["X"])).fit().params}


def _our_squares(model: Model, inputs: Mapping[str, Any]) -> Answers:
    X, y = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("X", "y"))
    return {"w": model.least_squares(X, y)}


LEAST_SQUARES = Specification(
    name="least_squares",
    family="learning",
    systems=(57,),
    title="Least squares",
    statement="ŵ = (XᵀX)⁻¹ Xᵀy",
    page=PAGE,
    functions={"least_squares": estimation.least_squares},
    properties=(
        Property(
            "residuals are orthogonal to the regressors",
            _orthogonal,
            Mutant(
                "a ridge of 0.01 is left in",
                {"least_squares": lambda X, y: estimation.ridge(X, y, y.new_tensor(0.01), y.new_tensor(1.0))},
            ),
        ),
        Property(
            "it maximises the Gaussian likelihood, whatever the variance",
            _gaussian_mle,
            Mutant(
                "regressors are centred without an intercept",
                {"least_squares": lambda X, y: estimation.least_squares(X - X.mean(0), y)},
            ),
        ),
    ),
    source="Bishop 2006, section 3.1.1",
    oracles=(Oracle("statsmodels", DESIGN, _statsmodels, _our_squares, 1e-12, "the same: no constant is added"),),
    conventions=("no intercept",),
)

SPECIFICATIONS = (MAP, LEAST_SQUARES)

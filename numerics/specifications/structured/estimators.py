"""Estimation as minimisation: rows 200, 201 and 202."""

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
from numerics.specifications.outcomes import at_most, equal, gradient, true, worst
from reference_models.structured import estimators

PAGE = "reference_models.structured.estimators"


def _one_argmin(model: Model, draw: Draw) -> Outcome:
    x = torch.cat([draw.bits(7), draw.tensor([0, 1, 1])])[:, None]
    theta = torch.linspace(0.01, 0.99, 99, dtype=torch.float64, device=draw.device)
    log_probs = torch.log(torch.where(x == 1, theta, 1 - theta))
    likelihood, risk = torch.exp(log_probs).prod(0), model.risk(log_probs)
    return worst(
        equal(theta[risk.argmin()], theta[likelihood.argmax()]), equal(torch.exp(-10 * risk), likelihood, 1e-12)
    )


def _under_empirical(model: Model, draw: Draw) -> Outcome:
    y, law = draw.integers(0, 3, 12), draw.simplex(4)
    share = torch.stack([(y == k).to(law).mean() for k in range(4)])
    return equal(model.risk(torch.log(law)[y]), -(share * torch.log(law)).sum())


def _frequencies(model: Model, draw: Draw) -> Outcome:
    y = torch.cat([draw.integers(0, 1, 12), torch.arange(4, device=draw.device)])
    best = model.categorical_mle(y, 4)
    others = draw.simplex(5, 4)
    slope = gradient(lambda v: estimators.empirical_risk(torch.log_softmax(v, -1)[y]), torch.log(best))
    return worst(equal(slope, 0.0), at_most(-torch.log(best)[y].mean(), -torch.log(others)[:, y].mean(1)))


def _normal_equations(model: Model, draw: Draw) -> Outcome:
    x, y = draw.normal(12, 3), draw.normal(12)
    w = model.least_squares(x, y)
    slope = gradient(lambda v: ((y - x @ v) ** 2).sum(), w)
    free = torch.eye(4).to(x)  # a mean of its own for every datum: the data are memorised
    return worst(
        equal(slope, 0.0, 1e-9), equal(x.mT @ (y - x @ w), 0.0, 1e-9), equal(model.least_squares(free, y[:4]), y[:4])
    )


def _logistic(model: Model, draw: Draw) -> Outcome:
    x = torch.cat([draw.normal(30, 2), torch.ones(30, 1).to(draw.device)], 1)
    y = (draw.uniform(0, 1, 30) < torch.sigmoid(x[:, 0])).to(x)
    w = model.logistic_mle(x, y, 0.05)
    slope = gradient(
        lambda v: -(y * torch.log(torch.sigmoid(x @ v)) + (1 - y) * torch.log(torch.sigmoid(-x @ v))).mean(), w
    )
    return equal(slope + 0.05 * w, 0.0, 1e-9)


def _mean_probability(log_probs: Tensor) -> Tensor:
    return -torch.log(torch.exp(log_probs).mean(0))


def _smoothed(y: Tensor, k: int) -> Tensor:
    return (torch.bincount(y, minlength=k) + 1).to(torch.float64) / (len(y) + k)


def _damped(x: Tensor, y: Tensor) -> Tensor:
    return estimators.ridge_map(x, y, 1.0, 100.0)


def _summed_penalty(x: Tensor, y: Tensor, penalty: float = 0.0, steps: int = 30) -> Tensor:
    return estimators.logistic_mle(x, y, penalty / len(y), steps)


def _from_statsmodels(inputs: Mapping[str, Any]) -> Answers:
    import statsmodels.api as sm

    x, y, t = (np.array(inputs[name]) for name in ("x", "y", "t"))
    return {
        "linear": sm.OLS(y, x).fit().params.tolist(),
        "logistic": sm.Logit(t, x).fit(disp=0, method="newton", maxiter=100, tol=1e-12).params.tolist(),
    }


def _mle_ours(model: Model, inputs: Mapping[str, Any]) -> Answers:
    x, y, t = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("x", "y", "t"))
    return {"linear": model.least_squares(x, y), "logistic": model.logistic_mle(x, t, 0.0, 60)}


def _diabetes(draw: Draw) -> tuple[Tensor, Tensor]:
    from sklearn.datasets import load_diabetes

    data = load_diabetes()
    x = draw.tensor(data.data)
    return torch.cat([x / x.std(0), torch.ones_like(x[:, :1])], 1), draw.tensor(data.target)


def _linear_task(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    from sklearn.datasets import load_wine
    from sklearn.linear_model import LinearRegression, LogisticRegression

    x, y = _diabetes(draw)
    w = model.least_squares(x, y)
    off = y - x @ w
    theirs = LinearRegression(fit_intercept=False).fit(x.cpu().numpy(), y.cpu().numpy()).coef_
    progress(0.5)
    wine = load_wine()
    z = draw.tensor(wine.data[:, :5])
    z = torch.cat([(z - z.mean(0)) / z.std(0), torch.ones_like(z[:, :1])], 1)
    t = draw.tensor((wine.target == 0).astype(float))
    v = model.logistic_mle(z, t, 0.01)
    p = torch.sigmoid(z @ v)
    slope = z.mT @ (p - t) / len(t) + 0.01 * v
    c = 1 / (0.01 * len(t))
    same = LogisticRegression(C=c, fit_intercept=False, tol=1e-10, max_iter=10_000).fit(
        z.cpu().numpy(), t.cpu().numpy()
    )
    progress(1.0)
    risk = float(((off**2).mean().log() + math.log(2 * math.pi) + 1) / 2)
    return Result(
        (
            Figure(
                "diabetes: largest Xᵀ(y − Xw) over |X||y|",
                float((x.mT @ off).abs().max() / (x.norm() * y.norm())),
                0.0,
                1e-12,
            ),
            Figure("diabetes: mean residual", float(off.mean()), 0.0, 1e-9),
            Figure(
                "diabetes: largest difference from scikit-learn",
                float(np.abs(w.cpu().numpy() - theirs).max()),
                0.0,
                1e-7,
            ),
            Figure("wine: largest gradient of the logistic fit", float(slope.abs().max()), 0.0, 1e-10),
            Figure(
                "wine: largest difference from scikit-learn",
                float(np.abs(v.cpu().numpy() - same.coef_[0]).max()),
                0.0,
                1e-4,
            ),
            Figure("diabetes: mean negative log-likelihood at the MLE", risk, None, None, "nats"),
            Figure("wine: share classified right", float(((p > 0.5) == (t == 1)).to(p).mean())),
        ),
        (Panel("Diabetes: fitted and seen", "points", {"patients": ((x @ w).tolist(), y.tolist())}),),
    )


MLE = Specification(
    name="empirical_risk",
    family="structured",
    systems=(200,),
    title="Maximum likelihood as empirical risk",
    statement="θ̂ = argmin −(1/N) Σ_k log p(y_k | u_k, θ) = argmin E_p̂[−log p]",
    page=PAGE,
    functions={
        "risk": estimators.empirical_risk,
        "categorical_mle": estimators.categorical_mle,
        "least_squares": estimators.least_squares,
        "logistic_mle": estimators.logistic_mle,
    },
    properties=(
        Property(
            "product, sum of logs and mean have one optimum",
            _one_argmin,
            Mutant("−log of the mean", {"risk": _mean_probability}),
        ),
        Property("an expectation under p̂", _under_empirical, Mutant("−log of the mean", {"risk": _mean_probability})),
        Property(
            "free masses: frequencies", _frequencies, Mutant("a count is added to each", {"categorical_mle": _smoothed})
        ),
        Property(
            "normal noise: the normal equations", _normal_equations, Mutant("a small ridge", {"least_squares": _damped})
        ),
        Property(
            "logistic: stationary", _logistic, Mutant("the penalty is divided by N", {"logistic_mle": _summed_penalty})
        ),
    ),
    source="Bishop 2006, sections 3.1.1 and 4.3.2",
    oracles=(
        Oracle(
            package="statsmodels",
            inputs={
                "x": [[1, 0.2], [1, 1.1], [1, -0.7], [1, 2.3], [1, 0.4], [1, -1.5], [1, 1.9], [1, -0.2]],
                "y": [0.3, 1.9, -0.4, 3.7, 0.1, -2.2, 3.9, 0.6],
                "t": [0, 1, 0, 1, 1, 0, 0, 0],
            },
            ask=_from_statsmodels,
            tell=_mle_ours,
            tolerance=1e-8,
            conversion="the first column is the constant; no penalty",
        ),
    ),
    task=Task("scikit-learn's diabetes (linear) and wine (logistic)", _linear_task, training=True),
    conventions=("means over the data", "no intercept but a column of ones"),
)


def _sum_of_parts(model: Model, draw: Draw) -> Outcome:
    p, q = draw.simplex(5, 4), draw.simplex(5, 4)
    direct = torch.stack(
        [sum((a * torch.log(a / b) for a, b in zip(r, s, strict=True)), r[0] * 0) for r, s in zip(p, q, strict=True)]
    )
    return worst(equal(model.cross_entropy(p, q) - model.entropy(p), direct), equal(model.kl(p, q), direct))


def _projection(model: Model, draw: Draw) -> Outcome:
    p, theta = draw.simplex(3), torch.linspace(0.01, 0.99, 99, dtype=torch.float64, device=draw.device)

    def law(t: Tensor) -> Tensor:
        return torch.stack([(1 - t) ** 2, 2 * t * (1 - t), t**2], -1)  # Binomial(2, t): another law than p

    best = (p[1] + 2 * p[2]) / 2  # matches the mean
    slope = gradient(lambda t: model.kl(p, law(t)), best)
    same = (model.kl(p, law(theta)) - model.cross_entropy(p, law(theta))).std()
    return worst(
        equal(slope, 0.0, 1e-9), at_most(model.kl(p, law(best)), model.kl(p, law(theta))), equal(same, 0.0, 1e-12)
    )


def _edges(model: Model, draw: Draw) -> Outcome:
    p, eta = draw.simplex(3), draw.uniform(0.05, 0.5)
    zero = torch.zeros_like(eta)
    narrow = torch.stack([p[0] + p[1], zero, p[2]])
    leaky = torch.cat([(1 - eta) * p, eta[None]])  # mass η goes where p has none
    wide = torch.cat([p, zero[None]])
    return worst(
        true(torch.isinf(model.kl(p, narrow))),
        equal(model.kl(wide, leaky), -torch.log1p(-eta)),
        equal(model.entropy(torch.eye(3).to(p)), 0.0),
        at_most(-model.kl(p, draw.simplex(3)), 0.0),
    )


def _backwards(p: Tensor, q: Tensor) -> Tensor:
    return estimators.cross_entropy(q, p) - estimators.entropy(q)


def _bits(p: Tensor) -> Tensor:
    return estimators.entropy(p) / math.log(2)


def _shared_support(p: Tensor, q: Tensor) -> Tensor:
    return torch.where((p > 0) & (q > 0), p * torch.log(p / q), 0.0).sum(-1)


def _crossed(p: Tensor, q: Tensor) -> Tensor:
    return estimators.cross_entropy(q, p)


def _kl_asked(inputs: Mapping[str, Any]) -> Answers:
    from scipy.stats import entropy

    p, q = np.array(inputs["p"]), np.array(inputs["q"])
    return {"kl": entropy(p, q, axis=1).tolist(), "entropy": entropy(p, axis=1).tolist()}


def _kl_told(model: Model, inputs: Mapping[str, Any]) -> Answers:
    p, q = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("p", "q"))
    return {"kl": model.kl(p, q), "entropy": model.entropy(p)}


KL = Specification(
    name="kl_projection",
    family="structured",
    systems=(201,),
    title="Maximum likelihood as a KL projection",
    statement="KL(p ‖ q) = CE(p, q) − H(p), θ* = argmin KL(p_data ‖ p_θ)",
    page=PAGE,
    functions={"entropy": estimators.entropy, "cross_entropy": estimators.cross_entropy, "kl": estimators.kl},
    properties=(
        Property("KL is cross-entropy minus entropy", _sum_of_parts, Mutant("entropy in bits", {"entropy": _bits})),
        Property(
            "the first law weighs, the second codes", _sum_of_parts, Mutant("exchanged", {"cross_entropy": _crossed})
        ),
        Property("its minimum matches the mean", _projection, Mutant("KL(q ‖ p)", {"kl": _backwards})),
        Property(
            "infinite off the support, −log(1 − η) for a leak",
            _edges,
            Mutant("the shared support alone", {"kl": _shared_support}),
        ),
    ),
    source="Bishop 2006, section 1.6.1",
    oracles=(
        Oracle(
            package="scipy",
            inputs={"p": [[0.2, 0.3, 0.5], [1.0, 0.0, 0.0]], "q": [[0.1, 0.6, 0.3], [0.5, 0.25, 0.25]]},
            ask=_kl_asked,
            tell=_kl_told,
            tolerance=1e-13,
            conversion="nats; entropy of two arguments is KL",
        ),
    ),
    conventions=("nats", "0 log 0 = 0"),
)


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
    return estimators.ridge_map(x, y, prior_var, var)


def _without_variance(x: Tensor, y: Tensor, var: float, b: float, sweeps: int = 200) -> Tensor:
    return estimators.lasso_map(x, y, 2 * var, b, sweeps)


def _not_halved(w: Tensor, prior_var: float) -> Tensor:
    return -(w**2).sum() / prior_var - len(w) / 2 * math.log(math.pi * prior_var)


def _one_sided(w: Tensor, b: float) -> Tensor:
    return estimators.laplace_log_prior(w, b) + math.log(2)


def _shrunken(x: Tensor, y: Tensor, var: float, b: float, sweeps: int = 200) -> Tensor:
    return 0.99 * estimators.lasso_map(x, y, var, b, sweeps)


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

    x, y = _diabetes(draw)
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
        "ridge": estimators.ridge_map,
        "lasso": estimators.lasso_map,
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

SPECIFICATIONS = (MLE, KL, MAP)

"""Estimation as minimisation of empirical risk, and as a KL projection: rows 200 and 201."""

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
from reference_models.distributions import categories
from reference_models.divergences import kullback_leibler
from reference_models.learning import estimation
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
    slope = gradient(lambda v: estimation.mean_nll(torch.log_softmax(v, -1)[y]), torch.log(best))
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
    return estimation.ridge(x, y, 1.0, 100.0)


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


def diabetes(draw: Draw) -> tuple[Tensor, Tensor]:
    from sklearn.datasets import load_diabetes

    data = load_diabetes()
    x = draw.tensor(data.data)
    return torch.cat([x / x.std(0), torch.ones_like(x[:, :1])], 1), draw.tensor(data.target)


def _linear_task(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    from sklearn.datasets import load_wine
    from sklearn.linear_model import LinearRegression, LogisticRegression

    x, y = diabetes(draw)
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
        "risk": estimation.mean_nll,
        "categorical_mle": categories.categorical_mle,
        "least_squares": estimation.least_squares,
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
    return kullback_leibler.cross_entropy(q, p) - kullback_leibler.entropy(q)


def _bits(p: Tensor) -> Tensor:
    return kullback_leibler.entropy(p) / math.log(2)


def _shared_support(p: Tensor, q: Tensor) -> Tensor:
    return torch.where((p > 0) & (q > 0), p * torch.log(p / q), 0.0).sum(-1)


def _crossed(p: Tensor, q: Tensor) -> Tensor:
    return kullback_leibler.cross_entropy(q, p)


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
    page="reference_models.divergences.kullback_leibler",
    functions={
        "entropy": kullback_leibler.entropy,
        "cross_entropy": kullback_leibler.cross_entropy,
        "kl": kullback_leibler.kl,
    },
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


SPECIFICATIONS = (MLE, KL)

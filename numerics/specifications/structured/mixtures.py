"""Normal mixtures and EM: rows 27 and 28."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
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
from numerics.specifications.outcomes import at_most, equal, gradient, mean_is, true, worst
from reference_models.structured import mixtures

PAGE = "reference_models.structured.mixtures"


def _parts(draw: Draw, k: int = 3, d: int = 2) -> tuple[Tensor, Tensor, Tensor]:
    return draw.simplex(k), 2 * draw.normal(k, d), draw.spd(d, k)


def _density(x: Tensor, weights: Tensor, means: Tensor, covs: Tensor) -> Tensor:
    """Σ_k α_k N(x | μ_k, Σ_k) by inverting each covariance."""
    total = torch.zeros_like(x[:, 0])
    for a, m, c in zip(weights, means, covs, strict=True):
        off = x - m
        squared = ((off @ torch.linalg.inv(c)) * off).sum(-1)
        total = total + a * torch.exp(-squared / 2) / torch.sqrt(torch.linalg.det(2 * torch.pi * c))
    return total


def _sum(model: Model, draw: Draw) -> Outcome:
    parts, x = _parts(draw), 2 * draw.normal(6, 2)
    return equal(torch.exp(model.log_prob(x, *parts)), _density(x, *parts))


def _posterior(model: Model, draw: Draw) -> Outcome:
    (weights, means, covs), x = _parts(draw), 2 * draw.normal(6, 2)
    found = model.responsibilities(x, weights, means, covs)
    one = [_density(x, weights[k : k + 1], means[k : k + 1], covs[k : k + 1]) for k in range(3)]
    return worst(equal(found.sum(-1), 1.0), equal(found, torch.stack(one, -1) / torch.stack(one).sum(0)[:, None], 1e-8))


def _labels(model: Model, draw: Draw) -> Outcome:
    parts, x, order = _parts(draw), 2 * draw.normal(6, 2), torch.tensor([2, 0, 1], device=draw.device)
    return equal(model.log_prob(x, *(part[order] for part in parts)), model.log_prob(x, *parts))


def _total_variance(model: Model, draw: Draw) -> Outcome:
    weights, means, covs = _parts(draw, d=1)
    x, w = (draw.tensor(a) for a in np.polynomial.hermite_e.hermegauss(10))
    at = means + torch.sqrt(covs[:, :, 0]) * x  # nodes of each component
    mass = weights[:, None] * w / w.sum()
    mean, cov = model.moments(weights, means, covs)
    return worst(equal(mean, (mass * at).sum()), equal(cov, (mass * (at - (mass * at).sum()) ** 2).sum()))


def _two_modes(model: Model, draw: Draw) -> Outcome:
    s = draw.uniform(0.5, 2)
    x = torch.linspace(-4, 4, 2001, dtype=torch.float64, device=draw.device)[:, None] * s
    half, cov = draw.tensor([0.5, 0.5]), (s**2).expand(2, 1, 1)
    counted = []
    for apart in (draw.uniform(1, 1.95), draw.uniform(2.05, 3)):
        means = torch.stack([-apart / 2, apart / 2])[:, None] * s
        slope = torch.diff(model.log_prob(x, half, means, cov))
        counted.append(int(((slope[:-1] > 0) & (slope[1:] <= 0)).sum()))
    return equal(draw.tensor(counted), draw.tensor([1, 2]), detail="modes below and above a distance of 2σ")


def _unbounded(model: Model, draw: Draw) -> Outcome:
    x = draw.permutation(6)[:, None] + draw.uniform(-0.2, 0.2, 6, 1)  # no datum near another
    means, half = torch.stack([x[0], x.mean(0)]), draw.tensor([0.5, 0.5])
    likelihoods = torch.stack(
        [model.log_prob(x, half, means, draw.tensor([[[s**2]], [[1.0]]])).sum() for s in (1e-3, 1e-6, 1e-9)]
    )
    return equal(torch.diff(likelihoods), float(np.log(1e3)), 1e-3, detail="a component on a datum adds −log σ")


def _draws(model: Model, draw: Draw) -> Outcome:
    weights, covs = draw.tensor([0.5, 0.3, 0.2]), 4 * draw.spd(2, 3)
    means = draw.tensor([[-3.0, 0.0], [3.0, 1.0], [0.0, 6.0]]) + 0.5 * draw.normal(3, 2)
    x = model.sample(weights, means, covs, draw.uniform(0, 1, 20_000), draw.normal(20_000, 2))
    mean, cov = weights @ means, (weights[:, None, None] * (covs + means[:, :, None] * means[:, None, :])).sum(0)
    return worst(mean_is(x, mean), mean_is(x[:, :, None] * x[:, None, :], cov))


def _mean_of_logs(x: Tensor, weights: Tensor, means: Tensor, covs: Tensor) -> Tensor:
    return mixtures.component_log_prob(x, means, covs) @ weights


def _unweighted(x: Tensor, weights: Tensor, means: Tensor, covs: Tensor) -> Tensor:
    return torch.softmax(mixtures.component_log_prob(x, means, covs), -1)


def _by_place(x: Tensor, weights: Tensor, means: Tensor, covs: Tensor) -> Tensor:
    return mixtures.log_prob(x, weights.sort().values, means, covs)


def _within_only(weights: Tensor, means: Tensor, covs: Tensor) -> tuple[Tensor, Tensor]:
    return weights @ means, (weights[:, None, None] * covs).sum(0)


def _ridged(x: Tensor, weights: Tensor, means: Tensor, covs: Tensor) -> Tensor:
    return mixtures.log_prob(x, weights, means, covs + 1e-6 * torch.eye(x.shape[1]).to(x))


def _blended(weights: Tensor, means: Tensor, covs: Tensor, u: Tensor, noise: Tensor) -> Tensor:
    root: Tensor = torch.linalg.cholesky((weights[:, None, None] * covs).sum(0))
    return weights @ means + noise @ root.mT


def _from_sklearn(inputs: Mapping[str, Any]) -> Answers:
    from sklearn.mixture import GaussianMixture

    x = np.array(inputs["x"])
    weights, means, covs = (np.array(inputs[name]) for name in ("weights", "means", "covs"))
    fit = GaussianMixture(
        2, weights_init=weights, means_init=means, precisions_init=np.linalg.inv(covs), max_iter=1, reg_covar=0.0
    )
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fit.fit(x)
    return {
        "weights": fit.weights_.tolist(),
        "means": fit.means_.tolist(),
        "covs": fit.covariances_.tolist(),
        "log_prob": fit.score_samples(x).tolist(),
        "responsibilities": fit.predict_proba(x).tolist(),
    }


def _ours(model: Model, inputs: Mapping[str, Any]) -> Answers:
    x, *parts = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("x", "weights", "means", "covs"))
    weights, means, covs = model.em_step(x, *parts)
    return {
        "weights": weights,
        "means": means,
        "covs": covs,
        "log_prob": mixtures.log_prob(x, weights, means, covs),
        "responsibilities": mixtures.responsibilities(x, weights, means, covs),
    }


def _gmm_asked(inputs: Mapping[str, Any]) -> Answers:
    from sklearn.mixture import GaussianMixture

    covs = np.array(inputs["covs"])
    law = GaussianMixture(2)
    law.weights_, law.means_, law.covariances_ = np.array(inputs["weights"]), np.array(inputs["means"]), covs
    law.precisions_cholesky_ = np.linalg.cholesky(np.linalg.inv(covs))
    x = np.array(inputs["x"])
    return {"log_prob": law.score_samples(x).tolist(), "responsibilities": law.predict_proba(x).tolist()}


def _gmm_told(model: Model, inputs: Mapping[str, Any]) -> Answers:
    parts = [torch.tensor(inputs[name], dtype=torch.float64) for name in ("x", "weights", "means", "covs")]
    return {"log_prob": model.log_prob(*parts), "responsibilities": model.responsibilities(*parts)}


GMM = Specification(
    name="gmm",
    family="structured",
    systems=(27,),
    title="Gaussian mixture model",
    statement="p(x) = Σ_k α_k N(x | μ_k, Σ_k)",
    page=PAGE,
    functions={
        "log_prob": mixtures.log_prob,
        "responsibilities": mixtures.responsibilities,
        "moments": mixtures.moments,
        "sample": mixtures.sample,
    },
    properties=(
        Property("the weighted sum of densities", _sum, Mutant("the mean of logs", {"log_prob": _mean_of_logs})),
        Property(
            "responsibilities are posteriors", _posterior, Mutant("no weights", {"responsibilities": _unweighted})
        ),
        Property("labels may be exchanged", _labels, Mutant("weights are sorted", {"log_prob": _by_place})),
        Property("the law of total variance", _total_variance, Mutant("within only", {"moments": _within_only})),
        Property(
            "two modes iff the means are over 2σ apart",
            _two_modes,
            Mutant("a mean of logs", {"log_prob": _mean_of_logs}),
        ),
        Property(
            "the likelihood has no bound", _unbounded, Mutant("1e-6 is added to variances", {"log_prob": _ridged})
        ),
        Property("draws have its moments", _draws, Mutant("components are averaged", {"sample": _blended})),
    ),
    source="Bishop 2006, section 2.3.9",
    oracles=(
        Oracle(
            package="scikit-learn",
            inputs={
                "x": [[0.0, 1.0], [0.5, -0.2], [2.0, 3.1]],
                "weights": [0.4, 0.6],
                "means": [[0.0, 0.0], [2.0, 2.0]],
                "covs": [[[1.0, 0.2], [0.2, 0.8]], [[0.7, -0.1], [-0.1, 1.2]]],
            },
            ask=_gmm_asked,
            tell=_gmm_told,
            tolerance=1e-12,
            conversion="its parameters are set; precisions_cholesky_ is a root of the inverse covariance",
        ),
    ),
)


def _start(draw: Draw, n: int = 30) -> tuple[Tensor, tuple[Tensor, Tensor, Tensor]]:
    x = torch.cat([draw.normal(n // 2, 2) - 2.5, 0.7 * draw.normal(n - n // 2, 2) + 2.5])
    means = torch.stack([x[0], x[-1]])
    return x, (draw.tensor([0.5, 0.5]), means, torch.eye(2).to(x).expand(2, 2, 2))


def _likelihood(x: Tensor, parts: tuple[Tensor, Tensor, Tensor]) -> Tensor:
    return torch.log(_density(x, *parts)).sum()


def _monotone(model: Model, draw: Draw) -> Outcome:
    x, parts = _start(draw)
    seen = [_likelihood(x, parts)]
    for _ in range(6):
        parts = model.em_step(x, *parts)
        seen.append(_likelihood(x, parts))
    rises = torch.diff(torch.stack(seen))
    return worst(at_most(-rises, 0.0, 1e-9), true(rises[0] > 0))


def _fixed_point(model: Model, draw: Draw) -> Outcome:
    x, parts = _start(draw)
    for _ in range(100):
        parts = model.em_step(x, *parts)
    weights, means, covs = parts
    slopes = torch.cat(
        [
            gradient(lambda v: _likelihood(x, (torch.softmax(v, -1), means, covs)), torch.log(weights)).flatten(),
            gradient(lambda v: _likelihood(x, (weights, v, covs)), means).flatten(),
            gradient(lambda v: _likelihood(x, (weights, means, v)), covs).flatten(),
        ]
    )
    return equal(slopes, 0.0, 1e-5)


def _never_apart(model: Model, draw: Draw) -> Outcome:
    x, (weights, _, covs) = _start(draw)
    parts = (weights, x[:1].expand(2, 2), covs)
    for _ in range(3):
        parts = model.em_step(x, *parts)
    off = x - x.mean(0)
    return worst(
        equal(parts[1], x.mean(0).expand(2, 2), 1e-9), equal(parts[2], (off.mT @ off / len(x)).expand(2, 2, 2), 1e-9)
    )


def _bound(model: Model, draw: Draw) -> Outcome:
    x, parts = _start(draw, 12)
    gamma, other = mixtures.responsibilities(x, *parts), draw.simplex(12, 2)
    return worst(
        equal(model.lower_bound(x, gamma, *parts), _likelihood(x, parts), 1e-8),
        at_most(model.lower_bound(x, other, *parts), _likelihood(x, parts)),
        equal(
            _likelihood(x, parts) - model.lower_bound(x, other, *parts),
            (other * torch.log(other / gamma)).sum(),
            1e-7,
        ),
    )


def _best_m(model: Model, draw: Draw) -> Outcome:
    x, gamma = draw.normal(12, 2), draw.simplex(12, 2)
    weights, means, covs = model.m_step(x, gamma)
    q = mixtures.lower_bound
    slopes = torch.cat(
        [
            gradient(lambda v: q(x, gamma, torch.softmax(v, -1), means, covs), torch.log(weights)).flatten(),
            gradient(lambda v: q(x, gamma, weights, v, covs), means).flatten(),
            gradient(lambda v: q(x, gamma, weights, means, v), covs).flatten(),
        ]
    )
    return equal(slopes, 0.0, 1e-8)


def _old_means(x: Tensor, weights: Tensor, means: Tensor, covs: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    gamma = mixtures.responsibilities(x, weights, means, covs)
    off = x[:, None] - means
    spread = torch.einsum("nk,nka,nkb->kab", gamma, off, off) / gamma.sum(0)[:, None, None]
    new, moved, _ = mixtures.m_step(x, gamma)
    return new, moved, spread / 3


def _in_turn(x: Tensor, weights: Tensor, means: Tensor, covs: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    for k in range(len(weights)):
        new = mixtures.em_step(x, weights, means, covs)
        chosen = torch.arange(len(weights), device=x.device) == k
        means = torch.where(chosen[:, None], new[1], means)
        covs = torch.where(chosen[:, None, None], new[2], covs)
    return new[0], means, covs


def _hard(x: Tensor, weights: Tensor, means: Tensor, covs: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    gamma = mixtures.responsibilities(x, weights, means, covs)
    return mixtures.m_step(x, torch.nn.functional.one_hot(gamma.argmax(-1), gamma.shape[-1]).to(x) * 0.98 + 0.01)


def _no_entropy(x: Tensor, gamma: Tensor, weights: Tensor, means: Tensor, covs: Tensor) -> Tensor:
    return (gamma * (torch.log(weights) + mixtures.component_log_prob(x, means, covs))).sum()


def _total_mean(x: Tensor, gamma: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    weights, means, covs = mixtures.m_step(x, gamma)
    n = gamma.sum(0)[:, None, None]
    return weights, means, covs * n / (n - 1)


def _iris(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    from sklearn.datasets import load_iris
    from sklearn.mixture import GaussianMixture

    data = load_iris()
    x = draw.tensor(data.data)
    y = torch.tensor(data.target, device=x.device)
    parts = model.m_step(x, torch.nn.functional.one_hot(y, 3).to(x))  # start at the three species
    seen = [float(mixtures.log_prob(x, *parts).mean())]
    for step in range(400):
        parts = model.em_step(x, *parts)
        seen.append(float(mixtures.log_prob(x, *parts).mean()))
        progress((step + 1) / 400)
    precisions = np.linalg.inv(np.stack([np.cov(data.data[data.target == k].T, bias=True) for k in range(3)]))
    means = np.stack([data.data[data.target == k].mean(0) for k in range(3)])
    theirs = GaussianMixture(
        3, weights_init=[1 / 3] * 3, means_init=means, precisions_init=precisions, reg_covar=0.0, tol=0.0, max_iter=400
    )
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        score = float(theirs.fit(data.data).score(data.data))
    fall = max(0.0, *(before - after for before, after in pairwise(seen)))
    weights, centres, covs = parts
    drawn = mixtures.sample(weights, centres, covs, draw.uniform(0, 1, 150), draw.normal(150, 4))
    return Result(
        (
            Figure("largest fall of the mean log-likelihood", fall, 0.0, 1e-12, "nats"),
            Figure(
                "mean log-likelihood after 400 steps, scikit-learn's from the same start", seen[-1], score, 1e-6, "nats"
            ),
        ),
        (
            Panel(
                "Lengths of sepals and petals",
                "points",
                {"draws": drawn[:, [0, 2]].mT.tolist(), "iris": x[:, [0, 2]].mT.tolist()},
            ),
            Panel("Mean log-likelihood by EM step", "lines", {"iris": (list(range(401)), seen)}),
        ),
    )


EM = Specification(
    name="em",
    family="structured",
    systems=(28,),
    title="Expectation-maximisation",
    statement="E: γ_ik = p(z_i = k | x_i); M: α_k = (1/n) Σ γ_ik, weighted means and covariances",
    page=PAGE,
    functions={"em_step": mixtures.em_step, "m_step": mixtures.m_step, "lower_bound": mixtures.lower_bound},
    properties=(
        Property(
            "the log-likelihood never falls",
            _monotone,
            Mutant("a third of the spread about old means", {"em_step": _old_means}),
        ),
        Property("fixed points are stationary", _fixed_point, Mutant("hardened responsibilities", {"em_step": _hard})),
        Property(
            "equal components never separate",
            _never_apart,
            Mutant("components are updated in turn", {"em_step": _in_turn}),
        ),
        Property(
            "the bound is tight after the E-step",
            _bound,
            Mutant("the entropy is missing", {"lower_bound": _no_entropy}),
        ),
        Property("the M-step maximises the bound", _best_m, Mutant("n_k − 1 for n_k", {"m_step": _total_mean})),
    ),
    source="Bishop 2006, sections 9.2 and 9.4",
    oracles=(
        Oracle(
            package="scikit-learn",
            inputs={
                "x": [
                    [0.0, 1.0],
                    [0.5, -0.2],
                    [-1.5, 0.3],
                    [2.0, 3.1],
                    [3.2, 2.0],
                    [2.0, 1.4],
                    [2.5, 2.7],
                    [-0.3, 0.4],
                ],
                "weights": [0.4, 0.6],
                "means": [[0.0, 0.0], [2.0, 2.0]],
                "covs": [[[1.0, 0.2], [0.2, 0.8]], [[0.7, -0.1], [-0.1, 1.2]]],
            },
            ask=_from_sklearn,
            tell=_ours,
            tolerance=1e-10,
            conversion="one step: max_iter 1 from given parameters, reg_covar 0; precisions_init inverts covariances",
        ),
    ),
    task=Task("scikit-learn's iris: 150 flowers, four lengths, three components", _iris, training=True),
    conventions=("covariances, no ridge", "sums over the data"),
)

SPECIFICATIONS = (GMM, EM)

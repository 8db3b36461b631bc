"""Classifiers: rows 25, 209 and 227."""

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
from reference_models.structured import classifiers

PAGE = "reference_models.structured.classifiers"


def _classes(draw: Draw) -> tuple[Tensor, Tensor, Tensor]:
    return draw.simplex(2), draw.normal(2), draw.uniform(0.3, 2, 2)


def _bayes(model: Model, draw: Draw) -> Outcome:
    prior, mean, var = _classes(draw)
    x = draw.normal(7)
    density = torch.exp(-((x[:, None] - mean) ** 2) / (2 * var)) / torch.sqrt(2 * torch.pi * var)
    joint = prior * density
    found = model.posterior(x, prior, mean, var)
    return worst(equal(found, joint / joint.sum(-1, keepdim=True)), equal(found.sum(-1), 1.0))


def _log_odds(model: Model, draw: Draw) -> Outcome:
    prior, mean, var = _classes(draw)
    x = torch.linspace(-1, 1, 7, dtype=torch.float64, device=draw.device)

    def odds(variances: Tensor) -> Tensor:
        p = model.posterior(x, prior, mean, variances)
        return torch.log(p[:, 1] / p[:, 0])

    even, uneven, step = odds(var[:1].expand(2)), odds(var), x[1] - x[0]
    return worst(
        equal(torch.diff(even) / step, (mean[1] - mean[0]) / var[0], 1e-8),
        equal(torch.diff(uneven, 2) / step**2, 1 / var[0] - 1 / var[1], 1e-8),
    )


def _fitted(model: Model, draw: Draw) -> Outcome:
    y = torch.cat([draw.integers(0, 1, 12), torch.tensor([0, 0, 0, 1, 1], device=draw.device)])
    x = draw.normal(17) + y
    at = torch.stack(model.fit(x, y, 2))

    def likelihood(v: Tensor) -> Tensor:
        shares, mean, var = v[0] / v[0].sum(), v[1][y], v[2][y]
        return (torch.log(shares[y]) - torch.log(var) / 2 - (x - mean) ** 2 / (2 * var)).sum()

    return worst(equal(gradient(likelihood, at), 0.0, 1e-8), equal(at[0].sum(), 1.0))


def _flat_prior(x: Tensor, prior: Tensor, mean: Tensor, var: Tensor) -> Tensor:
    return classifiers.gda_posterior(x, torch.ones_like(prior), mean, var)


def _no_log_det(x: Tensor, prior: Tensor, mean: Tensor, var: Tensor) -> Tensor:
    return torch.softmax(torch.log(prior) - (x[..., None] - mean) ** 2 / (2 * var), -1)


def _by_std(x: Tensor, prior: Tensor, mean: Tensor, var: Tensor) -> Tensor:
    return classifiers.gda_posterior(x, prior, mean, torch.sqrt(var))


def _pooled(x: Tensor, y: Tensor, k: int) -> tuple[Tensor, Tensor, Tensor]:
    shares, mean, var = classifiers.gda_fit(x, y, k)
    return shares, mean, (shares * var).sum().expand(k)


def _from_naive_bayes(inputs: Mapping[str, Any]) -> Answers:
    from sklearn.naive_bayes import GaussianNB

    x, y = np.array(inputs["x"])[:, None], np.array(inputs["y"])
    fit = GaussianNB(var_smoothing=0.0).fit(x, y)
    return {
        "prior": fit.class_prior_.tolist(),
        "mean": fit.theta_[:, 0].tolist(),
        "var": fit.var_[:, 0].tolist(),
        "posterior": fit.predict_proba(np.array(inputs["at"])[:, None]).tolist(),
    }


def _gda_ours(model: Model, inputs: Mapping[str, Any]) -> Answers:
    x, at = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("x", "at"))
    prior, mean, var = model.fit(x, torch.tensor(inputs["y"]), 2)
    return {"prior": prior, "mean": mean, "var": var, "posterior": model.posterior(at, prior, mean, var)}


GDA = Specification(
    name="generative_classifier",
    family="structured",
    systems=(25,),
    title="Generative classifier of two normals",
    statement="p(y | x) = p(y) N(x | μ_y, σ_y²) / Σ_c p(c) N(x | μ_c, σ_c²)",
    page=PAGE,
    functions={"fit": classifiers.gda_fit, "posterior": classifiers.gda_posterior},
    properties=(
        Property("Bayes' rule", _bayes, Mutant("the prior is missing", {"posterior": _flat_prior})),
        Property("Bayes' rule where variances differ", _bayes, Mutant("1/σ is missing", {"posterior": _no_log_det})),
        Property(
            "log-odds are linear with equal variances, else quadratic",
            _log_odds,
            Mutant("σ for σ²", {"posterior": _by_std}),
        ),
        Property("the fit is stationary", _fitted, Mutant("variances are pooled", {"fit": _pooled})),
    ),
    source="Bishop 2006, section 4.2",
    oracles=(
        Oracle(
            package="scikit-learn",
            inputs={
                "x": [0.1, -0.4, 0.7, 2.0, 2.5, 1.1, 3.0],
                "y": [0, 0, 0, 1, 1, 1, 1],
                "at": [0.0, 1.0, 2.0],
            },
            ask=_from_naive_bayes,
            tell=_gda_ours,
            tolerance=1e-10,
            conversion="GaussianNB of one feature, var_smoothing 0; its var_ divides by n",
        ),
    ),
    conventions=("variances divide by n",),
)


def _decomposed(model: Model, draw: Draw) -> Outcome:
    joint, logits = draw.simplex(12).reshape(4, 3), draw.normal(4, 3)
    marginal = joint.sum(1)
    given = joint / marginal[:, None]
    q = torch.exp(logits) / torch.exp(logits).sum(-1, keepdim=True)
    kl = marginal @ (given * torch.log(given / q)).sum(-1)
    entropy = -(joint * torch.log(given)).sum()  # H(Y | X)
    return equal(model.risk(joint, logits), kl + entropy)


def _least_at_truth(model: Model, draw: Draw) -> Outcome:
    joint = draw.simplex(12).reshape(4, 3)
    at = torch.log(joint) + draw.normal(4, 1)
    return worst(
        equal(gradient(lambda v: model.risk(joint, v), at), 0.0),
        at_most(model.risk(joint, at), model.risk(joint, at + draw.normal(4, 3))),
    )


def _average(model: Model, draw: Draw) -> Outcome:
    logits, y = draw.normal(9, 4), draw.integers(0, 3, 9)
    p = torch.exp(logits) / torch.exp(logits).sum(-1, keepdim=True)
    joint = torch.nn.functional.one_hot(y, 4).to(torch.float64) / 9
    found = model.cross_entropy(logits, y)
    return worst(equal(found, -torch.log(p[range(9), y]).mean()), equal(found, model.risk(joint, logits)))


def _reversed_risk(joint: Tensor, logits: Tensor) -> Tensor:
    q = torch.softmax(logits, -1)
    return -(q * torch.log(joint / joint.sum(1, keepdim=True))).sum(-1) @ joint.sum(1)


def _unweighted(joint: Tensor, logits: Tensor) -> Tensor:
    given = joint / joint.sum(1, keepdim=True)
    return -(given * torch.log_softmax(logits, -1)).sum(-1).mean()


def _brier(joint: Tensor, logits: Tensor) -> Tensor:
    return -(joint * torch.softmax(logits, -1)).sum()


def _summed(logits: Tensor, y: Tensor) -> Tensor:
    return classifiers.cross_entropy(logits, y) * len(y)


CROSS_ENTROPY = Specification(
    name="classifier_cross_entropy",
    family="structured",
    systems=(209,),
    title="Classifier cross-entropy",
    statement="E[−log p_θ(y | x)] = E_x KL(p(y | x) ‖ p_θ(y | x)) + H(Y | X)",
    page=PAGE,
    functions={"cross_entropy": classifiers.cross_entropy, "risk": classifiers.risk},
    properties=(
        Property("KL plus conditional entropy", _decomposed, Mutant("each x weighs the same", {"risk": _unweighted})),
        Property("KL from the data, not to them", _decomposed, Mutant("the reverse", {"risk": _reversed_risk})),
        Property("least at p(y | x)", _least_at_truth, Mutant("probability for its log", {"risk": _brier})),
        Property("a mean over examples", _average, Mutant("a sum", {"cross_entropy": _summed})),
    ),
    source="Bishop 2006, section 4.3.4",
    conventions=("nats", "a mean over examples"),
)


def _data(draw: Draw) -> tuple[Tensor, Tensor]:
    y = torch.cat([draw.integers(0, 2, 9), torch.arange(3, device=draw.device)])
    return draw.normal(12, 2) + 0.5 * y[:, None], y


def _gradients(model: Model, draw: Draw) -> Outcome:
    (z, y), w, b = _data(draw), draw.normal(3, 2), draw.normal(3)
    by_weight, by_bias = model.gradient(z, y, w, b)
    return worst(
        equal(by_weight, gradient(lambda v: model.loss(z, y, v, b), w)),
        equal(by_bias, gradient(lambda v: model.loss(z, y, w, v), b)),
    )


def _frozen(model: Model, draw: Draw) -> Outcome:
    (x, y), w, b = _data(draw), draw.normal(3, 2), draw.normal(3)
    encoder = draw.normal(2, 2).requires_grad_(True)
    z = x @ encoder
    at = w.clone().requires_grad_(True)
    model.loss(z, y, at, b).backward()
    reached = torch.zeros_like(encoder) if encoder.grad is None else encoder.grad
    moved = gradient(lambda v: model.loss(z.detach(), y, v, b), w)
    return worst(equal(reached, 0.0), equal(moved, at.grad if at.grad is not None else torch.nan))


def _least(model: Model, draw: Draw) -> Outcome:
    z, y = _data(draw)
    w, b = model.fit(z, y, 3, 0.1)
    return worst(
        equal(gradient(lambda v: model.loss(z, y, v, b, 0.1), w), 0.0, 1e-8),
        equal(gradient(lambda v: model.loss(z, y, w, v, 0.1), b), 0.0, 1e-8),
    )


def _convex(model: Model, draw: Draw) -> Outcome:
    (z, y), b = _data(draw), draw.normal(3)
    one, two, share = draw.normal(3, 2), draw.normal(3, 2), draw.uniform(0, 1)
    between = model.loss(z, y, share * one + (1 - share) * two, b)
    shifted = model.loss(z, y, one + draw.normal(1, 2), b)  # the same vector added to each class
    return worst(
        at_most(between, share * model.loss(z, y, one, b) + (1 - share) * model.loss(z, y, two, b)),
        equal(shifted, model.loss(z, y, one, b)),
    )


def _opposite(features: Tensor, y: Tensor, weight: Tensor, bias: Tensor) -> tuple[Tensor, Tensor]:
    by_weight, by_bias = classifiers.head_gradient(features, y, weight, bias)
    return by_weight, by_bias * len(y)


def _thawed(features: Tensor, y: Tensor, weight: Tensor, bias: Tensor, penalty: float = 0.0) -> Tensor:
    logits = classifiers.head_logits(features, weight, bias)
    return classifiers.cross_entropy(logits, y) + penalty * (weight**2).sum() / 2


def _one_against_rest(features: Tensor, y: Tensor, weight: Tensor, bias: Tensor, penalty: float = 0.0) -> Tensor:
    logits = classifiers.head_logits(features.detach(), weight, bias)
    target = torch.nn.functional.one_hot(y, len(bias)).to(logits.dtype)
    return torch.nn.functional.binary_cross_entropy_with_logits(logits, target) + penalty * (weight**2).sum() / 2


def _twice_penalised(features: Tensor, y: Tensor, k: int, penalty: float, steps: int = 30) -> tuple[Tensor, Tensor]:
    return classifiers.head_fit(features, y, k, 2 * penalty, steps)


def _from_sklearn(inputs: Mapping[str, Any]) -> Answers:
    from sklearn.linear_model import LogisticRegression

    x, y = np.array(inputs["x"]), np.array(inputs["y"])
    c = 1 / (inputs["penalty"] * len(y))
    fit = LogisticRegression(C=c, tol=1e-12, max_iter=10_000, solver="newton-cg").fit(x, y)
    return {"weight": fit.coef_.tolist(), "bias": (fit.intercept_ - fit.intercept_.mean()).tolist()}


def _head_ours(model: Model, inputs: Mapping[str, Any]) -> Answers:
    x = torch.tensor(inputs["x"], dtype=torch.float64)
    weight, bias = model.fit(x, torch.tensor(inputs["y"]), 3, inputs["penalty"])
    return {"weight": weight, "bias": bias - bias.mean()}


def _iris_head(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    from sklearn.datasets import load_iris
    from sklearn.linear_model import LogisticRegression

    data = load_iris()
    z, y = draw.tensor(data.data), torch.tensor(data.target, device=draw.device)
    z = (z - z.mean(0)) / z.std(0)
    weight, bias = model.fit(z, y, 3, 0.01)
    progress(0.5)
    slope = gradient(lambda v: model.loss(z, y, v, bias, 0.01), weight)
    theirs = LogisticRegression(C=1 / (0.01 * len(y)), tol=1e-10, max_iter=10_000).fit(z.cpu().numpy(), data.target)
    gap = (weight.cpu() - torch.as_tensor(theirs.coef_)).abs().max()
    share = (classifiers.head_logits(z, weight, bias).argmax(-1) == y).to(torch.float64).mean()
    progress(1.0)
    classes = [float(v) for v in (classifiers.head_logits(z, weight, bias).softmax(-1).mean(0))]
    return Result(
        (
            Figure("largest gradient at the fit", float(slope.abs().max()), 0.0, 1e-9),
            Figure("largest difference from scikit-learn's coefficients", float(gap), 0.0, 1e-4),
            Figure("mean predicted share of class 0, the free bias's equation", classes[0], 1 / 3, 1e-9),
            Figure("share of the training data classified right", float(share)),
        ),
        (Panel("Mean predicted probability by class", "bars", {"iris": ([0, 1, 2], classes)}),),
    )


HEAD = Specification(
    name="transfer_head",
    family="structured",
    systems=(227,),
    title="Softmax head on frozen features",
    statement="min over W, b of (1/n) Σ −log softmax(W z_i + b)_{y_i}, z_i = E(x_i) fixed",
    page=PAGE,
    functions={
        "loss": classifiers.head_loss,
        "gradient": classifiers.head_gradient,
        "fit": classifiers.head_fit,
    },
    properties=(
        Property("the gradient is autograd's", _gradients, Mutant("a sum for the bias", {"gradient": _opposite})),
        Property("no gradient reaches the encoder", _frozen, Mutant("not detached", {"loss": _thawed})),
        Property("the fit is stationary", _least, Mutant("twice the penalty", {"fit": _twice_penalised})),
        Property(
            "convex, and blind to a common shift", _convex, Mutant("class against rest", {"loss": _one_against_rest})
        ),
    ),
    source="Bishop 2006, section 4.3.4",
    oracles=(
        Oracle(
            package="scikit-learn",
            inputs={
                "x": [[0.0, 1.0], [0.5, -0.2], [1.5, 0.3], [2.0, 1.1], [0.2, 2.0], [1.0, 1.4], [2.5, -0.7]],
                "y": [0, 0, 1, 1, 2, 2, 1],
                "penalty": 0.05,
            },
            ask=_from_sklearn,
            tell=_head_ours,
            tolerance=1e-6,
            conversion="C = 1/(n penalty); its loss is a sum and its bias free, ours has mean 0",
        ),
    ),
    task=Task("scikit-learn's iris, standardised, as features", _iris_head, training=True),
    conventions=("a mean over examples", "the bias is not penalised"),
)

SPECIFICATIONS = (GDA, CROSS_ENTROPY, HEAD)

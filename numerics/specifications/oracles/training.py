"""Packages that are asked about updates, penalties and texts: torch, autograd, transformers, and others."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import Any

import torch

from numerics.specifications.contract import Answers, Model, Oracle
from numerics.specifications.draws import t

Inputs = Mapping[str, Any]
DESCENT = {"theta": [0.4, -1.0, 2.0], "g": [0.1, 0.5, -0.3], "rate": 0.2}
LAYERS = {
    "w1": [[0.3, -0.2], [0.5, 0.1], [-0.4, 0.7]],
    "b1": [0.1, 0.0, -0.2],
    "w2": [[0.2, -0.5, 0.3]],
    "b2": [0.05],
    "x": [[1.0, 2.0], [-0.5, 0.3]],
    "y": [[0.7], [-0.1]],
}
COUNTED = {"successes": 37, "n": 120, "z": 1.959963984540054}
ANSWERS = {"reference": [0.5, 0.2, 0.3], "reward": [0.4, -1.0, 1.3], "beta": 0.6, "gap": [0.3, -1.2]}
BELIEFS = {"weights": [[0.0, 0.0, 0.0], [1.5, 0.0, 0.0], [-2.0, 1.0, 0.0]], "bias": [0.4, -0.6, 0.2]}
WORDS = {
    "table": [[0.1, -0.4], [0.3, 0.2], [-0.5, 0.6]],
    "h": [[0.2, 0.1, -0.3, 0.4], [0.5, -0.2, 0.1, 0.3]],
    "d": [0.1, -0.1],
    "u": [[0.3, 0.2], [-0.1, 0.5], [0.4, -0.6]],
    "b": [0.0, 0.2, -0.1],
    "context": [[0, 2], [1, 1]],
}
CUT = {"logits": [[1.0, 0.2, -0.5, 2.0, 0.7]], "temperature": 0.8, "k": 4, "p": 0.85}
CAPTION = {
    "table": [[0.2, -0.3, 0.5], [1.0, 0.1, -0.4], [0.0, 0.6, 0.3]],
    "y": [[0, 2, 1], [1, 0, 0]],
    "lengths": [3, 2],
}
CODES = {
    "x": [[0.2, -1.0], [0.5, 0.4]],
    "to": [[0.3, 0.1], [-0.2, 0.9], [0.4, 0.4]],
    "back": [[1.0, 0.0, 0.2], [0.1, 0.5, -0.3]],
    "weight": 0.3,
}
BETA = {"x": [[0.2, -1.0]], "found": [[0.1, -0.7]], "mu": [[0.4, -0.3]], "log_var": [[-0.5, 0.2]], "beta": 4.0}


def _descended(inputs: Inputs) -> Answers:
    theta = t(inputs["theta"]).requires_grad_()
    theta.grad = t(inputs["g"])
    torch.optim.SGD([theta], lr=inputs["rate"]).step()
    return {"theta": theta.tolist()}


def _our_descent(model: Model, inputs: Inputs) -> Answers:
    return {"theta": model.gradient_step(t(inputs["theta"]), t(inputs["g"]), inputs["rate"])}


def _differentiated(inputs: Inputs) -> Answers:
    import autograd.numpy as np
    from autograd import grad

    x, y = np.array(inputs["x"]), np.array(inputs["y"])

    def loss(w1: Any, b1: Any, w2: Any, b2: Any) -> Any:
        off = np.dot(np.tanh(np.dot(x, w1.T) + b1), w2.T) + b2 - y
        return np.sum(off**2) / 2 / len(x)

    at = [np.array(inputs[name]) for name in ("w1", "b1", "w2", "b2")]
    found = {name: grad(loss, i)(*at).tolist() for i, name in enumerate(("w1", "b1", "w2", "b2"))}
    return {"loss": float(loss(*at)), **found}


def _our_gradients(model: Model, inputs: Inputs) -> Answers:
    at, data = tuple(t(inputs[name]) for name in ("w1", "b1", "w2", "b2")), (t(inputs["x"]), t(inputs["y"]))
    slopes = dict(zip(("w1", "b1", "w2", "b2"), model.backpropagation(at, *data), strict=True))
    return {"loss": model.network_loss(at, *data), **slopes}


def _interval(inputs: Inputs) -> Answers:
    from statsmodels.stats.proportion import proportion_confint

    low, high = proportion_confint(inputs["successes"], inputs["n"], alpha=0.05, method="normal")
    return {"low": float(low), "high": float(high)}


def _our_interval(model: Model, inputs: Inputs) -> Answers:
    p = t(inputs["successes"] / inputs["n"])
    information = model.fisher_information(lambda theta: torch.stack([1 - theta, theta]), p)
    low, high = model.wald_interval(p, information, inputs["n"], inputs["z"])
    return {"low": low, "high": high}


def _aligned(inputs: Inputs) -> Answers:
    import numpy as np
    from scipy.special import log_expit, softmax
    from scipy.stats import entropy

    reference, reward, beta = np.array(inputs["reference"]), np.array(inputs["reward"]), inputs["beta"]
    best = softmax(np.log(reference) + reward / beta)
    return {
        "policy": best.tolist(),
        "value": float(best @ reward - beta * entropy(best, reference)),
        "loss": (-log_expit(np.array(inputs["gap"]))).tolist(),
    }


def _our_alignment(model: Model, inputs: Inputs) -> Answers:
    given = t(inputs["reference"]), t(inputs["reward"]), t(inputs["beta"])
    best = model.best_policy(*given)
    gap = t(inputs["gap"])
    return {"policy": best, "value": model.regularised_value(best, *given), "loss": model.reward_loss(gap, 0 * gap)}


def _regressions(inputs: Inputs) -> Answers:
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    w, states = inputs["weights"], np.array(list(product((0, 1), repeat=3)))
    total = np.zeros(len(states))
    for i in range(3):
        made, x = LogisticRegression(), states[:, : max(i, 1)]
        made.classes_, made.intercept_ = np.array([0, 1]), np.array([inputs["bias"][i]])
        made.coef_ = np.array([w[i][:i] if i else [0.0]])
        total += made.predict_log_proba(x)[np.arange(len(states)), states[:, i]]
    return {"log_prob": total.tolist()}


def _our_regressions(model: Model, inputs: Inputs) -> Answers:
    return {"log_prob": model.log_prob(t(list(product((0, 1), repeat=3))), t(inputs["weights"]), t(inputs["bias"]))}


def _word_network(inputs: Inputs) -> Answers:
    from torch import nn

    table, inner, outer = nn.Embedding.from_pretrained(t(inputs["table"])), nn.Linear(4, 2), nn.Linear(2, 3)
    with torch.no_grad():
        inner.double().weight.copy_(t(inputs["h"])), inner.bias.copy_(t(inputs["d"]))
        outer.double().weight.copy_(t(inputs["u"])), outer.bias.copy_(t(inputs["b"]))
        layers = nn.Sequential(table, nn.Flatten(), inner, nn.Tanh(), outer)
        return {"logits": layers(torch.tensor(inputs["context"])).tolist()}


def _our_word_network(model: Model, inputs: Inputs) -> Answers:
    return {
        "logits": model.logits(
            torch.tensor(inputs["context"]), *(t(inputs[name]) for name in ("table", "h", "d", "u", "b"))
        )
    }


def _warped(inputs: Inputs) -> Answers:
    from transformers import LogitsProcessorList, TemperatureLogitsWarper, TopKLogitsWarper, TopPLogitsWarper

    warpers = LogitsProcessorList(
        [TemperatureLogitsWarper(inputs["temperature"]), TopKLogitsWarper(inputs["k"]), TopPLogitsWarper(inputs["p"])]
    )
    return {"law": torch.softmax(warpers(None, t(inputs["logits"])), -1).tolist()}


def _our_truncated(model: Model, inputs: Inputs) -> Answers:
    return {"law": model.truncated(t(inputs["logits"]), inputs["temperature"], inputs["k"], inputs["p"])}


def _captioned(inputs: Inputs) -> Answers:
    table, y = t(inputs["table"]), torch.tensor(inputs["y"])
    logits = torch.stack([table[torch.arange(3)] for _ in y])  # the t-th row for the t-th word
    lengths = torch.tensor(inputs["lengths"])
    target = torch.where(torch.arange(3) < lengths[:, None], y, -100)
    found = torch.nn.functional.cross_entropy(logits.transpose(1, 2), target, reduction="none", ignore_index=-100)
    return {"loss": found.sum(-1).tolist()}


def _our_captions(model: Model, inputs: Inputs) -> Answers:
    table, y = t(inputs["table"]), torch.tensor(inputs["y"])
    network = lambda u, read: table[read.shape[1]].expand(len(u), 3)  # noqa: E731
    return {"loss": model.loss(torch.zeros(2, 1), y, torch.tensor(inputs["lengths"]), network)}


def _penalised(inputs: Inputs) -> Answers:
    from torch.distributions import Normal

    x, to, back = (t(inputs[name]) for name in ("x", "to", "back"))
    z = torch.nn.functional.linear(x, to)
    loss = torch.nn.functional.mse_loss(torch.nn.functional.linear(z, back), x, reduction="none").sum(-1)
    penalty = torch.nn.functional.mse_loss(z, torch.zeros_like(z), reduction="none").sum(-1)
    return {
        "loss": (loss + inputs["weight"] * penalty).tolist(),
        "nll": (-Normal(0.0, 1.0).log_prob(z).sum(-1)).tolist(),
    }


def _our_penalised(model: Model, inputs: Inputs) -> Answers:
    x, to, back = (t(inputs[name]) for name in ("x", "to", "back"))
    loss = model.penalised_loss(x, lambda v: v @ to.mT, lambda z: z @ back.mT, t(inputs["weight"]))
    return {"loss": loss, "nll": model.code_nll(x @ to.mT)}


def _weighted(inputs: Inputs) -> Answers:
    from torch.distributions import Independent, Normal, kl_divergence

    mu, std = t(inputs["mu"]), torch.exp(t(inputs["log_var"]) / 2)
    apart = kl_divergence(Independent(Normal(mu, std), 1), Independent(Normal(0 * mu, 1 + 0 * std), 1))
    off = torch.nn.functional.mse_loss(t(inputs["found"]), t(inputs["x"]), reduction="none").sum(-1)
    return {"loss": (off + inputs["beta"] * apart).tolist()}


def _our_weighted(model: Model, inputs: Inputs) -> Answers:
    return {"loss": model.beta_loss(*(t(inputs[name]) for name in ("x", "found", "mu", "log_var", "beta")))}


ORACLES: Mapping[str, tuple[Oracle, ...]] = {
    "stochastic_gradient_descent": (Oracle("torch", DESCENT, _descended, _our_descent, 1e-12, "none"),),
    "backpropagation": (
        Oracle("autograd", LAYERS, _differentiated, _our_gradients, 1e-12, "the same loss, differentiated by it"),
    ),
    "wald_and_bootstrap_intervals": (
        Oracle("statsmodels", COUNTED, _interval, _our_interval, 1e-12, "its interval of 95 % for a share"),
    ),
    "rlhf": (
        Oracle("scipy", ANSWERS, _aligned, _our_alignment, 1e-12, "softmax of log π_ref + r/β, and its entropies"),
    ),
    "fvsbn": (
        Oracle("scikit-learn", BELIEFS, _regressions, _our_regressions, 1e-12, "a logistic regression for each bit"),
    ),
    "nplm": (Oracle("torch", WORDS, _word_network, _our_word_network, 1e-12, "its layers in a row"),),
    "language_model": (
        Oracle("transformers", CUT, _warped, _our_truncated, 1e-6, "its three warpers in a row; it adds in float32"),
    ),
    "captioning": (
        Oracle("torch", CAPTION, _captioned, _our_captions, 1e-12, "words past the end are ignored by their index"),
    ),
    "penalised_autoencoder": (
        Oracle("torch", CODES, _penalised, _our_penalised, 1e-12, "linear coders; sums in place of means"),
    ),
    "beta_vae": (Oracle("torch", BETA, _weighted, _our_weighted, 1e-12, "it takes deviations"),),
}
"""By the names of specifications."""

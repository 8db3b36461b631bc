"""Packages that are asked about generators, mixtures, maps and losses: scipy, torch, scikit-learn, and others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch

from numerics.specifications.contract import Answers, Model, Oracle
from numerics.specifications.draws import t

Inputs = Mapping[str, Any]
HEIGHTS = {"x": [1.2, 0.7, 2.9, 1.4, 0.1]}
COIN = {"x": [1.0, 0.0, 1.0, 1.0, 0.0]}
PLACES = {"x": [[0, 2, 1, 2], [1, 1, 0, 0]], "p": [0.5, 0.2, 0.3]}
LOGITS = {"logits": [[0.2, -1.0, 0.5], [1.5, 0.0, 0.1], [-0.3, 0.4, 2.0]], "y": [2, 0, 1]}
LATENT = {
    "prior": [0.2, 0.5, 0.3],
    "likelihood": [[0.7, 0.3], [0.1, 0.9], [0.5, 0.5]],
    "q": [[0.3, 0.3, 0.4], [0.1, 0.8, 0.1]],
}
DECODER = {"w": [1.0, -0.5], "b": [0.2, 0.1], "var": 0.4, "x": [[0.5, 0.3], [-1.0, 1.2]]}
TOSSING = {"x": [1, 0, 1, 1], "z": [0, 1, 1, 0], "theta": [0.7, 0.2], "pi": [0.4, 0.6], "a": 2.0, "b": 3.0, "c": 1.5}
TREATED = {"y": [3.0, 1.0, 2.5, 4.0, 0.5, 2.0], "treated": [1.0, 0.0, 1.0, 1.0, 0.0, 0.0]}
MIXED = {
    "weights": [0.3, 0.7],
    "masses": [[0.2, 0.5, 0.3], [0.6, 0.1, 0.3]],
    "means": [1.0, -2.0],
    "variances": [0.5, 2.0],
}
AFFINE = {"matrix": [[1.5, 0.3], [-0.2, 0.8]], "shift": [0.4, -1.0], "y": [[0.1, 0.5], [2.0, -1.0]]}
COMPOSED = {"x": [[0.3], [-1.1]], "scale": 2.0, "shift": 0.5}
PREDICTED = {"a": 2.0, "b": 3.5, "alpha": [1.0, 2.0, 0.5], "x": 0.4, "m": -0.2, "v": 0.3, "noise": 0.7}
PERIODIC = {"y": [0.3, -1.0, 0.8, 1.9, -0.4, 0.1], "signal": [2.0, 1.0, 0.4, 0.1, 0.4, 1.0], "noise": [0.5] * 6}
GUESSED = {"y": [0.0, 1.0, 2.5, 4.0], "p": [0.1, 0.4, 0.3, 0.2]}


def _fitted_normal(inputs: Inputs) -> Answers:
    from scipy.stats import norm

    mean, std = norm.fit(inputs["x"])
    return {"mean": float(mean), "var": float(std**2)}


def _our_fitted_normal(model: Model, inputs: Inputs) -> Answers:
    mean, var = model.mle(t(inputs["x"]))
    return {"mean": mean, "var": var}


def _fitted_coin(inputs: Inputs) -> Answers:
    from scipy.optimize import minimize_scalar
    from scipy.stats import bernoulli

    found = minimize_scalar(
        lambda p: -bernoulli.logpmf(inputs["x"], p).sum(), bounds=(0, 1), method="bounded", options={"xatol": 1e-12}
    )
    return {"share": float(found.x)}


def _our_fitted_coin(model: Model, inputs: Inputs) -> Answers:
    return {"share": model.mle(t(inputs["x"]))}


def _iid(inputs: Inputs) -> Answers:
    from scipy.stats import rv_discrete

    law = rv_discrete(values=([0, 1, 2], inputs["p"]))
    return {"log_prob": [float(law.logpmf(row).sum()) for row in inputs["x"]]}


def _our_iid(model: Model, inputs: Inputs) -> Answers:
    return {"log_prob": model.log_prob(torch.tensor(inputs["x"]), t(inputs["p"]))}


def _log_loss(inputs: Inputs) -> Answers:
    import numpy as np
    from scipy.special import softmax
    from sklearn.metrics import log_loss

    return {"loss": float(log_loss(inputs["y"], softmax(np.array(inputs["logits"]), axis=1), labels=[0, 1, 2]))}


def _our_log_loss(model: Model, inputs: Inputs) -> Answers:
    return {"loss": model.cross_entropy(t(inputs["logits"]), torch.tensor(inputs["y"]))}


def _bound(inputs: Inputs) -> Answers:
    from torch.distributions import Categorical, kl_divergence

    q, likelihood = t(inputs["q"]), t(inputs["likelihood"])
    apart = kl_divergence(Categorical(q), Categorical(t(inputs["prior"]).expand(2, 3)))
    log_likelihood = torch.stack([Categorical(likelihood).log_prob(torch.tensor([x] * 3)) for x in (0, 1)])
    return {"elbo": ((q * log_likelihood).sum(-1) - apart).tolist()}


def _our_bound(model: Model, inputs: Inputs) -> Answers:
    return {"elbo": model.elbo(t(inputs["q"]), torch.log(t(inputs["prior"])[:, None] * t(inputs["likelihood"])).mT)}


def _linear_decoder(inputs: Inputs) -> Answers:
    import numpy as np
    from scipy.stats import multivariate_normal

    w = np.array(inputs["w"])
    return {
        "log_prob": multivariate_normal(inputs["b"], np.outer(w, w) + inputs["var"] * np.eye(2))
        .logpdf(inputs["x"])
        .tolist()
    }


def _our_linear_decoder(model: Model, inputs: Inputs) -> Answers:
    w, b = t(inputs["w"]), t(inputs["b"])
    return {"log_prob": model.log_prob(t(inputs["x"]), lambda z: z * w + b, t(inputs["var"]))}


def _program(inputs: Inputs) -> Answers:
    import numpy as np
    from scipy.stats import bernoulli, beta, dirichlet

    theta, pi, z = np.array(inputs["theta"]), np.array(inputs["pi"]), np.array(inputs["z"])
    prior = beta(inputs["a"], inputs["b"]).logpdf(theta).sum() + dirichlet([inputs["c"]] * 2).logpdf(pi)
    data = np.log(pi[z]).sum() + bernoulli(theta[z]).logpmf(inputs["x"]).sum()
    return {"prior": float(prior), "log_prob": float(prior + data)}


def _our_program(model: Model, inputs: Inputs) -> Answers:
    laws = t(inputs["theta"]), t(inputs["pi"]), inputs["a"], inputs["b"], inputs["c"]
    return {"prior": model.prior(*laws), "log_prob": model.log_prob(t(inputs["x"]), torch.tensor(inputs["z"]), *laws)}


def _regressed(inputs: Inputs) -> Answers:
    import numpy as np
    import statsmodels.api as sm

    found = sm.OLS(np.array(inputs["y"]), sm.add_constant(np.array(inputs["treated"]))).fit()
    return {"difference": float(found.params[1])}


def _our_difference(model: Model, inputs: Inputs) -> Answers:
    return {"difference": model.difference(t(inputs["y"]), t(inputs["treated"]))}


def _mixture(inputs: Inputs) -> Answers:
    from torch.distributions import Categorical, MixtureSameFamily, Normal

    weights = Categorical(t(inputs["weights"]))
    table = MixtureSameFamily(weights, Categorical(t(inputs["masses"])))
    normal = MixtureSameFamily(weights, Normal(t(inputs["means"]), torch.sqrt(t(inputs["variances"]))))
    return {"masses": torch.exp(table.log_prob(torch.arange(3))).tolist(), "variance": float(normal.variance)}


def _our_mixture(model: Model, inputs: Inputs) -> Answers:
    weights = t(inputs["weights"])
    return {
        "masses": model.mixture(weights, t(inputs["masses"])),
        "variance": model.variance(weights, t(inputs["means"]), t(inputs["variances"])),
    }


def _product(inputs: Inputs) -> Answers:
    import numpy as np
    from pgmpy.factors.discrete import DiscreteFactor

    a, b = (DiscreteFactor(["x"], [3], np.array(row)) for row in inputs["masses"])
    return {"masses": a.product(b, inplace=False).normalize(inplace=False).values.tolist()}


def _our_product(model: Model, inputs: Inputs) -> Answers:
    return {"masses": model.product(t(inputs["masses"]))}


def _affine(inputs: Inputs) -> Answers:
    from torch.distributions import MultivariateNormal

    matrix = t(inputs["matrix"])
    return {"log_prob": MultivariateNormal(t(inputs["shift"]), matrix @ matrix.mT).log_prob(t(inputs["y"])).tolist()}


def _our_affine(model: Model, inputs: Inputs) -> Answers:
    return {"log_prob": model.affine_log_prob(t(inputs["y"]), t(inputs["matrix"]), t(inputs["shift"]))}


def _composed(inputs: Inputs) -> Answers:
    from torch.distributions.transforms import AffineTransform, ComposeTransform, SigmoidTransform

    maps = ComposeTransform([AffineTransform(inputs["shift"], inputs["scale"]), SigmoidTransform()])
    x = t(inputs["x"])
    y = maps(x)
    return {"y": y.tolist(), "x": maps.inv(y).tolist(), "log_det": maps.log_abs_det_jacobian(x, y)[:, 0].tolist()}


def _our_composed(model: Model, inputs: Inputs) -> Answers:
    shift, scale, x = inputs["shift"], inputs["scale"], t(inputs["x"])
    maps = [lambda x: shift + scale * x, torch.sigmoid]
    inverses = [lambda y: (y - shift) / scale, torch.logit]
    slopes = [
        lambda x: torch.log(t(scale)).expand(len(x)),
        lambda x: torch.log(torch.sigmoid(x) * torch.sigmoid(-x))[:, 0],
    ]
    y = model.compose(maps, x)
    return {"y": y, "x": model.inverse(inverses, y), "log_det": model.log_det(maps, slopes, x)}


def _predictive(inputs: Inputs) -> Answers:
    from scipy.stats import betabinom, dirichlet_multinomial, norm

    one_hot = [[int(i == k) for i in range(3)] for k in range(3)]
    return {
        "one": float(betabinom(1, inputs["a"], inputs["b"]).pmf(1)),
        "classes": [float(dirichlet_multinomial(inputs["alpha"], 1).pmf(row)) for row in one_hot],
        "normal": float(norm(inputs["m"], (inputs["v"] + inputs["noise"]) ** 0.5).logpdf(inputs["x"])),
    }


def _our_predictive(model: Model, inputs: Inputs) -> Answers:
    return {
        "one": model.beta_predictive(t(inputs["a"]), t(inputs["b"])),
        "classes": model.dirichlet_predictive(t(inputs["alpha"])),
        "normal": model.normal_predictive(t(inputs["x"]), t(inputs["m"]), t(inputs["v"]), t(inputs["noise"])),
    }


def _circulant(inputs: Inputs) -> Answers:
    import numpy as np
    from scipy.linalg import circulant, solve

    signal, noise = (circulant(np.fft.ifft(inputs[k]).real) for k in ("signal", "noise"))
    return {"estimate": (signal @ solve(signal + noise, np.array(inputs["y"]))).tolist()}


def _our_wiener(model: Model, inputs: Inputs) -> Answers:
    return {"estimate": model.filter(t(inputs["y"]), t(inputs["signal"]), t(inputs["noise"]))}


def _dummies(inputs: Inputs) -> Answers:
    import numpy as np
    from sklearn.dummy import DummyRegressor

    y, weights = np.array(inputs["y"]), np.array(inputs["p"])
    found = {
        kind: DummyRegressor(strategy=kind).fit(y[:, None], y, sample_weight=weights) for kind in ("mean", "median")
    }
    return {kind: float(one.constant_.item()) for kind, one in found.items()}


def _our_predictors(model: Model, inputs: Inputs) -> Answers:
    y, p = t(inputs["y"]), t(inputs["p"])
    return {"mean": model.squared(y, p), "median": model.absolute(y, p)}


ORACLES: Mapping[str, tuple[Oracle, ...]] = {
    "gaussian_generator": (
        Oracle("scipy", HEIGHTS, _fitted_normal, _our_fitted_normal, 1e-12, "it gives the deviation"),
    ),
    "coin_generator": (
        Oracle("scipy", COIN, _fitted_coin, _our_fitted_coin, 1e-6, "its search for the greatest likelihood"),
    ),
    "iid": (Oracle("scipy", PLACES, _iid, _our_iid, 1e-12, "none"),),
    "classifier_cross_entropy": (
        Oracle("scikit-learn", LOGITS, _log_loss, _our_log_loss, 1e-12, "it is given softmax(l)"),
    ),
    "discrete_latent_variable_model": (
        Oracle("torch", LATENT, _bound, _our_bound, 1e-12, "E_q log p(x | z) less its KL"),
    ),
    "gaussian_decoder": (
        Oracle("scipy", DECODER, _linear_decoder, _our_linear_decoder, 1e-9, "a linear decoder: N(b, w wᵀ + σ² I)"),
    ),
    "bernoulli_mixture": (Oracle("scipy", TOSSING, _program, _our_program, 1e-12, "none"),),
    "potential_outcomes": (
        Oracle("statsmodels", TREATED, _regressed, _our_difference, 1e-12, "the slope of the outcome on treatment"),
    ),
    "mixture_operation": (Oracle("torch", MIXED, _mixture, _our_mixture, 1e-12, "it takes deviations"),),
    "product_of_experts": (Oracle("pgmpy", MIXED, _product, _our_product, 1e-12, "a product of factors, normalised"),),
    "transformation": (Oracle("torch", AFFINE, _affine, _our_affine, 1e-12, "A x + b has the law N(b, A Aᵀ)"),),
    "composition": (Oracle("torch", COMPOSED, _composed, _our_composed, 1e-12, "the first of its parts goes first"),),
    "posterior_predictive": (Oracle("scipy", PREDICTED, _predictive, _our_predictive, 1e-12, "one toss, one draw"),),
    "wiener_filter": (
        Oracle("scipy", PERIODIC, _circulant, _our_wiener, 1e-10, "S_x (S_x + S_n)⁻¹ y with circulant covariances"),
    ),
    "losses": (
        Oracle(
            "scikit-learn",
            GUESSED,
            _dummies,
            _our_predictors,
            1e-12,
            "constant predictions by weighted mean and median",
        ),
    ),
}
"""By the names of specifications."""

"""Packages that are asked about laws, information and scores: scipy, statsmodels, torch."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import torch
from torch import Tensor

from numerics.specifications.contract import Answers, Model, Oracle
from numerics.specifications.draws import t

Inputs = Mapping[str, Any]
CORNERS = {"z": [[0.3, -1.2, 0.7], [2.0, 0.0, -0.5]]}
TRIALS = {"n": 5, "p": [0.2, 0.65]}
TOSSES = {"x": [0, 2, 2, 1, 3, 2, 0]}
NOISE = {"y": [[0.4, 1.1], [-2.0, 0.3]], "f": [[0.0, 1.0], [-1.0, 0.5]], "s": 0.7, "u": [0.05, 0.5, 0.93]}
TWO_LAWS = {"q": [0.1, 0.6, 0.3], "p": [0.25, 0.25, 0.5]}
ENERGIES = {"energy": [0.4, -1.0, 2.2, 0.0], "q": [0.3, 0.4, 0.1, 0.2]}
RATINGS = {"ratings": [[4.0, 5.0, 3.0], [2.0, 3.0, 3.0]]}
SCORES = {"log_prob": [-3.2, -1.1, -7.4], "dims": 4, "levels": 256}


def _standard(inputs: Inputs) -> Answers:
    from scipy.stats import multivariate_normal

    law = multivariate_normal([0.0] * 3)
    return {"log_prob": law.logpdf(inputs["z"]).tolist(), "entropy": float(law.entropy())}


def _our_standard(model: Model, inputs: Inputs) -> Answers:
    return {"log_prob": model.log_prob(t(inputs["z"])), "entropy": t(model.entropy(3))}


def _binomials(inputs: Inputs) -> Answers:
    from scipy.stats import binom

    rows = [binom(inputs["n"], p).logpmf(range(inputs["n"] + 1)).tolist() for p in inputs["p"]]
    return {"log_prob": rows}


def _our_binomials(model: Model, inputs: Inputs) -> Answers:
    counts = torch.arange(inputs["n"] + 1, dtype=torch.float64)
    base = torch.lgamma(t(inputs["n"] + 1.0)) - torch.lgamma(counts + 1) - torch.lgamma(inputs["n"] - counts + 1)
    return {"log_prob": model.log_prob(torch.logit(t(inputs["p"]))[:, None], counts[:, None], base)}


def _steps(inputs: Inputs) -> Answers:
    from statsmodels.distributions.empirical_distribution import ECDF
    from statsmodels.stats.weightstats import DescrStatsW

    reached, found = ECDF(inputs["x"])([-1, 0, 1, 2, 3]), DescrStatsW([float(v) for v in inputs["x"]])
    law = [b - a for a, b in pairwise(reached)]
    return {"law": law, "mean": float(found.mean), "variance": float(found.var)}


def _our_steps(model: Model, inputs: Inputs) -> Answers:
    x = torch.tensor(inputs["x"])
    return {
        "law": model.empirical(x, 4),
        "mean": model.plug_in_mean(x.double()),
        "variance": model.plug_in_variance(x.double()),
    }


def _noise(inputs: Inputs) -> Answers:
    from scipy.stats import gumbel_r, norm

    rows = zip(inputs["y"], inputs["f"], strict=True)
    return {
        "log_prob": [float(norm(f, inputs["s"]).logpdf(y).sum()) for y, f in rows],
        "gumbel": gumbel_r.ppf(inputs["u"]).tolist(),
    }


def _our_noise(model: Model, inputs: Inputs) -> Answers:
    return {
        "log_prob": model.additive_log_prob(t(inputs["y"]), t(inputs["f"]), t(inputs["s"])),
        "gumbel": model.gumbel(t(inputs["u"])),
    }


def _entropy_of_two(inputs: Inputs) -> Answers:
    from scipy.stats import entropy

    return {"kl": float(entropy(inputs["q"], inputs["p"])), "the other way": float(entropy(inputs["p"], inputs["q"]))}


def _our_kl(model: Model, inputs: Inputs) -> Answers:
    q, p = t(inputs["q"]), t(inputs["p"])
    return {"kl": model.kl(q, p), "the other way": model.kl(p, q)}


def _energies(inputs: Inputs) -> Answers:
    import numpy as np
    from scipy.special import logsumexp, softmax
    from scipy.stats import entropy

    energy = np.array(inputs["energy"])
    least = -float(logsumexp(-energy))
    return {"free": least + float(entropy(inputs["q"], softmax(-energy))), "least": least}


def _our_energies(model: Model, inputs: Inputs) -> Answers:
    energy = t(inputs["energy"])
    return {
        "free": model.free_energy(t(inputs["q"]), energy),
        "least": model.free_energy(torch.softmax(-energy, -1), energy),
    }


def _masses(inputs: Inputs) -> Answers:
    import numpy as np
    from scipy.special import log_softmax, logsumexp

    energy = -np.array(inputs["energy"])
    table = energy.reshape(2, 2)
    return {
        "log_prob": log_softmax(energy).tolist(),
        "log_partition": float(logsumexp(energy)),
        "given": log_softmax(table, axis=1).tolist(),
        "marginal": (-logsumexp(table, axis=1)).tolist(),
    }


def _our_masses(model: Model, inputs: Inputs) -> Answers:
    energy = t(inputs["energy"])
    ones: Tensor = torch.ones_like(energy)
    return {
        "log_prob": model.log_prob(energy, ones),
        "log_partition": model.log_partition(energy, ones),
        "given": model.conditional_log_prob(energy.reshape(2, 2)),
        "marginal": model.marginal_energy(energy.reshape(2, 2)),
    }


def _elbo(inputs: Inputs) -> Answers:
    import numpy as np
    from scipy.special import logsumexp, softmax
    from scipy.stats import entropy

    log_joint = -np.array(inputs["energy"])
    return {"elbo": float(logsumexp(log_joint) - entropy(inputs["q"], softmax(log_joint)))}


def _our_elbo(model: Model, inputs: Inputs) -> Answers:
    return {"elbo": model.elbo(t(inputs["q"]), -t(inputs["energy"]))}


def _mean_rating(inputs: Inputs) -> Answers:
    import numpy as np
    from scipy.stats import tmean

    return {"score": float(np.mean([tmean(row) for row in inputs["ratings"]]))}


def _our_mean_rating(model: Model, inputs: Inputs) -> Answers:
    ratings = t(inputs["ratings"])
    return {"score": model.mean_opinion_score(ratings, torch.ones_like(ratings))}


def _gauss_nll(inputs: Inputs) -> Answers:
    from scipy.stats import multivariate_normal

    rows = [multivariate_normal([0.1, -0.2, 0.4], c).logpdf(inputs["z"]).tolist() for c in inputs["covariances"]]
    return {"log_prob": rows}


FULL = {
    **CORNERS,
    "covariances": [[[2.0, 0.3, 0.1], [0.3, 1.0, -0.2], [0.1, -0.2, 0.5]], [[0.6, 0, 0], [0, 0.6, 0], [0, 0, 0.6]]],
}


def _our_gauss_nll(model: Model, inputs: Inputs) -> Answers:
    x, mean = t(inputs["z"]), t([0.1, -0.2, 0.4])
    full = model.log_normal_full(x, mean, t(inputs["covariances"][0]))
    return {"log_prob": torch.stack([full, model.log_normal(x, mean, t(0.6))])}


ORACLES: Mapping[str, tuple[Oracle, ...]] = {
    "standard_normal": (Oracle("scipy", CORNERS, _standard, _our_standard, 1e-12, "none"),),
    "exponential_family": (
        Oracle(
            "scipy",
            TRIALS,
            _binomials,
            _our_binomials,
            1e-12,
            "Binomial(n, p) has T(x) = x, η = logit p and h the binomial coefficients",
        ),
    ),
    "empirical": (
        Oracle("statsmodels", TOSSES, _steps, _our_steps, 1e-12, "masses are the steps of its distribution function"),
    ),
    "external_noise": (
        Oracle("scipy", NOISE, _noise, _our_noise, 1e-12, "its scale is s; gumbel_r is the standard Gumbel law"),
    ),
    "reverse_kl": (Oracle("scipy", TWO_LAWS, _entropy_of_two, _our_kl, 1e-12, "entropy(q, p) is KL(q ‖ p), in nats"),),
    "variational_free_energy": (
        Oracle("scipy", ENERGIES, _energies, _our_energies, 1e-12, "F = −log Z + KL(q ‖ softmax(−E))"),
    ),
    "energy_based_model": (Oracle("scipy", ENERGIES, _masses, _our_masses, 1e-12, "it is given −E"),),
    "elbo": (
        Oracle("scipy", ENERGIES, _elbo, _our_elbo, 1e-12, "log evidence less KL(q ‖ posterior), log p(x, z) = −E"),
    ),
    "mean_opinion_score": (
        Oracle("scipy", RATINGS, _mean_rating, _our_mean_rating, 1e-12, "all items were rated by all"),
    ),
    "decoder_covariance": (Oracle("scipy", FULL, _gauss_nll, _our_gauss_nll, 1e-12, "the second covariance is 0.6 I"),),
}
"""By the names of specifications."""

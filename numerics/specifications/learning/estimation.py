"""Maximum likelihood (54), Bayesian learning (55), Wald and bootstrap intervals (58)."""

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
from numerics.specifications.outcomes import close, equal, gradient, worst
from reference_models.learning import estimation

PAGE = "reference_models.learning.estimation"


def _normal_stationary(model: Model, draw: Draw) -> Outcome:
    x = draw.normal(7) * 2 + 1
    mean, var = model.normal_mle(x)
    by_mean = gradient(lambda m: model.mean_nll(model.normal_log_prob(x, m, var)), mean)
    by_var = gradient(lambda v: model.mean_nll(model.normal_log_prob(x, mean, v)), var)
    return worst(equal(by_mean, 0.0), equal(by_var, 0.0))


def _bias_of_variance(model: Model, draw: Draw) -> Outcome:
    values, law, n = draw.normal(3), draw.simplex(3), 4
    index = torch.cartesian_prod(*[torch.arange(3, device=values.device)] * n)
    chance = law[index].prod(-1)
    _, var = model.normal_mle(values[index].mT)
    mean = (law * values).sum()
    return equal((chance * var).sum(), (n - 1) / n * (law * (values - mean) ** 2).sum())


def _projection(model: Model, draw: Draw) -> Outcome:
    counts, law = draw.integers(1, 9, 5).to(torch.float64), draw.simplex(6, 5)
    p = counts / counts.sum()
    kl = (p * torch.log(p / law)).sum(-1)
    entropy = -(p * torch.log(p)).sum()
    best = model.categorical_nll(counts, model.categorical_mle(counts))
    return worst(equal(model.categorical_nll(counts, law) - kl, entropy), equal(best, entropy))


def _equivariance(model: Model, draw: Draw) -> Outcome:
    x = draw.uniform(0.1, 3, 9)
    scale = 1 / model.exponential_mle(x)
    return equal(gradient(lambda s: model.mean_nll(-torch.log(s) - x / s), scale), 0.0)


def _scipy_fits(inputs: Mapping[str, Any]) -> Answers:
    from scipy.stats import expon, norm

    mean, std = norm.fit(inputs["x"])
    return {"mean": mean, "var": std**2, "rate": 1 / expon.fit(inputs["positive"], floc=0)[1]}


def _our_fits(model: Model, inputs: Mapping[str, Any]) -> Answers:
    x, positive = (torch.tensor(inputs[k], dtype=torch.float64) for k in ("x", "positive"))
    mean, var = model.normal_mle(x)
    return {"mean": mean, "var": var, "rate": model.exponential_mle(positive)}


def _efficiency(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    """20 000 samples of 200 exponential waits: √n (θ̂ − θ)/θ has variance 1, the inverse information."""
    rate, n, times = draw.uniform(0.5, 2), 200, 20_000
    x = -torch.log1p(-draw.uniform(0, 1, n, times)) / rate
    found = model.exponential_mle(x)
    progress(0.8)
    z = n**0.5 * (found - rate) / rate
    edges = torch.linspace(-4, 4, 33, dtype=torch.float64)
    bars = torch.histc(z.cpu(), 32, -4, 4) / times / 0.25
    centres = (edges[1:] + edges[:-1]) / 2
    normal = torch.exp(-(centres**2) / 2) / (2 * torch.pi) ** 0.5
    bias = float((found / rate).mean() - 1)
    pictures = {"found": (centres.tolist(), bars.tolist()), "normal": (centres.tolist(), normal.tolist())}
    progress(1.0)
    return Result(
        (
            Figure("variance of √n (θ̂ − θ)/θ", float(z.var()), n**2 / ((n - 1) ** 2 * (n - 2)) * n, 0.07),
            Figure("relative bias", bias, 1 / (n - 1), 0.004),
        ),
        (Panel("standardised estimates", "lines", pictures),),
    )


MAXIMUM_LIKELIHOOD = Specification(
    name="maximum_likelihood",
    family="learning",
    systems=(54,),
    title="Maximum likelihood",
    statement="θ̂ = argmax Σ log p(x_i | θ) = argmin KL(p̂ ‖ p_θ)",
    page=PAGE,
    functions={
        "mean_nll": estimation.mean_nll,
        "normal_log_prob": estimation.normal_log_prob,
        "normal_mle": estimation.normal_mle,
        "exponential_mle": estimation.exponential_mle,
        "categorical_nll": estimation.categorical_nll,
        "categorical_mle": estimation.categorical_mle,
    },
    properties=(
        Property(
            "the gradient vanishes at the normal MLE",
            _normal_stationary,
            Mutant("the variance is divided by n − 1", {"normal_mle": lambda x: (x.mean(0), x.var(0))}),
        ),
        Property(
            "the variance is biased by (n − 1)/n: all samples of a three-point law",
            _bias_of_variance,
            Mutant("the variance is divided by n − 1", {"normal_mle": lambda x: (x.mean(0), x.var(0))}),
        ),
        Property(
            "NLL − KL to the frequencies is their entropy, whatever the model",
            _projection,
            Mutant(
                "the outcomes are weighted by the model",
                {"categorical_nll": lambda n, q: -torch.xlogy(q, n / n.sum()).sum(-1)},
            ),
        ),
        Property(
            "equivariance: the MLE of the scale is one over that of the rate",
            _equivariance,
            Mutant("unbiased instead: (n − 1)/Σx", {"exponential_mle": lambda x: (x.shape[0] - 1) / x.sum(0)}),
        ),
    ),
    source="Casella and Berger 2002, section 7.2",
    oracles=(
        Oracle(
            "scipy",
            {"x": [0.3, -1.2, 2.0, 0.7], "positive": [0.2, 1.4, 0.9]},
            _scipy_fits,
            _our_fits,
            1e-13,
            "norm.fit gives a standard deviation over n, expon.fit a scale",
        ),
    ),
    task=Task("20 000 simulated samples of exponential waits", _efficiency),
    conventions=("the variance is divided by n", "sums over the data; mean_nll is a mean"),
)


def _grid(draw: Draw, n: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Log-weights of a uniform prior on 40 Gauss-Legendre nodes in (0, 1), and n tosses' log-likelihoods."""
    t, w = np.polynomial.legendre.leggauss(40)
    p, x = (1 + draw.tensor(t)) / 2, draw.bits(n, 1)
    return torch.log(draw.tensor(w) / 2), p, x[:, 0], torch.xlogy(x, p) + torch.xlogy(1 - x, 1 - p)


def _evidence(model: Model, draw: Draw) -> Outcome:
    prior, _, x, likelihood = _grid(draw, 8)
    s, n = x.sum(), draw.tensor(8.0)
    return equal(
        model.log_evidence(prior, likelihood), torch.lgamma(s + 1) + torch.lgamma(n - s + 1) - torch.lgamma(n + 2)
    )


def _sequential(model: Model, draw: Draw) -> Outcome:
    prior, _, _, likelihood = _grid(draw, 8)
    step = model.log_posterior(model.log_posterior(prior, likelihood[:3]), likelihood[3:])
    return equal(step, model.log_posterior(prior, likelihood))


def _predictive(model: Model, draw: Draw) -> Outcome:
    prior, p, x, likelihood = _grid(draw, 6)
    found = model.log_predictive(model.log_posterior(prior, likelihood), torch.log(p))
    return equal(torch.exp(found), (1 + x.sum()) / (2 + 6))


def _prequential(model: Model, draw: Draw) -> Outcome:
    prior, _, _, likelihood = _grid(draw, 5)
    parts = [model.log_predictive(model.log_posterior(prior, likelihood[:i]), likelihood[i]) for i in range(5)]
    return equal(torch.stack(parts).sum(), torch.logsumexp(prior + likelihood.sum(0), 0))


def _betabinom(inputs: Mapping[str, Any]) -> Answers:
    from scipy.special import comb
    from scipy.stats import betabinom

    n, a, b = inputs["n"], inputs["a"], inputs["b"]
    return {"evidence": [betabinom(n, a, b).pmf(s) / comb(n, s) for s in range(n + 1)]}


def _our_evidence(model: Model, inputs: Mapping[str, Any]) -> Answers:
    n, a, b = inputs["n"], inputs["a"], inputs["b"]
    t, w = (torch.as_tensor(v) for v in np.polynomial.legendre.leggauss(40))
    p = (1 + t) / 2
    beta = torch.lgamma(torch.tensor([a, b, a + b], dtype=torch.float64))
    prior = torch.log(w / 2) + (a - 1) * torch.log(p) + (b - 1) * torch.log(1 - p) - beta[0] - beta[1] + beta[2]
    rows = [torch.stack([torch.log(p)] * s + [torch.log(1 - p)] * (n - s)) for s in range(n + 1)]
    return {"evidence": torch.stack([torch.exp(model.log_evidence(prior, row)) for row in rows])}


BAYESIAN = Specification(
    name="bayesian_learning",
    family="learning",
    systems=(55,),
    title="Bayesian learning",
    statement="p(θ | D) = p(θ) Π p(x_i | θ) / ∫ p(θ) Π p(x_i | θ) dθ",
    page=PAGE,
    functions={
        "log_evidence": estimation.log_evidence,
        "log_posterior": estimation.log_posterior,
        "log_predictive": estimation.log_predictive,
    },
    properties=(
        Property(
            "the evidence of tosses under a uniform prior is a Beta integral",
            _evidence,
            Mutant("the prior is left out", {"log_evidence": lambda prior, lik: torch.logsumexp(lik.sum(0), -1)}),
        ),
        Property(
            "updating in two steps is updating at once",
            _sequential,
            Mutant(
                "log-likelihoods are averaged",
                {"log_posterior": lambda prior, lik: torch.log_softmax(prior + lik.mean(0), -1)},
            ),
        ),
        Property(
            "the next toss: Laplace's rule (1 + s)/(2 + n)",
            _predictive,
            Mutant(
                "the plug-in estimate at the mode",
                {"log_predictive": lambda post, lik: lik[..., int(post.argmax())]},
            ),
        ),
        Property(
            "the evidence is the product of the predictives",
            _prequential,
            Mutant("the posterior isn't normalised", {"log_posterior": lambda prior, lik: prior + lik.sum(0)}),
        ),
    ),
    source="Bishop 2006, section 1.2.3",
    oracles=(
        Oracle(
            "scipy",
            {"n": 6, "a": 2.0, "b": 3.0},
            _betabinom,
            _our_evidence,
            1e-12,
            "betabinom's mass over C(n, s) is the evidence of one order of tosses",
        ),
    ),
    conventions=("parameters on a grid whose weights are the prior",),
)


def _bernoulli(p: Tensor) -> Tensor:
    return torch.stack([1 - p, p])


def _information(model: Model, draw: Draw) -> Outcome:
    p = draw.uniform(0.1, 0.9)
    curvature = torch.func.jacrev(torch.func.jacrev(lambda q: torch.log(_bernoulli(q))))(p)
    found = model.fisher_information(_bernoulli, p)
    return worst(close(found, 1 / (p * (1 - p))), close(found, -(_bernoulli(p) * curvature).sum()))


def _coverage(model: Model, draw: Draw) -> Outcome:
    n, p = 400, draw.uniform(0.3, 0.7)
    k = torch.arange(1, n, dtype=torch.float64, device=p.device)
    estimate = k / n
    low, high = model.wald_interval(estimate, 1 / (estimate * (1 - estimate)), n, 1.959964)
    ways = torch.lgamma(draw.tensor(n + 1.0)) - torch.lgamma(k + 1) - torch.lgamma(n - k + 1)
    chance = torch.exp(ways + k * torch.log(p) + (n - k) * torch.log(1 - p))
    return equal((chance * ((low <= p) & (p <= high))).sum(), 0.95, 0.015)


def _resampled(model: Model, draw: Draw) -> Outcome:
    x, n = draw.normal(4), 4
    every = torch.cartesian_prod(*[torch.arange(n, device=x.device)] * n)
    means = model.bootstrap(x, torch.mean, every)
    return equal(means.var(correction=0), x.var(correction=0) / n)


def _simulated_coverage(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    """95 % intervals for a coin's bias from 4 000 samples of 300 tosses, and a bootstrap's standard error for one."""
    p, n = draw.uniform(0.3, 0.7), 300
    tosses = (draw.uniform(0, 1, 4000, n) < p).double()
    estimate = tosses.mean(1)
    low, high = model.wald_interval(estimate, 1 / (estimate * (1 - estimate)), n, 1.959964)
    progress(0.5)
    means = model.bootstrap(tosses[0], torch.mean, draw.integers(0, n - 1, 4000, n))
    error = torch.sqrt(estimate[0] * (1 - estimate[0]) / n)
    progress(1.0)
    return Result(
        (
            Figure("share of intervals that hold p", float(((low <= p) & (p <= high)).double().mean()), 0.95, 0.025),
            Figure("bootstrap standard error", float(means.std()), float(error), 0.1 * float(error)),
        ),
        (Panel("lower and upper ends", "points", {"first 50": (low[:50].tolist(), high[:50].tolist())}),),
    )


INTERVALS = Specification(
    name="wald_and_bootstrap_intervals",
    family="learning",
    systems=(58,),
    title="Fisher-information intervals and the bootstrap",
    statement="θ̂ ± z/√(n I(θ̂)); the statistic of resamples with replacement",
    page=PAGE,
    functions={
        "fisher_information": estimation.fisher_information,
        "wald_interval": estimation.wald_interval,
        "bootstrap": estimation.bootstrap,
    },
    properties=(
        Property(
            "the information is minus the mean curvature, 1/(p(1 − p)) for Bernoulli",
            _information,
            Mutant(
                "outcomes aren't weighted by their probability",
                {"fisher_information": lambda f, t: ((torch.func.jacrev(f)(t) / f(t)) ** 2).mean()},
            ),
        ),
        Property(
            "coverage at n = 400 is near its nominal 95 %, summed over all outcomes",
            _coverage,
            Mutant(
                "z is divided by √(n / I)",
                {"wald_interval": lambda e, i, n, z: (e - z / torch.sqrt(n / i), e + z / torch.sqrt(n / i))},
            ),
        ),
        Property(
            "over all resamples the mean has variance σ̂²/n, which is 1/(n I)",
            _resampled,
            Mutant(
                "resamples lose one observation",
                {"bootstrap": lambda x, f, rows: estimation.bootstrap(x, f, rows[:, 1:])},
            ),
        ),
    ),
    source="Casella and Berger 2002, section 10.4; Efron and Tibshirani 1993, chapter 6",
    task=Task("4 000 simulated samples of 300 tosses", _simulated_coverage),
    conventions=("I is the information in one observation",),
)

SPECIFICATIONS = (MAXIMUM_LIKELIHOOD, BAYESIAN, INTERVALS)

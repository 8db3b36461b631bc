"""Negative log-likelihood (174), perplexity (175), ELBO as a score (176), held-out comparison (185)."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from math import log
from typing import Any

import torch
from torch import Tensor

from numerics.specifications.contract import (
    Answers,
    Figure,
    Model,
    Mutant,
    Oracle,
    Outcome,
    Property,
    Result,
    Specification,
    Task,
)
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import at_most, close, equal, true, worst
from reference_models.evaluation import likelihoods
from reference_models.inference import weights
from reference_models.learning import estimation

PAGE = "reference_models.evaluation.likelihoods"


def _at_least_entropy(model: Model, draw: Draw) -> Outcome:
    """Data in exact proportions: NLL is the cross-entropy, at least the entropy of the data."""
    counts = draw.integers(1, 9, 4)
    p, q = counts.double() / counts.sum(), draw.simplex(4)
    found = model.nll(torch.log(q).repeat_interleave(counts))
    floor = -(p * torch.log(p)).sum()
    return worst(
        at_most(floor, found),
        close(found, floor + (p * torch.log(p / q)).sum()),
        close(model.nll(torch.log(p).repeat_interleave(counts)), floor),
    )


def _bits(model: Model, draw: Draw) -> Outcome:
    """A uniform density on [0, 1]^d costs log₂ 256 = 8 bits; a density twice as high on half the cube a bit less."""
    d, n = draw.whole(2, 6), 5
    flat = torch.zeros(n, dtype=torch.float64, device=draw.device)
    mass = draw.simplex(256)
    cells = torch.log(mass * 256)  # the density of one dimension in each cell
    found = model.bits_per_dim(cells, 1, 256)
    return worst(
        equal(model.bits_per_dim(flat, d, 256), 8.0),
        equal(model.bits_per_dim(flat + d * log(2), d, 256), 7.0),
        close(found, -torch.log2(mass).mean()),
    )


NLL = Specification(
    name="negative_log_likelihood",
    family="evaluation",
    systems=(174,),
    title="Negative log-likelihood and bits per dimension",
    statement="NLL = −(1/n) Σ log p(x_i); bits/dim = NLL/(d log 2) + log₂ levels",
    page=PAGE,
    functions={"nll": estimation.mean_nll, "bits_per_dim": likelihoods.bits_per_dim},
    properties=(
        Property(
            "at least the entropy of the data, equal for their own law",
            _at_least_entropy,
            Mutant("a mean of probabilities", {"nll": lambda x: -torch.log(torch.exp(x).mean(-1))}),
        ),
        Property(
            "bits per dimension: 8 for a uniform density over 256 levels",
            _bits,
            Mutant("nats stand for bits", {"bits_per_dim": lambda x, d, n: -x.mean() / d + log(n) / log(2)}),
        ),
    ),
    source="Theis et al. 2016, section 3",
    conventions=("nats; bits where named", "mean over examples"),
)


def _uniform(model: Model, draw: Draw) -> Outcome:
    v, n = draw.whole(2, 50), draw.whole(2, 9)
    log_p = torch.full((3, n), -log(v), dtype=torch.float64, device=draw.device)
    return close(model.perplexity(log_p, torch.ones_like(log_p)), float(v))


def _geometric_mean(model: Model, draw: Draw) -> Outcome:
    p = draw.uniform(0.05, 1, 4, 6)
    mask = draw.tensor([[1] * 6, [1] * 4 + [0] * 2, [1] * 2 + [0] * 4, [1] * 6])
    seen = p[mask > 0]
    return close(model.perplexity(torch.log(p), mask), (1 / seen).prod() ** (1 / len(seen)))


def _lengths(model: Model, draw: Draw) -> Outcome:
    """A text said twice has the perplexity of one; padding doesn't count."""
    log_p = torch.log(draw.uniform(0.05, 1, 1, 5))
    one = model.perplexity(log_p, torch.ones_like(log_p))
    twice, padded = log_p.repeat(1, 2), torch.nn.functional.pad(log_p, (0, 4), value=-3.0)
    mask = torch.nn.functional.pad(torch.ones_like(log_p), (0, 4))
    return worst(
        close(model.perplexity(twice, torch.ones_like(twice)), one), close(model.perplexity(padded, mask), one)
    )


def _torchmetrics(inputs: Mapping[str, Any]) -> Answers:
    from torchmetrics.functional.text import perplexity

    logits = torch.tensor(inputs["logits"], dtype=torch.float64)
    target = torch.tensor(inputs["target"])
    return {"perplexity": perplexity(logits, target, ignore_index=-100)}


def _our_perplexity(model: Model, inputs: Mapping[str, Any]) -> Answers:
    logits, target = torch.tensor(inputs["logits"], dtype=torch.float64), torch.tensor(inputs["target"])
    mask = (target >= 0).double()
    log_p = torch.log_softmax(logits, -1).gather(-1, target.clamp_min(0)[..., None])[..., 0]
    return {"perplexity": model.perplexity(log_p, mask)}


PERPLEXITY = Specification(
    name="perplexity",
    family="evaluation",
    systems=(175,),
    title="Perplexity",
    statement="PPL = exp(−(1/T) Σ log p(x_t | x_<t))",
    page=PAGE,
    functions={"perplexity": likelihoods.perplexity},
    properties=(
        Property(
            "the uniform model over v tokens has v",
            _uniform,
            Mutant(
                "per sequence, not per token",
                {"perplexity": lambda x, m: torch.exp(-(x * m).sum(-1).mean())},
            ),
        ),
        Property(
            "the geometric mean of inverse probabilities over all tokens",
            _geometric_mean,
            Mutant(
                "a mean of the sequences' perplexities",
                {"perplexity": lambda x, m: torch.exp(-(x * m).sum(-1) / m.sum(-1)).mean()},
            ),
        ),
        Property(
            "free of the length, and of padding",
            _lengths,
            Mutant("padding counts", {"perplexity": lambda x, m: torch.exp(-(x * m).mean())}),
        ),
    ),
    source="Jurafsky and Martin 2025, chapter 3",
    oracles=(
        Oracle(
            package="torchmetrics",
            inputs={
                "logits": [
                    [[1.0, 0.2, -0.5], [0.3, 0.1, 0.9], [-1.0, 0.4, 0.0]],
                    [[0.0, 1.0, 0.5], [2.0, -1.0, 0.3], [0.1, 0.2, 0.3]],
                ],
                "target": [[0, 2, 1], [1, 0, -100]],
            },
            ask=_torchmetrics,
            tell=_our_perplexity,
            tolerance=1e-12,
            conversion="logits, no shift, a mean over tokens that aren't ignored",
        ),
    ),
    conventions=("per token", "natural logarithm"),
)


def _below(model: Model, draw: Draw) -> Outcome:
    """Means over all tuples of three draws: ELBO < IWAE < log p(x), and the ELBO's gap is KL to the posterior."""
    joint, q = draw.simplex(3) * draw.uniform(0.2, 1), draw.simplex(3)
    index = torch.tensor(list(itertools.product(range(3), repeat=3)), device=q.device)
    chance, log_w = q[index].prod(-1), torch.log(joint / q)[index]
    elbo, iwae = (chance * model.elbo_score(log_w)).sum(), (chance * model.iwae_score(log_w)).sum()
    evidence = torch.log(joint.sum())
    kl = (q * torch.log(q / joint * joint.sum())).sum()
    return worst(equal(evidence - elbo, kl), true((elbo < iwae) & (iwae < evidence), "in this order"))


def _exact_posterior(model: Model, draw: Draw) -> Outcome:
    joint = draw.simplex(4) * draw.uniform(0.2, 1)
    log_w = torch.log(joint / (joint / joint.sum()))
    return worst(
        equal(model.elbo_score(log_w), torch.log(joint.sum())), equal(model.iwae_score(log_w), torch.log(joint.sum()))
    )


ELBO_SCORE = Specification(
    name="elbo_as_score",
    family="evaluation",
    systems=(176,),
    title="ELBO as a score",
    statement="ELBO ≤ IWAE_K ≤ log p(x)",
    page=PAGE,
    functions={"elbo_score": likelihoods.elbo_score, "iwae_score": weights.iwae_bound},
    properties=(
        Property(
            "the ELBO lies below the IWAE score and that below log p(x): all tuples of draws",
            _below,
            Mutant("the log of the mean weight", {"elbo_score": weights.iwae_bound}),
        ),
        Property(
            "both are log p(x) for the exact posterior",
            _exact_posterior,
            Mutant("log k is not subtracted", {"iwae_score": lambda w: torch.logsumexp(w, -1)}),
        ),
    ),
    source="Burda et al. 2016, section 3",
    conventions=("nats",),
)


def _antisymmetric(model: Model, draw: Draw) -> Outcome:
    a, b = draw.normal(9), draw.normal(9)
    (there, se), (back, other) = model.log_ratio(a, b), model.log_ratio(b, a)
    return worst(equal(there, -back), equal(se, other), equal(there, a.mean() - b.mean()))


def _paired(model: Model, draw: Draw) -> Outcome:
    """Over all samples of four from a law on three examples, se² is on average the variance of the mean."""
    law, a, b = draw.simplex(3), draw.normal(3) * 5, draw.normal(3)
    first, second = a, a + b  # hard examples are hard for both
    index = torch.tensor(list(itertools.product(range(3), repeat=4)), device=law.device)
    chance = law[index].prod(-1)
    rows = [model.log_ratio(first[i], second[i]) for i in index]
    means, squares = torch.stack([r[0] for r in rows]), torch.stack([r[1] ** 2 for r in rows])
    mean = (chance * means).sum()
    return close((chance * squares).sum(), (chance * (means - mean) ** 2).sum())


def _unpaired(first: Tensor, second: Tensor) -> tuple[Tensor, Tensor]:
    return (first - second).mean(), torch.sqrt((first.var() + second.var()) / len(first))


def _expected_sign(model: Model, draw: Draw) -> Outcome:
    """Under the first law the mean log-ratio is KL, so not negative."""
    counts = draw.integers(1, 9, 4)
    p, q = counts.double() / counts.sum(), draw.simplex(4)
    found, _ = model.log_ratio(torch.log(p).repeat_interleave(counts), torch.log(q).repeat_interleave(counts))
    return close(found, (p * torch.log(p / q)).sum())


def _scipy(inputs: Mapping[str, Any]) -> Answers:
    import numpy as np
    from scipy.stats import sem, ttest_rel

    a, b = np.array(inputs["first"]), np.array(inputs["second"])
    return {"t": ttest_rel(a, b).statistic, "standard error": sem(a - b)}


def _our_ratio(model: Model, inputs: Mapping[str, Any]) -> Answers:
    mean, se = model.log_ratio(*(torch.tensor(inputs[k], dtype=torch.float64) for k in ("first", "second")))
    return {"t": mean / se, "standard error": se}


def _iris_models(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    """Full against diagonal covariance on iris, half of it held out, and the ratio under the first of them."""
    from sklearn.datasets import load_iris

    x = draw.tensor(load_iris().data)[draw.permutation(150)]
    fitted, held = x[:75], x[75:]
    mean, cov = fitted.mean(0), (fitted - fitted.mean(0)).mT @ (fitted - fitted.mean(0)) / 75

    def log_normal(v: Tensor, c: Tensor) -> Tensor:
        gap = v - mean
        return -(gap * torch.linalg.solve(c, gap.mT).mT).sum(-1) / 2 - torch.logdet(2 * torch.pi * c) / 2

    plain = torch.diag(cov.diagonal())
    ratio, error = model.log_ratio(log_normal(held, cov), log_normal(held, plain))
    progress(0.5)
    drawn = mean + draw.normal(40_000, 4) @ torch.linalg.cholesky(cov).mT
    inside, its_error = model.log_ratio(log_normal(drawn, cov), log_normal(drawn, plain))
    kl = (torch.logdet(plain) - torch.logdet(cov)) / 2  # KL from the full law to its diagonal: the traces are equal
    return Result(
        (
            Figure("held-out log-ratio", float(ratio), unit="nats a flower"),
            Figure("its standard error", float(error), unit="nats a flower"),
            Figure("log-ratio of draws from the full model", float(inside), float(kl), 6.2 * float(its_error), "nats"),
        ),
    )


COMPARISON = Specification(
    name="held_out_comparison",
    family="evaluation",
    systems=(185,),
    title="Likelihood ratio on held-out data",
    statement="(1/n) Σ log p₁(x_i)/p₂(x_i) ± its paired standard error",
    page=PAGE,
    functions={"log_ratio": likelihoods.log_ratio},
    properties=(
        Property(
            "antisymmetric, with one standard error",
            _antisymmetric,
            Mutant("absolute differences", {"log_ratio": lambda a, b: likelihoods.log_ratio((a - b).abs(), 0 * b)}),
        ),
        Property(
            "the squared standard error is unbiased: all samples of four",
            _paired,
            Mutant("the models' variances are added, as if on different data", {"log_ratio": _unpaired}),
        ),
        Property(
            "under the first law its mean is KL",
            _expected_sign,
            Mutant("second minus first", {"log_ratio": lambda a, b: likelihoods.log_ratio(b, a)}),
        ),
    ),
    source="Vuong 1989",
    oracles=(
        Oracle(
            "scipy",
            {"first": [-1.2, -0.7, -2.0, -1.1, -0.4], "second": [-1.5, -0.6, -2.4, -1.3, -0.9]},
            _scipy,
            _our_ratio,
            1e-12,
            "ttest_rel's statistic is the mean over its paired standard error, n − 1 in both",
        ),
    ),
    task=Task("scikit-learn's iris, half held out", _iris_models),
    conventions=("first minus second", "n − 1"),
)

SPECIFICATIONS = (NLL, PERPLEXITY, ELBO_SCORE, COMPARISON)

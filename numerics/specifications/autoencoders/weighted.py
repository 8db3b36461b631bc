"""Importance-weighted autoencoders: row 134."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import torch
from torch import Tensor

from numerics.specifications.autoencoders.variational import linear_evidence
from numerics.specifications.contract import (
    Figure,
    Model,
    Mutant,
    Outcome,
    Panel,
    Property,
    Result,
    Specification,
    Task,
)
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import at_most, close, true, worst
from reference_models.autoencoders import variational
from reference_models.inference import weights


def _tuples(model: Model, joint: Tensor, q: Tensor, k: int) -> Tensor:
    """E of the bound over all K-tuples of states drawn from q, exactly."""
    log_w = torch.log(joint / q)
    index = torch.cartesian_prod(*[torch.arange(len(q), device=q.device)] * k).reshape(-1, k)
    return (q[index].prod(-1) * model.iwae(log_w[index])).sum()


def _ordered(model: Model, draw: Draw) -> Outcome:
    joint, q = draw.simplex(4)[:3], draw.simplex(3)  # p(x, z) over three z, with p(x) < 1
    bounds = torch.stack([_tuples(model, joint, q, k) for k in (1, 2, 3, 4)])
    elbo = (q * torch.log(joint / q)).sum()
    evidence, w = torch.log(joint.sum()), joint / q
    pairs = (q[:, None] * q * torch.log((w[:, None] + w) / 2)).sum()
    ordered = worst(at_most(bounds[:-1], bounds[1:]), at_most(bounds[-1], evidence))
    return worst(ordered, close(bounds[0], elbo), close(bounds[1], pairs))


def _mean_of_logs(log_w: Tensor) -> Tensor:
    return log_w.mean(-1)


def _tight(model: Model, draw: Draw) -> Outcome:
    joint = draw.simplex(4)[:3]
    evidence = torch.log(joint.sum())
    return worst(*(close(_tuples(model, joint, joint / joint.sum(), k), evidence) for k in (1, 2, 3)))


def _sum_of_weights(log_w: Tensor) -> Tensor:
    return torch.logsumexp(log_w, -1)


def _encoder_noise(model: Model, draw: Draw) -> Outcome:
    """Signal to noise of the encoder's gradient in μ falls from K = 1 to K = 128; that of the decoder's rises."""
    n, a, x = 2000, 0.7, 1.0
    eps = draw.normal(128, n)

    def bound(phi: Tensor, k: int, e: Tensor) -> Tensor:
        z = phi[0] + 0.8 * e[:k]
        normal = torch.distributions.Normal
        log_w = normal(phi[1] * z, 1.0).log_prob(draw.tensor(x)) + normal(0.0, 1.0).log_prob(z) + e[:k] ** 2 / 2
        return model.iwae(log_w)

    ratio = []
    for k in (1, 128):
        slopes = torch.func.vmap(torch.func.grad(lambda p, e, k=k: bound(p, k, e)), (None, 1))(
            draw.tensor([a * x / (1 + a**2) + 0.3, a]), eps
        )
        ratio.append(slopes.mean(0).abs() / slopes.std(0))
    return true(bool(ratio[1][0] < ratio[0][0] / 2) and bool(ratio[1][1] > 2 * ratio[0][1]), f"{ratio}")


def _bound_of_first(log_w: Tensor) -> Tensor:
    return log_w[..., 0]


def _bounds_in_k(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    """The bound of probabilistic PCA on flowers, with its evidence, under a posterior that is off, at growing K."""
    from sklearn.datasets import load_iris

    x, counts, repeats, found = draw.tensor(load_iris().data), [1, 2, 8, 64, 512], 24, []
    x = (x - x.mean(0)) / x.std(0, correction=0)
    values, vectors = torch.linalg.eigh(torch.cov(x.mT, correction=0))
    s2 = values[:2].mean()
    w = vectors[:, 2:] * torch.sqrt(values[2:] - s2)  # the maximum-likelihood loadings
    evidences, means, cov = linear_evidence(w, 0 * x[0], s2, x)
    spread = torch.diagonal(cov)
    mu, log_var = means + 0.5 * torch.sqrt(spread), torch.log(2 * spread)
    for i, k in enumerate(counts):
        eps = draw.normal(k, repeats, len(x), 2)
        every = x.expand(k, repeats, *x.shape)
        log_w = variational.log_weight(every, mu, log_var, lambda z: z @ w.mT, s2, eps)
        found.append(float(model.iwae(log_w.movedim(0, -1)).mean()))
        if k == 1:
            error = float(log_w.std(1).square().mean() / (repeats * len(x))) ** 0.5
        progress((i + 1) / len(counts))
    q = torch.distributions.MultivariateNormal(mu, torch.diag_embed(torch.exp(log_var)).expand(len(x), 2, 2))
    gap = torch.distributions.kl_divergence(q, torch.distributions.MultivariateNormal(means, cov)).mean()
    evidence = evidences.mean()
    rising = all(a < b for a, b in pairwise(found))
    return Result(
        figures=(
            Figure("bound at K = 1", found[0], predicted=float(evidence - gap), allowed=6.11 * error, unit="nats"),
            Figure("bound at K = 512", found[-1], predicted=float(evidence), allowed=0.02, unit="nats"),
            Figure("bounds rise with K: 1", float(rising), predicted=1.0, allowed=0.0),
        ),
        panels=(
            Panel(
                "bound against K",
                "lines",
                {"bound": (list(range(5)), found), "log p(x)": ([0, 4], 2 * [float(evidence)])},
            ),
        ),
    )


IWAE = Specification(
    name="iwae",
    family="autoencoders",
    systems=(134,),
    title="Importance-weighted autoencoder",
    statement="L_K = E log (1/K) Σ_k p(x, z_k)/q(z_k | x)",
    page="reference_models.autoencoders.variational",
    functions={"iwae": weights.iwae_bound},
    properties=(
        Property(
            "L_1 is the ELBO, L_K ≤ L_{K+1} ≤ log p(x), by all tuples",
            _ordered,
            Mutant("the mean of the logs", {"iwae": _mean_of_logs}),
        ),
        Property(
            "with the posterior every bound is log p(x)",
            _tight,
            Mutant("log K isn't taken off", {"iwae": _sum_of_weights}),
        ),
        Property(
            "the encoder's gradient loses signal with K, the decoder's gains",
            _encoder_noise,
            Mutant("only the first weight counts", {"iwae": _bound_of_first}),
        ),
    ),
    source="Burda, Grosse and Salakhutdinov 2016, section 3; Rainforth et al. 2018",
    task=Task("scikit-learn's iris, standardised, under probabilistic PCA, whose evidence is known", _bounds_in_k),
    conventions=("log of the mean of weights",),
)

SPECIFICATIONS = (IWAE,)

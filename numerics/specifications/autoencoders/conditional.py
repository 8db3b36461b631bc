"""CVAE, probabilistic embeddings and Bayesian neural networks: rows 224 and 225."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor

from numerics.specifications import training
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
from numerics.specifications.outcomes import at_most, close, equal, frequencies_are, repeated, true, worst
from numerics.specifications.training import read
from reference_models.autoencoders import conditional, variational


def _tables(draw: Draw) -> tuple[Tensor, Tensor, Tensor]:
    return draw.simplex(4, 2, 3), draw.simplex(2, 3), draw.simplex(2, 3, 4)


def _gap(model: Model, draw: Draw) -> Outcome:
    q, prior, likelihood = _tables(draw)
    evidence = torch.log((prior[..., None] * likelihood).sum(1)).mT  # (U, C)
    joint = prior[None] * likelihood.permute(2, 0, 1)
    exact = joint / joint.sum(-1, keepdim=True)
    gap = (q * torch.log(q / exact)).sum(-1)
    bound = model.elbo(q, prior, likelihood)
    return worst(close(model.log_evidence(prior, likelihood), evidence), close(evidence - bound, gap))


def _prior_without_condition(q: Tensor, prior: Tensor, likelihood: Tensor) -> Tensor:
    return conditional.cvae_elbo(q, prior.mean(0, keepdim=True), likelihood)


def _tight(model: Model, draw: Draw) -> Outcome:
    _, prior, likelihood = _tables(draw)
    bound = model.elbo(model.posterior(prior, likelihood), prior, likelihood)
    return close(bound, model.log_evidence(prior, likelihood))


def _uniform_prior(prior: Tensor, likelihood: Tensor) -> Tensor:
    return conditional.posterior(torch.full_like(prior, 1 / prior.shape[-1]), likelihood)


def _blind_encoder(model: Model, draw: Draw) -> Outcome:
    """An encoder q(z | u) without c is valid, and its best bound is no tighter than that with c."""
    _, prior, likelihood = _tables(draw)
    evidence = model.log_evidence(prior, likelihood)
    exact = model.elbo(model.posterior(prior, likelihood), prior, likelihood)
    blind = draw.simplex(4, 1, 3).expand(4, 2, 3)
    logs = torch.log(prior[None] * likelihood.permute(2, 0, 1)).mean(1)  # best for the mean over c
    best = torch.softmax(logs, -1)[:, None].expand(4, 2, 3)
    return worst(
        at_most(model.elbo(blind, prior, likelihood), evidence),
        at_most(model.elbo(blind, prior, likelihood).mean(1), model.elbo(best, prior, likelihood).mean(1)),
        true((exact.mean(1) - model.elbo(best, prior, likelihood).mean(1) > 1e-9).all(), "strictly looser"),
    )


def _kl_added(q: Tensor, prior: Tensor, likelihood: Tensor) -> Tensor:
    return conditional.cvae_elbo(q, prior, likelihood) + 2 * (q * torch.log(q / prior)).sum(-1)


def _generated(model: Model, draw: Draw) -> Outcome:
    _, prior, likelihood = _tables(draw)
    u = model.generated(prior, likelihood, 1, 20_000, draw.generator())
    return frequencies_are(u, prior[1] @ likelihood[1])


def _other_condition(prior: Tensor, likelihood: Tensor, c: int, n: int, generator: torch.Generator) -> Tensor:
    return conditional.generated(prior.flip(0), likelihood, c, n, generator)


def _fit_tables(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    """Words of three pixels given whether the digit is below 5: the bound comes up to −H(u | c)."""
    digits, steps = training.digits(draw), 1500
    joint = torch.bincount(8 * (digits.y < 5) + training.words(digits.x, (27, 28, 36)), minlength=16).reshape(2, 8)
    data = joint / joint.sum(1, keepdim=True).to(torch.float64)
    best = float(torch.xlogy(data, data).sum(-1).mean())
    free = [
        draw.normal(8, 2, 3).requires_grad_(),
        draw.normal(2, 3).requires_grad_(),
        draw.normal(2, 3, 8).requires_grad_(),
    ]
    optimiser, kept = torch.optim.Adam(free, lr=0.05), []
    for step in range(steps):
        optimiser.zero_grad()
        loss = -(data.mT * model.elbo(*(torch.softmax(f, -1) for f in free))).sum(0).mean()
        torch.autograd.backward(loss)
        optimiser.step()
        kept.append(-loss.detach())
        progress((step + 1) / steps)
    found = read(kept)
    with torch.no_grad():
        _, prior, likelihood = (torch.softmax(f, -1) for f in free)
        drawn = [model.generated(prior, likelihood, c, 2000, draw.generator()) for c in (0, 1)]
    shares = [torch.bincount(u, minlength=8) / 2000 for u in drawn]
    words = [
        Panel(f"words, class {said}", "bars", {"digits": (list(range(8)), p), "draws": (list(range(8)), q)})
        for said, p, q in zip(("5 or above", "below 5"), data.tolist(), [s.tolist() for s in shares], strict=True)
    ]
    limit = {"ELBO": (range(steps), found), "limit": ([0, steps], 2 * [best])}
    return Result(
        figures=(Figure("mean ELBO", found[-1], predicted=best, allowed=5e-3, unit="nats"),),
        panels=(*words, Panel("ELBO against −H(u | c)", "lines", limit)),
    )


CVAE = Specification(
    name="cvae",
    family="autoencoders",
    systems=(224,),
    title="Conditional VAE",
    statement="E_q log p(u | z, c) − KL(q(z | u, c) ‖ p(z | c)) ≤ log p(u | c)",
    page="reference_models.autoencoders.conditional",
    functions={
        "elbo": conditional.cvae_elbo,
        "log_evidence": conditional.log_evidence,
        "posterior": conditional.posterior,
        "generated": conditional.generated,
    },
    properties=(
        Property(
            "the gap is KL(q ‖ p(z | u, c)), on random tables",
            _gap,
            Mutant("the prior doesn't see c", {"elbo": _prior_without_condition}),
        ),
        Property(
            "tight at the posterior",
            _tight,
            Mutant("the posterior under a uniform prior", {"posterior": _uniform_prior}),
        ),
        Property(
            "an encoder without c is valid and looser", _blind_encoder, Mutant("the KL is added", {"elbo": _kl_added})
        ),
        Property(
            "draws for a chosen c have p(u | c)",
            repeated(_generated, 5),
            Mutant("the prior of the other condition", {"generated": _other_condition}),
        ),
    ),
    source="Sohn, Lee and Yan 2015, section 4",
    task=Task(
        "three pixels of scikit-learn's digits, binarised, given a class below 5 or not", _fit_tables, training=True
    ),
)


def _sees_spread(model: Model, draw: Draw) -> Outcome:
    """E σ(w z + b) by the mean over nodes against integration over a fine grid."""
    mu, log_var = draw.normal(1), draw.uniform(0.4, 1.2, 1)
    w, b = draw.tensor([[1.0], [-1.0]]) * draw.uniform(0.5, 1.0), draw.normal(2)
    nodes, mass = np.polynomial.hermite_e.hermegauss(40)
    weight = draw.tensor(mass / mass.sum())
    found = torch.stack([model.expected_class(mu, log_var, w, b, draw.tensor([[e]])) for e in nodes])
    z = torch.linspace(-12, 12, 6001, dtype=torch.float64, device=draw.device) * torch.exp(log_var / 2) + mu
    density = torch.exp(torch.distributions.Normal(mu, torch.exp(log_var / 2)).log_prob(z))
    expected = (density[:, None] * torch.softmax(z[:, None] @ w.mT + b, -1)).sum(0) * (z[1] - z[0])
    return close((weight[:, None] * found).sum(0), expected, 1e-4)


def _log_std(mu: Tensor, log_var: Tensor, w: Tensor, b: Tensor, eps: Tensor) -> Tensor:
    return conditional.expected_class(mu, 2 * log_var, w, b, eps)


def _moments(model: Model, draw: Draw) -> Outcome:
    mu, log_var = draw.normal(3), draw.normal(3)
    zero = torch.zeros(3, dtype=torch.float64, device=draw.device)
    slopes = torch.func.jacrev(lambda e: model.embedded(mu, log_var, e))(zero)
    return worst(
        close(model.embedded(mu, log_var, zero), mu), close(slopes @ slopes.mT, torch.diag(torch.exp(log_var)))
    )


def _predictive(model: Model, draw: Draw) -> Outcome:
    """A linear model with normal weights: the predictive is normal, with the weights' variance added."""
    u, mean, std, s2 = draw.uniform(0.5, 1.5, 1), draw.normal(1), draw.uniform(0.5, 1, 1), draw.uniform(0.5, 1.5)
    y = mean @ u + draw.tensor([-1.0, 0.0, 3.0])  # two densities of one mean cross at two points only
    nodes, mass = np.polynomial.hermite_e.hermegauss(100)
    shares = mass / mass.sum()

    def likelihood(w: Tensor) -> Tensor:
        return torch.exp(torch.distributions.Normal((w @ u)[:, None], torch.sqrt(s2)).log_prob(y))

    found = sum(
        s * model.predictive(likelihood, mean, std, draw.tensor([[n]])) for s, n in zip(shares, nodes, strict=True)
    )
    law = torch.distributions.Normal(mean @ u, torch.sqrt(s2 + (std**2 * u**2).sum()))
    return close(found, torch.exp(law.log_prob(y)), 1e-6)


def _plugged_in(likelihood: Callable[[Tensor], Tensor], mean: Tensor, std: Tensor, noise: Tensor) -> Tensor:
    return likelihood(mean + 0 * noise).mean(0)


def _weights_apart(model: Model, draw: Draw) -> Outcome:
    mean, std, prior = draw.normal(4), draw.uniform(0.2, 2, 4), draw.uniform(0.5, 2)
    q = torch.distributions.Normal(mean, std)
    expected = torch.distributions.kl_divergence(q, torch.distributions.Normal(0 * mean, prior)).sum()
    return worst(
        close(model.weight_kl(mean, std, prior), expected),
        equal(model.weight_kl(0 * mean, 0 * std + prior, prior), 0.0),
    )


def _log_of_std(mean: Tensor, std: Tensor, prior_std: Tensor) -> Tensor:
    ratio = (std**2 + mean**2) / prior_std**2
    return (ratio - 1 - torch.log(std / prior_std)).sum(-1) / 2


PROBABILISTIC = Specification(
    name="probabilistic_embedding",
    family="autoencoders",
    systems=(225,),
    title="Probabilistic embedding, and Bayesian neural network",
    statement="z ~ N(μ(u), diag σ²(u)), head on z; or w ~ q(w), p(y | u) = E_q p(y | u, w)",
    page="reference_models.autoencoders.conditional",
    functions={
        "embedded": variational.reparameterised,
        "expected_class": conditional.expected_class,
        "predictive": conditional.predictive,
        "weight_kl": conditional.weight_kl,
    },
    properties=(
        Property(
            "mean μ and covariance diag σ²",
            _moments,
            Mutant("σ² for σ", {"embedded": lambda mu, log_var, eps: mu + torch.exp(log_var) * eps}),
        ),
        Property(
            "the head's mean is an integral over the embedding",
            _sees_spread,
            Mutant("log σ² taken for log σ", {"expected_class": _log_std}),
        ),
        Property(
            "a linear network's predictive has the weights' variance",
            _predictive,
            Mutant("the mean weights are plugged in", {"predictive": _plugged_in}),
        ),
        Property(
            "KL of the weights, 0 at the prior", _weights_apart, Mutant("log σ for log σ²", {"weight_kl": _log_of_std})
        ),
    ),
    source="Oh et al. 2019; Blundell et al. 2015, section 3",
    conventions=("an embedding is uncertain about z, a Bayesian network about weights",),
)

SPECIFICATIONS = (CVAE, PROBABILISTIC)

"""Latent-variable models on finite sets: rows 26 and 223."""

from __future__ import annotations

import torch
from torch import Tensor

from numerics.specifications.contract import Model, Mutant, Outcome, Property, Specification
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import at_most, equal, frequencies_are, worst
from reference_models.divergences import kullback_leibler
from reference_models.inference import variational
from reference_models.structured import latent

PAGE = "reference_models.structured.latent"


def _tables(draw: Draw) -> tuple[Tensor, Tensor]:
    return draw.simplex(3), draw.simplex(3, 4)


def _joint(prior: Tensor, likelihood: Tensor) -> Tensor:
    return torch.stack([prior[z] * likelihood[z] for z in range(len(prior))])


def _sum_out(model: Model, draw: Draw) -> Outcome:
    prior, likelihood = _tables(draw)
    p = torch.exp(model.log_marginal(prior, likelihood))
    return worst(equal(p, _joint(prior, likelihood).sum(0)), equal(p.sum(), 1.0))


def _bayes(model: Model, draw: Draw) -> Outcome:
    prior, likelihood = _tables(draw)
    found = model.posterior(prior, likelihood)
    evidence = torch.exp(model.log_marginal(prior, likelihood))
    return worst(
        equal(found.sum(-1), 1.0),
        equal(found * evidence[:, None], _joint(prior, likelihood).mT),
        equal(evidence @ found, prior),
    )


def _ancestral(model: Model, draw: Draw) -> Outcome:
    prior, likelihood = _tables(draw)
    found = model.ancestral(prior, likelihood, draw.uniform(0, 1, 30_000, 2))
    joint = _joint(prior, likelihood)
    return worst(
        frequencies_are(found[:, 0] * 4 + found[:, 1], joint.flatten()), frequencies_are(found[:, 1], joint.sum(0))
    )


def _averaged(prior: Tensor, likelihood: Tensor) -> Tensor:
    return (prior[:, None] * torch.log(likelihood)).sum(0)


def _flat(prior: Tensor, likelihood: Tensor) -> Tensor:
    return (likelihood / likelihood.sum(0)).mT


def _same_uniform(prior: Tensor, likelihood: Tensor, u: Tensor) -> Tensor:
    return latent.ancestral(prior, likelihood, u[:, :1].expand(-1, 2))


GENERIC = Specification(
    name="latent_variable_model",
    family="structured",
    systems=(26,),
    title="Latent-variable model",
    statement="p(x) = Σ_z p(z) p(x | z), p(z | x) = p(z) p(x | z)/p(x)",
    page=PAGE,
    functions={"log_marginal": latent.log_marginal, "posterior": latent.posterior, "ancestral": latent.ancestral},
    properties=(
        Property("the marginal sums the joint", _sum_out, Mutant("log inside the sum", {"log_marginal": _averaged})),
        Property("Bayes' rule, averaging to the prior", _bayes, Mutant("a flat prior", {"posterior": _flat})),
        Property(
            "ancestral draws have the joint", _ancestral, Mutant("one uniform for both", {"ancestral": _same_uniform})
        ),
    ),
    source="Bishop 2006, section 9.4",
)


def _identity(model: Model, draw: Draw) -> Outcome:
    prior, likelihood = _tables(draw)
    q, joint = draw.simplex(4, 3), _joint(prior, likelihood).mT
    posterior = joint / joint.sum(-1, keepdim=True)
    gap = (q * torch.log(q / posterior)).sum(-1)
    return equal(model.elbo(q, torch.log(joint)) + gap, torch.log(prior @ likelihood))


def _parts(model: Model, draw: Draw) -> Outcome:
    (prior, likelihood), q = _tables(draw), draw.simplex(4, 3)
    by_parts = model.elbo_by_parts(q, torch.log(prior), torch.log(likelihood).mT)
    return equal(by_parts, model.elbo(q, torch.log(_joint(prior, likelihood)).mT))


def _tight(model: Model, draw: Draw) -> Outcome:
    (prior, likelihood), q = _tables(draw), draw.simplex(4, 3)
    evidence, joint = torch.log(prior @ likelihood), _joint(prior, likelihood).mT
    posterior = joint / (prior @ likelihood)[:, None]
    return worst(
        at_most(model.elbo(q, torch.log(joint)), evidence), equal(model.elbo(posterior, torch.log(joint)), evidence)
    )


def _divergence(model: Model, draw: Draw) -> Outcome:
    q, p = draw.simplex(5, 3), draw.simplex(3)
    expected = torch.stack(
        [sum((row[i] * (torch.log(row[i]) - torch.log(p[i])) for i in range(3)), row[0] * 0) for row in q]
    )
    certain = torch.eye(3, dtype=torch.float64, device=p.device)
    return worst(equal(model.kl(q, p), expected), equal(model.kl(certain, p), -torch.log(p)))


def _no_entropy(q: Tensor, log_joint: Tensor) -> Tensor:
    return (q * log_joint).sum(-1)


def _plus_kl(q: Tensor, log_prior: Tensor, log_likelihood: Tensor) -> Tensor:
    return (q * log_likelihood).sum(-1) + kullback_leibler.kl(q, torch.exp(log_prior))


def _half_entropy(q: Tensor, log_joint: Tensor) -> Tensor:
    return (q * log_joint).sum(-1) + kullback_leibler.entropy(q) / 2


def _reverse(q: Tensor, p: Tensor) -> Tensor:
    return (torch.xlogy(p, p) - torch.xlogy(p, q)).sum(-1)


DISCRETE = Specification(
    name="discrete_latent_variable_model",
    family="structured",
    systems=(223,),
    title="Finite discrete latent-variable model",
    statement="log p(x) = ELBO(q) + KL(q(z | x) ‖ p(z | x))",
    page="reference_models.inference.variational",
    functions={"elbo": variational.elbo, "elbo_by_parts": variational.elbo_by_parts, "kl": kullback_leibler.kl},
    properties=(
        Property(
            "log p(x) = ELBO + KL to the posterior", _identity, Mutant("the entropy is missing", {"elbo": _no_entropy})
        ),
        Property(
            "at most log p(x), equal at the posterior", _tight, Mutant("half of the entropy", {"elbo": _half_entropy})
        ),
        Property("reconstruction minus KL", _parts, Mutant("plus KL", {"elbo_by_parts": _plus_kl})),
        Property("KL by its sum, with 0 log 0 = 0", _divergence, Mutant("KL(p ‖ q)", {"kl": _reverse})),
    ),
    source="Bishop 2006, section 9.4",
    conventions=("nats",),
)

SPECIFICATIONS = (GENERIC, DISCRETE)

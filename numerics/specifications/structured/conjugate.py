"""Conjugate models and posterior predictives: rows 40 and 41."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor

from numerics.specifications.contract import Answers, Model, Mutant, Oracle, Outcome, Property, Specification
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import equal, worst
from reference_models.distributions import intervals
from reference_models.structured import conjugate

PAGE = "reference_models.structured.conjugate"


def _unit_nodes(draw: Draw) -> tuple[Tensor, Tensor]:
    """Points of (0, 1) and weights, by the trapezoid rule in the logit."""
    z = torch.linspace(-30, 30, 601, dtype=torch.float64, device=draw.device)
    x = torch.sigmoid(z)
    return x, 0.1 * x * torch.sigmoid(-z)


def _flips(draw: Draw) -> tuple[Tensor, Tensor, Tensor]:
    return draw.uniform(1.5, 4), draw.uniform(1.5, 4), torch.cat([draw.bits(5), draw.tensor([1, 1, 1, 1, 1, 1])])


def _beta_density(theta: Tensor, a: Tensor, b: Tensor) -> Tensor:
    power = (a - 1) * torch.log(theta) + (b - 1) * torch.log1p(-theta)
    return torch.exp(power + torch.lgamma(a + b) - torch.lgamma(a) - torch.lgamma(b))


def _beta_bayes(model: Model, draw: Draw) -> Outcome:
    (a, b, x), (theta, w) = _flips(draw), _unit_nodes(draw)
    joint = _beta_density(theta, a, b) * (theta ** x[:, None] * (1 - theta) ** (1 - x[:, None])).prod(0)
    evidence = (w * joint).sum()
    return worst(
        equal(_beta_density(theta, *model.beta_update(a, b, x)), joint / evidence, 1e-8),
        equal(model.beta_log_evidence(a, b, x), torch.log(evidence), 1e-9),
    )


def _in_turn(model: Model, draw: Draw) -> Outcome:
    a, b, x = _flips(draw)
    m, v, noise, y = draw.normal(1)[0], draw.uniform(0.5, 2), draw.uniform(0.5, 2), draw.normal(6)
    labels, prior = torch.nn.functional.one_hot(draw.integers(0, 2, 7), 3), draw.uniform(0.5, 3, 3)
    one_by_one = model.normal_update(m, v, y[:1], noise)
    for value in y[1:]:
        one_by_one = model.normal_update(*one_by_one, value[None], noise)
    halves = model.beta_update(*model.beta_update(a, b, x[:4]), x[4:])
    return worst(
        equal(torch.stack(one_by_one), torch.stack(model.normal_update(m, v, y, noise))),
        equal(torch.stack(halves), torch.stack(model.beta_update(a, b, x))),
        equal(
            model.dirichlet_update(model.dirichlet_update(prior, labels[:3].sum(0)), labels[3:].sum(0)),
            model.dirichlet_update(prior, labels.sum(0)),
        ),
    )


def _normal_bayes(model: Model, draw: Draw) -> Outcome:
    m, v, noise, y = draw.normal(1)[0], draw.uniform(0.5, 2), draw.uniform(0.5, 2), draw.normal(5)
    at = torch.linspace(-12, 12, 2401, dtype=torch.float64, device=draw.device)
    law = torch.softmax(-((at - m) ** 2) / (2 * v) - ((y[:, None] - at) ** 2).sum(0) / (2 * noise), 0)
    mean = law @ at
    found = model.normal_update(m, v, y, noise)
    return worst(equal(found[0], mean, 1e-9), equal(found[1], law @ (at - mean) ** 2, 1e-9))


def _dirichlet_bayes(model: Model, draw: Draw) -> Outcome:
    prior, x = draw.uniform(0.5, 3, 3), torch.cat([draw.integers(0, 2, 6), torch.tensor([2, 2], device=draw.device)])
    after, theta = model.dirichlet_update(prior, torch.bincount(x, minlength=3)), draw.simplex(6, 3)
    gap = ((after - prior) * torch.log(theta)).sum(-1) - torch.log(theta)[:, x].sum(-1)
    return equal(gap, 0.0, 1e-9)


def _evidence_chain(model: Model, draw: Draw) -> Outcome:
    a, b, x = _flips(draw)
    total, at = draw.tensor(0.0), (a, b)
    for flip in x:
        one = at[0] / (at[0] + at[1])
        total = total + torch.log(one if flip == 1 else 1 - one)
        at = (at[0] + flip, at[1] + 1 - flip)
    return equal(model.beta_log_evidence(a, b, x), total)


def _swapped(a: Tensor, b: Tensor, x: Tensor) -> tuple[Tensor, Tensor]:
    return a + (1 - x).sum(0), b + x.sum(0)


def _shares(a: Tensor, counts: Tensor) -> Tensor:
    return a + counts / counts.sum()


def _replaced(a: Tensor, counts: Tensor) -> Tensor:
    return torch.ones_like(a) + counts


def _one_datum(m: Tensor, v: Tensor, x: Tensor, noise: Tensor) -> tuple[Tensor, Tensor]:
    after = 1 / (1 / v + 1 / noise)
    return after * (m / v + x.mean(0) / noise), after


def _added_variance(m: Tensor, v: Tensor, x: Tensor, noise: Tensor) -> tuple[Tensor, Tensor]:
    mean, after = conjugate.normal_update(m, v, x, noise)
    return mean, after + noise


def _ways_too(a: Tensor, b: Tensor, x: Tensor) -> Tensor:
    n, k = torch.tensor(float(len(x))).to(a), x.sum(0)
    ways = torch.lgamma(n + 1) - torch.lgamma(k + 1) - torch.lgamma(n - k + 1)
    return conjugate.beta_log_evidence(a, b, x) + ways + torch.log(n)


def _from_scipy(inputs: Mapping[str, Any]) -> Answers:
    from scipy.special import gammaln
    from scipy.stats import betabinom

    x = inputs["x"]
    n, k = len(x), sum(x)
    ways = gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)
    return {"log_evidence": float(betabinom.logpmf(k, n, inputs["a"], inputs["b"]) - ways)}


def _ours(model: Model, inputs: Mapping[str, Any]) -> Answers:
    a, b, x = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("a", "b", "x"))
    return {"log_evidence": model.beta_log_evidence(a, b, x)}


CONJUGATE = Specification(
    name="conjugate",
    family="structured",
    systems=(40,),
    title="Conjugate models",
    statement="Beta(a + Σx, b + n − Σx); Dirichlet(a + n); 1/v' = 1/v + n/σ², m' = v'(m/v + Σx/σ²)",
    page=PAGE,
    functions={
        "beta_update": intervals.beta_posterior,
        "beta_log_evidence": conjugate.beta_log_evidence,
        "dirichlet_update": intervals.dirichlet_posterior,
        "normal_update": conjugate.normal_update,
    },
    properties=(
        Property("Beta: Bayes' rule by quadrature", _beta_bayes, Mutant("zeros for ones", {"beta_update": _swapped})),
        Property(
            "Normal: Bayes' rule by quadrature",
            _normal_bayes,
            Mutant("σ² is added", {"normal_update": _added_variance}),
        ),
        Property(
            "Dirichlet: the prior times the likelihood",
            _dirichlet_bayes,
            Mutant("a is lost", {"dirichlet_update": _replaced}),
        ),
        Property("one by one is all at once", _in_turn, Mutant("the mean as one datum", {"normal_update": _one_datum})),
        Property("for categories too", _in_turn, Mutant("shares for counts", {"dirichlet_update": _shares})),
        Property(
            "the evidence is the product of predictives",
            _evidence_chain,
            Mutant("n C(n, k) is added", {"beta_log_evidence": _ways_too}),
        ),
    ),
    source="Murphy 2022, section 4.6",
    oracles=(
        Oracle(
            package="scipy",
            inputs={"a": 1.5, "b": 0.75, "x": [1.0, 0.0, 1.0, 1.0, 0.0]},
            ask=_from_scipy,
            tell=_ours,
            tolerance=1e-12,
            conversion="betabinom counts sequences of the same sum: its mass over C(n, k)",
        ),
    ),
    conventions=("the noise variance of the normal model is known",),
)


def _beta_predicts(model: Model, draw: Draw) -> Outcome:
    (a, b, x), (theta, w) = _flips(draw), _unit_nodes(draw)
    joint = _beta_density(theta, a, b) * theta ** x.sum() * (1 - theta) ** (1 - x).sum()
    expected = (w * joint * theta).sum() / (w * joint).sum()
    after = a + x.sum(), b + (1 - x).sum()
    return worst(
        equal(model.beta_predictive(*after), expected, 1e-9),
        equal(model.beta_predictive(*after), (a + x.sum()) / (a + b + len(x))),
    )


def _category_predicts(model: Model, draw: Draw) -> Outcome:
    a = draw.uniform(0.5, 3, 4)
    pairs = torch.stack([model.dirichlet_predictive(a + torch.eye(4).to(a)[k]) for k in range(4)])  # after seeing k
    first = model.dirichlet_predictive(a)
    return worst(equal(first.sum(), 1.0), equal(first @ pairs, first), equal(pairs.sum(-1), 1.0))


def _normal_predicts(model: Model, draw: Draw) -> Outcome:
    m, v, noise, x = draw.normal(1)[0], draw.uniform(0.5, 2), draw.uniform(0.5, 2), draw.normal(4)
    at = torch.linspace(-15, 15, 3001, dtype=torch.float64, device=draw.device)
    law = torch.softmax(-((at - m) ** 2) / (2 * v), 0)
    given = torch.exp(-((x[:, None] - at) ** 2) / (2 * noise)) / torch.sqrt(2 * math.pi * noise)
    return equal(torch.exp(model.normal_predictive(x, m, v, noise)), given @ law, 1e-9)


def _mode(a: Tensor, b: Tensor) -> Tensor:
    return (a - 1) / (a + b - 2)


def _squared(a: Tensor) -> Tensor:
    return a**2 / (a**2).sum(-1, keepdim=True)


def _plug_in(x: Tensor, m: Tensor, v: Tensor, noise: Tensor) -> Tensor:
    return conjugate.normal_predictive_log_prob(x, m, 0 * v, noise)


PREDICTIVE = Specification(
    name="posterior_predictive",
    family="structured",
    systems=(41,),
    title="Posterior predictive",
    statement="p(x' | D) = ∫ p(x' | θ) p(θ | D) dθ",
    page=PAGE,
    functions={
        "beta_predictive": conjugate.beta_predictive,
        "dirichlet_predictive": conjugate.dirichlet_predictive,
        "normal_predictive": conjugate.normal_predictive_log_prob,
    },
    properties=(
        Property("Bernoulli: (a + s)/(a + b + n)", _beta_predicts, Mutant("the mode of θ", {"beta_predictive": _mode})),
        Property(
            "Categorical: a law, and a martingale",
            _category_predicts,
            Mutant("a² for a", {"dirichlet_predictive": _squared}),
        ),
        Property(
            "Normal: variance v + σ²", _normal_predicts, Mutant("v is forgotten", {"normal_predictive": _plug_in})
        ),
    ),
    source="Bishop 2006, section 2.1.1",
)

SPECIFICATIONS = (CONJUGATE, PREDICTIVE)

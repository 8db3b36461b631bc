"""Energy-based model: row 117."""

from __future__ import annotations

from math import pi

import torch
from torch import Tensor

from numerics.specifications.contract import Model, Mutant, Outcome, Property, Specification
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import close, equal, gradient, worst
from reference_models.energy import energy_based as ebm

PAGE = "reference_models.energy.energy_based"


def _grid(draw: Draw) -> tuple[Tensor, Tensor]:
    x = torch.linspace(-9, 9, 901, dtype=torch.float64, device=draw.device)
    return x, torch.full_like(x, 18 / 900)


def _energy(x: Tensor, theta: Tensor) -> Tensor:
    return theta[0] * x**2 + torch.cos(theta[1] * x) + theta[2] * x


def _theta(draw: Draw) -> Tensor:
    return torch.stack([draw.uniform(0.3, 1), draw.uniform(0.5, 2), draw.normal()])


def _slope(model: Model, draw: Draw) -> Outcome:
    (x, w), theta = _grid(draw), _theta(draw)
    by_autograd = gradient(lambda t: torch.log((w * torch.exp(-_energy(x, t))).sum()), theta)
    return close(model.log_partition_gradient(lambda t: _energy(x, t), theta, w), by_autograd)


def _normal(model: Model, draw: Draw) -> Outcome:
    """E = (x − m)²/(2v) gives the normal law, log Z = ½ log 2πv."""
    (x, w), m, v = _grid(draw), draw.uniform(-1, 1), draw.uniform(0.3, 1)
    energy = (x - m) ** 2 / (2 * v)
    log_z = torch.log(2 * pi * v) / 2
    return worst(
        equal(model.log_partition(energy, w), log_z, 1e-8), equal(model.log_prob(energy, w), -energy - log_z, 1e-8)
    )


def _shift(model: Model, draw: Draw) -> Outcome:
    (x, w), theta, c = _grid(draw), _theta(draw), draw.normal()
    energy = _energy(x, theta)
    return worst(
        close(model.log_prob(energy + c, w), model.log_prob(energy, w)),
        close(model.log_partition(energy + c, w), model.log_partition(energy, w) - c),
        equal((w * torch.exp(model.log_prob(energy, w))).sum(), 1.0),
    )


def _likelihood(model: Model, draw: Draw) -> Outcome:
    """With all states in the model's proportions it is the gradient of the negative log-likelihood."""
    theta, data = _theta(draw), draw.normal(6)
    counts = torch.tensor([1, 2, 1], device=draw.device)
    states = draw.normal(3)
    shift = torch.log(counts.double()) + _energy(states, theta)  # so that p is counts/4 at this theta

    def nll(t: Tensor) -> Tensor:
        return _energy(data, t).mean() + torch.logsumexp(shift - _energy(states, t), 0)

    drawn = states.repeat_interleave(counts)
    found = model.contrastive_gradient(lambda t: _energy(data, t), lambda t: _energy(drawn, t), theta)
    return close(found, gradient(nll, theta))


def _conditional(model: Model, draw: Draw) -> Outcome:
    """What depends on x alone cancels; conditional times marginal is the joint law."""
    joint, alone = draw.normal(4, 3), draw.normal(4, 1)
    law = torch.exp(-joint) / torch.exp(-joint).sum()
    found = model.conditional_log_prob(joint)
    marginal = torch.softmax(-model.marginal_energy(joint), 0)
    return worst(
        equal(model.conditional_log_prob(joint + alone), found),
        equal(torch.exp(found), law / law.sum(1, keepdim=True)),
        equal(marginal[:, None] * torch.exp(found), law),
    )


ENERGY_BASED = Specification(
    name="energy_based_model",
    family="energy",
    systems=(117,),
    title="Energy-based model",
    statement="p(x) = e^(−E(x))/Z",
    page=PAGE,
    functions={
        "log_partition": ebm.log_partition,
        "log_prob": ebm.log_prob,
        "log_partition_gradient": ebm.log_partition_gradient,
        "contrastive_gradient": ebm.contrastive_gradient,
        "conditional_log_prob": ebm.conditional_log_prob,
        "marginal_energy": ebm.marginal_energy,
    },
    properties=(
        Property(
            "∂ log Z = −E ∂E: autograd through quadrature",
            _slope,
            Mutant(
                "the sign is lost",
                {"log_partition_gradient": lambda e, t, w: -ebm.log_partition_gradient(e, t, w)},
            ),
        ),
        Property(
            "a quadratic energy is the normal law",
            _normal,
            Mutant("nodes are weighted alike", {"log_partition": lambda e, w: torch.logsumexp(-e, -1)}),
        ),
        Property(
            "a constant in E moves log Z and not p",
            _shift,
            Mutant("p is not normalised", {"log_prob": lambda e, w: -e}),
        ),
        Property(
            "data minus model slopes are the gradient of the negative log-likelihood",
            _likelihood,
            Mutant(
                "both phases push down",
                {"contrastive_gradient": lambda d, m, t: ebm.contrastive_gradient(d, lambda v: -m(v), t)},
            ),
        ),
        Property(
            "p(y | x) needs only differences over y",
            _conditional,
            Mutant(
                "normalised over pairs",
                {"conditional_log_prob": lambda e: torch.log_softmax(-e.flatten(), 0).reshape(e.shape)},
            ),
        ),
    ),
    source="LeCun et al. 2006, section 1",
    conventions=("temperature 1",),
)

SPECIFICATIONS = (ENERGY_BASED,)

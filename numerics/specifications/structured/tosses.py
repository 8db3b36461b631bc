"""A Bayesian mixture of Bernoullis: row 33."""

from __future__ import annotations

import torch
from torch import Tensor

from numerics.specifications.contract import Model, Mutant, Outcome, Property, Specification
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import equal, frequencies_are
from reference_models.structured import tosses

A, B, C = 1.5, 2.5, 1.2
Program = tuple[Tensor, Tensor, Tensor, Tensor]


def _run(draw: Draw) -> Program:
    x, z = torch.cat([draw.bits(6), draw.tensor([1, 1, 0])]), draw.integers(0, 2, 9)
    z[-3:] = torch.tensor([0, 1, 1], device=z.device)
    return x, z, draw.uniform(0.1, 0.9, 3), draw.simplex(3)


def _factors(model: Model, draw: Draw) -> Outcome:
    x, z, theta, pi = _run(draw)
    law = torch.distributions.Beta(draw.tensor(A), draw.tensor(B)).log_prob(theta).sum()
    law = law + torch.distributions.Dirichlet(draw.tensor([C] * 3)).log_prob(pi)
    for toss, k in zip(x, z, strict=True):
        law = law + torch.log(pi[k]) + torch.log(theta[k] if toss == 1 else 1 - theta[k])
    return equal(model.log_prob(x, z, theta, pi, A, B, C), law, 1e-9)


def _sums_to_prior(model: Model, draw: Draw) -> Outcome:
    theta, pi = draw.uniform(0.1, 0.9, 2), draw.simplex(2)
    total = draw.tensor(0.0)
    for word in range(16):  # two tosses and their components
        bits = [(word >> i) & 1 for i in range(4)]
        z = torch.tensor(bits[2:], device=draw.device)
        total = total + torch.exp(model.log_prob(draw.tensor(bits[:2]), z, theta, pi, A, B, C))
    return equal(total, torch.exp(model.prior(theta, pi, A, B, C)), 1e-9)


def _screened(model: Model, draw: Draw) -> Outcome:
    x, z, theta, pi = _run(draw)
    flipped, other = 1 - x, draw.simplex(3)
    gaps = [
        model.log_prob(x, z, theta, p, A, B, C) - model.log_prob(flipped, z, theta, p, A, B, C) for p in (pi, other)
    ]
    return equal(gaps[0], gaps[1], 1e-9)


def _gibbs_component(model: Model, draw: Draw) -> Outcome:
    x, z, theta, pi = _run(draw)
    joint = []
    for k in range(3):
        moved = z.clone()
        moved[2] = k
        joint.append(model.log_prob(x, moved, theta, pi, A, B, C))
    return equal(model.component_given(x, theta, pi)[2], torch.softmax(torch.stack(joint), 0), 1e-9)


def _gibbs_theta(model: Model, draw: Draw) -> Outcome:
    x, z, _, pi = _run(draw)
    a, b = model.theta_given(x, z, 3, A, B)
    gaps = []
    for _ in range(4):
        at = draw.uniform(0.1, 0.9, 3)
        conditional = ((a - 1) * torch.log(at) + (b - 1) * torch.log1p(-at)).sum()
        gaps.append(model.log_prob(x, z, at, pi, A, B, C) - conditional)
    return equal(torch.stack(gaps), gaps[0], 1e-9)


def _gibbs_pi(model: Model, draw: Draw) -> Outcome:
    x, z, theta, _ = _run(draw)
    c = model.pi_given(z, 3, C)
    gaps = []
    for _ in range(4):
        at = draw.simplex(3)
        gaps.append(model.log_prob(x, z, theta, at, A, B, C) - ((c - 1) * torch.log(at)).sum())
    return equal(torch.stack(gaps), gaps[0], 1e-9)


def _runs(model: Model, draw: Draw) -> Outcome:
    theta, pi = draw.uniform(0.2, 0.8, 3), draw.simplex(3)
    z, x = model.run(draw.uniform(0, 1, 30_000, 2), theta, pi)
    law = torch.stack([pi * (1 - theta), pi * theta], -1)
    return frequencies_are(2 * z + x.to(torch.int64), law.flatten())


def _components_free(x: Tensor, z: Tensor, theta: Tensor, pi: Tensor, a: float, b: float, c: float) -> Tensor:
    return tosses.program_log_prob(x, z, theta, pi, a, b, c) - torch.log(pi)[z].sum()


def _marginal_toss(x: Tensor, z: Tensor, theta: Tensor, pi: Tensor, a: float, b: float, c: float) -> Tensor:
    return tosses.program_log_prob(x, torch.zeros_like(z), (pi @ theta).expand(3), pi, a, b, c)


def _one_simplex_constant(theta: Tensor, pi: Tensor, a: float, b: float, c: float) -> Tensor:
    return tosses.prior_log_prob(theta, pi, a, b, c) - torch.lgamma(torch.tensor(c * len(pi)).to(pi))


def _flat_component(x: Tensor, theta: Tensor, pi: Tensor) -> Tensor:
    return tosses.component_given(x, theta, torch.ones_like(pi))


def _swapped(x: Tensor, z: Tensor, k: int, a: float, b: float) -> tuple[Tensor, Tensor]:
    return tosses.theta_given(1 - x, z, k, a, b)


def _less_one(z: Tensor, k: int, c: float) -> Tensor:
    return tosses.pi_given(z, k, c) - (z[-1] == torch.arange(k, device=z.device)).to(torch.float64)


def _one_uniform(u: Tensor, theta: Tensor, pi: Tensor) -> tuple[Tensor, Tensor]:
    return tosses.run_program(u[:, :1].expand(-1, 2), theta, pi)


TOSSES = Specification(
    name="bernoulli_mixture",
    family="structured",
    systems=(33,),
    title="Bayesian mixture of Bernoullis",
    statement="P(x, z, θ, π) = P(π) Π_k P(θ_k) Π_j π_{z_j} θ_{z_j}^x_j (1 − θ_{z_j})^(1 − x_j)",
    page="reference_models.structured.tosses",
    functions={
        "prior": tosses.prior_log_prob,
        "log_prob": tosses.program_log_prob,
        "run": tosses.run_program,
        "component_given": tosses.component_given,
        "theta_given": tosses.theta_given,
        "pi_given": tosses.pi_given,
    },
    properties=(
        Property(
            "the program's density is the product of factors",
            _factors,
            Mutant("z is free", {"log_prob": _components_free}),
        ),
        Property(
            "tosses and components sum out to the prior",
            _sums_to_prior,
            Mutant("Γ(Kc) is missing", {"prior": _one_simplex_constant}),
        ),
        Property(
            "x is independent of π given z and θ", _screened, Mutant("tosses by Σ πθ", {"log_prob": _marginal_toss})
        ),
        Property(
            "z_j | rest is Categorical", _gibbs_component, Mutant("π is missing", {"component_given": _flat_component})
        ),
        Property("θ_k | rest is Beta", _gibbs_theta, Mutant("zeros for ones", {"theta_given": _swapped})),
        Property("π | rest is Dirichlet", _gibbs_pi, Mutant("the last toss isn't counted", {"pi_given": _less_one})),
        Property("runs have the law of z and x", _runs, Mutant("one uniform for both", {"run": _one_uniform})),
    ),
    source="Murphy 2023, section 12.3",
    conventions=("a symmetric Dirichlet of parameter c",),
)


SPECIFICATIONS = (TOSSES,)

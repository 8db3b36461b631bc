"""Metropolis-Hastings (77) and Gibbs sampling (78)."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

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
from numerics.specifications.outcomes import close, equal, mean_is, true, worst
from reference_models.inference import chains

PAGE = "reference_models.inference.chains"


def _balance(model: Model, draw: Draw) -> Outcome:
    p, q = draw.simplex(5), draw.simplex(5, 5)
    kernel = model.metropolis_hastings_kernel(p, q)
    flow = p[:, None] * kernel
    return worst(equal(flow, flow.mT), equal(kernel.sum(-1), 1.0), equal(p @ kernel, p))


def _free_of_z(model: Model, draw: Draw) -> Outcome:
    p, q, c = draw.simplex(5), draw.simplex(5, 5), draw.uniform(2, 9)
    return worst(
        equal(model.acceptance(c * p, q), model.acceptance(p, q)),
        equal(torch.minimum(draw.tensor(1.0), (p * q.mT) / (p[:, None] * q)), model.acceptance(p, q)),
    )


def _symmetric(model: Model, draw: Draw) -> Outcome:
    p, q = draw.simplex(5), draw.simplex(5, 5)
    symmetric = (q + q.mT) / 2
    return close(model.acceptance(p, symmetric), torch.clamp(p / p[:, None], max=1))


def _log_target(x: Tensor) -> Tensor:
    return -(x[:, 0] ** 2) / 2 - x[:, 1] ** 2 / 8 + 3.0  # N(0, diag(1, 4)), its constant wrong on purpose


def _exact_start(model: Model, draw: Draw) -> Outcome:
    n = 20_000
    x = draw.normal(n, 2) * draw.tensor([1, 2])
    after, _ = model.random_walk_step(x, _log_target, 1.5 * draw.normal(n, 2), draw.uniform(1e-15, 1, n))
    return mean_is(torch.cat([after, after**2], -1), draw.tensor([0, 0, 1, 4]))


def _ratio_upside_down(p: Tensor, q: Tensor) -> Tensor:
    return torch.clamp((p[:, None] * q) / (p * q.mT), max=1)


def _hastings_forgotten(p: Tensor, q: Tensor) -> Tensor:
    moves = q * torch.clamp(p / p[:, None], max=1)
    moves = moves - torch.diag(moves.diagonal())
    return moves + torch.diag(1 - moves.sum(-1))


def _half_density(
    x: Tensor, log_density: Callable[[Tensor], Tensor], noise: Tensor, u: Tensor
) -> tuple[Tensor, Tensor]:
    return chains.random_walk_step(x, lambda v: log_density(v) / 2, noise, u)


def _random_walk(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    """2 000 chains of 400 steps on N(0, diag(1, 4)) from the origin: moments, and the acceptance rate."""
    n, steps = 2000, 400
    x, rates, path = torch.zeros(n, 2, dtype=torch.float64, device=draw.device), [], []
    for step in range(steps):
        x, moved = model.random_walk_step(x, _log_target, 1.5 * draw.normal(n, 2), draw.uniform(1e-15, 1, n))
        rates.append(float(moved.double().mean()))
        path.append(x[0].tolist())
        progress((step + 1) / steps)
    return Result(
        (
            Figure("variance of the first coordinate", float(x[:, 0].var()), 1.0, 0.2),
            Figure("variance of the second coordinate", float(x[:, 1].var()), 4.0, 0.8),
            Figure("share accepted", sum(rates[200:]) / 200),
        ),
        (Panel("one chain", "lines", {"x": ([p[0] for p in path], [p[1] for p in path])}),),
    )


METROPOLIS = Specification(
    name="metropolis_hastings",
    family="inference",
    systems=(77,),
    title="Metropolis-Hastings",
    statement="α = min(1, p(x′)q(x | x′)/(p(x)q(x′ | x)))",
    page=PAGE,
    functions={
        "acceptance": chains.acceptance,
        "metropolis_hastings_kernel": chains.metropolis_hastings_kernel,
        "random_walk_step": chains.random_walk_step,
    },
    properties=(
        Property(
            "detailed balance, and so p K = p, on five states",
            _balance,
            Mutant("q(x | x′)/q(x′ | x) is forgotten", {"metropolis_hastings_kernel": _hastings_forgotten}),
        ),
        Property(
            "the target's normaliser cancels",
            _free_of_z,
            Mutant("the ratio stands upside down", {"acceptance": _ratio_upside_down}),
        ),
        Property(
            "a symmetric proposal gives Metropolis: min(1, p(x′)/p(x))",
            _symmetric,
            Mutant(
                "Barker's rule p′/(p + p′)",
                {"acceptance": lambda p, q: (p * q.mT) / (p * q.mT + p[:, None] * q)},
            ),
        ),
        Property(
            "a step leaves a normal target as it is",
            _exact_start,
            Mutant("the root of the ratio is taken", {"random_walk_step": _half_density}),
        ),
    ),
    source="Hastings 1970",
    task=Task("2 000 chains on a normal target in two dimensions", _random_walk),
    conventions=("p K: rows are where it comes from",),
)


def _invariant(model: Model, draw: Draw) -> Outcome:
    joint = draw.simplex(12).reshape(2, 3, 2)
    p = joint.flatten()
    kernels = [model.gibbs_kernel(joint, axis) for axis in range(3)]
    return worst(*[equal(p @ k, p) for k in kernels], *[equal(k.sum(-1), 1.0) for k in kernels])


def _accepted(model: Model, draw: Draw) -> Outcome:
    """As a Metropolis-Hastings proposal it is always accepted."""
    joint = draw.simplex(12).reshape(2, 3, 2)
    flow = joint.flatten()[:, None] * model.gibbs_kernel(joint, 1)
    return equal(flow, flow.mT)


def _scans(model: Model, draw: Draw) -> Outcome:
    joint = draw.simplex(12).reshape(2, 3, 2)
    p = joint.flatten()
    sweep, mixed = model.systematic_scan(joint), model.random_scan(joint)
    there, back = p[:, None] * sweep, p[:, None] * mixed
    irreversible = true((there - there.mT).abs().max() > 1e-6, "a sweep is not reversible")
    return worst(equal(p @ sweep, p), equal(p @ mixed, p), equal(back, back.mT), irreversible)


def _reducible(model: Model, draw: Draw) -> Outcome:
    """Two blocks without a common coordinate: the chain never leaves the one that it starts in."""
    a = draw.uniform(0.2, 0.8)
    joint = torch.stack([torch.stack([a, 0 * a]), torch.stack([0 * a, 1 - a])])
    long = torch.linalg.matrix_power(model.systematic_scan(joint), 50)
    return worst(equal(long[0, 0], 1.0), equal(long[0, 3], 0.0), equal(long[3, 3], 1.0))


def _gaussian(model: Model, draw: Draw) -> Outcome:
    precision, n = draw.spd(3), 20_000
    x = torch.linalg.solve_triangular(torch.linalg.cholesky(precision).mT, draw.normal(n, 3).mT, upper=True).mT
    after = model.gaussian_gibbs_sweep(x, precision, draw.normal(n, 3))
    return mean_is((after[:, :, None] * after[:, None, :]).flatten(1), torch.linalg.inv(precision).flatten())


def _parallel(joint: Tensor) -> Tensor:
    """All variables at once, each given the old values of the others."""
    states = torch.cartesian_prod(*[torch.arange(k, device=joint.device) for k in joint.shape])
    kernel = torch.ones(len(states), len(states), dtype=joint.dtype, device=joint.device)
    for axis in range(joint.ndim):
        conditional = joint / joint.sum(axis, keepdim=True)
        old = states[:, None].expand(-1, len(states), -1).clone()
        old[:, :, axis] = states[None, :, axis]
        kernel = kernel * conditional[tuple(old.unbind(-1))]
    return kernel


def _old_values(x: Tensor, precision: Tensor, noise: Tensor) -> Tensor:
    scale = precision.diagonal()
    return (-(x @ precision - x * scale) + noise * torch.sqrt(scale)) / scale


def _marginal(joint: Tensor, axis: int) -> Tensor:
    """The variable is drawn from its marginal law."""
    marginal = joint.sum([a for a in range(joint.ndim) if a != axis], keepdim=True)
    return chains.gibbs_kernel(marginal.expand_as(joint), axis)


def _gibbs_task(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    """5 000 chains on a normal law with correlation 0.9: the lag-one correlation of a sweep is ρ² = 0.81."""
    rho, n, steps = 0.9, 5000, 60
    precision = torch.linalg.inv(draw.tensor([[1, rho], [rho, 1]]))
    x, trace = torch.zeros(n, 2, dtype=torch.float64, device=draw.device), []
    for step in range(steps):
        before, x = x, model.gaussian_gibbs_sweep(x, precision, draw.normal(n, 2))
        trace.append(float(x[:, 1].var()))
        progress((step + 1) / steps)
    lag = float(torch.corrcoef(torch.stack([before[:, 1], x[:, 1]]))[0, 1])
    return Result(
        (
            Figure("correlation of the coordinates", float(torch.corrcoef(x.mT)[0, 1]), rho, 0.03),
            Figure("variance", float(x[:, 0].var()), 1.0, 0.15),
            Figure("lag-one correlation of a sweep", lag, rho**2, 0.05),
        ),
        (Panel("variance from a start at 0", "lines", {"second coordinate": (list(range(steps)), trace)}),),
    )


GIBBS = Specification(
    name="gibbs_sampling",
    family="inference",
    systems=(78,),
    title="Gibbs sampling",
    statement="x_i ~ p(x_i | x_∖i), in turn or at random",
    page=PAGE,
    functions={
        "gibbs_kernel": chains.gibbs_kernel,
        "systematic_scan": chains.systematic_scan,
        "random_scan": chains.random_scan,
        "gaussian_gibbs_sweep": chains.gaussian_gibbs_sweep,
    },
    properties=(
        Property(
            "every update leaves the joint law as it is",
            _invariant,
            Mutant("the variable is drawn from its marginal law", {"gibbs_kernel": _marginal}),
        ),
        Property(
            "as a proposal it is always accepted: detailed balance of one update",
            _accepted,
            Mutant(
                "probabilities are square-rooted first, a temperature of 2",
                {"gibbs_kernel": lambda joint, axis: chains.gibbs_kernel(joint.sqrt(), axis)},
            ),
        ),
        Property(
            "a sweep is invariant without being reversible, a random scan is reversible",
            _scans,
            Mutant("all variables are drawn given the old ones", {"systematic_scan": _parallel}),
        ),
        Property(
            "two blocks that share no coordinate never mix",
            _reducible,
            Mutant(
                "all variables are drawn from their marginals",
                {"systematic_scan": lambda j: (j.sum(1)[:, None] * j.sum(0)).flatten().expand(4, 4)},
            ),
        ),
        Property(
            "a sweep leaves a normal law as it is",
            _gaussian,
            Mutant("all coordinates are drawn given the old ones", {"gaussian_gibbs_sweep": _old_values}),
        ),
    ),
    source="Geman and Geman 1984; Bishop 2006, section 11.3",
    task=Task("5 000 chains on a correlated normal law", _gibbs_task),
    conventions=("p K: rows are where it comes from",),
)

SPECIFICATIONS = (METROPOLIS, GIBBS)

"""Neural ODEs, FFJORD and Hutchinson's trace: rows 150 and 151."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import product
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
    Panel,
    Property,
    Result,
    Specification,
    Task,
)
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import close, equal, jacobian_log_det, mean_is, repeated, worst
from numerics.specifications.training import read
from reference_models.flows import ode

Field = Callable[[Tensor, Tensor], Tensor]


def _field(draw: Draw, d: int) -> Field:
    w, b, v = draw.normal(5, d), draw.normal(5), draw.normal(d, 5) / 4
    return lambda t, z: torch.tanh(z @ w.mT + b * (1 + t)) @ v.mT


def _linear(draw: Draw, d: int) -> tuple[Tensor, Field]:
    a = draw.normal(d, d) / 2
    return a, lambda t, z: z @ a.mT


def _linear_closed(model: Model, draw: Draw) -> Outcome:
    (a, field), z, end = _linear(draw, 2), draw.normal(4, 2), float(draw.uniform(0.5, 1.5))
    out, log_det = model.flow(field, z, 0.0, end, 12)
    return worst(close(out, z @ torch.linalg.matrix_exp(a * end).mT, 2e-3), close(log_det, end * torch.trace(a), 1e-9))


def _transposed(field: Field, z: Tensor, start: float, end: float, steps: int) -> tuple[Tensor, Tensor]:
    out, log_det = ode.flow(field, z, start, end, steps)
    return out, log_det / (end - start)


def _whole_jacobian(model: Model, draw: Draw) -> Outcome:
    field, z = _field(draw, 2), draw.normal(4, 2)
    found = model.flow(field, z, 0.0, 1.0, 5)[1]
    return close(found, jacobian_log_det(lambda at: model.flow(field, at, 0.0, 1.0, 5)[0], z), 1e-3)


def _divergence_at_start(field: Field, z: Tensor, start: float, end: float, steps: int) -> tuple[Tensor, Tensor]:
    out, _ = ode.flow(field, z, start, end, steps)
    at = torch.tensor(start, dtype=z.dtype, device=z.device)
    return out, (end - start) * ode.trace(field, at, z)


def _back_again(model: Model, draw: Draw) -> Outcome:
    field, z = _field(draw, 2), draw.normal(4, 2)
    x, log_det = model.flow(field, z, 0.0, 1.0, 6)
    back, other = model.flow(field, x, 1.0, 0.0, 6)
    return worst(close(back, z, 5e-4), close(other, -log_det, 5e-4))


def _forward_only(field: Field, z: Tensor, start: float, end: float, steps: int) -> tuple[Tensor, Tensor]:
    return (
        ode.flow(lambda t, at: field(1 - t, at), z, start, end, steps)
        if end < start
        else ode.flow(field, z, start, end, steps)
    )


def _density(model: Model, draw: Draw) -> Outcome:
    a, field = _linear(draw, 2)
    x = draw.normal(5, 2)
    root = torch.linalg.matrix_exp(a)
    expected = torch.distributions.MultivariateNormal(torch.zeros_like(x[0]), root @ root.mT).log_prob(x)
    return close(model.log_prob(field, x, 24), expected, 1e-3)


def _plus_trace(field: Field, x: Tensor, steps: int) -> Tensor:
    z, log_det = ode.flow(field, x, 1.0, 0.0, steps)
    return torch.distributions.Normal(0.0, 1.0).log_prob(z).sum(-1) - log_det


def _residual_limit(model: Model, draw: Draw) -> Outcome:
    """N residual layers z + f(z)/N: their log-dets near the integral of the trace, with an error that falls as 1/N."""
    w, v, z = draw.normal(4, 2), draw.normal(2, 4) / 4, draw.normal(2)
    eye = torch.eye(2, dtype=z.dtype, device=z.device)
    exact = model.flow(lambda t, at: torch.tanh(at @ w.mT) @ v.mT, z[None], 0.0, 1.0, 10)[1][0]
    found = []
    for n in (50, 100):
        at, total = z, torch.zeros((), dtype=z.dtype, device=z.device)
        for _ in range(n):
            h = torch.tanh(w @ at)
            total = total + torch.linalg.slogdet(eye + v * (1 - h**2) @ w / n)[1]
            at = at + v @ h / n
        found.append(total)
    return close(2 * found[1] - found[0], exact, 5e-4, "extrapolated from 50 and 100 layers")


def _paths_apart(model: Model, draw: Draw) -> Outcome:
    """On a line paths keep their order: a flow is a homeomorphism."""
    field = _field(draw, 1)
    z = torch.sort(draw.normal(30, 1), 0).values
    x = model.sample(field, z, 16)
    return equal(torch.relu(-(x[1:] - x[:-1])), 0.0)


def _large_steps(field: Field, noise: Tensor, steps: int) -> Tensor:
    return -ode.sample(field, noise, steps)


def _from_torchdiffeq(inputs: Mapping[str, Any]) -> Answers:
    from torchdiffeq import odeint

    z, w = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("z", "w"))

    def rate(t: Tensor, state: tuple[Tensor, Tensor]) -> tuple[Tensor, Tensor]:
        h = torch.tanh(state[0] @ w.mT)
        return h, ((1 - h**2) * torch.diagonal(w)).sum(-1)

    start = (z, torch.zeros(len(z), dtype=torch.float64))
    out, log_det = odeint(rate, start, torch.tensor([0.0, 1.0]).double(), rtol=1e-11, atol=1e-12, method="dopri5")
    return {"z": out[-1].tolist(), "log_det": log_det[-1].tolist()}


def _ours(model: Model, inputs: Mapping[str, Any]) -> Answers:
    z, w = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("z", "w"))
    out, log_det = model.flow(lambda t, at: torch.tanh(at @ w.mT), z, 0.0, 1.0, 200)
    return {"z": out, "log_det": log_det}


def _fit_cnf(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    """A CNF on a mixture of two normals on the line: the loss comes down to the entropy, the integral is 1."""
    law = torch.distributions.MixtureSameFamily(
        torch.distributions.Categorical(draw.tensor([0.5, 0.5])),
        torch.distributions.Normal(draw.tensor([-1.2, 1.2]), draw.tensor([0.5, 0.5])),
    )
    grid = torch.linspace(-5, 5, 201, dtype=torch.float64, device=draw.device)
    density, cell = torch.exp(law.log_prob(grid)), grid[1] - grid[0]
    entropy = float(-(density * law.log_prob(grid)).sum() * cell)
    w, b, c, v = ((0.5 * draw.normal(*s)).requires_grad_() for s in ((16, 1), (16,), (16,), (1, 16)))

    def field(t: Tensor, z: Tensor) -> Tensor:
        return torch.tanh(z @ w.mT + b + c * t) @ v.mT

    optimiser, kept, steps = torch.optim.Adam([w, b, c, v], lr=0.03), [], 250
    for step in range(steps):
        optimiser.zero_grad()
        loss = -(density * model.log_prob(field, grid[:, None], 6)).sum() * cell
        torch.autograd.backward(loss)
        optimiser.step()
        kept.append(loss.detach())
        progress((step + 1) / steps)
    losses = read(kept)
    with torch.no_grad():
        fitted = torch.exp(model.log_prob(field, grid[:, None], 24))
    return Result(
        figures=(
            Figure("cross-entropy", losses[-1], predicted=entropy, allowed=0.03, unit="nats"),
            Figure("integral of the density", float(fitted.sum() * cell), predicted=1.0, allowed=5e-3),
        ),
        panels=(
            Panel(
                "density of the flow",
                "lines",
                {"flow": (grid.tolist(), fitted.tolist()), "law": (grid.tolist(), density.tolist())},
            ),
        ),
    )


CNF = Specification(
    name="cnf",
    family="flows",
    systems=(150,),
    title="Neural ODE, continuous normalizing flow",
    statement="ż = f(t, z), d log p(z)/dt = −tr ∂f/∂z",
    page="reference_models.flows.ode",
    functions={"flow": ode.flow, "log_prob": ode.log_prob, "sample": ode.sample},
    properties=(
        Property(
            "a linear field: the matrix exponential, and tr(A) T",
            _linear_closed,
            Mutant("the trace is averaged over time", {"flow": _transposed}),
        ),
        Property(
            "the integral of the trace is the log-det of the whole map",
            _whole_jacobian,
            Mutant("the trace at the start for the whole path", {"flow": _divergence_at_start}),
        ),
        Property(
            "run back, it undoes itself",
            _back_again,
            Mutant("time is not turned round on the way back", {"flow": _forward_only}),
        ),
        Property(
            "a linear flow has a normal density", _density, Mutant("the trace is added", {"log_prob": _plus_trace})
        ),
        Property(
            "the limit of residual layers",
            repeated(_residual_limit, 3),
            Mutant("the trace at the start for the whole path", {"flow": _divergence_at_start}),
        ),
        Property("paths keep their order on a line", _paths_apart, Mutant("the sign of x", {"sample": _large_steps})),
    ),
    source="Chen et al. 2018, section 4",
    oracles=(
        Oracle(
            package="torchdiffeq",
            inputs={"z": [[0.5, -1.0], [1.5, 0.3]], "w": [[0.8, -0.5], [0.4, -0.6]]},
            ask=_from_torchdiffeq,
            tell=_ours,
            tolerance=1e-8,
            conversion="dopri5 with relative tolerance 1e-11; ours takes 200 steps of Runge-Kutta of order 4",
        ),
    ),
    task=Task("a mixture of two normals, its density on a grid", _fit_cnf, training=True),
    conventions=("time 0 is noise, 1 is data", "Runge-Kutta of order 4, equal steps"),
)


def _signs(draw: Draw, d: int) -> Tensor:
    return draw.tensor(list(product([-1.0, 1.0], repeat=d)))


def _unbiased(model: Model, draw: Draw) -> Outcome:
    """The mean over all 2^d sign vectors is the trace exactly."""
    field, z, t = _field(draw, 3), draw.normal(3), draw.tensor(0.3)
    probes = _signs(draw, 3)
    found = model.hutchinson(field, t, z.repeat(8, 1), probes).mean()
    slopes = torch.func.jacrev(lambda at: field(t, at))(z)
    return worst(close(found, torch.trace(slopes)), close(model.trace(field, t, z), torch.trace(slopes)))


def _summed(field: Field, t: Tensor, z: Tensor, probe: Tensor) -> Tensor:
    return torch.func.jvp(lambda at: field(t, at), (z,), (probe,))[1].abs().sum(-1)


def _rademacher_variance(model: Model, draw: Draw) -> Outcome:
    (a, field), t = _linear(draw, 4), draw.tensor(0.0)
    found = model.hutchinson(field, t, torch.zeros(16, 4, dtype=torch.float64, device=draw.device), _signs(draw, 4))
    s = (a + a.mT) / 2
    off = s - torch.diag(torch.diagonal(s))
    return close(found.var(correction=0), 2 * (off**2).sum())


def _two_probes(field: Field, t: Tensor, z: Tensor, probe: Tensor) -> Tensor:
    return (ode.hutchinson(field, t, z, probe) + ode.hutchinson(field, t, z, probe.flip(-1))) / 2


def _normal_variance(model: Model, draw: Draw) -> Outcome:
    (a, field), t, n = _linear(draw, 3), draw.tensor(0.0), 20_000
    probes = draw.normal(n, 3)
    found = model.hutchinson(field, t, torch.zeros_like(probes), probes)
    s = (a + a.mT) / 2
    centred = (found - torch.trace(a)) ** 2
    return worst(mean_is(found, torch.trace(a)), mean_is(centred, 2 * (s**2).sum()))


def _on_the_sphere(field: Field, t: Tensor, z: Tensor, probe: Tensor) -> Tensor:
    unit = probe * (probe.shape[-1] ** 0.5 / probe.norm(dim=-1, keepdim=True))
    return ode.hutchinson(field, t, z, unit)


def _path(model: Model, draw: Draw) -> Outcome:
    """For a linear field the estimate of a whole path is unbiased over all sign vectors, and the path the same."""
    (a, field), z = _linear(draw, 2), draw.normal(2)
    probes = _signs(draw, 2)
    out, log_det = model.ffjord(field, z.repeat(4, 1), probes, 0.0, 1.0, 8)
    return worst(close(log_det.mean(), torch.trace(a)), equal(out - out[:1], 0.0))


def _unequal_probe(
    field: Field, z: Tensor, probe: Tensor, start: float, end: float, steps: int
) -> tuple[Tensor, Tensor]:
    return ode.ffjord(field, z, probe / probe.norm(dim=-1, keepdim=True), start, end, steps)


HUTCHINSON = Specification(
    name="ffjord",
    family="flows",
    systems=(151,),
    title="FFJORD with Hutchinson's trace estimator",
    statement="tr J = E[vᵀ J v] for E[v vᵀ] = I",
    page="reference_models.flows.ode",
    functions={"trace": ode.trace, "hutchinson": ode.hutchinson, "ffjord": ode.ffjord},
    properties=(
        Property(
            "unbiased over all sign vectors", _unbiased, Mutant("v is left out on one side", {"hutchinson": _summed})
        ),
        Property(
            "signs have variance 2 Σ_{i≠j} S_ij²",
            _rademacher_variance,
            Mutant("the probe and its mirror image, averaged", {"hutchinson": _two_probes}),
        ),
        Property(
            "normals have variance 2 ‖S‖²",
            _normal_variance,
            Mutant("probes of fixed length, still unbiased", {"hutchinson": _on_the_sphere}),
        ),
        Property(
            "the estimate along a path is unbiased, the path exact",
            _path,
            Mutant("probes of length 1", {"ffjord": _unequal_probe}),
        ),
    ),
    source="Grathwohl et al. 2019, section 3; Hutchinson 1989",
    conventions=("one probe for a whole path", "S is the symmetric part of J"),
)

SPECIFICATIONS = (CNF, HUTCHINSON)

"""MAF and IAF: rows 147 and 148."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
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
from numerics.specifications.outcomes import close, equal, jacobian_log_det, true, worst
from numerics.specifications.training import read
from reference_models.flows import autoregressive

Conditioner = Callable[[Tensor], tuple[Tensor, Tensor]]


def _conditioner(draw: Draw, d: int) -> Conditioner:
    w, b, v, c = draw.normal(8, d), draw.normal(8), draw.normal(2, d, 8) / 3, draw.normal(2, d) / 3
    return lambda x: autoregressive.made(x, w, b, v, c)


def _masks(model: Model, draw: Draw) -> Outcome:
    d, hidden = draw.whole(2, 5), draw.whole(6, 9)
    w, b, v, c = draw.normal(hidden, d), draw.normal(hidden), draw.normal(2, d, hidden), draw.normal(2, d)
    slopes = torch.func.jacrev(lambda x: torch.stack(model.made(x, w, b, v, c)))(draw.normal(d))  # (2, d, d)
    seen = (slopes.abs().sum(0) > 0).to(torch.float64)
    return equal(seen, torch.tril(torch.ones_like(seen), -1), detail="which inputs each output depends on")


def _own_degree(x: Tensor, w: Tensor, b: Tensor, v: Tensor, c: Tensor) -> tuple[Tensor, Tensor]:
    into, out = autoregressive.made_masks(x.shape[-1], b.numel())
    units = 1 + torch.arange(b.numel()) % max(x.shape[-1] - 1, 1)
    out = (torch.arange(1, x.shape[-1] + 1)[:, None] >= units).to(torch.float64)  # ≥ where it must be >
    h = torch.tanh(x @ (w * into.to(w)).mT + b)
    return h @ (v[0] * out.to(w)).mT + c[0], h @ (v[1] * out.to(w)).mT + c[1]


def _triangular(model: Model, draw: Draw) -> Outcome:
    x, net = draw.normal(4, 4), _conditioner(draw, 4)
    log_det = model.forward(x, net)[1]
    whole = jacobian_log_det(lambda at: model.forward(at, net)[0], x)
    slopes = torch.func.jacrev(lambda at: model.forward(at[None], net)[0][0])(x[0])
    return worst(close(log_det, whole, 1e-8), equal(torch.triu(slopes, 1), 0.0))


def _plus_alpha(x: Tensor, conditioner: Conditioner) -> tuple[Tensor, Tensor]:
    z, log_det = autoregressive.maf(x, conditioner)
    return z, -log_det


def _passes(model: Model, draw: Draw) -> Outcome:
    z, net = draw.normal(4, 4), _conditioner(draw, 4)
    return close(model.forward(model.sample(z, net), net)[0], z, 1e-8)


def _one_pass(z: Tensor, conditioner: Conditioner) -> Tensor:
    return autoregressive.iaf(z, conditioner)[0]


def _gaussian_chain(model: Model, draw: Draw) -> Outcome:
    x, net = draw.normal(4, 3), _conditioner(draw, 3)
    expected = torch.zeros(4, dtype=torch.float64, device=draw.device)
    for i in range(3):
        before = torch.cat([x[:, :i], torch.zeros_like(x[:, i:])], 1)  # later coordinates hidden by hand
        mu, alpha = net(before)
        expected = expected + torch.distributions.Normal(mu[:, i], torch.exp(alpha[:, i])).log_prob(x[:, i])
    return close(model.log_prob(x, net), expected)


def _as_variance(x: Tensor, conditioner: Conditioner) -> Tensor:
    def halved(at: Tensor) -> tuple[Tensor, Tensor]:
        mu, alpha = conditioner(at)
        return mu, alpha / 2

    return autoregressive.maf_log_prob(x, halved)


def _from_zuko(inputs: Mapping[str, Any]) -> Answers:
    from zuko.transforms import AutoregressiveTransform, MonotonicAffineTransform

    x, a = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("x", "a"))
    low = torch.tril(a, -1)

    def meta(at: Tensor) -> Any:
        scale = -torch.tanh(at @ low.mT)
        return MonotonicAffineTransform(-at @ low.mT, scale / (1 - scale.abs() / 10), slope=math.exp(-10))

    z, log_det = AutoregressiveTransform(meta, passes=3).call_and_ladj(x)
    return {"z": z.tolist(), "log_det": log_det.reshape(len(x), -1).sum(-1).tolist()}


def _zuko_answers(model: Model, inputs: Mapping[str, Any]) -> Answers:
    x, a = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("x", "a"))
    low = torch.tril(a, -1)

    def net(at: Tensor) -> tuple[Tensor, Tensor]:
        alpha = torch.tanh(at @ low.mT)
        return (at @ low.mT) * torch.exp(alpha), alpha  # zuko's shift comes after the scale

    z, log_det = model.forward(x, net)
    return {"z": z, "log_det": log_det}


def _ring(draw: Draw, n: int) -> Tensor:
    """x_2 about x_1²/2 with deviation 1/2: the entropy of the law is that of two normals."""
    x = draw.normal(n, 2)
    return torch.stack([x[:, 0], x[:, 0] ** 2 / 2 + x[:, 1] / 2], -1)


def _fit_banana(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    """A MAF layer on a curved law of known entropy: maximum likelihood comes down to it."""
    entropy = (1 + torch.log(torch.tensor(2 * torch.pi))).item() + torch.log(torch.tensor(0.5)).item()
    shapes, steps = ((32, 2), (32,), (2, 2, 32), (2, 2)), 2000
    at = [(0.3 * draw.normal(*s)).requires_grad_() for s in shapes]
    optimiser, kept = torch.optim.Adam(at, lr=0.02), []

    def net(x: Tensor) -> tuple[Tensor, Tensor]:
        return autoregressive.made(x, *at)

    for step in range(steps):
        optimiser.param_groups[0]["lr"] = 0.01 * min(1.0, 2 * (1 - step / steps))
        optimiser.zero_grad()
        loss = -model.log_prob(_ring(draw, 512), net).mean()
        torch.autograd.backward(loss)
        optimiser.step()
        kept.append(loss.detach())
        progress((step + 1) / steps)
    losses = read(kept)
    x = _ring(draw, 20_000)
    own = torch.distributions.Normal(0.0, 1.0).log_prob(x[:, 0])
    own = own + torch.distributions.Normal(0.0, 0.5).log_prob(x[:, 1] - x[:, 0] ** 2 / 2)
    grid = torch.linspace(-8, 12, 401, dtype=torch.float64, device=draw.device)
    with torch.no_grad():
        gap = float((own - model.log_prob(x, net)).mean())  # KL(law ‖ MAF) on new points
        mass = float(torch.exp(model.log_prob(torch.cartesian_prod(grid, grid), net)).sum() * (grid[1] - grid[0]) ** 2)
        drawn = model.sample(draw.normal(500, 2), net)
    return Result(
        figures=(
            Figure("KL from the law to the flow", gap, predicted=0.0, allowed=0.02, unit="nats"),
            Figure("integral of the density", mass, predicted=1.0, allowed=0.01),
            Figure(
                "mean loss of the last 50 steps", sum(losses[-50:]) / 50, predicted=entropy, allowed=0.05, unit="nats"
            ),
        ),
        panels=(
            Panel("draws of the flow", "points", {"flow": drawn.T.tolist(), "data": x[:500].T.tolist()}),
            Panel(
                "loss against the entropy",
                "lines",
                {"loss": (range(steps), losses), "entropy": ([0, steps], 2 * [entropy])},
            ),
        ),
    )


MAF = Specification(
    name="maf",
    family="flows",
    systems=(147,),
    title="Masked autoregressive flow",
    statement="z_i = (x_i − μ_i(x_{<i})) e^{−α_i(x_{<i})}, log-det −Σ α_i",
    page="reference_models.flows.autoregressive",
    functions={
        "made": autoregressive.made,
        "forward": autoregressive.maf,
        "log_prob": autoregressive.maf_log_prob,
        "sample": autoregressive.maf_sample,
    },
    properties=(
        Property(
            "MADE: an output depends on every earlier input and no other",
            _masks,
            Mutant("an output reads units of its own degree", {"made": _own_degree}),
        ),
        Property(
            "a triangular Jacobian with log-det −Σ α",
            _triangular,
            Mutant("the sign of the log-det", {"forward": _plus_alpha}),
        ),
        Property("d passes undo the map", _passes, Mutant("one pass from the noise", {"sample": _one_pass})),
        Property(
            "one layer is a chain of normal laws",
            _gaussian_chain,
            Mutant("α is the log of a variance", {"log_prob": _as_variance}),
        ),
    ),
    source="Papamakarios, Pavlakou and Murray 2017, section 3; Germain et al. 2015",
    oracles=(
        Oracle(
            package="zuko",
            inputs={
                "x": [[0.3, -1.2, 0.8], [-0.4, 0.9, 1.1]],
                "a": [[0.0, 0.0, 0.0], [0.7, 0.0, 0.0], [-0.5, 1.1, 0.0]],
            },
            ask=_from_zuko,
            tell=_zuko_answers,
            tolerance=1e-9,
            conversion="zuko maps x to x e^{scale} + shift: scale −α, shift −μ e^{−α}; its bend of scales is undone",
        ),
    ),
    task=Task("a curved law of two variables with known entropy", _fit_banana, training=True),
    conventions=("α is the log of a standard deviation", "data to noise"),
)


def _iaf_jacobian(model: Model, draw: Draw) -> Outcome:
    z, net = draw.normal(4, 4), _conditioner(draw, 4)
    return close(model.forward(z, net)[1], jacobian_log_det(lambda at: model.forward(at, net)[0], z), 1e-8)


def _minus_alpha(z: Tensor, conditioner: Conditioner) -> tuple[Tensor, Tensor]:
    x, log_det = autoregressive.iaf(z, conditioner)
    return x, -log_det


def _is_maf_backwards(model: Model, draw: Draw) -> Outcome:
    x, net = draw.normal(4, 4), _conditioner(draw, 4)

    def swapped(at: Tensor) -> tuple[Tensor, Tensor]:  # MAF with e^{−α} for the scale and −μ e^{−α} for the shift
        mu, alpha = net(at)
        return -mu * torch.exp(-alpha), -alpha

    z, log_det = model.forward(x, net)
    other, minus = autoregressive.maf(x, swapped)
    return worst(close(z, other), close(log_det, minus))


def _shift_first(z: Tensor, conditioner: Conditioner) -> tuple[Tensor, Tensor]:
    mu, alpha = conditioner(z)
    return (z + mu) * torch.exp(alpha), alpha.sum(-1)


def _own_density(model: Model, draw: Draw) -> Outcome:
    noise, net = draw.normal(4, 3), _conditioner(draw, 3)
    x, log_p = model.log_prob_of_sample(noise, net)
    volume = jacobian_log_det(lambda at: model.log_prob_of_sample(at, net)[0], noise)
    base = torch.distributions.Normal(0.0, 1.0).log_prob(noise).sum(-1)
    return worst(close(log_p, base - volume, 1e-8), close(model.inverse(x, net)[0], noise, 1e-8))


def _added(z: Tensor, conditioner: Conditioner) -> tuple[Tensor, Tensor]:
    x, log_p = autoregressive.iaf_log_prob_of_sample(z, conditioner)
    return x, log_p + 2 * conditioner(z)[1].sum(-1)


def _sequential(model: Model, draw: Draw) -> Outcome:
    z, net = draw.normal(4, 4), _conditioner(draw, 4)
    x, log_det = model.forward(z, net)
    back, other = model.inverse(x, net)
    return worst(close(back, z, 1e-8), close(other, -log_det, 1e-8))


def _reads_x(x: Tensor, conditioner: Conditioner) -> tuple[Tensor, Tensor]:
    return autoregressive.maf(x, conditioner)


def _counts_passes(model: Model, draw: Draw) -> Outcome:
    z, net, calls = draw.normal(2, 4), _conditioner(draw, 4), [0]

    def counted(at: Tensor) -> tuple[Tensor, Tensor]:
        calls[0] += 1
        return net(at)

    model.log_prob_of_sample(z, counted)
    return true(calls[0] == 1, f"{calls[0]} pass")


def _second_pass(z: Tensor, conditioner: Conditioner) -> tuple[Tensor, Tensor]:
    x, _ = autoregressive.iaf(z, conditioner)
    back, log_det = autoregressive.iaf_inverse(x, conditioner)
    return x, torch.distributions.Normal(0.0, 1.0).log_prob(back).sum(-1) + log_det


IAF = Specification(
    name="iaf",
    family="flows",
    systems=(148,),
    title="Inverse autoregressive flow",
    statement="x_i = z_i e^{α_i(z_{<i})} + μ_i(z_{<i}), log-det Σ α_i",
    page="reference_models.flows.autoregressive",
    functions={
        "forward": autoregressive.iaf,
        "inverse": autoregressive.iaf_inverse,
        "log_prob_of_sample": autoregressive.iaf_log_prob_of_sample,
    },
    properties=(
        Property(
            "the log-det is that of autograd's Jacobian",
            _iaf_jacobian,
            Mutant("the sign of the log-det", {"forward": _minus_alpha}),
        ),
        Property(
            "a MAF layer run backwards",
            _is_maf_backwards,
            Mutant("shifted, then scaled", {"forward": _shift_first}),
        ),
        Property(
            "a draw knows its own density",
            _own_density,
            Mutant("the log-det is added", {"log_prob_of_sample": _added}),
        ),
        Property("d passes undo the map", _sequential, Mutant("the conditioner reads x", {"inverse": _reads_x})),
        Property(
            "one pass for a draw and its density",
            _counts_passes,
            Mutant("the density by the inverse", {"log_prob_of_sample": _second_pass}),
        ),
    ),
    source="Kingma et al. 2016, section 4",
    conventions=("α is the log of a standard deviation", "noise to data"),
)

SPECIFICATIONS = (MAF, IAF)

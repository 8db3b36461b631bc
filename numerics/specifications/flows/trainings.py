"""Longer trainings of flows: principal coordinates of scikit-learn's digits, against a normal law."""

from __future__ import annotations

from collections.abc import Callable
from math import log

import torch
from torch import Tensor

from numerics.specifications.contract import Figure, Model, Panel, Result
from numerics.specifications.draws import Draw
from numerics.specifications.training import (
    Axes,
    Longer,
    Split,
    curve,
    digits,
    learned,
    network,
    principal,
    sheet,
    through,
)

Progress = Callable[[float], None]


def _coordinates(draw: Draw, d: int) -> tuple[Split, Axes]:
    """Digits along the first d principal axes of those to be fitted, each of variance 1 there."""
    data = digits(draw)
    axes = principal(data.x, d)
    return Split(axes.codes(data.x), data.y, axes.codes(data.held_x), data.held_y), axes


def _jittered(data: Split, draw: Draw, n: int = 256, std: float = 0.2) -> Tensor:
    """A batch with noise, without which a flow learns the points themselves."""
    x = data.batch(draw, n)
    return x + std * draw.normal(*x.shape)


def _against_normal(data: Split, log_prob: Tensor) -> tuple[Figure, Figure]:
    """Bits per dimension of held-out points, of the flow and of the normal law fitted to the others."""
    bits = 1 / (data.x.shape[1] * log(2))
    law = torch.distributions.MultivariateNormal(data.x.mean(0), torch.cov(data.x.mT, correction=0))
    theirs = law.log_prob(data.held_x)
    return (
        Figure("held-out digits: bits per dimension of the flow", -bits * float(log_prob.mean()), unit="bits"),
        Figure("of a normal law with their covariance", -bits * float(theirs.mean()), unit="bits"),
    )


def _mass(log_prob: Callable[[Tensor], Tensor], like: Tensor) -> Figure:
    """The integral of a density in the plane by a grid; it is 1 whatever was learned."""
    side = torch.linspace(-7, 7, 141).to(like)
    found = float(torch.exp(log_prob(torch.cartesian_prod(side, side))).sum() * (side[1] - side[0]) ** 2)
    return Figure("integral of the density", found, 1.0, 0.01)


def _normal(z: Tensor) -> Tensor:
    return -(z**2).sum(-1) / 2 - z.shape[-1] * log(2 * torch.pi) / 2


def realnvp(model: Model, draw: Draw, progress: Progress, d: int = 4, layers: int = 6, steps: int = 1000) -> Result:
    """Affine couplings on d principal coordinates."""
    data, axes = _coordinates(draw, d)
    mask = draw.tensor([float(i % 2) for i in range(d)])
    at = [(network(draw, d, 32, 32, d), network(draw, d, 32, 32, d)) for _ in range(layers)]
    with torch.no_grad():
        for s, t in at:  # start at the identity
            s[-2].zero_()
            t[-2].zero_()
    nets = [
        (lambda z, s=s: torch.tanh(through(z, s)), lambda z, t=t: through(z, t))  # log-scales stay within ±1
        for s, t in at
    ]

    def log_prob(x: Tensor) -> Tensor:
        z, log_det = model.realnvp_inverse(x, mask, nets)
        return _normal(z) + log_det

    parameters = [w for s, t in at for w in (*s, *t)]
    losses = learned(parameters, lambda: -log_prob(_jittered(data, draw)).mean(), steps, 2e-3, progress, 0.05)
    with torch.no_grad():
        z = draw.normal(32, d)
        drawn, _ = model.realnvp(z, mask, nets)
        gap = float((model.realnvp_inverse(drawn, mask, nets)[0] - z).abs().max())
        figures = (*_against_normal(data, log_prob(data.held_x)), Figure("the inverse misses by", gap, 0.0, 1e-8))
    return Result(figures, (sheet("Digits of the flow", axes.images(drawn)), curve("Negative log-likelihood", losses)))


def maf(model: Model, draw: Draw, progress: Progress, d: int = 4, layers: int = 4, steps: int = 1500) -> Result:
    """Masked autoregressive layers on d principal coordinates, their order turned round between layers."""
    data, axes = _coordinates(draw, d)
    at = [
        [
            draw.normal(128, d) / d**0.5,
            draw.tensor([0.0] * 128),
            0.02 * draw.normal(2, d, 128),
            draw.tensor([[0.0] * d] * 2),
        ]
        for _ in range(layers)
    ]
    parameters = [w.requires_grad_() for layer in at for w in layer]

    def net(layer: list[Tensor]) -> Callable[[Tensor], tuple[Tensor, Tensor]]:
        def conditioner(x: Tensor) -> tuple[Tensor, Tensor]:
            mu, alpha = model.made(x, *layer)
            return mu, 2 * torch.tanh(alpha / 2)

        return conditioner

    def log_prob(x: Tensor) -> Tensor:
        total = torch.zeros_like(x[:, 0])
        for layer in at:
            x, log_det = model.forward(x, net(layer))
            x, total = x.flip(-1), total + log_det
        return _normal(x) + total

    losses = learned(parameters, lambda: -log_prob(_jittered(data, draw)).mean(), steps, 5e-3, progress, 0.01)
    with torch.no_grad():
        drawn = draw.normal(32, d)
        for layer in reversed(at):
            drawn = model.sample(drawn.flip(-1), net(layer))
        figures = _against_normal(data, log_prob(data.held_x))
    return Result(figures, (sheet("Digits of the flow", axes.images(drawn)), curve("Negative log-likelihood", losses)))


def spline(model: Model, draw: Draw, progress: Progress, bins: int = 12, steps: int = 1500) -> Result:
    """Two coordinates: a spline for the first, one whose knots see the first for the second."""
    data, _ = _coordinates(draw, 2)
    first = [draw.tensor([0.0] * (3 * bins - 1)).requires_grad_()]
    second = network(draw, 1, 64, 64, 3 * bins - 1)
    with torch.no_grad():
        second[-2].mul_(0.1)

    def knots(free: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        found: tuple[Tensor, Tensor, Tensor] = model.knots(*free.split([bins, bins, bins - 1], -1), 5.0)
        return found

    def log_prob(x: Tensor) -> Tensor:
        z1, rise1 = model.spline(x[:, 0], *knots(first[0]))
        z2, rise2 = model.spline(x[:, 1], *knots(through(x[:, :1], second)))
        return _normal(torch.stack([z1, z2], -1)) + rise1 + rise2

    def loss() -> Tensor:
        return -log_prob(_jittered(data, draw)).mean()

    losses = learned([*first, *second], loss, steps, 3e-3, progress, 0.01)
    with torch.no_grad():
        z = draw.normal(600, 2)
        x1 = model.spline_inverse(z[:, 0], *knots(first[0]))[0]
        x2 = model.spline_inverse(z[:, 1], *knots(through(x1[:, None], second)))[0]
        figures = (*_against_normal(data, log_prob(data.held_x)), _mass(log_prob, z))
    return Result(figures, (_points(torch.stack([x1, x2], -1), data), curve("Negative log-likelihood", losses)))


def _points(drawn: Tensor, data: Split) -> Panel:
    return Panel("Two coordinates of digits", "points", {"flow": drawn.mT.tolist(), "digits": data.x.mT.tolist()})


def cnf(model: Model, draw: Draw, progress: Progress, steps: int = 300) -> Result:
    """A field in the plane whose flow carries noise to two coordinates of digits."""
    data, _ = _coordinates(draw, 2)
    at = network(draw, 3, 32, 32, 2)
    with torch.no_grad():
        at[-2].mul_(0.1)

    def field(t: Tensor, z: Tensor) -> Tensor:
        return through(torch.cat([z, t.expand(*z.shape[:-1], 1)], -1), at)

    def loss() -> Tensor:
        found: Tensor = -model.log_prob(field, _jittered(data, draw, 128), 4).mean()
        return found

    losses = learned(at, loss, steps, 1e-2, progress, 1e-3)
    with torch.no_grad():
        z = draw.normal(600, 2)
        held = model.log_prob(field, data.held_x, 20)
        figures = (*_against_normal(data, held), _mass(lambda x: model.log_prob(field, x, 10), z))
        drawn = model.sample(field, z, 20)
    return Result(figures, (_points(drawn, data), curve("Negative log-likelihood", losses)))


LONG: Longer = {
    "realnvp": ("scikit-learn's digits, four principal coordinates", realnvp),
    "maf": ("scikit-learn's digits, four principal coordinates", maf),
    "neural_spline_flow": ("scikit-learn's digits, two principal coordinates", spline),
    "cnf": ("scikit-learn's digits, two principal coordinates", cnf),
}

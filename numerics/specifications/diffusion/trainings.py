"""Longer trainings of diffusions on scikit-learn's digits."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import torch
from torch import Tensor

from numerics.specifications.contract import Figure, Model, Panel, Result
from numerics.specifications.draws import Draw
from numerics.specifications.training import (
    Longer,
    Split,
    curve,
    digits,
    learned,
    nearest_centroid,
    network,
    principal,
    sheet,
    through,
)
from reference_models.diffusion import chain, implicit, sde

Progress = Callable[[float], None]
WAVES = 8


def _levels(bar: Tensor) -> Tensor:
    """Cosines of the angle whose cosine is √ᾱ, at 1 … 8 times: (n,) -> (n, 8)."""
    angle = torch.arccos(torch.sqrt(bar).clamp(-1, 1))
    return torch.cos(angle[:, None] * torch.arange(1, WAVES + 1).to(bar))


def _signed(x: Tensor) -> Tensor:
    """Pixels in [0, 1] as numbers in [−1, 1]."""
    return 2 * x - 1


def _denoiser(draw: Draw, d: int, hidden: int, given: int = 0) -> tuple[list[Tensor], Callable[..., Tensor]]:
    """A network that predicts noise from (x, ᾱ) and perhaps a condition; its weights, and itself.

    What is learned is the velocity v: ε = √(1 − ᾱ) x + √ᾱ v needs nothing learned where x is noise.
    """
    at = network(draw, d + WAVES + given, hidden, hidden, d)

    def eps(x: Tensor, bar: Tensor, *condition: Tensor) -> Tensor:
        bar = bar.expand(len(x))
        velocity = through(torch.cat([x, _levels(bar), *condition], -1), at)
        return torch.sqrt(1 - bar)[:, None] * x + torch.sqrt(bar)[:, None] * velocity

    return at, eps


def _linear_loss(x: Tensor, held: Tensor, bars: Tensor) -> float:
    """Noise loss of a number, of the best linear prediction from x's mean and covariance, on held-out data.

    With variances λ along axes it is ᾱ λ/(ᾱ λ + 1 − ᾱ) for data that have those moments.
    """
    values, vectors = torch.linalg.eigh(torch.cov(x.mT, correction=0))
    spread = (((held - x.mean(0)) @ vectors) ** 2).mean(0)
    bar = bars[1:, None]
    total = bar * values + 1 - bar  # ε̂ = √(1 − ᾱ)/total times what lies off the mean
    missed = (bar * values / total) ** 2 + (1 - bar) * bar * spread / total**2
    return float(missed.mean())


def _trained(
    draw: Draw, data: Split, bars: Tensor, hidden: int, steps: int, progress: Progress
) -> tuple[Callable[..., Tensor], list[float], float]:
    """A network that predicts the noise of digits, its losses, and its loss on held-out digits."""
    at, eps = _denoiser(draw, 64, hidden)

    def loss_of(x: Tensor) -> Tensor:
        bar, noise = bars[draw.integers(1, len(bars) - 1, len(x))], draw.normal(*x.shape)
        return ((noise - eps(chain.jump(x, bar[:, None], noise), bar)) ** 2).mean()

    losses = learned(at, lambda: loss_of(_signed(data.batch(draw, 128))), steps, 2e-3, progress)
    with torch.no_grad():
        held = float(loss_of(_signed(data.held_x).repeat(40, 1)))
    return eps, losses, held


def _bars(draw: Draw, steps: int) -> Tensor:
    """ᾱ_0 … ᾱ_T of the linear schedule, its ends scaled to fewer than 1000 steps."""
    return chain.bars_of(draw.tensor(chain.linear_schedule(steps, 0.1 / steps, 20 / steps)))


def _losses(data: Split, bars: Tensor, losses: list[float], held: float) -> tuple[Figure, ...]:
    linear = _linear_loss(_signed(data.x), _signed(data.held_x), bars)
    return (
        Figure("noise loss of a pixel, first 20 steps", sum(losses[:20]) / 20),
        Figure("noise loss of a pixel, held-out digits", held),
        Figure("of the best linear prediction", linear),
        Figure("of predicting 0", 1.0),
    )


def _spread(drawn: Tensor, data: Split) -> tuple[Figure, ...]:
    """Draws in [−1, 1] against held-out digits."""
    images, held = (drawn + 1) / 2, data.held_x
    return (
        Figure(
            "distance of the mean image from that of held-out digits", float((images.mean(0) - held.mean(0)).norm())
        ),
        Figure("the same of the digits trained on", float((data.x.mean(0) - held.mean(0)).norm())),
        Figure("variance of draws, all pixels together", float(images.var(0).sum())),
        Figure("variance of held-out digits", float(held.var(0).sum())),
    )


def ddpm(model: Model, draw: Draw, progress: Progress, hidden: int = 256, t: int = 200, steps: int = 3000) -> Result:
    """Noise of digits learned; draws by the whole chain back."""
    data, bars = digits(draw), _bars(draw, t)
    eps, losses, held = _trained(draw, data, bars, hidden, steps, progress)
    with torch.no_grad():
        drawn = model.sample(lambda x, k: eps(x, bars[k]), draw.normal(t, 400, 64), bars)
    return Result(
        (*_losses(data, bars, losses, held), *_spread(drawn, data)),
        (sheet("Draws", (drawn[:32] + 1) / 2), curve("Noise loss", losses)),
    )


def ddim(model: Model, draw: Draw, progress: Progress, hidden: int = 256, t: int = 200, steps: int = 3000) -> Result:
    """Noise of digits learned; deterministic draws in few steps come near those of many from the same noise."""
    data, bars = digits(draw), _bars(draw, t)
    eps, losses, held = _trained(draw, data, bars, hidden, steps, progress)
    noise, counts = draw.normal(200, 64), (5, 10, 25, 50, 100)
    with torch.no_grad():
        whole = model.sample(eps, noise, bars[1:].flip(0))
        few = {n: model.sample(eps, noise, bars[t // n :: t // n].flip(0)) for n in counts}
    gaps = [float(((few[n] - whole) ** 2).mean().sqrt()) for n in counts]
    nearer = float(all(a > b for a, b in pairwise(gaps)))
    return Result(
        (
            *_losses(data, bars, losses, held),
            *(Figure(f"{n} steps: distance of a pixel from 200 steps", g) for n, g in zip(counts, gaps, strict=True)),
            Figure("more steps come nearer: 1", nearer, 1.0, 0.0),
            *_spread(whole, data),
        ),
        (sheet("Draws in 10 steps, and in 200", (torch.cat([few[10][:16], whole[:16]]) + 1) / 2),),
    )


def samplers(
    model: Model, draw: Draw, progress: Progress, hidden: int = 256, n: int = 500, steps: int = 3000
) -> Result:
    """A score of digits in continuous time (VP); draws by the SDE and by the ODE back."""
    data, (low, high), first = digits(draw), (0.1, 20.0), 1e-3
    at, eps = _denoiser(draw, 64, hidden)

    def loss() -> Tensor:
        time, noise = draw.uniform(first, 1, 128), draw.normal(128, 64)
        factor, variance = sde.vp_kernel(time, low, high)
        x = factor[:, None] * _signed(data.batch(draw, 128)) + torch.sqrt(variance)[:, None] * noise
        return ((noise - eps(x, factor**2)) ** 2).mean()

    losses = learned(at, loss, steps, 2e-3, progress)

    def back(noisy: bool) -> Tensor:
        x, dt = draw.normal(400, 64), -(1 - first) / n
        for k in range(n):
            time = draw.tensor(1 + k * dt)
            factor, variance = sde.vp_kernel(time, low, high)
            score = -eps(x, factor**2) / torch.sqrt(variance)
            f, g = sde.vp_drift(x, time, low, high), sde.vp_diffusion(time, low, high)
            drift = model.reverse_drift(f, g, score) if noisy else model.ode_drift(f, g, score)
            x = model.euler_maruyama(x, drift, g if noisy else 0 * g, dt, draw.normal(400, 64))
        return x

    with torch.no_grad():
        by_sde, by_ode = back(True), back(False)
    named = [
        Figure(f"{name}: {figure.name}", figure.value)
        for name, drawn in (("SDE", by_sde), ("ODE", by_ode))
        for figure in _spread(drawn, data)
    ]
    return Result(
        (
            Figure("noise loss of a pixel, last 100 steps", sum(losses[-100:]) / 100),
            Figure("of predicting 0", 1.0),
            *named,
        ),
        (
            sheet("Draws by the SDE", (by_sde[:32] + 1) / 2),
            sheet("Draws by the ODE", (by_ode[:32] + 1) / 2),
            curve("Noise loss", losses),
        ),
    )


def latent(model: Model, draw: Draw, progress: Progress, d: int = 16, hidden: int = 192, steps: int = 3000) -> Result:
    """A chain over principal coordinates of digits given their class: draws lie near the class that was asked for."""
    data, bars, t = digits(draw), _bars(draw, 100), 100
    axes = principal(data.x, d)
    at, eps = _denoiser(draw, d, hidden, given=10)
    kinds = torch.eye(10).to(data.x)

    def loss_of(x: Tensor, y: Tensor) -> Tensor:
        bar = bars[draw.integers(1, t, len(x))]
        found: Tensor = model.latent_loss(
            x, kinds[y], axes.codes, lambda z, b, c: eps(z, b[:, 0], c), bar[:, None], draw.normal(len(x), d)
        ).mean()
        return found / d

    def loss() -> Tensor:
        rows = draw.integers(0, len(data.x) - 1, 128)
        return loss_of(data.x[rows], data.y[rows])

    losses = learned(at, loss, steps, 2e-3, progress, 0.01)
    asked = torch.arange(10, device=draw.device).repeat_interleave(80)
    with torch.no_grad():
        held = float(loss_of(data.held_x.repeat(40, 1), data.held_y.repeat(40)))
        drawn = model.latent_sample(eps, axes.images, kinds[asked], bars, draw.normal(t, 800, d))
        right = (nearest_centroid(data, drawn) == asked).to(data.x).mean()
        own = (nearest_centroid(data, data.held_x) == data.held_y).to(data.x).mean()
    linear = _linear_loss(axes.codes(data.x), axes.codes(data.held_x), bars)
    return Result(
        (
            Figure("noise loss of a latent, held-out digits", held),
            Figure("of the best linear prediction without the class", linear),
            Figure("draws for a class that lie nearest its centroid", float(right)),
            Figure("the same of held-out digits", float(own)),
            Figure("the same by chance", 0.1),
        ),
        (sheet("Draws, a row for each class", drawn.reshape(10, 80, 64)[:, :8].flatten(0, 1)), curve("Loss", losses)),
    )


def guided(model: Model, draw: Draw, progress: Progress, d: int = 16, hidden: int = 192, steps: int = 4000) -> Result:
    """One network with and without the class, dropped at random; deterministic draws (DDIM) at growing scales.

    At s = 0 draws know nothing of the class that was asked for; s = 1 gives its law; a larger scale draws nearer to it,
    and overshoots, for guidance isn't the diffusion of a tilted law.
    """
    data, bars, t, scales = digits(draw), _bars(draw, 100), 100, (0.0, 1.0, 2.0, 4.0)
    axes, none = principal(data.x, d), torch.zeros(10).to(data.x)
    at, eps = _denoiser(draw, d, hidden, given=10)
    kinds, codes = torch.eye(10).to(data.x), axes.codes(data.x)

    def loss() -> Tensor:
        rows, noise = draw.integers(0, len(codes) - 1, 128), draw.normal(128, d)
        given = model.dropped(kinds[data.y[rows]], none, draw.uniform(0, 1, 128), 0.2)
        bar = bars[draw.integers(1, t, 128)]
        return ((noise - eps(chain.jump(codes[rows], bar[:, None], noise), bar, given)) ** 2).mean()

    losses = learned(at, loss, steps, 2e-3, progress, 0.01)
    asked = torch.arange(10, device=draw.device).repeat_interleave(80)
    start, drawn = draw.normal(800, d), {}
    for scale in scales:
        s = draw.tensor(scale)

        def network(x: Tensor, bar: Tensor, s: Tensor = s) -> Tensor:
            def either(v: Tensor, c: Tensor | None) -> Tensor:
                return eps(v, bar, none.expand(len(v), 10) if c is None else c)

            found: Tensor = model.free_noise(either, x, kinds[asked], s)
            return found

        with torch.no_grad():
            drawn[scale] = axes.images(implicit.sample(network, start, bars[1:].flip(0)))
    right = [float((nearest_centroid(data, x) == asked).to(data.x).mean()) for x in drawn.values()]
    spread = [float(x.reshape(10, 80, 64).var(1).sum(-1).mean()) for x in drawn.values()]
    own = float((nearest_centroid(data, data.held_x) == data.held_y).to(data.x).mean())
    within = float(torch.stack([data.x[data.y == k].var(0).sum() for k in range(10)]).mean())
    chance = Figure("s = 0: draws nearest the class asked for, by chance", right[0], 0.1, 6.11 * (0.09 / 800) ** 0.5)
    return Result(
        (
            chance,
            *(
                Figure(f"s = {s:g}: draws nearest the class asked for", v)
                for s, v in zip(scales[1:], right[1:], strict=True)
            ),
            Figure("the same of held-out digits", own),
            Figure(
                "s = 2 is nearer than s = 1, which is nearer than s = 0: 1", float(right[0] < right[1] < right[2]), 1, 0
            ),
            *(Figure(f"s = {s:g}: variance within a class", v) for s, v in zip(scales, spread, strict=True)),
            Figure("the same of digits", within),
        ),
        (
            sheet("Draws at s = 1, a row for each class", drawn[1.0].reshape(10, 80, 64)[:, :8].flatten(0, 1)),
            sheet("Draws at s = 4", drawn[4.0].reshape(10, 80, 64)[:, :8].flatten(0, 1)),
            Panel("Variance within a class by scale", "lines", {"draws": (list(scales), spread)}),
            curve("Loss", losses),
        ),
    )


LONG: Longer = {
    "ddpm": ("scikit-learn's digits", ddpm),
    "ddim": ("scikit-learn's digits", ddim),
    "score_samplers": ("scikit-learn's digits", samplers),
    "classifier_free_guidance": ("scikit-learn's digits, sixteen principal coordinates, given the class", guided),
    "latent_ddpm": ("scikit-learn's digits, sixteen principal coordinates, given the class", latent),
}

"""Longer trainings of adversarial models on scikit-learn's digits."""

from __future__ import annotations

from collections.abc import Callable
from math import log

import torch
from torch import Tensor

from numerics.specifications.contract import Figure, Model, Panel, Result
from numerics.specifications.draws import Draw
from numerics.specifications.training import Longer, Split, digits, network, read, sheet, through

Progress = Callable[[float], None]


def _shifted(x: Tensor, data: Split) -> float:
    """Distance between the mean images of draws and of held-out digits."""
    return float((x.mean(0) - data.held_x.mean(0)).norm())


def _spread(x: Tensor) -> float:
    """Variances of all pixels together."""
    return float(x.var(0, correction=0).sum())


def _found(drawn: Tensor, before: Tensor, data: Split) -> tuple[Figure, ...]:
    """What tells draws from digits without a critic."""
    return (
        Figure("distance of the mean image from that of held-out digits", _shifted(drawn, data)),
        Figure("the same before training", _shifted(before, data)),
        Figure("the same of the digits trained on", _shifted(data.x, data)),
        Figure("variance of draws, all pixels together", _spread(drawn)),
        Figure("variance of held-out digits", _spread(data.held_x)),
    )


def gan(model: Model, draw: Draw, progress: Progress, d: int = 16, hidden: int = 128, steps: int = 3000) -> Result:
    """The non-saturating game: its value against −log 4, and how far draws are from held-out digits."""
    data = digits(draw)
    maker, judge = network(draw, d, hidden, hidden, 64), network(draw, 128, hidden, 1)
    learners = [
        torch.optim.Adam(maker, lr=4e-4, betas=(0.5, 0.99)),
        torch.optim.Adam(judge, lr=4e-4, betas=(0.5, 0.99)),
    ]
    kept = []

    def made(n: int) -> Tensor:
        return torch.sigmoid(through(draw.normal(n, d), maker))

    def judged(x: Tensor) -> Tensor:
        """Logits of images with noise, so that both laws have densities; the spread of the batch is seen as well."""
        x = x + 0.2 * draw.normal(*x.shape)
        return through(torch.cat([x, 4 * x.std(0).expand_as(x)], -1), judge)[:, 0]

    before = made(1000).detach()
    for step in range(steps):
        learners[1].zero_grad()
        loss = model.discriminator_loss(judged(data.batch(draw, 64)), judged(made(64).detach()))
        torch.autograd.backward(loss)
        learners[1].step()
        learners[0].zero_grad()
        torch.autograd.backward(model.non_saturating_loss(judged(made(64))))
        learners[0].step()
        kept.append(-loss.detach())
        progress((step + 1) / steps)
    values = read(kept)
    with torch.no_grad():
        drawn = made(1000)
    return Result(
        (
            Figure("value of the game, mean of the last 200 steps", sum(values[-200:]) / 200, unit="nats"),
            Figure("its value at the end of a perfect game, −log 4", -log(4), unit="nats"),
            *_found(drawn, before, data),
        ),
        (
            sheet("Draws", drawn[:32]),
            Panel(
                "Value of the game",
                "lines",
                {"V": (list(range(steps)), values), "−log 4": ([0, steps], 2 * [-log(4)])},
            ),
        ),
    )


def wgan(
    model: Model, draw: Draw, progress: Progress, d: int = 16, hidden: int = 96, steps: int = 1000, rounds: int = 3
) -> Result:
    """A critic with gradient penalty, some rounds to each step of the generator: its value falls as draws come near."""
    data = digits(draw)
    maker, judge = network(draw, d, hidden, hidden, 64), network(draw, 64, hidden, hidden, 1)
    learners = [torch.optim.Adam(maker, lr=5e-4, betas=(0.0, 0.9)), torch.optim.Adam(judge, lr=5e-4, betas=(0.0, 0.9))]
    kept = []

    def made(n: int) -> Tensor:
        return torch.sigmoid(through(draw.normal(n, d), maker))

    def critic(x: Tensor) -> Tensor:
        return through(x, judge)[..., 0]

    before = made(1000).detach()
    for step in range(steps):
        for _ in range(30 if step == 0 else rounds):
            real, fake = data.batch(draw, 64), made(64).detach()
            learners[1].zero_grad()
            loss = model.critic_loss(critic, real, fake)
            penalty = model.gradient_penalty(critic, real, fake, draw.uniform(0, 1, 64, 1))
            torch.autograd.backward(loss + 10 * penalty)
            learners[1].step()
        learners[0].zero_grad()
        torch.autograd.backward(model.generator_loss(critic, made(64)))
        learners[0].step()
        kept.append(-loss.detach())
        progress((step + 1) / steps)
    values = read(kept)
    with torch.no_grad():
        drawn = made(1000)
    return Result(
        (
            Figure("critic's value, greatest of the first 100 steps", max(values[:100])),
            Figure("critic's value, mean of the last 100 steps", sum(values[-100:]) / 100),
            *_found(drawn, before, data),
        ),
        (sheet("Draws", drawn[:32]), Panel("Critic's value", "lines", {"value": (list(range(steps)), values)})),
    )


LONG: Longer = {
    "gan": ("scikit-learn's digits", gan),
    "wgan": ("scikit-learn's digits", wgan),
}

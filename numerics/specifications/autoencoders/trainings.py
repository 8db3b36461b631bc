"""Longer trainings of autoencoders on scikit-learn's digits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import log

import torch
from torch import Tensor

from numerics.specifications.contract import Figure, Model, Panel, Result
from numerics.specifications.draws import Draw
from numerics.specifications.training import (
    Longer,
    Split,
    curve,
    digits,
    law_of_words,
    learned,
    nearest_centroid,
    network,
    sheet,
    through,
    words,
)
from reference_models.autoencoders import variational
from reference_models.inference import weights

Progress = Callable[[float], None]
COUNTS = (1, 2, 8, 64, 256)


class Gaussian:
    """An encoder to d normal latents, a decoder to pixels in [0, 1], and one variance for all pixels."""

    def __init__(self, draw: Draw, d: int, hidden: int) -> None:
        """Random weights."""
        self.d = d
        self.into, self.out = network(draw, 64, hidden, hidden, 2 * d), network(draw, d, hidden, hidden, 64)
        self.log_variance = draw.tensor(-2.0).requires_grad_()

    @property
    def parameters(self) -> list[Tensor]:
        """All that is learned."""
        return [*self.into, *self.out, self.log_variance]

    @property
    def variance(self) -> Tensor:
        """Of a pixel, above 0.003: the pixels are multiples of 1/16."""
        return 0.003 + torch.exp(self.log_variance)

    def encode(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Means and log-variances."""
        mu, log_var = through(x, self.into).chunk(2, -1)
        return mu, log_var

    def decode(self, z: Tensor) -> Tensor:
        """Mean images."""
        return torch.sigmoid(through(z, self.out))

    def log_weights(self, draw: Draw, x: Tensor, k: int) -> Tensor:
        """log p(x, z)/q(z | x) of k draws for each image: (k, n)."""
        every = x.expand(k, *x.shape)
        eps = draw.normal(k, len(x), self.d)
        return variational.log_weight(every, *self.encode(x), self.decode, self.variance, eps)


def _bounds(draw: Draw, net: Gaussian, data: Split) -> tuple[list[Figure], Panel]:
    """The bounds of held-out digits at growing K, which rise in the mean."""
    with torch.no_grad():
        found = [float(weights.iwae_bound(net.log_weights(draw, data.held_x, k).mT).mean()) for k in COUNTS]
    rising = float(all(a < b for a, b in pairwise(found)))
    figures = [Figure(f"held-out bound, K = {k}", v, unit="nats") for k, v in zip(COUNTS, found, strict=True)]
    panel = Panel("Held-out bound against log K", "lines", {"bound": ([log(k) for k in COUNTS], found)})
    return [*figures, Figure("bounds rise with K: 1", rising, 1.0, 0.0)], panel


def _normal_law(data: Split) -> Figure:
    """What one normal law with the data's mean and covariance gives held-out digits; its floor is the decoder's."""
    cov = torch.cov(data.x.mT, correction=0) + 0.003 * torch.eye(64).to(data.x)
    law = torch.distributions.MultivariateNormal(data.x.mean(0), cov)
    return Figure("held-out log-likelihood of one normal law", float(law.log_prob(data.held_x).mean()), unit="nats")


def vae(model: Model, draw: Draw, progress: Progress, d: int = 12, hidden: int = 200, steps: int = 3000) -> Result:
    """By the ELBO: held-out bounds at growing K, and images of draws from the prior."""
    data, net = digits(draw), Gaussian(draw, d, hidden)

    def loss() -> Tensor:
        x = data.batch(draw, 128)
        found: Tensor = -model.elbo(x, *net.encode(x), net.decode, net.variance, draw.normal(128, d)).mean()
        return found

    losses = learned(net.parameters, loss, steps, 2e-3, progress)
    figures, bounds = _bounds(draw, net, data)
    with torch.no_grad():
        drawn = net.decode(draw.normal(32, d))
    return Result((*figures, _normal_law(data)), (sheet("Draws", drawn), bounds, curve("Negative ELBO", losses)))


def iwae(
    model: Model, draw: Draw, progress: Progress, d: int = 12, hidden: int = 200, steps: int = 3000, k: int = 8
) -> Result:
    """By the bound of K draws: held-out bounds at growing K, and images of draws from the prior."""
    data, net = digits(draw), Gaussian(draw, d, hidden)

    def loss() -> Tensor:
        found: Tensor = -model.iwae(net.log_weights(draw, data.batch(draw, 64), k)).mean()
        return found

    losses = learned(net.parameters, loss, steps, 2e-3, progress)
    figures, bounds = _bounds(draw, net, data)
    with torch.no_grad():
        drawn = net.decode(draw.normal(32, d))
    return Result((*figures, _normal_law(data)), (sheet("Draws", drawn), bounds, curve("Negative bound", losses)))


def hvae(
    model: Model,
    draw: Draw,
    progress: Progress,
    pixels: Sequence[int] = (19, 27, 28, 36),
    depth: int = 3,
    steps: int = 4000,
    rate: float = 0.03,
) -> Result:
    """Words of pixels in the middle of a digit, under a chain of tables: up to −H of the words' law."""
    data, k = law_of_words(draw, pixels), 2 ** len(pixels)
    best = float(torch.xlogy(data, data).sum())
    up, down, prior = draw.normal(depth, k, k), draw.normal(depth, k, k), draw.normal(k)
    free = [w.requires_grad_() for w in (up, prior, down)]

    def loss() -> Tensor:
        found: Tensor = -(data * model.telescoped_elbo(*(torch.softmax(f, -1) for f in free))).sum()
        return found

    losses = learned(free, loss, steps, rate, progress)
    with torch.no_grad():
        q, last, p = (torch.softmax(f, -1) for f in free)
        law = torch.exp(model.log_evidence(last, p))
        apart = max(
            float((f(q, last, p) - model.path_elbo(q, last, p)).abs().max())
            for f in (model.elbo_by_layer, model.telescoped_elbo, model.elbo_by_step)
        )
    return Result(
        (
            Figure("ELBO", -losses[-1], best, 0.01, "nats"),
            Figure("log-evidence", float((data * torch.log(law)).sum()), best, 0.01, "nats"),
            Figure("the forms differ by", apart, 0.0, 1e-9, "nats"),
        ),
        (
            Panel("Words", "bars", {"digits": (list(range(k)), data.tolist()), "HVAE": (list(range(k)), law.tolist())}),
            curve("Negative ELBO", losses),
        ),
    )


def cvae(model: Model, draw: Draw, progress: Progress, z: int = 8, steps: int = 1500) -> Result:
    """u is a word of 3 × 3 pixels in the middle of a digit, c its class: tables of p(z | c), p(u | z, c) and q."""
    pixels, data = [8 * r + c for r in (2, 3, 4) for c in (2, 3, 4)], digits(draw)
    joint = torch.zeros(512, 10).to(data.x)
    joint.index_put_((words(data.x, pixels), data.y), torch.ones(len(data.x)).to(data.x), accumulate=True)
    joint = joint / joint.sum()
    best = float(torch.xlogy(joint, joint / joint.sum(0)).sum())  # −H(u | c)
    free = [w.requires_grad_() for w in (draw.normal(512, 10, z), draw.normal(10, z), draw.normal(10, z, 512))]

    def tables() -> list[Tensor]:
        return [torch.softmax(f, -1) for f in free]

    def loss() -> Tensor:
        found: Tensor = -(joint * model.elbo(*tables())).sum()
        return found

    losses = learned(free, loss, steps, 0.1, progress)
    with torch.no_grad():
        _, prior, likelihood = tables()
        bits = torch.arange(8, -1, -1, device=draw.device)
        images = torch.cat(
            [
                (model.generated(prior, likelihood, c, 200, draw.generator())[:, None] >> bits & 1).to(data.x)
                for c in range(10)
            ]
        )
        asked = torch.arange(10, device=draw.device).repeat_interleave(200)
        small = Split(
            (data.x[:, pixels] > 0.5).to(data.x), data.y, (data.held_x[:, pixels] > 0.5).to(data.x), data.held_y
        )
        drawn = (nearest_centroid(small, images) == asked).to(data.x).mean()
        held = (nearest_centroid(small, small.held_x) == small.held_y).to(data.x).mean()
    shown = images.reshape(10, 200, 9)[:, :8].reshape(80, 9)
    return Result(
        (
            Figure("mean ELBO", -losses[-1], best, 0.02, "nats"),
            Figure("draws for a class that lie nearest its centroid", float(drawn)),
            Figure("the same of held-out digits", float(held)),
            Figure("the same by chance", 0.1),
        ),
        (sheet("Draws, a row for each class", shown), curve("Negative ELBO", losses)),
    )


def _quadrants(x: Tensor) -> Tensor:
    """(n, 64) -> (n, 4, 16): four blocks of 4 × 4 pixels."""
    return x.reshape(-1, 2, 4, 2, 4).transpose(2, 3).reshape(-1, 4, 16)


def _joined(blocks: Tensor) -> Tensor:
    return blocks.reshape(-1, 2, 2, 4, 4).transpose(2, 3).reshape(-1, 64)


def vqvae(model: Model, draw: Draw, progress: Progress, codes: int = 64, steps: int = 2500) -> Result:
    """A code for each quarter of a digit: held-out error, use of codes, and images of codes drawn place by place."""
    data, d, beta = digits(draw), 6, 0.25
    into, out = network(draw, 16, 64, d), network(draw, d, 64, 16)
    with torch.no_grad():
        start = through(_quadrants(data.batch(draw, codes))[:, 0], into)
    codebook = start.clone().requires_grad_()

    def decode(z: Tensor) -> Tensor:
        return torch.sigmoid(through(z, out))

    def loss() -> Tensor:
        x = _quadrants(data.batch(draw, 64))
        z = through(x, into)
        found: Tensor = model.loss(x, decode(model.straight_through(z, codebook)), z, codebook, beta).mean()
        return found

    losses = learned([*into, *out, codebook], loss, steps, 3e-3, progress)
    with torch.no_grad():
        x = _quadrants(data.held_x)
        error = float(((x - decode(model.quantised(through(x, into), codebook))) ** 2).mean())
        plain = float(((data.held_x - data.x.mean(0)) ** 2).mean())
        used = model.nearest(through(_quadrants(data.x), into), codebook)  # (n, 4)
        share = torch.bincount(used.flatten(), minlength=codes).to(x) / used.numel()
        place = torch.arange(4, device=draw.device)
        drawn = _joined(decode(codebook[used[draw.integers(0, len(used) - 1, 32, 4), place]]))
        again = _joined(decode(model.quantised(through(_quadrants(data.held_x[:16]), into), codebook)))
    return Result(
        (
            Figure("held-out squared error of a pixel", error),
            Figure("that of the mean image", plain),
            Figure("entropy of the codes", float(-torch.xlogy(share, share).sum()), unit="nats"),
            Figure("its greatest value, log K: the KL of a code", model.kl(codes), unit="nats"),
        ),
        (
            sheet("Held-out digits, and from their codes", torch.cat([data.held_x[:16], again])),
            sheet("Codes drawn place by place", drawn),
            curve("Loss", losses),
        ),
    )


LONG: Longer = {
    "vae": ("scikit-learn's digits", vae),
    "iwae": ("scikit-learn's digits", iwae),
    "hvae": ("four pixels of scikit-learn's digits, binarised", hvae),
    "cvae": ("nine pixels of scikit-learn's digits, binarised, given the class", cvae),
    "vqvae": ("scikit-learn's digits, in quarters", vqvae),
}

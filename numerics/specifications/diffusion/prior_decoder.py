"""unCLIP with a prior and a decoder that are trained: row 165."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
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
from numerics.specifications.draws import Draw, t
from numerics.specifications.outcomes import at_most, close, equal, worst
from numerics.specifications.training import learned, network, through
from reference_models.diffusion import chain, prior_decoder
from reference_models.diffusion.prior_decoder import Decoder, Prior


def _bars(draw: Draw, steps: int) -> Tensor:
    return torch.cat([draw.tensor([1.0]), torch.cumprod(1 - draw.uniform(0.05, 0.4, steps), 0)])


def _losses(model: Model, draw: Draw) -> Outcome:
    """Both losses for each image by itself, with networks that do something with all that they are told."""
    z, x, y, bar = draw.normal(4, 2), draw.normal(4, 3), draw.normal(4, 2), draw.uniform(0.1, 0.9)
    ez, ex, seen, w = draw.normal(4, 2), draw.normal(4, 3), draw.tensor([[1.0], [0], [1], [1]]), draw.normal(3, 2)

    def prior(noised: Tensor, at: Tensor, given: Tensor) -> Tensor:
        return torch.tanh(noised + given * at)

    def decoder(noised: Tensor, at: Tensor, code: Tensor, told: Tensor) -> Tensor:
        return torch.tanh(noised + code @ w.mT * at + 0.5 * told)

    of_prior, of_decoder = [], []
    for i in range(4):
        guess = torch.tanh(bar**0.5 * z[i] + (1 - bar) ** 0.5 * ez[i] + y[i] * bar)
        of_prior.append(((guess - z[i]) ** 2).sum())
        code = w @ z[i] * bar + 0.5 if i != 1 else torch.zeros(3).to(x)
        guess = torch.tanh(bar**0.5 * x[i] + (1 - bar) ** 0.5 * ex[i] + code)
        of_decoder.append(((ex[i] - guess) ** 2).sum())
    return worst(
        close(model.prior_loss(z, y, bar, ez, prior), torch.stack(of_prior)),
        close(model.decoder_loss(x, z, seen, bar, ex, decoder), torch.stack(of_decoder)),
    )


def _predicts_noise(z: Tensor, y: Tensor, bar: Tensor, noise: Tensor, prior: Prior) -> Tensor:
    noised = torch.sqrt(bar) * z + torch.sqrt(1 - bar) * noise
    return ((prior(noised, bar, y) - noise) ** 2).sum(-1)


def _always_seen(x: Tensor, z: Tensor, seen: Tensor, bar: Tensor, noise: Tensor, decoder: Decoder) -> Tensor:
    return prior_decoder.decoder_loss(x, z, torch.ones_like(seen), bar, noise, decoder)


def _moments(run: Callable[[Tensor], Tensor], steps: int, d: int, draw: Draw) -> tuple[Tensor, Tensor]:
    """Mean and covariance of what a sampler draws that is linear in its noise."""
    zero = torch.zeros(steps, d).to(draw.tensor(0.0))
    slopes = torch.func.jacrev(run)(zero).reshape(d, -1)
    return run(zero), slopes @ slopes.mT


def _chains(model: Model, draw: Draw) -> Outcome:
    """Normal embeddings and images, their exact networks: many steps end at the law; guidance moves the mean on."""
    m, v, steps = draw.normal(2), draw.uniform(0.2, 0.8), 400
    bars = torch.cat([draw.tensor([1.0]), torch.cumprod(1 - draw.tensor(torch.linspace(1e-4, 0.03, steps)), 0)])

    def prior(z: Tensor, bar: Tensor, y: Tensor) -> Tensor:
        return y + torch.sqrt(bar) * v / (bar * v + 1 - bar) * (z - torch.sqrt(bar) * y)

    def decoder(x: Tensor, bar: Tensor, z: Tensor, seen: Tensor) -> Tensor:
        return torch.sqrt(1 - bar) * (x - torch.sqrt(bar) * z) / (bar * v + 1 - bar)

    mean, cov = _moments(lambda e: model.prior_sample(m, bars, e, prior), steps, 2, draw)
    image, spread = _moments(lambda e: model.decoder_sample(m, bars, e, 0.0, decoder), steps, 2, draw)
    further, _ = _moments(lambda e: model.decoder_sample(m, bars, e, 1.0, decoder), steps, 2, draw)
    eye = torch.eye(2).to(m)
    return worst(
        equal(mean, m, 0.03), equal(cov, v * eye, 0.03), equal(image, m, 0.03), equal(spread, v * eye, 0.03),
        equal(further, 2 * m, 0.06),
    )  # fmt: skip


def _last_noise(y: Tensor, bars: Tensor, noise: Tensor, prior: Prior) -> Tensor:
    return prior_decoder.prior_sample(y, bars, noise, prior) + 0.3 * noise[0]


def _exactly(model: Model, draw: Draw) -> Outcome:
    """Two steps of each sampler, by hand."""
    bars, noise, y = _bars(draw, 2), draw.normal(2, 3), draw.normal(3)
    found_z = model.prior_sample(y, bars, noise, lambda z, bar, given: torch.tanh(z + bar * given))
    found_x = model.decoder_sample(y, bars, noise, 0.5, lambda x, bar, z, seen: torch.sin(x + bar * z + seen))
    z = x = noise[0]
    for k, e in ((2, noise[1]), (1, 0 * noise[0])):
        bar, before = bars[k], bars[k - 1]
        mean, variance = chain.posterior(z, torch.tanh(z + bar * y), bar, before)
        z = mean + variance**0.5 * e
        eps = 1.5 * torch.sin(x + bar * y + 1) - 0.5 * torch.sin(x)
        mean, variance = chain.posterior(x, (x - (1 - bar) ** 0.5 * eps) / bar**0.5, bar, before)
        x = mean + variance**0.5 * e
    return worst(close(found_z, z), close(found_x, x))


def _unguided(z: Tensor, bars: Tensor, noise: Tensor, scale: float, decoder: Decoder) -> Tensor:
    return prior_decoder.decoder_sample(z, bars, noise, 0.0, decoder)


def _kept(model: Model, draw: Draw) -> Outcome:
    first, second, text = draw.normal(20, 3), draw.normal(20, 3), draw.normal(20, 3)
    found = model.nearer(first, second, text)
    rows = [max((a, b), key=lambda v, y=y: float(v @ y)) for a, b, y in zip(first, second, text, strict=True)]  # type: ignore[misc]
    return worst(close(found, torch.stack(rows)), at_most((first * text).sum(-1), (found * text).sum(-1)))


def _farther(first: Tensor, second: Tensor, text: Tensor) -> Tensor:
    return prior_decoder.nearer(first, second, -text)


def _great_circle(model: Model, draw: Draw) -> Outcome:
    """Unit length, at a share of the whole angle from the first, the rest from the second."""
    z1, z2, share = (v / v.norm() for v in (draw.normal(4), draw.normal(4), draw.uniform(0.1, 0.9)[None]))
    share = draw.uniform(0.1, 0.9)
    whole = torch.acos(z1 @ z2)
    found = model.between(z1, z2, share)
    return worst(
        close(found.norm(), 1.0),
        close(z1 @ found, torch.cos(share * whole)),
        close(z2 @ found, torch.cos((1 - share) * whole)),
    )


def _chord(z1: Tensor, z2: Tensor, share: Tensor) -> Tensor:
    straight = (1 - share) * z1 + share * z2
    return straight / straight.norm(dim=-1, keepdim=True)


def _from_scipy(inputs: Mapping[str, Any]) -> Answers:
    from scipy.spatial import geometric_slerp

    return {"points": geometric_slerp(inputs["first"], inputs["second"], inputs["shares"]).tolist()}


def _ours(model: Model, inputs: Mapping[str, Any]) -> Answers:
    return {"points": model.between(t(inputs["first"]), t(inputs["second"]), t(inputs["shares"])[:, None])}


def _reached(variance: float, bars: Tensor) -> float:
    """The variance that so many steps with an exact network end at, of data of this variance."""
    spread = torch.ones_like(bars[0])
    for bar, before in zip(bars[1:].flip(0), bars[:-1].flip(0), strict=True):
        guess = torch.sqrt(bar) * variance / (bar * variance + 1 - bar)  # of z_0, a share of z_t
        factor, added = chain.posterior(torch.ones_like(bar), guess, bar, before)
        spread = factor**2 * spread + added
    return float(spread)


def _captioned(
    model: Model, draw: Draw, progress: Callable[[float], None], hidden: int = 64, rounds: int = 2000, steps: int = 30
) -> Result:
    """Images of 6 numbers, embeddings of 2 that keep what three captions tell: both networks, their floors, moments."""
    basis, means = draw.orthogonal(6), draw.tensor([[1.5, 0.0], [-1.0, 1.0], [-0.5, -1.5]])
    inside, outside, v, r = basis[:, :2], basis[:, 2:], 0.25, 0.16
    bars = torch.cat([draw.tensor([1.0]), torch.cumprod(1 - draw.tensor(torch.linspace(0.01, 0.3, steps)), 0)])
    f, g = network(draw, 2 + 1 + 3, hidden, hidden, 2), network(draw, 6 + 1 + 2 + 1, hidden, hidden, 6)

    def told(bar: Tensor, like: Tensor) -> Tensor:
        return torch.log(bar / (1 - bar)) / 4 * torch.ones_like(like[..., :1])

    def prior(z: Tensor, bar: Tensor, y: Tensor) -> Tensor:
        return through(torch.cat([z, told(bar, z), y], -1), f)

    def decoder(x: Tensor, bar: Tensor, z: Tensor, seen: Tensor) -> Tensor:
        within = torch.sqrt(1 - bar) * x  # the best noise of images of variance 1; the network says what is different
        return within + through(torch.cat([x, told(bar, x), z, seen], -1), g)

    def seen(n: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        k = draw.integers(0, 2, n)
        x = (means[k] + v**0.5 * draw.normal(n, 2)) @ inside.mT + r**0.5 * draw.normal(n, 4) @ outside.mT
        return x, x @ inside, torch.nn.functional.one_hot(k, 3).to(x), bars[draw.integers(1, steps, n)][:, None]

    def both() -> tuple[Tensor, Tensor]:
        x, z, y, bar = seen(256)
        shown = (draw.uniform(0, 1, 256, 1) < 0.9).to(x)
        return (
            model.prior_loss(z, y, bar, draw.normal(256, 2), prior),
            model.decoder_loss(x, z, shown, bar, draw.normal(256, 6), decoder),
        )

    losses = learned([*f, *g], lambda: sum(one.mean() for one in both()), rounds, 0.01, progress)  # type: ignore[arg-type,return-value]
    with torch.no_grad():
        x, z, y, bar = seen(20_000)
        of_prior = float(model.prior_loss(z, y, bar, draw.normal(20_000, 2), prior).mean())
        one = torch.ones_like(bar)
        of_decoder = float(model.decoder_loss(x, z, one, bar, draw.normal(20_000, 6), decoder).mean())
        rest = 1 - bars[1:]
        floor_prior = float((2 * v * rest / (bars[1:] * v + rest)).mean())
        floor_decoder = float((4 * bars[1:] * r / (bars[1:] * r + rest)).mean())
        y = torch.eye(3).to(x)[:1].expand(4000, 3)
        code = model.prior_sample(y, bars, draw.normal(steps, 4000, 2), prior)
        drawn = model.decoder_sample(code, bars, draw.normal(steps, 4000, 6), 0.0, decoder)
        same = model.decoder_sample(code[:1].expand(4000, 2), bars, draw.normal(steps, 4000, 6), 0.0, decoder)
        off, told_by_z, kept = drawn.mean(0) - means[0] @ inside.mT, (drawn @ inside).var(0), (same @ inside).var(0)
        spreads, rest_kept = code.var(0), (same @ outside).var(0)
        clouds = {"a caption": drawn @ inside, "an embedding": same @ inside}
    return Result(
        (
            Figure("loss of the prior, its floor", of_prior, floor_prior, 0.02),
            Figure("loss of the decoder given z, its floor", of_decoder, floor_decoder, 0.03),
            Figure("error of the mean image of a caption", float(off.norm()), 0.0, 0.12),
            Figure("variance of images where z tells", float(told_by_z.mean()), _reached(v, bars), 0.05),
            Figure("variance of the embeddings drawn", float(spreads.mean()), _reached(v, bars), 0.05),
            Figure("the same of images of one z: it stays", float(kept.mean()), 0.0, 0.03),
            Figure("their variance where z tells nothing", float(rest_kept.mean()), _reached(r, bars), 0.03),
        ),
        (
            Panel(
                "Images of a caption, of one z", "points",
                {name: tuple(cloud[:300].mT.tolist()) for name, cloud in clouds.items()},
            ),
            Panel("Loss of both", "lines", {"training": (list(range(rounds)), losses)}),
        ),
    )  # fmt: skip


UNCLIP_TRAINED = Specification(
    name="prior_and_decoder",
    family="diffusion",
    systems=(165,),
    title="unCLIP, trained: a diffusion prior of embeddings and a decoder with guidance",
    statement="L_prior = E|f(z_t, t, y) − z_0|², then x from (1 + s) ε_θ(x_t, z) − s ε_θ(x_t, nothing)",
    page="reference_models.diffusion.prior_decoder",
    functions={
        name: getattr(prior_decoder, name)
        for name in (
            "prior_loss",
            "prior_sample",
            "nearer",
            "decoder_loss",
            "guided",
            "decoder_sample",
            "between",
        )
    },
    properties=(
        Property(
            "the prior's loss is in z_0, for each image",
            _losses,
            Mutant("in the noise", {"prior_loss": _predicts_noise}),
        ),
        Property(
            "the decoder's loss hides z where it is dropped",
            _losses,
            Mutant("never hidden", {"decoder_loss": _always_seen}),
        ),
        Property(
            "exact networks of normal laws end at the law",
            _chains,
            Mutant("noise after the last step", {"prior_sample": _last_noise}),
        ),
        Property(
            "two steps by hand, with guidance", _exactly, Mutant("without guidance", {"decoder_sample": _unguided})
        ),
        Property("the better of two embeddings", _kept, Mutant("the worse", {"nearer": _farther})),
        Property("a great circle at constant speed", _great_circle, Mutant("the chord, put back", {"between": _chord})),
    ),
    source="Ramesh et al. 2022, sections 2 and 3",
    oracles=(
        Oracle(
            package="scipy",
            inputs={"first": [0.6, 0.8, 0.0], "second": [0.0, -0.28, 0.96], "shares": [0.0, 0.3, 0.5, 0.9]},
            ask=_from_scipy,
            tell=_ours,
            tolerance=1e-10,
            conversion="geometric_slerp, the interpolation of embeddings",
        ),
    ),
    task=Task(
        "images of 6 numbers and embeddings of 2, three captions, all laws normal",
        _captioned,
        training=True,
        long=partial(_captioned, hidden=128, rounds=4000, steps=100),
        long_data="the same images, wider networks, more steps",
    ),
    conventions=("the prior predicts z_0", "ᾱ of variance", "z is dropped for a tenth of the images"),
)

SPECIFICATIONS = (UNCLIP_TRAINED,)

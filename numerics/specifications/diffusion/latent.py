"""Latent diffusion, unCLIP, cascades and the U-Net: rows 164 to 167 and 216."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

from numerics.specifications.contract import Figure, Model, Mutant, Outcome, Property, Result, Specification, Task
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import at_most, close, equal, gradient, true, worst
from reference_models.diffusion import latent


def _arithmetic(model: Model, draw: Draw) -> Outcome:
    channels, rows, columns = model.latent_shape(512, 512, 8, 4)
    places = 512 * 512 / (rows * columns)
    return worst(
        equal(model.compression(512, 512, 8, 4), 48.0),
        equal(places, 64.0),
        equal(channels * rows * columns * model.compression(512, 512, 8, 4), 3 * 512 * 512),
    )


def _linear(draw: Draw) -> tuple[Callable[[Tensor], Tensor], Callable[[Tensor], Tensor], Tensor]:
    basis = draw.orthogonal(4)[:, :2]
    return (lambda x: x @ basis), (lambda z: z @ basis.mT), basis


def _loss_in_z(model: Model, draw: Draw) -> Outcome:
    """The loss of z-diffusion, written out for each image."""
    (encode, _, _), bar = _linear(draw), draw.uniform(0.1, 0.9)
    w, v, x, c, noise = draw.normal(2, 2), draw.normal(2, 3), draw.normal(5, 4), draw.normal(5, 3), draw.normal(5, 2)

    def eps(z: Tensor, at: Tensor, given: Tensor) -> Tensor:
        return torch.tanh(z @ w.mT + given @ v.mT + at)

    expected = []
    for i in range(5):
        z = bar**0.5 * encode(x[i]) + (1 - bar) ** 0.5 * noise[i]
        expected.append(((noise[i] - torch.tanh(w @ z + v @ c[i] + bar)) ** 2).sum())
    return close(model.latent_loss(x, c, encode, eps, bar, noise), torch.stack(expected))


def _noise_unscaled(
    x: Tensor, c: Tensor, encode: Callable[[Tensor], Tensor], eps: latent.Denoiser, bar: Tensor, noise: Tensor
) -> Tensor:
    z = torch.sqrt(bar) * encode(x) + (1 - bar) * noise
    return ((noise - eps(z, bar, c)) ** 2).sum(-1)


def _decoded(model: Model, draw: Draw) -> Outcome:
    """|x − D(ẑ)| ≤ |x − D(E(x))| + L |E(x) − ẑ| for what is sampled, D an isometry (L = 1)."""
    encode, decode, _ = _linear(draw)
    bars = torch.cat([draw.tensor([1.0]), torch.cumprod(1 - draw.uniform(0.05, 0.5, 4), 0)])
    x = draw.normal(3, 4)

    def eps(z: Tensor, bar: Tensor, c: Tensor) -> Tensor:
        return (z - torch.sqrt(bar) * c) / torch.sqrt(1 - bar)  # the noise if z_0 were c

    found = model.latent_sample(eps, decode, encode(x), bars, draw.normal(4, 3, 2))
    projected = x - decode(encode(x))
    return worst(close(found, decode(encode(x)), 1e-8), at_most((x - found).norm(dim=-1), projected.norm(dim=-1), 1e-8))


def _decodes_noisy(
    eps: latent.Denoiser, decode: Callable[[Tensor], Tensor], c: Tensor, bars: Tensor, noise: Tensor
) -> Tensor:
    return latent.latent_sample(eps, lambda z: decode(z / torch.sqrt(bars[1])), c, bars, noise)


LATENT = Specification(
    name="latent_diffusion",
    family="diffusion",
    systems=(164,),
    title="Latent diffusion, Stable Diffusion",
    statement="z_0 = E(x), L = E|ε − ε_θ(√ᾱ z_0 + √(1 − ᾱ) ε, t, c)|², x = D(z_0)",
    page="reference_models.diffusion.latent",
    functions={
        "latent_shape": latent.latent_shape,
        "compression": latent.compression,
        "latent_loss": latent.latent_loss,
        "latent_sample": latent.latent_sample,
    },
    properties=(
        Property(
            "512 × 512 × 3 to 64 × 64 × 4: 48 times fewer numbers, 64 times fewer places",
            _arithmetic,
            Mutant("three channels are forgotten", {"compression": lambda r, c, f, k: f * f / k}),
        ),
        Property("the loss is DDPM's in z", _loss_in_z, Mutant("1 − ᾱ for its root", {"latent_loss": _noise_unscaled})),
        Property(
            "what is sampled is off by no more than the autoencoder",
            _decoded,
            Mutant("the latent is rescaled before decoding", {"latent_sample": _decodes_noisy}),
        ),
    ),
    source="Rombach et al. 2022, section 3",
)


def _conditional_normal(model: Model, draw: Draw) -> Outcome:
    """z | c ~ N(A c, s²): with its exact noise the sampler is linear, and its moments are the chain's."""
    a, c, s2 = draw.normal(2, 3), draw.normal(3), draw.uniform(0.2, 1)
    bars = torch.cat([draw.tensor([1.0]), torch.cumprod(1 - draw.uniform(0.05, 0.4, 5), 0)])
    mean = a @ c

    def eps(z: Tensor, bar: Tensor, given: Tensor) -> Tensor:
        m = given @ a.mT
        return torch.sqrt(1 - bar) * (z - torch.sqrt(bar) * m) / (bar * s2 + 1 - bar)

    def run(noise: Tensor) -> Tensor:
        return model.latent_sample(eps, lambda z: z, c[None], bars, noise)[0]

    zero = torch.zeros(5, 1, 2, dtype=torch.float64, device=draw.device)
    slopes = torch.func.jacrev(run)(zero).reshape(2, -1)
    offset, spread = torch.zeros_like(mean) - 0.0, draw.tensor(1.0)
    shift = offset
    for t in range(5, 0, -1):
        alpha, bar, before = bars[t] / bars[t - 1], bars[t], bars[t - 1]
        gain = (1 - alpha) / (bar * s2 + 1 - bar)
        factor = (1 - gain) / torch.sqrt(alpha)
        shift = factor * shift + gain * torch.sqrt(bar) * mean / torch.sqrt(alpha)
        spread = factor**2 * spread + (1 - alpha) * (1 - before) / (1 - bar)
    eye = torch.eye(2, dtype=torch.float64, device=draw.device)
    return worst(close(run(zero), shift), close(slopes @ slopes.mT, spread * eye))


def _last_noise(
    eps: latent.Denoiser, decode: Callable[[Tensor], Tensor], c: Tensor, bars: Tensor, noise: Tensor
) -> Tensor:
    return latent.latent_sample(eps, lambda z: decode(z + 0.1 * noise[0]), c, bars, noise)


def _floor(model: Model, draw: Draw) -> Outcome:
    """With z ~ N(0, s² I) the best noise prediction has loss d ᾱ s²/(ᾱ s² + 1 − ᾱ), by Gauss-Hermite sums."""
    import numpy as np

    s, bar = draw.uniform(0.3, 2), draw.uniform(0.1, 0.9)
    nodes, weights = (torch.as_tensor(v, device=draw.device) for v in np.polynomial.hermite_e.hermegauss(6))
    weights = weights / weights.sum()
    data, noise = torch.cartesian_prod(s * nodes, nodes).T
    w = torch.cartesian_prod(weights, weights).prod(1)
    variance = bar * s**2 + 1 - bar
    found = model.latent_loss(
        data[:, None], data[:, None], lambda x: x, lambda z, b, c: torch.sqrt(1 - b) * z / variance, bar, noise[:, None]
    )
    return close((w * found).sum(), bar * s**2 / variance)


def _mean_over_pixels(
    x: Tensor, c: Tensor, encode: Callable[[Tensor], Tensor], eps: latent.Denoiser, bar: Tensor, noise: Tensor
) -> Tensor:
    return latent.latent_loss(x, c, encode, eps, bar, noise) / 2


def _fit_linear(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    """x = W z in 16 numbers, z | c ~ N(c, 1/4) in 2: learned noise in z, its floor, and the covariance of samples."""
    basis, steps, s2 = draw.orthogonal(16)[:, :2], 30, 0.25
    bars = torch.cat([draw.tensor([1.0]), torch.cumprod(1 - draw.tensor(torch.linspace(0.01, 0.35, steps)), 0)])
    share = bars[1:] * s2 / (bars[1:] * s2 + 1 - bars[1:])
    floor = 2 * float(share.mean())
    at = draw.tensor([[0.0, 0.0, 0.0]] * steps).requires_grad_()  # for each t: factors of z and of c, nothing else

    def network(z: Tensor, t: Tensor, c: Tensor) -> Tensor:
        return at[t - 1, 0, None] * z + at[t - 1, 1, None] * c

    optimiser, rounds = torch.optim.Adam([at], lr=0.05), 600
    for step in range(rounds):
        optimiser.param_groups[0]["lr"] = 0.05 * (1 - step / rounds) + 1e-4
        optimiser.zero_grad()
        t, c = draw.integers(1, steps, 512), torch.sign(draw.normal(512, 2))
        x = (c + s2**0.5 * draw.normal(512, 2)) @ basis.mT
        losses = model.latent_loss(
            x, c, lambda v: v @ basis, lambda z, b, g, t=t: network(z, t, g), bars[t][:, None], draw.normal(512, 2)
        )
        torch.autograd.backward(losses.mean())
        optimiser.step()
        progress((step + 1) / rounds)
    with torch.no_grad():
        t, c = torch.arange(1, steps + 1, device=draw.device).repeat(2000), torch.sign(draw.normal(2000 * steps, 2))
        x = (c + s2**0.5 * draw.normal(len(t), 2)) @ basis.mT
        found = model.latent_loss(
            x, c, lambda v: v @ basis, lambda z, b, g: network(z, t, g), bars[t][:, None], draw.normal(len(t), 2)
        )
        level = {float(b): i for i, b in enumerate(bars)}
        c = draw.tensor([[1.0, -1.0]]).expand(4000, 2)
        drawn = model.latent_sample(
            lambda z, b, g: network(z, torch.full((len(z),), level[float(b)]), g),
            lambda z: z @ basis.mT,
            c,
            bars,
            draw.normal(steps, 4000, 2),
        )
    expected = c[0] @ basis.mT
    return Result(
        figures=(
            Figure("noise loss in z", float(found.mean()), predicted=floor, allowed=0.03),
            Figure("error of the mean image", float((drawn.mean(0) - expected).norm()), predicted=0.0, allowed=0.05),
            Figure("variance outside the decoder's plane", float((drawn - drawn @ basis @ basis.mT).var()), 0.0, 1e-9),
        ),
    )


STABLE = Specification(
    name="latent_ddpm",
    family="diffusion",
    systems=(216,),
    title="DDPM in the latents of a VAE, with a condition",
    statement="DDPM on z_0 = E(x) with ε_θ(z_t, t, c), then x = D(z_0)",
    page="reference_models.diffusion.latent",
    functions={"latent_loss": latent.latent_loss, "latent_sample": latent.latent_sample},
    properties=(
        Property(
            "normal latents: the sampler's mean and covariance are the chain's",
            _conditional_normal,
            Mutant("noise is added after the last step", {"latent_sample": _last_noise}),
        ),
        Property(
            "the loss's floor is that of normal data",
            _floor,
            Mutant("halved, as for a mean", {"latent_loss": _mean_over_pixels}),
        ),
    ),
    source="Rombach et al. 2022, section 3",
    task=Task("16 numbers that lie in a plane, two per class", _fit_linear, training=True),
)


def _chain_rule(model: Model, draw: Draw) -> Outcome:
    law, embedding = draw.simplex(3, 6), draw.integers(0, 2, 6)
    prior, decoder = model.split_by(embedding, law, 3)
    return worst(close(model.prior_and_decoder(prior, decoder), law), close(prior.sum(-1), 1.0))


def _prior_over_x(embedding: Tensor, law: Tensor, codes: int) -> tuple[Tensor, Tensor]:
    prior, decoder = latent.split_by(embedding, law, codes)
    return prior, decoder / decoder.sum(-1, keepdim=True).sum(0, keepdim=True).clamp_min(1e-9)


def _deterministic(model: Model, draw: Draw) -> Outcome:
    law, embedding = draw.simplex(3, 6), torch.cat([draw.integers(0, 2, 3), torch.arange(3, device=draw.device)])
    prior, decoder = model.split_by(embedding, law, 3)
    joint = prior[..., None] * decoder  # (y, z, x): mass only where z is the embedding of x
    on = joint.gather(1, embedding.expand(3, 1, 6))[:, 0]
    return worst(close(on, law), close(decoder.sum(-1), 1.0))


def _spread_codes(embedding: Tensor, law: Tensor, codes: int) -> tuple[Tensor, Tensor]:
    prior, decoder = latent.split_by(embedding, law, codes)
    soft = 0.9 * prior + 0.1 / codes
    return soft, prior[..., None] * decoder / soft[..., None]


UNCLIP = Specification(
    name="unclip",
    family="diffusion",
    systems=(165,),
    title="DALL-E 2 (unCLIP): prior and decoder",
    statement="p(x | y) = p(x | z, y) p(z | y) with z = CLIP(x)",
    page="reference_models.diffusion.latent",
    functions={"prior_and_decoder": latent.prior_and_decoder, "split_by": latent.split_by},
    properties=(
        Property(
            "prior and decoder give p(x | y) back, on random tables",
            _chain_rule,
            Mutant("the decoder is normalised over captions", {"split_by": _prior_over_x}),
        ),
        Property(
            "no mass where z is not the embedding of x; the decoder is a law",
            _deterministic,
            Mutant("a tenth of the prior is spread over all codes", {"split_by": _spread_codes}),
        ),
    ),
    source="Ramesh et al. 2022, section 2",
    conventions=("embeddings are codes on finite tables",),
)


def _cascade(model: Model, draw: Draw) -> Outcome:
    """Normal laws over 1, 2 and 4 pixels, each given the one before: the density of the joint normal law."""
    up = [draw.normal(2, 1), draw.normal(4, 2)]
    levels = [draw.normal(3, 1), draw.normal(3, 2), draw.normal(3, 4)]

    def law(weight: Tensor | None) -> Callable[[Tensor, Tensor | None], Tensor]:
        def log_p(x: Tensor, before: Tensor | None) -> Tensor:
            mean = torch.zeros_like(x) if before is None or weight is None else before @ weight.mT
            return torch.distributions.Normal(mean, 1.0).log_prob(x).sum(-1)

        return log_p

    found = model.cascade_log_prob(levels, [law(None), law(up[0]), law(up[1])])
    root = torch.eye(7, dtype=torch.float64, device=draw.device)
    root[1:3, :1] = -up[0]
    root[3:, 1:3] = -up[1]
    joint = torch.distributions.MultivariateNormal(
        torch.zeros(7, dtype=torch.float64, device=draw.device), precision_matrix=root.mT @ root
    )
    return close(found, joint.log_prob(torch.cat(levels, -1)), 1e-8)


def _unconditional(levels: list[Tensor], laws: list[Callable[[Tensor, Tensor | None], Tensor]]) -> Tensor:
    return torch.stack([law(x, None) for law, x in zip(laws, levels, strict=True)]).sum(0)


def _normalised(model: Model, draw: Draw) -> Outcome:
    """Binary images of 1 and 4 pixels: the joint probabilities sum to 1."""
    w = draw.normal(4, 1)
    coarse = draw.tensor([[0.0], [1.0]]).repeat_interleave(16, 0)
    fine = torch.cartesian_prod(*[draw.tensor([0.0, 1.0])] * 4).repeat(2, 1)

    def first(x: Tensor, before: Tensor | None) -> Tensor:
        return torch.distributions.Bernoulli(draw.tensor(0.3)).log_prob(x).sum(-1)

    def second(x: Tensor, before: Tensor | None) -> Tensor:
        mean = torch.zeros_like(x) if before is None else before @ w.mT
        return torch.distributions.Bernoulli(logits=mean).log_prob(x).sum(-1)

    return equal(torch.exp(model.cascade_log_prob([coarse, fine], [first, second])).sum(), 1.0)


def _last_level(levels: list[Tensor], laws: list[Callable[[Tensor, Tensor | None], Tensor]]) -> Tensor:
    return laws[-1](levels[-1], levels[-2])


CASCADE = Specification(
    name="cascaded_diffusion",
    family="diffusion",
    systems=(166,),
    title="Imagen, cascaded diffusion",
    statement="p(x_64) p(x_256 | x_64) p(x_1024 | x_256)",
    page="reference_models.diffusion.latent",
    functions={"cascade_log_prob": latent.cascade_log_prob},
    properties=(
        Property(
            "the chain rule over resolutions, on a joint normal law",
            _cascade,
            Mutant("the finer levels don't see the coarser", {"cascade_log_prob": _unconditional}),
        ),
        Property(
            "sums to 1 over all images of two resolutions",
            _normalised,
            Mutant("only the last level is scored", {"cascade_log_prob": _last_level}),
        ),
    ),
    source="Ho et al. 2022, section 2",
)


def _unet_weights(draw: Draw) -> tuple[list[Tensor], list[Tensor], list[Tensor]]:
    down = [draw.normal(4, 2, 3, 3) / 3, draw.normal(4, 4, 3, 3) / 3]
    up = [draw.normal(4, 8, 3, 3) / 3, draw.normal(2, 8, 3, 3) / 3]
    return down, up, [draw.normal(4, 6), draw.normal(4, 6)]


def _moves_along(model: Model, draw: Draw) -> Outcome:
    """The output has the input's shape, and far from the edge it moves with the input, four pixels at a time."""
    at, x, t = _unet_weights(draw), draw.normal(1, 2, 32, 32), draw.tensor(3.0)
    out, moved = model.unet(x, t, *at), model.unet(x.roll(4, -2), t, *at)
    return close(moved[..., 14:18, 12:20], out[..., 10:14, 12:20])


def _knows_rows(x: Tensor, t: Tensor, down: list[Tensor], up: list[Tensor], time: list[Tensor]) -> Tensor:
    return latent.unet(x + 0.1 * torch.arange(x.shape[-2], device=x.device)[:, None], t, down, up, time)


def _reads_time(model: Model, draw: Draw) -> Outcome:
    x, at = draw.normal(1, 2, 4, 4), _unet_weights(draw)
    slope = torch.func.jacfwd(lambda t: model.unet(x, t, *at))(draw.uniform(0.5, 9))
    near = model.unet(x, draw.tensor(1.0), *at) - model.unet(x, draw.tensor(2.0), *at)
    return true(bool((slope.abs() > 1e-12).all()) and float(near.abs().max()) > 1e-3, "every output moves with t")


def _timeless(x: Tensor, t: Tensor, down: list[Tensor], up: list[Tensor], time: list[Tensor]) -> Tensor:
    return latent.unet(x, 0 * t, down, up, time)


def _skips(model: Model, draw: Draw) -> Outcome:
    """With the way through the bottom cut, an output sees only pixels near it: the skip of the first level."""
    (down, up, time), x = _unet_weights(draw), draw.normal(1, 2, 8, 8)
    last = up[1].clone()
    last[:, :4] = 0  # the channels that come from below
    seen = gradient(lambda v: model.unet(v, draw.tensor(1.0), down, [up[0], last], time)[0, :, 4, 4], x)[0].abs().sum(0)
    rows = torch.arange(8, device=draw.device)
    near = ((rows[:, None] - 4).abs() <= 2) & ((rows[None] - 4).abs() <= 2)  # two convolutions of width 3
    return true(((seen > 0) == near).all(), "5 × 5 pixels")


def _without_skips(x: Tensor, t: Tensor, down: list[Tensor], up: list[Tensor], time: list[Tensor]) -> Tensor:
    pooled = torch.nn.functional.interpolate(torch.nn.functional.avg_pool2d(x, 2), scale_factor=2.0)
    return latent.unet(pooled, t, down, up, time)


UNET = Specification(
    name="unet",
    family="diffusion",
    systems=(167,),
    title="U-Net denoiser",
    statement="down: convolve, add time, halve; up: double, join the skip of that level, convolve",
    page="reference_models.diffusion.latent",
    functions={"unet": latent.unet},
    properties=(
        Property(
            "shape of the input, and it moves with it", _moves_along, Mutant("rows are numbered", {"unet": _knows_rows})
        ),
        Property("depends on the time", _reads_time, Mutant("time is 0 throughout", {"unet": _timeless})),
        Property(
            "a skip sees its own pixels", _skips, Mutant("skips come from the halved image", {"unet": _without_skips})
        ),
    ),
    source="Ronneberger, Fischer and Brox 2015; Ho et al. 2020, appendix B",
    conventions=("average pooling, nearest upsampling", "time enters by sines and cosines"),
)

SPECIFICATIONS = (LATENT, STABLE, UNCLIP, CASCADE, UNET)

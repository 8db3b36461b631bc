"""Latent diffusion with a learned autoencoder and cross-attention: row 164."""

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
    Property,
    Result,
    Specification,
    Task,
)
from numerics.specifications.draws import Draw, t
from numerics.specifications.outcomes import close, equal, worst
from numerics.specifications.training import curve, learned, sheet
from reference_models.autoencoders import variational
from reference_models.diffusion import latent, text_to_image
from reference_models.diffusion.text_to_image import Weights


def _autoencoder(draw: Draw) -> dict[str, Tensor]:
    return text_to_image.autoencoder_weights(2, 2, 3, draw.generator())


def _denoiser(draw: Draw) -> dict[str, Tensor]:
    return text_to_image.denoiser_weights((2, 4, 5), 4, draw.generator())


def _codes(model: Model, draw: Draw) -> Outcome:
    """Each patch's code by itself, and each patch of the image of a latent."""
    x, z, w = draw.normal(1, 1, 4, 6), draw.normal(1, 2, 2, 3), _autoencoder(draw)
    mean, log_var = model.encode(x, w)
    back = model.decode(z, w)
    checks = []
    for i in range(2):
        for j in range(3):
            patch = x[0, 0, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2]
            h = torch.tanh(torch.stack([(kernel[0] * patch).sum() for kernel in w["in"]]))
            checks += [close(mean[0, :, i, j], w["mean"][:, :, 0, 0] @ h)]
            checks += [close(log_var[0, :, i, j], w["log_var"][:, :, 0, 0] @ h)]
            h = torch.tanh(w["back"][:, :, 0, 0] @ z[0, :, i, j])
            expected = torch.einsum("h,hij->ij", h, w["out"][:, 0])
            checks += [close(back[0, 0, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2], expected)]
    return worst(*checks)


def _linear_codes(x: Tensor, w: Weights) -> tuple[Tensor, Tensor]:
    h = torch.nn.functional.conv2d(x, w["in"], stride=w["in"].shape[-1])
    return torch.nn.functional.conv2d(h, w["mean"]), torch.nn.functional.conv2d(h, w["log_var"])


def _untransposed(z: Tensor, w: Weights) -> Tensor:
    return text_to_image.decode(z.mT.flip(-1), w).mT


def _penalty(model: Model, draw: Draw) -> Outcome:
    """The loss, by torch's own KL and by the image of the code that is drawn."""
    x, noise, w = draw.normal(3, 1, 4, 4), draw.normal(3, 2, 2, 2), _autoencoder(draw)
    mean, log_var = text_to_image.encode(x, w)
    law = torch.distributions.Normal(mean, torch.exp(log_var / 2))
    prior = torch.distributions.Normal(torch.zeros_like(mean), torch.ones_like(mean))
    expected = torch.distributions.kl_divergence(law, prior).sum((1, 2, 3))
    fit = ((x - text_to_image.decode(mean + law.stddev * noise, w)) ** 2).sum((1, 2, 3))
    return close(model.autoencoder_loss(x, noise, w, 0.3), fit + 0.3 * expected)


def _variance_for_deviation(x: Tensor, noise: Tensor, w: Weights, weight: float) -> Tensor:
    mean, log_var = text_to_image.encode(x, w)
    found = text_to_image.decode(mean + torch.exp(log_var) * noise, w)
    return ((x - found) ** 2).flatten(1).sum(-1) + weight * variational.kl(mean.flatten(1), log_var.flatten(1))


def _no_minus_one(x: Tensor, noise: Tensor, w: Weights, weight: float) -> Tensor:
    return text_to_image.autoencoder_loss(x, noise, w, weight) + weight * noise[0].numel() / 2


def _reads(model: Model, draw: Draw) -> Outcome:
    """Place by place; the order of words does not matter; which words do."""
    x, w, prompt = draw.normal(1, 3, 4), _denoiser(draw), torch.tensor([[1, 4]], device=draw.device)
    found = model.read(x, prompt, w)
    expected = x[0].clone()
    for i in range(3):
        v = x[0, i]
        q = w["q"] @ ((v - v.mean()) / torch.sqrt(v.var(correction=0) + 1e-5))
        e = torch.exp(torch.stack([q @ (w["k"] @ w["words"][k]) / 2 for k in (1, 4)]))
        expected[i] += w["o"] @ (w["v"] @ (e[0] * w["words"][1] + e[1] * w["words"][4])) / e.sum()
    return worst(close(found[0], expected), close(model.read(x, prompt.flip(-1), w), found))


def _keys_of_places(x: Tensor, prompt: Tensor, w: Weights) -> Tensor:
    return text_to_image.read(x, prompt, {**w, "k": w["q"]})


def _noise_written(model: Model, draw: Draw) -> Outcome:
    z, at, w = draw.normal(1, 2, 2, 2), draw.uniform(0, 3, 1), _denoiser(draw)
    prompt = torch.tensor([[0, 3]], device=draw.device)
    seen = torch.stack(
        [w["z"] @ z[0, :, i, j] + w["time"][:, 0] * at + w["time"][:, 1] for i in (0, 1) for j in (0, 1)]
    )
    x = text_to_image.read((seen + w["places"])[None], prompt, w)[0]
    inner = torch.cat([x, seen], -1) @ w["up"].mT
    expected = (inner / (1 + torch.exp(-inner))) @ w["down"].mT
    return close(model.denoise(z, at, prompt, w)[0].flatten(1).mT, expected)


def _placeless(z: Tensor, at: Tensor, prompt: Tensor, w: Weights) -> Tensor:
    return text_to_image.denoise(z, at, prompt, {**w, "places": 0 * w["places"]})


def _spreads(model: Model, draw: Draw) -> Outcome:
    """Fresh weights have variance 1/fan-in, within standard errors of as many draws."""
    of_images = model.autoencoder_weights(3, 2, 400, draw.generator())["in"] * 3
    of_latents = model.denoiser_weights((2, 4, 5), 40, draw.generator())["q"] * 40**0.5
    return worst(
        *(equal(((v**2).mean() - 1) / (2 / v.numel()) ** 0.5, 0.0, 6.11) for v in (of_images, of_latents)),
    )  # fmt: skip


def _by_width(f: int, c: int, hidden: int, generator: torch.Generator) -> dict[str, Tensor]:
    found = text_to_image.autoencoder_weights(f, c, hidden, generator)
    return {**found, "in": found["in"] * f}


def _wide(sizes: tuple[int, int, int], d: int, generator: torch.Generator) -> dict[str, Tensor]:
    return {name: 2 * w for name, w in text_to_image.denoiser_weights(sizes, d, generator).items()}


def _from_torch(inputs: Mapping[str, Any]) -> Answers:
    x, words, q, k, v, o = (t(inputs[name]) for name in ("x", "words", "q", "k", "v", "o"))
    layer = torch.nn.MultiheadAttention(len(q), 1, bias=False, batch_first=True, dtype=torch.float64)
    layer.load_state_dict({"in_proj_weight": torch.cat([q, k, v]), "out_proj.weight": o})
    some = words[inputs["prompt"]][None]
    normed = torch.nn.LayerNorm(len(q), elementwise_affine=False, dtype=torch.float64)(x[None])
    return {"out": (x + layer(normed, some, some)[0][0]).detach().tolist()}


def _ours(model: Model, inputs: Mapping[str, Any]) -> Answers:
    w = {name: t(inputs[name]) for name in ("words", "q", "k", "v", "o")}
    return {"out": model.read(t(inputs["x"])[None], torch.tensor(inputs["prompt"])[None], w)[0]}


def _bars(draw: Draw, n: int, std: float = 0.1) -> tuple[Tensor, Tensor]:
    """Prompts of a row word and a column word, and images of those two bars, two pixels wide: (n, 2), (n, 1, 8, 8)."""
    prompt = draw.integers(0, 3, n, 2)
    side = torch.arange(8, device=draw.device) // 2
    on = (side == prompt[:, :1])[:, :, None] | (side == prompt[:, 1:])[:, None, :]
    image = on.to(draw.tensor(0.0)) - 0.5 + std * draw.normal(n, 8, 8)
    return prompt + torch.tensor([0, 4], device=draw.device), image[:, None]


def _learned_autoencoder(model: Model, draw: Draw, rounds: int, progress: Callable[[float], None]) -> dict[str, Tensor]:
    w = model.autoencoder_weights(2, 1, 8, draw.generator())

    def loss() -> Tensor:
        found: Tensor = model.autoencoder_loss(_bars(draw, 64)[1], draw.normal(64, 1, 4, 4), w, 0.002).mean()
        return found

    learned([v.requires_grad_() for v in w.values()], loss, rounds, 0.02, progress)
    return {name: v.detach() for name, v in w.items()}


def _prompted(
    model: Model, draw: Draw, progress: Callable[[float], None], d: int = 24, rounds: int = 700, steps: int = 20
) -> Result:
    """Two-word prompts: the autoencoder beside the best axis of patches, the noise loss beside its floor, draws."""
    w = _learned_autoencoder(model, draw, rounds, lambda f: progress(f / 3))
    bars = torch.cat([draw.tensor([1.0]), torch.cumprod(1 - draw.tensor(torch.linspace(0.02, 0.4, steps)), 0)])
    with torch.no_grad():
        image = _bars(draw, 4000)[1]
        code = model.encode(image, w)[0].flatten(1)
        scale, shift = code.std(), code.mean()
        error = float(((image - model.decode(code.reshape(-1, 1, 4, 4), w)) ** 2).sum((1, 2, 3)).mean())
        patches = image[:, 0].unfold(1, 2, 2).unfold(2, 2, 2).reshape(-1, 4)
        axes = torch.linalg.eigvalsh(torch.cov(patches.mT, correction=0))
    at, level = model.denoiser_weights((1, 16, 8), d, draw.generator()), {float(b): k for k, b in enumerate(bars)}

    def noise_of(z: Tensor, k: Tensor, given: Tensor) -> Tensor:
        linear = torch.sqrt(1 - bars[k])[:, None] * z  # the best noise of latents of variance 1
        return linear + model.denoise(z.reshape(-1, 1, 4, 4), k.to(z) / steps, given, at).flatten(1)

    def loss_of(z: Tensor, given: Tensor) -> Tensor:
        k = draw.integers(1, steps, len(z))
        eps = lambda v, _, c: noise_of(v, k, c)  # noqa: E731
        return latent.latent_loss(z, given, lambda v: v, eps, bars[k][:, None], draw.normal(len(z), 16))

    def batch(n: int) -> tuple[Tensor, Tensor]:
        given, some = _bars(draw, n)
        with torch.no_grad():
            return (model.encode(some, w)[0].flatten(1) - shift) / scale, given

    losses = learned(
        [v.requires_grad_() for v in at.values()], lambda: loss_of(*batch(128)).mean(), rounds, 0.01,
        lambda f: progress((1 + 2 * f) / 3),
    )  # fmt: skip
    with torch.no_grad():
        z, given = batch(8000)
        reached = float(loss_of(z, given).mean())
        kinds = 4 * given[:, 0] + given[:, 1] - 4
        within = torch.stack([z[kinds == k].var(0, correction=0) for k in range(16)])
        share = bars[1:, None, None] * within / (bars[1:, None, None] * within + 1 - bars[1:, None, None])
        floor = float(share.sum(-1).mean())
        asked = _bars(draw, 800, 0.0)
        drawn = latent.latent_sample(
            lambda v, bar, c: noise_of(v, torch.full((len(v),), level[float(bar)], device=v.device), c),
            lambda v: model.decode((v * scale + shift).reshape(-1, 1, 4, 4), w),
            asked[0],
            bars,
            draw.normal(steps, 800, 16),
        )
        told = ((drawn > 0) == (asked[1] > 0)).to(z).mean((1, 2, 3))
    return Result(
        (
            Figure("noise loss in z given the prompt, its floor", reached, floor, 0.5),
            Figure(
                "error of the autoencoder, that of one principal axis of patches",
                error,
                16 * float(axes[:3].sum()),
                0.2,
            ),
            Figure("images drawn with every pixel as prompted", float((told == 1).to(z).mean()), 1.0, 0.1),
            Figure("share of pixels as prompted", float(told.mean()), 1.0, 0.02),
        ),
        (sheet("Draws", drawn[:32].flatten(1) + 0.5), curve("Noise loss in z", losses)),
    )


TEXT_TO_IMAGE = Specification(
    name="text_to_image",
    family="diffusion",
    systems=(164, 216),
    title="Latent diffusion, trained: a KL autoencoder and cross-attention to a prompt",
    statement="|x − D(z)|² + w KL(q(z | x) ‖ N(0, I)); L = E|ε − ε_θ(z_t, t, prompt)|², softmax(Q_z K_promptᵀ/√d) V",
    page="reference_models.diffusion.text_to_image",
    functions={
        name: getattr(text_to_image, name)
        for name in (
            "autoencoder_weights",
            "encode",
            "decode",
            "autoencoder_loss",
            "denoiser_weights",
            "read",
            "denoise",
        )
    },
    properties=(
        Property("codes of patches, one by one", _codes, Mutant("no tanh", {"encode": _linear_codes})),
        Property("patches of codes, one by one", _codes, Mutant("rows for columns", {"decode": _untransposed})),
        Property("KL is that of torch's laws", _penalty, Mutant("−1 is missing", {"autoencoder_loss": _no_minus_one})),
        Property(
            "the loss draws z with its deviation",
            _penalty,
            Mutant("the variance", {"autoencoder_loss": _variance_for_deviation}),
        ),
        Property(
            "places read words, in any order", _reads, Mutant("keys by the queries' matrix", {"read": _keys_of_places})
        ),
        Property("the denoiser, place by place", _noise_written, Mutant("no places", {"denoise": _placeless})),
        Property(
            "fresh kernels have variance 1/fan-in", _spreads, Mutant("1/width", {"autoencoder_weights": _by_width})
        ),
        Property(
            "fresh matrices have variance 1/fan-in",
            _spreads,
            Mutant("twice the deviation", {"denoiser_weights": _wide}),
        ),
    ),
    source="Rombach et al. 2022, sections 3.1 to 3.3",
    oracles=(
        Oracle(
            package="torch",
            inputs={
                "x": [[0.5, -1.0, 0.3, 0.8], [1.5, 0.3, -0.2, 0.1], [0.4, 0.9, -0.6, 0.2]],
                "words": [[-0.7, 0.9, 0.4, -1.1], [0.2, 0.6, -0.5, 0.3], [1.0, -0.4, 0.7, 0.2]],
                "prompt": [2, 0],
                **{
                    part: [[round(0.3 * (i - 1) * (j + 1) - 0.1 * k * (i + j), 2) for j in range(4)] for i in range(4)]
                    for k, part in enumerate("qkvo")
                },
            },
            ask=_from_torch,
            tell=_ours,
            tolerance=1e-12,
            conversion="LayerNorm of the places, then MultiheadAttention of one head to the words, added",
        ),
    ),
    task=Task(
        "simulated images of two bars, prompted by a row and a column",
        _prompted,
        training=True,
        long=partial(_prompted, d=48, rounds=2000, steps=50),
        long_data="the same images, a wider denoiser, more steps",
    ),
    conventions=("sums over pixels and over the latent", "queries from places, keys and values from words"),
)

SPECIFICATIONS = (TEXT_TO_IMAGE,)

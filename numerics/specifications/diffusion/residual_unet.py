"""A U-Net inside a diffusion: row 167."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
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
    Property,
    Result,
    Specification,
    Task,
)
from numerics.specifications.draws import Draw, t
from numerics.specifications.outcomes import close, equal, worst
from numerics.specifications.training import curve, learned, sheet
from reference_models.diffusion import latent, residual_unet
from reference_models.diffusion.residual_unet import Weights


def _weights(draw: Draw, c: int = 2) -> dict[str, Tensor]:
    found = residual_unet.weights(1, c, draw.generator())
    return {**found, "out": draw.normal(1, c, 3, 3)}


def _correlated(x: Tensor, kernel: Tensor) -> Tensor:
    """A 3 × 3 kernel over an image, tap by tap, zeros around: (a, rows, columns) -> (b, rows, columns)."""
    found = torch.zeros(kernel.shape[0], *x.shape[1:]).to(x)
    rows, columns = x.shape[1:]
    for r, c, i, j in product(range(rows), range(columns), range(3), range(3)):
        if 0 <= r + i - 1 < rows and 0 <= c + j - 1 < columns:
            found[:, r, c] += kernel[:, :, i, j] @ x[:, r + i - 1, c + j - 1]
    return found


def _spread(x: Tensor) -> Tensor:
    return (x - x.mean()) / torch.sqrt(x.var(correction=0) + 1e-5)


def _gated(x: Tensor) -> Tensor:
    return x / (1 + torch.exp(-x))


def _block_written(model: Model, draw: Draw) -> Outcome:
    x, time, w = draw.normal(2, 4, 4), draw.normal(8), _weights(draw)
    h = _correlated(_gated(_spread(x)), w["low.1"]) + (w["low.t"] @ time)[:, None, None]
    expected = _correlated(_gated(_spread(h)), w["low.2"]) + torch.einsum("ba,arc->brc", w["low.skip"][:, :, 0, 0], x)
    return close(model.block(x[None], time[None], w, "low")[0], expected)


def _time_last(x: Tensor, time: Tensor, w: Weights, name: str) -> Tensor:
    late = (time @ w[f"{name}.t"].mT)[:, :, None, None]
    return residual_unet.block(x, 0 * time, w, name) + late


def _attention_written(model: Model, draw: Draw) -> Outcome:
    """Place by place; and moving the places moves what comes out."""
    x, w = draw.normal(4, 2, 2), _weights(draw)
    flat = _spread(x).flatten(1)
    expected = x.flatten(1).clone()
    for p in range(4):
        q = w["qkv"][:4] @ flat[:, p]
        e = torch.exp(torch.stack([q @ (w["qkv"][4:8] @ flat[:, s]) / 2 for s in range(4)]))
        mean = sum(e[s] / e.sum() * (w["qkv"][8:] @ flat[:, s]) for s in range(4))
        expected[:, p] += w["proj"] @ mean
    order = draw.permutation(4)
    out = model.attend(x[None], w)[0].flatten(1)
    moved = model.attend(x.flatten(1)[:, order].reshape(1, 4, 2, 2), w)[0].flatten(1)
    return worst(close(out, expected), close(moved, out[:, order]))


def _over_queries(x: Tensor, w: Weights) -> Tensor:
    places = residual_unet.normed(x).flatten(2).mT
    q, k, v = (places @ w["qkv"].mT).chunk(3, -1)
    mixed = torch.softmax(q @ k.mT / q.shape[-1] ** 0.5, -2) @ v @ w["proj"].mT
    return x + mixed.mT.reshape(x.shape)


def _whole(model: Model, draw: Draw) -> Outcome:
    """Halving and doubling by hand, and the time by its sines; images don't see one another."""
    x, at, w = draw.normal(2, 1, 4, 4), draw.uniform(0, 20, 2), _weights(draw)
    found = model.unet(x, at, w)
    for k in range(2):
        angle = at[k] / torch.stack([at[k] ** 0, at[k] ** 0 * 10])
        time = _gated(w["time"] @ torch.cat([torch.sin(angle), torch.cos(angle)]))[None]
        high = residual_unet.block(_correlated(x[k], w["in"])[None], time, w, "down")
        half = high.reshape(1, 2, 2, 2, 2, 2).mean((3, 5))
        low = residual_unet.attend(residual_unet.block(half, time, w, "low"), w)
        double = low.repeat_interleave(2, 2).repeat_interleave(2, 3)
        last = _spread(residual_unet.block(torch.cat([double, high], 1), time, w, "up")[0])
        found[k] = found[k] - _correlated(_gated(last), w["out"])
    return equal(found, 0.0, 1e-9)


def _no_skip(x: Tensor, at: Tensor, w: Weights) -> Tensor:
    c = w["in"].shape[0]
    kept = torch.arange(3 * c, device=x.device) < 2 * c
    cut = {"up.1": w["up.1"] * kept[:, None, None], "up.skip": w["up.skip"] * kept[:, None, None]}
    return residual_unet.unet(x, at, {**w, **{name: kernel.to(x) for name, kernel in cut.items()}})


def _starts_at_zero(model: Model, draw: Draw) -> Outcome:
    """Fresh weights predict no noise; the other kernels have variance 1/fan-in, in standard errors."""
    w = model.weights(1, 16, draw.generator())
    none = model.unet(draw.normal(2, 1, 4, 4), draw.uniform(0, 20, 2), w)
    kernel = w["low.2"]
    fan = kernel.shape[1] * 9
    scaled = (fan * kernel**2).mean()
    return worst(equal(none, 0.0), equal((scaled - 1) / (2 / kernel.numel()) ** 0.5, 0.0, 6.11))


def _by_outputs(channels: int, c: int, generator: torch.Generator) -> dict[str, Tensor]:
    found = residual_unet.weights(channels, c, generator)
    return {name: w * 3 if w.ndim == 4 else w for name, w in found.items()}


def _from_torch(inputs: Mapping[str, Any]) -> Answers:
    x, time = t(inputs["x"]), t(inputs["time"])
    first, second, skip, added = (t(inputs[name]) for name in ("1", "2", "skip", "t"))
    layers = [
        torch.nn.Conv2d(k.shape[1], k.shape[0], k.shape[2], padding=k.shape[2] // 2, bias=False, dtype=torch.float64)
        for k in (first, second, skip)
    ]
    for layer, kernel in zip(layers, (first, second, skip), strict=True):
        layer.load_state_dict({"weight": kernel})
    norms = [torch.nn.GroupNorm(1, k.shape[1], affine=False, dtype=torch.float64) for k in (first, second)]
    act = torch.nn.SiLU()
    h = layers[0](act(norms[0](x))) + torch.nn.functional.linear(time, added)[:, :, None, None]
    return {"out": (layers[2](x) + layers[1](act(norms[1](h)))).detach().tolist()}


def _ours(model: Model, inputs: Mapping[str, Any]) -> Answers:
    w = {f"b.{name}": t(inputs[name]) for name in ("1", "2", "skip", "t")}
    return {"out": model.block(t(inputs["x"]), t(inputs["time"]), w, "b")}


def _stripes(draw: Draw) -> Tensor:
    """Images of 4 × 4 whose rows, or whose columns, are each −1 or 1: 30 of them, (30, 1, 4, 4)."""
    bits = draw.tensor(list(product([-1.0, 1.0], repeat=4)))
    rows = bits[:, :, None].expand(16, 4, 4)
    return torch.cat([rows, rows.mT[1:-1]])[:, None]


def _best_noise(x: Tensor, bar: Tensor, images: Tensor) -> Tensor:
    """E[ε | x_t], the images equally likely: (n, 1, 4, 4), (n,) -> (n, 1, 4, 4)."""
    root, rest = torch.sqrt(bar)[:, None], 1 - bar[:, None]
    flat, atoms = x.flatten(1), images.flatten(1)
    far = ((flat[:, None] - root[:, None] * atoms) ** 2).sum(-1)
    mean = torch.softmax(-far / (2 * rest), -1) @ atoms
    return ((flat - root * mean) / torch.sqrt(rest)).reshape(x.shape)


def _bars_and_stripes(
    model: Model, draw: Draw, progress: Callable[[float], None], c: int = 12, rounds: int = 350, steps: int = 20
) -> Result:
    """All bars and stripes: the noise loss beside that of the exact posterior, and what is drawn."""
    images, w = _stripes(draw), model.weights(1, c, draw.generator())
    bars = torch.cat([draw.tensor([1.0]), torch.cumprod(1 - draw.tensor(torch.linspace(0.02, 0.4, steps)), 0)])

    def loss_of(noise: Callable[[Tensor, Tensor], Tensor], x: Tensor, at: Tensor, e: Tensor) -> Tensor:
        def eps(z: Tensor, _: Tensor, __: Tensor) -> Tensor:
            return noise(z.unflatten(1, (1, 4, 4)), at).flatten(1)

        found: Tensor = latent.latent_loss(x, x, lambda v: v, eps, bars[at][:, None], e)
        return found

    def ours(z: Tensor, at: Tensor) -> Tensor:
        found: Tensor = model.unet(z, at.to(z), w)
        return found

    def exact(z: Tensor, at: Tensor) -> Tensor:
        return _best_noise(z, bars[at], images)

    def seen(n: int) -> tuple[Tensor, Tensor, Tensor]:
        return images[draw.integers(0, 29, n)].flatten(1), draw.integers(1, steps, n), draw.normal(n, 16)

    at_all = [v.requires_grad_() for v in w.values()]
    losses = learned(at_all, lambda: loss_of(ours, *seen(64)).mean(), rounds, 0.02, progress)
    level = {float(b): i for i, b in enumerate(bars)}

    def drawn(noise: Callable[[Tensor, Tensor], Tensor], n: int) -> Tensor:
        def eps(z: Tensor, bar: Tensor, _: Tensor) -> Tensor:
            at = torch.full((n,), level[float(bar)], device=z.device)
            return noise(z.unflatten(1, (1, 4, 4)), at).flatten(1)

        return latent.latent_sample(eps, lambda z: z, images[:1].flatten(1), bars, draw.normal(steps, n, 16))

    with torch.no_grad():
        held = seen(4000)
        reached, floor = (float(loss_of(noise, *held).mean()) for noise in (ours, exact))
        found, ideal = drawn(ours, 1000), drawn(exact, 1000)
        share, best = (
            float((torch.sign(x)[:, None] == images.flatten(1)).all(-1).any(-1).to(x).mean()) for x in (found, ideal)
        )
    spread = torch.linalg.eigvalsh(torch.cov(images.flatten(1).mT, correction=0))
    linear = (bars[1:, None] * spread / (bars[1:, None] * spread + 1 - bars[1:, None])).sum(-1).mean()
    return Result(
        (
            Figure("noise loss of the U-Net, its floor that of the exact posterior", reached, floor, 1.2),
            Figure("how far it lies below its floor", max(0.0, floor - reached), 0.0, 0.05),
            Figure("the loss of the best linear prediction", float(linear)),
            Figure("share drawn whose signs are a bar or a stripe", share, best, 0.3),
            Figure("the same of signs drawn fairly", 30 / 2**16),
            Figure("mean of a pixel", float(found.mean()), 0.0, 0.15),
        ),
        (sheet("Draws", (found[:32] + 1) / 2), curve("Noise loss, a sum over 16 pixels", losses)),
    )


UNET_DDPM = Specification(
    name="unet_ddpm",
    family="diffusion",
    systems=(167, 153),
    title="A U-Net with time and attention, trained inside DDPM",
    statement="x + conv silu norm (conv silu norm x + W time), at two resolutions; L = E|ε − ε_θ(x_t, t)|²",
    page="reference_models.diffusion.residual_unet",
    functions={name: getattr(residual_unet, name) for name in ("weights", "block", "attend", "unet")},
    properties=(
        Property("a residual block, tap by tap", _block_written, Mutant("time is added last", {"block": _time_last})),
        Property(
            "attention, place by place",
            _attention_written,
            Mutant("shares sum to 1 over queries", {"attend": _over_queries}),
        ),
        Property("the whole U-Net, level by level", _whole, Mutant("nothing is joined from above", {"unet": _no_skip})),
        Property(
            "fresh weights: no noise, variances 1/fan-in",
            _starts_at_zero,
            Mutant("fan-in without the kernel's size", {"weights": _by_outputs}),
        ),
    ),
    source="Ho, Jain and Abbeel 2020, section 4 and appendix B",
    oracles=(
        Oracle(
            package="torch",
            inputs={
                "x": [[[[0.5, -1.0, 0.3], [1.5, 0.2, -0.7]], [[0.9, 0.4, -0.6], [-1.2, 0.8, 0.1]]]],
                "time": [[0.7, -0.4]],
                "1": [
                    [[[0.1 * (a + b) - 0.05 * i * j for j in range(3)] for i in range(3)] for a in range(2)]
                    for b in range(3)
                ],
                "2": [
                    [[[0.3 - 0.1 * (a - b) + 0.02 * i * j for j in range(3)] for i in range(3)] for a in range(3)]
                    for b in range(3)
                ],
                "skip": [[[[0.5]], [[-0.2]]], [[[0.1]], [[0.7]]], [[[-0.3]], [[0.4]]]],
                "t": [[1.0, -0.5], [0.2, 0.8], [-0.6, 0.3]],
            },
            ask=_from_torch,
            tell=_ours,
            tolerance=1e-12,
            conversion="Conv2d without bias, GroupNorm of one group without gain, SiLU",
        ),
    ),
    task=Task(
        "the 30 bars and stripes of 4 × 4 pixels, whose exact posterior is known",
        _bars_and_stripes,
        training=True,
        long=partial(_bars_and_stripes, c=32, rounds=2000, steps=50),
        long_data="the same images, a wider U-Net, more steps",
    ),
    conventions=("sums over pixels", "norms over channels, rows and columns", "the last kernel starts at 0"),
)

SPECIFICATIONS = (UNET_DDPM,)

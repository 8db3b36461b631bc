"""GAN, DCGAN, StyleGAN, BiGAN: rows 136, 137, 138 and 140."""

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
from numerics.specifications.outcomes import at_most, close, equal, gradient, true, worst
from numerics.specifications.training import law_of_words, read
from reference_models.adversarial import gan


def _best(model: Model, draw: Draw) -> Outcome:
    """D* is where V is flat in every D(x), and no other D does better."""
    p, q = draw.simplex(3, 5), draw.simplex(3, 5)
    d = model.best_discriminator(p, q)
    others = draw.uniform(0.01, 0.99, 40, 3, 5)
    return worst(
        equal(gradient(lambda v: model.value(p, q, v), d), 0.0, 1e-9),
        at_most(model.value(p, q, others), model.value(p, q, d)),
    )


def _odds(p: Tensor, q: Tensor) -> Tensor:
    return (p / q) / (1 + p / q + 0.05)


def _jensen_shannon(model: Model, draw: Draw) -> Outcome:
    """V(D*) = 2 JSD − log 4, JSD as entropies: H(mixture) − mean of entropies."""
    p, q = draw.simplex(3, 5), draw.simplex(3, 5)

    def entropy(law: Tensor) -> Tensor:
        return -(law * torch.log(law)).sum(-1)

    jsd = entropy((p + q) / 2) - (entropy(p) + entropy(q)) / 2
    found = model.value(p, q, model.best_discriminator(p, q))
    same = model.value(p, p, model.best_discriminator(p, p))
    return worst(close(found, 2 * jsd - math.log(4)), close(same, -math.log(4)))


def _halved(p: Tensor, q: Tensor, d: Tensor) -> Tensor:
    return gan.value(p, q, d) / 2


def _from_logits(model: Model, draw: Draw) -> Outcome:
    real, fake = draw.normal(6), draw.normal(6)
    d, e = 1 / (1 + torch.exp(-real)), 1 / (1 + torch.exp(-fake))
    return worst(
        close(model.discriminator_loss(real, fake), -torch.log(d).mean() - torch.log(1 - e).mean()),
        close(model.saturating_loss(fake), torch.log(1 - e).mean()),
        close(model.non_saturating_loss(fake), -torch.log(e).mean()),
    )


def _labels_swapped(real: Tensor, fake: Tensor) -> Tensor:
    return gan.discriminator_loss(-real, -fake)


def _same_fixed_point(model: Model, draw: Draw) -> Outcome:
    """At p = q and D* = 1/2 both losses of the generator are flat in q; their slopes in the logit are as D to 1 − D."""
    p, shift, logits = draw.simplex(4), draw.normal(4), draw.normal(5)
    shift = shift - shift.mean()
    d = gan.best_discriminator(p, p)
    a = torch.log(d) - torch.log1p(-d)
    flat, slopes = [], []
    for loss in (model.saturating_loss, model.non_saturating_loss):
        flat.append((shift * torch.stack([loss(v[None]) for v in a])).sum())
        slopes.append(5 * gradient(loss, logits))  # losses are means over the five
    sure = torch.sigmoid(logits)
    return worst(equal(torch.stack(flat), 0.0), close(slopes[0] * (1 - sure), slopes[1] * sure))


def _squared(fake: Tensor) -> Tensor:
    return (1 - torch.sigmoid(fake)).mean()


def _rotation(model: Model, draw: Draw) -> Outcome:
    """Simultaneous steps on x y move outwards: the square of the radius grows by 1 + η², the angle by arctan η."""
    x, y, rate = draw.normal(), draw.normal(), float(draw.uniform(0.05, 0.5))
    a, b = model.simultaneous_step(x, y, rate)
    turned = torch.atan2(x * b - y * a, x * a + y * b)
    return worst(close(a**2 + b**2, (1 + rate**2) * (x**2 + y**2)), close(turned, math.atan(rate)))


def _alternating(x: Tensor, y: Tensor, rate: float) -> tuple[Tensor, Tensor]:
    x = x - rate * y
    return x, y + rate * x


def _play(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    """A GAN on words of three pixels with exact expectations: the value comes to −log 4, D to 1/2, q to p."""
    p, steps = law_of_words(draw, (27, 28, 36)), 3000
    a, b = torch.zeros(8, dtype=p.dtype, device=p.device), draw.normal(8)
    a.requires_grad_(), b.requires_grad_()
    critic, maker = torch.optim.Adam([a], lr=0.05, betas=(0.5, 0.9)), torch.optim.Adam([b], lr=0.005, betas=(0.5, 0.9))
    kept = []
    for step in range(steps):
        for optimiser, sign in ((critic, -1.0), (critic, -1.0), (maker, 1.0)):
            optimiser.zero_grad()
            optimiser.param_groups[0]["lr"] = (0.05 if sign < 0 else 0.005) * (1 - step / steps)
            loss = sign * model.value(p, torch.softmax(b, -1), torch.sigmoid(a))
            torch.autograd.backward(loss)
            optimiser.step()
        kept.append(loss.detach())
        progress((step + 1) / steps)
    values = read(kept)
    q, d = torch.softmax(b.detach(), -1), torch.sigmoid(a.detach())
    first = model.best_discriminator(p, torch.full_like(p, 1 / 8))
    return Result(
        figures=(
            Figure("value of the game", values[-1], predicted=-math.log(4), allowed=2e-3, unit="nats"),
            Figure("farthest D from 1/2", float((d - 0.5).abs().max()), predicted=0.0, allowed=0.02),
            Figure("total variation from the law", float((p - q).abs().sum() / 2), predicted=0.0, allowed=0.02),
            Figure(
                "value at D* against uniform q", float(model.value(p, torch.full_like(p, 1 / 8), first)), unit="nats"
            ),
        ),
        panels=(
            Panel(
                "value of the game", "lines", {"V": (range(steps), values), "−log 4": ([0, steps], 2 * [-math.log(4)])}
            ),
            Panel("laws", "bars", {"data": (list(range(8)), p.tolist()), "generated": (list(range(8)), q.tolist())}),
        ),
    )


def _from_scipy(inputs: Mapping[str, Any]) -> Answers:
    from scipy.spatial.distance import jensenshannon

    return {"value": 2 * jensenshannon(inputs["p"], inputs["q"]) ** 2 - math.log(4)}


def _value_at_best(model: Model, inputs: Mapping[str, Any]) -> Answers:
    p, q = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("p", "q"))
    return {"value": model.value(p, q, model.best_discriminator(p, q))}


GAN = Specification(
    name="gan",
    family="adversarial",
    systems=(136,),
    title="Generative adversarial network",
    statement="min_G max_D E_p log D(x) + E_q log(1 − D(x))",
    page="reference_models.adversarial.gan",
    functions={
        name: getattr(gan, name)
        for name in (
            "value best_discriminator discriminator_loss saturating_loss non_saturating_loss simultaneous_step".split()
        )
    },
    properties=(
        Property("D* = p/(p + q) is best", _best, Mutant("a little below it", {"best_discriminator": _odds})),
        Property(
            "V(D*) = 2 JSD − log 4, −log 4 at p = q",
            _jensen_shannon,
            Mutant("the mean of both terms", {"value": _halved}),
        ),
        Property(
            "losses from logits", _from_logits, Mutant("real and fake swapped", {"discriminator_loss": _labels_swapped})
        ),
        Property(
            "both generator losses rest at p = q; their slopes are as D to 1 − D",
            _same_fixed_point,
            Mutant("1 − D for −log D", {"non_saturating_loss": _squared}),
        ),
        Property(
            "simultaneous steps on x y spiral outwards",
            _rotation,
            Mutant("y sees the new x", {"simultaneous_step": _alternating}),
        ),
    ),
    source="Goodfellow et al. 2014, sections 3 and 4",
    oracles=(
        Oracle(
            package="scipy",
            inputs={"p": [0.1, 0.4, 0.2, 0.3], "q": [0.25, 0.25, 0.3, 0.2]},
            ask=_from_scipy,
            tell=_value_at_best,
            tolerance=1e-12,
            conversion="jensenshannon gives the root of the divergence: V(D*) = 2 JSD − log 4",
        ),
    ),
    task=Task(
        "three pixels of scikit-learn's digits, binarised: exact expectations over the eight words",
        _play,
        training=True,
    ),
    conventions=("D is the probability of real", "V is a sum of both terms"),
)


def _adjoint(model: Model, draw: Draw) -> Outcome:
    """⟨A x, y⟩ = ⟨x, Aᵀ y⟩, and the shapes of the formulas."""
    x, kernel = draw.normal(1, 2, 8, 8), draw.normal(3, 2, 4, 4)
    y = draw.normal(1, 3, 4, 4)
    there, back = model.strided(x, kernel, 2, 1), model.transposed(y, kernel, 2, 1)
    return close((there * y).sum(), (x * back).sum())


def _flipped(y: Tensor, kernel: Tensor, stride: int, padding: int) -> Tensor:
    return gan.transposed(y, kernel.flip(-1), stride, padding)


def _scattered(model: Model, draw: Draw) -> Outcome:
    """Each input pixel puts a copy of the kernel at its place times the stride."""
    y, kernel, stride = draw.normal(1, 1, 3, 3), draw.normal(1, 1, 4, 4), draw.whole(1, 3)
    rows = 2 * stride + 4
    expected = torch.zeros(rows, rows, dtype=torch.float64, device=draw.device)
    for i in range(3):
        for j in range(3):
            expected[i * stride : i * stride + 4, j * stride : j * stride + 4] += y[0, 0, i, j] * kernel[0, 0]
    return close(model.transposed(y, kernel, stride, 0)[0, 0], expected)


def _normalised(model: Model, draw: Draw) -> Outcome:
    x, gain, offset = 3 * draw.normal(4, 2, 3, 3) + 1, draw.normal(2), draw.normal(2)
    out = model.batch_norm(x, gain, offset)
    mean = out.transpose(0, 1).flatten(1).mean(1)
    square = ((out - offset[:, None, None]) ** 2).transpose(0, 1).flatten(1).mean(1)
    return worst(close(mean, offset), close(square, gain**2, 1e-4))


def _each_image(x: Tensor, gain: Tensor, offset: Tensor, eps: float = 1e-5) -> Tensor:
    scale = torch.sqrt(x.var((0, 2, 3), keepdim=True) + eps)  # divides by n − 1
    return (x - x.mean((0, 2, 3), keepdim=True)) / scale * gain[:, None, None] + offset[:, None, None]


def _from_torch(inputs: Mapping[str, Any]) -> Answers:
    x, kernel = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("x", "kernel"))
    layer = torch.nn.ConvTranspose2d(1, 1, 3, stride=2, padding=1, bias=False, dtype=torch.float64)
    out = torch.func.functional_call(layer, {"weight": kernel}, (x,))
    norm = torch.nn.BatchNorm2d(1, dtype=torch.float64)
    return {"transposed": out.tolist(), "normalised": norm(x).tolist()}


def _ours(model: Model, inputs: Mapping[str, Any]) -> Answers:
    x, kernel = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("x", "kernel"))
    one = torch.ones(1, dtype=torch.float64)
    return {"transposed": model.transposed(x, kernel, 2, 1), "normalised": model.batch_norm(x, one, 0 * one)}


DCGAN = Specification(
    name="dcgan",
    family="adversarial",
    systems=(137,),
    title="DCGAN: strided and transposed convolutions, batch normalisation",
    statement="⟨A x, y⟩ = ⟨x, Aᵀ y⟩ for the strided convolution A",
    page="reference_models.adversarial.gan",
    functions={"strided": gan.strided, "transposed": gan.transposed, "batch_norm": gan.batch_norm},
    properties=(
        Property(
            "the transposed convolution is the adjoint",
            _adjoint,
            Mutant("the kernel is flipped", {"transposed": _flipped}),
        ),
        Property(
            "it puts a copy of the kernel at every place",
            _scattered,
            Mutant("the kernel is flipped", {"transposed": _flipped}),
        ),
        Property(
            "batch normalisation sets mean and variance of a channel",
            _normalised,
            Mutant("the variance divides by n − 1", {"batch_norm": _each_image}),
        ),
    ),
    source="Radford, Metz and Chintala 2016, section 3",
    oracles=(
        Oracle(
            package="torch",
            inputs={
                "x": [[[[0.5, -1.0], [2.0, 0.3]]]],
                "kernel": [[[[1.0, 0.5, -0.5], [0.2, -1.0, 0.4], [0.7, 0.1, 2.0]]]],
            },
            ask=_from_torch,
            tell=_ours,
            tolerance=1e-12,
            conversion="ConvTranspose2d and BatchNorm2d in training mode, the same order of axes",
        ),
    ),
    conventions=("kernels are (out, in, k, k) of the convolution that is transposed", "biased variance"),
)


def _style(model: Model, draw: Draw) -> Outcome:
    x, std, mean = 2 * draw.normal(3, 2, 4, 4) + 1, draw.uniform(0.3, 2, 3, 2), draw.normal(3, 2)
    out = model.adaptive_norm(x, std, mean)
    spread = torch.sqrt(((out - out.mean((2, 3), keepdim=True)) ** 2).mean((2, 3)))
    return worst(close(out.mean((2, 3)), mean), close(spread, std, 1e-6))


def _over_channels(x: Tensor, style_std: Tensor, style_mean: Tensor, eps: float = 1e-8) -> Tensor:
    mean, std = x.mean((1, 2, 3), keepdim=True), x.std((1, 2, 3), correction=0, keepdim=True)
    return (x - mean) / (std + eps) * style_std[..., None, None] + style_mean[..., None, None]


def _content_kept(model: Model, draw: Draw) -> Outcome:
    """What the channels had of mean and scale is gone: an affine change of the input changes nothing."""
    x, std, mean = draw.normal(3, 2, 4, 4), draw.uniform(0.3, 2, 3, 2), draw.normal(3, 2)
    other = draw.uniform(0.5, 2, 3, 2, 1, 1) * x + draw.normal(3, 2, 1, 1)
    return close(model.adaptive_norm(other, std, mean), model.adaptive_norm(x, std, mean), 1e-6)


def _mean_kept(x: Tensor, style_std: Tensor, style_mean: Tensor, eps: float = 1e-8) -> Tensor:
    return gan.adaptive_norm(x, style_std, style_mean) + 0.1 * x.mean((2, 3), keepdim=True)


def _lengths(model: Model, draw: Draw) -> Outcome:
    """w doesn't depend on the length of z, and scales with the weights."""
    z, weights, c = draw.normal(4, 5), draw.normal(2, 5, 5), draw.uniform(0.5, 3)
    w = model.mapping(z, weights)
    return worst(close(model.mapping(c * z, weights), w), close(model.mapping(z, c * weights), c**2 * w))


def _not_scaled(z: Tensor, weights: Tensor, rate: float = 0.2) -> Tensor:
    for layer in weights:
        z = torch.nn.functional.leaky_relu(z @ layer.mT, rate)
    return z


STYLEGAN = Specification(
    name="stylegan",
    family="adversarial",
    systems=(138,),
    title="StyleGAN: mapping network and AdaIN",
    statement="AdaIN(x, y) = y_s (x − mean(x))/std(x) + y_b, channel by channel",
    page="reference_models.adversarial.gan",
    functions={"adaptive_norm": gan.adaptive_norm, "mapping": gan.mapping},
    properties=(
        Property(
            "AdaIN sets the mean and deviation of each channel of each image",
            _style,
            Mutant("moments over all channels", {"adaptive_norm": _over_channels}),
        ),
        Property(
            "what moments the input had is gone",
            _content_kept,
            Mutant("a tenth of the mean stays", {"adaptive_norm": _mean_kept}),
        ),
        Property(
            "the mapping doesn't see the length of z", _lengths, Mutant("z isn't scaled", {"mapping": _not_scaled})
        ),
    ),
    source="Karras, Laine and Aila 2019, section 2",
)


def _joints_match(model: Model, draw: Draw) -> Outcome:
    """At the best D: 2 JSD of the joints − log 4; −log 4 where the encoder is the generator's posterior."""
    prior, generator = draw.simplex(3), draw.simplex(3, 4)
    marginal = prior @ generator
    posterior = (prior[:, None] * generator / marginal).mT
    p, q = model.joints(marginal, posterior, prior, generator)
    fit = model.joint_value(p, q, p / (p + q))
    a, b = model.joints(marginal, draw.simplex(4, 3), prior, generator)
    other = model.joint_value(a, b, a / (a + b))
    return worst(
        close(fit, -math.log(4)), true(other > -math.log(4) + 1e-6, "above for another"), close(a.sum() + b.sum(), 2.0)
    )


def _transposed_generator(data: Tensor, encoder: Tensor, prior: Tensor, generator: Tensor) -> tuple[Tensor, Tensor]:
    law = data[:, None] * encoder
    return law, (generator / generator.sum(0) * data).mT


def _inverse(model: Model, draw: Draw) -> Outcome:
    """Deterministic maps: the joints are equal iff the encoder undoes the generator."""
    order, k = draw.permutation(5), 5
    eye = torch.eye(k, dtype=torch.float64, device=draw.device)
    prior = draw.simplex(k) + draw.tensor(range(k)) / 50
    prior = prior / prior.sum()
    generator, data = eye[order], torch.zeros_like(prior).index_add(0, order, prior)  # x = order[z]
    encoder = generator.mT
    p, q = model.joints(data, encoder, prior, generator)
    a, _ = model.joints(data, encoder.roll(1, 0), prior, generator)
    return worst(close(p, q), true(float((a - q).abs().max()) > 1e-3, "another encoder differs"))


BIGAN = Specification(
    name="bigan",
    family="adversarial",
    systems=(140,),
    title="BiGAN / ALI",
    statement="min_{G, E} max_D E log D(x, E(x)) + E log(1 − D(G(z), z))",
    page="reference_models.adversarial.gan",
    functions={"joint_value": gan.joint_value, "joints": gan.joints},
    properties=(
        Property(
            "−log 4 where the joints match, above elsewhere",
            _joints_match,
            Mutant("the generator's posterior for its joint", {"joints": _transposed_generator}),
        ),
        Property(
            "deterministic maps match iff the encoder is the inverse",
            _inverse,
            Mutant("the prior is left out", {"joints": lambda d, e, p, g: (d[:, None] * e, (g / len(p)).mT)}),
        ),
    ),
    source="Donahue, Krähenbühl and Darrell 2017, section 3; Dumoulin et al. 2017",
)

SPECIFICATIONS = (GAN, DCGAN, STYLEGAN, BIGAN)

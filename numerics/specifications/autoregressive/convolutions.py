"""PixelCNN and WaveNet: rows 124 and 125."""

from __future__ import annotations

from itertools import product

import torch
from torch import Tensor
from torch.nn.functional import conv1d, logsigmoid

from numerics.specifications.contract import Model, Mutant, Outcome, Property, Specification
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import at_most, close, equal, gradient, true, worst
from reference_models.autoregressive import convolutions


def _kernels(draw: Draw) -> tuple[Tensor, Tensor]:
    return draw.normal(1, 1, 3, 3), draw.normal(3, 1, 1, 3, 3)


def _slopes(model: Model, draw: Draw, rows: int, columns: int) -> Tensor:
    at, x = _kernels(draw), draw.normal(rows, columns)
    found = torch.func.jacrev(lambda v: model.logits(v[None], *at)[0])(x)
    return found.reshape(rows * columns, rows * columns)


def _no_future(model: Model, draw: Draw) -> Outcome:
    return equal(torch.triu(_slopes(model, draw, 4, 4)), 0.0)


def _first_of_kind_b(x: Tensor, first: Tensor, later: Tensor) -> Tensor:
    h = convolutions.masked_convolution(x.unsqueeze(-3), first, convolutions.pixel_mask("B", 3))
    for kernel in later:
        h = convolutions.masked_convolution(torch.tanh(h), kernel, convolutions.pixel_mask("B", 3))
    return h.squeeze(-3)


def _blind_spot(model: Model, draw: Draw) -> Outcome:
    rows, columns = 4, 5
    seen = _slopes(model, draw, rows, columns) != 0
    expected = torch.zeros_like(seen)
    for (r, c), (i, j) in product(product(range(rows), range(columns)), repeat=2):
        reached = (i == r and j < c) or (i < r and j - c <= r - i)  # one column to the right for each row up
        expected[r * columns + c, i * columns + j] = reached
    near = torch.tensor(  # four layers of width 3 reach four pixels
        [
            max(abs(r - i), abs(c - j)) <= 4
            for (r, c), (i, j) in product(product(range(rows), range(columns)), repeat=2)
        ],
        device=draw.device,
    ).reshape(seen.shape)
    return equal((seen & near).to(torch.float64), (expected & near).to(torch.float64))


def _mirrored(x: Tensor, first: Tensor, later: Tensor) -> Tensor:
    mask = convolutions.pixel_mask("A", 3)
    h = convolutions.masked_convolution(x.unsqueeze(-3), first, mask * torch.tensor([1.0, 1.0, 0.0]))
    for kernel in later:
        h = convolutions.masked_convolution(
            torch.tanh(h), kernel, convolutions.pixel_mask("B", 3) * torch.tensor([1.0, 1.0, 0.0])
        )
    return h.squeeze(-3)


def _images_sum(model: Model, draw: Draw) -> Outcome:
    x = draw.tensor(list(product([0.0, 1.0], repeat=6))).reshape(64, 2, 3)
    return equal(torch.exp(model.log_prob(x, *_kernels(draw))).sum(), 1.0)


def _peeking_log_prob(x: Tensor, first: Tensor, later: Tensor) -> Tensor:
    a = _first_of_kind_b(x, first, later)
    return (x * logsigmoid(a) + (1 - x) * logsigmoid(-a)).sum((-2, -1))


PIXELCNN = Specification(
    name="pixelcnn",
    family="autoregressive",
    systems=(124,),
    title="PixelRNN / PixelCNN",
    statement="p(x) = Π_i p(x_i | pixels before i in raster order), by convolutions with masks A and B",
    page="reference_models.autoregressive.convolutions",
    functions={
        "mask": convolutions.pixel_mask,
        "logits": convolutions.pixel_logits,
        "log_prob": convolutions.pixel_log_prob,
    },
    properties=(
        Property(
            "no gradient to the pixel itself or to a later one",
            _no_future,
            Mutant("the first mask lets the centre through", {"logits": _first_of_kind_b}),
        ),
        Property(
            "sees all earlier pixels but the blind spot to the right",
            _blind_spot,
            Mutant("the masks hide the right column too", {"logits": _mirrored}),
        ),
        Property(
            "sums to 1 over all binary images",
            _images_sum,
            Mutant("the first mask lets the centre through", {"log_prob": _peeking_log_prob}),
        ),
    ),
    source="van den Oord, Kalchbrenner and Kavukcuoglu 2016, section 3",
    conventions=("raster order", "one stack of masked kernels: the blind spot is its own"),
)


def _wave(draw: Draw, layers: int, k: int) -> tuple[Tensor, Tensor]:
    return draw.normal(layers, 2, 2, k), draw.normal(layers, 2, 2, k)


def _field(model: Model, draw: Draw) -> Outcome:
    layers, k, t = draw.whole(1, 3), draw.whole(2, 3), 20
    at, x = _wave(draw, layers, k), draw.normal(1, 2, t)
    seen = gradient(lambda v: model.network(v, *at)[:, :, 16], x).abs().sum((0, 1)) > 0
    first = max(0, 16 - model.receptive_field(k, layers) + 1)
    expected = torch.arange(t, device=draw.device)
    return true((seen == ((expected >= first) & (expected <= 16))).all(), "the inputs that output 16 depends on")


def _linear_dilation(x: Tensor, filters: Tensor, gates: Tensor) -> Tensor:
    skips = torch.zeros_like(x)
    for layer in range(filters.shape[0]):
        z = convolutions.gated(x, filters[layer], gates[layer], layer + 2)
        x, skips = x + z, skips + z
    return skips


def _written_out(model: Model, draw: Draw) -> Outcome:
    x, kernel, dilation = draw.normal(1, 2, 9), draw.normal(3, 2, 2), draw.whole(1, 3)
    expected = torch.zeros(1, 3, 9, dtype=torch.float64, device=draw.device)
    for t, i in product(range(9), range(2)):
        past = t - (1 - i) * dilation
        if past >= 0:
            expected[0, :, t] += kernel[:, :, i] @ x[0, :, past]
    return close(model.convolution(x, kernel, dilation), expected)


def _centred(x: Tensor, kernel: Tensor, dilation: int) -> Tensor:
    wide = torch.nn.functional.pad(x, (0, (kernel.shape[-1] - 1) * dilation))
    return conv1d(wide, kernel, dilation=dilation)


def _companding(model: Model, draw: Draw) -> Outcome:
    x = draw.uniform(-1, 1, 50)
    y = model.mu_law(x)
    slope = gradient(model.mu_law, x)
    law = 255 / (torch.log(draw.tensor(256.0)) * (1 + 255 * x.abs()))  # the slope falls as 1/(1 + μ|x|)
    return worst(close(model.mu_law_inverse(y), x), close(slope, law), at_most(y.abs(), 1.0))


def _unscaled(x: Tensor, mu: int = 255) -> Tensor:
    return torch.sign(x) * torch.log(1 + mu * x.abs()) / torch.log(torch.tensor(float(mu)))


def _steps(model: Model, draw: Draw) -> Outcome:
    y = draw.uniform(-1, 1, 200)
    code = model.quantised(y)
    back = 2 * code / 255 - 1
    return worst(at_most((back - y).abs(), 1 / 255), at_most(code, 255), at_most(-code, 0))


WAVENET = Specification(
    name="wavenet",
    family="autoregressive",
    systems=(125,),
    title="WaveNet",
    statement="z = tanh(W_f ∗ x) ⊙ σ(W_g ∗ x), causal convolutions of dilations 1, 2, 4, …",
    page="reference_models.autoregressive.convolutions",
    functions={
        "convolution": convolutions.causal_convolution,
        "network": convolutions.wavenet,
        "receptive_field": convolutions.receptive_field,
        "mu_law": convolutions.mu_law,
        "mu_law_inverse": convolutions.mu_law_inverse,
        "quantised": convolutions.quantised,
    },
    properties=(
        Property(
            "an output depends on the 1 + (k − 1)(2^L − 1) samples up to it",
            _field,
            Mutant("k for k − 1", {"receptive_field": lambda k, layers: 1 + k * (2**layers - 1)}),
        ),
        Property(
            "the convolution is the sum over earlier samples",
            _written_out,
            Mutant("zeros are put on the right", {"convolution": _centred}),
        ),
        Property(
            "μ-law: its inverse, and its slope ∝ 1/(1 + μ|x|)",
            _companding,
            Mutant("log μ for log(1 + μ)", {"mu_law": _unscaled}),
        ),
        Property(
            "a code is the nearest of 256 steps",
            _steps,
            Mutant(
                "cut off rather than rounded",
                {"quantised": lambda y: torch.floor((y + 1) / 2 * 255).to(torch.int64)},
            ),
        ),
    ),
    source="van den Oord et al. 2016, WaveNet, section 2",
    conventions=("zeros on the left", "μ = 255", "the output is the sum of the gated layers"),
)

SPECIFICATIONS = (PIXELCNN, WAVENET)

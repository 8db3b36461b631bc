"""PixelRNN: row 124."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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
from numerics.specifications.outcomes import close, equal, frequencies_are, worst
from numerics.specifications.training import curve, learned, sheet
from reference_models.autoregressive import row_lstm
from reference_models.autoregressive.row_lstm import Layer


def _network(draw: Draw, n: int, hidden: int = 2, std: float = 1.0) -> tuple[Tensor, list[Layer], Tensor, Tensor]:
    """Kernels of width 3: of mask A, of n layers, and what reads the logit."""
    shapes = ((4 * hidden, hidden, 3), (4 * hidden, hidden, 3), (4 * hidden,))
    layers = [tuple(std * draw.normal(*shape) for shape in shapes) for _ in range(n)]
    return std * draw.normal(hidden, 3, 3), [(a, b, c) for a, b, c in layers], std * draw.normal(hidden), draw.normal()


def _slopes(model: Model, draw: Draw, n: int, rows: int, columns: int) -> Tensor:
    at, x = _network(draw, n), draw.normal(rows, columns)
    found = torch.func.jacrev(lambda v: model.logits(v[None], *at)[0])(x)
    return found.reshape(rows * columns, rows * columns)


def _no_future(model: Model, draw: Draw) -> Outcome:
    return equal(torch.triu(_slopes(model, draw, 2, 3, 4)), 0.0)


def _open_first(x: Tensor, first: Tensor, layers: Sequence[Layer], out: Tensor, offset: Tensor) -> Tensor:
    centre = torch.einsum("h,brc->bhrc", first[:, 1, 1], 2 * x - 1)
    h = row_lstm.hidden_pixel(x, first) + centre
    for layer in layers:
        h = h + row_lstm.row_lstm(h, layer)
    return torch.einsum("h,bhrc->brc", out, h) + offset


def _triangle(model: Model, draw: Draw) -> Outcome:
    """One layer of width 3 sees, u rows up, from u + 2 columns to the left to u to the right, and no more."""
    rows, columns = 4, 6
    seen = _slopes(model, draw, 1, rows, columns) != 0
    places = list(product(range(rows), range(columns)))
    expected = [[i <= r and i - r - 2 <= j - c <= r - i and (i, j) != (r, c) for i, j in places] for r, c in places]
    return equal(seen.to(torch.float64), torch.tensor(expected, dtype=torch.float64))


def _narrow(x: Tensor, first: Tensor, layers: Sequence[Layer], out: Tensor, offset: Tensor) -> Tensor:
    middle = torch.tensor([0.0, 1.0, 0.0]).to(x)
    return row_lstm.logits(x, first, [(a, s * middle, b) for a, s, b in layers], out, offset)


def _images_sum(model: Model, draw: Draw) -> Outcome:
    x = draw.tensor(list(product([0.0, 1.0], repeat=6))).reshape(64, 2, 3)
    return equal(torch.exp(model.log_prob(x, *_network(draw, 2))).sum(), 1.0)


def _peeking(x: Tensor, first: Tensor, layers: Sequence[Layer], out: Tensor, offset: Tensor) -> Tensor:
    return torch.distributions.Bernoulli(logits=_open_first(x, first, layers, out, offset)).log_prob(x).sum((-2, -1))


def _written_out(model: Model, draw: Draw) -> Outcome:
    """Every gate of every pixel as a sum over taps; zero outside of the image."""
    first, layers, out, offset = _network(draw, 2)
    x, places = draw.bits(2, 3), list(product(range(2), range(3)))
    near = [(i, j) for i, j in product(range(3), repeat=2) if 3 * i + j < 4]
    image = {
        (r, c): sum(
            (first[:, i, j] * (2 * x - 1)[r + i - 1, c + j - 1] for i, j in near if (r + i - 1, c + j - 1) in places),
            torch.zeros(2).to(x),
        )
        for r, c in places
    }
    for into, state, bias in layers:
        h: dict[tuple[int, int], Tensor] = {}
        cell = {(-1, c): torch.zeros(2).to(x) for c in range(3)}
        for r, c in places:
            total = bias
            for tap in range(3):
                if tap < 2 and (r, c + tap - 1) in image:
                    total = total + into[:, :, tap] @ image[r, c + tap - 1]
                if (r - 1, c + tap - 1) in h:
                    total = total + state[:, :, tap] @ h[r - 1, c + tap - 1]
            o, f, i, g = total.reshape(4, 2)
            cell[r, c] = cell[r - 1, c] / (1 + torch.exp(-f)) + torch.tanh(g) / (1 + torch.exp(-i))
            h[r, c] = torch.tanh(cell[r, c]) / (1 + torch.exp(-o))
        image = {at: value + image[at] for at, value in h.items()}
    expected = torch.stack([out @ image[r, c] + offset for r, c in places]).reshape(2, 3)
    return close(model.logits(x[None], first, layers, out, offset)[0], expected)


def _forgetful(x: Tensor, first: Tensor, layers: Sequence[Layer], out: Tensor, offset: Tensor) -> Tensor:
    turned = [(a.roll(2, 0), s.roll(2, 0), b.roll(2, 0)) for a, s, b in layers]
    return row_lstm.logits(x, first, turned, out, offset)


def _draws(model: Model, draw: Draw) -> Outcome:
    at = _network(draw, 2)
    words = draw.tensor(list(product([0.0, 1.0], repeat=4))).reshape(16, 2, 2)
    drawn = model.sample(*at, draw.uniform(0, 1, 20_000, 2, 2)).flatten(1)
    places = (drawn @ draw.tensor([8.0, 4.0, 2.0, 1.0])).long()
    return worst(equal(drawn * (1 - drawn), 0.0), frequencies_are(places, torch.exp(row_lstm.log_prob(words, *at))))


def _apart(first: Tensor, layers: Sequence[Layer], out: Tensor, offset: Tensor, u: Tensor) -> Tensor:
    return (u < torch.sigmoid(row_lstm.logits(torch.zeros_like(u), first, layers, out, offset))).to(u)


def _weights(inputs: Mapping[str, Any]) -> tuple[Tensor, Tensor, Tensor]:
    return t(inputs["into"]), t(inputs["state"]), t(inputs["bias"])


def _from_torch(inputs: Mapping[str, Any]) -> Answers:
    into, state, bias = (w.reshape(4, 2, -1)[[2, 1, 3, 0]].flatten(0, 1) for w in _weights(inputs))
    lstm = torch.nn.LSTM(2, 2, batch_first=True, dtype=torch.float64)
    lstm.load_state_dict(
        {"weight_ih_l0": into, "weight_hh_l0": state, "bias_ih_l0": bias[:, 0], "bias_hh_l0": 0 * bias[:, 0]}
    )
    return {"h": lstm(t(inputs["x"])[None])[0][0].detach().tolist()}


def _ours(model: Model, inputs: Mapping[str, Any]) -> Answers:
    into, state, bias = _weights(inputs)
    sides = torch.nn.functional.pad
    column = t(inputs["x"]).mT[None, :, :, None]  # one column: the outer taps see only zeros
    layer = (sides(into[..., None], (1, 1), value=7.0), sides(state[..., None], (1, 1), value=7.0), bias)
    return {"h": model.row_lstm(column, layer)[0, :, :, 0].mT}


def _field(draw: Draw, coupling: float = 0.5, lean: float = 0.15) -> tuple[Tensor, Tensor]:
    """Every 3 × 3 image of an Ising field with free edges, and its law: (512, 3, 3), (512,)."""
    x = draw.tensor(list(product([0.0, 1.0], repeat=9))).reshape(512, 3, 3)
    s = 2 * x - 1
    pairs = (s[:, 1:] * s[:, :-1]).sum((1, 2)) + (s[:, :, 1:] * s[:, :, :-1]).sum((1, 2))
    return x, torch.softmax(coupling * pairs + lean * s.sum((1, 2)), 0)


def _floor(x: Tensor, law: Tensor, seen: Tensor) -> float:
    """Σ_i H(x_i | the pixels that i sees): x (512, 9), seen (9, 9) boolean, row i what i sees."""
    powers, total = 2 ** torch.arange(9, device=x.device), 0.0
    for i in range(9):
        context = (x.long() * (powers * seen[i].long())).sum(-1)
        joint = torch.zeros(512, 2).to(law).index_put((context, x[:, i].long()), law, accumulate=True)
        total -= float(torch.xlogy(joint, joint / joint.sum(-1, keepdim=True).clamp_min(1e-300)).sum())
    return total


def _ising(
    model: Model, draw: Draw, progress: Callable[[float], None], hidden: int = 8, depth: int = 1, rounds: int = 150
) -> Result:
    """Images of a field whose law is known: cross-entropy over all 512, its floor the pixels given what they see."""
    x, law = _field(draw)
    first, layers, out, offset = _network(draw, depth, hidden, 0.4)
    at = [first, *[w for layer in layers for w in layer], out, offset]
    for w in at:
        w.requires_grad_()
    losses = learned(at, lambda: -(law * model.log_prob(x, first, layers, out, offset)).sum(), rounds, 0.1, progress)
    with torch.no_grad():
        log_p = model.log_prob(x, first, layers, out, offset)
        drawn = model.sample(first, layers, out, offset, draw.uniform(0, 1, 4000, 3, 3))
    floor, reached = _floor(x.flatten(1), law, _slopes(model, draw, depth, 3, 3) != 0), float(-(law * log_p).sum())
    agreeing = (law * (x[:, 1, 1] == x[:, 1, 2])).sum()
    return Result(
        (
            Figure("cross-entropy, its floor Σ H(pixel | the pixels that it sees)", reached, floor, 0.01, "nats"),
            Figure("how far it lies below its floor", max(0.0, floor - reached), 0.0, 1e-9, "nats"),
            Figure(
                "entropy of the field: what the triangle hides costs the rest",
                float(-(law * torch.log(law)).sum()),
                unit="nats",
            ),
            Figure("mass of all 512 images", float(torch.exp(log_p).sum()), 1.0, 1e-9),
            Figure(
                "share of draws whose centre agrees with the pixel to its right",
                float((drawn[:, 1, 1] == drawn[:, 1, 2]).to(law).mean()),
                float(agreeing),
                0.04,
            ),
        ),
        (sheet("Draws", drawn[:32].flatten(1)), curve("Negative log-likelihood, nats", losses)),
    )


PIXELRNN = Specification(
    name="pixelrnn",
    family="autoregressive",
    systems=(124,),
    title="PixelRNN: the Row LSTM",
    statement="o, f, i, g = K_ss ∗ h_{r−1} + K_is ∗ x_r; c_r = σ(f) c_{r−1} + σ(i) tanh(g), h_r = σ(o) tanh(c_r)",
    page="reference_models.autoregressive.row_lstm",
    functions={
        "row_lstm": row_lstm.row_lstm,
        "logits": row_lstm.logits,
        "log_prob": row_lstm.log_prob,
        "sample": row_lstm.sample,
    },
    properties=(
        Property(
            "no gradient to the pixel itself or to a later one",
            _no_future,
            Mutant("the first mask lets the centre through", {"logits": _open_first}),
        ),
        Property(
            "one layer sees a triangle of the rows above",
            _triangle,
            Mutant("the state is read straight from above only", {"logits": _narrow}),
        ),
        Property(
            "every gate of every pixel, written out",
            _written_out,
            Mutant("o, f, i, g a place on", {"logits": _forgetful}),
        ),
        Property(
            "sums to 1 over all binary images",
            _images_sum,
            Mutant("the first mask lets the centre through", {"log_prob": _peeking}),
        ),
        Property("draws have the law", _draws, Mutant("pixels are drawn at once", {"sample": _apart})),
    ),
    source="van den Oord, Kalchbrenner and Kavukcuoglu 2016, sections 3.1 and 3.4",
    oracles=(
        Oracle(
            package="torch",
            inputs={
                "x": [[0.5, -1.0], [1.5, 0.3], [-0.7, 0.9]],
                "into": [[0.3 * i - 1.1, 0.7 - 0.2 * i] for i in range(8)],
                "state": [[0.5 - 0.15 * i, 0.1 * i - 0.6] for i in range(8)],
                "bias": [0.1 * i - 0.3 for i in range(8)],
            },
            ask=_from_torch,
            tell=_ours,
            tolerance=1e-12,
            conversion="an image of one column is an LSTM down its rows; torch's gates are i, f, g, o",
        ),
    ),
    task=Task(
        "an Ising field on 3 × 3 pixels, its 512 probabilities known",
        _ising,
        training=True,
        long=partial(_ising, hidden=16, depth=2, rounds=600),
        long_data="the same field, two layers, which see more",
    ),
    conventions=("raster order", "mask A first, then B", "later layers add their input"),
)

SPECIFICATIONS = (PIXELRNN,)

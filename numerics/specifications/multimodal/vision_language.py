"""A vision-language model that is trained: row 207."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from itertools import product
from math import log
from typing import Any

import torch
from torch import Tensor
from torch.nn.functional import conv2d

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
from reference_models.multimodal import vision_language
from reference_models.multimodal.vision_language import Weights


def _weights(draw: Draw, words: int = 3, length: int = 4) -> dict[str, Tensor]:
    """For 2 × 4 pixels in two patches, with gates open."""
    found = vision_language.weights((4, 2, words, length), 4, 2, draw.generator())
    return {**found, "gate.0": draw.normal(2), "gate.1": draw.normal(2)}


def _patches(model: Model, draw: Draw) -> Outcome:
    """Patches through a matrix are a convolution whose stride is its size."""
    image, kernel = draw.normal(3, 4, 6), draw.normal(5, 4)
    found = model.patches(image, 2) @ kernel.mT
    expected = conv2d(image[:, None], kernel.reshape(5, 1, 2, 2), stride=2).flatten(2).mT
    return close(found, expected)


def _strips(image: Tensor, size: int) -> Tensor:
    return image.reshape(*image.shape[:-2], -1, size * size)


def _attention(model: Model, draw: Draw) -> Outcome:
    """Each head by itself; a token reads those before it, and every patch."""
    x, read, w, checks = draw.normal(3, 4), draw.normal(2, 4), _weights(draw), []
    for causal, given in ((True, x), (False, read)):
        expected = torch.zeros(3, 4).to(x)
        for h, i in product(range(2), range(3)):
            own = slice(2 * h, 2 * h + 2)
            some = given[: i + 1] if causal else given
            q = (w["self.0.q"] @ x[i])[own]
            e = torch.exp(torch.stack([q @ (w["self.0.k"] @ v)[own] for v in some]) / 2**0.5)
            expected[i, own] = (e / e.sum()) @ torch.stack([(w["self.0.v"] @ v)[own] for v in some])
        checks.append(close(model.attend(x, given, w, "self.0", 2, causal), expected @ w["self.0.o"].mT))
    return worst(*checks)


def _whole_width(x: Tensor, read: Tensor, w: Weights, name: str, heads: int, causal: bool) -> Tensor:
    turned = {**w, f"{name}.q": w[f"{name}.q"] / heads**0.5}
    return vision_language.attend(x, read, turned, name, heads, causal)


def _closed(model: Model, draw: Draw) -> Outcome:
    """With gates at 0, as weights start, the image changes nothing; open, it does; a layer is written out."""
    w, tokens = _weights(draw), draw.integers(0, 2, 4)
    fresh = vision_language.weights((4, 2, 3, 4), 4, 2, draw.generator())
    one, two = draw.normal(2, 4), draw.normal(2, 4)
    x = w["words"][tokens] + w["positions"]
    for k in (0, 1):
        x = x + vision_language.attend(_norm(x), _norm(x), w, f"self.{k}", 2, True)
        x = x + _net(_norm(x), w, f"self.{k}")
        x = x + torch.tanh(w[f"gate.{k}"][0]) * vision_language.attend(_norm(x), _norm(one), w, f"cross.{k}", 2, False)
        x = x + torch.tanh(w[f"gate.{k}"][1]) * _net(_norm(x), w, f"cross.{k}")
    expected = _norm(x) @ w["words"].mT
    return worst(
        equal(model.logits(tokens, one, fresh, 2), model.logits(tokens, two, fresh, 2)),
        close(model.logits(tokens, one, w, 2), expected),
    )


def _norm(x: Tensor) -> Tensor:
    return (x - x.mean(-1, keepdim=True)) / torch.sqrt(x.var(-1, correction=0, keepdim=True) + 1e-5)


def _net(x: Tensor, w: Weights, name: str) -> Tensor:
    inner = x @ w[f"{name}.up"].mT
    return (inner * (1 + torch.erf(inner / 2**0.5)) / 2) @ w[f"{name}.down"].mT


def _without_gates(tokens: Tensor, seen: Tensor, w: Weights, heads: int) -> Tensor:
    opened = {name: torch.full_like(v, 9.0) if name.startswith("gate.") else v for name, v in w.items()}
    return vision_language.logits(tokens, seen, opened, heads)


def _seen(model: Model, draw: Draw) -> Outcome:
    """Patches see one another; moved together with their places they only change places."""
    image, w = draw.normal(2, 4), _weights(draw)
    found = model.see(image, 2, w, 2)
    turned = model.see(image.roll(2, -1), 2, {**w, "places": w["places"].flip(0)}, 2)
    x = torch.stack([w["patch"] @ image[:, 2 * k : 2 * k + 2].flatten() for k in (0, 1)]) + w["places"]
    x = x + vision_language.attend(_norm(x), _norm(x), w, "see", 2, False)
    return worst(close(turned, found.flip(0)), close(found, x + _net(_norm(x), w, "see")))


def _placeless(image: Tensor, size: int, w: Weights, heads: int) -> Tensor:
    return vision_language.see(image, size, {**w, "places": 0 * w["places"]}, heads)


def _answers_sum(model: Model, draw: Draw) -> Outcome:
    """Answers of two tokens after a start have total probability 1, for two images; the law is that of the logits."""
    w, seen = _weights(draw), draw.normal(2, 2, 4)
    every = torch.tensor([(0, *rest) for rest in product(range(3), repeat=2)], device=draw.device)
    found = model.log_prob(every.expand(2, 9, 3), seen[:, None].expand(2, 9, 2, 4), w, 2)
    return equal(torch.exp(found).sum(-1), 1.0)


def _one_late(tokens: Tensor, seen: Tensor, w: Weights, heads: int) -> Tensor:
    law = torch.log_softmax(vision_language.logits(tokens, seen, w, heads)[..., 1:, :], -1)
    return law.gather(-1, tokens[..., 1:, None])[..., 0].sum(-1)


def _from_torch(inputs: Mapping[str, Any]) -> Answers:
    x, read, q, k, v, o = (t(inputs[name]) for name in ("x", "read", "q", "k", "v", "o"))
    layer = torch.nn.MultiheadAttention(len(q), 2, bias=False, batch_first=True, dtype=torch.float64)
    layer.load_state_dict({"in_proj_weight": torch.cat([q, k, v]), "out_proj.weight": o})
    return {"out": layer(x[None], read[None], read[None])[0][0].detach().tolist()}


def _ours(model: Model, inputs: Mapping[str, Any]) -> Answers:
    w = {f"a.{part}": t(inputs[part]) for part in "qkvo"}
    return {"out": model.attend(t(inputs["x"]), t(inputs["read"]), w, "a", 2, False)}


_GLYPHS = (
    (0, 1, 0, 1, 1, 1, 0, 1, 0),  # a plus
    (1, 0, 1, 0, 1, 0, 1, 0, 1),  # a cross
    (1, 1, 1, 1, 0, 1, 1, 1, 1),  # a ring
)


def _pictures(draw: Draw, n: int, wrong: float) -> tuple[Tensor, Tensor]:
    """Four glyphs of 3 × 3 pixels, noisy, and their names in reading order after a start, each wrong by that chance."""
    which = draw.integers(0, 2, n, 4)
    glyphs = draw.tensor(_GLYPHS).reshape(3, 3, 3)[which]  # (n, 4, 3, 3)
    image = glyphs.reshape(n, 2, 2, 3, 3).transpose(2, 3).reshape(n, 6, 6) + 0.1 * draw.normal(n, 6, 6)
    slip = (draw.uniform(0, 1, n, 4) < wrong) * draw.integers(1, 2, n, 4)
    start = torch.full((n, 1), 3, device=draw.device)
    return image, torch.cat([start, (which + slip) % 3], 1)


def _glyph_names(
    model: Model, draw: Draw, progress: Callable[[float], None], d: int = 16, rounds: int = 300, batch: int = 128
) -> Result:
    """Captions with a known share of wrong names: the loss beside the entropy of that noise, and without the image."""
    wrong, heads = 0.1, 2
    w = vision_language.weights((9, 4, 4, 5), d, 1, draw.generator())

    def loss_of(image: Tensor, words: Tensor) -> Tensor:
        found: Tensor = -model.log_prob(words, model.see(image, 3, w, heads), w, heads)
        return found

    at = [v.requires_grad_() for v in w.values()]
    losses = learned(at, lambda: loss_of(*_pictures(draw, batch, wrong)).mean(), rounds, 0.01, progress)
    with torch.no_grad():
        image, words = _pictures(draw, 4000, wrong)
        reached, others = float(loss_of(image, words).mean()), float(loss_of(image.roll(1, 0), words).mean())
        clean, names = _pictures(draw, 1000, 0.0)
        seen, said = model.see(clean, 3, w, heads), names[:, :1]
        for _ in range(4):
            said = torch.cat([said, model.logits(said, seen, w, heads)[:, -1:].argmax(-1)], 1)
        right = float((said == names).all(-1).to(clean).mean())
    each = -(1 - wrong) * log(1 - wrong) - wrong * log(wrong / 2)
    return Result(
        (
            Figure(
                "loss of four names on new images, its floor the entropy of wrong names",
                reached,
                4 * each,
                0.15,
                "nats",
            ),
            Figure("captions that are all right, the likeliest word each time", right, 1.0, 0.03),
            Figure("loss of any model without the image, 4 log 3 at least", 4 * log(3), unit="nats"),
            Figure("loss with another caption's image", others, unit="nats"),
            Figure("how far below 4 log 3 that lies", max(0.0, 4 * log(3) - others), 0.0, 1e-9, "nats"),
        ),
        (sheet("Images", image[:32].flatten(1)), curve("Negative log-likelihood of a caption, nats", losses)),
    )


VISION_LANGUAGE = Specification(
    name="vision_language_model",
    family="multimodal",
    systems=(207, 171),
    title="Vision-language model: patch embeddings and gated cross-attention",
    statement="x ← x + tanh(g) attend(x, patches W + places), log p(y | image) = Σ_t log softmax(h_t)_{y_t}",
    page="reference_models.multimodal.vision_language",
    functions={name: getattr(vision_language, name) for name in ("patches", "attend", "see", "logits", "log_prob")},
    properties=(
        Property("patches are a convolution of that stride", _patches, Mutant("strips of a row", {"patches": _strips})),
        Property(
            "attention of each head, written out", _attention, Mutant("√ of the whole width", {"attend": _whole_width})
        ),
        Property(
            "closed gates hide the image; layers written out", _closed, Mutant("no gates", {"logits": _without_gates})
        ),
        Property("patches know their places", _seen, Mutant("no places", {"see": _placeless})),
        Property(
            "answers have total probability 1",
            _answers_sum,
            Mutant("a place predicts its own token", {"log_prob": _one_late}),
        ),
    ),
    source="Dosovitskiy et al. 2021, section 3.1; Alayrac et al. 2022, section 2.2",
    oracles=(
        Oracle(
            package="torch",
            inputs={
                "x": [[0.5, -1.0, 0.3, 0.8], [1.5, 0.3, -0.2, 0.1]],
                "read": [[-0.7, 0.9, 0.4, -1.1], [0.2, 0.6, -0.5, 0.3], [1.0, -0.4, 0.7, 0.2]],
                **{
                    part: [[round(0.3 * (i - 1) * (j + 1) - 0.1 * k * (i + j), 2) for j in range(4)] for i in range(4)]
                    for k, part in enumerate("qkvo")
                },
            },
            ask=_from_torch,
            tell=_ours,
            tolerance=1e-12,
            conversion="MultiheadAttention without bias; its weights are those of q, k and v one below the other",
        ),
    ),
    task=Task(
        "simulated captions of four glyphs, a tenth of the names wrong",
        _glyph_names,
        training=True,
        long=partial(_glyph_names, d=32, rounds=1500, batch=256),
        long_data="the same captions, a wider network for longer",
    ),
    conventions=("row t of the logits is the law of token t + 1", "gates start closed", "the start symbol is given"),
)

SPECIFICATIONS = (VISION_LANGUAGE,)

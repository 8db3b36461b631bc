"""Longer trainings of autoregressive models: binary digits, and characters of Python's own documentation."""

from __future__ import annotations

from collections.abc import Callable
from math import log

import torch
from torch import Tensor

from numerics.specifications.contract import Figure, Model, Result
from numerics.specifications.draws import Draw
from numerics.specifications.training import Longer, curve, digits, learned, sheet
from reference_models.autoregressive import transformers

Progress = Callable[[float], None]


def nade(model: Model, draw: Draw, progress: Progress, hidden: int = 64, steps: int = 1000) -> Result:
    """Binarised digits in raster order: held-out log-likelihood against that of independent pixels."""
    data = digits(draw)
    x, held = (data.x > 0.5).to(data.x), (data.held_x > 0.5).to(data.x)
    rate = (x.sum(0) + 1) / (len(x) + 2)
    free = [0.1 * draw.normal(hidden, 64), 0 * draw.normal(hidden), 0.1 * draw.normal(64, hidden), torch.logit(rate)]
    at = [w.requires_grad_() for w in free]

    def loss() -> Tensor:
        found: Tensor = -model.log_prob(x[draw.integers(0, len(x) - 1, 128)], *at).mean()
        return found

    losses = learned(at, loss, steps, 5e-3, progress, 0.05)
    with torch.no_grad():
        ours = float(model.log_prob(held, *at).mean())
        apart = float(torch.distributions.Bernoulli(rate).log_prob(held).sum(-1).mean())
        drawn = model.sample(*at, 32, draw.generator())
    return Result(
        (
            Figure("held-out log-likelihood", ours, unit="nats a digit"),
            Figure("held-out log-likelihood of independent pixels", apart, unit="nats a digit"),
        ),
        (sheet("Draws", drawn), curve("Negative log-likelihood", losses)),
    )


def documentation() -> str:
    """The docstrings of some of Python's modules and of what they define, in lower case."""
    import argparse
    import collections
    import difflib
    import inspect
    import statistics
    import textwrap

    found = []
    for module in (statistics, argparse, collections, difflib, textwrap):
        for name in ("", *sorted(vars(module))):
            thing = vars(module)[name] if name else module
            if not name or inspect.isclass(thing) or inspect.isfunction(thing):
                found.append(inspect.getdoc(thing) or "")
    return " ".join("\n".join(dict.fromkeys(found)).lower().split())


def gpt(
    model: Model, draw: Draw, progress: Progress, d: int = 64, layers: int = 2, length: int = 64, steps: int = 800
) -> Result:
    """Characters of documentation: held-out bits per character against the entropies of single letters and pairs."""
    text, heads = documentation(), 4
    letters = sorted(set(text))
    tokens = torch.tensor([letters.index(c) for c in text], device=draw.device)
    cut = 9 * len(tokens) // 10
    train, held = tokens[:cut], tokens[cut:]
    w = transformers.weights(len(letters), length, d, layers, draw.generator())
    with torch.no_grad():
        w["tokens"].mul_(0.2)
    window = torch.arange(length, device=draw.device)

    def loss() -> Tensor:
        rows = train[draw.integers(0, cut - length, 16)[:, None] + window]
        found: Tensor = -model.log_prob(rows, w, heads).mean() / (length - 1)
        return found

    losses = learned([v.requires_grad_() for v in w.values()], loss, steps, 3e-3, progress)
    with torch.no_grad():
        rows = held[: len(held) // length * length].reshape(-1, length)
        bits = float(-model.log_prob(rows, w, heads).mean()) / (length - 1) / log(2)
        drawn = [letters.index("t")]
        cache: list[Tensor] = []
        generator = draw.generator()
        for _ in range(length - 1):
            found, cache = model.step_logits(torch.tensor([drawn[-1]], device=draw.device), cache, w, heads)
            drawn.append(int(torch.multinomial(torch.softmax(found[0], -1), 1, generator=generator)))
    pairs = (torch.bincount(train[:-1] * len(letters) + train[1:], minlength=len(letters) ** 2) + 0.1).reshape(
        len(letters), -1
    )
    single, pair = (pairs.sum(0) / pairs.sum()).to(w["tokens"]), (pairs / pairs.sum(1, keepdim=True)).to(w["tokens"])
    said = "".join(letters[i] if letters[i].isalnum() else " " for i in drawn)  # a picture reads $ and _ as commands
    return Result(
        (
            Figure("held-out bits per character", bits, unit="bits"),
            Figure("of single letters", float(-torch.log2(single[held]).mean()), unit="bits"),
            Figure("of pairs of letters", float(-torch.log2(pair[held[:-1], held[1:]]).mean()), unit="bits"),
            Figure("of letters all alike", log(len(letters)) / log(2), unit="bits"),
        ),
        (curve(f"Nats per character; a draw: {said}", losses),),
    )


LONG: Longer = {
    "nade": ("scikit-learn's digits, 8 × 8, binarised", nade),
    "gpt": ("characters of the documentation of Python's modules", gpt),
}

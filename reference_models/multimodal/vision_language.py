"""A vision-language model: patches become tokens, words read them by gated cross-attention. Imports math, torch.

Source   Dosovitskiy et al. 2021, section 3.1 (patches); Alayrac et al. 2022 (Flamingo), section 2.2 (gates); Vaswani et
         al. 2017, section 3.
Shapes   images (*batch, rows, columns) in patches of size × size; tokens (*batch, T) int64; logits (*batch, T, V).
         Weights are a dictionary of (out, in): "patch" (d, size²), "places" (P, d), "words" (V, d), "positions" (T, d);
         of every attention a: "a.q", "a.k", "a.v", "a.o" (d, d); of every network a: "a.up" (2 d, d), "a.down"
         (d, 2 d); of layer l "gate.l" (2,). float64, nats.
Here     row t of the logits is the law of token t + 1. Gates are tanh of a number that starts at 0: then the image
         changes nothing. Layer normalisation has no gain and no offset; scores are divided by √(d/heads).
"""

import math
from collections.abc import Mapping

import torch
from torch import Tensor
from torch.nn.functional import gelu, layer_norm

Weights = Mapping[str, Tensor]


def weights(sizes: tuple[int, int, int, int], d: int, layers: int, generator: torch.Generator) -> dict[str, Tensor]:
    """Normal weights of standard deviation 1/√fan-in, gates 0; ``sizes``: a patch's numbers, patches, words, tokens."""

    def normal(rows: int, columns: int) -> Tensor:
        drawn = torch.randn(rows, columns, generator=generator, dtype=torch.float64, device=generator.device)
        return drawn / math.sqrt(columns)

    pixels, patches, words, length = sizes
    found = {"patch": normal(d, pixels), "places": normal(patches, d), "words": normal(words, d)}
    found["positions"] = normal(length, d)
    for name in ("see", *(f"{kind}.{k}" for k in range(layers) for kind in ("self", "cross"))):
        found |= {f"{name}.{part}": normal(d, d) for part in "qkvo"}
        found |= {f"{name}.up": normal(2 * d, d), f"{name}.down": normal(d, 2 * d)}
    return found | {f"gate.{k}": 0 * normal(2, 1)[:, 0] for k in range(layers)}


def patches(image: Tensor, size: int) -> Tensor:
    """Squares of size × size, row by row: (*batch, rows, columns) -> (*batch, P, size²)."""
    return image.unfold(-2, size, size).unfold(-2, size, size).flatten(-2).flatten(-3, -2)


def attend(x: Tensor, read: Tensor, w: Weights, name: str, heads: int, causal: bool) -> Tensor:
    """Σ_j softmax_j(q_i · k_j/√(d/heads)) v_j of each head, joined: (*batch, T, d), (*batch, S, d) -> as x."""

    def split(v: Tensor, part: str) -> Tensor:
        mapped = v @ w[f"{name}.{part}"].mT
        return mapped.reshape(*mapped.shape[:-1], heads, -1).transpose(-3, -2)

    q, k, v = split(x, "q"), split(read, "k"), split(read, "v")
    s = q @ k.mT / math.sqrt(q.shape[-1])
    if causal:
        s = s + torch.full(s.shape[-2:], -torch.inf).to(s).triu(1)
    return (torch.softmax(s, -1) @ v).transpose(-3, -2).flatten(-2) @ w[f"{name}.o"].mT


def network(x: Tensor, w: Weights, name: str) -> Tensor:
    """down gelu(up x)."""
    return gelu(x @ w[f"{name}.up"].mT) @ w[f"{name}.down"].mT


def normed(x: Tensor) -> Tensor:
    """Mean 0 and variance 1 over the last axis."""
    return layer_norm(x, x.shape[-1:])


def see(image: Tensor, size: int, w: Weights, heads: int) -> Tensor:
    """Patches, each with its place, then one layer in which they see one another: (*batch, P, d)."""
    x = patches(image, size) @ w["patch"].mT + w["places"]
    x = x + attend(normed(x), normed(x), w, "see", heads, False)
    return x + network(normed(x), w, "see")


def logits(tokens: Tensor, seen: Tensor, w: Weights, heads: int) -> Tensor:
    """Each layer: tokens attend to those before, then to the image through gates: (*batch, T), (*batch, P, d)."""
    x = w["words"][tokens] + w["positions"][: tokens.shape[-1]]
    for k in range(sum(name.startswith("gate.") for name in w)):
        x = x + attend(normed(x), normed(x), w, f"self.{k}", heads, True)
        x = x + network(normed(x), w, f"self.{k}")
        gate = torch.tanh(w[f"gate.{k}"])
        x = x + gate[0] * attend(normed(x), normed(seen), w, f"cross.{k}", heads, False)
        x = x + gate[1] * network(normed(x), w, f"cross.{k}")
    return normed(x) @ w["words"].mT


def log_prob(tokens: Tensor, seen: Tensor, w: Weights, heads: int) -> Tensor:
    """Σ_{t ≥ 2} log p(y_t | image, y_<t): the first token is given (a start symbol, a question). (*batch,)."""
    law = torch.log_softmax(logits(tokens, seen, w, heads)[..., :-1, :], -1)
    return law.gather(-1, tokens[..., 1:, None])[..., 0].sum(-1)

"""Self-attention and a decoder-only Transformer (GPT) with its cache. Standalone: imports math, torch.

Source   Vaswani et al. 2017, section 3; Radford et al. 2019 (normalisation before each block).
Shapes   Q, K, V are (*batch, T, d); tokens (*batch, T) int64; logits (*batch, T, V). float64, nats.
Here     row t of the logits predicts token t + 1. A mask is added to the scores: 0 where allowed, −inf where hidden.
         Weights are a dictionary: "tokens" (V, d), "positions" (T_max, d), and of each layer l "qkv.l" (3 d, d),
         "proj.l" (d, d), "up.l" (4 d, d), "down.l" (d, 4 d). The output uses the token embeddings again. Layer
         normalisation has no gain and no offset.
"""

import math
from collections.abc import Mapping

import torch
from torch import Tensor
from torch.nn.functional import gelu, layer_norm


def attention_weights(q: Tensor, k: Tensor, mask: Tensor) -> Tensor:
    """softmax(Q Kᵀ/√d + M), rows over the keys: (*batch, T, S)."""
    return torch.softmax(q @ k.mT / math.sqrt(q.shape[-1]) + mask, -1)


def attention(q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tensor:
    """softmax(Q Kᵀ/√d + M) V: (*batch, T, d)."""
    return attention_weights(q, k, mask) @ v


def no_mask(t: int) -> Tensor:
    """(T, T) of zeros."""
    return torch.zeros(t, t, dtype=torch.float64)


def causal_mask(t: int) -> Tensor:
    """(T, T): 0 on and below the diagonal, −inf above."""
    return torch.full((t, t), -math.inf, dtype=torch.float64).triu(1)


def heads_of(x: Tensor, heads: int) -> Tensor:
    """(*batch, T, d) -> (*batch, heads, T, d/heads)."""
    return x.reshape(*x.shape[:-1], heads, -1).transpose(-3, -2)


def weights(vocabulary: int, length: int, d: int, layers: int, generator: torch.Generator) -> dict[str, Tensor]:
    """Normal weights of standard deviation 1/√fan-in; embeddings of standard deviation 1/2."""

    def normal(rows: int, columns: int, std: float) -> Tensor:
        drawn = torch.randn(rows, columns, generator=generator, dtype=torch.float64, device=generator.device)
        return std * drawn

    found = {"tokens": normal(vocabulary, d, 0.5), "positions": normal(length, d, 0.5)}
    for layer in range(layers):
        found[f"qkv.{layer}"] = normal(3 * d, d, d**-0.5)
        found[f"proj.{layer}"] = normal(d, d, d**-0.5)
        found[f"up.{layer}"] = normal(4 * d, d, d**-0.5)
        found[f"down.{layer}"] = normal(d, 4 * d, (4 * d) ** -0.5)
    return found


def block(x: Tensor, kept: Tensor, w: Mapping[str, Tensor], layer: int, heads: int, mask: Tensor) -> Tensor:
    """x + attention, then + network, each after layer normalisation; keys and values are of ``kept`` (past and x)."""
    d = x.shape[-1]
    q = layer_norm(x, (d,)) @ w[f"qkv.{layer}"][:d].mT
    k, v = (layer_norm(kept, (d,)) @ w[f"qkv.{layer}"][d:].mT).chunk(2, -1)
    mixed = attention(heads_of(q, heads), heads_of(k, heads), heads_of(v, heads), mask)
    x = x + mixed.transpose(-3, -2).flatten(-2) @ w[f"proj.{layer}"].mT
    return x + gelu(layer_norm(x, (d,)) @ w[f"up.{layer}"].mT) @ w[f"down.{layer}"].mT


def layers_of(w: Mapping[str, Tensor]) -> int:
    """How many layers the weights have."""
    return sum(name.startswith("qkv.") for name in w)


def embed(tokens: Tensor, w: Mapping[str, Tensor], first: int = 0) -> Tensor:
    """Token plus position, the first position being ``first``: (*batch, T) -> (*batch, T, d)."""
    return w["tokens"][tokens] + w["positions"][first : first + tokens.shape[-1]]


def decode(x: Tensor, w: Mapping[str, Tensor], heads: int, mask: Tensor) -> Tensor:
    """Every layer, then logits from the token embeddings: (*batch, T, d) -> (*batch, T, V)."""
    for layer in range(layers_of(w)):
        x = block(x, x, w, layer, heads, mask.to(x))
    return layer_norm(x, x.shape[-1:]) @ w["tokens"].mT


def logits(tokens: Tensor, w: Mapping[str, Tensor], heads: int) -> Tensor:
    """(*batch, T) -> (*batch, T, V): row t is the law of token t + 1 given tokens 1 … t."""
    return decode(embed(tokens, w), w, heads, causal_mask(tokens.shape[-1]))


def step_logits(token: Tensor, cache: list[Tensor], w: Mapping[str, Tensor], heads: int) -> tuple[Tensor, list[Tensor]]:
    """Logits after one more token (*batch,), from what each layer kept of those before: (*batch, V), new cache.

    The cache holds the inputs of each layer, (*batch, t, d) (keys and values are linear in them); it starts as [].
    """
    past = cache[0].shape[-2] if cache else 0
    x, kept = embed(token[..., None], w, past), []
    for layer in range(layers_of(w)):
        kept.append(torch.cat([cache[layer], x], -2) if cache else x)
        x = block(x, kept[layer], w, layer, heads, torch.zeros(1, past + 1, dtype=x.dtype, device=x.device))
    return (layer_norm(x, x.shape[-1:]) @ w["tokens"].mT)[..., 0, :], kept


def log_prob(tokens: Tensor, w: Mapping[str, Tensor], heads: int) -> Tensor:
    """Σ_{t ≥ 2} log p(x_t | x_{<t}): the first token is given (a start symbol). (*batch, T) -> (*batch,)."""
    law = torch.log_softmax(logits(tokens, w, heads)[..., :-1, :], -1)
    return law.gather(-1, tokens[..., 1:, None])[..., 0].sum(-1)

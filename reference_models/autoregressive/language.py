"""Language models over a given next-token network: scoring, sampling, captions, prompts, mixed tokens. Imports torch.

Source   Bengio et al. 2003; Holtzman et al. 2020, section 3 (top-p); Sutskever et al. 2014 (sequence to sequence).
Shapes   tokens are (*batch, T) int64. ``network`` maps a prefix (*batch, t), t ≥ 0, to logits (*batch, V) of the next
         token; a conditioned one maps (u, prefix). float64, nats.
Here     losses are SUMS over tokens, means over nothing. Temperature divides logits, first; then top-k keeps ties, and
         top-p keeps the token that crosses p.
"""

from collections.abc import Callable, Sequence

import torch
from torch import Tensor

Network = Callable[[Tensor], Tensor]
Conditioned = Callable[[Tensor, Tensor], Tensor]


def log_prob(tokens: Tensor, network: Network) -> Tensor:
    """log p(x_1 … x_T) = Σ_t log softmax(h(x_{<t}))_{x_t}: (*batch, T) -> (*batch,)."""
    total = torch.zeros(tokens.shape[:-1], dtype=torch.float64, device=tokens.device)
    for t in range(tokens.shape[-1]):
        law = torch.log_softmax(network(tokens[..., :t]), -1)
        total = total + law.gather(-1, tokens[..., t : t + 1])[..., 0]
    return total


def truncated(logits: Tensor, temperature: float, top_k: int, top_p: float) -> Tensor:
    """The law that is sampled from: temperature, then the k likeliest, then the least set of mass p: probabilities."""
    p = torch.softmax(logits / temperature, -1)
    p = torch.where(p >= p.topk(top_k).values[..., -1:], p, torch.zeros_like(p))  # ties with the k-th stay
    p = p / p.sum(-1, keepdim=True)
    ordered, place = torch.sort(p, dim=-1, descending=True, stable=True)
    before = ordered.cumsum(-1) - ordered  # mass of the likelier tokens
    kept = torch.zeros_like(p).scatter(-1, place, torch.where(before < top_p, ordered, torch.zeros_like(p)))
    return kept / kept.sum(-1, keepdim=True)


def sample(network: Network, n: int, length: int, temperature: float, generator: torch.Generator) -> Tensor:
    """n sequences, token after token from softmax(h/temperature): (n, length) int64."""
    x = torch.zeros(n, 0, dtype=torch.int64, device=generator.device)
    for _ in range(length):
        law = torch.softmax(network(x) / temperature, -1)
        x = torch.cat([x, torch.multinomial(law, 1, generator=generator)], -1)
    return x


def caption_loss(u: Tensor, y: Tensor, lengths: Tensor, network: Conditioned) -> Tensor:
    """−Σ_{t ≤ length} log p(y_t | y_{<t}, u), the true y_{<t} being read: (batch, …), (batch, T) -> (batch,)."""
    total = torch.zeros(y.shape[0], dtype=torch.float64, device=y.device)
    for t in range(y.shape[1]):
        law = torch.log_softmax(network(u, y[:, :t]), -1)
        total = total - torch.where(t < lengths, law.gather(-1, y[:, t : t + 1])[:, 0], torch.zeros_like(total))
    return total


def image_tokens(image: Tensor, size: int, vision: Tensor, projection: Tensor) -> Tensor:
    """Patches of size × size, row by row, encoded and projected to the width of word embeddings.

    image (*batch, rows, columns), vision (f, size²), projection (d, f) -> (*batch, patches, d).
    """
    patches = image.unfold(-2, size, size).unfold(-2, size, size).flatten(-2).flatten(-3, -2)
    return torch.tanh(patches @ vision.mT) @ projection.mT


def answer_loss(
    image: Tensor, prompt: Tensor, answer: Tensor, decode: Callable[[Tensor], Tensor], words: Tensor
) -> Tensor:
    """−Σ_t log p(y_t | image, prompt, y_{<t}): image (batch, n, d), prompt (batch, m), answer (batch, T) -> (batch,).

    ``decode`` maps a sequence of embeddings (batch, n + m + T, d) to logits of the token after each place; ``words``
    (V, d) embeds tokens. Only the answer is scored: the image and the prompt are given.
    """
    x = torch.cat([image, words[prompt], words[answer]], -2)
    given = image.shape[-2] + prompt.shape[-1]
    law = torch.log_softmax(decode(x)[:, given - 1 : -1], -1)
    return -law.gather(-1, answer[..., None])[..., 0].sum(-1)


def joined(parts: Sequence[Tensor], sizes: Sequence[int]) -> Tensor:
    """One sequence over the joint vocabulary: the tokens of part i are moved up by the sizes of those before."""
    offsets = [sum(sizes[:i]) for i in range(len(sizes))]
    return torch.cat([part + offset for part, offset in zip(parts, offsets, strict=True)], -1)


def modality(tokens: Tensor, sizes: Sequence[int]) -> Tensor:
    """Which part of the joint vocabulary each token belongs to: 0, 1, …"""
    ends = torch.tensor(sizes, device=tokens.device).cumsum(0)
    return (tokens[..., None] >= ends).sum(-1)

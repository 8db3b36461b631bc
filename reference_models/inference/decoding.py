"""Decoding: temperature, greedy, top-k, top-p, beam search. Standalone: imports torch; nothing of ours.

Source   Ackley et al. 1985; Fan et al. 2018; Holtzman et al. 2020, section 3; Russell and Norvig 2021, chapter 24.
Shapes   logits and log-probabilities are (*batch, v); a sequence is a tuple of whole numbers; ``next_log_probs`` maps a
         prefix to the log-probabilities (v,) of what follows. float64, nats.
Here     a temperature divides logits. Truncated laws are renormalised, what is cut has −inf. Top-k keeps everything at
         least as probable as the k-th, ties included; top-p the smallest set whose mass reaches p, largest first.
         Beam search ranks by total log-probability, without a length penalty.
"""

from collections.abc import Callable

import torch
from torch import Tensor

Next = Callable[[tuple[int, ...]], Tensor]


def tempered(logits: Tensor, temperature: float) -> Tensor:
    """log softmax(logits/T)."""
    return torch.log_softmax(logits / temperature, -1)


def top_k(logits: Tensor, k: int) -> Tensor:
    """The law restricted to the k most probable, renormalised."""
    least = logits.topk(k, -1).values[..., -1:]
    return torch.log_softmax(torch.where(logits >= least, logits, -torch.inf), -1)


def top_p(logits: Tensor, p: float) -> Tensor:
    """The law restricted to its nucleus: an outcome stays while those before it have less mass than p."""
    order = torch.argsort(logits, dim=-1, descending=True, stable=True)
    mass = torch.softmax(logits.gather(-1, order), -1)
    before = mass.cumsum(-1) - mass  # of the more probable ones
    kept = torch.zeros_like(logits, dtype=torch.bool).scatter(-1, order, before < p)
    return torch.log_softmax(torch.where(kept, logits, -torch.inf), -1)


def sequence_log_prob(next_log_probs: Next, sequence: tuple[int, ...]) -> Tensor:
    """Σ_t log p(x_t | x_<t)."""
    return torch.stack([next_log_probs(sequence[:t])[x] for t, x in enumerate(sequence)]).sum()


def greedy(next_log_probs: Next, length: int) -> tuple[int, ...]:
    """The most probable next token, again and again."""
    sequence: tuple[int, ...] = ()
    for _ in range(length):
        sequence = (*sequence, int(next_log_probs(sequence).argmax()))
    return sequence


def beam_search(next_log_probs: Next, length: int, width: int) -> list[tuple[tuple[int, ...], float]]:
    """The ``width`` best prefixes by log-probability, extended by every token, again and again: best first."""
    beams: list[tuple[tuple[int, ...], float]] = [((), 0.0)]
    for _ in range(length):
        grown = [
            ((*x, token), score + float(step)) for x, score in beams for token, step in enumerate(next_log_probs(x))
        ]
        beams = sorted(grown, key=lambda found: -found[1])[:width]
    return beams


def sampled(next_log_probs: Next, length: int, generator: torch.Generator) -> tuple[int, ...]:
    """One draw, token by token."""
    sequence: tuple[int, ...] = ()
    for _ in range(length):
        law = torch.exp(next_log_probs(sequence))
        sequence = (*sequence, int(torch.multinomial(law, 1, generator=generator)))
    return sequence


def sampled_many(next_log_probs: Callable[[Tensor], Tensor], length: int, n: int, generator: torch.Generator) -> Tensor:
    """n draws of a length at once, all of the same length: ``next_log_probs`` maps (n, t) to (n, v) -> (n, length)."""
    sequences = torch.zeros((n, 0), dtype=torch.int64, device=generator.device)
    for _ in range(length):
        law = torch.exp(next_log_probs(sequences))
        sequences = torch.cat([sequences, torch.multinomial(law, 1, generator=generator)], -1)
    return sequences

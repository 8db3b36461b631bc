"""Scores by judges and references: mean opinion score, BLEU, accuracy, LLM as a judge. Standalone: imports math, torch.

Source   ITU-T P.800, 1996; Papineni et al. 2002, section 2; Zheng et al. 2023, section 3.
Shapes   ratings (items, raters) with a mask; predictions and labels (n,) whole numbers; preferences and scores (n,) or
         (k, k); token sequences are tuples of strings. float64.
Here     BLEU is of one candidate and its references, n-grams up to 4 with equal weights, not smoothed, from 0 to 1; the
         reference length is the closest, the shorter on a tie. P(A) of a judge is averaged over both orders.
"""

import math
from collections import Counter
from collections.abc import Sequence

import torch
from torch import Tensor

Tokens = tuple[str, ...]


def mean_opinion_score(ratings: Tensor, mask: Tensor) -> Tensor:
    """The mean over items of the mean over their raters: (items, raters) twice -> ()."""
    return ((ratings * mask).sum(1) / mask.sum(1)).mean()


def ngrams(tokens: Tokens, n: int) -> Counter[Tokens]:
    """How often each run of n tokens occurs."""
    return Counter(tokens[i : i + n] for i in range(len(tokens) - n + 1))


def clipped_matches(candidate: Tokens, references: Sequence[Tokens], n: int) -> tuple[int, int]:
    """Σ min(count in the candidate, largest count in a reference), and the candidate's number of n-grams."""
    counts = ngrams(candidate, n)
    most: Counter[Tokens] = Counter()
    for reference in references:
        most |= ngrams(reference, n)  # the larger count of each
    return sum((counts & most).values()), sum(counts.values())


def brevity_penalty(candidate: float, reference: float) -> float:
    """1 if c > r, else e^(1 − r/c)."""
    return 1.0 if candidate > reference else math.exp(1 - reference / candidate)


def bleu(candidate: Tokens, references: Sequence[Tokens], order: int = 4) -> float:
    """BP e^(¼ Σ log p_n); 0 where some order has no match."""
    closest = min((abs(len(r) - len(candidate)), len(r)) for r in references)[1]
    parts = [clipped_matches(candidate, references, n) for n in range(1, order + 1)]
    if min(found for found, _ in parts) == 0:
        return 0.0
    mean = math.fsum(math.log(found / total) for found, total in parts) / order
    return brevity_penalty(len(candidate), closest) * math.exp(mean)


def accuracy(predicted: Tensor, labels: Tensor) -> Tensor:
    """The share of equal labels: (n,), (n,) -> ()."""
    return (predicted == labels).to(torch.float64).mean()


def confusion(predicted: Tensor, labels: Tensor, k: int) -> Tensor:
    """Counts of (label, prediction): (k, k)."""
    return torch.bincount(labels * k + predicted, minlength=k * k).reshape(k, k)


def absolute_score(scale: Tensor, probs: Tensor) -> Tensor:
    """E of the rating under the judge's law over the scale: (m,), (n, m) -> (n,)."""
    return probs @ scale


def symmetrised_preference(first_order: Tensor, second_order: Tensor) -> Tensor:
    """½ (P(A shown first wins) + 1 − P(B shown first wins)): the judge's preference for A, free of its order."""
    return (first_order + 1 - second_order) / 2


def win_rates(preference: Tensor) -> Tensor:
    """The mean preference of each system over the others: (k, k) -> (k,); the diagonal doesn't count."""
    k = len(preference)
    off = preference - torch.diag(preference.diagonal())
    return off.sum(1) / (k - 1)

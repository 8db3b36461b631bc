"""Contents and mean lengths, outcome by outcome. Standalone: imports math, torch; nothing of ours.

Idea     sums over tables, and torch's own entropy where one is needed.
Source   Cover and Thomas 2006, chapter 5; MacKay 2003, chapter 2.
Shapes   every argument is a scalar tensor; results are scalars. float64; contents in nats, lengths in bits.
Error    rounding alone, below 1e-12 (1 + |value|).
"""

import math

import torch
from torch import Tensor
from torch.distributions import Bernoulli, Categorical, Distribution


def entropy_of(law: Distribution) -> Tensor:
    """torch's own entropy."""
    value: Tensor = law.entropy()
    return value


def log_prob(law: Distribution, x: Tensor) -> Tensor:
    """torch's log-density."""
    value: Tensor = law.log_prob(x)
    return value


def content_of_both(p: Tensor, q: Tensor) -> Tensor:
    """Minus the log-probability that two independent coins both show 1, by torch's laws."""
    one = torch.ones_like(p)
    value: Tensor = -(log_prob(Bernoulli(p), one) + log_prob(Bernoulli(q), one))
    return value


def content(p: Tensor) -> Tensor:
    """Minus the log-probability of 1."""
    value: Tensor = -log_prob(Bernoulli(p), torch.ones_like(p))
    return value


def three_outcomes(p: Tensor, q: Tensor) -> Tensor:
    """The entropy of p, (1 − p)q, (1 − p)(1 − q)."""
    return entropy_of(Categorical(torch.stack([p, (1 - p) * q, (1 - p) * (1 - q)])))


def mean_length(*numbers: Tensor) -> Tensor:
    """Σ p ℓ with ℓ = −log₂ of a share of Kraft's sum: three weights of symbols, three of words, and what is unused."""
    p, k = torch.stack(numbers[:3]), torch.stack(numbers[3:])
    lengths = -torch.log2(k[:3] / k.sum())
    return (p / p.sum() * lengths).sum()


def rounded_length(*numbers: Tensor) -> Tensor:
    """Σ p (−log₂ p + what rounding adds): three weights of symbols, then three additions."""
    p = torch.stack(numbers[:3]) / torch.stack(numbers[:3]).sum()
    return (p * (-torch.log2(p) + torch.stack(numbers[3:]))).sum()


if __name__ == "__main__":
    one, half = torch.tensor([1.0, 0.5], dtype=torch.float64)
    print(content(half) / math.log(2), mean_length(2 * one, one, one, 2 * one, one, one))  # 1 bit; 1.5 bits

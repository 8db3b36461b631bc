"""Likelihood scores: bits per dimension, perplexity, ELBO as a score, comparison on held-out data.

Standalone: imports math, torch; nothing of ours.
Source   Theis et al. 2016, section 3; Jurafsky and Martin 2025, chapter 3; Burda et al. 2016; Vuong 1989.
Shapes   log-probabilities are (n,) or, for tokens, (*batch, n) with a mask; log-weights (*batch, k); results () or
         (*batch,). Nats, but bits where named so.
Here     scores are means over examples; perplexity is per token. A difference is first minus second, and its standard
         error is of paired differences, divided by n − 1.
"""

import math

import torch
from torch import Tensor


def bits_per_dim(log_prob: Tensor, dims: int, levels: int) -> Tensor:
    """NLL/(d log 2) + log₂ levels: for densities of data scaled to [0, 1] from whole numbers 0 … levels − 1."""
    return -log_prob.mean(-1) / (dims * math.log(2)) + math.log2(levels)


def perplexity(log_prob: Tensor, mask: Tensor) -> Tensor:
    """exp of the mean −log p(x_t | x_<t) over all tokens that count: (*batch, n) twice -> ()."""
    return torch.exp(-(log_prob * mask).sum() / mask.sum())


def elbo_score(log_w: Tensor) -> Tensor:
    """Mean of log p(x, z)/q(z | x) over draws of q: (*batch, k) -> (*batch,)."""
    return log_w.mean(-1)


def log_ratio(first: Tensor, second: Tensor) -> tuple[Tensor, Tensor]:
    """The mean of log p₁(x_i) − log p₂(x_i) and its standard error: two (n,) -> (), ()."""
    difference = first - second
    return difference.mean(), difference.std() / math.sqrt(len(difference))

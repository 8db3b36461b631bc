"""Models of tokens by tables: n-gram models and full conditional probability tables. Standalone: imports torch.

Source   Jurafsky and Martin, Speech and Language Processing (3rd ed.), chapter 3; Murphy 2012, section 10.1.
Shapes   tokens are (T,) int64 in 0 … V − 1; tables have one axis per token, the last one predicted. float64, nats.
Here     nothing is smoothed unless said: a context that was never seen has NaN for its row. A sequence is scored from
         its n-th token on; the first n − 1 are given.
"""

from collections.abc import Sequence

import torch
from torch import Tensor


def ngram_counts(tokens: Tensor, n: int, vocabulary: int) -> Tensor:
    """How often each n-gram occurs: (T,) -> (V,)·n, the last axis the token that follows its context."""
    grams = tokens.unfold(0, n, 1)  # (T − n + 1, n)
    places = vocabulary ** torch.arange(n - 1, -1, -1, device=tokens.device)
    flat = torch.bincount((grams * places).sum(-1), minlength=vocabulary**n)
    return flat.reshape((vocabulary,) * n).to(torch.float64)


def ngram_smoothed(counts: Tensor, k: Tensor) -> Tensor:
    """P(w | context) = (count(context, w) + k)/(count(context) + k V): Laplace's rule at k = 1."""
    return (counts + k) / (counts.sum(-1, keepdim=True) + k * counts.shape[-1])


def ngram_log_prob(tokens: Tensor, table: Tensor) -> Tensor:
    """Σ_{t ≥ n} log P(x_t | x_{t−n+1} … x_{t−1}) of tokens (T,), with n the number of the table's axes: scalar."""
    grams = tokens.unfold(0, table.dim(), 1)  # (T − n + 1, n)
    return torch.log(table[tuple(grams.T)]).sum()


def ngram_free_parameters(vocabulary: int, n: int) -> int:
    """V^(n−1) (V − 1): each context's row sums to 1."""
    return int(vocabulary ** (n - 1) * (vocabulary - 1))


def conditionals(joint: Tensor) -> list[Tensor]:
    """p(x_i | x_1 … x_{i−1}) for each i, tables of 1 to n axes, from a joint table of n axes."""
    found = []
    for i in range(1, joint.dim() + 1):
        margin = joint.sum(tuple(range(i, joint.dim()))) if i < joint.dim() else joint  # p(x_1 … x_i)
        found.append(margin / margin.sum(-1, keepdim=True))
    return found


def tables_log_prob(x: Tensor, tables: Sequence[Tensor]) -> Tensor:
    """Σ_i log p(x_i | x_{<i}): x is (*batch, n) int64; n look-ups each -> (*batch,)."""
    terms = [torch.log(table[tuple(x[..., : i + 1].unbind(-1))]) for i, table in enumerate(tables)]
    return torch.stack(terms).sum(0)


def tables_free_parameters(n: int, k: int) -> int:
    """Σ_i k^(i−1) (k − 1) = k^n − 1."""
    return int(sum(k ** (i - 1) * (k - 1) for i in range(1, n + 1)))

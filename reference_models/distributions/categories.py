"""Laws of categories: Categorical by logits, Multinomial. Standalone: imports torch; nothing of ours.

Source   Bishop 2006, section 2.2; Murphy 2022, section 2.5.
Shapes   logits and p are (*batch, K), probabilities along the last axis; a category is an int64 (*batch,) from 0.
Here     counts are float64 (*batch, K). Results are in nats. A mass of zero has log-probability −inf.
"""

import torch
from torch import Tensor


def softmax(logits: Tensor) -> Tensor:
    """π_k = e^(l_k) / Σ_j e^(l_j), along the last axis; the largest logit is subtracted, which changes nothing."""
    raised = torch.exp(logits - logits.max(-1, keepdim=True).values)
    return raised / raised.sum(-1, keepdim=True)


def categorical_log_prob(x: Tensor, logits: Tensor) -> Tensor:
    """log P(x) = l_x − log Σ_j e^(l_j): (*batch,), (*batch, K) -> (*batch,)."""
    return logits.gather(-1, x[..., None])[..., 0] - torch.logsumexp(logits, -1)


def categorical_sample(logits: Tensor, n: int, generator: torch.Generator) -> Tensor:
    """n draws by the inverse of the cumulative masses: (*batch, K) -> (n, *batch), int64."""
    u = torch.rand((n, *logits.shape[:-1], 1), generator=generator, dtype=logits.dtype, device=logits.device)
    below = torch.cumsum(softmax(logits), -1)[..., :-1]  # P(x ≤ k), k = 0 … K − 2
    return (u >= below).sum(-1)  # x = k where P(x < k) ≤ u < P(x ≤ k)


def categorical_mle(x: Tensor, k: int) -> Tensor:
    """Relative frequencies: (n, *batch) int64 -> (*batch, k)."""
    return torch.nn.functional.one_hot(x, k).to(torch.float64).mean(0)


def multinomial_log_prob(counts: Tensor, p: Tensor) -> Tensor:
    """log n!/(Π x_k!) Π p_k^x_k, with n = Σ x_k and 0 log 0 = 0: (*batch, K) -> (*batch,)."""
    ways = torch.lgamma(counts.sum(-1) + 1) - torch.lgamma(counts + 1).sum(-1)
    return ways + torch.xlogy(counts, p).sum(-1)


def multinomial_sample(n: int, p: Tensor, draws: int, generator: torch.Generator) -> Tensor:
    """Sums of n one-hot categories: (K,) -> (draws, K)."""
    u = torch.rand((draws, n, 1), generator=generator, dtype=p.dtype, device=p.device)
    x = (u >= torch.cumsum(p, -1)[:-1]).sum(-1)
    return torch.nn.functional.one_hot(x, p.shape[-1]).to(p.dtype).sum(1)

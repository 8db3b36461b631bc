"""Masked and next-token prediction. Standalone: imports torch; nothing of ours.

Source   Devlin et al. 2019, section 3.1; Besag 1975 for the pseudo-likelihood; Bengio et al. 2003, section 2.
Shapes   tokens are (*batch, n) whole numbers 0 … v − 1; a joint law over n tokens is a tensor of n axes of length v;
         logits are (*batch, n, v); losses (*batch,). float64, nats.
Here     losses are sums over positions, not means. logits[t] may depend on the tokens before t alone.
"""

import torch
from torch import Tensor


def masked_log_prob(tokens: Tensor, joint: Tensor, mask: Tensor, i: int) -> Tensor:
    """log p(x_i | x_j for all j not in the mask), i in the mask: tokens (n,), mask (n,) of booleans -> ()."""
    index = tuple(slice(None) if bool(hidden) else int(t) for t, hidden in zip(tokens, mask, strict=True))
    left = joint[index]  # one axis for each masked position
    axis = int(mask[:i].sum())
    marginal = left.sum([a for a in range(left.ndim) if a != axis]) if left.ndim > 1 else left
    return torch.log(marginal[int(tokens[i])] / marginal.sum())


def masked_nll(tokens: Tensor, joint: Tensor, mask: Tensor) -> Tensor:
    """−Σ_(i in M) log p(x_i | x_∖M): each masked token on its own, given all that is seen."""
    terms = [masked_log_prob(tokens, joint, mask, i) for i in range(len(tokens)) if bool(mask[i])]
    return -torch.stack(terms).sum()


def pseudo_nll(tokens: Tensor, joint: Tensor) -> Tensor:
    """−Σ_i log p(x_i | x_∖i), the sum of masked losses with one mask each."""
    eye = torch.eye(len(tokens), dtype=torch.bool)
    return torch.stack([masked_nll(tokens, joint, row) for row in eye]).sum()


def token_nll(tokens: Tensor, logits: Tensor) -> Tensor:
    """−Σ_t log softmax(logits_t)[x_t]: (*batch, n), (*batch, n, v) -> (*batch,)."""
    return -torch.log_softmax(logits, -1).gather(-1, tokens[..., None])[..., 0].sum(-1)


def next_token_logits(tokens: Tensor, joint: Tensor) -> Tensor:
    """log p(x_t = · | x_<t) of a joint law along given tokens: (n,) -> (n, v)."""
    rows = []
    for t in range(len(tokens)):
        left = joint[tuple(int(x) for x in tokens[:t])]  # p(x_<t, x_t, …)
        rows.append(torch.log(left.sum(list(range(1, left.ndim))) if left.ndim > 1 else left))
    return torch.log_softmax(torch.stack(rows), -1)

"""Gradients of expectations: score-function, pathwise, Gumbel-Softmax. Standalone: imports torch; nothing of ours.

Source   Williams 1992; Kingma and Welling 2014, section 2.4; Jang et al. 2017, section 2; Bengio et al. 2013.
Shapes   draws lie along the first axis; logits are (k,), one-hot vectors and relaxed samples (n, k); gradient estimates
         (n, parameters), one row for each draw, not averaged.
Here     a normal is given by mean and std (log-scale where named so); Gumbel noise is −log(−log u) of uniform u.
"""

from collections.abc import Callable

import torch
from torch import Tensor

Function = Callable[[Tensor], Tensor]


def categorical_score(x: Tensor, logits: Tensor) -> Tensor:
    """∇_logits log softmax(logits)[x] = onehot(x) − softmax(logits): (n,) -> (n, k)."""
    return torch.nn.functional.one_hot(x, len(logits)).to(logits.dtype) - torch.softmax(logits, -1)


def normal_score(x: Tensor, mean: Tensor, std: Tensor) -> Tensor:
    """∇_(mean, std) log N(x; mean, std²): (n,) -> (n, 2)."""
    z = (x - mean) / std
    return torch.stack([z / std, (z**2 - 1) / std], -1)


def score_function(f: Tensor, score: Tensor, baseline: Tensor) -> Tensor:
    """(f(x) − b) ∇ log q(x) for each draw: (n,), (n, p) -> (n, p)."""
    return (f - baseline)[:, None] * score


def pathwise(f: Function, mean: Tensor, std: Tensor, noise: Tensor) -> Tensor:
    """∇_(mean, std) f(mean + std ε) for each ε: (n,) -> (n, 2)."""
    one = torch.func.jacrev(lambda theta, e: f(theta[0] + theta[1] * e))
    found: Tensor = torch.func.vmap(one, in_dims=(None, 0))(torch.stack([mean, std]), noise)
    return found


def gumbel(u: Tensor) -> Tensor:
    """−log(−log u), standard Gumbel for uniform u."""
    return -torch.log(-torch.log(u))


def gumbel_softmax(logits: Tensor, u: Tensor, temperature: float) -> Tensor:
    """softmax((logits + G)/τ): (n, k) -> (n, k), on the simplex."""
    return torch.softmax((logits + gumbel(u)) / temperature, -1)


def straight_through(logits: Tensor, u: Tensor, temperature: float) -> Tensor:
    """The one-hot argmax forward, the relaxed sample's gradient backward: (n, k)."""
    soft = gumbel_softmax(logits, u, temperature)
    hard = torch.nn.functional.one_hot(soft.argmax(-1), soft.shape[-1]).to(soft.dtype)
    return hard + soft - soft.detach()

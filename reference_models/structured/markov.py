"""Markov chains and hidden Markov models on finite sets. Standalone: imports torch; nothing of ours.

Source   Bishop 2006, sections 13.1 and 13.2; Rabiner 1989, section III.
Shapes   start is (K,); transition is (K, K), row i the law of the next state after i; emission is (K, V), row by state.
Here     states x and symbols y are int64 (*batch, T) or (T,); time runs from 0; order 2 has (K, K, K) tables.
"""

import torch
from torch import Tensor


def chain_log_prob(x: Tensor, start: Tensor, transition: Tensor) -> Tensor:
    """log p(x_0) Π_t p(x_t | x_{t−1}): (*batch, T) -> (*batch,)."""
    return torch.log(start)[x[..., 0]] + torch.log(transition)[x[..., :-1], x[..., 1:]].sum(-1)


def chain_parameters(n: int, k: int) -> int:
    """Free numbers of n binary-like variables with tables of their own: k − 1, then (n − 1) k (k − 1)."""
    return (k - 1) + (n - 1) * k * (k - 1)


def stationary(transition: Tensor) -> Tensor:
    """π with π = π P and Σ π = 1, for a chain that has one: (K, K) -> (K,)."""
    k = transition.shape[0]
    balance = torch.eye(k, dtype=transition.dtype, device=transition.device) - transition.mT  # (I − Pᵀ) π = 0
    system = torch.cat([balance, torch.ones_like(balance[:1])])
    target = torch.zeros_like(system[:, :1])
    target[-1] = 1.0
    found: Tensor = (torch.linalg.pinv(system) @ target)[:, 0]
    return found


def embed(transition: Tensor) -> Tensor:
    """An order-2 chain as one of order 1 on pairs, (a, b) -> (b, c) with p(c | a, b): (K, K, K) -> (K², K²)."""
    k = transition.shape[0]
    pairs = torch.zeros((k, k, k, k), dtype=transition.dtype, device=transition.device)
    for b in range(k):
        pairs[:, b, b, :] = transition[:, b, :]  # the second of a pair is the first of the next
    return pairs.reshape(k * k, k * k)


def forward(y: Tensor, start: Tensor, transition: Tensor, emission: Tensor) -> Tensor:
    """α_t(i) = p(y_0 … y_t, z_t = i) = b_i(y_t) Σ_j α_{t−1}(j) P_ji: (T,) -> (T, K)."""
    alpha = [start * emission[:, y[0]]]
    for symbol in y[1:]:
        alpha.append(emission[:, symbol] * (transition.mT @ alpha[-1]))
    return torch.stack(alpha)


def backward(y: Tensor, transition: Tensor, emission: Tensor) -> Tensor:
    """β_t(i) = p(y_{t+1} … | z_t = i) = Σ_j P_ij b_j(y_{t+1}) β_{t+1}(j), β = 1 at the end: (T,) -> (T, K)."""
    beta = [torch.ones_like(emission[:, 0])]
    for symbol in y[1:].flip(0):
        beta.append(transition @ (emission[:, symbol] * beta[-1]))
    return torch.stack(beta[::-1])


def log_evidence(y: Tensor, start: Tensor, transition: Tensor, emission: Tensor) -> Tensor:
    """log p(y) = log Σ_i α_{T−1}(i)."""
    return torch.log(forward(y, start, transition, emission)[-1].sum())


def smoothed(y: Tensor, start: Tensor, transition: Tensor, emission: Tensor) -> Tensor:
    """p(z_t = i | y) = α_t(i) β_t(i)/p(y): (T,) -> (T, K)."""
    product = forward(y, start, transition, emission) * backward(y, transition, emission)
    return product / product.sum(-1, keepdim=True)


def viterbi(y: Tensor, start: Tensor, transition: Tensor, emission: Tensor) -> Tensor:
    """argmax_z p(z, y) by the largest product along paths: (T,) -> (T,) int64."""
    score, back = torch.log(start * emission[:, y[0]]), []
    for symbol in y[1:]:
        best = (score[:, None] + torch.log(transition)).max(0)  # over the state before
        score = best.values + torch.log(emission[:, symbol])
        back.append(best.indices)
    path = [score.argmax()]
    for came_from in back[::-1]:
        path.append(came_from[path[-1]])
    return torch.stack(path[::-1])

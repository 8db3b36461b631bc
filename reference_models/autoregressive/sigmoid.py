"""Autoregressive models of bits: the fully visible sigmoid belief network and NADE. Standalone: imports torch.

Source   Frey 1998 (FVSBN); Larochelle and Murray 2011 (NADE).
Shapes   x is (*batch, d), zeros and ones as float64 -> (*batch,). W is (d, d) or (hidden, d). nats.
Here     bits are taken in the order of their index; x_{<i} are those before bit i.
"""

import torch
from torch import Tensor
from torch.nn.functional import logsigmoid


def bits_log_prob(x: Tensor, logits: Tensor) -> Tensor:
    """Σ_i x_i log σ(a_i) + (1 − x_i) log σ(−a_i): (*batch, d) twice -> (*batch,)."""
    return (x * logsigmoid(logits) + (1 - x) * logsigmoid(-logits)).sum(-1)


def fvsbn_logits(x: Tensor, w: Tensor, b: Tensor) -> Tensor:
    """a_i = Σ_{j<i} w_ij x_j + b_i: only what lies below the diagonal of w counts."""
    return x @ torch.tril(w, -1).mT + b


def fvsbn_log_prob(x: Tensor, w: Tensor, b: Tensor) -> Tensor:
    """Σ_i log p(x_i | x_{<i}) with p(x_i = 1 | x_{<i}) = σ(a_i)."""
    return bits_log_prob(x, fvsbn_logits(x, w, b))


def fvsbn_sample(w: Tensor, b: Tensor, n: int, generator: torch.Generator) -> Tensor:
    """n draws, bit after bit: (n, d)."""
    x = torch.zeros(n, b.numel(), dtype=b.dtype, device=b.device)
    u = torch.rand(x.shape, generator=generator, dtype=b.dtype, device=b.device)
    for i in range(b.numel()):
        x[:, i] = (u[:, i] < torch.sigmoid(fvsbn_logits(x, w, b)[:, i])).to(b.dtype)
    return x


def fvsbn_free_parameters(d: int) -> int:
    """d (d − 1)/2 weights and d biases."""
    return d * (d + 1) // 2


def nade_logits(x: Tensor, w: Tensor, c: Tensor, v: Tensor, b: Tensor) -> Tensor:
    """a_i = v_i · σ(c + Σ_{j<i} W_{·j} x_j) + b_i, by running sums: (*batch, d), (H, d), (H,), (d, H), (d,)."""
    running = c.expand(*x.shape[:-1], c.numel())
    found = []
    for i in range(b.numel()):
        found.append((torch.sigmoid(running) * v[i]).sum(-1) + b[i])  # h_i = σ(running)
        running = running + w[:, i] * x[..., i : i + 1]
    return torch.stack(found, -1)


def nade_logits_direct(x: Tensor, w: Tensor, c: Tensor, v: Tensor, b: Tensor) -> Tensor:
    """The same by the definition, the sum taken again for each i: O(d² H) in place of O(d H)."""
    hidden = [torch.sigmoid(c + x[..., :i] @ w[:, :i].mT) for i in range(b.numel())]
    return torch.stack([(h * v[i]).sum(-1) + b[i] for i, h in enumerate(hidden)], -1)


def nade_log_prob(x: Tensor, w: Tensor, c: Tensor, v: Tensor, b: Tensor) -> Tensor:
    """Σ_i log p(x_i | x_{<i})."""
    return bits_log_prob(x, nade_logits(x, w, c, v, b))


def nade_sample(w: Tensor, c: Tensor, v: Tensor, b: Tensor, n: int, generator: torch.Generator) -> Tensor:
    """n draws, bit after bit: (n, d)."""
    x = torch.zeros(n, b.numel(), dtype=b.dtype, device=b.device)
    u = torch.rand(x.shape, generator=generator, dtype=b.dtype, device=b.device)
    for i in range(b.numel()):
        x[:, i] = (u[:, i] < torch.sigmoid(nade_logits(x, w, c, v, b)[:, i])).to(b.dtype)
    return x

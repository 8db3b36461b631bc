"""Probabilistic circuits over bits: leaves, weighted sums and products. Standalone: imports torch; nothing of ours.

Source   Choi, Vergari and Van den Broeck 2020; Darwiche 2009, chapter 12.
Shapes   x is (*batch, n) of 0, 1 and NaN, where NaN means: this bit is summed out; values are (*batch,). float64.
Here     a circuit is nested tuples: ("leaf", i, p), ("sum", weights, children), ("product", children).
"""

from typing import Any

import torch
from torch import Tensor

Circuit = tuple[Any, ...]


def value(circuit: Circuit, x: Tensor) -> Tensor:
    """p(x) from the leaves up; a leaf whose bit is NaN has value 1, its integral: (*batch, n) -> (*batch,)."""
    kind = circuit[0]
    if kind == "leaf":
        bit, p = x[..., circuit[1]], circuit[2]
        return torch.where(torch.isnan(bit), 1.0, torch.where(bit == 1, p, 1 - p))
    if kind == "sum":
        return torch.stack([w * value(c, x) for w, c in zip(circuit[1], circuit[2], strict=True)]).sum(0)
    return torch.stack([value(c, x) for c in circuit[1]]).prod(0)


def scope(circuit: Circuit) -> frozenset[int]:
    """The bits that a circuit speaks of."""
    if circuit[0] == "leaf":
        return frozenset({circuit[1]})
    return frozenset().union(*[scope(c) for c in circuit[-1]])


def smooth(circuit: Circuit) -> bool:
    """Whether the children of every sum have the same scope."""
    if circuit[0] == "leaf":
        return True
    same = circuit[0] != "sum" or len({scope(c) for c in circuit[-1]}) == 1
    return same and all(smooth(c) for c in circuit[-1])


def decomposable(circuit: Circuit) -> bool:
    """Whether the children of every product have disjoint scopes."""
    if circuit[0] == "leaf":
        return True
    apart = circuit[0] != "product" or sum(len(scope(c)) for c in circuit[-1]) == len(scope(circuit))
    return apart and all(decomposable(c) for c in circuit[-1])


def max_product(circuit: Circuit) -> Tensor:
    """Sums replaced by their largest term: at most max_x p(x), and equal to it where sums are deterministic."""
    if circuit[0] == "leaf":
        return torch.maximum(circuit[2], 1 - circuit[2])
    if circuit[0] == "sum":
        return torch.stack([w * max_product(c) for w, c in zip(circuit[1], circuit[2], strict=True)]).max(0).values
    return torch.stack([max_product(c) for c in circuit[1]]).prod(0)

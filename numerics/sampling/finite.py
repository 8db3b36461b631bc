"""A law over a short list of outcomes, and a table of values looked up at the outcome that was drawn.

This is what a sum over a table becomes: Σ w_k f_k with w_k ≥ 0 is Σ w_k times the mean of f at an outcome drawn in
proportion to the weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import sympy as sp
import torch
from torch import Tensor

from claims.notation import Law, Notation
from numerics.sampling.samplers import Number, Sampler
from numerics.undetermined import Undetermined


class Finite(Law):
    """The outcomes 0, 1, …, drawn in proportion to the given weights, whatever their sum. ``Finite(w_0, w_1, …)``."""

    def __new__(cls, *weights: sp.Expr) -> Finite:
        if len(weights) < 2:
            raise TypeError(f"a law over a list has two outcomes or more, not {len(weights)}")
        return super().__new__(cls, *(sp.sympify(w, strict=True) for w in weights))  # type: ignore[no-any-return]

    def _sympystr(self, printer: sp.StrPrinter) -> str:
        return f"Finite({', '.join(map(printer.doprint, self.args))})"


class Lookup(Notation):
    """The value that stands at place k, counted from 0. ``Lookup(k, v_0, v_1, …)``."""

    shape_of_text = "table[{0}]"


def finite(*weights: Number) -> Sampler:
    """The number of an outcome. Raises Undetermined for weights that are no numbers, below zero, or all zero."""
    masses = side_by_side([torch.as_tensor(w, dtype=torch.float64) for w in weights])
    return Sampler(2, lambda stream, samples, first: placed(stream.uniforms_at(samples, 1, 0, first)[:, 0], masses))


def side_by_side(weights: Sequence[Tensor]) -> Tensor:
    """Weights, each () or (count,), as (outcomes,) or (count, outcomes)."""
    shape = reduce(torch.add, weights).shape
    return torch.stack([torch.broadcast_to(w, shape) for w in weights], -1)


def placed(u: Tensor, weights: Tensor) -> Tensor:
    """The outcome whose part of the unit interval each uniform number falls into, (count,). Raises Undetermined.

    Weights are (outcomes,), or (count, outcomes) where each draw has its own.
    """
    masses = weights.to(u.device)
    total = masses.sum(-1, keepdim=True)
    if not bool(masses.isfinite().all()) or bool((masses < 0).any()) or not bool((total > 0).all()):
        raise Undetermined(f"the weights {masses.reshape(-1, masses.shape[-1])[0].tolist()} are those of no law")
    ends = torch.cumsum(masses / total, -1).expand(len(u), -1).contiguous()
    found = torch.searchsorted(ends, u[:, None].contiguous(), right=True)[:, 0]
    return found.clamp(max=masses.shape[-1] - 1).to(torch.float64)


def looked_up(place: Tensor, *values: Tensor) -> Tensor:
    """The value at each place, (count,): places (count,), values (1,) or scalars."""
    table = torch.stack([v.reshape(()) for v in values])
    return table[place.long()]

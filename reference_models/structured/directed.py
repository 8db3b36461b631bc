"""Directed graphs over discrete variables: joints, separation, interventions, potential outcomes. Imports torch.

Source   Pearl 2009, sections 1.2, 3.2 and 3.3; Imbens and Rubin 2015, chapters 6 and 12; Koller, Friedman 2009, ch. 3.
Shapes   tables[i] is p(x_i | parents[i]) with one axis per parent, in their order, and the axis of x_i last.
Here     variables are numbered so that parents come first; a joint has axis i for variable i. float64.
"""

from collections.abc import Sequence

import torch
from torch import Tensor


def joint(parents: Sequence[Sequence[int]], tables: Sequence[Tensor]) -> Tensor:
    """Π_i p(x_i | pa_i) over every assignment, one axis a variable: no constant is needed."""
    n = len(tables)
    found = torch.ones([t.shape[-1] for t in tables], dtype=tables[0].dtype, device=tables[0].device)
    for i, (pa, table) in enumerate(zip(parents, tables, strict=True)):
        found = found * _placed(table, [*pa, i], n)
    return found


def _placed(table: Tensor, axes: Sequence[int], n: int) -> Tensor:
    """A table of some variables as one over all n, broadcast along the others."""
    order = sorted(range(len(axes)), key=lambda a: axes[a])
    shape = [1] * n
    for a in order:
        shape[axes[a]] = table.shape[a]
    return table.permute(order).reshape(shape)


def d_separated(parents: Sequence[Sequence[int]], a: int, b: int, given: Sequence[int]) -> bool:
    """Whether no path is open: a and b fall apart in the moral graph of the ancestors of a, b and what is given."""
    kept, todo = set(), [a, b, *given]
    while todo:
        i = todo.pop()
        kept.add(i)
        todo += [p for p in parents[i] if p not in kept]
    edges = {frozenset((i, p)) for i in kept for p in parents[i]}
    edges |= {frozenset((p, q)) for i in kept for p in parents[i] for q in parents[i] if p != q}  # marry parents
    reached, todo = {a}, [a]
    while todo:
        i = todo.pop()
        near = {j for e in edges if i in e for j in e} - {i}
        todo += [j for j in near - reached if j not in given]
        reached |= near - set(given)
    return b not in reached


def do(parents: Sequence[Sequence[int]], tables: Sequence[Tensor], which: int, value: int) -> Tensor:
    """Truncated factorisation: the joint without p(x_i | pa_i), at x_i = value, zero elsewhere."""
    point = torch.zeros_like(tables[which])
    point[..., value] = 1.0
    return joint(parents, [point if i == which else t for i, t in enumerate(tables)])


def back_door(full: Tensor) -> Tensor:
    """Σ_z p(z) p(y | x, z) from a joint of (z, x, y): what y does when x is set, (X, Y)."""
    given = full / full.sum(2, keepdim=True)
    return torch.einsum("z,zxy->xy", full.sum((1, 2)), given)


def average_effect(y0: Tensor, y1: Tensor) -> Tensor:
    """ATE = (1/n) Σ (Y_i(1) − Y_i(0)), from both potential outcomes: (n,) -> ()."""
    return (y1 - y0).mean()


def difference_in_means(y: Tensor, treated: Tensor) -> Tensor:
    """Mean outcome of the treated minus that of the others: (*batch, n), zeros and ones -> (*batch,)."""
    return (y * treated).sum(-1) / treated.sum(-1) - (y * (1 - treated)).sum(-1) / (1 - treated).sum(-1)


def inverse_probability(y: Tensor, treated: Tensor, chance: Tensor) -> Tensor:
    """(1/n) Σ t y/e − (1 − t) y/(1 − e), e the chance of treatment: (*batch, n) -> (*batch,)."""
    return (treated * y / chance - (1 - treated) * y / (1 - chance)).mean(-1)


def adjusted(y: Tensor, treated: Tensor, group: Tensor) -> Tensor:
    """Σ_g (n_g/n) (mean of the treated in g − mean of the others in g): (n,), group int64 -> ()."""
    total = torch.zeros_like(y[0])
    for g in set(group.tolist()):
        member = group == g
        total = total + member.to(y.dtype).mean() * difference_in_means(y[member], treated[member])
    return total

"""Exact sums on graphs: belief propagation, variable elimination, junction trees. Standalone: imports torch.

Source   Koller and Friedman 2009, chapters 9 and 10; Bishop 2006, section 8.4.
Shapes   unary (n, K); pair tables (K, K) for an edge (i, j), rows by i; factors are tables over their scopes.
Here     every variable has K values in belief propagation; messages are normalised, which changes no belief.
"""

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor

Edge = tuple[int, int]
Factor = tuple[tuple[int, ...], Tensor]


def propagate(unary: Tensor, pairs: Mapping[Edge, Tensor], sweeps: int) -> dict[Edge, Tensor]:
    """All messages m_{i→j}(x_j) ∝ Σ_{x_i} ψ_ij ψ_i Π_{k ≠ j} m_{k→i}, each sweep from those of the one before."""
    both = dict(pairs) | {(j, i): table.mT for (i, j), table in pairs.items()}
    messages = {edge: torch.ones_like(unary[0]) / unary.shape[1] for edge in both}
    for _ in range(sweeps):
        new = {}
        for i, j in both:
            inside = unary[i].clone()
            for k, target in both:
                if target == i and k != j:
                    inside = inside * messages[k, i]
            out = inside @ both[i, j]
            new[i, j] = out / out.sum()
        messages = new
    return messages


def belief(unary: Tensor, messages: Mapping[Edge, Tensor], i: int) -> Tensor:
    """b_i ∝ ψ_i Π_k m_{k→i}."""
    found = unary[i].clone()
    for (_, target), message in messages.items():
        if target == i:
            found = found * message
    return found / found.sum()


def pair_belief(unary: Tensor, table: Tensor, messages: Mapping[Edge, Tensor], edge: Edge) -> Tensor:
    """b_ij ∝ ψ_ij ψ_i ψ_j Π_{k ≠ j} m_{k→i} Π_{k ≠ i} m_{k→j}: (K, K)."""
    i, j = edge
    left, right = unary[i].clone(), unary[j].clone()
    for (k, target), message in messages.items():
        if target == i and k != j:
            left = left * message
        if target == j and k != i:
            right = right * message
    found = left[:, None] * table * right
    return found / found.sum()


def multiply(factors: Sequence[Factor]) -> Factor:
    """The product of factors over the union of their scopes, in increasing order."""
    scope = tuple(sorted({i for s, _ in factors for i in s}))
    letters = {i: chr(97 + n) for n, i in enumerate(scope)}
    terms = ",".join("".join(letters[i] for i in s) for s, _ in factors)
    return scope, torch.einsum(f"{terms}->{''.join(letters[i] for i in scope)}", *[t for _, t in factors])


def sum_out(factor: Factor, i: int) -> Factor:
    """Σ_{x_i} of a factor."""
    scope, table = factor
    return tuple(k for k in scope if k != i), table.sum(scope.index(i))


def eliminate(factors: Sequence[Factor], order: Sequence[int]) -> tuple[Factor, int]:
    """What is left after summing out the variables in that order, and the largest scope that was multiplied."""
    left, width = list(factors), 0
    for i in order:
        touching = [f for f in left if i in f[0]]
        product = multiply(touching)
        width = max(width, len(product[0]))
        left = [f for f in left if i not in f[0]] + [sum_out(product, i)]
    return multiply(left), width


def triangulated_cliques(scopes: Sequence[Sequence[int]], order: Sequence[int]) -> list[tuple[int, ...]]:
    """Maximal cliques after eliminating in that order: each variable with what it then touches."""
    neighbours = {i: {j for s in scopes if i in s for j in s} - {i} for i in order}
    cliques: list[tuple[int, ...]] = []
    for i in order:
        clique = {i} | neighbours[i]
        for j in neighbours[i]:
            neighbours[j] = (neighbours[j] | clique) - {i, j}  # fill in, then remove i
        if not any(clique <= set(c) for c in cliques):
            cliques.append(tuple(sorted(clique)))
    return cliques


def junction_tree(cliques: Sequence[Sequence[int]]) -> list[Edge]:
    """A maximum spanning tree by the sizes of separators (Prim): edges between places in the list."""
    inside, edges = {0}, []
    while len(inside) < len(cliques):
        ahead = [(a, b) for a in inside for b in range(len(cliques)) if b not in inside]
        best = max(ahead, key=lambda e: len(set(cliques[e[0]]) & set(cliques[e[1]])))
        edges.append(best)
        inside.add(best[1])
    return edges


def calibrate(factors: Sequence[Factor], cliques: Sequence[tuple[int, ...]], edges: Sequence[Edge]) -> list[Factor]:
    """Clique beliefs, each the sum of the product of all factors over the rest: two passes along the tree."""
    sizes = {i: t.shape[a] for s, t in factors for a, i in enumerate(s)}
    one = factors[0][1].new_ones
    own: list[list[Factor]] = [[(c, one([sizes[i] for i in c]))] for c in cliques]
    for f in factors:
        own[next(k for k, c in enumerate(cliques) if set(f[0]) <= set(c))].append(f)
    near = {k: [b if a == k else a for a, b in edges if k in (a, b)] for k in range(len(cliques))}
    sent: dict[Edge, Factor] = {}
    pending = [*[(b, a) for a, b in reversed(edges)], *edges]  # to the root, then back
    for source, target in pending:
        message = multiply([*own[source], *[sent[k, source] for k in near[source] if k != target]])
        for i in set(cliques[source]) - set(cliques[target]):
            message = sum_out(message, i)
        sent[source, target] = message
    return [multiply([*own[k], *[sent[m, k] for m in near[k]]]) for k in range(len(cliques))]

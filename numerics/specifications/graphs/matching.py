"""Graph matching: row 193."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import permutations
from typing import Any

import torch
from torch import Tensor

from numerics.specifications.contract import Answers, Model, Mutant, Oracle, Outcome, Property, Specification
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import at_most, equal, repeated, true, worst
from reference_models.graphs import matching


def _graph(draw: Draw, n: int = 5) -> Tensor:
    upper = torch.triu(draw.bits(n, n), 1)
    return upper + upper.mT


def _least_cost(model: Model, draw: Draw) -> Outcome:
    checks, every = [], torch.tensor(list(permutations(range(5))), device=draw.device)
    for _ in range(6):
        cost = draw.normal(5, 5)
        match = model.hungarian(cost)
        best = torch.stack([cost[i, every[:, i]] for i in range(5)]).sum(0).min()
        checks.append(equal(cost[range(5), match].sum(), best))
        checks.append(equal(draw.tensor(sorted(match.tolist())), draw.tensor(range(5))))
    return worst(*checks)


def _potentials(model: Model, draw: Draw) -> Outcome:
    cost, rows, cols = draw.normal(6, 6), draw.normal(6, 1), draw.normal(1, 6)
    first, moved = model.hungarian(cost), model.hungarian(cost + rows + cols)
    turned = model.hungarian(cost[:, [3, 0, 5, 1, 4, 2]])
    return worst(
        equal(moved, first),
        equal(torch.tensor([3, 0, 5, 1, 4, 2], device=draw.device)[turned], first),
    )


def _isomorphic(model: Model, draw: Draw) -> Outcome:
    upper = torch.triu(draw.normal(5, 5), 1)
    a, order = upper + upper.mT, torch.tensor([1, 2, 4, 0, 3], device=draw.device)  # weights, so that all nodes differ
    b, other = a[order][:, order], _graph(draw)
    least, match = model.best(a, b)

    def direct(left: Tensor, right: Tensor) -> Tensor:
        gaps = [(left[i, j] - right[match[i], match[j]]).abs() for i in range(5) for j in range(i)]
        return torch.stack(gaps).sum()

    return worst(
        equal(least, 0.0),
        equal(direct(a, b), 0.0),
        equal(model.difference(a, b, match), direct(a, b)),
        equal(model.difference(a, other, match), direct(a, other)),
        equal(model.best(a, other)[0], model.best(b, other)[0]),
    )


def _greedy_is_not_enough(model: Model, draw: Draw) -> Outcome:
    ring = torch.zeros(6, 6).to(draw.tensor(0.0))
    for i in range(6):
        ring[i, (i + 1) % 6] = ring[(i + 1) % 6, i] = 1.0
    order = draw.choice([[0, 2, 4, 1, 3, 5], [3, 0, 5, 1, 4, 2]])  # a ring renumbered; all degrees are 2
    other = ring[order][:, order]
    by_degree = model.degree_matching(ring, other)
    apart = matching.difference(ring, other, by_degree)
    least = torch.stack(
        [
            matching.difference(ring, other, torch.tensor(p, device=draw.device))
            for p in permutations(range(6))
            if p[0] == 0
        ]
    ).min()
    return worst(equal(least, 0.0), true(apart > 0), at_most(least, apart))


def _row_by_row(cost: Tensor) -> Tensor:
    left, match = list(range(len(cost))), []
    for row in cost.tolist():
        best = min(left, key=lambda j: row[j])
        match.append(best)
        left.remove(best)
    return torch.tensor(match, device=cost.device)


def _one_side(a: Tensor, b: Tensor, match: Tensor) -> Tensor:
    return torch.triu((a - b[match]).abs(), 1).sum()


def _inverse_best(a: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    least, match = matching.best_matching(a, b)
    return least, torch.argsort(match)


def _by_search(a: Tensor, b: Tensor) -> Tensor:
    every = [torch.tensor(p, device=a.device) for p in permutations(range(len(a))) if p[0] == 0]
    return every[int(torch.stack([matching.difference(a, b, p) for p in every]).argmin())]


def _from_scipy(inputs: Mapping[str, Any]) -> Answers:
    from scipy.optimize import linear_sum_assignment

    return {"match": linear_sum_assignment(inputs["cost"])[1].tolist()}


def _ours(model: Model, inputs: Mapping[str, Any]) -> Answers:
    return {"match": model.hungarian(torch.tensor(inputs["cost"], dtype=torch.float64))}


MATCHING = Specification(
    name="graph_matching",
    family="graphs",
    systems=(193,),
    title="Graph matching and the Hungarian method",
    statement="min_π Σ_i c[i, π(i)]; min_π Σ_{i<j} |A_ij − B_π(i)π(j)|",
    page="reference_models.graphs.matching",
    functions={
        "hungarian": matching.hungarian,
        "difference": matching.difference,
        "best": matching.best_matching,
        "degree_matching": matching.degree_matching,
    },
    properties=(
        Property("least of all matchings", _least_cost, Mutant("greedy by rows", {"hungarian": _row_by_row})),
        Property(
            "constants of rows and columns don't matter",
            repeated(_potentials, 8),
            Mutant("greedy by rows", {"hungarian": _row_by_row}),
        ),
        Property(
            "renumbered graphs match without difference",
            _isomorphic,
            Mutant("only rows are moved", {"difference": _one_side}),
        ),
        Property(
            "the matching found has the least difference", _isomorphic, Mutant("its inverse", {"best": _inverse_best})
        ),
        Property(
            "linear assignment of degrees isn't quadratic assignment",
            _greedy_is_not_enough,
            Mutant("a search", {"degree_matching": _by_search}),
        ),
    ),
    source="Burkard, Dell'Amico and Martello 2009, chapters 4 and 7",
    oracles=(
        Oracle(
            package="scipy",
            inputs={
                "cost": [
                    [4.1, 1.2, 3.3, 2.7],
                    [2.0, 0.5, 5.4, 3.1],
                    [3.2, 2.2, 2.1, 0.4],
                    [1.9, 3.8, 2.6, 4.4],
                ]
            },
            ask=_from_scipy,
            tell=_ours,
            tolerance=1e-12,
            conversion="both minimise; row i goes to column match[i]",
        ),
    ),
    conventions=("each pair of nodes once",),
)

SPECIFICATIONS = (MATCHING,)

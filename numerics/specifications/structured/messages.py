"""Exact sums on graphs: rows 44, 45 and 46."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import permutations
from typing import Any

import torch
from torch import Tensor

from numerics.specifications.contract import Answers, Model, Mutant, Oracle, Outcome, Property, Specification
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import equal, repeated, true, worst
from reference_models.structured import messages

PAGE = "reference_models.structured.messages"
Edge = tuple[int, int]
Factor = tuple[tuple[int, ...], Tensor]
TREE: tuple[Edge, ...] = ((0, 1), (1, 2), (3, 1), (3, 4))


def _tree(draw: Draw) -> tuple[Tensor, dict[Edge, Tensor], Tensor]:
    """Potentials of a tree of five variables of three values, and its law by enumeration."""
    unary, pairs = draw.uniform(0.2, 2, 5, 3), {e: draw.uniform(0.2, 2, 3, 3) for e in TREE}
    weight = torch.einsum("a,b,c,d,e,ab,bc,db,de->abcde", *unary, *pairs.values())
    return unary, pairs, weight / weight.sum()


def _exact(model: Model, draw: Draw) -> Outcome:
    unary, pairs, law = _tree(draw)
    found = model.propagate(unary, pairs, 4)  # the longest path has three edges
    margins = [law.sum([k for k in range(5) if k != i]) for i in range(5)]
    return worst(*(equal(model.belief(unary, found, i), margins[i]) for i in range(5)))


def _settled(model: Model, draw: Draw) -> Outcome:
    unary, pairs, _ = _tree(draw)
    early, late = model.propagate(unary, pairs, 3), model.propagate(unary, pairs, 9)
    return worst(*(equal(early[e], late[e]) for e in late), true(len(late) == 2 * len(pairs)))


def _edges_agree(model: Model, draw: Draw) -> Outcome:
    unary, pairs, law = _tree(draw)
    found, checks = messages.propagate(unary, pairs, 4), []
    for i, j in TREE:
        pair = model.pair_belief(unary, pairs[i, j], found, (i, j))
        joint = law.sum([k for k in range(5) if k not in (i, j)])
        checks += [
            equal(pair.sum(1), messages.belief(unary, found, i)),
            equal(pair.sum(0), messages.belief(unary, found, j)),
            equal(pair, joint if i < j else joint.mT),
        ]
    return worst(*checks)


def _loops(model: Model, draw: Draw) -> Outcome:
    unary = draw.tensor([[1.2, 0.8]] * 3)
    strong = draw.tensor([[4.0, 1.0], [1.0, 4.0]])
    pairs = {(0, 1): strong, (1, 2): strong, (0, 2): strong}
    law = torch.einsum("a,b,c,ab,bc,ac->abc", *unary, strong, strong, strong)
    margin = law.sum((1, 2)) / law.sum()
    found = model.belief(unary, model.propagate(unary, pairs, 60), 0)
    return worst(
        true((found - margin).abs().max() > 0.02), true(found.argmax() == margin.argmax()), true(found[0] > margin[0])
    )


def _echo(unary: Tensor, pairs: Mapping[Edge, Tensor], sweeps: int) -> dict[Edge, Tensor]:
    both = dict(pairs) | {(j, i): table.mT for (i, j), table in pairs.items()}
    sent = {edge: torch.ones_like(unary[0]) / unary.shape[1] for edge in both}
    for _ in range(sweeps):
        new = {}
        for i, j in both:
            out = messages.belief(unary, sent, i) @ both[i, j]  # what j sent comes back to it
            new[i, j] = out / out.sum()
        sent = new
    return sent


def _one_way_table(unary: Tensor, pairs: Mapping[Edge, Tensor], sweeps: int) -> dict[Edge, Tensor]:
    symmetric = {e: (t + t.mT) / 2 for e, t in pairs.items()}
    return messages.propagate(unary, symmetric, sweeps)


def _no_unary(unary: Tensor, sent: Mapping[Edge, Tensor], i: int) -> Tensor:
    found = messages.belief(torch.ones_like(unary), sent, i)
    return found


def _twice_counted(unary: Tensor, table: Tensor, sent: Mapping[Edge, Tensor], edge: Edge) -> Tensor:
    i, j = edge
    found = messages.belief(unary, sent, i)[:, None] * table * messages.belief(unary, sent, j)
    return found / found.sum()


def _exact_marginals(unary: Tensor, pairs: Mapping[Edge, Tensor], sweeps: int) -> dict[Edge, Tensor]:
    cold = {e: t**0.05 for e, t in pairs.items()}
    return messages.propagate(unary, cold, sweeps)


PROPAGATION = Specification(
    name="belief_propagation",
    family="structured",
    systems=(44,),
    title="Belief propagation (sum-product)",
    statement="m_{i→j}(x_j) ∝ Σ_{x_i} ψ_ij ψ_i Π_{k ≠ j} m_{k→i}",
    page=PAGE,
    functions={
        "propagate": messages.propagate,
        "belief": messages.belief,
        "pair_belief": messages.pair_belief,
    },
    properties=(
        Property("exact on a tree", _exact, Mutant("tables are symmetrised", {"propagate": _one_way_table})),
        Property("beliefs have their own potential", _exact, Mutant("ψ_i is missing", {"belief": _no_unary})),
        Property("as many sweeps as the longest path suffice", _settled, Mutant("messages echo", {"propagate": _echo})),
        Property(
            "edge beliefs agree with their ends",
            _edges_agree,
            Mutant("messages along it count", {"pair_belief": _twice_counted}),
        ),
        Property(
            "loops make it overconfident",
            _loops,
            Mutant("couplings to the power 0.05", {"propagate": _exact_marginals}),
        ),
    ),
    source="Bishop 2006, section 8.4",
)


def _factors(draw: Draw) -> tuple[list[Factor], Tensor]:
    scopes = ((0, 1), (2, 1), (2, 3), (3, 0), (3, 4), (1,))
    found: list[Factor] = [(s, draw.uniform(0.2, 2, *(2 for _ in s))) for s in scopes]
    return found, torch.einsum("ab,cb,cd,da,de,b->abcde", *[t for _, t in found])


def _any_order(model: Model, draw: Draw) -> Outcome:
    factors, weight = _factors(draw)
    orders = list(permutations((1, 2, 3, 4)))
    picked = [orders[draw.whole(0, 23)] for _ in range(5)]
    expected = weight.sum((1, 2, 3, 4))
    return worst(*(equal(model.eliminate(factors, order)[0][1], expected) for order in picked))


def _widths(model: Model, draw: Draw) -> Outcome:
    star: list[Factor] = [((0, i), draw.uniform(0.2, 2, 2, 2)) for i in range(1, 5)]
    leaves_first, centre_first = model.eliminate(star, (1, 2, 3, 4)), model.eliminate(star, (0, 1, 2, 3))
    total = torch.stack([t.sum(1) for _, t in star]).prod(0).sum()
    return worst(
        equal(draw.tensor([leaves_first[1], centre_first[1]]), draw.tensor([2, 5]), detail="largest scope by order"),
        equal(leaves_first[0][1].sum(), total),
        equal(centre_first[0][1].sum(), total),
    )


def _one_at_a_time(factors: Sequence[Factor], order: Sequence[int]) -> tuple[Factor, int]:
    left, width = list(factors), 0
    for i in order:
        touching = [f for f in left if i in f[0]]
        width = max(width, *(len(f[0]) for f in touching))
        left = [f for f in left if i not in f[0]] + [messages.sum_out(f, i) for f in touching]
    return messages.multiply(left), width


def _all_at_once(factors: Sequence[Factor], order: Sequence[int]) -> tuple[Factor, int]:
    product = messages.multiply(factors)
    width = len(product[0])
    for i in order:
        product = messages.sum_out(product, i)
    return product, width


ELIMINATION = Specification(
    name="variable_elimination",
    family="structured",
    systems=(45,),
    title="Variable elimination",
    statement="Σ_{x_i} Π_c g_c = (Π_{c ∌ i} g_c) Σ_{x_i} Π_{c ∋ i} g_c",
    page=PAGE,
    functions={"eliminate": messages.eliminate},
    properties=(
        Property(
            "any order gives the sum",
            _any_order,
            Mutant("factors are summed one by one", {"eliminate": _one_at_a_time}),
        ),
        Property(
            "the order sets the cost k^(w + 1)", _widths, Mutant("all factors at once", {"eliminate": _all_at_once})
        ),
    ),
    source="Koller and Friedman 2009, chapter 9",
)


def _running_intersection(model: Model, draw: Draw) -> Outcome:
    factors, _ = _factors(draw)
    wrong, covered, counted = 0, True, True
    for _ in range(6):
        cliques = model.cliques([s for s, _ in factors], draw.permutation(5).tolist())
        edges = model.tree(cliques)
        for i in range(5):
            holding = {k for k, c in enumerate(cliques) if i in c}
            inside = sum(a in holding and b in holding for a, b in edges)
            wrong += inside != len(holding) - 1  # the cliques that hold i are connected
        covered &= all(any(set(s) <= set(c) for c in cliques) for s, _ in factors)
        counted &= len(edges) == len(cliques) - 1
    return worst(equal(float(wrong), 0.0), true(covered and counted))


def _calibrated(model: Model, draw: Draw) -> Outcome:
    factors, weight = _factors(draw)
    cliques = messages.triangulated_cliques([s for s, _ in factors], draw.permutation(5).tolist())
    edges = messages.junction_tree(cliques)
    beliefs = model.calibrate(factors, cliques, edges)
    checks = [
        equal(table, weight.sum([k for k in range(5) if k not in scope]), 1e-9)
        for scope, table in beliefs
        if len(scope) < 5
    ]
    for a, b in edges:
        shared = set(cliques[a]) & set(cliques[b])
        sides = [t.sum([n for n, i in enumerate(s) if i not in shared]) for s, t in (beliefs[a], beliefs[b])]
        checks.append(equal(sides[0], sides[1], 1e-9))
    return worst(*checks)


def _no_fill(scopes: Sequence[Sequence[int]], order: Sequence[int]) -> list[tuple[int, ...]]:
    return [tuple(sorted(s)) for s in scopes if len(s) > 1]


def _one_pass(factors: Sequence[Factor], cliques: Sequence[tuple[int, ...]], edges: Sequence[Edge]) -> list[Factor]:
    sizes = {i: t.shape[a] for s, t in factors for a, i in enumerate(s)}
    own: list[list[Factor]] = [[(c, factors[0][1].new_ones([sizes[i] for i in c]))] for c in cliques]
    for f in factors:
        own[next(k for k, c in enumerate(cliques) if set(f[0]) <= set(c))].append(f)
    for a, b in reversed(edges):  # to the root, and never back
        message = messages.multiply(own[b])
        for i in set(cliques[b]) - set(cliques[a]):
            message = messages.sum_out(message, i)
        own[a].append(message)
    return [messages.multiply(f) for f in own]


def _smallest_separators(cliques: Sequence[Sequence[int]]) -> list[Edge]:
    inside, found = {0}, []
    while len(inside) < len(cliques):
        ahead = [(a, b) for a in inside for b in range(len(cliques)) if b not in inside]
        best = min(ahead, key=lambda e: len(set(cliques[e[0]]) & set(cliques[e[1]])))
        found.append(best)
        inside.add(best[1])
    return found


def _junction_asked(inputs: Mapping[str, Any]) -> Answers:
    import numpy as np
    from pgmpy.factors.discrete import DiscreteFactor
    from pgmpy.inference import BeliefPropagation
    from pgmpy.models import DiscreteMarkovNetwork

    scopes = [[f"x{i}" for i in s] for s in inputs["scopes"]]
    net = DiscreteMarkovNetwork(scopes)
    net.add_factors(*[DiscreteFactor(s, [2, 2], np.array(t)) for s, t in zip(scopes, inputs["tables"], strict=True)])
    asked = BeliefPropagation(net)
    return {f"x{i}": asked.query([f"x{i}"], show_progress=False).values.tolist() for i in range(4)}


def _junction_told(model: Model, inputs: Mapping[str, Any]) -> Answers:
    tables = [torch.tensor(t, dtype=torch.float64) for t in inputs["tables"]]
    factors: list[Factor] = [(tuple(s), t) for s, t in zip(inputs["scopes"], tables, strict=True)]
    cliques = model.cliques(inputs["scopes"], [0, 1, 2, 3])
    found: dict[str, Tensor] = {}
    for scope, table in model.calibrate(factors, cliques, model.tree(cliques)):
        for a, i in enumerate(scope):
            margin = table.sum([b for b in range(len(scope)) if b != a])
            found[f"x{i}"] = margin / margin.sum()
    return found


JUNCTION = Specification(
    name="junction_tree",
    family="structured",
    systems=(46,),
    title="Junction tree",
    statement="b_C ∝ Π_{f in C} f Π_neighbours (message over the separator)",
    page=PAGE,
    functions={
        "cliques": messages.triangulated_cliques,
        "tree": messages.junction_tree,
        "calibrate": messages.calibrate,
    },
    properties=(
        Property("running intersection", _running_intersection, Mutant("no fill-in", {"cliques": _no_fill})),
        Property(
            "by a maximum spanning tree",
            repeated(_running_intersection, 4),
            Mutant("a minimum", {"tree": _smallest_separators}),
        ),
        Property("calibrated beliefs are the sums", _calibrated, Mutant("one pass only", {"calibrate": _one_pass})),
    ),
    source="Koller and Friedman 2009, chapter 10",
    oracles=(
        Oracle(
            package="pgmpy",
            inputs={
                "scopes": [[0, 1], [1, 2], [2, 3], [3, 0]],
                "tables": [
                    [[1.0, 2.0], [0.5, 3.0]],
                    [[2.0, 0.3], [1.0, 1.5]],
                    [[0.7, 1.2], [2.2, 0.4]],
                    [[1.1, 0.6], [0.9, 2.5]],
                ],
            },
            ask=_junction_asked,
            tell=_junction_told,
            tolerance=1e-10,
            conversion="its belief propagation runs on a junction tree; beliefs are normalised",
        ),
    ),
)

SPECIFICATIONS = (PROPAGATION, ELIMINATION, JUNCTION)

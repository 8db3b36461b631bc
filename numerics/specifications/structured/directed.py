"""Bayesian networks, interventions and potential outcomes: rows 34, 50 and 51."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

import torch
from torch import Tensor

from numerics.specifications.contract import Answers, Model, Mutant, Oracle, Outcome, Property, Specification
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import equal, frequencies_are, repeated, true, worst
from reference_models.inference import forward
from reference_models.structured import directed

PAGE = "reference_models.structured.directed"
Parents = Sequence[Sequence[int]]
COLLIDER: Parents = ((), (), (0, 1), (2,), (1,))  # 0 → 2 ← 1, 2 → 3, 1 → 4


def _tables(draw: Draw, parents: Parents) -> list[Tensor]:
    return [draw.simplex(*(2 for _ in pa), 2) for pa in parents]


def _total(model: Model, draw: Draw) -> Outcome:
    tables = _tables(draw, COLLIDER)
    found = model.joint(COLLIDER, tables)
    a, b, c, d, e = tables
    return worst(equal(found.sum(), 1.0), equal(found, torch.einsum("a,b,abc,cd,be->abcde", a, b, c, d, e)))


def _gap(joint: Tensor, a: int, b: int, given: Sequence[int]) -> Tensor:
    """How far p(a, b | given) is from the product of its margins, at worst."""
    rest = [i for i in range(joint.dim()) if i not in (a, b, *given)]
    table = joint.sum(rest, keepdim=True) if rest else joint
    both = table * table.sum((a, b), keepdim=True)
    gap: Tensor = (both - table.sum(a, keepdim=True) * table.sum(b, keepdim=True)).abs().max()
    return gap


def _separation(model: Model, draw: Draw) -> Outcome:
    joint = directed.joint(COLLIDER, _tables(draw, COLLIDER))
    wrong = 0
    for a, b in combinations(range(5), 2):
        others = [i for i in range(5) if i not in (a, b)]
        for size in range(3):
            for given in combinations(others, size):
                independent = bool(_gap(joint, a, b, given) < 1e-14)
                wrong += independent != model.d_separated(COLLIDER, a, b, given)
    return equal(float(wrong), 0.0, detail="pairs whose separation and independence differ, of 70")


def _ancestral(model: Model, draw: Draw) -> Outcome:
    parents: Parents = ((), (0,), (0, 1))
    tables = _tables(draw, parents)
    x = model.sample(range(3), parents, tables, draw.uniform(0, 1, 20_000, 3))
    return frequencies_are(4 * x[:, 0] + 2 * x[:, 1] + x[:, 2], directed.joint(parents, tables).flatten())


def _by_last_parent(parents: Parents, tables: Sequence[Tensor]) -> Tensor:
    turned = [t.transpose(0, 1) if len(pa) == 2 else t for pa, t in zip(parents, tables, strict=True)]
    return directed.joint(parents, turned)


def _graph_separation(parents: Parents, a: int, b: int, given: Sequence[int]) -> bool:
    reached, todo = {a}, [a]
    edges = [(i, p) for i, pa in enumerate(parents) for p in pa]
    while todo:  # whether the given variables cut the skeleton
        i = todo.pop()
        near = {q for e in edges if i in e for q in e} - reached - set(given)
        reached |= near
        todo += near
    return b not in reached


def _one_uniform(order: Sequence[int], parents: Parents, tables: Sequence[Tensor], u: Tensor) -> Tensor:
    return forward.ancestral_sample(order, parents, tables, u[:, :1].expand(-1, u.shape[1]))


NETWORK: dict[str, Any] = {
    "a": [0.3, 0.7],
    "b": [0.6, 0.4],
    "c": [[[0.9, 0.1], [0.4, 0.6]], [[0.2, 0.8], [0.5, 0.5]]],
    "d": [[0.7, 0.3], [0.1, 0.9]],
}


def _from_pgmpy(inputs: Mapping[str, Any]) -> Answers:
    import numpy as np
    from pgmpy.factors.discrete import TabularCPD
    from pgmpy.inference import VariableElimination
    from pgmpy.models import DiscreteBayesianNetwork

    net = DiscreteBayesianNetwork([("a", "c"), ("b", "c"), ("c", "d")])
    net.add_cpds(
        TabularCPD("a", 2, [[v] for v in inputs["a"]]),
        TabularCPD("b", 2, [[v] for v in inputs["b"]]),
        TabularCPD("c", 2, np.array(inputs["c"]).reshape(4, 2).T, ["a", "b"], [2, 2]),
        TabularCPD("d", 2, np.array(inputs["d"]).T, ["c"], [2]),
    )
    asked = VariableElimination(net)
    pair = asked.query(["a", "d"], show_progress=False)
    table = pair.values if pair.variables == ["a", "d"] else pair.values.T
    return {
        "a_and_d": np.asarray(table).tolist(),
        "b_given_d": np.asarray(asked.query(["b"], evidence={"d": 1}, show_progress=False).values).tolist(),
    }


def _ours(model: Model, inputs: Mapping[str, Any]) -> Answers:
    tables = [torch.tensor(inputs[name], dtype=torch.float64) for name in "abcd"]
    joint = model.joint(((), (), (0, 1), (2,)), tables)
    given = joint[..., 1].sum((0, 2))
    return {"a_and_d": joint.sum((1, 2)), "b_given_d": given / given.sum()}


BAYES_NET = Specification(
    name="bayesian_network",
    family="structured",
    systems=(34,),
    title="Bayesian network",
    statement="p(x) = Π_i p(x_i | pa_i)",
    page=PAGE,
    functions={
        "joint": directed.joint,
        "sample": forward.ancestral_sample,
        "d_separated": directed.d_separated,
    },
    properties=(
        Property("mass 1 without a constant", _total, Mutant("parents are exchanged", {"joint": _by_last_parent})),
        Property(
            "separated exactly where independent",
            _separation,
            Mutant("a collider is taken for a chain", {"d_separated": _graph_separation}),
        ),
        Property(
            "ancestral draws have the joint",
            repeated(_ancestral, 4),
            Mutant("one uniform for all", {"sample": _one_uniform}),
        ),
    ),
    source="Koller and Friedman 2009, chapter 3",
    oracles=(
        Oracle(
            package="pgmpy",
            inputs=NETWORK,
            ask=_from_pgmpy,
            tell=_ours,
            tolerance=1e-10,
            conversion="its columns enumerate parents, the last fastest; rows are the variable's values",
        ),
    ),
    conventions=("parents have lower numbers",),
)

CONFOUNDED: Parents = ((), (0,), (0, 1))  # z → x, z → y, x → y


def _truncated(model: Model, draw: Draw) -> Outcome:
    tables = _tables(draw, CONFOUNDED)
    z, _, y = tables
    expected = torch.stack([torch.einsum("z,zy->y", z, y[:, value]) for value in (0, 1)])
    found = torch.stack([model.do(CONFOUNDED, tables, 1, value).sum((0, 1)) for value in (0, 1)])
    return worst(equal(found, expected), equal(found.sum(-1), 1.0))


def _adjusts(model: Model, draw: Draw) -> Outcome:
    tables = _tables(draw, CONFOUNDED)
    joint = torch.einsum("z,zx,zxy->zxy", *tables)
    found = torch.stack([directed.do(CONFOUNDED, tables, 1, value).sum((0, 1)) for value in (0, 1)])
    return equal(model.back_door(joint), found)


def _not_seeing(model: Model, draw: Draw) -> Outcome:
    half, e = draw.tensor([0.5, 0.5]), draw.uniform(0.05, 0.2)
    copies = torch.stack([torch.stack([1 - e, e]), torch.stack([e, 1 - e])])
    tables = [half, copies, copies[:, None].expand(2, 2, 2)]  # z drives both; x doesn't touch y
    joint = torch.einsum("z,zx,zxy->zxy", *tables)
    seen = joint.sum(0) / joint.sum((0, 2))[:, None]
    found = torch.stack([model.do(CONFOUNDED, tables, 1, value).sum((0, 1)) for value in (0, 1)])
    return worst(equal(found, 0.5), true((seen[1, 1] - seen[0, 1]) > 0.1))


def _conditioned(parents: Parents, tables: Sequence[Tensor], which: int, value: int) -> Tensor:
    full = directed.joint(parents, tables)
    kept = torch.zeros_like(full)
    index = tuple(value if i == which else slice(None) for i in range(full.dim()))
    kept[index] = full[index]
    return kept / kept.sum()


def _posterior_weights(full: Tensor) -> Tensor:
    given = full / full.sum(2, keepdim=True)
    weight = full.sum(2) / full.sum((0, 2))  # p(z | x) for p(z)
    return torch.einsum("zx,zxy->xy", weight, given)


CAUSAL = Specification(
    name="do_calculus",
    family="structured",
    systems=(50,),
    title="Causal graph and interventions",
    statement="p(x | do(x_i = v)) = 1[x_i = v] Π_{j ≠ i} p(x_j | pa_j)",
    page=PAGE,
    functions={"do": directed.do, "back_door": directed.back_door},
    properties=(
        Property(
            "the factor of what is set is cut out", _truncated, Mutant("conditioned instead", {"do": _conditioned})
        ),
        Property(
            "back-door adjustment gives the same",
            _adjusts,
            Mutant("p(z | x) for p(z)", {"back_door": _posterior_weights}),
        ),
        Property(
            "doing isn't seeing under confounding", _not_seeing, Mutant("conditioned instead", {"do": _conditioned})
        ),
    ),
    source="Pearl 2009, sections 3.2 and 3.3",
)


def _assignments(n: int, treated: int) -> Tensor:
    rows = [[float(i in chosen) for i in range(n)] for chosen in combinations(range(n), treated)]
    return torch.tensor(rows, dtype=torch.float64)


def _randomised(model: Model, draw: Draw) -> Outcome:
    y0, y1 = draw.normal(6), draw.normal(6) + 1
    t = _assignments(6, 2).to(y0)
    seen = torch.where(t == 1, y1, y0)
    return equal(model.difference(seen, t).mean(), model.effect(y0, y1))


def _weighted(model: Model, draw: Draw) -> Outcome:
    y0, y1, chance = draw.normal(5), draw.normal(5) + 1, draw.uniform(0.2, 0.8, 5)
    t = torch.cartesian_prod(*[draw.tensor([0, 1])] * 5)
    law = torch.where(t == 1, chance, 1 - chance).prod(-1)
    return equal(law @ model.ipw(torch.where(t == 1, y1, y0), t, chance), model.effect(y0, y1))


def _same_by_groups(model: Model, draw: Draw) -> Outcome:
    group = torch.tensor([0] * 4 + [1] * 5, device=draw.device)
    t, y = draw.tensor([1, 0, 0, 0, 1, 1, 1, 1, 0]), draw.normal(9)
    share = draw.tensor([0.25, 0.8])[group]  # the share of each group that is treated
    return equal(model.ipw(y, t, share), model.adjusted(y, t, group))


def _unbalanced(y: Tensor, treated: Tensor) -> Tensor:
    return (y * treated).mean(-1) * 2 - (y * (1 - treated)).mean(-1) * 2


def _by_odds(y: Tensor, treated: Tensor, chance: Tensor) -> Tensor:
    return (treated * y / (1 - chance) - (1 - treated) * y / chance).mean(-1)


def _pooled(y: Tensor, treated: Tensor, group: Tensor) -> Tensor:
    return directed.difference_in_means(y, treated)


def _median_effect(y0: Tensor, y1: Tensor) -> Tensor:
    return torch.quantile(y1 - y0, 0.5)


OUTCOMES = Specification(
    name="potential_outcomes",
    family="structured",
    systems=(51,),
    title="Potential outcomes",
    statement="ATE = E[Y(1) − Y(0)]",
    page=PAGE,
    functions={
        "effect": directed.average_effect,
        "difference": directed.difference_in_means,
        "ipw": directed.inverse_probability,
        "adjusted": directed.adjusted,
    },
    properties=(
        Property(
            "unbiased over every random assignment",
            _randomised,
            Mutant("both sides divide by n/2", {"difference": _unbalanced}),
        ),
        Property("the effect is a mean", _randomised, Mutant("a median", {"effect": _median_effect})),
        Property("weights by 1/e are unbiased", _weighted, Mutant("e and 1 − e are exchanged", {"ipw": _by_odds})),
        Property(
            "weighting equals adjusting by groups", _same_by_groups, Mutant("groups are pooled", {"adjusted": _pooled})
        ),
    ),
    source="Imbens and Rubin 2015, chapters 6 and 12",
)

SPECIFICATIONS = (BAYES_NET, CAUSAL, OUTCOMES)

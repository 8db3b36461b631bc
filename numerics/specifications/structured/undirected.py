"""Markov random fields, Ising spins and Hopfield networks: rows 35, 48 and 49."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from numerics.specifications.contract import Model, Mutant, Outcome, Property, Specification
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import at_most, equal, gradient, true, worst
from reference_models.structured import undirected

PAGE = "reference_models.structured.undirected"
SCOPES = ((0, 1), (2, 1), (2, 3), (3, 0), (1,))  # a ring of four, one of them with a field
SIZES = (2, 3, 2, 2)


def _factors(draw: Draw) -> list[Tensor]:
    return [draw.uniform(0.2, 3, *(SIZES[i] for i in s)) for s in SCOPES]


def _field(model: Model, draw: Draw) -> Outcome:
    factors = _factors(draw)
    weight = torch.einsum("ab,cb,cd,da,b->abcd", *factors)
    found = model.law(SCOPES, factors, SIZES)
    return worst(equal(found, weight / weight.sum()), equal(found.sum(), 1.0))


def _free_of_z(model: Model, draw: Draw) -> Outcome:
    factors = _factors(draw)
    law = undirected.field_law(SCOPES, factors, SIZES)
    x = [draw.whole(0, 1), 0, draw.whole(0, 1), draw.whole(0, 1)]
    row = law[x[0], :, x[2], x[3]]
    scaled = [7.0 * f for f in factors]  # another Z
    return worst(
        equal(model.conditional(SCOPES, factors, x, 1, 3), row / row.sum()),
        equal(model.conditional(SCOPES, scaled, x, 1, 3), row / row.sum()),
    )


def _independences(model: Model, draw: Draw) -> Outcome:
    law = model.law(SCOPES, _factors(draw), SIZES)  # 0 and 2 are apart given 1 and 3
    gap = law * law.sum((0, 2), keepdim=True) - law.sum(0, keepdim=True) * law.sum(2, keepdim=True)
    pair = law.sum((1, 3))
    return worst(equal(gap, 0.0), true((pair - pair.sum(1, keepdim=True) * pair.sum(0)).abs().max() > 1e-9))


def _misread_scope(scopes: Sequence[Sequence[int]], factors: Sequence[Tensor], sizes: Sequence[int]) -> Tensor:
    squared = [f if len(s) == 2 else f**2 for s, f in zip(scopes, factors, strict=True)]
    return undirected.field_law(scopes, squared, sizes)


def _sum_of_factors(scopes: Sequence[Sequence[int]], factors: Sequence[Tensor], sizes: Sequence[int]) -> Tensor:
    total = torch.stack(
        [torch.log(undirected.unnormalised([s], [f], sizes) + 1) for s, f in zip(scopes, factors, strict=True)]
    )
    weight = total.sum(0)
    return weight / weight.sum()


def _first_axis_only(
    scopes: Sequence[Sequence[int]], factors: Sequence[Tensor], x: Sequence[int], which: int, size: int
) -> Tensor:
    chosen = [k for k, s in enumerate(scopes) if s[0] == which or len(s) == 2]
    return undirected.conditional([scopes[k] for k in chosen][:-1], [factors[k] for k in chosen][:-1], x, which, size)


FIELD = Specification(
    name="markov_random_field",
    family="structured",
    systems=(35,),
    title="Markov random field, factor graph",
    statement="p(x) = (1/Z) Π_c g_c(x_c)",
    page=PAGE,
    functions={"law": undirected.field_law, "conditional": undirected.conditional},
    properties=(
        Property("the product over its sum", _field, Mutant("a unary factor counts twice", {"law": _misread_scope})),
        Property(
            "conditionals are free of Z",
            _free_of_z,
            Mutant("one factor is left out", {"conditional": _first_axis_only}),
        ),
        Property(
            "separated variables are independent", _independences, Mutant("factors add up", {"law": _sum_of_factors})
        ),
    ),
    source="Koller and Friedman 2009, chapter 4",
)


def _spins(draw: Draw, n: int = 4) -> tuple[Tensor, Tensor]:
    j = torch.triu(draw.normal(n, n), 1)
    return j + j.mT, draw.normal(n)


def _partition(model: Model, draw: Draw) -> Outcome:
    j, h = _spins(draw, 3)
    total = draw.tensor(0.0)
    for a in (-1, 1):
        for b in (-1, 1):
            for c in (-1, 1):
                pairs = j[0, 1] * a * b + j[0, 2] * a * c + j[1, 2] * b * c
                total = total + torch.exp(pairs + h[0] * a + h[1] * b + h[2] * c)
    return equal(model.log_partition(j, h), torch.log(total))


def _gibbs(model: Model, draw: Draw) -> Outcome:
    j, h = _spins(draw)
    s = 2 * draw.bits(5, 4) - 1
    found = []
    for i in range(4):
        up, down = s.clone(), s.clone()
        up[:, i], down[:, i] = 1.0, -1.0
        gap = (up @ h + torch.einsum("na,ab,nb->n", up, torch.triu(j), up)) - (
            down @ h + torch.einsum("na,ab,nb->n", down, torch.triu(j), down)
        )
        found.append(1 / (1 + torch.exp(-gap)))
    return equal(model.conditional(s, j, h), torch.stack(found, -1))


def _ring(model: Model, draw: Draw) -> Outcome:
    n, coupling, field = draw.whole(3, 6), draw.uniform(-1, 1), draw.uniform(-1, 1)
    j = torch.zeros(n, n).to(coupling)
    for i in range(n):
        j[i, (i + 1) % n] = j[(i + 1) % n, i] = coupling
    return equal(model.ring_log_partition(coupling, field, n), undirected.ising_log_partition(j, field.expand(n)))


def _exponential_family(model: Model, draw: Draw) -> Outcome:
    j, h = _spins(draw)
    s = undirected.states(4).to(h)
    p = torch.softmax(-model.energy(s, j, h), 0)
    slope = gradient(lambda v: undirected.ising_log_partition(j, v), h)
    pairs = gradient(lambda v: undirected.ising_log_partition((v + v.mT) / 2, h), j)
    second = torch.einsum("n,na,nb->ab", p, s, s) / 2
    off = 1 - torch.eye(4).to(h)
    return worst(equal(slope, p @ s), equal(pairs * off, second * off))


def _pairs_twice(s: Tensor, j: Tensor, h: Tensor) -> Tensor:
    return -((s @ j) * s).sum(-1) - s @ h


def _twice_log_partition(j: Tensor, h: Tensor) -> Tensor:
    return undirected.ising_log_partition(2 * j, h)


def _without_two(s: Tensor, j: Tensor, h: Tensor) -> Tensor:
    return torch.sigmoid(s @ j + h)


def _full_field(coupling: Tensor, field: Tensor, n: int) -> Tensor:
    return undirected.ring_log_partition(coupling, 2 * field, n)


ISING = Specification(
    name="ising",
    family="structured",
    systems=(48,),
    title="Ising model",
    statement="p(s) ∝ e^(Σ_{i<j} J_ij s_i s_j + Σ h_i s_i), s_i = ±1",
    page=PAGE,
    functions={
        "energy": undirected.ising_energy,
        "log_partition": undirected.ising_log_partition,
        "conditional": undirected.ising_conditional,
        "ring_log_partition": undirected.ring_log_partition,
    },
    properties=(
        Property(
            "Z sums every state", _partition, Mutant("each pair counts twice", {"log_partition": _twice_log_partition})
        ),
        Property("conditionals are σ(2(Σ J s + h))", _gibbs, Mutant("the 2 is missing", {"conditional": _without_two})),
        Property(
            "a ring by its transfer matrix",
            _ring,
            Mutant("the field isn't halved", {"ring_log_partition": _full_field}),
        ),
        Property(
            "derivatives of log Z are moments",
            _exponential_family,
            Mutant("each pair counts twice", {"energy": _pairs_twice}),
        ),
    ),
    source="MacKay 2003, chapter 31",
    conventions=("each pair once", "spins ±1"),
)


def _memory(draw: Draw, n: int = 30) -> Tensor:
    first = 2 * draw.bits(n) - 1
    second = first.clone()
    second[: n // 2] *= -1  # orthogonal to the first
    return torch.stack([first, second])


def _random_descent(model: Model, draw: Draw) -> Outcome:
    w = torch.triu(draw.normal(12, 12), 1)
    w = w + w.mT
    rises = []
    for _ in range(4):
        s = 2 * draw.bits(12) - 1
        energies = [model.energy(s, w)]
        for i in [*range(12)] * 2:
            s = model.update(s, w, i)
            energies.append(model.energy(s, w))
        rises.append(torch.diff(torch.stack(energies)).max())
    direct = [-sum((w[a, b] * s[a] * s[b] for a in range(12) for b in range(a)), s[0] * 0)]
    return worst(at_most(torch.stack(rises), 0.0), equal(energies[-1], torch.stack(direct)))


def _recalls(model: Model, draw: Draw) -> Outcome:
    patterns = _memory(draw)
    w = model.weights(patterns)
    s = patterns[0].clone()
    s[draw.permutation(30)[:4]] *= -1
    for i in range(30):
        s = undirected.hopfield_update(s, w, i)
    return worst(
        equal(s, patterns[0]),
        true(torch.sign(patterns @ w) == patterns),
        equal(torch.diagonal(w), 0.0),
        equal(w, w.mT),
    )


def _uphill(s: Tensor, w: Tensor, which: int) -> Tensor:
    out = s.clone()
    out[which] = torch.where(w[which] @ s - s[which] >= 0, 1.0, -1.0)
    return out


def _full_energy(s: Tensor, w: Tensor) -> Tensor:
    return -((s @ w) * s).sum(-1)


def _with_diagonal(patterns: Tensor) -> Tensor:
    return patterns.mT @ patterns / patterns.shape[1]


HOPFIELD = Specification(
    name="hopfield",
    family="structured",
    systems=(49,),
    title="Hopfield network",
    statement="E = −½ sᵀ W s, s_i ← sign(Σ_j W_ij s_j)",
    page=PAGE,
    functions={
        "weights": undirected.hopfield_weights,
        "energy": undirected.hopfield_energy,
        "update": undirected.hopfield_update,
    },
    properties=(
        Property("one spin at a time never raises E", _random_descent, Mutant("minus itself", {"update": _uphill})),
        Property("each pair counts once in E", _random_descent, Mutant("the ½ is missing", {"energy": _full_energy})),
        Property("stored patterns are recalled", _recalls, Mutant("a diagonal", {"weights": _with_diagonal})),
    ),
    source="Hopfield 1982",
    conventions=("W without diagonal", "a field of 0 keeps the spin"),
)

SPECIFICATIONS = (FIELD, ISING, HOPFIELD)

"""Probabilistic circuits: row 47."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from numerics.specifications.contract import Model, Mutant, Outcome, Property, Specification
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import at_most, equal, true, worst
from reference_models.structured import circuits

Circuit = tuple[Any, ...]


def _circuit(draw: Draw) -> Circuit:
    """Smooth and decomposable, of three bits: a sum of a product with a sum inside and a plain product."""
    p = draw.uniform(0.1, 0.9, 9)
    leaf = [("leaf", i, v) for i, v in zip((0, 1, 2, 1, 2, 0, 1, 2, 0), p, strict=True)]
    pair = ("sum", draw.simplex(2), (("product", (leaf[1], leaf[2])), ("product", (leaf[3], leaf[4]))))
    return ("sum", draw.simplex(2), (("product", (leaf[0], pair)), ("product", (leaf[5], leaf[6], leaf[7]))))


def _bits() -> Tensor:
    return torch.cartesian_prod(*[torch.tensor([0.0, 1.0], dtype=torch.float64)] * 3)


def _mass(model: Model, draw: Draw) -> Outcome:
    circuit, x = _circuit(draw), _bits().to(draw.device)
    p = model.value(circuit, x)
    unknown = torch.full((1, 3), torch.nan, dtype=torch.float64, device=draw.device)
    return worst(equal(p.sum(), 1.0), equal(model.value(circuit, unknown), 1.0), true(p > 0))


def _marginals(model: Model, draw: Draw) -> Outcome:
    circuit, x = _circuit(draw), _bits().to(draw.device)
    table = model.value(circuit, x).reshape(2, 2, 2)
    asked = x.reshape(2, 2, 2, 3)[:, 0, :].clone()
    asked[..., 1] = torch.nan  # the second bit is summed out
    return equal(model.value(circuit, asked), table.sum(1))


def _structure(model: Model, draw: Draw) -> Outcome:
    circuit = _circuit(draw)
    a, b = ("leaf", 0, draw.uniform(0.1, 0.9)), ("leaf", 1, draw.uniform(0.1, 0.9))
    half = draw.tensor([0.5, 0.5])
    rough, shared = ("sum", half, (a, b)), ("product", (a, ("product", (b, a))))
    found = [model.smooth(circuit), model.decomposable(circuit), model.smooth(rough), model.decomposable(shared)]
    within = [model.smooth(("product", (rough,))), model.decomposable(("sum", half, (shared, shared)))]
    return equal(draw.tensor([float(v) for v in (*found, *within)]), draw.tensor([1, 1, 0, 0, 0, 0]))


def _modes(model: Model, draw: Draw) -> Outcome:
    circuit, x = _circuit(draw), _bits().to(draw.device)
    best = circuits.value(circuit, x).max()
    one, none = draw.tensor(1.0), draw.tensor(0.0)
    sure = [("product", (("leaf", 0, v), ("leaf", 1, draw.uniform(0.1, 0.9)))) for v in (one, none)]
    deterministic = ("sum", draw.simplex(2), tuple(sure))
    pairs = x[x[:, 2] == 0]
    return worst(
        at_most(model.max_product(circuit), best),
        equal(model.max_product(deterministic), circuits.value(deterministic, pairs).max()),
    )


def _misled(model: Model, draw: Draw) -> Outcome:
    e = draw.uniform(0.02, 0.04)
    off, mostly = ("leaf", 0, draw.tensor(0.0)), ("leaf", 0, draw.tensor(0.9))
    circuit = ("sum", torch.stack([0.34 + e, 0.33 - e, draw.tensor(0.33)]), (off, mostly, mostly))
    zero, one = circuits.value(circuit, draw.tensor([[0.0], [1.0]]))
    found = model.max_product(circuit)  # that of the first child, whose bit is 0
    return worst(true(one > zero), equal(found, 0.34 + e), true(found < one))


def _leaf_zero(circuit: Circuit, x: Tensor) -> Tensor:
    known = torch.where(torch.isnan(x), 1.0, x)
    return circuits.value(circuit, known)


def _equal_weights(circuit: Circuit, x: Tensor) -> Tensor:
    if circuit[0] == "sum":
        return torch.stack([w**2 * _equal_weights(c, x) for w, c in zip(circuit[1], circuit[2], strict=True)]).sum(0)
    if circuit[0] == "product":
        return torch.stack([_equal_weights(c, x) for c in circuit[1]]).prod(0)
    return circuits.value(circuit, x)


def _root_only(circuit: Circuit) -> bool:
    return circuit[0] != "sum" or len({circuits.scope(c) for c in circuit[-1]}) == 1


def _max_unweighted(circuit: Circuit) -> Tensor:
    if circuit[0] == "sum":
        return torch.stack([_max_unweighted(c) for c in circuit[2]]).max(0).values
    if circuit[0] == "product":
        return torch.stack([_max_unweighted(c) for c in circuit[1]]).prod(0)
    return circuits.max_product(circuit)


def _upper_bound(circuit: Circuit) -> Tensor:
    if circuit[0] == "sum":
        return torch.stack([w * _upper_bound(c) for w, c in zip(circuit[1], circuit[2], strict=True)]).sum(0)
    if circuit[0] == "product":
        return torch.stack([_upper_bound(c) for c in circuit[1]]).prod(0)
    return circuits.max_product(circuit)


def _root_product(circuit: Circuit) -> bool:
    if circuit[0] != "product":
        return True
    return sum(len(circuits.scope(c)) for c in circuit[-1]) == len(circuits.scope(circuit))


CIRCUIT = Specification(
    name="probabilistic_circuit",
    family="structured",
    systems=(47,),
    title="Probabilistic circuit",
    statement="sum node Σ_i w_i C_i, product node Π_i C_i, leaves p_i(x_i)",
    page="reference_models.structured.circuits",
    functions={
        "value": circuits.value,
        "smooth": circuits.smooth,
        "decomposable": circuits.decomposable,
        "max_product": circuits.max_product,
    },
    properties=(
        Property("mass 1 where weights sum to 1", _mass, Mutant("weights are squared", {"value": _equal_weights})),
        Property("marginals by integrating leaves", _marginals, Mutant("an unknown bit is 1", {"value": _leaf_zero})),
        Property(
            "smooth and decomposable all the way down", _structure, Mutant("the root alone", {"smooth": _root_only})
        ),
        Property(
            "decomposable all the way down", _structure, Mutant("the root alone", {"decomposable": _root_product})
        ),
        Property(
            "max-product bounds, exact where deterministic",
            _modes,
            Mutant("no weights", {"max_product": _max_unweighted}),
        ),
        Property(
            "max-product misses the mode otherwise", _misled, Mutant("sums stay sums", {"max_product": _upper_bound})
        ),
    ),
    source="Choi, Vergari and Van den Broeck 2020",
    conventions=("NaN sums a bit out",),
)

SPECIFICATIONS = (CIRCUIT,)

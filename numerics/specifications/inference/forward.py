"""Ancestral sampling (75) and Box-Muller (76)."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from math import log, pi, sqrt

import torch
from torch import Tensor

from numerics.specifications.contract import Model, Mutant, Outcome, Property, Specification
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import close, equal, frequencies_are, jacobian_log_det, mean_is, worst
from reference_models.inference import forward

PAGE = "reference_models.inference.forward"
PARENTS: tuple[tuple[int, ...], ...] = ((), (0,), (0,), (2, 1))


def _tables(draw: Draw) -> list[Tensor]:
    *first, last = [(draw.simplex(*[2] * len(pa), 2) + 0.5) / 2 for pa in PARENTS]
    one, other = draw.uniform(0.05, 0.2, 2)  # so that it matters which parent is which
    last[0, 1], last[1, 0] = torch.stack([one, 1 - one]), torch.stack([1 - other, other])
    return [*first, last]


def _every(draw: Draw) -> Tensor:
    return torch.tensor(list(itertools.product((0, 1), repeat=4)), device=draw.device)


def _joint(tables: Sequence[Tensor]) -> Tensor:
    """The joint law by products of whole tables, one axis for each node."""
    found: Tensor = torch.einsum("a,ab,ac,cbd->abcd", *tables)
    return found


def _product(model: Model, draw: Draw) -> Outcome:
    tables = _tables(draw)
    found = model.log_joint(_every(draw), PARENTS, tables)
    return worst(close(found, torch.log(_joint(tables)).flatten()), equal(torch.exp(found).sum(), 1.0))


def _histogram(model: Model, draw: Draw, order: Sequence[int] = (0, 1, 2, 3)) -> Outcome:
    tables = _tables(draw)
    x = model.ancestral_sample(order, PARENTS, tables, draw.uniform(0, 1, 40_000, 4))
    return frequencies_are((x * torch.tensor([8, 4, 2, 1], device=x.device)).sum(-1), _joint(tables))


def _other_order(model: Model, draw: Draw) -> Outcome:
    return _histogram(model, draw, (0, 2, 1, 3))


def _first_order_only(
    order: Sequence[int], parents: Sequence[Sequence[int]], tables: Sequence[Tensor], u: Tensor
) -> Tensor:
    """Nodes are written in the order of drawing."""
    return forward.ancestral_sample(order, parents, tables, u)[:, list(order)]


def _parents_swapped(
    order: Sequence[int], parents: Sequence[Sequence[int]], tables: Sequence[Tensor], u: Tensor
) -> Tensor:
    return forward.ancestral_sample(order, [pa[::-1] for pa in parents], tables, u)


ANCESTRAL = Specification(
    name="ancestral_sampling",
    family="inference",
    systems=(75,),
    title="Ancestral sampling",
    statement="x_i ~ p(x_i | pa_i), parents before children",
    page=PAGE,
    functions={"log_joint": forward.log_joint, "ancestral_sample": forward.ancestral_sample},
    properties=(
        Property(
            "log p is the sum of the conditionals: the product of whole tables",
            _product,
            Mutant(
                "a table's parents are read in reverse",
                {"log_joint": lambda x, pa, t: forward.log_joint(x, [p[::-1] for p in pa], t)},
            ),
        ),
        Property(
            "draws have the joint law",
            _histogram,
            Mutant("a table's parents are read in reverse", {"ancestral_sample": _parents_swapped}),
        ),
        Property(
            "another topological order draws the same law",
            _other_order,
            Mutant("nodes are written in the order of drawing", {"ancestral_sample": _first_order_only}),
        ),
    ),
    source="Bishop 2006, section 8.1.2",
    conventions=("a table's axes are its parents, then the node",),
)


def _change_of_variables(model: Model, draw: Draw) -> Outcome:
    """1 = φ(z₁)φ(z₂) |det ∂z/∂u|."""
    u = draw.uniform(0.05, 0.95, 6, 2)
    z = model.box_muller(u)
    return close(jacobian_log_det(model.box_muller, u), log(2 * pi) + (z**2).sum(-1) / 2)


def _independent_normals(model: Model, draw: Draw) -> Outcome:
    z = model.box_muller(1 - draw.uniform(0, 1, 20_000, 2))
    moments = torch.stack(
        [z[:, 0], z[:, 1], z[:, 0] ** 2, z[:, 1] ** 2, z[:, 0] * z[:, 1], (z[:, 0] * z[:, 1]) ** 2], -1
    )
    return mean_is(moments, draw.tensor([0, 0, 1, 1, 0, 1]))


def _one_angle(u: Tensor) -> Tensor:
    z = forward.box_muller(u)
    return torch.stack([z[..., 0], 0.6 * z[..., 0] + 0.8 * z[..., 1]], -1)


BOX_MULLER = Specification(
    name="box_muller",
    family="inference",
    systems=(76,),
    title="Box-Muller transform",
    statement="(z₁, z₂) = √(−2 ln u₁) (cos 2πu₂, sin 2πu₂)",
    page=PAGE,
    functions={"box_muller": forward.box_muller},
    properties=(
        Property(
            "the Jacobian turns the uniform density into two normal ones",
            _change_of_variables,
            Mutant("the radius is √(−ln u₁)", {"box_muller": lambda u: forward.box_muller(u) / sqrt(2)}),
        ),
        Property(
            "means 0, variances 1, independent",
            _independent_normals,
            Mutant("the second leans on the first", {"box_muller": _one_angle}),
        ),
    ),
    source="Box and Muller 1958",
    conventions=("u₁ in (0, 1]",),
)

SPECIFICATIONS = (ANCESTRAL, BOX_MULLER)

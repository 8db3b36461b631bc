"""Operations that make laws of laws: rows 36, 37, 38 and 39."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import torch
from torch import Tensor

from numerics.specifications.contract import Model, Mutant, Outcome, Property, Specification
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import at_most, equal, jacobian_log_det, true, worst
from reference_models.structured import operations

PAGE = "reference_models.structured.operations"
Map = Callable[[Tensor], Tensor]


def _invertible(draw: Draw, d: int) -> Tensor:
    """A matrix of singular values from 0.5 to 2."""
    return draw.orthogonal(d) @ torch.diag(draw.uniform(0.5, 2, d)) @ draw.orthogonal(d)


def _moments(masses: Tensor, x: Tensor) -> tuple[Tensor, Tensor]:
    mean = masses @ x
    return mean, masses @ x**2 - mean**2


def _total_variance(model: Model, draw: Draw) -> Outcome:
    weights, masses, x = draw.simplex(3), draw.simplex(3, 6), draw.normal(6)
    means, variances = _moments(masses, x)
    _, whole = _moments(model.mixture(weights, masses), x)
    found = model.variance(weights, means, variances)
    return worst(equal(found, whole), at_most(weights @ variances, found))


def _mixture_law(model: Model, draw: Draw) -> Outcome:
    weights, masses = draw.simplex(3), draw.simplex(3, 6)
    found = model.mixture(weights, masses)
    return worst(
        equal(found.sum(), 1.0),
        at_most(found, masses.max(0).values),
        at_most(-found, -masses.min(0).values),
        equal(found, weights[0] * masses[0] + weights[1] * masses[1] + weights[2] * masses[2]),
    )


def _geometric(weights: Tensor, masses: Tensor) -> Tensor:
    found = (masses ** weights[:, None]).prod(0)
    return found / found.sum()


def _within(weights: Tensor, means: Tensor, variances: Tensor) -> Tensor:
    return weights @ variances


def _of_a_sum(weights: Tensor, means: Tensor, variances: Tensor) -> Tensor:
    return weights**2 @ variances


MIXTURE = Specification(
    name="mixture_operation",
    family="structured",
    systems=(36,),
    title="Mixture of laws",
    statement="p(x) = Σ_k w_k p_k(x)",
    page=PAGE,
    functions={"mixture": operations.mixture, "variance": operations.mixture_variance},
    properties=(
        Property("a law between its components", _mixture_law, Mutant("a geometric mean", {"mixture": _geometric})),
        Property("the law of total variance", _total_variance, Mutant("within only", {"variance": _within})),
        Property(
            "at least the mean component variance",
            _total_variance,
            Mutant("that of a weighted sum", {"variance": _of_a_sum}),
        ),
    ),
    source="Murphy 2022, section 3.5",
)


def _intersection(model: Model, draw: Draw) -> Outcome:
    masses = draw.simplex(3, 6)
    masses[0, 0], masses[1, 1], masses[2, 2] = 0.0, 0.0, 0.0
    masses = masses / masses.sum(-1, keepdim=True)
    found = model.product(masses)
    return worst(equal(found.sum(), 1.0), equal(found[:3], 0.0), true(found[3:] > 0))


def _precisions(model: Model, draw: Draw) -> Outcome:
    means, variances = draw.normal(3), draw.uniform(0.4, 2, 3)
    x = torch.linspace(-15, 15, 3001, dtype=torch.float64, device=draw.device)
    log_density = -((x[:, None] - means) ** 2 / (2 * variances)).sum(-1)
    mean, var = _moments(torch.softmax(log_density, 0), x)
    found = model.normal_product(means, variances)
    return worst(equal(found[0], mean, 1e-9), equal(found[1], var, 1e-9), at_most(found[1], variances.min()))


def _wider(model: Model, draw: Draw) -> Outcome:
    e = draw.uniform(0.01, 0.1)
    x = draw.tensor([-1.0, 0.0, 0.1, 1.0])
    none = torch.zeros_like(e)
    masses = torch.stack([torch.stack([e, 1 - 2 * e, none, e]), torch.stack([e, none, 1 - 2 * e, e])])
    _, var = _moments(model.product(masses), x)
    return worst(equal(var, 1.0), true(var > _moments(masses, x)[1].max()))


def _scopes(model: Model, draw: Draw) -> Outcome:
    p, q = draw.simplex(3), draw.simplex(4)
    factors = torch.stack([p[:, None].expand(3, 4).flatten(), q.expand(3, 4).flatten()])
    return worst(equal(factors.prod(0).sum(), 1.0), equal(model.product(factors), (p[:, None] * q).flatten()))


def _average(masses: Tensor) -> Tensor:
    return masses.sum(0) / masses.sum()


def _unnormalised(masses: Tensor) -> Tensor:
    return masses.prod(0)


def _rooted(masses: Tensor) -> Tensor:
    found = masses.prod(0) ** (1 / len(masses))
    return found / found.sum()


def _variances_add(means: Tensor, variances: Tensor) -> tuple[Tensor, Tensor]:
    return operations.normal_product(means, variances)[0], variances.sum(0)


PRODUCT = Specification(
    name="product_of_experts",
    family="structured",
    systems=(37,),
    title="Product of experts",
    statement="p(x) = Π_k p_k(x) / Σ_x Π_k p_k(x)",
    page=PAGE,
    functions={"product": operations.product, "normal_product": operations.normal_product},
    properties=(
        Property("supports intersect", _intersection, Mutant("not normalised", {"product": _unnormalised})),
        Property("precisions of normals add", _precisions, Mutant("variances add", {"normal_product": _variances_add})),
        Property("a product can be wider than its factors", _wider, Mutant("an average", {"product": _average})),
        Property(
            "factors of separate variables need no constant",
            _scopes,
            Mutant("a root of the product", {"product": _rooted}),
        ),
    ),
    source="Hinton 2002",
)


def _normal(x: Tensor) -> Tensor:
    return -(x**2).sum(-1) / 2 - x.shape[1] / 2 * math.log(2 * math.pi)


def _logit(y: Tensor) -> Tensor:
    return torch.log(y) - torch.log1p(-y)


def _unit_nodes(draw: Draw) -> tuple[Tensor, Tensor]:
    z = torch.linspace(-20, 20, 401, dtype=torch.float64, device=draw.device)
    y = torch.sigmoid(z)
    return y[:, None], 0.1 * y * torch.sigmoid(-z)


def _mapped_mass(model: Model, draw: Draw) -> Outcome:
    scale = draw.uniform(0.7, 1.5)
    y, w = _unit_nodes(draw)
    return equal((w * torch.exp(model.log_prob(y, _normal, lambda v: _logit(v) / scale))).sum(), 1.0, 1e-9)


def _inverse_jacobians(model: Model, draw: Draw) -> Outcome:
    x = 0.5 * draw.normal(5, 2)

    def forth(v: Tensor) -> Tensor:
        return torch.stack([torch.sinh(v[:, 0]), v[:, 1] * torch.exp(v[:, 0])], -1)

    def back(y: Tensor) -> Tensor:
        first = torch.asinh(y[:, 0])
        return torch.stack([first, y[:, 1] * torch.exp(-first)], -1)

    y = forth(x)
    return worst(
        equal(jacobian_log_det(back, y), -jacobian_log_det(forth, x), 1e-9),
        equal(model.log_prob(y, _normal, back), _normal(x) - jacobian_log_det(forth, x), 1e-9),
    )


def _new_mode(model: Model, draw: Draw) -> Outcome:
    y = torch.sigmoid(torch.linspace(-8, 8, 2001, dtype=torch.float64, device=draw.device))[:, None]
    counted = []
    for scale in (draw.uniform(0.6, 1.3), draw.uniform(1.5, 2)):
        slope = torch.diff(model.log_prob(y, _normal, lambda v, s=scale: _logit(v) / s))
        counted.append(int(((slope[:-1] > 0) & (slope[1:] <= 0)).sum()))
    return equal(draw.tensor(counted), draw.tensor([1, 2]), detail="modes below and above σ² = 2")


def _affine(model: Model, draw: Draw) -> Outcome:
    a, b, y = _invertible(draw, 3), draw.normal(3), draw.normal(6, 3)
    cov = a @ a.mT
    off = y - b
    expected = -((off @ torch.linalg.inv(cov)) * off).sum(-1) / 2 - torch.log(torch.linalg.det(2 * math.pi * cov)) / 2
    return equal(model.affine_log_prob(y, a, b), expected, 1e-7)


def _divided_twice(y: Tensor, base_log_prob: Map, inverse: Map) -> Tensor:
    return 2 * base_log_prob(inverse(y)) - operations.transformed_log_prob(y, base_log_prob, inverse)


def _no_jacobian(y: Tensor, base_log_prob: Map, inverse: Map) -> Tensor:
    return base_log_prob(inverse(y))


def _trace(y: Tensor, base_log_prob: Map, inverse: Map) -> Tensor:
    jacobian = torch.func.vmap(torch.func.jacrev(lambda point: inverse(point[None])[0]))(y)
    return base_log_prob(inverse(y)) + torch.log(torch.diagonal(jacobian, dim1=-2, dim2=-1).sum(-1).abs())


def _plus_log_det(y: Tensor, matrix: Tensor, shift: Tensor) -> Tensor:
    log_det: Tensor = torch.linalg.slogdet(matrix)[1]
    return operations.affine_log_prob(y, matrix, shift) + 2 * log_det


TRANSFORM = Specification(
    name="transformation",
    family="structured",
    systems=(38,),
    title="Change of variables",
    statement="p_Y(y) = p_X(g(y)) |det J_g(y)|, g = f⁻¹",
    page=PAGE,
    functions={"log_prob": operations.transformed_log_prob, "affine_log_prob": operations.affine_log_prob},
    properties=(
        Property("mass 1", _mapped_mass, Mutant("the Jacobian is missing", {"log_prob": _no_jacobian})),
        Property(
            "|det J_g| = 1/|det J_f|", _inverse_jacobians, Mutant("the Jacobian divides", {"log_prob": _divided_twice})
        ),
        Property("the determinant, not the trace", _inverse_jacobians, Mutant("log |tr J|", {"log_prob": _trace})),
        Property(
            "a logistic map can make a second mode",
            _new_mode,
            Mutant("the Jacobian is missing", {"log_prob": _no_jacobian}),
        ),
        Property("affine maps give N(b, AAᵀ)", _affine, Mutant("+ log |det A|", {"affine_log_prob": _plus_log_det})),
    ),
    source="Papamakarios et al. 2021, section 2",
)


def _chain(draw: Draw) -> tuple[list[Map], list[Map], list[Map]]:
    """A linear map, a sinh and a shear: maps, inverses and log-determinants."""
    a = _invertible(draw, 2)
    log_det = torch.linalg.slogdet(a)[1]
    maps: list[Map] = [
        lambda x: x @ a.mT,
        lambda x: torch.sinh(0.5 * x),
        lambda x: torch.stack([x[:, 0], x[:, 1] * torch.exp(0.3 * x[:, 0])], -1),
    ]
    inverses: list[Map] = [
        lambda y: y @ torch.linalg.inv(a).mT,
        lambda y: 2 * torch.asinh(y),
        lambda y: torch.stack([y[:, 0], y[:, 1] * torch.exp(-0.3 * y[:, 0])], -1),
    ]
    log_dets: list[Map] = [
        lambda x: log_det.expand(len(x)),
        lambda x: torch.log(0.5 * torch.cosh(0.5 * x)).sum(-1),
        lambda x: 0.3 * x[:, 0],
    ]
    return maps, inverses, log_dets


def _determinants(model: Model, draw: Draw) -> Outcome:
    (maps, _, log_dets), x = _chain(draw), 0.5 * draw.normal(4, 2)
    direct = jacobian_log_det(lambda v: maps[2](maps[1](maps[0](v))), x)
    return equal(model.log_det(maps, log_dets, x), direct, 1e-9)


def _round_trip(model: Model, draw: Draw) -> Outcome:
    (maps, inverses, _), x = _chain(draw), 0.5 * draw.normal(4, 2)
    y = maps[2](maps[1](maps[0](x)))
    return worst(equal(model.compose(maps, x), y), equal(model.inverse(inverses, y), x, 1e-9))


def _at_the_input(maps: Sequence[Map], log_dets: Sequence[Map], x: Tensor) -> Tensor:
    return torch.stack([log_det(x) for log_det in log_dets]).sum(0)


def _late(maps: Sequence[Map], log_dets: Sequence[Map], x: Tensor) -> Tensor:
    total = torch.zeros_like(x[:, 0])
    for f, log_det in zip(maps, log_dets, strict=True):
        x = f(x)
        total = total + log_det(x)
    return total


def _same_order(inverses: Sequence[Map], y: Tensor) -> Tensor:
    return operations.composed(inverses, y)


def _last_first(maps: Sequence[Map], x: Tensor) -> Tensor:
    return operations.composed(list(reversed(maps)), x)


COMPOSITION = Specification(
    name="composition",
    family="structured",
    systems=(39,),
    title="Composition of maps",
    statement="y = f_K(… f_1(x)), log |det J| = Σ_k log |det J_{f_k}|, inverse f_1⁻¹(… f_K⁻¹(y))",
    page=PAGE,
    functions={
        "compose": operations.composed,
        "inverse": operations.composed_inverse,
        "log_det": operations.composed_log_det,
    },
    properties=(
        Property("determinants multiply", _determinants, Mutant("all at the input", {"log_det": _at_the_input})),
        Property("each determinant where its map applies", _determinants, Mutant("one map late", {"log_det": _late})),
        Property("the inverse reverses the order", _round_trip, Mutant("the same order", {"inverse": _same_order})),
        Property("the first map goes first", _round_trip, Mutant("the last goes first", {"compose": _last_first})),
    ),
    source="Papamakarios et al. 2021, section 2",
)

SPECIFICATIONS = (MIXTURE, PRODUCT, TRANSFORM, COMPOSITION)

"""Generators fitted by counting: rows 20, 21, 22 and 23."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import torch
from torch import Tensor

from numerics.specifications.contract import Model, Mutant, Outcome, Property, Specification
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import equal, gradient, mean_is, true, worst
from reference_models.autoregressive import tables
from reference_models.distributions import trials
from reference_models.learning import estimation
from reference_models.structured import generators

PAGE = "reference_models.structured.generators"


def _words(draw: Draw, n: int, k: int) -> Tensor:
    """Every sequence of n values below k: (kⁿ, n)."""
    return torch.tensor(list(product(range(k), repeat=n)), device=draw.device)


def _heights_stationary(model: Model, draw: Draw) -> Outcome:
    x = draw.uniform(0.5, 2) * draw.normal(8) + draw.normal(1)
    at = torch.stack(model.mle(x))
    slope = gradient(lambda v: -(torch.log(v[1]) + (x - v[0]) ** 2 / v[1]).mean(), at)
    return equal(slope, 0.0, 1e-8)


def _heights_bias(model: Model, draw: Draw) -> Outcome:
    n, values, p = draw.whole(2, 4), draw.normal(3), draw.simplex(3)
    words = _words(draw, n, 3)
    chance = p[words].prod(1)
    mean, var = p @ values, p @ values**2 - (p @ values) ** 2
    fits = model.mle(values[words].mT)  # each sequence is a column
    return worst(equal(chance @ fits[0], mean), equal(chance @ fits[1], (n - 1) / n * var))


def _heights_draws(model: Model, draw: Draw) -> Outcome:
    mean, var = draw.normal(1), draw.uniform(1.5, 3, 1)
    x = model.sample(mean, var, draw.normal(20_000, 1))
    fitted, spread = model.mle(x)
    return worst(mean_is(x, mean), mean_is((x - mean) ** 2, var), equal(fitted, mean, 0.15), equal(spread, var, 0.35))


def _unbiased(x: Tensor) -> tuple[Tensor, Tensor]:
    return x.mean(0), x.var(0)


def _about_zero(x: Tensor) -> tuple[Tensor, Tensor]:
    return x.mean(0), (x**2).mean(0)


def _variance_noise(mean: Tensor, var: Tensor, noise: Tensor) -> Tensor:
    return mean + var * noise


HEIGHTS = Specification(
    name="gaussian_generator",
    family="structured",
    systems=(20,),
    title="Gaussian plug-in generator",
    statement="μ̂ = x̄, σ̂² = (1/n) Σ (x_i − x̄)², new x = μ̂ + σ̂ ε",
    page=PAGE,
    functions={"mle": estimation.normal_mle, "sample": generators.heights_sample},
    properties=(
        Property("the MLE is stationary", _heights_stationary, Mutant("1/(n − 1)", {"mle": _unbiased})),
        Property("E σ̂² = (n − 1)/n σ²", _heights_bias, Mutant("about 0, not about x̄", {"mle": _about_zero})),
        Property(
            "draws have the fitted mean and variance", _heights_draws, Mutant("σ² ε", {"sample": _variance_noise})
        ),
    ),
    source="Wasserman 2004, section 9.3",
    conventions=("variances divide by n",),
)


def _coin_stationary(model: Model, draw: Draw) -> Outcome:
    x = torch.cat([draw.bits(9), draw.tensor([0, 1, 1, 1])])
    at = model.mle(x)
    return equal(gradient(lambda p: (x * torch.log(p) + (1 - x) * torch.log1p(-p)).sum(), at), 0.0, 1e-8)


def _coin_law(model: Model, draw: Draw) -> Outcome:
    n, p = draw.whole(2, 6), draw.uniform(0.1, 0.9)
    words = _words(draw, n, 2).to(torch.float64)
    chance = (p**words * (1 - p) ** (1 - words)).prod(1)
    found = model.mle(words.mT)
    mean = chance @ found
    return worst(equal(mean, p), equal(chance @ (found - mean) ** 2, p * (1 - p) / n))


def _coin_draws(model: Model, draw: Draw) -> Outcome:
    p = draw.tensor([0.2, 0.7]) + draw.uniform(0, 0.1)
    return mean_is(model.sample(p, draw.uniform(0, 1, 20_000, 2)), p)


def _smoothed(x: Tensor) -> Tensor:
    return (x.sum(0) + 1) / (x.shape[0] + 2)


def _shrunk(x: Tensor) -> Tensor:
    return x.sum(0) / (x.shape[0] + 1)


def _above(p: Tensor, u: Tensor) -> Tensor:
    return (u > p).to(p.dtype)


COIN = Specification(
    name="coin_generator",
    family="structured",
    systems=(21,),
    title="Bernoulli coin generator",
    statement="ρ̂ = (1/n) Σ x_i, new x = 1 where u < ρ̂",
    page=PAGE,
    functions={"mle": trials.bernoulli_mle, "sample": generators.coin_sample},
    properties=(
        Property(
            "the MLE is stationary", _coin_stationary, Mutant("a count is added to each side", {"mle": _smoothed})
        ),
        Property("unbiased, variance ρ(1 − ρ)/n", _coin_law, Mutant("1/(n + 1)", {"mle": _shrunk})),
        Property("draws have mean ρ", _coin_draws, Mutant("zeros for ones", {"sample": _above})),
    ),
    source="Wasserman 2004, section 9.3",
)


def _iid_product(model: Model, draw: Draw) -> Outcome:
    p, n = draw.simplex(3), 4
    words = _words(draw, n, 3)
    joint = torch.exp(model.log_prob(words, p))
    outer = torch.einsum("a,b,c,d->abcd", p, p, p, p)
    return worst(equal(joint.sum(), 1.0), equal(joint, outer.flatten()))


def _iid_order(model: Model, draw: Draw) -> Outcome:
    p, x = draw.simplex(4), draw.integers(0, 3, 5, 6)
    x[0] = torch.arange(6, device=draw.device) % 4
    turned = torch.cat([x[:, 1:], x[:, :1]], 1)
    return equal(model.log_prob(turned, p), model.log_prob(x, p))


def _iid_count(model: Model, draw: Draw) -> Outcome:
    n, k = draw.whole(2, 30), draw.whole(2, 5)
    free = torch.ones(k, dtype=torch.float64)
    tangent = torch.eye(k, dtype=torch.float64) - free[:, None] * free / k  # directions that keep Σ p = 1
    rank = int(torch.linalg.matrix_rank(tangent))
    return equal(draw.tensor([model.parameters(n, k), model.parameters(1, k)]), float(rank))


def _averaged(x: Tensor, p: Tensor) -> Tensor:
    return torch.log(p)[x].mean(-1)


def _weighted(x: Tensor, p: Tensor) -> Tensor:
    place = torch.linspace(0.9, 1.1, x.shape[-1], dtype=p.dtype, device=p.device)
    return (torch.log(p)[x] * place).sum(-1)


def _table_each(n: int, k: int) -> int:
    return n * (k - 1)


IID = Specification(
    name="iid",
    family="structured",
    systems=(22,),
    title="Independent and identically distributed draws",
    statement="p(x_1 … x_n) = Π_i p(x_i)",
    page=PAGE,
    functions={"log_prob": generators.iid_log_prob, "parameters": generators.iid_parameters},
    properties=(
        Property(
            "the joint is the product of its marginals",
            _iid_product,
            Mutant("a mean for a sum", {"log_prob": _averaged}),
        ),
        Property("order doesn't matter", _iid_order, Mutant("late places weigh more", {"log_prob": _weighted})),
        Property(
            "k − 1 parameters, whatever n", _iid_count, Mutant("a table for each place", {"parameters": _table_each})
        ),
    ),
    source="Wasserman 2004, section 2.9",
)


def _joint(draw: Draw, n: int, k: int) -> Tensor:
    return draw.simplex(k**n).reshape((k,) * n)


def _any_joint(model: Model, draw: Draw) -> Outcome:
    joint, words = _joint(draw, 4, 2), _words(draw, 4, 2)
    return equal(torch.exp(model.log_prob(words, model.tables(joint))), joint.flatten())


def _conditionals(model: Model, draw: Draw) -> Outcome:
    found = model.tables(_joint(draw, 3, 3))
    return worst(*(equal(t.sum(-1), 1.0) for t in found), true(len(found) == 3))


def _free_numbers(model: Model, draw: Draw) -> Outcome:
    n, k = draw.whole(2, 4), draw.whole(2, 3)
    free = sum(
        t.numel() - t.numel() // k for t in model.tables(_joint(draw, n, k))
    )  # each row of a table has k − 1 free numbers
    return worst(equal(float(model.parameters(n, k)), float(free)), equal(float(free), float(k**n - 1)))


def _markov(joint: Tensor) -> list[Tensor]:
    found = tables.conditionals(joint)
    forgetful = joint.sum(0) / joint.sum((0, -1))[..., None]  # the last variable forgets the first
    return [*found[:-1], forgetful.expand_as(found[-1])]


def _joint_rows(joint: Tensor) -> list[Tensor]:
    found = tables.conditionals(joint)
    return [*found[:-1], found[-1] / found[-1].sum(0, keepdim=True)]


def _one_position_short(n: int, k: int) -> int:
    return sum(k**i * (k - 1) for i in range(1, n))


def _backwards(x: Tensor, tables: Sequence[Tensor]) -> Tensor:
    looked = [torch.log(t[tuple(x[..., : i + 1].flip(-1).unbind(-1))]) for i, t in enumerate(tables)]
    return torch.stack(looked).sum(0)


CHAIN = Specification(
    name="chain_rule_table",
    family="structured",
    systems=(23,),
    title="Chain-rule table",
    statement="p(x_1 … x_n) = Π_i p(x_i | x_1 … x_{i−1})",
    page="reference_models.autoregressive.tables",
    functions={
        "tables": tables.conditionals,
        "log_prob": tables.tables_log_prob,
        "parameters": tables.tables_free_parameters,
    },
    properties=(
        Property(
            "gives back any joint", _any_joint, Mutant("the last variable forgets the first", {"tables": _markov})
        ),
        Property(
            "look-ups in the order of the variables",
            _any_joint,
            Mutant("prefixes are read backwards", {"log_prob": _backwards}),
        ),
        Property(
            "each row of each table is a law",
            _conditionals,
            Mutant("the wrong axis sums to 1", {"tables": _joint_rows}),
        ),
        Property(
            "kⁿ − 1 parameters",
            _free_numbers,
            Mutant("the first table is missing", {"parameters": _one_position_short}),
        ),
    ),
    source="Murphy 2022, section 3.6",
    conventions=("axis i of a table is variable i",),
)

SPECIFICATIONS = (HEIGHTS, COIN, IID, CHAIN)

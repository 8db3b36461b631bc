"""Normal in one and many dimensions, and the isotropic prior: rows 10 and 219."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import torch
from torch import Tensor

from numerics.specifications.contract import Answers, Model, Mutant, Oracle, Outcome, Property, Specification
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import at_most, equal, mean_is, true, worst
from reference_models.distributions import normal

SOURCE = "Bishop 2006, section 2.3"
PAGE = "reference_models.distributions.normal"


def _invertible(draw: Draw, d: int) -> Tensor:
    """A matrix of singular values from 0.5 to 2."""
    return draw.orthogonal(d) @ torch.diag(draw.uniform(0.5, 2, d)) @ draw.orthogonal(d)


def _nodes(draw: Draw, low: float, high: float, n: int = 60) -> tuple[Tensor, Tensor]:
    x, w = (draw.tensor(a) for a in np.polynomial.legendre.leggauss(n))
    return low + (high - low) * (x + 1) / 2, w * (high - low) / 2


def _mass(model: Model, draw: Draw) -> Outcome:
    mean, cov = draw.normal(2), draw.spd(2)
    t, w = _nodes(draw, -9, 9)
    values, vectors = torch.linalg.eigh(cov)
    z = torch.cartesian_prod(t, t)
    x = mean + (z * torch.sqrt(values)) @ vectors.mT
    weights = (w[:, None] * w).flatten() * torch.sqrt(values.prod())
    mass = weights * torch.exp(model.log_prob(x, mean, cov))
    return worst(
        equal(mass.sum(), 1.0, 1e-9),
        equal(mass @ x, mean, 1e-9),
        equal((mass[:, None] * (x - mean)).mT @ (x - mean), cov, 1e-8),
    )


def _chain(model: Model, draw: Draw) -> Outcome:
    mean, cov, x = draw.normal(3, 4), draw.spd(4, 3), draw.normal(3, 4)
    rest_mean, rest_cov = model.conditional(mean, cov, [1, 3], x[:, [1, 3]])
    given = model.log_prob(x[:, [1, 3]], mean[:, [1, 3]], cov[:, [1, 3]][:, :, [1, 3]])
    whole = model.log_prob(x, mean, cov)
    return equal(given + model.log_prob(x[:, [0, 2]], rest_mean, rest_cov), whole, 1e-9)


def _affine(model: Model, draw: Draw) -> Outcome:
    mean, cov, x = draw.normal(3), draw.spd(3), draw.normal(5, 3)
    a, b = _invertible(draw, 3), draw.normal(3)
    moved_mean, moved_cov = model.affine(mean, cov, a, b)
    log_det = torch.linalg.slogdet(a)[1]
    return equal(model.log_prob(x @ a.mT + b, moved_mean, moved_cov), model.log_prob(x, mean, cov) - log_det, 1e-8)


def _marginal(model: Model, draw: Draw) -> Outcome:
    mean, cov, x = draw.normal(2), draw.spd(2), draw.normal(4)
    width = 10 * float(torch.sqrt(cov[1, 1]))
    y, w = _nodes(draw, float(mean[1]) - width, float(mean[1]) + width, 150)
    pairs = torch.stack(torch.broadcast_tensors(x[:, None], y), -1)
    over = (w * torch.exp(model.log_prob(pairs, mean, cov))).sum(1)
    kept_mean, kept_cov = model.marginal(mean, cov, [0])
    return equal(torch.exp(model.log_prob(x[:, None], kept_mean, kept_cov)), over, 1e-8)


def _below_zero(model: Model, draw: Draw) -> Outcome:
    mean, var = draw.uniform(-1, 1), draw.uniform(0.3, 3)
    low = float(mean) - 12 * math.sqrt(float(var))
    x, w = _nodes(draw, low, 0.0, 100)
    density = torch.exp(-((x - mean) ** 2) / (2 * var)) / torch.sqrt(2 * math.pi * var)
    return equal(model.cdf(draw.tensor(0.0), mean, var), (w * density).sum(), 1e-9)


def _entropy(model: Model, draw: Draw) -> Outcome:
    cov = draw.spd(2)
    t, w = (draw.tensor(a) for a in np.polynomial.hermite_e.hermegauss(12))
    z, weights = torch.cartesian_prod(t, t), (w[:, None] * w).flatten() / (2 * math.pi)
    x = z @ torch.linalg.cholesky(cov).mT
    zero = torch.zeros_like(x[0])
    found, var = model.entropy(cov), draw.uniform(0.3, 3)
    flat, one = torch.log(torch.sqrt(12 * var)), model.entropy(var[None, None])  # Uniform of that variance
    peaked = 1 + torch.log(torch.sqrt(2 * var))  # Laplace of that variance
    return worst(equal(found, -(weights @ model.log_prob(x, zero, cov)), 1e-9), true((one > flat) & (one > peaked)))


def _limit(model: Model, draw: Draw) -> Outcome:
    n = draw.whole(300, 600)
    k = draw.tensor(range(n + 1))
    ways = torch.lgamma(draw.tensor(n + 1)) - torch.lgamma(k + 1) - torch.lgamma(n - k + 1)
    flips = torch.cumsum(torch.exp(ways - n * math.log(2)), 0)
    gap = (flips - model.cdf(k, draw.tensor(n / 2), draw.tensor(n / 4))).abs().max()
    return at_most(gap, 0.4748 / math.sqrt(n), detail="Berry and Esseen's bound for fair coins")


def _draws(model: Model, draw: Draw) -> Outcome:
    mean, cov = draw.normal(2), draw.uniform(0.5, 2) * draw.tensor([[2, 0.8], [0.8, 1]])
    x = model.sample(mean, cov, 30_000, draw.generator())
    off = x - mean
    return worst(mean_is(x, mean), mean_is(off[:, :, None] * off[:, None, :], cov))


def _one_normaliser(x: Tensor, mean: Tensor, cov: Tensor) -> Tensor:
    return normal.log_prob(x, mean, cov) + (x.shape[-1] - 1) / 2 * math.log(2 * math.pi)


def _two_determinants(x: Tensor, mean: Tensor, cov: Tensor) -> Tensor:
    return normal.log_prob(x, mean, cov) - torch.linalg.slogdet(cov)[1] / 2


def _unexplained(mean: Tensor, cov: Tensor, given: list[int], value: Tensor) -> tuple[Tensor, Tensor]:
    rest = [i for i in range(mean.shape[-1]) if i not in given]
    return normal.conditional(mean, cov, given, value)[0], cov[..., rest, :][..., rest]


def _untransposed(mean: Tensor, cov: Tensor, a: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    return (a @ mean[..., None])[..., 0] + b, a.mT @ cov @ a


def _precision_block(mean: Tensor, cov: Tensor, keep: list[int]) -> tuple[Tensor, Tensor]:
    block = torch.linalg.inv(cov)[..., keep, :][..., keep]
    return mean[..., keep], torch.linalg.inv(block)


def _by_variance(x: Tensor, mean: Tensor, var: Tensor) -> Tensor:
    return torch.special.ndtr((x - mean) / var)


def _without_e(cov: Tensor) -> Tensor:
    return normal.entropy(cov) - cov.shape[-1] / 2


def _wrong_root(mean: Tensor, cov: Tensor, n: int, generator: torch.Generator) -> Tensor:
    noise = torch.randn((n, mean.shape[-1]), generator=generator, dtype=mean.dtype, device=mean.device)
    return mean + noise @ torch.linalg.cholesky(cov)


def _from_scipy(inputs: Mapping[str, Any]) -> Answers:
    from scipy.stats import multivariate_normal, norm

    law = multivariate_normal(inputs["mean"], inputs["cov"])
    below = norm.cdf(0.0, inputs["mean"], np.sqrt(np.diag(inputs["cov"])))
    return {"log_prob": law.logpdf(inputs["x"]).tolist(), "entropy": float(law.entropy()), "below_zero": below.tolist()}


def _ours(model: Model, inputs: Mapping[str, Any]) -> Answers:
    x, mean, cov = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("x", "mean", "cov"))
    below = model.cdf(torch.zeros_like(mean), mean, torch.diagonal(cov))
    return {"log_prob": model.log_prob(x, mean, cov), "entropy": model.entropy(cov), "below_zero": below}


NORMAL = Specification(
    name="normal",
    family="distributions",
    systems=(10,),
    title="Normal",
    statement="p(x) = (2π)^(−d/2) |Σ|^(−1/2) e^(−(x − μ)ᵀ Σ⁻¹ (x − μ)/2)",
    page=PAGE,
    functions={
        "log_prob": normal.log_prob,
        "affine": normal.affine,
        "marginal": normal.marginal,
        "conditional": normal.conditional,
        "entropy": normal.entropy,
        "cdf": normal.cdf,
        "sample": normal.sample,
    },
    properties=(
        Property("mass 1, mean μ, covariance Σ", _mass, Mutant("(2π)^(1/2) whatever d", {"log_prob": _one_normaliser})),
        Property(
            "p(x) = p(x_b) p(x_a | x_b)", _chain, Mutant("the covariance isn't reduced", {"conditional": _unexplained})
        ),
        Property("closed under affine maps", _affine, Mutant("AᵀΣA for AΣAᵀ", {"affine": _untransposed})),
        Property(
            "affine maps change the density by |det A|", _affine, Mutant("|Σ|⁻¹", {"log_prob": _two_determinants})
        ),
        Property("the marginal is the integral", _marginal, Mutant("a block of Σ⁻¹", {"marginal": _precision_block})),
        Property("P(X < 0) = Φ(−μ/σ)", _below_zero, Mutant("σ² for σ", {"cdf": _by_variance})),
        Property("the largest entropy of its variance", _entropy, Mutant("e is missing", {"entropy": _without_e})),
        Property("the limit of sums of coins", _limit, Mutant("σ² for σ", {"cdf": _by_variance})),
        Property("draws have mean μ, covariance Σ", _draws, Mutant("LᵀL for LLᵀ", {"sample": _wrong_root})),
    ),
    source=SOURCE,
    oracles=(
        Oracle(
            package="scipy",
            inputs={"x": [[0.0, 0.0], [1.5, -2.0]], "mean": [0.5, -1.0], "cov": [[2.0, 0.6], [0.6, 0.5]]},
            ask=_from_scipy,
            tell=_ours,
            tolerance=1e-13,
            conversion="scipy's norm takes a standard deviation",
        ),
    ),
    conventions=("covariances, never standard deviations", "nats"),
)


def _rotations(model: Model, draw: Draw) -> Outcome:
    z, turn = draw.normal(6, 4), draw.orthogonal(4)
    return equal(model.log_prob(z @ turn), model.log_prob(z))


def _blocks(model: Model, draw: Draw) -> Outcome:
    z = draw.normal(5, 5)
    return equal(model.log_prob(z), model.log_prob(z[:, :2]) + model.log_prob(z[:, 2:]))


def _standard_mass(model: Model, draw: Draw) -> Outcome:
    x, w = _nodes(draw, -10, 10, 80)
    mass = w * torch.exp(model.log_prob(x[:, None]))
    first = draw.normal(3)
    pairs = torch.stack(torch.broadcast_tensors(first[:, None], x), -1)
    marginal = (w * torch.exp(model.log_prob(pairs))).sum(1)
    return worst(
        equal(mass.sum(), 1.0),
        equal((mass * x**2).sum(), 1.0),
        equal(marginal, torch.exp(model.log_prob(first[:, None]))),
    )


def _same_covariance(model: Model, draw: Draw) -> Outcome:
    d = draw.whole(1, 5)
    signs = torch.cartesian_prod(*[draw.tensor([-1, 1])] * d).reshape(-1, d)  # covariance I, entropy d log 2
    flat = d * math.log(math.sqrt(12))  # Uniform on ±√3: covariance I
    wide = d / 2 * math.log(4) + model.entropy(d)  # 2z: a larger covariance, a larger entropy
    cross = -model.log_prob(signs @ draw.orthogonal(d)).mean()
    return worst(equal(cross, model.entropy(d)), true(flat < model.entropy(d) < wide))


def _absolute(z: Tensor) -> Tensor:
    return -z.shape[-1] / 2 * math.log(2 * math.pi) - z.abs().sum(-1) / 2


def _one_constant(z: Tensor) -> Tensor:
    return -math.log(2 * math.pi) / 2 - (z**2).sum(-1) / 2


def _variance_half(z: Tensor) -> Tensor:
    return -z.shape[-1] / 2 * math.log(math.pi) - (z**2).sum(-1)


def _entropy_of_one(d: int) -> float:
    return math.log(2 * math.pi * math.e) / 2 * math.sqrt(d + 1)


STANDARD_NORMAL = Specification(
    name="standard_normal",
    family="distributions",
    systems=(219,),
    title="Isotropic Gaussian prior",
    statement="N(z; 0, I) = (2π)^(−d/2) e^(−|z|²/2)",
    page=PAGE,
    functions={"log_prob": normal.standard_log_prob, "entropy": normal.standard_entropy},
    properties=(
        Property("rotations change nothing", _rotations, Mutant("Σ |z_i| for |z|²", {"log_prob": _absolute})),
        Property("blocks are independent", _blocks, Mutant("one factor (2π)^(−1/2)", {"log_prob": _one_constant})),
        Property(
            "mass 1, variance 1, marginals of the same form",
            _standard_mass,
            Mutant("e^(−|z|²), normalised", {"log_prob": _variance_half}),
        ),
        Property(
            "the largest entropy at covariance I, and only there",
            _same_covariance,
            Mutant("grows as √(d + 1), not d", {"entropy": _entropy_of_one}),
        ),
    ),
    source=SOURCE,
)

SPECIFICATIONS = (NORMAL, STANDARD_NORMAL)

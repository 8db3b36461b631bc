"""Uniform, Beta, Dirichlet and Logistic-Normal: rows 11, 12, 13 and 14."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import torch
from torch import Tensor

from numerics.specifications.contract import Answers, Model, Mutant, Oracle, Outcome, Property, Specification
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import equal, mean_is, true, worst
from reference_models.distributions import intervals

PAGE = "reference_models.distributions.intervals"


def _nodes(draw: Draw, low: float, high: float, n: int = 60) -> tuple[Tensor, Tensor]:
    x, w = (draw.tensor(a) for a in np.polynomial.legendre.leggauss(n))
    return low + (high - low) * (x + 1) / 2, w * (high - low) / 2


def _logit_nodes(draw: Draw) -> tuple[Tensor, Tensor]:
    """Points of (0, 1) and weights dx, by the trapezoid rule in the logit."""
    z = torch.linspace(-30, 30, 601, dtype=torch.float64, device=draw.device)
    x = torch.sigmoid(z)
    return x, 0.1 * x * torch.sigmoid(-z)


def _uniform_moments(model: Model, draw: Draw) -> Outcome:
    low = draw.uniform(-3, 0)
    high = low + draw.uniform(0.3, 4)
    x, w = _nodes(draw, float(low), float(high), 8)
    mass = w * torch.exp(model.log_prob(x, low, high))
    mean = (mass * x).sum()
    return worst(
        equal(mass.sum(), 1.0),
        equal(mean, (low + high) / 2),
        equal((mass * (x - mean) ** 2).sum(), (high - low) ** 2 / 12),
    )


def _no_decay(model: Model, draw: Draw) -> Outcome:
    low = draw.uniform(-3, 0)
    high = low + draw.uniform(0.3, 4)
    inside, outside = low + (high - low) * draw.uniform(0, 1, 9), torch.stack([low - 1e-6, high + 1e-6])
    return worst(
        equal(torch.exp(model.log_prob(inside, low, high)), 1 / (high - low)),
        equal(torch.exp(model.log_prob(outside, low, high)), 0.0),
    )


def _flat_prior(model: Model, draw: Draw) -> Outcome:
    x, grid = draw.uniform(-1, 1, 7), torch.linspace(-2, 2, 401, dtype=torch.float64, device=draw.device)
    likelihood = -((x[:, None] - grid) ** 2).sum(0) / 2
    posterior = likelihood + model.log_prob(grid, draw.tensor(-1.5), draw.tensor(1.5))
    return worst(
        equal(grid[posterior.argmax()], grid[likelihood.argmax()]), true(torch.isinf(posterior[[0, -1]]).all())
    )


def _inverse_cdf(model: Model, draw: Draw) -> Outcome:
    u = model.sample(draw.tensor([0.0, -1.0]), draw.tensor([1.0, 3.0]), 20_000, draw.generator())
    return worst(mean_is(-torch.log1p(-u[:, 0]), 1.0), mean_is(u[:, 1], 1.0), mean_is((u[:, 1] - 1) ** 2, 16 / 12))


def _everywhere(x: Tensor, low: Tensor, high: Tensor) -> Tensor:
    return -torch.log(high - low) + 0 * x


def _width(x: Tensor, low: Tensor, high: Tensor) -> Tensor:
    return torch.where((x >= low) & (x <= high), torch.log(high - low), -torch.inf)


def _tapered(x: Tensor, low: Tensor, high: Tensor) -> Tensor:
    inside = torch.log(((x - low) * (high - x)).clamp_min(0)) - 3 * torch.log(high - low) + math.log(6)
    return inside


def _from_low(low: Tensor, high: Tensor, n: int, generator: torch.Generator) -> Tensor:
    u = torch.rand((n, *low.shape), generator=generator, dtype=low.dtype, device=low.device)
    return low + high * u


def _uniform_asked(inputs: Mapping[str, Any]) -> Answers:
    from scipy.stats import uniform

    low, high = np.array(inputs["low"]), np.array(inputs["high"])
    return {"log_prob": uniform.logpdf(inputs["x"], low, high - low).tolist()}


def _uniform_told(model: Model, inputs: Mapping[str, Any]) -> Answers:
    x, low, high = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("x", "low", "high"))
    return {"log_prob": model.log_prob(x, low, high)}


UNIFORM = Specification(
    name="uniform",
    family="distributions",
    systems=(11,),
    title="Uniform",
    statement="p(x) = 1/(b − a) on [a, b]",
    page=PAGE,
    functions={"log_prob": intervals.uniform_log_prob, "sample": intervals.uniform_sample},
    properties=(
        Property(
            "mass 1, mean (a + b)/2, variance (b − a)²/12", _uniform_moments, Mutant("b − a", {"log_prob": _width})
        ),
        Property("constant inside, zero outside", _no_decay, Mutant("no bounds", {"log_prob": _everywhere})),
        Property("as a prior, MAP is MLE", _flat_prior, Mutant("no bounds", {"log_prob": _everywhere})),
        Property("a density that doesn't decay", _no_decay, Mutant("a parabola of mass 1", {"log_prob": _tapered})),
        Property("−log(1 − u) is Exponential(1)", _inverse_cdf, Mutant("a + b u", {"sample": _from_low})),
    ),
    source="Casella and Berger 2002, section 3.3",
    oracles=(
        Oracle(
            package="scipy",
            inputs={"x": [0.2, -1.0, 5.0], "low": [0.0, -2.0, 1.0], "high": [0.5, 3.0, 4.0]},
            ask=_uniform_asked,
            tell=_uniform_told,
            tolerance=1e-13,
            conversion="scipy's scale is b − a",
        ),
    ),
)


def _beta_moments(model: Model, draw: Draw) -> Outcome:
    a, b = draw.uniform(1.5, 6), draw.uniform(1.5, 6)
    x, w = _logit_nodes(draw)
    mass = w * torch.exp(model.log_prob(x, a, b))
    return worst(equal(mass.sum(), 1.0, 1e-9), equal((mass * x).sum(), model.mean(a, b), 1e-9))


def _flat_beta(model: Model, draw: Draw) -> Outcome:
    one = draw.tensor(1.0)
    return equal(model.log_prob(draw.uniform(0.01, 0.99, 9), one, one), 0.0)


def _beta_conjugate(model: Model, draw: Draw) -> Outcome:
    a, b, flips, x = draw.uniform(0.5, 4), draw.uniform(0.5, 4), draw.bits(7), draw.uniform(0.05, 0.95, 9)
    flips[0] = 1 - flips[1:].round().mean().round()  # never as many ones as zeros
    after = model.log_prob(x, *model.posterior(a, b, flips))
    product = model.log_prob(x, a, b) + (flips[:, None] * torch.log(x) + (1 - flips[:, None]) * torch.log1p(-x)).sum(0)
    gap = after - product  # the log-evidence, whatever x
    return equal(gap, gap.mean(), 1e-9)


def _beta_draws(model: Model, draw: Draw) -> Outcome:
    x = model.sample(2, 5, 20_000, draw.generator())
    return worst(mean_is(x, 2 / 7), mean_is((x - 2 / 7) ** 2, 10 / (49 * 8)))


def _inverse_beta(x: Tensor, a: Tensor, b: Tensor) -> Tensor:
    return torch.xlogy(a - 1, x) + torch.special.xlog1py(b - 1, -x) - torch.lgamma(a) - torch.lgamma(b)


def _full_powers(x: Tensor, a: Tensor, b: Tensor) -> Tensor:
    return intervals.beta_log_prob(x, a + 1, b + 1)


def _swapped_mean(a: Tensor, b: Tensor) -> Tensor:
    return b / (a + b)


def _swapped_flips(a: Tensor, b: Tensor, flips: Tensor) -> tuple[Tensor, Tensor]:
    return a + (1 - flips).sum(0), b + flips.sum(0)


def _odds(a: int, b: int, n: int, generator: torch.Generator) -> Tensor:
    x = intervals.beta_sample(a, b, n, generator)
    return x / (1 - x)


def _beta_scipy(inputs: Mapping[str, Any]) -> Answers:
    from scipy.stats import beta

    return {"log_prob": beta.logpdf(inputs["x"], inputs["a"], inputs["b"]).tolist()}


def _beta_ours(model: Model, inputs: Mapping[str, Any]) -> Answers:
    return {"log_prob": model.log_prob(*(torch.tensor(inputs[name], dtype=torch.float64) for name in ("x", "a", "b")))}


BETA = Specification(
    name="beta",
    family="distributions",
    systems=(12,),
    title="Beta",
    statement="p(x) = x^(a − 1) (1 − x)^(b − 1) / B(a, b)",
    page=PAGE,
    functions={
        "log_prob": intervals.beta_log_prob,
        "mean": intervals.beta_mean,
        "posterior": intervals.beta_posterior,
        "sample": intervals.beta_sample,
    },
    properties=(
        Property("mass 1", _beta_moments, Mutant("Γ(a + b) is missing", {"log_prob": _inverse_beta})),
        Property("mean a/(a + b)", _beta_moments, Mutant("b/(a + b)", {"mean": _swapped_mean})),
        Property("Beta(1, 1) is uniform", _flat_beta, Mutant("powers a and b", {"log_prob": _full_powers})),
        Property(
            "conjugate to Bernoulli",
            _beta_conjugate,
            Mutant("ones and zeros are swapped", {"posterior": _swapped_flips}),
        ),
        Property("a share of two Gammas", _beta_draws, Mutant("X/Y for X/(X + Y)", {"sample": _odds})),
    ),
    source="Murphy 2022, section 2.7",
    oracles=(
        Oracle(
            package="scipy",
            inputs={"x": [0.3, 0.9, 0.01], "a": [0.5, 1.0, 7.5], "b": [2.0, 0.25, 1.5]},
            ask=_beta_scipy,
            tell=_beta_ours,
            tolerance=1e-12,
            conversion="the same parameters",
        ),
    ),
)


def _two_are_beta(model: Model, draw: Draw) -> Outcome:
    x, a = draw.uniform(0.05, 0.95, 6), draw.uniform(0.5, 5, 2)
    log_beta = torch.lgamma(a).sum() - torch.lgamma(a.sum())
    expected = (a[0] - 1) * torch.log(x) + (a[1] - 1) * torch.log1p(-x) - log_beta
    return equal(model.log_prob(torch.stack([x, 1 - x], -1), a), expected)


def _simplex_integral(model: Model, draw: Draw, a: Tensor, keep_first: bool) -> tuple[Tensor, Tensor, Tensor]:
    """Points of the kept coordinate, its density by integrating over the rest, and the Beta density there."""
    at, (x, w) = draw.uniform(0.2, 0.8, 4), _logit_nodes(draw)
    if keep_first:  # x₁ = at, x₂ = (1 − at) x
        points = torch.stack(
            torch.broadcast_tensors(at[:, None], (1 - at[:, None]) * x, (1 - at[:, None]) * (1 - x)), -1
        )
        width, left, right = 1 - at, a[0], a[1] + a[2]
    else:  # x₁ + x₂ = at, x₁ = at x
        points = torch.stack(torch.broadcast_tensors(at[:, None] * x, at[:, None] * (1 - x), (1 - at)[:, None]), -1)
        width, left, right = at, a[0] + a[1], a[2]
    found = width * (w * torch.exp(model.log_prob(points, a))).sum(1)
    log_beta = torch.lgamma(left) + torch.lgamma(right) - torch.lgamma(left + right)
    return at, found, torch.exp((left - 1) * torch.log(at) + (right - 1) * torch.log1p(-at) - log_beta)


def _dirichlet_marginal(model: Model, draw: Draw) -> Outcome:
    _, found, expected = _simplex_integral(model, draw, draw.uniform(1.5, 4, 3), True)
    return equal(found, expected, 1e-8)


def _aggregation(model: Model, draw: Draw) -> Outcome:
    _, found, expected = _simplex_integral(model, draw, draw.uniform(1.5, 4, 3), False)
    return equal(found, expected, 1e-8)


def _dirichlet_conjugate(model: Model, draw: Draw) -> Outcome:
    a, counts, x = draw.uniform(0.5, 4, 3), draw.tensor([draw.whole(0, 4), 2, 7]), draw.simplex(9, 3)
    after = model.log_prob(x, model.posterior(a, counts))
    gap = after - model.log_prob(x, a) - (counts * torch.log(x)).sum(-1)
    return equal(gap, gap.mean(), 1e-9)


def _dirichlet_draws(model: Model, draw: Draw) -> Outcome:
    a = draw.tensor([1, 2, 4])
    x, mean = model.sample([1, 2, 4], 20_000, draw.generator()), a / 7
    return worst(mean_is(x, mean), mean_is((x - mean) ** 2, mean * (1 - mean) / 8))


def _product_of_betas(x: Tensor, a: Tensor) -> Tensor:
    return (torch.xlogy(a - 1, x) - torch.lgamma(a)).sum(-1)


def _offset_total(x: Tensor, a: Tensor) -> Tensor:
    return intervals.dirichlet_log_prob(x, a) - torch.log(a.sum(-1) - 1)


def _powers(x: Tensor, a: Tensor) -> Tensor:
    return intervals.dirichlet_log_prob(x, a) + torch.log(x).sum(-1)


def _frequencies(a: Tensor, counts: Tensor) -> Tensor:
    return a + counts / counts.sum(-1, keepdim=True)


def _equal_shapes(a: list[int], n: int, generator: torch.Generator) -> Tensor:
    draws = -torch.log1p(-torch.rand((n, len(a)), generator=generator, dtype=torch.float64, device=generator.device))
    weighted = draws * torch.tensor(a, device=generator.device)
    return weighted / weighted.sum(1, keepdim=True)


def _dirichlet_scipy(inputs: Mapping[str, Any]) -> Answers:
    from scipy.stats import dirichlet

    return {"log_prob": [float(dirichlet.logpdf(x, inputs["a"])) for x in inputs["x"]]}


def _dirichlet_ours(model: Model, inputs: Mapping[str, Any]) -> Answers:
    return {"log_prob": model.log_prob(*(torch.tensor(inputs[name], dtype=torch.float64) for name in ("x", "a")))}


DIRICHLET = Specification(
    name="dirichlet",
    family="distributions",
    systems=(13,),
    title="Dirichlet",
    statement="p(x) = Γ(Σ a)/Π Γ(a_i) Π x_i^(a_i − 1)",
    page=PAGE,
    functions={
        "log_prob": intervals.dirichlet_log_prob,
        "posterior": intervals.dirichlet_posterior,
        "sample": intervals.dirichlet_sample,
    },
    properties=(
        Property("K = 2 is Beta", _two_are_beta, Mutant("Γ(Σ a) is missing", {"log_prob": _product_of_betas})),
        Property(
            "marginals are Beta", _dirichlet_marginal, Mutant("Γ(Σ a − 1) for Γ(Σ a)", {"log_prob": _offset_total})
        ),
        Property("merged categories add their parameters", _aggregation, Mutant("powers a_i", {"log_prob": _powers})),
        Property(
            "conjugate to Categorical",
            _dirichlet_conjugate,
            Mutant("frequencies for counts", {"posterior": _frequencies}),
        ),
        Property("shares of Gammas", _dirichlet_draws, Mutant("a scales the draws", {"sample": _equal_shapes})),
    ),
    source="Murphy 2022, section 4.6",
    oracles=(
        Oracle(
            package="scipy",
            inputs={"x": [[0.2, 0.3, 0.5], [0.01, 0.09, 0.9]], "a": [0.5, 1.0, 4.5]},
            ask=_dirichlet_scipy,
            tell=_dirichlet_ours,
            tolerance=1e-12,
            conversion="the same parameters and base measure",
        ),
    ),
    conventions=("the density is in the first K − 1 coordinates",),
)


def _logit_mass(model: Model, draw: Draw) -> Outcome:
    m, s = draw.uniform(-1, 1), draw.uniform(0.5, 2)
    x, w = _logit_nodes(draw)
    return equal((w * torch.exp(model.log_prob(x, m, s))).sum(), 1.0, 1e-9)


def _change_of_variables(model: Model, draw: Draw) -> Outcome:
    m, s, z = draw.uniform(-1, 1), draw.uniform(0.5, 2), draw.normal(6)
    stretch = torch.stack([torch.func.jacrev(torch.sigmoid)(point) for point in z])
    normal = -((z - m) ** 2) / (2 * s**2) - torch.log(s * math.sqrt(2 * math.pi))
    return equal(model.log_prob(torch.sigmoid(z), m, s), normal - torch.log(stretch), 1e-9)


def _modes(model: Model, draw: Draw) -> Outcome:
    x = torch.sigmoid(torch.linspace(-9, 9, 20_001, dtype=torch.float64, device=draw.device))
    counted = []
    for var in (draw.uniform(0.5, 1.9), draw.uniform(2.1, 4)):
        slope = torch.diff(model.log_prob(x, draw.tensor(0.0), torch.sqrt(var)))
        counted.append(int(((slope[:-1] > 0) & (slope[1:] <= 0)).sum()))
    return equal(draw.tensor(counted), draw.tensor([1, 2]), detail="modes below and above variance 2")


def _not_conjugate(model: Model, draw: Draw) -> Outcome:
    z = torch.linspace(-3, 3, 7, dtype=torch.float64, device=draw.device)
    m, s, x = draw.uniform(-1, 1), draw.uniform(0.5, 2), torch.sigmoid(z)
    as_normal = model.log_prob(x, m, s) + torch.log(x * (1 - x))  # density of the logit
    third = torch.diff(as_normal, 3), torch.diff(as_normal + torch.log(x), 3)  # a normal's third differences vanish
    return worst(equal(third[0], 0.0, 1e-9), true(third[1].abs().max() > 0.01))


def _logit_draws(model: Model, draw: Draw) -> Outcome:
    m, s = draw.uniform(-1, 1), draw.uniform(1.3, 2)
    p = model.sample(m, s, 20_000, draw.generator())
    z = torch.log(p / (1 - p))
    return worst(mean_is(z, m), mean_is((z - m) ** 2, s**2))


def _no_jacobian(p: Tensor, m: Tensor, s: Tensor) -> Tensor:
    return intervals.logistic_normal_log_prob(p, m, s) + torch.log(p) + torch.log1p(-p)


def _half_jacobian(p: Tensor, m: Tensor, s: Tensor) -> Tensor:
    return intervals.logistic_normal_log_prob(p, m, s) + torch.log1p(-p)


def _std_for_variance(p: Tensor, m: Tensor, s: Tensor) -> Tensor:
    return intervals.logistic_normal_log_prob(p, m, torch.sqrt(s))


def _probit_like(p: Tensor, m: Tensor, s: Tensor) -> Tensor:
    return intervals.logistic_normal_log_prob(p, m, s) + torch.log(p)


def _variance_draws(m: Tensor, s: Tensor, n: int, generator: torch.Generator) -> Tensor:
    return intervals.logistic_normal_sample(m, s**2, n, generator)


def _logistic_normal_asked(inputs: Mapping[str, Any]) -> Answers:
    from torch.distributions import Normal, SigmoidTransform, TransformedDistribution

    p, m, s = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("p", "m", "s"))
    law = TransformedDistribution(Normal(m, s), [SigmoidTransform()])
    return {"log_prob": law.log_prob(p).tolist()}


def _logistic_normal_told(model: Model, inputs: Mapping[str, Any]) -> Answers:
    return {"log_prob": model.log_prob(*(torch.tensor(inputs[name], dtype=torch.float64) for name in ("p", "m", "s")))}


LOGISTIC_NORMAL = Specification(
    name="logistic_normal",
    family="distributions",
    systems=(14,),
    title="Logistic-Normal",
    statement="p = 1/(1 + e^(−z)), z ~ N(m, s²): density N(logit p; m, s²)/(p(1 − p))",
    page=PAGE,
    functions={"log_prob": intervals.logistic_normal_log_prob, "sample": intervals.logistic_normal_sample},
    properties=(
        Property("mass 1", _logit_mass, Mutant("the Jacobian is missing", {"log_prob": _no_jacobian})),
        Property(
            "the change of variables", _change_of_variables, Mutant("1/p for 1/p(1 − p)", {"log_prob": _half_jacobian})
        ),
        Property(
            "two modes iff s² > 2, at m = 0", _modes, Mutant("s is the variance", {"log_prob": _std_for_variance})
        ),
        Property(
            "normal in the logit, and not after one head",
            _not_conjugate,
            Mutant("1/(1 − p)", {"log_prob": _probit_like}),
        ),
        Property("logits of draws are N(m, s²)", _logit_draws, Mutant("s² for s", {"sample": _variance_draws})),
    ),
    source="Aitchison and Shen 1980",
    oracles=(
        Oracle(
            package="torch",
            inputs={"p": [0.2, 0.5, 0.97], "m": [0.3, -1.0, 0.0], "s": [0.5, 1.5, 2.0]},
            ask=_logistic_normal_asked,
            tell=_logistic_normal_told,
            tolerance=1e-12,
            conversion="a sigmoid of a normal; torch's LogisticNormal is one on the simplex instead",
        ),
    ),
    conventions=("s is a standard deviation",),
)

SPECIFICATIONS = (UNIFORM, BETA, DIRICHLET, LOGISTIC_NORMAL)

"""Laplace and Student's t: rows 15 and 16."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import torch
from torch import Tensor

from numerics.specifications.contract import Answers, Model, Mutant, Oracle, Outcome, Property, Specification
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import at_most, equal, gradient, mean_is, true, worst
from reference_models.distributions import heavy

PAGE = "reference_models.distributions.heavy"


def _laplace_mass(model: Model, draw: Draw) -> Outcome:
    b = draw.uniform(0.3, 3)
    t, w = (draw.tensor(a) for a in np.polynomial.laguerre.laggauss(20))  # ∫₀^∞ e^(−t) f(t) dt
    mass = 2 * b * w * torch.exp(model.log_prob(b * t, b) + t)
    return worst(equal(mass.sum(), 1.0), equal((mass * (b * t) ** 2).sum(), 2 * b**2, 1e-9))


def _penalty(model: Model, draw: Draw) -> Outcome:
    x, y, b = draw.normal(5), draw.normal(5), draw.uniform(0.3, 3)
    return equal(model.log_prob(x, b) - model.log_prob(y, b), (y.abs() - x.abs()) / b)


def _threshold(model: Model, draw: Draw) -> Outcome:
    x, var, b = 4 * draw.normal(9), draw.uniform(1.5, 3), draw.uniform(0.5, 2)
    found = model.soft_threshold(x, var, b)
    slope = (x - found) / var - torch.sign(found) / b  # of the log-posterior, away from 0
    at_zero = ((x / var).abs() - 1 / b).clamp_min(0)  # how far 0 is from having a zero subgradient
    return equal(torch.where(found == 0, at_zero, slope), 0.0)


def _agrees(model: Model, draw: Draw) -> Outcome:
    x, var, b = 2 * draw.normal(4), draw.uniform(0.3, 2), draw.uniform(0.5, 2)
    steps = torch.linspace(-1e-3, 1e-3, 41, dtype=torch.float64, device=x.device)[:, None]
    near = model.soft_threshold(x, var, b) + steps
    posterior = model.log_prob(near, b) - (x - near) ** 2 / (2 * var)
    return at_most(posterior.max(0).values, posterior[20], 1e-13)


def _rate(x: Tensor, b: Tensor) -> Tensor:
    return -x.abs() * b - torch.log(2 / b)


def _one_sided(x: Tensor, b: Tensor) -> Tensor:
    return -x.abs() / b - torch.log(b)


def _std_threshold(x: Tensor, var: Tensor, b: Tensor) -> Tensor:
    return heavy.soft_threshold(x, torch.sqrt(var), b)


def _hard_threshold(x: Tensor, var: Tensor, b: Tensor) -> Tensor:
    return torch.where(x.abs() > var / b, x, 0.0) + 0.5 * x * (x.abs() <= var / b)


def _laplace_asked(inputs: Mapping[str, Any]) -> Answers:
    from scipy.stats import laplace

    return {"log_prob": laplace.logpdf(inputs["x"], scale=inputs["b"]).tolist()}


def _laplace_told(model: Model, inputs: Mapping[str, Any]) -> Answers:
    return {"log_prob": model.log_prob(*(torch.tensor(inputs[name], dtype=torch.float64) for name in ("x", "b")))}


LAPLACE = Specification(
    name="laplace",
    family="distributions",
    systems=(15,),
    title="Laplace prior",
    statement="p(x) = e^(−|x|/b) / 2b",
    page=PAGE,
    functions={"log_prob": heavy.laplace_log_prob, "soft_threshold": heavy.soft_threshold},
    properties=(
        Property("mass 1, variance 2b²", _laplace_mass, Mutant("1/b for 1/2b", {"log_prob": _one_sided})),
        Property("−log p is |x|/b and a constant", _penalty, Mutant("b is taken for a rate", {"log_prob": _rate})),
        Property(
            "MAP of a normal mean is the soft threshold at σ²/b",
            _threshold,
            Mutant("σ for σ²", {"soft_threshold": _std_threshold}),
        ),
        Property(
            "no point near has more posterior", _agrees, Mutant("kept or halved", {"soft_threshold": _hard_threshold})
        ),
    ),
    source="Murphy 2022, section 11.4",
    oracles=(
        Oracle(
            package="scipy",
            inputs={"x": [0.0, -1.5, 4.0], "b": [0.5, 1.0, 3.0]},
            ask=_laplace_asked,
            tell=_laplace_told,
            tolerance=1e-13,
            conversion="scipy's scale is b",
        ),
    ),
    conventions=("b is a scale", "the variance is 2b²"),
)


def _scale_mixture(model: Model, draw: Draw) -> Outcome:
    x, nu = 2 * draw.normal(5)[:, None], draw.uniform(1, 8)
    log_w = torch.linspace(-45, 8, 1061, dtype=torch.float64, device=draw.device)  # trapezoid rule in log w
    w, half = torch.exp(log_w), nu / 2
    normal = log_w / 2 - math.log(2 * math.pi) / 2 - w * x**2 / 2  # N(x | 0, 1/w)
    gamma = half * torch.log(half) + half * log_w - half * w - torch.lgamma(half)  # Gamma(ν/2, ν/2), times dw/d log w
    return equal(torch.exp(model.log_prob(x[:, 0], nu)), 0.05 * torch.exp(normal + gamma).sum(1), 1e-9)


def _student_mass(model: Model, draw: Draw) -> Outcome:
    nu = draw.uniform(1, 8)
    t = torch.linspace(-40, 40, 2001, dtype=torch.float64, device=draw.device)
    x, dx = torch.sinh(t), torch.cosh(t) * 0.04
    return equal((dx * torch.exp(model.log_prob(x, nu))).sum(), 1.0, 1e-9)


def _normal_limit(model: Model, draw: Draw) -> Outcome:
    x = draw.normal(6)
    return equal(model.log_prob(x, draw.tensor(1e7)), -(x**2) / 2 - math.log(2 * math.pi) / 2, 1e-4)


def _no_mean(model: Model, draw: Draw) -> Outcome:
    one, reach = draw.tensor(1.0), draw.tensor([1e3, 1e6, 1e9])
    t = torch.linspace(0, 1, 4001, dtype=torch.float64, device=draw.device)
    top = torch.asinh(reach)[:, None]
    x = torch.sinh(t * top)
    part = torch.trapezoid(x * torch.exp(model.log_prob(x, one)) * torch.cosh(t * top) * top, t)
    return equal(torch.diff(part), math.log(1e3) / math.pi, 1e-4, detail="∫₀^R x p grows as log R")


def _bounded_score(model: Model, draw: Draw) -> Outcome:
    nu, x = draw.uniform(1, 8), torch.cat([100 * draw.normal(50), draw.normal(50)])
    score = gradient(lambda v: model.log_prob(v, nu), x)
    peak = gradient(lambda v: model.log_prob(v, nu), -torch.sqrt(nu)[None])  # reached at |x| = √ν
    bound = (nu + 1) / (2 * torch.sqrt(nu))
    return worst(at_most(score.abs(), bound), equal(peak, bound), true(score[:50].abs().min() < bound / 2))


def _student_draws(model: Model, draw: Draw) -> Outcome:
    t = model.sample(3, 40_000, draw.generator())
    share = math.atan(1 / math.sqrt(3)) / math.pi + math.sqrt(3) / (4 * math.pi) + 0.5  # P(t₃ ≤ 1)
    return worst(mean_is((t <= 1).to(t), share), mean_is((t <= -1).to(t), 1 - share))


def _less_power(x: Tensor, nu: Tensor) -> Tensor:
    return heavy.student_log_prob(x, nu) + torch.log1p(x**2 / nu) / 2


def _unscaled(x: Tensor, nu: Tensor) -> Tensor:
    return heavy.student_log_prob(x * torch.sqrt(nu), nu) + torch.log(nu) / 2


def _unnormalised(x: Tensor, nu: Tensor) -> Tensor:
    return -(nu + 1) / 2 * torch.log1p(x**2 / nu)


def _more_freedom(x: Tensor, nu: Tensor) -> Tensor:
    return heavy.student_log_prob(x, nu + 1)


def _normal_draws(nu: int, n: int, generator: torch.Generator) -> Tensor:
    return torch.randn(n, generator=generator, dtype=torch.float64, device=generator.device)


def _from_scipy(inputs: Mapping[str, Any]) -> Answers:
    from scipy.stats import t

    return {"log_prob": t.logpdf(inputs["x"], inputs["nu"]).tolist()}


def _ours(model: Model, inputs: Mapping[str, Any]) -> Answers:
    return {"log_prob": model.log_prob(*(torch.tensor(inputs[name], dtype=torch.float64) for name in ("x", "nu")))}


STUDENT = Specification(
    name="student_t",
    family="distributions",
    systems=(16,),
    title="Student's t prior",
    statement="p(x) ∝ (1 + x²/ν)^(−(ν + 1)/2)",
    page=PAGE,
    functions={"log_prob": heavy.student_log_prob, "sample": heavy.student_sample},
    properties=(
        Property("a scale mixture of normals", _scale_mixture, Mutant("power −ν/2", {"log_prob": _less_power})),
        Property("mass 1", _student_mass, Mutant("unnormalised", {"log_prob": _unnormalised})),
        Property("normal as ν → ∞", _normal_limit, Mutant("x² for x²/ν", {"log_prob": _unscaled})),
        Property("no mean at ν = 1", _no_mean, Mutant("one degree of freedom more", {"log_prob": _more_freedom})),
        Property(
            "its score is bounded, so outliers lose weight",
            _bounded_score,
            Mutant("power −ν/2", {"log_prob": _less_power}),
        ),
        Property("draws have its cdf", _student_draws, Mutant("normal draws", {"sample": _normal_draws})),
    ),
    source="Murphy 2022, section 2.7",
    oracles=(
        Oracle(
            package="scipy",
            inputs={"x": [0.0, 1.5, -40.0], "nu": [1.0, 2.5, 30.0]},
            ask=_from_scipy,
            tell=_ours,
            tolerance=1e-12,
            conversion="the same parameter",
        ),
    ),
)

SPECIFICATIONS = (LAPLACE, STUDENT)

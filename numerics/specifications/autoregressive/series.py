"""AR(p) time series: row 119."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor

from numerics.specifications.contract import Answers, Model, Mutant, Oracle, Outcome, Property, Specification
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import close, equal, gradient, true, worst
from reference_models.autoregressive import series


def _stable(draw: Draw, p: int) -> Tensor:
    """Coefficients of a stationary AR(p): Σ|φ| < 0.9."""
    return 0.9 * draw.simplex(p) * torch.sign(draw.normal(p))


def _joint_density(model: Model, draw: Draw) -> Outcome:
    p, t = draw.whole(1, 3), 8
    x, phi, c, v = draw.normal(t), 0.7 * draw.normal(p), draw.normal(), draw.uniform(0.2, 2)
    a = torch.eye(t, dtype=torch.float64, device=draw.device)
    for i in range(p):
        a = a - phi[i] * torch.diag(torch.ones(t - 1 - i, dtype=a.dtype, device=a.device), -1 - i)
    late = a[p:, p:]  # A x = c + ε: the rows after the first p values
    mean = torch.linalg.solve(late, c - a[p:, :p] @ x[:p])
    cov = torch.linalg.inv(late) @ torch.linalg.inv(late).mT * v
    expected = torch.distributions.MultivariateNormal(mean, (cov + cov.mT) / 2).log_prob(x[p:])
    return close(model.log_likelihood(x, c, phi, v), expected, 1e-8)


def _std_for_variance(x: Tensor, c: Tensor, phi: Tensor, v: Tensor) -> Tensor:
    return series.log_likelihood(x, c, phi, v**2)


def _fit_is_flat(model: Model, draw: Draw) -> Outcome:
    x, p = draw.normal(20), draw.whole(1, 3)
    c, phi, v = model.fit(x, p)
    at = torch.cat([c[None], phi, v[None]])
    slope = gradient(lambda a: model.log_likelihood(x, a[0], a[1:-1], a[-1]), at)
    return equal(slope, 0.0, 1e-7)


def _unbiased_fit(x: Tensor, p: int) -> tuple[Tensor, Tensor, Tensor]:
    c, phi, v = series.fit(x, p)
    return c, phi, v * (x.numel() - p) / (x.numel() - 2 * p - 1)


def _stationary_cases(model: Model, draw: Draw) -> Outcome:
    a, b = draw.uniform(0.6, 0.95, 2) * torch.sign(draw.normal(1))
    inside = torch.stack([a + b, -a * b])  # (1 − a L)(1 − b L)
    c = draw.uniform(1.05, 2) * torch.sign(draw.normal())
    explosive = torch.stack([a + c, -a * c])
    return true(bool(model.is_stationary(inside)) and not bool(model.is_stationary(explosive)))


def _yule_walker(model: Model, draw: Draw) -> Outcome:
    p = draw.whole(1, 3)
    phi, v = _stable(draw, p), draw.uniform(0.2, 2)
    f = torch.cat([phi[None], torch.eye(p, dtype=phi.dtype, device=phi.device)[: p - 1]])
    noise = torch.zeros_like(f)
    noise[0, 0] = v
    eye = torch.eye(p * p, dtype=phi.dtype, device=phi.device)
    state = torch.linalg.solve(eye - torch.kron(f, f), noise.flatten()).reshape(p, p)  # P = F P Fᵀ + Q
    expected = torch.stack([(torch.linalg.matrix_power(f, k) @ state)[0, 0] for k in range(6)])
    return close(model.autocovariances(phi, v, 6), expected, 1e-8)


def _with_std(phi: Tensor, v: Tensor, count: int) -> Tensor:
    return series.autocovariances(phi, torch.sqrt(v), count)


def _simulated(model: Model, draw: Draw) -> Outcome:
    p, n = draw.whole(1, 3), 6
    c, phi, v = draw.normal(), _stable(draw, p), draw.uniform(0.2, 2)
    start, noise = draw.normal(p), draw.normal(n)
    x = model.simulate(c, phi, v, start, noise)
    whole = torch.cat([start, x])
    errors = torch.stack([whole[p + t] - c - sum(phi[i] * whole[p + t - 1 - i] for i in range(p)) for t in range(n)])
    return worst(close(errors, torch.sqrt(v) * noise), close((errors**2).sum(), v * (noise**2).sum()))


def _without_root(c: Tensor, phi: Tensor, v: Tensor, start: Tensor, noise: Tensor) -> Tensor:
    return series.simulate(c, phi, v**2, start, noise)


def _from_statsmodels(inputs: Mapping[str, Any]) -> Answers:
    import numpy as np
    from statsmodels.tsa.arima_process import arma_acovf

    ar = np.r_[1.0, -np.array(inputs["phi"])]
    return {"autocovariances": arma_acovf(ar, [1.0], nobs=6, sigma2=inputs["v"])}


def _ours(model: Model, inputs: Mapping[str, Any]) -> Answers:
    phi, v = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("phi", "v"))
    return {"autocovariances": model.autocovariances(phi, v, 6)}


AR = Specification(
    name="ar",
    family="autoregressive",
    systems=(119,),
    title="AR(p) time series",
    statement="x_t = c + Σ_i φ_i x_{t−i} + ε_t, ε_t ~ N(0, v)",
    page="reference_models.autoregressive.series",
    functions={
        "log_likelihood": series.log_likelihood,
        "fit": series.fit,
        "is_stationary": series.is_stationary,
        "autocovariances": series.autocovariances,
        "simulate": series.simulate,
    },
    properties=(
        Property(
            "the conditional likelihood is a joint normal density",
            _joint_density,
            Mutant("v is taken for a standard deviation", {"log_likelihood": _std_for_variance}),
        ),
        Property(
            "least squares is where the likelihood is flat",
            _fit_is_flat,
            Mutant("the residual variance counts degrees of freedom", {"fit": _unbiased_fit}),
        ),
        Property(
            "stationary: roots inside and outside the circle",
            _stationary_cases,
            Mutant(
                "the coefficients are read from the oldest",
                {"is_stationary": lambda phi: series.is_stationary(phi.flip(0))},
            ),
        ),
        Property(
            "Yule-Walker is the stationary covariance of the companion form",
            _yule_walker,
            Mutant("v is taken for a standard deviation", {"autocovariances": _with_std}),
        ),
        Property(
            "a simulated path has the errors that drove it",
            _simulated,
            Mutant("v is taken for a standard deviation", {"simulate": _without_root}),
        ),
    ),
    source="Hamilton 1994, chapter 3 and section 5.3",
    oracles=(
        Oracle(
            package="statsmodels",
            inputs={"phi": [0.5, -0.3, 0.2], "v": 1.7},
            ask=_from_statsmodels,
            tell=_ours,
            tolerance=1e-10,
            conversion="statsmodels takes the polynomial 1 − φ_1 L − …; its sigma2 is the variance",
        ),
    ),
    conventions=("v is a variance", "φ_1 weighs the latest value", "the first p values are given"),
)

SPECIFICATIONS = (AR,)

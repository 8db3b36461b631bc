"""Score-based diffusion in continuous time: row 157, and what the pages on it share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import torch
from torch import Tensor

from numerics.specifications.contract import (
    Answers,
    Model,
    Mutant,
    Oracle,
    Outcome,
    Property,
    Specification,
)
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import close, equal, gradient, worst
from reference_models.diffusion import sde

B0, B1 = 0.1, 5.0
Density = Callable[[Tensor, Tensor], Tensor]


def mixture(draw: Draw, kernel: Callable[[Tensor], tuple[Tensor, Tensor]]) -> Density:
    """log p_t(x) on the line for data that are a mixture of two normals."""
    m, s, w = draw.normal(2), draw.uniform(0.4, 1.0, 2), torch.log(draw.simplex(2))

    def log_p(x: Tensor, t: Tensor) -> Tensor:
        factor, variance = kernel(t)
        law = torch.distributions.Normal(factor * m, torch.sqrt(factor**2 * s**2 + variance))
        return torch.logsumexp(w + law.log_prob(x[..., None]), -1)

    return log_p


def rate_of_change(log_p: Density, x: Tensor, t: Tensor) -> Tensor:
    """∂p/∂t at each x."""
    return torch.func.jvp(lambda s: torch.exp(log_p(x, s)), (t,), (torch.ones_like(t),))[1]


def _score(log_p: Density, x: Tensor, t: Tensor) -> Tensor:
    at = x.detach().clone().requires_grad_(True)
    slope: Tensor = torch.autograd.grad(log_p(at, t).sum(), at, create_graph=True)[0]
    return slope


def flux(drift: Callable[[Tensor], Tensor], log_p: Density, x: Tensor, t: Tensor, half_g2: Tensor | float) -> Tensor:
    """−∂(drift p)/∂x + ½g² ∂²p/∂x² on the line."""

    def slope(f: Callable[[Tensor], Tensor]) -> Callable[[Tensor], Tensor]:
        return torch.func.grad(f)

    def p(v: Tensor) -> Tensor:
        return torch.exp(log_p(v, t))

    first = torch.func.vmap(slope(lambda v: drift(v) * p(v)))(x)
    second = torch.func.vmap(slope(slope(p)))(x)
    return -first + half_g2 * second


def vp_moments(t: Tensor) -> tuple[Tensor, Tensor]:
    return sde.vp_kernel(t, B0, B1)


def log_slope(log_p: Density, t: Tensor) -> Callable[[Tensor], Tensor]:
    return torch.func.grad(lambda v: log_p(v, t))


def _way_back(model: Model, draw: Draw) -> Outcome:
    """Fokker-Planck of the way back: with τ = 1 − t, ∂p/∂τ = −∂((−f + g² s) p) + ½g² ∂²p equals −∂p/∂t."""
    log_p, t, x = mixture(draw, vp_moments), draw.uniform(0.1, 0.9), draw.uniform(-2, 2, 7)
    g, score = sde.vp_diffusion(t, B0, B1), log_slope(log_p, t)
    found = flux(lambda v: -model.reverse_drift(sde.vp_drift(v, t, B0, B1), g, score(v)), log_p, x, t, g**2 / 2)
    return close(found, -rate_of_change(log_p, x, t), 1e-7)


def _half_score(f: Tensor, g: Tensor, score: Tensor) -> Tensor:
    return f - g**2 * score / 2


def _way_out(model: Model, draw: Draw) -> Outcome:
    log_p, t, x = mixture(draw, vp_moments), draw.uniform(0.1, 0.9), draw.uniform(-2, 2, 7)
    g = model.vp_diffusion(t, B0, B1)
    found = flux(lambda v: model.vp_drift(v, t, B0, B1), log_p, x, t, g**2 / 2)
    return close(found, rate_of_change(log_p, x, t), 1e-7)


def _whole_beta(x: Tensor, t: Tensor, b0: float, b1: float) -> Tensor:
    return 2 * sde.vp_drift(x, t, b0, b1)


def _euler_moments(model: Model, draw: Draw) -> Outcome:
    """Steps of an Ornstein-Uhlenbeck process have the variance of the discrete recursion, and near it the exact one."""
    k, g, dt, n = draw.uniform(0.5, 2), draw.uniform(0.5, 2), 0.01, 60

    def run(noise: Tensor) -> Tensor:
        x = torch.zeros((), dtype=torch.float64, device=draw.device)
        for xi in noise:
            x = model.euler_maruyama(x, -k * x, g, dt, xi)
        return x

    spread = (gradient(run, torch.zeros(n, dtype=torch.float64, device=draw.device)) ** 2).sum()
    ratio = (1 - k * dt) ** 2
    exact = g**2 * (1 - torch.exp(-2 * k * dt * n)) / (2 * k)
    return worst(close(spread, g**2 * dt * (1 - ratio**n) / (1 - ratio)), equal(spread / exact, 1.0, 0.05))


def _dt_for_root(x: Tensor, drift: Tensor, g: Tensor, dt: float, noise: Tensor) -> Tensor:
    return x + drift * dt + g * abs(dt) * noise


LOW, HIGH = 0.1, 20.0


def _numbers(inputs: Mapping[str, Any], *names: str) -> list[Tensor]:
    return [torch.tensor(inputs[name], dtype=torch.float64) for name in names]


def _by_torchsde(inputs: Mapping[str, Any]) -> Answers:
    import torchsde

    x, noise = _numbers(inputs, "x", "noise")
    times = torch.linspace(0, 1, len(noise) + 1, dtype=torch.float64)

    class Steps(torchsde.BaseBrownian):  # type: ignore[misc]
        """A Brownian path of given increments √dt ξ."""

        def __call__(self, ta: Tensor, tb: Tensor | None = None, return_U: bool = False, return_A: bool = False) -> Any:
            return noise[int(torch.argmin((times - float(ta)).abs()))] / len(noise) ** 0.5

        def __repr__(self) -> str:
            return "Steps()"

        dtype, device, shape = x.dtype, x.device, x.shape
        levy_area_approximation = "none"

    class Forward(torch.nn.Module):
        """VP, from its definition."""

        noise_type, sde_type = "diagonal", "ito"

        def f(self, t: Tensor, y: Tensor) -> Tensor:
            return -0.5 * (LOW + (HIGH - LOW) * t) * y

        def g(self, t: Tensor, y: Tensor) -> Tensor:
            return torch.sqrt(LOW + (HIGH - LOW) * t) * torch.ones_like(y)

    class Back(Forward):
        """Its way back from N(0, 1) data, whose law is N(0, 1) at all times, in s = 1 − t."""

        def f(self, t: Tensor, y: Tensor) -> Tensor:
            return 0.5 * (LOW + (HIGH - LOW) * (1 - t)) * y - (LOW + (HIGH - LOW) * (1 - t)) * y

        def g(self, t: Tensor, y: Tensor) -> Tensor:
            return torch.sqrt(LOW + (HIGH - LOW) * (1 - t)) * torch.ones_like(y)

    def path(of: Forward) -> list[Any]:
        found = torchsde.sdeint(of, x, times, bm=Steps(), method="euler", dt=1 / len(noise))
        listed: list[Any] = found.tolist()
        return listed

    return {"forward": path(Forward()), "back": path(Back())}


def _our_path(model: Model, inputs: Mapping[str, Any]) -> Answers:
    x, noise = _numbers(inputs, "x", "noise")
    n = len(noise)
    forward, back = [x], [x]
    for i, xi in enumerate(noise):
        t, late = torch.tensor(i / n, dtype=x.dtype), torch.tensor(1 - i / n, dtype=x.dtype)
        y, z = forward[-1], back[-1]
        g = model.vp_diffusion(t, LOW, HIGH)
        forward.append(model.euler_maruyama(y, model.vp_drift(y, t, LOW, HIGH), g, 1 / n, xi))
        g = model.vp_diffusion(late, LOW, HIGH)
        drift = model.reverse_drift(model.vp_drift(z, late, LOW, HIGH), g, -z)
        back.append(model.euler_maruyama(z, drift, g, -1 / n, xi))
    return {"forward": torch.stack(forward), "back": torch.stack(back)}


EULER_MARUYAMA = Oracle(
    package="torchsde",
    inputs={
        "x": [[0.5, -1.0], [1.5, 0.2]],
        "noise": [
            [[0.3, -1.1], [0.8, 0.1]],
            [[-0.4, 0.6], [1.7, -0.9]],
            [[0.2, 0.5], [-1.3, 0.7]],
            [[1.0, 0.0], [0.4, -0.2]],
        ],
    },
    ask=_by_torchsde,
    tell=_our_path,
    tolerance=1e-12,
    conversion="sdeint by Euler on a given Brownian path of increments √dt ξ; the way back runs in s = 1 − t, dt > 0",
)

SCORE_SDE = Specification(
    name="score_sde",
    family="diffusion",
    systems=(157,),
    title="Score SDE",
    statement="dx = f dt + g dw; back: dx = (f − g² ∇ log p_t) dt + g dw̄",
    page="reference_models.diffusion.sde",
    functions={
        "vp_drift": sde.vp_drift,
        "vp_diffusion": sde.vp_diffusion,
        "reverse_drift": sde.reverse_drift,
        "euler_maruyama": sde.euler_maruyama,
    },
    properties=(
        Property(
            "the marginals of a mixture solve Fokker-Planck",
            _way_out,
            Mutant("β for β/2 in the drift", {"vp_drift": _whole_beta}),
        ),
        Property(
            "the way back solves it in reversed time",
            _way_back,
            Mutant("half of the score, as in the ODE", {"reverse_drift": _half_score}),
        ),
        Property(
            "Euler-Maruyama has the variance of its recursion",
            _euler_moments,
            Mutant("dt for √dt", {"euler_maruyama": _dt_for_root}),
        ),
    ),
    source="Song et al. 2021, section 3; Anderson 1982",
    oracles=(EULER_MARUYAMA,),
    conventions=("time 0 is data, 1 is noise", "checked with the VP drift"),
)


SPECIFICATIONS = (SCORE_SDE,)

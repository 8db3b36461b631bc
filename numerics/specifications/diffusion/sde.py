"""Diffusion in continuous time and its samplers: rows 156 to 161 and 214."""

from __future__ import annotations

import math
from collections.abc import Callable

import torch
from torch import Tensor

from numerics.specifications.contract import (
    Figure,
    Model,
    Mutant,
    Outcome,
    Panel,
    Property,
    Result,
    Specification,
    Task,
)
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import close, equal, gradient, mean_is, worst
from reference_models.diffusion import sde

B0, B1 = 0.1, 5.0
Density = Callable[[Tensor, Tensor], Tensor]


def _mixture(draw: Draw, kernel: Callable[[Tensor], tuple[Tensor, Tensor]]) -> Density:
    """log p_t(x) on the line for data that are a mixture of two normals."""
    m, s, w = draw.normal(2), draw.uniform(0.4, 1.0, 2), torch.log(draw.simplex(2))

    def log_p(x: Tensor, t: Tensor) -> Tensor:
        factor, variance = kernel(t)
        law = torch.distributions.Normal(factor * m, torch.sqrt(factor**2 * s**2 + variance))
        return torch.logsumexp(w + law.log_prob(x[..., None]), -1)

    return log_p


def _rate_of_change(log_p: Density, x: Tensor, t: Tensor) -> Tensor:
    """∂p/∂t at each x."""
    return torch.func.jvp(lambda s: torch.exp(log_p(x, s)), (t,), (torch.ones_like(t),))[1]


def _score(log_p: Density, x: Tensor, t: Tensor) -> Tensor:
    at = x.detach().clone().requires_grad_(True)
    slope: Tensor = torch.autograd.grad(log_p(at, t).sum(), at, create_graph=True)[0]
    return slope


def _flux(drift: Callable[[Tensor], Tensor], log_p: Density, x: Tensor, t: Tensor, half_g2: Tensor | float) -> Tensor:
    """−∂(drift p)/∂x + ½g² ∂²p/∂x² on the line."""

    def slope(f: Callable[[Tensor], Tensor]) -> Callable[[Tensor], Tensor]:
        return torch.func.grad(f)

    def p(v: Tensor) -> Tensor:
        return torch.exp(log_p(v, t))

    first = torch.func.vmap(slope(lambda v: drift(v) * p(v)))(x)
    second = torch.func.vmap(slope(slope(p)))(x)
    return -first + half_g2 * second


def _vp(t: Tensor) -> tuple[Tensor, Tensor]:
    return sde.vp_kernel(t, B0, B1)


def _log_slope(log_p: Density, t: Tensor) -> Callable[[Tensor], Tensor]:
    return torch.func.grad(lambda v: log_p(v, t))


def _way_back(model: Model, draw: Draw) -> Outcome:
    """Fokker-Planck of the way back: with τ = 1 − t, ∂p/∂τ = −∂((−f + g² s) p) + ½g² ∂²p equals −∂p/∂t."""
    log_p, t, x = _mixture(draw, _vp), draw.uniform(0.1, 0.9), draw.uniform(-2, 2, 7)
    g, score = sde.vp_diffusion(t, B0, B1), _log_slope(log_p, t)
    found = _flux(lambda v: -model.reverse_drift(sde.vp_drift(v, t, B0, B1), g, score(v)), log_p, x, t, g**2 / 2)
    return close(found, -_rate_of_change(log_p, x, t), 1e-7)


def _half_score(f: Tensor, g: Tensor, score: Tensor) -> Tensor:
    return f - g**2 * score / 2


def _way_out(model: Model, draw: Draw) -> Outcome:
    log_p, t, x = _mixture(draw, _vp), draw.uniform(0.1, 0.9), draw.uniform(-2, 2, 7)
    g = model.vp_diffusion(t, B0, B1)
    found = _flux(lambda v: model.vp_drift(v, t, B0, B1), log_p, x, t, g**2 / 2)
    return close(found, _rate_of_change(log_p, x, t), 1e-7)


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
    conventions=("time 0 is data, 1 is noise", "checked with the VP drift"),
)


def _vp_moments(model: Model, draw: Draw) -> Outcome:
    """d factor/dt = −½β factor and d variance/dt = β (1 − variance)."""
    t = draw.uniform(0.0, 1.0, 5)
    beta = model.vp_diffusion(t, B0, B1) ** 2
    factor, variance = model.vp_kernel(t, B0, B1)
    down = gradient(lambda s: model.vp_kernel(s, B0, B1)[0], t)
    up = gradient(lambda s: model.vp_kernel(s, B0, B1)[1], t)
    return worst(close(down, model.vp_drift(factor, t, B0, B1)), close(up, beta * (1 - variance)))


def _std_kernel(t: Tensor, b0: float, b1: float) -> tuple[Tensor, Tensor]:
    factor, variance = sde.vp_kernel(t, b0, b1)
    return factor, torch.sqrt(variance)


def _vp_limits(model: Model, draw: Draw) -> Outcome:
    t = draw.uniform(0, 1, 4)
    factor, variance = model.vp_kernel(t, B0, B1)
    end = model.vp_kernel(draw.tensor(1.0), 0.1, 40.0)
    return worst(
        close(factor**2 + variance, 1.0), equal(end[1], 1.0, 1e-8), equal(model.vp_kernel(0 * t, B0, B1)[1], 0.0)
    )


def _slow_area(t: Tensor, b0: float, b1: float) -> tuple[Tensor, Tensor]:
    area = b0 * t + (b1 - b0) * t**2 / 2
    return torch.exp(-area), -torch.expm1(-area)


def _ddpm_limit(model: Model, draw: Draw) -> Outcome:
    """β_i = β(i/N)/N: Π (1 − β_i) nears the factor squared, with an error that falls as 1/N."""
    errors = []
    for n in (1000, 4000):
        i = torch.arange(1, n + 1, dtype=torch.float64, device=draw.device) / n
        product = torch.log1p(-(model.vp_diffusion(i, B0, B1) ** 2) / n).sum()
        errors.append(float(product - 2 * torch.log(model.vp_kernel(draw.tensor(1.0), B0, B1)[0])))
    return worst(equal(errors[1], 0.0, 5e-3), equal(errors[0] / errors[1], 4.0, 0.1))


VP = Specification(
    name="vp_sde",
    family="diffusion",
    systems=(158,),
    title="VP SDE",
    statement="dx = −½β(t) x dt + √β(t) dw",
    page="reference_models.diffusion.sde",
    functions={"vp_drift": sde.vp_drift, "vp_diffusion": sde.vp_diffusion, "vp_kernel": sde.vp_kernel},
    properties=(
        Property(
            "the kernel's moments solve their equations",
            _vp_moments,
            Mutant("a standard deviation for the variance", {"vp_kernel": _std_kernel}),
        ),
        Property(
            "factor² + variance = 1, and the variance tends to 1",
            _vp_limits,
            Mutant("the factor falls twice as fast", {"vp_kernel": _slow_area}),
        ),
        Property(
            "the limit of DDPM as steps grow",
            _ddpm_limit,
            Mutant("the factor falls twice as fast", {"vp_kernel": _slow_area}),
        ),
    ),
    source="Song et al. 2021, section 3.4 and appendix B",
    conventions=("kernels give a variance", "β is linear in time"),
)


def _ve_moments(model: Model, draw: Draw) -> Outcome:
    t = draw.uniform(0, 1, 5)
    variance = model.ve_kernel(t, 0.1, 8.0)[1]
    rate = gradient(lambda s: model.ve_kernel(s, 0.1, 8.0)[1], t)
    start = draw.uniform(0.2, 2)
    total = start**2 + variance - (start**2 + (0.1 * 80.0**t) ** 2 - 0.1**2)
    return worst(close(rate, model.ve_diffusion(t, 0.1, 8.0) ** 2), equal(total, 0.0))


def _from_zero(t: Tensor, s0: float, s1: float) -> tuple[Tensor, Tensor]:
    variance = (s0 * (s1 / s0) ** t) ** 2
    return torch.ones_like(variance), variance


def _no_root_of_two(t: Tensor, s0: float, s1: float) -> Tensor:
    return sde.ve_diffusion(t, s0, s1) / math.sqrt(2)


def _ncsn_limit(model: Model, draw: Draw) -> Outcome:
    """Steps x_i = x_{i−1} + √(σ_i² − σ_{i−1}²) ξ add up to the kernel, and each nears g² dt."""
    n = 500
    sigma = 0.1 * (80.0) ** (torch.arange(n + 1, dtype=torch.float64, device=draw.device) / n)
    steps = sigma[1:] ** 2 - sigma[:-1] ** 2
    middle = (torch.arange(n, dtype=torch.float64, device=draw.device) + 0.5) / n
    expected = model.ve_diffusion(middle, 0.1, 8.0) ** 2 / n
    return worst(close(steps.sum(), model.ve_kernel(draw.tensor(1.0), 0.1, 8.0)[1]), equal(steps / expected, 1.0, 1e-4))


VE = Specification(
    name="ve_sde",
    family="diffusion",
    systems=(159,),
    title="VE SDE",
    statement="dx = √(dσ²/dt) dw, variance σ_0² + σ²(t) − σ²(0)",
    page="reference_models.diffusion.sde",
    functions={"ve_diffusion": sde.ve_diffusion, "ve_kernel": sde.ve_kernel},
    properties=(
        Property(
            "the variance is σ²(t) − σ²(0), its rate g²",
            _ve_moments,
            Mutant("σ²(0) is not taken off", {"ve_kernel": _from_zero}),
        ),
        Property(
            "the limit of noise at discrete levels",
            _ncsn_limit,
            Mutant("√2 is lost in g", {"ve_diffusion": _no_root_of_two}),
        ),
    ),
    source="Song et al. 2021, section 3.4 and appendix B",
    conventions=("σ is geometric in time", "kernels give a variance"),
)


def _ode_marginals(model: Model, draw: Draw) -> Outcome:
    """Continuity: ∂p/∂t = −∂(v p)/∂x with the ODE's velocity, for a mixture."""
    log_p, t, x = _mixture(draw, _vp), draw.uniform(0.1, 0.9), draw.uniform(-2, 2, 7)
    g, score = sde.vp_diffusion(t, B0, B1), _log_slope(log_p, t)
    found = _flux(lambda v: model.ode_drift(sde.vp_drift(v, t, B0, B1), g, score(v)), log_p, x, t, 0.0)
    return close(found, _rate_of_change(log_p, x, t), 1e-7)


def _whole_score(f: Tensor, g: Tensor, score: Tensor) -> Tensor:
    return f - g**2 * score


def _normal_velocity(model: Model, mean: Tensor, std: Tensor) -> sde.Field:
    def velocity(x: Tensor, t: Tensor) -> Tensor:
        factor, variance = _vp(t)
        score = -(x - factor * mean) / (factor**2 * std**2 + variance)
        return model.ode_drift(sde.vp_drift(x, t, B0, B1), sde.vp_diffusion(t, B0, B1), score)

    return velocity


def _likelihood(model: Model, draw: Draw) -> Outcome:
    """For a normal law: the exact density by the ODE, and the exact map of deviations."""
    mean, std, x = draw.normal(1), draw.uniform(0.5, 1.5), draw.normal(3, 1)
    factor, variance = _vp(draw.tensor(1.0))
    end = torch.distributions.Normal(factor * mean, torch.sqrt(factor**2 * std**2 + variance))
    velocity = _normal_velocity(model, mean, std)
    found = model.ode_log_prob(velocity, x, lambda z: end.log_prob(z).sum(-1), 6)
    return close(found, torch.distributions.Normal(mean, std).log_prob(x).sum(-1), 1e-3)


def _minus_trace(velocity: sde.Field, x: Tensor, end_log_prob: Callable[[Tensor], Tensor], steps: int) -> Tensor:
    end, total = sde.ode_path(velocity, x, 0.0, 1.0, steps)
    return end_log_prob(end) - total


def _invertible(model: Model, draw: Draw) -> Outcome:
    mean, std, x = draw.normal(1), draw.uniform(0.5, 1.5), draw.normal(3, 1)
    velocity = _normal_velocity(model, mean, std)
    there, _ = model.ode_path(velocity, x, 0.0, 1.0, 5)
    back, _ = model.ode_path(velocity, there, 1.0, 0.0, 5)
    factor, variance = _vp(draw.tensor(1.0))
    exact = factor * mean + (x - mean) / std * torch.sqrt(factor**2 * std**2 + variance)
    return worst(close(back, x, 4e-3), close(there, exact, 2e-3))


def _back_in_time(velocity: sde.Field, x: Tensor, start: float, end: float, steps: int) -> tuple[Tensor, Tensor]:
    h, total = (end - start) / steps, torch.zeros_like(x[..., 0])
    for i in range(steps):  # Euler with the time of the wrong end
        x = x + h * velocity(x, torch.tensor(end - i * h, dtype=x.dtype, device=x.device))
    return x, total


PF_ODE = Specification(
    name="probability_flow_ode",
    family="diffusion",
    systems=(160,),
    title="Probability-flow ODE",
    statement="dx/dt = f − ½ g² ∇ log p_t",
    page="reference_models.diffusion.sde",
    functions={"ode_drift": sde.ode_drift, "ode_path": sde.ode_path, "ode_log_prob": sde.ode_log_prob},
    properties=(
        Property(
            "has the marginals of the SDE, by the continuity equation",
            _ode_marginals,
            Mutant("the whole score", {"ode_drift": _whole_score}),
        ),
        Property(
            "gives a normal law its exact density",
            _likelihood,
            Mutant("the divergence is subtracted", {"ode_log_prob": _minus_trace}),
        ),
        Property(
            "runs back to where it started, by the exact map",
            _invertible,
            Mutant("time runs from the wrong end", {"ode_path": _back_in_time}),
        ),
    ),
    source="Song et al. 2021, section 4.3",
    conventions=("Runge-Kutta of order 4, equal steps", "time 0 is data"),
)


def _level_optimum(model: Model, draw: Draw) -> Outcome:
    """For two data points: the loss is least at the score of the smoothed law, by its slope in any direction."""
    points, std = draw.normal(2), draw.uniform(0.4, 1.0)
    u = torch.linspace(-9, 9, 2001, dtype=torch.float64, device=draw.device)
    w = torch.exp(-(u**2) / 2)
    x = points[:, None] + std * u  # (2, nodes)

    def loss(a: Tensor) -> Tensor:
        flat = x.flatten()
        log_p = torch.logsumexp(torch.distributions.Normal(points, std).log_prob(flat[:, None]), -1)
        score = gradient_of(log_p, flat).reshape(x.shape)
        tilt = a[0] * torch.sin(x) + a[1] * torch.tanh(x) + a[2]
        return (w * model.denoising_loss((score + tilt)[..., None], std, u.expand_as(x)[..., None])).sum() / w.sum()

    def gradient_of(_: Tensor, flat: Tensor) -> Tensor:
        r = torch.softmax(torch.distributions.Normal(points, std).log_prob(flat[:, None]), -1)
        return ((points - flat[:, None]) * r).sum(-1) / std**2  # Σ r_k (x_k − x)/σ²

    return equal(torch.func.grad(loss)(draw.tensor([0.0, 0.0, 0.0])), 0.0, 1e-9)


def _unscaled_target(score: Tensor, std: Tensor, noise: Tensor) -> Tensor:
    return ((score + noise / std**2) ** 2).sum(-1) / 2


def _annealing(model: Model, draw: Draw) -> Outcome:
    """On normal data the end is linear in the noise: its variance against the recursion v ← (1 − a/v_i)² v + 2a."""
    data, stds, h, n = 0.7, [2.0, 1.0, 0.5], 0.02, 4

    def score(x: Tensor, std: Tensor) -> Tensor:
        return -x / (data**2 + std**2)

    def run(noise: Tensor) -> Tensor:
        return model.annealed(score, torch.zeros(1, dtype=torch.float64, device=draw.device), stds, h, noise).sum()

    slopes = gradient(run, torch.zeros(3, n, 1, dtype=torch.float64, device=draw.device))
    v = 0.0
    for std in stds:
        a = h * std**2 / stds[-1] ** 2
        for _ in range(n):
            v = (1 - a / (data**2 + std**2)) ** 2 * v + 2 * a
    return close((slopes**2).sum(), v)


def _linear_sizes(score: sde.Field, x: Tensor, stds: list[float], h: float, noise: Tensor) -> Tensor:
    for level, std in enumerate(stds):
        for xi in noise[level]:
            x = sde.langevin(x, score(x, torch.tensor(std, dtype=x.dtype, device=x.device)), h * std / stds[-1], xi)
    return x


NCSN = Specification(
    name="ncsn",
    family="diffusion",
    systems=(156,),
    title="NCSN, score matching at noise levels with annealed Langevin dynamics",
    statement="L = ½ E|s(x + σ ε, σ) + ε/σ|² at each σ; steps of size h σ_i²/σ_L²",
    page="reference_models.diffusion.sde",
    functions={"denoising_loss": sde.denoising_loss, "annealed": sde.annealed},
    properties=(
        Property(
            "the loss is least at the score of the smoothed law",
            _level_optimum,
            Mutant("ε/σ² for ε/σ", {"denoising_loss": _unscaled_target}),
        ),
        Property(
            "step sizes fall as σ², on normal data",
            _annealing,
            Mutant("they fall as σ", {"annealed": _linear_sizes}),
        ),
    ),
    source="Song and Ermon 2019, sections 3 and 4",
    conventions=("noisiest level first", "steps x + h s + √(2h) ξ"),
)


def _stationary(model: Model, draw: Draw) -> Outcome:
    """The variance that a Langevin step keeps on N(0, v): v/(1 − h/(2v)), which nears v as h falls."""
    v = draw.uniform(0.5, 2)
    zero, one, found = draw.tensor(0.0), draw.tensor(1.0), []
    for h in (0.1, 0.01, 0.001):
        slope = model.langevin(one, -one / v, h, zero)
        spread = model.langevin(zero, zero, h, one)
        found.append(spread**2 / (1 - slope**2))
    return worst(close(found[0], v / (1 - 0.1 / (2 * v))), equal(found[2] / v, 1.0, 2e-3))


def _root_h(x: Tensor, score: Tensor, h: float, noise: Tensor) -> Tensor:
    return x + h * score + math.sqrt(h) * noise


def _corrected(model: Model, draw: Draw) -> Outcome:
    """On normal data: mean and variance after a predictor and a corrector step near those of p_{t − dt}."""
    std, dt, h, t = draw.uniform(0.5, 1.5), 0.002, 0.05, draw.uniform(0.4, 0.9)

    def score(x: Tensor, s: Tensor) -> Tensor:
        factor, variance = _vp(s)
        return -x / (factor**2 * std**2 + variance)

    def moved(x: Tensor, noise: Tensor) -> Tensor:
        g = sde.vp_diffusion(t, B0, B1)
        return model.predictor_corrector(x, t, dt, lambda v, s: sde.vp_drift(v, s, B0, B1), g, score, h, noise)

    def variance_at(s: Tensor) -> Tensor:
        factor, variance = _vp(s)
        return factor**2 * std**2 + variance

    zero = torch.zeros(2, 1, dtype=torch.float64, device=draw.device)
    one = torch.ones(1, dtype=torch.float64, device=draw.device)
    slope = moved(one, zero)
    spread = gradient(lambda z: moved(0 * one, z), zero)
    g2 = sde.vp_diffusion(t, B0, B1) ** 2
    a = 1 + dt * g2 / 2 - dt * g2 / variance_at(t)  # factor of the predictor: x − (f − g² s) dt
    v = a**2 * variance_at(t) + g2 * dt
    v = (1 - h / variance_at(t - dt)) ** 2 * v + 2 * h
    return close(slope**2 * variance_at(t) + (spread**2).sum(), v, 1e-8)


def _forward_drift(
    x: Tensor, t: Tensor, dt: float, f: sde.Field, g: Tensor, score: sde.Field, h: float, noise: Tensor
) -> Tensor:
    x = sde.euler_maruyama(x, f(x, t), g, -dt, noise[0])
    return sde.langevin(x, score(x, t - dt), h, noise[1])


CORRECTOR = Specification(
    name="predictor_corrector",
    family="diffusion",
    systems=(161,),
    title="Langevin steps, predictor and corrector",
    statement="x ← x + h ∇ log p_t + √(2h) ξ after each step back of the SDE",
    page="reference_models.diffusion.sde",
    functions={"langevin": sde.langevin, "predictor_corrector": sde.predictor_corrector},
    properties=(
        Property(
            "a Langevin step keeps v/(1 − h/(2v)), so v as h falls",
            _stationary,
            Mutant("√h for √(2h)", {"langevin": _root_h}),
        ),
        Property(
            "both steps together have the variance of their recursion",
            _corrected,
            Mutant("the predictor leaves out the score", {"predictor_corrector": _forward_drift}),
        ),
    ),
    source="Song et al. 2021, section 4.2",
)


def _back_to_data(model: Model, draw: Draw) -> Outcome:
    """The way back of a normal law, step after step, ends in its variance (exact recursion, dt = 1/400)."""
    std, steps = draw.uniform(0.4, 1.2), 400
    factor, variance = _vp(draw.tensor(1.0))
    v, one, zero = factor**2 * std**2 + variance, draw.tensor(1.0), draw.tensor(0.0)
    w = v
    for i in range(steps, 0, -1):
        t = draw.tensor(i / steps)
        factor, variance = _vp(t)
        now, g = factor**2 * std**2 + variance, sde.vp_diffusion(t, B0, B1)
        drift = model.reverse_drift(sde.vp_drift(one, t, B0, B1), g, -one / now)
        a = model.euler_maruyama(one, drift, g, -1 / steps, zero)
        b = model.euler_maruyama(zero, zero, g, -1 / steps, one)
        v = a**2 * v + b**2
        c = model.euler_maruyama(one, model.ode_drift(sde.vp_drift(one, t, B0, B1), g, -one / now), g, -1 / steps, zero)
        w = c**2 * w
    return worst(equal(v / std**2, 1.0, 0.06, "with noise"), equal(w / std**2, 1.0, 0.06, "by the ODE"))


def _plus_score(f: Tensor, g: Tensor, score: Tensor) -> Tensor:
    return f + g**2 * score


def _collapses(model: Model, draw: Draw) -> Outcome:
    """Ascent ends at the modes of a mixture; with noise the spread about them stays."""
    a, h, x = draw.uniform(1.5, 2.5), 0.1, 3 * draw.normal(200)

    def score(at: Tensor) -> Tensor:
        return -at / 0.25 + a / 0.25 * torch.tanh(a * at / 0.25)  # two normals at ±a of deviation ½

    for _ in range(200):
        x = model.ascent(x, score(x), h)
    return equal(score(x), 0.0, 1e-6)


def _with_drift(x: Tensor, score: Tensor, h: float) -> Tensor:
    return x + h * score + 0.05 * h


def _stays(model: Model, draw: Draw) -> Outcome:
    v, h, n = draw.uniform(0.5, 2), 0.2, 20_000
    kept = v / (1 - h / (2 * v))
    x = torch.sqrt(kept) * draw.normal(n)
    x = model.langevin(x, -x / v, h, draw.normal(n))
    return mean_is(x**2, kept)


def _scaled_noise(x: Tensor, score: Tensor, h: float, noise: Tensor) -> Tensor:
    return x + h * score + 2 * math.sqrt(h) * noise


def _both_ways(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    """Sample a mixture of two normals by its exact score, by the SDE and by the ODE."""
    m, s, n, steps = draw.tensor([-1.5, 1.0]), draw.tensor([0.3, 0.5]), 20_000, 200
    share = draw.tensor([0.3, 0.7])
    mean = float((share * m).sum())
    deviation = float(torch.sqrt((share * (s**2 + m**2)).sum() - mean**2))

    def score(x: Tensor, t: Tensor) -> Tensor:
        factor, variance = sde.vp_kernel(t, 0.1, 20.0)
        v = factor**2 * s**2 + variance
        log_r = torch.log(share) - torch.log(v) / 2 - (x - factor * m) ** 2 / (2 * v)
        return (torch.softmax(log_r, -1) * (factor * m - x) / v).sum(-1, keepdim=True)

    x, y = draw.normal(n, 1), draw.normal(n, 1)
    for i in range(steps, 0, -1):
        t = draw.tensor((i / steps) ** 2)  # smaller steps near the data
        dt = float(((i - 1) / steps) ** 2 - t)
        g = sde.vp_diffusion(t, 0.1, 20.0)
        f, h = sde.vp_drift(x, t, 0.1, 20.0), sde.vp_drift(y, t, 0.1, 20.0)
        x = model.euler_maruyama(x, model.reverse_drift(f, g, score(x, t)), g, dt, draw.normal(n, 1))
        y = y + dt * model.ode_drift(h, g, score(y, t))
        progress((steps + 1 - i) / steps)
    return Result(
        figures=(
            Figure("mean, SDE", float(x.mean()), predicted=mean, allowed=0.06),
            Figure("mean, ODE", float(y.mean()), predicted=mean, allowed=0.06),
            Figure("deviation, SDE", float(x.std()), predicted=deviation, allowed=0.06),
            Figure("deviation, ODE", float(y.std()), predicted=deviation, allowed=0.06),
            Figure("share below 0, SDE", float((x < -0.25).double().mean()), predicted=0.3, allowed=0.03),
        ),
        panels=(
            Panel(
                "histogram of the samples",
                "bars",
                {"SDE": ([float(c) for c in torch.linspace(-3, 3, 60)], torch.histc(x, 60, -3, 3).tolist())},
            ),
        ),
    )


SAMPLERS = Specification(
    name="score_samplers",
    family="diffusion",
    systems=(214,),
    title="Score-based samplers",
    statement="reverse SDE [f − g² s] dt + g dw̄; probability-flow ODE [f − ½g² s] dt; Langevin x + h s + √(2h) ξ",
    page="reference_models.diffusion.sde",
    functions={
        "reverse_drift": sde.reverse_drift,
        "ode_drift": sde.ode_drift,
        "euler_maruyama": sde.euler_maruyama,
        "langevin": sde.langevin,
        "ascent": sde.ascent,
    },
    properties=(
        Property(
            "normal data: both ways back end in the data's variance",
            _back_to_data,
            Mutant("the score is added", {"reverse_drift": _plus_score}),
        ),
        Property(
            "ascent without noise ends at the modes", _collapses, Mutant("a constant drift", {"ascent": _with_drift})
        ),
        Property("a Langevin step keeps its law", _stays, Mutant("2√h for √(2h)", {"langevin": _scaled_noise})),
    ),
    source="Song et al. 2021, sections 3 and 4",
    task=Task("a mixture of two normals with its exact score", _both_ways),
)

SPECIFICATIONS = (NCSN, SCORE_SDE, VP, VE, PF_ODE, CORRECTOR, SAMPLERS)

"""Samplers by scores: NCSN, predictor and corrector, the ways back side by side: rows 156, 161 and 214."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

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
from numerics.specifications.diffusion.sde import vp_moments
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import close, equal, gradient, mean_is, worst
from reference_models.diffusion import sde
from reference_models.inference import dynamics

B0, B1 = 0.1, 5.0
Density = Callable[[Tensor, Tensor], Tensor]


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
    """On normal data the end is linear in the noise: its variance against the recursion v ← (1 − a/2v_i)² v + a."""
    data, stds, base, n = 0.7, [2.0, 1.0, 0.5], 0.04, 4

    def score(x: Tensor, std: float) -> Tensor:
        return -x / (data**2 + std**2)

    def run(noise: Tensor) -> Tensor:
        start = torch.zeros(1, dtype=torch.float64, device=draw.device)
        return model.annealed(start, score, stds, base, noise).sum()

    slopes = gradient(run, torch.zeros(3, n, 1, dtype=torch.float64, device=draw.device))
    v = 0.0
    for std in stds:
        a = base * std**2 / stds[-1] ** 2
        for _ in range(n):
            v = (1 - a / 2 / (data**2 + std**2)) ** 2 * v + a
    return close((slopes**2).sum(), v)


def _linear_sizes(
    x: Tensor, score: Callable[[Tensor, float], Tensor], sigmas: Sequence[float], base: float, noise: Tensor
) -> Tensor:
    for level, sigma in enumerate(sigmas):
        x = dynamics.annealed_langevin(x, score, [sigma], base * sigma / sigmas[-1], noise[level : level + 1])
    return x


NCSN = Specification(
    name="ncsn",
    family="diffusion",
    systems=(156,),
    title="NCSN, score matching at noise levels with annealed Langevin dynamics",
    statement="L = ½ E|s(x + σ ε, σ) + ε/σ|² at each σ; steps of size α_i = h σ_i²/σ_L²",
    page="reference_models.diffusion.sde",
    functions={"denoising_loss": sde.denoising_loss, "annealed": dynamics.annealed_langevin},
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
    conventions=("noisiest level first", "steps x + (α/2) s + √α ξ"),
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
        factor, variance = vp_moments(s)
        return -x / (factor**2 * std**2 + variance)

    def moved(x: Tensor, noise: Tensor) -> Tensor:
        g = sde.vp_diffusion(t, B0, B1)
        return model.predictor_corrector(x, t, dt, lambda v, s: sde.vp_drift(v, s, B0, B1), g, score, h, noise)

    def variance_at(s: Tensor) -> Tensor:
        factor, variance = vp_moments(s)
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
    factor, variance = vp_moments(draw.tensor(1.0))
    v, one, zero = factor**2 * std**2 + variance, draw.tensor(1.0), draw.tensor(0.0)
    w = v
    for i in range(steps, 0, -1):
        t = draw.tensor(i / steps)
        factor, variance = vp_moments(t)
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

SPECIFICATIONS = (NCSN, CORRECTOR, SAMPLERS)

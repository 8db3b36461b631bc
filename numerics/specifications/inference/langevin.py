"""Langevin (80), stochastic-gradient Langevin (81), annealed Langevin (82)."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

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
from numerics.specifications.outcomes import at_most, close, equal, gradient, worst
from reference_models.inference import dynamics

PAGE = "reference_models.inference.dynamics"


def _quartic(x: Tensor) -> Tensor:
    return -(x**2).sum(-1) / 2 - (x**4).sum(-1) / 20 - 0.3 * x[:, 0] * x[:, 1]


def _slope(x: Tensor) -> Tensor:
    return -x - x**3 / 5 - 0.3 * x.flip(-1)


def _stationary(model: Model, draw: Draw) -> Outcome:
    """On N(0, 1) the step is a x + b ξ; v = 1/(1 − ε/4) solves v = a²v + b²."""
    step = float(draw.uniform(0.05, 1.5))
    zero, one = draw.tensor([[0.0]]), draw.tensor([[1.0]])
    a, b = (model.langevin_step(x, lambda v: -v, step, xi) for x, xi in ((one, zero), (zero, one)))
    v = 1 / (1 - step / 4)
    return close(a**2 * v + b**2, v)


def _euler_maruyama(model: Model, draw: Draw) -> Outcome:
    x, noise, dt = draw.normal(5, 2), draw.normal(5, 2), float(draw.uniform(0.01, 0.3))
    force = gradient(_quartic, x)
    return equal(model.langevin_step(x, _slope, 2 * dt, noise), x + dt * force + (2 * dt) ** 0.5 * noise)


def _weak_order(model: Model, draw: Draw) -> Outcome:
    """The variance at time 1 of the Ornstein-Uhlenbeck equation: errors halve with the step."""
    start = float(draw.uniform(0.1, 0.5))
    exact, errors = 1 + (start - 1) * torch.exp(draw.tensor(-2.0)), []
    zero, one = draw.tensor([[0.0]]), draw.tensor([[1.0]])
    for n in (100, 200):
        a, b = (model.langevin_step(x, lambda v: -v, 2 / n, xi) for x, xi in ((one, zero), (zero, one)))
        v = draw.tensor(start)
        for _ in range(n):
            v = a**2 * v + b**2
        errors.append((v - exact).abs().squeeze())
    return worst(equal(errors[0] / errors[1], 2.0, 0.2), at_most(errors[1], 0.01))


def _mala(model: Model, draw: Draw) -> Outcome:
    x, y, step = draw.normal(6, 2), draw.normal(6, 2), float(draw.uniform(0.2, 1))

    def log_flow(at: Tensor, to: Tensor) -> Tensor:
        mean = at + step / 2 * gradient(_quartic, at)
        return _quartic(at) - ((to - mean) ** 2).sum(-1) / (2 * step)

    there = log_flow(x, y) + model.mala_log_acceptance(x, y, _quartic, _slope, step)
    back = log_flow(y, x) + model.mala_log_acceptance(y, x, _quartic, _slope, step)
    return worst(close(there, back), at_most(model.mala_log_acceptance(x, y, _quartic, _slope, step), 0.0))


def _unadjusted(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    """20 000 chains on N(0, 1) with long steps: the variance is 1/(1 − ε/4), 1 only when adjusted."""
    n, steps = 20_000, (0.2, 0.5, 1.0)
    figures, found = [], []
    for i, step in enumerate(steps):
        plain = adjusted = draw.normal(n, 1)
        for _ in range(60):
            plain = model.langevin_step(plain, lambda v: -v, step, draw.normal(n, 1))
            to = model.langevin_step(adjusted, lambda v: -v, step, draw.normal(n, 1))
            log_a = model.mala_log_acceptance(adjusted, to, lambda v: -(v**2).sum(-1) / 2, lambda v: -v, step)
            adjusted = torch.where((torch.log(draw.uniform(1e-15, 1, n)) < log_a)[:, None], to, adjusted)
        found.append(float(plain.var()))
        figures += [
            Figure(f"variance at ε = {step}", found[-1], 1 / (1 - step / 4), 0.08),
            Figure(f"variance at ε = {step}, adjusted", float(adjusted.var()), 1.0, 0.07),
        ]
        progress((i + 1) / len(steps))
    law = [1 / (1 - step / 4) for step in steps]
    lines = {"found": (list(steps), found), "1/(1 − ε/4)": (list(steps), law)}
    return Result(figures, (Panel("variance", "lines", lines),))


LANGEVIN = Specification(
    name="langevin",
    family="inference",
    systems=(80,),
    title="Unadjusted and Metropolis-adjusted Langevin",
    statement="x ← x + (ε/2)∇log p(x) + √ε ξ",
    page=PAGE,
    functions={"langevin_step": dynamics.langevin_step, "mala_log_acceptance": dynamics.mala_log_acceptance},
    properties=(
        Property(
            "on N(0, 1) the stationary variance is 1/(1 − ε/4)",
            _stationary,
            Mutant(
                "the noise is √(2ε)",
                {"langevin_step": lambda x, s, e, z: dynamics.langevin_step(x, s, e, 2**0.5 * z)},
            ),
        ),
        Property(
            "ε = 2 dt is Euler and Maruyama's step of dx = ∇log p dt + √2 dW",
            _euler_maruyama,
            Mutant(
                "ε stands for ε/2 before the score", {"langevin_step": lambda x, s, e, z: x + e * s(x) + e**0.5 * z}
            ),
        ),
        Property(
            "weak order one",
            _weak_order,
            Mutant("ε stands for √ε", {"langevin_step": lambda x, s, e, z: x + e / 2 * s(x) + e * z}),
        ),
        Property(
            "adjusted, it is in detailed balance with its target",
            _mala,
            Mutant(
                "the proposal's ratio is forgotten",
                {"mala_log_acceptance": lambda x, y, f, s, e: torch.clamp(f(y) - f(x), max=0)},
            ),
        ),
    ),
    source="Roberts and Tweedie 1996",
    task=Task("20 000 chains on a standard normal law", _unadjusted),
    conventions=("ε multiplies the noise's variance; half of it the score",),
)


def _unbiased(model: Model, draw: Draw) -> Outcome:
    prior, likelihood = draw.normal(2), draw.normal(5, 2)
    rows = [
        model.minibatch_score(prior, likelihood, torch.tensor(b, device=prior.device))
        for b in itertools.combinations(range(5), 2)
    ]
    return equal(torch.stack(rows).mean(0), prior + likelihood.sum(0))


def _sizes(model: Model, draw: Draw) -> Outcome:
    """Σ ε_t² is a Hurwitz zeta function; Σ ε_t lies above an integral that diverges."""
    a, b, gamma, n = float(draw.uniform(0.1, 1)), float(draw.uniform(1, 5)), float(draw.uniform(0.6, 0.95)), 2000
    sizes = model.sgld_step_size(torch.arange(n, dtype=torch.float64, device=draw.device), a, b, gamma)
    tail = torch.special.zeta(draw.tensor(2 * gamma), draw.tensor(b + n))
    squares = (sizes**2).sum() + a**2 * tail
    diverges = a * ((b + n) ** (1 - gamma) - b ** (1 - gamma)) / (1 - gamma)
    return worst(
        close(squares, a**2 * torch.special.zeta(draw.tensor(2 * gamma), draw.tensor(b))),
        at_most(diverges, sizes.sum()),
    )


def _posterior_mean(model: Model, draw: Draw) -> Outcome:
    """Normal data of variance 1 under the prior N(0, 1): batches in turn, without noise, lead to Σx/(n + 1)."""
    x, theta = draw.normal(4) / 2 + 3, draw.tensor([0.0])
    batches = [torch.tensor(b, device=x.device) for b in itertools.combinations(range(4), 2)]
    for t in range(400):
        slope = model.minibatch_score(-theta, (x - theta)[:, None], batches[t % 6])
        theta = theta + model.sgld_step_size(draw.tensor(t), 0.8, 2.0, 1.0) / 2 * slope
    return equal(theta, x.sum() / 5, 0.05)


def _posterior(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    """The posterior of a normal mean from 100 data in batches of 10, 4 000 chains: its mean and variance."""
    n, chains = 100, 4000
    x = draw.normal(n) + 1
    theta = torch.zeros(chains, dtype=torch.float64, device=draw.device)
    for t in range(400):
        size = model.sgld_step_size(draw.tensor(t), 0.02, 10.0, 0.9)
        batch = draw.permutation(n)[:10]
        slope = model.minibatch_score(-theta, x[:, None] - theta, batch)
        theta = theta + size / 2 * slope + torch.sqrt(size) * draw.normal(chains)
        progress((t + 1) / 400)
    mean = x.sum() / (n + 1)
    return Result(
        (
            Figure("posterior mean", float(theta.mean()), float(mean), 0.1),
            Figure("posterior variance", float(theta.var()), 1 / (n + 1), 0.003),
        ),
    )


SGLD = Specification(
    name="stochastic_gradient_langevin",
    family="inference",
    systems=(81,),
    title="Stochastic-gradient Langevin dynamics",
    statement="θ ← θ + (ε_t/2)(∇log p(θ) + (n/m) Σ ∇log p(x_i | θ)) + √ε_t ξ",
    page=PAGE,
    functions={"minibatch_score": dynamics.minibatch_score, "sgld_step_size": dynamics.sgld_step_size},
    properties=(
        Property(
            "a minibatch's gradient is unbiased: every batch of 2 of 5",
            _unbiased,
            Mutant(
                "the prior is scaled with the likelihood",
                {"minibatch_score": lambda p, rows, b: len(rows) / len(b) * (p + rows[b].sum(0))},
            ),
        ),
        Property(
            "steps sum to infinity, their squares don't",
            _sizes,
            Mutant(
                "the exponent is halved", {"sgld_step_size": lambda t, a, b, g: dynamics.sgld_step_size(t, a, b, g / 2)}
            ),
        ),
        Property(
            "with vanishing steps and no noise it ends at the posterior's mode",
            _posterior_mean,
            Mutant(
                "a minibatch's mean stands for its scaled sum",
                {"minibatch_score": lambda p, rows, b: p + rows[b].mean(0)},
            ),
        ),
    ),
    source="Welling and Teh 2011, section 3",
    task=Task("100 normal data in batches of ten", _posterior),
    conventions=("n/m scales the minibatch",),
)


def _level(model: Model, draw: Draw) -> Outcome:
    """Where the law is N(0, 1 + σ²), a step of size α adds exactly α²/(4(1 + σ²)) to the variance."""
    sigma, base = float(draw.uniform(0.3, 2)), float(draw.uniform(0.01, 0.5))
    zero, one, kick = draw.tensor([[0.0]]), draw.tensor([[1.0]]), draw.tensor([[[[1.0]]]])
    a, b = (
        model.annealed_langevin(x, lambda v, s: -v / (1 + s**2), [sigma], base, xi)
        for x, xi in ((one, 0 * kick), (zero, kick))
    )
    v = 1 + sigma**2
    return close(a**2 * v + b**2, v + base**2 / (4 * v))


def _ratio(model: Model, draw: Draw) -> Outcome:
    """α_i/σ_i² is the same at every level, base at the last."""
    sigmas = sorted((float(s) for s in draw.uniform(0.1, 3, 5)), reverse=True)
    sizes = draw.tensor([model.annealed_step_size(sigmas, i, 0.02) for i in range(5)])
    levels = draw.tensor(sigmas)
    return worst(close(sizes / levels**2, 0.02 / levels[-1] ** 2), equal(sizes[-1], 0.02))


def _mixture_score(x: Tensor, sigma: float) -> Tensor:
    """The score of 0.8 N(−4, 0.1) + 0.2 N(4, 0.1) after noise of standard deviation σ."""
    var = 0.1 + sigma**2
    log_odds = 1.3862943611198906 - 8 * x / var  # log 0.8/0.2 and the two squares
    left = torch.sigmoid(log_odds)
    return (-(x + 4) * left - (x - 4) * (1 - left)) / var


def _weights(model: Model, draw: Draw) -> Outcome:
    """From a start that favours neither mode, annealing finds the weight 0.8."""
    sigmas = [8.0 * 0.7**i for i in range(13)]
    n = 3000
    x = model.annealed_langevin(8 * draw.normal(n, 1), _mixture_score, sigmas, 4e-3, draw.normal(13, 14, n, 1))
    return equal((x < 0).double().mean(), 0.8, 0.09)


def _plain(x: Tensor, score: Any, sigmas: Any, base: float, noise: Tensor) -> Tensor:
    for row in noise:
        for xi in row:
            x = dynamics.langevin_step(x, lambda v: score(v, sigmas[-1]), base, xi)
    return x


def _two_modes(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    """Weights of two far modes, 0.8 and 0.2, from a start that favours neither: annealed and at the last level only."""
    sigmas, n = [8.0 * 0.8**i for i in range(21)], 4000
    x = model.annealed_langevin(8 * draw.normal(n, 1), _mixture_score, sigmas, 4e-3, draw.normal(21, 30, n, 1))
    progress(0.8)
    last = model.annealed_langevin(8 * draw.normal(n, 1), _mixture_score, sigmas[-1:], 4e-3, draw.normal(1, 600, n, 1))
    progress(1.0)
    bars = torch.histc(x.cpu(), 40, -6, 6) / n
    return Result(
        (
            Figure("weight of the left mode, annealed", float((x < 0).double().mean()), 0.8, 0.06),
            Figure("weight of the left mode, last level only", float((last < 0).double().mean()), 0.5, 0.1),
        ),
        (Panel("samples", "bars", {"annealed": ([-5.85 + 0.3 * i for i in range(40)], bars.tolist())}),),
    )


ANNEALED = Specification(
    name="annealed_langevin",
    family="inference",
    systems=(82,),
    title="Annealed Langevin dynamics",
    statement="x ← x + (α_i/2) s(x, σ_i) + √α_i ξ, α_i = ε σ_i²/σ_L²",
    page=PAGE,
    functions={"annealed_step_size": dynamics.annealed_step_size, "annealed_langevin": dynamics.annealed_langevin},
    properties=(
        Property(
            "α_i/σ_i² is the same at all levels",
            _ratio,
            Mutant("σ stands for σ²", {"annealed_step_size": lambda s, i, e: e * s[i] / s[-1]}),
        ),
        Property(
            "a level's law is kept up to α²/4 times its precision",
            _level,
            Mutant(
                "the noise is scaled by √(2α)",
                {"annealed_langevin": lambda x, s, g, e, z: dynamics.annealed_langevin(x, s, g, e, 2**0.5 * z)},
            ),
        ),
        Property(
            "modes get their weights, which the last level alone doesn't find",
            _weights,
            Mutant("all steps are of the last level", {"annealed_langevin": _plain}),
        ),
    ),
    source="Song and Ermon 2019, algorithm 1",
    task=Task("a mixture of two far normal laws", _two_modes),
    conventions=("levels fall", "noise is (levels, steps, n, d)"),
)

SPECIFICATIONS = (LANGEVIN, SGLD, ANNEALED)

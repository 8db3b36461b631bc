"""Stochastic gradient descent (65), momentum, Nesterov and Adam (66)."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from math import exp
from typing import Any

import torch
from torch import Tensor

from numerics.specifications.contract import (
    Answers,
    Figure,
    Model,
    Mutant,
    Oracle,
    Outcome,
    Panel,
    Property,
    Result,
    Specification,
    Task,
)
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import equal, true, worst
from reference_models.learning import optimisation

PAGE = "reference_models.learning.optimisation"


def _unbiased(model: Model, draw: Draw) -> Outcome:
    g = draw.normal(6, 2)
    batches = [torch.tensor(b, device=g.device) for b in itertools.combinations(range(6), 3)]
    return equal(torch.stack([model.minibatch_gradient(g, b) for b in batches]).mean(0), g.mean(0))


def _linear_rate(model: Model, draw: Draw) -> Outcome:
    h, theta, steps = draw.spd(3), draw.normal(3), 12
    curvature = torch.linalg.eigvalsh(h)
    rate = float(2 / (curvature[0] + curvature[-1]))
    at, ratio = theta, float((curvature[-1] - curvature[0]) / (curvature[-1] + curvature[0]))
    for _ in range(steps):
        at = model.gradient_step(at, h @ at, rate)
    values, vectors = torch.linalg.eigh(h)
    expected = vectors @ ((1 - rate * values) ** steps * (vectors.mT @ theta))
    bound = ratio**steps * torch.linalg.norm(theta)
    return worst(equal(at, expected), true(torch.linalg.norm(at) <= bound * (1 + 1e-9)))


def _running_mean(model: Model, draw: Draw) -> Outcome:
    x, theta = draw.normal(20), draw.normal()
    for k in range(1, 21):
        theta = model.gradient_step(theta, theta - x[k - 1], model.robbins_monro_rate(k))
    return equal(theta, x.mean())


SGD = Specification(
    name="stochastic_gradient_descent",
    family="learning",
    systems=(65,),
    title="Gradient descent and stochastic gradient descent",
    statement="θ ← θ − ηĝ, E ĝ = ∇L",
    page=PAGE,
    functions={
        "gradient_step": optimisation.gradient_step,
        "minibatch_gradient": optimisation.minibatch_gradient,
        "robbins_monro_rate": optimisation.robbins_monro_rate,
    },
    properties=(
        Property(
            "a minibatch's gradient has the full gradient as its mean: every batch of 3 of 6",
            _unbiased,
            Mutant("a sum over the batch", {"minibatch_gradient": lambda g, b: g[b].sum(0)}),
        ),
        Property(
            "on a quadratic, errors shrink as (1 − ηλ)^k along each eigenvector",
            _linear_rate,
            Mutant("half a step", {"gradient_step": lambda t, g, r: t - r * g / 2}),
        ),
        Property(
            "with η_k = 1/k it computes the running mean",
            _running_mean,
            Mutant("steps are counted from 0", {"robbins_monro_rate": lambda k: 1 / (k + 1)}),
        ),
    ),
    source="Robbins and Monro 1951; Nesterov 2004, section 2.1",
    conventions=("minibatch means", "descent"),
)


def _polyak(model: Model, draw: Draw) -> Outcome:
    """θ_(k+1) = θ_k − ηg_k + μ(θ_k − θ_(k−1)): the same without a velocity."""
    h, theta, rate, mu = draw.spd(3), draw.normal(3), float(draw.uniform(0.05, 0.3)), float(draw.uniform(0.3, 0.9))
    before, at, found, v = theta, theta, theta, torch.zeros_like(theta)
    for _ in range(8):
        before, at = at, at - rate * (h @ at) + mu * (at - before)
        found, v = model.heavy_ball_step(found, v, h @ found, rate, mu)
    return equal(found, at)


def _best_rate(model: Model, draw: Draw) -> Outcome:
    """At the best η and μ every eigenvalue of the iteration has modulus √μ."""
    low, high = float(draw.uniform(0.1, 0.5)), float(draw.uniform(2, 6))
    mu = ((high**0.5 - low**0.5) / (high**0.5 + low**0.5)) ** 2
    rate = (2 / (high**0.5 + low**0.5)) ** 2
    moduli = []
    for curvature in (low, (low + high) / 2, high):
        columns = []
        for start in ([1.0, 0.0], [0.0, 1.0]):
            theta, v = draw.tensor(start[0]), draw.tensor(start[1])
            columns.append(torch.stack(model.heavy_ball_step(theta, v, curvature * theta, rate, mu)))
        moduli.append(torch.linalg.eigvals(torch.stack(columns, 1)).abs().max())
    return equal(torch.stack(moduli), mu**0.5, 1e-6)


def _look_ahead(model: Model, draw: Draw) -> Outcome:
    """y_k = θ_k + μ(θ_k − θ_(k−1)), θ_(k+1) = y_k − η∇f(y_k)."""
    h, theta, rate, mu = draw.spd(3), draw.normal(3), float(draw.uniform(0.05, 0.3)), float(draw.uniform(0.3, 0.9))
    before, at, found, v = theta, theta, theta, torch.zeros_like(theta)
    for _ in range(8):
        y = at + mu * (at - before)
        before, at = at, y - rate * (h @ y)
        found, v = model.nesterov_step(found, v, lambda t: h @ t, rate, mu)
    return equal(found, at)


def _torch_sgd(inputs: Mapping[str, Any]) -> Answers:
    answers = {}
    for name, nesterov in (("heavy_ball", False), ("nesterov", True)):
        theta = torch.tensor(inputs["theta"], dtype=torch.float64, requires_grad=True)
        made = torch.optim.SGD([theta], lr=inputs["rate"], momentum=inputs["momentum"], nesterov=nesterov)
        for _ in range(inputs["steps"]):
            made.zero_grad()
            (torch.tensor(inputs["h"], dtype=torch.float64) * theta**2 / 2).sum().backward()
            made.step()
        if nesterov:  # torch keeps the point at which the next gradient is taken
            state = made.state[theta]["momentum_buffer"]
            answers[name] = theta.detach() + inputs["rate"] * inputs["momentum"] * state
        else:
            answers[name] = theta.detach()
    return answers


def _our_sgd(model: Model, inputs: Mapping[str, Any]) -> Answers:
    h, start = (torch.tensor(inputs[k], dtype=torch.float64) for k in ("h", "theta"))
    rate, mu = inputs["rate"], inputs["momentum"]
    ball = (start, torch.zeros_like(start))
    ahead = (start, torch.zeros_like(start))
    for _ in range(inputs["steps"]):
        ball = model.heavy_ball_step(*ball, h * ball[0], rate, mu)
        ahead = model.nesterov_step(*ahead, lambda t: h * t, rate, mu)
    return {"heavy_ball": ball[0], "nesterov": ahead[0]}


def _quadratic(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    """Rates on a quadratic with condition 100: (κ − 1)/(κ + 1) without momentum, (√κ − 1)/(√κ + 1) with the best."""
    h = torch.linspace(1, 100, 20, dtype=torch.float64, device=draw.device)
    plain, ball = draw.normal(20), draw.normal(20)
    v, root = torch.zeros_like(h), 10.0
    curves: list[list[float]] = [[], []]
    for step in range(300):
        plain = plain - 2 / 101 * h * plain
        ball, v = model.heavy_ball_step(ball, v, h * ball, 4 / (root + 1) ** 2, ((root - 1) / (root + 1)) ** 2)
        curves[0].append(float(torch.log(torch.linalg.norm(plain))))
        curves[1].append(float(torch.log(torch.linalg.norm(torch.cat([ball, v / 100])))))
        progress((step + 1) / 300)
    rates, steps = [exp((c[120] - c[40]) / 80) for c in curves], list(range(300))
    return Result(
        (
            Figure("rate of gradient descent", rates[0], 99 / 101, 0.005),
            Figure("rate with momentum", rates[1], 9 / 11, 0.03),
        ),
        (Panel("log of the error", "lines", {"plain": (steps, curves[0]), "momentum": (steps, curves[1])}),),
    )


MOMENTUM = Specification(
    name="momentum",
    family="learning",
    systems=(66,),
    title="Momentum: heavy ball and Nesterov",
    statement="v ← μv + g, θ ← θ − ηv",
    page=PAGE,
    functions={"heavy_ball_step": optimisation.heavy_ball_step, "nesterov_step": optimisation.nesterov_step},
    properties=(
        Property(
            "heavy ball is Polyak's recursion in θ alone",
            _polyak,
            Mutant(
                "the new gradient is damped by 1 − μ",
                {"heavy_ball_step": lambda t, v, g, r, m: optimisation.heavy_ball_step(t, v, (1 - m) * g, r, m)},
            ),
        ),
        Property(
            "on quadratics the best rate is √μ = (√L − √l)/(√L + √l)",
            _best_rate,
            Mutant(
                "θ moves by the old velocity",
                {"heavy_ball_step": lambda t, v, g, r, m: (t - r * v, m * v + g)},
            ),
        ),
        Property(
            "Nesterov's step is a gradient step from the extrapolated point",
            _look_ahead,
            Mutant(
                "the gradient is taken at θ",
                {"nesterov_step": lambda t, v, g, r, m: optimisation.heavy_ball_step(t, v, g(t), r, m)},
            ),
        ),
    ),
    source="Polyak 1964; Sutskever et al. 2013, section 2",
    oracles=(
        Oracle(
            package="torch",
            inputs={"theta": [1.0, -2.0, 0.5], "h": [0.5, 1.5, 3.0], "rate": 0.1, "momentum": 0.8, "steps": 5},
            ask=_torch_sgd,
            tell=_our_sgd,
            tolerance=1e-12,
            conversion="torch.optim.SGD(nesterov=True) holds θ − ημv, the next point of the gradient; we add ημv",
        ),
    ),
    task=Task("a quadratic with condition number 100", _quadratic),
    conventions=("v ← μv + g without damping",),
)


def _first_step(model: Model, draw: Draw) -> Outcome:
    theta, g, zero = draw.normal(4), draw.normal(4) + 3 * draw.bits(4), draw.tensor([0.0] * 4)
    after, _, _ = model.adam_step(theta, zero, zero, g, 1, 0.01, 0.9, 0.999, 1e-12)
    return equal(after, theta - 0.01 * torch.sign(g), 1e-8)


def _constant_gradient(model: Model, draw: Draw) -> Outcome:
    """With a constant gradient the corrected moments are g and g² at every step."""
    theta, g = draw.normal(3), draw.uniform(0.5, 2, 3)
    at, m, v = theta, torch.zeros_like(g), torch.zeros_like(g)
    for step in range(1, 8):
        at, m, v = model.adam_step(at, m, v, g, step, 0.1, 0.9, 0.99, 0.3)
    return equal(at, theta - 7 * 0.1 * g / (g + 0.3))


def _scale_free(model: Model, draw: Draw) -> Outcome:
    gradients, c = draw.normal(6, 3), draw.uniform(2, 9, 3)
    ends = []
    for scaled in (gradients, c * gradients):
        at = m = v = torch.zeros_like(c)
        for step, g in enumerate(scaled, 1):
            at, m, v = model.adam_step(at, m, v, g, step, 0.1, 0.9, 0.99, 0.0)
        ends.append(at)
    return equal(ends[0], ends[1])


def _uncorrected(t: Tensor, m: Tensor, v: Tensor, g: Tensor, *rest: Any) -> tuple[Tensor, Tensor, Tensor]:
    return optimisation.adam_step(t, m, v, g, 10**6, *rest[1:])


def _rootless(
    t: Tensor, m: Tensor, v: Tensor, g: Tensor, step: int, rate: float, b1: float, b2: float, eps: float
) -> tuple[Tensor, Tensor, Tensor]:
    m, v = b1 * m + (1 - b1) * g, b2 * v + (1 - b2) * g**2
    return t - rate * m / (1 - b1**step) / (v / (1 - b2**step) + eps), m, v


def _torch_adam(inputs: Mapping[str, Any]) -> Answers:
    theta = torch.tensor(inputs["theta"], dtype=torch.float64, requires_grad=True)
    made = torch.optim.Adam([theta], lr=inputs["rate"], betas=(0.9, 0.99), eps=1e-3)
    for g in inputs["gradients"]:
        theta.grad = torch.tensor(g, dtype=torch.float64)
        made.step()
    return {"theta": theta.detach()}


def _our_adam(model: Model, inputs: Mapping[str, Any]) -> Answers:
    at = torch.tensor(inputs["theta"], dtype=torch.float64)
    m = v = torch.zeros_like(at)
    for step, g in enumerate(torch.tensor(inputs["gradients"], dtype=torch.float64), 1):
        at, m, v = model.adam_step(at, m, v, g, step, inputs["rate"], 0.9, 0.99, 1e-3)
    return {"theta": at}


ADAM = Specification(
    name="adam",
    family="learning",
    systems=(66,),
    title="Adam",
    statement="θ ← θ − η m̂/(√v̂ + ε), m̂ = m/(1 − β₁^t), v̂ = v/(1 − β₂^t)",
    page=PAGE,
    functions={"adam_step": optimisation.adam_step},
    properties=(
        Property("the first step is η sign(g)", _first_step, Mutant("no bias correction", {"adam_step": _uncorrected})),
        Property(
            "a constant gradient gives equal steps ηg/(g + ε)",
            _constant_gradient,
            Mutant(
                "steps are counted from 0 in the correction",
                {"adam_step": lambda t, m, v, g, k, *r: optimisation.adam_step(t, m, v, g, k + 1, *r)},
            ),
        ),
        Property(
            "without ε the path doesn't change when a coordinate's gradient is scaled",
            _scale_free,
            Mutant("the root of the second moment is left out", {"adam_step": _rootless}),
        ),
    ),
    source="Kingma and Ba 2015, algorithm 1",
    oracles=(
        Oracle(
            package="torch",
            inputs={
                "theta": [1.0, -2.0],
                "gradients": [[0.5, -1.0], [0.1, 2.0], [-0.7, 0.3], [1.2, 0.0]],
                "rate": 0.05,
            },
            ask=_torch_adam,
            tell=_our_adam,
            tolerance=1e-13,
            conversion="torch.optim.Adam with the same constants; eps outside the root in both",
        ),
    ),
    conventions=("steps from 1", "ε outside the root"),
)

SPECIFICATIONS = (SGD, MOMENTUM, ADAM)

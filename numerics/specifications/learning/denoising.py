"""Denoising score matching (60, 212), conditional denoising score matching (213)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
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
from numerics.specifications.outcomes import close, equal, gradient
from numerics.specifications.training import read
from reference_models.learning import score_matching as sm

PAGE = "reference_models.learning.score_matching"


def _hermite(draw: Draw, nodes: int, d: int) -> tuple[Tensor, Tensor]:
    """Nodes (n, d) and weights (n,) that integrate polynomials under N(0, I)."""
    t, w = (draw.tensor(a) for a in np.polynomial.hermite_e.hermegauss(nodes))
    x = torch.cartesian_prod(*[t] * d).reshape(-1, d)
    return x, torch.cartesian_prod(*[w / w.sum()] * d).reshape(-1, d).prod(-1)


def _finite(draw: Draw) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    return draw.normal(3, 2), draw.simplex(3), draw.uniform(0.4, 0.9), draw.uniform(0.6, 1.2)


def _log_mixture(x: Tensor, points: Tensor, weights: Tensor, alpha: Tensor, sigma: Tensor) -> Tensor:
    square = ((x[:, None] - alpha * points) ** 2).sum(-1)
    return torch.logsumexp(torch.log(weights) - square / (2 * sigma**2), -1)


def _is_the_score(model: Model, draw: Draw) -> Outcome:
    points, weights, alpha, sigma = _finite(draw)
    x = draw.normal(5, 2)
    by_autograd = gradient(lambda v: _log_mixture(v, points, weights, alpha, sigma), x)
    return equal(model.marginal_score(x, points, weights, alpha, sigma), by_autograd)


def _noise_grid(draw: Draw, points: Tensor, weights: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Every point with every node of the noise: x0 (n, d), ε (n, d), weights (n,)."""
    eps, w = _hermite(draw, 120, points.shape[1])
    k, m = len(points), len(eps)
    return points.repeat_interleave(m, 0), eps.repeat(k, 1), (weights[:, None] * w).flatten()


def _constant_apart(model: Model, draw: Draw) -> Outcome:
    points, weights, alpha, sigma = draw.normal(3, 1), draw.simplex(3), draw.uniform(0.4, 0.9), draw.uniform(0.6, 1.2)
    x0, eps, w = _noise_grid(draw, points, weights)
    gaps = []
    for _ in range(2):
        A, b = draw.normal(1, 1), draw.normal(1)
        esm = (
            w * ((_linear(alpha * x0 + sigma * eps, A, b) - _true(x0, eps, points, weights, alpha, sigma)) ** 2).sum(-1)
        ).sum()
        gaps.append(model.denoising(lambda v, A=A, b=b: _linear(v, A, b), x0, eps, alpha, sigma, w) - esm)
    return close(gaps[0], gaps[1], 1e-7)


def _linear(x: Tensor, A: Tensor, b: Tensor) -> Tensor:
    return x @ A.mT + b


def _true(x0: Tensor, eps: Tensor, points: Tensor, weights: Tensor, alpha: Tensor, sigma: Tensor) -> Tensor:
    return gradient(lambda v: _log_mixture(v, points, weights, alpha, sigma), alpha * x0 + sigma * eps)


def _tweedie(model: Model, draw: Draw) -> Outcome:
    points, weights, alpha, sigma = _finite(draw)
    x = draw.normal(5, 2)
    joint = weights * torch.exp(-((x[:, None] - alpha * points) ** 2).sum(-1) / (2 * sigma**2))
    mean = (joint[..., None] * points).sum(1) / joint.sum(1, keepdim=True)
    s = gradient(lambda v: _log_mixture(v, points, weights, alpha, sigma), x)
    return equal(model.tweedie(x, s, alpha, sigma), mean)


def _target(model: Model, draw: Draw) -> Outcome:
    x0, eps, alpha, sigma = draw.normal(4, 2), draw.normal(4, 2), draw.uniform(0.3, 0.9), draw.uniform(0.4, 2)
    x = model.noised(x0, eps, alpha, sigma)
    found = gradient(lambda v: -((v - alpha * x0) ** 2).sum(-1) / (2 * sigma**2), x)
    return equal(model.conditional_score(x0, eps, alpha, sigma), found)


def _two_points(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    """A small network trained on noise around −1 and 1: its score against the mixture's, its loss against the floor."""
    alpha, sigma, n = draw.tensor(0.8), draw.tensor(0.5), 512
    points, weights = draw.tensor([[-1], [1]]), draw.tensor([0.3, 0.7])
    layers = [draw.normal(32, 1), draw.normal(32), draw.normal(32, 32) / 6, draw.normal(32), draw.normal(1, 32) / 6]
    parts = [v.requires_grad_(True) for v in layers]
    made = torch.optim.Adam(parts, lr=5e-3)

    def s(x: Tensor) -> Tensor:
        return torch.tanh(torch.tanh(x @ parts[0].mT + parts[1]) @ parts[2].mT + parts[3]) @ parts[4].mT

    kept, even = [], torch.full((n,), 1 / n, dtype=torch.float64, device=draw.device)
    for step in range(1500):
        x0 = torch.where(draw.uniform(0, 1, n, 1) < 0.7, 1.0, -1.0).double()
        loss = model.denoising(s, x0, draw.normal(n, 1), alpha, sigma, even)
        made.zero_grad()
        loss.backward()
        made.step()
        kept.append(loss.detach())
        progress((step + 1) / 1500)
    curve = read(kept)
    x0, eps = torch.where(draw.uniform(0, 1, 40_000, 1) < 0.7, 1.0, -1.0).double(), draw.normal(40_000, 1)
    x = model.noised(x0, eps, alpha, sigma)
    best = model.marginal_score(x, points, weights, alpha, sigma)
    line = torch.linspace(-4, 4, 2001, dtype=torch.float64, device=draw.device)[:, None]
    law = weights * torch.exp(-((line - alpha * points.mT) ** 2) / (2 * sigma**2)) / (sigma * (2 * torch.pi) ** 0.5)
    own = law / law.sum(-1, keepdim=True)
    spread = (law.sum(-1) * 4 * own.prod(-1)).sum() * 8 / 2000  # E Var(x₀ | x_t) of the points ±1
    floor = (alpha / sigma**2) ** 2 * spread
    with torch.no_grad():
        error = ((s(x) - best) ** 2).mean()
    grid = torch.linspace(-2.5, 2.5, 60, dtype=torch.float64, device=draw.device)[:, None]
    pictures = {
        "network": (grid[:, 0].tolist(), s(grid).detach()[:, 0].tolist()),
        "mixture": (grid[:, 0].tolist(), model.marginal_score(grid, points, weights, alpha, sigma)[:, 0].tolist()),
    }
    return Result(
        (
            Figure("mean squared error of the score", float(error), 0.0, 0.03),
            Figure("loss over the last 200 steps", sum(curve[-200:]) / 200, float(floor), 0.1),
        ),
        (Panel("scores", "lines", pictures),),
    )


DENOISING = Specification(
    name="denoising_score_matching",
    family="learning",
    systems=(60, 212),
    title="Denoising score matching",
    statement="E|s(x_t) + ε/σ_t|², x_t = α_t x_0 + σ_t ε; s* = ∇log q_t",
    page=PAGE,
    functions={
        "noised": sm.noised,
        "conditional_score": sm.conditional_score,
        "denoising": sm.denoising,
        "marginal_score": sm.marginal_score,
        "tweedie": sm.tweedie,
    },
    properties=(
        Property(
            "the mean of ∇log q(x_t | x_0) given x_t is the mixture's score, by autograd",
            _is_the_score,
            Mutant(
                "the gaps forget alpha",
                {"marginal_score": lambda x, p, w, a, s: sm.marginal_score(x, p, w, torch.ones_like(a), s)},
            ),
        ),
        Property(
            "denoising and explicit score matching differ by a constant: quadrature over the noise",
            _constant_apart,
            Mutant(
                "the target has the noise's sign",
                {"denoising": lambda s, x0, e, a, g, w: (w * ((s(a * x0 + g * e) - e / g) ** 2).sum(-1)).sum()},
            ),
        ),
        Property(
            "Tweedie: x_t + σ²s is α times the posterior mean",
            _tweedie,
            Mutant("σ stands for σ²", {"tweedie": lambda x, s, a, g: (x + g * s) / a}),
        ),
        Property(
            "the target is ∇log q(x_t | x_0), by autograd",
            _target,
            Mutant("−ε instead of −ε/σ", {"conditional_score": lambda x0, e, a, s: -e}),
        ),
    ),
    source="Vincent 2011, section 4",
    task=Task("noised draws from two points", _two_points, training=True),
    conventions=("λ(t) = 1, no ½", "alpha scales the data, sigma is the noise's standard deviation"),
)


def _by_class(model: Model, draw: Draw) -> Outcome:
    points, weights, alpha, sigma = draw.normal(5, 2), draw.simplex(5), draw.uniform(0.4, 0.9), draw.uniform(0.5, 1)
    labels, x = draw.tensor([0, 1, 0, 1, 1]), draw.normal(4, 2)
    mass = weights * torch.exp(-((x[:, None] - alpha * points) ** 2).sum(-1) / (2 * sigma**2))
    chance = [mass[:, labels == c].sum(-1, keepdim=True) / mass.sum(-1, keepdim=True) for c in (0, 1)]
    parts = [chance[c] * model.class_score(x, points, weights, labels, c, alpha, sigma) for c in (0, 1)]
    return equal(parts[0] + parts[1], gradient(lambda v: _log_mixture(v, points, weights, alpha, sigma), x))


def _guidance(model: Model, draw: Draw) -> Outcome:
    points, weights, alpha, sigma = draw.normal(5, 2), draw.simplex(5), draw.uniform(0.4, 0.9), draw.uniform(0.5, 1)
    labels, x = draw.tensor([0, 1, 0, 1, 1]), draw.normal(4, 2)

    def log_class(v: Tensor) -> Tensor:
        square = ((v[:, None] - alpha * points) ** 2).sum(-1)
        return torch.log_softmax(torch.log(weights) - square / (2 * sigma**2), -1)[:, labels == 1].logsumexp(-1)

    marginal = gradient(lambda v: _log_mixture(v, points, weights, alpha, sigma), x)
    return equal(model.class_score(x, points, weights, labels, 1, alpha, sigma), marginal + gradient(log_class, x))


CONDITIONAL = Specification(
    name="conditional_score_matching",
    family="learning",
    systems=(213,),
    title="Conditional denoising score matching",
    statement="argmin E|s(x_t, c) − ∇log q(x_t | x_0)|² = ∇log q_t(x_t | c)",
    page=PAGE,
    functions={"class_score": sm.class_score},
    properties=(
        Property(
            "its mean over the classes given x_t is the unconditional score",
            _by_class,
            Mutant(
                "points of a class lose their weights",
                {
                    "class_score": lambda x, p, w, labels, c, a, s: sm.class_score(
                        x, p, torch.ones_like(w), labels, c, a, s
                    )
                },
            ),
        ),
        Property(
            "Bayes: it is the unconditional score plus ∇log p(c | x_t)",
            _guidance,
            Mutant(
                "the condition is dropped",
                {"class_score": lambda x, p, w, labels, c, a, s: sm.marginal_score(x, p, w, a, s)},
            ),
        ),
    ),
    source="Vincent 2011, section 4, given a condition",
    conventions=("finite data with labels",),
)

SPECIFICATIONS = (DENOISING, CONDITIONAL)

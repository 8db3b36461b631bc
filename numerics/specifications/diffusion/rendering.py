"""Volume rendering and score distillation: row 169, otherwise named only."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

from numerics.specifications.contract import Model, Mutant, Outcome, Property, Specification
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import at_most, close, worst
from reference_models.diffusion import rendering


def _weights_sum(model: Model, draw: Draw) -> Outcome:
    density, length = draw.uniform(0, 5, 4, 8), draw.uniform(0.05, 0.5, 4, 8)
    w = model.ray_weights(density, length)
    left = torch.exp(-(density * length).sum(-1))  # what passes the whole ray
    return worst(at_most(w.sum(-1), 1.0), at_most(-w, 0.0), close(w.sum(-1), 1 - left))


def _includes_itself(density: Tensor, length: Tensor) -> Tensor:
    depth = density * length
    return torch.exp(-depth.cumsum(-1)) * -torch.expm1(-depth)


def _refined(model: Model, draw: Draw) -> Outcome:
    """Cutting a piece in two equal parts changes no colour, and a thick grid nears the integral."""
    density, colour = draw.uniform(0.2, 3, 6), draw.uniform(0, 1, 6, 3)
    length = draw.uniform(0.1, 0.4, 6)
    once = model.rendered(density, length, colour)
    twice = model.rendered(
        density.repeat_interleave(2), length.repeat_interleave(2) / 2, colour.repeat_interleave(2, 0)
    )
    return close(once, twice)


def _linear_alpha(density: Tensor, length: Tensor, colour: Tensor) -> Tensor:
    alpha = density * length
    before = torch.cumprod(torch.cat([torch.ones_like(alpha[:1]), 1 - alpha[:-1]]), 0)
    return ((before * alpha)[..., None] * colour).sum(-2)


def _is_weighted_error(model: Model, draw: Draw) -> Outcome:
    """The gradient is that of w ⟨sg(ε̂ − ε), g(θ)⟩, the network held."""
    theta, w, bar, noise = draw.normal(3), draw.normal(5, 3), draw.uniform(0.1, 0.9), draw.normal(5)
    mix, weight = draw.normal(5, 5), draw.uniform(0.5, 2)

    def render(at: Tensor) -> Tensor:
        return torch.tanh(w @ at)

    def eps(x: Tensor, level: Tensor) -> Tensor:
        return torch.tanh(mix @ x + level)

    x = torch.tanh(w @ theta)
    error = torch.tanh(mix @ (torch.sqrt(bar) * x + torch.sqrt(1 - bar) * noise) + bar) - noise
    expected = w.mT @ ((1 - x**2) * weight * error)
    return close(model.distillation_gradient(render, theta, eps, bar, noise, weight), expected)


def _through_the_network(
    render: Callable[[Tensor], Tensor],
    theta: Tensor,
    eps: Callable[[Tensor, Tensor], Tensor],
    bar: Tensor,
    noise: Tensor,
    weight: Tensor,
) -> Tensor:
    def loss(at: Tensor) -> Tensor:
        x = render(at)
        error: Tensor = eps(torch.sqrt(bar) * x + torch.sqrt(1 - bar) * noise, bar) - noise
        return weight * (error**2).sum() / 2

    return torch.func.grad(loss)(theta)


RENDERING = Specification(
    name="volume_rendering",
    family="diffusion",
    systems=(169,),
    title="NeRF's quadrature weights, and score distillation (DreamFusion); video diffusion is named only",
    statement="w_i = T_i (1 − e^{−σ_i δ_i}); ∇_θ = w (ε̂ − ε) ∂x/∂θ",
    page="reference_models.diffusion.rendering",
    functions={
        "ray_weights": rendering.ray_weights,
        "rendered": rendering.rendered,
        "distillation_gradient": rendering.distillation_gradient,
    },
    properties=(
        Property(
            "weights sum to 1 less what passes the ray",
            _weights_sum,
            Mutant("a piece absorbs its own light first", {"ray_weights": _includes_itself}),
        ),
        Property(
            "cutting a piece in two changes nothing",
            _refined,
            Mutant("σ δ for 1 − e^{−σ δ}", {"rendered": _linear_alpha}),
        ),
        Property(
            "distillation is a weighted noise error, the network held",
            _is_weighted_error,
            Mutant("the gradient runs through the network", {"distillation_gradient": _through_the_network}),
        ),
    ),
    source="Mildenhall et al. 2020, section 4; Poole et al. 2023, section 3",
)

SPECIFICATIONS = (RENDERING,)

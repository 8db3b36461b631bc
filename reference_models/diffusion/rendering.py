"""Volume rendering weights and score distillation. Standalone: imports torch; nothing of ours.

Source   Mildenhall et al. 2020, section 4 (quadrature of the volume integral); Poole et al. 2023, section 3 (SDS).
Shapes   densities and lengths along a ray are (*batch, n), colours (*batch, n, 3); images (*batch, d). float64.
Here     densities are rates per length; samples run from the camera outwards. The SDS gradient leaves out the network's
         own Jacobian, and sums over coordinates.
"""

from collections.abc import Callable

import torch
from torch import Tensor


def ray_weights(density: Tensor, length: Tensor) -> Tensor:
    """w_i = T_i (1 − e^{−σ_i δ_i}), T_i = e^{−Σ_{j<i} σ_j δ_j}."""
    depth = density * length
    before = depth.cumsum(-1) - depth
    return torch.exp(-before) * -torch.expm1(-depth)


def rendered(density: Tensor, length: Tensor, colour: Tensor) -> Tensor:
    """Σ w_i c_i: (*batch, 3)."""
    return (ray_weights(density, length)[..., None] * colour).sum(-2)


def distillation_gradient(
    render: Callable[[Tensor], Tensor],
    theta: Tensor,
    eps: Callable[[Tensor, Tensor], Tensor],
    bar: Tensor,
    noise: Tensor,
    weight: Tensor,
) -> Tensor:
    """w (ε̂(x_t) − ε) ∂x/∂θ with x = g(θ), x_t = √ᾱ x + √(1 − ᾱ) ε: the shape of θ (one image)."""
    at = theta.detach().clone().requires_grad_(True)
    x = render(at)
    with torch.no_grad():
        error = eps(torch.sqrt(bar) * x + torch.sqrt(1 - bar) * noise, bar) - noise
    found: Tensor = torch.autograd.grad(x, at, weight * error)[0]
    return found

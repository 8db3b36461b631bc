"""Steps and losses of diffusion models as exercises: the DDPM's way back and its loss, DDIM."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor

from numerics.conformance.exercise import Argument, Convention, Exercise, Probabilities, Reals
from numerics.specifications.catalogue import specification
from reference_models.diffusion.chain import simple_loss

posterior = specification("ddpm").model.posterior
reverse_mean = specification("ddpm").model.reverse_mean
ddim_step = specification("ddim").model.step


def reverse_step(x: Tensor, eps: Tensor, alpha: Tensor, before: Tensor, z: Tensor) -> Tensor:
    """A draw of x_{t−1}: (x_t − β_t ε/√(1 − ᾱ_t))/√α_t + √β̃_t z with β̃_t = β_t (1 − ᾱ_{t−1})/(1 − ᾱ_t)."""
    mean: Tensor = reverse_mean(x, eps, alpha * before, before)
    variance = posterior(x, x, alpha * before, before)[1]
    return mean + torch.sqrt(variance) * z


def _written_step(x: Tensor, eps: Tensor, alpha: Tensor, before: Tensor, z: Tensor) -> Tensor:
    bar = alpha * before
    mean = (x - (1 - alpha) / torch.sqrt(1 - bar) * eps) / torch.sqrt(alpha)
    return mean + torch.sqrt((1 - alpha) * (1 - before) / (1 - bar)) * z


def _with_beta(x: Tensor, eps: Tensor, alpha: Tensor, before: Tensor, z: Tensor) -> Tensor:
    return reverse_mean(x, eps, alpha * before, before) + torch.sqrt(1 - alpha) * z


def _no_fresh_noise(x: Tensor, eps: Tensor, alpha: Tensor, before: Tensor, z: Tensor) -> Tensor:
    mean: Tensor = reverse_mean(x, eps, alpha * before, before)
    return mean


def _variance_for_deviation(x: Tensor, eps: Tensor, alpha: Tensor, before: Tensor, z: Tensor) -> Tensor:
    return reverse_mean(x, eps, alpha * before, before) + posterior(x, x, alpha * before, before)[1] * z


REVERSE_STEP = Exercise(
    model="ddpm",
    function="reverse_step",
    right=reverse_step,
    arguments=(
        Argument("x", ("n",), Reals(-2, 2), "x_t"),
        Argument("eps", ("n",), Reals(-2, 2), "ε_θ(x_t, t), the noise that the network predicts"),
        Argument("alpha", (), Probabilities(), "α_t = 1 − β_t"),
        Argument("before", (), Probabilities(), "ᾱ_{t−1}; ᾱ_t = α_t ᾱ_{t−1}"),
        Argument("z", ("n",), Reals(-2, 2), "fresh standard normal noise"),
    ),
    returns="x_{t−1} (n,), drawn with the variance β̃_t of the posterior",
    conventions=(
        Convention("σ_t² = β_t for β̃_t, the other choice of the paper", _with_beta),
        Convention("no fresh noise is added", _no_fresh_noise),
        Convention("the fresh noise is multiplied by the variance, not the deviation", _variance_for_deviation),
    ),
    gradient_in=("x", "eps"),
    written=(_written_step,),
)


def loss(noise: Tensor, predicted: Tensor) -> Tensor:
    """The mean over the batch of |ε − ε_θ|², summed over coordinates: two (n, d) -> ()."""
    found: Tensor = simple_loss(lambda x, t: predicted, noise, 0, torch.ones(1, dtype=noise.dtype), noise).mean()
    return found


def _written_loss(noise: Tensor, predicted: Tensor) -> Tensor:
    return ((noise - predicted) ** 2).sum(-1).mean()


def _over_everything(noise: Tensor, predicted: Tensor) -> Tensor:
    return ((noise - predicted) ** 2).mean()


def _norm(noise: Tensor, predicted: Tensor) -> Tensor:
    return (noise - predicted).norm(dim=-1).mean()


LOSS = Exercise(
    model="ddpm",
    function="loss",
    right=loss,
    arguments=(
        Argument("noise", ("n", "d"), Reals(-2, 2), "ε, the noise that was put in"),
        Argument("predicted", ("n", "d"), Reals(-2, 2), "ε_θ(x_t, t)"),
    ),
    returns="(), |ε − ε_θ|² summed over d, averaged over n",
    conventions=(
        Convention("a mean over the coordinates too (mse_loss)", _over_everything),
        Convention("the norm is not squared", _norm),
    ),
    gradient_in=("predicted",),
    written=(_written_loss,),
)


def _less_noisy_later(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """The same with ᾱ_t below ᾱ_s; moved apart where they are equal."""
    low, high = sorted((inputs["bar"], inputs["later"]))
    return {**inputs, "bar": low if low < high else low / 2, "later": high}


def step(x: Tensor, eps: Tensor, bar: Tensor, later: Tensor) -> Tensor:
    """The deterministic step of DDIM from t to s < t: √ᾱ_s x̂_0 + √(1 − ᾱ_s) ε."""
    zero = torch.zeros((), dtype=x.dtype)
    found: Tensor = ddim_step(x, eps, bar, later, zero, torch.zeros_like(x))
    return found


def _written_ddim(x: Tensor, eps: Tensor, bar: Tensor, later: Tensor) -> Tensor:
    start = (x - torch.sqrt(1 - bar) * eps) / torch.sqrt(bar)
    return torch.sqrt(later) * start + torch.sqrt(1 - later) * eps


def _start_kept(x: Tensor, eps: Tensor, bar: Tensor, later: Tensor) -> Tensor:
    return (x - torch.sqrt(1 - bar) * eps) / torch.sqrt(bar)


def _alpha_for_bar(x: Tensor, eps: Tensor, bar: Tensor, later: Tensor) -> Tensor:
    return _written_ddim(x, eps, bar / later, later)


DDIM = Exercise(
    model="ddim",
    function="step",
    right=step,
    arguments=(
        Argument("x", ("n",), Reals(-2, 2), "x_t"),
        Argument("eps", ("n",), Reals(-2, 2), "ε_θ(x_t, t)"),
        Argument("bar", (), Probabilities(), "ᾱ_t at the noisier time"),
        Argument("later", (), Probabilities(), "ᾱ_s > ᾱ_t at the less noisy time that the step leads to"),
    ),
    returns="x_s (n,), the deterministic step (η = 0)",
    conventions=(
        Convention("x̂_0 is returned, not x_s", _start_kept),
        Convention("α_t = ᾱ_t/ᾱ_s is taken for ᾱ_t in x̂_0", _alpha_for_bar),
    ),
    gradient_in=("x", "eps"),
    arranged=_less_noisy_later,
    written=(_written_ddim,),
)


def noisy_step(x: Tensor, eps: Tensor, bar: Tensor, later: Tensor, eta: Tensor, z: Tensor) -> Tensor:
    """A step of DDIM with fresh noise of the deviation σ = η √((1 − ᾱ_s)/(1 − ᾱ_t) (1 − ᾱ_t/ᾱ_s))."""
    found: Tensor = ddim_step(x, eps, bar, later, eta, z)
    return found


def _direction_unreduced(x: Tensor, eps: Tensor, bar: Tensor, later: Tensor, eta: Tensor, z: Tensor) -> Tensor:
    variance = eta**2 * (1 - later) / (1 - bar) * (1 - bar / later)
    return step(x, eps, bar, later) + torch.sqrt(variance) * z


NOISY_DDIM = Exercise(
    model="ddim",
    function="noisy_step",
    right=noisy_step,
    arguments=(
        *DDIM.arguments,
        Argument("eta", (), Probabilities(), "η, which scales the deviation of the fresh noise"),
        Argument("z", ("n",), Reals(-2, 2), "fresh standard normal noise"),
    ),
    returns="x_s (n,)",
    conventions=(Convention("√(1 − ᾱ_s) for √(1 − ᾱ_s − σ²): the variance of x_s grows by σ²", _direction_unreduced),),
    gradient_in=("x", "eps"),
    arranged=_less_noisy_later,
)

EXERCISES = (REVERSE_STEP, LOSS, DDIM, NOISY_DDIM)

"""Pieces of generative models as exercises: the VAE's KL and its draw, the DDPM's jump and posterior, guidance."""

from __future__ import annotations

import torch
from torch import Tensor

from numerics.conformance.exercise import Argument, Convention, Exercise, Positives, Probabilities, Reals
from numerics.specifications.catalogue import specification

vae_kl = specification("vae").model.kl
reparameterised = specification("vae").model.reparameterised
jump = specification("ddpm").model.jump
posterior = specification("ddpm").model.posterior
guided = specification("classifier_free_guidance").model.free


def _of_std(mu: Tensor, log_var: Tensor) -> Tensor:
    return vae_kl(mu, 2 * torch.log(log_var.abs().clamp_min(1e-12)))


def _of_log_std(mu: Tensor, log_var: Tensor) -> Tensor:
    return vae_kl(mu, 2 * log_var)


def _without_half(mu: Tensor, log_var: Tensor) -> Tensor:
    return 2 * vae_kl(mu, log_var)


def _without_mean(mu: Tensor, log_var: Tensor) -> Tensor:
    return vae_kl(torch.zeros_like(mu), log_var)


def _without_one(mu: Tensor, log_var: Tensor) -> Tensor:
    return vae_kl(mu, log_var) + mu.shape[-1] / 2


VAE_KL = Exercise(
    model="vae",
    function="kl",
    right=vae_kl,
    arguments=(
        Argument("mu", ("n", "d"), Reals(-2, 2), "means of the encoder"),
        Argument("log_var", ("n", "d"), Reals(-2, 2), "log σ², the logarithm of the VARIANCE"),
    ),
    returns="(n,) nats: KL(N(μ, diag σ²) ‖ N(0, I)), summed over d",
    conventions=(
        Convention("log σ² is taken for log σ", _of_log_std),
        Convention("log σ² is taken for σ", _of_std),
        Convention("the ½ is missing", _without_half),
        Convention("the mean is left out", _without_mean),
        Convention("the −1 is missing", _without_one),
    ),
    gradient_in=("mu", "log_var"),
    logarithmic=True,
)


def _spread_by_variance(mu: Tensor, log_var: Tensor, eps: Tensor) -> Tensor:
    return mu + torch.exp(log_var) * eps


def _spread_by_log(mu: Tensor, log_var: Tensor, eps: Tensor) -> Tensor:
    return mu + log_var * eps


def _noise_only(mu: Tensor, log_var: Tensor, eps: Tensor) -> Tensor:
    return torch.exp(log_var / 2) * eps


def _no_noise(mu: Tensor, log_var: Tensor, eps: Tensor) -> Tensor:
    return mu + torch.exp(log_var / 2) + 0 * eps


def _noise_taken_off(mu: Tensor, log_var: Tensor, eps: Tensor) -> Tensor:
    return mu - torch.exp(log_var / 2) * eps


DRAW = Exercise(
    model="vae",
    function="reparameterised",
    right=reparameterised,
    arguments=(
        Argument("mu", ("n", "d"), Reals(-2, 2), "means"),
        Argument("log_var", ("n", "d"), Reals(-2, 2), "log σ²"),
        Argument("eps", ("n", "d"), Reals(-2, 2), "standard normal noise"),
    ),
    returns="z = μ + σ ε (n, d)",
    conventions=(
        Convention("the noise is multiplied by σ², not σ", _spread_by_variance),
        Convention("the noise is multiplied by log σ²", _spread_by_log),
        Convention("the mean is left out", _noise_only),
        Convention("the noise is left out: μ + σ", _no_noise),
        Convention("the noise is taken off: μ − σ ε, of the same law, but another function", _noise_taken_off),
    ),
    gradient_in=("mu", "log_var"),
)


def _without_roots(x0: Tensor, bar: Tensor, noise: Tensor) -> Tensor:
    return bar * x0 + (1 - bar) * noise


def _exchanged(x0: Tensor, bar: Tensor, noise: Tensor) -> Tensor:
    return jump(x0, 1 - bar, noise)


def _variance_for_root(x0: Tensor, bar: Tensor, noise: Tensor) -> Tensor:
    return torch.sqrt(bar) * x0 + (1 - bar) * noise


JUMP = Exercise(
    model="ddpm",
    function="jump",
    right=jump,
    arguments=(
        Argument("x0", ("n",), Reals(-2, 2), "data"),
        Argument("bar", (), Probabilities(), "ᾱ_t, the share of the variance that is kept"),
        Argument("noise", ("n",), Reals(-2, 2), "standard normal noise"),
    ),
    returns="x_t = √ᾱ x₀ + √(1 − ᾱ) ε (n,)",
    conventions=(
        Convention("the square roots are missing", _without_roots),
        Convention("ᾱ and 1 − ᾱ are exchanged", _exchanged),
        Convention("the noise is multiplied by its variance", _variance_for_root),
    ),
    gradient_in=("x0", "noise"),
)

Moments = tuple[Tensor, Tensor]


def from_alpha(x: Tensor, x0: Tensor, alpha: Tensor, before: Tensor) -> Moments:
    """Mean and variance of q(x_{t−1} | x_t, x_0) from α_t and ᾱ_{t−1}, whose product is ᾱ_t."""
    mean, variance = posterior(x, x0, alpha * before, before)
    return mean, variance


def _spread_as_std(x: Tensor, x0: Tensor, alpha: Tensor, before: Tensor) -> Moments:
    mean, variance = from_alpha(x, x0, alpha, before)
    return mean, torch.sqrt(variance)


def _beta_for_variance(x: Tensor, x0: Tensor, alpha: Tensor, before: Tensor) -> Moments:
    return from_alpha(x, x0, alpha, before)[0], 1 - alpha


def _exchanged_places(x: Tensor, x0: Tensor, alpha: Tensor, before: Tensor) -> Moments:
    return from_alpha(x0, x, alpha, before)


def _one_step_late(x: Tensor, x0: Tensor, alpha: Tensor, before: Tensor) -> Moments:
    return from_alpha(x, x0, alpha, alpha * before)


POSTERIOR = Exercise(
    model="ddpm",
    function="posterior",
    right=from_alpha,
    arguments=(
        Argument("x", ("n",), Reals(-2, 2), "x_t"),
        Argument("x0", ("n",), Reals(-2, 2), "x_0"),
        Argument("alpha", (), Probabilities(), "α_t = 1 − β_t"),
        Argument("before", (), Probabilities(), "ᾱ_{t−1}, the product of α up to t − 1"),
    ),
    returns="mean (n,) and VARIANCE () of q(x_{t−1} | x_t, x_0)",
    conventions=(
        Convention("a standard deviation is returned for the variance", _spread_as_std),
        Convention("β_t is returned for the variance of the posterior", _beta_for_variance),
        Convention("x_t and x_0 are exchanged", _exchanged_places),
        Convention("ᾱ_t is taken for ᾱ_{t−1}: off by one step", _one_step_late),
    ),
    gradient_in=("x", "x0"),
)


def _of_paper(unconditional: Tensor, conditional: Tensor, s: Tensor) -> Tensor:
    return guided(unconditional, conditional, 1 + s)


def _other_way(unconditional: Tensor, conditional: Tensor, s: Tensor) -> Tensor:
    return guided(conditional, unconditional, s)


def _from_conditional(unconditional: Tensor, conditional: Tensor, s: Tensor) -> Tensor:
    return unconditional + s * conditional


def _away(unconditional: Tensor, conditional: Tensor, s: Tensor) -> Tensor:
    return unconditional - s * (conditional - unconditional)


GUIDANCE = Exercise(
    model="classifier_free_guidance",
    function="free",
    right=guided,
    arguments=(
        Argument("unconditional", ("n",), Reals(-2, 2), "ε_u, the noise predicted without the condition"),
        Argument("conditional", ("n",), Reals(-2, 2), "ε_c, with it"),
        Argument("s", (), Positives(0.125, 4), "the scale: 0 is unconditional, 1 conditional"),
    ),
    returns="ε_u + s (ε_c − ε_u) (n,)",
    conventions=(
        Convention("the scale is that of (1 + w) ε_c − w ε_u: s = 1 + w", _of_paper),
        Convention("conditional and unconditional are exchanged", _other_way),
        Convention("the unconditional one is not taken off", _from_conditional),
        Convention("the difference is taken off: ε_u − s (ε_c − ε_u)", _away),
    ),
    gradient_in=("conditional",),
)

EXERCISES = (VAE_KL, DRAW, JUMP, POSTERIOR, GUIDANCE)

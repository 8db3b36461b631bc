"""Bounds and densities by parts as exercises: the ELBO of a VAE, the log-density of an affine flow."""

from __future__ import annotations

import math

import torch
from torch import Tensor

from numerics.conformance.exercise import Argument, Convention, Exercise, Invertible, Positives, Reals
from numerics.specifications.catalogue import specification
from reference_models.flows.composition import affine_inverse, standard_normal

vae = specification("vae").model


def elbo(x: Tensor, mean: Tensor, var: Tensor, mu: Tensor, log_var: Tensor) -> Tensor:
    """log N(x | mean, var I) − KL(N(μ, diag σ²) ‖ N(0, I)) for one draw of z: (n,)."""
    found: Tensor = vae.elbo(x, mu, log_var, lambda z: mean, var, torch.zeros_like(mu))
    return found


def _written_elbo(x: Tensor, mean: Tensor, var: Tensor, mu: Tensor, log_var: Tensor) -> Tensor:
    fit = -((x - mean) ** 2 / (2 * var) + math.log(2 * math.pi) / 2 + torch.log(var) / 2).sum(-1)
    kl = (mu**2 + torch.exp(log_var) - 1 - log_var).sum(-1) / 2
    return fit - kl


def _negative(x: Tensor, mean: Tensor, var: Tensor, mu: Tensor, log_var: Tensor) -> Tensor:
    return -elbo(x, mean, var, mu, log_var)


def _kl_added(x: Tensor, mean: Tensor, var: Tensor, mu: Tensor, log_var: Tensor) -> Tensor:
    return elbo(x, mean, var, mu, log_var) + 2 * vae.kl(mu, log_var)


def _without_kl(x: Tensor, mean: Tensor, var: Tensor, mu: Tensor, log_var: Tensor) -> Tensor:
    return elbo(x, mean, var, mu, log_var) + vae.kl(mu, log_var)


def _squared_error(x: Tensor, mean: Tensor, var: Tensor, mu: Tensor, log_var: Tensor) -> Tensor:
    return -((x - mean) ** 2).sum(-1) - vae.kl(mu, log_var)


def _of_log_std(x: Tensor, mean: Tensor, var: Tensor, mu: Tensor, log_var: Tensor) -> Tensor:
    return elbo(x, mean, var, mu, 2 * log_var)


ELBO = Exercise(
    model="vae",
    function="elbo",
    right=elbo,
    arguments=(
        Argument("x", ("n", "D"), Reals(-2, 2), "data"),
        Argument("mean", ("n", "D"), Reals(-2, 2), "means of the decoder at one draw of z"),
        Argument("var", (), Positives(), "the VARIANCE of the decoder"),
        Argument("mu", ("n", "d"), Reals(-2, 2), "means of the encoder"),
        Argument("log_var", ("n", "d"), Reals(-2, 2), "log σ² of the encoder"),
    ),
    returns="(n,) nats: log N(x | mean, var I) − KL(N(μ, diag σ²) ‖ N(0, I)), the constant included",
    conventions=(
        Convention("the negative of the ELBO, a loss", _negative),
        Convention("the KL is added, not taken off", _kl_added),
        Convention("the KL is left out", _without_kl),
        Convention("a squared error for the log-density of the decoder", _squared_error),
        Convention("log σ² is taken for log σ", _of_log_std),
    ),
    gradient_in=("mean", "mu", "log_var"),
    logarithmic=True,
    written=(_written_elbo,),
)


def log_prob(x: Tensor, a: Tensor, b: Tensor) -> Tensor:
    """log N(A⁻¹(x − b) | 0, I) − log |det A|: (n, d), (d, d), (d,) -> (n,)."""
    z, log_det = affine_inverse(x, a, b)
    return standard_normal(z) + log_det


def _written_log_prob(x: Tensor, a: Tensor, b: Tensor) -> Tensor:
    z = torch.linalg.solve(a, (x - b)[..., None])[..., 0]
    base = -(z**2).sum(-1) / 2 - z.shape[-1] / 2 * torch.log(torch.as_tensor(2 * math.pi))
    return base - torch.log(torch.abs(torch.linalg.det(a)))


def _forward_determinant(x: Tensor, a: Tensor, b: Tensor) -> Tensor:
    return log_prob(x, a, b) + 2 * torch.linalg.slogdet(a)[1]


def _no_determinant(x: Tensor, a: Tensor, b: Tensor) -> Tensor:
    return log_prob(x, a, b) + torch.linalg.slogdet(a)[1]


def _pushed_forward(x: Tensor, a: Tensor, b: Tensor) -> Tensor:
    return standard_normal(x @ a.mT + b) + torch.linalg.slogdet(a)[1]


FLOW = Exercise(
    model="normalizing_flow",
    function="log_prob",
    right=log_prob,
    arguments=(
        Argument("x", ("n", "d"), Reals(-3, 3), "points of the data space"),
        Argument("a", ("d", "d"), Invertible(), "A of the flow x = A z + b"),
        Argument("b", ("d",), Reals(-3, 3), "its shift"),
    ),
    returns="(n,) nats: log p(x) for z ~ N(0, I)",
    conventions=(
        Convention("the log-determinant has the other sign", _forward_determinant),
        Convention("the log-determinant is missing", _no_determinant),
        Convention("the flow is applied to x, not its inverse", _pushed_forward),
    ),
    gradient_in=("x",),
    logarithmic=True,
    written=(_written_log_prob,),
)

EXERCISES = (ELBO, FLOW)

"""Deep latent Gaussian models, β-VAE, and covariances of decoders: rows 133, 221 and 222."""

from __future__ import annotations

import math
from collections.abc import Callable

import torch
from torch import Tensor

from numerics.specifications.autoencoders.variational import hermite_nodes
from numerics.specifications.contract import (
    Model,
    Mutant,
    Outcome,
    Property,
    Specification,
)
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import at_most, close, gradient, worst
from reference_models.autoencoders import variational
from reference_models.distributions import normal


def _layered(model: Model, draw: Draw) -> Outcome:
    """Two linear layers: the covariance is G₁G₁ᵀ + W G₂ G₂ᵀ Wᵀ, by the slopes in the noise."""
    w, g1, g2 = draw.normal(3, 2), draw.normal(3, 3), draw.normal(2, 2)

    def run(noise: Tensor) -> Tensor:
        top = model.dlgm_layer(torch.zeros(2, dtype=torch.float64, device=draw.device), g2, noise[:2])
        return model.dlgm_layer(w @ top, g1, noise[2:])

    slopes = torch.func.jacrev(run)(torch.zeros(5, dtype=torch.float64, device=draw.device))
    return close(slopes @ slopes.mT, g1 @ g1.mT + w @ g2 @ g2.mT @ w.mT)


def _cubic(draw: Draw) -> Callable[[Tensor], Tensor]:
    a, b, c = draw.normal(2), draw.normal(2, 2), draw.normal(2)
    return lambda z: (a @ z) ** 3 + z @ b @ z + torch.sin(c @ z)


def _bonnet(model: Model, draw: Draw) -> Outcome:
    f, mu, root = _cubic(draw), draw.normal(2), draw.normal(2, 2) / 2
    noise, weights = hermite_nodes(draw, 2, 24)

    def mean(m: Tensor) -> Tensor:
        return weights @ torch.func.vmap(f)(m + noise @ root.mT)

    return close(model.bonnet(f, mu, root, noise, weights), torch.func.grad(mean)(mu), 1e-7)


def _at_the_mean(f: Callable[[Tensor], Tensor], mu: Tensor, root: Tensor, noise: Tensor, weights: Tensor) -> Tensor:
    return torch.func.grad(f)(mu)


def _price(model: Model, draw: Draw) -> Outcome:
    """Against the slope of E f in every entry of C, its root taken again by Cholesky."""
    f, mu, cov = _cubic(draw), draw.normal(2), draw.spd(2) / 2
    noise, weights = hermite_nodes(draw, 2, 30)

    def mean(c: Tensor) -> Tensor:
        return weights @ torch.func.vmap(f)(mu + noise @ torch.linalg.cholesky((c + c.mT) / 2).mT)

    found = model.price(f, mu, torch.linalg.cholesky(cov), noise, weights)
    return close(found, torch.func.grad(mean)(cov), 1e-5)


def _whole_hessian(f: Callable[[Tensor], Tensor], mu: Tensor, root: Tensor, noise: Tensor, weights: Tensor) -> Tensor:
    return 2 * variational.price(f, mu, root, noise, weights)


DLGM = Specification(
    name="dlgm",
    family="autoencoders",
    systems=(133,),
    title="Deep latent Gaussian model",
    statement="h_l = T_l(h_{l+1}) + G_l ξ_l; ∇_μ E f = E ∇f, ∇_C E f = ½ E ∇²f",
    page="reference_models.autoencoders.variational",
    functions={"dlgm_layer": variational.dlgm_layer, "bonnet": variational.bonnet, "price": variational.price},
    properties=(
        Property(
            "linear layers add covariances",
            _layered,
            Mutant("G transposed", {"dlgm_layer": lambda mean, root, noise: mean + noise @ root}),
        ),
        Property("Bonnet's identity", _bonnet, Mutant("the slope at the mean", {"bonnet": _at_the_mean})),
        Property("Price's identity", _price, Mutant("the factor 1/2 is lost", {"price": _whole_hessian})),
    ),
    source="Rezende, Mohamed and Wierstra 2014, sections 3 and 4",
    conventions=("G_l is a root of the covariance",),
)


def _is_scaled_elbo(model: Model, draw: Draw) -> Outcome:
    x, mean, mu, log_var = draw.normal(5, 3), draw.normal(5, 3), draw.normal(5, 2), draw.normal(5, 2)
    beta = draw.uniform(0.2, 4)
    law = torch.distributions.Normal(mean, torch.sqrt(beta / 2))
    q, prior = torch.distributions.Normal(mu, torch.exp(log_var / 2)), torch.distributions.Normal(0.0, 1.0)
    kl = torch.distributions.kl_divergence(q, prior).sum(-1)
    elbo = law.log_prob(x).sum(-1) - kl
    gap = model.beta_loss(x, mean, mu, log_var, beta) + beta * elbo
    return close(gap, -beta * 3 / 2 * torch.log(torch.pi * beta), 1e-8, "a constant in all but β")


def _beta_on_fit(x: Tensor, reconstruction: Tensor, mu: Tensor, log_var: Tensor, beta: Tensor) -> Tensor:
    return beta * ((x - reconstruction) ** 2).sum(-1) + variational.kl(mu, log_var)


def _unit_variance(model: Model, draw: Draw) -> Outcome:
    """½|x − x̂|² + KL is half of the loss at β = 2: the same gradients."""
    x, mu, log_var = draw.normal(5, 3), draw.normal(5, 2), draw.normal(5, 2)
    w, two = draw.normal(3, 2), draw.tensor(2.0)
    found = gradient(lambda m: model.beta_loss(x, m @ w.mT, m, log_var, two) / 2, mu)
    return close(found, (mu @ w.mT - x) @ w + mu)


BETA_VAE = Specification(
    name="beta_vae",
    family="autoencoders",
    systems=(221,),
    title="β-VAE",
    statement="L = |x − x̂|² + β KL = β (−ELBO at s² = β/2) + const",
    page="reference_models.autoencoders.variational",
    functions={"beta_loss": variational.beta_loss},
    properties=(
        Property(
            "β times the negative ELBO at decoder variance β/2",
            _is_scaled_elbo,
            Mutant("β weighs the fit", {"beta_loss": _beta_on_fit}),
        ),
        Property("β = 2 is unit variance", _unit_variance, Mutant("β weighs the fit", {"beta_loss": _beta_on_fit})),
    ),
    source="Higgins et al. 2017, section 2",
    conventions=("the fit is a sum of squares without 1/2",),
)


def _full_covariance(model: Model, draw: Draw) -> Outcome:
    x, mean, cov = draw.normal(5, 3), draw.normal(5, 3), draw.spd(3)
    r = x - mean
    quadratic = torch.einsum("ni,ij,nj->n", r, torch.linalg.inv(cov), r)
    expected = -quadratic / 2 - torch.log(torch.det(cov)) / 2 - 1.5 * math.log(2 * math.pi)
    return close(model.log_normal_full(x, mean, cov), expected, 1e-8)


def _whole_log_det(x: Tensor, mean: Tensor, cov: Tensor) -> Tensor:
    return normal.log_prob(x, mean, cov) - torch.linalg.slogdet(cov)[1] / 2


def _isotropic(model: Model, draw: Draw) -> Outcome:
    x, mean, s2 = draw.normal(5, 3), draw.normal(5, 3), draw.uniform(0.2, 3)
    eye = torch.eye(3, dtype=torch.float64, device=draw.device)
    return close(model.log_normal(x, mean, s2), model.log_normal_full(x, mean, s2 * eye))


def _without_d(x: Tensor, mean: Tensor, variance: Tensor) -> Tensor:
    return -((x - mean) ** 2).sum(-1) / (2 * variance) - torch.log(2 * math.pi * variance) / 2


def _unbounded(model: Model, draw: Draw) -> Outcome:
    """Where x = D(z), log p rises by log 10 for each tenfold smaller σ; with a floor it is bounded by the floor's."""
    x, floor = draw.normal(1, 3), 1e-2
    sizes = [-20.0, -40.0, -80.0]
    free = [float(model.log_normal(x, x, torch.exp(draw.tensor(s)))) for s in sizes]
    held = [float(model.log_normal(x, x, model.floored(draw.tensor(s), floor))) for s in sizes]
    top = -1.5 * math.log(2 * math.pi * floor)
    return worst(close(free[1] - free[0], 30.0), close(free[2] - free[1], 60.0), at_most(draw.tensor(held), top, 1e-6))


DECODER_COVARIANCE = Specification(
    name="decoder_covariance",
    family="autoencoders",
    systems=(222,),
    title="Covariances of a Gaussian decoder",
    statement="log p = −½ rᵀ C⁻¹ r − ½ log |C| − (D/2) log 2π",
    page="reference_models.autoencoders.variational",
    functions={
        "log_normal": variational.log_normal,
        "log_normal_full": normal.log_prob,
        "floored": variational.floored,
    },
    properties=(
        Property(
            "a full covariance", _full_covariance, Mutant("log |C| without 1/2", {"log_normal_full": _whole_log_det})
        ),
        Property("C = s² I", _isotropic, Mutant("one normaliser for D coordinates", {"log_normal": _without_d})),
        Property(
            "no bound as σ → 0 at r = 0, but with a floor",
            _unbounded,
            Mutant("the floor multiplies", {"floored": lambda log_var, floor: floor * torch.exp(log_var)}),
        ),
    ),
    source="Rybkin et al. 2021, section 3; Mattei and Frellsen 2018",
)

SPECIFICATIONS = (DLGM, BETA_VAE, DECODER_COVARIANCE)

"""Samplers of the reference models with a path: series, flows, diffusions, and steps of Markov chains.

A chain of Monte Carlo is given draws of its target, which one step must leave as they are.
"""

from __future__ import annotations

from math import sqrt

import torch
from torch import Tensor

from numerics.sampling.drawn_laws import COV, MEAN, slip, tensor
from numerics.sampling.drawn_networks import LOW, moment, spread
from numerics.sampling.models import ModelSampler, Noise, Stated
from numerics.specifications.contract import Model

HALF = tensor(0.5)
BARS = tensor(1.0, 0.9, 0.6, 0.2)
PHI, SHOCK = tensor(0.5, -0.3), tensor(0.8)
PRECISION = torch.linalg.inv(COV)


def _quadratic(x: Tensor) -> Tensor:
    off = x - MEAN.to(x)
    found: Tensor = -(off @ PRECISION.to(x) * off).sum(-1) / 2
    return found


def _score(x: Tensor) -> Tensor:
    found: Tensor = -(x - MEAN.to(x)) @ PRECISION.to(x)
    return found


def _from_target(noise: Noise) -> Tensor:
    found: Tensor = noise.beside(MEAN) + noise.normals(2) @ torch.linalg.cholesky(noise.beside(COV)).mT
    return found


def _conditioner(x: Tensor) -> tuple[Tensor, Tensor]:
    """μ = (0, x_0/2), α = (log 2, 0.3)."""
    zero = torch.zeros_like(x[..., 0])
    return torch.stack([zero, x[..., 0] / 2], -1), torch.stack([zero + sqrt(0.5), zero + 0.3], -1)


def _normal_eps(x: Tensor, t: int) -> Tensor:
    """The best ε̂ where x_0 ~ N(0, 1/4): √(1 − ᾱ) x/(ᾱ/4 + 1 − ᾱ)."""
    bar = BARS[t]
    return torch.sqrt(1 - bar) * x / (bar / 4 + 1 - bar)


def _start(noise: Noise) -> Tensor:
    """x_T of the chain of x_0 ~ N(0, 1/4), and the noise of its steps: (T, count, 1)."""
    last = torch.sqrt(BARS[-1] / 4 + 1 - BARS[-1]) * noise.normals(1)
    return torch.stack([last, *(noise.normals(1) for _ in range(len(BARS) - 2))])


def chain_variance() -> float:
    """Var x_0 of the ancestral steps from there, by their own linear recursion."""
    variance = float(BARS[-1] / 4 + 1 - BARS[-1])
    for t in range(len(BARS) - 1, 0, -1):
        bar, before = float(BARS[t]), float(BARS[t - 1])
        alpha = bar / before
        slope = (1 - (1 - alpha) / (bar / 4 + 1 - bar)) / sqrt(alpha)
        variance = slope**2 * variance + (1 - alpha) * (1 - before) / (1 - bar)
    return variance


def _annealed_variance(variance: float, halved: bool = False) -> float:
    """Two steps at each level, x ← (1 − h c/(1 + σ²)) x + √(2 h c) ξ with c = (σ/σ_L)², or with h/2 for h."""
    for std in (1.0, 0.5):
        size = (0.025 if halved else 0.05) * (std / 0.5) ** 2
        for _ in range(2):
            variance = (1 - size / (1 + std**2)) ** 2 * variance + 2 * size
    return variance


def _linear(m: Model, noise: Noise) -> Tensor:
    layer = (lambda z: (2 * z + 1, torch.zeros(len(z)).to(z)), lambda x: ((x - 1) / 2, torch.zeros(len(x)).to(x)))
    found: Tensor = m.sample([layer], noise.normals(2))
    return found


def _swept(m: Model, noise: Noise) -> Tensor:
    mean, precision = noise.beside((MEAN, PRECISION))
    found: Tensor = m.gaussian_gibbs_sweep(_from_target(noise) - mean, precision, noise.normals(2)) + mean
    return found


def _half_space(m: Model, noise: Noise) -> Tensor:
    at = _from_target(noise)
    found: Tensor = m.random_walk_step(at, _quadratic, 1.5 * noise.normals(2), noise.uniforms())[0]
    return found


def _hamiltonian(m: Model, noise: Noise) -> Tensor:
    at = _from_target(noise)
    found: Tensor = m.hmc_step(
        at, noise.normals(2), noise.uniforms(), _quadratic, _score, 0.5, 3, torch.ones_like(at[0])
    )[0]
    return found


_COVARIANCE = moment(
    "Cov(x_0, x_1) is left as it is", lambda x: (x[:, 0] - 1) * (x[:, 1] + 2), lambda m: float(COV[0, 1])
)
_VARIANCE = moment("Var x_1 is left as it is", lambda x: (x[:, 1] + 2) ** 2, lambda m: float(COV[1, 1]))

PATHS: tuple[ModelSampler, ...] = (
    ModelSampler(
        "ar",
        lambda m, noise: m.simulate(
            *noise.beside((tensor(0.0), PHI, SHOCK, torch.zeros(noise.count, 2).double())), noise.normals(40)
        )[:, -2:],
        (
            moment("Var x is γ_0", lambda x: x[:, 1] ** 2, lambda m: float(m.autocovariances(PHI, SHOCK, 2)[0])),
            moment(
                "E x_t x_{t−1} is γ_1",
                lambda x: x[:, 0] * x[:, 1],
                lambda m: float(m.autocovariances(PHI, SHOCK, 2)[1]),
            ),
        ),
        slip(
            "simulate",
            "coefficients the other way round",
            lambda c, phi, v, start, noise: _run(c, phi.flip(0), v, start, noise),
        ),
    ),
    ModelSampler(
        "normalizing_flow",
        _linear,
        (moment("E x", lambda x: x[:, 0], lambda m: 1.0), moment("Var x", lambda x: (x[:, 0] - 1) ** 2, lambda m: 4.0)),
        slip("sample", "the inverse for the layer", lambda layers, noise: layers[0][1](noise)[0]),
    ),
    ModelSampler(
        "maf",
        lambda m, noise: m.sample(noise.normals(2), _conditioner),
        (
            moment("E x_0² = e^{2α_0}", lambda x: x[:, 0] ** 2, lambda m: 2.718281828459045 ** sqrt(2.0)),
            Stated(
                "a narrower law: a ratio of densities has mean 1",
                lambda m, x: torch.exp(-(x**2).sum(-1) - torch.log(tensor(torch.pi)) - m.log_prob(x, _conditioner)),
                lambda m: 1.0,
            ),
        ),
        slip("sample", "−α for α", lambda z, conditioner: z * torch.exp(-conditioner(z)[1])),
    ),
    ModelSampler(
        "iaf",
        lambda m, noise: m.log_prob_of_sample(noise.normals(2), _conditioner)[0],
        (moment("E x_1²", lambda x: x[:, 1] ** 2, lambda m: 0.25 + 2.718281828459045**0.6),),
        slip("log_prob_of_sample", "μ left off", lambda z, conditioner: (z * torch.exp(conditioner(z)[1]), z)),
    ),
    ModelSampler(
        "cnf",
        lambda m, noise: m.sample(lambda t, z: HALF * z, noise.normals(1), 8),
        (spread("Var x = e after ż = z/2", 2.718281828459045),),
        slip("sample", "half the time", lambda field, noise, steps: noise * 1.2840254166877414),
    ),
    ModelSampler(
        "ddpm",
        lambda m, noise: m.sample(_normal_eps, _start(noise), BARS),
        (spread("Var x_0 of the linear chain", chain_variance()),),
        slip("sample", "no noise on the way", lambda eps, noise, bars: noise[0] * 0.4),
    ),
    ModelSampler(
        "diffusion_chain",
        lambda m, noise: m.step(2 * noise.normals(1), LOW, noise.normals(1)),
        (spread("Var x_t = (1 − β) Var x + β", 0.8 * 4 + 0.2),),
        slip("step", "β for √β", lambda x, beta, noise: torch.sqrt(1 - beta) * x + 3 * beta * noise),
    ),
    ModelSampler(
        "ddim",
        lambda m, noise: m.step(x := noise.normals(1), 0 * x, HALF, tensor(0.8), tensor(1.0), noise.normals(1)),
        (spread("Var x_s = ᾱ_s/ᾱ_t + σ²", 0.8 / 0.5 + 0.2 / 0.5 * (1 - 0.5 / 0.8)),),
        slip("step", "σ² for σ", lambda x, eps, bar, later, eta, noise: torch.sqrt(later / bar) * x + 0.15 * noise),
    ),
    ModelSampler(
        "score_sde",
        lambda m, noise: m.euler_maruyama(x := noise.normals(1), -x, tensor(2.0), 0.1, noise.normals(1)),
        (spread("Var = (1 − dt)² + g² dt", 0.81 + 0.4),),
        slip("euler_maruyama", "dt for √dt", lambda x, drift, g, dt, noise: x + drift * dt + g * dt * noise),
    ),
    ModelSampler(
        "predictor_corrector",
        lambda m, noise: m.langevin(x := noise.normals(1), -x, 0.1, noise.normals(1)),
        (spread("Var = (1 − h)² + 2h", 0.81 + 0.2),),
        slip("langevin", "√h for √(2h)", lambda x, score, h, noise: x + h * score + sqrt(h) * noise),
    ),
    ModelSampler(
        "ncsn",
        lambda m, noise: m.annealed(
            3 * noise.normals(1),
            lambda x, std: -x / (1 + std**2),
            (1.0, 0.5),
            0.1,
            torch.stack([noise.normals(1) for _ in range(4)]).reshape(2, 2, noise.count, 1),
        ),
        (spread("Var of the linear steps", _annealed_variance(9.0)),),
        slip("annealed", "nothing moves", lambda x, score, sigmas, base, noise: x),
    ),
    ModelSampler(
        "latent_ddpm",
        lambda m, noise: m.latent_sample(
            lambda z, bar, c: torch.sqrt(1 - bar) * z / (bar / 4 + 1 - bar), lambda z: 3 * z, LOW, BARS, _start(noise)
        ),
        (spread("Var x_0, decoded", 9 * chain_variance()),),
        slip("latent_sample", "not decoded", lambda eps, decode, c, bars, noise: noise[0] * 0.4),
    ),
    ModelSampler(
        "annealed_langevin",
        lambda m, noise: m.annealed_langevin(
            3 * noise.normals(1),
            lambda x, std: -x / (1 + std**2),
            (1.0, 0.5),
            0.05,
            torch.stack([noise.normals(1) for _ in range(4)]).reshape(2, 2, noise.count, 1),
        ),
        (spread("Var of the linear steps", _annealed_variance(9.0, halved=True)),),
        slip("annealed_langevin", "nothing moves", lambda x, score, sigmas, base, noise: x),
    ),
    ModelSampler(
        "langevin",
        lambda m, noise: m.langevin_step(noise.normals(1), lambda y: -y, 0.2, noise.normals(1)),
        (spread("Var = (1 − ε/2)² + ε", 0.81 + 0.2),),
        slip("langevin_step", "ε for ε/2", lambda x, score, step, noise: x + step * score(x) + sqrt(step) * noise),
    ),
    ModelSampler(
        "metropolis_hastings",
        _half_space,
        (_COVARIANCE, _VARIANCE),
        slip("random_walk_step", "every step accepted", lambda x, f, noise, u: (x + noise, u < 2)),
    ),
    ModelSampler(
        "gibbs_sampling",
        _swept,
        (_COVARIANCE, _VARIANCE),
        slip("gaussian_gibbs_sweep", "the noise not scaled", lambda x, precision, noise: x * 0 + noise),
    ),
    ModelSampler(
        "hamiltonian_monte_carlo",
        _hamiltonian,
        (_COVARIANCE, _VARIANCE),
        slip(
            "hmc_step",
            "never turned down",
            lambda q, noise, u, f, s, step, count, mass: (q + step * count * noise, u < 2),
        ),
    ),
    ModelSampler(
        "dlgm",
        lambda m, noise: m.dlgm_layer(
            *noise.beside((torch.zeros(2).double(), torch.linalg.cholesky(COV))), noise.normals(2)
        ),
        (moment("Cov(h_0, h_1) = G Gᵀ", lambda x: x[:, 0] * x[:, 1], lambda m: float(COV[0, 1])),),
        slip("dlgm_layer", "Gᵀ for G", lambda mean, root, noise: mean + noise @ root),
    ),
)
"""Flows, diffusions and chains."""


def _run(c: Tensor, phi: Tensor, v: Tensor, start: Tensor, noise: Tensor) -> Tensor:
    past = start
    for t in range(noise.shape[-1]):
        mean = c + (past[:, -2:].flip(-1) * phi).sum(-1)
        past = torch.cat([past, (mean + torch.sqrt(v) * noise[:, t])[:, None]], -1)
    return past[:, 2:]

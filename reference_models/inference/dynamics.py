"""Hamiltonian Monte Carlo and Langevin methods. Standalone: imports math, torch; nothing of ours.

Source   Neal 2011, sections 5.2 and 5.3; Roberts and Tweedie 1996; Welling and Teh 2011, section 3;
         Song and Ermon 2019, algorithm 1.
Shapes   positions, momenta and noise are (n, d); a score maps (n, d) to (n, d), a log-density to (n,). float64.
Here     H = U + ½ rᵀM⁻¹r with U = −log p. Langevin steps are x + (ε/2)∇log p + √ε ξ, so ε = 2 dt in the equation
         dx = ∇log p dt + √2 dW. SGLD's gradient is of the log-posterior: a minibatch is scaled by n/m.
"""

import math
from collections.abc import Callable, Sequence

import torch
from torch import Tensor

Field = Callable[[Tensor], Tensor]


def leapfrog(
    q: Tensor, r: Tensor, score: Field, step: float, count: int, inverse_mass: Tensor
) -> tuple[Tensor, Tensor]:
    """``count`` steps: half a kick, then drifts M⁻¹r and kicks ∇log p in turn, the last kick a half. (n, d) twice."""
    r = r + step / 2 * score(q)
    for i in range(count):
        q = q + step * inverse_mass * r
        r = r + (step if i < count - 1 else step / 2) * score(q)
    return q, r


def energy(q: Tensor, r: Tensor, log_density: Field, inverse_mass: Tensor) -> Tensor:
    """H = −log p(q) + ½ Σ r_i²/m_i: (n,)."""
    kinetic: Tensor = (inverse_mass * r**2).sum(-1) / 2
    return kinetic - log_density(q)


def hmc_step(
    q: Tensor, noise: Tensor, u: Tensor, log_density: Field, score: Field, step: float, count: int, inverse_mass: Tensor
) -> tuple[Tensor, Tensor]:
    """Momenta r = M^½ noise, a trajectory, accepted with probability min(1, e^(−ΔH)): points and whether accepted."""
    r = noise / torch.sqrt(inverse_mass)
    q1, r1 = leapfrog(q, r, score, step, count, inverse_mass)
    change = energy(q1, r1, log_density, inverse_mass) - energy(q, r, log_density, inverse_mass)
    accepted = torch.log(u) < -change
    return torch.where(accepted[:, None], q1, q), accepted


def langevin_step(x: Tensor, score: Field, step: float, noise: Tensor) -> Tensor:
    """x + (ε/2) ∇log p(x) + √ε ξ, not corrected."""
    return x + step / 2 * score(x) + math.sqrt(step) * noise


def mala_log_acceptance(x: Tensor, y: Tensor, log_density: Field, score: Field, step: float) -> Tensor:
    """log min(1, p(y)q(x | y)/(p(x)q(y | x))) with the Langevin step as the proposal q: (n,)."""

    def log_q(to: Tensor, at: Tensor) -> Tensor:
        return -((to - at - step / 2 * score(at)) ** 2).sum(-1) / (2 * step)

    return torch.clamp(log_density(y) + log_q(x, y) - log_density(x) - log_q(y, x), max=0)


def minibatch_score(prior_score: Tensor, likelihood_scores: Tensor, batch: Tensor) -> Tensor:
    """∇log p(θ) + (n/m) Σ_(i in batch) ∇log p(x_i | θ): (d,), (n, d), (m,) -> (d,)."""
    n, m = len(likelihood_scores), len(batch)
    return prior_score + n / m * likelihood_scores[batch].sum(0)


def sgld_step_size(t: Tensor, a: float, b: float, gamma: float) -> Tensor:
    """ε_t = a (b + t)^(−γ), t = 0, 1, …; ½ < γ ≤ 1 gives Σ ε_t = ∞ and Σ ε_t² < ∞."""
    return a * torch.pow(b + t, -gamma)


def annealed_step_size(sigmas: Sequence[float], i: int, base: float) -> float:
    """α_i = base σ_i²/σ_L², with σ_L the last and smallest level."""
    return base * sigmas[i] ** 2 / sigmas[-1] ** 2


def annealed_langevin(
    x: Tensor, score: Callable[[Tensor, float], Tensor], sigmas: Sequence[float], base: float, noise: Tensor
) -> Tensor:
    """Langevin steps of size α_i at each level, from the largest σ down: noise is (levels, steps, n, d)."""
    for i, sigma in enumerate(sigmas):
        size = annealed_step_size(sigmas, i, base)
        for xi in noise[i]:
            x = x + size / 2 * score(x, sigma) + math.sqrt(size) * xi
    return x

"""The routes of chains: minima, sums and determinants as written; models of chains."""

from __future__ import annotations

import sympy as sp
import torch
from torch import Tensor

from numerics.points import CALM
from numerics.written import standing_on, torch_model
from reference_models.inference import chains, dynamics

MIDDLE = (*CALM, sp.Rational(7, 3), sp.Rational(1, 5))
CHAIN, PHASE = ("p_1", "p_2", "q_12", "q_21"), ("x", "v", "h", "k", "c")
ROUNDING = 1e-9


def _metropolis(p1: Tensor, p2: Tensor, q12: Tensor, q21: Tensor) -> tuple[Tensor, Tensor]:
    """The target of two states and its chain."""
    target, proposal = torch.stack([p1, p2]), torch.stack([1 - q12, q12, q21, 1 - q21]).reshape(2, 2)
    return target, chains.metropolis_hastings_kernel(target, proposal)


def _flow_back(*numbers: Tensor) -> Tensor:
    """How often 2 goes to 1 when states have their target weight."""
    target, kernel = _metropolis(*numbers)
    return target[1] * kernel[1, 0]


def kept_by_metropolis(*numbers: Tensor) -> Tensor:
    """The weight of state 1 after 64 steps from the target."""
    target, kernel = _metropolis(*numbers)
    after: Tensor = target @ torch.linalg.matrix_power(kernel, 64)
    return after[0]


def _kept_by_gibbs(j11: Tensor, j21: Tensor) -> Tensor:
    """The joint weight of (1, y) after x is drawn from its conditional law."""
    joint = torch.stack([j11, j21])[:, None]
    return (joint.flatten() @ chains.gibbs_kernel(joint, 0))[0]


def _leapfrog(x: Tensor, v: Tensor, h: Tensor, k: Tensor, c: Tensor) -> tuple[Tensor, Tensor]:
    """A step of position and momentum with the potential kx²/2 + cx³/3."""

    def score(at: Tensor) -> Tensor:
        return -(k * at + c * at**2)

    # the step may be a tensor: it is only multiplied with
    after = dynamics.leapfrog(x[None], v[None], score, h, 1, torch.ones_like(x))  # type: ignore[arg-type]
    return after[0][0], after[1][0]


def volume(x: Tensor, v: Tensor, h: Tensor, k: Tensor, c: Tensor) -> Tensor:
    """The determinant of a step's Jacobian."""
    jacobian = torch.func.jacrev(lambda at: torch.stack(_leapfrog(at[0], at[1], h, k, c)))(torch.stack([x, v]))
    value: Tensor = torch.linalg.det(jacobian)
    return value


def _there_and_back(x: Tensor, v: Tensor, h: Tensor, k: Tensor, c: Tensor) -> tuple[Tensor, Tensor]:
    """A step, momentum turned round, a step, and turned round again."""
    there, momentum = _leapfrog(x, v, h, k, c)
    here, momentum = _leapfrog(there, -momentum, h, k, c)
    return here, -momentum


def _position_again(*numbers: Tensor) -> Tensor:
    return _there_and_back(*numbers)[0]


def _momentum_again(*numbers: Tensor) -> Tensor:
    return _there_and_back(*numbers)[1]


ROUTES = {
    "metropolis_balance_eq": standing_on(torch_model(_flow_back, *CHAIN)),
    "metropolis_invariance_eq": standing_on(torch_model(kept_by_metropolis, *CHAIN)),
    "gibbs_invariance_eq": standing_on(torch_model(_kept_by_gibbs, "j_11", "j_21")),
    "leapfrog_volume_eq": standing_on(torch_model(volume, *PHASE), ROUNDING, MIDDLE),
    "leapfrog_position_reverses_eq": standing_on(torch_model(_position_again, *PHASE), ROUNDING, MIDDLE),
    "leapfrog_momentum_reverses_eq": standing_on(torch_model(_momentum_again, *PHASE), ROUNDING, MIDDLE),
}

"""The routes of natural gradients: laws and functions in the place of names; torch's autograd and matrices."""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp
import torch
from torch import Tensor

from numerics.casts import GIVEN, Cast
from numerics.likelihood.cramer_rao import LISTED as STATISTICS
from numerics.likelihood.cramer_rao import MIDDLE
from numerics.named_laws import HALF, by_cast, interpreted, of_values
from numerics.points import CALM
from numerics.routes import Route
from numerics.written import standing_on, torch_model
from reference_models.likelihood import natural_gradients as model


def _with_step(cast: Cast, place: int) -> Cast:
    """A cast with what a step does to the log-density; near to what the natural gradient does, in the first."""
    return {**cast, "k": cast["g"] * (1 + HALF) if place == 0 else (GIVEN - place) ** 2 / 3 - GIVEN + HALF}


LISTED: tuple[Cast, ...] = tuple(_with_step(cast, place) for place, cast in enumerate(STATISTICS))
"""Laws with few outcomes, and functions of them; the step of the first is along the natural gradient."""


def _routes(value: Callable[..., Tensor], names: str, *at: str) -> tuple[Route, Route]:
    return interpreted(LISTED, CALM), by_cast(of_values(value, "p", *names, at=at), LISTED, 1e-9, CALM)


def _gain_squared(masses: Tensor, along: Tensor, other: Tensor) -> Tensor:
    """(∇·d)², a step without a price."""
    return model.step_gain(masses, along, other, torch.zeros((), dtype=torch.float64)) ** 2


def _turned_step(*values: Tensor) -> Tensor:
    """det(J)² det F times the first entry of the step."""
    f11, f12, f22, j11, j12, j21, j22, g1, g2 = values
    fisher = torch.stack([torch.stack([f11, f12]), torch.stack([f12, f22])])
    jacobian = torch.stack([torch.stack([j11, j12]), torch.stack([j21, j22])])
    step = model.step_in_other_parameters(fisher, jacobian, torch.stack([g1, g2]))
    return torch.det(jacobian) ** 2 * torch.det(fisher) * step[0]


ENTRIES = ("f_11", "f_12", "f_22", "j_11", "j_12", "j_21", "j_22", "g_1", "g_2")

UNLIKE = tuple(sp.Rational(k, 7) for k in (2, -3, 5, 9, -11, 13, 4, -17, 6, 19, -8))
"""Entries of which no matrix here is singular."""

ROUTES = {
    "kl_bend_eq": _routes(model.kl_bend, "z", "v"),
    "natural_gradient_steepest_eq": _routes(model.step_gain, "gk", "l"),
    "natural_gradient_ball_le": _routes(_gain_squared, "gk"),
    "natural_gradient_invariant_eq": standing_on(torch_model(_turned_step, *ENTRIES), 1e-8, UNLIKE),
    "natural_gradient_normal_eq": standing_on(torch_model(model.priced_loss, "l", "d", "g", "m", "s"), 1e-9, MIDDLE),
}

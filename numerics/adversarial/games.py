"""The routes of the adversarial game: searches, sums and quotients as written, and the model of ``errata run gan``."""

from __future__ import annotations

import sympy as sp
import torch
from torch import Tensor

from numerics.points import CALM
from numerics.slopes import slope
from numerics.written import standing_on, torch_model
from reference_models.adversarial import gan as model

MIDDLE = (*CALM, sp.Rational(9, 10), sp.Rational(1, 5))
ROUNDING = 1e-9


def _value(p: Tensor, q: Tensor) -> Tensor:
    """The game's, over two outcomes, with the best discriminator at each."""
    data, fake = torch.stack([p, 1 - p]), torch.stack([q, 1 - q])
    return model.value(data, fake, model.best_discriminator(data, fake))


ROUTES = {
    "optimal_discriminator_eq": standing_on(torch_model(model.best_discriminator, "p", "q"), ROUNDING, MIDDLE),
    "game_value_eq": standing_on(torch_model(_value, "p", "q"), ROUNDING, MIDDLE),
    "saturating_slope_eq": standing_on(torch_model(slope(model.saturating_loss), "a")),
    "non_saturating_slope_eq": standing_on(torch_model(slope(model.non_saturating_loss), "a")),
}

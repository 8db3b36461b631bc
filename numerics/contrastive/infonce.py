"""The routes of contrastive losses: sums and difference quotients as written, and the models of ``errata run``."""

from __future__ import annotations

from math import log

import sympy as sp
import torch
from torch import Tensor

from numerics.points import CALM
from numerics.slopes import slope
from numerics.written import standing_on, torch_model
from reference_models.multimodal import contrastive as model

MIDDLE = (*CALM, sp.Rational(7, 3), sp.Rational(1, 5))
SCORES = ("s_1", "s_2", "s_3", "T")
DRAWS = ("j_1", "j_2", "j_3", "b_1", "b_2", "b_3")


def _batch(*scores: Tensor) -> Tensor:
    """A batch whose every row has these scores, its own pair's first: rolled so that it stands on the diagonal."""
    row = torch.stack(scores)
    return torch.stack([row.roll(i) for i in range(len(scores))])


def _loss(s1: Tensor, s2: Tensor, s3: Tensor, temperature: Tensor) -> Tensor:
    return model.one_way(_batch(s1, s2, s3) / temperature)


def _bound(*ratios: Tensor) -> Tensor:
    """log N − loss with similarities log r."""
    return model.information_bound(torch.log(_batch(*ratios)))


def _drawn_first(*values: Tensor) -> Tensor:
    """The softmax of the best critic, log p(x | c)/p(x)."""
    joint, alone = torch.stack(values[:3]), torch.stack(values[3:])
    return torch.exp(_bound(*(joint / alone)) - log(3))


def _gap(*ratios: Tensor) -> Tensor:
    return torch.log(ratios[0]) - _bound(*ratios)


def _expected_bound(a: Tensor, b: Tensor) -> Tensor:
    """E(log 2 − loss) over a positive and one negative: all four pairs of outcomes."""
    given, alone = torch.stack([1 - a, a]), torch.stack([1 - b, b])
    bounds = [torch.stack([_bound(positive, negative) for negative in given / alone]) for positive in given / alone]
    return given @ torch.stack(bounds) @ alone


def _clip_loss(*scores: Tensor) -> Tensor:
    return model.both_ways(torch.stack(scores).reshape(2, 2))


ROUTES = {
    "infonce_is_cross_entropy_eq": standing_on(torch_model(_loss, *SCORES), pool=MIDDLE),
    "infonce_slope_positive_eq": standing_on(torch_model(slope(_loss), *SCORES), pool=MIDDLE),
    "infonce_slope_negative_eq": standing_on(torch_model(slope(_loss, 1), *SCORES), pool=MIDDLE),
    "infonce_optimum_eq": standing_on(torch_model(_drawn_first, *DRAWS)),
    "infonce_gap_eq": standing_on(torch_model(_gap, "r_1", "r_2", "r_3")),
    "infonce_bound_le": standing_on(torch_model(_expected_bound, "a", "b")),
    "infonce_ceiling_le": standing_on(torch_model(_bound, "r_1", "r_2", "r_3")),
    "clip_loss_eq": standing_on(torch_model(_clip_loss, "s_11", "s_12", "s_21", "s_22")),
}

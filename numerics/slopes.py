"""Derivatives of what a reference model computes, by autograd: a claim about a slope asks for the loss."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor


def slope(f: Callable[..., Tensor], place: int = 0) -> Callable[..., Tensor]:
    """∂f in its argument number ``place``, counted from 0: scalars in, a scalar out."""

    def found(*values: Tensor) -> Tensor:
        at = values[place].detach().clone().requires_grad_()
        return torch.autograd.grad(f(*values[:place], at, *values[place + 1 :]), at)[0]

    return found

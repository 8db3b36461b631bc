"""Slopes of what a reference model computes, by autograd, and the law of what is affine in normal noise.

A claim about a score, a variance or a density asks the model of the loss, the step or the log-density itself.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor
from torch.distributions import Distribution, Normal


def slope(f: Callable[..., Tensor], place: int = 0) -> Callable[..., Tensor]:
    """∂f in its argument number ``place``, counted from 0: scalars in, a scalar out."""

    def found(*values: Tensor) -> Tensor:
        at = values[place].detach().clone().requires_grad_()
        return torch.autograd.grad(f(*values[:place], at, *values[place + 1 :]), at)[0]

    return found


def bend(f: Callable[..., Tensor]) -> Callable[..., Tensor]:
    """∂²f in its first argument."""

    def found(*values: Tensor) -> Tensor:
        second: Tensor = torch.func.grad(torch.func.grad(f))(*values)
        return second

    return found


def noised(f: Callable[..., Tensor], noises: int, like: Tensor) -> Normal:
    """The law of f of so many independent standard normal noises, in each of which it is affine."""
    zero, one = torch.zeros_like(like), torch.ones_like(like)
    mean = f(*[zero] * noises)
    squares = [(f(*(one if i == j else zero for j in range(noises))) - mean) ** 2 for i in range(noises)]
    return Normal(mean, torch.sqrt(torch.stack(squares).sum(0)))


def log_normal(x: Tensor, mean: Tensor, std: Tensor) -> Tensor:
    """torch's own log-density, given a STANDARD DEVIATION."""
    law: Distribution = Normal(mean, std)
    value: Tensor = law.log_prob(x)
    return value


def peak(f: Callable[[Tensor], Tensor], low: float, high: float, turns: int = 60) -> Tensor:
    """Where the slope of f between two ends turns from above zero to below it, by bisection."""
    left, right = (torch.tensor(end, dtype=torch.float64) for end in (low, high))
    for _ in range(turns):
        middle = (left + right) / 2
        left, right = (middle, right) if slope(f)(middle) > 0 else (left, middle)
    return (left + right) / 2


def root(f: Callable[[Tensor], Tensor], like: Tensor) -> Tensor:
    """Where a function that is affine is 0, through two of its points."""
    here, there = f(torch.zeros_like(like)), f(torch.ones_like(like))
    return here / (here - there)

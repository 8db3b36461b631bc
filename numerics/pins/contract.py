"""A pin: a function of a reference model, asked once, and the value that it must give, worked out by another way.

Properties say what holds for all inputs; many of them hold for the negative of a function too, or for a multiple. A pin
holds it to a number: one worked by hand, a closed form, or what the same random numbers give by another formula. It is
never what the function itself said.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from numerics.specifications.contract import Outcome
from numerics.specifications.outcomes import close, worst

ROUNDING = 1e-9


@dataclass(frozen=True)
class Pin:
    """``asked`` calls the function that it is given: that of the page, or one in its place.

    ``expected`` is a number, a list or a tensor, or a tuple of such.
    """

    function: Callable[..., Any]
    asked: Callable[[Callable[..., Any]], Any]
    expected: Callable[[], Any]
    why: str
    """How the value was come by."""
    allowed: float = ROUNDING

    @property
    def name(self) -> str:
        """The page and the name of the function, without the room: ``learning.estimation.mean_nll``."""
        return f"{self.function.__module__}.{self.function.__name__}".removeprefix("reference_models.")


def pinned(pin: Pin, function: Callable[..., Any] | None = None) -> Outcome:
    """How far a function (that of the page, where none is given) is from the value of a pin, relative above 1."""
    found, expected = pin.asked(function or pin.function), pin.expected()
    pairs = list(zip(_parts(found), _parts(expected), strict=True))
    if any(a.shape != b.shape for a, b in pairs):
        shapes = ", ".join(f"{tuple(a.shape)} for {tuple(b.shape)}" for a, b in pairs)
        return Outcome(float("inf"), pin.allowed, f"{pin.name}: shapes {shapes}")
    return worst(*(close(a, b, pin.allowed, pin.why) for a, b in pairs))


def _parts(value: Any) -> Sequence[Tensor]:
    parts = value if isinstance(value, tuple) else (value,)
    return [torch.as_tensor(one, dtype=torch.float64).detach() for one in parts]


def t(*values: Any) -> Tensor:
    """Numbers as a float64 tensor; a single number as a scalar, a single list as its rows."""
    return torch.tensor(values[0] if len(values) == 1 else values, dtype=torch.float64)


def seeded() -> torch.Generator:
    """A generator from its start: two of them give the same numbers."""
    return torch.Generator().manual_seed(7)


def uniforms(*shape: int) -> Tensor:
    """What ``torch.rand`` gives with that generator."""
    return torch.rand(shape, generator=seeded(), dtype=torch.float64)


def normals(*shape: int) -> Tensor:
    """What ``torch.randn`` gives with that generator."""
    return torch.randn(shape, generator=seeded(), dtype=torch.float64)

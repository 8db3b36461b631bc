"""Inputs of a check, drawn on the CPU and then moved, so that every device is shown the same numbers.

The minibatches and the noise of a training are drawn on the device: to move them would take longer than the step.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import torch
from torch import Tensor

T = TypeVar("T")


def t(values: object) -> Tensor:
    """Plain numbers and lists as a float64 tensor on the CPU."""
    return torch.tensor(values, dtype=torch.float64)


@dataclass(frozen=True)
class Draw:
    """A stream of inputs: float64, on ``device``, the same for the same seed whatever the device.

    Where it is ``there``, tensors are drawn on the device by its own generator, and are other numbers than elsewhere.
    """

    seed: int
    device: str = "cpu"
    there: bool = False
    _stream: torch.Generator = field(init=False, repr=False, compare=False)
    _numbers: torch.Generator = field(init=False, repr=False, compare=False)
    """Of whole numbers for Python, which are drawn on the CPU always."""

    def __post_init__(self) -> None:
        """Start the stream."""
        numbers = torch.Generator().manual_seed(self.seed)
        away = self.there and torch.device(self.device).type != "cpu"
        stream = torch.Generator(device=self.device).manual_seed(self.seed) if away else numbers
        object.__setattr__(self, "_numbers", numbers)
        object.__setattr__(self, "_stream", stream)

    @property
    def _where(self) -> torch.device:
        return self._stream.device

    def tensor(self, values: object) -> Tensor:
        """Numbers as a float64 tensor on the device."""
        return torch.as_tensor(values, dtype=torch.float64, device=self.device)

    def normal(self, *shape: int) -> Tensor:
        """Standard normals."""
        return torch.randn(shape, generator=self._stream, dtype=torch.float64, device=self._where).to(self.device)

    def uniform(self, low: float, high: float, *shape: int) -> Tensor:
        """Uniform on [low, high)."""
        unit = torch.rand(shape, generator=self._stream, dtype=torch.float64, device=self._where)
        return (low + (high - low) * unit).to(self.device)

    def whole(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return int(torch.randint(low, high + 1, (), generator=self._numbers))

    def integers(self, low: int, high: int, *shape: int) -> Tensor:
        """Whole numbers from low to high, both included, as int64."""
        return torch.randint(low, high + 1, shape, generator=self._stream, device=self._where).to(self.device)

    def bits(self, *shape: int) -> Tensor:
        """Fair zeros and ones, as float64."""
        return self.integers(0, 1, *shape).to(torch.float64)

    def permutation(self, n: int) -> Tensor:
        """The numbers 0 to n − 1 in random order, as int64."""
        return torch.randperm(n, generator=self._stream, device=self._where).to(self.device)

    def simplex(self, *shape: int) -> Tensor:
        """Probabilities along the last axis, uniform on the simplex, each above 1e-3/k."""
        weights = -torch.log1p(-self.uniform(0, 1, *shape)) + 1e-3
        return weights / weights.sum(-1, keepdim=True)

    def spd(self, d: int, *batch: int) -> Tensor:
        """Symmetric positive definite (*batch, d, d), its smallest eigenvalue above 0.3."""
        root = self.normal(*batch, d, d)
        return root @ root.mT / d + 0.3 * torch.eye(d, dtype=torch.float64, device=self.device)

    def orthogonal(self, d: int) -> Tensor:
        """An orthogonal (d, d) matrix."""
        factor: Tensor = torch.linalg.qr(self.normal(d, d))[0]
        return factor

    def choice(self, options: Sequence[T]) -> T:
        """One of the options."""
        return options[self.whole(0, len(options) - 1)]

    def generator(self) -> torch.Generator:
        """A generator on the device for a sampler under test, seeded from the stream."""
        return torch.Generator(device=self.device).manual_seed(self.whole(0, 2**31 - 1))

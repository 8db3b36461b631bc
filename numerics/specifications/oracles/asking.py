"""What pages of oracles share: numbers as tensors, and how oracles are added to specifications."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import torch
from torch import Tensor

from numerics.specifications.contract import Oracle, Specification


def t(values: Any) -> Tensor:
    """Plain numbers and lists as a float64 tensor."""
    return torch.tensor(values, dtype=torch.float64)


def asked_too(
    specifications: Sequence[Specification], oracles: Mapping[str, Sequence[Oracle]]
) -> tuple[Specification, ...]:
    """The specifications, those named with more oracles."""
    return tuple(replace(one, oracles=(*one.oracles, *oracles.get(one.name, ()))) for one in specifications)

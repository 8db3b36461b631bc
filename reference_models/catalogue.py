"""Every reference model there is. A new page adds one import and one line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from torch import Tensor

from reference_models.gaussian import kl as gaussian_kl

MODELS: Mapping[str, Callable[..., Tensor]] = MappingProxyType(
    {
        "gaussian.kl": gaussian_kl.kl,
    }
)
"""``<topic>.<function>`` and the function; its docstring gives shapes and units."""

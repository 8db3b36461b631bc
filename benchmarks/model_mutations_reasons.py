"""Why a change of a float function's value is not noticed, where nothing is wrong with that; the run insists on it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

REASONS: Mapping[str, str] = MappingProxyType({})
"""Full name of a function, and of the kind of change, to the reason."""

"""Oracles that stand apart from the pages of their specifications, by the names of these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from numerics.specifications.contract import Oracle, Specification
from numerics.specifications.oracles import graphical, laws, networks, operations, training

ORACLES: Mapping[str, tuple[Oracle, ...]] = MappingProxyType(
    {**laws.ORACLES, **graphical.ORACLES, **operations.ORACLES, **training.ORACLES, **networks.ORACLES}
)


def asked_too(specifications: Sequence[Specification]) -> tuple[Specification, ...]:
    """The specifications, those that are named here with more oracles."""
    return tuple(replace(one, oracles=(*one.oracles, *ORACLES.get(one.name, ()))) for one in specifications)

"""Laws that a document composes of conditional ones, z_1, …, z_T given x: what their letters mean without arguments."""

from __future__ import annotations

from collections.abc import Mapping

from claims.records import Record, field
from claims.sentences import Place, Value


class Layers(Record):
    """For each composed law the variables that it draws, and those that it is conditioned on throughout."""

    drawn: Mapping[str, tuple[str, ...]]
    given: Mapping[str, tuple[str, ...]]
    also: Mapping[str, str] = field(default_factory=dict)
    """Members that have another name, by their keys: z_0 is x."""
    under: str | None = None
    """The law of an expectation that names none."""

    def conditions(self, law: str) -> tuple[Place, ...]:
        """What a law is conditioned on, each variable at its value."""
        return tuple(Place(v, Value(v)) for v in self.given[law])

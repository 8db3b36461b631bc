"""A result of the field as the table of contents has it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """A result, in words: ``called`` in the table, ``also`` by other names of it that notes use, and what proves it.

    ``derivations`` are names of derivations; ``proved_for`` says for what they prove it: "any laws", "three classes".
    """

    called: str
    also: tuple[str, ...]
    derivations: tuple[str, ...]
    proved_for: str

    def __post_init__(self) -> None:
        if not self.derivations or not self.proved_for:
            raise ValueError(f"{self.called}: no derivation, or nothing that it is proved for")


@dataclass(frozen=True, slots=True)
class Section:
    """Results under one heading."""

    title: str
    entries: tuple[Entry, ...]

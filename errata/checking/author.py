"""What the comments of an author have said up to a place: what holds there, and what is waived or expected."""

from __future__ import annotations

from dataclasses import dataclass, field

from errata.checking.judgement import Remark
from errata.reading.author import Domain, LogIs, Said
from errata.reading.lowering import LogBase
from errata.reading.names import key


@dataclass
class Waiver:
    """A skip or an expectation, with how many findings it met; ``relations`` counts what it looked at."""

    said: Said
    level: int
    met: int = 0
    relations: int = 0


@dataclass
class Author:
    """What the comments of a document have said so far; ``heard`` of ``said`` were taken in."""

    said: tuple[Said, ...] = ()
    heard: int = 0
    standing: list[tuple[int, Domain | LogIs]] = field(default_factory=list)
    """What holds in the open sections, with the level of its section."""
    sections: list[Waiver] = field(default_factory=list)
    waiting: list[Waiver] = field(default_factory=list)
    """What speaks of the next formula."""
    orders: dict[int, tuple[Waiver, ...]] = field(default_factory=dict)
    """What is waived or expected in each formula."""
    whole_in: dict[int, frozenset[str]] = field(default_factory=dict)
    """The names that are whole numbers in each formula, where there are any."""
    given: list[Waiver] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    @property
    def log(self) -> LogBase | None:
        """The base of logarithms that holds here."""
        return next((s.base for _, s in reversed(self.standing) if isinstance(s, LogIs)), None)

    @property
    def whole(self) -> frozenset[str]:
        """The names that are whole numbers here."""
        return frozenset(key(s.name) for _, s in self.standing if isinstance(s, Domain) and s.whole)

"""What a worker and its parent say to each other, and what the parent tells whoever watches."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from claims.records import Record, field
from errata.checking.judgement import Examined, Fault, Unreadable
from errata.checking.options import Options
from errata.reading.document import Document


class File(Record):
    """A file still to be read; ``data`` is its content where a worker can't get at it (standard input)."""

    path: str
    data: bytes | None = None


Source = File | Document

Result = Examined | Unreadable

Begin = Callable[[int], None]
Read = Callable[[File], Document | Unreadable]
Examine = Callable[[Document, Options, Begin, Mapping[int, str]], Examined]


def nothing_to_prepare() -> None:
    """Every import is quick."""


class Judge(Record):
    """How a worker reads and examines: importable functions, since a worker gets them by name."""

    read: Read
    examine: Examine
    prepare: Callable[[], None] = nothing_to_prepare
    """Called once before the first document: imports what takes long."""


class Work(Record):
    """One document to examine, with the formulas it has already cost a worker and why."""

    index: int
    source: Source
    skip: Mapping[int, str] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()

    @property
    def path(self) -> str:
        """The path as the user should see it."""
        return self.source.path


class Ready(Record):
    """The worker has started and waits for work."""


class Opened(Record):
    """The document was read; it holds this many formulas."""

    formulas: int


class Begun(Record):
    """The worker turns to this formula, so the clock starts again."""

    formula: int


class Finished(Record):
    """The document is done."""

    result: Result


class Stopped(Record):
    """The worker gave up on the formula it was at; ``spent`` says that it should not be used again."""

    why: str
    fault: Fault | None = None
    spent: bool = False


Message = Ready | Opened | Begun | Finished | Stopped
Event = Opened | Begun

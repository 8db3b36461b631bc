"""The rooms behind the commands, as one value: tests put another in its place, in ``obj`` of the click context."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Protocol

from claims.records import Record

if TYPE_CHECKING:
    import click

    from errata.checking.judgement import Unreadable
    from errata.checking.options import Options
    from errata.checking.pool import Event, File, Source
    from errata.checking.pool.messages import Result
    from errata.commands.store import Store
    from errata.page.typed_terms import TypedTerm
    from errata.reading.document import Document, Macro


class Reading(Protocol):
    """How a formula was understood."""

    @property
    def words(self) -> str: ...
    @property
    def tree(self) -> str: ...
    @property
    def sorts(self) -> tuple[tuple[str, str], ...]: ...
    @property
    def opaque(self) -> tuple[tuple[str, int, int], ...]: ...
    @property
    def notes(self) -> tuple[str, ...]: ...


class Crew(Protocol):
    """Those who examine documents."""

    def examined(
        self, sources: Sequence[Source], jobs: int, watch: Callable[[int, Event], None]
    ) -> Iterator[tuple[int, Result]]: ...


class Engine(Record):
    """What the commands call."""

    sources: Callable[[Sequence[str]], Sequence[Source | Unreadable]]
    """The files under the paths given, in order; ``-`` is standard input."""
    crew: Callable[[Options], AbstractContextManager[Crew]]
    """The workers of one run, who get ready while the sources are looked for."""
    read_document: Callable[[File], Document | Unreadable]
    read_latex: Callable[[str, Mapping[str, Macro]], Reading]
    read_terms: Callable[[Document, Sequence[int]], Sequence[tuple[TypedTerm, ...]]] | None = None
    """What formulas of a document compute, with what it says of their symbols; None where terms are not shown."""
    store: Callable[[Options], Store] | None = None
    """What was found before under the same options; None where nothing is kept."""


def engine_of(ctx: click.Context) -> Engine:
    """The engine given to the command line, or else the real one."""
    given = ctx.find_object(Engine)
    if given is not None:
        return given
    from errata.commands.rooms import ENGINE

    return ENGINE

"""The real engine. Each part imports its room when it is first called: help and explain need none of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from errata.checking.judgement import Examined, Unreadable
from errata.checking.options import Options
from errata.checking.pool import Event, File, Judge, Source, examined
from errata.checking.pool.messages import Begin, Result
from errata.commands.engine import Engine, Reading
from errata.reading.document import Document, Macro

if TYPE_CHECKING:
    from errata.reading.plain_text import ReadingError


def read_document(file: File) -> Document | Unreadable:
    """A file as a document, or why it can't be one."""
    from errata.reading.plain_text import ReadingError
    from errata.reading.sources import read_document as real

    try:
        return real(file.path, file.data)
    except ReadingError as error:
        return _unreadable(error)


def examine(document: Document, options: Options, begin: Begin, skip: Mapping[int, str]) -> Examined:
    """What a worker does with a document."""
    from errata.checking.examine import examine as real

    return real(document, options, begin, skip)


def _sources(paths: Sequence[str]) -> Sequence[Source | Unreadable]:
    from errata.reading.discover import discover

    discovered = discover(paths)
    return [*(_file(path) for path in discovered.files), *(_unreadable(error) for error in discovered.errors)]


def _file(path: str) -> File:
    """A worker has no standard input, so its content goes along; a byte more than the reader takes lets it say so."""
    import sys

    from errata.reading.plain_text import MAX_CHARACTERS
    from errata.reading.sources import STANDARD_INPUT

    return File(path, sys.stdin.buffer.read(4 * MAX_CHARACTERS + 1) if path == STANDARD_INPUT else None)


def _unreadable(error: ReadingError) -> Unreadable:
    return Unreadable(error.path, error.why, error.remedy)


def _examined(
    sources: Sequence[Source], options: Options, jobs: int, watch: Callable[[int, Event], None]
) -> Iterator[tuple[int, Result]]:
    return examined(sources, options, jobs, Judge(read_document, examine), watch)


def _read_latex(text: str, macros: Mapping[str, Macro]) -> Reading:
    from errata.reading.explain import read_latex

    return read_latex(text, macros)


ENGINE = Engine(_sources, _examined, read_document, _read_latex)

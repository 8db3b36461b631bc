"""The real engine. Each part imports its room when it is first called: help and explain need none of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from claims.records import replace
from errata.checking.judgement import Examined, Unreadable
from errata.checking.options import Options
from errata.checking.pool import Crew, File, Judge, Source
from errata.checking.pool.messages import Begin
from errata.checking.pool.start import may_copy
from errata.checking.pool.start import prepare as prepared
from errata.commands.engine import Engine, Reading
from errata.reading.document import Document, Macro

if TYPE_CHECKING:
    from errata.commands.store import Store
    from errata.page.typed_terms import TypedTerm
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

    return real(with_macros_of_course(document, options), options, begin, skip)


def with_macros_of_course(document: Document, options: Options) -> Document:
    """The document with the macros that its course has, below its own."""
    if not options.macros:
        return document
    own = {k: m for k, m in document.macros.items() if k not in document.customary}
    course = {m.name: m for m in options.macros}
    customary = {k: m for k, m in document.customary.items() if k not in course}
    return replace(document, macros={**customary, **course, **own}, customary=customary)


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


def prepare() -> None:
    """What a worker imports while the files are still being looked for."""
    import errata.checking.examine
    import errata.reading.sources  # noqa: F401


def _crew(options: Options) -> Crew:
    """Workers that are copies of this process with the imports done, where that is safe: the imports are done once."""
    judge = Judge(read_document, examine, prepare)
    copies = may_copy(options.memory_mb)
    if copies:
        prepared(judge)
    return Crew(options, judge, copies)


def _read_latex(text: str, macros: Mapping[str, Macro]) -> Reading:
    from errata.reading.explain import read_latex

    return read_latex(text, macros)


def _read_terms(document: Document, numbers: Sequence[int]) -> Sequence[tuple[TypedTerm, ...]]:
    from errata.checking.context import State
    from errata.commands.symbols import kinds_at, known_symbols, page_of
    from errata.page.typed_terms import typed_terms

    page, symbols = page_of(State(document, Options())), known_symbols(document, Options())
    return [typed_terms(page, n, kinds_at(document, symbols, document.formulas[n].span.start)) for n in numbers]


def _store(options: Options) -> Store:
    from errata.commands.store import opened

    return opened(options)


ENGINE = Engine(_sources, _crew, read_document, _read_latex, _read_terms, _store)

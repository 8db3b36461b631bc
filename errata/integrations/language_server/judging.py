"""Documents judged for an editor: one at a time, by workers that stay, with what was found before kept."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from threading import Lock

from claims.records import Record
from errata.checking.judgement import Examined, Judged, Unreadable
from errata.checking.options import Options
from errata.checking.pool.messages import File
from errata.commands.engine import Crew, Engine
from errata.commands.settings import found_for, options_of, selection_of
from errata.commands.settling import Settled, relations_of, settling
from errata.reading.document import Document
from errata.reporting.selection import Selection


class Opinion(Record):
    """What was found in a document, and which rules may speak there."""

    examined: Examined
    selection: Selection


class Judge:
    """Workers for as long as a server runs. Calls from several threads wait for each other."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = Lock()
        self._options: Options | None = None
        self._held: AbstractContextManager[Crew] | None = None
        self._crew: Crew | None = None

    def start(self, options: Options | None = None) -> None:
        """Hire workers, before there are threads: they are then copies of this process, and ready at once."""
        with self._lock:
            self._hired(options or Options())

    def opinion(self, path: str, data: bytes) -> Opinion | Unreadable:
        """What is found in a document with this content. Raises SettingsError for a configuration with a slip."""
        settings = found_for([path])
        options = options_of(settings)
        with self._lock:
            result = self._examined(File(path, data), options)
        if isinstance(result, Unreadable):
            return result
        return Opinion(result, selection_of(settings))

    def settled(self, document: Document, judged: Judged, examined: Examined) -> Sequence[Settled]:
        """The comments that settle a relation, each tried."""
        nth = next(n for n, j in enumerate(relations_of(examined, judged.formula)) if j is judged)
        with self._lock:
            return settling(self._hired(self._options or Options()), document, judged, nth, 2)

    def close(self) -> None:
        """Let the workers go."""
        with self._lock:
            self._let_go()

    def _examined(self, file: File, options: Options) -> Examined | Unreadable:
        store = self._engine.store(options) if self._engine.store else None
        kept = store.keyed(file) if store is not None else None
        try:
            if store is not None and kept is not None and (before := store.found(kept)) is not None:
                return before
            ((_, result),) = self._hired(options).examined([file], 1, lambda index, event: None)
            if store is not None and kept is not None:
                store.keep(kept, result)
            return result
        except BaseException:
            self._let_go()  # it may be in the middle of something
            raise
        finally:
            if store is not None:
                store.close()

    def _hired(self, options: Options) -> Crew:
        if self._crew is None or options != self._options:
            self._let_go()
            self._held, self._options = self._engine.crew(options), options
            self._crew = self._held.__enter__()
        return self._crew

    def _let_go(self) -> None:
        if self._held is not None:
            self._held.__exit__(None, None, None)
        self._held = self._crew = None

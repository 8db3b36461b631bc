"""A bar on standard error while many formulas are judged: only on a terminal, and only if it takes a while."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from errata.checking.pool import Event

PATIENCE_S = 1.0


class Bar:
    """Formulas begun, of those found so far. Shows nothing but numbers: no text of a document reaches it."""

    def __init__(self, documents: int, wanted: bool) -> None:
        self._wanted = wanted and sys.stderr.isatty()
        self._documents = documents
        self._started = time.monotonic()
        self._found: dict[int, int] = {}
        self._begun: dict[int, int] = {}
        self._bar: tuple[Progress, TaskID] | None = None

    def __enter__(self) -> Bar:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._bar is not None:
            self._bar[0].stop()

    def watch(self, index: int, event: Event) -> None:
        """Hear of a document opened, or of a formula begun."""
        from errata.checking.pool import Opened

        if not self._wanted:
            return
        if isinstance(event, Opened):
            self._found[index] = event.formulas
        else:
            self._begun[index] = max(self._begun.get(index, 0), event.formula + 1)
        self._show()

    def _show(self) -> None:
        if self._bar is None and self._documents < 2 and time.monotonic() - self._started < PATIENCE_S:
            return
        progress, task = self._bar or self._begin()
        said = f"{len(self._found)} of {self._documents} files" if self._documents > 1 else "formulas"
        progress.update(task, total=sum(self._found.values()), completed=sum(self._begun.values()), description=said)

    def _begin(self) -> tuple[Progress, TaskID]:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        progress = Progress(*columns, console=Console(stderr=True), transient=True)
        progress.start()
        self._bar = (progress, progress.add_task("", total=None))
        return self._bar

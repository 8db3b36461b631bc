"""One run over some notes: which documents, what was found in them before, who judges the rest."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from claims.records import Record, replace

if TYPE_CHECKING:
    from errata.checking.judgement import Examined, Unreadable
    from errata.checking.options import Options
    from errata.checking.pool import Source
    from errata.commands.engine import Engine
    from errata.commands.store import Kept
    from errata.reporting.report import Report
    from errata.reporting.selection import Selection


class Run(Record):
    """What is judged, how, and by whom."""

    engine: Engine
    paths: tuple[str, ...]
    selection: Selection
    options: Options
    jobs: int
    bar: bool = False
    exclude: tuple[str, ...] = ()
    """Patterns of paths that are left out where a folder is searched, from ``folder`` on."""
    folder: str = "."
    stdin_name: str | None = None
    """The path that standard input is taken to have."""


def report_of(run: Run) -> Report:
    """Judge every document of a run. Raises a usage error where there is none."""
    from errata.checking.judgement import Unreadable
    from errata.commands.progress import Bar
    from errata.reporting.report import Report

    started = time.monotonic()
    inputs = _inputs(run)
    results: dict[int, Examined | Unreadable] = {i: s for i, s in enumerate(inputs) if isinstance(s, Unreadable)}
    to_do = [(i, source) for i, source in enumerate(inputs) if not isinstance(source, Unreadable)]
    store = run.engine.store(run.options) if run.engine.store else None
    kept: dict[int, Kept] = {}
    if store is not None:
        kept = {i: k for i, source in to_do if (k := store.keyed(source)) is not None}
        results |= {i: before for i, k in kept.items() if (before := store.found(k)) is not None}
        to_do = [(i, kept[i].source if i in kept else source) for i, source in to_do if i not in results]
    if to_do:
        with run.engine.crew(run.options) as crew, Bar(len(to_do), run.bar) as shown:
            for n, result in crew.examined([source for _, source in to_do], run.jobs, shown.watch):
                i = to_do[n][0]
                results[i] = result
                if store is not None and i in kept:
                    store.keep(kept[i], result)
    if store is not None:
        store.close()
    in_order = tuple(results[i] for i in range(len(inputs)))
    return Report(in_order, run.selection, run.options.seed, time.monotonic() - started)


def uncached(engine: Engine) -> Engine:
    """The engine that neither asks for what was found before nor keeps anything."""
    return replace(engine, store=None)


def _inputs(run: Run) -> Sequence[Source | Unreadable]:
    inputs = [_named(source, run.stdin_name) for source in run.engine.sources(run.paths)]
    if run.exclude:
        asked_for = (*run.paths, run.stdin_name)
        inputs = [s for s in inputs if s.path in asked_for or not _is_excluded(s.path, run)]
    if not inputs:
        raise click.UsageError(_nothing(run.paths))
    return inputs


def _is_excluded(path: str, run: Run) -> bool:
    from errata.reporting.selection import matches

    return any(matches(pattern, path, run.folder) for pattern in run.exclude)


def _named(source: Source | Unreadable, name: str | None) -> Source | Unreadable:
    return replace(source, path=name) if name is not None and source.path == "-" else source


def _nothing(paths: Sequence[str]) -> str:
    where = ", ".join(repr(path) for path in paths)
    kinds = ".md, .tex, .ipynb, .html, .rst and .org"
    return f"no notes found in {where}: errata reads {kinds}; a file named outright is always read"

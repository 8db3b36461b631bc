"""``--baseline`` and ``--write-baseline``: what was accepted before, and what is accepted from now on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from claims.records import replace
from errata.commands import output

if TYPE_CHECKING:
    from errata.reporting.baseline import Baseline
    from errata.reporting.report import Report


def before(known: str | None, accept: str | None) -> Baseline | None:
    """What was accepted before this run. Raises BadParameter for a file that is no baseline or can't be written."""
    if accept is not None:
        output.check_writable(accept, "--write-baseline")
    if known is not None:
        return _read(known, "--baseline")
    if accept is not None and Path(accept).exists():
        return _read(accept, "--write-baseline")
    return None


def _read(path: str, option: str) -> Baseline:
    from errata.reporting.baseline import BaselineError, read_baseline

    try:
        return read_baseline(path)
    except BaselineError as error:
        raise click.BadParameter(f"{path!r} is no baseline: {error}", param_hint=option) from error


def held_against(report: Report, before: Baseline | None, known: str | None, accept: str | None) -> Report:
    """The report beside what is accepted; with ``accept``, that file is written, and all that is found is in it.

    Where errata itself failed, nothing is accepted: the next run may find more.
    """
    if accept is None or report.faults:
        return replace(report, baseline=before)
    from errata.reporting.baseline import Baseline, as_text, empty, rewritten

    here = empty(accept)
    if before is not None and before.folder != here.folder:
        raise click.BadParameter("the two files must lie in one folder", param_hint="--baseline / --write-baseline")
    old = before or here
    report = replace(report, baseline=old)
    found = [entry for entry in old.entries_of(report.found) if entry is not None]
    entries = rewritten(old, found, report.stale)
    output.write(as_text(entries), accept, False)
    click.echo(f"{accept}: {len(entries)} accepted, {len(report.stale)} dropped", err=True)
    return replace(report, baseline=Baseline(entries, here.folder))

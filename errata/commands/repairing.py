"""What ``--diff`` and ``--fix`` print and write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from errata.commands.runs import Run
    from errata.reporting.report import Report


def repaired(report: Report, run: Run, write: bool) -> int:
    """Show the certain repairs as a diff, or make them; 1 where there are any."""
    from errata.commands.fixing import apply, diff, fixes
    from errata.reporting.renderers.summary import counted

    found = fixes(report, run)
    for fix in found:
        if not write:
            click.echo(diff(fix), nl=False)
            continue
        done = apply(fix)
        what = (
            f"{counted(fix.repairs, 'repair')} made" if done else "it has changed since it was judged: nothing is made"
        )
        click.echo(f"{fix.path}: {what}", err=True)
    if not write:
        total = sum(fix.repairs for fix in found)
        click.echo(f"{counted(total, 'certain repair')} in {counted(len(found), 'file')}; --fix makes them", err=True)
    return int(bool(found))

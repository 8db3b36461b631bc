"""``--fail-under``: the least share of the claims that must have been judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from errata.reporting.report import Report


def falls_short(report: Report, least: float | None) -> bool:
    """Whether too few claims were judged; says so on standard error."""
    if least is None:
        return False
    from errata.reporting.coverage import coverage_in
    from errata.reporting.renderers.summary import percent

    found = coverage_in(report)
    if found.share >= least:
        return False
    click.echo(f"judged {percent(found.share)} of the claims, and --fail-under asks for {least:g} %", err=True)
    return True

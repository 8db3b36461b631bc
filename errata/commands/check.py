"""``errata check``: judge every formula under the paths, and report."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from errata.commands.codes import codes
from errata.commands.engine import Engine, engine_of
from errata.commands.faults import OUR_FAULT, sorry, traceback_option, traceback_wanted

if TYPE_CHECKING:
    from errata.checking.judgement import Examined, Unreadable
    from errata.checking.options import Options
    from errata.reporting.renderers.look import Look
    from errata.reporting.report import Report
    from errata.reporting.selection import Selection

NO_ERROR, ERROR_FOUND, NOT_READABLE = 0, 1, 2
FORMATS = ("text", "concise", "json", "github", "sarif")

EPILOG = """\b
Examples:
  errata check lecture.md
  errata check notes/ --fail-on warning
  errata check notes/ --ignore W3 --format concise
  cat lecture.md | errata check -
  errata check notes/ --format sarif --output errata.sarif
  errata check notes/ --write-baseline errata-baseline.json
  errata check notes/ --baseline errata-baseline.json          only what is new

\b
Comments in the notes (docs/author-comments.md):
  <!-- errata: let sigma > 0; log is base 2 -->      say what a formula assumes
  <!-- errata: skip because … -->                    waive the next formula
  % errata: expect E311                              in LaTeX; wrong on purpose

\b
Exit status:
  0  no error found
  1  an error found (see --fail-on)
  2  wrong usage, or an input that can't be read (the others are still checked)
  3  errata itself failed
"""


def _seconds(ctx: click.Context, param: click.Parameter, value: float) -> float:
    if value != value:  # the range lets nan pass
        raise click.BadParameter("nan is not a number of seconds")
    return value


@click.command(epilog=EPILOG, short_help="Judge every formula, report the wrong ones.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="Form of the report."
)
@click.option(
    "--select", multiple=True, callback=codes, metavar="CODES", help="Only these rules: E302, or E3 for all of it."
)
@click.option("--ignore", multiple=True, callback=codes, metavar="CODES", help="All rules but these.")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "never"]),
    default="error",
    show_default=True,
    help="The least finding that makes the exit status 1.",
)
@click.option(
    "--fail-under",
    type=click.FloatRange(0, 100),
    metavar="PERCENT",
    help="Exit with 1, too, where a smaller share of the claims was judged.",
)
@click.option("-j", "--jobs", type=click.IntRange(min=1), help="Worker processes.  [default: one for each CPU]")
@click.option("--cluster", metavar="ADDRESS|local", help="Examine the files on a Dask cluster, which you trust.")
@click.option("--seed", type=int, default=0, show_default=True, help="Seed of every random draw.")
@click.option(
    "--budget",
    type=click.FloatRange(min=0.01, max=3600),
    callback=_seconds,
    default=2.0,
    show_default=True,
    metavar="SECONDS",
    help="Time for one formula; one that needs longer is undecided.",
)
@click.option("-o", "--output", metavar="FILE", help="Write the report to a file.")
@click.option(
    "--baseline", "known", metavar="FILE", help="Findings in this file are accepted: not shown, and no reason to fail."
)
@click.option("--write-baseline", "accept", metavar="FILE", help="Accept what is found now: write it to this file.")
@click.option(
    "-v",
    "--verbose",
    count=True,
    help="Also why formulas were not judged, and where; -vv: notes, and how each was read.",
)
@click.option("-q", "--quiet", is_flag=True, help="Only errors and the summary.")
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True)
@traceback_option
@click.pass_context
def check(
    ctx: click.Context,
    paths: tuple[str, ...],
    form: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str,
    fail_under: float | None,
    jobs: int | None,
    cluster: str | None,
    seed: int,
    budget: float,
    output: str | None,
    known: str | None,
    accept: str | None,
    verbose: int,
    quiet: bool,
    color: str,
) -> None:
    """Judge every formula in files and folders, and report the wrong ones.

    PATH is a file, a folder to search, or - for standard input. Nothing is changed.
    """
    from errata.checking.options import Options
    from errata.commands import baselines
    from errata.commands import output as out
    from errata.commands.terminal import never_fail_to_print, wants_colour, width
    from errata.commands.thresholds import falls_short
    from errata.reporting.renderers.ink import Ink
    from errata.reporting.renderers.look import Look
    from errata.reporting.selection import Selection

    never_fail_to_print()
    target = None if output in (None, "-") else output
    if target is not None:
        out.check_writable(target)
    before = baselines.before(known, accept)
    wanted = (Selection(select, ignore), Options(seed=seed, budget_s=budget))
    workers = jobs or os.cpu_count() or 1
    report = _report(_engine(ctx, workers, cluster), paths, *wanted, workers, bar=not quiet)
    report = baselines.held_against(report, before, known, accept)
    colour = wants_colour(color, target is None and sys.stdout.isatty(), os.environ)
    look = Look(Ink(colour), width(sys.stdout), verbose, quiet)
    _complain(report.unreadable)
    out.write(_rendered(form, report, look), target, colour)
    _apologise(report, traceback_wanted(ctx))
    short = falls_short(report, fail_under)
    ctx.exit(_status(report, fail_on) or (ERROR_FOUND if short else NO_ERROR))


def _engine(ctx: click.Context, jobs: int, cluster: str | None) -> Engine:
    """The engine, its crew on a cluster where one is named."""
    engine = engine_of(ctx)
    if cluster is None:
        return engine
    from claims.records import replace
    from errata.commands.elsewhere import away

    return replace(engine, crew=lambda options: away(options, jobs, cluster))


def _report(
    engine: Engine,
    paths: Sequence[str],
    selection: Selection,
    options: Options,
    jobs: int,
    bar: bool,
) -> Report:
    import time

    from errata.checking.judgement import Unreadable
    from errata.commands.progress import Bar
    from errata.reporting.report import Report

    started = time.monotonic()
    with engine.crew(options) as crew:
        inputs = engine.sources(paths)
        if not inputs:
            raise click.UsageError(_nothing(paths))
        results: dict[int, Examined | Unreadable] = {i: s for i, s in enumerate(inputs) if isinstance(s, Unreadable)}
        numbers = [i for i in range(len(inputs)) if i not in results]
        to_do = [source for source in inputs if not isinstance(source, Unreadable)]
        with Bar(len(to_do), bar) as shown:
            for n, result in crew.examined(to_do, jobs, shown.watch):
                results[numbers[n]] = result
    in_order = tuple(results[i] for i in range(len(inputs)))
    return Report(in_order, selection, options.seed, time.monotonic() - started)


def _nothing(paths: Sequence[str]) -> str:
    where = ", ".join(repr(path) for path in paths)
    return f"no notes found in {where}: errata reads .md, .tex, .ipynb and .html; a file named outright is always read"


def _rendered(form: str, report: Report, look: Look) -> str:
    match form:
        case "json":
            from errata.reporting.renderers.json_report import as_json

            return as_json(report)
        case "github":
            from errata.reporting.renderers.github import github

            return github(report)
        case "sarif":
            from errata.reporting.renderers.sarif import sarif

            return sarif(report)
        case "concise":
            from errata.reporting.renderers.concise import concise

            return concise(report, look)
        case _:
            from errata.reporting.renderers.text import text

            return text(report, look)


def _complain(unreadable: Sequence[Unreadable]) -> None:
    from errata.reporting.renderers.glyphs import visible
    from errata.reporting.renderers.location import location

    for one in unreadable:
        where = location(one.path, one.place) if one.place else visible(one.path)
        click.echo(f"error: cannot read {where}: {visible(one.why)}\nhelp: {visible(one.remedy)}", err=True)


def _apologise(report: Report, full: bool) -> None:
    """Once, however many formulas it was."""
    if not report.faults:
        return
    first, *rest = report.faults
    more = f" (and {len(rest)} more)" if rest else ""
    trace = first.trace if full else ""
    click.echo(trace + sorry(first.what + more, full), err=True)


def _status(report: Report, fail_on: str) -> int:
    from errata.reporting.rules.rule import Severity

    failing = {"error": (Severity.ERROR,), "warning": (Severity.ERROR, Severity.WARNING), "never": ()}[fail_on]
    if report.faults:
        return OUR_FAULT
    if report.unreadable:
        return NOT_READABLE
    return ERROR_FOUND if any(report.count(severity) for severity in failing) else NO_ERROR

"""``errata check``: judge every formula under the paths, and report."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from claims.records import replace
from errata.commands.codes import codes
from errata.commands.engine import Engine, engine_of
from errata.commands.faults import OUR_FAULT, sorry, traceback_option, traceback_wanted
from errata.commands.formats import FORMATS

if TYPE_CHECKING:
    from errata.checking.judgement import Unreadable
    from errata.commands.runs import Run
    from errata.commands.settings import Settings
    from errata.reporting.report import Report

NO_ERROR, ERROR_FOUND, NOT_READABLE = 0, 1, 2

EPILOG = """\b
Examples:
  errata check lecture.md
  errata check notes/ --fail-on warning
  errata check notes/ --ignore W3 --format concise
  cat lecture.md | errata check -
  errata check notes/ --format sarif --output errata.sarif
  errata check notes/ --write-baseline errata-baseline.json
  errata check notes/ --baseline errata-baseline.json          only what is new
  errata check notes/ --diff                                   the repairs that are certain; --fix makes them
  errata check notes/ --watch
  errata check notes/ --format html --output report            a site: open report/index.html

\b
Comments in the notes (docs/author-comments.md):
  <!-- errata: let sigma > 0; log is base 2 -->      say what a formula assumes
  <!-- errata: skip because … -->                    waive the next formula
  % errata: expect E311                              in LaTeX; wrong on purpose

\b
Exit status:
  0  no error found
  1  an error found (see --fail-on and --fail-under)
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
@click.option("--diff", "diffing", is_flag=True, help="Show the repairs that are certain as a diff; change nothing.")
@click.option("--fix", "fixing", is_flag=True, help="Make the repairs that are certain, and report what is left.")
@click.option("--watch", "watching", is_flag=True, help="Report again whenever a document changes.")
@click.option("--config", "configured", metavar="FILE", help="Settings; by default errata.toml or pyproject.toml.")
@click.option("--no-config", is_flag=True, help="No settings but those of the command line.")
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
@click.option("--stdin-name", metavar="NAME", help="A path for standard input; its suffix tells the kind.")
@click.option("--cache/--no-cache", "cached", default=True, help="Keep what was found for the next run.")
@click.option("-o", "--output", metavar="FILE", help="Write the report to a file; html: to a folder.")
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
def check(ctx: click.Context, /, paths: tuple[str, ...], **given: Any) -> None:
    """Judge every formula in files and folders, and report the wrong ones.

    PATH is a file, a folder to search, or - for standard input. Nothing is changed, but by --fix.
    """
    from errata.commands.config import in_force
    from errata.commands.settings import Settings
    from errata.commands.terminal import never_fail_to_print

    never_fail_to_print()
    settings = Settings() if given["no_config"] else in_force(paths, given["configured"])
    asked = _with_settings(ctx, given, settings)
    _refuse_together(asked, paths)
    run = _run(ctx, paths, asked, settings)
    if asked["watching"]:
        from errata.commands.watching import watch

        watch(paths, lambda: _again(ctx, run, asked))
        return
    ctx.exit(_once(ctx, run, asked))


OF_SETTING = {
    "form": "format",
    "select": "select",
    "ignore": "ignore",
    "fail_on": "fail-on",
    "fail_under": "fail-under",
    "jobs": "jobs",
    "seed": "seed",
    "budget": "budget",
    "cached": "cache",
}
"""The options that a configuration may set, by the name of their parameter."""


def _with_settings(ctx: click.Context, given: dict[str, Any], settings: Settings) -> dict[str, Any]:
    """The options, those that were not given taken from the configuration."""
    from click.core import ParameterSource

    left = (n for n in OF_SETTING if ctx.get_parameter_source(n) is ParameterSource.DEFAULT)
    return given | {n: settings.values[OF_SETTING[n]] for n in left if OF_SETTING[n] in settings.values}


def _refuse_together(asked: dict[str, Any], paths: tuple[str, ...]) -> None:
    """Raises a usage error for options that can't be had at once, before any work is done."""
    from errata.commands import output as out

    if asked["diffing"] and asked["fixing"]:
        raise click.UsageError("--diff shows what --fix would do: say one of them")
    if asked["watching"]:
        from errata.commands.watching import insist_on_watching

        insist_on_watching()
        if "-" in paths:
            raise click.UsageError("--watch can't watch standard input")
    target = _target(asked)
    if asked["form"] == "html" and target is None:
        raise click.UsageError("--format html writes a folder: name it with --output")
    if target is not None and asked["form"] != "html":
        out.check_writable(target)


def _target(asked: dict[str, Any]) -> str | None:
    return None if asked["output"] in (None, "-") else str(asked["output"])


def _run(ctx: click.Context, paths: tuple[str, ...], asked: dict[str, Any], settings: Settings) -> Run:
    from errata.commands.runs import Run, uncached
    from errata.commands.settings import options_of, selection_of

    jobs = asked["jobs"] or os.cpu_count() or 1
    engine = _engine(ctx, jobs, asked["cluster"])
    options = options_of(settings, asked["seed"], asked["budget"])
    return Run(
        engine=engine if asked["cached"] else uncached(engine),
        paths=paths,
        selection=selection_of(settings, asked["select"], asked["ignore"]),
        options=options,
        jobs=jobs,
        bar=not asked["quiet"],
        exclude=settings.get("exclude"),
        folder=settings.folder,
        stdin_name=asked["stdin_name"],
    )


def _once(ctx: click.Context, run: Run, asked: dict[str, Any]) -> int:
    """One run, reported; its exit status."""
    from errata.commands import baselines
    from errata.commands.runs import report_of
    from errata.commands.thresholds import falls_short

    before = baselines.before(asked["known"], asked["accept"])
    report = report_of(run)
    if asked["diffing"] or asked["fixing"]:
        report = replace(report, baseline=before)
        from errata.commands.repairing import repaired

        status = repaired(report, run, asked["fixing"])
        if asked["diffing"]:
            return max(status, _status(report, "never"))
        if status:
            report = report_of(run)
    report = baselines.held_against(report, before, asked["known"], asked["accept"])
    _complain(report.unreadable)
    _show(report, asked)
    _apologise(report, traceback_wanted(ctx))
    short = falls_short(report, asked["fail_under"])
    return _status(report, asked["fail_on"]) or (ERROR_FOUND if short else NO_ERROR)


def _again(ctx: click.Context, run: Run, asked: dict[str, Any]) -> None:
    """One run of --watch: what was saved half done is no reason to stop."""
    try:
        _once(ctx, run, asked)
    except click.UsageError as error:
        click.echo(f"error: {error.format_message()}", err=True)


def _show(report: Report, asked: dict[str, Any]) -> None:
    from errata.commands import output as out
    from errata.commands.formats import rendered
    from errata.commands.terminal import wants_colour, width
    from errata.reporting.renderers.ink import Ink
    from errata.reporting.renderers.look import Look

    target = _target(asked)
    if asked["form"] == "html" and target is not None:
        from errata.reporting.site.write import write_site

        click.echo(write_site(report, target), err=True)
        return
    colour = wants_colour(asked["color"], target is None and sys.stdout.isatty(), os.environ)
    look = Look(Ink(colour), width(sys.stdout), asked["verbose"], asked["quiet"])
    out.write(rendered(asked["form"], report, look), target, colour)


def _engine(ctx: click.Context, jobs: int, cluster: str | None) -> Engine:
    """The engine, its crew on a cluster where one is named."""
    engine = engine_of(ctx)
    if cluster is None:
        return engine
    from errata.commands.elsewhere import away

    return replace(engine, crew=lambda options: away(options, jobs, cluster))


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

"""``errata report``: two runs compared, from the JSON that each wrote."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from errata.commands.faults import traceback_option

if TYPE_CHECKING:
    from errata.reporting.comparison import Run

FOUND = 1

EPILOG = """\b
Examples:
  errata check notes/ --format json --output week3.json --fail-on never
  errata report week2.json week3.json
  errata report main.json branch.json --format markdown >> "$GITHUB_STEP_SUMMARY"

A finding is known by its document, its rule and its own text, so moved lines and renamed
files don't disturb it. Mended is only what was looked at again and is still judged.

\b
Exit status:
  0  nothing new (--fail-on open: nothing left)
  1  new errors or warnings (--fail-on open: any that is left)
  2  a file is no run
"""


@click.command(epilog=EPILOG, short_help="Compare two runs: new, mended, still open.")
@click.argument("before", metavar="OLD.json", type=click.Path(exists=True, dir_okay=False))
@click.argument("after", metavar="NEW.json", type=click.Path(exists=True, dir_okay=False))
@click.option("--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True)
@click.option("--output", metavar="FILE", help="Write it here instead of to standard output.")
@click.option(
    "--fail-on",
    type=click.Choice(["new", "open", "never"]),
    default="new",
    show_default=True,
    help="What makes the exit status 1.",
)
@traceback_option
@click.pass_context
def report(ctx: click.Context, before: str, after: str, form: str, output: str | None, fail_on: str) -> None:
    """Say what became of the findings of an earlier run of errata check, and which are new."""
    from errata.commands import output as out
    from errata.commands.terminal import never_fail_to_print
    from errata.reporting.comparison import compared
    from errata.reporting.renderers import compared as shown

    never_fail_to_print()
    if output is not None:
        out.check_writable(output)
    found = compared(_run(before, "OLD.json"), _run(after, "NEW.json"))
    forms = {"text": shown.as_text, "json": shown.as_json, "markdown": shown.as_markdown}
    out.write(forms[form](found), output, False)
    failing = {"new": found.new, "open": (*found.new, *found.still_open), "never": ()}[fail_on]
    ctx.exit(FOUND if failing else 0)


def _run(path: str, name: str) -> Run:
    from errata.reporting.comparison import NoRun, run_of

    try:
        return run_of(Path(path).read_text(encoding="utf-8"))
    except (NoRun, OSError, UnicodeDecodeError) as why:
        raise click.BadParameter(f"{path!r} is no run: {why}", param_hint=name) from None

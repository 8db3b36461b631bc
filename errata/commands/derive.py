"""``errata derive``: a result step by step, each step proved by the symbolic engine."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import click

from errata.commands.faults import traceback_option

if TYPE_CHECKING:
    from claims.claim import Derivation
    from derivations.check import Checked, CheckedStep

NOT_PROVED = 1

EPILOG = """\b
Examples:
  errata derive                      the names of all derivations, by topic
  errata derive kl_normal_eq         one of them, step by step
  errata derive --all --format json  every one, checked

\b
Exit status:
  0  every step is proved
  1  a step is not
  2  there is no derivation of that name
  3  errata itself failed
"""


@click.command(epilog=EPILOG, short_help="Show derivations, each step machine-checked.")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--all", "every", is_flag=True, help="Every derivation.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@traceback_option
@click.pass_context
def derive(ctx: click.Context, names: tuple[str, ...], every: bool, form: str) -> None:
    """Show derivations with each step machine-checked.

    Without NAME, list what there is, by topic.
    """
    from errata.commands.terminal import never_fail_to_print

    never_fail_to_print()
    if not names and not every:
        click.echo(_listing(form))
        return
    from claims.verdict import Proved

    checked = _checked(names, every)
    click.echo(_as_json(checked) if form == "json" else "\n\n".join(_shown(one) for one in checked))
    ctx.exit(0 if all(isinstance(one.verdict, Proved) for one in checked) else NOT_PROVED)


def _checked(names: Sequence[str], every: bool) -> list[Checked]:
    from derivations.catalogue import derivation, derivations
    from derivations.check import derive as checked

    try:
        wanted = derivations() if every else tuple(derivation(name) for name in names)
    except KeyError as unknown:
        raise click.UsageError(f"{unknown.args[0]} (`errata derive` lists all)") from None
    return [checked(one) for one in _watched(wanted)]


def _watched(wanted: Sequence[Derivation]) -> Iterator[Derivation]:
    """Each in turn; with a bar on standard error while it lasts, on a terminal and for more than one."""
    if len(wanted) < 2 or not sys.stderr.isatty():
        yield from wanted
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=len(wanted))
        for one in wanted:
            bar.update(task, description=one.claim.name)
            yield one
            bar.advance(task)


def _listing(form: str) -> str:
    import json

    from derivations.catalogue import derivations, topic

    rows = [(d.claim.name, topic(d.claim.name), d.claim.statement) for d in derivations()]
    if form == "json":
        return json.dumps([{"name": n, "topic": t, "statement": s} for n, t, s in rows], indent=1)
    widest = max((len(name) for name, _, _ in rows), default=0)
    by_topic = groupby(rows, key=lambda row: row[1])
    return "\n\n".join(
        "\n".join([topic, *(_fitted(f"  {name:<{widest}}  {statement}") for name, _, statement in listed)])
        for topic, listed in by_topic
    )


def _fitted(line: str) -> str:
    """The line cut to the width of a terminal; whole where it goes elsewhere."""
    from errata.commands.terminal import width

    if not sys.stdout.isatty() or len(line) <= width(sys.stdout):
        return line
    return f"{line[: width(sys.stdout) - 1]}…"


def _as_json(checked: Sequence[Checked]) -> str:
    import json

    return json.dumps([_tree(one) for one in checked], indent=1)


def _tree(one: Checked) -> dict[str, object]:
    from derivations.catalogue import topic
    from errata.reporting.report import word_of

    claim = one.claim
    return {
        "name": claim.name,
        "topic": topic(claim.name),
        "statement": claim.statement,
        "verdict": word_of(one.verdict),
        "steps": [_step_tree(step) for step in one.steps],
        "routes": _routes(one),
        "where": [f"{v.name}: {v.meaning}" for v in claim.where],
        "convention": list(claim.convention),
        "source": None if claim.source is None else {"key": claim.source.key, "place": claim.source.place},
        "seconds": round(one.seconds, 3),
    }


def _step_tree(step: CheckedStep) -> dict[str, object]:
    return {
        "number": step.number,
        "reason": step.step.reason,
        "expression": str(step.step.expression),
        "link": _link(step),
        "seconds": round(step.seconds, 3),
    }


def _routes(one: Checked) -> list[dict[str, object]]:
    from errata.reporting.renderers.json_report import evidence_of
    from errata.reporting.report import word_of

    return [{"route": e.route, "verdict": word_of(one.verdict)} for e in evidence_of(one.verdict)]


def _link(step: CheckedStep) -> str | None:
    """In one word, how a step hangs on its predecessor; the first hangs on none."""
    return (
        None if step.link is None else {"Holds": "proved", "Broken": "broken", "Open": "open"}[type(step.link).__name__]
    )


def _shown(one: Checked) -> str:
    from errata.reporting.diagnostic import reason_of
    from errata.reporting.report import word_of

    claim = one.claim
    lines = [claim.name, f"  {claim.statement}", ""]
    for step in one.steps:
        lines.append(f"  {step.number}. {step.step.reason}" + (f"  [{_link(step)}]" if step.link else ""))
        lines.append(f"     {'=' if step.link else ' '} {step.step.expression}")
    why = reason_of(one.verdict)
    lines += ["", *(f"  where   {v.name}: {v.meaning}" for v in claim.where)]
    if claim.source is not None:
        lines.append(f"  source  {claim.source.key}, {claim.source.place}")
    lines.append(f"  {word_of(one.verdict)}{f': {why}' if why else ''} ({len(one.steps)} steps, {one.seconds:.1f} s)")
    return "\n".join(lines)

"""``errata why``: what was found about each relation on a line, why it was not judged, and what would settle it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from errata.commands.engine import Engine, engine_of
from errata.commands.faults import traceback_option
from errata.commands.read import PLACE

if TYPE_CHECKING:
    from errata.checking.judgement import Examined, Judged
    from errata.checking.options import Options
    from errata.commands.settling import Settled

EPILOG = """\b
Examples:
  errata why lecture.md:118
  errata why lecture.md:118:12        the one relation at a column
  errata why notebook.ipynb:3         a line within any of its cells

\b
A comment that is shown under "settles it" has been tried: with it, the relation is judged.
What errata.toml says of the course holds here as well.
"""


@click.command(epilog=EPILOG, short_help="Say why a formula got its verdict, and what would settle it.")
@click.argument("place", metavar="FILE:LINE[:COLUMN]")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--config", "configured", metavar="FILE", help="Settings; by default errata.toml or pyproject.toml.")
@click.option("--no-config", is_flag=True, help="No settings.")
@click.option("--no-try", is_flag=True, help="Don't try which comments would settle it.")
@traceback_option
@click.pass_context
def why(ctx: click.Context, place: str, form: str, configured: str | None, no_config: bool, no_try: bool) -> None:
    """Show every relation on a line: how it was read, its verdict, the reason, and the comment that settles it."""
    from errata.commands.config import in_force
    from errata.commands.settings import Settings, options_of
    from errata.commands.terminal import never_fail_to_print

    never_fail_to_print()
    found = PLACE.fullmatch(place)
    if found is None:
        raise click.UsageError(f"{place!r} is no place in a file: write FILE:LINE, such as lecture.md:118")
    if not Path(found["path"]).is_file():
        raise click.UsageError(f"there is no file {found['path']!r}")
    column = int(found["column"]) if found["column"] else None
    settings = Settings() if no_config else in_force((found["path"],), configured)
    options = options_of(settings)
    told = _told(engine_of(ctx), options, found["path"], int(found["line"]), column, not no_try)
    if form == "json":
        import json

        click.echo(json.dumps([_tree(*one) for one in told], indent=1))
    else:
        click.echo("\n\n".join("\n".join(_lines(*one)) for one in told))


Told = tuple["Examined", "Judged", "Sequence[Settled]"]


def _told(engine: Engine, options: Options, path: str, line: int, column: int | None, trying: bool) -> list[Told]:
    from errata.checking.judgement import Unreadable
    from errata.checking.pool import File
    from errata.commands.settling import relations_of, settling

    jobs = os.cpu_count() or 1
    with engine.crew(options) as crew:
        ((_, result),) = crew.examined([File(path)], 1, lambda index, event: None)
        if isinstance(result, Unreadable):
            raise click.UsageError(f"cannot read {path}: {result.why}; {result.remedy}")
        there = [j for j in result.judged if _covers(result, j, line, column)]
        if not there:
            raise click.UsageError(
                f"no relation at {path}:{line}{f':{column}' if column else ''}; {_near(result, line)}"
            )
        out: list[Told] = []
        for judged in there:
            nth = next(n for n, j in enumerate(relations_of(result, judged.formula)) if j is judged)
            out.append((result, judged, settling(crew, result.document, judged, nth, jobs) if trying else ()))
        return out


def _covers(examined: Examined, judged: Judged, line: int, column: int | None) -> bool:
    start, end = examined.document.place(judged.span.start), examined.document.place(judged.span.end)
    if column is None:
        return start.line <= line <= end.line
    return (start.line, start.column) <= (line, column) <= (end.line, end.column)


def _near(examined: Examined, line: int) -> str:
    lines = {examined.document.place(j.span.start).line for j in examined.judged}
    if not lines:
        return "there is none in the file"
    return f"the nearest begins on line {min(lines, key=lambda other: abs(other - line))}"


def _lines(examined: Examined, judged: Judged, settled: Sequence[Settled]) -> Iterator[str]:
    from errata.reporting.diagnostic import condition_of, reason_of
    from errata.reporting.reasons import meaning_of
    from errata.reporting.renderers.glyphs import visible
    from errata.reporting.renderers.location import location
    from errata.reporting.symbols import in_authors_symbols

    document, reason = examined.document, reason_of(judged.verdict)
    yield f"{location(document.path, document.place(judged.span.start))}"
    rows = [
        ("formula", document.text[judged.span.start : judged.span.end].strip()),
        ("read as", judged.read_as),
        ("verdict", _verdict(judged)),
        ("because", reason or judged.message),
        ("means", meaning_of(reason) if reason else None),
        ("holds if", condition_of(judged.verdict)),
        ("where", "; ".join(judged.where)),
        ("rests on", "; ".join(_evidence(judged))),
        ("mended by", _repaired(examined, judged)),
    ]
    for key, value in rows:
        if value:
            yield f"  {key:<10} {visible(in_authors_symbols(value))}"
    yield from _settles(examined, settled)
    if reason and not settled and not judged.waived:
        yield "  settles it no comment that was tried; a value or a law may: see docs/author-comments.md"


def _repaired(examined: Examined, judged: Judged) -> str | None:
    """What the report recommends for a relation, word for word."""
    from errata.reporting.diagnostic import diagnostics, relation_ids
    from errata.reporting.selection import Selection

    id = next(i for i, j in zip(relation_ids(examined.judged), examined.judged, strict=True) if j is judged)
    return next((d.help for d in diagnostics(examined, Selection()) if d.id == id), None)


def _settles(examined: Examined, settled: Sequence[Settled]) -> Iterator[str]:
    from errata.commands.settling import comment_of
    from errata.reporting.renderers.glyphs import visible

    for one in settled:
        comment = comment_of(examined.document, one.template or one.statement)
        with_values = f" (with {one.statement.removeprefix('let ')})" if one.template else ""
        yield f"  settles it {visible(comment)}"
        yield f"             then it is {_verdict(one.judged)}{visible(with_values)}"


def _verdict(judged: Judged) -> str:
    from errata.reporting.diagnostic import code_of
    from errata.reporting.report import word_of

    word = word_of(judged.verdict)
    if word == "not-a-claim":
        return f"not a claim ({judged.kind.value}): there is nothing to check"
    code = code_of(judged)
    return f"{word} ({code})" if code else word


def _evidence(judged: Judged) -> Iterator[str]:
    from claims.evidence import Agreement, Counterexample, Inconclusive, Proof
    from errata.reporting.renderers.json_report import evidence_of
    from errata.reporting.symbols import as_written

    sides = f"{judged.left} {judged.relation} {judged.right}"
    for one in evidence_of(judged.verdict):
        match one:
            case Proof(route=route):
                yield f"a proof ({route})"
            case Agreement(route=route, points=points):
                yield f"agreement at {points} {'point' if points == 1 else 'points'} ({route})"
            case Counterexample(route=route, witness=witness, left=left, right=right):
                at = f"at {', '.join(f'{as_written(n, sides)} = {v}' for n, v in witness)} " if witness else ""
                yield f"{at}the left side is {left}, the right side {right} ({route})"
            case Inconclusive(route=route, why=reason):
                yield f"no answer by {route}: {reason}"


def _tree(examined: Examined, judged: Judged, settled: Sequence[Settled]) -> dict[str, object]:
    from errata.commands.settling import comment_of
    from errata.reporting.diagnostic import reason_of
    from errata.reporting.reasons import meaning_of
    from errata.reporting.report import word_of

    place, reason = examined.document.place(judged.span.start), reason_of(judged.verdict)
    return {
        "line": place.line,
        "column": place.column,
        "cell": place.cell,
        "latex": examined.document.text[judged.span.start : judged.span.end],
        "read_as": judged.read_as,
        "kind": judged.kind.value,
        "verdict": word_of(judged.verdict),
        "why": reason,
        "means": meaning_of(reason) if reason else None,
        "help": _repaired(examined, judged),
        "settled_by": [
            {
                "comment": comment_of(examined.document, one.template or one.statement),
                "tried": comment_of(examined.document, one.statement),
                "verdict": word_of(one.judged.verdict),
            }
            for one in settled
        ],
    }

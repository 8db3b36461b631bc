"""``errata read``: how errata understands a formula, without judging it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from errata.commands.engine import Engine, Reading, engine_of
from errata.commands.faults import traceback_option

if TYPE_CHECKING:
    from errata.page.typed_terms import TypedTerm
    from errata.reading.document import Document, Formula

EPILOG = """\b
Examples:
  errata read '-\\log 0.5 = 0.693'
  errata read 'p(x) = \\int p(x \\mid z) p(z) dz'
  errata read lecture.md:118               the formulas on a line, with the macros of the file
  errata read 'E[X] = \\mu' --format json
"""

PLACE = re.compile(r"(?P<path>.+?):(?P<line>\d+)(?::(?P<column>\d+))?")


MINUS_IS_NO_OPTION: dict[str, object] = {"ignore_unknown_options": True, "help_option_names": ["--help"]}
"""A formula may begin with a minus sign: nothing with one dash is an option here, not even -h."""


@click.command(epilog=EPILOG, short_help="Show how a formula is understood.", context_settings=MINUS_IS_NO_OPTION)
@click.argument("what", metavar="LATEX|FILE:LINE")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@traceback_option
@click.pass_context
def read(ctx: click.Context, what: str, form: str) -> None:
    """Show how a formula is read: in words, as a tree, as a typed term, and what was not understood.

    The term says what is computed, and what each symbol is: by what the file says of it, and else by its use.
    """
    from errata.commands.terminal import never_fail_to_print

    never_fail_to_print()
    engine = engine_of(ctx)
    place = PLACE.fullmatch(what)
    if place is None or not Path(place["path"]).is_file():
        reading, [alone] = engine.read_latex(what, {}), _terms(engine, _alone(what), (0,))
        _print(form, _tree(reading, alone), lambda: _shown(what, reading, alone))
        return
    document, found = _found(engine, place["path"], int(place["line"]), place["column"])
    terms = _terms(engine, document, [document.formulas.index(formula) for formula in found])
    readings = [(f, engine.read_latex(f.latex, document.macros), t) for f, t in zip(found, terms, strict=True)]
    trees = [_placed(document, formula) | _tree(reading, typed) for formula, reading, typed in readings]
    _print(form, trees, lambda: "\n\n".join(_shown(f.latex, reading, typed) for f, reading, typed in readings))


def _alone(latex: str) -> Document:
    """A document that is one formula."""
    from errata.reading.customary import customary_macros
    from errata.reading.document import Document, Formula, Span
    from errata.reading.explain import undelimited

    plain = undelimited(latex)[0]
    formula = Formula(plain, Span(0, len(plain)), display=True, delimiter="")
    return Document("", plain, (formula,), macros=customary_macros([plain], {}))


def _terms(engine: Engine, document: Document, numbers: Sequence[int]) -> Sequence[tuple[TypedTerm, ...]]:
    return [()] * len(numbers) if engine.read_terms is None else engine.read_terms(document, numbers)


def _print(form: str, tree: object, text: Callable[[], str]) -> None:
    import json

    click.echo(json.dumps(tree, indent=1) if form == "json" else text())


def _found(engine: Engine, path: str, line: int, column: str | None) -> tuple[Document, Sequence[Formula]]:
    from errata.checking.judgement import Unreadable
    from errata.checking.pool import File

    document = engine.read_document(File(path))
    if isinstance(document, Unreadable):
        raise click.UsageError(f"cannot read {path}: {document.why}; {document.remedy}")
    found = [f for f in document.formulas if _covers(document, f, line, column)]
    if not found:
        raise click.UsageError(f"no formula at {path}:{line}{f':{column}' if column else ''}; {_near(document, line)}")
    return document, found


def _covers(document: Document, formula: Formula, line: int, column: str | None) -> bool:
    start, end = document.place(formula.span.start), document.place(formula.span.end)
    if column is None:
        return start.line <= line <= end.line
    return (start.line, start.column) <= (line, int(column)) <= (end.line, end.column)


def _near(document: Document, line: int) -> str:
    lines = {document.place(f.span.start).line for f in document.formulas}
    if not lines:
        return "there is none in the file"
    return f"the nearest begins on line {min(lines, key=lambda other: abs(other - line))}"


def _placed(document: Document, formula: Formula) -> dict[str, object]:
    place = document.place(formula.span.start)
    return {"latex": formula.latex, "line": place.line, "column": place.column, "cell": place.cell}


def _tree(reading: Reading, terms: Sequence[TypedTerm]) -> dict[str, object]:
    typed = [{"term": one.tree, "why": one.why or None} for one in terms]
    return {
        "words": reading.words,
        "tree": reading.tree,
        "sorts": [{"name": name, "sort": sort} for name, sort in reading.sorts],
        "opaque": [{"text": text, "start": start, "end": end} for text, start, end in reading.opaque],
        "notes": list(reading.notes),
        **({"terms": typed} if terms else {}),
    }


def _shown(latex: str, reading: Reading, terms: Sequence[TypedTerm]) -> str:
    from errata.reporting.renderers.glyphs import visible

    lines = [
        f"formula  {visible(latex.strip())}",
        f"read as  {visible(reading.words)}",
        f"tree     {_indented(reading.tree)}",
    ]
    if reading.sorts:
        lines.append("sorts    " + "; ".join(visible(f"{name}: {sort}") for name, sort in reading.sorts))
    lines += [f"term     {_indented(one.outline) if one.tree else f'none: {visible(one.why)}'}" for one in terms]
    opaque = [f"not read {start}–{end}: {visible(text)}" for text, start, end in reading.opaque]
    notes = [f"note     {visible(note)}" for note in reading.notes]
    return "\n".join([*lines, *notes, *(opaque or ["fully read"])])


def _indented(tree: str) -> str:
    from errata.reporting.renderers.glyphs import visible

    return "\n         ".join(visible(line) for line in tree.splitlines())

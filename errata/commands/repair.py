"""``errata repair``: a page whose export has damaged its formulas, mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from errata.commands.faults import traceback_option

if TYPE_CHECKING:
    from errata.reading.document import Document

EPILOG = """\b
Examples:
  errata repair chat.md                    print the page with its formulas mended
  errata repair chat.md > mended.md
  pbpaste | errata repair -

\b
Displays between bare brackets and formulas in plain parentheses get dollar signs
again, and what was broken inside them is written as errata reads it. A sign that
was lost can't be known: it is written as +, and the lines are told on stderr.
"""


@click.command(epilog=EPILOG, short_help="Print a page with its damaged formulas mended.")
@click.argument("path", metavar="FILE")
@traceback_option
def repair(path: str) -> None:
    """Print a page with the formulas mended that an export from a chat or a PDF has damaged. FILE isn't changed."""
    from errata.commands.terminal import never_fail_to_print
    from errata.reading.plain_text import ReadingError
    from errata.reading.sources import read_document

    never_fail_to_print()
    try:
        document = read_document(path)
    except ReadingError as error:
        raise click.UsageError(f"cannot read {path}: {error.why}; {error.remedy}") from error
    if document.cells:
        raise click.UsageError("a notebook isn't mended; export it to Markdown first")
    click.echo(mended_page(document), nl=False)
    _tell(document)


def mended_page(document: Document) -> str:
    """The text of a document with dollar signs around each damaged formula, and the formula as it is read."""
    pieces: list[str] = []
    done = 0
    for formula in document.formulas:
        if not formula.damage:
            continue
        opening, closing = ("[", "]") if formula.display else ("(", ")")
        start = document.text.rindex(opening, done, formula.span.start)
        end = document.text.index(closing, formula.span.end) + 1
        pieces += [document.text[done:start], _written(document, formula.latex, formula.display, start)]
        done = end
    return "".join(pieces) + document.text[done:]


def _written(document: Document, latex: str, display: bool, start: int) -> str:
    """A display goes on lines of its own, behind what stood before its bracket; a blank line would end it."""
    if not display:
        return f"${latex}$"
    before = document.text[document.text.rfind("\n", 0, start) + 1 : start]
    lines = [line.strip() for line in latex.split("\n")]
    return f"\n{before}".join(["$$", *(line for line in lines if line), "$$"])


def _tell(document: Document) -> None:
    mended = [f for f in document.formulas if f.damage]
    lost = [str(document.place(f.span.start).line) for f in mended if f.other]
    click.echo(f"{len(mended)} formula{'' if len(mended) == 1 else 's'} mended", err=True)
    if lost:
        click.echo(f"signs were lost, and + is written for them: see the formulas of line {', '.join(lost)}", err=True)

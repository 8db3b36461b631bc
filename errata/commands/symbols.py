"""``errata symbols``: the letters of a page, what each is, and the line that says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from errata.commands.engine import engine_of
from errata.commands.faults import traceback_option
from errata.commands.read import PLACE

if TYPE_CHECKING:
    from errata.checking.context import State
    from errata.checking.options import Options
    from errata.page.symbols import InSection, Page, Statement, Symbol
    from errata.reading.document import Document

EPILOG = """\b
Examples:
  errata symbols lecture.md                every letter of a page
  errata symbols lecture.md:118            those of the formulas on a line
  errata symbols notebook.ipynb --format json

\b
"by its use" stands where nobody says what a letter is, and only its formulas show it.
"at odds" stands where a section says two different things of one letter.
A comment says what is missing: <!-- errata: let sigma > 0 -->, see docs/author-comments.md.
What errata.toml says of the course holds here as well.
"""

LONGEST = 100
"""Characters of a statement that are shown; JSON has all of them."""


@click.command(epilog=EPILOG, short_help="Show what a page says of each of its symbols, and where.")
@click.argument("what", metavar="FILE[:LINE]")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--config", "configured", metavar="FILE", help="Settings; by default errata.toml or pyproject.toml.")
@click.option("--no-config", is_flag=True, help="No settings.")
@traceback_option
@click.pass_context
def symbols(ctx: click.Context, what: str, form: str, configured: str | None, no_config: bool) -> None:
    """Show each letter of a page: what it is, its role, law, definition or value, and the line where each is said.

    Nothing is judged. A section is named where it says something new of a letter.
    """
    from errata.checking.judgement import Unreadable
    from errata.checking.pool import File
    from errata.commands.config import in_force
    from errata.commands.settings import Settings, options_of
    from errata.commands.terminal import never_fail_to_print

    never_fail_to_print()
    place = None if Path(what).is_file() else PLACE.fullmatch(what)
    path = place["path"] if place is not None else what
    if not Path(path).is_file():
        raise click.UsageError(f"there is no file {path!r}: write FILE, or FILE:LINE such as lecture.md:118")
    options = options_of(Settings() if no_config else in_force((path,), configured))
    document = engine_of(ctx).read_document(File(path))
    if isinstance(document, Unreadable):
        raise click.UsageError(f"cannot read {path}: {document.why}; {document.remedy}")
    found = known_symbols(document, options)
    if place is not None:
        found = _on_line(document, found, int(place["line"]))
    if form == "json":
        import json

        click.echo(json.dumps({"path": path, "symbols": [_tree(document, one) for one in found]}, indent=1))
    else:
        click.echo("\n\n".join("\n".join(_lines(document, one)) for one in found) or "no symbols: no formula was read")


def known_symbols(document: Document, options: Options) -> tuple[Symbol, ...]:
    """The symbols of a document, with what judging has found of them beyond what the page's own rooms find."""
    from errata.checking.context import State
    from errata.commands.rooms import with_macros_of_course
    from errata.page.symbols import symbols_of

    state = State(with_macros_of_course(document, options), options)
    page = page_of(state)
    return symbols_of(page, _of_judging(state, page))


def kinds_at(document: Document, symbols: Sequence[Symbol], place: int) -> dict[str, str]:
    """What each symbol is at a place of the text, by its head: as a line says it, or by its use."""
    found: dict[str, str] = {}
    for symbol in symbols:
        sections = [one for one in symbol.sections if one.start <= place] or list(symbol.sections[:1])
        said = {s.kind: s for one in sections for s in reversed(one.statements)}
        used_as = next((f"{one.used_as}, by its use" for one in reversed(sections) if one.used_as), "")
        texts = {kind: f"{_text(s)} ({_where(document, s.start)})" for kind, s in said.items()}
        found[symbol.head] = texts.get("is") or used_as or texts.get("value") or texts.get("role") or ""
    return found


def page_of(state: State) -> Page:
    """What the symbols of a document are collected by."""
    from functools import partial

    from errata.checking.context import root_of, roots_of
    from errata.judging.core import first_name
    from errata.page.symbols import Page

    roots_of(state)  # which finds the functions, too
    functions = state.functions or frozenset()
    return Page(state.document, partial(root_of, state), first_name, functions, state.called)


def _of_judging(state: State, page: Page) -> Iterator[tuple[str, Statement]]:
    """The definitions that a whole document has, and the ranges by which its names are narrowed."""
    from errata.checking.constraints import narrow
    from errata.checking.context import definitions_in_force, roots_of
    from errata.page.symbols import FORMULA, Statement
    from errata.reading.relations import stated

    for name, one in definitions_in_force(state).items():
        chains = (c.chain for c in stated(page.root_of(one.formula)))
        left = next((c.items[0] for c in chains if c.items[1] == one.body), one.body)
        about, text = (page.quoted(one.formula, side.start, side.end) for side in (left, one.body))
        yield name, Statement("defined as", text, FORMULA, page.place(one.formula, left), about)
    for number, root in enumerate(roots_of(state)):
        for chain in stated(root):
            before = dict(state.bounds)
            for pair in chain.pairs():
                narrow(state, pair)
            text = page.quoted(number, chain.chain.start, chain.chain.end)
            for name in (n for n, bound in state.bounds.items() if bound != before.get(n)):
                yield name, Statement("range", text, FORMULA, page.document.formulas[number].span.start)


def _on_line(document: Document, found: Sequence[Symbol], line: int) -> tuple[Symbol, ...]:
    """Those whose letters stand in the formulas on a line."""
    there = tuple(s for s in found if any(document.place(at).line == line for at in s.places))
    if there:
        return there
    lines = {document.place(at).line for s in found for at in s.places}
    near = (
        f"the nearest is on line {min(lines, key=lambda other: abs(other - line))}" if lines else "there is none at all"
    )
    raise click.UsageError(f"no symbol at {document.path}:{line}; {near}")


def _lines(document: Document, symbol: Symbol) -> Iterator[str]:
    from errata.reporting.renderers.glyphs import visible

    also = [form for form in symbol.forms if form != symbol.written]
    more = f", also {', '.join(also[:4])}{', …' if len(also) > 4 else ''}" if also else ""
    yield visible(f"{symbol.written}{more}")
    for number, section in enumerate(symbol.sections):
        if number:
            yield visible(f"  in the section “{section.title}”, {_where(document, section.start)}:")
        if not section.statements:
            yield f"  {'':<10} nothing is said of it ({_where(document, symbol.start)})"
        if section.used_as and not any(s.kind == "is" for s in section.statements):
            yield visible(f"  {'is':<10} {section.used_as}, by its use")
        for said in section.statements:
            yield visible(f"  {said.kind:<10} {_text(said)} ({_source(document, said)})")
        for kind in section.at_odds:
            yield f"  {'at odds':<10} {_at_odds(document, section, kind)}"


def _text(said: Statement) -> str:
    sign = {"defined as": " = ", "value": " = ", "law": " ∼ ", "role": ": "}.get(said.kind, " ")
    text = f"{said.about}{sign}{said.text}" if said.about else said.text
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


def _where(document: Document, at: int) -> str:
    place = document.place(at)
    return f"cell {place.cell}, line {place.line}" if place.cell is not None else f"line {place.line}"


def _source(document: Document, said: Statement) -> str:
    by = {"words": "in words", "comment": "a comment to errata"}.get(said.by)
    of_a_case = "of a case only" if said.case else None
    return ", ".join(part for part in (_where(document, said.start), by, of_a_case) if part)


def _at_odds(document: Document, section: InSection, kind: str) -> str:
    places = dict.fromkeys(_where(document, s.start) for s in section.statements if s.kind == kind)
    several = {"is": "kinds", "defined as": "definitions", "value": "values", "law": "laws", "mean": "means"}
    return f"several {several.get(kind, f'{kind}s')} that differ: {'; '.join(places)}"


def _tree(document: Document, symbol: Symbol) -> dict[str, object]:
    return {
        "symbol": symbol.written,
        "forms": list(symbol.forms),
        **_placed(document, symbol.start),
        "sections": [
            {
                "title": section.title,
                **_placed(document, section.start),
                "used_as": section.used_as or None,
                "said": [
                    {
                        "kind": s.kind,
                        "of": s.about or None,
                        "text": s.text,
                        "by": s.by,
                        "of_a_case": s.case,
                        **_placed(document, s.start),
                    }
                    for s in section.statements
                ],
                "at_odds": list(section.at_odds),
            }
            for section in symbol.sections
        ],
    }


def _placed(document: Document, at: int) -> dict[str, object]:
    place = document.place(at)
    return {"line": place.line, "column": place.column, "cell": place.cell}

"""What an editor is told of a document: findings, what is under the cursor, repairs, the outline of its formulas."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from lsprotocol import types as lsp

from claims.records import Record
from claims.verdict import Undecided, Unread
from errata.checking.judgement import Judged
from errata.commands.settling import comment_of, line_before
from errata.integrations.language_server.judging import Opinion
from errata.reading.document import Document, Span
from errata.reporting.diagnostic import Diagnostic, condition_of, diagnostics, reason_of
from errata.reporting.edits import Edit
from errata.reporting.reasons import meaning_of
from errata.reporting.report import word_of
from errata.reporting.rules.rule import Severity
from errata.reporting.symbols import in_authors_symbols

SOURCE = "errata"
LEVEL = {
    Severity.ERROR: lsp.DiagnosticSeverity.Error,
    Severity.WARNING: lsp.DiagnosticSeverity.Warning,
    Severity.NOTE: lsp.DiagnosticSeverity.Information,
}
MOST_IN_A_NAME = 60
REASON = "the reason"
"""What a waiver says until its author says why."""


class Ruler(Record):
    """Offsets of a document as an editor counts: lines from 0, and columns in the units that it asked for."""

    document: Document
    units: Callable[[str], int]

    def position(self, offset: int) -> lsp.Position:
        """Where an offset is; in a notebook, within its cell."""
        place = self.document.place(offset)
        before = self.document.text[offset - place.column + 1 : offset]
        return lsp.Position(place.line - 1, self.units(before))

    def range(self, span: Span) -> lsp.Range:
        """From the start of a span to its end."""
        return lsp.Range(self.position(span.start), self.position(span.end))

    def offset(self, position: lsp.Position, cell: int = 0) -> int:
        """The offset at a position, in a notebook of the ``cell``-th cell that is read."""
        text = self.document.text
        start = self.document.cells[cell] if self.document.cells else 0
        for _ in range(position.line):
            start = text.find("\n", start) + 1 or len(text)
        end = text.find("\n", start)
        line = text[start : end if end >= 0 else len(text)]
        column = 0
        while column < len(line) and self.units(line[: column + 1]) <= position.character:
            column += 1
        return start + column


def findings(opinion: Opinion, ruler: Ruler) -> Iterator[tuple[Diagnostic, lsp.Diagnostic]]:
    """Every finding of a rule that may speak, as the editor shows it."""
    for d in diagnostics(opinion.examined, opinion.selection):
        if d.severity is Severity.NOTE:
            continue
        yield (
            d,
            lsp.Diagnostic(
                range=ruler.range(d.span),
                severity=LEVEL[d.severity],
                code=d.code,
                source=SOURCE,
                message=_message(d),
                data={"id": d.id},
            ),
        )


def _message(d: Diagnostic) -> str:
    parts = [d.headline, *dict.fromkeys(part for part in (d.label, d.message) if part)]
    return "\n".join([*parts, *([f"help: {d.help}"] if d.help else [])])


def hover(opinion: Opinion, ruler: Ruler, offset: int) -> lsp.Hover | None:
    """How the relation under the cursor was read, and what was found."""
    judged = relation_at(opinion, offset)
    if judged is None:
        return None
    lines = [f"**{_verdict(judged)}**", "", f"`{judged.read_as}`"]
    found = {(d.span.start, d.span.end): d for d in diagnostics(opinion.examined, opinion.selection)}
    span = judged.focus or judged.span
    d = next((d for (start, end), d in found.items() if span.start <= start and end <= span.end), None)
    if d is not None:
        lines += ["", *(f"- {key}: {value}" for key, value in d.facts if key != "read as")]
        lines += [f"- {d.help}"] if d.help else []
    else:
        lines += ["", *(f"- {fact}" for fact in _facts(judged))]
    return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, "\n".join(lines)), ruler.range(judged.span))


def _facts(judged: Judged) -> Iterator[str]:
    reason = reason_of(judged.verdict)
    if reason is not None:
        meaning = meaning_of(reason)
        yield reason + (f": {meaning}" if meaning else "")
    if (condition := condition_of(judged.verdict)) is not None:
        yield f"holds if {condition}"
    if judged.where:
        yield in_authors_symbols(f"where {'; '.join(judged.where)}")
    if judged.derived:
        yield f"step by step: `errata derive {judged.derived}`"


def _verdict(judged: Judged) -> str:
    word = word_of(judged.verdict)
    return f"not checked: a {judged.kind.value}" if word == "not-a-claim" else word


def relation_at(opinion: Opinion, offset: int) -> Judged | None:
    """The shortest relation around an offset."""
    around = [j for j in opinion.examined.judged if j.span.start <= offset <= j.span.end]
    return min(around, key=lambda j: j.span.end - j.span.start, default=None)


class Action(Record):
    """What the editor offers: a title, and an insertion or a replacement in the document."""

    title: str
    kind: str
    span: Span
    text: str
    mends: str | None = None
    """The id of the finding that it does away with."""
    preferred: bool = False


def actions(opinion: Opinion, start: int, end: int) -> Iterator[Action]:
    """Repairs of the findings in a part of the document, and waivers of their formulas."""
    document = opinion.examined.document
    for d in diagnostics(opinion.examined, opinion.selection):
        if d.severity is Severity.NOTE or d.span.end < start or end < d.span.start:
            continue
        if d.edit is not None:
            yield Action(
                f"errata: {_told(document, d.edit)}", lsp.CodeActionKind.QuickFix, d.edit.span, d.edit.text, d.id, True
            )
        formula = next((n for n, f in enumerate(document.formulas) if f.span.start <= d.span.start < f.span.end), None)
        if formula is not None:
            at = line_before(document, formula)
            comment = comment_of(document, f"skip because {REASON}") + "\n"
            yield Action(f"errata: waive {d.code} here", lsp.CodeActionKind.QuickFix, Span(at, at), comment, d.id)


def _told(document: Document, edit: Edit) -> str:
    """An edit in words: both what goes and what comes, since a sign alone says little."""
    old, new = document.text[edit.span.start : edit.span.end].strip(), edit.text.strip()
    if old and new:
        return f"write {new} for {old}"
    return f"put in {new}" if new else f"leave out {old}"


def to_settle(opinion: Opinion, start: int, end: int) -> Judged | None:
    """The relation in a part of the document that was not judged, and that a comment might settle."""
    for j in opinion.examined.judged:
        if j.span.start <= end and start <= j.span.end and isinstance(j.verdict, Undecided | Unread) and not j.waived:
            return j
    return None


def symbols(opinion: Opinion, ruler: Ruler) -> list[lsp.DocumentSymbol]:
    """The sections with their formulas, each with what was found."""
    document = opinion.examined.document
    by_formula: dict[int, list[str]] = {}
    for j in opinion.examined.judged:
        by_formula.setdefault(j.formula, []).append(_verdict(j))
    top: list[lsp.DocumentSymbol] = []
    open_: list[tuple[int, lsp.DocumentSymbol]] = []
    headings = sorted(document.headings, key=lambda h: h.span.start)
    entries: list[tuple[int, int, lsp.DocumentSymbol]] = [
        (h.span.start, h.level, _symbol(ruler, h.title or "section", lsp.SymbolKind.Namespace, h.span, None))
        for h in headings
    ]
    for n, formula in enumerate(document.formulas):
        name = " ".join(formula.latex.split())
        name = name if len(name) <= MOST_IN_A_NAME else f"{name[: MOST_IN_A_NAME - 1]}…"
        said = ", ".join(dict.fromkeys(by_formula.get(n, [])))
        entries.append(
            (formula.span.start, 99, _symbol(ruler, name or "formula", lsp.SymbolKind.Operator, formula.span, said))
        )
    for _, level, symbol in sorted(entries, key=lambda e: (e[0], e[1])):
        while open_ and open_[-1][0] >= level:
            open_.pop()
        siblings = _children(open_[-1][1]) if open_ else top
        siblings.append(symbol)
        for _, above in open_:
            above.range = lsp.Range(above.range.start, max(above.range.end, symbol.range.end, key=_key))
        if level < 99:
            open_.append((level, symbol))
    return top


def _key(position: lsp.Position) -> tuple[int, int]:
    return position.line, position.character


def _children(symbol: lsp.DocumentSymbol) -> list[lsp.DocumentSymbol]:
    children = list(symbol.children or ())
    symbol.children = children
    return children


def _symbol(ruler: Ruler, name: str, kind: lsp.SymbolKind, span: Span, detail: str | None) -> lsp.DocumentSymbol:
    where = ruler.range(span)
    return lsp.DocumentSymbol(name, kind, where, where, detail=detail, children=[])


def settled_actions(document: Document, judged: Judged, comments: Sequence[str]) -> Iterator[Action]:
    """Comments that were tried and settle a relation, each as an insertion before its formula."""
    at = line_before(document, judged.formula)
    for comment in comments:
        yield Action(f"errata: say {comment}", lsp.CodeActionKind.QuickFix, Span(at, at), f"{comment}\n")

"""Comments that would settle a relation that was not judged: each is tried before it is recommended.

A comment is put into the document where its author would put it, and the relation is judged again. First only its own
section is judged, which is quick; what settles the relation there is then tried in the whole document.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING

from claims.evidence import Counterexample
from claims.records import Record, replace
from claims.verdict import IllFormed, Proved, Refuted, Supported, Undecided, Unread
from errata.checking.judgement import Examined, Judged
from errata.reading.document import Document, Formula, Span

if TYPE_CHECKING:
    from errata.commands.engine import Crew

MISUNDERSTOOD = "W501"
MOST_NAMES = 4
MOST_FORMULAS = 40
"""Formulas before a relation that are judged again with each comment."""
MOST_CONFIRMED = 3
WHOLE = frozenset("ijklmnrdtDKMNT")
"""Letters that mostly count something."""


class Settled(Record):
    """A comment, and what is said of the relation with it."""

    statement: str
    judged: Judged
    template: str | None = None
    """Where a value was put in to try it: the comment with the value left open."""


def settling(crew: Crew, document: Document, judged: Judged, nth: int, jobs: int) -> tuple[Settled, ...]:
    """The comments that settle a relation, the ``nth`` of its formula: the least that has to be said, at most one with
    ranges, and one with values."""
    if not isinstance(judged.verdict, Undecided | Unread) or judged.waived:
        return ()
    names = names_of(document, judged)
    near, moved = _section(document, judged.formula)
    ranges = [(s, None) for s in ranges_of(names)]
    values = list(values_of(names, judged))
    tried = [*ranges, *values]
    pages = [with_comment(near, moved, statement) for statement, _ in tried]
    outcomes = _judged(crew, pages, moved, nth, jobs)
    found: list[Settled] = []
    for group in (range(len(ranges)), range(len(ranges), len(tried))):
        likely = [(tried[i], o) for i in group if (o := outcomes.get(i)) is not None and _is_settled(o)]
        for (statement, template), _ in likely[:MOST_CONFIRMED]:
            whole = replace(document, formulas=document.formulas[: judged.formula + 1])
            again = _judged(crew, [with_comment(whole, judged.formula, statement)], judged.formula, nth, 1).get(0)
            if again is not None and _is_settled(again):
                found.append(Settled(statement, again, template))
                break
    return tuple(found)


def names_of(document: Document, judged: Judged) -> tuple[str, ...]:
    """The names in a relation, in LaTeX and in order of their place."""
    from errata.reading.names import is_name
    from errata.reading.parser import parse
    from errata.reading.tree import Node, children
    from errata.reading.unparse import to_latex

    def named(node: Node) -> Iterator[str]:
        if is_name(node):
            yield to_latex(node)
            return
        for child in children(node):
            yield from named(child)

    root = parse(f"{judged.left} {judged.relation} {judged.right}", document.macros)
    return tuple(n for n in dict.fromkeys(named(root)) if n not in (r"\pi", "e"))[:MOST_NAMES]


def ranges_of(names: Sequence[str]) -> Iterator[str]:
    """What may be said of the ranges of some names, the least first."""
    said: dict[str, None] = {}
    if not names:
        return
    for bound in ("> 0", ">= 1"):
        said[_let((n, bound) for n in names)] = None
    said[_let((n, ">= 1" if n in WHOLE else "> 0") for n in names)] = None
    for bound in ("> 0", ">= 1", "in [0, 1]", "in N"):
        for name in names:
            said[_let([(name, bound)])] = None
    for bound in ("in [0, 1]", "in N"):
        said[_let((n, bound) for n in names)] = None
    yield from sorted(said, key=lambda s: s.count(";"))


def _let(bounds: Sequence[tuple[str, str]] | Iterator[tuple[str, str]]) -> str:
    return "; ".join(f"let {name} {bound}" for name, bound in bounds)


def values_of(names: Sequence[str], judged: Judged) -> Iterator[tuple[str, str]]:
    """Values for the names, of which any will do for a trial, and the same with the values left open."""
    tried = judged.verdict.tried if isinstance(judged.verdict, Undecided) else ()
    points = [dict(e.witness) for e in tried if isinstance(e, Counterexample)]
    for some in ([n] for n in names):
        yield _valued(some, points), _valued(some, None)
    if len(names) > 1:
        yield _valued(names, points), _valued(names, None)


def _valued(names: Sequence[str], points: Sequence[dict[str, str]] | None) -> str:
    if points is None:
        return "let " + ", ".join(f"{n} = …" for n in names)
    point = points[0] if points else {}
    return "let " + ", ".join(f"{n} = {point.get(n, str(2 + i))}" for i, n in enumerate(names))


def _section(document: Document, index: int) -> tuple[Document, int]:
    """The document with no formulas but those of the section up to one, and the number of that one there."""
    at = document.formulas[index].span.start
    begins = max((h.span.start for h in document.headings if h.span.start <= at), default=0)
    first = next(i for i, f in enumerate(document.formulas) if f.span.start >= begins)
    first = max(first, index + 1 - MOST_FORMULAS)
    return replace(document, formulas=document.formulas[first : index + 1]), index - first


def comment_of(document: Document, statement: str) -> str:
    """A statement as a comment of its kind of document."""
    opening, closing = _around(document)
    return f"{opening} errata: {statement}{closing}"


def _around(document: Document) -> tuple[str, str]:
    """What stands before and after the inside of a comment in a document of this kind."""
    match PurePath(document.path).suffix.lower():
        case ".tex" | ".ltx" | ".rnw" | ".snw":
            return "%", ""
        case ".rst":
            return "..", "\n"  # a blank line ends it
        case ".org":
            return "#", ""
        case ".py":
            return "# <!--", " -->"
        case _:
            return "<!--", " -->"


def line_before(document: Document, index: int) -> int:
    """Where a comment on a formula goes: the start of the line on which the formula's delimiter stands."""
    formula = document.formulas[index]
    opens = document.text.rfind(formula.delimiter, 0, formula.span.start) if formula.delimiter else -1
    near = opens if 0 <= formula.span.start - opens - len(formula.delimiter) < 40 and opens >= 0 else formula.span.start
    start = document.text.rfind("\n", 0, near) + 1
    cell = max((c for c in document.cells if c <= formula.span.start), default=0)
    return max(start, cell)


def with_comment(document: Document, index: int, statement: str) -> Document:
    """The document with a comment put on a line of its own before a formula; all places move along."""
    at, line = line_before(document, index), comment_of(document, statement) + "\n"
    by = len(line)
    opens, closes = (len(part.strip()) for part in _around(document))

    def moved(span: Span) -> Span:
        return Span(span.start + by if span.start >= at else span.start, span.end + by if span.end > at else span.end)

    def formula(old: Formula) -> Formula:
        if old.span.end <= at:
            return old
        origins = None if old.origins is None else tuple(o + by if o >= at else o for o in old.origins)
        return replace(old, span=moved(old.span), origins=origins)

    comment = Span(at + opens, at + by - 1 - closes)
    return replace(
        document,
        text=document.text[:at] + line + document.text[at:],
        formulas=tuple(map(formula, document.formulas)),
        damages=tuple(replace(d, span=moved(d.span)) for d in document.damages),
        headings=tuple(replace(h, span=moved(h.span)) for h in document.headings),
        tables=(),
        comments=tuple(sorted((comment, *map(moved, document.comments)), key=lambda s: s.start)),
        cells=tuple(c + by if c > at else c for c in document.cells),
    )


def _judged(crew: Crew, pages: Sequence[Document], index: int, nth: int, jobs: int) -> dict[int, Judged]:
    """What is said of the ``nth`` relation of a formula in each of some documents."""
    out: dict[int, Judged] = {}
    for n, result in crew.examined(pages, jobs, lambda i, event: None):
        if not isinstance(result, Examined) or any(r.rule == MISUNDERSTOOD for r in result.remarks):
            continue
        found = relations_of(result, index)
        if len(found) > nth:
            out[n] = found[nth]
    return out


def relations_of(examined: Examined, index: int) -> list[Judged]:
    """The relations of a formula, in order."""
    return [j for j in examined.judged if j.formula == index]


def _is_settled(judged: Judged) -> bool:
    return isinstance(judged.verdict, Proved | Supported | Refuted | IllFormed)

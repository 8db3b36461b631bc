"""reStructuredText to a document: the role ``:math:``, the directive ``.. math::``, titles and comments."""

from __future__ import annotations

import re
from collections.abc import Iterator

from errata.reading.definitions import definitions, macros_of, without_definitions
from errata.reading.document import Document, Formula, Heading, Span
from errata.reading.pairing import blanked

_ROLE = re.compile(r":math:`((?:[^`\n]|\n(?![ \t]*\n))+?)`|`((?:[^`\n]|\n(?![ \t]*\n))+?)`:math:")
_LITERAL = re.compile(r"``(?:[^`\n]|`(?!`)|\n(?![ \t]*\n))+``")
_DIRECTIVE = re.compile(r"^([ \t]*)\.\.[ \t]+([\w:-]+)::[ \t]*([^\n]*)$", re.MULTILINE)
_COMMENT = re.compile(r"^([ \t]*)\.\.[ \t]+(?![\w:-]+::|\[|_|\|)([^\n]*)$", re.MULTILINE)
_COLONS = re.compile(r"^([ \t]*)(?!\.\.[ \t])[^\n]*::[ \t]*$", re.MULTILINE)
_OPTION = re.compile(r"[ \t]*:[\w-]+:[^\n]*(?:\n|\Z)")
_TITLE = re.compile(r"^(\S[^\n]*)\n(([^\w\s])\3+)[ \t]*$", re.MULTILINE)
_GAP = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_VERBATIM = frozenset(
    "code code-block sourcecode literalinclude raw parsed-literal highlight doctest testcode testoutput ipython plot"
    " graphviz digraph csv-table mermaid jupyter-execute prompt".split()
)


def read_restructured(text: str, path: str) -> Document:
    """The document that a page in reStructuredText is."""
    hidden, comments = _hidden(text)
    running = blanked(text, hidden)
    displays = [(start, end, body) for start, end, body in _directives(running)]
    inline = blanked(running, [*((s, e) for s, e, _ in displays), *(m.span() for m in _LITERAL.finditer(running))])
    formulas = [f for _, _, bodies in displays for f in bodies]
    for role in _ROLE.finditer(inline):
        group = 1 if role.group(1) else 2
        formulas += _formula(text, role.start(group), role.end(group), False, ":math:")
    found = definitions(running) if "\\" in running else []
    kept = (without_definitions(f, found) for f in formulas)
    return Document(
        path=path,
        text=text,
        formulas=tuple(sorted((f for f in kept if f is not None), key=lambda f: f.span.start)),
        headings=tuple(_headings(inline)),
        macros=macros_of(found),
        comments=tuple(comments),
    )


def _formula(text: str, start: int, end: int, display: bool, delimiter: str) -> list[Formula]:
    latex = text[start:end].strip()
    if not latex:
        return []
    lead = start + len(text[start:end]) - len(text[start:end].lstrip())
    return [Formula(latex, Span(lead, lead + len(latex)), display, delimiter)]


def _block(text: str, start: int, indent: int) -> int:
    """Where the lines end that are indented by more than ``indent``, blank lines between them included."""
    end = cursor = start
    while cursor < len(text):
        stop = text.find("\n", cursor)
        stop = len(text) if stop < 0 else stop
        line = text[cursor:stop]
        if line.strip():
            if len(line) - len(line.lstrip()) <= indent:
                break
            end = stop
        cursor = stop + 1
    return end


def _hidden(text: str) -> tuple[list[tuple[int, int]], list[Span]]:
    """Code and comments, which hold no formulas, and the inside of each comment."""
    hidden: list[tuple[int, int]] = []
    comments: list[Span] = []
    for mark in _DIRECTIVE.finditer(text):
        if mark.group(2) in _VERBATIM:
            hidden.append((mark.start(), _block(text, mark.end() + 1, len(mark.group(1)))))
    for mark in _COLONS.finditer(text):
        hidden.append((mark.end(), _block(text, mark.end() + 1, len(mark.group(1)))))
    for mark in _COMMENT.finditer(text):
        end = max(mark.end(), _block(text, mark.end() + 1, len(mark.group(1))))
        if not any(start <= mark.start() < stop for start, stop in hidden):
            comments.append(Span(mark.start(2), end))
        hidden.append((mark.start(), end))
    return hidden, comments


def _directives(text: str) -> Iterator[tuple[int, int, list[Formula]]]:
    """Each ``.. math::`` with its formulas: its argument and its block; a blank line begins another formula."""
    for mark in _DIRECTIVE.finditer(text):
        if mark.group(2) != "math":
            continue
        end = max(mark.end(), _block(text, mark.end() + 1, len(mark.group(1))))
        formulas = _formula(text, mark.start(3), mark.end(3), True, ".. math::")
        start = min(mark.end() + 1, end)
        while option := _OPTION.match(text, start, end):
            start = option.end()
        body = text[start:end]
        if "\\begin" in body:
            formulas += _formula(text, start, end, True, ".. math::")
        else:
            for gap in _GAP.finditer(text, start, end):
                formulas += _formula(text, start, gap.start(), True, ".. math::")
                start = gap.end()
            formulas += _formula(text, start, end, True, ".. math::")
        yield mark.start(), end, formulas


def _headings(text: str) -> Iterator[Heading]:
    """Titles with their underlines; the first kind of line that underlines one is the highest level."""
    levels: dict[str, int] = {}
    for mark in _TITLE.finditer(text):
        title = mark.group(1).strip()
        if len(mark.group(2)) >= len(title) and title[0] != mark.group(3):
            level = levels.setdefault(mark.group(3), len(levels) + 1)
            yield Heading(title, level, Span(mark.start(), mark.end()))

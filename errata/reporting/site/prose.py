"""The text of a page between its formulas: paragraphs, headings, lists and code, with everything else as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from html import escape

from errata.reading.document import Document

CLOSES = {"$": "$", "$$": "$$", "\\(": "\\)", "\\[": "\\]"}
BEGIN, END = "\\begin{document}", "\\end{document}\n"
_HOLE = re.compile("\ue000(\\d+)\ue001")
_FENCE = re.compile(r"^\s*(```|~~~)")
_ITEM = re.compile(r"^\s*(?:[-*+]|\d+[.)]|\\item)\s+")
_HEADING = re.compile(
    r"^\s*(?:(?P<marks>#{1,6})\s+(?P<title>.*?)\s*#*|\\(?P<level>part|chapter|section|subsection|subsubsection|paragraph)"
    r"\*?\{(?P<name>.*)\}\s*)$"
)
_LEVEL = {"part": 1, "chapter": 1, "section": 2, "subsection": 3, "subsubsection": 4, "paragraph": 5}
_INLINE = (
    (re.compile(r"`([^`\n]+)`"), r"<code>\1</code>"),
    (re.compile(r"\*\*([^*\n]+)\*\*"), r"<strong>\1</strong>"),
    (re.compile(r"(?<![*\w])\*([^*\n]+)\*(?![*\w])"), r"<em>\1</em>"),
    (re.compile(r"\\(?:emph|textit)\{([^{}]*)\}"), r"<em>\1</em>"),
    (re.compile(r"\\textbf\{([^{}]*)\}"), r"<strong>\1</strong>"),
)


def body_html(document: Document, formulas: Mapping[int, str], after: Mapping[int, str]) -> str:
    """The whole text; ``formulas`` are the elements in place of the formulas, and ``after`` what comes below the
    paragraph in which a formula stands.
    """
    parts = []
    displays = {n for n, formula in enumerate(document.formulas) if formula.display}
    for block in _blocks(list(_lines(document)), displays):
        html = _block(block)
        numbers = [int(n) for n in _HOLE.findall(html)]
        parts.append(_HOLE.sub(lambda m: formulas[int(m[1])], html))
        parts += [after[n] for n in numbers if n in after]
    return "\n".join(parts)


def _lines(document: Document) -> Iterator[str]:
    text = document.text.replace("\ue000", "\ufffd").replace("\ue001", "\ufffd")  # they mark the holes
    pieces, cursor = [], 0
    for n, formula in enumerate(document.formulas):
        start, end = formula.span.start, formula.span.end
        opens, closes = formula.delimiter, CLOSES.get(formula.delimiter, "")
        before = text[cursor:start].rstrip() if opens else text[cursor:start]
        if opens and before.endswith(opens):
            pieces.append(before[: -len(opens)])
            rest = text[end : end + 40].lstrip()
            skipped = len(text[end : end + 40]) - len(rest)
            end += skipped + len(closes) if closes and rest.startswith(closes) else 0
        else:
            pieces.append(text[cursor:start])
        pieces.append(f"\ue000{n}\ue001")
        cursor = max(cursor, end)
    pieces.append(text[cursor:])
    whole = "".join(pieces)
    begins = whole.find(BEGIN)
    yield from (whole if begins < 0 else whole[begins + len(BEGIN) :].removesuffix(END)).split("\n")


def _blocks(lines: list[str], displays: Set[int]) -> Iterator[list[str]]:
    """The lines between blank ones; a heading, a display and a fence of code are each one block."""
    block: list[str] = []
    fence: str | None = None
    for line in lines:
        mark = _FENCE.match(line)
        if fence is not None:
            block.append(line)
            if mark and mark[1] == fence:
                yield block
                block, fence = [], None
        elif mark:
            if block:
                yield block
            block, fence = [line], mark[1]
        elif not line.strip() or _HEADING.match(line) or _is_display(line, displays):
            if block:
                yield block
            block = []
            if line.strip():
                yield [line]
        else:
            block.append(line)
    if block:
        yield block


def _is_display(line: str, displays: Set[int]) -> bool:
    return not line.lstrip().startswith("|") and any(int(n) in displays for n in _HOLE.findall(line))


def _block(block: list[str]) -> str:
    first = block[0]
    heading = _HEADING.match(first)
    if heading and len(block) == 1:
        level = len(heading["marks"]) if heading["marks"] else _LEVEL[heading["level"]]
        level = min(level + 1, 6)
        return f"<h{level}>{_inline(heading['title'] or heading['name'] or '')}</h{level}>"
    text = "\n".join(line for line in block)
    if _FENCE.match(first):
        return f"<pre>{escape(text)}</pre>"
    if _ITEM.match(first):
        return f"<ul>{''.join(f'<li>{_inline(item)}</li>' for item in _items(block))}</ul>"
    if all(line.lstrip().startswith("|") for line in block):
        return f'<pre class="table">{escape(text)}</pre>'
    if _is_hidden(text):
        return f'<p class="comment">{escape(text)}</p>'
    return f"<p>{_inline(text)}</p>"


def _items(block: list[str]) -> list[str]:
    items: list[str] = []
    for line in block:
        if _ITEM.match(line) or not items:
            items.append(_ITEM.sub("", line))
        else:
            items[-1] += f"\n{line.strip()}"
    return items


def _is_hidden(text: str) -> bool:
    return text.lstrip().startswith(("<!--", "%"))


def _inline(text: str) -> str:
    html = escape(text, quote=False)
    for pattern, by in _INLINE:
        html = pattern.sub(by, html)
    return html

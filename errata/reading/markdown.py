"""Markdown to a document: plain, Jekyll, Quarto, R Markdown, MyST, pandoc, GitHub and Obsidian."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from claims.records import replace
from errata.reading.blocks import Layout, MathFence, layout
from errata.reading.damage import damages_of_displays, damages_of_formulas, damages_of_prose
from errata.reading.definitions import Definition, definitions, macros_of, without_definitions
from errata.reading.document import Damage, Document, Formula, Span
from errata.reading.lines import Line
from errata.reading.macro_yaml import macros_of_yaml
from errata.reading.pairing import Finder
from errata.reading.scanner import DISPLAYS, INNER, Block, Scanner
from errata.reading.tables import pipe_tables, tab_tables, unescaped

_LIQUID = re.compile(r"\{%-?[ \t]*+([a-z]++)([^%\n]{0,80})%\}")
_ROLE = re.compile(r"\{math\}(`+)")
_DESTINATION = re.compile(r"\]\((?:[^()\s]++|\([^()\s]*+\))*+")
_URL = re.compile(r"https?://[^\s<>()\[\]\"`]*+")
_TAG = re.compile(
    r"""</?+[A-Za-z][\w-]*+"""
    r"""(?:[ \t\n]++[A-Za-z_:@][\w:.-]*+(?:[ \t]*+=[ \t]*+(?:"[^"]*+"|'[^']*+'|[^\s"'=<>`]++))?+)*+"""
    r"""[ \t\n]*+/?>|<[a-z][a-z+.-]{1,31}:[^\s<>]*+>"""
)
_RAW_TAG = re.compile(r"<(script|style|pre|code|textarea|svg)\b", re.IGNORECASE)


def read_markdown(text: str, path: str) -> Document:
    """The document that a Markdown page is. Raises ReadingError on more formulas than a page can hold."""
    page = layout(text)
    scanner = MarkdownScanner(text, path)
    for fence in page.fences:
        scanner.take_fence(fence)
    scanner.scan(page.blocks)
    found = definitions(text) if "\\" in text else []
    found = [d for d in found if not _is_dead(d, page)]
    displays, covered = damages_of_displays(text, page.lines, scanner.taken)
    formulas = _formulas(scanner.formulas, found, covered)
    unread = [*scanner.taken, *scanner.lost, *covered, *((d.span.start, d.span.end) for d in found)]
    damages = [*scanner.damages, *displays, *damages_of_formulas(formulas)]
    in_prose = list(damages_of_prose(text, page.blocks, unread))
    if covered or in_prose:
        in_prose, mended = _mended(text, page, covered, in_prose, unread)
        formulas = tuple(sorted([*formulas, *mended], key=lambda f: f.span.start))
    damages += in_prose
    piped = pipe_tables(text, page.lines, scanner.taken)
    return Document(
        path=path,
        text=text,
        formulas=unescaped(formulas, piped),
        damages=tuple(sorted(damages, key=lambda d: (d.span.start, d.span.end))),
        headings=tuple(page.headings),
        tables=(*piped, *tab_tables(text, page.lines)),
        macros={**macros_of_yaml(text[: page.front]), **macros_of(found)},
        comments=tuple(sorted([*page.comments, *scanner.comments], key=lambda s: s.start)),
    )


_ESCAPED = re.compile(r"(?<!\\)\\(_(?=\{|[A-Za-z0-9](?![A-Za-z]))|\*|'(?=['\\]))")
"""What Markdown would take for emphasis or a quotation mark; an underscore within a word is part of the word."""
_ESCAPED_INDEX = re.compile(r"(?<=[\w}])\\(_(?=[ ]?(?:\{|[A-Za-z0-9](?![A-Za-z]))))")
"""The same in an environment that stands in the text without other signs around it: w^{2}\\_{j}."""


_MYST = re.compile(
    r"^(?:`{3,}|:{3,})\{[a-z][\w:-]*\}|\{(?:math|ref|eq|numref|doc|cite(?::\w+)?)\}`|^(?:jupytext|kernelspec|myst):",
    re.MULTILINE,
)
"""Directives, roles and settings of MyST, in which a line that begins with a percent sign is a comment."""
_COMMENTED = re.compile(r"<!--(?:[^-]++|-(?!->))*+-->")


class MarkdownScanner(Scanner):
    """Formulas in running text of Markdown; code, comments, links and raw HTML are stepped over."""

    special = re.compile(r"\\begin\b|\\\\[(\[]|\\[\s\S]|\$+|`+|<|\{%|\{math\}`|\]\(|https?://|(?m:^%[^\n]*+)")

    def __init__(self, text: str, path: str) -> None:
        super().__init__(text, path, DISPLAYS | INNER)
        self.comments: list[Span] = []
        self._ticks = _backticks(text)
        self._is_myst = _MYST.search(text) is not None
        self._closers: dict[str, Finder] = {}

    def take(self, start: int, end: int, display: bool, delimiter: str, block: Block, after: int, before: int) -> int:
        """Keeps a formula; what Markdown wants escaped, x\\_i and x\\*, is without its backslash."""
        count = len(self.formulas)
        place = super().take(start, end, display, delimiter, block, after, before)
        if len(self.formulas) > count and (not display or delimiter in DISPLAYS):
            last = self.formulas[-1]
            escaped = _ESCAPED_INDEX if display else _ESCAPED
            self.formulas[-1] = replace(last, latex=escaped.sub(r" \1", last.latex))
        if len(self.formulas) > count and "<!--" in self.formulas[-1].latex:
            last = self.formulas[-1]
            self.formulas[-1] = replace(last, latex=_COMMENTED.sub(lambda m: " " * len(m.group()), last.latex))
        return place

    def take_fence(self, fence: MathFence) -> None:
        """Keeps the formula in a fence."""
        block = Block(fence.start, fence.end, fence.end, fence.quote)
        self.take(fence.start, fence.end, True, fence.name, block, *reversed(fence.outer))

    def step(self, mark: re.Match[str], block: Block) -> int:
        """Deals with one special place; returns where to go on."""
        start, sign = mark.start(), mark.group()
        match sign[0]:
            case "`":
                return self._code(start, len(sign), block)
            case "<":
                return self._markup(start)
            case "%":
                if not self._is_myst:
                    return start + 1
                self.comments.append(Span(start + 1, mark.end()))
                return self._skip(start, mark.end())
            case "{":
                return self._role(start, block) if sign[1] == "m" else self._liquid(start, block)
            case "]" | "h":
                found = (_DESTINATION if sign[0] == "]" else _URL).match(self.text, start, block.end)
                return self._skip(start, found.end() if found else mark.end())
            case "$" if len(sign) == 1 and self.text.startswith("`", mark.end()):
                return self._ticked(start, block)
            case "\\" if len(sign) == 3:
                return self.doubled(mark, block)
        return super().step(mark, block)

    def bracketed(self, mark: re.Match[str], end: int | None, block: Block, bound: int, width: int) -> int:
        """Keeps a bracketed formula, but not the escaped brackets that Markdown writes as ``\\[`` and ``\\(``."""
        if end is None or not _is_mathematics(self.text[mark.end() : end], mark.group()[-1]):
            return mark.end()
        return super().bracketed(mark, end, block, bound, width)

    def _skip(self, start: int, end: int) -> int:
        self.taken.append((start, end))
        return end

    def _closing_ticks(self, start: int, length: int, bound: int) -> int | None:
        places = self._ticks.get(length)
        if places is None:
            return None
        index = bisect_left(places, start)
        return places[index] if index < len(places) and places[index] < bound else None

    def _code(self, start: int, length: int, block: Block) -> int:
        end = self._closing_ticks(start + length, length, block.end)
        return start + length if end is None else self._skip(start, end + length)

    def _ticked(self, start: int, block: Block) -> int:
        """GitHub's way to keep Markdown off a formula: a dollar sign and a backtick."""
        end = self._closing_ticks(start + 2, 1, block.end)
        if end is None or not self.text.startswith("$", end + 1):
            return start + 1
        return self.take(start + 2, end, False, "$`", block, end + 2, start)

    def _role(self, start: int, block: Block) -> int:
        role = _ROLE.match(self.text, start)
        end = role and self._closing_ticks(role.end(), len(role.group(1)), block.end)
        if not role or end is None:
            return start + 6
        return self.take(role.end(), end, False, "{math}`", block, end + len(role.group(1)), start)

    def _liquid(self, start: int, block: Block) -> int:
        tag = _LIQUID.match(self.text, start)
        if tag is None or tag.group(1) not in ("math", "katex", "comment", "highlight"):
            return start + 2
        end = self._closer(rf"\{{%-?[ \t]*end{tag.group(1)}[ \t]*-?%\}}", tag.end())
        if end is None:
            return tag.end()
        if tag.group(1) in ("comment", "highlight"):
            return self._skip(start, end.end())
        before = self.text[max(0, start - 100) : start]
        alone = not before[before.rfind("\n") + 1 :].strip(" \t>")
        display = "display" in tag.group(2) or (tag.group(1) == "math" and alone)
        return self.take(tag.end(), end.start(), display, f"{{% {tag.group(1)} %}}", block, end.end(), start)

    def _markup(self, start: int) -> int:
        if self.text.startswith("<!--", start):
            end = self._closer("-->", start + 4)
            if end is None:
                return start + 4
            self.comments.append(Span(start + 4, end.start()))
            return self._skip(start, end.end())
        raw = _RAW_TAG.match(self.text, start)
        end = self._closer(f"</{raw.group(1).lower()}>", raw.end()) if raw else None
        if end is not None:
            return self._skip(start, end.end())
        tag = _TAG.match(self.text, start)
        return start + 1 if tag is None else self._skip(start, tag.end())

    def _closer(self, pattern: str, start: int) -> re.Match[str] | None:
        if pattern not in self._closers:
            self._closers[pattern] = Finder(self.text, pattern)
        return self._closers[pattern].next(start)


def _backticks(text: str) -> dict[int, array[int]]:
    places: dict[int, array[int]] = {}
    for run in re.finditer("`+", text):
        places.setdefault(len(run.group()), array("q")).append(run.start())
    return places


_TEX_MARK = re.compile(r"\\[A-Za-z]|[\^_=<>]")
_WEAK_MARK = re.compile(r"[+*/|()]")
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]{2}")


def _is_mathematics(content: str, bracket: str) -> bool:
    """Whether brackets that may be Markdown's own escapes hold a formula: markup of TeX, or letters but no word.

    Between square brackets letters alone aren't enough: ``\\[A\\]`` is how a citation is escaped.
    """
    inner = content.strip()
    if inner.startswith(("**", "[", "http")):
        return False
    if _TEX_MARK.search(inner):
        return True
    letters = bool(_LETTER.search(inner)) and not _WORD.search(inner)
    return letters and (bracket == "(" or _WEAK_MARK.search(inner) is not None)


def _mended(
    text: str,
    page: Layout,
    covered: Sequence[tuple[int, int]],
    in_prose: list[Damage],
    unread: Sequence[tuple[int, int]],
) -> tuple[list[Damage], list[Formula]]:
    """All that is broken in the prose of a page, and the formulas that are read as repaired."""
    from errata.reading.mended import mended_displays, mended_groups, plain_groups

    if covered:
        spans = [(d.span.start, d.span.end) for d in in_prose]
        in_prose = [*in_prose, *plain_groups(text, page.blocks, [*unread, *spans])]
    displays = mended_displays(text, covered, _depths(page.lines, covered))
    return in_prose, [*displays, *mended_groups(text, in_prose)]


def _depths(lines: Sequence[Line], covered: Sequence[tuple[int, int]]) -> list[int]:
    """How many quotation marks stand before each damaged display."""
    depth = {line.start: line.depth for line in lines}
    starts = sorted(depth)
    return [depth[starts[bisect_right(starts, start) - 1]] for start, _ in covered]


def _is_dead(definition: Definition, page: Layout) -> bool:
    """Whether a definition stands where nothing is read: in code, in front matter."""
    start = definition.span.start
    index = bisect_left(page.blocks, start + 1, key=lambda b: b.start) - 1
    if index >= 0 and start < page.blocks[index].paragraph_end:
        return False
    return not any(fence.start <= start < fence.end for fence in page.fences)


def _formulas(
    found: Sequence[Formula], defined: Sequence[Definition], covered: Sequence[tuple[int, int]]
) -> tuple[Formula, ...]:
    """The formulas by place, without the macro definitions in them, and without those inside a broken display."""
    whole = (without_definitions(f, defined) for f in found)
    kept = [f for f in whole if f is not None and not any(a <= f.span.start < b for a, b in covered)]
    return tuple(sorted(kept, key=lambda f: f.span.start))

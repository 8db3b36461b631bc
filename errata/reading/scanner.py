"""Formulas between TeX delimiters: ``$``, ``$$``, ``\\(``, ``\\[`` and environments, in one pass over the text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from claims.records import Record
from errata.reading.document import Damage, Formula, Span
from errata.reading.dollars import is_formula, is_plausible, is_prose, is_tight, opens_formula
from errata.reading.pairing import environments, spaces
from errata.reading.plain_text import ReadingError

MAX_FORMULAS = 200_000
MAX_UNCLOSED = 10_000

DISPLAYS = frozenset(
    name + star
    for name in (
        "equation align gather multline split eqnarray alignat flalign displaymath dmath math IEEEeqnarray".split()
    )
    for star in ("", "*")
)
"""Environments that make a display of their own, outside any delimiter."""
INNER = frozenset("aligned gathered alignedat cases array matrix pmatrix bmatrix vmatrix Vmatrix Bmatrix".split())
"""Environments that stand inside a display in LaTeX; MathJax also takes them bare."""

_NEXT_DOLLAR = re.compile(r"(?:[^\\$]++|\\[\s\S])*+(\$+)")
_OPEN_TEXT = re.compile(r"\\(?:text[a-z]*|mbox|hbox)\s*\{[^{}]*\Z")
_BEGIN = re.compile(r"\\begin[ \t]*\{([A-Za-z]+\*?)\}")
_SINGLE = {"(": re.compile(r"\\([()])|\\[\s\S]"), "[": re.compile(r"\\([\[\]])|\\[\s\S]")}
_DOUBLE = {"(": re.compile(r"\\\\\\\\|\\\\([()])"), "[": re.compile(r"\\\\\\\\|\\\\([\[\]])")}
_QUOTE_PREFIX = re.compile(r"[ \t]*+(?:>[ \t]?)")
_TEX = re.compile(r"\\[A-Za-z]|[\^_]")


class Block(Record):
    """A stretch of running text: inline formulas end in it, displays end in the paragraph it belongs to."""

    start: int
    end: int
    paragraph_end: int
    quote: int = 0
    """How many ``>`` start each line."""


class Scanner:
    """Collects the formulas of a text, and the delimiters that nothing closes."""

    special = re.compile(r"\\begin\b|\\[\s\S]|\$+")

    def __init__(
        self, text: str, path: str, names: frozenset[str] = DISPLAYS, dollars: bool = True, strict: bool = False
    ) -> None:
        """``strict``: every dollar sign is mathematics, as in LaTeX. Without ``dollars``, a single one never is."""
        self.text = text
        self.path = path
        self.names = names
        self.dollars = dollars
        self.strict = strict
        self.formulas: list[Formula] = []
        self.damages: list[Damage] = []
        self.taken: list[tuple[int, int]] = []
        """All that isn't running text: formulas with their delimiters, and what a subclass skips."""
        self.lost: list[tuple[int, int]] = []
        """Where a formula begins that nothing closes, to the end of its line or for 500 characters."""
        self._environments = environments(text)

    def scan(self, blocks: Iterable[Block]) -> None:
        """Reads the blocks, in order of their place.

        Raises ReadingError on more than MAX_FORMULAS formulas or MAX_UNCLOSED delimiters without a partner.
        """
        cursor = 0
        for block in blocks:
            cursor = max(cursor, block.start)
            while cursor < block.end:
                mark = self.special.search(self.text, cursor, block.end)
                if mark is None:
                    break
                cursor = self.step(mark, block)

    def step(self, mark: re.Match[str], block: Block) -> int:
        """Deals with one special place; returns where to go on."""
        if mark.group()[0] == "$":
            return self._dollar(mark, block)
        if mark.group() == "\\begin":
            return self._environment(mark, block)
        if mark.group()[1] in "([":
            return self._bracket(mark, block)
        return mark.end()

    def take(self, start: int, end: int, display: bool, delimiter: str, block: Block, after: int, before: int) -> int:
        """Keeps ``text[start:end]`` as a formula without the white space around it; returns ``after``."""
        self.taken.append((before, after))
        whole = unquoted(self.text[start:end], block.quote)
        latex = whole.strip()
        if not latex:
            return after
        lead = len(whole) - len(whole.lstrip())
        if (len(latex) - len(latex.rstrip("\\"))) % 2:  # a control space at the very end keeps its space
            latex = whole[lead : lead + len(latex) + 1]
        span = Span(start + lead, start + lead + len(latex))
        self.formulas.append(Formula(latex, span, display, delimiter))
        if len(self.formulas) > MAX_FORMULAS:
            raise ReadingError(self.path, f"it has more than {MAX_FORMULAS:,} formulas", "split it")
        return after

    def unclosed(self, start: int, mark: str, bound: int) -> int:
        """Reports that nothing closes the delimiter at ``start``; returns where to go on."""
        bound = min(bound, start + 500)
        end = self.text.find("\n", start, bound)
        end = bound if end < 0 else end
        self.lost.append((start, end))
        message = f"nothing closes this {mark} before its paragraph ends; write the closing delimiter"
        self.damages.append(Damage("unclosed-delimiter", Span(start, end), message))
        if len(self.damages) > MAX_UNCLOSED:
            why = f"it has more than {MAX_UNCLOSED:,} delimiters that nothing closes"
            raise ReadingError(self.path, why, "check that it is the kind of document its name says")
        return start + len(mark)

    def _dollar(self, mark: re.Match[str], block: Block) -> int:
        if len(mark.group()) == 1:
            return self._single(mark.start(), block) if self.dollars else mark.end()
        if len(mark.group()) == 2:
            return self._double(mark.start(), block)
        return self._double(mark.start(), block) if len(mark.group()) == 4 else mark.end()

    def _double(self, at: int, block: Block) -> int:
        end = self._closing_double(at + 2, block.paragraph_end)
        if end is None and not self.strict:
            end = self._closing_beyond(at + 2, block.paragraph_end)
        if end is None:
            looks = self.strict or _TEX.search(self.text, at + 2, min(block.paragraph_end, at + 400))
            return self.unclosed(at, "$$", block.paragraph_end) if looks else at + 2
        if not self.strict and is_prose(self.text[at + 2 : end]):
            return at + 2
        return self.take(at + 2, end, True, "$$", block, end + 2, at)

    def _closing_double(self, start: int, bound: int) -> int | None:
        while found := _NEXT_DOLLAR.match(self.text, start, bound):
            if len(found.group(1)) >= 2:
                return found.start(1)
            start = found.end()
        return None

    def _closing_beyond(self, start: int, bound: int) -> int | None:
        """A display with blank lines in it, as some renderers allow: mathematics up to the next ``$$``, no prose."""
        found = _NEXT_DOLLAR.match(self.text, start, min(len(self.text), bound + 4_000))
        if found is None or len(found.group(1)) != 2:
            return None
        paragraphs = self.text[start : found.start(1)].split("\n\n")
        heading = any(line.startswith(("#", "```", "~~~")) for p in paragraphs for line in p.split("\n"))
        sound = all(is_plausible(p) and (not p.strip() or _TEX.search(p) or "=" in p) for p in paragraphs)
        return found.start(1) if sound and not heading else None

    def _single(self, at: int, block: Block) -> int:
        end = self._closing_single(at + 1, block.end)
        if end is not None and (self.strict or self._is_pair(at, end, block)):
            return self.take(at + 1, end, False, "$", block, end + 1, at)
        if end is None and self.strict:
            return self.unclosed(at, "$", block.end)
        stop = block.end if end is None else end
        if opens_formula(self.text[at + 1 : min(stop, at + 240)]):
            return self.unclosed(at, "$", stop)
        return at + 1

    def _closing_single(self, start: int, bound: int) -> int | None:
        """The next dollar sign but for those in a ``\\text{…}`` of this formula."""
        end = start
        for _ in range(4):
            found = _NEXT_DOLLAR.match(self.text, end, bound)
            if found is None or not self._may_close(found, bound):
                return None
            end = found.start(1)
            if not _OPEN_TEXT.search(self.text, start, end):
                return end
            end += 1
        return None

    def _may_close(self, found: re.Match[str], bound: int) -> bool:
        """A single sign closes; so does the first of two, where the second opens another formula: ``$a$$b$``."""
        if len(found.group(1)) == 1:
            return True
        after = _NEXT_DOLLAR.match(self.text, found.end(), bound)
        return len(found.group(1)) == 2 and after is not None and len(after.group(1)) == 1

    def _is_pair(self, at: int, end: int, block: Block) -> bool:
        content = self.text[at + 1 : end]
        if not is_formula(content, self.text[end + 1 : end + 2]):
            return False
        if is_plausible(content) and (is_tight(content) or content[0].isspace()):
            return True
        after = self._closing_single(end + 1, block.end)
        if after is None:
            return True
        rival = self.text[end + 1 : after]
        return not (is_tight(rival) and is_formula(rival, self.text[after + 1 : after + 2]) and is_plausible(rival))

    def _environment(self, mark: re.Match[str], block: Block) -> int:
        begin = _BEGIN.match(self.text, mark.start())
        if begin is None or begin.group(1) not in self.names:
            return mark.end()
        name = begin.group(1)
        end = self._environments.get(mark.start())
        if end is None:
            return self.unclosed(mark.start(), begin.group(), block.paragraph_end)
        return self.take(mark.start(), end.end(), name != "math", name, block, end.end(), mark.start())

    def _bracket(self, mark: re.Match[str], block: Block) -> int:
        kind = mark.group()[1]
        bound = block.end if kind == "(" else block.paragraph_end
        end = _closing(self.text, _SINGLE[kind], mark.end(), bound)
        return self.bracketed(mark, end, block, bound, 2)

    def doubled(self, mark: re.Match[str], block: Block) -> int:
        """Deals with ``\\\\(`` and ``\\\\[``, as pages write where Markdown eats one backslash."""
        kind = mark.group()[2]
        bound = block.end if kind == "(" else block.paragraph_end
        end = _closing(self.text, _DOUBLE[kind], mark.end(), bound)
        return self.bracketed(mark, end, block, bound, 3) if end is not None else mark.end()

    def bracketed(self, mark: re.Match[str], end: int | None, block: Block, bound: int, width: int) -> int:
        """Keeps what stands between an opening bracket and ``end``; ``width`` is the length of the closing one."""
        if end is None:
            return self.unclosed(mark.start(), mark.group(), bound) if self.strict else mark.end()
        delimiter = mark.group()
        return self.take(mark.end(), end, delimiter[-1] == "[", delimiter, block, end + width, mark.start())


def _closing(text: str, pattern: re.Pattern[str], start: int, bound: int) -> int | None:
    """Where the bracket closes; None where another one opens before, or nothing closes it."""
    for mark in pattern.finditer(text, start, bound):
        if mark.group(1):
            return mark.start() if mark.group(1) in ")]" else None
    return None


def unquoted(latex: str, depth: int) -> str:
    """``latex`` with up to ``depth`` quotation marks ``>`` at the start of each further line made spaces."""
    if not depth or "\n" not in latex:
        return latex
    first, *rest = latex.split("\n")
    return "\n".join([first, *(_unquoted_line(line, depth) for line in rest)])


def _unquoted_line(line: str, depth: int) -> str:
    end = 0
    for _ in range(depth):
        if found := _QUOTE_PREFIX.match(line, end):
            end = found.end()
    return spaces(line[:end]) + line[end:]

"""Places where the extraction of a text visibly broke its formulas: recognised, with what should be written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from errata.reading.document import Damage, Formula, Span
from errata.reading.dollars import is_plausible
from errata.reading.lines import Line
from errata.reading.math_commands import MATH_COMMANDS
from errata.reading.pairing import blanked
from errata.reading.scanner import Block
from errata.reading.tildes import WHY as TILDED
from errata.reading.tildes import first_tilded

LOST_NAMES = "d?frac|tfrac|sqrt|text|mathrm|mathbf|mathcal|mathbb|operatorname|underbrace|boldsymbol"
"""Commands that are told from words where they have lost their backslash, since a group follows."""
UNDELIMITED = "a formula in plain parentheses, its delimiters lost; put it between dollar signs"
MAX_DISPLAY_LINES = 60
MAX_DAMAGES = 10_000
"""More damages of one sort in one document aren't listed."""

_TEX = re.compile(r"\\[A-Za-z]{2,}|[\^_][\w{\\]|\\[{}|]")
_STAR = re.compile(r"(?<=[\w}')\]])\*(?=[\w{\\(])")
_STAR_GROUP = re.compile(r"(?<=[A-Za-z}'])\*(?=\{)")
_BEFORE_STAR = re.compile(r"\\[A-Za-z]+\Z")
_WHOLE = re.compile(r"\[[ \t]+([^`\n]{1,400}?)[ \t]+\]")
_BLANK_BEFORE = re.compile(r"\n[ \t]*\n[ \t]*\Z")
_BLANK_AFTER = re.compile(r"[ \t]*(?:\Z|\n[ \t]*(?:\n|\Z))")
_BULLET = re.compile(r"[ \t]*+([-*+])[ \t]")
_LOST = re.compile(
    rf"(?<![\\A-Za-z])(?:(?:{LOST_NAMES})\{{"
    r"|math(?:bb|cal|bf|rm|sf|frak)\b)|\\(?:left|right)[{}]"
)
_LOST_SPACE = re.compile(r"[ \t],[|=+-],")
_COMMAND = re.compile(r"\\([A-Za-z]+)(?:\{[^{}\n]*\})*")
_TAIL = re.compile(r"[A-Za-z]'*[_^]\{?\Z")
_PATH = re.compile(r"(?:\\|[A-Za-z]:\\\S*+)\Z")
_PARENTHESES = re.compile(r"[()]")

_BRACKETED = "a display that lost its delimiters: only the bare brackets are left; write $$ or \\[ and \\] instead"
_STARRED = "a * stands where _ stood, as Markdown leaves it when it takes _ for emphasis; write _ again"
_BULLETED = "a row of a display starts with a list bullet where a + or - stood; write the sign again"
_BARE = "a TeX command outside any formula; put it between dollar signs"


def damages_of_displays(
    text: str, lines: Sequence[Line], taken: Sequence[tuple[int, int]]
) -> tuple[list[Damage], list[tuple[int, int]]]:
    """Displays left as ``[`` … ``]`` on lines of their own, all that is broken inside them, and where they stand."""
    starts = {start for start, _ in taken}
    damages: list[Damage] = []
    covered: list[tuple[int, int]] = []
    index = 0
    while index < len(lines) and len(damages) < MAX_DAMAGES:
        end = _display_end(text, lines, index) if _is_only(text, lines[index], "[") else None
        if end is None and _is_whole(text, lines[index]):
            end = index
        if end is None or any(lines[index].start <= s < lines[index].end for s in starts):
            index += 1
            continue
        span = Span(text.index("[", lines[index].body), text.rindex("]", 0, lines[end].end) + 1)
        inside = lines[index : index + 1] if end == index else lines[index + 1 : end]
        damages += [Damage("bracketed-display", span, _BRACKETED), *_inside_display(text, inside)]
        covered.append((span.start, span.end))
        index = end + 1
    return damages, covered


def damages_of_formulas(formulas: Iterable[Formula]) -> Iterator[Damage]:
    """What is visibly broken inside formulas that have kept their delimiters."""
    for formula in formulas:
        latex = formula.latex
        if "*{" in latex:
            for star in _STAR_GROUP.finditer(latex):
                if not _BEFORE_STAR.search(latex, 0, star.start()):
                    yield Damage("star-for-subscript", _span(formula, star), _STARRED)
        for lost in _LOST.finditer(latex):
            yield Damage("lost-backslash", _span(formula, lost), _lost(lost.group()))
        if (tilded := first_tilded(latex)) is not None:
            yield Damage("tilde-for-subscript", _span(formula, tilded), TILDED)


def damages_of_prose(text: str, blocks: Sequence[Block], unread: Sequence[tuple[int, int]]) -> Iterator[Damage]:
    """Mathematics in running text outside any delimiter; ``unread`` is what isn't running text."""
    if "\\" not in text:
        return
    yield from islice(_in_prose(blanked(text, list(unread)), blocks), MAX_DAMAGES)


def _in_prose(prose: str, blocks: Sequence[Block]) -> Iterator[Damage]:
    for block in blocks:
        cursor = block.start
        while command := _math_command(prose, cursor, block.end):
            damage = _bare(prose, command, block)
            yield damage
            cursor = max(damage.span.end, command.end())


def _is_whole(text: str, line: Line) -> bool:
    """Whether a line is a paragraph of its own that a bare bracket opens and another one closes, with TeX between."""
    found = _WHOLE.fullmatch(text[line.body : line.end].strip())
    if found is None or not any(m[1] in MATH_COMMANDS for m in _COMMAND.finditer(found[1])):
        return False
    before = text[max(0, line.start - 80) : line.start]
    opens = not before.strip() or _BLANK_BEFORE.search(before) is not None
    return opens and _BLANK_AFTER.match(text, text.rindex("]", 0, line.end) + 1) is not None


def _is_only(text: str, line: Line, sign: str) -> bool:
    return line.end - line.start < 200 and text[line.body : line.end].strip() == sign


def _display_end(text: str, lines: Sequence[Line], start: int) -> int | None:
    """The index of the line that closes the bracket; None where nothing does, or no TeX stands between."""
    for index in range(start + 1, min(start + MAX_DISPLAY_LINES, len(lines))):
        if _is_only(text, lines[index], "]"):
            inside = text[lines[start].end : lines[index].start]
            return index if _TEX.search(inside) else None
        if _is_only(text, lines[index], "["):
            return None
    return None


def _inside_display(text: str, lines: Sequence[Line]) -> Iterator[Damage]:
    for line in lines:
        if bullet := _BULLET.match(text, line.body, line.end):
            yield Damage("bullet-for-sign", Span(*bullet.span(1)), _BULLETED)
        for star in _STAR.finditer(text, line.body, line.end):
            yield Damage("star-for-subscript", Span(*star.span()), _STARRED)
        for pattern in (_LOST, _LOST_SPACE):
            for lost in pattern.finditer(text, line.body, line.end):
                yield Damage("lost-backslash", Span(*lost.span()), _lost(lost.group().strip()))


def _lost(seen: str) -> str:
    return f"{seen} has lost a backslash; write it again"


def _span(formula: Formula, found: re.Match[str]) -> Span:
    return Span(formula.offset(found.start()), formula.offset(found.end()))


def _math_command(prose: str, start: int, end: int) -> re.Match[str] | None:
    for command in _COMMAND.finditer(prose, start, end):
        before = max(start, command.start() - 80)
        if command.group(1) in MATH_COMMANDS and not _PATH.search(prose, before, command.start()):
            return command
    return None


def _bare(prose: str, command: re.Match[str], block: Block) -> Damage:
    group = _parentheses(prose, command, block)
    if group is not None and is_plausible(prose[group.start : group.end]):
        return Damage("lost-delimiters", group, UNDELIMITED)
    tail = _TAIL.search(prose, max(block.start, command.start() - 20), command.start())
    return Damage("bare-command", Span(tail.start() if tail else command.start(), command.end()), _BARE)


def _parentheses(prose: str, command: re.Match[str], block: Block) -> Span | None:
    """The outermost parentheses of one line around a command, within 300 characters to either side."""
    first = max(block.start, command.start() - 300)
    first = max(first, prose.rfind("\n", first, command.start()) + 1)
    last = prose.find("\n", command.end(), min(block.end, command.end() + 300))
    last = min(block.end, command.end() + 300) if last < 0 else last
    stack: list[int] = []
    outermost: Span | None = None
    for mark in _PARENTHESES.finditer(prose, first, last):
        if mark.group() == "(":
            stack.append(mark.start())
        elif stack:
            start = stack.pop()
            if start < command.start() and mark.start() >= command.end():
                outermost = Span(start, mark.end())
    return outermost

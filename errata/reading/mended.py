"""Formulas that an export from a chat or a PDF has damaged, read as they stood before.

Displays stand between bare brackets and formulas in plain parentheses; inside them ``_`` was taken for emphasis and
became ``*``, backslashes before signs were lost, and a sign at the start of a line became a bullet. What is read keeps
its places in the text, and each formula names what was broken in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from claims.records import Record
from errata.reading.damage import LOST_NAMES, UNDELIMITED
from errata.reading.document import Damage, Formula, Span
from errata.reading.dollars import FUNCTIONS, is_plausible
from errata.reading.pairing import blanked
from errata.reading.scanner import Block, unquoted

MAX_MENDED = 10_000
DISPLAY, INLINE = "[", "("
"""The delimiters that a damaged formula is left with."""

_DELIMITERS = "its delimiters were lost"
_STARS = "_ was turned to *"
_BACKSLASHES = "backslashes were lost"
_SIGN = "a sign was turned into a list bullet"

_STAR = re.compile(r"(?<=[\w}')\]])\*(?=[\w{\\(])")
_NO_SUBSCRIPT = re.compile(r"(?:\\operatorname|\\[A-Z]?[a-z]*[Oo]perator)\Z")
_BULLET = re.compile(r"(?<=\n)[ \t]*([-*])(?=[ \t])")
_BRACE = re.compile(r"\\(left|right|big[lr]?|Big[lr]?)([{}])")
_NAME = re.compile(rf"(?<![\\A-Za-z])((?:{LOST_NAMES})(?=\{{)|math(?:bb|cal|bf|rm|sf|frak)\b)")
_BARS = re.compile(r"(?<![\\\w]),\|,")
_SPACED = re.compile(r"(?<=[ \t]),([=+-]),")
_THIN = re.compile(r"(?<=[ \t]),(?=[ \t]*(?:\\left|\\[Bb]igg?l?|\||\\\||d[a-z]\b))")
_SET = re.compile(r"(\\in[ \t]*|=[ \t]*)\{([^{}]*(?:,|\\mid|\|)[^{}]*)\}")
_ROW = re.compile(r"(?<!\\)\\(?=[ \t]*\n)")

_GROUPED = re.compile(r"\\[A-Za-z]+\*?(?:\{[^{}]*\})?")
_WORD = re.compile(r"[^\W\d_]{3,}")
_SHORT_WORD = re.compile(r"[^\W\d_]{2,}")
_COMMAND = re.compile(r"\\[A-Za-z]{2,}|[A-Za-z}][_^][\w{\\]")
_LETTER = re.compile(r"[A-Za-z]['′]?\Z")
_SYMBOLS = re.compile(r"[\w\s'′(){}\[\],;|=+*/<>^…-]+\Z")
_OPERATOR = re.compile(r"[=|<>+/(-]")
_PARENTHESES = re.compile(r"[()\n]")


class Piece(Record):
    """LaTeX, and where each of its characters came from."""

    latex: str
    origins: tuple[int, ...]

    def changed(self, pattern: re.Pattern[str], new: Callable[[re.Match[str]], str]) -> Piece:
        """With every match replaced; a new character comes from where the match began, or goes on from there."""
        pieces: list[str] = []
        origins: list[int] = []
        done = 0
        for found in pattern.finditer(self.latex):
            written = new(found)
            start, end = found.span()
            pieces += [self.latex[done:start], written]
            origins += self.origins[done:start]
            origins += [self.origins[min(start + k, max(start, end - 1))] for k in range(len(written))]
            done = end
        if not pieces:
            return self
        return Piece("".join(pieces) + self.latex[done:], (*origins, *self.origins[done:]))


def mended_displays(text: str, covered: Sequence[tuple[int, int]], quotes: Sequence[int]) -> Iterator[Formula]:
    """The formulas in displays that have only their brackets left; ``covered`` holds these, ``quotes`` their depth."""
    for (start, end), quote in zip(covered[:MAX_MENDED], quotes, strict=False):
        formula = _mended(unquoted(text[start + 1 : end - 1], quote), start + 1, DISPLAY)
        if formula is not None:
            yield formula


def mended_groups(text: str, damages: Iterable[Damage]) -> Iterator[Formula]:
    """The formulas in plain parentheses that hold commands of TeX."""
    for damage in damages:
        start, end = damage.span.start + 1, damage.span.end - 1
        if damage.kind == "lost-delimiters" and _WORD.search(_GROUPED.sub(" ", text[start:end])) is None:
            formula = _mended(text[start:end], start, INLINE)
            if formula is not None:
                yield formula


def plain_groups(text: str, blocks: Sequence[Block], unread: Sequence[tuple[int, int]]) -> Iterator[Damage]:
    """Parentheses around a formula without any command, on a page whose other formulas have lost their delimiters."""
    prose = blanked(text, list(unread))
    for block in blocks:
        for start, end in _groups(prose, block):
            yield Damage("lost-delimiters", Span(start, end), UNDELIMITED)


def _groups(prose: str, block: Block) -> Iterator[tuple[int, int]]:
    """The outermost parentheses of a line that hold nothing but mathematics."""
    stack: list[int] = []
    found: list[tuple[int, int]] = []
    for mark in _PARENTHESES.finditer(prose, block.start, block.end):
        if mark.group() == "\n":
            stack.clear()
        elif mark.group() == "(":
            stack.append(mark.start())
        elif stack:
            start, end = stack.pop(), mark.end()
            if end - start <= 300 and _is_formula(prose, start, end):
                found = [(a, b) for a, b in found if a < start]
                found.append((start, end))
    yield from found


def _is_formula(prose: str, start: int, end: int) -> bool:
    before = prose[start - 1 : start]
    if before and (before.isalnum() or before in "_]})\\'^*"):
        return False
    inner = prose[start + 1 : end - 1]
    if not is_plausible(inner) or _WORD.search(_words_left(inner)):
        return False
    if _LETTER.match(inner) or _COMMAND.search(inner):
        return True
    short = _SHORT_WORD.search(_words_left(inner))
    has_letter = any(c.isalpha() for c in inner)
    return has_letter and not short and _SYMBOLS.match(inner) is not None and _OPERATOR.search(inner) is not None


def _words_left(inner: str) -> str:
    plain = _GROUPED.sub(" ", inner)
    return _SHORT_WORD.sub(lambda m: " " if m.group().lower() in FUNCTIONS else m.group(), plain)


def _mended(source: str, start: int, delimiter: str) -> Formula | None:
    piece = Piece(source, tuple(range(start, start + len(source))))
    broken = [_DELIMITERS]
    repairs: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
        (_BACKSLASHES, _BRACE, lambda m: f"\\{m[1]}\\{m[2]}"),
        (_BACKSLASHES, _NAME, lambda m: f"\\{m[1]}"),
        (_BACKSLASHES, _BARS, lambda m: "\\,\\|\\,"),
        (_BACKSLASHES, _SPACED, lambda m: f"\\,{m[1]}\\,"),
        (_BACKSLASHES, _THIN, lambda m: "\\,"),
        (_BACKSLASHES, _SET, lambda m: f"{m[1]}\\{{{m[2]}\\}}"),
        (_BACKSLASHES, _ROW, lambda m: "\\\\"),
        (_STARS, _STAR, _subscript(source)),
    )
    for what, pattern, new in repairs:
        after = piece.changed(pattern, new)
        if after.latex != piece.latex and what not in broken:
            broken.append(what)
        piece = after
    first = piece.changed(_BULLET, lambda m: m[0][:-1] + ("+" if m[1] == "*" else m[1]))
    other = piece.changed(_BULLET, lambda m: m[0][:-1] + ("-" if m[1] == "*" else "+"))
    lead = len(first.latex) - len(first.latex.lstrip())
    latex = first.latex.strip()
    if not latex:
        return None
    if other.latex != first.latex:
        broken.append(_SIGN)
    origins = first.origins[lead : lead + len(latex)]
    return Formula(
        latex,
        Span(origins[0], origins[-1] + 1),
        delimiter == DISPLAY,
        delimiter,
        origins,
        damage=", ".join(broken),
        other=other.latex[lead : lead + len(latex)] if other.latex != first.latex else "",
    )


def _subscript(source: str) -> Callable[[re.Match[str]], str]:
    """Emphasis takes signs in pairs: each star that has a partner is one, and each before a brace."""
    paired = sum(_is_subscript(star) for star in _STAR.finditer(source)) % 2 == 0

    def written(star: re.Match[str]) -> str:
        sure = star.string[star.end()] == "{"
        return "_" if _is_subscript(star) and (paired or sure) else "*"

    return written


def _is_subscript(star: re.Match[str]) -> bool:
    text, at = star.string, star.start()
    numbers = text[at - 1].isdigit() and text[star.end()].isdigit()
    return not numbers and _NO_SUBSCRIPT.search(text, max(0, at - 40), at) is None

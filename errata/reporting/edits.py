"""A repair as an edit of the author's source: the fewest tokens that change, everything else as it was typed.

A repair comes as the LaTeX of what should stand in place of the underlined part, in the checker's own spelling. The
author's macros, blanks and braces differ from it in spelling alone and are kept.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from claims.records import Record
from claims.verdict import Repair
from errata.reading.document import Document, Formula, Span
from errata.reading.lexer import Token, TooLarge, tokenize

MOST_TOKENS = 400
_SPELLING = frozenset(
    r"\left \right \big \Big \bigl \bigr \Bigl \Bigr \, \; \: \! \quad \displaystyle \limits \bigg \Bigg & \ ".split()
)
_ALIKE = {r"\tfrac": r"\frac", r"\dfrac": r"\frac", r"\cdot": "", r"\ln": r"\log", r"\lVert": r"\|", r"\rVert": r"\|"}
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_SIGN = re.compile(r"=|<|>|\\(?:approx|leq?|geq?|sim(?:eq)?|propto|equiv|coloneqq)(?![A-Za-z])")
_BRACES_AND_EQUALS = re.compile(r"(?<![\\:])=|(?<!\\)[{}]")
_TOKENS = re.compile(r"\\[A-Za-z]+|\d+(?:\.\d+)?|[^\s{}]")


class Edit(Record):
    """What is put in place of a part of the document."""

    span: Span
    text: str


def edit_of(document: Document, formula: Formula, judged: Span, focus: Span, repair: Repair) -> Edit | None:
    """The edit that a repair means; None where it isn't one contiguous piece of the source.

    A repair is what should stand in place of the underlined part, or of the whole side of the relation that it is in. A
    number for a number is one wherever it stands: in a cell of a table, or in a formula that was written otherwise.
    """
    if _NUMBER.fullmatch(document.text[focus.start : focus.end]) and _NUMBER.fullmatch(repair.latex):
        return Edit(focus, repair.latex)
    if formula.origins is not None:
        return None
    spans = [s for s in (focus, _side(document.text, judged, focus)) if _is_written(document, formula, s)]
    for way in (smallest, by_meaning):
        found = [(span, way(document.text[span.start : span.end], repair.latex, document)) for span in spans]
        edits = [Edit(Span(span.start + e[0], span.start + e[1]), e[2]) for span, e in found if e is not None]
        if edits:
            return min(edits, key=_size)
    return None


def approximate_sign(document: Document, formula: Formula, judged: Span) -> Edit | None:
    """≈ for the = of a relation; None where that isn't the only one of its kind outside of braces."""
    if formula.origins is not None or not _is_written(document, formula, judged):
        return None
    depth, at = 0, []
    for found in _BRACES_AND_EQUALS.finditer(document.text, judged.start, judged.end):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if found[0] == "=" and depth == 0:
            at.append(found.start())
    if len(at) != 1:
        return None
    (start,) = at
    blank = " " if document.text[start + 1 : start + 2].isalpha() else ""
    return Edit(Span(start, start + 1), rf"\approx{blank}")


def _is_written(document: Document, formula: Formula, span: Span) -> bool:
    """Whether a part of a document stands in a formula as it stands in its LaTeX."""
    start, end = span.start - formula.span.start, span.end - formula.span.start
    inside = start >= 0 and end <= len(formula.latex)
    return inside and document.text[span.start : span.end] == formula.latex[start:end]


def _size(edit: Edit) -> int:
    """How much an edit takes away and puts there; of two that say the same the smaller one is meant."""
    return edit.span.end - edit.span.start + len(edit.text)


def _side(text: str, judged: Span, focus: Span) -> Span:
    """The side of a relation that a part of it is in: between the signs around it, without marks of alignment."""
    start, end = max(judged.start, 0), min(judged.end, len(text))
    for sign in _SIGN.finditer(text, judged.start, judged.end):
        if sign.end() <= focus.start:
            start = sign.end()
        elif sign.start() >= focus.end:
            end = sign.start()
            break
    while end > start and (text[end - 1].isspace() or text[end - 1] == "&"):
        end -= 1
    while start < end and (text[start].isspace() or text[start] == "&"):
        start += 1
    return Span(start, end)


def smallest(source: str, wanted: str, document: Document | None = None) -> tuple[int, int, str] | None:
    """Where a source must change to say what is wanted, and what to put there; None where the two differ in two places.

    Only what says something is compared: braces, blanks and sizes of brackets are spelling.
    """
    if _NUMBER.fullmatch(source) and _NUMBER.fullmatch(wanted):
        return 0, len(source), wanted
    try:
        have = _meant(tokenize(source, document.macros if document else None))
        want = _meant(tokenize(wanted))
    except TooLarge:
        return None
    if not have or not want or len(have) + len(want) > MOST_TOKENS:
        return None
    changes = changes_between(have, want)
    if len(changes) != 1:
        return None
    if _cuts_a_macro(have, changes[0].low, changes[0].high):
        return None
    start, end, text = put(source, have, wanted, want, changes[0])
    return (start, end, text) if _says(source[:start] + text + source[end:], wanted, document) else None


def by_meaning(source: str, wanted: str, document: Document | None = None) -> tuple[int, int, str] | None:
    """The same where a repair is spelled otherwise than the source: told by what both mean."""
    from errata.reporting.meant import edit_in  # which the engine is needed for

    return edit_in(source, wanted, document)


class Change(Record):
    """Tokens from ``low`` to ``high`` of a source, in place of which those from ``first`` to ``last`` are wanted."""

    low: int
    high: int
    first: int
    last: int


def changes_between(have: list[Token], want: list[Token]) -> list[Change]:
    """Where the tokens of a source differ from those that are wanted."""
    matcher = SequenceMatcher(None, [_plain(t) for t in have], [_plain(t) for t in want], autojunk=False)
    return [Change(*places) for kind, *places in matcher.get_opcodes() if kind != "equal"]


def put(
    source: str, have: list[Token], wanted: str, want: list[Token], change: Change, behind: bool = False
) -> tuple[int, int, str]:
    """What a change does to a source: from where to where, and the text that it puts there; what is inserted stands
    ``behind`` the token before it, or before the one after it."""
    low, high, first, last = change.low, change.high, change.first, change.last
    text = wanted[want[first].start : _closed(wanted, want[first].start, want[last - 1].end)] if last > first else ""
    if high > low:
        start = have[low].start
        end = _closed(source, start, have[high - 1].end)
    else:
        script = text.lstrip()[:1] in ("^", "_")  # which stands at what it belongs to
        behind = low == len(have) or ((behind or script) and low > 0)
        start = end = have[low - 1].end if behind else have[low].start
    return start, end, _spaced(source, start, end, text)


def _closed(text: str, start: int, end: int) -> int:
    """The end of a piece, moved on over the braces that close those which it opens."""
    while text.count("{", start, end) > text.count("}", start, end) and text[end : end + 1] == "}":
        end += 1
    return end


def _says(edited: str, wanted: str, document: Document | None) -> bool:
    """Whether an edited source is read as what is wanted."""
    from errata.reading.parser import parse
    from errata.reading.unparse import to_latex

    read, meant = to_latex(parse(edited, document.macros if document else None)), to_latex(parse(wanted))
    return _same_spelling(read) == _same_spelling(meant)


def _same_spelling(latex: str) -> str:
    latex = re.sub(r"(?<=\d)\s*\\cdot\s*(?=\d)", "*", latex)
    for one, other in _ALIKE.items():
        latex = re.sub(re.escape(one) + r"(?![A-Za-z])", other.replace("\\", r"\\"), latex)
    return re.sub(r"[\s]+", "", latex)


def meant_tokens(source: str, document: Document | None) -> list[Token]:
    """The tokens of a source that say something. Raises TooLarge."""
    return _meant(tokenize(source, document.macros if document else None))


def _meant(tokens: tuple[Token, ...]) -> list[Token]:
    return [t for t in tokens if t.text not in "{}" and t.text not in _SPELLING and _ALIKE.get(t.text) != ""]


def _plain(token: Token) -> str:
    return _ALIKE.get(token.text, token.text)


def _cuts_a_macro(have: list[Token], low: int, high: int) -> bool:
    """Whether an edit would begin or end inside of what one macro stands for."""
    edges = [(low - 1, low), (high - 1, high)]
    return any(a >= 0 and b < len(have) and have[a].start == have[b].start for a, b in edges)


def _spaced(source: str, start: int, end: int, text: str) -> str:
    """The text with a blank where a command would otherwise run into a letter after it, and a dot between numbers."""
    if re.search(r"\\[A-Za-z]+$", text) and source[end : end + 1].isalpha():
        text += " "
    if text[-1:].isdigit() and source[end:].lstrip()[:1].isdigit():
        text += r" \cdot "
    elif start == end and text[-1:].isalnum() and source[end : end + 1].isalnum():
        text += " "
    if re.search(r"\\[A-Za-z]+$", source[:start]) and text[:1].isalpha():
        text = " " + text
    if text[:1].isdigit() and source[:start].rstrip()[-1:].isdigit():
        text = r" \cdot " + text
    return text


def told_apart(label: str, source: str, wanted: str) -> str:
    """A label that leaves open whether something is missing or too many, with the one that the repair shows."""
    if " is missing or too many" not in label:
        return label
    have, want = _TOKENS.findall(source), _TOKENS.findall(wanted)
    more = len(want) - len(have)
    if more == 0 and "factor 2 " in label:  # multiplied out: 6x for 3x
        changed = [
            (float(a), float(b))
            for a, b in zip(have, want, strict=True)
            if a != b and _NUMBER.fullmatch(a) and _NUMBER.fullmatch(b)
        ]
        more = next((1 if b == 2 * a else -1 for a, b in changed if b in (2 * a, a / 2)), 0)
    if more == 0:
        return label
    return label.replace(" is missing or too many", " is missing" if more > 0 else " is too many")

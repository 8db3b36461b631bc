"""A repair that is spelled otherwise than the source, as an edit of the source: told by what both mean.

A repair out of a catalogue has brackets, fractions and ranges of sums of its own. Of all small edits of the author's
source the one is looked for that then means what the repair means; where the sums of one of the two say nothing of
their range, that is left open. Where the source means it already, the slip is elsewhere, and there is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, islice

from errata.checking.slips import quantities, rewritten, slips
from errata.meaning.elaborate import Notation, elaborate, notations, spelled
from errata.meaning.unelaborated import Unelaborated
from errata.reading.document import Document
from errata.reading.lexer import Token, TooLarge
from errata.reading.parser import parse
from errata.reading.tree import Node, Opaque, Root, walk
from errata.reading.unparse import to_latex
from errata.reporting.edits import Change, changes_between, meant_tokens, put

MOST_TRIED, MOST_TOKENS, MOST_CHANGES = 160, 160, 8
_RANGE = re.compile(r"(?<=[<,])(\w+′*):(?:all:|(?:range|set):[^>]*)(?=>)")
Edited = tuple[int, int, str]


def edit_in(source: str, wanted: str, document: Document | None = None) -> Edited | None:
    """Where a source must change to mean what is wanted, and what to put there; None where no small edit does it."""
    written, goal = _alone(source, document), _alone(wanted, None)
    if written is None or goal is None:
        return None
    try:
        have, want = meant_tokens(source, document), meant_tokens(wanted, None)
    except TooLarge:
        return None
    if not have or not want or max(len(have), len(want)) > MOST_TOKENS:
        return None
    ways = list(notations(written, goal, numbers_number=False))
    for loosely in (False, True):
        there = [_meaning(goal, way, loosely) for way in ways]
        if any(m is not None and m == _meaning(written, way, loosely) for m, way in zip(there, ways, strict=True)):
            return None
        for edited in (*_by_slips(source, written, have, document), *_by_tokens(source, have, wanted, want)):
            if edited[:2] == (0, len(source)):
                continue
            node = _alone(_done(source, edited), document)
            if node is not None and any(
                m is not None and m == _meaning(node, way, loosely) for m, way in zip(there, ways, strict=True)
            ):
                return edited
    return None


def _alone(latex: str, document: Document | None) -> Node | None:
    """The tree of one expression that is understood as a whole."""
    statements = parse(latex, document.macros if document else None).statements
    whole = statements[0] if len(statements) == 1 else None
    return None if whole is None or any(isinstance(n, Opaque) for n in walk(whole)) else whole


def _meaning(node: Node, way: Notation, loosely: bool) -> str | None:
    """What a tree means in one way of reading, as a text; ``loosely`` without the ranges of sums."""
    try:
        text = spelled(elaborate(node, way))
    except (Unelaborated, RecursionError):
        return None
    return _RANGE.sub(r"\1", text) if loosely else text


def _by_slips(source: str, written: Node, have: list[Token], document: Document | None) -> Iterator[Edited]:
    """The source with one slip undone in its tree: all that changes by it in one piece."""
    for node in islice((*(s.node for s in islice(slips(written), MOST_TRIED)), *_rooted(written)), 2 * MOST_TRIED):
        latex = to_latex(node)
        want = meant_tokens(latex, None)
        changes = changes_between(have, want)
        if changes and len(changes) <= MOST_CHANGES:
            yield _together(source, [put(source, have, latex, want, change) for change in changes])


def _rooted(written: Node) -> Iterator[Node]:
    """The tree with a root over one of its parts."""
    for node in (written, *quantities(written)):
        yield rewritten(written, node, Root(node.start, node.end, node, None))


def _by_tokens(source: str, have: list[Token], wanted: str, want: list[Token]) -> Iterator[Edited]:
    """The source with one or two of the pieces changed in which it differs from the repair."""
    changes = changes_between(have, want)
    if len(changes) > MOST_CHANGES:
        return
    for size in (1, 2):
        for some in combinations(changes, size):
            for behind in (False, True) if any(c.low == c.high for c in some) else (False,):
                yield _together(
                    source, [_in_braces(source, have, c, put(source, have, wanted, want, c, behind)) for c in some]
                )


def _in_braces(source: str, have: list[Token], change: Change, edited: Edited) -> Edited:
    """What is put behind a script of one letter, with that one in braces: x_t becomes x_{t + 1}."""
    start, end, text = edited
    token = have[change.low - 1] if change.low > 0 else None
    if start != end or token is None or token.end != start or source[token.start - 1 : token.start] not in ("_", "^"):
        return edited
    return token.start, end, f"{{{source[token.start : token.end]} {text}}}"


def _together(source: str, edits: Sequence[Edited]) -> Edited:
    """Several edits of a source, in order, as one."""
    start, end = edits[0][0], max(edits[-1][1], edits[0][1])
    text, at = "", start
    for low, high, put_there in edits:
        text += source[at:low] + put_there
        at = max(high, low)
    return start, end, text + source[at:end]


def _done(source: str, edited: Edited) -> str:
    start, end, text = edited
    return source[:start] + text + source[end:]

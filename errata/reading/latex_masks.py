"""What LaTeX doesn't typeset as it stands, made spaces: comments, verbatim text, addresses, all after the document."""

from __future__ import annotations

import re

from claims.records import Record
from errata.reading.document import Span
from errata.reading.pairing import Finder, blanked

_VERBATIM = ("verbatim", "Verbatim", "lstlisting", "minted", "comment", "filecontents", "alltt")
_SPECIAL = re.compile(
    r"(?P<comment>%[^\n]*+)|\\(?:verb|lstinline)\*?(?P<delimiter>[^A-Za-z\s*{\[])"
    rf"|\\begin\{{(?P<name>(?:{'|'.join(_VERBATIM)})\*?)\}}|(?P<skip>\\iffalse\b)|(?P<end>\\end\{{document\}})"
    r"|\\(?P<address>url|path|href|includegraphics|label|ref|cite[a-z]*)(?:\[[^\[\]\n]{0,200}\])?\{[^{}\n]{0,2000}\}"
    r"|\\[\s\S]"
)
_BEGIN_DOCUMENT = "\\begin{document}"


class Masked(Record):
    """The text with all that isn't typeset made spaces, where its body starts, and the inside of each comment."""

    text: str
    body: int
    comments: list[Span]


def masked(text: str) -> Masked:
    """The parts of a LaTeX source that count; offsets stay those of ``text``."""
    spans: list[tuple[int, int]] = []
    comments: list[Span] = []
    finders: dict[str, Finder] = {}
    cursor = 0
    while mark := _SPECIAL.search(text, cursor):
        cursor = mark.end()
        if mark.group("comment"):
            comments.append(Span(mark.start() + 1, mark.end()))
            spans.append(mark.span())
        elif mark.group("end"):
            spans.append((mark.start(), len(text)))
            break
        elif mark.group("address") in ("url", "path", "href"):
            spans.append(mark.span())
        elif (end := _hidden_end(text, mark, finders)) is not None:
            spans.append((mark.start(), end))
            cursor = end
    kept = blanked(text, spans)
    start = kept.find(_BEGIN_DOCUMENT)
    return Masked(kept, 0 if start < 0 else start + len(_BEGIN_DOCUMENT), comments)


def _hidden_end(text: str, mark: re.Match[str], finders: dict[str, Finder]) -> int | None:
    """Where verbatim text or a false branch that starts at ``mark`` ends; None for anything else."""
    if delimiter := mark.group("delimiter"):
        line_end = text.find("\n", mark.end(), mark.end() + 500)
        end = text.find(delimiter, mark.end(), mark.end() + 500 if line_end < 0 else line_end)
        return None if end < 0 else end + 1
    if name := mark.group("name"):
        pattern = rf"\\end\{{{re.escape(name)}\}}"
    elif mark.group("skip"):
        pattern = r"\\fi\b"
    else:
        return None
    if pattern not in finders:
        finders[pattern] = Finder(text, pattern)
    closer = finders[pattern].next(mark.end())
    return None if closer is None else closer.end()

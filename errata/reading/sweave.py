"""LaTeX with chunks of R in it, as Sweave and knitr take it."""

from __future__ import annotations

import re

from claims.records import replace
from errata.reading.document import Document
from errata.reading.latex import read_latex
from errata.reading.pairing import blanked

_CHUNK = re.compile(r"^<<[^\n]*>>=[ \t]*\n[\s\S]*?(?:^@[^\n]*$|\Z)", re.MULTILINE)


def read_sweave(text: str, path: str) -> Document:
    """The document that the LaTeX between the chunks is. Raises ReadingError as Scanner does."""
    return replace(read_latex(blanked(text, [m.span() for m in _CHUNK.finditer(text)]), path), text=text)

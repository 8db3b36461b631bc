"""Several letters in bold: \\mathbf{Ax}^T is the bold A and the bold x, which alone has what is over it.

The braces hold together what is bold, and are not seen; a reader of the page takes each letter for itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from errata.reading.lexer import Token
from errata.reading.notation import ACCENTS, FUNCTIONS, GREEK, STYLES

_BOLD = frozenset(f"\\{name}" for name, font in STYLES.items() if font == "bold" and name != "textbf")
LONGEST_PRODUCT = 2
"""Small letters in a row, without spaces, that are letters side by side; more are a word, or may be."""
_TAKES_ONE = frozenset({"_", "^", r"\frac", r"\dfrac", r"\tfrac", r"\sqrt"}) | {f"\\{n}" for n in (*ACCENTS, *STYLES)}
"""What takes a single argument after it."""


def each_in_bold(tokens: list[Token]) -> list[Token]:
    """The tokens with each letter of a bold product in bold by itself."""
    found = [at for at, t in enumerate(tokens) if t.text in _BOLD]
    if not found:
        return tokens
    out: list[Token] = []
    done = 0
    for at in found:
        first, last = _letters(tokens, at + 1)
        if last - first < 2 or _is_word(tokens[first:last]) or (at and tokens[at - 1].text in _TAKES_ONE):
            continue
        out += tokens[done:at]
        braces = first - at - 1
        for letter in tokens[first:last]:
            out += [tokens[at], tokens[first - 1], letter, tokens[last]]
        done = last + braces
    return [*out, *tokens[done:]]


def _is_word(letters: Sequence[Token]) -> bool:
    """Whether the letters are those of a function, or small ones in a row that are a name, as in loss."""
    name = "".join(t.text if t.kind == "letter" else " " for t in letters)
    run = max(map(len, re.findall("[a-z]+", name)), default=0)
    return name in FUNCTIONS or (run > LONGEST_PRODUCT and not any(t.spaced for t in letters[1:]))


def _letters(tokens: Sequence[Token], at: int) -> tuple[int, int]:
    """Where the letters of the group that begins here stand, braces around braces aside, as macros leave them; nowhere
    where it holds anything else."""
    first = at
    while first < len(tokens) and tokens[first].text == "{":
        first += 1
    last = first
    while last < len(tokens) and (tokens[last].kind == "letter" or tokens[last].text[1:] in GREEK):
        last += 1
    closing = [t.text for t in tokens[last : last + first - at]]
    return (first, last) if first > at and closing == ["}"] * (first - at) else (0, 0)

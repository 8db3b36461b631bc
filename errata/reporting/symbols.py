"""Names as their author writes them: what checking calls ``\\mu[1]`` is ``\\mu_1`` in the notes, or ``\\mu_{1}``."""

from __future__ import annotations

import re

_INDEXED = re.compile(r"(?P<name>\\?[A-Za-z]+)\[(?P<index>[A-Za-z0-9, ]{1,12})\]")
_OPERATORS = frozenset("E V P I H D Var Cov Corr Std Pr Ent KL".split())
"""Operators, whose brackets hold a variable and no index: E[x], H[p]."""
_LOOSE = re.compile(r"[\s{}]+")
MOST_CHARACTERS = 4_000
"""Of a formula, so many are searched for a name."""


def in_authors_symbols(text: str) -> str:
    """A sentence with indices written below their names: ``\\mu[1]`` becomes ``\\mu_1``, ``x[1, 2]`` ``x_{1,2}``."""
    return _INDEXED.sub(_indexed, text) if "[" in text else text


def _indexed(found: re.Match[str]) -> str:
    if found["name"] in _OPERATORS and not found["index"][0].isdigit():
        return found.group()
    return f"{found['name']}_{_below(found['index'])}"


def _below(index: str) -> str:
    plain = index.replace(" ", "")
    return plain if len(plain) == 1 else f"{{{plain}}}"


def as_written(name: str, latex: str) -> str:
    """A name as the formula writes it, blanks and braces being no difference; by itself where it isn't found."""
    wanted = in_authors_symbols(name)
    found = _found(_LOOSE.sub("", wanted), latex[:MOST_CHARACTERS])
    return found or wanted


def _found(bare: str, latex: str) -> str | None:
    """The first piece of a formula that is a text but for blanks and braces, which it closes as it opens them."""
    if not bare:
        return None
    places = [i for i, c in enumerate(latex) if not (c.isspace() or c in "{}")]
    squeezed = "".join(latex[i] for i in places)
    at = squeezed.find(bare)
    while at >= 0:
        start, end = places[at], places[at + len(bare) - 1] + 1
        while latex.count("{", start, end) > latex.count("}", start, end) and latex[end : end + 1] == "}":
            end += 1
        piece, before, after = latex[start:end], latex[:start], latex[end : end + 1]
        whole = piece.count("{") == piece.count("}") and not (piece[-1].isalpha() and after.isalpha() and "\\" in piece)
        if whole and not before.endswith("\\") and not (piece[0].isalpha() and re.search(r"\\[A-Za-z]*$", before)):
            return " ".join(piece.split())
        at = squeezed.find(bare, at + 1)
    return None

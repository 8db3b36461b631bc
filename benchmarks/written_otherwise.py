"""The same notes as other authors write them: with slashes, with other brackets, in a sentence, with other letters."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

_LETTERS = str.maketrans("abckmlrtuyxzwh", "bakclmtryuzxhw")
_LETTER = re.compile(r"(\\[A-Za-z]+)|(?<![A-Za-z])([a-z])(?![A-Za-z])")
_FRACTION = re.compile(r"\\frac\{([^{}]*)\}\{([^{}]*)\}")
_OF_A_LAW = re.compile(r"\\mathbb\{E\}_\{([a-z](?:_\{\d\})?) \\sim ([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}(?=\\left)")
_ROW = re.compile(r"^&(=|\\le|\\ge) (.*) && \\text\{(.*)\} \\\\$", re.M)
_STATEMENT = re.compile(r"\A(.*?)\$\$\n([^\n]*)\n\$\$", re.S)


def plain(notes: str) -> str:
    """As they are."""
    return notes


def slashes(notes: str) -> str:
    """(a)/(b) for a fraction that has none within it."""
    return _FRACTION.sub(r"\\left(\1\\right)/\\left(\2\\right)", notes)


def brackets(notes: str) -> str:
    """``\\Bigl(`` and ``\\Bigr]`` for ``\\left(`` and ``\\right]``."""
    return re.sub(r"\\right(?=[)\]])", r"\\Bigr", re.sub(r"\\left(?=[(\[])", r"\\Bigl", notes))


def inline(notes: str) -> str:
    """The statement in a sentence."""
    return _STATEMENT.sub(r"\1One can show that $\2$ holds.", notes, count=1)


def texts_between(notes: str) -> str:
    """Each reason on a row of its own, above its line."""
    return _ROW.sub(lambda row: rf"\intertext{{{row[3]}}}" + "\n" + rf"&{row[1]} {row[2]} \\", notes)


def lawless(notes: str) -> str:
    """E[·] without its law, which the text says, where the page has one law for one letter."""
    laws = {(m[1], m[2]) for m in _OF_A_LAW.finditer(notes)}
    if len(laws) != 1:
        return notes
    ((letter, law),) = laws
    heading, rest = notes.split("\n", 1)
    return f"{heading}\n\nLet ${letter} \\sim {law}$.\n{_OF_A_LAW.sub(lambda m: chr(92) + 'mathbb{E}', rest)}"


def letters(notes: str) -> str:
    """Other letters, each for one, in formulas; words and commands are kept."""
    parts = re.split(r"(\$\$?)", notes)
    is_math = False
    for n, part in enumerate(parts):
        if part.startswith("$"):
            is_math = not is_math
        elif is_math:
            parts[n] = _but_in_text(part, lambda text: _LETTER.sub(lambda m: m[1] or m[2].translate(_LETTERS), text))
    return "".join(parts)


def _but_in_text(formula: str, change: Callable[[str], str]) -> str:
    parts = re.split(r"(\\(?:text|mathrm|operatorname|mathbb|mathcal|begin|end)\{[^{}]*\})", formula)
    return "".join(part if n % 2 else change(part) for n, part in enumerate(parts))


WAYS: Mapping[str, Callable[[str], str]] = {
    "plain": plain, "slashes": slashes, "brackets": brackets, "inline": inline, "texts between": texts_between,
    "lawless": lawless, "letters": letters,
}  # fmt: skip
"""How notes may be written, by name."""

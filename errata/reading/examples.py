"""Numbered examples, exercises and cases of a text: what one gives says nothing of the names in the next one."""

from __future__ import annotations

import re

_NAMES = (
    r"(?:Worked\s+|Solved\s+)?(?:Case|Example|Exercise|Problem|Question|Solution|Answer|Trial|Scenario|Illustration|Beispiel|Aufgabe|Exemple|Exercice|"
    r"Ejemplo|Ejercicio|Esempio|Esercizio|Exemplo|Пример|Задача|Упражнение|例题|例|练习|習題)"
)
_NUMBER = r"(?:[ \t~]*\(?(?:\d+(?:\.\d+)*|[IVX]+|[A-Z])\b)"
_MARKUP = r"(?:\#{1,6}[ \t]*)?[*_]{0,3}(?:\\[a-z]+\*?\{)?"
_EVENT = re.compile(
    r"^[ \t>]*(?:"
    rf"(?P<opens>{_MARKUP}{_NAMES}(?:{_NUMBER}[ \t]*(?:[.:)\]*_}}(—–-]|$)|[.:*_]))"
    r"|(?P<begins>\\begin\{(?:example|exercise|problem)\*?\}|:::+[ \t]*\{?\.?(?:example|exercise|problem)\b)"
    r"|(?P<ends>\\end\{(?:example|exercise|problem)\*?\}|:::+[ \t]*$|\#{1,6}[ \t]|\\(?:sub)*section\b|\\chapter\b)"
    r")",
    re.M,
)
"""What begins an example, at the start of a line, and what ends one without beginning another."""


_ITEM = re.compile(r"^[ \t>]*(?:[*+-]|\d+\\?[.)]|\([a-z]\)|\\item\b)[ \t]", re.M)
"""What begins an item of a list."""


def is_of_another_example(text: str, given: int, used: int) -> bool:
    """Whether what is given at one place is given within an example, and used in one that begins after it."""
    first = _example(text, given)
    second = _example(text, used)
    return first is not None and second is not None and first != second


def parted(text: str, given: int, used: int) -> bool:
    """Whether an example, an exercise, a solution or an item of a list begins between two places, or one ends."""
    return _EVENT.search(text, given, used) is not None or _ITEM.search(text, given, used) is not None


def _example(text: str, place: int) -> int | None:
    """Where the example begins in which a place stands; None where it stands in none."""
    line_end = text.find("\n", place)
    found = None
    for event in _EVENT.finditer(text, 0, len(text) if line_end < 0 else line_end):
        found = None if event.lastgroup == "ends" else event.start()
    return found

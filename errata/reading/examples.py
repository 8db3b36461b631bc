"""Numbered examples, exercises and cases of a text: what one gives says nothing of the names in the next one."""

from __future__ import annotations

import re

_EXAMPLE = (
    r"(?:Case|Example|Exercise|Problem|Question|Trial|Scenario|Illustration|Beispiel|Aufgabe|Exemple|Exercice|"
    r"Ejemplo|Ejercicio|Esempio|Esercizio|Exemplo|Пример|Задача|Упражнение|例题|例|练习|習題)"
)
_SOLUTION = r"(?:Solution|Answer|Lösung)"
_WORKED = r"(?:Worked\s+|Solved\s+)?"
_NUMBER = r"(?:[ \t~]*\(?(?:\d+(?:\.\d+)*|[IVX]+|[A-Z])\b)"
_MARKUP = r"(?:\#{1,6}[ \t]*)?[*_]{0,3}(?:\\[a-z]+\*?\{)?"
_TOLD = rf"(?:{_NUMBER}[ \t]*(?:[.:)\]*_}}(—–-]|$)|[.:*_])"
"""What follows the word where it is a title."""
_EXAMPLES = "(?:example|exercise|problem|question|task|exmp|exm|exa|exo|ex|prob|aufgabe|beispiel)"
_SOLUTIONS = "(?:solution|answer|sol|loesung)"
"""Usual names of environments and of fenced parts."""
_EVENT = re.compile(
    r"^[ \t>]*(?:"
    rf"(?P<opens>{_MARKUP}{_WORKED}{_EXAMPLE}{_TOLD})"
    rf"|(?P<begins>\\begin\{{{_EXAMPLES}\*?\}}|:::+[ \t]*\{{?\.?{_EXAMPLES}\b)"
    rf"|(?P<solves>{_MARKUP}{_WORKED}{_SOLUTION}{_TOLD}|\#{{1,6}}[ \t]+[*_]*{_SOLUTION}\b"
    rf"|\\begin\{{{_SOLUTIONS}\*?\}}|:::+[ \t]*\{{?\.?{_SOLUTIONS}\b)"
    rf"|(?P<ends>\\end\{{(?:{_EXAMPLES}|{_SOLUTIONS})\*?\}}|:::+[ \t]*$|\#{{1,6}}[ \t]|\\(?:sub)*section\b|\\chapter\b)"
    r")",
    re.M,
)
"""What begins an example or its solution, at the start of a line, and what ends one without beginning another."""


REACH_CASE = 1_500
"""Characters from where a case begins to what is given in it."""
_CASE = re.compile(
    r"^[ \t>]*(?:[-*+][ \t]+|\d+[.)][ \t]+|\\item[ \t]+)?[*_]{0,2}(?:For|If|When|Case|Suppose)\b[^$\\\n]{0,30}"
    r"(?:\$|\\\()\s*"
    r"(?P<name>[A-Za-z](?:_\w|_\{\w+\})?)\s*(?:=|\\geq?|\\leq?|<|>)",
    re.M,
)
"""What begins a case, at the start of a line, with the name that tells it from the others: "- For $b = 2$:"."""
_ITEM = re.compile(r"^[ \t>]*(?:[*+-]|\d+\\?[.)]|\([a-z]\)|\\item\b)[ \t]", re.M)
"""What begins an item of a list."""


def is_of_another_example(text: str, given: int, used: int) -> bool:
    """Whether what is given at one place is given within an example, and used in one that begins after it."""
    first = _example(text, given)
    second = _example(text, used)
    return (first is not None and second is not None and first != second) or is_of_another_case(text, given, used)


def is_of_another_case(text: str, given: int, used: int) -> bool:
    """Whether what is given at one place is given in a case, "If n = 4, then", and used where one of the same name has
    begun since: "If n = 5, then"."""
    line_end = text.find("\n", given)
    if not given <= line_end < used:
        return False
    later = {case["name"] for case in _CASE.finditer(text, line_end, used)}
    if not later:
        return False
    opened = [case["name"] for case in _CASE.finditer(text, max(0, given - REACH_CASE), line_end)]
    return bool(opened) and opened[-1] in later


def parted(text: str, given: int, used: int) -> bool:
    """Whether an example, an exercise, a solution or an item of a list begins between two places, or one ends."""
    return _EVENT.search(text, given, used) is not None or _ITEM.search(text, given, used) is not None


def _example(text: str, place: int) -> int | None:
    """Where the example begins in which a place stands, or whose solution it stands in; None where it is in neither.

    A second solution, without an example of its own, is that of another example.
    """
    line_end = text.find("\n", place)
    found: int | None = None
    last: int | None = None
    solved = True
    for event in _EVENT.finditer(text, 0, len(text) if line_end < 0 else line_end):
        if event.lastgroup == "ends":
            found = None
            continue
        solves = event.lastgroup == "solves"
        if not solves or solved:
            last = event.start()
        found, solved = last, solves
    return found

"""When a pair of dollar signs is a formula, and when it is money.

Pandoc's rule decides most pairs: the opening sign touches what follows it, the closing one touches what precedes it and
no digit follows. Notes also write ``$ x $`` and ``$\\sim$5``, so a pair that breaks the rule still counts when its
content speaks for itself: a TeX command in it, or symbols with no word among them. A pair whose content reads as prose
is given up when the second sign opens a better pair.
"""

from __future__ import annotations

import re

_COMMAND = re.compile(r"\\(?:[A-Za-z]+|[{},;!|])")
_GROUPED = re.compile(r"\\[A-Za-z]+\*?(?:\{[^{}]*\})?")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LONG_WORD = re.compile(r"[^\W\d_]{3,}")
_OPERATOR = re.compile(r"[\\^_={}+*/<>|()\[\]]")
_START = re.compile(r"(?:[^$\n]{0,200}?(?:\\[A-Za-z]|\b[A-Za-z][_^]\{?[\w\\])|[A-Za-z]['′]?[ \t]*+[(=])")
FUNCTIONS = frozenset("log exp sin cos tan max min ln det tr diag sgn arg argmax argmin var cov".split())
_MARKUP = re.compile(r"[\^_=]")


def is_formula(content: str, following: str) -> bool:
    """Whether ``$content$``, taken by itself, is a formula; ``following`` is the character after it, if any."""
    inner = content.strip()
    if not inner or is_prose(inner) or inner.count("`") % 2:
        return False
    tight = not content[0].isspace() and not content[-1].isspace()
    if tight and not following.isdigit():
        return True
    if _COMMAND.search(content):
        return True
    if following.isdigit() or "\n" in content:
        return False
    if not any(w.lower() not in FUNCTIONS for w in _WORD.findall(inner)):
        return any(c.isalpha() for c in inner) or (not tight and content[0].isspace() and content[-1].isspace())
    return content[0].isspace() and content[-1].isspace() and _MARKUP.search(inner) is not None


def is_tight(content: str) -> bool:
    """Whether no white space stands inside the signs."""
    return bool(content) and not content[0].isspace() and not content[-1].isspace()


def is_plausible(content: str) -> bool:
    """Whether the content has as many braces and brackets opened as closed and isn't prose with symbols in it."""
    if content.count("{") - content.count("\\{") != content.count("}") - content.count("\\}"):
        return False
    if sum(map(content.count, "([")) != sum(map(content.count, ")]")):
        return False
    words = [w for w in _LONG_WORD.findall(_GROUPED.sub(" ", content)) if w.lower() not in FUNCTIONS]
    return len(words) < 3


def is_prose(content: str) -> bool:
    """Whether the content is two or more words, perhaps with numbers, and no sign of mathematics."""
    if _OPERATOR.search(content):
        return False
    return sum(word.lower() not in FUNCTIONS for word in _WORD.findall(content)) > 1


def opens_formula(rest: str) -> bool:
    """Whether what follows a lone dollar sign looks like mathematics rather than like a price or a name."""
    return not rest[:1].isspace() and _START.match(rest) is not None

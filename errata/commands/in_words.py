"""Finding what is asked for in words: "law of total variance" for ``total_variance_eq``.

A word of the question counts by how rare it is among what can be found, and counts where it begins a word of the name
or the name's begins it ("autoregressive", "autoregression"). Spelling (z or s, é or e), plurals and words that carry no
meaning make no difference.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from math import log

LEAST_SHARE = 0.6
"""Of the weight of the words asked for, what a name must have before it is an answer."""
LEAST_STEM = 5
MOST_SHOWN = 12
MOST_BESIDE = 5
WIDEST = 120
EMPTY = frozenset("a an and as at by for from in is it its of on or the their to under with".split())
SPELLINGS = ((r"sses$", "ss"), (r"is(e[ds]?|er|ing|ation)$", r"iz\1"), (r"^reparametri", "reparameteri"))


def words_of(text: str) -> frozenset[str]:
    """The words of a text in one spelling, in small letters, without endings of plurals and possessives."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).lower()
    found = (w for w in re.findall(r"[^\W_]+", re.sub(r"['’]s?\b", "", plain)) if w not in EMPTY)
    return frozenset(_spelt(word) for word in found)


def said_best_by(question: str, names: Mapping[str, tuple[str, str]]) -> tuple[str, ...]:
    """Which names are described by most of what is asked, those first whose titles say it; none where all say too
    little.

    ``names`` has for each name (``kl_normal_eq``) its title and what else describes it.
    """
    asked = words_of(question)
    titles = {name: words_of(title) for name, (title, _) in names.items()}
    described = {name: titles[name] | words_of(more) for name, (_, more) in names.items()}
    weights = {word: _rarity(word, described) for word in asked}
    whole = sum(weights.values())
    shares = {name: _said(weights, has) for name, has in described.items()}
    most = max(shares.values(), default=0.0)
    if not whole or most < LEAST_SHARE * whole:
        return ()
    said = {name: _said(weights, titles[name]) for name, share in shares.items() if share > most - 1e-9}
    return tuple(sorted(said, key=lambda name: (-said[name], len(titles[name]))))


def is_meant(question: str, found: Sequence[str], names: Mapping[str, tuple[str, str]]) -> bool:
    """Whether the first of the names that were found is the one: the only one, or the only one whose title has no word
    but those of the question, and all of these that any title has.
    """
    titles = [words_of(names[name][0]) for name in found]
    asked = words_of(question) & frozenset().union(*titles)
    return len(found) == 1 or (bool(found) and titles[0] == asked and titles.count(asked) == 1)


def beside(found: Sequence[str]) -> str:
    """What is added to the name that is meant: the others that fit."""
    more = f" and {len(found) - MOST_BESIDE - 1} more" if len(found) > MOST_BESIDE + 1 else ""
    return f"; also {', '.join(found[1 : MOST_BESIDE + 1])}{more}" if found[1:] else ""


def several(question: str, found: Sequence[str], lines: Mapping[str, str], lists: str) -> str:
    """What is said where words fit several names: the first of them with a line each; ``lists`` names them all."""
    widest = max(len(name) for name in found[:MOST_SHOWN])
    shown = "\n".join(_cut(f"  {name:<{widest}}  {lines[name]}") for name in found[:MOST_SHOWN])
    more = f"\n  and {len(found) - MOST_SHOWN} more" if len(found) > MOST_SHOWN else ""
    return f"{question!r} may be one of {len(found)}: say which by its name ({lists} lists all)\n{shown}{more}"


def _cut(line: str) -> str:
    """A line, cut to what a terminal of the usual width shows."""
    return line if len(line) <= WIDEST else f"{line[: WIDEST - 1]}…"


def _said(weights: Mapping[str, float], has: frozenset[str]) -> float:
    return sum(weight for word, weight in weights.items() if _is_among(word, has))


def _spelt(word: str) -> str:
    for pattern, spelling in SPELLINGS:
        word = re.sub(pattern, spelling, word)
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _rarity(word: str, described: Mapping[str, frozenset[str]]) -> float:
    having = sum(_is_among(word, has) for has in described.values())
    return log((1 + len(described)) / (1 + having)) + 0.1


def _is_among(word: str, has: frozenset[str]) -> bool:
    return word in has or any(_same_stem(word, other) for other in has)


def _same_stem(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= LEAST_STEM and longer.startswith(shorter[: max(LEAST_STEM, len(shorter) - 3)])

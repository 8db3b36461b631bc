"""Which known results a text names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from claims.records import Record
from errata.meaning.results.result import Result

_COMMANDS = re.compile(
    r"\\(?!(?:text|mathrm|operatorname|textrm|mbox)\b)[a-z]+|(?<=\\)(?:text|mathrm|operatorname|textrm|mbox)"
)
"""Commands of LaTeX, which are no words: \\gamma names no gamma law."""
_MARKS = re.compile(r"[*_`~\n]+")


FEW = 3
"""How many results may share a name that still tells which one is meant."""


class Naming(Record, frozen=True):
    """How a text names a result: in the sentence of a formula, by a name that few results share, or farther away."""

    near: bool
    specific: bool
    far: bool = True


def named(results: Sequence[Result], text: str, sentence: str) -> dict[Result, Naming]:
    """The results that a text names, and how; a name within a longer one is none.

    "squared exponential" names no exponential law.
    """
    every = tuple(results)
    far, near = _found(every, text), _found(every, sentence)
    shared, anywhere = _shared(every), far | near
    found: dict[Result, Naming] = {}
    for r in every:
        if not anywhere.isdisjoint(r.words):
            words = [w for w in r.words if w in near]
            found[r] = Naming(bool(words), any(shared[w] <= FEW for w in words))
    return found


@lru_cache(maxsize=8)
def _shared(results: tuple[Result, ...]) -> Counter[str]:
    """How many results have each name."""
    return Counter(w for r in results for w in r.words)


def _found(results: tuple[Result, ...], text: str) -> frozenset[str]:
    raw = _MARKS.sub(" ", text.lower()).replace("’", "'")
    worded = _COMMANDS.sub(lambda m: " " * len(m[0]), raw)
    spans: list[tuple[int, int, str]] = []
    for word, longest, is_worded in _words(results):
        plain = worded if is_worded else raw
        if longest in plain:
            spans += [(m.start(), m.end(), word) for m in _pattern(word).finditer(plain)]
    return frozenset(
        word
        for start, end, word in spans
        if not any(s <= start and end <= e and e - s > end - start for s, e, _ in spans)
    )


@lru_cache(maxsize=8)
def _words(results: tuple[Result, ...]) -> tuple[tuple[str, str, bool], ...]:
    """Each name of a result once, with the longest word of it, and whether it is looked for in words alone."""
    names = dict.fromkeys(w for r in results for w in r.words)
    return tuple((w, _longest(w), "\\" not in w and "$" not in w) for w in names)


def _longest(name: str) -> str:
    return max(re.split(r"[\s\-]+", name.strip().lower()), key=len)


@lru_cache(maxsize=4096)
def _pattern(word: str) -> re.Pattern[str]:
    core = r"[\s\-–]+".join(re.escape(p) for p in re.split(r"[\s\-]+", word.strip().lower()))
    return re.compile(
        rf"(?<![a-z]){core}(?:s|es|'s|’s)?(?![a-z])" if word[-1].isalpha() and not _is_stem(word) else core
    )


def _is_stem(word: str) -> bool:
    """Whether a name stands for all that begin with it: "reparameteri", "responsibilit"."""
    return word.endswith(
        (
            *(
                "teri",
                "tri",
                "bilit",
                "zi",
                "ximi",
                "lari",
                "gulari",
                "sampl",
                "denois",
                "regular",
                "similarit",
                "quantis",
            ),
            *(
                "nali",
                "tiali",
                "factoris",
                "factoriz",
                "rectif",
                "rectifie",
                "interven",
                "confound",
                "estimat",
            ),
        )
    )


def sentence_of(text: str, start: int, end: int) -> str:
    """The sentence that a formula stands in, with the words up to the next stop after it."""
    before = re.split(r"(?<=[.!?])\s+(?=[A-Z$\\])|\n\s*\n\s*\n|\n#+ ", text[max(0, start - 350) : start])[-1]
    after = re.split(r"[.!?](?:\s|$)|\n\s*\n", text[end : end + 160])[0]
    return f"{before} {text[start:end]} {after}"

"""Whether the words around a formula are in a language whose conditions are understood here.

A relation about laws may hold under a condition that stands beside it in words. Where these can't be read, nothing is
known of it, and a relation that fails in general is no mistake yet.
"""

from __future__ import annotations

import re

ENGLISH = frozenset(
    "the of and is that we this are be with for which by from as it on where then if can has have at an or".split()
)
"""Small words of which English has some in every sentence, and other languages few or none."""
LEAST_WORDS = 25
"""Words below which a text shows no language."""
LEAST_SHARE = 0.06
"""The share of small words from which on a text is English; in real notes it is between 0.2 and 0.4."""
LEAST_ACCENTED = 0.03
"""The share of words with letters that English doesn't have from which on a text may be in another language: lists and
code in English have few small words, too."""
_NO_WORDS = re.compile(
    r"\$\$.*?\$\$|\$[^$\n]*\$|\\\[.*?\\\]|\\\(.*?\\\)|```.*?```|`[^`\n]*`|<[^>\n]*>|\\\w+(?:\{[^{}\n]*\})*|"
    r"\]\([^)\n]*\)|^\s*\w+:.*$",
    re.S | re.M,
)
"""Formulas, code, tags, commands, links and settings."""
_WORD = re.compile(r"[^\W\d_]{2,}")
_GLOSSED = re.compile(r"[\u0400-\u04ff\u3040-\u30ff\u4e00-\u9fff]")
"""Letters of languages of which a gloss of the words that matter is kept."""


def is_understood(text: str, whole: str = "") -> bool:
    """Whether a text is in English, in a language with a gloss, or too short to tell, and the ``whole`` of which it is
    a part, too."""
    plain = _NO_WORDS.sub(" ", text)
    words = _WORD.findall(plain)
    if len(words) < LEAST_WORDS:
        return not whole or is_understood(whole)
    if len(_GLOSSED.findall(plain)) > len(plain) / 20:
        return True
    accented = sum(not w.isascii() for w in words)
    return accented < LEAST_ACCENTED * len(words) or sum(w.lower() in ENGLISH for w in words) >= LEAST_SHARE * len(
        words
    )

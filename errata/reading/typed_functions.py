"""Functions that are typed as bare letters, as in log(x), max_i x_i and argmax: one name, and no product of letters."""

from __future__ import annotations

import re

from errata.reading.typed_words import WORDS

COMMANDS = frozenset("log ln exp sin cos tan sinh cosh tanh arctan arcsin arccos det max min arg lim sup inf".split())
"""Those that TeX has a command for."""
OPERATORS = frozenset("diag sign sgn rank trace argmax argmin".split())
AFTER_A_LETTER = {"log": "", "exp": "", "sin": "a", "cos": "a"}
"""Those that one letter may multiply, and the letters that make another name of them: x log(x), but arcsin."""

_ARGUMENT = re.compile(
    r"\s*(?:[(\[]|\\left\b|\\[bB]igg?l?\b|\\\{)|_|\s+(?:[A-Za-z\d]|\\(?!text|mbox|quad|qquad)[A-Za-z])|"
    r"(?:\s|\\[;,!: ])*\\(?:[dt]?frac|sqrt|prod|sum|hat|bar|tilde|vec|mathbf|mathcal|mathbb|boldsymbol|bm|operatorname|"
    r"log|ln|exp|max|min|det)(?![A-Za-z])|(?:\s|\\[;,!: ])*\\[;,!: ]\s*(?:[A-Za-z\d(]|\\[A-Za-z])"
)
"""What a function acts on, or its index."""
_RUN = re.compile(r"[A-Za-z\\]+\Z")


def is_function(latex: str, start: int, end: int) -> bool:
    """Whether the letters from ``start`` to ``end`` are a function: log(x), xlog(x), max_i, but not max in w_{max}."""
    word = latex[start:end]
    if word not in COMMANDS and word not in OPERATORS:
        return False
    before = _RUN.search(latex, max(0, start - 3), start)
    run = before.group() if before else ""
    alone = not run or (len(run) == 1 and word in AFTER_A_LETTER and run not in AFTER_A_LETTER[word])
    return alone and _ARGUMENT.match(latex, end) is not None


def token_of(word: str) -> tuple[str, str]:
    """Kind and text of the token that a word makes: the command for log, a named operator for rank, text for if."""
    if word in COMMANDS:
        return "command", f"\\{word}"
    if word in WORDS:
        return "text", f"text\0{word}"
    return ("name", f"operatorname\0{word}") if word in OPERATORS else ("word", word)

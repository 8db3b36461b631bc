"""Where notes give a density or a mass function by its formula, and where that lives: f(x) = 2x on [0, 1]."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from errata.reading.document import Document
from errata.reading.gloss import glossed
from errata.reading.names import is_name, key
from errata.reading.supports import Support, set_support, stated_support
from errata.reading.tree import Bar, Call, Chain, Fence, Lines, Node, Num, Phrase, Script, Sym, Text

SPEAKS_OF_DENSITIES = re.compile(r"\b(?:densit(?:y|ies)|mass function|pdf|pmf|p\. ?[dm]\. ?f)\b", re.I)
_LETTERS = frozenset("fpq")
_KINDS = r"(?:(?:real|whole|integer|natural|positive|non-?negative|all|every|each|any|the|values?|numbers?)\s+)*"
_JOINS = re.compile(
    rf"\s*[,;]?\s*(?:and\s+(?:is\s+)?)?(?:for|on|over|where|when|if|with|supported\s+on|defined\s+on|(?:where|when|if)\s+"
    rf"{_KINDS})\s+{_KINDS}(?:(?:interval|set|support|domain|range)\s+)?",
    re.I,
)
"""Words between a density and where it lives: for, on the interval, over all."""
_WITHIN = re.compile(r"\s*(?:lies\s+|is\s+)?(?:in|between)\s+(?:the\s+)?(?:interval\s+|set\s+)?", re.I)
"""Words between a variable and its range: for $x$ in $[0, 1]$."""
_ZERO_BEYOND = re.compile(r"[,(]?\s*(?:and|or)?\s*(?:is\s+)?(?:zero|0)\b", re.I)
_SENTENCE_ENDS = re.compile(r"[.!?](?:\s|$)|\n\s*\n")
_CALLED = re.compile(
    r"\b(?:is|be|are|defines?|gives?)\s+(?:a|an|the|indeed|then|also)?\s*(?:(?:valid|proper|probability|legitimate)\s+)*"
    r"(?:densit(?:y|ies)|mass\s+function|pdf|pmf)\b",
    re.I,
)
_DENIED = re.compile(
    r"\b(?:not|no|never|cannot|fails?|whether|why|find|determine|choose|constant|unnormali[sz]ed|proportional|up to|"
    r"kernel|improper)\b|n't\b|\?",
    re.I,
)
"""Words by which what is given is no density, or need not be one as it stands."""
_FORMULA = re.compile(r"\$[^$]*\$")
_DOTTED = re.compile(r"\bp\. ?[dm]\. ?f\.(?: |$)", re.I)
LEAD = 300
"""Characters of a sentence before a formula, at most."""
REACH = 80
"""Characters between a density and where it is said to live."""


def statements_of(root: Lines) -> Iterator[Node]:
    """The statements of a formula, those of its lines one by one."""
    for s in root.statements:
        if isinstance(s, Lines):
            yield from statements_of(s)
        else:
            yield s


def variable_of(head: Call) -> Node | None:
    """The one name before | or ; in the bracket of a density."""
    body = head.fence.body if isinstance(head.fence, Fence) and head.fence.open == "(" else None
    first = body.left if isinstance(body, Bar) else body
    if isinstance(first, Phrase):
        first = first.items[0] if ";" in first.separators[0] else None
    letter = first.base if isinstance(first, Script) and first.sup is None else first
    plain = isinstance(letter, Sym) and not letter.font and letter.name.islower()
    return first if plain and first is not None and is_name(first) else None


def is_density(head: Call, prose: str) -> bool:
    """f_X(x), and f(x) or p(x) where the text speaks of a density or a mass function."""
    letter = letter_of_density(head)
    if letter is None:
        return False
    sub = subject_of_density(head)
    if letter == "f" and isinstance(sub, Sym) and sub.name.isupper():
        return True
    return SPEAKS_OF_DENSITIES.search(prose) is not None and not isinstance(sub, Num)


def letter_of_density(head: Call) -> str | None:
    """f, p or q, whatever its index; None for any other head."""
    name = head.head
    base = name.base if isinstance(name, Script) and name.sup is None and not name.primes else name
    return base.name if isinstance(base, Sym) and base.name in _LETTERS and not base.font else None


def subject_of_density(head: Call) -> Node | None:
    """X of f_X(x)."""
    return head.head.sub if isinstance(head.head, Script) else None


def support_after(document: Document, index: int, root_of: Callable[[int], Lines], head: Call) -> Support | None:
    """Where the words after a formula say that the density which it ends on lives: "… for $x > 0$", "… on $[0, 1]$".

    None where they say nothing of the kind, or go on to give the density elsewhere.
    """
    variable = variable_of(head)
    if variable is None or index + 1 >= len(document.formulas) or not _is_said_to_be_one(document, index, head):
        return None
    following = index + 1
    words = _between(document, index, following)
    if _JOINS.fullmatch(words) is None and words.strip() != ",":
        return None
    root = root_of(following)
    if (
        len(root.statements) == 1
        and key(root.statements[0]) == key(variable)
        and following + 1 < len(document.formulas)
    ):
        if _WITHIN.fullmatch(_between(document, following, following + 1)) is None:
            return None
        following += 1
        root = root_of(following)
    if len(root.statements) != 1:
        return None
    statement = root.statements[0]
    parts = [p for p in (statement.items if isinstance(statement, Phrase) else (statement,)) if not isinstance(p, Text)]
    found = set_support(parts[0]) if len(parts) == 1 and not isinstance(parts[0], Chain) else None
    found = found or stated_support(parts, key(variable))
    return None if found is None or _goes_on(document, following, root_of, head, key(variable)) else found


def called_a_density(document: Document, index: int) -> str:
    """The rest of a formula's sentence where it calls the formula a density: "… is a probability density"; else ""."""
    end = document.formulas[index].span.end
    rest = _sentence_after(document, end)
    return rest if _CALLED.search(_FORMULA.sub(" ", rest)) is not None and not _DENIED.search(rest) else ""


def sentence_before(document: Document, index: int) -> str:
    """The words of a formula's sentence before it."""
    start = document.formulas[index].span.start
    before = re.sub(r"\s*(?:\$+|\\\[|\\\(|\\begin\{\w+\*?\})\s*$", "", document.text[max(0, start - LEAD) : start])
    return glossed(_SENTENCE_ENDS.split(_plain(before.rstrip()))[-1])


def is_asked_for(sentence: str) -> bool:
    """Whether the words before a formula ask for a density, deny it, or say that it is one up to a factor only."""
    return _DENIED.search(_FORMULA.sub(" ", sentence)) is not None


def _is_said_to_be_one(document: Document, index: int, head: Call) -> bool:
    """Whether the sentence of a formula speaks of a density, and doesn't ask for one or deny it."""
    before = sentence_before(document, index)
    if is_asked_for(before):
        return False
    if is_density(head, "") or SPEAKS_OF_DENSITIES.search(before) is not None:
        return True
    return called_a_density(document, index) != ""


def _sentence_after(document: Document, end: int) -> str:
    text = document.text[end : end + 2 * REACH].lstrip("$")
    return glossed(_SENTENCE_ENDS.split(_plain(text), maxsplit=1)[0])


def _plain(text: str) -> str:
    """A text with pdf for p.d.f., whose dots end no sentence."""
    return _DOTTED.sub(lambda found: found.group().replace(".", "").replace(" ", "") + " ", text)


def _between(document: Document, before: int, after: int) -> str:
    """The words between two formulas; "…" where they stand too far apart."""
    start, end = document.formulas[before].span.end, document.formulas[after].span.start
    return glossed(document.text[start:end]).replace("$", " ").replace("\\(", " ") if end - start <= REACH else "…"


def _goes_on(document: Document, index: int, root_of: Callable[[int], Lines], head: Call, variable: str) -> bool:
    """Whether the sentence goes on with another piece of the density, or with another bound on its variable."""
    end = document.formulas[index].span.end
    rest = _sentence_after(document, end)
    if _ZERO_BEYOND.match(rest.replace("$", " ").strip()) is not None:
        return False
    for following in range(index + 1, len(document.formulas)):
        if document.formulas[following].span.start > end + len(rest):
            return False
        for statement in statements_of(root_of(following)):
            for part in statement.items if isinstance(statement, Phrase) else (statement,):
                if isinstance(part, Chain) and _is_piece(part, head, variable):
                    return True
    return False


def _is_piece(chain: Chain, head: Call, variable: str) -> bool:
    """Whether a relation bounds the variable, or gives the density another value than zero."""
    if variable in map(key, chain.items):
        return True
    first, last = chain.items[0], chain.items[-1]
    return isinstance(first, Call) and key(first.head) == key(head.head) and key(last) != "0"

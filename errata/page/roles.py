"""What words beside a symbol say that it is: "the learning rate $\\eta$", "$K$ classes", "$w$ denotes the weights".

A phrase counts as a noun where an article or a preposition leads to it, or a verb that says what something is; a bare
word beside a symbol may as well be a verb.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_SAYS = re.compile(
    r"\A(?:,\s*)?(?:(?:is|are|was|be)\s+(?=(?:the|an?|its|our)\b)|(?:are|be)\s+(?=[\w-]+s\b)|"
    r"(?:denotes?|means?|stands? for|for)\s+)(?P<what>.+)",
)
_ARTICLE = re.compile(r"(?:.*\b)?(?:(?:the|an?|its|our|two|three|four|five|some)\s+|(?=random\s))(?P<what>.+)")
_LEADS = re.compile(r"\b(?:with|of|from|under|over)\s+\Z")
"""Words right before a noun that has no article."""
_REST = re.compile(r",|\b(?:and|or|with|where|while|whereas|which|that|has|have|having|of which|given|such)\b")
_VERB_AFTER_ONE = re.compile(r"\ban?\s+(?:[\w-]+\s+)+[\w-]*[^sui\W]s\Z")
"""What no noun after "a" ends with: "a coin lands heads"."""
LINK = 45
"""Characters between a noun and its symbol, at most: "the gain is then given by"."""
_NO_NOUN = re.compile(
    r"\b(?:we|you|i|it|this|these|those|there|here|so|not|no|can|may|must|let|set|if|then|also|only|now|same|one|true|"
    r"is|are|was|be|been|every|each|who|what|how|why)\b|[^\w\s'-]"
)


def roles_in(words: str, text: str, counts: bool) -> Iterator[str]:
    """The roles in what ``errata.page.surroundings.words_beside`` gives; ``text`` is what stands before the symbol, and
    ``counts`` tells whether it is a whole number, after which a plural says of what."""
    plain = re.sub(r"\s+", " ", text).lower()
    nouns: list[str] = []
    for number, part in enumerate(words.split(" ; ")):
        is_before = number == 0 and plain.rfind(part) >= max(0, len(plain) - len(part) - LINK)
        clause = _SAYS.match(part)
        counted = counts and re.fullmatch(r"(?:\w+ )?\w+s", _REST.split(part)[0].strip()) is not None
        if is_before:  # a verb would say something of the symbol before this one
            nouns.append(_noun(_led(part, plain)) if clause is None else "")
        elif clause is not None:
            nouns.append(_noun(clause["what"]))
        elif counted or part.startswith("the "):
            nouns.append(_noun(part))
    yield from (noun for noun in dict.fromkeys(nouns) if noun)


def _led(phrase: str, plain: str) -> str:
    """A phrase before a symbol, where an article or a preposition leads to it."""
    if (found := _ARTICLE.fullmatch(phrase)) is not None:
        return "" if _VERB_AFTER_ONE.search(phrase) is not None else found["what"]
    return phrase if _LEADS.search(plain[: plain.rfind(phrase)]) is not None else ""


def _noun(phrase: str) -> str:
    found = _ARTICLE.fullmatch(phrase)
    bare = _REST.split(found["what"] if found is not None and not re.search(r"\bof\b", phrase) else phrase)[0].strip()
    bare = re.sub(r"\A(?:the|an?|its|our)\s+", "", bare)
    ends = re.search(r"(?:\A|\s)(?:the|an?|its|our|of|to|by|in|as|at|on|from|through|over|under|into)\Z", bare)
    is_noun = 2 < len(bare) <= 60 and ends is None and bare[0].isalpha() and not re.fullmatch(r"\w+ing", bare)
    return bare if is_noun and _NO_NOUN.search(bare) is None else ""

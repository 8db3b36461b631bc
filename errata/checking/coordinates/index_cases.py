"""Which indices the words beside a relation say to be different, or the same: "for $i \\neq j$", "when $i = j$"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from errata.checking.context import At, State, root_of
from errata.reading.densities import statements_of
from errata.reading.gloss import glossed
from errata.reading.names import key
from errata.reading.tree import Chain, Fence, Phrase, Sym

Case = tuple[str, str, bool]
"""Two indices, and whether they are the same."""
REACH = 40
"""Characters between a relation and such words, at most."""
_BEFORE = re.compile(
    r"\$*\s*[:：,，]?\s*(?:then|we (?:have|get|find|obtain)|one (?:has|gets|finds))?\s*[:,]?\s*\$*", re.I
)
_AFTER = re.compile(r"\$*\s*[,，(]?\s*(?:for|if|when|where|whenever|with|provided)\s*(?:all\s+|every\s+)?\$*", re.I)
_OPENS = re.compile(r"\b(?:for|if|when|where|whenever|with|case|and)\s*(?:all\s+|every\s+)?\$*\s*\Z", re.I)


def index_cases(state: State, at: At) -> tuple[Case, ...]:
    """The cases that stand in the formula of a relation, right before it, and right after it."""
    formulas, text = state.document.formulas, state.document.text
    found = [*_cases(state, at.index)]
    start, end = at.formula.span.start, at.formula.span.end
    if at.index:
        before = formulas[at.index - 1].span
        between, lead = glossed(text[before.end : start]), glossed(text[max(0, before.start - REACH) : before.start])
        if len(between) <= REACH and _BEFORE.fullmatch(between) and _OPENS.search(lead):
            found += _cases(state, at.index - 1)
    if at.index + 1 < len(formulas):
        between = glossed(text[end : formulas[at.index + 1].span.start])
        if len(between) <= REACH and _AFTER.fullmatch(between):
            found += _cases(state, at.index + 1)
    cases = tuple(dict.fromkeys(found))
    return () if len({(a, b) for a, b, _ in cases}) < len(cases) else cases


def _cases(state: State, index: int) -> Iterator[Case]:
    """The cases that a formula states beside its relations, also in brackets: (i ≠ j)."""
    for statement in statements_of(root_of(state, index)):
        for part in statement.items if isinstance(statement, Phrase) else (statement,):
            inner = part.body if isinstance(part, Fence) and part.open == "(" else part
            if isinstance(inner, Chain):
                yield from _of_chain(inner)


def _of_chain(chain: Chain) -> Iterator[Case]:
    """i ≠ j and i = j; nothing for any other relation."""
    items = chain.items
    plain = all(isinstance(i, Sym) and len(i.name) == 1 and i.name.isalpha() and i.name.islower() for i in items)
    if plain and len(items) == 2 and chain.relations[0].sign in ("=", "≠"):
        yield key(items[0]), key(items[1]), chain.relations[0].sign == "="

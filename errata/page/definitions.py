"""What a page defines before a formula, and in the clause after it: symbols and the terms that they stand for.

A definition lives in its section, and one that a sentence makes for a case only ("if", "suppose", "for example")
defines nothing beyond it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from errata.meaning.elaborate import Notation, elaborate, notations
from errata.meaning.terms import Num, Op, Ref, Term, below, free_heads, heads
from errata.meaning.unelaborated import Unelaborated
from errata.meaning.unfolding import Schema
from errata.reading.document import Document
from errata.reading.relations import Pair, stated
from errata.reading.tree import Gap, Lines

REACH = 6000
"""Characters back to which a definition is looked for."""
DEFINES = frozenset({"=", ":=", "≡", "≜"})
_OF_A_CASE = re.compile(
    r"\b(?:if|unless|for (?:example|instance)|e\.g\.|case|instead|alternatively|would|otherwise|setting|solv\w*|"
    r"condition|constraint|subject to|guess|claim|is it|not|wrong)\b[^.;]*\Z",
    re.I,
)
"""A sentence whose formula is a case or an equation to be solved."""
_SUPPOSED = re.compile(r"\b(?:suppose|assum\w*|say|imagine)\b", re.I)
"""A sentence whose formula holds in its paragraph."""
_GOES_ON = re.compile(r"\A[\s,.;$\\)\]]*(?:\\end\{[^}]*\}\s*)*[$\s]*(?:where|with|here|in which)\b", re.I)
_SENTENCE = re.compile(r"[.;!?]\s|\n\s*\n")


def definitions_near(
    document: Document, index: int, root_of: Callable[[int], Lines], pair: Pair, notation: Notation
) -> Mapping[str, tuple[Schema, ...]]:
    """The definitions in reach of a relation by the heads of their symbols, the nearest first."""
    start, end = _reach(document, index)
    found: dict[str, list[Schema]] = {}
    numbers = [n for n, f in enumerate(document.formulas) if start <= f.span.start < end]
    before, after = [n for n in numbers if n <= index], [n for n in numbers if n > index]
    for number in (*reversed(before), *after):
        if number != index and is_of_a_case(document, number, index):
            continue
        for defines, schema in reversed(schemas_in(root_of(number), number, notation)):
            if number != index or defines.left.start < pair.left.start:
                found.setdefault(schema.symbol.head, []).append(schema)
    return {head: tuple(schemas) for head, schemas in found.items()}


def _reach(document: Document, index: int) -> tuple[int, int]:
    """From where to where in the text definitions are in reach of a formula."""
    span = document.formulas[index].span
    opened = [h.span.start for h in document.headings if h.span.start <= span.start]
    start = max(span.start - REACH, opened[-1] if opened else 0)
    tail = document.text[span.end : span.end + 400]
    goes_on = _GOES_ON.match(tail)
    if goes_on is None:
        return start, span.end
    rest = _SENTENCE.search(tail, goes_on.end())
    return start, span.end + (rest.start() if rest else len(tail))


def is_of_a_case(document: Document, number: int, index: int) -> bool:
    """Whether a sentence makes what a formula defines for a case only, which says nothing at another formula."""
    span, place = document.formulas[number].span, document.formulas[index].span.start
    sentence = _SENTENCE.split(document.text[max(0, span.start - 200) : span.start])[-1]
    sentence = re.sub(r"\$[^$]*\$", " ", sentence)
    supposed = _SUPPOSED.search(sentence) is not None and "\n\n" in document.text[span.end : place]
    return supposed or _OF_A_CASE.search(sentence) is not None


@lru_cache(maxsize=4096)
def schemas_in(root: Lines, number: int, notation: Notation) -> tuple[tuple[Pair, Schema], ...]:
    """What a formula defines, each with the pair that says so."""
    first = [chain.pairs()[0] for chain in stated(root) if chain.pairs()]
    equations = [p for p in first if p.relation.sign in DEFINES and not isinstance(p.left, Gap)]
    made = ((p, _schema(p, number, notation)) for p in equations)
    return tuple((p, schema) for p, schema in made if schema is not None)


def _schema(pair: Pair, number: int, notation: Notation) -> Schema | None:
    found = list(
        notations(pair.left, pair.right, applied=notation.applied, defined=notation.defined, numbers_number=False)
    )
    same = [n for n in found if n.primes_transpose == notation.primes_transpose]
    for read in same or found:
        try:
            symbol, body = elaborate(pair.left, read), elaborate(pair.right, read)
        except Unelaborated:
            continue
        return Schema(symbol, body, number) if isinstance(symbol, Ref) and _defines(symbol, body) else None
    return None


def _defines(symbol: Ref, body: Term) -> bool:
    """Whether a symbol may stand for a body: it is not in it, and its parameters are names, each its own."""
    if symbol.head in heads(body) or not free_heads(body):
        return False
    parts = below(symbol)
    names = [p.head for p in parts if isinstance(p, Ref) and not below(p)]
    plain = all(isinstance(p, Num) or (isinstance(p, Ref) and not below(p)) or _is_slice(p) for p in parts)
    missing = isinstance(body, Op) and body.kind in ("list", "dots")
    return plain and len(names) == len(set(names)) and not missing


def _is_slice(index: Term) -> bool:
    """t : t + n, whose names are parameters."""
    return isinstance(index, Op) and index.kind.startswith("slice") and isinstance(index.arguments[0], Ref)

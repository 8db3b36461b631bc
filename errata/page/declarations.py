"""What a page declares of symbols: x ∈ ℝⁿ, λ > 0, "X is a random vector in ℝᵈ"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress

from claims.records import replace
from errata.meaning.elaborate import elaborate, notations
from errata.meaning.terms import Op, Ref
from errata.meaning.unelaborated import Unelaborated
from errata.page.sorts import declared
from errata.reading.document import Document
from errata.reading.tree import Chain, Lines, Phrase, walk
from errata.worlds.sorts import Sort

REACH, AFTER = 6000, 600
"""Characters before and after a formula in which its symbols are declared."""


def declarations_near(
    document: Document, index: int, root_of: Callable[[int], Lines], head_of: Callable[[Lines], str | None]
) -> Mapping[str, Sort]:
    """The kinds of symbols that formulas and words around a formula declare: x ∈ ℝⁿ, "a vector x in ℝⁿ"; ``head_of``
    names the symbol that a formula opens with."""
    found: dict[str, Sort] = {}
    place = document.formulas[index].span.start
    opened = [h.span.start for h in document.headings if h.span.start <= place]
    start = max(place - REACH, opened[-1] if opened else 0)
    for number, formula in enumerate(document.formulas):
        if not start <= formula.span.start < place + AFTER:
            continue
        for name, sort in declared_in(document, number, root_of, head_of):
            found.setdefault(name, sort)
    return found


def declared_in(
    document: Document, number: int, root_of: Callable[[int], Lines], head_of: Callable[[Lines], str | None]
) -> Iterator[tuple[str, Sort]]:
    """The kinds of symbols that one formula declares, by itself or with the words between it and the one before."""
    for node in walk(root_of(number)):
        if isinstance(node, Chain) and node.relations and node.relations[-1].sign in ("∈", ">"):
            for name in node.items[0].items if isinstance(node.items[0], Phrase) else (node.items[0],):
                with suppress(Unelaborated, StopIteration):
                    one = replace(node, items=(name, *node.items[1:]))
                    said = declared(elaborate(one, next(notations(one))))
                    if said is not None:
                        yield said
    if number and (said := _in_words(document, number, root_of, head_of)) is not None:
        yield said


def _in_words(
    document: Document, number: int, root_of: Callable[[int], Lines], head_of: Callable[[Lines], str | None]
) -> tuple[str, Sort] | None:
    """What words between two formulas say: "X is a random vector in ℝᵈ"."""
    spans, text = [f.span for f in document.formulas[number - 1 : number + 1]], document.text
    if re.fullmatch(r"\W*(?:\w+ ){1,4}(?:vectors?|points?) (?:in|of) \W*", text[spans[0].end : spans[1].start]) is None:
        return None
    head, roots = head_of(root_of(number - 1)), root_of(number).statements
    if head is None or len(roots) != 1:
        return None
    with suppress(Unelaborated, StopIteration):
        space = elaborate(roots[0], next(notations(roots[0])))
        return declared(Op("is∈", (Ref(head), space)))
    return None

"""The letters of a formula as its author writes them, each with the symbol of a term that it is."""

from __future__ import annotations

from collections.abc import Iterator

from claims.records import Record, replace
from errata.meaning.elaborate import Notation, elaborate
from errata.meaning.terms import Bind, Ref, Term, walk
from errata.meaning.unelaborated import Unelaborated
from errata.reading.names import is_name, key
from errata.reading.tree import Accent, Differential, Gap, Group, Lines, Node, Script, Styled, Sym, Text, children


class Letter(Record, frozen=True):
    """A name in a formula; ``key`` is what the trees call it, ``form`` the name with its indices."""

    head: str
    key: str
    form: str
    start: int
    bare: str
    """The letter without indices."""


def letters_in(node: Node, latex: str, notation: Notation) -> Iterator[Letter]:
    """The names of a formula in order, those of indices too."""
    if isinstance(node, Script) and node.sup is not None and _symbol(node, notation) is None:
        yield from letters_in(replace(node, sup=None, end=(node.sub or node.base).end), latex, notation)
        yield from letters_in(node.sup, latex, notation)
        return
    symbol = _symbol(node, notation)
    if symbol is None:
        for child in children(node):
            yield from letters_in(child, latex, notation)
        return
    base = node.base if isinstance(node, Script) and _symbol(node.base, notation) == Ref(symbol.head) else node
    form, bare = (" ".join(latex[n.start : n.end].split()) for n in (node, base))
    yield Letter(symbol.head, key(node) if is_name(node) else key(base), form, node.start, bare)
    if isinstance(node, Script):
        for part in (node.sub, node.sup):
            if part is not None and symbol.indices:
                yield from letters_in(part, latex, notation)


def _symbol(node: Node, notation: Notation) -> Ref | None:
    if isinstance(node, Group) or not isinstance(node, Sym | Accent | Styled | Script):
        return None
    try:
        term = elaborate(node, notation)
    except Unelaborated:
        return None
    return term if isinstance(term, Ref) and term.arguments is None else None


def terms_in(node: Node, notation: Notation) -> Iterator[Term]:
    """The widest parts of a formula that have a meaning, as terms."""
    if isinstance(node, Gap | Text):
        return
    if isinstance(node, Differential):
        yield from terms_in(node.variable, notation)
        return
    if not isinstance(node, Lines):
        try:
            yield elaborate(node, notation)
            return
        except Unelaborated:
            pass
    for child in children(node):
        yield from terms_in(child, notation)


def symbols_in(term: Term) -> frozenset[str]:
    """The heads of the symbols in a term, those that it binds too."""
    return frozenset(
        head
        for part in walk(term)
        for head in (part.variables if isinstance(part, Bind) else (part.head,) if isinstance(part, Ref) else ())
    )

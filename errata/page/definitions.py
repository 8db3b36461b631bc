"""What a page defines: the expression of each name, as a function of its indices and arguments."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from claims.records import Record
from errata.meaning.elaborate import elaborate, notations, spelled
from errata.meaning.terms import Bind, Num, Op, Ref, Term, below, heads, substitute, with_below
from errata.meaning.unelaborated import Unelaborated
from errata.reading.document import Document
from errata.reading.relations import stated
from errata.reading.tree import Gap, Lines

DEPTH = 4
"""How often a definition is put into another one."""
EQUALS = frozenset({"=", ":=", "≡", "≜"})


class Definition(Record, frozen=True):
    """``head`` at its parameters is ``body``, as a formula of the document says."""

    head: str
    indices: tuple[str, ...]
    arguments: tuple[str, ...] | None
    body: Term
    formula: int


def definitions(document: Document, index: int, root_of: Callable[[int], Lines]) -> Mapping[str, Definition]:
    """The definitions in the section of a formula that stand in other formulas, each name's only one.

    A name that is given two different expressions is left out: which one is meant, nobody can tell.
    """
    here = document.formulas[index].span.start
    opened = max((h.span.start for h in document.headings if h.span.start <= here), default=0)
    closed = min((h.span.start for h in document.headings if h.span.start > here), default=len(document.text))
    found: dict[str, Definition | None] = {}
    for number, formula in enumerate(document.formulas):
        if number == index or not opened <= formula.span.start < closed:
            continue
        for definition in _in_formula(root_of(number), number):
            before = found.get(definition.head, definition)
            same = before is not None and spelled(before.body) == spelled(definition.body)
            found[definition.head] = definition if same else None
    return {head: d for head, d in found.items() if d is not None}


def _in_formula(root: Lines, number: int) -> list[Definition]:
    out: list[Definition] = []
    notation = next(notations(root))
    for chain in stated(root):
        for pair in chain.pairs()[:1]:
            if isinstance(pair.left, Gap) or pair.relation.sign not in EQUALS:
                continue
            try:
                left, body = elaborate(pair.left, notation), elaborate(pair.right, notation)
            except Unelaborated:
                continue
            if (defined := _defined(left, body, number)) is not None:
                out.append(defined)
    return out


def _defined(left: Term, body: Term, number: int) -> Definition | None:
    """The definition that an equation is, where its left side is a name at distinct parameters."""
    if not isinstance(left, Ref) or left.given or left.head in heads(body) or isinstance(body, Num):
        return None
    parameters = (*left.indices, *(left.arguments or ()))
    names = [p.head for p in parameters if isinstance(p, Ref) and not p.indices and p.arguments is None]
    if len(names) != len(parameters) or len(set(names)) != len(names) or left.head in names:
        return None
    count = len(left.indices)
    arguments = None if left.arguments is None else tuple(names[count:])
    return Definition(left.head, tuple(names[:count]), arguments, body, number)


def unfolded(term: Term, known: Mapping[str, Definition], depth: int = DEPTH) -> Term:
    """A term with what the page defines put in, at the indices and the arguments that stand there."""
    if depth == 0:
        return term
    parts = tuple(unfolded(p, known, depth) for p in below(term))
    here = with_below(term, parts) if parts else term
    if isinstance(here, Bind) and any(v in known for v in here.variables):
        return term
    if not isinstance(here, Ref) or here.head not in known or here.given:
        return here
    definition = known[here.head]
    if len(here.indices) != len(definition.indices):
        return here
    if (here.arguments is None) != (definition.arguments is None):
        return here
    if here.arguments is not None and len(here.arguments) != len(definition.arguments or ()):
        return here
    values = dict(
        zip((*definition.indices, *(definition.arguments or ())), (*here.indices, *(here.arguments or ())), strict=True)
    )
    rest = {head: d for head, d in known.items() if head != here.head}
    return unfolded(substitute(definition.body, values), rest, depth - 1)


def is_computed(term: Term) -> bool:
    """Whether a term works something out, and is more than a name or a number."""
    return isinstance(term, Op | Bind)


def declared(formulas: Sequence[Lines]) -> Mapping[str, str]:
    """The sorts that a page declares: A ∈ ℝ^{m×n} is a matrix, x ∈ ℝ^d a vector."""
    found: dict[str, str] = {}
    for root in formulas:
        notation = next(notations(root))
        for chain in stated(root):
            for pair in chain.pairs():
                if pair.relation.sign != "∈" or isinstance(pair.left, Gap):
                    continue
                try:
                    left, space = elaborate(pair.left, notation), elaborate(pair.right, notation)
                except Unelaborated:
                    continue
                sort = _space(space)
                if sort is None:
                    continue
                for name in left.arguments if isinstance(left, Op) and left.kind == "list" else (left,):
                    if isinstance(name, Ref):
                        found[name.head] = sort
    return found


def _space(space: Term) -> str | None:
    if isinstance(space, Ref) and space.head == "double:R":
        return "real"
    if not (isinstance(space, Op) and space.kind == "pow" and space.arguments[0] == Ref("double:R")):
        return None
    size = space.arguments[1]
    if isinstance(size, Ref) and not size.indices:
        return f"vector {size.head}"
    if isinstance(size, Op) and size.kind == "mul" and len(size.arguments) == 2:
        a, b = size.arguments
        if isinstance(a, Ref) and isinstance(b, Ref):
            return f"square {a.head}" if a == b else f"matrix {a.head} {b.head}"
    return None

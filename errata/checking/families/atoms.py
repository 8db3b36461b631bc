"""Numbers that a model computes, each as one name: θᵀx, f(x) and p̂_θ(x) become ϖ, and θᵀx_i becomes ϖ_i.

What is claimed of a density with such a parameter has to hold whatever number it is. So the same part of a relation is
replaced by the same name, however it is spelled: as the model writes it, as p̂_i for p̂_θ(x_i), or by a name that the
document defines to be it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, cast

from claims.records import Record, replace
from errata.reading.names import is_name, is_transpose, key
from errata.reading.parser import parse
from errata.reading.tree import (
    Accent,
    Call,
    Factors,
    Fence,
    Group,
    Node,
    Num,
    Phrase,
    Script,
    Styled,
    Sym,
    child_fields,
    walk,
)
from errata.reading.unparse import to_latex

Bodies = Mapping[str, tuple[Node, ...]]
"""The expressions that the document gives for a name."""
_LETTERS = (("ϖ", r"\varpi"), ("ϱ", r"\varrho"), ("ς", r"\varsigma"), ("ϑ", r"\vartheta"), ("ϰ", r"\varkappa"))
_KNOWN = frozenset("exp log ln sqrt sin cos tanh abs max min".split())
"""Functions that are no part of what a model leaves open."""
_TIMES = frozenset({"", r"\cdot", "·", r"\times", "×"})


class Atom(Record):
    """A name for a part of a model's law, with the spellings that it replaces."""

    name: Node
    part: Node
    spellings: frozenset[str]


def atoms_for(parts: Sequence[Node], index: Node | None, bodies: Bodies, taken: frozenset[str]) -> tuple[Atom, ...]:
    """A name for each part, with the index where the part has it; ``taken`` are letters that stand for something."""
    free = [letter for letter in _LETTERS if letter[0] not in taken]
    out: list[Atom] = []
    for part in parts:
        if any(spelled(part) in atom.spellings for atom in out) or len(out) == len(free):
            continue
        letter, latex = free[len(out)]
        name: Node = Sym(part.start, part.end, letter, "", latex)
        if index is not None and any(key(n) == key(index) for n in walk(part)):
            name = Script(part.start, part.end, name, index, None, 0, False)
        out.append(Atom(name, part, frozenset(_spellings(part, index, bodies))))
    return tuple(out)


def opaque_parts(node: Node) -> Iterator[Node]:
    """The parts of a parameter that stand for a number without being one: f(x), θᵀx, Wz, p̂, bold μ."""
    inner = node
    if is_name(inner):
        if is_marked(inner):
            yield inner
        return
    if isinstance(inner, Call) and not _is_known(inner.head):
        yield inner
        return
    if isinstance(inner, Factors):
        runs = list(_runs(inner))
        if runs:
            inside = {i for first, last in runs for i in range(first, last)}
            yield from (_window(inner, first, last) for first, last in runs)
            for i, item in enumerate(inner.items):
                if i not in inside:
                    yield from opaque_parts(item)
            return
    fields = (getattr(inner, name) for name in child_fields(type(inner)) if name not in ("head", "sub"))
    for value in fields:
        for child in _flat(value):
            yield from opaque_parts(child)


def _flat(value: object) -> Iterator[Node]:
    """The nodes in a field, which may hold rows of them."""
    if isinstance(value, tuple):
        for part in value:
            yield from _flat(part)
    elif value is not None:
        yield cast("Node", value)


def is_marked(name: Node) -> bool:
    """Whether a name is bold, has an accent, or an index that is no number: it may be a vector or depend on others."""
    while isinstance(name, Script | Group | Styled):
        name = name.base if isinstance(name, Script) else name.body
    return isinstance(name, Accent) or (isinstance(name, Sym) and name.font == "bold" and not name.name.isdigit())


def with_atoms(node: Node, atoms: Sequence[Atom]) -> Node:
    """A tree in which each spelling of a part is the name for it."""

    def atom_of(part: Node) -> Node | None:
        text = spelled(part)
        found = next((a for a in atoms if text in a.spellings), None)
        return None if found is None else replace(cast("Any", found.name), start=part.start, end=part.end)

    def change(part: Node) -> Node | None:
        whole = atom_of(part) if not isinstance(part, Num | Phrase) else None
        if whole is not None or not isinstance(part, Factors):
            return whole
        for atom in atoms:
            bare = _bare(atom.part)
            if isinstance(bare, Factors) and (place := _place_of(bare, part)) is not None:
                first, last = place
                name = replace(cast("Any", atom.name), start=part.items[first].start, end=part.items[last - 1].end)
                signs = (*part.signs[: first + 1], *part.signs[last:])
                items = (*part.items[:first], name, *part.items[last:])
                return rebuilt(replace(part, signs=signs, items=items), change)
        return None

    return rebuilt(node, change)


def rebuilt(node: Node, change: Callable[[Node], Node | None]) -> Node:
    """A tree with what ``change`` gives in the place of each part, from the top down; names are not looked into."""
    changed = change(node)
    if changed is not None:
        return changed
    if is_name(node):
        return node
    if isinstance(node, Call) and isinstance(node.fence, Fence) and node.fence.body is not None:
        inside = rebuilt(node.fence.body, change)  # the brackets of a call stay
        return node if inside is node.fence.body else replace(node, fence=replace(node.fence, body=inside))
    fresh: dict[str, Any] = {}
    for name in child_fields(type(node)):
        value = getattr(node, name)
        if value is not None and (new := _each(value, change)) is not value:
            fresh[name] = new
    return replace(cast("Any", node), **fresh) if fresh else node


def _each(value: Any, change: Callable[[Node], Node | None]) -> Any:
    """A part, a row of parts or the rows of a matrix, with what is changed in it; itself where nothing is."""
    if not isinstance(value, tuple):
        return rebuilt(value, change)
    new = tuple(_each(v, change) for v in value)
    return new if any(a is not b for a, b in zip(new, value, strict=True)) else value


def with_names(node: Node, names: Mapping[str, Node]) -> Node:
    """A tree with other names for some: x_i for x, by the text of the old one."""
    return rebuilt(node, lambda n: names.get(spelled(n)) if is_name(n) else None)


def spelled(node: Node) -> str:
    """The text of an expression whatever its fonts and its outer brackets are."""
    return key(_bare(node)).replace(r"\mathbf", "")


def _bare(node: Node) -> Node:
    while (isinstance(node, Fence) and node.open in ("(", "[") and node.body is not None) or isinstance(node, Group):
        assert node.body is not None
        node = node.body
    return node


def _spellings(part: Node, index: Node | None, bodies: Bodies) -> Iterator[str]:
    part = _bare(part)
    yield spelled(part)
    if isinstance(part, Factors) and len(part.items) == 2 and (turned := _transposed(part)) is not None:
        yield spelled(turned)
    if isinstance(part, Call):
        head = part.head.base if isinstance(part.head, Script) else part.head
        yield spelled(replace(part, head=head))
        yield from map(spelled, _values_of(part, head, index))
    elif is_name(part) and index is not None and not isinstance(part, Script):
        yield spelled(_indexed(part, index))
    for name, known in bodies.items() if not is_name(part) else ():
        if any(spelled(body) == spelled(part) for body in known):
            yield name.replace(r"\mathbf", "")


def _values_of(part: Call, head: Node, index: Node | None) -> Iterator[Node]:
    """p̂_i for p̂_θ(x_i), and p̂ for p̂_θ(x)."""
    if index is None:
        yield from (head, part.head)
        return
    if not any(key(n) == key(index) for n in walk(part.fence)):
        return
    yield _indexed(head, index)
    if isinstance(part.head, Script) and part.head.sub is not None:
        yield parse(rf"{to_latex(head)}_{{{to_latex(part.head.sub)}, {to_latex(index)}}}").statements[0]


def _indexed(base: Node, index: Node) -> Node:
    superior = isinstance(index, Fence)
    return Script(base.start, base.end, base, None if superior else index, index if superior else None, 0, False)


def _transposed(product: Factors) -> Node | None:
    """xᵀθ for θᵀx."""
    first, second = product.items
    if not isinstance(first, Script) or first.sup is None or not is_transpose(first.sup):
        return None
    bare = replace(first, sup=None) if first.sub is not None else first.base
    raised = Script(second.start, second.end, second, None, first.sup, 0, False)
    if isinstance(second, Script):
        raised = replace(second, sup=first.sup)
    return replace(product, items=(raised, bare))


def _runs(product: Factors) -> Iterator[tuple[int, int]]:
    """Where transposed factors stand with what they are multiplied by, and where bold names stand together."""
    at = 0
    items, signs = product.items, product.signs
    while at < len(items):
        last = at + 1
        if is_transposed(items[at]) and last < len(items) and signs[last] in _TIMES:
            while last < len(items) - 1 and _acts(items[last]) and signs[last + 1] in _TIMES:
                last += 1
            yield at, last + 1
            at = last + 1
            continue
        while last < len(items) and _acts(items[last - 1]) and signs[last] in _TIMES and _is_vector(items[last]):
            last += 1
        if last > at + 1:
            yield at, last
        at = last


def is_transposed(node: Node) -> bool:
    """Whether a factor is transposed."""
    return isinstance(node, Script) and node.sup is not None and is_transpose(node.sup)


def _acts(node: Node) -> bool:
    """Whether a factor is a matrix by its letter: a capital."""
    base = node.base if isinstance(node, Script) else node
    return isinstance(base, Sym) and base.name.isupper() and len(base.name) == 1


def _is_vector(node: Node) -> bool:
    return is_name(node) or isinstance(node, Call | Fence)


def _window(product: Factors, first: int, last: int) -> Node:
    items = product.items[first:last]
    return Factors(items[0].start, items[-1].end, ("", *product.signs[first + 1 : last]), items)


def _place_of(part: Factors, product: Factors) -> tuple[int, int] | None:
    """Where the factors of a part stand together in a longer product."""
    wanted = [spelled(item) for item in part.items]
    for first in range(len(product.items) - len(wanted) + 1):
        last = first + len(wanted)
        together = all(sign in _TIMES for sign in product.signs[first + 1 : last]) and product.signs[first] != "/"
        if together and [spelled(item) for item in product.items[first:last]] == wanted:
            return first, last
    return None


def _is_known(head: Node) -> bool:
    return isinstance(head, Sym) and head.name in _KNOWN

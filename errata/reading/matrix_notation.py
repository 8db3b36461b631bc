"""How a relation writes its names: which are transposed, applied to brackets, indexed, counted or marked."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from claims.records import Record
from errata.reading.calculus import is_variation
from errata.reading.names import is_name, is_power, is_transpose, key, unraised
from errata.reading.tree import (
    Accent,
    Big,
    Call,
    Chain,
    Factors,
    Fence,
    Frac,
    Function,
    Group,
    Node,
    Phrase,
    Prefix,
    Script,
    Styled,
    Sym,
    Terms,
    children,
    walk,
)
from errata.reading.vectors import Unlowered


class Hint(Record):
    """What notation shows of a name: its letter, its font, and whether it is transposed or in a norm somewhere."""

    letter: str
    font: str
    opaque: bool = False
    line: str = ""
    """Whether a bullet in the index makes it a row or a column of something."""


@dataclass
class Notes:
    """What was met in both sides of a relation."""

    hints: dict[str, Hint] = field(default_factory=dict)
    transposed: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    uninterpreted: set[str] = field(default_factory=set)
    marked: set[str] = field(default_factory=set)
    """Names with a hat, a star, a bar or a prime: what they satisfy is not in the relation."""
    counts: set[str] = field(default_factory=set)
    """Names that limit a sum."""
    linear: bool = False
    """Whether anything was met that only vectors and matrices have."""
    suggested: bool = False
    """Whether capitals stand inverted or between bars, as matrices do."""
    acted: set[str] = field(default_factory=set)
    """Names right after a capital, as the x of Ax."""
    italic: bool = False
    """Whether a plain T transposes."""
    dims: set[str] = field(default_factory=set)
    """Names that are a dimension: the n of I_n."""
    fresh: int = 0


class Applied(Record):
    """How names are used in the relation: with indices that a sum binds, before brackets, and as factors."""

    families: frozenset[str]
    functions: frozenset[str]
    factors: frozenset[str]


def usage(*roots: Node) -> Applied:
    """How each name of a relation is used. A name before (X) or (AX), where no sum is, is a function there."""
    return _applied([_used(root) for root in roots])


def usage_with_edit(edited: Node, staying: Container[int], *roots: Node) -> Applied:
    """The same for a relation and one that is edited, of which the nodes in ``staying``, by identity, stand in the
    relation, so that they are looked at only where they stand otherwise."""
    new: list[Node] = [edited]
    bare: list[str] = []
    for node in new:
        new.extend(child for child in children(node) if id(child) not in staying)
    _find_bare_names(edited, bare, staying)
    return _applied([*map(_used, roots), _used_in(new, frozenset(bare))])


class _Used(Record):
    """How one side uses its names: those that a sum binds, those with an index and what stands in it."""

    bound: frozenset[str]
    indexed: tuple[tuple[str, frozenset[str]], ...]
    functions: frozenset[str]
    bare: frozenset[str]


def _applied(used: Sequence[_Used]) -> Applied:
    bound = frozenset().union(*(u.bound for u in used))
    families = frozenset(base for u in used for base, inside in u.indexed if not bound.isdisjoint(inside))
    functions = frozenset().union(*(u.functions for u in used))
    return Applied(families, functions, frozenset().union(*(u.bare for u in used)) - functions)


@lru_cache(maxsize=512)
def _used(root: Node) -> _Used:
    """The last ones are remembered: where a slip is looked for on one side, the other one stays."""
    return _used_in(walk(root), frozenset(bare_names(root)))


def _used_in(nodes: Iterable[Node], bare: frozenset[str]) -> _Used:
    bound: set[str] = set()
    indexed: set[tuple[str, frozenset[str]]] = set()
    functions: set[str] = set()
    for node in (n for n in nodes if n.__class__ in _USING):
        if isinstance(node, Big):
            bound.update(map(key, _bound(node)))
        elif isinstance(node, Script):
            if node.sub is not None:
                indexed.add((key(node.base), frozenset(map(key, walk(node.sub)))))
        elif isinstance(node, Factors):
            functions.update(key(a) for a, b in zip(node.items, node.items[1:], strict=False) if _applies(a, b))
    return _Used(frozenset(bound), tuple(indexed), frozenset(functions), bare)


_USING: frozenset[type] = frozenset((Big, Script, Factors))
"""Kinds of nodes that show how a name is used."""


def _bound(node: Big) -> Iterator[Node]:
    sub = node.head.sub if isinstance(node.head, Script) else None
    inner = sub.body if isinstance(sub, Group) else sub
    if isinstance(inner, Chain):
        yield inner.items[0]
    elif inner is not None:
        yield inner


def _applies(head: Node, argument: Node) -> bool:
    """Whether a name stands before brackets as a function does. Brackets around what is put in for a name, which lies
    elsewhere, are none of its own."""
    if not (is_name(head) and isinstance(argument, Fence) and argument.open in ("(", "[") and argument.body):
        return False
    if not argument.start <= argument.body.start <= argument.body.end <= argument.end:
        return False
    return not any(isinstance(n, Terms) for n in parts_of(argument.body))


def parts_of(node: Node) -> tuple[Node, ...]:
    return node.items if isinstance(node, Factors | Phrase) else (node,)


def names_of_quantities(node: Node) -> set[str]:
    """The names in a node, as ``bare_names`` gives them, but for those of functions such as cos and det."""
    heads = {key(n.head) for n in walk(node) if isinstance(n, Function)}
    return set(bare_names(node)) - heads


@lru_cache(maxsize=2_048)
def bare_names(node: Node) -> tuple[str, ...]:
    """Names that stand as factors or terms, not before the bracket of a call and not in a script.

    The last ones are remembered: a document asks for those of its definitions with every relation.
    """
    found: list[str] = []
    _find_bare_names(node, found)
    return tuple(found)


def _find_bare_names(node: Node, found: list[str], staying: Container[int] = ()) -> None:
    """Takes in the names of a node; those of ``staying`` nodes, told by identity, from what is remembered."""
    if id(node) in staying:
        found += bare_names(node)
    elif isinstance(node, Fence) and node.body is not None and not staying:
        found += bare_names(node.body)  # a body that is put in stands in several places
    elif isinstance(node, Call):
        _find_bare_names(node.fence, found, staying)
    elif is_name(node):
        found.append(key(node))
    elif isinstance(node, Script):
        named = node.sub is not None and is_name(node.base)
        base = unraised(node) if named else node.base
        _find_bare_names(base, found, staying)
    else:
        for child in children(node):
            _find_bare_names(child, found, staying)


def hint_of(node: Node) -> Hint:
    font = line = ""
    while isinstance(node, Script | Accent | Styled | Group):
        if isinstance(node, Script) and node.sub is not None:
            index = key(node.sub)
            line = "row" if index.endswith("bullet") else "column" if index.startswith(r"\bullet") else line
        if (isinstance(node, Styled) and "bold" in node.command) or (isinstance(node, Accent) and node.kind == "vec"):
            font = "bold"
        node = node.base if isinstance(node, Script) else node.body
    return Hint(node.name, font or node.font, line=line) if isinstance(node, Sym) else Hint("", font, line=line)


def bare_sup(sup: Node) -> Node:
    inner = sup.body if isinstance(sup, Group | Styled) else sup
    return inner.items[0] if isinstance(inner, Terms) and inner.signs == ("",) else inner


def transposes(sup: Node) -> bool:
    """Whether a superscript is ⊤, or −⊤."""
    inner = bare_sup(sup)
    if isinstance(inner, Terms) and len(inner.items) == 1 and inner.signs[0] in ("-", "−", "–"):
        return is_transpose(bare_sup(inner.items[0]))
    return is_transpose(inner)


def is_italic(sup: Node) -> bool:
    return any(isinstance(n, Sym) and n.name == "T" and not n.font for n in walk(sup))


def without_power(head: Node) -> Node:
    if isinstance(head, Script) and head.sup is not None and (is_power(head.sup) or transposes(head.sup)):
        return head.base if head.sub is None else Script(head.start, head.end, head.base, head.sub, None)
    return head


def is_starred(node: Node) -> bool:
    return isinstance(node, Script) and (node.primes > 0 or node.sup is not None)


def has_capital(node: Node) -> bool:
    return any(isinstance(n, Sym) and len(n.name) == 1 and n.name.isupper() for n in walk(node))


def refuse_derivative(node: Frac) -> None:
    """d/dx, ∂f/∂x and δf/δx are no quotients; a plain d over a plain d is one, too."""
    signs = [_differential(part) for part in (node.top, node.bottom)]
    if "sure" in signs or signs == ["plain", "plain"] or is_variation(node):
        raise Unlowered("derivatives are read but not judged yet")


def _differential(part: Node) -> str:
    first = parts_of(part.body if isinstance(part, Group) else part)[0]
    base = first.base if isinstance(first, Script) else first
    if isinstance(base, Prefix):
        base = base.sign
    if not isinstance(base, Sym) or base.name not in ("d", "∂"):
        return ""
    return "plain" if base.name == "d" and not base.font else "sure"

"""Names put for what a document defines them as, in the tree of a formula."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, cast

from claims.records import replace
from errata.reading.calculus import derivation
from errata.reading.names import is_name, key, names_in
from errata.reading.tree import (
    Big,
    Call,
    Chain,
    Differential,
    Fence,
    Frac,
    Function,
    Group,
    Node,
    Phrase,
    Script,
    Sym,
    child_fields,
    children,
    walk,
)

MOST_DEEP = 6
"""Definitions within definitions that are put in."""


def unfolded(node: Node, definitions: Mapping[str, Node]) -> Node:
    """A tree with each defined name replaced by its body in brackets, bodies included.

    Indices, limits and differentials stay as they are, and so does a name that is called. A body that is put in at
    several places is one node.
    """
    return _Unfolding(definitions).of(node, frozenset())


class _Unfolding:
    """Definitions that are put in, with what each body becomes within which others; no name is put in its own body."""

    def __init__(self, definitions: Mapping[str, Node]) -> None:
        self.definitions = definitions
        self.bodies: dict[frozenset[str], dict[str, Node]] = {}

    def of(self, node: Node, within: frozenset[str]) -> Node:
        """A node in the bodies of the names ``within``."""
        if len(within) <= MOST_DEEP and is_name(node) and self.gives(name := key(node), within):
            return Fence(node.start, node.end, "(", self.body(name, within), ")")
        fields = child_fields(node.__class__)
        if not fields:
            return node
        match node:
            case Script(base=base, sup=sup):
                raised = None if sup is None else _as_exponent(sup, self.of(sup, within))
                if is_name(node):
                    return node
                named = without_power(node)
                if named is not None and self.gives(key(named), within):
                    return replace(node, base=self.of(named, within), sub=None, sup=raised)
                if named is not None:  # X_0 in X_0⊤ is another name than X
                    return _changed(node, {"sup": raised})
                return _changed(node, {"base": self.of(base, within), "sup": raised})
            case Call(fence=fence):
                return _changed(node, {"fence": self.of(fence, within)})
            case Big(body=body):
                return node if body is None else _changed(node, {"body": self.of(body, within)})
            case Differential():
                return node
        return _changed(node, {field: self.inside(getattr(node, field), within) for field in fields})

    def gives(self, name: str, within: frozenset[str]) -> bool:
        return name in self.definitions and name not in within

    def body(self, name: str, within: frozenset[str]) -> Node:
        """What the body of a name becomes there."""
        known = self.bodies.setdefault(within, {})
        if name not in known:
            known[name] = self.of(self.definitions[name], within | {name})
        return known[name]

    def inside(self, value: object, within: frozenset[str]) -> object:
        if isinstance(value, tuple):
            return _same_or(value, tuple([self.inside(v, within) for v in value]))
        return None if value is None else self.of(cast("Node", value), within)


def _as_exponent(old: Node, new: Node) -> Node:
    """What a name became that stands as an exponent: without brackets, which would make it a number above, e^{(i)}."""
    while isinstance(old, Group):
        old = old.body
    inner = new
    while isinstance(inner, Group):
        inner = inner.body
    bracketed = isinstance(inner, Fence) and inner.body is not None and not isinstance(old, Fence)
    return Group(new.start, new.end, inner.body) if bracketed and isinstance(inner, Fence) and inner.body else new


def _changed(node: Node, changes: Mapping[str, Any]) -> Node:
    """A node with other children; itself where they are the same, so that what is known of it stays known."""
    if all(getattr(node, name) is value for name, value in changes.items()):
        return node
    return replace(node, **changes)


def _same_or(old: tuple[object, ...], new: tuple[object, ...]) -> tuple[object, ...]:
    return old if all(a is b for a, b in zip(old, new, strict=True)) else new


def without_power(node: Node) -> Node | None:
    """The name in a power of a name with an index: Σ_n in Σ_n⁻¹; None where there is none."""
    if not isinstance(node, Script) or node.sub is None or node.sup is None or not is_name(node.base) or is_name(node):
        return None
    return _unpowered(node)


@lru_cache(maxsize=2_048)
def _unpowered(node: Script) -> Node | None:
    """The last ones are remembered, with the text that they are compared by."""
    named = replace(node, sup=None)
    return named if is_name(named) else None


def called(node: Node, functions: Mapping[str, tuple[str, Node]]) -> Node:
    """A tree with each call f(a) of a function in ``functions``, which hold its parameter and its body, replaced by the
    body at a in brackets. A call whose argument can't be put in stays."""

    def at_its_argument(call: Node) -> Node | None:
        if not isinstance(call, Call) or not is_name(call.head) or key(call.head) not in functions:
            return None
        argument = call.fence.body if isinstance(call.fence, Fence) else None
        if argument is None or isinstance(argument, Phrase):
            return None
        parameter, body = functions[key(call.head)]
        given = instance(body, {parameter: called(argument, functions)})
        return None if given is None else Fence(call.start, call.end, "(", given, ")")

    return rebuilt(node, at_its_argument)


def replaced(node: Node, bodies: Mapping[str, Node]) -> Node:
    """A tree with each name, call or function whose key is in ``bodies`` replaced by that body in brackets.

    Indices, limits and differentials stay as they are; nothing is replaced in the bodies.
    """
    if replaceable(node).isdisjoint(bodies):
        return node
    body = bodies.get(key(node)) if _may_have_a_body(node) else None
    if body is not None:
        return Fence(node.start, node.end, "(", body, ")")
    match node:
        case Script(base=base, sup=sup):
            raised = None if sup is None else _as_exponent(sup, replaced(sup, bodies))
            if (named := without_power(node)) is not None:  # X_0 in X_0⊤ is another name than X
                if key(named) in bodies:
                    return replace(node, base=replaced(named, bodies), sub=None, sup=raised)
                return _changed(node, {"sup": raised})
            return _changed(node, {"base": replaced(base, bodies), "sup": raised})
        case Call(fence=fence):
            return _changed(node, {"fence": replaced(fence, bodies)})
        case Big(body=body):
            return node if body is None else _changed(node, {"body": replaced(body, bodies)})
    changes: dict[str, Any] = {name: _replaced_inside(getattr(node, name), bodies) for name in child_fields(type(node))}
    return _changed(node, changes)


def _may_have_a_body(node: Node) -> bool:
    return isinstance(node, Call | Function | Script) or is_name(node)


def replaceable(node: Node) -> frozenset[str]:
    """The keys of all in a tree that ``replaced`` finds a body for, where there is one."""
    noted = node.__dict__
    try:
        known: frozenset[str] = noted["replaceable"]
    except KeyError:
        own = frozenset({key(node)}) if _may_have_a_body(node) else frozenset[str]()
        known = noted["replaceable"] = own.union(*map(replaceable, _where_replaced(node)))
    return known


def _where_replaced(node: Node) -> Sequence[Node]:
    """The parts of a node in which ``replaced`` goes on."""
    match node:
        case Script(base=base, sup=sup):
            if is_name(node):
                return ()
            return [part for part in (without_power(node) or base, sup) if part is not None]
        case Call(fence=fence):
            return (fence,)
        case Big(body=body):
            return () if body is None else (body,)
        case Differential():
            return ()
    return children(node)


def instance(node: Node, values: Mapping[str, Node]) -> Node | None:
    """A body at other values of its parameters, in limits as well; None where one stands in an index or is bound, and
    where a name of a value would be bound there: ∑_i x^i at x = i.

    ``values`` holds what stands for each parameter, by its key.
    """
    if all(key(value) == parameter for parameter, value in values.items()):
        return node
    if not bound_in(node).isdisjoint({*values, *(name for value in values.values() for name in names_in(value))}):
        return None
    mark = Sym(0, 0, "⟨⟩", "", "⟨⟩")
    marked = _with_limits(node, dict.fromkeys(values, mark))
    if any(is_name(n) and key(n) in values for n in walk(marked)):
        return None
    return _with_limits(node, values)


def bound_in(node: Node) -> frozenset[str]:
    """The names that sums, integrals and the like in a tree bind, and those that it derives by."""
    bound: set[str] = set()
    for part in walk(node):
        if isinstance(part, Differential):
            bound |= names_in(part.variable)
        elif isinstance(part, Big) and isinstance(part.head, Script) and part.head.sub is not None:
            sub = part.head.sub.body if isinstance(part.head.sub, Group) else part.head.sub
            bound |= names_in(sub.items[0] if isinstance(sub, Chain) else sub)
        elif isinstance(part, Frac) and (found := derivation(part)) is not None:
            bound |= set(map(key, found.variables))
    return frozenset(bound)


def _with_limits(node: Node, values: Mapping[str, Node]) -> Node:
    """The same as ``replaced``, in the limits of sums and integrals as well."""

    def limited(part: Node) -> Node | None:
        if not isinstance(part, Big) or part.body is None or not isinstance(part.head, Script):
            return None
        sub, sup = part.head.sub, part.head.sup
        ends = {
            "sub": _limit(sub.body if isinstance(sub, Group) else sub, values),
            "sup": None if sup is None else replaced(sup, values),
        }
        return _changed(part, {"head": _changed(part.head, ends), "body": rebuilt(part.body, limited)})

    return replaced(rebuilt(node, limited), values)


def _limit(sub: Node | None, values: Mapping[str, Node]) -> Node | None:
    """A lower limit at other values; the i of ∑_{i=a}^n and the range of ∑_x stay."""
    if isinstance(sub, Chain):
        return _changed(sub, {"items": (sub.items[0], *(replaced(item, values) for item in sub.items[1:]))})
    return sub if sub is None or is_name(sub) else replaced(sub, values)


def _replaced_inside(value: object, bodies: Mapping[str, Node]) -> object:
    if isinstance(value, tuple):
        return _same_or(value, tuple(_replaced_inside(v, bodies) for v in value))
    return None if value is None else replaced(cast("Node", value), bodies)


def rebuilt(node: Node, change: Callable[[Node], Node | None]) -> Node:
    """A tree with each part replaced by what ``change`` makes of it; where that is None, its own parts are asked."""
    found = change(node)
    if found is not None:
        return found
    if not child_fields(node.__class__):
        return node
    changes: dict[str, Any] = {name: _rebuilt_inside(getattr(node, name), change) for name in child_fields(type(node))}
    return _changed(node, changes)


def _rebuilt_inside(value: object, change: Callable[[Node], Node | None]) -> object:
    if isinstance(value, tuple):
        return _same_or(value, tuple(_rebuilt_inside(v, change) for v in value))
    return None if value is None else rebuilt(cast("Node", value), change)

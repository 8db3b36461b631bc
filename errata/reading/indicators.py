"""Indicators as they are written: 1[x > 0], 1_{x > 0}, 1_A(x), I(x ≤ a), [x > 0], each 1 where its condition holds."""

from __future__ import annotations

from claims.records import replace
from errata.reading.tree import (
    Call,
    Chain,
    Factors,
    Fence,
    Group,
    Node,
    Num,
    Phrase,
    Relation,
    Script,
    Styled,
    Sym,
    Terms,
    walk,
)

COMPARISONS = frozenset("= ≠ < > ≤ ≥ ∈ ∉".split())
COMPLEMENTS = frozenset({"c", "C", "∁", "complement"})
UNIONS, MEETS = frozenset({r"\cup", "∪"}), frozenset({r"\cap", "∩"})
WITHOUT = frozenset({r"\setminus", r"\backslash", "∖"})
_ROUND = frozenset({"(", "[", r"\{", r"\lbrace"})


def is_sign(node: Node) -> bool:
    """Whether a node is the sign of an indicator by its font: a 1 or an I in blackboard bold or bold, 𝟙."""
    node = _bare(node)
    if isinstance(node, Styled):
        return isinstance(node.body, Num) and node.body.text == "1"
    return isinstance(node, Sym) and (node.name == "𝟙" or (node.name in ("1", "I") and node.font in ("double", "bold")))


def may_be_sign(node: Node) -> bool:
    """Whether a node is a sign of an indicator where a condition stands beside it: a plain 1 or I, too."""
    node = _bare(node)
    if isinstance(node, Num):
        return node.text == "1"
    return is_sign(node) or (isinstance(node, Sym) and node.name in ("1", "I"))


def condition(node: Node) -> Node | None:
    """What an indicator asks for: chains of comparisons, or a set or an event; None where a node is no indicator.

    1_A(x) asks for x ∈ A.
    """
    if isinstance(node, Call):
        return _of_call(node)
    if isinstance(node, Script) and node.sub is not None and node.sup is None and not node.primes:
        asked = _inside(node.sub)
        if may_be_sign(node.base) and chains(asked):
            return asked
        return asked if is_sign(node.base) and is_set(asked) else None
    return None


def bracketed(node: Fence) -> Node | None:
    """What [x > 0] asks for; None for a bracket that holds anything else."""
    body = node.body
    return body if node.open == "[" and node.close == "]" and body is not None and chains(body) else None


def asked_by(node: Node) -> Node | None:
    """What an indicator of any form asks for, [x > 0] among them; None where a node is no indicator."""
    return bracketed(node) if isinstance(node, Fence) else condition(node)


def has_indicator(node: Node) -> bool:
    """Whether an indicator stands in a formula. The bracket of P[x > 0] is none."""
    met = tuple(walk(node))
    of_calls = {id(n.fence) for n in met if isinstance(n, Call)}
    return any(asked_by(n) is not None for n in met if id(n) not in of_calls)


def guards(side: Node) -> tuple[Node, ...]:
    """The factors of a side that are nothing but indicators: they may only say where the rest is meant."""
    side = _bare(side)
    parts = side.items if isinstance(side, Factors) else (side,)
    return tuple(part for part in parts if asked_by(part) is not None)


def _of_call(node: Call) -> Node | None:
    body = node.fence.body if isinstance(node.fence, Fence) else None
    if body is None:
        return None
    if may_be_sign(node.head):
        return body if chains(body) or (is_sign(node.head) and is_set(body)) else None
    head = node.head
    if not isinstance(head, Script) or not is_sign(head.base) or head.sub is None or head.sup is not None:
        return None
    if not is_of_a_set(head.sub):
        return None
    among = _inside(head.sub)
    sign = Relation(node.start, node.start, "∈", r"\in")
    return Chain(node.start, node.end, (body, among), (sign,))


def chains(asked: Node) -> tuple[Chain, ...]:
    """The chains of comparisons that all have to hold; empty where something else is asked for."""
    items = asked.items if isinstance(asked, Phrase) else (asked,)
    found = tuple(i for i in items if isinstance(i, Chain) and all(r.sign in COMPARISONS for r in i.relations))
    return found if len(found) == len(items) else ()


def is_set(node: Node) -> bool:
    """Whether a node is a name of a set, or made of such names by ∪, ∩, ∖ and complements."""
    node = _bare(node)
    if isinstance(node, Fence) and node.open == "(" and node.body is not None:
        return is_set(node.body)
    if isinstance(node, Sym):
        return len(node.name) == 1 and node.name.isupper() and node.font in ("", "cal", "script", "roman")
    if isinstance(node, Script):
        return is_set(node.base) and (is_complement(node) or (node.sup is None and not node.primes))
    if isinstance(node, Factors | Terms):
        joined = {s for s in node.signs if s}
        return bool(joined) and joined <= UNIONS | MEETS | WITHOUT and all(map(is_set, node.items))
    return False


def is_complement(node: Script) -> bool:
    """Whether a script says that a set is left out: A^c."""
    sup = _bare(node.sup) if node.sup is not None else None
    return node.sub is None and isinstance(sup, Sym) and sup.name in COMPLEMENTS


def is_of_a_set(sub: Node) -> bool:
    """Whether an index is a set, so that a bracket after it holds what may be in it."""
    among = _inside(sub)
    return is_set(among) or is_range(among)


def is_range(node: Node) -> bool:
    """Whether a node is an interval, or a set that is listed: [0, 1], (0, ∞), {1, 2}."""
    return isinstance(node, Fence) and node.open in _ROUND and isinstance(node.body, Phrase)


def with_power(node: Script) -> tuple[Script, Node] | None:
    """1_A² as 1_A and its power; None where there is none."""
    if node.sup is None or node.sub is None or not is_sign(node.base):
        return None
    return replace(node, sup=None), node.sup


def _bare(node: Node) -> Node:
    while isinstance(node, Group):
        node = node.body
    return node


def _inside(node: Node) -> Node:
    """What stands in the braces of an index: x < 0 of {x < 0}; a set that is listed stays as it is."""
    node = _bare(node)
    if not isinstance(node, Fence) or node.open not in _ROUND or node.body is None:
        return node
    listed = isinstance(node.body, Phrase) and not chains(node.body)
    return node if listed else _bare(node.body)

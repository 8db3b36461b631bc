"""Functions without a body that a relation applies to one thing only: there they are numbers, M_X(t) as good as m.

A relation fails for all values of such a number or it doesn't, so that a slip in what stands beside it can be told.
"""

from __future__ import annotations

from collections.abc import Iterator

from claims.records import replace
from claims.verdict import Refuted
from errata.checking.algebra import Found, judge_identity
from errata.checking.repairs import Repaired, is_slip, repaired
from errata.reading.calculus import is_derivative
from errata.reading.generic import Generic, lower_generic
from errata.reading.names import is_name, key, named_call
from errata.reading.relations import Pair
from errata.reading.substitution import rebuilt
from errata.reading.tree import Big, Call, Differential, Node, Script, Sym, walk
from errata.reading.vectors import Unlowered


def refute_beside_calls(pair: Pair, seed: int) -> tuple[Found, Repaired] | None:
    """The refutation of a step with such functions that holds for all their values once a slip is undone; None where
    there is none, and where one of them stands on one side only: it may vanish."""
    plain = with_numbers(pair)
    if plain is pair or _calls(pair.left) != _calls(pair.right):
        return None
    try:
        found = judge_identity(plain, {}, seed)
    except Unlowered:
        return None
    if not found.known or not isinstance(found.verdict, Refuted):
        return None
    mended = repaired(pair, seed, frame=with_numbers)
    return None if mended is None or not is_slip(mended, step=True) else (found, mended)


def with_numbers(pair: Pair) -> Pair:
    """The relation with such functions as names; itself where there are none, where one is applied to several things,
    and where something runs over what it is applied to."""
    nodes = [n for side in (pair.left, pair.right) for n in walk(side)]
    calls = {key(n): n for n in nodes if isinstance(n, Call) and _is_open(n)}
    heads = {key(n.head) for n in calls.values()}
    runs = {name for n in nodes for name in _run_over(n)}
    if not calls or len(heads) < len(calls) or runs & {key(n) for c in calls.values() for n in walk(c.fence)}:
        return pair

    def number(node: Node) -> Node | None:
        return Sym(node.start, node.end, key(node), "roman", key(node)) if key(node) in calls else None

    left, right = (rebuilt(side, number) for side in (pair.left, pair.right))
    return replace(pair, left=left, right=right)


def _calls(side: Node) -> frozenset[str]:
    return frozenset(key(n) for n in walk(side) if isinstance(n, Call) and _is_open(n))


def _is_open(call: Call) -> bool:
    """Whether a call is of a function of which nothing is known."""
    generic = Generic({})
    try:
        lower_generic(call, generic)
    except Unlowered:
        return False
    return named_call(call) and bool({key(call), key(call.head)} & generic.uninterpreted)


def _run_over(node: Node) -> Iterator[str]:
    """The names that a sum, an integral or a derivative runs over."""
    below: Node | None = None
    if isinstance(node, Differential):
        below = node.variable
    elif isinstance(node, Big):
        below = node.head if isinstance(node.head, Script) else None
    elif is_derivative(node):
        below = getattr(node, "bottom", None)
    yield from (key(n) for n in walk(below) if is_name(n)) if below is not None else ()

"""Values at places: [F]_a^b and F|_{x=a}, and limits, which are values very near to a place or very far out.

Nothing is proved about a limit here: a value at 10^80 or within 10^-80 of a place is close to the limit where there is
one, so that it can speak for a formula, but never against it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import sympy as sp

from claims.records import Record
from errata.reading.calculus import infinite
from errata.reading.lowering import operator_parts
from errata.reading.names import is_name, is_transpose, key
from errata.reading.tree import Bar, Big, Chain, Differential, Fence, Gap, Group, Node, Script, Sym, children, walk

FAR = sp.Integer(10) ** 80
"""What stands for infinity."""
NEAR = sp.Rational(1, 10**80)
"""How far from a place the value near it is taken."""


_MAY_EVALUATE: frozenset[type] = frozenset((Script, Bar))
"""Kinds of nodes that ``evaluation`` may know."""


class Evaluation(Record):
    """The body at ``high`` less the body at ``low``; at ``high`` alone where ``low`` is None.

    ``variable`` is the key of the name that takes the places, None where it isn't written.
    """

    body: Node
    low: Node | None
    high: Node
    variable: str | None


class Approach(Record):
    """A limit: the key of the variable, and where it goes."""

    variable: str
    place: Node


def evaluation(node: Node) -> Evaluation | None:
    """The parts of [F]_a^b, F|_a^b and F|_{x=a}; None for anything else."""
    match node:
        case Script(base=Fence(open="[" | "(" | ".", close="]" | ")" | "|", body=body) as fence, sub=sub, sup=sup):
            between = fence.close == "|" or (sup is not None and not is_transpose(sup) and not isinstance(sup, Fence))
        case Bar(left=body, right=Script(base=Gap(), sub=sub, sup=sup)):
            between = True
        case _:
            return None
    if not between or body is None or sub is None:
        return None
    variable, low = _place(sub)
    named, high = _place(sup) if sup is not None else (variable, None)
    if named is not None and variable is not None and named != variable:
        return None
    if high is None:
        return Evaluation(body, None, low, variable) if variable is not None else None
    return Evaluation(body, low, high, variable or named)


def approach(node: Big) -> Approach | None:
    """The variable of a limit and its place; None for any other sign."""
    name, sub, _ = operator_parts(node.head)
    sub = sub.body if isinstance(sub, Group) else sub
    if name != "lim" or not isinstance(sub, Chain) or [r.sign for r in sub.relations] != ["→"]:
        return None
    variable, place = sub.items
    if isinstance(place, Script) and isinstance(place.sup, Sym) and place.sup.name in "+-−":
        place = place.base
    return Approach(key(variable), place) if is_name(variable) else None


def variable_of(found: Evaluation, differentials: frozenset[str], elsewhere: frozenset[str]) -> str | None:
    """The variable of an evaluation: the one that is written; that of an integral; the only name found nowhere else."""
    if found.variable is not None:
        return found.variable
    inside = {key(n) for n in walk(found.body) if is_name(n)}
    of_integrals = inside & differentials
    if len(of_integrals) == 1:
        return next(iter(of_integrals))
    limits = {key(n) for side in (found.low, found.high) if side is not None for n in walk(side)}
    alone = {name for name in inside - elsewhere - limits if name not in ("e", r"\pi", r"\mathrm{e}")}
    return next(iter(alone)) if len(alone) == 1 else None


def differentials_in(*nodes: Node) -> frozenset[str]:
    """The variables of all integrals."""
    return frozenset().union(*map(_differentials_of, nodes))


@lru_cache(maxsize=1_024)
def _differentials_of(node: Node) -> frozenset[str]:
    return frozenset(key(n.variable) for n in walk(node) if isinstance(n, Differential))


def names_elsewhere(*nodes: Node) -> frozenset[str]:
    """The names that stand outside of every evaluation."""
    return frozenset().union(*map(_names_outside, nodes))


@lru_cache(maxsize=1_024)
def _names_outside(node: Node) -> frozenset[str]:
    evaluates = any(evaluation(n) is not None for n in walk(node) if n.__class__ in _MAY_EVALUATE)
    return frozenset(key(n) for n in (_outside(node) if evaluates else walk(node)) if is_name(n))


def _outside(node: Node) -> Iterator[Node]:
    found = evaluation(node)
    if found is not None:
        for side in (found.low, found.high):
            if side is not None:
                yield from walk(side)
        return
    yield node
    for child in children(node):
        yield from _outside(child)


def stand_in(place: Node) -> sp.Basic | None:
    """What stands for an infinite place; None for a finite one."""
    sign = infinite(place)
    return sign * FAR if sign else None


def _place(node: Node) -> tuple[str | None, Node]:
    """x = a as the key of x and a; a alone without a name."""
    inner = node.body if isinstance(node, Group) else node
    if isinstance(inner, Chain) and [r.sign for r in inner.relations] == ["="] and is_name(inner.items[0]):
        return key(inner.items[0]), inner.items[1]
    return None, inner

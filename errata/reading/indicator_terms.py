"""What an indicator asks for, as an expression that is 1 where it holds and 0 elsewhere."""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp

from claims.indicators import IsNonNegative, IsPositive, compared
from errata.reading.indicators import MEETS, UNIONS, chains, is_complement, is_range
from errata.reading.tree import Chain, Dots, Factors, Fence, Group, Node, Phrase, Script, Sym, Terms, walk
from errata.reading.vectors import Unlowered

Worth = Callable[[Node], sp.Expr]
"""The expression of a part. Raises Unlowered."""
Membership = Callable[[Node | None, Node], sp.Expr]
"""1 where an element, if one is named, is in a set whose name is given; 0 elsewhere. Raises Unlowered."""


def holding(asked: Node, worth: Worth, membership: Membership) -> sp.Expr:
    """1 where all that is asked holds: chains of comparisons, or one set. Raises Unlowered."""
    found = chains(asked)
    if not found:
        return _in_set(None, asked, membership)
    return _all([part for chain in found for part in _of_chain(chain, worth, membership)])


def _of_chain(chain: Chain, worth: Worth, membership: Membership) -> list[sp.Expr]:
    out = []
    for relation, left, right in zip(chain.relations, chain.items, chain.items[1:], strict=False):
        if relation.sign in ("∈", "∉"):
            inside = _in_range(left, right, worth) if is_range(right) else _in_set(left, right, membership)
            out.append(inside if relation.sign == "∈" else _not(inside))
            continue
        value = compared(relation.sign, worth(left), worth(right))
        if value is None:
            raise Unlowered(f"the relation {relation.sign} in an indicator")
        out.append(value)
    return out


def _in_range(element: Node, among: Node, worth: Worth) -> sp.Expr:
    """1 where a number is in an interval, or in a set that is listed."""
    assert isinstance(among, Fence) and isinstance(among.body, Phrase)
    items, x = among.body.items, worth(element)
    if among.open in (r"\{", r"\lbrace"):
        if any(isinstance(i, Dots) for i in items):
            raise Unlowered("a set with dots")
        return _not(_all([_not(_sure("=", x, worth(item))) for item in items]))
    if len(items) != 2 or among.close not in (")", "]", "["):
        raise Unlowered("a range that is not understood")
    ends = ("≥" if among.open == "[" else ">", "≤" if among.close == "]" else "<")
    return _all([_sure(s, x, worth(end)) for s, end in zip(ends, items, strict=True) if not _is_infinite(end)])


def _in_set(element: Node | None, among: Node, membership: Membership) -> sp.Expr:
    """1 where an element is in a set made of others by ∪, ∩, ∖ and complements."""
    while isinstance(among, Group) or (isinstance(among, Fence) and among.open == "(" and among.body is not None):
        among = among.body  # type: ignore[assignment]
    if isinstance(among, Script) and is_complement(among):
        return _not(_in_set(element, among.base, membership))
    if not isinstance(among, Factors | Terms):
        return membership(element, among)
    value = _in_set(element, among.items[0], membership)
    for sign, item in zip(among.signs[1:], among.items[1:], strict=True):
        other = _in_set(element, item, membership)
        if sign in UNIONS:
            value = _not(_all([_not(value), _not(other)]))
        else:
            value = _all([value, other if sign in MEETS else _not(other)])
    return value


def narrowed(body: sp.Expr, variable: sp.Symbol, low: sp.Expr, high: sp.Expr) -> sp.Integral:
    """The integral over the part of its range where factors 1[x > a] and 1[x < a] of what is integrated are 1."""
    rest: list[sp.Expr] = []
    for factor in _flat(body):
        end = _end(factor, variable)
        if end is None:
            rest.append(factor)
        elif end[1]:
            low = end[0] if low is -sp.oo else sp.Max(low, end[0], evaluate=False)
        else:
            high = end[0] if high is sp.oo else sp.Min(high, end[0], evaluate=False)
    if low is not -sp.oo and high is not sp.oo and len(rest) < len(_flat(body)):
        high = sp.Max(low, high, evaluate=False)
    return sp.Integral(_all(rest) if rest else sp.Integer(1), (variable, low, high))


def _flat(body: sp.Expr) -> list[sp.Expr]:
    return [f for a in body.args for f in _flat(a)] if isinstance(body, sp.Mul) else [body]


def _end(factor: sp.Expr, variable: sp.Symbol) -> tuple[sp.Expr, bool] | None:
    """The end of a range that an indicator puts to a variable, and whether it is the lower one; None for any other."""
    if not isinstance(factor, IsPositive | IsNonNegative):
        return None
    slope = factor.args[0].diff(variable)
    if slope not in (1, -1):
        return None
    return -slope * factor.args[0].xreplace({variable: sp.Integer(0)}), slope == 1


def _sure(sign: str, left: sp.Expr, right: sp.Expr) -> sp.Expr:
    value = compared(sign, left, right)
    assert value is not None
    return value


def _all(parts: list[sp.Expr]) -> sp.Expr:
    return parts[0] if len(parts) == 1 else sp.Mul(*parts, evaluate=False)


def _not(value: sp.Expr) -> sp.Expr:
    return sp.Add(1, sp.Mul(-1, value, evaluate=False), evaluate=False)


def _is_infinite(node: Node) -> bool:
    return any(isinstance(n, Sym) and n.name == "∞" for n in walk(node))

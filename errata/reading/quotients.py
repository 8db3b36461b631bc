"""Derivatives with a slash, d(log p)/dt and ∂f/∂x, as the fractions of differentials that they are."""

from __future__ import annotations

from claims.records import replace
from errata.reading.tree import Accent, Call, Factors, Frac, Function, Node, Num, Prefix, Script, Styled, Sym

_NAMES = Sym | Script | Accent | Styled


def with_quotients(node: Factors) -> Node:
    """A product in which each df/dx is one fraction; the product itself where none is."""
    signs, items = list(node.signs), list(node.items)
    at = 0
    while at < len(items):
        found = _quotient(signs, items, at)
        if found is not None:
            first, last, frac = found
            signs[first:last], items[first:last] = [signs[first]], [frac]
            at = first
        at += 1
    if len(items) == len(node.items):
        return node
    if len(items) == 1 and not signs[0]:
        return items[0]
    return Factors(node.start, node.end, tuple(signs), tuple(items))


def _quotient(signs: list[str], items: list[Node], at: int) -> tuple[int, int, Frac] | None:
    """The derivative whose slash stands before the item at a place: its first item, the one after it, and the fraction.

    In d log p/dt the slash was taken by the logarithm.
    """
    item = items[at]
    if signs[at] == "/":
        below = _below(signs, items, at)
        first = None if below is None else _first(signs, items, at)
        if below is None or first is None:
            return None
        top, bottom = _product(signs, items, first, at), _product(signs, items, at, at + below)
        return first, at + below, Frac(top.start, bottom.end, top, bottom, "/")
    inner = item.argument if isinstance(item, Function) else None
    if not at or not isinstance(item, Function) or not isinstance(inner, Factors) or not _is_d(items[at - 1]):
        return None
    slash = len(inner.items) - 2
    if slash < 1 or inner.signs[slash] != "/" or _below(list(inner.signs), list(inner.items), slash) != 2:
        return None
    kept = _product(list(inner.signs), list(inner.items), 0, slash)
    bottom = _product(list(inner.signs), list(inner.items), slash, slash + 2)
    top = _product(signs, [*items[:at], replace(item, end=kept.end, argument=kept)], at - 1, at + 1)
    return at - 1, at + 1, Frac(top.start, bottom.end, top, bottom, "/")


def _below(signs: list[str], items: list[Node], at: int) -> int | None:
    """How many items after a slash are one differential: ∂x, or d and x; None where something else stands there."""
    if isinstance(items[at], Prefix) and _is_d(items[at]):
        return 1
    plain = isinstance(items[at], Sym) and _is_d(items[at]) and at + 1 < len(items) and not signs[at + 1]
    return 2 if plain and isinstance(items[at + 1], _NAMES) else None


def _first(signs: list[str], items: list[Node], at: int) -> int | None:
    """Where the differential before a slash begins: the nearest d or ∂ with nothing but factors after it."""
    first = at - 1
    while first >= 0:
        if _is_d(items[first]):
            alone = isinstance(items[first], Sym | Script) and first == at - 1
            return None if alone and first else first
        if signs[first]:
            return None
        first -= 1
    return None


def _is_d(node: Node) -> bool:
    """Whether a node is or begins with d, d² or ∂."""
    sign = node.sign if isinstance(node, Prefix) else node.head if isinstance(node, Call) else node
    if isinstance(sign, Script):
        if sign.sub is not None or sign.primes or not isinstance(sign.sup, Num):
            return False
        sign = sign.base
    return isinstance(sign, Sym) and sign.name in ("d", "∂") and sign.font in ("", "roman", "text")


def _product(signs: list[str], items: list[Node], first: int, last: int) -> Node:
    if last - first == 1:
        return items[first]
    return Factors(items[first].start, items[last - 1].end, ("", *signs[first + 1 : last]), tuple(items[first:last]))

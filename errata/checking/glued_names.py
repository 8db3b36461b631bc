"""Names that are written in two signs and would pass for products: Δx is a difference, y1 and y2 are y₁ and y₂.

A relation that holds as products has to hold for such names, too: (y2 − y1)/(x2 − x1) is y/x only for factors. One that
fails is left alone where it doesn't fail for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from claims.records import replace
from errata.checking.context import State, root_of
from errata.reading.names import is_name
from errata.reading.relations import Pair
from errata.reading.substitution import rebuilt
from errata.reading.tree import Accent, Call, Factors, Fence, Group, Node, Num, Script, Styled, Sym, children, walk

WHY = "its letters may be names in two signs, as Δx and y1 are"
_SLOPES = frozenset("∇ ∂".split())
"""Beside these Δ is a sum of second derivatives, which is read elsewhere."""
_LEAST_NUMBERS = 2
"""Numbers right behind one letter from which on they number it: y2 − y1, and no product 3 x 2."""

Join = Callable[[Node, Node], Node | None]


def with_glued_names(state: State, pair: Pair) -> Pair | None:
    """The relation with one name for each such pair of signs; None where it has none."""
    numbered = _numbered(pair)
    signs = {n.name for side in (pair.left, pair.right) for n in walk(side) if isinstance(n, Sym)}
    changes = "Δ" in signs and not signs & _SLOPES and not _is_alone(state)
    if not numbered and not changes:
        return None

    def joined(first: Node, second: Node) -> Node | None:
        if changes and _is_delta(first):
            return _changed(first, second)
        if isinstance(first, Sym) and first.name in numbered and isinstance(second, Num):
            return Script(first.start, second.end, first, second, None)
        return None

    left, right = _glued(pair.left, joined), _glued(pair.right, joined)
    return None if left is pair.left and right is pair.right else replace(pair, left=left, right=right)


def _numbered(pair: Pair) -> set[str]:
    """The letters that stand in a relation with two whole numbers or more right behind them."""
    behind: dict[str, set[str]] = {}
    for side in (pair.left, pair.right):
        for first, second in (two for n in walk(side) if isinstance(n, Factors) for two in _neighbours(n)):
            if isinstance(first, Sym) and first.font == "" and isinstance(second, Num) and second.text.isdigit():
                behind.setdefault(first.name, set()).add(second.text)
    return {name for name, numbers in behind.items() if len(numbers) >= _LEAST_NUMBERS and name not in ("π", "e", "i")}


def _neighbours(product: Factors) -> Iterator[tuple[Node, Node]]:
    """Factors with nothing between them."""
    for first, sign, second in zip(product.items, product.signs[1:], product.items[1:], strict=False):
        if not sign:
            yield first, second


def _is_delta(node: Node) -> bool:
    return isinstance(node, Sym) and node.name == "Δ"


def _is_alone(state: State) -> bool:
    """Whether Δ is a quantity of its own somewhere in the document: Δ = b² − 4ac."""
    document = state.document
    named = (n for n, f in enumerate(document.formulas) if document.macros or "Delta" in f.latex or "Δ" in f.latex)
    return any(_has_alone(root_of(state, index)) for index in named)


def _has_alone(node: Node) -> bool:
    if _is_delta(node):
        return True
    if isinstance(node, Factors):
        before = {id(first) for first, second in _neighbours(node) if isinstance(second, _CHANGING)}
        return any(_has_alone(item) for item in node.items if not (_is_delta(item) and id(item) in before))
    inside = [n for n in children(node) if not _is_delta(n)] if isinstance(node, Script | Call) else children(node)
    return any(_has_alone(n) for n in inside)


_CHANGING = (Accent, Call, Fence, Group, Script, Styled, Sym)
"""What Δ may be said of."""


def _changed(delta: Node, of: Node) -> Node | None:
    """The difference of a name, of one to a power, or of a function: Δx, Δx², Δf(x)."""
    match of:
        case Call(head=head, fence=fence) if is_name(head):
            return Call(delta.start, of.end, Script(delta.start, head.end, delta, head, None), fence, sure=True)
        case Script(base=base, sub=sub, sup=sup) if sup is not None and not is_name(of):
            name = base if sub is None else Script(of.start, of.end, base, sub, None)
            return Script(delta.start, of.end, delta, name, sup) if is_name(name) else None
        case _ if is_name(of):
            return Script(delta.start, of.end, delta, of, None)
    return None


def _glued(node: Node, joined: Join) -> Node:
    def glue(n: Node) -> Node | None:
        if not isinstance(n, Factors):
            return None
        signs, items = [n.signs[0]], [n.items[0]]
        for sign, item in zip(n.signs[1:], n.items[1:], strict=True):
            one = None if sign else joined(items[-1], item)
            if one is not None:
                items[-1] = one
            else:
                signs.append(sign)
                items.append(item)
        if len(items) == len(n.items):
            return None
        inner = [item if isinstance(item, Script) else rebuilt(item, glue) for item in items]
        plain = len(inner) == 1 and not signs[0]
        return inner[0] if plain else Factors(n.start, n.end, tuple(signs), tuple(inner))

    return rebuilt(node, glue)

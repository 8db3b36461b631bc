r"""Units of measurement behind a number: 10/100 = 0.1 \mathrm{m}/\mathrm{s} is a statement about 10/100 and 0.1."""

from __future__ import annotations

from claims.records import replace
from errata.checking.kinds import has_names, is_number
from errata.reading.relations import Pair
from errata.reading.tree import Factors, Group, Node, Num, Script, Styled, Sym

MEANT = "the letters behind the number are its unit"
LONGEST = 3
"""Letters of a unit: cm, kg, mol."""


def without_unit(pair: Pair) -> Pair | None:
    """A relation between a number and a number with upright letters behind it, without these; None for any other."""
    if has_names(pair.left) or isinstance(_bare(pair.left), Num) or not isinstance(pair.right, Factors):
        return None
    first, *units = pair.right.items
    if not units or not is_number(_bare(first)) or not all(_is_unit(n) for n in units):
        return None
    if any(sign not in ("", "/", r"\cdot", "·") for sign in pair.right.signs):
        return None
    return replace(pair, right=first)


def _is_unit(node: Node) -> bool:
    """Upright letters, a power of them, or a group of them."""
    match node:
        case Script(base=base, sub=None, sup=Num() | Group()):
            return _is_unit(base)
        case Group(body=body):
            return _is_unit(body)
        case Factors(items=items):
            return all(map(_is_unit, items))
        case Sym(name=name, font=font):
            return font == "roman" and len(name.strip("~ ")) <= LONGEST
    return False


def _bare(node: Node) -> Node:
    while isinstance(node, Group | Styled):
        node = node.body
    return node

"""A letter in two fonts in one relation, z_i beside a bold z_i: the bold was forgotten somewhere, and both are one."""

from __future__ import annotations

from claims.records import replace
from errata.reading.names import key
from errata.reading.relations import Pair
from errata.reading.substitution import rebuilt
from errata.reading.tree import Node, Script, Sym, walk


def in_one_font(pair: Pair) -> tuple[Pair, str] | None:
    """The relation with each member of a family in bold that stands in both fonts with the same index, and what was
    taken for granted; None where there is none."""
    members = [n for side in (pair.left, pair.right) for n in walk(side) if isinstance(n, Script) and n.sub is not None]
    plain, bold = ({_member(n) for n in members if _font(n) == font} for font in ("", "bold"))
    both = {member for member in plain & bold if member is not None}
    if not both:
        return None

    def emboldened(node: Node) -> Node | None:
        if isinstance(node, Script) and _font(node) == "" and _member(node) in both and isinstance(node.base, Sym):
            return replace(node, base=replace(node.base, font="bold", latex=rf"\mathbf{{{node.base.latex}}}"))
        return None

    left, right = (rebuilt(side, emboldened) for side in (pair.left, pair.right))
    said = ", ".join(f"{letter}_{index} is in bold as elsewhere" for letter, index in sorted(both))
    return replace(pair, left=left, right=right), said


def _font(node: Script) -> str | None:
    return node.base.font if isinstance(node.base, Sym) else None


def _member(node: Script) -> tuple[str, str] | None:
    return (node.base.name, key(node.sub)) if isinstance(node.base, Sym) and node.sub is not None else None

"""E(x − m)², which many write for the mean of the square."""

from __future__ import annotations

from claims.records import replace
from errata.reading.tree import Call, Fence, Node, Script, Sym


def power_inside(node: Node) -> Node | None:
    """The mean of a power for the power of a mean that stands in a round bracket; None for anything else."""
    if not isinstance(node, Script) or node.sup is None or node.sub is not None:
        return None
    call = node.base
    fence = call.fence if isinstance(call, Call) else None
    if not isinstance(call, Call) or not isinstance(fence, Fence) or fence.open != "(":
        return None
    if not isinstance(call.head, Sym) or call.head.name not in ("E", "𝔼"):
        return None
    return replace(call, end=node.end, fence=replace(fence, open="[", body=replace(node, base=fence), close="]"))

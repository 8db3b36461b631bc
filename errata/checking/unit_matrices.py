"""Identity matrices with their size below, I_d: where one stands for 1, a relation of numbers may hold."""

from __future__ import annotations

from claims.records import replace
from claims.verdict import Proved, Supported
from errata.checking.algebra import judge_identity
from errata.reading.names import key
from errata.reading.relations import Pair
from errata.reading.substitution import replaced
from errata.reading.tree import Node, Num, Script, Sym, walk
from errata.reading.vectors import Unlowered


def holds_for_identities(pair: Pair, seed: int) -> bool:
    """Whether a relation holds for numbers once each I_d in it is 1, as an identity matrix is in dimension one."""
    sides = (pair.left, pair.right)
    named = {key(_unit(n)): Num(n.start, n.end, "1") for side in sides for n in walk(side) if _is_identity(n)}
    if not named:
        return False
    left, right = (replaced(side, named) for side in sides)
    try:
        found = judge_identity(replace(pair, left=left, right=right), {}, seed)
    except (Unlowered, RecursionError):
        return False
    return isinstance(found.verdict, Proved | Supported)


def _is_identity(node: Node) -> bool:
    """Whether a node is I with letters below that tell a size, alone or raised to a power."""
    return (
        isinstance(node, Script) and isinstance(node.base, Sym) and node.base.name == "I" and node.sub is not None
        and node.base.font in ("", "bold", "roman") and all(isinstance(n, Sym | Num | Script) for n in walk(node.sub))
    )  # fmt: skip


def _unit(node: Node) -> Node:
    return replace(node, sup=None) if isinstance(node, Script) else node

"""How often something happened, as notes mark it: #H for the number of heads, #T for that of tails."""

from __future__ import annotations

from claims.records import replace
from errata.reading.names import key
from errata.reading.outcomes import Count, Outcomes
from errata.reading.relations import Pair
from errata.reading.substitution import rebuilt
from errata.reading.tree import Group, Node, Prefix, Sym, walk

_SUCCESSES = frozenset({"H", "heads", "Heads", "successes"})
_FAILURES = frozenset({"T", "tails", "Tails", "failures"})


def with_marked_counts(pair: Pair) -> tuple[Pair, Outcomes]:
    """A relation with each marked count as a name, and whose counts these names are; where it counts anything else, the
    relation as it stands."""
    counted = {key(n): n for side in (pair.left, pair.right) for n in walk(side) if _counts(n)}
    what = {name: _what(node) for name, node in counted.items()}
    if not what or not set(what.values()) <= _SUCCESSES | _FAILURES:
        return pair, Outcomes(None, None, None)

    def named(node: Node) -> Node | None:
        name = f"n_{_what(node)}" if _counts(node) else ""
        return Sym(node.start, node.end, name, "", name) if name else None

    by_role = [frozenset(f"n_{w}" for w in what.values() if w in role) for role in (_SUCCESSES, _FAILURES)]
    told = [Count(names, None) if names else None for names in by_role]
    left, right = (rebuilt(side, named) for side in (pair.left, pair.right))
    return replace(pair, left=left, right=right), Outcomes(told[0], told[1], None)


def _counts(node: Node) -> bool:
    return isinstance(node, Prefix) and isinstance(node.sign, Sym) and node.sign.name == "#"


def _what(node: Node) -> str:
    inner = node.operand if isinstance(node, Prefix) else node
    while isinstance(inner, Group):
        inner = inner.body
    return inner.name if isinstance(inner, Sym) else key(inner)

"""What a document says of names, so that a step which may use it is not taken for a mistake."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from errata.reading.matrix_notation import bare_names
from errata.reading.names import is_name, key
from errata.reading.relations import stated
from errata.reading.tree import Lines

Known = Mapping[str, tuple[frozenset[str], ...]]
"""For each name, the names in each thing that a document says of it."""


def usable(name: str, names: frozenset[str], known: Known, seen: frozenset[str]) -> bool:
    """Whether the document says something of a name that is about these names alone, once definitions are unfolded."""
    seen |= {name}
    return any(
        all(other in names or (other not in seen and usable(other, names, known, seen)) for other in others)
        for others in known.get(name, ())
    )


def known_of(roots: Iterable[Lines]) -> Known:
    """What the formulas of a document say of a name: what it equals, and what is 0, 1 or the identity with it."""
    out: dict[str, list[frozenset[str]]] = {}
    for pair in (p for root in roots for chain in stated(root) for p in chain.pairs()):
        for side, other in ((pair.left, pair.right), (pair.right, pair.left)):
            others = frozenset(bare_names(other))
            if is_name(side) and key(side) not in others:
                out.setdefault(key(side), []).append(others)
            elif key(side) in ("0", "1") or key(side).startswith("I"):
                for name in others:
                    out.setdefault(name, []).append(others - {name})
    return {name: tuple(found) for name, found in out.items()}

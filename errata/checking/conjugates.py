"""Bars that may be conjugates: z z̄ = |z|² of complex numbers, of which real ones are a case."""

from __future__ import annotations

import re

from claims.records import replace
from claims.verdict import Proved, Supported
from errata.checking.algebra import judge_identity
from errata.reading.names import is_name, key, names_in
from errata.reading.relations import Pair
from errata.reading.substitution import rebuilt
from errata.reading.tree import Accent, Fence, Node, walk
from errata.reading.vectors import Unlowered

_SAID = re.compile(
    r"\b(?:complex|its|their|the)\s+conjugates?\b"
    r"(?!\s+(?:prior|posterior|famil|distribution|pair|gradient|direction|transpose))"
    r"|\bcomplex(?:[ -]valued)?\b|\\mathbb\s*\{?\s*C\b|ℂ",
    re.I,
)
_BARS = ("|", r"\vert", r"\lvert")


def may_be_conjugates(pair: Pair, text: str, seed: int) -> bool:
    """Whether a name stands in a relation with a bar and without, the text or a modulus speaks of complex numbers, and
    the relation holds where they are real."""
    plain = names_in(pair.left) | names_in(pair.right)
    barred = {key(n) for side in (pair.left, pair.right) for n in walk(side) if _is_bar(n, plain)}
    moduli = (n for side in (pair.left, pair.right) for n in walk(side) if isinstance(n, Fence) and n.open in _BARS)
    if not barred or not (_SAID.search(text) or any(m.body is not None and is_name(m.body) for m in moduli)):
        return False

    def real(node: Node) -> Node | None:
        return node.body if isinstance(node, Accent) and key(node) in barred else None

    try:
        found = judge_identity(replace(pair, left=rebuilt(pair.left, real), right=rebuilt(pair.right, real)), {}, seed)
    except (Unlowered, RecursionError):
        return False
    return isinstance(found.verdict, Supported | Proved)


def _is_bar(node: Node, plain: frozenset[str]) -> bool:
    return isinstance(node, Accent) and node.kind in ("bar", "overline") and key(node.body) in plain

"""A condition right behind an expression with nothing but a blank between: E[X] = m/(m − 2) m > 2."""

from __future__ import annotations

from claims.records import replace
from errata.reading.names import is_name
from errata.reading.relations import Pair, Stated
from errata.reading.tree import Factors

MEANT = "what stands before the next sign is a condition"
_BOUNDS = frozenset("< > ≤ ≥ ≠ ∈".split())


def without_condition(chain: Stated, pair: Pair) -> Pair | None:
    """The relation without the last factor of its right side, a name that the next sign of the chain bounds; None where
    it isn't so."""
    signs, product = chain.chain.relations[pair.position + 1 :], pair.right
    if len(signs) != 1 or signs[0].sign not in _BOUNDS or not isinstance(product, Factors):
        return None
    if not is_name(product.items[-1]) or product.signs[-1]:
        return None
    first, *rest = product.items[:-1]
    return replace(pair, right=replace(product, items=(first, *rest), signs=product.signs[:-1]) if rest else first)

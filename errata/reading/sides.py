"""A side of a relation, read once for all the relations that it stands in.

A member of a chain stands in two of them, and a side stays where another one is edited or something is put into it.
"""

from __future__ import annotations

from functools import lru_cache

import sympy as sp

from errata.reading.calculus import is_derivative
from errata.reading.endpoints import evaluation
from errata.reading.generic import Generic, lower_generic
from errata.reading.tree import Differential, Node, Sym, walk

INTEGRALS = frozenset("∫∬∭∮")


@lru_cache(maxsize=256)
def is_simple(side: Node) -> bool:
    """Whether a side holds neither derivatives nor integrals, nor [F]_a^b, so that it is read without the other one."""
    return not any(
        isinstance(n, Differential) or (isinstance(n, Sym) and n.name in INTEGRALS) or is_derivative(n)
        or evaluation(n) is not None
        for n in walk(side)
    )  # fmt: skip


def lower_side(side: Node, generic: Generic) -> sp.Basic:
    """What ``lower_generic`` gives, with all that it notes. Raises Unlowered."""
    if generic.definitions or not is_simple(side):
        return lower_generic(side, generic)
    found, noted = _alone(
        side, tuple(generic.sizes.items()), generic.told, generic.tight_products, generic.opaque, generic.counted
    )  # fmt: skip
    generic.take_in(noted)
    return found


@lru_cache(maxsize=256)
def _alone(
    side: Node,
    sizes: tuple[tuple[str, int], ...],
    told: frozenset[str],
    tight_products: bool,
    opaque: bool,
    counted: frozenset[str],
) -> tuple[sp.Basic, Generic]:
    """A simple side, and what was met in it."""
    generic = Generic(dict(sizes), told=told, tight_products=tight_products, opaque=opaque, counted=counted)
    return lower_generic(side, generic), generic

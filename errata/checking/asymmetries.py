"""Relations that say that an exchange of two names matters: KL(p ‖ q) ≠ KL(q ‖ p), P(A | B) ≠ P(B | A).

Such a sentence is about laws in general. It is supported by random worlds in which the sides differ, and refuted by
nothing.
"""

from __future__ import annotations

from claims.evidence import Agreement
from claims.verdict import Tried, decide
from errata.checking.abstract import LEAST, signature_of
from errata.checking.algebra import Found
from errata.checking.page_laws import PageLaws, read_on
from errata.reading.names import is_name, key
from errata.reading.relations import Pair
from errata.reading.sentences.heads import speaks_of_laws
from errata.reading.substitution import rebuilt
from errata.reading.tree import Node, walk
from errata.reading.vectors import Unlowered
from numerics.interpretations.agreement import tallies
from numerics.interpretations.worlds import DENSITIES, THREE, TWO

GENERAL = "of laws in general, not of each"
_WORLDS = 8
"""Worlds of each kind."""
_OFTEN = 10
"""How many times as often as they agree the sides must differ."""


def judge_asymmetry(pair: Pair, page: PageLaws, seed: int) -> Found | None:
    """The support of a relation that denies a symmetry; None where it gets none."""
    if pair.relation.sign != "≠" or not speaks_of_laws(pair.left) or not exchanges_two_names(pair.left, pair.right):
        return None
    try:
        read = read_on(pair, page)[0]
    except Unlowered:
        return None
    kinds, signature = (TWO, THREE, DENSITIES), signature_of(read)
    found = tuple(tallies(read.left, "=", read.right, signature, seed, kinds=kinds, worlds=_WORLDS))
    differ, agree = sum(t.differ for t in found), sum(t.agree for t in found)
    if differ < LEAST or agree * _OFTEN > differ:
        return None
    detail = f"the sides differ in {differ} of {differ + agree} random worlds"
    return Found(decide([Tried(GENERAL, (Agreement("worlds", differ, 38, detail),))]), (), True)


def exchanges_two_names(left: Node, right: Node) -> bool:
    """Whether a side is the other one with two of its names exchanged."""
    one, two = (tuple(n for n in walk(side) if is_name(n)) for side in (left, right))
    first = next(((a, b) for a, b in zip(one, two, strict=False) if key(a) != key(b)), None)
    if first is None or sorted(map(key, one)) != sorted(map(key, two)):
        return False
    a, b = first

    def exchanged(node: Node) -> Node | None:
        if not is_name(node):
            return None
        return b if key(node) == key(a) else a if key(node) == key(b) else None

    return key(rebuilt(left, exchanged)) == key(right)

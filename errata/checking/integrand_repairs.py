"""Two integrals that differ by a slip: undone, their integrands agree everywhere."""

from __future__ import annotations

from itertools import islice

from claims.records import replace
from claims.verdict import Refuted, Repair
from errata.checking.algebra import Found
from errata.checking.integrand_order import judge_order
from errata.checking.integrands import agree_everywhere, judge_integrals
from errata.checking.repairs import Frame, Repaired, suspected
from errata.reading.names import names_in
from errata.reading.relations import Pair
from errata.reading.unparse import to_latex

MOST_TRIALS = 150
"""Edits that are tried on a side."""


def refute_integrals(pair: Pair, seed: int, frame: Frame = lambda pair: pair) -> tuple[Found, Repaired] | None:
    """The refutation of two multiples of integrals over the same range, and the slip that explains it; None where the
    integrands aren't apart in one direction, or where no single slip parts them."""
    framed = frame(pair)
    found = judge_integrals(framed, seed)
    if found is None or not isinstance(found.verdict, Refuted):
        found = judge_order(framed, seed)
    if found is None or not isinstance(found.verdict, Refuted):
        return None
    mended = repaired_integrals(pair, seed, frame)
    if mended is None or (mended.repair.slip == "name" and _brings_in_a_name(pair)):
        return None
    return found, mended


def _brings_in_a_name(pair: Pair) -> bool:
    """Whether the right side has a name that the left one hasn't: what that is may be said elsewhere."""
    return not names_in(pair.right) <= names_in(pair.left)


def repaired_integrals(pair: Pair, seed: int, frame: Frame = lambda pair: pair) -> Repaired | None:
    """The first slip, on the right side or else on the left, whose undoing makes the integrands agree everywhere."""
    for on_left in (False, True):
        for slip in islice(suspected(pair, on_left), MOST_TRIALS):
            edited = replace(pair, left=slip.node) if on_left else replace(pair, right=slip.node)
            if agree_everywhere(frame(edited), seed):
                return Repaired(Repair(to_latex(slip.node), slip.kind), slip.start, slip.end, on_left, edited)
    return None

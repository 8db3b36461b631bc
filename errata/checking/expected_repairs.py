"""A slip in a relation of expectations of vectors whose undoing makes it hold for all laws.

E[XYᵀ] = E[X] E[Y]ᵀ holds for independent variables, so that a failure alone says little; that one slip away stands a
relation that holds for all laws on three outcomes says that it was meant.
"""

from __future__ import annotations

from claims.records import replace
from claims.verdict import Refuted
from errata.checking.algebra import Found
from errata.checking.expected import on_outcomes
from errata.checking.linear import judge_linear
from errata.checking.linear_repairs import repaired_linear
from errata.checking.repairs import Repaired
from errata.reading.relations import Pair


def refute_expected(pair: Pair, seed: int) -> tuple[Found, Repaired] | None:
    """The refutation of such a relation with its slip; None where it holds for some law, or nothing mends it."""
    written = on_outcomes(pair)
    if written is None:
        return None
    found = judge_linear(written, seed)
    if found is None or not isinstance(found.verdict, Refuted):
        return None
    mended = repaired_linear(pair, seed, on_outcomes)
    if mended is None:
        return None
    verdict = replace(found.verdict, repair=mended.repair)
    where = (*found.where, "every expectation is a sum over three outcomes, numbered 7 to 9")
    return Found(verdict, where, True, found.message), mended

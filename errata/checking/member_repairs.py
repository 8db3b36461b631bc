"""A slip in a relation between a vector and its members: yᵀy = ∑ y_i, which holds for all vectors with y_i² for y_i.

Written out for vectors of two and three members the relation fails, and holds for every size once one slip is undone.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from claims.evidence import Counterexample
from claims.records import replace
from claims.verdict import Refuted, Repair, Supported, Tried, decide
from errata.checking.algebra import Found
from errata.checking.linear_repairs import Looked, looked_at
from errata.checking.members import fits_no_shapes, has_functions, has_marks, judge_members, refuted_at, written_out
from errata.checking.repairs import SLIPS, Repaired, is_outside_of_functions, suspected
from errata.checking.slips import Slip
from errata.reading.dimensions import Mismatch
from errata.reading.relations import Pair
from errata.reading.shapes import settled
from errata.reading.tree import walk
from errata.reading.unparse import to_latex
from errata.reading.vectors import Unlowered
from numerics.drawn import agrees_at
from numerics.undetermined import Undetermined

SIZES = (2, 3)
PLAIN = frozenset({"sign", "factor-2", "factor-1/2", "square", "inverse", "off-by-one"})
"""Slips that count beside names with marks: residuals may add up to 0, and fits may stand for what they are fitted to,
so that a term or another name makes no difference."""
MOST_TRIED = 40
MOST_WORK = 2_500
"""Nodes of all the edited formulas together, where each is judged."""
MOST_LOOKS = 25_000
"""The same where each is looked at in one point first."""


def refute_members(pair: Pair, seed: int) -> tuple[Found, Repaired] | None:
    """The refutation of such a relation with its slip; None where it holds at some size, or nothing mends it."""
    found = refuted_at(pair, SIZES, seed)
    if found is None or not isinstance(found.verdict, Refuted):
        return None
    mended = _mended(pair, seed)
    if mended is None or (has_functions(pair) and not is_outside_of_functions(mended, pair)):
        return None
    by = found.verdict.by
    shown = replace(by, witness=tuple((_plain(name), value) for name, value in by.witness if _is_met(name)))
    verdict = decide([Tried(None, (shown,))], mended.repair)
    assert isinstance(verdict, Refuted) and isinstance(shown, Counterexample)
    return replace(found, verdict=verdict, sound=True), mended


def misfit_members(pair: Pair, seed: int) -> Repaired | None:
    """The slip without which such a relation, whose names no shapes fit, holds in every size; None where they fit."""
    written = written_out(pair, SIZES[0])
    return None if written is None or not fits_no_shapes(written) else _mended(pair, seed)


def _mended(pair: Pair, seed: int) -> Repaired | None:
    size = sum(1 for side in (pair.left, pair.right) for _ in walk(side))
    kinds = PLAIN if has_marks(pair) else SLIPS
    some = (trial for trial in _slips(pair) if trial[0].kind in kinds)
    written = written_out(pair, SIZES[0])
    point = None if written is None else looked_at(written, seed)
    most = min(MOST_TRIED, max(1, MOST_WORK // size)) if point is None else max(1, MOST_LOOKS // size)
    for slip, on_left in islice(some, most):
        edited = replace(pair, left=slip.node) if on_left else replace(pair, right=slip.node)
        if (refuted_at(edited, SIZES[:1], seed) is not None) if point is None else _is_apart(edited, point, on_left):
            continue
        found = judge_members(edited, seed)
        if found is not None and isinstance(found.verdict, Supported) and not found.verdict.holds_if:
            return Repaired(Repair(to_latex(slip.node), slip.kind), slip.start, slip.end, on_left, edited)
    return None


def _is_apart(edited: Pair, point: Looked, on_left: bool) -> bool:
    """A quick look: whether an edited side, written out, isn't the other one at a point."""
    try:
        written = written_out(edited, SIZES[0])
        if written is None:
            return False
        return not agrees_at(point.place, settled(written.left if on_left else written.right, point.reading), on_left)
    except (Unlowered, Undetermined, Mismatch, RecursionError, KeyError, ValueError):
        return True


def _slips(pair: Pair) -> Iterator[tuple[Slip, bool]]:
    yield from ((slip, False) for slip in suspected(pair, on_left=False))
    yield from ((slip, True) for slip in suspected(pair, on_left=True))


def _is_met(name: str) -> bool:
    """Whether a name stands in the relation of the smallest size: not one of the members that no vector has there."""
    number = name.rpartition("[")[2].rstrip("]")
    return "[]" not in name or not number.isdigit() or int(number) <= SIZES[0]


def _plain(name: str) -> str:
    """y_1 for the first member of the family y[]."""
    base, _, number = name.partition("[][")
    return f"{base}_{number.rstrip(']')}" if number else name

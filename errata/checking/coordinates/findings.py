"""How a refutation with a witness is told, with the slip whose undoing mends it."""

from __future__ import annotations

from claims.evidence import Counterexample
from claims.records import replace
from claims.verdict import IllFormed, Refuted, Repair, Tried, decide
from errata.checking.context import At, span_of
from errata.checking.judgement import Judged, Kind
from errata.checking.repairs import SLIPS
from errata.checking.slips import Slip
from errata.reading.relations import Pair
from errata.reading.unparse import to_latex

Witness = tuple[tuple[tuple[str, str], ...], str, str]
"""The names with their values, and what the two sides are there."""


def refuted(
    at: At, judged: Judged, pair: Pair, route: str, rule: str, witness: Witness, message: str,
    slip: Slip | None = None, holds_if: str | None = None,
) -> Judged:  # fmt: skip
    """The refutation of a relation, its right side or the slip in it underlined; ``holds_if`` would save it."""
    names, left, right = witness
    by = Counterexample(route, names, left, right, f"left {left}, right {right}", True, True)
    repair = None if slip is None else Repair(to_latex(slip.node), slip.kind)
    verdict = decide([Tried(None, (by,))], repair)
    if isinstance(verdict, Refuted):
        verdict = replace(verdict, holds_if=holds_if)
    start, end = (pair.right.start, pair.right.end) if slip is None else (slip.start, slip.end)
    label = None if slip is None else f"{SLIPS[slip.kind]} (right side)"
    return replace(
        judged, kind=Kind.CLAIM, verdict=verdict, rule=rule, message=message, label=label,
        focus=span_of(at.formula, start, end),
    )  # fmt: skip


def misshapen(at: At, judged: Judged, message: str, slip: Slip) -> Judged:
    """A relation whose names no shapes fit, with the slip in its right side without which they do."""
    focus = span_of(at.formula, slip.start, slip.end)
    verdict = IllFormed("E411", message, focus.start, focus.end, Repair(to_latex(slip.node), slip.kind))
    label = f"{SLIPS[slip.kind]} (right side)"
    return replace(
        judged, kind=Kind.CLAIM, verdict=verdict, rule="E411", message=message, label=label, focus=focus
    )  # fmt: skip

"""A refuted statement as data: both sides at a witness that breaks it, and at a point where the condition saves it.

Sides are exact rationals, or balls that surely hold their value. A statement counts as refuted only where it surely
fails at two precisions, and as saved only where it surely holds there or both sides agree to many digits.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeAlias

from flint import arb, ctx, fmpq

from claims.records import Record

Value: TypeAlias = "fmpq | arb"
Sides: TypeAlias = tuple[Value, Value]
Relation: TypeAlias = Literal["=", "≤", "≥", "<", ">"]

BITS = (128, 512)
"""Precisions at which a statement must fail."""
AGREE = arb(2) ** -80
"""Balls narrower than this that overlap count as equal where the statement is saved."""


class Refutation(Record):
    """``left relation right`` in words; ``sides`` at the witness, ``saved`` at a point where ``holds_if`` is true.

    ``derived`` names the derivations that give the right form.
    """

    name: str
    says: str
    left: str
    relation: Relation
    right: str
    witness: str
    sides: Callable[[], Sides]
    holds_if: str
    saved_at: str
    saved: Callable[[], Sides]
    derived: tuple[str, ...] = ()


def values(sides: Callable[[], Sides], bits: int = BITS[0]) -> Sides:
    """Both sides, computed with so many bits."""
    with ctx.workprec(bits):
        return sides()


def is_refuted(case: Refutation) -> bool:
    """Whether the statement surely fails at its witness, at every precision."""
    return all(surely_fails(case.relation, values(case.sides, bits)) for bits in BITS)


def is_saved(case: Refutation) -> bool:
    """Whether the statement holds where its condition does, at every precision."""
    return all(holds(case.relation, values(case.saved, bits)) for bits in BITS)


def surely_fails(relation: Relation, sides: Sides) -> bool:
    """Whether the relation is false for every value in the balls."""
    left, right = sides
    match relation:
        case "=":
            return bool(left < right) or bool(left > right)
        case "≤":
            return bool(left > right)
        case "≥":
            return bool(left < right)
        case "<":
            return bool(left >= right)
        case ">":
            return bool(left <= right)


def holds(relation: Relation, sides: Sides) -> bool:
    """Whether the relation is true for every value in the balls; equal balls need be narrow only."""
    left, right = sides
    match relation:
        case "=":
            exact = isinstance(left, fmpq) and isinstance(right, fmpq)
            return bool(left == right) or (not exact and bool(abs(arb(left) - arb(right)) < AGREE))
        case "≤":
            return bool(left <= right)
        case "≥":
            return bool(left >= right)
        case "<":
            return bool(left < right)
        case ">":
            return bool(left > right)

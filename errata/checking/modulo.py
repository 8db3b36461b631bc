"""Equations modulo a number: both sides leave the same remainder."""

from __future__ import annotations

from claims.records import replace
from claims.verdict import NotAClaim, NotAClaimKind, Proved, Refuted, Supported, Undecided
from errata.checking.context import At, State, span_of
from errata.checking.judgement import Judged, Kind
from errata.checking.pairs import ruled
from errata.reading.lowering import lower
from errata.reading.moduli import MODULO, number_of
from errata.reading.names import is_name
from errata.reading.relations import Pair
from errata.reading.tree import Gap, Node, Num
from errata.reading.unparse import to_latex
from errata.reading.vectors import Unlowered
from errata.reading.words import words
from numerics.balls import Undetermined, rational


def judge_modulo(state: State, at: At, pair: Pair, modulus: Node) -> Judged:
    """The judgement on one pair of a chain that holds modulo a number, by the remainders of its sides."""
    number = number_of(modulus)
    span = span_of(at.formula, pair.relation.start if isinstance(pair.left, Gap) else pair.left.start, pair.right.end)
    said = f"{words(pair.left)} ≡ {words(pair.right)} (mod {words(number)})"
    judged = Judged(
        at.index, span, to_latex(pair.left), pair.relation.latex, to_latex(pair.right), Kind.CLAIM,
        Undecided((), f"it holds modulo {words(number)}, and a side has no value"), said,
    )  # fmt: skip
    if pair.relation.sign != MODULO or isinstance(pair.left, Gap) or isinstance(pair.right, Gap):
        return judged
    if is_name(pair.left):
        return replace(judged, kind=Kind.GIVEN, verdict=NotAClaim(NotAClaimKind.GIVEN))
    left, right = (_remainder(state, side, number) for side in (pair.left, pair.right))
    if left is None or right is None:
        return judged
    leaves = replace(pair, left=left, relation=replace(pair.relation, sign="="), right=right)
    return ruled(judged, leaves, state.scope, None, None, span)


def up_to_multiples(state: State, at: At, judged: Judged, pair: Pair, modulus: Node) -> Judged:
    """An equality that fails beside congruences, as it is where it was meant to be one of them."""
    if not isinstance(judged.verdict, Refuted) or pair.relation.sign not in ("=", "≡"):
        return judged
    again = judge_modulo(state, at, replace(pair, relation=replace(pair.relation, sign=MODULO)), modulus)
    if not isinstance(again.verdict, Proved | Supported):
        return judged
    verdict = Supported(tuple(again.verdict.by), f"it holds modulo {words(number_of(modulus))}")
    return replace(judged, verdict=verdict, rule=None, message=None, label=None, focus=None)


def _remainder(state: State, side: Node, modulus: Node) -> Num | None:
    """What a whole number leaves when it is divided by the modulus; None where either is anything else."""
    try:
        value, divisor = (rational(lower(node, state.scope).expression) for node in (side, modulus))
    except (Unlowered, Undetermined):
        return None
    if value is None or divisor is None or value.q != 1 or divisor.q != 1 or divisor.p < 1:
        return None
    return Num(side.start, side.end, str(int(value.p) % int(divisor.p)))

"""A side with a sign or a power too many: −F(x) = R and F(x)² = R, where F(x) = R is known to hold.

That F(x) = R holds comes from the law of x, or from what else is known, which says nothing of −F(x). Where it holds,
and F(x) = −R fails at a point, so does −F(x) = R there; where F(x) = R² fails, R is neither zero nor one, and no F(x)²
is R. Where what F(x) is can't be held against −R, a point at which R and −R are apart shows the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from claims.evidence import Counterexample
from claims.records import Record, replace
from claims.verdict import NotAClaim, NotAClaimKind, Proved, Refuted, Repair, Supported, Tried, Undecided, decide
from errata.checking.algebra import judge_identity, may_be_identity
from errata.checking.context import At, span_of
from errata.checking.judgement import Judged, Kind
from errata.checking.kinds import is_number
from errata.checking.repairs import SLIPS
from errata.reading.names import key
from errata.reading.relations import Pair
from errata.reading.tree import Accent, Call, Gap, Node, Num, Script, Terms
from errata.reading.unparse import to_latex
from errata.reading.vectors import Unlowered

Judge = Callable[[At, Pair], Judged]
"""What is said of a claim in the place of another."""


class _Turned(Record):
    """A relation with a side as it is without its sign or power, and the same with these moved to the other side."""

    slip: str
    side: Node
    on_left: bool
    plain: Pair
    moved: Pair
    other: Pair
    """The other side, and the same with that sign or power."""


def judge_turned(at: At, judged: Judged, pair: Pair, judge: Judge, seed: int) -> Judged | None:
    """The refutation of a relation that holds without the sign or the power of a whole side; None where it doesn't.

    One that would define that side is judged as well: nothing is defined by its square. What is supposed beside the
    relation can't save it, as it doesn't make F(x) zero.
    """
    defines = judged.verdict == NotAClaim(NotAClaimKind.DEFINITION)
    if not (isinstance(judged.verdict, Undecided) or defines) or pair.relation.sign not in ("=", "≡"):
        return None
    if not may_be_identity(pair, at.chain, at.prose):
        return None
    alone = replace(at, prose="", chain=replace(at.chain, before="", remark=""))
    for turned in _turned(pair):
        if key(turned.plain.left) == key(turned.plain.right):
            continue
        plain = judge(at, turned.plain)
        if plain.rule is not None or not _holds(plain):
            continue
        by = _apart(turned, judge(alone, turned.moved), seed)
        if by is not None:
            return _refuted(at, judged, turned, plain, by)
    return None


def _apart(turned: _Turned, moved: Judged, seed: int) -> Counterexample | None:
    """A point at which the relation fails, given that it holds without the sign or the power."""
    if isinstance(moved.verdict, Refuted):
        return _swapped(moved.verdict.by)
    try:
        found = judge_identity(turned.other, {}, seed)
    except (Unlowered, RecursionError):
        return None
    if not isinstance(found.verdict, Refuted) or not found.known:
        return None
    by = found.verdict.by
    return _swapped(by) if turned.on_left else by


def _swapped(by: Counterexample) -> Counterexample:
    return replace(by, left=by.right, right=by.left, detail=f"left {by.right}, right {by.left}")


def _holds(judged: Judged) -> bool:
    verdict = judged.verdict
    return isinstance(verdict, Proved) or (isinstance(verdict, Supported) and verdict.holds_if is None)


def _turned(pair: Pair) -> Iterator[_Turned]:
    """The relation without what stands around a side: the left one where it opens a chain, and the right one."""
    left, right = pair.left, pair.right
    if isinstance(left, Gap) or is_number(left) or is_number(right):
        return
    if pair.position == 0 and (inner := _inner(left)) is not None:
        around = _around(left, right)
        plain = replace(pair, left=inner)
        yield _Turned(
            _slip(left), left, True, plain, replace(plain, right=around), replace(plain, left=right, right=around)
        )
    if (inner := _inner(right)) is not None:
        around = _around(right, left)
        plain = replace(pair, right=inner)
        yield _Turned(_slip(right), right, False, plain, replace(plain, left=around), replace(plain, right=around))


def _inner(side: Node) -> Node | None:
    """F(x) of −F(x) and of F(x)², and a mean x̄ of its square; None for what is written otherwise."""
    match side:
        case Terms(signs=("-",), items=(only,)):
            return only
        case Script(base=Call() | Accent() as base, sub=None, sup=Num(text="2"), primes=0):
            return base
    return None


def _slip(side: Node) -> str:
    return "sign" if isinstance(side, Terms) else "square"


def _around(side: Node, other: Node) -> Node:
    """The other side with the sign or the power of this one."""
    match side:
        case Terms():
            return replace(side, items=(other,))
        case Script():
            return replace(side, base=other)
    raise TypeError(f"neither a sign nor a power stands around {side!r}")


def _refuted(at: At, judged: Judged, turned: _Turned, plain: Judged, by: Counterexample) -> Judged:
    """The refutation by the point at which the sign or the power shows."""
    side, inner = ("left", turned.plain.left) if turned.on_left else ("right", turned.plain.right)
    where = f" at {', '.join(f'{n} = {v}' for n, v in by.witness)}" if by.witness else ""
    message = (
        f"it holds with {to_latex(inner)} on the {side};{where} the left side is {by.left}, the right side {by.right}"
    )
    verdict = decide([Tried(None, (by,))], Repair(to_latex(inner), turned.slip))
    return replace(
        judged, kind=Kind.CLAIM, verdict=verdict, where=plain.where, rule="E311", message=message,
        focus=span_of(at.formula, turned.side.start, turned.side.end), label=f"{SLIPS[turned.slip]} ({side} side)",
    )  # fmt: skip

"""Two laws of one family: N(A0 + μ, A I Aᵀ) is N(μ, A Aᵀ) where their parameters are equal, one by one.

Each parameter is judged as a relation of its own, of numbers, vectors or matrices. The parameters of a family tell its
laws apart, so that one which differs refutes the relation; those of the matrix normal law do so only up to a factor.
"""

from __future__ import annotations

from collections.abc import Callable

from claims.records import replace
from claims.verdict import Proved, Refuted, Supported, Undecided
from errata.checking.context import At, span_of
from errata.checking.judgement import Judged, Kind
from errata.reading.families.notation import LawCall, law_call
from errata.reading.relations import Pair
from errata.reading.tree import Call, Gap, Sym
from errata.reading.unparse import to_latex

UP_TO_A_FACTOR = frozenset({"MN"})
"""Families with two laws of different parameters that are the same law."""
SIGNS = frozenset("∼ = ≡".split())

Judge = Callable[[Judged, Pair], Judged]


def judge_same_law(at: At, judged: Judged, pair: Pair, judge: Judge) -> Judged | None:
    """The relation as one between parameters, each judged by ``judge``; None where it isn't between two such laws."""
    if pair.relation.sign not in SIGNS or isinstance(pair.left, Gap) or isinstance(pair.right, Gap):
        return None
    left, right = law_call(pair.left), law_call(pair.right)
    if left is None or right is None or not _are_of_one_family(left, right) or _is_exp(pair):
        return None
    relation = replace(pair.relation, sign="=", latex="=")
    parts = [
        judge(judged, replace(pair, left=a, right=b, relation=relation))
        for a, b in zip(left.arguments, right.arguments, strict=True)
        if to_latex(a) != to_latex(b)
    ]
    return _whole(at, judged, pair, left.name, parts) if parts else None


def _is_exp(pair: Pair) -> bool:
    """Whether an equation has e to the power of something on one side: Exponential(y) = exp(−y) names one law only."""
    calls = [side for side in (pair.left, pair.right) if isinstance(side, Call)]
    return pair.relation.sign == "=" and any(isinstance(c.head, Sym) and c.head.name == "exp" for c in calls)


def _are_of_one_family(left: LawCall, right: LawCall) -> bool:
    points = [None if law.point is None else to_latex(law.point) for law in (left, right)]
    return left.name == right.name and len(left.arguments) == len(right.arguments) and points[0] == points[1]


def _whole(at: At, judged: Judged, pair: Pair, name: str, parts: list[Judged]) -> Judged:
    where = tuple(dict.fromkeys(said for part in parts for said in part.where))
    wrong = next((part for part in parts if isinstance(part.verdict, Refuted)), None)
    if wrong is not None and name not in UP_TO_A_FACTOR:
        message = f"a parameter of the law differs: {wrong.message}"
        focus = wrong.focus or span_of(at.formula, pair.right.start, pair.right.end)
        return replace(
            judged, kind=Kind.CLAIM, verdict=wrong.verdict, rule=wrong.rule, message=message, where=where, focus=focus,
            label=wrong.label,
        )  # fmt: skip
    held = [part.verdict for part in parts if isinstance(part.verdict, Supported | Proved)]
    if len(held) < len(parts):
        why = "its parameters were not all decided"
        return replace(judged, kind=Kind.CLAIM, verdict=Undecided((), why), where=where)
    by = tuple(evidence for verdict in held if isinstance(verdict, Supported) for evidence in verdict.by)
    conditions = [v.holds_if for v in held if isinstance(v, Supported) and v.holds_if]
    if not by:
        return replace(judged, kind=Kind.CLAIM, verdict=held[0], where=where)
    verdict = Supported(by, "; ".join(dict.fromkeys(conditions)) or None)
    return replace(judged, kind=Kind.CLAIM, verdict=verdict, where=where)

"""Inequalities between norms, inner products and traces: |xᵀy| ≤ ‖x‖ ‖y‖, ‖AB‖_F ≤ ‖A‖_F ‖B‖_F.

L ≤ R is looked at as |R − L| = R − L, in several dimensions. As random points say little of a bound that is never
nearly reached, it has to fail once it is made a tenth tighter, and only 1 and 2 may be among its numbers. Refuted is
only what holds at all points the other way round.
"""

from __future__ import annotations

from claims.records import replace
from claims.verdict import Refuted, Repair, Supported, Tried, decide
from errata.checking.algebra import may_be_identity
from errata.checking.context import At, State, known_in, span_of
from errata.checking.families.ruling import wishes
from errata.checking.judgement import Judged
from errata.checking.linear import has_open_functions, is_closed, judge_linear
from errata.checking.linear_relation import COUNTS
from errata.checking.said_matrices import is_doubted
from errata.reading.matrix_notation import names_of_quantities
from errata.reading.parser import parse
from errata.reading.relations import Pair
from errata.reading.tree import Fence, Node, Num, Relation, Terms, walk
from errata.reading.unparse import to_latex

NUMBERS = frozenset({"1", "2"})
_OTHER = {"<": ">", ">": "<", "≤": "≥", "≥": "≤"}
_LATEX = {"<": "<", ">": ">", "≤": r"\le", "≥": r"\ge"}


def judge_norms(state: State, at: At, judged: Judged, pair: Pair) -> Judged | None:
    """The judgement on an inequality of vectors and matrices; None where their points disagree, or it is none."""
    if pair.relation.sign not in ("≤", "≥") or not _is_tellable(pair):
        return None
    less, more = (pair.left, pair.right) if pair.relation.sign == "≤" else (pair.right, pair.left)
    seed, known = state.options.seed, known_in(state)
    found = judge_linear(_as_equation(pair, less, more), seed, known)
    if found is None or has_open_functions(_as_equation(pair, less, more)):
        return None  # a bound on a function that may be anything is told by no random points
    if isinstance(found.verdict, Supported):
        tight = judge_linear(_as_equation(pair, less, _a_tenth_less(more)), seed, known)
        loose = tight is None or (isinstance(tight.verdict, Supported) and not tight.verdict.holds_if)
        return None if loose else replace(judged, verdict=found.verdict, where=found.where)
    if not isinstance(found.verdict, Refuted) or wishes(at) or is_doubted(state, at):
        return None
    turned = judge_linear(_as_equation(pair, more, less), seed, known)
    holds = turned is not None and isinstance(turned.verdict, Supported) and not turned.verdict.holds_if
    if not holds or not is_closed(replace(pair, relation=_EQUALS)) or not may_be_identity(pair, at.chain, at.prose):
        return None
    sign = _LATEX[_OTHER[pair.relation.sign]]
    repair = Repair(f"{to_latex(pair.left)} {sign} {to_latex(pair.right)}", "direction")
    by = found.verdict.by
    message = f"at a random point the larger side is less than the other one by {by.left}; nowhere is it more"
    focus = span_of(at.formula, pair.relation.start, pair.relation.end)
    return replace(
        judged, verdict=decide([Tried(None, (by,))], repair), where=found.where, rule="E311", message=message,
        focus=focus, label="the comparison goes the other way",
    )  # fmt: skip


_EQUALS = Relation(0, 0, "=", "=")


def _is_tellable(pair: Pair) -> bool:
    """Whether nothing in a relation is a number that points tell little of, nor a dimension."""
    nodes = [n for side in (pair.left, pair.right) for n in walk(side)]
    names = {name for side in (pair.left, pair.right) for name in names_of_quantities(side)}
    return bool(names) and all(n.text in NUMBERS for n in nodes if isinstance(n, Num)) and not names & COUNTS


def _as_equation(pair: Pair, less: Node, more: Node) -> Pair:
    """|more − less| = more − less."""
    start, end = pair.left.start, pair.left.end
    between = Terms(start, end, ("", "-"), (more, Fence(start, end, "(", less, ")")))
    return replace(pair, left=Fence(start, end, "|", between, "|"), right=between, relation=_EQUALS)


def _a_tenth_less(node: Node) -> Node:
    return parse(rf"\frac{{9}}{{10}} \left( {to_latex(node)} \right)").statements[0]

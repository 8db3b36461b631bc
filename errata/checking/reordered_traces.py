"""Traces of products whose factors stand in another order: tr(ABC) = tr(ACB), for which a trace is invariant under
rotations of its factors only.

Three matrices or more, each one once, and in an order that no rotation gives: as a condition on its names such a
relation is hardly ever meant, so that it is refuted where it fails, in a formula of its own as well. Symmetric or
commuting matrices fulfil it, so that a text which speaks of any such thing leaves it undecided.
"""

from __future__ import annotations

import re

from claims.evidence import Counterexample
from claims.verdict import Tried, decide
from errata.checking.algebra import Found, may_be_identity
from errata.checking.context import At, State, definitions_of
from errata.checking.facts import facts_about
from errata.checking.families.ruling import wishes
from errata.checking.linear import COVARIANCES, fails_throughout, points_of
from errata.checking.linear_relation import Relation, relation_of
from errata.checking.said_matrices import is_doubted
from errata.checking.special import DIAGONALS, FIRM, speaks_of_special
from errata.reading.dimensions import Kind
from errata.reading.gloss import glossed
from errata.reading.lowering import operator_parts
from errata.reading.matrix_notation import hint_of
from errata.reading.names import is_name, key
from errata.reading.relations import Pair
from errata.reading.shapes import readings, settled
from errata.reading.tree import Call, Factors, Fence, Function, Group, Node
from errata.reading.vectors import Unlowered
from numerics.drawn import Apart, tally

LEAST_FACTORS = 3
TRACES = frozenset({"tr", "Tr", "trace"})
OFTEN_SYMMETRIC = COVARIANCES | DIAGONALS | FIRM | frozenset("G H I K Q".split())
"""Letters of kernels, Hessians, weights and the like: a text need not say that they are symmetric."""
_SYMMETRIC = re.compile(
    r"\b(?:symmetr\w*|commut\w*|covarian\w*|gram\w*|kernels?|hermitian|self-?adjoint|definite|semi-?definite|scalars?|"
    r"abelian|simultaneous\w*)\b",
    re.I,
)
"""Words by which the order of factors may not matter."""
_TIMES = frozenset({"", r"\cdot", r"\times"})


def judge_reordered_trace(state: State, at: At, pair: Pair) -> Found | None:
    """The refutation of a relation of traces whose factors are no rotation of each other; None where it may hold."""
    if pair.relation.sign not in ("=", "≡") or wishes(at) or is_doubted(state, at):
        return None
    one, other = factors_of_trace(pair.left), factors_of_trace(pair.right)
    names = [key(n) for n in one]
    if len({*names}) < LEAST_FACTORS or len({*names}) != len(names) or sorted(names) != sorted(map(key, other)):
        return None
    if is_rotation(names, [key(n) for n in other]) or not may_be_identity(pair, at.chain, at.prose):
        return None
    if any(hint_of(n).letter in OFTEN_SYMMETRIC or not hint_of(n).letter.isupper() for n in one):
        return None
    if any(facts_about(n, state.facts) for n in one) or definitions_of(state).keys() & {*names}:
        return None
    text = glossed(state.document.text)
    if _SYMMETRIC.search(text) is not None or speaks_of_special(text):
        return None
    apart = _apart(pair, state.options.seed)
    return None if apart is None else _refuted(apart, names)


def factors_of_trace(node: Node) -> tuple[Node, ...]:
    """A, B and C of tr(ABC); nothing of any other node."""
    head, inner = (
        (node.head, node.fence) if isinstance(node, Call)
        else (node.head, node.argument) if isinstance(node, Function)
        else (None, node)
    )  # fmt: skip
    if head is None or operator_parts(head)[0] not in TRACES or any(operator_parts(head)[1:]):
        return ()
    while isinstance(inner, Fence | Group) and inner.body is not None:
        inner = inner.body
    if not isinstance(inner, Factors) or not _TIMES.issuperset(inner.signs):
        return ()
    return inner.items if all(map(is_name, inner.items)) else ()


def is_rotation(one: list[str], other: list[str]) -> bool:
    """Whether names stand in the same order on a circle."""
    return any(one[n:] + one[:n] == other for n in range(len(one)))


def _apart(pair: Pair, seed: int) -> Apart | None:
    """A point at which the sides of a relation of square matrices differ, where they do at all with several rows."""
    relation: Relation
    try:
        relation = relation_of(pair.left, pair.right)
        found = readings(relation.left, relation.right, relation.notes)
    except (Unlowered, RecursionError):
        return None
    first: Apart | None = None
    for reading in found.ranked:
        left, right = settled(relation.left, reading), settled(relation.right, reading)
        if any(kind is not Kind.MATRIX for kind in reading.kinds.values()):
            continue
        points = tally(left, right, points_of(relation, reading, left, right), seed)
        if not fails_throughout(points):
            return None
        first = first or points.first
    return first if found.complete else None


def _refuted(apart: Apart, names: list[str]) -> Found:
    by = Counterexample(
        "matrices", apart.point, apart.left, apart.right, f"left {apart.left}, right {apart.right}", True, True
    )
    message = f"at a random point the left side is {apart.left}, the right side {apart.right}"
    return Found(decide([Tried(None, (by,))]), (f"{', '.join(sorted(names))} square matrices",), True, message)

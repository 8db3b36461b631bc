"""Relations that hold for matrices of a positive determinant only, or for positive definite ones: |det A| = det A.

The points of linear algebra have square matrices of positive determinant, since logarithms of them are common, and
positive definite ones where a matrix may be symmetric. Here the same relation is looked at with −A for A, and with
the difference of two positive definite matrices, which is any symmetric one.
"""

from __future__ import annotations

from claims.records import replace
from numerics.drawn import tally
from numerics.matrices import Apply, Name, Sum, Term, distinct, rebuilt
from numerics.spots import Drawn

ANOTHER = "′"
"""What marks the second of two positive definite matrices."""
MOST_TURNED = 4
"""Matrices of which the negative is tried."""


def turned(names: frozenset[str], left: Term, right: Term) -> tuple[Term, Term]:
    """Both sides with the negative of each of these names in its place."""

    def leaf(t: Term) -> Term:
        return Sum((-1,), (t,)) if isinstance(t, Name) and t.key in names else t

    return rebuilt(left, leaf), rebuilt(right, leaf)


def made_indefinite(names: frozenset[str], left: Term, right: Term, drawn: Drawn) -> tuple[Term, Term, Drawn]:
    """Both sides with A − A′ for each of these names, and what they are drawn from, both positive definite."""

    def leaf(t: Term) -> Term:
        if isinstance(t, Name) and t.key in names:
            return Sum((1, -1), (t, Name(t.key + ANOTHER, t.indices)))
        return t

    others = {name + ANOTHER: drawn.shapes[name] for name in sorted(names)}
    firm = drawn.firm | frozenset(others if drawn.structure is not None else ())
    wider = replace(drawn, shapes={**drawn.shapes, **others}, spd=drawn.spd | names | frozenset(others), firm=firm)
    return rebuilt(left, leaf), rebuilt(right, leaf), wider


def needs_positive_determinants(names: frozenset[str], left: Term, right: Term, drawn: Drawn, seed: int) -> bool:
    """Whether a relation with determinants, which holds, fails somewhere with the negative of a square matrix."""
    has_determinants = any(isinstance(t, Apply) and t.function == "det" for t in distinct(left, right))
    some = sorted(names)[:MOST_TURNED] if has_determinants else ()
    return any(tally(*turned(frozenset({n}), left, right), drawn, seed, until_apart=True).differ > 0 for n in some)


def needs_definite(names: frozenset[str], left: Term, right: Term, drawn: Drawn, seed: int) -> bool:
    """Whether a relation that holds for positive definite matrices fails for symmetric ones that are not."""
    return bool(names) and tally(*made_indefinite(names, left, right, drawn), seed, until_apart=True).differ > 0

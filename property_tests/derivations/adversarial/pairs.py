"""A false step and its true twin: nearly the same, and right."""

from __future__ import annotations

import sympy as sp

from claims.claim import Lemma, Relation
from claims.domains import ClosedUnit, Integer, NonNegative, OpenUnit, Positive, Real, Variable, symbols_of
from claims.grounds import Ground
from claims.notation import NamedLaw, Normal
from claims.records import Record

WHERE = (
    *(Variable(name, Real()) for name in "xymz"),
    *(Variable(name, Positive()) for name in "srh"),
    Variable("t", OpenUnit()),
    Variable("c", ClosedUnit()),
    Variable("u", NonNegative()),
    Variable("k", Integer()),
    Variable("n", Integer(1)),
)
x, y, m, z, s, r, h, t, c, u, k, n = symbols_of(WHERE)
P, Q, R = NamedLaw("p"), NamedLaw("q"), NamedLaw("r")
STANDARD = Normal(0, 1)
HALF = sp.Rational(1, 2)


class Link(Record):
    """``left relation right``, and the grounds that an inequality names."""

    left: sp.Expr
    right: sp.Expr
    relation: Relation = Relation.EQ
    grounds: tuple[Ground, ...] = ()
    lemmas: tuple[Lemma, ...] = ()

    def by(self, *lemmas: Lemma) -> Link:
        """The same, by these lemmas."""
        return Link(self.left, self.right, self.relation, self.grounds, lemmas)


class Pair(Record):
    """``false`` is no true step of its ``kind``; ``twin`` is one, and is proved unless ``unproved`` says why not."""

    kind: str
    false: Link
    twin: Link
    unproved: str = ""


def eq(left: sp.Expr | int, right: sp.Expr | int) -> Link:
    """left = right."""
    return Link(sp.sympify(left, strict=True), sp.sympify(right, strict=True))


def le(left: sp.Expr | int, right: sp.Expr | int, *grounds: Ground) -> Link:
    """left ≤ right."""
    return Link(sp.sympify(left, strict=True), sp.sympify(right, strict=True), Relation.LE, grounds)


def ge(left: sp.Expr | int, right: sp.Expr | int, *grounds: Ground) -> Link:
    """left ≥ right."""
    return Link(sp.sympify(left, strict=True), sp.sympify(right, strict=True), Relation.GE, grounds)

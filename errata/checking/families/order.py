"""What is compared at a point: the two sides, or for a quantile and a mode what defines it.

A quantile is held against the distribution function: F(Q(p)) = p. A mode is held against the density elsewhere: a
place with a higher density refutes it.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Protocol

import sympy as sp
from flint import arb, fmpq

from claims.laws import density_of, support_of
from claims.records import Record, replace
from errata.reading.families.cases import Case, cases_of
from errata.reading.families.notation import LawNode
from errata.reading.families.terms import Laws, Univariate, built, lower_under, variable_of
from errata.reading.generic import Generic, symbol_of
from errata.reading.lowering import operator_parts
from errata.reading.names import is_name, key
from errata.reading.relations import Pair
from errata.reading.tree import Call, Fence, Group, Node, Script, walk
from errata.reading.vectors import Unlowered
from numerics.balls import Undetermined, enclose
from numerics.families import moments

_MEDIAN = frozenset(("median", "Median", "med", "Med"))
_MODE = frozenset(("mode", "Mode"))
_MOMENTS = frozenset(("E", "𝔼", "Var", "var", "V", "𝕍", "H", "h", "KL", "D", "DKL", "Skew", "Kurt", "std", "SD"))
_QUANTILE = frozenset(("Q", "q"))
_STEPS = (fmpq(1, 1 << 18), fmpq(1, 40), fmpq(1, 3), fmpq(2))
"""How far from a mode the density is looked at."""


class Uncovered(Undetermined):
    """A case distinction says nothing at a point where it should."""


class Check(Protocol):
    """Two values to compare at a point."""

    @property
    def kind(self) -> str:
        """What the relation is about: a "moment" or a "distribution"."""

    @property
    def loose(self) -> str:
        """Why a difference would refute nothing, or ""."""

    def expressions(self) -> tuple[sp.Basic, ...]: ...

    def sides(self, at: Mapping[sp.Symbol, fmpq]) -> tuple[arb, arb]: ...


class Equal(Record):
    """Left and right are equal."""

    left: sp.Basic
    right: sp.Basic
    kind: str
    loose: str
    solved: bool = False
    """Whether the left is a distribution function at the stated value, and not what the document writes."""

    def expressions(self) -> tuple[sp.Basic, ...]:
        return self.left, self.right

    def sides(self, at: Mapping[sp.Symbol, fmpq]) -> tuple[arb, arb]:
        return enclose(self.left, at=at), enclose(self.right, at=at)


class Highest(Record):
    """The density is nowhere higher than at the stated mode."""

    law: Univariate
    mode: sp.Expr
    loose: str
    kind: str = "moment"

    def expressions(self) -> tuple[sp.Basic, ...]:
        return (self.mode,)

    def sides(self, at: Mapping[sp.Symbol, fmpq]) -> tuple[arb, arb]:
        """The density at the mode, and there again where none is found to be higher, or the higher one."""
        here = self._density(sp.S.Zero, at)
        support = support_of(self.law)
        steps = (fmpq(1), fmpq(2)) if support.whole else _STEPS
        for step in (s * sign for s in steps for sign in (1, -1)):
            try:
                there = self._density(sp.Rational(int(step.p), int(step.q)), at)
            except Undetermined:
                continue
            if there > here:
                return here, there
        return here, here

    def has_value(self, at: Mapping[sp.Symbol, fmpq]) -> bool:
        """Whether the stated mode is not surely outside of the support."""
        ball, support = enclose(self.mode, at=at), support_of(self.law)
        above = support.low is -sp.oo or not ball < enclose(support.low, at=at)
        return above and (support.high is sp.oo or not ball > enclose(support.high, at=at))

    def _density(self, step: sp.Expr, at: Mapping[sp.Symbol, fmpq]) -> arb:
        place = self.mode + step
        support = support_of(self.law)
        ball = enclose(place, at=at)
        if support.low is not -sp.oo and not ball > enclose(support.low, at=at):
            raise Undetermined("outside of the support")
        if support.high is not sp.oo and not ball < enclose(support.high, at=at):
            raise Undetermined("outside of the support")
        return enclose(density_of(self.law, place), at=at)


class Branch(Record):
    """A case of a distinction: what it claims where its conditions hold; ``check`` is None where that is not read."""

    check: Check | None
    conditions: tuple[tuple[sp.Expr, str, sp.Expr], ...]

    def names(self) -> frozenset[sp.Basic]:
        """What its conditions are about."""
        return frozenset().union(*(side.free_symbols for a, _, b in self.conditions for side in (a, b)))

    def holds(self, at: Mapping[sp.Symbol, fmpq]) -> bool:
        """Whether all conditions surely hold. Raises Undetermined where one is not decided."""
        return all(_compared(enclose(a, at=at), sign, enclose(b, at=at)) for a, sign, b in self.conditions)


class Branches(Record):
    """At each point the first case whose conditions hold there."""

    branches: tuple[Branch, ...]
    kind: str
    loose: str

    def expressions(self) -> tuple[sp.Basic, ...]:
        stated = tuple(e for b in self.branches if b.check is not None for e in b.check.expressions())
        return (*stated, *(e for b in self.branches for a, _, c in b.conditions for e in (a, c)))

    def sides(self, at: Mapping[sp.Symbol, fmpq]) -> tuple[arb, arb]:
        found = next((b for b in self.branches if b.holds(at)), None)
        if found is None:
            raise Uncovered("no case of a distinction holds")
        if found.check is None:
            raise Undetermined("a case of a distinction is not read")
        if isinstance(found.check, Highest) and not found.check.has_value(at):
            raise Uncovered("a stated mode lies outside of the support")
        return found.check.sides(at)

    def case_at(self, at: Mapping[sp.Symbol, fmpq]) -> int | None:
        """The number of the case that holds at a point; None where none does."""
        try:
            return next((n for n, b in enumerate(self.branches) if b.holds(at)), None)
        except Undetermined:
            return None

    def of_ranges(self, variables: Set[sp.Basic]) -> frozenset[int]:
        """The cases that hold in a range of these variables, not at a single place, and are read."""
        return frozenset(
            n
            for n, b in enumerate(self.branches)
            if b.check is not None and b.names() & variables and all(sign != "=" for _, sign, _ in b.conditions)
        )

    def outside(self, at: Mapping[sp.Symbol, fmpq], place: sp.Symbol, law: Univariate) -> tuple[arb, arb]:
        """Both sides outside of the support, where the density is zero and the distribution function is flat."""
        found = next((b.check for b in self.branches if b.holds(at)), None)
        if not isinstance(found, Equal):
            raise Undetermined("no case of a distinction holds")
        if found.left == moments.cdf(law, place):
            return found.sides(at)
        if found.left == density_of(law, place):
            return arb(0), enclose(found.right, at=at)
        raise Undetermined("not known outside of the support")


def _compared(a: arb, sign: str, b: arb) -> bool:
    if a < b:
        return sign in ("<", "≤", "≠")
    if a > b:
        return sign in (">", "≥", "≠")
    if a.is_exact() and b.is_exact() and a == b:
        return sign in ("=", "≤", "≥")
    raise Undetermined("a condition is not decided")


def check_of(pair: Pair, generic: Generic, laws: Laws) -> Check:
    """What a relation claims under the laws. Raises Unlowered."""
    cases = cases_of(pair.right)
    if not cases:
        return _plain(pair, generic, laws)
    if _quantile(pair.left) is not None and any(map(_is_beyond_the_other_end, cases)):
        raise Unlowered("an infinite quantile at the other end")
    branches = [_branch(pair, case, generic, laws) for case in cases]
    known = [b.check for b in branches if b.check is not None]
    if not known:
        raise Unlowered("no case of a distinction is read")
    loose = next((c.loose for c in known if c.loose), "")
    distinguished = {*laws.places, *laws.unit}
    of_it = [bool(b.names() & distinguished) for b in branches if b.conditions]
    if any(of_it) and not all(of_it):
        raise Unlowered("a case says nothing of what the others are about")
    return Branches(tuple(branches), known[0].kind, loose)


def _is_beyond_the_other_end(case: Case) -> bool:
    """Whether a quantile is said to be ∞ at 0 or -∞ at 1."""
    ends = {key(c.items[1]) for c in case.conditions if len(c.items) == 2 and c.relations[0].sign == "="}
    return (key(case.value), ends) in ((r"\infty", {"0"}), (r"+\infty", {"0"}), (r"-\infty", {"1"}))


def _branch(pair: Pair, case: Case, generic: Generic, laws: Laws) -> Branch:
    conditions = []
    for chain in case.conditions:
        for n, relation in enumerate(chain.relations):
            if relation.sign not in ("<", ">", "≤", "≥", "=", "≠"):
                raise Unlowered("a condition of a distinction is not read")
            a, b = (lower_under(chain.items[k], generic, laws) for k in (n, n + 1))
            conditions.append((a, relation.sign, b))
    try:
        check = _plain(replace(pair, right=case.value), generic, laws)
    except Unlowered:
        check = None
    return Branch(check, tuple(conditions))


def _plain(pair: Pair, generic: Generic, laws: Laws) -> Check:
    special = _quantile(pair.left)
    if special is not None:
        return _of_quantile(pair, *special, generic, laws)
    median = _applied(pair.left, _MEDIAN, laws)
    if median is not None:
        law = _continuous(built(median, generic, laws))
        value, loose = _right(pair, generic, laws)
        return Equal(moments.cdf(law, value), sp.Rational(1, 2), "distribution", loose, True)
    mode = _applied(pair.left, _MODE, laws)
    if mode is not None:
        law = built(mode, generic, laws)
        if support_of(law).whole:
            raise Unlowered("the mode of a law on whole numbers is not judged yet")
        value, loose = _right(pair, generic, laws)
        return Highest(law, value, loose)
    left = lower_under(pair.left, generic, laws)
    first = set(generic.symbols)
    generic.symbols, held = {}, dict(generic.symbols)
    right = lower_under(pair.right, generic, laws)
    second = set(generic.symbols)
    generic.symbols = held | generic.symbols
    if isinstance(left, sp.Tuple) or isinstance(right, sp.Tuple):
        raise Unlowered("vectors of symbols are read but not judged yet")
    return Equal(left, right, _kind(pair), _loose(first ^ second, generic, laws))


def _kind(pair: Pair) -> str:
    """What the left side is about, by the operators in it: a moment or a divergence, or a density as it is."""
    names = {operator_parts(n.head)[0] for n in walk(pair.left) if isinstance(n, Call)}
    angles = any(isinstance(n, Fence) and n.open in (r"\langle", "⟨") for n in walk(pair.left))
    return "distribution" if names and not names & _MOMENTS and not angles else "moment"


def _loose(alone: set[str], generic: Generic, laws: Laws) -> str:
    """Why a difference refutes nothing: a name on one side only that is no parameter of a law and no value of it."""
    known = {str(s) for law in laws.met for s in law.free_symbols} | {str(s) for s in (*laws.places, *laws.small)}
    known |= {str(s) for s in laws.inside}
    return next((f"{n} stands on one side only" for n in sorted(alone) if n not in known), "")


def _quantile(node: Node) -> tuple[Node, Node] | None:
    """The variable and the argument of Q_X(p) and of F_X^{-1}(p)."""
    if not isinstance(node, Call) or not isinstance(node.fence, Fence) or not isinstance(node.head, Script):
        return None
    name, sub, sup = operator_parts(node.head)
    inverse = name == "F" and sup is not None and key(sup) == "-1"
    if not (inverse or (name in _QUANTILE and sup is None)) or sub is None or node.fence.body is None:
        return None
    return sub, node.fence.body


def _of_quantile(pair: Pair, variable: Node, argument: Node, generic: Generic, laws: Laws) -> Check:
    node = variable_of(variable, laws)
    if node is None or not is_name(argument):
        raise Unlowered("the quantile of a variable without a known law")
    law = _continuous(built(node, generic, laws))
    level = symbol_of(argument, generic)
    laws.unit.add(level)
    value, loose = _right(pair, generic, laws, {key(argument)})
    return Equal(moments.cdf(law, value), level, "distribution", loose, True)


def _applied(node: Node, names: frozenset[str], laws: Laws) -> LawNode | None:
    if not isinstance(node, Call) or not isinstance(node.fence, Fence) or node.fence.body is None:
        return None
    name, sub, sup = operator_parts(node.head)
    return variable_of(node.fence.body, laws) if name in names and sub is None and sup is None else None


def _continuous(law: Univariate) -> Univariate:
    if support_of(law).whole:
        raise Unlowered("a quantile of a law on whole numbers is not judged yet")
    return law


def _right(
    pair: Pair, generic: Generic, laws: Laws, known: frozenset[str] | set[str] = frozenset()
) -> tuple[sp.Expr, str]:
    """The right side, and the name in it that nothing explains."""
    generic.symbols, held = {}, dict(generic.symbols)
    value = lower_under(_formula(pair.right), generic, laws)
    loose = _loose(set(generic.symbols) - known, generic, laws)
    generic.symbols = held | generic.symbols
    if isinstance(value, sp.Tuple):
        raise Unlowered("vectors of symbols are read but not judged yet")
    return value, loose


def _formula(node: Node) -> Node:
    while isinstance(node, Group):
        node = node.body
    return node

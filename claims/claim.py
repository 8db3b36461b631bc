"""A claim is data: two sides, a relation, what it quantifies over, and where it comes from.

A derivation is a claim with the steps that lead from its left side to its right side. Nothing here judges: what can be
wrong with the *form* is refused with a message that says what to write instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import sympy as sp

from claims.domains import Matrix, PositiveDefinite, Simplex, Variable, Vector, symbol_of
from claims.grounds import Ground
from claims.one_line import one_line


class Relation(StrEnum):
    """What a claim says of its two sides."""

    EQ = "="
    APPROX = "≈"
    LE = "≤"
    GE = "≥"
    LT = "<"
    GT = ">"
    NE = "≠"
    PROPTO = "∝"
    IMPLIES = "⟹"
    IFF = "⟺"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a claim is printed: the key of a bibliography entry, and the place in it ("equation (1.113)")."""

    key: str
    place: str


@dataclass(frozen=True, slots=True)
class Claim:
    """``left relation right`` for all values of the variables in ``where``, under the conventions named.

    Raises ValueError where a free symbol is not in ``where``, or is there with another domain than it carries.
    """

    name: str
    left: sp.Basic
    right: sp.Basic
    where: tuple[Variable, ...]
    relation: Relation = Relation.EQ
    convention: tuple[str, ...] = ()
    source: Source | None = None

    def __post_init__(self) -> None:
        if not self.name:
            raise ValueError("a claim needs a name: conclusion first, as in kl_normal_eq")
        names = [v.name for v in self.where]
        for name in sorted({n for n in names if names.count(n) > 1}):
            raise ValueError(f"{self.name}: {name} stands twice in where; keep one Variable for it")
        _insist_declared(self.name, self.left.free_symbols | self.right.free_symbols, self.where)

    @property
    def statement(self) -> str:
        """The claim in one line of text."""
        return f"{one_line(self.left)} {self.relation} {one_line(self.right)}"


@dataclass(frozen=True, slots=True)
class Step:
    """An expression, and why it equals the one before it, or is not below (``Relation.LE``) or above (``GE``) it.

    ``grounds`` are the facts that an inequality stands on; an equality has none. ``lemmas`` are derivations that the
    step uses.
    """

    reason: str
    expression: sp.Basic
    relation: Relation = Relation.EQ
    grounds: tuple[Ground, ...] = ()
    lemmas: tuple[Lemma, ...] = ()


@dataclass(frozen=True, slots=True)
class Lemma:
    """A derived claim that a step uses ``weight`` times, where its letters stand for what ``at`` puts in their place.

    What is between the two sides of the step is then ``weight`` times what is between the two sides of the claim.
    """

    derivation: Derivation
    at: tuple[tuple[sp.Symbol, sp.Expr], ...] = ()
    weight: sp.Expr = sp.S.One


@dataclass(frozen=True, slots=True)
class Derivation:
    """A claim of =, ≤ or ≥ and the steps from its left side to its right side; each link is still to be proved.

    Raises ValueError where the chain can't be a derivation of the claim: too short, other ends, links that don't add up
    to its relation, a step that repeats its predecessor (and so proves nothing), a decimal where an exact number
    belongs, or a symbol that ``where`` lacks.
    """

    claim: Claim
    steps: tuple[Step, ...]

    def __post_init__(self) -> None:
        name, steps = self.claim.name, self.steps
        if len(steps) < 2:
            raise ValueError(f"{name}: a derivation has two steps or more, this one has {len(steps)}")
        if steps[0].expression != self.claim.left:
            raise ValueError(f"{name}: step 1 must be the left side {self.claim.left}, not {steps[0].expression}")
        if steps[-1].expression != self.claim.right:
            last = f"step {len(steps)}, the last,"
            raise ValueError(f"{name}: {last} must be the right side {self.claim.right}, not {steps[-1].expression}")
        _insist_on_relation(self.claim, steps)
        for number, (before, step) in enumerate(pairwise(steps), start=2):
            if step.expression == before.expression:
                raise ValueError(f"{name}: step {number} ('{step.reason}') repeats step {number - 1}; drop one")
        for number, step in enumerate(steps, start=1):
            _insist_exact(name, number, step)
            _insist_declared(f"{name}, step {number}", _letters(step.expression), self.claim.where)


def _insist_on_relation(claim: Claim, steps: tuple[Step, ...]) -> None:
    """The links of a chain are equalities and, for ≤ or ≥, at least one link of just that."""
    links = {step.relation for step in steps[1:]}
    strict = links - {Relation.EQ}
    if claim.relation not in (Relation.EQ, Relation.LE, Relation.GE):
        raise ValueError(f"{claim.name}: a chain derives =, ≤ or ≥, not '{claim.relation}'")
    if not strict and claim.relation is not Relation.EQ:
        raise ValueError(f"{claim.name}: a chain of equalities derives '=', not '{claim.relation}'")
    if strict - {claim.relation}:
        other = ", ".join(sorted(strict - {claim.relation}))
        raise ValueError(f"{claim.name}: a link with {other} does not lead to '{claim.relation}'")
    for number, step in enumerate(steps, start=1):
        if step.grounds and (step.relation is Relation.EQ or number == 1):
            raise ValueError(f"{claim.name}, step {number}: an equality stands on no grounds; say ≤ or ≥, or drop them")


def _insist_exact(name: str, number: int, step: Step) -> None:
    for inexact in step.expression.atoms(sp.Float):
        raise ValueError(f"{name}, step {number}: {inexact} is a decimal; write Rational(1, 2) for a half")
    if step.expression.has(sp.nan, sp.zoo):
        raise ValueError(f"{name}, step {number}: {step.expression} has no value")


def _letters(expression: sp.Basic) -> set[sp.Basic]:
    """The symbols of an expression, free and bound; the side from which SymPy's Limit comes is written as one, too."""
    sides = {e.args[3] for e in expression.atoms(sp.Limit)}
    return set(expression.atoms(sp.Symbol)) - sides


def _insist_declared(place: str, symbols: set[sp.Basic], where: tuple[Variable, ...]) -> None:
    declared = {v.name: v for v in where}
    for symbol in sorted(symbols, key=str):
        variable = declared.get(symbol.name)
        if variable is None:
            raise ValueError(f'{place}: {symbol} is not in where; add Variable("{symbol.name}", …, "what it is")')
        if not isinstance(variable.domain, Vector | Matrix | PositiveDefinite | Simplex):
            _insist_same_flags(place, symbol, variable)


def _insist_same_flags(place: str, symbol: sp.Symbol, variable: Variable) -> None:
    if symbol != symbol_of(variable):
        raise ValueError(
            f"{place}: {symbol} does not carry the flags of its domain {variable.domain}; "
            f"take the symbol from symbols_of(where) instead of making one"
        )

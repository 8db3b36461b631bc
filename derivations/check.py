"""Proves a derivation link by link, or says which link has no proof.

A link of equality is proved where the canonical forms of its two sides differ by something that is proved to be zero;
one of inequality, where they differ by grounds that are proved never to be negative (``order``). Where it isn't, exact
rational points are tried: sides that are apart there, at two precisions (on the wrong side of each other, for an
inequality), make the step *broken*; otherwise it is *open*. A broken step is an error in the derivation, not a witness
against its claim, so either way the derivation is no evidence, and the verdict on it is Undecided.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sympy import Derivative, Expr, Integer, Mul, PolynomialError, Pow, exp, log

from claims.claim import Claim, Derivation, Relation, Step
from claims.domains import Domain, OpenUnit, Positive, Real, Variable
from claims.evidence import Inconclusive, Proof
from claims.notation import Argmax, Argmin
from claims.one_line import one_line
from claims.verdict import Proved, Tried, Verdict, decide
from derivations.budget import OutOfTime, within
from derivations.canonical import canonical, simplifies_away, vanishes, without_value
from derivations.defined import holes, lawless, misplaced
from derivations.exchanged import averages_out
from derivations.extrema import by_odds, inside_out, optimum
from derivations.lemmas import fits, gap_of_lemma
from derivations.order import gap_of, is_never_negative, stands
from derivations.order_of_sums import sums_out
from derivations.signs import by_sign
from derivations.witness import witnesses

SECONDS_PER_LINK = 10.0
"""The budget of one link. One that needs more than a second is a missing lemma; ten leave room for a busy machine."""

SECONDS_AT_ONCE = 4.0
"""The budget in which a derivation is tried without the steps between its ends."""

MORE_TURNS = 40
"""Points tried before a failed inequality is left open: it may be false in few places."""

ROUTE = "derivation"
BEYOND_SYMPY = (NotImplementedError, ValueError, PolynomialError, ZeroDivisionError, RecursionError)
"""What SymPy raises where it has no rule."""


@dataclass(frozen=True, slots=True)
class Holds:
    """The link is proved."""


@dataclass(frozen=True, slots=True)
class Broken:
    """The link is false at ``witness``, a tuple of names and exact values, where its sides differ by ``gap``."""

    witness: tuple[tuple[str, str], ...]
    gap: str


@dataclass(frozen=True, slots=True)
class Open:
    """The link was neither proved nor refuted."""

    why: str


Link = Holds | Broken | Open


@dataclass(frozen=True, slots=True)
class CheckedStep:
    """A step, how it hangs on its predecessor (None for the first), and the seconds it took to find out."""

    number: int
    step: Step
    link: Link | None
    seconds: float


@dataclass(frozen=True, slots=True)
class Checked:
    """A derivation with every link tried.

    ``in_one`` says that its last step is proved from its first at once, by canonical form, with the grounds of all
    links where it is an inequality: then the steps between explain, and the proof does not need them.
    """

    claim: Claim
    steps: tuple[CheckedStep, ...]
    verdict: Verdict
    in_one: bool

    @property
    def seconds(self) -> float:
        return sum(s.seconds for s in self.steps)


def check(derivation: Derivation, budget: float = SECONDS_PER_LINK) -> Verdict:
    """Proved where each link is proved within ``budget`` seconds; else Undecided, naming the first step that fails."""
    return derive(derivation, budget).verdict


def derive(derivation: Derivation, budget: float = SECONDS_PER_LINK) -> Checked:
    """The derivation with each link tried, ``budget`` seconds for each."""
    steps = tuple(_checked(derivation, budget))
    return Checked(derivation.claim, steps, _verdict(steps), _is_in_one(derivation, steps))


def _is_in_one(derivation: Derivation, checked: tuple[CheckedStep, ...]) -> bool:
    """Whether the last step is proved from the first without those between."""
    first, *rest = derivation.steps
    holds = all(isinstance(one.link, Holds) for one in checked[1:])
    if len(rest) == 1 or not holds:
        return holds
    domains = {v.name: v.domain for v in derivation.claim.where}
    gaps = [gap_of(g) for step in rest for g in step.grounds if stands(g, domains)]
    gaps += [gap_of_lemma(one) for step in rest for one in step.lemmas]
    left, right = first.expression, rest[-1].expression

    def at_once() -> bool:
        match derivation.claim.relation:
            case Relation.EQ:
                return proves(left, right, domains)
            case Relation.LE:
                return is_between(left, right, gaps, domains)
            case _:
                return is_between(right, left, gaps, domains)

    try:
        return within(SECONDS_AT_ONCE, at_once)
    except (OutOfTime, *BEYOND_SYMPY):
        return False


def link(before: Expr, after: Expr, where: tuple[Variable, ...], budget: float = SECONDS_PER_LINK) -> Link:
    """Whether ``before = after`` for all values of ``where``: proved, refuted at a point, or neither."""
    return _sound(before, after, where, budget, lambda: _compared(before, after, where))


def linked(before: Expr, step: Step, where: tuple[Variable, ...], budget: float = SECONDS_PER_LINK) -> Link:
    """How ``step`` hangs on the expression before it: by an equality, or by an inequality and its grounds."""
    after, domains = step.expression, {v.name: v.domain for v in where}
    for lemma in step.lemmas:
        if not fits(lemma, step.relation, domains) or not _is_derived(lemma.derivation):
            return Open(f"{lemma.derivation.claim.name} does not hold for what it is used on")
        if beyond := holes(lemma.weight, domains) - holes(before, domains):
            return Open(f"{lemma.derivation.claim.name} counts for nothing where {_listed(beyond)} is 0")
    if step.relation is Relation.EQ and step.lemmas:
        return _sound(before, after, where, budget, lambda: _by_lemmas(before, step, where))
    if step.relation is Relation.EQ:
        return link(before, after, where, budget)
    low, high = (before, after) if step.relation is Relation.LE else (after, before)
    return _sound(low, high, where, budget, lambda: _ordered(low, high, step, where))


@lru_cache(maxsize=256)
def _is_derived(derivation: Derivation) -> bool:
    """Whether a lemma is proved itself."""
    return isinstance(check(derivation), Proved)


def _by_lemmas(before: Expr, step: Step, where: tuple[Variable, ...]) -> Link:
    """Whether what is between both sides is what the lemmas say is zero."""
    domains = {v.name: v.domain for v in where}
    for witness, size in witnesses(_settled(before, domains) - _settled(step.expression, domains), where):
        return Broken(witness, size)
    rest = before - step.expression - sum(map(gap_of_lemma, step.lemmas))
    return Holds() if proves(rest, Integer(0), domains) else Open(f"beyond the lemmas there is {rest}")


def _sound(before: Expr, after: Expr, where: tuple[Variable, ...], budget: float, compare: Callable[[], Link]) -> Link:
    """What ``compare`` finds, within the budget; a proof counts only of sides that have values at the same places."""
    domains = {v.name: v.domain for v in where}
    for side in (before, after):
        if (law := lawless(side, domains)) is not None:
            return Open(f"the parameters of {one_line(law)} may be out of order")
        if (drawn := misplaced(side)) is not None:
            return Open(f"{drawn.variable} may lie elsewhere than its flags say, in {one_line(drawn)}")
    try:
        found = within(budget, compare)
        if isinstance(found, Holds):
            why = within(budget, lambda: _apart(before, after, domains))
            return Holds() if why is None else Open(why)
        return found
    except OutOfTime as late:
        return Open(str(late))
    except BEYOND_SYMPY as failed:
        return Open(f"SymPy gives up: {failed}")


def _apart(before: Expr, after: Expr, domains: Mapping[str, Domain]) -> str | None:
    """Why one side may have a value where the other has none; None where each has it at the same places."""
    means = [without_value(by_odds(side, domains)) | _without_place(side, domains) for side in (before, after)]
    if apart := means[0] ^ means[1]:
        return f"{_listed(apart)} may have no value"
    gaps = [holes(side, domains) for side in (before, after)]
    if apart := gaps[0] ^ gaps[1]:
        return f"one side has no value where {_listed(apart)} is 0"
    return None


def _without_place(side: Expr, domains: Mapping[str, Domain]) -> frozenset[Expr]:
    """Each arg min and arg max in ``side`` of which it is not proved that there is one."""
    unsolved = (e for e in side.atoms(Argmin, Argmax) if _settled(e, domains).has(Argmin, Argmax))
    return frozenset(e for e in unsolved if _settled(inside_out(e, domains), domains).has(Argmin, Argmax))


def _listed(expressions: frozenset[Expr]) -> str:
    return " or ".join(sorted(map(one_line, expressions)))


def _checked(derivation: Derivation, budget: float) -> Iterator[CheckedStep]:
    first, *rest = derivation.steps
    yield CheckedStep(1, first, None, 0.0)
    before = first
    for number, step in enumerate(rest, start=2):
        started = time.monotonic()
        found = linked(before.expression, step, derivation.claim.where, budget)
        yield CheckedStep(number, step, found, time.monotonic() - started)
        before = step


def _verdict(steps: tuple[CheckedStep, ...]) -> Verdict:
    for s in steps[1:]:
        if not isinstance(s.link, Holds):
            return decide([Tried(None, (Inconclusive(ROUTE, _failure(s, len(steps))),))])
    reasons = tuple(f"step {s.number}: {s.step.reason}" for s in steps)
    return decide([Tried(None, (Proof(ROUTE, reasons),))])


def _failure(failed: CheckedStep, last: int) -> str:
    where = f"step {failed.number} of {last} ('{failed.step.reason}')"
    words = {Relation.LE: "at least", Relation.GE: "at most"}.get(failed.step.relation, "equal to")
    match failed.link:
        case Broken(witness, gap):
            at = ", ".join(f"{name}={value}" for name, value in witness) or "closed numbers"
            return f"{where} is not {words} step {failed.number - 1}: they differ by {gap} at {at}"
        case Open(why):
            return f"{where} is not proved {words} step {failed.number - 1}: {why}"
        case _:
            raise ValueError(f"{where} did not fail")


def _compared(before: Expr, after: Expr, where: tuple[Variable, ...]) -> Link:
    if not isinstance(before, Expr) or not isinstance(after, Expr):
        return Open("only expressions with a value can be compared")
    domains = {v.name: v.domain for v in where}
    gap = _settled(before, domains) - _settled(after, domains)
    for witness, size in witnesses(gap, where):
        return Broken(witness, size)
    if proves(before, after, domains):
        return Holds()
    return Open(f"what is left of their difference is {gap}")


def proves(before: Expr, after: Expr, domains: Mapping[str, Domain]) -> bool:
    """Whether two sides are proved to be equal wherever both have a value; no point is tried."""
    return _are_equal(before, after, domains) or simplifies_away(_settled(before, domains) - _settled(after, domains))


def _are_equal(before: Expr, after: Expr, domains: Mapping[str, Domain]) -> bool:
    if isinstance(before, Derivative) and isinstance(after, Derivative) and _alike(before, after, domains):
        return True
    left, right = (_settled(inside_out(side, domains), domains) for side in (before, after))
    if _same_logs(left, right, domains):
        return True
    gap = inside_out(left - right, domains)
    return all(vanishes(case) for case in by_sign(gap)) or averages_out(gap) or sums_out(gap)


def _alike(before: Derivative, after: Derivative, domains: Mapping[str, Domain]) -> bool:
    """Whether two slopes are of functions that are equal on an open range of what they are taken in."""
    is_open = all(isinstance(domains.get(x.name), Real | Positive | OpenUnit) for x in before.variables)
    return is_open and before.variables == after.variables and _are_equal(before.expr, after.expr, domains)


def _ordered(low: Expr, high: Expr, step: Step, where: tuple[Variable, ...]) -> Link:
    """Whether ``low ≤ high``: what is between them is the sum of grounds, of lemmas and of what is never negative."""
    domains = {v.name: v.domain for v in where}
    gap = _settled(low - high, domains)
    for witness, size in witnesses(gap, where, above=True):
        return Broken(witness, size)
    grounds = step.grounds
    standing = [g for g in grounds if stands(g, domains)]
    gaps = [*map(gap_of, standing), *map(gap_of_lemma, step.lemmas)]
    if is_between(low, high, gaps, domains) and len(standing) == len(grounds):
        return Holds()
    for witness, size in witnesses(gap, where, MORE_TURNS, above=True):
        return Broken(witness, size)
    loose = [str(g) for g in grounds if g not in standing]
    rest = _settled(high - low - sum(gaps), domains)
    return Open(f"not proved: {'; '.join(loose)}" if loose else f"beyond the grounds there is {rest}")


def is_between(low: Expr, high: Expr, gaps: Sequence[Expr], domains: Mapping[str, Domain]) -> bool:
    """Whether ``high`` − ``low`` is proved to be the sum of ``gaps`` and of what is never negative."""
    rest = high - low - sum(gaps)
    return _are_equal(rest, Integer(0), domains) or is_never_negative(_settled(rest, domains), domains)


def _settled(expr: Expr, domains: Mapping[str, Domain]) -> Expr:
    """The canonical form, with each arg min and arg max that has a proof replaced by its place."""
    return canonical(expr).replace(
        lambda e: isinstance(e, Argmin | Argmax), lambda e: optimum(e.inside[0], e.variable, type(e), domains)
    )


def _same_logs(left: Expr, right: Expr, domains: Mapping[str, Domain]) -> bool:
    """Whether two positive products have the same log: powers with symbols above are products of logs there."""
    sides = [inside_out(side, domains) for side in (left, right)]
    if not all(isinstance(side, Mul | Pow | exp) and side.is_positive for side in sides):
        return False
    return vanishes(log(sides[0]) - log(sides[1]))

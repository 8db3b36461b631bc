"""The verdicts, and the one function that reaches them from evidence: pure and total."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from claims.evidence import Agreement, Counterexample, Evidence, Inconclusive, Proof
from claims.records import Record

LEAST_POINTS = 8
"""Finite points that must have been able to fail before agreement counts as support."""


class NotAClaimKind(StrEnum):
    """Why a relation asserts nothing that could be false."""

    DEFINITION = "definition"
    GIVEN = "given"
    CONSTRAINT = "constraint"
    EQUATION_TO_SOLVE = "equation-to-solve"
    OTHER = "other"


class Repair(Record):
    """The smallest known edit that makes the claim hold: its LaTeX and the slip it undoes."""

    latex: str
    slip: str


class Proved(Record, tag=True):
    by: tuple[Proof, ...]


class Supported(Record, tag=True):
    by: tuple[Evidence, ...]
    holds_if: str | None = None


class Refuted(Record, tag=True):
    by: Counterexample
    holds_if: str | None = None
    repair: Repair | None = None


class IllFormed(Record, tag=True):
    rule: str
    detail: str
    start: int
    end: int
    repair: Repair | None = None


class Undecided(Record, tag=True):
    tried: tuple[Evidence, ...]
    why: str


class Unread(Record, tag=True):
    why: str
    start: int
    end: int


class NotAClaim(Record, tag=True):
    kind: NotAClaimKind


Verdict = Proved | Supported | Refuted | IllFormed | Undecided | Unread | NotAClaim


class Tried(Record):
    """The evidence found under one admissible reading; ``condition`` is None for the reading ranked first."""

    condition: str | None
    evidence: tuple[Evidence, ...]


def decide(readings: Sequence[Tried], repair: Repair | None = None) -> Verdict:
    """The verdict on a claim from the evidence under each admissible reading, the likeliest reading first.

    Refuted only if every reading is refuted by an admissible, confirmed counterexample. A reading other than the
    first can only support, with the reading as its condition: a proof under a lucky reading is no proof of the text.
    A proof beside a counterexample is our own fault and decides nothing.
    """
    if not readings:
        return Undecided((), "no admissible reading")
    for rank, tried in enumerate(readings):
        verdict = _under(tried)
        if isinstance(verdict, Proved) and rank == 0 and tried.condition is None:
            return verdict
        if isinstance(verdict, Proved):
            return Supported(tuple(verdict.by), tried.condition)
        if isinstance(verdict, Supported):
            return verdict
    outcomes = [_under(t) for t in readings]
    refuted = [o for o in outcomes if isinstance(o, Refuted)]
    if len(refuted) == len(outcomes):
        return Refuted(refuted[0].by, repair=repair)
    return next(o for o in outcomes if isinstance(o, Undecided))


def _under(tried: Tried) -> Proved | Supported | Refuted | Undecided:
    proofs = tuple(e for e in tried.evidence if isinstance(e, Proof))
    against = [e for e in tried.evidence if isinstance(e, Counterexample) and e.admissible and e.confirmed]
    agreements = [e for e in tried.evidence if isinstance(e, Agreement)]
    if proofs and against:
        return Undecided(tried.evidence, "two routes contradict each other")
    if against:
        return Refuted(against[0])
    if proofs:
        return Proved(proofs)
    if any(isinstance(e, Counterexample) and e.admissible for e in tried.evidence):
        return Undecided(tried.evidence, "a counterexample was found but not confirmed")
    if any(a.exhaustive and a.points > 0 for a in agreements) or sum(a.points for a in agreements) >= LEAST_POINTS:
        return Supported(tuple(agreements), tried.condition)
    return Undecided(tried.evidence, _reason(tried.evidence))


def _reason(evidence: Sequence[Evidence]) -> str:
    for e in evidence:
        if isinstance(e, Inconclusive):
            return e.why
    for e in evidence:
        if isinstance(e, Counterexample):
            return "no admissible point was found"
        if isinstance(e, Agreement):
            return f"only {e.points} points could be tried, {LEAST_POINTS} are needed"
    return "no route applies"

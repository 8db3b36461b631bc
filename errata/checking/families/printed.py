"""Probabilities and moments of laws whose parameters are numbers, beside what notes print as their value.

Where X ∼ Bin(10, 0.3), the statement P(X = 0) = 0.028 is a claim that can be computed. A printed value that is the
rounding of the computed one supports it. One that isn't may come from an approximation, a table or a simulation: it is
refuted only where it is far away and the text speaks of none of these.
"""

from __future__ import annotations

import re
from fractions import Fraction

import sympy as sp
from flint import arb

from claims.evidence import Agreement, Counterexample
from claims.records import replace
from claims.verdict import Tried, decide
from errata.checking.context import At, State, span_of
from errata.checking.families.examples import NUMBERS
from errata.checking.families.reach import REST, environments
from errata.checking.families.ruling import Ruling, supposes
from errata.checking.families.trials import Environment, Outcome, outcome
from errata.checking.kinds import is_number
from errata.reading.lowering import lower
from errata.reading.names import is_name, key
from errata.reading.relations import Pair
from errata.reading.scope import Scope
from errata.reading.tree import Call, Node, Num, Relation, walk
from errata.reading.vectors import Unlowered
from numerics.balls import Decimals, Undetermined, enclose, free_of_decimals
from numerics.comparison import HOLDS, compare

SHOWN = 1e-6
"""How much of a value its shown digits may leave out, relative to it."""
FAR = 0.02
"""The least distance of a printed value that no approximation which goes without saying explains."""
FAR_SHARE = 0.25
"""The same, as a share of the value."""
FAR_SHARE_OF_CONTINUOUS = 0.1
"""The same for the chance of an event under a continuous law, which nobody approximates by another one, or of its
complement, where that is less likely."""
_DISCRETE = re.compile(r"Bin|Bern|Poi|Geo|Neg|Hyper|Cat|Mult|\bB\(")
NEAR = 600
"""Characters before a relation in which an approximation may be spoken of."""
_ROUGHLY = re.compile(
    r"approximat|simulat|asymptot|central limit|\bCLT\b|continuity|Monte|empiric|estimat|observed|sample|table|bound|"
    r"inequality|posterior|conjectur|guess|hypothe|null|given that|truncat",
    re.I,
)


def judge_printed(state: State, at: At, pair: Pair) -> Ruling | None:
    """The ruling on a number that is printed as a probability or a moment; None where no law settles it."""
    if pair.relation.sign not in ("=", "≈", "≃") or not is_number(pair.right) or not isinstance(pair.left, Call):
        return None
    around = environments(state, at)
    if len(around) != 1 or around[0].unknown or not _has_numbers_only(pair.left, around[0]):
        return None
    equal = replace(pair, relation=Relation(pair.relation.start, pair.relation.end, "=", "="))
    values: list[tuple[Outcome, sp.Rational]] = []
    for choice in ({}, *_others(equal, around[0], state.options.seed)):
        found = _outcome(equal, around[0], choice, state.options.seed)
        if found is None or not found.sound:
            return None
        if found.agrees or (value := _value(found)) is None:
            return _rounded(found, "the printed number") if found.agrees else None
        if compare(value, pair.relation.sign, lower(pair.right, Scope()).expression).grade in HOLDS:
            return _rounded(found, found.left)
        values.append((found, value))
    return _refuted(state, at, pair, values)


def may_be_rounded(found: Outcome, pair: Pair) -> bool:
    """Whether one side is a computation with printed decimals that may have the value of the other one: P(X < 2) is
    0.107 + 0.268 within the rounding of these two."""
    return _covers(pair.right, found.left) or _covers(pair.left, found.right)


def _covers(side: Node, value: str) -> bool:
    try:
        expression = lower(side, Scope()).expression
        exact = float(Fraction(value))
        if free_of_decimals(expression):
            return False
        return bool(enclose(expression, decimals=Decimals.RESULTS).overlaps(arb(exact, abs(exact) * SHOWN)))
    except (Unlowered, Undetermined, ValueError, AttributeError):
        return False


def _has_numbers_only(side: Node, around: Environment) -> bool:
    """Whether a side speaks of variables with laws alone, and nothing but numbers stands in these laws."""
    names = {key(n) for n in walk(side.fence if isinstance(side, Call) else side) if is_name(n)} - NUMBERS
    laws = [around.variables[n] for n in names if n in around.variables]
    return bool(names) and names <= around.variables.keys() and all(is_number(a) for law in laws for a in law.arguments)


def _others(pair: Pair, around: Environment, seed: int) -> list[dict[str, int]]:
    """The other readings of what the notation of a law leaves open, one at a time."""
    found = _outcome(pair, around, {}, seed)
    return [] if found is None else [{n: k} for n, ways in found.open.items() for k in range(1, ways)]


def _outcome(pair: Pair, around: Environment, choice: dict[str, int], seed: int) -> Outcome | None:
    try:
        return outcome(pair, around, choice, seed)
    except (Unlowered, TypeError, ValueError, RecursionError):
        return None


def _value(found: Outcome) -> sp.Rational | None:
    """What the left side is under a reading, to eight digits; None where it is no single number."""
    if not found.differs or found.witness:
        return None
    try:
        return sp.Rational(found.left)
    except (TypeError, ValueError):
        return None


def _rounded(found: Outcome, value: str) -> Ruling:
    by = Agreement("law", 1, 3, f"under the law that is stated it is {value}", exhaustive=True)
    return Ruling(decide([Tried(None, (by,))]), (*found.notes, *([found.law] if found.law else [])))


def _is_said_near(state: State, at: At, pair: Pair) -> bool:
    """Whether the laws of the names in a relation stand in the text just before it."""
    names = {key(n) for n in walk(pair.left) if is_name(n)}
    start = at.formula.span.start
    near = {s.variable for s in state.said or () if start - NEAR <= s.place <= at.formula.span.end + REST}
    return bool(names & near)


def _is_far(found: Outcome, value: sp.Rational, printed: sp.Rational, written: Node) -> bool:
    """Whether a printed value is no rounding of the computed one, and no approximation of it either."""
    apart = abs(value - printed)
    is_continuous = found.kind == "distribution" and _DISCRETE.search(found.law) is None
    if not is_continuous or not 0 < value < 1 or not isinstance(written, Num):
        return bool(apart >= max(FAR, FAR_SHARE * abs(value)))
    decimals = len(written.text.partition(".")[2])
    return bool(apart >= max(sp.Rational(2, 10**decimals), FAR_SHARE_OF_CONTINUOUS * min(value, 1 - value)))


def _refuted(state: State, at: At, pair: Pair, values: list[tuple[Outcome, sp.Rational]]) -> Ruling | None:
    """The refutation of a value that is far from the computed one under each reading, where nothing explains it."""
    text = state.document.text
    said = text[max(0, at.formula.span.start - NEAR) : at.formula.span.end]
    if supposes(at) or _ROUGHLY.search(said) is not None or not _is_said_near(state, at, pair):
        return None
    printed = sp.Rational(str(enclose(lower(pair.right, Scope()).expression).str(8, radius=False)))
    if not all(_is_far(found, value, printed, pair.right) for found, value in values):
        return None
    first = values[0][0]
    message = f"under {first.law} it is {first.left}"
    by = Counterexample("law", (), first.left, first.right, message, True, True)
    rule = "E315" if first.kind == "distribution" else "E314"
    focus = span_of(at.formula, pair.right.start, pair.right.end)
    return Ruling(decide([Tried(None, (by,))]), first.notes, rule, message, focus, f"should be {first.left}")

"""Judges a relation between numbers: closed arithmetic, and worked examples whose names have values nearby."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import sympy as sp

from claims.evidence import Agreement, Counterexample, Evidence, Inconclusive
from claims.printed import Printed
from claims.records import Record, replace
from claims.verdict import IllFormed, Refuted, Repair, Supported, Tried, Undecided, Verdict, decide
from errata.checking.kinds import is_number
from errata.reading.lowering import Convention, LogBase, Lowered, lower
from errata.reading.relations import Pair
from errata.reading.scope import FunctionBody, Scope, Value
from errata.reading.tree import Node, Num, Postfix, Terms
from errata.reading.vectors import Unlowered
from numerics.comparison import CONDITIONAL, FAILS, HOLDS, Grade, Outcome, compare

RULES = {
    Grade.WRONG: "E301",
    Grade.WRONG_DIGIT: "E302",
    Grade.WRONG_MAGNITUDE: "E305",
    Grade.LOOSE: "W306",
    Grade.TRUNCATED: "W308",
}
_CONDITIONS = {
    Grade.LOOSE: "≈ was meant instead of =",
    Grade.TRUNCATED: "the digits are cut off, not rounded",
    Grade.ROUNDED_UP: "it is rounded up to a whole number",
}

DEFINED = " as defined in line "
"""Between a function and the line that defines it, where a value rests on that."""


class Sides(Record):
    """Both sides of a relation under one convention."""

    convention: Convention
    left: Lowered
    right: Lowered

    @property
    def used(self) -> dict[str, Value | FunctionBody]:
        return {**self.left.used, **self.right.used}


class Ruling(Record):
    """A verdict on a relation between numbers, and what is said of it."""

    verdict: Verdict
    rule: str | None = None
    message: str | None = None
    label: str | None = None
    where: tuple[str, ...] = ()
    value: str = ""
    component: int | None = None
    """Which component of a vector the ruling is about, from 1."""


SMALLEST_COUNTED = 1_000
"""From so many on things are counted in thousands, millions and billions."""


def judge(pair: Pair, scope: Scope, base: LogBase | None, origin: sp.Basic | None) -> Ruling:
    """The ruling on a pair of a chain.

    ``base`` is the base of logarithms that the context names, if any. ``origin`` is the first expression of the chain
    with a value: a step that misreads a rounded neighbour but has the right value of the whole is right.
    Raises Unlowered where a side has no numeric value.
    """
    readings = list(_readings(pair, scope, base))
    lengths = _lengths(readings[0])
    if lengths is not None:
        return _wrong_length(lengths, pair)
    outcomes = [_compared(s, pair.relation.sign, scope) for s in readings]
    for sides, outcome in zip(readings, outcomes, strict=True):
        if outcome.grade in HOLDS:
            return _holds(sides, outcome, readings, outcomes, pair, base, origin)
    if origin is not None and compare(origin, pair.relation.sign, readings[0].right.expression).grade in HOLDS:
        detail = "the value of the whole chain rounds to this"
        by = Agreement("ball", 1, 3, detail, exhaustive=True)
        return Ruling(Supported((by,), "intermediate values are not rounded"), where=_where(readings[0], base))
    if _counts_in_thousands_alone(readings[0]):
        raise Unlowered("the letter after a number may be a name")
    for sides, outcome in zip(readings, outcomes, strict=True):
        if outcome.grade in CONDITIONAL:
            condition = _CONDITIONS[outcome.grade]
            message = _message(outcome, pair)
            return Ruling(
                Supported((outcome.evidence,), condition), RULES.get(outcome.grade), message, _label(outcome),
                _where(sides, base), outcome.value,
            )  # fmt: skip
    return _fails(readings, outcomes, pair, base)


def _compared(sides: Sides, sign: str, scope: Scope) -> Outcome:
    """Both sides held against each other. Where they agree only as far as a decimal may be rounded, and the text has
    computed this decimal, they have to agree with what it was computed from, too."""
    left, right = sides.left.expression, sides.right.expression
    outcome = compare(left, sign, right)
    if outcome.grade is not Grade.CONSISTENT or isinstance(left, Printed) == isinstance(right, Printed):
        return outcome
    source, result = (right, left) if isinstance(left, Printed) else (left, right)
    long = [p for p in source.atoms(Printed) if p.is_long or p.about]
    known = {p: e for p in long if (e := scope.computed(p.text)) is not None}
    if not known or len(known) < len(long):
        return outcome
    as_printed = compare(source.xreplace({p: p.value for p in source.atoms(Printed)}), sign, result)
    if as_printed.grade in HOLDS:
        return outcome  # 0.667 + 0.667 is 1.334, whatever 0.667 was rounded from
    exact = compare(source.xreplace(known), sign, result)
    return exact if exact.grade in FAILS else outcome


def _readings(pair: Pair, scope: Scope, base: LogBase | None) -> Iterator[Sides]:
    """Both sides under each admissible convention, the likeliest first."""
    first = Convention(log=base or LogBase.NATURAL, slash_takes_all=True)
    default = _first_sides(pair, scope, first)
    first = default.convention
    touched = default.left.touched | default.right.touched
    yield default
    logs = [first.log, *(b for b in LogBase if b is not first.log)] if "log" in touched else [first.log]
    derived = [False, True] if any(_has_source(b) for b in default.used.values()) else [False]
    slashes = [True, False] if "slash_takes_all" in touched else [True]
    starts = [1, 0] if "first_index" in touched else [1]
    spreads = [False, True] if "spread" in touched else [False]
    mixed = [False, True] if "mixed" in touched else [False]
    lengths = [int(t.rpartition(" ")[2]) for t in touched if t.startswith("word of ")]
    words = range(1, max(lengths, default=1) + 1)
    for open_choices in product(logs, derived, slashes, starts, words, spreads, mixed):
        convention = Convention(*open_choices)
        if convention != first:
            try:
                yield _sides(pair, scope, convention)
            except Unlowered:
                continue


def _counts_in_thousands_alone(sides: Sides) -> bool:
    """Whether one side is counted in thousands, 13 B, and the other is a number that nobody would count so."""
    counted = ["thousands" in side.touched for side in (sides.left, sides.right)]
    if counted[0] == counted[1]:
        return False
    other = sides.left if counted[1] else sides.right
    try:
        return abs(float(other.expression)) < SMALLEST_COUNTED
    except (TypeError, ValueError, OverflowError):
        return False


def _first_sides(pair: Pair, scope: Scope, first: Convention) -> Sides:
    """Both sides under the likeliest convention; where that has no value, with indices from 0. Raises Unlowered."""
    try:
        return _sides(pair, scope, first)
    except Unlowered:
        counted = replace(first, first_index=0)
        try:
            return _sides(pair, scope, counted)
        except Unlowered:
            pass
        raise


def _sides(pair: Pair, scope: Scope, convention: Convention) -> Sides:
    return Sides(convention, lower(pair.left, scope, convention), lower(pair.right, scope, convention))


def _has_source(b: Value | FunctionBody) -> bool:
    return isinstance(b, Value) and b.printed != b.derived


def _lengths(sides: Sides) -> tuple[int, int] | None:
    a, b = sides.left.expression, sides.right.expression
    if isinstance(a, sp.Tuple) and isinstance(b, sp.Tuple) and len(a) != len(b):
        return len(a), len(b)
    return None


def _wrong_length(lengths: tuple[int, int], pair: Pair) -> Ruling:
    detail = f"the left side has {lengths[0]} components, the right side {lengths[1]}"
    return Ruling(IllFormed("E304", detail, pair.left.start, pair.right.end), "E304", detail)


def _holds(
    sides: Sides,
    outcome: Outcome,
    readings: list[Sides],
    outcomes: list[Outcome],
    pair: Pair,
    base: LogBase | None,
    origin: sp.Basic | None,
) -> Ruling:
    condition = _condition(sides.convention, readings[0].convention)
    verdict = decide([Tried(condition, (outcome.evidence,))])
    where = _where(sides, base)
    if condition is not None and sides.convention.log is not readings[0].convention.log:
        shown = outcomes[0].value
        message = f"in {readings[0].convention.log.value} logarithms the value is {shown}; it holds in {_log(sides)}"
        return Ruling(verdict, "W307" if base is not None else None, message, f"{_log(sides)}", where, outcome.value)
    accumulated = _accumulated(pair, sides, outcome, origin)
    if accumulated is not None:
        return replace(accumulated, where=where)
    return Ruling(verdict, where=where, value=outcome.value)


def _accumulated(pair: Pair, sides: Sides, outcome: Outcome, origin: sp.Basic | None) -> Ruling | None:
    """A warning where this step is right as printed but the end of the chain is not the value of its start."""
    if origin is None or outcome.grade not in (Grade.CONSISTENT, Grade.EQUAL, Grade.ROUNDED):
        return None
    if not is_number(pair.right) or isinstance(sides.right.expression, sp.Tuple):
        return None
    whole = compare(origin, pair.relation.sign, sides.right.expression)
    if whole.grade not in FAILS | {Grade.TRUNCATED} or whole.correct is None:
        return None
    message = f"each step is right as printed, but the exact value is {whole.value}, which rounds to {whole.correct}"
    verdict = Supported((outcome.evidence,), "the intermediate values are taken as printed")
    return Ruling(verdict, "W303", message, f"exactly {whole.value}", value=whole.value)


def _fails(readings: list[Sides], outcomes: list[Outcome], pair: Pair, base: LogBase | None) -> Ruling:
    where = _where(readings[0], base)
    unknown = next((o for o in outcomes if o.grade not in FAILS), None)
    if unknown is not None:
        why = unknown.evidence.why if isinstance(unknown.evidence, Inconclusive) else unknown.grade.value
        return Ruling(Undecided((unknown.evidence,), why), where=where)
    tried = [
        Tried(_condition(s.convention, readings[0].convention), (o.evidence,)) for s, o in _both(readings, outcomes)
    ]
    verdict = decide(tried, _repair(pair, outcomes[0]))
    if not isinstance(verdict, Refuted):
        return Ruling(verdict, where=where)
    if base is None and (rounded := _rounded_in_another_base(readings)) is not None:
        return Ruling(Undecided((outcomes[0].evidence,), f"it is rounded where {rounded}"), where=where)
    first = outcomes[0]
    shown = replace(first, evidence=_with_witness(first.evidence, readings[0]))
    verdict = Refuted(_counterexample(shown.evidence), verdict.holds_if, verdict.repair)
    return Ruling(
        verdict, RULES[first.grade], _message(first, pair), _label(first), where, first.value, first.component
    )


def _rounded_in_another_base(readings: list[Sides]) -> str | None:
    """The base of logarithms, which the text leaves open, in which a whole number after = is the rounded value."""
    for sides in readings[1:]:
        other = sides.convention.log is not readings[0].convention.log
        if other and compare(sides.left.expression, "≈", sides.right.expression).grade is Grade.ROUNDED:
            return f"log is {sides.convention.log.value}"
    return None


def _both(readings: list[Sides], outcomes: list[Outcome]) -> Iterator[tuple[Sides, Outcome]]:
    return zip(readings, outcomes, strict=True)


def _counterexample(e: Evidence) -> Counterexample:
    assert isinstance(e, Counterexample)
    return e


def _with_witness(e: Evidence, sides: Sides) -> Evidence:
    values = tuple((b.latex, str(b.printed)) for b in sides.used.values() if isinstance(b, Value))
    return replace(e, witness=values) if isinstance(e, Counterexample) else e


def _repair(pair: Pair, outcome: Outcome) -> Repair | None:
    if outcome.correct is None or not is_number(pair.right) or not _is_plain(pair.right):
        return None
    slip = {Grade.WRONG_DIGIT: "last-digit", Grade.WRONG_MAGNITUDE: "power-of-ten"}.get(outcome.grade, "value")
    return Repair(outcome.correct, slip)


def _is_plain(node: Node) -> bool:
    """Whether a number is written with digits alone, but for a sign and a percent sign."""
    bare = _bare(node)
    if isinstance(bare, Terms) and len(bare.items) == 1:
        bare = _bare(bare.items[0])
    return isinstance(bare.operand if isinstance(bare, Postfix) else bare, Num)


def _bare(node: object) -> object:
    while hasattr(node, "body") and not hasattr(node, "open"):
        node = node.body
    return node


def _condition(convention: Convention, first: Convention) -> str | None:
    parts = []
    if convention.log is not first.log:
        parts.append(f"log is {convention.log.value}")
    if convention.derived and not first.derived:
        parts.append("intermediate values are not rounded")
    if convention.slash_takes_all != first.slash_takes_all:
        parts.append("a/bc means (a/b)c")
    if convention.spread_is_std != first.spread_is_std:
        parts.append("the second parameter of N(·, ·) is a standard deviation")
    if convention.word_index != first.word_index:
        parts.append(f"the word in place of an index names component {convention.word_index}")
    if convention.first_index != first.first_index:
        parts.append("indices start at 0")
    if convention.mixed:
        parts.append("a fraction right behind a whole number is added to it")
    return ", ".join(parts) or None


def _log(sides: Sides) -> str:
    return {LogBase.NATURAL: "nats", LogBase.TWO: "base 2", LogBase.TEN: "base 10"}[sides.convention.log]


def _where(sides: Sides, base: LogBase | None) -> tuple[str, ...]:
    out = [_source(b) for b in sides.used.values()]
    if "log" in sides.left.touched | sides.right.touched:
        assumed = "assumed" if sides.convention.log is LogBase.NATURAL else "tried"
        how = assumed if base is None else "as the text says" if sides.convention.log is base else "tried"
        out.append(f"log is {sides.convention.log.value} ({how})")
    if "slash_takes_all" in sides.left.touched | sides.right.touched:
        out.append("a/bc means a/(bc)" if sides.convention.slash_takes_all else "a/bc means (a/b)c")
    return tuple(out)


def _source(b: Value | FunctionBody) -> str:
    if isinstance(b, Value):
        sign = "≈" if any(p.about for p in b.printed.atoms(Printed)) else "="
        return f"{b.latex} {sign} {b.derived if b.printed == b.derived else b.printed} (line {b.line})"
    return f"{b.latex}{DEFINED}{b.line}"


def _message(outcome: Outcome, pair: Pair) -> str:
    at = f"component {outcome.component}: " if outcome.component else ""
    if isinstance(outcome.evidence, Counterexample):
        e = outcome.evidence
        return f"{at}the left side is {e.left}, the right side {e.right}"
    return f"{at}the value is {outcome.value}"


def _label(outcome: Outcome) -> str | None:
    if outcome.correct is None:
        return f"the value is {outcome.value}" if outcome.value else None
    return f"should be {outcome.correct}"

"""One document, judged formula by formula: what is read, what each relation is for, and whether it holds."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import sympy as sp

from claims.verdict import NotAClaim, NotAClaimKind, Proved, Refuted, Supported, Undecided, Unread
from errata.checking import worked
from errata.checking.judgement import Examined, Judged, Kind
from errata.checking.kinds import is_number, kind_of
from errata.checking.learning import learn
from errata.checking.options import Options
from errata.reading.document import Document, Formula, Span
from errata.reading.lowering import Convention, LogBase, lower
from errata.reading.names import is_name, key, named_call
from errata.reading.parser import parse
from errata.reading.relations import Pair, Stated, stated
from errata.reading.scope import Scope
from errata.reading.tree import Gap, Lines, Num, Opaque, opaque_parts, walk
from errata.reading.units import log_base, unit_of
from errata.reading.unparse import to_latex
from errata.reading.vectors import Unlowered
from errata.reading.words import words

ARITHMETIC = frozenset("= ≈ ≃ ≅ ≡ ≠ < ≤ > ≥ ≪ ≫".split())
REACH = 160
"""Characters of prose before a formula that may say what it is for."""
REACH_LINES = 60
"""Lines from a computed value to where it is repeated, beyond which it counts as another example's."""


@dataclass
class _State:
    """What the document has said up to here."""

    document: Document
    scope: Scope = field(default_factory=Scope)
    introduced: frozenset[str] = frozenset()
    headings: int = 0


def examine(
    document: Document,
    options: Options,
    begin: Callable[[int], None] = lambda index: None,
    skip: Mapping[int, str] | None = None,
) -> Examined:
    """Judges every formula of a document in order. ``begin(i)`` is called before formula i is looked at.

    A formula in ``skip`` is Undecided for the reason given there, and is not looked at.
    """
    started = time.perf_counter()
    state = _State(document)
    judged: list[Judged] = []
    opaque: list[tuple[int, Span, str]] = []
    unread: set[int] = set()
    for index, formula in enumerate(document.formulas):
        begin(index)
        if skip and index in skip:
            judged.append(_skipped(index, formula, skip[index]))
            unread.add(index)
            continue
        _enter_sections(state, formula)
        root = parse(formula.latex, document.macros)
        parts = opaque_parts(root)
        opaque.extend((index, _span(formula, o.start, o.end), o.why) for o in parts)
        if parts:
            unread.add(index)
        judged.extend(_judge_formula(state, index, formula, root))
    elapsed = time.perf_counter() - started
    return Examined(
        document, tuple(judged), len(document.formulas) - len(unread), tuple(opaque), elapsed_s=elapsed
    )  # fmt: skip


def _skipped(index: int, formula: Formula, why: str) -> Judged:
    return Judged(index, formula.span, formula.latex, "", "", Kind.OTHER, Undecided((), why), "not read")


def _enter_sections(state: _State, formula: Formula) -> None:
    headings = state.document.headings
    while state.headings < len(headings) and headings[state.headings].span.start <= formula.span.start:
        state.scope = state.scope.section(headings[state.headings].level)
        state.headings += 1


def _judge_formula(state: _State, index: int, formula: Formula, root: Lines) -> Iterator[Judged]:
    before = state.document.text[max(0, formula.span.start - REACH) : formula.span.start]
    after = _prose_after(state.document, index)
    chains = stated(root)
    for number, chain in enumerate(chains):
        last = number == len(chains) - 1
        base = _log_base(chain, chains, after if last else "", before)
        yield from _judge_chain(state, index, formula, chain, base, before)


def _prose_after(document: Document, index: int) -> str:
    formula = document.formulas[index]
    end = formula.span.end + 40
    if index + 1 < len(document.formulas):
        end = min(end, document.formulas[index + 1].span.start)
    return document.text[formula.span.end : end]


def _log_base(chain: Stated, chains: tuple[Stated, ...], after: str, before: str) -> LogBase | None:
    """The base of logarithms that a unit beside the chain names: in it, right after it, or right before it."""
    texts = (chain.remark, *(c.remark for c in chains if c.statement == chain.statement), after[:25], before[-45:])
    return next((base for t in texts if (base := log_base(unit_of(t))) is not None), None)


def _judge_chain(
    state: _State, index: int, formula: Formula, chain: Stated, base: LogBase | None, prose: str
) -> Iterator[Judged]:
    line = state.document.place(formula.offset(chain.chain.start)).line
    convention = Convention(log=base or LogBase.NATURAL, slash_takes_all=True)
    origin = None
    for pair in chain.pairs():
        kind = kind_of(pair, chain, state.introduced, prose)
        yield _judge_pair(state, index, formula, pair, kind, base, origin)
        if origin is None:
            origin = _origin(pair, state.scope, convention)
    state.scope, state.introduced = learn(chain, state.scope, state.introduced, convention, line, index)


def _origin(pair: Pair, scope: Scope, convention: Convention) -> sp.Basic | None:
    """The expression that the end of a chain is held against: its first member that computes something."""
    for side in (pair.left, pair.right):
        if is_number(side) or is_name(side) or named_call(side):
            continue
        try:
            return lower(side, scope, replace(convention, derived=True)).expression
        except Unlowered:
            continue
    return None


def _judge_pair(
    state: _State, index: int, formula: Formula, pair: Pair, kind: Kind, base: LogBase | None, origin: sp.Basic | None
) -> Judged:
    span = _span(formula, pair.left.start if not isinstance(pair.left, Gap) else pair.relation.start, pair.right.end)
    judged = Judged(
        index, span, to_latex(pair.left), pair.relation.latex, to_latex(pair.right), kind,
        Undecided((), "not judged yet"), f"{words(pair.left)} {words(pair.relation)} {words(pair.right)}",
    )  # fmt: skip
    opaque = next((n for side in (pair.left, pair.right) for n in walk(side) if isinstance(n, Opaque)), None)
    if opaque is not None:
        where = _span(formula, opaque.start, opaque.end)
        return replace(judged, verdict=Unread(opaque.why, where.start, where.end))
    line = state.document.place(span.start).line
    rechecked = kind is Kind.GIVEN and _known_result(pair, state.scope, index, line)
    if kind is not Kind.CLAIM and not rechecked:
        return replace(judged, verdict=NotAClaim(NotAClaimKind(kind.value)))
    if pair.relation.sign not in ARITHMETIC:
        return replace(judged, verdict=Undecided((), f"the relation {pair.relation.sign} is not judged yet"))
    try:
        ruling = worked.judge(pair, state.scope, base, origin)
    except Unlowered as reason:
        return replace(judged, verdict=Undecided((), str(reason)))
    if rechecked:
        judged = replace(judged, kind=Kind.CLAIM)
    if _renames(pair, state.scope) and not isinstance(ruling.verdict, Proved | Supported):
        return replace(judged, kind=Kind.DEFINITION, verdict=NotAClaim(NotAClaimKind.DEFINITION))
    if isinstance(ruling.verdict, Refuted) and not _may_refute(pair, ruling, rechecked):
        why = "the names have values here, but the relation may be about other ones"
        return replace(judged, verdict=Undecided((ruling.verdict.by,), why), where=ruling.where)
    focus = _span(formula, pair.right.start, pair.right.end) if ruling.rule else None
    return replace(
        judged, verdict=ruling.verdict, rule=ruling.rule, message=ruling.message, label=ruling.label,
        where=ruling.where, focus=focus,
    )  # fmt: skip


def _renames(pair: Pair, scope: Scope) -> bool:
    """Whether a name that has a value gets a new expression: a new definition, where it isn't the old value."""
    named = is_name(pair.left) or named_call(pair.left)
    return named and pair.position == 0 and not is_number(pair.right) and scope.value(key(pair.left)) is not None


def _known_result(pair: Pair, scope: Scope, index: int, line: int) -> bool:
    """Whether a name that gets a number here was computed before, nearby, from values that still stand."""
    value = scope.value(key(pair.left)) if is_name(pair.left) or named_call(pair.left) else None
    if value is None or value.stated or value.formula == index or line - value.line > REACH_LINES:
        return False
    return all(scope.value(k) == v for k, v in value.sources)


def _may_refute(pair: Pair, ruling: worked.Ruling, rechecked: bool) -> bool:
    """Refutation by the values of names needs a computation on one side and its result on the other."""
    closed = not any(w for w in ruling.where if "line" in w)
    if closed:
        return True
    result = is_number(pair.right) and not (isinstance(pair.right, Num) and pair.right.text == "0")
    return result and (rechecked or not (is_name(pair.left) or named_call(pair.left)) or _applied(pair))


def _applied(pair: Pair) -> bool:
    return named_call(pair.left)


def _span(formula: Formula, start: int, end: int) -> Span:
    first = formula.offset(start)
    last = formula.offset(end - 1) + 1 if end > start else first
    return Span(first, max(first, last))

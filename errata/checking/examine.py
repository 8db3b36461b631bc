"""One document, judged formula by formula: what is read, what each relation is for, and whether it holds."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import sympy as sp

from claims.evidence import Agreement
from claims.verdict import (
    IllFormed,
    NotAClaim,
    NotAClaimKind,
    Proved,
    Refuted,
    Supported,
    Tried,
    Undecided,
    Unread,
    decide,
)
from errata.checking import worked
from errata.checking.algebra import Found, is_step, judge_identity
from errata.checking.densities import densities
from errata.checking.integrands import judge_integrals
from errata.checking.judgement import Examined, Judged, Kind
from errata.checking.kinds import is_number, is_power_of_name, kind_of
from errata.checking.learning import learn
from errata.checking.linear import judge_linear
from errata.checking.options import Options
from errata.checking.pool.limits import OutOfTime
from errata.checking.repairs import SLIPS, repaired
from errata.checking.structure import malformed
from errata.checking.tabular import CellContext, Given, Tables, row_number, row_template, tables_of, with_row
from errata.checking.usable import Known, known_of
from errata.reading.document import Document, Formula, Heading, Span
from errata.reading.lowering import Convention, LogBase, lower
from errata.reading.matrix_notation import bare_names
from errata.reading.names import is_name, key, named_call
from errata.reading.parser import parse
from errata.reading.relations import Pair, Stated, stated
from errata.reading.scope import Scope
from errata.reading.sections import continues
from errata.reading.tree import (
    Accent,
    Fence,
    Gap,
    Group,
    Lines,
    Node,
    Num,
    Opaque,
    Phrase,
    Relation,
    Styled,
    opaque_parts,
    walk,
)
from errata.reading.units import in_unit, log_base, stated_base, unit_of
from errata.reading.unparse import to_latex
from errata.reading.vectors import Unlowered
from errata.reading.words import words

ARITHMETIC = frozenset("= ≈ ≃ ≅ ≡ ≠ < ≤ > ≥ ≪ ≫".split())
REACH = 160
"""Characters of prose before a formula that may say what it is for."""
REACH_TEMPLATE = 12
"""Lines from a formula in the names of a table to the line that takes its rows up one by one."""
REACH_DENSITY = 400
"""Characters of prose before a density that may say where it lives."""
REACH_LINES = 60
"""Lines from a computed value to where it is repeated, beyond which it counts as another example's."""


@dataclass
class _State:
    """What the document has said up to here."""

    document: Document
    options: Options
    scope: Scope = field(default_factory=Scope)
    introduced: frozenset[str] = frozenset()
    headings: int = 0
    titles: Mapping[int, str] = field(default_factory=dict)
    """The last heading of each level that is still open."""
    carried: Mapping[int, str] = field(default_factory=dict)
    """The headings under the section before, where the current section goes on with it."""
    tables: Tables = field(default_factory=lambda: Tables({}, (), ()))
    template: tuple[Node, tuple[tuple[Given, ...], ...]] | None = None
    """A formula in the names of a table's columns, and the table's rows."""
    template_line: int = 0
    known: Known | None = None
    """What the document says of its names; found when it is first asked for."""
    definitions: Mapping[str, Node] | None = None


@dataclass(frozen=True, slots=True)
class _At:
    """Where a pair stands: its formula, its chain, and what the text around it says."""

    index: int
    formula: Formula
    chain: Stated
    base: LogBase | None
    prose: str
    origin: sp.Basic | None


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
    state = _State(document, options, tables=tables_of(document))
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
        try:
            root = parse(formula.latex, document.macros)
            parts = opaque_parts(root)
            found = _with_form(list(_judge_formula(state, index, formula, root)), index, formula, root)
            found = _with_densities(state, found, formula, root)
        except OutOfTime:
            judged.append(_skipped(index, formula, f"took longer than {options.budget_s:g} s"))
            unread.add(index)
            continue
        opaque.extend((index, _span(formula, o.start, o.end), o.why) for o in parts)
        if parts:
            unread.add(index)
        judged.extend(found)
    elapsed = time.perf_counter() - started
    return Examined(
        document, tuple(judged), len(document.formulas) - len(unread), tuple(opaque), elapsed_s=elapsed
    )  # fmt: skip


def _with_form(judged: list[Judged], index: int, formula: Formula, root: Lines) -> list[Judged]:
    """The relations of a formula, those of a wrong form marked so; a wrong form outside of any has its own entry."""
    for fault in malformed(root):
        where = _span(formula, fault.start, fault.end)
        verdict = IllFormed(fault.rule, fault.detail, where.start, where.end)
        holder = next(
            (n for n, j in enumerate(judged) if j.span.start <= where.start and where.end <= j.span.end), None
        )
        if holder is None:
            entry = Judged(index, formula.span, formula.latex, "", "", Kind.OTHER, verdict, words(root))
            judged.append(replace(entry, rule=fault.rule, message=fault.detail, focus=where, label=fault.label))
        elif judged[holder].rule is None:
            judged[holder] = replace(
                judged[holder], verdict=verdict, rule=fault.rule, message=fault.detail, focus=where, label=fault.label
            )  # fmt: skip
    return judged


def _with_densities(state: _State, judged: list[Judged], formula: Formula, root: Lines) -> list[Judged]:
    """The relations of a formula, those that give a density judged by its total mass."""
    prose = state.document.text[max(0, formula.span.start - REACH_DENSITY) : formula.span.start]
    for density in densities(root, prose, state.options.seed):
        where = _span(formula, density.start, density.end)
        holders = (n for n, j in enumerate(judged) if j.span.start <= where.start and where.end <= j.span.end)
        holder = next(holders, None)
        if holder is None or judged[holder].rule is not None:
            continue
        relation = replace(judged[holder], kind=Kind.CLAIM)
        if isinstance(density.evidence, Agreement):
            if isinstance(relation.verdict, NotAClaim | Undecided):
                verdict = decide([Tried(None, (density.evidence,))])
                judged[holder] = replace(relation, verdict=verdict, where=(density.message,))
        elif density.evidence.confirmed:
            refuted = decide([Tried(None, (density.evidence,))])
            judged[holder] = replace(relation, verdict=refuted, rule="E312", message=density.message, focus=where)
    return judged


def _skipped(index: int, formula: Formula, why: str) -> Judged:
    return Judged(index, formula.span, formula.latex, "", "", Kind.OTHER, Undecided((), why), "not read")


def _enter_sections(state: _State, formula: Formula) -> None:
    headings = state.document.headings
    while state.headings < len(headings) and headings[state.headings].span.start <= formula.span.start:
        heading = headings[state.headings]
        _enter_section(state, heading)
        state.headings += 1


def _enter_section(state: _State, heading: Heading) -> None:
    """Opens the section of a heading, unless it goes on with the last one of its level.

    Where a slide goes on, so do the labels under it: "Derivation" in "Topic (2/2)" continues that of "Topic (1/2)".
    """
    level, title = heading.level, heading.title
    before = state.titles.get(level)
    deeper = {at: t for at, t in state.titles.items() if at > level}
    if before is not None and continues(before, title):
        state.carried = deeper
    elif state.carried.get(level) != title:
        state.scope = state.scope.section(level)
        state.carried = {}
    state.titles = {**{at: t for at, t in state.titles.items() if at < level}, level: title}


def _judge_formula(state: _State, index: int, formula: Formula, root: Lines) -> Iterator[Judged]:
    before = state.document.text[max(0, formula.span.start - REACH) : formula.span.start]
    after = _prose_after(state.document, index)
    cell = state.tables.cells.get(index)
    outside = state.scope
    if cell is not None:
        state.scope = with_row(outside, cell.row)
        after = after if unit_of(after) else cell.unit
    chains = stated(root)
    for number, chain in enumerate(chains):
        last = number == len(chains) - 1
        base = _log_base(chain, chains, after if last else "", before)
        starts_open = isinstance(chain.chain.items[0], Gap)
        if cell is not None and cell.column is not None and starts_open:
            yield _judge_headed(state, index, formula, chain, cell.column, base)
        elif number == 0 and starts_open and (restated := _in_other_unit(state, index, chain, after)) is not None:
            yield restated
        else:
            yield from _judge_chain(state, index, formula, chain, base, before)
    if cell is not None and not chains and cell.column is not None and len(root.statements) == 1:
        yield from _judge_bare_cell(state, index, formula, cell, root.statements[0])
    if cell is not None:
        state.scope = outside
    elif not chains and len(root.statements) == 1:
        found = row_template(root.statements[0], state.tables, formula.span.start)
        if found is not None:
            state.template, state.template_line = found, state.document.place(formula.span.start).line
    yield from _judge_plain_cells(state, index)


def _in_other_unit(state: _State, index: int, chain: Stated, after: str) -> Judged | None:
    """≈ 1.42 nats, then in a formula of its own ≈ 2.05 bits: the same quantity in another unit."""
    if index == 0 or len(chain.chain.relations) != 1:
        return None
    document, formula = state.document, state.document.formulas[index]
    between = document.text[document.formulas[index - 1].span.end : formula.span.start].strip(" $\\()\t")
    unit, before = unit_of(after[:25]), unit_of(between)
    ends = stated(parse(document.formulas[index - 1].latex, document.macros))
    if not ends or unit is None or before is None or unit == before or len(between) > 8:
        return None
    pair = chain.pairs()[0]
    quantity = in_unit(ends[-1].chain.items[-1], before, unit)
    span = _span(formula, pair.relation.start, pair.right.end)
    judged = Judged(
        index, span, to_latex(quantity), pair.relation.latex, to_latex(pair.right), Kind.CLAIM, Undecided((), ""),
        f"{words(quantity)} {words(pair.relation)} {words(pair.right)}", where=(f"{before} are taken to {unit}",),
    )  # fmt: skip
    return _ruled(judged, replace(pair, left=quantity), state.scope, None, None, span)


def _judge_headed(
    state: _State, index: int, formula: Formula, chain: Stated, column: Node, base: LogBase | None
) -> Judged:
    """A cell that starts with ≈ or = speaks of the formula at the head of its column."""
    written = chain.pairs()[0]
    span = _span(formula, written.relation.start, written.right.end)
    pair = replace(written, left=column)
    judged = Judged(
        index, span, to_latex(column), pair.relation.latex, to_latex(pair.right), Kind.CLAIM, Undecided((), ""),
        f"{words(column)} {words(pair.relation)} {words(pair.right)}",
    )  # fmt: skip
    return _ruled(judged, pair, state.scope, base, None, span)


def _judge_bare_cell(state: _State, index: int, formula: Formula, cell: CellContext, number: Node) -> Iterator[Judged]:
    """A cell that holds nothing but a number, as a formula, under a column that is headed by one."""
    if cell.column is None or not is_number(number) or not cell.row:
        return
    pair = Pair(cell.column, Relation(0, 0, "=", "="), number, 0)
    judged = Judged(
        index, formula.span, to_latex(pair.left), "=", formula.latex, Kind.CLAIM, Undecided((), ""),
        f"{words(pair.left)} = {words(number)}",
    )  # fmt: skip
    yield _ruled(judged, pair, state.scope, log_base(unit_of(cell.unit)), None, formula.span)


def _judge_plain_cells(state: _State, index: int) -> Iterator[Judged]:
    """The bare numbers of a column, once the formula at its head has been looked at."""
    for cell in state.tables.plain:
        if cell.heading != index or cell.context.column is None:
            continue
        relation = Relation(0, 0, cell.sign, cell.sign)
        pair = Pair(cell.context.column, relation, cell.number, 0)
        scope = with_row(state.scope, cell.context.row)
        judged = Judged(
            index, cell.span, to_latex(pair.left), cell.sign, cell.text, Kind.CLAIM, Undecided((), ""),
            f"{words(pair.left)} {cell.sign} {words(pair.right)}",
        )  # fmt: skip
        yield _ruled(judged, pair, scope, log_base(unit_of(cell.context.unit)), None, cell.span)


def _prose_after(document: Document, index: int) -> str:
    formula = document.formulas[index]
    end = formula.span.end + 40
    if index + 1 < len(document.formulas):
        end = min(end, document.formulas[index + 1].span.start)
    return document.text[formula.span.end : end]


def _log_base(chain: Stated, chains: tuple[Stated, ...], after: str, before: str) -> LogBase | None:
    """The base of logarithms that a unit beside the chain names: in it, right after it, or right before it."""
    texts = (chain.remark, *(c.remark for c in chains if c.statement == chain.statement), after[:25], before[-45:])
    return next((base for t in texts if (base := log_base(unit_of(t))) is not None), None) or stated_base(before)


def _judge_chain(
    state: _State, index: int, formula: Formula, chain: Stated, base: LogBase | None, prose: str
) -> Iterator[Judged]:
    line = state.document.place(formula.offset(chain.chain.start)).line
    convention = Convention(log=base or LogBase.NATURAL, slash_takes_all=True)
    origin = None
    judged: list[Judged] = []
    for pair in chain.pairs():
        kind = kind_of(pair, chain, state.introduced, prose)
        judged.append(_judge_pair(state, _At(index, formula, chain, base, prose, origin), pair, kind))
        if origin is None:
            origin = _origin(pair, state.scope, convention)
    yield from _one_finding_each(judged, chain.pairs(), state.options.seed)
    state.scope, state.introduced = learn(chain, state.scope, state.introduced, convention, line, index)


def _one_finding_each(judged: list[Judged], pairs: tuple[Pair, ...], seed: int) -> Iterator[Judged]:
    """A wrong member of a chain breaks the step into it and the step out of it; the first one is the finding."""
    for n, j in enumerate(judged):
        before = judged[n - 1] if n else None
        if j.rule == "E311" and before is not None and before.rule == "E311":
            around = replace(pairs[n], left=pairs[n - 1].left)
            if isinstance(judge_identity(around, {}, seed).verdict, Supported) and isinstance(j.verdict, Refuted):
                why = "the line before is wrong; without it this one holds"
                j = replace(j, verdict=Undecided((j.verdict.by,), why), rule=None, message=None, focus=None, label=None)
        yield j


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


def _judge_pair(state: _State, at: _At, pair: Pair, kind: Kind) -> Judged:
    index, formula, base = at.index, at.formula, at.base
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
    if kind is Kind.GIVEN and not rechecked and (computed := _computed(pair, state.scope, base)) is not None:
        return _with_ruling(
            replace(judged, kind=Kind.CLAIM), computed, _span(formula, pair.right.start, pair.right.end)
        )
    if kind is not Kind.CLAIM and not rechecked and _row_of(state, pair, line) is None:
        return replace(judged, verdict=NotAClaim(NotAClaimKind(kind.value)))
    if pair.relation.sign not in ARITHMETIC:
        return replace(judged, verdict=Undecided((), f"the relation {pair.relation.sign} is not judged yet"))
    row = _row_of(state, pair, line)
    if row is not None:
        pair, scope = row
        return _ruled(replace(judged, kind=Kind.CLAIM), pair, scope, base, None, span)
    try:
        ruling = worked.judge(pair, state.scope, base, at.origin)
    except Unlowered as reason:
        if _names_a_number(pair, state.scope, base):
            return replace(judged, kind=Kind.DEFINITION, verdict=NotAClaim(NotAClaimKind.DEFINITION))
        return _judge_identity(state, at, judged, pair, str(reason))
    if rechecked:
        judged = replace(judged, kind=Kind.CLAIM)
    agrees = isinstance(ruling.verdict, Proved | Supported) and ruling.rule is None
    if _renames(pair, state.scope) and not agrees:
        return replace(judged, kind=Kind.DEFINITION, verdict=NotAClaim(NotAClaimKind.DEFINITION))
    if isinstance(ruling.verdict, Refuted) and not _may_refute(pair, ruling, rechecked):
        why = "the names have values here, but the relation may be about other ones"
        return _judge_identity(state, at, judged, pair, why)
    result = component_of(pair.right, ruling.component)
    return _with_ruling(judged, ruling, _span(formula, result.start, result.end))


def _judge_identity(state: _State, at: _At, judged: Judged, pair: Pair, why: str) -> Judged:
    """A relation in free symbols; ``why`` says what kept it from being judged as one of numbers."""
    if pair.relation.sign not in ("=", "≡"):
        return replace(judged, verdict=Undecided((), why))
    try:
        found = _found(state, at, pair)
    except Unlowered as reason:
        return replace(judged, verdict=Undecided((), str(reason)))
    if not isinstance(found.verdict, Refuted):
        return replace(judged, verdict=found.verdict, where=found.where)
    if not found.sound or not is_step(pair, at.chain, at.prose):
        open_ = why if pair.position == 0 else "it may use what is said elsewhere"
        return replace(judged, verdict=Undecided((found.verdict.by,), open_))
    judged = replace(judged, verdict=found.verdict, where=found.where, rule="E311", message=found.message)
    mended = repaired(pair, state.options.seed)
    if mended is None:
        return replace(judged, focus=_span(at.formula, pair.right.start, pair.right.end))
    side = "left" if mended.left else "right"
    label = f"{SLIPS[mended.repair.slip]} ({side} side)"
    verdict = replace(found.verdict, repair=mended.repair)
    return replace(judged, verdict=verdict, label=label, focus=_span(at.formula, mended.start, mended.end))


def _found(state: _State, at: _At, pair: Pair) -> Found:
    """What integrands, scalars and linear algebra say of a relation, in turn. Raises Unlowered where all are silent."""
    seed = state.options.seed
    integrals = judge_integrals(pair, seed)
    if integrals is not None and (isinstance(integrals.verdict, Supported) or _is_sound(state, at, pair, integrals)):
        return integrals
    try:
        found = judge_identity(pair, {}, seed)
    except Unlowered:
        linear = _judge_linear(state, at, pair)
        if linear is None:
            raise
        return linear
    if isinstance(found.verdict, Supported | Proved):
        return found
    if isinstance(found.verdict, Refuted) and found.sound and is_step(pair, at.chain, at.prose):
        return judge_identity(pair, _definitions(state), seed)
    return _judge_linear(state, at, pair) or found


def _is_sound(state: _State, at: _At, pair: Pair, found: Found) -> bool:
    """Whether a refutation counts: a step, and none of its names has a definition that it could use."""
    names = {*bare_names(pair.left), *bare_names(pair.right)}
    return found.sound and is_step(pair, at.chain, at.prose) and not names & _definitions(state).keys()


def _judge_linear(state: _State, at: _At, pair: Pair) -> Found | None:
    """The verdict of linear algebra; None where it settles nothing."""
    linear = judge_linear(pair, state.options.seed, _known(state))
    if linear is None or isinstance(linear.verdict, Undecided):
        return None
    refuted = isinstance(linear.verdict, Refuted)
    return linear if not refuted or (linear.sound and is_step(pair, at.chain, at.prose)) else None


def _known(state: _State) -> Known:
    if state.known is None:
        state.known = known_of(_roots(state))
    return state.known


def _definitions(state: _State) -> Mapping[str, Node]:
    """The first expression that the document gives for each name."""
    if state.definitions is None:
        found: dict[str, Node] = {}
        for root in _roots(state):
            for chain in stated(root):
                first, second = chain.chain.items[0], chain.chain.items[1]
                defines = chain.chain.relations[0].sign in ("=", ":=", "≡") and is_name(first) and not _is_mean(first)
                if defines and not is_number(second) and key(first) not in set(bare_names(second)):
                    found.setdefault(key(first), second)
        state.definitions = found
    return state.definitions


def _is_mean(node: Node) -> bool:
    """x̄, which stands for the mean of the x_i already."""
    return isinstance(node, Accent) and node.kind in ("bar", "overline")


def _roots(state: _State) -> Iterator[Lines]:
    document = state.document
    return (parse(f.latex, document.macros) for f in document.formulas)


def _ruled(
    judged: Judged, pair: Pair, scope: Scope, base: LogBase | None, origin: sp.Basic | None, focus: Span
) -> Judged:
    """A relation whose both sides are known to be computable here."""
    try:
        return _with_ruling(judged, worked.judge(pair, scope, base, origin), focus)
    except Unlowered as reason:
        return replace(judged, verdict=Undecided((), str(reason)))


def component_of(node: Node, number: int | None) -> Node:
    """A component of a vector that is written out; the node itself where there is none."""
    inner = node
    while isinstance(inner, Fence | Group | Styled) and inner.body is not None:
        inner = inner.body
    if number is None or not isinstance(inner, Phrase) or number > len(inner.items):
        return node
    return inner.items[number - 1]


def _with_ruling(judged: Judged, ruling: worked.Ruling, focus: Span) -> Judged:
    return replace(
        judged, verdict=ruling.verdict, rule=ruling.rule, message=ruling.message, label=ruling.label,
        where=(*judged.where, *ruling.where), focus=focus if ruling.rule else None,
    )  # fmt: skip


def _row_of(state: _State, pair: Pair, line: int) -> tuple[Pair, Scope] | None:
    """p_2(82) ≈ 0.0194 as the value of the formula before it in the second row of the table before that."""
    number = row_number(pair.left)
    if state.template is None or number is None or line - state.template_line > REACH_TEMPLATE:
        return None
    node, rows = state.template
    if not is_number(pair.right) or not 1 <= number <= len(rows) or state.scope.value(key(pair.left)) is not None:
        return None
    return replace(pair, left=node), with_row(state.scope, rows[number - 1])


def _renames(pair: Pair, scope: Scope) -> bool:
    """Whether a name that has a value gets a new expression: a new definition, where it isn't the old value."""
    named = is_name(pair.left) or named_call(pair.left)
    return named and pair.position == 0 and not is_number(pair.right) and scope.value(key(pair.left)) is not None


def _computed(pair: Pair, scope: Scope, base: LogBase | None) -> worked.Ruling | None:
    """The ruling on f(3) = 10, where f is known, and on σ² = 4, where σ is; None where the left side is only a name.

    A square that doesn't fit its root is a new value, not a mistake.
    """
    if not (named_call(pair.left) or is_power_of_name(pair.left)) or scope.value(key(pair.left)) is not None:
        return None
    try:
        ruling = worked.judge(pair, scope, base, None)
    except Unlowered:
        return None
    if is_power_of_name(pair.left) and not isinstance(ruling.verdict, Proved | Supported):
        return None
    return ruling


def _names_a_number(pair: Pair, scope: Scope, base: LogBase | None) -> bool:
    """Whether a plain name at the head of a chain gets the value of an expression of numbers."""
    if pair.position or not is_name(pair.left) or pair.relation.sign not in ("=", "≈", "≡"):
        return False
    try:
        lower(pair.right, scope, Convention(log=base or LogBase.NATURAL))
    except Unlowered:
        return False
    return True


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

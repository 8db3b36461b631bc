"""One document, judged formula by formula: what is read, what each relation is for, and whether it holds."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial

import sympy as sp
from sympy.core.cache import clear_cache
from sympy.core.facts import InconsistentAssumptions

from claims.evidence import Agreement, Counterexample
from claims.records import replace
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
from errata.checking import authored
from errata.checking.author import Author
from errata.checking.cells import in_one_unit, in_other_unit, judge_bare_cell, judge_headed, judge_plain_cells
from errata.checking.constraints import narrow, narrow_by_chain
from errata.checking.context import At, State, root_of, span_of
from errata.checking.contradictions import contradicted
from errata.checking.densities import Density, densities
from errata.checking.facts import beyond_a_section, learnt, without_suppositions
from errata.checking.families.described import judge_described, misdescribed
from errata.checking.form import faults_in_place
from errata.checking.judgement import Examined, Judged, Kind
from errata.checking.kinds import is_number, kind_of, speaks_of_names
from errata.checking.labels import label_before, learn_label
from errata.checking.learning import holds_for_some, learn
from errata.checking.modulo import judge_modulo, up_to_multiples
from errata.checking.options import Options
from errata.checking.pairs import judge_pair
from errata.checking.parts import stated_in, stock_beyond_a_section
from errata.checking.pool.limits import OutOfTime, ran_out_of_time
from errata.checking.rank_claims import judge_said_rank
from errata.checking.rearranged import stated_last
from errata.checking.stated_conditions import stated_by
from errata.checking.tabular import row_template, tables_of, with_row
from errata.checking.told_normals import with_normals
from errata.checking.unknown_commands import told, unless_undefined
from errata.checking.worked import DEFINED
from errata.judging.core import with_known_results
from errata.judging.near_misses import near_miss
from errata.judging.open_equations import is_spoken_of
from errata.judging.sound_repairs import with_sound_repairs
from errata.reading.author import said_in, said_of_course
from errata.reading.customary import said_of
from errata.reading.densities import called_a_density, support_after
from errata.reading.document import Document, Formula, Heading, Span
from errata.reading.gloss import glossed
from errata.reading.lowering import Convention, LogBase, lower
from errata.reading.moduli import MODULO
from errata.reading.names import is_name, key, named_call
from errata.reading.normals import normals_in
from errata.reading.relations import Pair, Stated, stated, text_of
from errata.reading.scope import Scope
from errata.reading.sections import continues
from errata.reading.supports import Support
from errata.reading.tree import Call, Gap, Lines, opaque_parts
from errata.reading.undefined import undefined_in
from errata.reading.units import declared_base, log_base, stated_base, unit_of, unit_of_the_sentence
from errata.reading.vectors import Unlowered
from errata.reading.words import words

STEPS = frozenset({"E311", "E313", "E314", "E315"})
"""Rules about a step of a chain, which a wrong member breaks on both of its sides."""
_BY_THE_WAY = re.compile(r"\beven (?:at|for|if|when|with)\s*[$(\\]*$", re.I)
"""Words before a value that is mentioned, not given: "differs even at n = 2"."""
_A_LINE = re.compile(
    r"\b(?:(?:bounded|enclosed) by|(?:(?:hyper)?planes?|lines?|curves?|boundar(?:y|ies)|ax[ei]s)(?:\s+of|\s+given by)?)"
    r"(?:\s*,?\s*(?:and\s+)?\$[^$]*\$)*\s*,?\s*(?:and|or)?\s*\$*\s*\Z",
    re.I,
)
"""Words before an equation that is a line or a plane: "bounded by $x = 0$ and $y = 0$"."""
BY_MASS = "as far as a density is told by its total mass"
"""What is known of a density that integrates to one: another one that is shifted does so, too."""
_IN_A_CASE = re.compile(
    r"\b(?:when|if|where|case)\s+\$+[^$=<>]+=[^$=<>]+\$+[^$]*(?:\$\$?|\\\[|\\begin\{\w+\*?\})?\s*$", re.I
)
"""An equation that a sentence before a formula takes as its case: "when $u = v$. Then"."""
_HYPOTHESIS = re.compile(r"(?:H|\\mathcal\s*\{?H\}?)_\{?\w{1,2}\}?[\s~]*:[\s~&\\,;]*(?:\\q?quad\s*)?\Z")
"""The name of a hypothesis, right before what it says."""
_OPENS_A_CASE = re.compile(r"\b(?:when|whenever|if|case)\s+\$\s*$", re.I)
"""Words right before the equation of a case."""
_WHEN = re.compile(r"\b(?:when|whenever|if|unless)\s*\Z", re.I)
"""The same words within a formula: "f(x) = 0 \\text{ when } g(x) = 0"."""
REACH = 160
"""Characters of prose before a formula that may say what it is for."""
REACH_DENSITY = 400
"""Characters of prose before a density that may say where it lives."""


def examine(
    document: Document,
    options: Options,
    begin: Callable[[int], None] = lambda index: None,
    skip: Mapping[int, str] | None = None,
) -> Examined:
    """Judges every formula of a document in order. ``begin(i)`` is called before formula i is looked at.

    A formula in ``skip`` is Undecided for the reason given there, and is not looked at.
    """
    if not any(formula.other for formula in document.formulas):
        return _examined(document, options, begin, skip)
    from errata.checking.both_signs import with_both_signs

    return with_both_signs(document, lambda one: _examined(one, options, begin, skip))


def _examined(
    document: Document, options: Options, begin: Callable[[int], None], skip: Mapping[int, str] | None
) -> Examined:
    started = time.perf_counter()
    state = state_at_start(document, options)
    judged: list[Judged] = []
    opaque: list[tuple[int, Span, str]] = []
    unread: set[int] = set()
    undefined: dict[str, Span] = {}
    for index, formula in enumerate(document.formulas):
        begin(index)
        come_to(state, index)
        state.in_turn = []
        if skip and index in skip:
            judged.append(_skipped(index, formula, skip[index]))
            unread.add(index)
            continue
        try:
            root = root_of(state, index)
            parts = opaque_parts(root)
            for name in undefined_in(root) if "\\" in formula.latex else ():
                undefined.setdefault(name.latex, span_of(formula, name.start, name.end))
            found = judged_afresh(state, index, root)
        except (OutOfTime, SystemError) as error:
            if not ran_out_of_time(error):
                raise
            clear_cache()  # of what was cut off half done
            judged.extend(up_to_a_finding(state.in_turn))
            judged.append(_skipped(index, formula, f"took longer than {options.budget_s:g} s"))
            unread.add(index)
            continue
        opaque.extend((index, span_of(formula, o.start, o.end), o.why) for o in parts)
        if parts:
            unread.add(index)
        judged.extend(found)
    authored.listen(state, len(document.text))
    judged, remarks = authored.obeyed(state, with_sound_repairs(state, judged))
    remarks = (*told(undefined), *remarks)
    elapsed = time.perf_counter() - started
    return Examined(
        document, tuple(judged), len(document.formulas) - len(unread), tuple(opaque), elapsed_s=elapsed, remarks=remarks
    )  # fmt: skip


def judged_afresh(state: State, index: int, root: Lines) -> list[Judged]:
    """The relations of a formula; once more with SymPy's cache emptied, where a deduction that was cut off in it left
    an expression that contradicts itself."""
    try:
        return judge_in_turn(state, index, root)
    except InconsistentAssumptions:
        clear_cache()
        return judge_in_turn(state, index, root)


def state_at_start(document: Document, options: Options) -> State:
    """What is known before the first formula."""
    said = (*said_of_course(options.course), *said_in(document))
    normals = normals_in(document, said)
    return State(document, options, tables=tables_of(document), author=Author(said), normals=normals)


def come_to(state: State, index: int) -> None:
    """Takes in the headings and the comments before a formula."""
    _enter_sections(state, state.document.formulas[index])
    authored.take_orders(state, index)


def judge_in_turn(state: State, index: int, root: Lines) -> list[Judged]:
    """The relations of a formula that the document has come to, by its tree; the state takes in what they say."""
    formula = state.document.formulas[index]
    state.in_turn = []
    found = _with_form(state, list(_judge_formula(state, index, formula, root)), index, formula, root)
    found = _with_described(state, _with_densities(state, found, index, root), index, root)
    found = with_known_results(state, index, found, root)
    found = _in_worlds_of_the_page(state, index, found, root)
    found = unless_undefined(contradicted(state, found, index, formula, root), root)
    return with_normals(state, index, _with_customary(state, found, formula), root)


def _in_worlds_of_the_page(state: State, index: int, judged: list[Judged], root: Lines) -> list[Judged]:
    """The judgements of a formula, open equations judged in random worlds where the page says something of them."""
    if not is_spoken_of(state, index, judged, root):
        return judged
    from errata.judging.page_worlds import with_page_worlds  # numpy, which many pages do without

    return with_page_worlds(state, index, judged, root)


def _with_customary(state: State, judged: list[Judged], formula: Formula) -> list[Judged]:
    """The judgements of a formula, each saying which commands are taken for what the field means by them."""
    said = said_of(formula.latex, state.document.customary) if state.document.customary else ()
    return [j if isinstance(j.verdict, NotAClaim) else replace(j, where=(*j.where, *said)) for j in judged]


def _with_form(state: State, judged: list[Judged], index: int, formula: Formula, root: Lines) -> list[Judged]:
    """The relations of a formula, those of a wrong form marked so; a wrong form outside of any has its own entry.

    Where a loose usage could be meant (a rule whose code starts with W), the verdict is left as it is.
    """
    for fault in faults_in_place(state, index, root):
        where = span_of(formula, fault.start, fault.end)
        loose = fault.rule.startswith("W")
        verdict = None if loose else IllFormed(fault.rule, fault.detail, where.start, where.end)
        holder = next(
            (n for n, j in enumerate(judged) if j.span.start <= where.start and where.end <= j.span.end), None
        )
        if holder is None:
            other = verdict or NotAClaim(NotAClaimKind.OTHER)
            entry = Judged(index, formula.span, formula.latex, "", "", Kind.OTHER, other, words(root))
            judged.append(replace(entry, rule=fault.rule, message=fault.detail, focus=where, label=fault.label))
        elif fault.rule == "E409" and _follows_from_a_definition(judged[holder]):
            continue  # what the document writes Pr for is what it says
        elif judged[holder].rule is None and not (loose and isinstance(judged[holder].verdict, Refuted)):
            judged[holder] = replace(
                judged[holder], verdict=verdict or judged[holder].verdict, rule=fault.rule, message=fault.detail,
                focus=where, label=fault.label,
            )  # fmt: skip
    return judged


def _follows_from_a_definition(judged: Judged) -> bool:
    """Whether a relation holds by what the document defines a function of it to be."""
    return isinstance(judged.verdict, Proved | Supported) and any(DEFINED in where for where in judged.where)


def _with_densities(state: State, judged: list[Judged], index: int, root: Lines) -> list[Judged]:
    """The relations of a formula, those that give a density judged by its total mass."""
    formula = state.document.formulas[index]
    prose = glossed(state.document.text[max(0, formula.span.start - REACH_DENSITY) : formula.span.start])
    prose += called_a_density(state.document, index)

    def after(head: Call) -> Support | None:
        return support_after(state.document, index, partial(root_of, state), head)

    for density in densities(root, prose, state.options.seed, after):
        where = span_of(formula, density.start, density.end)
        holders = (n for n, j in enumerate(judged) if j.span.start <= where.start and where.end <= j.span.end)
        holder = next(holders, None)
        if holder is None or judged[holder].rule is not None:
            continue
        relation = replace(judged[holder], kind=Kind.CLAIM)
        if isinstance(density.evidence, Agreement):
            if isinstance(relation.verdict, NotAClaim | Undecided):
                verdict = decide([Tried(BY_MASS, (density.evidence,))])
                judged[holder] = replace(relation, verdict=verdict, where=(density.message,))
        elif density.evidence.confirmed:
            judged[holder] = _no_density(formula, relation, density, where)
    return judged


def _with_described(state: State, judged: list[Judged], index: int, root: Lines) -> list[Judged]:
    """A formula of one relation that the text says to be the density of a law, which it is but for a slip."""
    if len(judged) != 1 or judged[0].rule is not None:
        return judged
    found = misdescribed(state, index, state.document.formulas[index], root)
    if found is None:
        return judged
    wrong = replace(judged[0], kind=Kind.CLAIM, verdict=found.verdict, rule=found.rule, message=found.message)
    return [replace(wrong, where=found.where, focus=found.focus, label=found.label)]


def _no_density(formula: Formula, relation: Judged, density: Density, where: Span) -> Judged:
    """A closed form that is no density, with the slip that makes it none where there is a single one."""
    assert isinstance(density.evidence, Counterexample)
    slip = density.mended
    refuted = decide([Tried(None, (density.evidence,))], None if slip is None else slip.repair)
    wrong = replace(relation, verdict=refuted, rule="E312", message=density.message, focus=where)
    if slip is None:
        return wrong
    return replace(wrong, focus=span_of(formula, slip.start, slip.end), label=slip.label)


def up_to_a_finding(in_turn: list[Judged]) -> list[Judged]:
    """What was judged of a formula before its time was up, as far as its first finding: what is wrong there may be
    what is wrong further on."""
    first = next((n for n, j in enumerate(in_turn) if isinstance(j.verdict, Refuted)), len(in_turn))
    return in_turn[: first + 1]


def _skipped(index: int, formula: Formula, why: str) -> Judged:
    return Judged(index, formula.span, formula.latex, "", "", Kind.OTHER, Undecided((), why), "not read")


def _enter_sections(state: State, formula: Formula) -> None:
    headings = state.document.headings
    while state.headings < len(headings) and headings[state.headings].span.start <= formula.span.start:
        heading = headings[state.headings]
        authored.listen(state, heading.span.start)
        _enter_section(state, heading)
        state.headings += 1
    authored.listen(state, formula.span.end)


def _enter_section(state: State, heading: Heading) -> None:
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
        state.bounds, state.equations = {}, ()
        state.stated = tuple((at, one) for at, one in state.stated if at < level)
        state.facts, state.stock = beyond_a_section(state.facts), stock_beyond_a_section(state.stock)
        state.carried = {}
        authored.enter_section(state, level)
    state.titles = {**{at: t for at, t in state.titles.items() if at < level}, level: title}


def _judge_formula(state: State, index: int, formula: Formula, root: Lines) -> Iterator[Judged]:
    before = glossed(state.document.text[max(0, formula.span.start - REACH) : formula.span.start])
    after = _prose_after(state.document, index)
    cell = state.tables.cells.get(index)
    outside = state.scope
    chains = stated(root)
    if cell is not None:
        after = after if unit_of(after) else cell.unit
        state.scope = with_row(outside, cell.row)
        try:
            yield from _judge_chains(state, index, formula, chains, before, after)
            if not chains and cell.column is not None and len(root.statements) == 1:
                yield from judge_bare_cell(state, index, formula, cell, root.statements[0])
        finally:
            state.scope = outside  # also where time runs out in a cell
    else:
        yield from _judge_chains(state, index, formula, chains, before, after)
    if cell is None and not chains and len(root.statements) == 1:
        found = row_template(root.statements[0], state.tables, formula.span.start)
        if found is not None:
            state.template, state.template_line = found, state.document.place(formula.span.start).line
    yield from judge_plain_cells(state, index)
    yield from judge_described(state, index, formula, root)
    yield from judge_said_rank(state, index, formula, root)


def _judge_chains(
    state: State, index: int, formula: Formula, chains: tuple[Stated, ...], before: str, after: str
) -> Iterator[Judged]:
    cell = state.tables.cells.get(index)
    for number, chain in enumerate(chains):
        last = number == len(chains) - 1
        base = _log_base(chain, chains, after if last else "", before)
        declared = declared_base(state.document.text, formula.span.start)
        base = None if base is not None and declared not in (None, base) else base or declared or state.author.log
        starts_open = isinstance(chain.chain.items[0], Gap)
        if cell is not None and cell.column is not None and starts_open:
            yield judge_headed(state, index, formula, chain, cell, cell.column, base)
        elif number == 0 and starts_open and (restated := in_other_unit(state, index, chain, after)) is not None:
            yield restated
        elif starts_open and not formula.display and len(chain.chain.relations) == 1:
            continue  # "≈ 0.5" in a sentence is a number said roughly: what it is compared with stands in words
        else:
            yield from _judge_chain(state, index, formula, chain, base, before)


def _prose_after(document: Document, index: int) -> str:
    formula = document.formulas[index]
    end = formula.span.end + 40
    if index + 1 < len(document.formulas):
        end = min(end, document.formulas[index + 1].span.start)
    return document.text[formula.span.end : end]


def _log_base(chain: Stated, chains: tuple[Stated, ...], after: str, before: str) -> LogBase | None:
    """The base of logarithms that a unit beside the chain names: in it, right after it, or right before it."""
    if {unit_of(after[:25]), unit_of(before[-45:])} == {"bits", "nats"}:
        return stated_base(before)  # "one nat is 1/log 2 bits" converts one unit into the other
    beside = (text_of(r) for r in chain.chain.remarks)
    remarks = (chain.remark, *beside, *(c.remark for c in chains if c.statement == chain.statement))
    units = (*map(unit_of, remarks), unit_of_the_sentence(after[:25]), unit_of(before[-45:]))
    return next((base for unit in units if (base := log_base(unit)) is not None), None) or stated_base(before)


def _judge_chain(
    state: State, index: int, formula: Formula, chain: Stated, base: LogBase | None, prose: str
) -> Iterator[Judged]:
    line = state.document.place(formula.offset(chain.chain.start)).line
    convention = Convention(log=base or LogBase.NATURAL, slash_takes_all=True)
    origin = None
    judged: list[Judged] = []
    known = state.facts
    supposed = _HYPOTHESIS.search(formula.latex[: chain.chain.start]) is not None
    for written in chain.pairs():
        converted = in_one_unit(chain, written)
        pair, base_here = (converted, None) if converted else (written, base)  # either unit may be that of a logarithm
        origin = None if converted else origin
        kind = kind_of(pair, chain, state.introduced, prose)
        if chain.chain.modulus is not None and pair.relation.sign == MODULO:
            at = At(index, formula, chain, base, prose, origin)
            judged.append(judge_modulo(state, at, pair, chain.chain.modulus))
            state.in_turn.append(judged[-1])
            continue
        if kind is Kind.CONSTRAINT:
            narrow(state, pair)
        elif pair.position == 0:
            narrow_by_chain(state, chain.pairs())
        state.facts = without_suppositions(known) if pair.position == 0 and is_name(pair.left) else known
        at_pair = At(index, formula, chain.of(pair), base_here, prose, origin)
        try:
            found = judge_pair(state, at_pair, pair, kind)
        finally:
            state.facts = known
        found = near_miss(state, at_pair, pair, found, judge_pair)
        if chain.chain.modulus is not None:
            found = up_to_multiples(state, at_pair, found, pair, chain.chain.modulus)
        judged.append(_as_supposed(found, pair) if supposed else found)
        state.in_turn.append(judged[-1])
        if judged[-1].kind is Kind.DEFINITION:
            state.defined |= {(key(pair.left), key(pair.right))}
        if origin is None:
            begins = replace(pair, left=pair.right) if _is_put_in(pair, judged[-1]) else pair
            origin = _origin(begins, state.scope, convention)
    if chain.chain.modulus is not None:
        yield from judged
        return
    at = At(index, formula, chain, base, prose, origin)
    yield from _one_finding_each(state, at, judged, chain.pairs())
    if not _of_a_case(chain, prose):
        state.stock |= {} if supposed else stated_in(chain, judged, line)
        said = () if supposed else stated_by(chain, judged, line, index)
        state.stated += tuple((max(state.titles, default=0), one) for one in said)
        state.facts = learnt(chain, judged, line, formula.display, state.facts, supposed)
    passing = _BY_THE_WAY.search(prose) or _A_LINE.search(prose) or _WHEN.search(chain.before)
    if not passing and not holds_for_some(chain, prose):
        state.scope, state.introduced = learn(chain, state.scope, state.introduced, convention, line, index)
    if (label := label_before(state.document, index)) is not None:
        state.scope = learn_label(label, chain, state.scope, convention, line, index)
    state.equations = stated_last(chain, line, state.equations, index)


def _as_supposed(judged: Judged, pair: Pair) -> Judged:
    """What a hypothesis says, H_0: μ = ν = 0, which is tested and need not hold; a step that holds in it is one."""
    holds = isinstance(judged.verdict, Proved | Supported) and not is_number(pair.right)
    if holds or judged.kind is not Kind.CLAIM or isinstance(judged.verdict, IllFormed | Unread):
        return judged
    if not speaks_of_names(pair):
        return judged
    plain = replace(judged, rule=None, message=None, focus=None, label=None, where=())
    return replace(plain, kind=Kind.CONSTRAINT, verdict=NotAClaim(NotAClaimKind.CONSTRAINT))


def _is_put_in(pair: Pair, judged: Judged) -> bool:
    """Whether a step only gave numbers to the names of its left side, which says nothing of its value."""
    return judged.kind is Kind.GIVEN and not is_name(pair.left) and not isinstance(pair.left, Call)


def _of_a_case(chain: Stated, prose: str) -> bool:
    """Whether a chain holds in a case only that the words before it make, or is that case: "when $u = v$"."""
    names = all(is_name(item) for item in chain.chain.items)
    opens = (names and _OPENS_A_CASE.search(prose) is not None) or _WHEN.search(chain.before) is not None
    return opens or _IN_A_CASE.search(prose) is not None


def _one_finding_each(state: State, at: At, judged: list[Judged], pairs: tuple[Pair, ...]) -> Iterator[Judged]:
    """A wrong member of a chain breaks the step into it and the step out of it, which may be lines later; the first
    one is the finding."""
    broken: int | None = None
    for n, j in enumerate(judged):
        if isinstance(j.verdict, Refuted) and j.rule in STEPS:
            if broken is not None and _holds_around(state, at, judged[broken], pairs[broken], pairs[n]):
                why = "what comes before is wrong; without it this one holds"
                j = replace(j, verdict=Undecided((j.verdict.by,), why), rule=None, message=None, focus=None, label=None)
                broken = None
            else:
                broken = n
        yield j


def _holds_around(state: State, at: At, first: Judged, before: Pair, after: Pair) -> bool:
    """Whether a chain holds from where it breaks to where it breaks again."""
    around = replace(after, left=before.left)
    return isinstance(judge_pair(state, at, around, first.kind).verdict, Proved | Supported)


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

"""What an author's comments do to judging: domains and values from their place on, waivers, and expected findings.

A statement holds to the end of its section, subsections included. A waived finding doesn't vanish: the relation is
undecided, with the author's reason. What was said in vain, or can't be understood, becomes a remark with its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from claims.evidence import Evidence
from claims.records import replace
from claims.verdict import IllFormed, NotAClaim, Refuted, Undecided
from errata.checking.author import Waiver
from errata.checking.constraints import narrow
from errata.checking.context import State
from errata.checking.judgement import Judged, Remark
from errata.checking.kinds import INDEX_LETTERS
from errata.reading.author import ALLOWED, Binds, Domain, Expect, HasLaw, LogIs, Misunderstood, NormalTakes, Said, Skip
from errata.reading.document import Span
from errata.reading.families.notation import law_node
from errata.reading.families.said import Said as LawSaid
from errata.reading.families.said import laws_said
from errata.reading.families.spread import with_spread
from errata.reading.lowering import lower
from errata.reading.names import key
from errata.reading.scope import Scope, Value
from errata.reading.tree import Node, Script, Sym
from errata.reading.unparse import to_latex
from errata.reading.vectors import Unlowered
from errata.reading.words import words
from numerics.balls import Undetermined, rational

MISUNDERSTOOD, UNMET, IDLE, UNUSED = "W501", "W502", "N501", "N502"
UNNAMED = "E301"
"""The code of a refutation whose judge named no rule."""


def enter_section(state: State, level: int) -> None:
    """Ends what was said in sections that end here, and narrows again what goes on."""
    author = state.author
    author.standing = [(at, s) for at, s in author.standing if at < level]
    author.sections = [w for w in author.sections if w.level < level]
    for _, said in author.standing:
        if isinstance(said, Domain):
            _narrow(state, said)


def listen(state: State, end: int) -> None:
    """Takes in what is said before an offset of the document."""
    author = state.author
    while author.heard < len(author.said) and author.said[author.heard].span.start < end:
        _take(state, author.said[author.heard])
        author.heard += 1


def take_orders(state: State, index: int) -> None:
    """Notes what is waived or expected in a formula, before it is judged."""
    author = state.author
    if author.waiting or author.sections:
        author.orders[index] = (*author.waiting, *author.sections)
    author.waiting = []
    if author.whole:
        author.whole_in[index] = author.whole


def _take(state: State, said: Said) -> None:
    author, level = state.author, state.scope.frames[-1].level
    match said.instruction:
        case Domain() as domain:
            _take_domain(state, domain, said.span)
        case Binds() as binds:
            _bind(state, binds, said.span)
        case LogIs() as log:
            author.standing.append((level, log))
        case NormalTakes():
            pass  # formulas are read so from their places on: ``Normals`` has them all
        case HasLaw() as law:
            _take_law(state, law, said.span)
        case Skip() | Expect() as order:
            waiver = Waiver(said, level)
            author.given.append(waiver)
            (author.sections if isinstance(order, Skip) and order.section else author.waiting).append(waiver)
        case Misunderstood(why=why):
            author.remarks.append(Remark(MISUNDERSTOOD, said.span, why, ALLOWED))


def _take_law(state: State, has: HasLaw, span: Span) -> None:
    """A law holds as if a formula at the place of the comment stated it: X ∼ N(μ, σ²), or p as the name of a law."""
    spread = state.normals.at(span.start)
    law = law_node(has.law if spread is None else with_spread(has.law, spread))
    if law is None:
        what = f"no law is known as {has.family} with these parameters, so nothing is done with it"
        state.author.remarks.append(Remark(UNUSED, span, what))
        return
    name = key(has.name)
    heard = LawSaid("" if has.density else name, name if has.density else None, law, -1, span.start, False)
    before = laws_said(state.document, state.normals.meant) if state.said is None else state.said
    state.said = tuple(sorted((*before, heard), key=lambda s: s.place))


def _take_domain(state: State, domain: Domain, span: Span) -> None:
    problem = _problem(domain)
    if problem is not None:
        state.author.remarks.append(Remark(MISUNDERSTOOD, span, problem, ALLOWED))
        return
    if _is_any_member(domain.name):
        what = f"a range for every {words(domain.name)} is noted, and not used yet; say it of x_1, of x_2, …"
        state.author.remarks.append(Remark(UNUSED, span, what))
        return
    state.author.standing.append((state.scope.frames[-1].level, domain))
    state.scope = state.scope.unbind(key(domain.name))
    _narrow(state, domain)


def _is_any_member(name: Node) -> bool:
    return isinstance(name, Script) and isinstance(name.sub, Sym) and name.sub.name in INDEX_LETTERS | {"n"}


def _problem(domain: Domain) -> str | None:
    """Why a range is none: a bound that is no number, or bounds with nothing between them."""
    low, high = None, None
    for pair in domain.pairs:
        named_first = pair.left is domain.name
        bound = pair.right if named_first else pair.left
        try:
            value = rational(lower(bound, Scope()).expression)
        except (Unlowered, Undetermined):
            value = None
        if value is None:
            return f"the bound {words(bound)} is no rational number"
        if (pair.relation.sign in (">", "≥")) is named_first:
            low = value
        else:
            high = value
    if low is not None and high is not None and low >= high:
        return f"nothing lies between {low} and {high}"
    return None


def _narrow(state: State, domain: Domain) -> None:
    state.bounds.pop(key(domain.name), None)
    for pair in domain.pairs:
        narrow(state, pair)


def _bind(state: State, binds: Binds, span: Span) -> None:
    try:
        value = lower(binds.value, state.scope)
    except Unlowered as reason:
        why = f"the value of {words(binds.name)} is no number: {reason}"
        state.author.remarks.append(Remark(MISUNDERSTOOD, span, why, ALLOWED))
        return
    line = state.document.place(span.start).line
    name = key(binds.name)
    state.scope = state.scope.unbind(f"{name}^2").bind(
        Value(name, to_latex(binds.name), value.expression, value.expression, line, True)
    )


def obeyed(state: State, judged: Sequence[Judged]) -> tuple[list[Judged], tuple[Remark, ...]]:
    """The relations of a document with what the author waives or expects, and what is to be said of the comments."""
    author = state.author
    out: list[Judged] = []
    for one in judged:
        one = after = _of_whole(one, author.whole_in.get(one.formula, frozenset()))
        for waiver in author.orders.get(one.formula, ()):
            after = _ordered(waiver, one, after)
        out.append(after)
    vain = [r for w in author.given if (r := _in_vain(w)) is not None]
    return out, tuple(sorted([*author.remarks, *vain], key=lambda r: r.span.start))


def _of_whole(judged: Judged, whole: Iterable[str]) -> Judged:
    """A relation of whole numbers isn't refuted by a point where one of them is a fraction."""
    if not isinstance(judged.verdict, Refuted):
        return judged
    by = judged.verdict.by
    wrong = next((n for n, v in by.witness if n in whole and "/" in v), None)
    return judged if wrong is None else _undecided(judged, (by,), f"{wrong} is whole, and fractions were tried")


def _ordered(waiver: Waiver, judged: Judged, after: Judged) -> Judged:
    """A relation ``judged``, and ``after`` earlier orders, after this one too; what the order met is counted."""
    order = waiver.said.instruction
    finding = finding_of(judged)
    waiver.relations += 1
    if isinstance(order, Expect):
        if finding != order.code:
            return after
        waiver.met += 1
        return _waived(judged, f"expected by the author: {order.code}")
    assert isinstance(order, Skip)
    waiver.met += finding is not None
    if isinstance(judged.verdict, NotAClaim) and finding is None:
        return after
    return _waived(judged, f"skipped by the author: {order.reason}")


def finding_of(judged: Judged) -> str | None:
    """The code under which a relation is an error or a warning; None where it is neither."""
    if judged.rule is not None and judged.rule.startswith("W"):
        return judged.rule
    return judged.rule or UNNAMED if isinstance(judged.verdict, Refuted | IllFormed) else None


def _waived(judged: Judged, why: str) -> Judged:
    tried = (judged.verdict.by,) if isinstance(judged.verdict, Refuted) else ()
    return replace(_undecided(judged, tried, why), waived=True)


def _undecided(judged: Judged, tried: tuple[Evidence, ...], why: str) -> Judged:
    return replace(judged, verdict=Undecided(tried, why), rule=None, message=None, focus=None, label=None)


def _in_vain(waiver: Waiver) -> Remark | None:
    """What is said of an order that met nothing."""
    order, span = waiver.said.instruction, waiver.said.span
    if waiver.met:
        return None
    if isinstance(order, Expect):
        return Remark(UNMET, span, f"{order.code} was expected in the next formula and is not reported there")
    where = "in this section" if isinstance(order, Skip) and order.section else "in the next formula"
    if not waiver.relations:
        return Remark(IDLE, span, f"it waives nothing: there is no relation {where}")
    return Remark(IDLE, span, f"it waives nothing: no error and no warning was found {where}")

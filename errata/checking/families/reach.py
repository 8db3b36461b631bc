"""Which laws a place in a document may speak of: those stated before it in its section, and the premises beside it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import product

from claims.records import replace
from errata.checking.context import At, State, root_of
from errata.checking.families.trials import Environment
from errata.checking.families.written_laws import said_in
from errata.checking.kinds import is_number, is_power_of_name
from errata.reading.document import Document, Heading
from errata.reading.families.given import held_fixed, label_with
from errata.reading.families.notation import LawNode, renamed
from errata.reading.families.said import Said
from errata.reading.families.terms import names_of_law
from errata.reading.names import is_name, key
from errata.reading.relations import stated
from errata.reading.sections import same_subject
from errata.reading.special import named_functions
from errata.reading.tree import Script

MOST_ENVIRONMENTS = 4
REST = 60
"""Characters after a formula in which its sentence may say what its variables are."""
_EXPLAINS = re.compile(r"[$\s]*,?\s*(?:with|where|for|if|when)\s+(?:an?\s+)?(?:[\w-]+\s+){0,3}\$*\s*\Z", re.I)


def environments(state: State, at: At) -> tuple[Environment, ...]:
    """The laws in force at a relation, the likeliest first; several where a variable was given several laws."""
    said = said_in(state)
    place = at.formula.offset(at.chain.chain.start)
    beside = [s for s in said if s.formula == at.index]
    before = [s for s in said if s.place < place and not s.premise and reaches(s, place, state.document)]
    latest = [*_explained_after(state.document, at, said), *reversed(before)]
    premises = [s for s in beside if s.premise]
    own = {s.variable for s in premises}
    heard = [*premises, *(s for s in latest if s.variable not in own)]
    laws, unknown = _by_variable([s for s in heard if not s.density])
    fixed = held_fixed(at.chain.chain.items)
    laws = {name: [law for law in known if not law.written] or known for name, known in laws.items()}
    laws = {name: meant for name, known in laws.items() if (meant := [law for law in known if law.given <= fixed])}
    for s in heard:
        if s.density and s.variable not in laws and s.law is not None and s.law.given <= fixed:
            laws[s.variable] = [s.law]
    labels = _by_label(heard)
    over = {s.label: s.variable for s in reversed(heard) if s.density and s.label is not None and s.law is not None}
    bound = _bound(state, laws)
    if state.told is None:
        state.told = named_functions(state.document.text)
    told = state.told
    return tuple(
        Environment(dict(zip(laws, chosen, strict=True)), labels, over, not unknown and not bound, told, unknown)
        for chosen in list(product(*laws.values()))[:MOST_ENVIRONMENTS]
    )


def _explained_after(document: Document, at: At, said: Sequence[Said]) -> list[Said]:
    """The laws that the rest of the sentence gives: "is 0.05, with $Z \\sim N(0, 1)$"."""
    end = at.formula.span.end
    after = (s for s in said if end <= s.place <= end + REST and not s.premise)
    return [s for s in after if _EXPLAINS.match(document.text[end : s.place]) is not None]


def _by_variable(heard: Sequence[Said]) -> tuple[dict[str, list[LawNode]], bool]:
    """The laws of each variable, the latest first; and whether one has a law that is not known."""
    laws: dict[str, list[LawNode]] = {}
    unknown = False
    known = {s.variable for s in heard if s.law is not None}
    for s in heard:
        if s.law is None:
            unknown = unknown or s.variable in known
        elif not any(same_law(s.law, other) for other in laws.setdefault(s.variable, [])):
            laws[s.variable].append(s.law)
    return laws, unknown


def _by_label(heard: Iterable[Said]) -> dict[str, LawNode]:
    labels: dict[str, LawNode] = {}
    for s in heard:
        if s.label is not None and s.law is not None:
            labels.setdefault(s.label, s.law)
            if s.density:
                labels.setdefault(label_with(s.label, s.variable, s.behind), s.law)
    return labels


def environment_with(around: Environment, law: LawNode, other: LawNode) -> Environment:
    """The same laws, with every one in the same notation as ``law`` in that of ``other``, parameters kept."""

    def changed(known: Mapping[str, LawNode]) -> dict[str, LawNode]:
        return {n: (renamed(k, other.name) or k) if k.name == law.name else k for n, k in known.items()}

    return replace(around, variables=changed(around.variables), labels=changed(around.labels))


def same_law(a: LawNode, b: LawNode) -> bool:
    """Whether two laws are written in the same way."""
    return a.name == b.name and [key(x) for x in a.arguments] == [key(x) for x in b.arguments]


def reaches(said: Said, place: int, document: Document) -> bool:
    """Whether no section has ended between a statement and a place; one that goes on with the same topic is the same
    section, as "Poisson · moments" after "Poisson · the law"."""
    headings = document.headings
    first = bisect_right(headings, said.place, key=_start)
    last = bisect_right(headings, place, lo=first, key=_start)
    if first == last:
        return True
    around: dict[int, str] = {}
    for h in reversed(headings[:first]):
        if h.level < min(around, default=h.level + 1):
            around[h.level] = h.title
    own = max(around, default=0)
    between = (h for h in headings[first:last] if h.level <= own)
    return all(h.level in around and same_subject(around[h.level], h.title) for h in between)


def _start(heading: Heading) -> int:
    return heading.span.start


def _bound(state: State, laws: dict[str, list[LawNode]]) -> bool:
    """Whether the document gives a parameter of these laws a value or an expression, in which they may be meant."""
    names = {n for options in laws.values() for law in options for n in names_of_law(law)}
    return bool(names & given_names(state))


def given_names(state: State) -> frozenset[str]:
    """The names that the document gives a value or an expression."""
    if state.bound is None:
        state.bound = given_names_in(state, range(len(state.document.formulas)))
    return state.bound


def given_since(state: State, at: At, place: int) -> frozenset[str]:
    """The names that the document gives a value or an expression between a place and the end of a formula."""
    end = at.formula.span.end
    formulas = enumerate(state.document.formulas)
    return given_names_in(state, [n for n, f in formulas if place <= f.span.start and f.span.end <= end])


def section_start(state: State, place: int) -> int:
    """Where the section of a place begins."""
    return max((h.span.start for h in state.document.headings if h.span.start <= place), default=0)


def given_names_in(state: State, formulas: Iterable[int]) -> frozenset[str]:
    """The names that some of the formulas give a value or an expression, those of which a power is given, too."""
    found: set[str] = set()
    for index in formulas:
        if "=" not in state.document.formulas[index].latex:
            continue
        for chain in stated(root_of(state, index)):
            first = chain.chain.items[0]
            if chain.chain.relations[0].sign in ("=", ":=", "≡") and is_name(first):
                found.add(key(first))
            elif chain.chain.relations[0].sign == "=" and is_power_of_name(first) and isinstance(first, Script):
                found.update((key(first), key(Script(first.start, first.end, first.base, first.sub, None))))
            elif chain.chain.relations[0].sign == "=" and is_number(first) and is_name(chain.chain.items[1]):
                found.add(key(chain.chain.items[1]))
    return frozenset(found)

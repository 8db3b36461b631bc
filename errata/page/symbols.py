"""What a page says of each of its symbols, and where: collected from those whom the judges ask.

Nothing is understood anew here: kinds come from ``errata.page.sorts`` and ``declarations``, bodies from
``definitions``, laws and moments from ``random_variables``, words from ``surroundings``. Where two of them say
different things of a symbol in one section, both stand, and ``at_odds`` says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from claims.records import Record
from errata.meaning.elaborate import Notation, elaborate, notations
from errata.meaning.printing import to_latex
from errata.meaning.terms import Num, Op, Ref, Term, free_heads
from errata.meaning.unelaborated import Unelaborated
from errata.page.declarations import declared_in
from errata.page.definitions import DEFINES, is_of_a_case, schemas_in
from errata.page.kinds import Kinds, in_words, is_word, kinds_of, rank_of
from errata.page.letters import Letter, letters_in, symbols_in, terms_in
from errata.page.random_variables import drawn_in, moments_in, moments_in_words
from errata.page.roles import roles_in
from errata.page.sorts import POSITIVE, says_kind
from errata.page.surroundings import words_beside
from errata.reading.author import Binds, Domain, HasLaw, said_in
from errata.reading.document import Document
from errata.reading.names import key
from errata.reading.relations import Pair, stated
from errata.reading.said_matrices import said_matrices
from errata.reading.said_noise import said_noise
from errata.reading.tree import Gap, Lines, Node
from errata.worlds.laws import Law
from errata.worlds.sorts import Sort

FORMULA, WORDS, COMMENT = "formula", "words", "comment"
"""What says something: a formula, words beside one, or a comment of the author."""
_LAYOUT = re.compile(r"\\(?:left|right|big|Big|quad|qquad)(?![A-Za-z])|\\[,;:! ]|[\s{}~]")
_GROUP = re.compile(r"\{(?:[^{}]|\{[^{}]*\})*\}")
LEAD = 200
"""Characters before a symbol in which the words stand that lead to it."""
RANDOM = "random variable"
POSITIVELY = in_words(POSITIVE)
_ORDER = ("is", "role", "law", "mean", "variance", "defined as", "value", "range")
_SINGLE = frozenset({"defined as", "value", "law", "mean", "variance"})
"""What a symbol has one of in a section: two that differ are worth a look."""


class Statement(Record, frozen=True):
    """One thing that a page says of a symbol."""

    kind: str
    """``is``, ``role``, ``law``, ``mean``, ``variance``, ``defined as``, ``value`` or ``range``."""
    text: str
    by: str
    """``formula``, ``words`` or ``comment``."""
    start: int
    """Where the text of the document says it."""
    about: str = ""
    """The symbol at its indices, as that place writes it: x_1 and x_2 may well differ."""
    rank: int | None = None
    """0 for a number, 1 for a vector, 2 for a matrix, where it says that."""
    case: bool = False
    """Whether its sentence says it of a case only."""
    member: bool = False
    """Whether it speaks of any member of a family, x_i, which others may say otherwise of."""


def _plain(text: str) -> str:
    """A formula without what is only layout, so that what is written in two ways is one."""
    return _LAYOUT.sub("", text).rstrip(".,;")


class InSection(Record, frozen=True):
    """What a section says of a symbol. ``used_as`` is what its use there shows, "" where that is nothing."""

    title: str
    start: int
    statements: tuple[Statement, ...]
    used_as: str

    @property
    def at_odds(self) -> tuple[str, ...]:
        """The kinds of statements of which there are several here that do not agree."""
        ranks = {s.rank for s in self.statements if s.rank is not None}
        found = ["is"] if len(ranks) > 1 else []
        for kind in sorted(_SINGLE):
            texts: dict[str, set[str]] = {}
            for s in self.statements:
                if s.kind == kind and not s.case and not s.member:
                    texts.setdefault(s.about, set()).add(_plain(s.text))
            found += [kind] if any(len(t) > 1 for t in texts.values()) else []
        return tuple(found)


class Symbol(Record, frozen=True):
    """A letter of a page as its author writes it; ``forms`` are what it is seen as, with its indices."""

    head: str
    written: str
    forms: tuple[str, ...]
    places: tuple[int, ...]
    """Where it stands in the text of the document, in order."""
    sections: tuple[InSection, ...]
    """The first section that it stands in, and each later one that says something new of it."""

    @property
    def start(self) -> int:
        """Where it comes up first."""
        return self.places[0]


class Page(NamedTuple):
    """A document, with what its formulas are read by."""

    document: Document
    root_of: Callable[[int], Lines]
    head_of: Callable[[Lines], str | None]
    """The symbol that a formula opens with."""
    applied: frozenset[str] = frozenset()
    """The letters that the page applies to names, and those that it defines as functions."""
    defined: frozenset[str] = frozenset()

    def notation(self, root: Lines) -> Notation:
        return next(notations(root, applied=self.applied | self.defined, defined=self.defined, numbers_number=False))

    def quoted(self, number: int, start: int, end: int) -> str:
        """A part of a formula on one line, with the arguments of a macro that it ends with."""
        latex = self.document.formulas[number].latex
        while (group := _GROUP.match(latex, end)) is not None:
            end = group.end()
        return " ".join(latex[start:end].replace("&", " ").split())

    def place(self, number: int, node: Node) -> int:
        return self.document.formulas[number].offset(node.start)


def symbols_of(page: Page, more: Iterable[tuple[str, Statement]] = ()) -> tuple[Symbol, ...]:
    """The symbols of a page in the order in which they come up. ``more`` is what others than the page's own rooms
    found, each with the name that it is about as ``errata.reading.names.key`` gives it."""
    document = page.document
    roots = [page.root_of(n) for n in range(len(document.formulas))]
    read = [page.notation(root) for root in roots]
    terms = [tuple(terms_in(root, n)) for root, n in zip(roots, read, strict=True)]
    letters: dict[str, list[tuple[int, Letter]]] = {}
    for number, formula in enumerate(document.formulas):
        known = frozenset[str]().union(*map(symbols_in, terms[number]))
        for letter in letters_in(roots[number], formula.latex, read[number]):
            if letter.head in known and any(c.isalpha() for c in letter.head):
                letters.setdefault(letter.head, []).append((formula.offset(letter.start), letter))
    sections = list(_sections(document))
    kinds: dict[int, Kinds] = {}
    for start, end, _ in sections:
        here = [
            t for f, found in zip(document.formulas, terms, strict=True) if start <= f.span.start < end for t in found
        ]
        if here:
            kinds[start] = kinds_of(here)
    counts = frozenset(h for k in kinds.values() for h in k.uses.counts)
    named = {letter.key: head for head, found in letters.items() for _, letter in found}
    said: dict[str, list[Statement]] = {}
    by_key = ((named[name], one) for name, one in (*_in_reading(page, roots), *more) if name in named)
    for head, statement in (*_said(page, roots, read, terms, counts), *by_key):
        kept = said.setdefault(head, [])
        if not any(_covers(other, statement) for other in kept):
            kept.append(statement)
    found = sorted(letters.items(), key=lambda one: one[1][0][0])
    symbols = (_symbol(head, seen, said.get(head, ()), sections, kinds) for head, seen in found)
    return tuple(s for s in symbols if not is_word(s.head) or _is_said(s))


def _is_said(symbol: Symbol) -> bool:
    """Whether a formula says something of what is usually a word of the field."""
    return any(said.by != WORDS for one in symbol.sections for said in one.statements)


def _covers(one: Statement, other: Statement) -> bool:
    """Whether a statement says all that another one says in the same place."""
    is_one = one.kind == other.kind or {one.kind, other.kind} == {"defined as", "value"}
    same = is_one and _plain(one.text) == _plain(other.text)
    is_positive = one.text == POSITIVELY and other.kind == "range" and other.text.replace(" ", "").endswith(">0")
    return one.start == other.start and (same or is_positive)


def _sections(document: Document) -> Iterator[tuple[int, int, str]]:
    """Where each section begins and ends, with its title."""
    starts = [(0, ""), *((h.span.start, h.title) for h in document.headings)]
    ends = [*(start for start, _ in starts[1:]), len(document.text) + 1]
    for (start, title), end in zip(starts, ends, strict=True):
        yield start, end, title


def _symbol(
    head: str, seen: Sequence[tuple[int, Letter]], said: Sequence[Statement], sections: Sequence[tuple[int, int, str]],
    kinds: Mapping[int, Kinds],
) -> Symbol:  # fmt: skip
    places = [at for at, _ in seen]
    out: list[InSection] = []
    told: set[tuple[str, str, str]] = set()
    for start, end, title in sections:
        here = sorted((s for s in said if start <= s.start < end), key=lambda s: (_ORDER.index(s.kind), s.start))
        new = [s for s in here if (s.kind, s.about, s.text) not in told]
        told |= {(s.kind, s.about, s.text) for s in here}
        first = not out and any(start <= at < end for at in places)
        if new or first:
            used_as = kinds[start].used_as(head) if start in kinds else ""
            out.append(InSection(title, start, tuple(here), used_as))
    forms = tuple(dict.fromkeys(letter.form for _, letter in seen))
    written = forms[0] if len(forms) == 1 else seen[0][1].bare
    return Symbol(head, written, forms, tuple(places), tuple(out))


def _said(
    page: Page,
    roots: Sequence[Lines],
    read: Sequence[Notation],
    terms: Sequence[Sequence[Term]],
    counts: frozenset[str],
) -> Iterator[tuple[str, Statement]]:
    """What the page's own rooms find, by the heads of the symbols."""
    for number, (root, notation) in enumerate(zip(roots, read, strict=True)):
        start = page.document.formulas[number].span.start
        for name, sort in declared_in(page.document, number, page.root_of, page.head_of):
            yield name, Statement("is", in_words(sort), FORMULA, start, rank=_ranked(sort))
        yield from _roles(page, number, root, terms[number], counts)
        yield from _defined(page, number, root, notation)
        for variable, law in drawn_in(root, notation):
            yield variable.head, Statement("is", RANDOM, FORMULA, start)
            if written := page.quoted(number, law.start, law.end):
                yield variable.head, Statement("law", written, FORMULA, start, to_latex(variable))
        for by, found in (
            (FORMULA, moments_in(root, notation)),
            (WORDS, moments_in_words(page.document, number, page.root_of, notation)),
        ):
            if by == FORMULA or not page.document.formulas[number].display:
                for name, moments in found:
                    yield from _moments(name, moments, by, start)


def _ranked(sort: Sort) -> int | None:
    return None if sort.kind in ("set", "name", "kernel") else rank_of(sort)


def _roles(
    page: Page, number: int, root: Lines, terms: Sequence[Term], counts: frozenset[str]
) -> Iterator[tuple[str, Statement]]:
    """What words say that the symbol is that a formula opens with, or that is the only one in it."""
    only = frozenset[str]().union(*map(symbols_in, terms))
    formula = page.document.formulas[number]
    opening = page.head_of(root)
    head = opening or (next(iter(only)) if len(only) == 1 else None)
    words, start = words_beside(page.document, formula) if head is not None else "", formula.span.start
    if head is None or not words:
        return
    said = kinds_of((Ref(head),), said={head: words}).sorts.get(head, ()) if says_kind(words) else ()
    kind = in_words(said[0], sized=False) if said and said[0].kind != "real" else ""
    if kind:
        yield head, Statement("is", kind, WORDS, start, rank=rank_of(said[0]) or None)
    if opening is None and not (len(terms) == 1 and _is_power(terms[0])):
        return
    about = "" if opening is not None else page.quoted(number, 0, len(formula.latex))
    before = page.document.text[max(0, start - LEAD) : start]
    for role in roles_in(words, before, head in counts):
        if role != kind:
            yield head, Statement("role", role, WORDS, start, about)


def _is_power(term: Term) -> bool:
    return isinstance(term, Op) and term.kind == "pow" and isinstance(term.arguments[1], Num)


def _defined(page: Page, number: int, root: Lines, notation: Notation) -> Iterator[tuple[str, Statement]]:
    bodies = {pair: schema.symbol for pair, schema in schemas_in(root, number, notation)}
    last = len(page.document.formulas) - 1
    case = is_of_a_case(page.document, number, last) if number < last else is_of_a_case(page.document, number, number)
    for chain in stated(root):
        pairs = chain.pairs()
        if not pairs or pairs[0].relation.sign not in DEFINES:
            continue
        pair = pairs[0]
        symbol = bodies.get(pair)
        kind = "defined as"
        if symbol is None:
            symbol, kind = _valued(pair, notation), "value"
        if symbol is not None:
            body = page.quoted(number, pair.right.start, pair.right.end)
            about = page.quoted(number, pair.left.start, pair.left.end)
            member = kind == "value" and any(not isinstance(i, Num) for i in symbol.indices)
            place = page.place(number, pair.left)
            yield symbol.head, Statement(kind, body, FORMULA, place, about, case=case, member=member)


def _valued(pair: Pair, notation: Notation) -> Ref | None:
    """The symbol that an equation gives a value without any other symbol: n = 10, σ² = 4, w = (1, 2)."""
    if isinstance(pair.left, Gap) or isinstance(pair.right, Gap):
        return None
    try:
        left, right = elaborate(pair.left, notation), elaborate(pair.right, notation)
    except Unelaborated:
        return None
    if isinstance(left, Op) and _is_power(left):
        left = left.arguments[0]
    return left if isinstance(left, Ref) and not free_heads(right) else None


def _moments(name: str, law: Law, by: str, start: int) -> Iterator[tuple[str, Statement]]:
    for kind, value in (("mean", law.mean), ("variance", law.variance)):
        if value is not None:
            yield name.rstrip("_"), Statement(kind, to_latex(value), by, start)


def _in_reading(page: Page, roots: Sequence[Lines]) -> Iterator[tuple[str, Statement]]:
    """What the sentences of the page say by patterns of the reader, by the keys of the names."""
    for said in said_matrices(page.document, roots):
        words = " and ".join(
            sorted(sort.value for sort in said.sorts if sort.value != "square" or len(said.sorts) == 1)
        )
        yield said.name, Statement("is", f"{words} matrix", WORDS, said.start, rank=2)
    for node, start in said_noise(page.document):
        yield key(node), Statement("is", RANDOM, WORDS, start)
        yield key(node), Statement("law", "standard normal", WORDS, start)
    for one in said_in(page.document):
        match one.instruction:
            case Domain(name=name):
                kind = "range"
            case Binds(name=name):
                kind = "value"
            case HasLaw(name=name):
                kind = "law"
            case _:
                continue
        yield key(name), Statement(kind, page.document.text[one.span.start : one.span.end], COMMENT, one.span.start)

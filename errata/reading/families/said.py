"""What a document says about the laws of its variables: X ∼ N(μ, σ²), P: X ∼ Bin(n, p), p(x) = N(x; μ, σ²)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from claims.records import Record, replace
from errata.reading.document import Document, Formula
from errata.reading.families.given import behind_bar, random_names
from errata.reading.families.notation import LawNode, Option, is_worded, law_node
from errata.reading.families.terms import names_of_law
from errata.reading.names import is_name, key
from errata.reading.notation import LOGIC
from errata.reading.parser import parse
from errata.reading.tree import (
    Bar,
    Call,
    Chain,
    Dots,
    Fence,
    Group,
    Lines,
    Logic,
    Node,
    Phrase,
    Script,
    Styled,
    Sym,
    walk,
)

MODEL = 400
"""Characters between two statements of one model, at most."""
_SIGNS = (r"\sim", "∼", r"\thicksim", r"\mathcal", r"\cal")
_DENSITY = re.compile(
    r"=\s*(?:N\s*(?:\\left\s*)?\(|\\(?:mathrm|operatorname\*?|text|textrm|mathsf)\s*\{\s*[A-Za-z-]{2,}\s*\})"
)
"""A density that may be that of a named law: = N(x; μ, v), = \\mathrm{Gam}(x; a, b)."""


class Said(Record):
    """One statement. ``law`` is None where it gives a variable a law that is not known by name."""

    variable: str
    label: str | None
    """The name of the law or of the density: P in "P: X ∼ …", p in "p(x) = N(x; …)"."""
    law: LawNode | None
    formula: int
    place: int
    """Where it stands in the text of the document."""
    premise: bool
    """Whether it is the premise of what follows in the same formula, and says nothing beyond it."""
    density: bool = False
    """Whether it was said by a density, which need not belong to the variable alone."""
    behind: frozenset[str] = frozenset()
    """The names behind the bar of that density."""
    misnamed: bool = False
    """Whether another law was found to be meant than the notation has."""


def laws_said(document: Document, meant: Callable[[int, Lines], Lines] = lambda index, root: root) -> tuple[Said, ...]:
    """Every statement of a law in a document, in order; ``meant`` puts a convention of the author to a tree."""
    out: list[Said] = []
    for index, formula in enumerate(document.formulas):
        if any(sign in formula.latex for sign in _SIGNS) or _DENSITY.search(formula.latex):
            out.extend(_in_formula(index, formula, meant(index, parse(formula.latex, document.macros))))
    discrete = re.search(r"\bdiscrete\b", document.text, re.I) is not None
    return _given_their_parameters(_conditional(document, out if discrete else [_of_reals(said) for said in out]))


def _conditional(document: Document, found: Sequence[Said]) -> Sequence[Said]:
    """What is said, each density with the random names of which it is the conditional one."""
    behind = frozenset[str]().union(*(said.behind for said in found))
    if not behind:
        return found
    roots = (parse(formula.latex, document.macros) for formula in document.formulas)
    random = behind & {name for root in roots for name in random_names(root)}
    return [
        replace(said, law=replace(said.law, given=said.behind & random)) if said.law and said.behind else said
        for said in found
    ]


def _given_their_parameters(found: Sequence[Said]) -> tuple[Said, ...]:
    """What is said; a law with a random parameter, x ∼ N(μ, 1) beside μ ∼ N(0, 1), is none of x alone."""
    drawn = [said for said in found if not said.density and not said.premise]
    out: list[Said] = []
    for said in found:
        names = {key(n) for a in said.law.arguments for n in walk(a) if is_name(n)} if said.law else set()
        near = {other.variable for other in drawn if abs(other.place - said.place) <= MODEL} - {said.variable}
        out.append(replace(said, law=None) if names & near and not said.density else said)
    return tuple(out)


def _of_reals(said: Said) -> Said:
    """U(a, b) in a document that never says "discrete"."""
    if said.law is None or said.law.name != "U" or len(said.law.options) < 2:
        return said
    return replace(said, law=replace(said.law, options=(Option(said.law.options[0].build),)))


def _in_formula(index: int, formula: Formula, root: Lines) -> Iterator[Said]:
    for statement in _statements(root):
        parts = statement.items if isinstance(statement, Phrase) else (statement,)
        implied = [isinstance(p, Logic) and any(LOGIC.get(s, s) == "⇒" for s in p.signs) for p in parts]
        for n, part in enumerate(parts):
            premise = any(implied[n:])
            for chain in _chains(part):
                label = _label(parts, n)
                yield from _of_chain(chain, label, index, formula.offset(chain.start), premise, parts[:n])


def _statements(root: Lines) -> Iterator[Node]:
    for s in root.statements:
        if isinstance(s, Lines):
            yield from _statements(s)
        else:
            yield s


def _chains(part: Node) -> Iterator[Chain]:
    while isinstance(part, Group | Styled):
        part = part.body
    if isinstance(part, Chain):
        yield part
    elif isinstance(part, Logic):
        for item in part.items:
            yield from _chains(item)


def _label(parts: Sequence[Node], n: int) -> str | None:
    """P in "P: X ∼ …", where the parser has the colon as a mark between parts."""
    if n == 0 or not isinstance(parts[n - 1], Sym):
        return None
    return key(parts[n - 1])


def _of_chain(
    chain: Chain, label: str | None, index: int, place: int, premise: bool, before: Sequence[Node]
) -> Iterator[Said]:
    for n, relation in enumerate(chain.relations):
        left, right = chain.items[n], chain.items[n + 1]
        if relation.sign == "∼":
            law = law_node(right)
            for name, plain in _variables(left, before):
                known = law if plain and (law is None or law.point is None) else None
                yield Said(name, label, known, index, place, premise)
        elif relation.sign == "=" and n == 0 and (found := law_node(right)) is not None and isinstance(left, Call):
            body = left.fence.body if isinstance(left.fence, Fence) else None
            point = _point(left.head, body, found, right)
            if isinstance(left.head, Sym) and point is not None and is_name(point):
                law, behind = replace(found, point=point), behind_bar(body)
                yield Said(key(point), key(left.head), law, index, place, premise, density=True, behind=behind)


def _point(head: Node, body: Node | None, law: LawNode, written: Node) -> Node | None:
    """The variable of a density: x of N(x; μ, σ²), and z of p(z) = N(0, 1), where the law leaves it out."""
    first = body.left if isinstance(body, Bar) else body
    if law.point is not None or first is None or not is_name(first):
        return law.point
    plain = isinstance(head, Sym) and head.name in ("p", "q", "π") and (law.name == "N" or is_worded(written))
    return first if plain and key(first) not in names_of_law(law) else None


def _variables(left: Node, before: Sequence[Node]) -> Iterator[tuple[str, bool]]:
    """The variables that a statement is about, each with whether it is about them alone (not X given Y)."""
    if isinstance(left, Bar):
        names = left.left.items if isinstance(left.left, Phrase) else (left.left,)
        yield from ((key(n), False) for n in names if is_name(n))
        return
    if isinstance(left, Fence | Group) and isinstance(left.body, Phrase | Bar):
        yield from _variables(left.body, ())
        return
    items = left.items if isinstance(left, Phrase) else (left,)
    listed = [b for b in before if isinstance(b, Script | Sym)] if any(isinstance(b, Dots) for b in before) else []
    for node in (*listed, *items):
        if is_name(node):
            yield key(node), True

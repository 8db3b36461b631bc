"""The equations that a step is said to rest on: "since α_1 = … = α_k = 0", "by E[Z] = 0", "as q = 1 − p".

They stand beside the step in its formula, or in the sentence before. A step that fails by itself is held with them: it
is supported where it follows from one of them, and left open where one speaks of its names and can't be put in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from claims.records import Record, replace
from claims.verdict import Proved, Refuted, Supported, Undecided
from errata.checking.algebra import Found, judge_unfolded
from errata.checking.context import At, State, root_of
from errata.checking.judgement import Judged
from errata.checking.kinds import is_number
from errata.checking.rearranged import SYMPY_FAULTS, Equation, judge_rearranged
from errata.reading.names import is_name, key, names_in
from errata.reading.notation import REASONS, first_word
from errata.reading.relations import Pair, stated
from errata.reading.substitution import rebuilt
from errata.reading.tree import Dots, Fence, Node, Num, Relation, Script
from errata.reading.vectors import Unlowered

REACH = 300
"""Characters before a formula in which the sentence before it may begin."""
REACH_REASON = 60
"""Characters before an equation in the line in which the word for a reason may stand."""
_PARAGRAPH = re.compile(r"\n[ \t>]*\n")
_SENTENCE = re.compile(r"[.!?]\s")
_EQUALS = Relation(0, 0, "=", "=")
SENTENCES = 2
"""Ends of sentences between a premise and a formula from which on it is no longer near."""


class Premise(Record):
    """An equation, and the line that says it; ``beside`` says that it stands in the formula of the step."""

    pair: Pair
    line: int
    beside: bool
    families: tuple[str, ...] = ()
    """The names of which each member is given the value: α of α_1 = … = α_k = 0."""


def with_premises(state: State, at: At, pair: Pair, judged: Judged) -> Judged | None:
    """A step that fails, as it is with what it is said to rest on; None where that changes nothing."""
    if pair.relation.sign not in ("=", "≡"):
        return None
    said = (p for p in _premises(state, at, pair) if not _is_the_same(p, pair))
    premises = tuple(p for p in said if p.beside or not _is_kept(p, pair))
    for premise in premises:
        if (found := _found(state, premise, pair)) is not None:
            return _held(judged, found, f"given what line {premise.line} says")
    together = _with(pair, premises)
    if len(premises) > 1 and together is not pair and (found := _supported(state, together, pair)) is not None:
        lines = sorted({p.line for p in premises})
        listed = f"line{'s' if len(lines) > 1 else ''} {', '.join(map(str, lines))}"
        return _held(judged, found, f"given what {listed} says")
    if not isinstance(judged.verdict, Refuted):
        return None
    if any(premise.beside and _stays_open(premise, pair) for premise in premises):
        why = "it may rest on what is said beside it"
        return replace(judged, verdict=Undecided((), why), rule=None, message=None, label=None, focus=None)
    return None


def _held(judged: Judged, found: Found, condition: str) -> Judged:
    plain = replace(judged, rule=None, message=None, label=None, focus=None)
    assert isinstance(found.verdict, Supported | Proved)
    return replace(plain, verdict=Supported(tuple(found.verdict.by), condition), where=found.where)


def _premises(state: State, at: At, pair: Pair) -> Iterator[Premise]:
    line = state.document.place(at.formula.span.start).line
    for chain in stated(root_of(state, at.index)):
        label = first_word(chain.before) in REASONS and not chain.implies and not chain.concluded
        if label and chain.chain.start > pair.right.end:
            yield from _of_chain(chain.chain.items, [r.sign for r in chain.chain.relations], line, True)
    text, formulas = state.document.text, state.document.formulas
    for index in range(at.index - 1, -1, -1):
        span = formulas[index].span
        between = text[span.end : at.formula.span.start]
        parted = index < at.index - 1 and _PARAGRAPH.search(between) is not None
        if parted or at.formula.span.start - span.end > REACH:
            return
        if len(_SENTENCE.findall(between)) >= SENTENCES:
            return
        if formulas[index].display or "=" not in formulas[index].latex or not _gives_a_reason(text, span.start):
            continue
        for chain in stated(root_of(state, index)):
            signs = [r.sign for r in chain.chain.relations]
            yield from _of_chain(chain.chain.items, signs, state.document.place(span.start).line, False)


def _gives_a_reason(text: str, start: int) -> bool:
    """Whether the words before a formula in the line, no further back than the one before, give it as a reason."""
    said = re.split(r"[.;:!?$]\s", text[max(0, start - REACH_REASON) : start])[-1]
    return any(first_word(word) in REASONS for word in said.split())


def _of_chain(items: Sequence[Node], signs: Sequence[str], line: int, beside: bool) -> Iterator[Premise]:
    """Each member of a chain of equations, given the last one; with dots between them, each of a family as well."""
    if any(sign not in ("=", "≡", ":=") for sign in signs):
        return
    *firsts, last = items
    dotted = any(isinstance(item, Dots) for item in items)
    families = {key(n.base) for n in firsts if isinstance(n, Script) and n.sub is not None} if dotted else set()
    for first in firsts:
        if not isinstance(first, Dots) and not isinstance(last, Dots) and key(first) != key(last):
            yield Premise(Pair(first, _EQUALS, last, 0), line, beside, tuple(sorted(families)))


def _is_the_same(premise: Premise, pair: Pair) -> bool:
    return {key(premise.pair.left), key(premise.pair.right)} == {key(pair.left), key(pair.right)}


def _is_kept(premise: Premise, pair: Pair) -> bool:
    """Whether a premise gives a name a number, and the name still stands on both sides: its number was not used."""
    named = is_name(premise.pair.left) and is_number(premise.pair.right)
    return named and key(premise.pair.left) in names_in(pair.left) & names_in(pair.right)


def _found(state: State, premise: Premise, pair: Pair) -> Found | None:
    put_in = _with(pair, (premise,))
    if put_in is not pair and (found := _supported(state, put_in, pair)) is not None:
        return found
    turned = replace(premise, pair=replace(premise.pair, left=premise.pair.right, right=premise.pair.left))
    if not isinstance(turned.pair.left, Num):
        put_in = _with(pair, (turned,))
        if put_in is not pair and (found := _supported(state, put_in, pair)) is not None:
            return found
    return judge_rearranged(pair, (Equation(premise.pair, premise.line),), state.options.seed, state.bounds)


def _supported(state: State, put_in: Pair, asked: Pair) -> Found | None:
    try:
        found = judge_unfolded(put_in, {}, state.options.seed, state.bounds, asked)
    except (Unlowered, RecursionError, *SYMPY_FAULTS):
        return None
    return found if found is not None and isinstance(found.verdict, Supported | Proved) else None


def _with(pair: Pair, premises: Sequence[Premise]) -> Pair:
    """A relation with what its premises say put in; the same one where they speak of nothing in it."""
    values = {key(p.pair.left): p.pair.right for p in premises if not isinstance(p.pair.left, Num)}
    members = {base: p.pair.right for p in premises for base in p.families}

    def value(node: Node) -> Node | None:
        found = values.get(key(node))
        if found is None and isinstance(node, Script) and node.sub is not None and is_name(node):
            found = members.get(key(node.base))
        return None if found is None else Fence(node.start, node.end, "(", found, ")")

    left, right = rebuilt(pair.left, value), rebuilt(pair.right, value)
    return pair if left is pair.left and right is pair.right else replace(pair, left=left, right=right)


def _stays_open(premise: Premise, pair: Pair) -> bool:
    """Whether a premise speaks of names of a step, but nothing of it stands there as it is written."""
    names = names_in(pair.left) | names_in(pair.right)
    speaks = bool((names_in(premise.pair.left) | names_in(premise.pair.right)) & names)
    return speaks and _with(pair, (premise,)) is pair

"""Laws put back for the expressions that the document gives them: α_k is P(z = k), N(x; μ_k, v_k) is p(x | z = k).

What is said of a mixture in its weights and components is then a sentence about the joint law of x and z, and judged in
random worlds. It supports, and refutes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claims.records import Record, replace
from claims.verdict import Supported
from errata.checking.abstract import judge_abstract
from errata.checking.algebra import Found
from errata.checking.context import State, roots_of
from errata.checking.page_laws import PageLaws
from errata.reading.families.notation import law_call
from errata.reading.names import is_name, key
from errata.reading.relations import Pair, stated
from errata.reading.sentences.heads import law_of, speaks_of_laws
from errata.reading.substitution import rebuilt
from errata.reading.tree import Big, Call, Chain, Lines, Node, Script, Sym, walk
from errata.reading.vectors import Unlowered

REACH = 8
"""Formulas before a relation in which its expressions are looked for."""
_EQUATES = ("=", ":=", "≡", "≜")


class _Given(Record):
    """What a law at a value is given as, the letter of that value, and the formula that says so."""

    law: Call
    body: Node
    index: str
    formula: int


def judge_given_back(state: State, page: PageLaws, pair: Pair, formula: int, seed: int) -> Found | None:
    """The support of a relation once laws stand for what they are given as; None where it gets none."""
    if pair.relation.sign not in ("=", "≡") or not any(isinstance(n, Big) for n in walk(pair.right)):
        return None
    given = tuple(_given_before(roots_of(state), formula, page.letters))
    if not given:
        return None
    letters = _indices((pair.left, pair.right))
    used: set[int] = set()
    left, right = (_put_back(side, given, letters, used) for side in (pair.left, pair.right))
    if right is pair.right or any(law_call(n) is not None for side in (left, right) for n in walk(side)):
        return None
    try:
        found = judge_abstract(replace(pair, left=left, right=right), page, seed)
    except Unlowered:
        return None
    if found is None or not isinstance(found.verdict, Supported):
        return None
    lines = sorted({state.document.place(state.document.formulas[n].span.start).line for n in used})
    told = f"line {lines[0]} gives" if len(lines) == 1 else f"lines {', '.join(map(str, lines))} give"
    more = [found.verdict.holds_if] if found.verdict.holds_if else []
    verdict = replace(found.verdict, holds_if="; ".join([f"with the laws that {told}", *more]))
    return replace(found, verdict=verdict)


def _given_before(roots: Sequence[Lines], formula: int, letters: frozenset[str]) -> Iterator[_Given]:
    """The laws at a value that formulas before a place give without laws, the nearest first."""
    for number in range(formula - 1, max(-1, formula - 1 - REACH), -1):
        for chain in stated(roots[number]):
            head, body = chain.chain.items[:2]
            if chain.chain.relations[0].sign not in _EQUATES or not isinstance(head, Call):
                continue
            values = {key(n.items[1]) for n in walk(head.fence) if isinstance(n, Chain) and is_name(n.items[-1])}
            plain = law_call(body) is not None or not speaks_of_laws(body)
            if law_of(head.head, letters) is not None and len(values) == 1 and plain and len(chain.chain.items) == 2:
                yield _Given(head, body, values.pop(), number)


def _indices(sides: Sequence[Node]) -> tuple[str, ...]:
    """The letters that a relation has as an index anywhere, or sums over."""
    found = {key(m) for side in sides for n in walk(side) if isinstance(n, Script) and n.sub is not None
             for m in walk(n.sub) if isinstance(m, Sym)}  # fmt: skip
    return tuple(sorted(found))


def _put_back(side: Node, given: Sequence[_Given], letters: Sequence[str], used: set[int]) -> Node:
    known: dict[str, tuple[Node, int]] = {}
    for one in given:
        for letter in (one.index, *letters):
            known.setdefault(key(_at(one.body, one.index, letter)), (_at(one.law, one.index, letter), one.formula))

    def law(node: Node) -> Node | None:
        found = known.get(key(node)) if isinstance(node, Call | Script) else None
        if found is None:
            return None
        used.add(found[1])
        return found[0]

    return rebuilt(side, law)


def _at(node: Node, index: str, letter: str) -> Node:
    """An expression at another value."""
    if letter == index:
        return node
    return rebuilt(
        node, lambda n: replace(n, name=letter, latex=letter) if isinstance(n, Sym) and key(n) == index else None
    )

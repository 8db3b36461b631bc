"""Laws that carry their parameter in two ways: p_θ(x) beside p(x | θ).

The one is written as the other, and what the document defines is put in where that is needed: ℓ(θ) for the logarithm
of a likelihood. It supports, and refutes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from claims.records import replace
from claims.verdict import Proved, Supported
from errata.checking.abstract import judge_abstract, unfoldings
from errata.checking.algebra import Found
from errata.checking.context import State, roots_of
from errata.checking.page_laws import PageLaws
from errata.checking.sampled import judge_sampled
from errata.reading.names import is_name, key
from errata.reading.parser import parse
from errata.reading.relations import Pair
from errata.reading.sentences.definitions import derived_bodies
from errata.reading.sentences.heads import argument_of, bare, law_of, letter, listed, subscript
from errata.reading.substitution import rebuilt
from errata.reading.tree import Bar, Big, Call, Fence, Function, Node, Script, Sym, walk
from errata.reading.unparse import to_latex
from errata.reading.vectors import Unlowered
from errata.reading.words import words

_DEFINED = "with the definitions that the document gives"
_DERIVED = "with what the document derives for its functions"


def judge_parametric(state: State, page: PageLaws, pair: Pair, formula: int, seed: int) -> Found | None:
    """The support of a relation once a law at its parameter is written in one way; None where it gets none."""
    if not any(True for side in (pair.left, pair.right) for _ in _indexed(side, page)):
        return None
    for condition, one in _unfolded(state, page, pair, formula):
        laws = _laws_at_parameters(one, page)
        written = in_one_way(one, page)
        if written is one:
            continue
        try:
            found = judge_abstract(written, page, seed)
        except Unlowered:
            continue
        if found is None or not isinstance(found.verdict, Supported | Proved):
            found = judge_sampled(state, page, written, formula, seed)
        if found is not None and isinstance(found.verdict, Supported | Proved):
            names = sorted({words(head) for head in laws.values()})
            said = f"{', '.join(names)} {'is the law' if len(names) == 1 else 'are the laws'} given the parameter"
            return _under(found, [said, *([condition] if condition else [])])
    return None


def in_one_way(pair: Pair, page: PageLaws) -> Pair:
    """A relation with each law at its parameter written with it below, and the logarithms of products as sums; itself
    where no law is written in two ways."""
    laws = _laws_at_parameters(pair, page)
    left, right = (_in_one_way(side, laws) for side in (pair.left, pair.right))
    if left is pair.left and right is pair.right:
        return pair
    return replace(pair, left=_summed(left), right=_summed(right))


def _laws_at_parameters(pair: Pair, page: PageLaws) -> dict[tuple[str, str], Script]:
    return {(letter(head)[0].lower(), key(name)): head for side in (pair.left, pair.right)
            for head, name in _indexed(side, page)}  # fmt: skip


def _unfolded(state: State, page: PageLaws, pair: Pair, formula: int) -> Iterator[tuple[str | None, Pair]]:
    """A relation, and what it is with what the document defines or derives, each with the words that say so."""
    yield None, pair
    yield from ((_DEFINED, one) for one in unfoldings(pair, page))
    derived = derived_bodies(roots_of(state)[:formula], page.letters)
    yield from ((_DERIVED, one) for one in unfoldings(pair, replace(page, definitions=derived)))


def _under(found: Found, conditions: list[str]) -> Found:
    assert isinstance(found.verdict, Supported | Proved)
    more = found.verdict.holds_if if isinstance(found.verdict, Supported) else None
    holds_if = "; ".join([*conditions, *([more] if more else [])])
    by = found.verdict.by if isinstance(found.verdict, Supported) else ()
    return replace(found, verdict=Supported(by, holds_if))


def _indexed(side: Node, page: PageLaws) -> Iterator[tuple[Script, Node]]:
    """The laws with a Greek letter below them, p_θ, each with that letter."""
    for node in walk(side):
        if isinstance(node, Script) and node.sup is None and isinstance(node.base, Sym) and law_of(node, page.letters):
            sub = subscript(node)
            if isinstance(sub, Sym) and len(sub.name) == 1 and not sub.name.isascii():
                yield node, sub


def _in_one_way(side: Node, laws: Mapping[tuple[str, str], Script]) -> Node:
    """p_θ(x | z) for p(x | z, θ), where p_θ stands in the relation, and θ is no argument of another law."""

    def change(node: Node) -> Node | None:
        body = argument_of(node) if isinstance(node, Call) and isinstance(node.head, Sym) else None
        if not isinstance(node, Call) or not isinstance(body, Bar):
            return None
        given = listed(body.right)
        found = [n for n in given if (letter(node.head)[0].lower(), key(n)) in laws and is_name(n)]
        if len(found) != 1 or any(isinstance(n, Bar) for n in (body.left, body.right)):
            return None
        rest = ", ".join(to_latex(n) for n in given if n is not found[0])
        head = laws[letter(node.head)[0].lower(), key(found[0])]
        bar = rf" \mid {rest}" if rest else ""
        return parse(f"{to_latex(head)}({to_latex(body.left)}{bar})").statements[0]

    return rebuilt(side, change)


def _summed(side: Node) -> Node:
    """∑ log a_i for log ∏ a_i."""

    def change(node: Node) -> Node | None:
        if not isinstance(node, Function | Call) or letter(node.head)[0] not in ("log", "ln"):
            return None
        big = bare(node.argument if isinstance(node, Function) else node.fence)
        while isinstance(big, Fence) and big.body is not None:
            big = bare(big.body)
        if not isinstance(big, Big) or not isinstance(big.head, Script) or letter(big.head)[0] != "∏":
            return None
        if big.body is None:
            return None
        sub, sup = (to_latex(n) if n is not None else "" for n in (big.head.sub, big.head.sup))
        limits = f"_{{{sub}}}" + (f"^{{{sup}}}" if sup else "")
        return parse(rf"\sum{limits} {to_latex(node.head)} \left( {to_latex(big.body)} \right)").statements[0]

    return rebuilt(side, change)

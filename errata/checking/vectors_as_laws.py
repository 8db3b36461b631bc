"""Vectors of probabilities that stand as laws: H(y, ŷ) = H(y) + KL(y ‖ ŷ), and what that is for a y which is one-hot.

What stands alone between the bars of a divergence is a law, in whatever font. Where the text calls the first one
one-hot, its entropy is zero, and its divergence from the other one is minus the logarithm of what that gives the true
class. It supports, and refutes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from claims.records import replace
from claims.verdict import Proved, Supported
from errata.checking.abstract import judge_abstract
from errata.checking.algebra import Found, judge_unfolded
from errata.checking.context import State
from errata.checking.page_laws import PageLaws
from errata.reading.names import is_name, key
from errata.reading.parser import parse
from errata.reading.relations import Pair
from errata.reading.sentences.heads import argument_of, bare, law_of, listed, operator
from errata.reading.substitution import rebuilt
from errata.reading.tree import Bar, Call, Node, Num, Script, Sym, Text, walk
from errata.reading.unparse import to_latex
from errata.reading.vectors import Unlowered

REACH = 600
"""Characters before a relation in which the text says that a vector is one-hot."""
_ONE_HOT = re.compile(r"\bone[- ]?hot\b", re.I)
_TRUE = re.compile(r"true|correct|label|truth", re.I)
"""How an index says that it is that of the true class."""
_FREE = "p q r s".split()


def judge_vectors_as_laws(state: State, page: PageLaws, pair: Pair, formula: int, seed: int) -> Found | None:
    """The support of a relation whose divergences are between vectors of probabilities; None where it gets none."""
    if pair.relation.sign not in ("=", "≡", "≤", "≥"):
        return None
    names = {key(n): n for n in _between_bars(pair) if law_of(n, page.letters) is None}
    if not names:
        return None
    return _as_laws(page, pair, names, seed) or _one_hot(state, pair, formula, seed)


def _between_bars(pair: Pair) -> Iterator[Node]:
    """The names that stand alone between the bars of a divergence."""
    for left, right in _divergences(pair):
        yield from (n for n in (left, right) if is_name(n))


def _divergences(pair: Pair) -> Iterator[tuple[Node, Node]]:
    for call in (n for side in (pair.left, pair.right) for n in walk(side) if isinstance(n, Call)):
        body = argument_of(call)
        if operator(call.head) == "KL" and isinstance(body, Bar) and not isinstance(body.left, Bar):
            yield bare(body.left), bare(body.right)


def _as_laws(page: PageLaws, pair: Pair, names: dict[str, Node], seed: int) -> Found | None:
    """The support of a relation for all laws that the vectors may be."""
    taken = {key(n) for side in (pair.left, pair.right) for n in walk(side) if is_name(n)}
    free = [letter for letter in _FREE if letter not in taken]
    if len(free) < len(names):
        return None
    laws = dict(zip(names, free, strict=False))

    def named(node: Node) -> Node | None:
        letter = laws.get(key(node)) if is_name(node) else None
        return None if letter is None else Sym(node.start, node.end, letter, "", letter)

    written = replace(pair, left=rebuilt(pair.left, named), right=rebuilt(pair.right, named))
    try:
        found = judge_abstract(written, page, seed)
    except Unlowered:
        return None
    if found is None or not isinstance(found.verdict, Supported | Proved):
        return None
    said = f"{', '.join(to_latex(n) for n in names.values())} are laws"
    return replace(found, where=(*found.where, said))


def _one_hot(state: State, pair: Pair, formula: int, seed: int) -> Found | None:
    """The support of a relation for a first vector that the text calls one-hot."""
    sides = {(key(left), key(right)): (left, right) for left, right in _divergences(pair)}
    if len(sides) != 1 or pair.relation.sign not in ("=", "≡"):
        return None
    ((label, guess),) = sides.values()
    start = state.document.formulas[formula].span.start
    chances = {key(n): n for side in (pair.left, pair.right) for n in walk(side) if _is_of_the_true(n, guess)}
    if len(chances) != 1 or not _is_called_one_hot(state.document.text[max(0, start - REACH) : start], label):
        return None
    (chance,) = chances.values()

    def put_in(node: Node) -> Node | None:
        body = argument_of(node) if isinstance(node, Call) else None
        what = operator(node.head) if isinstance(node, Call) else ""
        if what == "H" and body is not None and not isinstance(body, Bar):
            of = [key(n) for n in listed(body)]
            if of == [key(label)]:
                return Num(node.start, node.end, "0")
            return _surprise(chance) if of == [key(label), key(guess)] else None
        return _surprise(chance) if what == "KL" else None

    try:
        found = judge_unfolded(
            replace(pair, left=rebuilt(pair.left, put_in), right=rebuilt(pair.right, put_in)), {}, seed
        )
    except (Unlowered, RecursionError):
        return None
    if found is None or not isinstance(found.verdict, Supported | Proved):
        return None
    return replace(found, verdict=Supported(tuple(found.verdict.by), f"{to_latex(label)} is one-hot"))


def _is_of_the_true(node: Node, guess: Node) -> bool:
    """Whether a name is the entry of a vector at the true class, whatever the font: π̂_{y_true}."""
    if not isinstance(node, Script) or node.sub is None or node.sup is not None or _plain(node.base) != _plain(guess):
        return False
    return any(isinstance(n, Text | Sym) and _TRUE.search(_text(n)) is not None for n in walk(node.sub))


def _text(node: Text | Sym) -> str:
    return node.text if isinstance(node, Text) else node.name


def _plain(node: Node) -> str:
    return key(node).replace(r"\mathbf", "")


def _is_called_one_hot(text: str, name: Node) -> bool:
    """Whether the name stands right before the words, "the truth y is one-hot", or right after: "one-hot y"."""
    plain = _plain(name).lstrip("\\")
    for found in _ONE_HOT.finditer(text):
        around = (text[max(0, found.start() - 40) : found.start()], text[found.end() : found.end() + 30])
        formulas = (re.findall(r"\$([^$]*)\$", around[0])[-1:], re.findall(r"\$([^$]*)\$", around[1])[:1])
        if any(re.sub(r"\\(?:mathbf|boldsymbol|bm)|[{}\\\s]", "", f) == plain for near in formulas for f in near):
            return True
    return False


def _surprise(chance: Node) -> Node:
    """−log of a probability."""
    return parse(rf"\left( -\log {to_latex(chance)} \right)").statements[0]

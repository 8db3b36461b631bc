"""A relation whose sides are built alike and differ in parts only: f(A) = f(B) holds where A = B does.

What surrounds the parts may be anything, a function, an average or a probability that nothing else can read. The parts
are judged as relations of their own, with what the document states; they may support the whole, and never refute it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from claims.records import Record, replace
from claims.verdict import IllFormed, Proved, Refuted, Supported, Unread
from errata.checking.algebra import Found
from errata.checking.judgement import Judged, Kind
from errata.checking.kinds import is_number
from errata.reading.alike import alike, bare
from errata.reading.matrix_notation import transposes
from errata.reading.names import is_name, key
from errata.reading.relations import Pair, Stated
from errata.reading.tree import (
    Bar,
    Call,
    Factors,
    Fence,
    Function,
    Grid,
    Group,
    Node,
    Phrase,
    Script,
    Sym,
    Terms,
    walk,
)

MOST_ASKED = 10
"""Parts of one relation that are judged."""
MOST_MEMBERS = 6
"""Steps of a chain that are taken together as one equation."""
MOST_NODES = 600
"""Nodes of a relation beyond which its parts aren't looked for."""
EQUATES = frozenset({"=", "≡", ":=", "≜"})
TRACES = frozenset({"tr", "det", "diag", "rank", "vec"})

Ask = Callable[[Pair], Found | None]
"""The support of a part; None where it gets none."""


class Noted(Record):
    """An equation that the document states: its line, and whether it was judged to hold."""

    line: int
    holds: bool
    number: bool = False
    """Whether one of its sides is a number, as in p = 0.5: it ends with the section."""
    asked: bool = False
    """Whether it is to be solved, and so claims nothing, here or where it is said again."""

    @property
    def condition(self) -> str:
        return f"with what line {self.line} established" if self.holds else f"given what line {self.line} says"


Stock = Mapping[tuple[str, str], Noted]
"""The equations stated so far by their sides, either way round."""


def stated_in(chain: Stated, judged: Sequence[Judged], line: int) -> dict[tuple[str, str], Noted]:
    """The equations between any two members of a chain, unless one on the way is refuted."""
    out: dict[tuple[str, str], Noted] = {}
    pairs = chain.pairs()[: len(judged)]
    for n, first in enumerate(pairs):
        holds = True
        for last, found in zip(pairs[n : n + MOST_MEMBERS], judged[n:], strict=False):
            if last.relation.sign not in EQUATES or isinstance(found.verdict, Refuted | IllFormed | Unread):
                break
            holds = holds and _is_sure(found)
            ends = first.left, last.right
            if _says_what_kind(*ends) or _counts_up(*ends) or _counts_up(*ends[::-1]):
                continue
            sides = key(first.left), key(last.right)
            number = is_number(first.left) or is_number(last.right)
            asked = first is last and found.kind is Kind.EQUATION_TO_SOLVE
            out[sides] = out[sides[::-1]] = Noted(line, holds, number, asked)
    return out


def _says_what_kind(left: Node, right: Node) -> bool:
    """A = A⊤, as a text says what a symmetric matrix is; a later A need not be one."""
    bases = [n.base if isinstance(n, Script) and n.sup is not None and transposes(n.sup) else n for n in (left, right)]
    return key(bases[0]) == key(bases[1]) and key(left) != key(right)


def _counts_up(name: Node, value: Node) -> bool:
    """t = t + 1, which gives a name a new value and equates nothing."""
    return is_name(name) and isinstance(value, Terms | Factors) and any(key(i) == key(name) for i in value.items)


def stock_beyond_a_section(stock: Stock) -> dict[tuple[str, str], Noted]:
    """The equations that still hold in the next section."""
    return {sides: noted for sides, noted in stock.items() if not noted.number}


def _is_sure(judged: Judged) -> bool:
    if judged.kind is not Kind.CLAIM:
        return judged.kind in (Kind.DEFINITION, Kind.GIVEN)
    verdict = judged.verdict
    return isinstance(verdict, Proved) or (isinstance(verdict, Supported) and verdict.holds_if is None)


@dataclass
class Search:
    """What is asked about the parts of one relation, and which of them got no support."""

    pair: Pair
    ask: Ask
    said: Stock
    asked: int = 0
    failed: set[tuple[str, str]] = field(default_factory=set)


def judge_parts(pair: Pair, said: Stock, ask: Ask) -> Found | None:
    """The support of a relation by its parts; None where they give none, or where it has none but itself."""
    if (
        pair.relation.sign not in ("=", "≡")
        or sum(1 for side in (pair.left, pair.right) for _ in walk(side)) > MOST_NODES
    ):
        return None
    search = Search(pair, ask, said)
    for parts in alike(bare(pair.left), bare(pair.right)):
        found = all_agree(parts, search)
        if found:
            return _joined(found)
    return None


def speaks_of_vectors(*nodes: Node) -> bool:
    """Whether anything is transposed, traced, laid out in a grid, or a capital inverted: factors then have an order."""
    for node in (n for root in nodes for n in walk(root)):
        match node:
            case Grid():
                return True
            case Script(base=base, sup=sup) if sup is not None:
                if transposes(sup) or (_is_capital(base) and key(sup).replace(" ", "").strip("{}") == "-1"):
                    return True
            case Call(head=Sym(name=name)) | Function(head=Sym(name=name)) if name in TRACES:
                return True
            case Fence(open="|" | r"\|" | r"\lvert" | r"\lVert", body=body) if body is not None and _is_capital(body):
                return True
    return False


def _is_capital(node: Node) -> bool:
    while isinstance(node, Script | Group):
        node = node.base if isinstance(node, Script) else node.body
    return isinstance(node, Sym) and (node.name[:1].isupper() or "bold" in node.font)


def all_agree(parts: tuple[tuple[Node, Node], ...], search: Search) -> list[Found] | None:
    out: list[Found] = []
    for left, right in parts:
        found = agree(left, right, search)
        if found is None:
            return None
        out += found
    return out


def agree(left: Node, right: Node, search: Search) -> list[Found] | None:
    """What supports the parts in which two nodes differ, the smallest first; None where a part gets no support."""
    left, right = bare(left), bare(right)
    sides = (key(left), key(right))
    if sides[0] == sides[1]:
        return []
    if sides in search.failed:
        return None
    if (said := search.said.get(sides)) is not None:
        return [Found(Supported((), said.condition), (), True)]
    for parts in alike(left, right):
        found = all_agree(parts, search)
        if found is not None:
            return found
    if search.asked < MOST_ASKED and not _is_index(left) and not _is_index(right):
        search.asked += 1
        answer = search.ask(replace(search.pair, left=left, right=right, position=1))
        if answer is not None and isinstance(answer.verdict, Supported | Proved):
            return [answer]
    search.failed.add(sides)
    return None


def _is_index(node: Node) -> bool:
    """Whether a side is a list, or a set by what its members are like: no quantity."""
    return isinstance(node, Phrase | Bar)


def _joined(found: list[Found]) -> Found:
    conditions = dict.fromkeys(
        c for f in found if isinstance(f.verdict, Supported) and f.verdict.holds_if is not None
        for c in f.verdict.holds_if.split("; ")
    )  # fmt: skip
    by = tuple(e for f in found if isinstance(f.verdict, Supported | Proved) for e in f.verdict.by)
    where = tuple(dict.fromkeys(w for f in found for w in f.where))
    return Found(Supported(by, "; ".join(conditions) or None), ("by the parts in which the sides differ", *where), True)


def also_if(found: Found, condition: str) -> Found:
    """The same support on a condition more."""
    verdict = found.verdict
    assert isinstance(verdict, Supported)
    holds_if = condition if verdict.holds_if is None else f"{condition}; {verdict.holds_if}"
    return replace(found, verdict=replace(verdict, holds_if=holds_if))

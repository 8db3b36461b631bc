"""A relation whose sides are built alike and differ in parts only: f(A) = f(B) holds where A = B does.

What surrounds the parts may be anything, a function, an average or a probability that nothing else can read. The parts
are judged as relations of their own, with what the document states; they may support the whole, and never refute it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import permutations, zip_longest

from claims.verdict import IllFormed, Proved, Refuted, Supported, Unread
from errata.checking.algebra import Found
from errata.checking.judgement import Judged, Kind
from errata.checking.kinds import is_number
from errata.reading.matrix_notation import transposes
from errata.reading.names import is_name, key
from errata.reading.relations import Pair, Stated
from errata.reading.tree import (
    Bar,
    Big,
    Binom,
    Call,
    Factors,
    Fence,
    Frac,
    Function,
    Grid,
    Group,
    Node,
    Phrase,
    Root,
    Script,
    Sym,
    Terms,
    walk,
)

MOST_ASKED = 10
"""Parts of one relation that are judged."""
MOST_MEMBERS = 6
"""Steps of a chain that are taken together as one equation."""
MOST_SHUFFLED = 3
"""Terms of a sum that are held against those of the other side in any order."""
MOST_NODES = 600
"""Nodes of a relation beyond which its parts aren't looked for."""
EQUATES = frozenset({"=", "≡", ":=", "≜"})
TRACES = frozenset({"tr", "det", "diag", "rank", "vec"})

Ask = Callable[[Pair], Found | None]
"""The support of a part; None where it gets none."""


@dataclass(frozen=True, slots=True)
class Noted:
    """An equation that the document states: its line, and whether it was judged to hold."""

    line: int
    holds: bool
    number: bool = False
    """Whether one of its sides is a number, as in p = 0.5: it ends with the section."""

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
            sides = key(first.left), key(last.right)
            number = is_number(first.left) or is_number(last.right)
            out[sides] = out[sides[::-1]] = Noted(line, holds, number)
    return out


def stock_beyond_a_section(stock: Stock) -> dict[tuple[str, str], Noted]:
    """The equations that still hold in the next section."""
    return {sides: noted for sides, noted in stock.items() if not noted.number}


def _is_sure(judged: Judged) -> bool:
    if judged.kind is not Kind.CLAIM:
        return judged.kind in (Kind.DEFINITION, Kind.GIVEN)
    verdict = judged.verdict
    return isinstance(verdict, Proved) or (isinstance(verdict, Supported) and verdict.holds_if is None)


@dataclass
class _Search:
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
    search = _Search(pair, ask, said)
    for parts in _alike(_bare(pair.left), _bare(pair.right)):
        found = _all_agree(parts, search)
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


def _all_agree(parts: tuple[tuple[Node, Node], ...], search: _Search) -> list[Found] | None:
    out: list[Found] = []
    for left, right in parts:
        found = _agree(left, right, search)
        if found is None:
            return None
        out += found
    return out


def _agree(left: Node, right: Node, search: _Search) -> list[Found] | None:
    """What supports the parts in which two nodes differ, the smallest first; None where a part gets no support."""
    left, right = _bare(left), _bare(right)
    sides = (key(left), key(right))
    if sides[0] == sides[1]:
        return []
    if sides in search.failed:
        return None
    if (said := search.said.get(sides)) is not None:
        return [Found(Supported((), said.condition), (), True)]
    for parts in _alike(left, right):
        found = _all_agree(parts, search)
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


def _bare(node: Node) -> Node:
    """A node without brackets that only hold it together."""
    while True:
        match node:
            case Group(body=inner):
                node = inner
            case Fence(open="(" | "[", body=inner, close=")" | "]") if inner is not None and not isinstance(
                inner, Phrase | Bar
            ):
                node = inner
            case Terms(signs=("",), items=(inner,)):
                node = inner
            case _:
                return node


def _alike(left: Node, right: Node) -> Iterator[tuple[tuple[Node, Node], ...]]:
    """The ways in which two nodes are built alike, each as the parts that stand in the same places."""
    match left, right:
        case (Terms(), Terms()) | (Terms(), _) | (_, Terms()):
            yield from _sums(_terms(left), _terms(right))
        case (Factors(), Factors()):
            yield from _products(left, right)
        case (Frac(), Frac()):
            yield ((left.top, right.top), (left.bottom, right.bottom))
        case (Binom(), Binom()):
            yield ((left.top, right.top), (left.bottom, right.bottom))
        case (Root(), Root()) if _same(left.index, right.index):
            yield ((left.body, right.body),)
        case (Script(), Script()) if left.primes == right.primes:
            yield from _scripts(left, right)
        case (Fence(), Fence()) if (left.open, left.close) == (right.open, right.close):
            if left.body is not None and right.body is not None:
                yield ((left.body, right.body),)
        case (Call(), Call()) if key(left.head) == key(right.head):
            yield ((left.fence, right.fence),)
        case (Function(), Function()) if key(left.head) == key(right.head):
            yield ((left.argument, right.argument),)
        case (Function(), Call()) if key(left.head) == key(right.head):
            yield ((left.argument, right.fence),)
        case (Call(), Function()) if key(left.head) == key(right.head):
            yield ((left.fence, right.argument),)
        case (Big(), Big()) if _same_operator(left, right) and left.body is not None and right.body is not None:
            yield ((left.body, right.body),)
        case (Bar(), Bar()) if left.sign == right.sign:
            yield ((left.left, right.left), (left.right, right.right))
        case (Phrase(), Phrase()) if left.separators == right.separators and len(left.items) == len(right.items):
            yield tuple(zip(left.items, right.items, strict=True))


def _same(one: Node | None, other: Node | None) -> bool:
    return (one is None) == (other is None) and (one is None or other is None or key(one) == key(other))


def _same_operator(left: Big, right: Big) -> bool:
    same = key(left.head) == key(right.head)
    return same and [key(d) for d in left.differentials] == [key(d) for d in right.differentials]


def _scripts(left: Script, right: Script) -> Iterator[tuple[tuple[Node, Node], ...]]:
    named = is_name(left) or is_name(right)
    if left.sup is not None and right.sup is not None and (transposes(left.sup) or not named):
        if key(left.sup) == key(right.sup):
            yield ((_without_power(left), _without_power(right)),)
        elif not transposes(left.sup) and not transposes(right.sup):
            yield ((_without_power(left), _without_power(right)), (left.sup, right.sup))
    elif left.sup is None and right.sup is None and not named and _same(left.sub, right.sub):
        yield ((left.base, right.base),)


def _without_power(node: Script) -> Node:
    return node.base if node.sub is None else replace(node, sup=None)


def _terms(node: Node) -> list[tuple[str, Node]]:
    """The terms of a sum with their signs, those of bracketed sums with a plus before them included."""
    node = _bare(node)
    if not isinstance(node, Terms):
        return [("+", node)]
    out: list[tuple[str, Node]] = []
    for sign, item in zip(node.signs, node.items, strict=True):
        if sign in ("", "+"):
            out += _terms(item)
        else:
            out.append((sign, _bare(item)))
    return out


def _sums(left: list[tuple[str, Node]], right: list[tuple[str, Node]]) -> Iterator[tuple[tuple[Node, Node], ...]]:
    """Sums without the terms that stand on both sides: term against term, then what is left as a whole."""
    rest = list(right)
    alone = []
    for sign, item in left:
        same = next((n for n, (s, i) in enumerate(rest) if s == sign and key(i) == key(item)), None)
        if same is None:
            alone.append((sign, item))
        else:
            del rest[same]
    if not alone or not rest:
        return
    smaller = len(alone) < max(len(left), len(right)) or len(alone) > 1 or alone[0][0] != "+"
    if smaller and sorted(sign for sign, _ in alone) == sorted(sign for sign, _ in rest):
        for order in permutations(rest) if len(rest) <= MOST_SHUFFLED else (rest,):
            if [sign for sign, _ in alone] == [sign for sign, _ in order]:
                yield tuple((a, b) for (_, a), (_, b) in zip(alone, order, strict=True))
    if len(alone) < len(left):
        yield ((_sum(alone), _sum(rest)),)


def _sum(parts: list[tuple[str, Node]]) -> Node:
    if len(parts) == 1 and parts[0][0] == "+":
        return parts[0][1]
    signs = tuple("" if n == 0 and sign == "+" else sign for n, (sign, _) in enumerate(parts))
    return Terms(parts[0][1].start, parts[-1][1].end, signs, tuple(item for _, item in parts))


def _products(left: Factors, right: Factors) -> Iterator[tuple[tuple[Node, Node], ...]]:
    """Products of the same length factor by factor; without what both begin and end with, what is left as a whole."""
    if len(left.items) == len(right.items):
        yield tuple(zip(left.items, right.items, strict=True))
    first = _common(left.items, right.items)
    last = min(_common(left.items[::-1], right.items[::-1]), len(left.items) - first, len(right.items) - first)
    one, other = _cut(left, first, last), _cut(right, first, last)
    if (first or last) and one is not None and other is not None:
        yield ((one, other),)


def _common(left: tuple[Node, ...], right: tuple[Node, ...]) -> int:
    same = (a is not None and b is not None and key(a) == key(b) for a, b in zip_longest(left, right))
    return next((n for n, equal in enumerate(same) if not equal), 0)


def _cut(node: Factors, first: int, last: int) -> Node | None:
    items = node.items[first : len(node.items) - last]
    signs = node.signs[first : len(node.items) - last]
    if any(s not in ("", r"\cdot", r"\times", "*") for s in (*signs, *node.signs)):
        return None
    if not items:
        return None
    return items[0] if len(items) == 1 else Factors(items[0].start, items[-1].end, ("", *signs[1:]), items)

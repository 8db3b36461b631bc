"""A name as the list of its members, inside laws: p(x) = ∏_i p(x_i | x_{<i}) is about p(x_1, …, x_n).

Where a sum or a product runs over the members x_i of laws, or laws of x_1, x_2, … are multiplied, x alone (in whatever
font, or X) stands for x_{1:n}, and a sum or a product over i alone runs from 1 to n.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from claims.records import Record, replace
from errata.checking.slips import rewritten
from errata.reading.names import key
from errata.reading.parser import parse
from errata.reading.tree import (
    Bar,
    Big,
    Call,
    Chain,
    Dots,
    Factors,
    Group,
    Node,
    Num,
    Phrase,
    Relation,
    Script,
    Sym,
    walk,
)
from errata.reading.unparse import to_latex

LAWS = frozenset("p q P Q".split())
_TIMES = frozenset({"", r"\cdot", r"\times", "·", "×"})
SIZES = "n N M K T".split()
"""Names for how many members there are, where none is given: the first that is free."""


class Family(Record):
    """x_i under a product over i: its letter, its base as written there, its index, and up to where it runs."""

    letter: str
    base: Sym
    index: str
    last: Node


def families(*sides: Node) -> Mapping[str, Family]:
    """The families of members over which the sums and products of these sides run, by their letters."""
    names = {n.name for side in sides for n in walk(side) if isinstance(n, Sym)}
    free = next((name for name in SIZES if name not in names), SIZES[0])
    found: dict[str, Family] = {}
    for big in (n for side in sides for n in walk(side) if isinstance(n, Big)):
        over = _index(big)
        if over is None or big.body is None:
            continue
        index, last = over
        for member in _points(big.body):
            if isinstance(member, Script) and isinstance(member.base, Sym) and _is(member.sub, index):
                bound = last if last is not None else Sym(big.start, big.start, free, latex=free)
                found.setdefault(member.base.name, Family(member.base.name, member.base, index, bound))
    for side in sides:
        if (multiplied := _multiplied(side)) is not None:
            found.setdefault(multiplied.letter, multiplied)
    return found


def _multiplied(side: Node) -> Family | None:
    """z where a side is a product of laws of z_1, z_2, …, each once and in order, or up to z_n."""
    if not isinstance(side, Factors) or not set(side.signs) <= _TIMES:
        return None
    dots = [n for n, item in enumerate(side.items) if isinstance(item, Dots)]
    laws = [item for item in side.items if isinstance(item, Call) and _is_law(item)]
    heads = [h for call in laws for h in _points(call)]
    members = [
        h for h in heads if isinstance(h, Script) and isinstance(h.base, Sym) and h.sub is not None and not h.sup
    ]
    if len(members) != len(laws) or len(laws) + len(dots) != len(side.items) or len(dots) > 1 or len(members) < 2:
        return None
    bases, numbers = {key(m.base) for m in members}, [to_latex(m.sub) for m in members if m.sub is not None]
    plain = numbers if not dots else numbers[:-1]
    first, last = members[0], members[-1]
    if len(bases) != 1 or plain != [str(n + 1) for n in range(len(plain))] or (dots and dots[0] != len(side.items) - 2):
        return None
    assert isinstance(first.base, Sym)
    return Family(first.base.name, first.base, "", last.sub) if last.sub is not None else None


def with_lists(node: Node, of: Mapping[str, Family]) -> Node:
    """A tree with the lists put in for the names of families, and with the ranges of sums and products over these."""
    for call in [n for n in walk(node) if isinstance(n, Call) and _is_law(n)]:
        fence: Node = call.fence
        for name in [n for n in _arguments(call) if isinstance(n, Sym)]:
            family = of.get(name.name) or of.get(name.name.lower())
            if family is None:
                continue
            text = rf"{to_latex(family.base)}_{{1:{to_latex(family.last)}}}"
            fence = rewritten(fence, name, parse(text).statements[0])
        for script in [n for n in walk(fence) if isinstance(n, Script) and _is_listed(n, of)]:
            assert isinstance(script.base, Sym)
            fence = rewritten(fence, script, replace(script, base=of[script.base.name].base))
        for phrase in [n for n in walk(fence) if isinstance(n, Phrase)]:
            if (short := _until(phrase, of)) is not None:
                fence = rewritten(fence, phrase, short)
        node = node if fence is call.fence else rewritten(node, call, replace(call, fence=fence))
    indices = {family.index: family.last for family in of.values()}
    for big in [n for n in walk(node) if isinstance(n, Big)]:
        over = _index(big)
        if over is not None and over[1] is None and over[0] in indices:
            node = rewritten(node, big.head, _ranged(big.head, over[0], indices[over[0]]))
    return node


def _ranged(head: Node, index: str, last: Node) -> Node:
    """∏_{i=1}^{n} for ∏_i or a bare ∏."""
    at = head.start
    name = Sym(at, at, index, latex=index)
    first = Chain(at, at, (name, Num(at, at, "1")), (Relation(at, at, "=", "="),))
    return Script(at, head.end, head.base if isinstance(head, Script) else head, first, last)


def _is_law(call: Call) -> bool:
    head = call.head.base if isinstance(call.head, Script) else call.head
    return isinstance(head, Sym) and head.name in LAWS


def _arguments(call: Call) -> Iterator[Node]:
    """The arguments of a law, those that it is conditioned on, too."""
    stack: list[Node] = [getattr(call.fence, "body", None) or call.fence]
    while stack:
        node = stack.pop()
        if isinstance(node, Bar):
            stack.extend((node.left, node.right))
        elif isinstance(node, Phrase):
            stack.extend(node.items)
        elif isinstance(node, Group):
            stack.append(node.body)
        else:
            yield node


def _points(node: Node) -> Iterator[Node]:
    for call in (n for n in walk(node) if isinstance(n, Call) and _is_law(n)):
        body = getattr(call.fence, "body", None)
        inner = body.left if isinstance(body, Bar) else body
        yield from inner.items if isinstance(inner, Phrase) else () if inner is None else (inner,)


def _index(big: Big) -> tuple[str, Node | None] | None:
    """The index of a sum or a product from 1 on, and where it ends, if that is said."""
    head = big.head
    if isinstance(head, Sym) and head.name in "∑∏" and big.body is not None:
        only = {key(n.sub) for n in _points(big.body) if isinstance(n, Script) and isinstance(n.sub, Sym)}
        return (only.pop(), None) if len(only) == 1 else None
    if not isinstance(head, Script) or not isinstance(head.base, Sym) or head.base.name not in "∑∏":
        return None
    sub = head.sub.body if isinstance(head.sub, Group) else head.sub
    if isinstance(sub, Sym) and head.sup is None:
        return key(sub), None
    first = sub.items if isinstance(sub, Chain) and len(sub.items) == 2 else None
    if first is None or head.sup is None or not isinstance(first[0], Sym) or to_latex(first[1]) != "1":
        return None
    return key(first[0]), head.sup.body if isinstance(head.sup, Group) else head.sup


def _is(node: Node | None, index: str) -> bool:
    return isinstance(node, Sym) and key(node) == index


def _is_listed(node: Script, of: Mapping[str, Family]) -> bool:
    """Whether a name with a range below has the letter of a family in another font: bold x_{<i} beside x_i."""
    base, sub = node.base, node.sub.body if isinstance(node.sub, Group) else node.sub
    return isinstance(base, Sym) and base.name in of and isinstance(sub, Chain | Bar)


def _until(node: Node, of: Mapping[str, Family]) -> Node | None:
    """x_{<i} for the list x_1, …, x_{i-1}; None for anything else."""
    if not isinstance(node, Phrase) or len(node.items) != 3 or not isinstance(node.items[1], Dots):
        return None
    first, last = node.items[0], node.items[2]
    if not isinstance(first, Script) or not isinstance(last, Script) or not isinstance(first.base, Sym):
        return None
    family = of.get(first.base.name)
    if family is None or to_latex(first.base) != to_latex(last.base) or not isinstance(first.sub, Num):
        return None
    before = "".join(to_latex(last.sub).split()) if last.sub is not None else ""
    if first.sub.text != "1" or before.strip("{}") != f"{family.index}-1":
        return None
    return parse(rf"{to_latex(family.base)}_{{<{family.index}}}").statements[0]

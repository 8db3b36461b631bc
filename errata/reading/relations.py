"""The relations that a formula states: each chain, pair by pair, with what is said beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claims.records import Record, replace
from errata.reading.families.notation import law_node
from errata.reading.notation import REASONS, first_word
from errata.reading.quantity_labels import without_label
from errata.reading.tree import (
    Brace,
    Call,
    Chain,
    Gap,
    Group,
    Lines,
    Logic,
    Node,
    Num,
    Phrase,
    Relation,
    Styled,
    Text,
)

_IMPLIES = frozenset({r"\Rightarrow", r"\Longrightarrow", r"\implies", "⇒"})


class Pair(Record):
    """Two neighbours in a chain and the sign between them; ``position`` counts pairs in the chain from 0."""

    left: Node
    relation: Relation
    right: Node
    position: int


class Stated(Record):
    """A chain as it stands in a statement."""

    chain: Chain
    remark: str
    """The prose inside the formula right after the chain: units, reasons."""
    before: str
    """The prose inside the formula right before it."""
    implies: bool
    """Whether the statement goes on with ⇒: the chain is then a premise."""
    concluded: bool
    """Whether it stands after ⇒."""
    statement: int
    """Which statement of the formula holds it."""

    def pairs(self) -> tuple[Pair, ...]:
        items = self.chain.items
        return tuple(Pair(items[i], r, items[i + 1], i) for i, r in enumerate(self.chain.relations))


def stated(root: Lines) -> tuple[Stated, ...]:
    """Every chain that the formula asserts, in order; chains inside brackets, scripts and cases are not asserted."""
    out: list[Stated] = []
    last: Node | None = None
    for number, statement in enumerate(_statements(root)):
        found = list(_in_statement(statement, number))
        if last is not None and found and isinstance(found[0].chain.items[0], Gap):
            found[0] = replace(found[0], chain=replace(found[0].chain, items=(last, *found[0].chain.items[1:])))
        out.extend(found)
        last = _before_reason(statement, found)
    return tuple(out)


def _before_reason(statement: Node, found: Sequence[Stated]) -> Node | None:
    """What the next row goes on from, where this one ends in the reason of its step: the b of a = b since u = v."""
    if not isinstance(statement, Phrase) or len(found) < 2 or first_word(found[0].remark) not in REASONS:
        return None
    return found[0].chain.items[-1]


def _statements(root: Lines) -> Iterator[Node]:
    for s in root.statements:
        if isinstance(s, Lines):
            yield from _statements(s)
        elif isinstance(s, Phrase) and any(isinstance(i, Lines) for i in s.items):
            for item in s.items:
                yield from _statements(item) if isinstance(item, Lines) else (item,)
        else:
            yield s


def _in_statement(node: Node, number: int) -> Iterator[Stated]:
    for part, remark, before in _parts(node):
        premises = _unwrapped(part)
        if isinstance(premises, Logic) and (limit := _limit_in_law(premises)) is not None:
            yield Stated(limit, remark, before, False, False, number)
        elif isinstance(premises, Logic):
            last = len(premises.items) - 1
            for i, item in enumerate(premises.items):
                chain = _unwrapped(item)
                if isinstance(chain, Chain):
                    yield Stated(chain, remark if i == last else "", before, i < last, i > 0, number)
        elif isinstance(premises, Chain):
            yield Stated(without_label(premises), remark, before, False, False, number)


def _limit_in_law(node: Logic) -> Chain | None:
    """T ⇒ N(0, 1), whose sign means a limit in law, since neither side can be true or false."""
    left, right = node.items[0], _unwrapped(node.items[-1])
    plain = not isinstance(_unwrapped(left), Chain) and isinstance(right, Call) and law_node(right) is not None
    if len(node.items) != 2 or node.signs[0] not in _IMPLIES or not plain:
        return None
    return Chain(node.start, node.end, (left, right), (Relation(left.end, right.start, "⇝", node.signs[0]),))


def _parts(node: Node) -> Iterator[tuple[Node, str, str]]:
    """The parts of a statement between commas, with the prose that follows and precedes each."""
    if not isinstance(node, Phrase):
        yield node, "", ""
        return
    for i, item in enumerate(node.items):
        if isinstance(item, Text | Gap):
            continue
        after = node.items[i + 1] if i + 1 < len(node.items) else None
        before = node.items[i - 1] if i else None
        if isinstance(item, Phrase):
            yield from _parts(item)
        elif not _is_within_ratio(node, i):
            yield (
                item,
                after.text if isinstance(after, Text) else "",
                before.text if isinstance(before, Text) else "",
            )


def _is_within_ratio(phrase: Phrase, i: int) -> bool:
    """Whether a part is the middle of an equation of ratios, 4:2 = 2:1, of which its own sides say nothing."""
    chain = phrase.items[i]
    if not isinstance(chain, Chain):
        return False
    beside = [(i - 1, chain.items[0], i - 1), (i + 1, chain.items[-1], i)]
    return any(
        0 <= n < len(phrase.items)
        and phrase.separators[sign] == ":"
        and isinstance(phrase.items[n], Num)
        and isinstance(side, Num)
        for n, side, sign in beside
    )


def _unwrapped(node: Node) -> Node:
    while isinstance(node, Group | Styled | Brace):
        node = node.body
    return node

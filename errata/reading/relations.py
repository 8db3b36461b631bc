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
    Dots,
    Factors,
    Frac,
    Gap,
    Group,
    Lines,
    Logic,
    Node,
    Num,
    Opaque,
    Phrase,
    Relation,
    Remark,
    Styled,
    Sym,
    Terms,
    Text,
    walk,
)

_IMPLIES = frozenset({r"\Rightarrow", r"\Longrightarrow", r"\implies", "⇒"})


class Pair(Record):
    """Two neighbours in a chain and the sign between them; ``position`` counts pairs in the chain from 0."""

    left: Node
    relation: Relation
    right: Node
    position: int
    remark: Node | None = None
    """What is remarked beside the right one before the chain goes on."""


class Stated(Record):
    """A chain as it stands in a statement."""

    chain: Chain
    remark: str
    """The prose inside the formula right after the chain, or else after its first remarked member: units, reasons."""
    before: str
    """The prose inside the formula right before it."""
    implies: bool
    """Whether the statement goes on with ⇒: the chain is then a premise."""
    concluded: bool
    """Whether it stands after ⇒."""
    statement: int
    """Which statement of the formula holds it."""

    def pairs(self) -> tuple[Pair, ...]:
        items, remarks = self.chain.items, self.chain.remarks or (None,) * len(self.chain.items)
        return tuple(Pair(items[i], r, items[i + 1], i, remarks[i + 1]) for i, r in enumerate(self.chain.relations))

    def of(self, pair: Pair) -> Stated:
        """The same with what is remarked beside one of its pairs, where that has a remark of its own."""
        return self if pair.remark is None else replace(self, remark=text_of(pair.remark))

    def said(self) -> str:
        """All that is said beside the chain."""
        return " ".join([self.before, *(text_of(r) for r in self.chain.remarks if r is not None), self.remark])


def text_of(remark: Node | None) -> str:
    """The words that a remark begins with; "" where it has none."""
    first = next((n for n in walk(remark) if isinstance(n, Text)), None) if remark is not None else None
    return first.text if first is not None else ""


def stated(root: Lines) -> tuple[Stated, ...]:
    """Every chain that the formula asserts, in order; chains inside brackets, scripts and cases are not asserted."""
    noted = root.__dict__
    try:
        known: tuple[Stated, ...] = noted["stated"]
    except KeyError:  # of this very tree: who rewrites it tells its nodes by identity
        known = noted["stated"] = _stated(root)
    return known


def _stated(root: Lines) -> tuple[Stated, ...]:
    out: list[Stated] = []
    last: Node | None = None
    for number, statement in enumerate(_statements(root)):
        found = [one for one in _in_statement(statement, number) if not _is_sign_alone(one.chain)]
        if last is not None and found and isinstance(found[0].chain.items[0], Gap):
            found[0] = replace(found[0], chain=replace(found[0].chain, items=(last, *found[0].chain.items[1:])))
        out.extend(found)
        out.extend(_in_braces(statement, number))
        last = _before_reason(statement, found)
    return tuple(out)


def _in_braces(statement: Node, number: int) -> Iterator[Stated]:
    """What the labels of braces say of what they embrace, as far as that is a computation: a label "= 0" or "= A" may
    name a premise, or give a name."""
    for brace in (n for n in walk(statement) if isinstance(n, Brace)):
        label = brace.label.body if isinstance(brace.label, Group) else brace.label
        if not isinstance(label, Chain) or not isinstance(label.items[0], Gap) or label.relations[0].sign != "=":
            continue
        body = brace.body.body if isinstance(brace.body, Group) else brace.body
        numbers = not any(isinstance(n, Sym | Text | Dots | Opaque) for n in walk(body))
        if isinstance(label.items[1], Terms | Factors | Frac) or (numbers and isinstance(label.items[1], Num)):
            chain = replace(label, start=brace.start, items=(body, *label.items[1:]))
            yield Stated(chain, "", "", False, False, number)


def _is_sign_alone(chain: Chain) -> bool:
    """Whether a sign is only spoken of: "the sign ∼"."""
    return all(isinstance(item, Gap) for item in chain.items)


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
                    one = Stated(chain, remark if i == last else "", before, i < last, i > 0, number)
                    yield from _with_remarks(one)
        elif isinstance(premises, Chain):
            yield from _with_remarks(Stated(without_label(premises), remark, before, False, False, number))


def _with_remarks(one: Stated) -> Iterator[Stated]:
    """A chain with the relations in its remarks: a reason is known before its step is taken, a condition is not."""
    if not one.chain.remarks:
        yield one
        return
    beside = [(text_of(r), list(_in_statement(r, one.statement))) for r in one.chain.remarks if r is not None]
    remark = one.remark or next((text for text, _ in beside if text), "")
    for text, found in beside:
        if first_word(text) in REASONS:
            yield from found
    yield replace(one, remark=remark)
    for text, found in beside:
        if first_word(text) not in REASONS:
            yield from found


def _limit_in_law(node: Logic) -> Chain | None:
    """T ⇒ N(0, 1), whose sign means a limit in law, since neither side can be true or false."""
    left, right = node.items[0], _unwrapped(node.items[-1])
    plain = not isinstance(_unwrapped(left), Chain) and isinstance(right, Call) and law_node(right) is not None
    if len(node.items) != 2 or node.signs[0] not in _IMPLIES or not plain:
        return None
    return Chain(node.start, node.end, (left, right), (Relation(left.end, right.start, "⇝", node.signs[0]),))


def _parts(node: Node) -> Iterator[tuple[Node, str, str]]:
    """The parts of a statement between commas, with the prose that follows and precedes each."""
    if isinstance(node, Remark) and text_of(node) and isinstance(node.body, Phrase):
        node = node.body
    if isinstance(node, Remark):  # a condition without a word, which is not asserted
        return
    if not isinstance(node, Phrase):
        yield node, "", ""
        return
    for i, item in enumerate(node.items):
        if isinstance(item, Text | Gap):
            continue
        if isinstance(item, Remark):
            yield from _parts(item)
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

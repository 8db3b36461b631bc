"""Lists of names with dots and ranges: x_1, …, x_n; z_{1:T}; x_{<t}; and products with dots, written out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from errata.reading.names import is_name, key
from errata.reading.sentences.heads import bare
from errata.reading.tree import Bar, Chain, Dots, Factors, Gap, Node, Num, Phrase, Script, walk
from errata.reading.vectors import Unlowered

if TYPE_CHECKING:
    from errata.reading.sentences.reader import Reader, Scope

SIZE = 3
"""What a limit such as n stands for where a sum is written out."""


def sizes_of(roots: Sequence[Node]) -> dict[str, int]:
    """Names that limit lists with dots and ranges: one more than the largest number that is written out there."""
    names: dict[str, None] = {}
    most = 0
    for root in roots:
        for node in walk(root):
            if isinstance(node, Script) and node.sub is not None:
                sub = bare(node.sub)
                if isinstance(sub, Bar) and sub.sign == ":" and isinstance(sub.left, Num) and is_name(bare(sub.right)):
                    names[key(sub.right)] = None
            if isinstance(node, Phrase) and any(isinstance(i, Dots) for i in node.items):
                last = bare(node.items[-1])
                if isinstance(last, Script) and last.sub is not None and is_name(bare(last.sub)):
                    names[key(last.sub)] = None
    if any(isinstance(n, Dots) for root in roots for n in walk(root)):
        most = max((_number(n) for root in roots for n in walk(root) if isinstance(n, Script)), default=0)
    return dict.fromkeys(names, max(SIZE, most + 1))


def _number(node: Script) -> int:
    sub = bare(node.sub) if node.sub is not None else None
    return int(sub.text) if isinstance(sub, Num) and sub.text.isdigit() and len(sub.text) == 1 else 0


def between(reader: Reader, before: Node, after: Node, scope: Scope) -> list[Node]:
    """The names that dots between two names of one family leave out."""
    from errata.reading.sentences.totals import whole

    before, after = bare(before), bare(after)
    if not (isinstance(before, Script) and isinstance(after, Script)) or key(before.base) != key(after.base):
        raise Unlowered("dots between names of different families")
    if before.sub is None or after.sub is None:
        raise Unlowered("dots between names without numbers")
    low, high = whole(reader, before.sub, scope), whole(reader, after.sub, scope)
    if low is None or high is None:
        raise Unlowered("dots between names without numbers")
    return [member(before, i) for i in range(low + 1, high)]


def spread(reader: Reader, node: Node, scope: Scope) -> list[Node] | None:
    """The names that z_{1:T} and x_{<t} stand for; None where a node is no range."""
    from errata.reading.sentences.totals import whole

    if not isinstance(node, Script) or node.sub is None or node.sup is not None:
        return None
    sub = bare(node.sub)
    if isinstance(sub, Bar) and sub.sign == ":":
        low, high = whole(reader, sub.left, scope), whole(reader, sub.right, scope)
    elif isinstance(sub, Chain) and isinstance(sub.items[0], Gap) and sub.relations[0].sign in ("<", "≤"):
        low, high = 1, whole(reader, sub.items[1], scope)
        high = high - 1 if high is not None and sub.relations[0].sign == "<" else high
    else:
        return None
    if low is None or high is None:
        raise Unlowered("a range of names without numbers")
    return [member(node, i) for i in range(low, high + 1)]


def member(node: Script, number: int) -> Script:
    """The member of a family with a number."""
    return Script(node.start, node.end, node.base, Num(node.start, node.end, str(number)), None)


def without_dots(reader: Reader, node: Factors, scope: Scope) -> Factors:
    """A product whose dots stand for nothing, since the factor after them is the next one. Raises Unlowered."""
    at = [i for i, item in enumerate(node.items) if isinstance(item, Dots)]
    if len(at) > 1 or at[0] == 0 or at[0] == len(node.items) - 1 or not reader.sizes:
        raise Unlowered("dots in a product that are not understood")
    before, after = (_numbers(reader, node.items[i], scope) for i in (at[0] - 1, at[0] + 1))
    steps = {b - a for a, b in zip(before, after, strict=False)}
    alike = len(before) == len(after) and steps in ({1}, {-1})
    longer = len(after) > len(before) or any(isinstance(n, Dots) for n in walk(node.items[at[0] + 1]))
    grows = bool(before) and bool(after) and longer and after[0] - before[0] == 1
    if not alike and not grows:
        raise Unlowered("dots in a product that stand for something")
    kept = [(s, i) for s, i in zip(node.signs, node.items, strict=True) if not isinstance(i, Dots)]
    return Factors(node.start, node.end, tuple(s for s, _ in kept), tuple(i for _, i in kept))


def _numbers(reader: Reader, node: Node, scope: Scope) -> list[int]:
    """The numbers of the names in a factor, in the order of the text."""
    from errata.reading.sentences.totals import whole

    found = (whole(reader, n.sub, scope) for n in walk(node) if isinstance(n, Script) and n.sub is not None)
    return [n for n in found if n is not None]

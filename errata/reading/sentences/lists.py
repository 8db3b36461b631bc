"""Lists of names with dots and ranges: x_1, …, x_n; z_{1:T}; x_{<t}; and products with dots, written out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from errata.reading.names import is_name, key
from errata.reading.sentences.heads import bare
from errata.reading.substitution import rebuilt
from errata.reading.tree import Bar, Chain, Dots, Factors, Gap, Node, Num, Phrase, Script, walk
from errata.reading.vectors import Unlowered

if TYPE_CHECKING:
    from errata.reading.sentences.reader import Reader, Scope

SIZE = 3
"""What a limit such as n stands for where a sum is written out."""
MOST_LEFT_OUT = 4
"""Factors that dots may stand for."""


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
    """A product with the factors that its dots stand for, none if the factor after them is the next one.

    Raises Unlowered.
    """
    at = [i for i, item in enumerate(node.items) if isinstance(item, Dots)]
    if len(at) > 1 or at[0] == 0 or at[0] == len(node.items) - 1 or not reader.sizes:
        raise Unlowered("dots in a product that are not understood")
    left_out = _left_out(reader, node.items[at[0] - 1], node.items[at[0] + 1], scope)
    if left_out is not None:
        items = (*node.items[: at[0]], *left_out, *node.items[at[0] + 1 :])
        signs = (*node.signs[: at[0]], *("" for _ in left_out), *node.signs[at[0] + 1 :])
        return Factors(node.start, node.end, signs, items)
    before, after = (_numbers(reader, node.items[i], scope) for i in (at[0] - 1, at[0] + 1))
    steps = {b - a for a, b in zip(before, after, strict=False)}
    alike = len(before) == len(after) and steps in ({1}, {-1})
    longer = len(after) > len(before) or any(
        isinstance(n, Dots) or _is_from_one(n) for n in walk(node.items[at[0] + 1])
    )
    grows = bool(before) and bool(after) and longer and after[0] - before[0] == 1
    if not alike and not grows:
        raise Unlowered("dots in a product that stand for something")
    kept = [(s, i) for s, i in zip(node.signs, node.items, strict=True) if not isinstance(i, Dots)]
    return Factors(node.start, node.end, tuple(s for s, _ in kept), tuple(i for _, i in kept))


def _is_from_one(node: Node) -> bool:
    """Whether a node is a range such as x_{1:n-1}."""
    sub = bare(node.sub) if isinstance(node, Script) and node.sub is not None else None
    return isinstance(sub, Bar) and sub.sign == ":" and isinstance(sub.left, Num) and sub.left.text == "1"


def _left_out(reader: Reader, before: Node, after: Node, scope: Scope) -> list[Node] | None:
    """The factors between p(z_3 | z_4) and p(z_1 | z_2), or p(x | z_1), each with its numbers one further than the one
    before it; None where the numbers don't lead from the one to the other.

    One name that bears no number may stand in the last factor in the place of a member: x there is what comes next.
    """
    if any(isinstance(n, Dots) for side in (before, after) for n in walk(side)):
        return None
    first, last = (_with_numbers(reader, side, scope) for side in (before, after))
    for step in (1, -1):
        moved = [_moved(first, step * n) for n in range(1, MOST_LEFT_OUT + 2)]
        end = next((n for n, factor in enumerate(moved) if _ends(factor, last)), None)
        if end is not None:
            return moved[:end]
    return None


def _ends(factor: Node, last: Node) -> bool:
    """Whether a factor is the last one, but for one member that may have a name of its own there."""
    if key(factor) == key(last):
        return True
    members, names = (_names_in(side) for side in (factor, last))
    apart = [(a, b) for a, b in zip(members, names, strict=False) if key(a) != key(b)]
    if len(members) != len(names) or len(apart) != 1 or isinstance(apart[0][1], Script) or len(members) < 3:
        return False
    return isinstance(apart[0][0], Script) and key(_renamed(factor, *apart[0])) == key(last)


def _names_in(node: Node) -> list[Node]:
    """The names in a factor, in the order of the text; a member and not its letter."""
    inside = {id(m) for n in walk(node) if isinstance(n, Script) for m in walk(n) if m is not n}
    return [n for n in walk(node) if is_name(n) and id(n) not in inside]


def _renamed(node: Node, old: Node, new: Node) -> Node:
    return rebuilt(node, lambda n: new if n is old else None)


def _with_numbers(reader: Reader, node: Node, scope: Scope) -> Node:
    """A factor with the numbers of its names written out: z_3 for z_T."""
    from errata.reading.sentences.totals import whole

    def numbered(n: Node) -> Node | None:
        at = whole(reader, n.sub, scope) if isinstance(n, Script) and n.sub is not None and n.sup is None else None
        return None if at is None or not isinstance(n, Script) else member(n, at)

    return rebuilt(node, numbered)


def _moved(node: Node, by: int) -> Node:
    """A factor with all its numbers raised."""

    def raised(n: Node) -> Node | None:
        if isinstance(n, Script) and isinstance(n.sub, Num) and n.sup is None and n.sub.text.lstrip("-").isdigit():
            return member(n, int(n.sub.text) + by)
        return None

    return rebuilt(node, raised)


def _numbers(reader: Reader, node: Node, scope: Scope) -> list[int]:
    """The numbers of the names in a factor, in the order of the text."""
    from errata.reading.sentences.totals import whole

    found = (whole(reader, n.sub, scope) for n in walk(node) if isinstance(n, Script) and n.sub is not None)
    return [n for n in found if n is not None]

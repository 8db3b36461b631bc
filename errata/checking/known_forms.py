"""Relations between a function and what it is expanded as, that are one slip away from a theorem everybody knows.

cos(x − y) = cos x cos y lost a term, which no edit of it brings back: it is the theorem that is edited, until it says
what the relation says.
"""

from __future__ import annotations

from collections.abc import Iterator

from claims.records import Record, replace
from claims.verdict import Proved, Repair, Supported
from errata.checking.algebra import judge_identity
from errata.checking.repairs import SLIPS
from errata.checking.slips import rewritten, slips
from errata.reading.names import is_name
from errata.reading.parser import parse
from errata.reading.relations import Pair
from errata.reading.special import special
from errata.reading.tree import Binom, Call, Fence, Function, Group, Node, Phrase, Postfix, Sym, Terms, walk
from errata.reading.unparse import to_latex
from errata.reading.vectors import Unlowered

ADDED = {
    ("cos", "+"): r"\cos @u \cos @v - \sin @u \sin @v",
    ("cos", "-"): r"\cos @u \cos @v + \sin @u \sin @v",
    ("sin", "+"): r"\sin @u \cos @v + \cos @u \sin @v",
    ("sin", "-"): r"\sin @u \cos @v - \cos @u \sin @v",
}
"""Functions of a sum or a difference of u and v."""
FACTORIAL = r"\Gamma(@u + 1)"
CHOOSE = r"\frac{@u!}{@v! (@u - @v)!}"
TANGENT = r"\frac{\sin @u}{\cos @u}"
SWAPPED = "swapped-arguments"
LABELS = SLIPS | {
    "lost-term": "a term is missing", "log": "a logarithm is missing", SWAPPED: "two arguments are in the wrong order",
}  # fmt: skip
"""What each slip planted in a theorem is, for the author."""


class Misremembered(Record):
    """The theorem that was meant, and whether the left side is what should be it."""

    repair: Repair
    left: bool
    label: str


def misremembered(pair: Pair, seed: int) -> Misremembered | None:
    """The theorem that a relation is one slip away from; None where it is none."""
    for whole, other, left in ((pair.left, pair.right, False), (pair.right, pair.left, True)):
        form = _expanded(whole)
        if form is None:
            continue
        slip = next((s.kind for s in slips(form) if _same(s.node, other, pair, seed)), None)
        if slip is not None:
            return Misremembered(Repair(to_latex(form), slip), left, LABELS[slip])
        for edit in (s for s in slips(whole, other) if s.kind == "name"):
            meant = _expanded(edit.node)
            if meant is not None and _same(meant, other, pair, seed):
                return Misremembered(Repair(to_latex(edit.node), edit.kind), not left, LABELS[edit.kind])
    return _swapped(pair, seed)


def _swapped(pair: Pair, seed: int) -> Misremembered | None:
    """The relation with the two arguments of one special function in the other order, where it holds so."""
    for side, left in ((pair.right, False), (pair.left, True)):
        for call in (n for n in walk(side) if isinstance(n, Call) and special(n) is not None):
            fence = call.fence
            if not isinstance(fence, Fence) or not isinstance(fence.body, Phrase) or len(fence.body.items) != 2:
                continue
            turned = replace(call, fence=replace(fence, body=replace(fence.body, items=fence.body.items[::-1])))
            edited = rewritten(side, call, turned)
            if _same(edited, pair.left if side is pair.right else pair.right, pair, seed):
                return Misremembered(Repair(to_latex(edited), SWAPPED), left, LABELS[SWAPPED])
    return None


def _same(one: Node, other: Node, pair: Pair, seed: int) -> bool:
    """Whether two expressions are the same for all values of their names."""
    try:
        found = judge_identity(replace(pair, left=other, right=one), {}, seed)
    except (Unlowered, RecursionError):
        return False
    return isinstance(found.verdict, Proved) or (isinstance(found.verdict, Supported) and not found.verdict.holds_if)


def _expanded(node: Node) -> Node | None:
    """What a function of its arguments is expanded as; None for any other node."""
    node = _bare(node)
    if isinstance(node, Postfix) and node.sign == "!":
        return _put_in(FACTORIAL, node.operand)
    if isinstance(node, Binom):
        return _put_in(CHOOSE, node.top, node.bottom)
    if not isinstance(node, Call | Function) or not isinstance(node.head, Sym):
        return None
    arguments = tuple(_arguments(node))
    if node.head.name == "tan" and len(arguments) == 1:
        return _put_in(TANGENT, *arguments)
    inner = arguments[0] if len(arguments) == 1 else None
    if isinstance(inner, Terms) and len(inner.items) == 2 and inner.signs[0] == "":
        form = ADDED.get((node.head.name, inner.signs[1].replace("−", "-")))
        return None if form is None else _put_in(form, *inner.items)
    return None


def _bare(node: Node) -> Node:
    while isinstance(node, Group) and node.body is not None:
        node = node.body
    return node


def _arguments(node: Call | Function) -> Iterator[Node]:
    inner = node.argument if isinstance(node, Function) else node.fence
    if isinstance(inner, Fence) and inner.body is not None:
        inner = inner.body
    yield from inner.items if isinstance(inner, Phrase) else (inner,)


def _put_in(form: str, *values: Node) -> Node:
    """A form with its letters put in, each place a node of its own, so that one of them can be edited."""
    for letter, value in zip("uv", values, strict=False):
        latex = to_latex(value)
        form = form.replace(f"@{letter}", latex if is_name(value) else f"({latex})")
    return parse(form).statements[0]

"""Slips that are undone by what stands beside: a missing term or logarithm, a bracket too many, a sum that ends early.

x instead of x − m shows where the other side has x − m; (a + b) c instead of a + b c, where a bracket makes a factor of
two terms.
"""

from __future__ import annotations

from collections.abc import Iterator

from claims.records import replace
from errata.checking.slips import Rewriting, Slip, quantities
from errata.reading.alike import Places, bare
from errata.reading.names import is_name, key
from errata.reading.tree import Big, Factors, Fence, Frac, Function, Group, Node, Num, Script, Sym, Terms, walk

MOST_TERMS = 6
"""Terms of a sum beyond which none of them is missed."""


def restored(root: Node, beside: Node, places: Places | None = None) -> Iterator[Slip]:
    """Every formula that a missing term or a bracket too many parts from this one, which should equal ``beside``;
    within some places only, where these are given."""
    edits = (
        *_with_terms(root, beside),
        *_without_brackets(root),
        *_to_the_end(root),
        *_twice_pi(root),
        *_of_other_sign(root),
        *_with_logarithms(root, beside),
    )
    whole = Rewriting(root)
    for node, edited, kind in edits:
        if places is None or any(node.start < end and start < node.end for start, end in places):
            yield Slip(kind, whole.of(node, edited), node.start, node.end)


def _with_terms(root: Node, beside: Node) -> Iterator[tuple[Node, Node, str]]:
    """Each part that is another sum of the relation but for one term, as the whole sum."""
    sums = {
        key(n): n
        for side in (beside, root)
        for n in quantities(side)
        if isinstance(n, Terms) and 1 < len(n.items) <= MOST_TERMS
    }
    less: dict[str, list[Terms]] = {}
    for whole in sums.values():
        for i in range(len(whole.items)):
            less.setdefault(key(_without(whole, i)), []).append(whole)
    exponents = set(_exponents(root))
    for node in quantities(root):
        for whole in less.get(key(node), ()):
            within = whole if id(node) in exponents else Fence(node.start, node.end, "(", whole, ")")
            yield node, within, "dropped-term"


def _with_logarithms(root: Node, beside: Node) -> Iterator[tuple[Node, Node, str]]:
    """Each part that stands in a logarithm on the other side, Γ(a) beside ln Γ(a), in that logarithm."""
    logs = {key(bare(n.argument)): n for n in walk(beside) if isinstance(n, Function) and _is_log(n)}
    within = {id(bare(n.argument)) for n in walk(root) if isinstance(n, Function) and _is_log(n)}
    for node in quantities(root) if logs else ():
        if id(node) not in within and (log := logs.get(key(node))) is not None and not isinstance(node, Fence):
            yield node, replace(log, start=node.start, end=node.end), "lost-log"


def _is_log(node: Function) -> bool:
    """Whether a node is the logarithm of something, to whatever base it is taken for granted."""
    return isinstance(node.head, Sym) and node.head.name in ("log", "ln")


def _exponents(root: Node) -> Iterator[int]:
    """The identities of the exponents in a formula: they need no bracket, with which they may be numbers of members."""
    for node in walk(root):
        if isinstance(node, Script) and node.sup is not None:
            yield id(node.sup)
            if isinstance(node.sup, Group):
                yield id(node.sup.body)


def _without(node: Terms, i: int) -> Node:
    signs, items = (*node.signs[:i], *node.signs[i + 1 :]), (*node.items[:i], *node.items[i + 1 :])
    signs = ("" if signs[0] == "+" else signs[0], *signs[1:])
    return items[0] if len(items) == 1 and not signs[0] else replace(node, signs=signs, items=items)


def _without_brackets(root: Node) -> Iterator[tuple[Node, Node, str]]:
    """Each product that begins with a bracketed sum, as that sum with the rest behind its last term."""
    for node in quantities(root):
        if isinstance(node, Factors) and (opened := _opened(node)) is not None:
            yield node, Fence(node.start, node.end, "(", opened, ")"), "bracket"
        elif isinstance(node, Terms):
            for i, item in enumerate(node.items):
                if isinstance(item, Factors) and (opened := _opened(item)) is not None:
                    first = "" if opened.signs[0] == "" else opened.signs[0]
                    signs = (*node.signs[:i], first or node.signs[i], *opened.signs[1:], *node.signs[i + 1 :])
                    items = (*node.items[:i], *opened.items, *node.items[i + 1 :])
                    yield node, replace(node, signs=signs, items=items), "bracket"


def _to_the_end(root: Node) -> Iterator[tuple[Node, Node, str]]:
    """Each sum up to n − 1 as one up to n."""
    for node in quantities(root):
        if isinstance(node, Big) and isinstance(node.head, Script) and node.head.sup is not None:
            top = bare(node.head.sup)
            if isinstance(top, Terms) and len(top.items) == 2 and is_name(top.items[0]) and top.signs[0] == "":
                yield node, replace(node, head=replace(node.head, sup=top.items[0])), "off-by-one"


def _twice_pi(root: Node) -> Iterator[tuple[Node, Node, str]]:
    """Each π as 2π."""
    for node in quantities(root):
        if isinstance(node, Sym) and node.name == "π":
            yield node, Factors(node.start, node.end, ("", ""), (Num(node.start, node.start, "2"), node)), "factor-2"


def _of_other_sign(root: Node) -> Iterator[tuple[Node, Node, str]]:
    """Each power A^1 as A^{-1}, as who writes the 1 means another power than the first; and each root A^{1/2} as
    A^{-1/2}."""
    for node in quantities(root):
        if not isinstance(node, Script) or node.sup is None or is_name(node):
            continue
        sup = bare(node.sup)
        if isinstance(sup, Frac) or _is_slashed(sup) or (isinstance(sup, Num) and sup.text == "1"):
            yield node, replace(node, sup=Terms(sup.start, sup.end, ("-",), (sup,))), "sign"


def _is_slashed(node: Node) -> bool:
    """Whether a node is a fraction of numbers in a line, 1/2."""
    return isinstance(node, Factors) and "/" in node.signs and all(isinstance(item, Num) for item in node.items)


def _opened(node: Factors) -> Terms | None:
    """a + b c for (a + b) c."""
    first = node.items[0]
    if not isinstance(first, Fence) or first.open not in ("(", "[") or not isinstance(first.body, Terms):
        return None
    terms = first.body
    if len(terms.items) < 2:
        return None
    last = Factors(terms.items[-1].start, node.end, node.signs, (terms.items[-1], *node.items[1:]))
    return replace(terms, end=node.end, items=(*terms.items[:-1], last))

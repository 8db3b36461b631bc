"""One function with different numbers of arguments in one relation: D(θ) beside D(β, τ)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from errata.checking.structure import Malformed
from errata.reading.names import key
from errata.reading.relations import Pair, stated
from errata.reading.tree import (
    Bar,
    Call,
    Dots,
    Fence,
    Group,
    Lines,
    Node,
    Phrase,
    Script,
    Styled,
    Sym,
    Text,
    children,
    walk,
)
from errata.reading.words import words

_OVERLOADED = re.compile(r"[pqPQEHhIfgNBπ]|Pr|Prob|KL|Var|Cov|Corr|Beta|Γ|Gamma|max|min|diag|exp|log|Dir|Cat")
"""Names that mean another function with each kind of argument."""


def changing_arguments(root: Lines) -> Iterator[Malformed]:
    """Calls of one function that don't have as many arguments as its first one in the relation."""
    for pair in (p for chain in stated(root) for p in chain.pairs()):
        if pair.relation.sign not in ("=", ":=", "≡") or _says_on_what_it_depends(pair):
            continue
        first: dict[str, tuple[Call, int]] = {}
        for call in (n for side in (pair.left, pair.right) for n in walk(side)):
            count = _arguments(call)
            if count is None or not isinstance(call, Call):
                continue
            before, wanted = first.setdefault(key(call.head), (call, count))
            if count != wanted and not _extends(before, call):
                detail = f"{words(before)} has {wanted} of them, and {words(call)} has {count}"
                yield Malformed("W402", detail, call.start, call.end, f"not as in {words(before)}")
                break


def _extends(one: Call, other: Call) -> bool:
    """Whether the arguments of one call begin those of the other, as for counts n(x), n(x, y), or potentials
    φ(x_i), φ(x_i, x_j), or stand among them, as in n(x, y)/n(y): such a name stands for one function of each number of
    arguments."""
    first, second = sorted((_listed(one), _listed(other)), key=len)
    begins = all(_letter(a) == _letter(b) for a, b in zip(first, second, strict=False))
    return bool(first) and (begins or {key(a) for a in first} <= {key(b) for b in second})


def _says_on_what_it_depends(pair: Pair) -> bool:
    """K(x, z) = K(x − z), where each side is the function: it depends on its arguments in this way only."""
    left, right = pair.left, pair.right
    if not isinstance(left, Call) or not isinstance(right, Call) or key(left.head) != key(right.head):
        return False
    return pair.position == 0 and len(_listed(right)) == 1


def _letter(node: Node) -> str:
    """An argument without its index."""
    return key(node.base) if isinstance(node, Script) else key(node)


def _listed(call: Call) -> tuple[Node, ...]:
    body = call.fence.body if isinstance(call.fence, Fence) else None
    return body.items if isinstance(body, Phrase) else () if body is None else (body,)


def unknown_arguments(root: Lines, others: Sequence[Lines]) -> Iterator[Malformed]:
    """Calls with another number of arguments than their definition elsewhere has, in names that nothing else has.

    ``others`` are the other formulas of the document.
    """
    faults = [(fault, call) for fault in changing_arguments(root) if (call := _at(root, fault)) is not None]
    if not faults:
        return
    defined = {name for other in others if (name := _defined(other)) is not None}
    known = {n.name for other in others for n in walk(other) if isinstance(n, Sym)}
    for fault, call in faults:
        outside = [n.name for n in _outside(root, call) if isinstance(n, Sym)]
        names = [n for n in walk(call.fence) if isinstance(n, Sym) and n.name.isalpha()]
        if key(call.head) in defined and names and not {n.name for n in names} & {*known, *outside}:
            said = " and ".join(dict.fromkeys(words(n) for n in names))
            detail = f"{fault.detail}; nothing else here speaks of {said}"
            yield Malformed("E413", detail, fault.start, fault.end, fault.label)


def _at(root: Lines, fault: Malformed) -> Call | None:
    found = (n for n in walk(root) if isinstance(n, Call) and (n.start, n.end) == (fault.start, fault.end))
    return next(found, None)


def _defined(root: Lines) -> str | None:
    """The function that a formula defines: D in D(θ) = …"""
    for chain in stated(root):
        first = chain.chain.items[0]
        if isinstance(first, Call) and chain.chain.relations[0].sign in ("=", ":=", "≡"):
            return key(first.head)
    return None


def _outside(node: Node, of: Node) -> Iterator[Node]:
    """All of a tree but one part of it."""
    if node is not of:
        yield node
        for child in children(node):
            yield from _outside(child, of)


def _arguments(node: Node) -> int | None:
    """How many arguments a call has, where they are a plain list and its head is no overloaded name."""
    if not isinstance(node, Call) or not isinstance(node.fence, Fence) or node.fence.body is None:
        return None
    base = node.head.base if isinstance(node.head, Script) else node.head
    if not isinstance(base, Sym) or base.font in ("script", "double") or _OVERLOADED.fullmatch(base.name):
        return None
    body = node.fence.body
    if isinstance(body, Styled | Group) or (isinstance(body, Sym) and len(body.name) > 1 and body.name.isascii()):
        return None  # D(real) says of which kind its argument is
    if isinstance(body, Bar) or any(isinstance(n, Dots | Text) for n in walk(body)):
        return None
    if isinstance(body, Phrase):
        return len(body.items) if all(s in (",", "") for s in body.separators) else None
    return 1

"""One function with different numbers of arguments in one relation: D(θ) beside D(β, τ)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from errata.checking.structure import Malformed
from errata.reading.names import key
from errata.reading.relations import stated
from errata.reading.tree import Bar, Call, Dots, Fence, Lines, Node, Phrase, Script, Sym, Text, walk
from errata.reading.words import words

_OVERLOADED = re.compile(r"[pqPQEHhIfgNB]|Pr|Prob|KL|Var|Cov|Corr|Beta|Γ|Gamma|max|min|diag|exp|log|Dir|Cat")
"""Names that mean another function with each kind of argument."""


def changing_arguments(root: Lines) -> Iterator[Malformed]:
    """Calls of one function that don't have as many arguments as its first one in the relation."""
    for pair in (p for chain in stated(root) for p in chain.pairs()):
        if pair.relation.sign not in ("=", ":=", "≡"):
            continue
        first: dict[str, tuple[Call, int]] = {}
        for call in (n for side in (pair.left, pair.right) for n in walk(side)):
            count = _arguments(call)
            if count is None or not isinstance(call, Call):
                continue
            before, wanted = first.setdefault(key(call.head), (call, count))
            if count != wanted:
                detail = f"{words(before)} has {wanted} of them, and {words(call)} has {count}"
                yield Malformed("W402", detail, call.start, call.end, f"not as in {words(before)}")
                break


def _arguments(node: Node) -> int | None:
    """How many arguments a call has, where they are a plain list and its head is no overloaded name."""
    if not isinstance(node, Call) or not isinstance(node.fence, Fence) or node.fence.body is None:
        return None
    base = node.head.base if isinstance(node.head, Script) else node.head
    if not isinstance(base, Sym) or base.font in ("script", "double") or _OVERLOADED.fullmatch(base.name):
        return None
    body = node.fence.body
    if isinstance(body, Bar) or any(isinstance(n, Dots | Text) for n in walk(body)):
        return None
    if isinstance(body, Phrase):
        return len(body.items) if all(s in (",", "") for s in body.separators) else None
    return 1

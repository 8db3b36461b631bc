"""What a density is of and what it is given: p(x | z) is the density of x given z, and not that of x.

A name behind the bar is a parameter, as μ in p(x | μ), unless the document treats it as random anywhere: unless it has
a density of its own, stands before a bar or beside another variable in one, or is drawn from a law.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from errata.reading.names import is_name, key
from errata.reading.substitution import bound_in
from errata.reading.tree import Bar, Big, Call, Chain, Fence, Group, Node, Phrase, Script, Sym, children, walk

_LETTERS = frozenset(("p", "q", "f", "P", "Pr", "π"))


def behind_bar(body: Node | None) -> frozenset[str]:
    """The names behind the bar in the bracket of a density: z in p(x | z)."""
    return frozenset(key(n) for n in walk(body.right) if is_name(n)) if isinstance(body, Bar) else frozenset()


def label_with(label: str, variable: str, given: frozenset[str]) -> str:
    """The density that a label names of one variable, given these names: the p of p(x | z) is not that of p(z)."""
    return f"{label}({variable}|{','.join(sorted(given))})"


def held_fixed(roots: Iterable[Node]) -> frozenset[str]:
    """The names that stand free and outside of brackets in a relation, which is then said given them: the λ of
    E[X] = 1/λ, but neither the z of E[x] = E[z] nor that of p(x) = ∫ p(x | z) p(z) dz."""
    found: set[str] = set()
    bound: set[str] = set()
    stack = list(roots)
    while stack:
        node = stack.pop()
        bound |= bound_in(node) if isinstance(node, Big) else set()
        if is_name(node):
            found.add(key(node))
        stack.extend([node.head] if isinstance(node, Call) else children(node))
    return frozenset(found - bound)


def random_names(root: Node) -> Iterator[str]:
    """The names in a formula that are treated as random: z in p(z), in q(z | x), in p(x, z) and in z ∼ p."""
    for node in walk(root):
        if isinstance(node, Call) and isinstance(node.fence, Fence) and _letter(node.head) in _LETTERS:
            yield from _listed(node.fence.body)
        elif isinstance(node, Chain):
            drawn = (node.items[n] for n, r in enumerate(node.relations) if r.sign == "∼")
            yield from chain.from_iterable(_listed(one) for one in drawn)


def _letter(head: Node) -> str:
    base = head.base if isinstance(head, Script) else head
    return base.name if isinstance(base, Sym) else ""


def _listed(body: Node | None) -> Iterator[str]:
    """The names before a bar or a semicolon, one or several."""
    if isinstance(body, Bar):
        yield from _listed(body.left)
    elif isinstance(body, Fence | Group):
        yield from _listed(body.body)
    elif isinstance(body, Phrase):
        for item, separator in zip(body.items, (*body.separators, ""), strict=False):
            yield from _listed(item)
            if ";" in separator:
                return
    elif body is not None and is_name(body):
        yield key(body)

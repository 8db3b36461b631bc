"""Worked examples under laws whose parameters stay letters: E(X) = 1/0.5 under Geom(p), with p = 0.5 said in words."""

from __future__ import annotations

from collections.abc import Iterator

from errata.checking.families.trials import Environment
from errata.reading.families.terms import names_of_law
from errata.reading.names import is_name, key
from errata.reading.relations import Pair
from errata.reading.tree import Big, Chain, Group, Node, Script, walk

NUMBERS = frozenset({r"\pi", "π", "e", r"\mathrm{e}"})
"""Letters of numbers."""


def is_of_an_example(pair: Pair, around: tuple[Environment, ...]) -> bool:
    """Whether numbers alone stand on the right where the laws in force have parameters: an example has its own values
    for them."""
    named = {key(n) for n in walk(pair.right) if is_name(n)} - NUMBERS - {*_counting(pair.right)}
    return not named and bool(around) and all(any(names_of_law(law) for law in e.laws()) for e in around)


def _counting(side: Node) -> Iterator[str]:
    """The names that the sums and products of a side run over."""
    for node in walk(side):
        sub = node.head.sub if isinstance(node, Big) and isinstance(node.head, Script) else None
        inner = sub.body if isinstance(sub, Group) else sub
        if inner is not None:
            yield key(inner.items[0]) if isinstance(inner, Chain) else key(inner)

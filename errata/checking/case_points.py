"""The rows of a case distinction at points of their names: conditions as exact numbers, values as balls."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import sympy as sp
from flint import arb, fmpq

from errata.reading.families.cases import Case
from errata.reading.families.deciding import Worth
from errata.reading.generic import Generic, lower_generic
from errata.reading.names import key
from errata.reading.tree import Chain, Fence, Node, Phrase
from errata.reading.vectors import Unlowered
from numerics.balls import PRECISIONS, Undetermined, enclose, rational

At = Mapping[sp.Symbol, fmpq]


class CasePoints:
    """The nodes of one formula in shared symbols. Raises Unlowered where one has unknown parts."""

    def __init__(self, nodes: Sequence[Node], sizes: Mapping[str, int]) -> None:
        self.generic = Generic(sizes)
        self._lowered = {id(node): self._known(node) for node in nodes}
        found = (e.free_symbols for e in self._lowered.values())
        self.symbols: list[sp.Symbol] = sorted(set().union(*found), key=str)

    def _known(self, node: Node) -> sp.Expr:
        generic = self.generic
        expression = lower_generic(node, generic)
        unknown = generic.uninterpreted or generic.matrices or generic.means or generic.marked or generic.inner
        if unknown or isinstance(expression, sp.Tuple) or not isinstance(expression, sp.Expr):
            raise Unlowered("a case with unknown parts")
        return expression

    def worth(self, at: At) -> Worth:
        """The exact values of the nodes at a point."""

        def exact(node: Node) -> fmpq | None:
            expression = self._lowered.get(id(node))
            try:
                return None if expression is None else rational(expression, at)
            except Undetermined:
                return None

        return exact

    def ball(self, node: Node, at: At, bits: int = PRECISIONS[0]) -> arb:
        """The value of a node at a point. Raises Undetermined."""
        return enclose(self._lowered[id(node)], bits, at=at)

    def symbol(self, name: Node) -> sp.Symbol | None:
        """The symbol of a name; None where it is none."""
        return self.generic.symbols.get(key(name))


def compared(chains: Sequence[Chain]) -> Iterator[Node]:
    """What conditions compare: the sides of their relations, and the ends of the ranges among them."""
    for item in (i for chain in chains for i in chain.items):
        yield from item.body.items if isinstance(item, Fence) and isinstance(item.body, Phrase) else (item,)


def parts_of(cases: Sequence[Case]) -> list[Node]:
    """The values of rows and all that their conditions compare."""
    return [n for case in cases for n in (case.value, *compared(case.conditions)) if not _is_infinite(n)]


def _is_infinite(node: Node) -> bool:
    return key(node).lstrip("+-−") == "∞"

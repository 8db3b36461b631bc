"""Indices in a formula: whole numbers that a sum binds, that are free, or that label an example; and sums over them."""

from __future__ import annotations

from collections.abc import Mapping

from claims.records import Record, field
from errata.checking.coordinates.bodies import Use, use_of
from errata.checking.coordinates.world import Drawn, Plan
from errata.reading.generic import free_names
from errata.reading.lowering import short
from errata.reading.names import key
from errata.reading.tree import Chain, Fence, Group, Node, Num, Script, Sym, Terms, walk
from errata.reading.vectors import Unlowered
from numerics.gradient_jets import Array


class Bound(Record):
    """What is bound around a node: indices, the parameters of functions, the example that it is about."""

    indices: Mapping[str, int] = field(default_factory=dict)
    arguments: Mapping[str, Array] = field(default_factory=dict)
    example: tuple[int, ...] = ()
    depth: int = 0


class Indexing:
    """Finds the whole numbers of one relation at one point. Everything raises Unlowered for what is none."""

    def __init__(self, plan: Plan, drawn: Drawn) -> None:
        self.plan = plan
        self.drawn = drawn

    def is_true(self, condition: Node, bound: Bound) -> bool:
        """Whether a relation between whole numbers holds."""
        while isinstance(condition, Fence | Group) and condition.body is not None:
            condition = condition.body
        if not isinstance(condition, Chain) or len(condition.items) != 2:
            raise Unlowered(f"{short(condition)} is read but not judged yet")
        sign = condition.relations[0].sign
        if sign not in ("=", "≠"):
            raise Unlowered(f"{short(condition)} is read but not judged yet")
        same = self.index(condition.items[0], bound) == self.index(condition.items[1], bound)
        return same if sign == "=" else not same

    def range(self, body: Node, sub: Node | None, sup: Node | None, bound: Bound) -> tuple[str, list[int]]:
        """The index of a sum and its values; one that is not given is the only index in the body that nothing binds."""
        while isinstance(sub, Group):
            sub = sub.body
        if isinstance(sub, Chain) and len(sub.items) == 2 and sub.relations[0].sign == "=" and sup is not None:
            if any(isinstance(n, Sym) and n.name == "∞" for n in walk(sup)):
                raise Unlowered("an infinite sum")
            first, last = self.index(sub.items[1], bound), self.index(sup, bound)
            return key(sub.items[0]), list(range(first, last + 1))
        if sup is not None:
            raise Unlowered("the limits of a sum are not numbers")
        if isinstance(sub, Chain) and len(sub.items) == 2 and sub.relations[0].sign == "≠":
            letter = key(sub.items[0])
            left_out = self.index(sub.items[1], bound)
            return letter, [i for i in range(1, self.plan.extents.of(letter) + 1) if i != left_out]
        letter = key(sub) if isinstance(sub, Sym) else self.only_index(body, bound) if sub is None else ""
        if not letter:
            raise Unlowered("the range of a sum is not given")
        return letter, list(range(1, self.plan.extents.of(letter) + 1))

    def only_index(self, body: Node, bound: Bound) -> str:
        free = free_names(body)
        found = {
            key(i)
            for n in walk(body)
            if isinstance(n, Script) and (use := use_of(n)) is not None
            for i in use.indices
            if isinstance(i, Sym) and key(i) not in bound.indices and key(i) in free
        }
        return found.pop() if len(found) == 1 else ""

    def index(self, node: Node, bound: Bound) -> int:
        """A whole number that serves as an index or a limit. Raises Unlowered."""
        while isinstance(node, Group | Fence) and node.body is not None:
            node = node.body
        if isinstance(node, Num) and node.text.isdigit():
            return int(node.text)
        if isinstance(node, Terms):
            parts = [self.index(i, bound) * (-1 if s in ("-", "−") else 1)
                     for s, i in zip(node.signs, node.items, strict=True)]  # fmt: skip
            return sum(parts)
        if isinstance(node, Sym):
            found = bound.indices.get(key(node), self.plan.extents.limits.get(key(node)))
            if found is not None:
                return found
        use = use_of(node)
        if use is not None and use.letter in self.plan.labels and use.arguments is None:
            places = (
                (*bound.example, *self.places(use, bound)) if self.is_lifted(use, bound) else self.places(use, bound)
            )
            return self.drawn.label((use.letter, places), self.plan)
        raise Unlowered(f"{short(node)} is no whole number here")

    def places(self, use: Use, bound: Bound) -> tuple[int, ...]:
        return tuple(self.index(i, bound) for i in use.indices)

    def is_lifted(self, use: Use, bound: Bound) -> bool:
        return bool(bound.example) and (use.letter, len(use.indices)) in self.plan.lifted

"""Densities, points, maps and Jacobians of a change of variables, evaluated where the maps are given."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from errata.checking.coordinates.indexing import Bound
from errata.checking.coordinates.roles import Roles, bare, index_in, jacobian_of, map_at, plain, point_of
from errata.checking.coordinates.values import Values
from errata.checking.coordinates.world import Drawn, Extents, Plan
from errata.reading.lowering import short
from errata.reading.names import key
from errata.reading.tree import Call, Fence, Node, Script, Sym
from errata.reading.vectors import Unlowered
from numerics import gradient_jets as jets
from numerics.gradient_jets import Array, Jet
from numerics.images import Image, Map, jacobian


class Mapped(Values):
    """Evaluates a change of variables for given maps."""

    def __init__(
        self, world: Image, roles: Roles, back: Mapping[str, bool], numbered: bool = False, alike: bool = False
    ) -> None:
        layers = len(world.forth)
        limits = {name: layers for name in roles.limits}
        extents = Extents(limits, {}, layers, world.dim)
        none: frozenset[str] = frozenset()
        super().__init__(Plan(extents, {}, {}, none, {}, frozenset(), none), Drawn("", 0, 1))
        self.world = world
        self.roles = roles
        self.back = back
        self.numbered = numbered
        self.alike = alike

    def turns_around(self) -> bool:
        """Whether a map reverses the orientation."""
        found = (jacobian(step, point) for step, point in zip(self.world.forth, self.world.points, strict=False))
        return any(not jets.determinant(j).items[0].value > 0 for j in found)

    def function_at(self, node: Call, bound: Bound) -> Array | None:
        if key(node) == self.roles.after:
            return self.density(self.world.after, self.world.points[-1])
        if key(node) == self.roles.before:
            return self.density(self.world.before, self.at(point_of(node), bound))
        return super().function_at(node, bound)

    def of(self, node: Node, bound: Bound) -> Array:
        given = jacobian_of(node)
        if given is not None:
            chosen, start = self.map(given[0], bound)
            return jacobian(chosen, start if given[1] is None else self.at(given[1], bound))
        return super().of(node, bound)

    def density(self, log_density: Callable[[Array], Jet], point: Array) -> Array:
        """The density at a point."""
        return jets.scalar(jets.exponential(log_density(point)))

    def at(self, node: Node | None, bound: Bound) -> Array:
        """A point: one of the names of the points, or what a map makes of one."""
        if node is None:
            raise Unlowered("a density without its point")
        node = plain(node)
        if isinstance(node, Call):
            chosen, _ = self.map(node.head, bound)
            return chosen(self.at(point_of(node), bound))
        return self.world.points[self.place(node, bound)]

    def place(self, node: Node, bound: Bound) -> int:
        """Which of the points a name is: the first one, the last one, or the one with its number."""
        letter, last = bare(node), len(self.world.points) - 1
        sub = node.sub if isinstance(node, Script) else None
        if letter == self.roles.end and key(node) == self.roles.end_key:
            return last
        if letter == self.roles.start and (sub is None or key(sub) == self.roles.start_index):
            return 0
        if sub is not None and letter == self.roles.start:
            found = self.index(sub, bound)
            if 0 <= found <= last:
                return found
        raise Unlowered(f"{short(node)} is no point here")

    def map(self, node: Node, bound: Bound) -> tuple[Map, Array]:
        """A map and the point where it starts: the one with its number, or all of them one after the other."""
        given = map_at(node)
        if given is None or given[0] not in self.back:
            raise Unlowered(f"{short(node)} is no map here")
        goes_back = self.back[given[0]] is not given[2]
        inner = plain(node.head if isinstance(node, Call) else node)
        inner = inner.base if given[2] and isinstance(inner, Script) and isinstance(inner.base, Script) else inner
        sub = inner.sub if isinstance(inner, Script) and not _is_word_of(inner) else None
        steps = self.world.back if goes_back else self.world.forth
        if sub is not None:
            place = self.index(sub, bound)
            if not 1 <= place <= len(steps):
                raise Unlowered("a map of another number")
            return steps[place - 1], self.world.points[place if goes_back else place - 1]
        if len(steps) != 1:
            raise Unlowered("which of the maps is meant")
        return steps[0], self.world.points[-1 if goes_back else 0]

    def slope(self, function: Node, variable: Node, bound: Bound) -> Array:
        """The Jacobian of a map, or of one point by another."""
        function = plain(function)
        given = map_at(function)
        if given is not None and given[0] in self.back:
            chosen, start = self.map(function, bound)
            if given[1] is not None and key(given[1]) != key(variable):
                raise Unlowered("a derivative by another name")
            if self.alike and _same_number(function, variable):
                return jacobian(chosen, start)
            at = self.at(variable, bound)
            if at is not start and not self.numbered and index_in(variable) is not None:
                raise Unlowered("which point a map starts at is not said")
            return jacobian(chosen, at)
        first, last = self.place(variable, bound), self.place(function, bound)
        if abs(first - last) != 1:
            raise Unlowered("a derivative across several maps")
        step = self.world.forth[first] if first < last else self.world.back[last]
        return jacobian(step, self.world.points[first])

    def fence(self, node: Fence, bound: Bound) -> Array:
        """Bars around a matrix stand for the size of its determinant."""
        if node.open in ("|", r"\lvert", r"\vert") and node.body is not None:
            value = self.of(node.body, bound)
            return jets.mapped(jets.size, jets.determinant(value))
        return super().fence(node, bound)


def _same_number(function: Node, variable: Node) -> bool:
    """Whether a map and a point have the same index: f_i and z_i."""
    return index_in(variable) is not None and index_in(variable) == index_in(function)


def _is_word_of(node: Script) -> bool:
    """Whether a subscript belongs to the name of a map: f_θ."""
    sub = plain(node.sub) if node.sub is not None else None
    return isinstance(sub, Sym) and (not sub.name.isascii() or len(sub.name) > 1 or sub.font != "")

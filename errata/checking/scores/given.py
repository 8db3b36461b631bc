"""What a document gives for the names that only one side of a relation of slopes has: ε = 2 a, x_t = a x_0 + b ε."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from errata.checking.scores.settings import Setting, functions_in, names_in, points_of
from errata.checking.scores.stated import Density
from errata.reading.names import key
from errata.reading.relations import Pair
from errata.reading.tree import Node

Bodies = Mapping[str, Node]
MOST = 4
"""Expressions of one name that are tried."""


def given_for(
    pair: Pair, stated: Sequence[Density], bodies: Mapping[str, Sequence[Node]]
) -> Iterator[tuple[Bodies, Bodies]]:
    """Each thing that the document gives for names that only one side has: expressions of them, then those of a point
    in them.

    A name of which an expression is given may still be one that a point is given in, as the noise in one example has a
    value.
    """
    spoken = {name for d in stated for name in (*d.applied.names, *_of_density(d))}
    new = _values_on_one_side(pair) - spoken - {*points_of(pair)}
    put_in = {name: bodies[name][0] for name in sorted(new) if bodies.get(name)}
    yield put_in, _moved(pair, new - put_in.keys(), bodies)
    for name in sorted(new):
        for body in bodies.get(name, ())[1:MOST]:
            yield {**put_in, name: body}, {}
    if new and put_in:
        yield from (({}, {point: body}) for point, body in _points_in(pair, new, bodies))


def _moved(pair: Pair, new: set[str], bodies: Mapping[str, Sequence[Node]]) -> Bodies:
    return {point: body for point, body in _points_in(pair, new, bodies)} if new else {}


def _points_in(pair: Pair, new: set[str], bodies: Mapping[str, Sequence[Node]]) -> Iterator[tuple[str, Node]]:
    """The points that an expression in some names is given for."""
    for point in points_of(pair):
        for body in bodies.get(point, ()):
            if new <= {key(n) for n in names_in(body)}:
                yield point, body


def unknown_in(side: Node, other: Node, setting: Setting) -> set[str]:
    """The names and functions that one side has and the other lacks, and of which nothing that was put in speaks."""
    known = {*setting.bodies, *setting.points}
    for node in (*setting.bodies.values(), *setting.moved.values()):
        known |= _names(node)
    for density in setting.densities:
        known |= _of_density(density)
    return _names(side) - _names(other) - known


def _of_density(density: Density) -> set[str]:
    return {name for part in density.normal or (density.body,) for name in _names(part)}


def _values_on_one_side(pair: Pair) -> set[str]:
    left, right = ({key(n) for n in names_in(side)} for side in (pair.left, pair.right))
    return left ^ right


def _names(node: Node) -> set[str]:
    """The names of values and of functions."""
    return {key(n) for n in (*names_in(node), *functions_in(node))}

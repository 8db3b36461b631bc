"""The routes of messages: sums over states as written, and torch's joint tables."""

from __future__ import annotations

from torch import Tensor

from numerics.casts import Cast
from numerics.expected import members
from numerics.likelihood.samples import SIZES
from numerics.linear_gaussian.filtering import STATES
from numerics.named_laws import Left, by_cast, interpreted
from numerics.points import Point
from numerics.routes import Route
from reference_models.graphs import messages as model


def _edge(cast: Cast, number: int, states: int) -> Tensor:
    """States of the end above, states of the end below: (n, n)."""
    before = states**2 * number + states
    return members(cast, "W", before + 1, before + states**2).reshape(states, states).mT


def _of_four(cast: Cast, place: Point) -> float:
    states = int(place["n"])
    nodes = tuple(members(cast, name, 1, states) for name in "Puvo")
    return float(model.of_four(nodes, tuple(_edge(cast, number, states) for number in (1, 2, 3))))


def _of_edge(cast: Cast, place: Point) -> float:
    states = int(place["n"])
    before, after = (members(cast, name, 1, states) for name in "aw")
    return float(model.of_edge(before, after, _edge(cast, 1, states)))


def _routes(left: Left) -> tuple[Route, Route]:
    return interpreted(STATES, SIZES), by_cast(left, STATES, 1e-9, SIZES)


ROUTES = {
    "tree_messages_any_eq": _routes(_of_four),
    "tree_marginal_any_eq": _routes(_of_four),
    "edge_messages_any_eq": _routes(_of_edge),
}

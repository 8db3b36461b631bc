"""A number before the bracket of a zero, b_0 (0): a product worked out, where the document never applies the name.

Without more words c(0) is a value of a function c. A document that adds b_0 to other terms, and puts neither another
number nor a name into a bracket behind it, nor gives it a body, has it for a number, and its product with a sum that
is nothing may be written so.
"""

from __future__ import annotations

from collections.abc import Iterable

from claims.records import replace
from errata.reading.names import is_name, key, parameters
from errata.reading.relations import Pair
from errata.reading.substitution import rebuilt
from errata.reading.tree import Call, Chain, Factors, Fence, Lines, Node, Num, Terms, walk

MEANT = "a number before a bracket is a factor"


def with_factors_of_zero(pair: Pair, roots: Iterable[Lines]) -> Pair | None:
    """The relation with the numbers before the bracket of a zero as factors; None where it has none."""
    sides = (pair.left, pair.right)
    heads = {key(n.head) for side in sides for n in walk(side) if isinstance(n, Call) and _of_zero(n)}
    if not heads or not (numbers := heads & _plain_terms(nodes := _nodes(roots)) - _applied(nodes)):
        return None

    def as_factor(node: Node) -> Node | None:
        if not isinstance(node, Call) or key(node.head) not in numbers:
            return None
        return Factors(node.start, node.end, ("", ""), (node.head, rebuilt(node.fence, as_factor)))

    return replace(pair, left=rebuilt(pair.left, as_factor), right=rebuilt(pair.right, as_factor))


def _nodes(roots: Iterable[Lines]) -> tuple[Node, ...]:
    return tuple(node for root in roots for node in walk(root))


def _of_zero(call: Call) -> bool:
    inside = _number_in(call)
    return inside is not None and inside.text == "0" and is_name(call.head)


def _number_in(call: Call) -> Num | None:
    inside = call.fence.body if isinstance(call.fence, Fence) else None
    return inside if isinstance(inside, Num) else None


def _plain_terms(nodes: tuple[Node, ...]) -> frozenset[str]:
    """The names that are added to something with no bracket behind them."""
    return frozenset(key(item) for node in nodes if isinstance(node, Terms) for item in node.items if is_name(item))


def _applied(nodes: tuple[Node, ...]) -> frozenset[str]:
    """The names that stand before a bracket with names or another number in it, or that an equation begins with
    together with their bracket."""
    calls = [node for node in nodes if isinstance(node, Call) and is_name(node.head)]
    leads = {key(first.head) for node in nodes if isinstance(node, Chain) and isinstance(first := node.items[0], Call)}
    of_numbers = {key(call.head) for call in calls if _number_in(call) is not None and not _of_zero(call)}
    return frozenset(leads | of_numbers | {key(call.head) for call in calls if parameters(call) is not None})

"""m = 1 + m/2 + n = 6: the value that a chain gives its own name at its end is the one that the name has within it.

What the name was given before stands there only where a step of an iteration is meant, x = x − f(x)/f′(x) = 1.41.
"""

from __future__ import annotations

from claims.records import replace
from errata.reading.names import is_name, key, names_in
from errata.reading.relations import Pair, Stated
from errata.reading.substitution import replaced
from errata.reading.tree import Fence

MEANT = "the name has the value that the chain gives it"


def with_value_of_chain(chain: Stated, pair: Pair) -> Pair | None:
    """The last step of a chain with its number for the name that the chain begins with; None where that name isn't in
    the step, or nothing is given to it."""
    first, relations = chain.chain.items[0], chain.chain.relations
    if pair.position == 0 or not is_name(first) or names_in(pair.right):
        return None
    if any(relation.sign != "=" for relation in relations) or key(first) not in names_in(pair.left):
        return None
    value = Fence(pair.right.start, pair.right.end, "(", pair.right, ")")
    return replace(pair, left=replaced(pair.left, {key(first): value}))

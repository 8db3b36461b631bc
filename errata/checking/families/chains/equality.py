"""Whether two expressions in the numbers of a chain are equal. These are drawn between 0 and 1, where the variances of
its steps are positive and the slopes have roots.
"""

from __future__ import annotations

from flint import fmpq

from claims.verdict import Proved, Supported
from errata.checking.algebra import Found, judge_identity
from errata.checking.context import State
from errata.reading.names import is_name, key
from errata.reading.relations import Pair
from errata.reading.tree import Node, Relation, Script, walk
from errata.reading.vectors import Unlowered
from numerics.identity import Bounds

MOST_STEPS = 16
"""Members of a family that are drawn between 0 and 1; whole numbers stay below."""
_EQUALS = Relation(0, 0, "=", "=")


def judged(state: State, made: Node, said: Node) -> Found | None:
    """Whether what is made and what is said are the same number; None where it can't be told."""
    bounds = {**_between_zero_and_one(made, said), **state.bounds}
    try:
        return judge_identity(Pair(made, _EQUALS, said, 0), {}, state.options.seed, bounds=bounds)
    except (Unlowered, ZeroDivisionError):
        return None


def holds(found: Found | None) -> bool:
    """Whether it was found that both are the same for all values."""
    if found is None or not isinstance(found.verdict, Proved | Supported):
        return False
    return isinstance(found.verdict, Proved) or found.verdict.holds_if is None


def _between_zero_and_one(*sides: Node) -> Bounds:
    """The range of each member of each family, and of each single number."""
    range_ = (fmpq(0), fmpq(1))
    out: dict[str, tuple[fmpq | None, fmpq | None]] = {}
    for n in (n for side in sides for n in walk(side) if is_name(n)):
        if isinstance(n, Script) and n.sub is not None:
            out.update({f"{key(n.base)}[{i}]": range_ for i in range(MOST_STEPS)})
        else:
            out[key(n)] = range_
    return out

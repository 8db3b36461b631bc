"""Whether a relation of numbers still fails once its names are what the document says they are.

A name that seems to be wrong may be given in others of the relation, by which it is right: only where the relation
fails with that, too, is it a slip.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from math import prod

from claims.records import replace
from claims.verdict import Refuted
from errata.checking.algebra import judge_identity
from errata.checking.kinds import is_number
from errata.reading.matrix_notation import bare_names
from errata.reading.relations import Pair
from errata.reading.substitution import unfolded
from errata.reading.tree import Node
from errata.reading.vectors import Unlowered

MOST_WAYS = 6
"""Ways to put in what a document says of the names of a relation."""


def still_fails(pair: Pair, bodies: Mapping[str, tuple[Node, ...]], seed: int) -> bool:
    """Whether a relation fails in every way to put in what is stated for its names in others of them.

    ``bodies`` is every expression that the document states for a name. False beyond ``MOST_WAYS``, where a name is
    given a value, and where one way can't be judged.
    """
    names = {*bare_names(pair.left), *bare_names(pair.right)}
    given = {n: [b for b in bodies.get(n, ()) if names.issuperset(bare_names(b))] for n in sorted(names)}
    ways = [[(name, body) for body in found] for name, found in given.items() if found]
    if prod(map(len, ways)) > MOST_WAYS or any(is_number(body) for way in ways for _, body in way):
        return False
    alone = ([one] for way in ways for one in way)  # a = b and b = a put in at once change nothing
    return all(_fails(pair, dict(chosen), seed) for chosen in (*alone, *product(*ways)))


def _fails(pair: Pair, put_in: Mapping[str, Node], seed: int) -> bool:
    edited = replace(pair, left=unfolded(pair.left, put_in), right=unfolded(pair.right, put_in))
    try:
        return isinstance(judge_identity(edited, {}, seed).verdict, Refuted)
    except (Unlowered, RecursionError):
        return False

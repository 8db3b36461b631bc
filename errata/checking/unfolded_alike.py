"""Relations that are an identity of numbers once what the document derives for its functions is put in, and a law at
its parameter is written in one way: (1/N) ℓ(θ) = (1/N) ∑ log p_θ(x_i) for ℓ(θ) = ∑ log p(x_i | θ).

It supports, and refutes nothing. A function is put in where a larger expression uses it, never where a side is it.
"""

from __future__ import annotations

from collections.abc import Sequence

from claims.records import replace
from claims.verdict import Proved, Supported
from errata.checking.algebra import Found, judge_unfolded
from errata.checking.context import State, roots_of
from errata.checking.page_laws import PageLaws
from errata.checking.parametric import in_one_way
from errata.reading.names import key, named_call
from errata.reading.relations import Pair
from errata.reading.sentences.definitions import derived_bodies, unfolded
from errata.reading.tree import Big, Node, walk
from errata.reading.vectors import Unlowered

CONDITION = "with what the document derives for its functions"


def judge_alike(state: State, page: PageLaws, pair: Pair, formula: int, seed: int) -> Found | None:
    """The support of an equation in functions that were derived before; None where it gets none."""
    if pair.relation.sign not in ("=", "≡") or any(named_call(side) for side in (pair.left, pair.right)):
        return None
    derived = derived_bodies(roots_of(state)[:formula], page.letters)
    known = {name: one for name, one in derived.functions.items() if not _is_in_limits(*one)}
    try:
        left, right = (unfolded(side, replace(derived, functions=known), False) for side in (pair.left, pair.right))
        plain = replace(pair, left=left, right=right)
        put_in = in_one_way(plain, page)
        if (left is pair.left and right is pair.right) or put_in is plain:
            return None
        found = judge_unfolded(put_in, {}, seed, state.bounds)
    except (Unlowered, RecursionError):
        return None
    if found is None or not isinstance(found.verdict, Supported | Proved):
        return None
    return replace(found, verdict=Supported(tuple(found.verdict.by), CONDITION))


def _is_in_limits(parameters: Sequence[str], body: Node) -> bool:
    """Whether a parameter stands where nothing is put in for it: in the limits of a sum or an integral."""
    heads = (n.head for n in walk(body) if isinstance(n, Big))
    return any(key(n) in parameters for head in heads for n in walk(head))

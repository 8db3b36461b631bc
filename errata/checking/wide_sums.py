"""Sums that are meant to reach further than their first term: ∑_i x_i − m for ∑_i (x_i − m).

Notes leave the bracket out once it has stood in the member before. Nothing but a bracket tells the two apart, so that
a step which holds for the wide sum is not taken for a mistake.
"""

from __future__ import annotations

from claims.records import replace
from claims.verdict import Proved, Refuted, Supported
from errata.checking.algebra import judge_identity
from errata.checking.slips import rewritten
from errata.checking.structure_escapes import open_sums
from errata.reading.names import key
from errata.reading.relations import Pair
from errata.reading.substitution import rebuilt
from errata.reading.tree import Big, Factors, Fence, Node, Script, Sym, Terms, walk
from errata.reading.vectors import Unlowered


def holds_for_wide_sums(pair: Pair, seed: int) -> bool:
    """Whether a step holds once a sum takes in what the other side has in the bracket of a sum."""
    left, right = _widened(pair.left, pair.right), _widened(pair.right, pair.left)
    if left is pair.left and right is pair.right:
        return False
    try:
        found = judge_identity(replace(pair, left=left, right=right), {}, seed)
    except Unlowered:
        return False
    return isinstance(found.verdict, Proved | Supported)


def may_reach_further(pair: Pair, seed: int) -> bool:
    """Whether a sum may be meant to take in the terms behind it that have its variable, as in ∑_i x_i + y_i: the
    relation isn't known to fail where it reaches over the last of them, or over all that follows."""
    found = [one for side in (pair.left, pair.right) for one in open_sums(side)]
    if len(found) != 1:
        return bool(found)
    ((terms, at, last),) = found
    if _sum_at_end(terms.items[at]) is None:
        return True
    return not all(_fails(pair, terms, _reaching(terms, at, end), seed) for end in {last, len(terms.items) - 1})


def _reaching(terms: Terms, at: int, last: int) -> Node:
    """Terms of which the sum at a place takes in those up to another one."""
    taken = _over(terms.items[at], terms.signs[at + 1 : last + 1], terms.items[at + 1 : last + 1])
    signs, items = (*terms.signs[: at + 1], *terms.signs[last + 1 :]), (*terms.items[:at], taken)
    return replace(terms, signs=signs, items=(*items, *terms.items[last + 1 :]))


def _fails(pair: Pair, terms: Terms, wide: Node, seed: int) -> bool:
    """Whether a relation fails with other terms in the place of some."""
    try:
        changed = replace(pair, left=rewritten(pair.left, terms, wide), right=rewritten(pair.right, terms, wide))
        return isinstance(judge_identity(changed, {}, seed).verdict, Refuted)
    except Unlowered:
        return False


def _widened(side: Node, other: Node) -> Node:
    """The side with each sum taken over the terms after it, where these stand in the bracket of a sum over there."""
    bracketed = {
        key(item)
        for big in walk(other)
        if isinstance(big, Big) and _is_sum(big) and big.body is not None
        for fence in walk(big.body)
        if isinstance(fence, Fence) and isinstance(fence.body, Terms)
        for item in fence.body.items
    }

    def wide(node: Node) -> Node | None:
        if not isinstance(node, Terms):
            return None
        at = next((n for n, item in enumerate(node.items) if _sum_at_end(item) is not None), None)
        if at is None or at == len(node.items) - 1 or not all(key(i) in bracketed for i in node.items[at + 1 :]):
            return None
        taken = _over(node.items[at], node.signs[at + 1 :], node.items[at + 1 :])
        if at == 0 and not node.signs[0]:
            return taken
        return replace(node, signs=node.signs[: at + 1], items=(*node.items[:at], taken))

    return rebuilt(side, wide) if bracketed else side


def _is_sum(big: Big) -> bool:
    base = big.head.base if isinstance(big.head, Script) else big.head
    return isinstance(base, Sym) and base.name == "∑"


def _sum_at_end(item: Node) -> Big | None:
    """The sum that a term is, or ends with."""
    last = item.items[-1] if isinstance(item, Factors) else item
    return last if isinstance(last, Big) and _is_sum(last) and last.body is not None else None


def _over(item: Node, signs: tuple[str, ...], items: tuple[Node, ...]) -> Node:
    """A term that ends with a sum, the sum taken over more terms."""
    if isinstance(item, Factors):
        return replace(item, items=(*item.items[:-1], _over(item.items[-1], signs, items)))
    assert isinstance(item, Big) and item.body is not None
    end = items[-1].end
    terms = Terms(item.body.start, end, ("", *signs), (item.body, *items))
    return replace(item, end=end, body=Fence(item.body.start, end, "(", terms, ")"))

"""Laws of many variables that a document composes of conditional ones: p(x, z_{1:T}) = p(z_T) … p(x | z_1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from claims.records import Record
from claims.sentences import Density, Part, Product, Sentence
from errata.checking.factorised import ordered_factors
from errata.reading.names import is_name, key
from errata.reading.relations import Pair, stated
from errata.reading.sentences.heads import argument_of, listed
from errata.reading.sentences.readings import Read, readings
from errata.reading.sentences.survey import is_range
from errata.reading.tree import Bar, Call, Factors, Lines, Node, Num, Script
from errata.reading.vectors import Unlowered
from numerics.interpretations.signature import Factor

LEAST_VARIABLES = 3
MOST_COMPOSED = 6


class Composed(Record):
    """A law with the factors that a formula composes it of; ``formula`` is the number of that formula."""

    law: str
    factors: tuple[Factor, ...]
    formula: int
    left: Sentence
    right: Sentence

    @property
    def variables(self) -> tuple[str, ...]:
        return tuple(sorted({v for f in self.factors for v in (*f.head, *f.given)}))

    @property
    def given(self) -> tuple[str, ...]:
        """The variables that the law is conditioned on as a whole."""
        assert isinstance(self.left, Density)
        return tuple(sorted(p.variable for p in self.left.given))


def composed_in(roots: Iterable[Lines], letters: frozenset[str]) -> tuple[Composed, ...]:
    """What a document composes, the first place of each law."""
    found: dict[str, Composed] = {}
    for number, root in enumerate(roots):
        for pair in (p for chain in stated(root) for p in chain.pairs()):
            one = _composed(pair, number, letters) if _may_compose(pair) else None
            if one is not None and len(found) < MOST_COMPOSED:
                found.setdefault(one.law, one)
    return tuple(found.values())


def _may_compose(pair: Pair) -> bool:
    """Whether a law of a range of names is set equal to a product."""
    if pair.relation.sign not in ("=", "≡") or not isinstance(pair.left, Call) or not isinstance(pair.right, Factors):
        return False
    body = argument_of(pair.left)
    head = body.left if isinstance(body, Bar) else body
    return any(isinstance(n, Script) and is_range(n) for n in listed(head))


def _composed(pair: Pair, number: int, letters: frozenset[str]) -> Composed | None:
    try:
        reads = readings(pair.left, pair.right, letters)
    except Unlowered:
        return None
    return next((found for read in reads if (found := _of(read, number)) is not None), None)


def _of(read: Read, number: int) -> Composed | None:
    """The factors of a law, where they draw just what the left side is a law of, given just what that is given."""
    left, right = read.left, read.right
    if not isinstance(left, Density) or not isinstance(right, Product) or not all(map(_is_density, right.factors)):
        return None
    if {p.law for p in right.factors if isinstance(p, Density)} != {left.law}:
        return None
    drawn, given = ({p.variable for p in places} for places in (left.at, left.given))
    factors = ordered_factors(right, left.law, tuple(sorted(drawn | given)))
    heads = {v for f in factors for v in f.head}
    if len(drawn | given) < LEAST_VARIABLES or heads != drawn | given or not factors:
        return None
    return Composed(left.law, factors, number, left, right)


def _is_density(part: Part) -> bool:
    return isinstance(part, Density)


def members_named_in(roots: Iterable[Lines]) -> Mapping[str, str]:
    """Members of a family that bear a name of their own, z_0 = x; none that are given two."""
    found: dict[str, set[str]] = {}
    for root in roots:
        for pair in (p for chain in stated(root) for p in chain.pairs()):
            if pair.relation.sign == "=" and _is_numbered(pair.left) and _is_plain(pair.right):
                found.setdefault(key(pair.left), set()).add(key(pair.right))
    return {member: next(iter(names)) for member, names in found.items() if len(names) == 1}


def _is_numbered(node: Node) -> bool:
    return isinstance(node, Script) and is_name(node) and isinstance(node.sub, Num)


def _is_plain(node: Node) -> bool:
    return is_name(node) and not isinstance(node, Script)

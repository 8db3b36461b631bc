"""C_n^k, by which Russian, French and Chinese notes write the number of ways to choose k out of n."""

from __future__ import annotations

from claims.records import replace
from errata.reading.names import is_inverse, is_power, is_transpose, key
from errata.reading.relations import Pair
from errata.reading.substitution import rebuilt
from errata.reading.tree import Binom, Node, Num, Script, Sym, walk

AS_CHOICES = "C_n^k is the number of ways to choose k out of n"


def with_choices(pair: Pair) -> Pair | None:
    """The relation with binomial coefficients for each C_n^k; None where a C in it stands otherwise, or none does."""
    sides = (pair.left, pair.right)
    letters = sum(1 for side in sides for n in walk(side) if isinstance(n, Sym) and _is_letter(n))
    found = [n for side in sides for n in walk(side) if _chooses(n)]
    if not found or len(found) != letters or all(_is_square(n) for n in found):
        return None
    left, right = (rebuilt(side, _binomial) for side in sides)
    return replace(pair, left=left, right=right)


def _is_letter(node: Sym) -> bool:
    return node.name == "C" and not node.font


def _chooses(node: Node) -> bool:
    if not isinstance(node, Script) or not isinstance(node.base, Sym) or not _is_letter(node.base) or node.primes:
        return False
    if node.sub is None or node.sup is None or is_transpose(node.sup) or is_inverse(node.sup):
        return False
    return is_power(node.sup)


def _is_square(node: Node) -> bool:
    """Whether it looks like the power of a member: C_i^2."""
    return (
        isinstance(node, Script) and isinstance(node.sup, Num) and node.sub is not None and not key(node.sub).isdigit()
    )


def _binomial(node: Node) -> Node | None:
    if not isinstance(node, Script) or not _chooses(node) or node.sub is None or node.sup is None:
        return None
    return Binom(node.start, node.end, rebuilt(node.sub, _binomial), rebuilt(node.sup, _binomial))
